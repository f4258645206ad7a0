//! The writer thread. fsync is what limits durable writes, so closures that wait at the same time share one
//! commit: each runs in a savepoint of its own, and nobody is answered before the commit is on the disk.

use super::run;
use crate::backend::Backend;
use crate::job::{Job, Lane, Order};
use crate::tx::Trace;
use crate::{Signals, Tx, fault, schema};
use kernel::{Clock, Error, Result, TenantId};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

const LARGEST_BATCH: usize = 256;
/// After this long without a write the log is copied into the database.
const IDLE: Duration = Duration::from_millis(500);
/// Row changes after which the log is copied even when never idle: about 64 MiB of log.
const CHANGES_BETWEEN_CHECKPOINTS: u64 = 40_000;

pub(crate) struct Writer {
    shared: Arc<Shared>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    arrived: Condvar,
}

#[derive(Default)]
struct Queue {
    interactive: VecDeque<Box<dyn Job>>,
    background: VecDeque<Box<dyn Job>>,
    closed: bool,
}

impl Writer {
    pub fn start(connection: Connection, clock: Clock, signals: Signals) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let worker = Worker {
            shared: shared.clone(),
            connection: Arc::new(Mutex::new(connection)),
            clock,
            signals,
            since_checkpoint: 0,
        };
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || worker.work())
            .map_err(Error::internal)?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    pub fn submit(&self, job: Box<dyn Job>) {
        let mut queue = self.shared.lock();
        if queue.closed {
            drop(queue);
            job.answer(Err(Error::unavailable("Lodge is shutting down. Try again in a moment.")));
            return;
        }
        match job.lane() {
            Lane::Interactive => queue.interactive.push_back(job),
            Lane::Background => queue.background.push_back(job),
        }
        drop(queue);
        self.shared.arrived.notify_one();
    }

    pub fn waiting(&self) -> usize {
        let queue = self.shared.lock();
        queue.interactive.len() + queue.background.len()
    }

    pub fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.arrived.notify_one();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ended = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Worker {
    shared: Arc<Shared>,
    connection: Arc<Mutex<Connection>>,
    clock: Clock,
    signals: Signals,
    since_checkpoint: u64,
}

/// What one closure did within the batch.
struct Ran {
    job: Box<dyn Job>,
    outcome: Result<()>,
    mailed: bool,
}

impl Worker {
    fn work(mut self) {
        while let Some(batch) = self.next_batch() {
            self.commit(batch);
            if self.since_checkpoint >= CHANGES_BETWEEN_CHECKPOINTS {
                self.checkpoint();
            }
        }
        self.checkpoint();
    }

