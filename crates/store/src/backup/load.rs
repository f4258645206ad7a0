//! Into a database that nobody uses: all of it in one transaction, or nothing.

use super::Watch;
use super::file::{self, Header, Reader, Record};
use crate::catalog::{self, Kind, Table};
use crate::handle::Location;
use crate::{MasterKeys, Migration, Value, fault, migrate, postgres, sqlite};
use kernel::{Clock, Error, Result, Rng, Timestamp};
use rusqlite::Connection;
use std::io::{BufRead, Seek};
use std::path::Path;
use std::pin::Pin;
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

/// What becomes of what the database holds already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// A database with a tenant in it is refused.
    Nothing,
    Everything,
}

/// What a restore ends by: mail that waited is held, and a new epoch begins that the slices have yet to settle.
const ENDINGS: [&str; 2] = [
    "UPDATE outbox SET state = 'held' WHERE state = 'waiting'",
    "UPDATE installation SET epoch = epoch + 1, epoch_at = {now}, epoch_is_settled = {false}",
];

/// Reads `source` twice: to its last byte, then into the database. A refusal leaves the database as it was.
pub async fn restore<R: BufRead + Seek + Send>(
    mut source: R,
    location: &Location,
    migrations: &[Migration],
    masters: &MasterKeys,
    (clock, rng): (&Clock, Rng),
    replace: Replace,
    watch: Watch<'_>,
) -> Result<Header> {
    let header = file::check(&mut source, migrations, masters, watch)?;
    source
        .rewind()
        .map_err(|error| Error::unavailable(format!("The backup cannot be read again: {error}.")))?;
    let migrations = migrate::with_own(migrations);
    let tables = catalog::tables(&migrations)?;
    let reader = Reader::begin(source, &tables)?;
    match location {
        Location::Sqlite(path) => {
            into_sqlite(path, &migrations, &tables, reader, clock.now(), replace, watch)?;
        }
        Location::Postgres { url } => {
            into_postgres(url, &migrations, &tables, reader, (clock, rng), replace, watch).await?;
        }
    }
    Ok(header)
}

fn into_sqlite<R: BufRead>(
    path: &Path,
    migrations: &[Migration],
    tables: &[Table],
    mut reader: Reader<'_, R>,
    now: Timestamp,
    replace: Replace,
    watch: Watch<'_>,
) -> Result<()> {
    let connection = sqlite::connect_alone(path)?;
    migrate::in_file::create(&connection, migrations)?;
    let run =
        |sql: &str| connection.execute_batch(sql).map_err(|error| fault::sqlite_plain(error, "restore"));
    run("BEGIN IMMEDIATE")?;
    let tenants: i64 = connection
        .query_row(TENANTS, [], |row| row.get(0))
        .map_err(|error| fault::sqlite_plain(error, "restore"))?;
    refuse_to_overwrite(tenants, replace)?;
    for table in tables {
        run(&format!("DELETE FROM {}", table.name))?;
    }
    while let Some(record) = reader.next(watch)? {
        if let Record::Row(table, values) = record {
            insert(&connection, table, &values)?;
        }
    }
    for ending in ENDINGS {
        run(&worded(ending, now, "0"))?;
    }
    run("COMMIT")?;
    connection.close().map_err(|(_, error)| fault::sqlite_plain(error, "restore"))
}

fn insert(connection: &Connection, table: &Table, values: &[Value]) -> Result<()> {
    let places = vec!["?"; values.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({places})", table.name, table.names());
    let fail = |error| fault::sqlite_plain(error, "restore");
    let mut statement = connection.prepare_cached(&sql).map_err(fail)?;
    statement.execute(rusqlite::params_from_iter(values)).map(|_| ()).map_err(fail)
}

async fn into_postgres<R: BufRead + Send>(
    url: &str,
    migrations: &[Migration],
    tables: &[Table],
    mut reader: Reader<'_, R>,
    (clock, rng): (&Clock, Rng),
    replace: Replace,
    watch: Watch<'_>,
) -> Result<()> {
    let fail = |error| fault::postgres_plain(error, "restore");
    let mut client = postgres::connect(url).await?;
    let others: i64 = client.query_one(OTHERS, &[]).await.map_err(fail)?.get(0);
    if others > 0 {
        return Err(in_use());
    }
    migrate::on_server::create(&mut client, migrations, clock, rng).await?;
    client.batch_execute("BEGIN").await.map_err(fail)?;
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    // The lock lasts to the commit: a Lodge that is started meanwhile waits for it.
    client.batch_execute(&format!("LOCK TABLE {}", names.join(", "))).await.map_err(fail)?;
    let tenants: i64 = client.query_one(TENANTS, &[]).await.map_err(fail)?.get(0);
    refuse_to_overwrite(tenants, replace)?;
    client.batch_execute(&format!("TRUNCATE {}", names.join(", "))).await.map_err(fail)?;
    let mut copy: Option<Pin<Box<BinaryCopyInWriter>>> = None;
    while let Some(record) = reader.next(watch)? {
        match record {
            Record::Table(table) => copy = Some(Box::pin(begin_copy(&client, table).await?)),
            Record::Row(_, values) => {
                let values: Vec<&(dyn ToSql + Sync)> =
                    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
                if let Some(copy) = &mut copy {
                    copy.as_mut().write(&values).await.map_err(fail)?;
                }
            }
            Record::End(table) => {
                if let Some(mut copy) = copy.take() {
                    copy.as_mut().finish().await.map_err(fail)?;
                }
                client.batch_execute(&format!("ANALYZE {}", table.name)).await.map_err(fail)?;
            }
        }
    }
    for ending in ENDINGS {
        client.batch_execute(&worded(ending, clock.now(), "false")).await.map_err(fail)?;
    }
    client.batch_execute("COMMIT").await.map_err(fail)
}

async fn begin_copy(client: &Client, table: &Table) -> Result<BinaryCopyInWriter> {
    let sql = format!("COPY {} ({}) FROM STDIN BINARY", table.name, table.names());
    let sink = client.copy_in(&sql).await.map_err(|error| fault::postgres_plain(error, "restore"))?;
    let types: Vec<Type> = table.columns.iter().map(|column| of_postgres(column.kind)).collect();
    Ok(BinaryCopyInWriter::new(sink, &types))
}

fn of_postgres(kind: Kind) -> Type {
    match kind {
        Kind::Id => Type::UUID,
        Kind::Int => Type::INT8,
        Kind::Bytes => Type::BYTEA,
        Kind::Bool => Type::BOOL,
        Kind::Text => Type::TEXT,
    }
}

const TENANTS: &str = "SELECT COUNT(*) FROM tenant";
const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND application_name LIKE 'lodge%'";

fn worded(ending: &str, now: Timestamp, no: &str) -> String {
    ending.replace("{now}", &now.as_microsecond().to_string()).replace("{false}", no)
}

fn refuse_to_overwrite(tenants: i64, replace: Replace) -> Result<()> {
    if tenants == 0 || replace == Replace::Everything {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "The database holds {tenants} tenants, which a restore would delete. Restore into an empty database, or \
         say --replace."
    )))
}

pub(crate) fn in_use() -> Error {
    Error::conflict("Lodge is running on this database. Stop it on every machine, then restore.")
}
