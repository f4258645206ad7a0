//! One connection of either engine, as statements see it. The only place where both engines meet a statement.

use crate::tx::Trace;
use crate::{Row, Statement, Value, fault};
use futures_util::future::try_join_all;
use kernel::Result;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_postgres::types::ToSql;

/// A shared hold on the connection of a running write or snapshot.
#[derive(Clone)]
pub enum Backend {
    Sqlite(Arc<Mutex<rusqlite::Connection>>),
    Postgres(Arc<Line>),
}

/// A connection to PostgreSQL with the statements that wait to travel together.
pub struct Line {
    pub(crate) client: deadpool_postgres::Object,
    waiting: Mutex<Vec<Waiting>>,
}

/// A bound statement, and the write it belongs to.
type Waiting = (&'static Statement, Vec<Value>, Arc<Trace>);

impl Line {
    pub(crate) fn new(client: deadpool_postgres::Object) -> Self {
        Self { client, waiting: Mutex::default() }
    }

    /// Forgets what waits: the write it belongs to is undone.
    pub(crate) fn forget(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn execute(&self, statement: &'static Statement, values: &[Value]) -> Result<u64> {
        let text = &statement.compiled().postgres;
        let prepared = self.client.prepare_cached(text).await.map_err(|e| fault::postgres(statement, e))?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
        self.client.execute(&prepared, &values).await.map_err(|e| fault::postgres(statement, e))
    }
}

impl Backend {
    pub(crate) async fn each<F>(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
        mut visit: F,
    ) -> Result<()>
    where
        F: FnMut(&Row<'_>) -> Result<()> + Send,
    {
        match self {
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let text = &statement.compiled().sqlite;
                let mut prepared =
                    connection.prepare_cached(text).map_err(|e| fault::sqlite(statement, e))?;
                let mut rows = prepared
                    .query(rusqlite::params_from_iter(values))
                    .map_err(|e| fault::sqlite(statement, e))?;
                while let Some(row) = rows.next().map_err(|e| fault::sqlite(statement, e))? {
                    visit(&Row::Sqlite(row))?;
                }
                Ok(())
            }
            Self::Postgres(line) => {
                self.settle().await?;
                let client = &line.client;
                let text = &statement.compiled().postgres;
                let prepared =
                    client.prepare_cached(text).await.map_err(|e| fault::postgres(statement, e))?;
                let values: Vec<&(dyn ToSql + Sync)> =
                    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
                let rows =
                    client.query(&prepared, &values).await.map_err(|e| fault::postgres(statement, e))?;
                for row in &rows {
                    visit(&Row::Postgres(row))?;
                }
                Ok(())
            }
        }
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) async fn execute(&self, statement: &'static Statement, values: Vec<Value>) -> Result<u64> {
        match self {
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let text = &statement.compiled().sqlite;
                let mut prepared =
                    connection.prepare_cached(text).map_err(|e| fault::sqlite(statement, e))?;
                let count = prepared
                    .execute(rusqlite::params_from_iter(values))
                    .map_err(|e| fault::sqlite(statement, e))?;
                Ok(u64::try_from(count).unwrap_or(0))
            }
            Self::Postgres(line) => {
                self.settle().await?;
                line.execute(statement, &values).await
            }
        }
    }

    /// Runs a statement whose count of rows nobody asks for. On PostgreSQL it waits and travels with others, so
    /// that a write of ten statements takes two journeys and not ten; the next that asks for an answer, and the
    /// end of the write, send them all.
    pub(crate) async fn queue(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
        trace: &Arc<Trace>,
    ) -> Result<()> {
        if let Self::Postgres(line) = self {
            let mut waiting = line.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push((statement, values, trace.clone()));
            return Ok(());
        }
        let count = self.execute(statement, values).await?;
        trace.changes.fetch_add(count, Ordering::Relaxed);
        Ok(())
    }

    /// Sends what waits, in order, and hears that all of it was done.
    pub(crate) async fn settle(&self) -> Result<()> {
        let Self::Postgres(line) = self else { return Ok(()) };
        let waiting = std::mem::take(&mut *line.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return Ok(());
        }
        let counts = waiting.iter().map(|(statement, values, trace)| async move {
            let count = line.execute(statement, values).await?;
            trace.changes.fetch_add(count, Ordering::Relaxed);
            Ok(())
        });
        try_join_all(counts).await.map(|_: Vec<()>| ())
    }
}
