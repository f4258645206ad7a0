//! Reads that are put together at run time: which columns, which index, which bounds.
//!
//! Their SQL still comes from the program's own text alone, since only `&'static str` can be added, and every
//! value is bound. `:tenant` is bound by the store, as in a [`crate::Statement`], and a query without it is
//! refused, so one that was put together wrongly cannot reach into another tenant either.

use crate::backend::Backend;
use crate::handle::Engine;
use crate::statement::Dialect;
use crate::{Value, fault};
use kernel::{Error, Result, TenantId};
use std::fmt::Write as _;
use std::sync::PoisonError;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Query {
    name: &'static str,
    pieces: Vec<Piece>,
    values: Vec<Value>,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Sql(&'static str),
    /// The number of a parameter; the tenant's is 1.
    Parameter(usize),
}

impl Query {
    /// `name` is for the log.
    pub fn new(name: &'static str) -> Self {
        Self { name, pieces: Vec::new(), values: Vec::new() }
    }

    /// Adds SQL, in which `:tenant` is the one parameter that may be named.
    pub fn sql(&mut self, text: &'static str) -> &mut Self {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(":tenant") {
            self.pieces.extend([Piece::Sql(before), Piece::Parameter(1)]);
            rest = after;
        }
        self.pieces.push(Piece::Sql(rest));
        self
    }

    /// Adds a value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.pieces.push(Piece::Parameter(self.values.len() + 1));
        self
    }

    /// Adds another query with its values.
    pub fn embed(&mut self, other: &Self) -> &mut Self {
        let shift = self.values.len();
        self.pieces.extend(other.pieces.iter().map(|piece| match piece {
            Piece::Parameter(number) if *number > 1 => Piece::Parameter(number + shift),
            piece => *piece,
        }));
        self.values.extend(other.values.iter().cloned());
        self
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn text(&self, dialect: Dialect) -> String {
        let sign = match dialect {
            Dialect::Sqlite => '?',
            Dialect::Postgres => '$',
        };
        let mut text = String::with_capacity(512);
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => text.push_str(sql),
                Piece::Parameter(number) => {
                    let _always_fits = write!(text, "{sign}{number}");
                }
            }
        }
        text
    }

    /// The values in the order of their numbers.
    pub(crate) fn bound(self, tenant: TenantId) -> Result<Vec<Value>> {
        let names_tenant = self.pieces.iter().any(|piece| matches!(piece, Piece::Parameter(1)));
        let has_colon = self.pieces.iter().any(|piece| matches!(piece, Piece::Sql(sql) if sql.contains(':')));
        if !names_tenant || has_colon {
            return Err(Error::internal(format!(
                "the query {} must name :tenant and nothing else",
                self.name
            )));
        }
        Ok(std::iter::once(Value::Id(tenant.0)).chain(self.values).collect())
    }
}

/// The plan SQLite makes of a query; empty on PostgreSQL.
pub(crate) fn explain(engine: &Engine, query: Query) -> Result<String> {
    let Engine::Sqlite(sqlite) = engine else { return Ok(String::new()) };
    let (backend, _guard) = sqlite.reader()?;
    let Backend::Sqlite(connection) = &backend else {
        return Err(Error::internal("a reader of another engine"));
    };
    let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let fail = |error| fault::sqlite_plain(error, "explain");
    let text = format!("EXPLAIN QUERY PLAN {}", query.text(Dialect::Sqlite));
    let mut prepared = connection.prepare(&text).map_err(fail)?;
    let values = query.bound(TenantId(Uuid::nil()))?;
    let mut rows = prepared.query(rusqlite::params_from_iter(values)).map_err(fail)?;
    let mut plan = String::new();
    while let Some(row) = rows.next().map_err(fail)? {
        plan.push_str(&row.get::<_, String>(3).map_err(fail)?);
        plan.push('\n');
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_the_tenant_is_the_first() {
        let mut query = Query::new("test");
        query
            .sql("SELECT a FROM t WHERE b = ")
            .bind("x")
            .sql(" AND tenant_id = :tenant AND c > ")
            .bind(7_i64);
        assert_eq!(query.text(Dialect::Sqlite), "SELECT a FROM t WHERE b = ?2 AND tenant_id = ?1 AND c > ?3");
        assert_eq!(
            query.text(Dialect::Postgres),
            "SELECT a FROM t WHERE b = $2 AND tenant_id = $1 AND c > $3"
        );
        let values = query.bound(TenantId(Uuid::nil())).unwrap();
        assert_eq!(values, [Value::Id(Uuid::nil()), Value::Text("x".into()), Value::Int(7)]);
    }

    #[test]
    fn a_query_within_another_keeps_its_values() {
        let mut inner = Query::new("inner");
        inner.sql("SELECT d FROM e WHERE tenant_id = :tenant AND f = ").bind("y");
        let mut query = Query::new("test");
        query.sql("a = ").bind("x").sql(" AND b IN (").embed(&inner).sql(") AND c = ").bind(7_i64);
        assert_eq!(
            query.text(Dialect::Postgres),
            "a = $2 AND b IN (SELECT d FROM e WHERE tenant_id = $1 AND f = $3) AND c = $4"
        );
        let tenant = TenantId(Uuid::nil());
        let values = query.bound(tenant).unwrap();
        assert_eq!(values, [tenant.into(), Value::from("x"), Value::from("y"), Value::Int(7)]);
    }

    #[test]
    fn a_query_of_no_tenant_is_refused() {
        let mut query = Query::new("test");
        query.sql("SELECT a FROM t");
        assert!(query.clone().bound(TenantId(Uuid::nil())).is_err());
        query.sql(" WHERE tenant_id = :tenant AND b = :b");
        assert!(query.bound(TenantId(Uuid::nil())).is_err());
    }
}
