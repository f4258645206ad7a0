//! The buffer of what need not be durable before it is answered.

use super::{SignIn, store};
use kernel::{Result, TenantId, Timestamp};
use module::Platform;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Rows kept while the store is slow or refuses, at about 0.5 KB each.
const CAPACITY: usize = 20_000;
/// Rows of one write.
const BATCH: usize = 100;
/// Real time within which a row is written.
const INTERVAL: Duration = Duration::from_millis(250);

/// Takes sign-ins that nobody waits for. Clones share one buffer.
#[derive(Clone)]
pub struct SignInLog(Arc<Inner>);

struct Inner {
    platform: Platform,
    capacity: usize,
    buffer: Mutex<Buffer>,
    half_full: Notify,
    /// One flush at a time, so that whoever flushes knows that all of before is written.
    flushing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Buffer {
    waiting: VecDeque<Waiting>,
    dropped: u64,
}

struct Waiting {
    tenant: TenantId,
    at: Timestamp,
    sign_in: Arc<SignIn>,
}

impl SignInLog {
    pub fn new(platform: Platform) -> Self {
        Self::with_capacity(platform, CAPACITY)
    }

    pub(super) fn with_capacity(platform: Platform, capacity: usize) -> Self {
        Self(Arc::new(Inner {
            platform,
            capacity,
            buffer: Mutex::default(),
            half_full: Notify::new(),
            flushing: tokio::sync::Mutex::default(),
        }))
    }

    /// Notes a sign-in of now. When the buffer is full the oldest row is dropped and counted.
    pub fn note(&self, tenant: TenantId, sign_in: SignIn) {
        let at = self.0.platform.clock().now();
        let mut buffer = self.buffer();
        buffer.push(self.0.capacity, Waiting { tenant, at, sign_in: Arc::new(sign_in) });
        if buffer.waiting.len() == self.0.capacity / 2 {
            self.0.half_full.notify_one();
        }
    }

    /// Writes what has been noted so far. What the store refuses stays in the buffer.
    pub async fn flush(&self) -> Result<()> {
        let _one_at_a_time = self.0.flushing.lock().await;
        let mut by_tenant: BTreeMap<TenantId, Vec<Waiting>> = BTreeMap::new();
        for row in std::mem::take(&mut self.buffer().waiting) {
            by_tenant.entry(row.tenant).or_default().push(row);
        }
        let mut outcome = Ok(());
        for (tenant, mut rows) in by_tenant {
            while !rows.is_empty() {
                let batch: Vec<Waiting> = rows.drain(..rows.len().min(BATCH)).collect();
                if let Err(error) = self.write(tenant, &batch).await {
                    self.put_back(batch.into_iter().chain(rows));
                    outcome = Err(error);
                    break;
                }
            }
        }
        outcome
    }

    /// How many rows were dropped because the buffer was full.
    pub fn dropped(&self) -> u64 {
        self.buffer().dropped
    }

    /// Flushes until stopped, and once more then. Stop it after the last request has been answered.
    pub async fn run(self, stop: CancellationToken) {
        let mut reported = 0;
        let mut poll = tokio::time::interval(INTERVAL);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let is_last = tokio::select! {
                () = stop.cancelled() => true,
                () = self.0.half_full.notified() => false,
                _ = poll.tick() => false,
            };
            if let Err(error) = self.flush().await {
                tracing::warn!(%error, "sign-ins could not be written; it is tried again");
            }
            let dropped = self.dropped();
            if dropped > reported {
                tracing::warn!(
                    count = dropped - reported,
                    "the sign-in log was full; its oldest rows were dropped"
                );
                reported = dropped;
            }
            if is_last {
                return;
            }
        }
    }

    async fn write(&self, tenant: TenantId, batch: &[Waiting]) -> Result<()> {
        let rows: Vec<_> = batch.iter().map(|row| (row.at, row.sign_in.clone())).collect();
        self.0
            .platform
            .tenant(tenant)
            .write_unordered(rows, |mut tx, rows| async move {
                for (at, sign_in) in rows.iter() {
                    store::insert(&mut tx, *at, sign_in).await?;
                }
                Ok(())
            })
            .await
    }

    /// What was noted meanwhile is newer, so it stays behind what comes back.
    fn put_back(&self, rows: impl Iterator<Item = Waiting>) {
        let mut buffer = self.buffer();
        let newer = std::mem::take(&mut buffer.waiting);
        for row in rows.chain(newer) {
            buffer.push(self.0.capacity, row);
        }
    }

    fn buffer(&self) -> MutexGuard<'_, Buffer> {
        self.0.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Buffer {
    fn push(&mut self, capacity: usize, row: Waiting) {
        if self.waiting.len() >= capacity {
            self.waiting.pop_front();
            self.dropped += 1;
        }
        self.waiting.push_back(row);
    }
}
