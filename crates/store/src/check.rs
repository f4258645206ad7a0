//! The statement check: every statement is prepared on both engines, and a hot one must not scan.

use crate::handle::Engine;
use crate::{Scope, Statement, Value, fault};
use kernel::{Error, Result};

/// What is wrong with a statement by its text alone.
pub fn problem(statement: &Statement) -> Option<String> {
    let text = statement.text;
    let global = statement.scope == Scope::Global;
    if !global && !statement.names_tenant() {
        return Some("names no :tenant and is not global".into());
    }
    let forbidden = [
        "LISTEN ",
        "NOTIFY ",
        "pg_advisory",
        "nextval",
        "ctid",
        "SERIAL",
        "TEMP ",
        " OFFSET :offset",
        " LIKE ",
    ];
    forbidden
        .iter()
        .find(|word| text.contains(**word))
        .map(|word| format!("uses {word}, which is not portable"))
}

pub(crate) async fn explain(engine: &Engine, statement: &'static Statement) -> Result<String> {
    match engine {
        Engine::Sqlite(sqlite) => {
            let (backend, _guard) = sqlite.reader()?;
            let crate::backend::Backend::Sqlite(connection) = &backend else {
                return Err(Error::internal("a reader of another engine"));
            };
            let connection = connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let compiled = statement.compiled();
            let text = format!("EXPLAIN QUERY PLAN {}", compiled.sqlite);
            let fail = |error| fault::sqlite(statement, error);
            let mut prepared = connection.prepare(&text).map_err(fail)?;
            let nulls = vec![Value::Null; compiled.names.len()];
            let mut rows = prepared.query(rusqlite::params_from_iter(nulls)).map_err(fail)?;
            let mut plan = String::new();
            while let Some(row) = rows.next().map_err(fail)? {
                plan.push_str(&row.get::<_, String>(3).map_err(fail)?);
                plan.push('\n');
            }
            Ok(plan)
        }
        Engine::Postgres(postgres) => {
            let backend = postgres.reader().await?;
            let crate::backend::Backend::Postgres(line) = &backend else {
                return Err(Error::internal("a reader of another engine"));
            };
            line.prepare(statement).await?;
            Ok(String::new())
        }
    }
}
