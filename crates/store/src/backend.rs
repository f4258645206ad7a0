//! One connection of either engine, as statements see it. The only place where both engines meet a statement.

use crate::{Row, Statement, Value, fault};
use kernel::Result;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_postgres::types::ToSql;

/// A shared hold on the connection of a running write or snapshot.
#[derive(Clone)]
pub enum Backend {
    Sqlite(Arc<Mutex<rusqlite::Connection>>),
    Postgres(Arc<deadpool_postgres::Object>),
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
            Self::Postgres(client) => {
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
            Self::Postgres(client) => {
                let text = &statement.compiled().postgres;
                let prepared =
                    client.prepare_cached(text).await.map_err(|e| fault::postgres(statement, e))?;
                let values: Vec<&(dyn ToSql + Sync)> =
                    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
                client.execute(&prepared, &values).await.map_err(|e| fault::postgres(statement, e))
            }
        }
    }
}
