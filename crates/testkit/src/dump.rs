//! Everything a database holds, as somebody has it who copied it.

use crate::engines::connect;
use std::path::PathBuf;

/// Where the copy is taken from.
#[derive(Clone, Debug)]
pub enum Dump {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A copy.
pub struct Copied(Vec<u8>);

impl Dump {
    pub async fn take(&self) -> Copied {
        match self {
            Self::Sqlite(directory) => Copied(files(directory)),
            Self::Postgres(url) => Copied(rows(url).await),
        }
    }
}

impl Copied {
    /// Whether these bytes stand in the copy, as they are or in hexadecimal.
    pub fn holds(&self, needle: &[u8]) -> bool {
        let append = |text: String, byte: &u8| format!("{text}{byte:02x}");
        let hexadecimal = needle.iter().fold(String::new(), append);
        let stands = |needle: &[u8]| self.0.windows(needle.len()).any(|window| window == needle);
        stands(needle) || stands(hexadecimal.as_bytes())
    }
}

/// The database and its log.
fn files(directory: &PathBuf) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(directory).expect("the directory of the database") {
        all.extend(std::fs::read(entry.expect("an entry").path()).expect("a file of the database"));
    }
    all
}

/// Every row of every table, as PostgreSQL writes it.
async fn rows(url: &str) -> Vec<u8> {
    let client = connect(url).await;
    let tables =
        "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'";
    let mut all = Vec::new();
    for table in client.query(tables, &[]).await.expect("the tables") {
        let table: String = table.get(0);
        let rows = client.query(&format!("SELECT t::text FROM {table} t"), &[]).await.expect("the rows");
        for row in rows {
            all.extend(row.get::<_, String>(0).into_bytes());
        }
    }
    all
}
