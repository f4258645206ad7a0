//! The statement check: every statement is prepared on both engines, and a hot one must not scan.

use crate::handle::Engine;
use crate::{Scope, Statement, Store, Value, fault};
use kernel::{Error, Result};
use tokio_postgres::SimpleQueryMessage;

/// What is wrong with these statements: each is prepared, and its plan looked at if it is hot.
pub async fn problems(
    store: &Store,
    statements: impl IntoIterator<Item = &'static Statement>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for statement in statements {
        if let Some(problem) = problem(statement) {
            wrong.push(format!("{} {problem}", statement.name));
        }
        match store.explain(statement).await {
            Ok(plan) if statement.scope == Scope::Hot && scans(&plan, statement.text) => {
                wrong.push(format!("{} scans: {plan}", statement.name));
            }
            Ok(_) => {}
            Err(error) => wrong.push(format!("{}: {error:?}", statement.name)),
        }
    }
    wrong
}

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
            postgres_plan(line.client(), statement).await.map_err(|error| fault::postgres(statement, error))
        }
    }
}

/// The plan for parameters that are not known, where reading a whole table costs more than anything else: if it is
/// planned all the same, no index serves.
async fn postgres_plan(
    client: &tokio_postgres::Client,
    statement: &'static Statement,
) -> std::result::Result<String, tokio_postgres::Error> {
    let compiled = statement.compiled();
    let nulls = vec!["NULL"; compiled.names.len()].join(", ");
    let arguments = if nulls.is_empty() { String::new() } else { format!("({nulls})") };
    client
        .batch_execute(
            "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan",
        )
        .await?;
    client.batch_execute(&format!("PREPARE looked_at AS {}", compiled.postgres)).await?;
    let rows = client.simple_query(&format!("EXPLAIN EXECUTE looked_at{arguments}")).await?;
    client.batch_execute("DEALLOCATE looked_at; ROLLBACK").await?;
    let lines = rows.iter().filter_map(|row| match row {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Whether a plan of either engine reads a whole table or index. What the statement itself made is small.
fn scans(plan: &str, text: &str) -> bool {
    let lines: Vec<&str> = plan.lines().map(str::trim).collect();
    let of_sqlite = lines.iter().filter_map(|line| line.strip_prefix("SCAN ")?.split(' ').next());
    let of_postgres = lines.iter().enumerate().filter_map(|(at, line)| {
        let line = line.trim_start_matches("->").trim_start();
        if let Some(rest) = line.strip_prefix("Seq Scan on ") {
            return rest.split(' ').next();
        }
        let rest = ["Index Scan ", "Index Only Scan ", "Bitmap Index Scan "]
            .iter()
            .find_map(|kind| line.strip_prefix(kind))?;
        let details = lines.iter().skip(at + 1).take_while(|line| !line.starts_with("->"));
        let is_bounded = details.into_iter().any(|line| line.starts_with("Index Cond:"));
        if is_bounded { None } else { rest.split(" on ").nth(1)?.split(' ').next() }
    });
    let is_made = |name: &str| {
        text.contains(&format!("WITH {name} AS"))
            || ["CO-ROUTINE", "MATERIALIZE"]
                .iter()
                .any(|how| lines.contains(&format!("{how} {name}").as_str()))
    };
    of_sqlite.chain(of_postgres).any(|name| !is_made(name))
}

#[cfg(test)]
mod tests {
    use super::scans;

    #[test]
    fn a_whole_table_or_index_is_told_from_a_part() {
        let part = "Limit  (cost=0.15..8.17 rows=1 width=40)\n  ->  Index Scan using note_text on note  (cost=0.15..8.17)\n        Index Cond: ((tenant_id = $1) AND (text = $2))";
        assert!(!scans(part, "SELECT"));
        assert!(scans(
            "Index Only Scan using note_text on note  (cost=0.1..2)\n  Filter: (text = $2)",
            "SELECT"
        ));
        assert!(scans(
            "Sort\n  ->  Seq Scan on note  (cost=10000000000.00..10000000001.05 rows=1)",
            "SELECT"
        ));
        assert!(!scans("SEARCH note USING INDEX note_text (tenant_id=?)", "SELECT"));
        assert!(scans("SCAN note", "SELECT"));
        assert!(!scans("SCAN due", "WITH due AS (SELECT 1) SELECT"));
        assert!(!scans(
            "CO-ROUTINE few\nSEARCH note USING INDEX note_text (tenant_id=?)\nSCAN few",
            "SELECT"
        ));
    }
}
