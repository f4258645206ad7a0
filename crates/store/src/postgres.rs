//! PostgreSQL: a pool, and on each node one queue per tenant whose leader commits what waits in groups.

mod line;
mod statistics;

pub(crate) use line::Line;

use crate::backend::Backend;
use crate::job::{Job, Order};
use crate::migrate::{self, Migration};
use crate::tx::Trace;
use crate::{Load, Params, Signals, Standby, Tx, collation, fault, params, read, schema};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use kernel::{Clock, Error, Result, Rng, SignedDuration, TenantId, Timestamp};
use statistics::Growth;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

const LARGEST_BATCH: usize = 64;
const CONNECTIONS: usize = 16;
const ATTEMPTS: u32 = 3;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// After this long without a sign of life a connection is given up.
const SILENCE: Duration = Duration::from_secs(10);
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
    growth: Growth,
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
        let manager = Manager::from_config(
            config(url)?,
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
        migrate::on_server::create(&mut client, migrations, &clock, rng).await?;
        collation::postgres(&client, migrations).await?;
        drop(client);
        let (queues, growth) = (Mutex::default(), Growth::default());
        let shared = Shared { pool, queues, growth, clock, rng, signals };
        Ok(Self { shared: Arc::new(shared) })
    }

    pub async fn reader(&self) -> Result<Backend> {
        Ok(Backend::Postgres(Arc::new(Line::new(self.shared.client().await?))))
    }

    /// A connection for a long read. It is closed when dropped, whatever was going on in it.
    pub async fn session(&self) -> Result<deadpool_postgres::ClientWrapper> {
        Ok(Object::take(self.shared.client().await?))
    }

    pub async fn time(&self) -> Result<Timestamp> {
        const TIME: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
        let client = self.shared.client().await?;
        let row = client.query_one(TIME, &[]).await.map_err(|error| fault::postgres_plain(error, TIME))?;
        Timestamp::from_microsecond(row.get(0)).map_err(Error::internal)
    }

    pub async fn standbys(&self) -> Result<Vec<Standby>> {
        const STANDBYS: &str =
            "SELECT COALESCE(application_name, ''), COALESCE(sync_state, '') IN ('sync', 'quorum'),
            CAST(COALESCE(EXTRACT(EPOCH FROM replay_lag), 0) * 1000 AS BIGINT) FROM pg_stat_replication";
        let client = self.shared.client().await?;
        let rows =
            client.query(STANDBYS, &[]).await.map_err(|error| fault::postgres_plain(error, STANDBYS))?;
        let standby = |row: &tokio_postgres::Row| Standby {
            name: row.get(0),
            is_synchronous: row.get(1),
            lag: SignedDuration::from_millis(row.get(2)),
        };
        Ok(rows.iter().map(standby).collect())
    }

    pub fn load(&self) -> Load {
        let status = self.shared.pool.status();
        Load { open: status.size, idle: status.available, waiting: status.waiting }
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

/// What the address says, and what it need not: a server that is gone without a word is found out in time for
/// another to be asked.
fn config(url: &str) -> Result<tokio_postgres::Config> {
    let mut config: tokio_postgres::Config =
        url.parse().map_err(|error| Error::bad_request(format!("The database URL is not one: {error}.")))?;
    if config.get_application_name().is_none() {
        config.application_name("lodge");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    config.keepalives_idle(SILENCE);
    Ok(config)
}

/// A connection outside of any pool.
pub(crate) async fn connect(url: &str) -> Result<tokio_postgres::Client> {
    let (client, connection) = config(url)?
        .connect(tokio_postgres::NoTls)
        .await
        .map_err(|error| Error::unavailable(format!("The database does not answer: {error}.")))?;
    tokio::spawn(connection);
    Ok(client)
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

    /// One transaction for all, a savepoint for each. Gives the jobs back if it did not stand: each is then run
    /// alone, so that one that breaks the transaction takes no other with it.
    async fn commit_together(
        &self,
        tenant: TenantId,
        batch: Vec<Box<dyn Job>>,
    ) -> Result<(), Vec<Box<dyn Job>>> {
        let Ok(client) = self.client().await else { return Err(batch) };
        let line = Arc::new(Line::new(client));
        line.steer("BEGIN", &Arc::default());
        let mut ran: Vec<Ran> = Vec::with_capacity(batch.len());
        let mut waiting = batch.into_iter();
        while let Some(job) = waiting.next() {
            let stands = self.run_in_savepoint(&line, &mut ran, job).await;
            if !stands {
                abandon(&line).await;
                return Err(ran.into_iter().map(|ran| ran.job).chain(waiting).collect());
            }
        }
        if !settle_last(&line, &mut ran).await {
            abandon(&line).await;
            return Err(ran.into_iter().map(|ran| ran.job).collect());
        }
        let began = Instant::now();
        let ended = match self.end(line, tenant, true).await {
            Ended::Committed => {
                self.signals.commits().count(ran.len(), began.elapsed());
                Ok(())
            }
            Ended::Failed(error) => {
                tracing::warn!(%error, "a shared commit failed; its writes are run one by one");
                return Err(ran.into_iter().map(|ran| ran.job).collect());
            }
            Ended::Unknown(error) => Err(error),
        };
        for ran in ran {
            self.answer(ran.job, ran.outcome.and(ended.clone()), &ran.trace);
        }
        Ok(())
    }

    /// Runs one closure behind those that ran. What it leaves to be done, its release among it, travels with the
    /// first statement of the next. Whether the transaction still stands.
    async fn run_in_savepoint(&self, line: &Arc<Line>, ran: &mut Vec<Ran>, mut job: Box<dyn Job>) -> bool {
        let mut trace = Arc::default();
        let mut number = begin(line, job.tenant(), &trace).await;
        if number.is_err() && ran.last().is_some_and(Ran::has_failed_since) {
            if !settle_last(line, ran).await {
                ran.push(Ran { job, trace, outcome: number.map(drop) });
                return false;
            }
            trace = Arc::default();
            number = begin(line, job.tenant(), &trace).await;
        }
        let outcome = match number {
            Ok(number) => self.run(line, job.as_mut(), number, &trace).await,
            Err(error) => Err(error),
        };
        let is_kept = match outcome {
            Ok(()) => is_kept(line, &trace).await,
            Err(error) => Err(error),
        };
        let stands = match is_kept {
            Ok(true) => {
                line.steer(RELEASE, &trace);
                true
            }
            Ok(false) => undo(line).await.is_ok(),
            Err(ref error) => !fault::may_run_again(error) && undo(line).await.is_ok(),
        };
        ran.push(Ran { job, trace, outcome: is_kept.map(drop) });
        stands
    }

    /// One closure in a transaction of its own, again if the engine asks for it.
    async fn commit_alone(&self, mut job: Box<dyn Job>) {
        let mut attempt = 1;
        loop {
            let trace = Arc::new(Trace::default());
            let outcome = self.attempt(job.as_mut(), &trace).await;
            let again = outcome.as_ref().is_err_and(fault::may_run_again);
            if again && attempt < ATTEMPTS {
                attempt += 1;
                continue;
            }
            self.answer(job, outcome, &trace);
            return;
        }
    }

    async fn attempt(&self, job: &mut dyn Job, trace: &Arc<Trace>) -> Result<()> {
        let line = Arc::new(Line::new(self.client().await?));
        line.steer("BEGIN", trace);
        let number = match job.order() {
            Order::Serial => lock(&line, job.tenant()).await,
            Order::Unordered => Ok(0),
        };
        let outcome = match number {
            Ok(number) => self.run(&line, job, number, trace).await,
            Err(error) => Err(error),
        };
        let is_kept = match outcome {
            Ok(()) => is_kept(&line, trace).await,
            Err(error) => Err(error),
        };
        if !matches!(is_kept, Ok(true)) {
            abandon(&line).await;
            return is_kept.map(drop);
        }
        let began = Instant::now();
        match self.end(line, job.tenant(), job.order() == Order::Serial).await {
            Ended::Committed => {
                self.signals.commits().count(1, began.elapsed());
                Ok(())
            }
            Ended::Failed(error) | Ended::Unknown(error) => Err(error),
        }
    }

    async fn run(
        &self,
        line: &Arc<Line>,
        job: &mut dyn Job,
        change_number: i64,
        trace: &Arc<Trace>,
    ) -> Result<()> {
        let tx = Tx {
            backend: Backend::Postgres(line.clone()),
            tenant: job.tenant(),
            now: self.clock.now(),
            change_number,
            trace: trace.clone(),
        };
        job.run(tx).await
    }

    /// Commits, behind whatever still waits: if something of that fails, the server rolls back and the failure is
    /// the answer. A commit whose answer is lost may have happened: the row written in it tells.
    async fn end(&self, line: Arc<Line>, tenant: TenantId, marked: bool) -> Ended {
        if self.signals.faults().take_commit_failure() {
            abandon(&line).await;
            return Ended::Failed(Error::unavailable("The commit was made to fail."));
        }
        let batch = self.rng.uuid();
        let mark = read::scoped(&schema::INSERT_BATCH, params![id: batch, at: self.clock.now()], tenant);
        let ended = match mark {
            Ok(mark) if marked => match line.queue(&schema::INSERT_BATCH, mark, &Arc::default()).await {
                Ok(()) => line.say("COMMIT").await,
                full => full,
            },
            Ok(_) => line.say("COMMIT").await,
            Err(error) => Err(error),
        };
        let Err(error) = ended else { return Ended::Committed };
        abandon(&line).await;
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
        let line = Line::new(self.client().await?);
        line.steer("BEGIN", &Arc::default());
        let bound = read::scoped(&schema::FIND_BATCH, params![id: batch], tenant)?;
        let found = match lock(&line, tenant).await {
            Ok(_) => line.query(&schema::FIND_BATCH, &bound).await,
            Err(error) => Err(error),
        };
        abandon(&line).await;
        found.map(|rows| !rows.is_empty())
    }

    fn answer(&self, job: Box<dyn Job>, outcome: Result<()>, trace: &Trace) {
        if outcome.is_ok() && trace.mailed.load(Ordering::Relaxed) {
            self.signals.posted(job.tenant());
        }
        if outcome.is_ok() && self.growth.count(trace.changes.load(Ordering::Relaxed)) {
            self.gather_statistics();
        }
        job.answer(outcome);
    }

    /// Beside the work: only speed hangs on it.
    fn gather_statistics(&self) {
        let pool = self.pool.clone();
        tokio::spawn(async move {
            let Ok(client) = pool.get().await else { return };
            if let Err(error) = statistics::gather(client).await {
                tracing::debug!(%error, "the database gathered no statistics");
            }
        });
    }
}

const SAVEPOINT: &str = "SAVEPOINT write";
const RELEASE: &str = "RELEASE write";
const UNDO: &str = "ROLLBACK TO write; RELEASE write";

/// A closure of a shared commit that has run.
struct Ran {
    job: Box<dyn Job>,
    trace: Arc<Trace>,
    outcome: Result<()>,
}

impl Ran {
    /// Whether something that it left to be done has failed.
    fn has_failed_since(&self) -> bool {
        self.outcome.is_ok() && self.trace.failure().is_some()
    }
}

/// A savepoint, and in the same journey the lock; whatever the closure before left to be done goes ahead of both.
async fn begin(line: &Line, tenant: TenantId, trace: &Arc<Trace>) -> Result<i64> {
    line.steer(SAVEPOINT, trace);
    lock(line, tenant).await
}

/// Takes the tenant's lock and its next change number.
async fn lock(line: &Line, tenant: TenantId) -> Result<i64> {
    let bound = read::scoped(&schema::LOCK, Params::default(), tenant)?;
    let rows = line.query(&schema::LOCK, &bound).await?;
    let row = rows.first().ok_or_else(|| Error::not_found("tenant"))?;
    crate::Row::Postgres(row).get(0)
}

/// Whether a closure that ended well has changed something. Only if that is open yet is what waits sent for it.
async fn is_kept(line: &Line, trace: &Arc<Trace>) -> Result<bool> {
    let has_changed = || trace.changes.load(Ordering::Relaxed) > 0;
    if has_changed() || line.will_change(trace) {
        return Ok(true);
    }
    line.settle().await?;
    Ok(has_changed())
}

/// Sees to it that all of the last closure is done. If something fails that it left to be done, it alone is
/// undone. Whether the transaction still stands.
async fn settle_last(line: &Line, ran: &mut [Ran]) -> bool {
    let settled = line.settle().await;
    let Some(last) = ran.last_mut().filter(|last| last.has_failed_since()) else { return settled.is_ok() };
    let Some(error) = last.trace.failure() else { return settled.is_ok() };
    let stands = !fault::may_run_again(&error) && undo(line).await.is_ok();
    last.outcome = Err(error);
    stands
}

async fn undo(line: &Line) -> Result<()> {
    line.forget();
    line.say(UNDO).await
}

async fn abandon(line: &Line) {
    line.forget();
    let _gone = line.say("ROLLBACK").await;
}
