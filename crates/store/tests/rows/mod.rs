//! Databases beside the one of the test, and what lies in them, read past the store.

#![allow(dead_code, reason = "each test binary uses its own part")]

use crate::harness::{Engine, connect, sql, with_database};
use kernel::Rng;
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::Location;
use tokio_postgres::Client;
use uuid::Uuid;

/// An empty database of an engine, for what moves from one to another. Left out, PostgreSQL is SQLite again.
pub struct Elsewhere {
    pub location: Location,
    _directory: tempfile::TempDir,
    drop: Option<(String, String)>,
}

impl Elsewhere {
    pub async fn new(engine: Engine) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let left_out = std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite");
        if engine == Engine::Sqlite || left_out {
            let location = Location::Sqlite(directory.path().join("elsewhere.db"));
            return Self { location, _directory: directory, drop: None };
        }
        let admin = std::env::var("LODGE_TEST_POSTGRES").unwrap();
        let name = format!("lodge_test_{}", Rng::system().uuid().simple());
        sql(&connect(&admin).await, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let location = Location::Postgres { url: with_database(&admin, &name) };
        Self { location, _directory: directory, drop: Some((admin, name)) }
    }

    pub async fn end(self) {
        if let Some((admin, name)) = self.drop {
            sql(&connect(&admin).await, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Every row of every table of a database, as texts that are the same on both engines, read past the store.
pub async fn all_rows(location: &Location) -> BTreeMap<String, BTreeSet<String>> {
    match location {
        Location::Sqlite(path) => sqlite_rows(path),
        Location::Postgres { url } => postgres_rows(&connect(url).await).await,
    }
}

fn sqlite_rows(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let text = |value: ValueRef<'_>| match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => format!("{:?}", String::from_utf8(text.to_vec()).unwrap()),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
        ValueRef::Real(_) => panic!("a number with a fraction"),
    };
    let mut all = BTreeMap::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            let cells = columns
                .iter()
                .enumerate()
                .map(|(at, column)| Ok(format!("{column}={}", text(row.get_ref(at)?))));
            cells.collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join(" "))
        });
        all.insert(name.clone(), rows.unwrap().map(Result::unwrap).collect());
    }
    all
}

async fn postgres_rows(client: &Client) -> BTreeMap<String, BTreeSet<String>> {
    let names = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let mut all = BTreeMap::new();
    for name in client.query(names, &[]).await.unwrap().iter().map(|row| row.get::<_, String>(0)) {
        let rows = client.query(&format!("SELECT * FROM {name}"), &[]).await.unwrap();
        all.insert(name, rows.iter().map(postgres_row).collect());
    }
    all
}

fn postgres_row(row: &tokio_postgres::Row) -> String {
    let cell = |at: usize| match row.columns()[at].type_().name() {
        "int8" => row.get::<_, Option<i64>>(at).map(|number| number.to_string()),
        "bool" => row.get::<_, Option<bool>>(at).map(|value| u8::from(value).to_string()),
        "text" => row.get::<_, Option<String>>(at).map(|text| format!("{text:?}")),
        "uuid" => row.get::<_, Option<Uuid>>(at).map(|id| id.simple().to_string()),
        "bytea" => row
            .get::<_, Option<Vec<u8>>>(at)
            .map(|bytes| bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))),
        other => panic!("a column of type {other}"),
    };
    let cells = row.columns().iter().enumerate();
    let cells =
        cells.map(|(at, column)| format!("{}={}", column.name(), cell(at).unwrap_or_else(|| "null".into())));
    cells.collect::<Vec<_>>().join(" ")
}
