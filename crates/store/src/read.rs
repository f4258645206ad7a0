//! What a write and a snapshot have in common: reading under one tenant's scope. Fact loaders take
//! `&mut impl Read`, so that enforcement (in a write) and explanation (in a snapshot) load the same way.

use crate::{Params, Query, Row, Scope, Statement, Versions, backend::Backend, schema, tx::Trace};
use kernel::{Error, Result, TenantId, Timestamp};
use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

pub trait Read: Send {
    /// The tenant every statement is bound to.
    fn tenant(&self) -> TenantId;
    /// The time of this read or write, the same throughout.
    fn now(&self) -> Timestamp;
    #[doc(hidden)]
    fn backend(&self) -> &Backend;
    #[doc(hidden)]
    fn trace(&self) -> Option<Arc<Trace>> {
        None
    }

    /// Calls `visit` for each row, in order.
    fn each<F>(
        &mut self,
        statement: &'static Statement,
        params: Params,
        visit: F,
    ) -> impl Future<Output = Result<()>> + Send
    where
        F: FnMut(&Row<'_>) -> Result<()> + Send,
    {
        let bound = scoped(statement, params, self.tenant());
        visit_all(self.backend().clone(), self.trace(), statement, bound, visit)
    }

    /// All rows. Only for what is bounded by its statement.
    fn rows<T, F>(
        &mut self,
        statement: &'static Statement,
        params: Params,
        mut map: F,
    ) -> impl Future<Output = Result<Vec<T>>> + Send
    where
        T: Send,
        F: FnMut(&Row<'_>) -> Result<T> + Send,
    {
        let bound = scoped(statement, params, self.tenant());
        let (backend, trace) = (self.backend().clone(), self.trace());
        async move {
            let mut rows = Vec::new();
            let visit = |row: &Row<'_>| {
                rows.push(map(row)?);
                Ok(())
            };
            visit_all(backend, trace, statement, bound, visit).await?;
            Ok(rows)
        }
    }

    /// The only row, or none.
    fn row<T, F>(
        &mut self,
        statement: &'static Statement,
        params: Params,
        map: F,
    ) -> impl Future<Output = Result<Option<T>>> + Send
    where
        T: Send,
        F: FnMut(&Row<'_>) -> Result<T> + Send,
    {
        let rows = self.rows(statement, params, map);
        async move { Ok(rows.await?.into_iter().next()) }
    }

    /// The only row of a statement on a global table, or none.
    fn row_global<T, F>(
        &mut self,
        statement: &'static Statement,
        params: Params,
        mut map: F,
    ) -> impl Future<Output = Result<Option<T>>> + Send
    where
        T: Send,
        F: FnMut(&Row<'_>) -> Result<T> + Send,
    {
        let bound = global(statement, params, Some(self.tenant()));
        let (backend, trace) = (self.backend().clone(), self.trace());
        async move {
            let mut found = None;
            let visit = |row: &Row<'_>| {
                found = Some(map(row)?);
                Ok(())
            };
            visit_all(backend, trace, statement, bound, visit).await?;
            Ok(found)
        }
    }

    /// Calls `visit` for each row of a query that was put together, in order, until it breaks.
    fn each_of<F>(&mut self, query: Query, visit: F) -> impl Future<Output = Result<()>> + Send
    where
        F: FnMut(&Row<'_>) -> Result<ControlFlow<()>> + Send,
    {
        let (backend, tenant) = (self.backend().clone(), self.tenant());
        async move { backend.each_of(query, tenant, visit).await }
    }

    /// The tenant's state row: what caches are keyed by. A request reads it first.
    fn versions(&mut self) -> impl Future<Output = Result<Versions>> + Send {
        let row = self.row(&schema::VERSIONS, Params::default(), |row| {
            Ok(Versions {
                change_number: row.get(0)?,
                policy: row.get(1)?,
                key: row.get(2)?,
                application: row.get(3)?,
                status: row.get(4)?,
            })
        });
        async move { row.await?.ok_or_else(|| Error::not_found("tenant")) }
    }
}

/// Whoever shares a read may read. So facts that do not hang on one another can be loaded beside one another, which
/// is one journey to PostgreSQL: `let (mut a, mut b) = (&*tx, &*tx); try_join(find(&mut a), get(&mut b)).await?`.
impl<R: Read + Sync> Read for &R {
    fn tenant(&self) -> TenantId {
        (**self).tenant()
    }
    fn now(&self) -> Timestamp {
        (**self).now()
    }
    fn backend(&self) -> &Backend {
        (**self).backend()
    }
    fn trace(&self) -> Option<Arc<Trace>> {
        (**self).trace()
    }
}

/// Visits the rows. Those that a changing statement returns count as its changes, so that the write is kept.
async fn visit_all<F>(
    backend: Backend,
    trace: Option<Arc<Trace>>,
    statement: &'static Statement,
    bound: Result<Vec<crate::Value>>,
    mut visit: F,
) -> Result<()>
where
    F: FnMut(&Row<'_>) -> Result<()> + Send,
{
    let mut count = 0;
    let counted = |row: &Row<'_>| {
        count += 1;
        visit(row)
    };
    backend.each(statement, bound?, counted).await?;
    if let Some(trace) = trace.filter(|_| statement.returns_changes()) {
        trace.changes.fetch_add(count, Ordering::Relaxed);
    }
    Ok(())
}

pub(crate) fn scoped(statement: &Statement, params: Params, tenant: TenantId) -> Result<Vec<crate::Value>> {
    if statement.scope == Scope::Global {
        return Err(Error::internal(format!("{} is global: use the methods named so", statement.name)));
    }
    params.bind(statement, Some(tenant))
}

pub(crate) fn global(
    statement: &Statement,
    params: Params,
    tenant: Option<TenantId>,
) -> Result<Vec<crate::Value>> {
    if statement.scope != Scope::Global {
        return Err(Error::internal(format!("{} belongs to a tenant", statement.name)));
    }
    params.bind(statement, tenant)
}
