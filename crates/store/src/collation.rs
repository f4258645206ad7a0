//! Texts are compared by their bytes, asserted at every start: addresses that only look alike must stay apart in the
//! database (security lesson 8).

use crate::{Migration, fault};
use kernel::{Error, Result};
use rusqlite::{Connection, OptionalExtension};

pub(crate) fn sqlite(connection: &Connection) -> Result<()> {
    let fail = |error| fault::sqlite_plain(error, "looking how texts are compared");
    let collated = "SELECT name FROM sqlite_schema WHERE sql LIKE '%COLLATE%' LIMIT 1";
    let odd: Option<String> =
        connection.query_row(collated, [], |row| row.get(0)).optional().map_err(fail)?;
    odd.map_or(Ok(()), |table| Err(not_binary(&table)))
}

pub(crate) async fn postgres(client: &tokio_postgres::Client, migrations: &[Migration]) -> Result<()> {
    let fail = |error| fault::postgres_plain(error, "looking how texts are compared");
    let tables: Vec<&str> = migrations.iter().flat_map(|migration| tables(migration.sql)).collect();
    let odd = client.query_opt(COLLATED, &[&tables]).await.map_err(fail)?;
    odd.map_or(Ok(()), |row| Err(not_binary(row.get(0))))
}

/// A text column of Lodge's that is not compared by its bytes.
const COLLATED: &str = "SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying', 'character')
        AND table_name = ANY($1) AND collation_name IS DISTINCT FROM 'C' LIMIT 1";

fn tables(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split([' ', '(']).next())
}

fn not_binary(place: &str) -> Error {
    Error::conflict(format!(
        "{place} does not compare texts by their bytes, as Lodge made it. Restore the column, or start with a new database."
    ))
}
