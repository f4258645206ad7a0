//! Creating the tables. Until the first tagged release each slice has one file, edited in place: a database
//! made by another version of a file is refused, never half-used.
//!
//! Each slice's tables are made in one transaction with the note that they are there, so whoever is interrupted goes
//! on where it stopped. Nodes that start at once take turns: on SQLite by the file's write lock, on PostgreSQL by a
//! lease, which ends by itself if its holder dies.

use crate::statement::{Dialect, translate};
use crate::{Location, fault, postgres, sqlite};
use kernel::{Clock, Error, Result, Rng, SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension};
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

/// The tables of one slice, in the dialect tokens of [`crate::statements!`].
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

/// The version of the schema as a whole: raised by what an older Lodge could not read.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Longer than any slice's tables take.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

const BOOK: &str = "CREATE TABLE IF NOT EXISTS schema_slice (name {text} NOT NULL PRIMARY KEY, digest {text} NOT NULL) {strict}";
const LEASES: &str = "CREATE TABLE IF NOT EXISTS schema_lease (id BIGINT NOT NULL PRIMARY KEY, holder UUID NOT NULL, \
     lease_until BIGINT NOT NULL)";
const TAKE: &str = "INSERT INTO schema_lease (id, holder, lease_until) VALUES (1, $1, $2)
    ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
    WHERE schema_lease.lease_until <= $3 OR schema_lease.holder = excluded.holder";
const RELEASE: &str = "UPDATE schema_lease SET lease_until = 0 WHERE holder = $1";

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

/// SQLite.
pub(crate) mod in_file {
    use super::{
        BOOK, Connection, Dialect, Migration, OptionalExtension, Result, digest, fault, names, translate,
        unknown,
    };

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
}

/// PostgreSQL.
pub(crate) mod on_server {
    use super::{
        BETWEEN_LOOKS, BOOK, Client, Clock, Dialect, Error, LEASE, LEASES, Migration, RELEASE, Result, Rng,
        SqlState, TAKE, Timestamp, Uuid, digest, fault, names, translate, unknown,
    };

    pub async fn create(
        client: &mut Client,
        migrations: &[Migration],
        clock: &Clock,
        rng: Rng,
    ) -> Result<Vec<&'static str>> {
        if missing(client, migrations).await?.is_empty() {
            return Ok(Vec::new());
        }
        let fail = |error| fault::postgres_plain(error, "creating the tables");
        for table in [translate(BOOK, Dialect::Postgres), LEASES.to_owned()] {
            match client.batch_execute(&table).await {
                // Two that create it at once may both find it missing.
                Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                    client.batch_execute(&table).await.map_err(fail)?;
                }
                made => made.map_err(fail)?,
            }
        }
        let holder = rng.uuid();
        while !take_lease(client, holder, clock).await? {
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let missing = missing(client, migrations).await?;
        for migration in migrations.iter().filter(|migration| missing.contains(&migration.name)) {
            if !take_lease(client, holder, clock).await? {
                return Err(Error::conflict("Another Lodge has taken over creating the tables. Look there."));
            }
            let transaction = client.transaction().await.map_err(fail)?;
            transaction.batch_execute(&translate(migration.sql, Dialect::Postgres)).await.map_err(fail)?;
            let note = "INSERT INTO schema_slice (name, digest) VALUES ($1, $2)";
            transaction.execute(note, &[&migration.name, &digest(migration.sql)]).await.map_err(fail)?;
            transaction.commit().await.map_err(fail)?;
        }
        client.execute(RELEASE, &[&holder]).await.map_err(fail)?;
        Ok(missing)
    }

    pub async fn missing(client: &Client, migrations: &[Migration]) -> Result<Vec<&'static str>> {
        let rows = match client.query("SELECT name, digest FROM schema_slice", &[]).await {
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => return Ok(names(migrations)),
            rows => rows.map_err(|error| fault::postgres_plain(error, "looking for the tables"))?,
        };
        let known: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        unknown(migrations, |migration| {
            Ok(known.iter().find(|(name, _)| name == migration.name).map(|(_, digest)| digest.clone()))
        })
    }

    async fn take_lease(client: &Client, holder: Uuid, clock: &Clock) -> Result<bool> {
        let now = clock.now();
        let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX).as_microsecond();
        let taken = client.execute(TAKE, &[&holder, &until, &now.as_microsecond()]).await;
        Ok(taken.map_err(|error| fault::postgres_plain(error, "the lease for the tables"))? == 1)
    }
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
