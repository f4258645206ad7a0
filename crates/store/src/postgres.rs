//! PostgreSQL: a pool, and on each node one queue per tenant whose leader commits what waits in groups.

use crate::backend::{Backend, Line};
use crate::job::{Job, Order};
use crate::migrate::{self, Migration};
use crate::tx::Trace;
use crate::{Params, Signals, Tx, fault, params, read, schema};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use kernel::{Clock, Error, Result, Rng, TenantId};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

const LARGEST_BATCH: usize = 64;
const CONNECTIONS: usize = 16;
const ATTEMPTS: u32 = 3;
/// How often, and with which pause, a commit whose answer was lost is looked up while the database is away.
const LOOKS: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub(crate) struct Postgres {
    shared: Arc<Shared>,
}

struct Shared {
    pool: Pool,
    queues: Mutex<HashMap<TenantId, Queue>>,
    clock: Clock,
    rng: Rng,
    signals: Signals,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Box<dyn Job>>,
    led: bool,
}

impl Postgres {
    pub async fn open(
        url: &str,
        migrations: &[Migration],
        clock: Clock,
        rng: Rng,
        signals: Signals,
    ) -> Result<Self> {
        let config: tokio_postgres::Config = url
            .parse()
            .map_err(|error| Error::bad_request(format!("The database URL is not one: {error}.")))?;
        let manager = Manager::from_config(
            config,
            tokio_postgres::NoTls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .build()
            .map_err(|error| Error::internal(format!("pool: {error}")))?;
        let mut client = pool
            .get()
            .await
            .map_err(|error| Error::unavailable(format!("The database does not answer: {error}.")))?;
        migrate::postgres(&mut client, migrations).await?;
        drop(client);
        let shared = Shared { pool, queues: Mutex::default(), clock, rng, signals };
        Ok(Self { shared: Arc::new(shared) })
    }

    pub async fn reader(&self) -> Result<Backend> {
        Ok(Backend::Postgres(Arc::new(Line::new(self.shared.client().await?))))
    }

    pub fn submit(&self, job: Box<dyn Job>) {
        let shared = self.shared.clone();
        if job.order() == Order::Unordered {
            tokio::spawn(async move { shared.commit_alone(job).await });
            return;
        }
        let tenant = job.tenant();
        let mut queues = self.shared.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry(tenant).or_default();
        queue.waiting.push_back(job);
        if !queue.led {
            queue.led = true;
            tokio::spawn(async move { shared.lead(tenant).await });
        }
    }

    pub fn close(&self) {
        self.shared.pool.close();
    }
}

/// How a transaction ended whose commit was asked for.
enum Ended {
    Committed,
    Failed(Error),
    /// The answer was lost and cannot be looked up: to run it again might do it twice.
    Unknown(Error),
}

impl Shared {
    async fn client(&self) -> Result<Object> {
        self.pool.get().await.map_err(|error| fault::pool(&error))
    }

    /// Commits batch after batch until nothing of this tenant waits.
    async fn lead(self: Arc<Self>, tenant: TenantId) {
        loop {
            let batch: Vec<_> = {
                let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(queue) = queues.get_mut(&tenant) else { return };
                let count = queue.waiting.len().min(LARGEST_BATCH);
                if count == 0 {
                    queues.remove(&tenant);
                    return;
                }
                queue.waiting.drain(..count).collect()
            };
            if batch.len() > 1 {
                if let Err(alone) = self.commit_together(tenant, batch).await {
                    for job in alone {
                        self.commit_alone(job).await;
                    }
                }
                continue;
            }
            for job in batch {
                self.commit_alone(job).await;
            }
        }
    }

    async fn commit_together(
        &self,
        tenant: TenantId,
        batch: Vec<Box<dyn Job>>,
    ) -> Result<(), Vec<Box<dyn Job>>> {
        let Ok(client) = self.client().await else { return Err(batch) };
        let line = Arc::new(Line::new(client));
        if line.client.batch_execute("BEGIN").await.is_err() {
            return Err(batch);
        }
        let mut ran = Vec::with_capacity(batch.len());
        let mut waiting = batch.into_iter();
        while let Some(mut job) = waiting.next() {
            let (outcome, mailed) = self.run_in_savepoint(&line, job.as_mut()).await;
            let broken = outcome.as_ref().is_err_and(fault::may_run_again);
            ran.push((job, outcome, mailed));
            if broken {
                let _gone = line.client.batch_execute("ROLLBACK").await;
                return Err(ran.into_iter().map(|(job, ..)| job).chain(waiting).collect());
            }
        }
        let ended = match self.end(line, tenant, true).await {
            Ended::Committed => Ok(()),
            Ended::Failed(error) => {
                tracing::warn!(%error, "a shared commit failed; its writes are run one by one");
                return Err(ran.into_iter().map(|(job, ..)| job).collect());
            }
            Ended::Unknown(error) => Err(error),
        };
        for (job, outcome, mailed) in ran {
            self.answer(job, outcome.and(ended.clone()), mailed);
        }
        Ok(())
    }

    /// One closure in a transaction of its own, again if the engine asks for it.
    async fn commit_alone(&self, mut job: Box<dyn Job>) {
        let mut attempt = 1;
        loop {
            let (outcome, mailed) = self.attempt(job.as_mut()).await;
            let again = outcome.as_ref().is_err_and(fault::may_run_again);
            if again && attempt < ATTEMPTS {
                attempt += 1;
                continue;
            }
            self.answer(job, outcome, mailed);
            return;
        }
    }

