//! Creating the tables. Until the first tagged release each slice has one file, edited in place: a database
//! made by another version of a file is refused, never half-used.

use crate::fault;
use crate::statement::{Dialect, translate};
use kernel::{Error, Result};
use rusqlite::{Connection, OptionalExtension};

/// The tables of one slice, in the dialect tokens of [`crate::statements!`].
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

const BOOK: &str = "CREATE TABLE IF NOT EXISTS schema_slice (name {text} NOT NULL PRIMARY KEY, digest {text} NOT NULL) {strict}";

pub(crate) fn sqlite(connection: &Connection, migrations: &[Migration]) -> Result<()> {
    let fail = |error| fault::sqlite_plain(error, "creating the tables");
    connection.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
    connection.execute_batch(&translate(BOOK, Dialect::Sqlite)).map_err(fail)?;
    for migration in migrations {
        let digest = digest(migration.sql);
        let known: Option<String> = connection
            .query_row("SELECT digest FROM schema_slice WHERE name = ?1", [migration.name], |row| row.get(0))
            .optional()
            .map_err(fail)?;
        match known {
            Some(known) if known == digest => {}
            Some(_) => return Err(other_version(migration)),
            None => {
                connection.execute_batch(&translate(migration.sql, Dialect::Sqlite)).map_err(fail)?;
                connection
                    .execute(
                        "INSERT INTO schema_slice (name, digest) VALUES (?1, ?2)",
                        [migration.name, &digest],
                    )
                    .map_err(fail)?;
            }
        }
    }
    connection.execute_batch("COMMIT").map_err(fail)
}

pub(crate) async fn postgres(client: &mut tokio_postgres::Client, migrations: &[Migration]) -> Result<()> {
    let fail = |error| fault::postgres_plain(error, "creating the tables");
    client.batch_execute(&translate(BOOK, Dialect::Postgres)).await.map_err(fail)?;
    let transaction = client.transaction().await.map_err(fail)?;
    // Two nodes that start at once take turns here.
    transaction.batch_execute("LOCK TABLE schema_slice IN EXCLUSIVE MODE").await.map_err(fail)?;
    for migration in migrations {
        let digest = digest(migration.sql);
        let known = transaction
            .query_opt("SELECT digest FROM schema_slice WHERE name = $1", &[&migration.name])
            .await
            .map_err(fail)?;
        match known.map(|row| row.get::<_, String>(0)) {
            Some(known) if known == digest => {}
            Some(_) => return Err(other_version(migration)),
            None => {
                transaction
                    .batch_execute(&translate(migration.sql, Dialect::Postgres))
                    .await
                    .map_err(fail)?;
                transaction
                    .execute(
                        "INSERT INTO schema_slice (name, digest) VALUES ($1, $2)",
                        &[&migration.name, &digest],
                    )
                    .await
                    .map_err(fail)?;
            }
        }
    }
    transaction.commit().await.map_err(fail)
}

fn other_version(migration: &Migration) -> Error {
    Error::conflict(format!(
        "This database was made by another version of Lodge (the tables of {} differ). Start with a new one.",
        migration.name
    ))
}

fn digest(sql: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, sql.as_bytes());
    let hexadecimal = |text: String, byte: &u8| text + &format!("{byte:02x}");
    digest.as_ref().iter().fold(String::new(), hexadecimal)
}
