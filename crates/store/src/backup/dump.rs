//! Out of the database: every table from one snapshot, row by row.

use super::file::{Header, Writer};
use super::{BETWEEN_REPORTS, Progress, Watch};
use crate::backend::Backend;
use crate::catalog::{self, Table};
use crate::handle::Engine;
use crate::{Row, Store, fault};
use futures_util::TryStreamExt;
use kernel::{Error, Result};
use rusqlite::Connection;
use std::io::Write;
use std::pin::pin;
use std::sync::PoisonError;
use tokio_postgres::types::ToSql;

impl Store {
    /// Writes everything into `sink` as it is at one moment, and gives the sink back. Nobody waits for it. On
    /// SQLite it blocks the thread it runs on.
    pub async fn backup<W: Write + Send>(&self, sink: W, watch: Watch<'_>) -> Result<(Header, W)> {
        let tables = catalog::tables(self.migrations())?;
        let tables: Vec<&Table> = tables.iter().filter(|table| !table.is_fleeting).collect();
        let mut header = Header::new(self.migrations(), &self.master_digest().await?, self.clock().now());
        header.epoch = self.epoch().number;
        match self.engine() {
            Engine::Sqlite(sqlite) => {
                let (backend, _guard) = sqlite.reader()?;
                let Backend::Sqlite(connection) = &backend else {
                    return Err(Error::internal("a reader of another engine"));
                };
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                of_sqlite(&connection, &tables, header, sink, watch)
            }
            Engine::Postgres(postgres) => {
                let client = postgres.session().await?;
                of_postgres(&client, &tables, header, sink, watch).await
            }
        }
    }
}

fn of_sqlite<W: Write>(
    connection: &Connection,
    tables: &[&Table],
    mut header: Header,
    sink: W,
    watch: Watch<'_>,
) -> Result<(Header, W)> {
    let fail = |error| fault::sqlite_plain(error, "backup");
    for table in tables {
        let count: i64 = connection.query_row(&count(table), [], |row| row.get(0)).map_err(fail)?;
        add(&mut header, table, count);
    }
    let mut progress = Progress { done: 0, total: header.rows };
    let mut writer = Writer::begin(sink, &header)?;
    for table in tables {
        writer.table(table)?;
        let before = progress.done;
        let mut statement = connection.prepare(&select(table)).map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            writer.row(table, &Row::Sqlite(row))?;
            report(&mut progress, watch)?;
        }
        writer.end(table, progress.done - before)?;
    }
    watch(progress)?;
    Ok((header, writer.finish(progress.done)?))
}

async fn of_postgres<W: Write + Send>(
    client: &tokio_postgres::Client,
    tables: &[&Table],
    mut header: Header,
    sink: W,
    watch: Watch<'_>,
) -> Result<(Header, W)> {
    let fail = |error| fault::postgres_plain(error, "backup");
    client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(fail)?;
    for table in tables {
        let row = client.query_one(&count(table), &[]).await.map_err(fail)?;
        add(&mut header, table, row.get(0));
    }
    let mut progress = Progress { done: 0, total: header.rows };
    let mut writer = Writer::begin(sink, &header)?;
    for table in tables {
        writer.table(table)?;
        let before = progress.done;
        let none: [&(dyn ToSql + Sync); 0] = [];
        let mut rows = pin!(client.query_raw(&select(table), none).await.map_err(fail)?);
        while let Some(row) = rows.try_next().await.map_err(fail)? {
            writer.row(table, &Row::Postgres(&row))?;
            report(&mut progress, watch)?;
        }
        writer.end(table, progress.done - before)?;
    }
    watch(progress)?;
    client.batch_execute("COMMIT").await.map_err(fail)?;
    Ok((header, writer.finish(progress.done)?))
}

fn add(header: &mut Header, table: &Table, count: i64) {
    let count = u64::try_from(count).unwrap_or(0);
    header.rows += count;
    if table.name == "tenant" {
        header.tenants = count;
    }
}

fn report(progress: &mut Progress, watch: Watch<'_>) -> Result<()> {
    progress.done += 1;
    if progress.done.is_multiple_of(BETWEEN_REPORTS) { watch(*progress) } else { Ok(()) }
}

/// Tables come from the schema texts in the binary, so these are as fixed as any statement.
fn select(table: &Table) -> String {
    format!("SELECT {} FROM {}", table.names(), table.name)
}

fn count(table: &Table) -> String {
    format!("SELECT COUNT(*) FROM {}", table.name)
}