    async fn attempt(&self, job: &mut dyn Job) -> (Result<()>, bool) {
        let line = match self.client().await {
            Ok(client) => Arc::new(Line::new(client)),
            Err(error) => return (Err(error), false),
        };
        if let Err(error) = line.client.batch_execute("BEGIN").await {
            return (Err(fault::postgres_plain(error, "BEGIN")), false);
        }
        let trace = Arc::new(Trace::default());
        let outcome = self.run(&line, job, &trace).await;
        let changed = trace.changes.load(Ordering::Relaxed) > 0;
        if outcome.is_err() || !changed {
            let _gone = line.client.batch_execute("ROLLBACK").await;
            return (outcome, false);
        }
        let mailed = trace.mailed.load(Ordering::Relaxed);
        match self.end(line, job.tenant(), job.order() == Order::Serial).await {
            Ended::Committed => (Ok(()), mailed),
            Ended::Failed(error) | Ended::Unknown(error) => (Err(error), false),
        }
    }

    async fn run_in_savepoint(&self, line: &Arc<Line>, job: &mut dyn Job) -> (Result<()>, bool) {
        if let Err(error) = line.client.batch_execute("SAVEPOINT write").await {
            return (Err(fault::postgres_plain(error, "SAVEPOINT")), false);
        }
        let trace = Arc::new(Trace::default());
        let outcome = self.run(line, job, &trace).await;
        let kept = outcome.is_ok() && trace.changes.load(Ordering::Relaxed) > 0;
        let end = if kept { "RELEASE write" } else { "ROLLBACK TO write; RELEASE write" };
        let ended = line.client.batch_execute(end).await.map_err(|error| fault::postgres_plain(error, end));
        (outcome.and(ended), kept && trace.mailed.load(Ordering::Relaxed))
    }

    async fn run(&self, line: &Arc<Line>, job: &mut dyn Job, trace: &Arc<Trace>) -> Result<()> {
        let tenant = job.tenant();
        let backend = Backend::Postgres(line.clone());
        let change_number = match job.order() {
            Order::Serial => {
                let bound = read::scoped(&schema::LOCK, Params::default(), tenant)?;
                let mut number = None;
                backend
                    .each(&schema::LOCK, bound, |row| row.get(0).map(|value| number = Some(value)))
                    .await?;
                number.ok_or_else(|| Error::not_found("tenant"))?
            }
            Order::Unordered => 0,
        };
        let tx = Tx {
            backend: backend.clone(),
            tenant,
            now: self.clock.now(),
            change_number,
            trace: trace.clone(),
        };
        let outcome = job.run(tx).await;
        if outcome.is_err() {
            line.forget();
            return outcome;
        }
        backend.settle().await
    }

    /// Commits. A commit whose answer is lost may have happened: the row written in it tells.
    async fn end(&self, line: Arc<Line>, tenant: TenantId, marked: bool) -> Ended {
        if self.signals.faults().take_commit_failure() {
            let _gone = line.client.batch_execute("ROLLBACK").await;
            return Ended::Failed(Error::unavailable("The commit was made to fail."));
        }
        let batch = self.rng.uuid();
        if marked {
            let params = params![id: batch, at: self.clock.now()];
            let bound = match read::scoped(&schema::INSERT_BATCH, params, tenant) {
                Ok(bound) => bound,
                Err(error) => return Ended::Failed(error),
            };
            if let Err(error) = Backend::Postgres(line.clone()).execute(&schema::INSERT_BATCH, bound).await {
                let _gone = line.client.batch_execute("ROLLBACK").await;
                return Ended::Failed(error);
            }
        }
        let Err(error) = line.client.batch_execute("COMMIT").await else { return Ended::Committed };
        let error = fault::postgres_plain(error, "COMMIT");
        drop(line);
        if !marked || !fault::may_run_again(&error) {
            return Ended::Failed(error);
        }
        match self.find_batch(tenant, batch).await {
            Some(true) => Ended::Committed,
            Some(false) => Ended::Failed(error),
            None => Ended::Unknown(fault::unknown(&error)),
        }
    }

    /// Whether a batch was committed; none if the database stays away.
    async fn find_batch(&self, tenant: TenantId, batch: Uuid) -> Option<bool> {
        for _ in 0..LOOKS {
            match self.look_up(tenant, batch).await {
                Ok(found) => return Some(found),
                Err(error) => {
                    tracing::warn!(%error, "a commit whose answer was lost cannot be looked up yet");
                }
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        None
    }

    /// Takes the tenant's lock first: while the lost connection's server process still commits, it holds it.
    async fn look_up(&self, tenant: TenantId, batch: Uuid) -> Result<bool> {
        let line = Arc::new(Line::new(self.client().await?));
        line.client.batch_execute("BEGIN").await.map_err(|error| fault::postgres_plain(error, "BEGIN"))?;
        let backend = Backend::Postgres(Arc::clone(&line));
        let mut found = false;
        let lock = read::scoped(&schema::LOCK, Params::default(), tenant)?;
        let bound = read::scoped(&schema::FIND_BATCH, params![id: batch], tenant)?;
        let looked = match backend.each(&schema::LOCK, lock, |_| Ok(())).await {
            Ok(()) => {
                let visit = |_: &crate::Row<'_>| {
                    found = true;
                    Ok(())
                };
                backend.each(&schema::FIND_BATCH, bound, visit).await
            }
            locked => locked,
        };
        let _gone = line.client.batch_execute("ROLLBACK").await;
        looked.map(|()| found)
    }

    fn answer(&self, job: Box<dyn Job>, outcome: Result<()>, mailed: bool) {
        if mailed && outcome.is_ok() {
            self.signals.posted(job.tenant());
        }
        job.answer(outcome);
    }
}
