//! SQLite: the file's write lock lets one at a time.

use super::{BOOK, Migration, digest, names, unknown};
use crate::fault;
use crate::statement::{Dialect, translate};
use kernel::Result;
use rusqlite::{Connection, OptionalExtension};

pub fn create(connection: &Connection, migrations: &[Migration]) -> Result<Vec<&'static str>> {
    if missing(connection, migrations)?.is_empty() {
        return Ok(Vec::new());
    }
    let fail = |error| fault::sqlite_plain(error, "creating the tables");
    connection.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
    connection.execute_batch(&translate(BOOK, Dialect::Sqlite)).map_err(fail)?;
    let missing = missing(connection, migrations)?;
    for migration in migrations.iter().filter(|migration| missing.contains(&migration.name)) {
        connection.execute_batch(&translate(migration.sql, Dialect::Sqlite)).map_err(fail)?;
        let note = "INSERT INTO schema_slice (name, digest) VALUES (?1, ?2)";
        connection.execute(note, [migration.name, &digest(migration.sql)]).map_err(fail)?;
    }
    connection.execute_batch("COMMIT").map_err(fail)?;
    Ok(missing)
}

pub fn missing(connection: &Connection, migrations: &[Migration]) -> Result<Vec<&'static str>> {
    let fail = |error| fault::sqlite_plain(error, "looking for the tables");
    let book = "SELECT 1 FROM sqlite_schema WHERE name = 'schema_slice'";
    if connection.query_row(book, [], |_| Ok(())).optional().map_err(fail)?.is_none() {
        return Ok(names(migrations));
    }
    let find = "SELECT digest FROM schema_slice WHERE name = ?1";
    unknown(migrations, |migration| {
        connection.query_row(find, [migration.name], |row| row.get(0)).optional().map_err(fail)
    })
}
