//! The delivery loop: takes what committed writes have put into the outbox out of the process.
//!
//! A row is claimed by a lease, composed (which checks again that its reason stands), sent, and settled by
//! compare-and-set on the lease. A process that dies in between leaves a lease that runs out, so a message
//! leaves at least once, each time with the same id. What is due is decided by [`kernel::Clock`]; only the
//! waiting between two looks is real time.

mod in_flight;
mod retry;

use crate::message::{Composed, MailKind, Parcel, Transport, Undelivered};
use futures_util::{FutureExt, StreamExt, stream};
use in_flight::{Flying, InFlight};
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::outbox::{self, Claimed};
use store::{Read, Store, params};
use tokio::sync::{OwnedSemaphorePermit, RwLock, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const SENDS_AT_ONCE: usize = 8;
const TENANTS_AT_ONCE: usize = 4;
/// How long a claimed row is this process's own.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Composing and sending end within the lease.
const LONGEST_SEND: Duration = Duration::from_secs(45);
/// Between two looks at all tenants: finds what other nodes posted, and what has become due again.
const POLL: Duration = Duration::from_secs(1);

/// Cheap to clone; clones share what is being sent.
#[derive(Clone)]
pub struct Outbox(Arc<Inner>);

struct Inner {
    store: Store,
    kinds: HashMap<&'static str, MailKind>,
    transport: Arc<dyn Transport>,
    permits: Arc<Semaphore>,
    /// Held for reading between asking for rows and knowing that they are in flight.
    claiming: RwLock<()>,
    in_flight: InFlight,
    tasks: TaskTracker,
}

impl Outbox {
    /// Refuses a kind that two slices claim.
    pub fn new(store: Store, kinds: Vec<MailKind>, transport: Arc<dyn Transport>) -> Result<Self> {
        let mut known = HashMap::new();
        for kind in kinds {
            if let Some(twice) = known.insert(kind.kind, kind) {
                return Err(Error::internal(format!("the mail kind {} is given twice", twice.kind)));
            }
        }
        Ok(Self(Arc::new(Inner {
            store,
            kinds: known,
            transport,
            permits: Arc::new(Semaphore::new(SENDS_AT_ONCE)),
            claiming: RwLock::default(),
            in_flight: InFlight::default(),
            tasks: TaskTracker::new(),
        })))
    }

    /// Delivers until stopped, then waits for what is being sent.
    pub async fn run(self, stop: CancellationToken) {
        let mut poll = tokio::time::interval(POLL);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let tenants = tokio::select! {
                () = stop.cancelled() => break,
                () = self.0.store.signals().woken() => Ok(self.0.store.signals().take_posted()),
                _ = poll.tick() => self.tenants_with_due().await,
            };
            match tenants {
                Ok(tenants) => tenants.into_iter().for_each(|tenant| self.drain_aside(tenant)),
                Err(error) => tracing::warn!(%error, "the outbox could not be read; it is tried again"),
            }
        }
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    /// Returns when every row that was committed before the call and due has been sent, put off or given up.
    pub async fn flush(&self) -> Result<()> {
        let until = self.0.store.clock().now();
        let tenants = self.0.store.global().tenants().await?;
        let drained = stream::iter(tenants).map(|tenant| self.drain(tenant, until));
        let mut drained = drained.buffer_unordered(TENANTS_AT_ONCE);
        while let Some(outcome) = drained.next().await {
            outcome?;
        }
        // A claim begun by the loop is either over, and its rows are in flight, or sees rows younger than `until`.
        drop(self.0.claiming.write().await);
        self.0.in_flight.landed().await;
        Ok(())
    }

    /// Makes rows that a former process held free at once. Only where no other process delivers.
    pub async fn recover(&self) -> Result<()> {
        for tenant in self.0.store.global().tenants().await? {
            self.0
                .store
                .tenant(tenant)
                .write_unordered((), |mut tx, _| async move {
                    let now = tx.now();
                    let lease_until = lease_from(now);
                    tx.execute(&outbox::RECOVER, params![now: now, lease_until: lease_until]).await
                })
                .await?;
        }
        Ok(())
    }

    async fn tenants_with_due(&self) -> Result<Vec<TenantId>> {
        let mut due = Vec::new();
        for tenant in self.0.store.global().tenants().await? {
            let mut snapshot = self.0.store.tenant(tenant).snapshot().await?;
            let now = snapshot.now();
            let next: Option<Option<Timestamp>> =
                snapshot.row(&outbox::NEXT_DUE, params![], |row| row.get(0)).await?;
            if next.flatten().is_some_and(|next| next <= now) {
                due.push(tenant);
            }
        }
        Ok(due)
    }

    fn drain_aside(&self, tenant: TenantId) {
        let outbox = self.clone();
        self.0.tasks.spawn(async move {
            let until = outbox.0.store.clock().now();
            if let Err(error) = outbox.drain(tenant, until).await {
                tracing::warn!(%error, %tenant, "the outbox could not be claimed; it is tried again");
            }
        });
    }

    /// Claims and sends what is due by `until`; returns when nothing is left to claim, not when it is sent.
    async fn drain(&self, tenant: TenantId, until: Timestamp) -> Result<()> {
        loop {
            let mut permits = self.permits().await?;
            let claiming = self.0.claiming.read().await;
            let (letters, lease) = self.claim(tenant, until, permits.len()).await?;
            let last = letters.len() < permits.len();
            for letter in letters {
                // One that this process is sending already, under a lease that ran out, is left to the first.
                let Some(flying) = self.0.in_flight.take_off(letter.id, lease) else { continue };
                let (outbox, permit) = (self.clone(), permits.pop());
                self.0.tasks.spawn(async move {
                    outbox.deliver(tenant, letter, flying).await;
                    drop(permit);
                });
            }
            drop(claiming);
            if last {
                return Ok(());
            }
        }
    }

    /// At least one; more if nobody else waits for them.
    async fn permits(&self) -> Result<Vec<OwnedSemaphorePermit>> {
        let first = self.0.permits.clone().acquire_owned().await.map_err(Error::internal)?;
        let mut permits = vec![first];
        while let Ok(permit) = self.0.permits.clone().try_acquire_owned() {
            permits.push(permit);
        }
        Ok(permits)
    }

    async fn claim(
        &self,
        tenant: TenantId,
        until: Timestamp,
        limit: usize,
    ) -> Result<(Vec<Claimed>, Timestamp)> {
        let limit = i64::try_from(limit).unwrap_or(1);
        self.0
            .store
            .tenant(tenant)
            .write_unordered((), move |mut tx, _| async move {
                let lease_until = lease_from(tx.now());
                let params = params![now: until, lease_until: lease_until, limit: limit];
                Ok((tx.rows(&outbox::CLAIM, params, outbox::claimed).await?, lease_until))
            })
            .await
    }

    /// Sends one claimed letter and writes down what became of it.
    async fn deliver(&self, tenant: TenantId, letter: Claimed, flying: Flying) {
        let work = AssertUnwindSafe(self.send(tenant, &letter)).catch_unwind();
        let fate = match tokio::time::timeout(LONGEST_SEND, work).await {
            Ok(Ok(fate)) => fate,
            Ok(Err(_)) => Fate::Failed("rendering or sending panicked".into()),
            Err(_) => {
                Fate::Failed(format!("rendering and sending took longer than {} s", LONGEST_SEND.as_secs()))
            }
        };
        let verdict = self.judge(tenant, &letter, fate);
        match self.settle(tenant, &letter, &flying, verdict).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(id = %letter.id, %tenant, "another process took over a message"),
            Err(error) => {
                tracing::error!(%error, id = %letter.id, %tenant, "what became of a message was not saved");
            }
        }
    }

    async fn send(&self, tenant: TenantId, letter: &Claimed) -> Fate {
        let Some(kind) = self.0.kinds.get(letter.kind.as_str()) else {
            return Fate::Failed(format!("nothing renders messages of the kind {}", letter.kind));
        };
        let message = match kind.compose.compose(tenant, letter).await {
            Ok(Composed::Send(message)) => message,
            Ok(Composed::Gone(reason)) => return Fate::Dropped(reason),
            Err(error) => return Fate::Failed(format!("it could not be rendered: {error}")),
        };
        let parcel = Parcel { id: letter.id, tenant, kind: letter.kind.clone(), message };
        match self.0.transport.send(&parcel).await {
            Ok(()) => Fate::Sent,
            Err(Undelivered::Temporary(reason)) => Fate::Failed(reason),
            Err(Undelivered::Permanent(reason)) => Fate::Refused(reason),
        }
    }

    fn judge(&self, tenant: TenantId, letter: &Claimed, fate: Fate) -> Verdict {
        let (id, kind) = (letter.id, &letter.kind);
        let reason = match fate {
            Fate::Sent => return Verdict::Settled("sent", None),
            Fate::Dropped(reason) => {
                tracing::info!(%id, %tenant, kind, reason, "a message was dropped");
                return Verdict::Settled("dropped", Some(reason.to_owned()));
            }
            Fate::Refused(reason) => {
                tracing::error!(%id, %tenant, kind, reason, "a message is undeliverable");
                return Verdict::Settled("dead", Some(reason));
            }
            Fate::Failed(reason) => reason,
        };
        let Some(delay) = retry::delay(letter.attempts, self.0.store.rng()) else {
            tracing::error!(%id, %tenant, kind, reason, "a message is given up");
            return Verdict::Settled(
                "dead",
                Some(format!("given up after {} tries: {reason}", retry::TRIES)),
            );
        };
        tracing::warn!(%id, %tenant, kind, reason, "a message waits for another try");
        Verdict::PutOff(delay, reason)
    }

    /// Whether the lease was still this process's own.
    async fn settle(
        &self,
        tenant: TenantId,
        letter: &Claimed,
        flying: &Flying,
        verdict: Verdict,
    ) -> Result<bool> {
        let facts = (letter.id, flying.lease(), verdict);
        self.0
            .store
            .tenant(tenant)
            .write_unordered(facts, |mut tx, facts| async move {
                let (id, lease, verdict) = &*facts;
                let now = tx.now();
                let count = match verdict {
                    Verdict::Settled(state, failure) => {
                        let params = params![id: *id, lease_until: *lease, now: now, state: *state, failure: failure.clone()];
                        tx.execute(&outbox::SETTLE, params).await?
                    }
                    Verdict::PutOff(delay, failure) => {
                        let due_at = now.checked_add(*delay).unwrap_or(now);
                        let params = params![id: *id, lease_until: *lease, due_at: due_at, failure: failure];
                        tx.execute(&outbox::POSTPONE, params).await?
                    }
                };
                Ok(count == 1)
            })
            .await
    }
}

fn lease_from(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(now)
}

/// What happened to a message.
enum Fate {
    Sent,
    Dropped(&'static str),
    Refused(String),
    Failed(String),
}

/// What is written into its row.
enum Verdict {
    Settled(&'static str, Option<String>),
    PutOff(SignedDuration, String),
}
