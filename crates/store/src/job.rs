//! A write waiting for its commit: a closure that may run more than once, and the one who waits for its answer.

use crate::Tx;
use kernel::{Error, Result, TenantId};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::oneshot;

use futures_util::FutureExt;

/// Which writes go first. Background work gets at most half of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Interactive,
    Background,
}

/// How a write orders itself against others of its tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Takes the tenant's lock and the next change number.
    Serial,
    /// Compare-and-set statements only.
    Unordered,
}

pub(crate) trait Job: Send {
    fn tenant(&self) -> TenantId;
    fn order(&self) -> Order;
    fn lane(&self) -> Lane;
    /// Runs the closure. Its result is kept until `answer`.
    fn run<'a>(&'a mut self, tx: Tx) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
    /// Answers the one who waits: with the kept result after a commit, or with why there was none.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

pub(crate) struct Write<C, T, F> {
    pub tenant: TenantId,
    pub order: Order,
    pub lane: Lane,
    pub context: Arc<C>,
    pub run: F,
    pub kept: Option<Result<T>>,
    pub answer: oneshot::Sender<Result<T>>,
}

impl<C, T, F, Fut> Job for Write<C, T, F>
where
    C: Send + Sync + 'static,
    T: Send + 'static,
    F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<T>> + Send,
{
    fn tenant(&self) -> TenantId {
        self.tenant
    }

    fn order(&self) -> Order {
        self.order
    }

    fn lane(&self) -> Lane {
        self.lane
    }

    fn run<'a>(&'a mut self, tx: Tx) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let context = self.context.clone();
            let work = AssertUnwindSafe(async { (self.run)(tx, context).await }).catch_unwind();
            let result = work.await.unwrap_or_else(|_| Err(Error::internal("a write panicked")));
            let outcome = result.as_ref().map(|_| ()).map_err(Clone::clone);
            self.kept = Some(result);
            outcome
        })
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let answer = match outcome {
            Ok(()) => self.kept.unwrap_or_else(|| Err(Error::internal("a write was answered before it ran"))),
            Err(error) => Err(error),
        };
        // The one who asked may have gone away; what was committed stays.
        let _gone = self.answer.send(answer);
    }
}
