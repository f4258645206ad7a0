//! Work that comes back: each job runs for every tenant at its interval, on one node at a time.
//!
//! Who runs a job lies in a claim in the store: while it runs, a lease that ends by itself if the process dies;
//! afterwards, the time from which it is due again. Intervals are measured by [`kernel::Clock`].

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::{JobClaim, Store, Sweep};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

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

/// Longer than any link of the chain takes.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// A job that failed is tried again after this time, or its interval if that is shorter.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(5);
const SWEEP: SignedDuration = SignedDuration::from_hours(1);
/// Real time between two looks.
const POLL: Duration = Duration::from_secs(1);

/// Cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Inner>);

struct Inner {
    store: Store,
    jobs: Vec<Job>,
    /// The end of tenants that were deleted: it belongs to none of them.
    purge: Job,
    /// This process, in claims.
    node: Uuid,
    /// When to look at a job again, as far as this process knows. Held while jobs run: one pass at a time.
    due: Mutex<HashMap<(&'static str, TenantId), Timestamp>>,
}

impl Jobs {
    /// Adds the store's own sweeps. Refuses a name given twice.
    pub fn new(store: Store, jobs: Vec<Job>) -> Result<Self> {
        let sweeps = Sweep::ALL.into_iter().map(|sweep| sweeping(&store, sweep));
        let jobs: Vec<Job> = jobs.into_iter().chain(sweeps).collect();
        let purge = purging(&store);
        let mut names = HashSet::from([purge.name]);
        if let Some(twice) = jobs.iter().find(|job| !names.insert(job.name)) {
            return Err(Error::internal(format!("the job {} is given twice", twice.name)));
        }
        let node = store.rng().uuid();
        Ok(Self(Arc::new(Inner { store, jobs, purge, node, due: Mutex::default() })))
    }

    /// Runs what is due until stopped. A job in progress ends with its current link.
    pub async fn run(self, stop: CancellationToken) {
        let mut poll = tokio::time::interval(POLL);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = poll.tick() => {}
            }
            if let Err(error) = self.pass(&stop).await {
                tracing::warn!(%error, "jobs could not be looked up; it is tried again");
            }
        }
    }

    /// Runs every job that is due now, each to its end. One that fails is logged and comes back.
    pub async fn run_due(&self) -> Result<()> {
        self.pass(&CancellationToken::new()).await
    }

    async fn pass(&self, stop: &CancellationToken) -> Result<()> {
        let mut due = self.0.due.lock().await;
        let tenants = self.0.store.global().tenants().await?;
        let nobody = [TenantId(Uuid::nil())];
        let each = self.0.jobs.iter().map(|job| (job, tenants.as_slice()));
        for (job, tenants) in each.chain([(&self.0.purge, nobody.as_slice())]) {
            for tenant in tenants {
                if stop.is_cancelled() {
                    return Ok(());
                }
                let now = self.0.store.clock().now();
                let key = (job.name, *tenant);
                if due.get(&key).is_some_and(|due| *due > now) {
                    continue;
                }
                let next = self.attend(job, *tenant, now, stop).await.unwrap_or_else(|error| {
                    tracing::error!(%error, job = job.name, %tenant, "a job failed; it is tried again");
                    now.checked_add(AFTER_FAILURE.min(job.every)).unwrap_or(Timestamp::MAX)
                });
                due.insert(key, next);
            }
        }
        Ok(())
    }

    /// Runs one job for one tenant if no other node does, and tells when it is due again.
    async fn attend(
        &self,
        job: &Job,
        tenant: TenantId,
        start: Timestamp,
        stop: &CancellationToken,
    ) -> Result<Timestamp> {
        loop {
            if let JobClaim::HeldUntil(until) = self.claim(job, tenant, self.after(LEASE)).await? {
                return Ok(until);
            }
            let link = AssertUnwindSafe(async { (job.run)(tenant).await }).catch_unwind();
            let progress = link.await.unwrap_or_else(|_| Err(Error::internal("a job panicked")))?;
            if progress == Progress::Done || stop.is_cancelled() {
                break;
            }
        }
        let next = if stop.is_cancelled() { start } else { start.checked_add(job.every).unwrap_or(start) };
        self.claim(job, tenant, next).await?;
        Ok(next)
    }

    async fn claim(&self, job: &Job, tenant: TenantId, until: Timestamp) -> Result<JobClaim> {
        self.0.store.tenant(tenant).claim_job(job.name, self.0.node, until).await
    }

    fn after(&self, duration: SignedDuration) -> Timestamp {
        self.0.store.clock().now().checked_add(duration).unwrap_or(Timestamp::MAX)
    }
}

fn purging(store: &Store) -> Job {
    let store = store.clone();
    let run: Run = Arc::new(move |_| {
        let store = store.clone();
        async move {
            let more = store.purge_tenants().await?;
            Ok(if more { Progress::More } else { Progress::Done })
        }
        .boxed()
    });
    Job { name: "store.purgeTenants", every: SWEEP, run }
}

fn sweeping(store: &Store, sweep: Sweep) -> Job {
    let store = store.clone();
    let run: Run = Arc::new(move |tenant| {
        let store = store.clone();
        async move {
            let more = store.tenant(tenant).sweep(sweep).await?;
            Ok(if more { Progress::More } else { Progress::Done })
        }
        .boxed()
    });
    Job { name: sweep.name(), every: SWEEP, run }
}
