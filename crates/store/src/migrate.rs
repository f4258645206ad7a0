//! Creating the tables. Until the first tagged release each slice has one file, edited in place: a database
//! made by another version of a file is refused, never half-used.
//!
//! Each slice's tables are made in one transaction with the note that they are there, so whoever is interrupted goes
//! on where it stopped. Nodes that start at once take turns: on SQLite by the file's write lock, on PostgreSQL by a
//! lease, which ends by itself if its holder dies.

pub(crate) mod in_file;
pub(crate) mod on_server;

use crate::{Location, postgres, sqlite};
use kernel::{Clock, Error, Result, Rng};

/// The tables of one slice, in the dialect tokens of [`crate::statements!`].
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

/// The version of the schema as a whole: raised by what an older Lodge could not read.
pub(crate) const SCHEMA_VERSION: u32 = 1;

const BOOK: &str = "CREATE TABLE IF NOT EXISTS schema_slice (name {text} NOT NULL PRIMARY KEY, digest {text} NOT NULL) {strict}";

/// Creates what is missing and tells which slices' tables that was. `ask` only tells.
pub async fn migrate(
    location: &Location,
    migrations: &[Migration],
    clock: &Clock,
    rng: Rng,
    ask: bool,
) -> Result<Vec<&'static str>> {
    let migrations = with_own(migrations);
    match location {
        Location::Sqlite(path) => {
            if ask && !path.exists() {
                return Ok(names(&migrations));
            }
            let connection = sqlite::connect_writer(path)?;
            if ask {
                in_file::missing(&connection, &migrations)
            } else {
                in_file::create(&connection, &migrations)
            }
        }
        Location::Postgres { url } => {
            let mut client = postgres::connect(url).await?;
            if ask {
                return on_server::missing(&client, &migrations).await;
            }
            on_server::create(&mut client, &migrations, clock, rng).await
        }
    }
}

/// The store's own tables and those of the slices.
pub(crate) fn with_own(migrations: &[Migration]) -> Vec<Migration> {
    std::iter::once(crate::schema::MIGRATION).chain(migrations.iter().copied()).collect()
}

/// Those of which the database knows nothing; one that it knows otherwise is an error.
fn unknown(
    migrations: &[Migration],
    mut find: impl FnMut(&Migration) -> Result<Option<String>>,
) -> Result<Vec<&'static str>> {
    let mut unknown = Vec::new();
    for migration in migrations {
        match find(migration)? {
            None => unknown.push(migration.name),
            Some(known) if known == digest(migration.sql) => {}
            Some(_) => return Err(other_version(migration)),
        }
    }
    Ok(unknown)
}

fn names(migrations: &[Migration]) -> Vec<&'static str> {
    migrations.iter().map(|migration| migration.name).collect()
}

fn other_version(migration: &Migration) -> Error {
    Error::conflict(format!(
        "This database was made by another version of Lodge (the tables of {} differ). Start with a new one.",
        migration.name
    ))
}

pub(crate) fn digest(sql: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, sql.as_bytes());
    let hexadecimal = |text: String, byte: &u8| text + &format!("{byte:02x}");
    digest.as_ref().iter().fold(String::new(), hexadecimal)
}
