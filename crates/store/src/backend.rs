//! One connection of either engine, as statements see it. The only place where both engines meet a statement.

use crate::postgres::Line;
use crate::statement::Dialect;
use crate::tx::Trace;
use crate::{Query, Row, Statement, Value, fault};
use kernel::{Result, TenantId};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// A shared hold on the connection of a running write or snapshot.
#[derive(Clone)]
pub enum Backend {
    Sqlite(Arc<Mutex<rusqlite::Connection>>),
    Postgres(Arc<Line>),
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
                // Boxed: a journey is long beside it, and SQLite's side of the future stays small.
                for row in &Box::pin(line.query(statement, &values)).await? {
                    visit(&Row::Postgres(row))?;
                }
                Ok(())
            }
        }
    }

    /// The same for a query that was put together, until `visit` breaks.
    pub(crate) async fn each_of<F>(&self, query: Query, tenant: TenantId, mut visit: F) -> Result<()>
    where
        F: FnMut(&Row<'_>) -> Result<ControlFlow<()>> + Send,
    {
        let name = query.name();
        match self {
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let fail = |error| fault::sqlite_plain(error, name);
                let mut prepared = connection.prepare_cached(&query.text(Dialect::Sqlite)).map_err(fail)?;
                let values = query.bound(tenant)?;
                let mut rows = prepared.query(rusqlite::params_from_iter(values)).map_err(fail)?;
                while let Some(row) = rows.next().map_err(fail)? {
                    if visit(&Row::Sqlite(row))?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Self::Postgres(line) => {
                for row in &Box::pin(line.ask(query, tenant)).await? {
                    if visit(&Row::Postgres(row))?.is_break() {
                        break;
                    }
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
            Self::Postgres(line) => Box::pin(line.execute(statement, &values)).await,
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
            return Box::pin(line.queue(statement, values, trace)).await;
        }
        let count = self.execute(statement, values).await?;
        trace.changes.fetch_add(count, Ordering::Relaxed);
        Ok(())
    }
}
