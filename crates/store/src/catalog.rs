//! What tables there are, read from the schema texts themselves: whatever must reach every table (backup, the
//! purge of a tenant) asks here, so that a new table cannot be forgotten.

use crate::Migration;
use kernel::{Error, Result};

/// The kinds of column that both engines share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Id,
    Int,
    Bytes,
    Bool,
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub key: Vec<String>,
    /// Its rows end with the epoch: sessions, codes, leases.
    pub is_fleeting: bool,
}

impl Kind {
    pub fn token(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Int => "int",
            Self::Bytes => "bytes",
            Self::Bool => "bool",
            Self::Text => "text",
        }
    }

    fn parse(token: &str) -> Option<Self> {
        [Self::Id, Self::Int, Self::Bytes, Self::Bool, Self::Text].into_iter().find(|kind| {
            token.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(kind.token())
        })
    }
}

impl Table {
    /// Column names, divided by commas.
    pub fn names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known.name == column)
    }
}

/// Every table of these schemas, in the order they are made.
pub(crate) fn tables(migrations: &[Migration]) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for migration in migrations {
        let text = without_comments(migration.sql);
        let statements = text.split(';').map(str::trim);
        for statement in statements.filter_map(|statement| statement.strip_prefix("CREATE TABLE ")) {
            let wrong =
                || Error::internal(format!("the schema of {} cannot be read: {statement}", migration.name));
            tables.push(table(statement).ok_or_else(wrong)?);
        }
    }
    Ok(tables)
}

fn without_comments(sql: &str) -> String {
    sql.lines()
        .map(|line| line.split_once("--").map_or(line, |(before, _)| before))
        .collect::<Vec<_>>()
        .join("\n")
}

/// `name (columns and constraints) {strict}`
fn table(statement: &str) -> Option<Table> {
    let (name, rest) = statement.split_once('(')?;
    let (body, end) = rest.rsplit_once(')')?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for part in parts(body) {
        if let Some(of) = part.strip_prefix("PRIMARY KEY") {
            let inner = of.trim().strip_prefix('(')?.strip_suffix(')')?;
            key = inner.split(',').map(|column| column.trim().to_owned()).collect();
            continue;
        }
        if ["UNIQUE", "CHECK", "FOREIGN KEY"].iter().any(|word| part.starts_with(word)) {
            continue;
        }
        let mut words = part.split_whitespace();
        let (column, kind) = (words.next()?, Kind::parse(words.next()?)?);
        if part.contains("PRIMARY KEY") {
            key = vec![column.to_owned()];
        }
        columns.push(Column { name: column.to_owned(), kind });
    }
    let is_fleeting = end.trim() == "{fleeting}";
    (!key.is_empty()).then(|| Table { name: name.trim().to_owned(), columns, key, is_fleeting })
}

/// Divides at the commas that stand in no parentheses.
fn parts(body: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, letter) in body.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(body.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(body.get(start..).unwrap_or_default().trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_from_their_schema() {
        let sql = "-- One a line; really.
            CREATE TABLE note (
                tenant_id {id} NOT NULL,
                at {int} NOT NULL CHECK (at BETWEEN 1, 2), -- when, where
                body {text},
                PRIMARY KEY (tenant_id, at)
            ) {strict};
            CREATE INDEX note_at ON note (tenant_id, at);
            CREATE TABLE session (digest {bytes} NOT NULL PRIMARY KEY, open {bool}) {fleeting};";
        let tables = tables(&[Migration { name: "note", sql }]).unwrap();
        assert_eq!(tables.len(), 2);
        assert_eq!((tables[0].name.as_str(), tables[0].names().as_str()), ("note", "tenant_id, at, body"));
        assert_eq!(tables[0].key, ["tenant_id", "at"]);
        assert!(!tables[0].is_fleeting && tables[1].is_fleeting);
        assert_eq!(tables[1].key, ["digest"]);
        assert_eq!(tables[1].columns[1].kind, Kind::Bool);
    }

    #[test]
    fn a_schema_that_cannot_be_read_is_an_error() {
        let migration = |sql| Migration { name: "note", sql };
        for sql in
            ["CREATE TABLE a (b {int});", "CREATE TABLE a (b JSONB PRIMARY KEY) {strict};", "CREATE TABLE a"]
        {
            assert!(tables(&[migration(sql)]).is_err(), "{sql}");
        }
    }
}
