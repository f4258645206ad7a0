//! Work that comes back: each job runs for every tenant at its interval, on one node at a time.

use futures_util::future::BoxFuture;
use kernel::{Result, SignedDuration, TenantId};
use std::sync::Arc;

/// Whether a job has more to do. A job is a chain of short closures, each with its cursor committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is left until the next interval.
    Done,
    /// Call again at once.
    More,
}

pub type Run = Arc<dyn Fn(TenantId) -> BoxFuture<'static, Result<Progress>> + Send + Sync>;

#[derive(Clone)]
pub struct Job {
    pub name: &'static str,
    pub every: SignedDuration,
    pub run: Run,
}