    /// Everything that waits, interactive first; background work gets at most half. None once closed and empty.
    fn next_batch(&mut self) -> Option<Vec<Box<dyn Job>>> {
        let shared = self.shared.clone();
        let mut queue = shared.lock();
        while queue.interactive.is_empty() && queue.background.is_empty() {
            if queue.closed {
                return None;
            }
            if self.since_checkpoint == 0 {
                queue = shared.arrived.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let (woken, waited) =
                shared.arrived.wait_timeout(queue, IDLE).unwrap_or_else(PoisonError::into_inner);
            queue = woken;
            if waited.timed_out() && queue.interactive.is_empty() && queue.background.is_empty() {
                drop(queue);
                self.checkpoint();
                queue = shared.lock();
            }
        }
        let background = queue.background.len().min(LARGEST_BATCH / 2);
        let interactive = queue.interactive.len().min(LARGEST_BATCH - background);
        let mut batch: Vec<_> = queue.interactive.drain(..interactive).collect();
        batch.extend(queue.background.drain(..background));
        Some(batch)
    }

    fn commit(&mut self, batch: Vec<Box<dyn Job>>) {
        if let Err(alone) = self.commit_together(batch) {
            for job in alone {
                self.commit_alone(job);
            }
        }
    }

    /// One transaction for all. Gives the jobs back if it did not stand: each is then run alone, so that one
    /// that breaks the transaction takes no other with it.
    fn commit_together(&mut self, batch: Vec<Box<dyn Job>>) -> Result<(), Vec<Box<dyn Job>>> {
        if batch.len() == 1 {
            return Err(batch);
        }
        if self.sql("BEGIN IMMEDIATE").is_err() {
            return Err(batch);
        }
        let mut ran = Vec::with_capacity(batch.len());
        let mut waiting = batch.into_iter();
        while let Some(mut job) = waiting.next() {
            let (outcome, mailed) = self.run_in_savepoint(job.as_mut());
            ran.push(Ran { job, outcome, mailed });
            if !self.stands() {
                return Err(ran.into_iter().map(|ran| ran.job).chain(waiting).collect());
            }
        }
        if let Err(error) = self.end(ran.len()) {
            tracing::warn!(%error, "a shared commit failed; its writes are run one by one");
            return Err(ran.into_iter().map(|ran| ran.job).collect());
        }
        for ran in ran {
            self.answer(ran);
        }
        Ok(())
    }

    fn commit_alone(&mut self, mut job: Box<dyn Job>) {
        if let Err(error) = self.sql("BEGIN IMMEDIATE") {
            job.answer(Err(error));
            return;
        }
        let (outcome, mailed) = self.run_in_savepoint(job.as_mut());
        let outcome = match outcome {
            Ok(()) if self.stands() => self.end(1),
            Ok(()) => Err(Error::internal("the transaction was ended from within")),
            Err(error) => {
                self.abandon();
                Err(error)
            }
        };
        self.answer(Ran { job, outcome, mailed });
    }

    fn answer(&self, ran: Ran) {
        if ran.mailed && ran.outcome.is_ok() {
            self.signals.posted(ran.job.tenant());
        }
        ran.job.answer(ran.outcome);
    }

    /// Runs one closure; whatever it did is undone unless it succeeded, and a change that changed nothing gives
    /// its number back.
    fn run_in_savepoint(&mut self, job: &mut dyn Job) -> (Result<()>, bool) {
        if let Err(error) = self.sql("SAVEPOINT write") {
            return (Err(error), false);
        }
        let trace = Arc::new(Trace::default());
        let outcome = self.run(job, &trace);
        let changes = trace.changes.load(Ordering::Relaxed);
        let kept = outcome.is_ok() && changes > 0;
        if !self.stands() {
            return (outcome, false);
        }
        if kept {
            self.since_checkpoint = self.since_checkpoint.saturating_add(changes);
        } else if let Err(error) = self.sql("ROLLBACK TO write") {
            return (Err(error), false);
        }
        let released = self.sql("RELEASE write");
        (outcome.and(released), kept && trace.mailed.load(Ordering::Relaxed))
    }

    fn run(&mut self, job: &mut dyn Job, trace: &Arc<Trace>) -> Result<()> {
        let tenant = job.tenant();
        let change_number = match job.order() {
            Order::Serial => self.lock_tenant(tenant)?,
            Order::Unordered => 0,
        };
        let tx = Tx {
            backend: Backend::Sqlite(self.connection.clone()),
            tenant,
            now: self.clock.now(),
            change_number,
            trace: trace.clone(),
        };
        let mut future = job.run(tx);
        // Every statement is ready when asked. Whatever is not waits for something outside, and the disk's one
        // write lock must not wait with it.
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => Err(Error::internal("a write awaited something foreign inside its transaction")),
        }
    }

    fn lock_tenant(&self, tenant: TenantId) -> Result<i64> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let text = &schema::LOCK.compiled().sqlite;
        let mut statement = connection.prepare_cached(text).map_err(|e| fault::sqlite(&schema::LOCK, e))?;
        match statement.query_row([tenant.0.as_bytes().as_slice()], |row| row.get(0)) {
            Ok(number) => Ok(number),
            Err(rusqlite::Error::QueryReturnedNoRows) => Err(Error::not_found("tenant")),
            Err(error) => Err(fault::sqlite(&schema::LOCK, error)),
        }
    }

    /// Commits. If that fails the transaction is gone, whatever SQLite thought of it.
    fn end(&self, writes: usize) -> Result<()> {
        if self.signals.faults().take_commit_failure() {
            self.abandon();
            return Err(Error::unavailable("The commit was made to fail."));
        }
        let began = Instant::now();
        let committed = self.sql("COMMIT");
        if committed.is_err() {
            self.abandon();
        } else {
            self.signals.commits().count(writes, began.elapsed());
        }
        committed
    }

    fn abandon(&self) {
        if self.stands() {
            let _gone = self.sql("ROLLBACK");
        }
    }

    fn stands(&self) -> bool {
        !self.connection.lock().unwrap_or_else(PoisonError::into_inner).is_autocommit()
    }

    fn checkpoint(&mut self) {
        if let Err(error) = self.sql("PRAGMA wal_checkpoint(PASSIVE)") {
            tracing::warn!(%error, "the log could not be copied into the database; it is tried again");
        }
        self.since_checkpoint = 0;
    }

    fn sql(&self, sql: &'static str) -> Result<()> {
        run(&self.connection.lock().unwrap_or_else(PoisonError::into_inner), sql)
    }
}
