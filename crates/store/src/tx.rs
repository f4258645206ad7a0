//! A write: everything a closure does in it commits together or not at all.

use crate::{Params, Read, Statement, backend::Backend, outbox::Letter, read, schema};
use kernel::{Error, ObjectId, OutboxId, Result, TenantId, Timestamp};
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The handle a write closure works through. It is passed by value; its closure may run again, so it must have
/// no effect outside of it.
pub struct Tx {
    pub(crate) backend: Backend,
    pub(crate) tenant: TenantId,
    pub(crate) now: Timestamp,
    pub(crate) change_number: i64,
    pub(crate) trace: Arc<Trace>,
}

/// What a write has done so far, for the writer that commits it.
#[derive(Default)]
pub struct Trace {
    pub changes: AtomicU64,
    pub mailed: AtomicBool,
    pub feed_position: AtomicU64,
    failure: OnceLock<Error>,
}

impl Trace {
    /// Notes why a statement failed that nobody waited for. The first is the cause of the rest.
    pub fn fail(&self, error: &Error) {
        self.failure.get_or_init(|| error.clone());
    }

    pub fn failure(&self) -> Option<Error> {
        self.failure.get().cloned()
    }
}

/// What happened to an object, as the change feed tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Created,
    Updated,
    Deleted,
}

impl Change {
    fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }
}

/// The caches a write makes stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    Policy,
    Key,
    Application,
}

impl Tx {
    /// The number of this change: gapless and in commit order within the tenant. Zero in a sign-in write.
    pub fn change_number(&self) -> i64 {
        self.change_number
    }

    /// Runs a statement of this tenant and tells how many rows it changed.
    pub fn execute(
        &mut self,
        statement: &'static Statement,
        params: Params,
    ) -> impl Future<Output = Result<u64>> + Send + use<> {
        self.run(statement, read::scoped(statement, params, self.tenant))
    }

    /// Runs a statement on one of the few global tables.
    pub fn execute_global(
        &mut self,
        statement: &'static Statement,
        params: Params,
    ) -> impl Future<Output = Result<u64>> + Send + use<> {
        self.run(statement, read::global(statement, params, Some(self.tenant)))
    }

    /// Runs a statement whose count of rows does not matter. Several in a row cost one journey to PostgreSQL.
    pub fn queue(
        &mut self,
        statement: &'static Statement,
        params: Params,
    ) -> impl Future<Output = Result<()>> + Send + use<> {
        self.queued(statement, read::scoped(statement, params, self.tenant))
    }

    /// The same on one of the few global tables.
    pub fn queue_global(
        &mut self,
        statement: &'static Statement,
        params: Params,
    ) -> impl Future<Output = Result<()>> + Send + use<> {
        self.queued(statement, read::global(statement, params, Some(self.tenant)))
    }

    fn queued(
        &self,
        statement: &'static Statement,
        bound: Result<Vec<crate::Value>>,
    ) -> impl Future<Output = Result<()>> + Send + use<> {
        let backend = self.backend.clone();
        let trace = self.trace.clone();
        async move { backend.queue(statement, bound?, &trace).await }
    }

    fn run(
        &self,
        statement: &'static Statement,
        bound: Result<Vec<crate::Value>>,
    ) -> impl Future<Output = Result<u64>> + Send + use<> {
        let backend = self.backend.clone();
        let trace = self.trace.clone();
        async move {
            let count = backend.execute(statement, bound?).await?;
            trace.changes.fetch_add(count, Ordering::Relaxed);
            Ok(count)
        }
    }

    /// Appends to the change feed.
    pub async fn feed(
        &mut self,
        kind: &'static str,
        object: impl Into<ObjectId>,
        change: Change,
    ) -> Result<()> {
        let position = self.trace.feed_position.fetch_add(1, Ordering::Relaxed);
        let params = crate::params![
            number: self.change_number,
            position: i64::try_from(position).unwrap_or(i64::MAX),
            kind: kind,
            object: object.into(),
            change: change.as_str(),
            at: self.now,
        ];
        self.queue(&schema::INSERT_FEED, params).await
    }

    /// Puts a message into the outbox: it leaves after the commit, at least once.
    pub async fn post(&mut self, letter: Letter) -> Result<OutboxId> {
        let id = letter.id;
        self.trace.mailed.store(true, Ordering::Relaxed);
        self.queue(&crate::outbox::INSERT, letter.into_params(self.now)).await?;
        Ok(id)
    }

    /// Makes the caches keyed by this version stale on every node, from the next request on.
    pub async fn bump(&mut self, version: Version) -> Result<()> {
        let statement = match version {
            Version::Policy => &schema::BUMP_POLICY,
            Version::Key => &schema::BUMP_KEY,
            Version::Application => &schema::BUMP_APPLICATION,
        };
        self.queue(statement, Params::default()).await
    }
}

impl Read for Tx {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
    fn now(&self) -> Timestamp {
        self.now
    }
    fn backend(&self) -> &Backend {
        &self.backend
    }
    fn trace(&self) -> Option<Arc<Trace>> {
        Some(self.trace.clone())
    }
}
