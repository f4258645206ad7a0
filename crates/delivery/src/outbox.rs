//! The delivery loop: takes what committed writes have put into the outbox out of the process.
//!
//! A row is claimed by a lease, composed (which checks again that its reason stands), sent, and settled by
//! compare-and-set on the lease, in one transaction with what is remembered of it. A process that dies in between leaves a lease that runs out, so a message
//! leaves at least once, each time with the same id. What is due is decided by [`kernel::Clock`]; only the
//! waiting between two looks is real time.

mod in_flight;
mod pauses;
mod retry;
mod settle;

use crate::Outcomes;
use crate::message::{Became, Composed, MailKind, Parcel, Taken, Transport, Undelivered};
use futures_util::{FutureExt, StreamExt, stream};
use in_flight::{Flying, InFlight};
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use pauses::{Admission, Pauses};
use settle::Settlement;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::outbox::{self, Claimed};
use store::{Read, Store, params};
use tokio::sync::{OwnedSemaphorePermit, RwLock, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const TENANTS_AT_ONCE: usize = 4;
/// Rows to a paused domain that one statement lets wait.
const SET_ASIDE: u32 = 500;
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
    pauses: Pauses,
    /// Held for reading between asking for rows and knowing that they are in flight.
    claiming: RwLock<()>,
    in_flight: InFlight,
    outcomes: Outcomes,
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
        let at_once = transport.at_once().max(1);
        Ok(Self(Arc::new(Inner {
            store,
            kinds: known,
            transport,
            permits: Arc::new(Semaphore::new(at_once)),
            pauses: Pauses::default(),
            claiming: RwLock::default(),
            in_flight: InFlight::default(),
            outcomes: Outcomes::default(),
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

    /// Returns when every row that was committed before the call and due has been sent, put off or given up, or
    /// waits for a mail server that does not answer.
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
            let mut first = match self.0.pauses.relay(self.now()) {
                Admission::Open => None,
                Admission::First(first) => {
                    permits.truncate(1);
                    Some(first)
                }
                Admission::Wait { .. } => return Ok(()),
            };
            let claiming = self.0.claiming.read().await;
            let (letters, lease) = self.claim(tenant, until, permits.len()).await?;
            let last = letters.len() < permits.len();
            let mut waiting = Vec::new();
            for letter in letters {
                let domain_first = match self.0.pauses.domain(letter.to.domain().as_str(), self.now()) {
                    Admission::Open => None,
                    Admission::First(first) => Some(first),
                    Admission::Wait { until, reason } => {
                        waiting.push((letter, until, reason));
                        continue;
                    }
                };
                // One that this process is sending already, under a lease that ran out, is left to the first.
                let Some(flying) = self.0.in_flight.take_off(letter.id, lease) else { continue };
                let (outbox, permit) = (self.clone(), permits.pop());
                let held = (permit, first.take(), domain_first);
                self.0.tasks.spawn(async move {
                    outbox.deliver(tenant, letter, flying).await;
                    drop(held);
                });
            }
            if !waiting.is_empty() {
                self.set_aside(tenant, lease, waiting).await?;
            }
            drop(claiming);
            if last {
                return Ok(());
            }
        }
    }

    fn now(&self) -> Timestamp {
        self.0.store.clock().now()
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

    /// Gives back what was claimed for domains that are left in peace, and lets more to them wait as long.
    async fn set_aside(
        &self,
        tenant: TenantId,
        lease: Timestamp,
        waiting: Vec<(Claimed, Timestamp, String)>,
    ) -> Result<()> {
        self.0
            .store
            .tenant(tenant)
            .write_unordered(waiting, move |mut tx, waiting| async move {
                let now = tx.now();
                for (letter, until, reason) in waiting.iter() {
                    let params = params![id: letter.id, lease_until: lease, due_at: *until, failure: reason,
                        attempts: letter.attempts];
                    tx.queue(&outbox::POSTPONE, params).await?;
                }
                let mut domains = HashMap::new();
                domains.extend(waiting.iter().map(|waiting| (waiting.0.to.domain(), waiting)));
                for (domain, (_, until, reason)) in domains {
                    let params = params![domain: domain.as_str(), now: now, until: *until, failure: reason,
                        limit: SET_ASIDE];
                    tx.queue(&outbox::PUT_ASIDE, params).await?;
                }
                Ok(())
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
        let (became, attempts) = self.judge(tenant, &letter, fate);
        self.count(&became);
        let (id, kind) = (letter.id, self.0.kinds.get(letter.kind.as_str()).cloned());
        let settlement = Settlement { lease: flying.lease(), letter, kind, became, attempts };
        match settlement.save(&self.0.store, tenant).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(%id, %tenant, "another process took over a message"),
            Err(error) => tracing::error!(%error, %id, %tenant, "what became of a message was not saved"),
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
        let outcome = self.0.transport.send(&parcel).await;
        self.learn(letter, &outcome);
        match outcome {
            Ok(Taken(answer)) => Fate::Sent(answer),
            Err(Undelivered::Unreachable(reason)) => Fate::Unreachable(reason),
            Err(Undelivered::Deferred(reason) | Undelivered::Temporary(reason)) => Fate::Failed(reason),
            Err(Undelivered::Bounced(reason)) => Fate::Bounced(reason),
            Err(Undelivered::Permanent(reason)) => Fate::Refused(reason),
        }
    }

    /// How messages have fared since the process began.
    pub fn outcomes(&self) -> &Outcomes {
        &self.0.outcomes
    }

    fn count(&self, became: &Became) {
        let outcomes = &self.0.outcomes;
        let counter = match became {
            Became::Sent(_) => &outcomes.sent,
            Became::PutOff { .. } => &outcomes.postponed,
            Became::Dropped(_) => &outcomes.dropped,
            Became::Bounced(_) | Became::Dead(_) => &outcomes.dead,
        };
        counter.inc();
    }

    /// What the outcome tells about the relay and the recipient's domain.
    fn learn(&self, letter: &Claimed, outcome: &Result<Taken, Undelivered>) {
        let (pauses, domain) = (&self.0.pauses, letter.to.domain());
        match outcome {
            Err(Undelivered::Unreachable(reason)) => {
                let until = pauses.relay_failed(self.now(), reason);
                tracing::error!(reason, %until, "the mail server does not take mail; all of it waits");
            }
            Err(Undelivered::Deferred(reason)) => {
                pauses.relay_answered();
                pauses.domain_failed(domain.as_str(), self.now(), reason);
            }
            Ok(_) | Err(Undelivered::Bounced(_) | Undelivered::Permanent(_)) => {
                pauses.relay_answered();
                pauses.domain_answered(domain.as_str());
            }
            Err(Undelivered::Temporary(_)) => pauses.relay_answered(),
        }
    }

    /// What becomes of the letter, and how many tries it has behind it then.
    fn judge(&self, tenant: TenantId, letter: &Claimed, fate: Fate) -> (Became, u32) {
        let (id, kind, now) = (letter.id, &letter.kind, self.now());
        let attempts = letter.attempts.saturating_add(1);
        let became = match fate {
            Fate::Sent(answer) => Became::Sent(answer),
            Fate::Dropped(reason) => {
                tracing::info!(%id, %tenant, kind, reason, "a message was dropped");
                Became::Dropped(reason)
            }
            Fate::Bounced(reason) => {
                tracing::warn!(%id, %tenant, kind, reason, "a message bounced");
                Became::Bounced(reason)
            }
            Fate::Refused(reason) => {
                tracing::error!(%id, %tenant, kind, reason, "a message is undeliverable");
                Became::Dead(reason)
            }
            Fate::Unreachable(reason) => {
                let until = match self.0.pauses.relay(now) {
                    Admission::Wait { until, .. } => until,
                    Admission::Open | Admission::First(_) => now,
                };
                return (Became::PutOff { until, reason }, letter.attempts);
            }
            Fate::Failed(reason) => {
                let Some(delay) = retry::delay(letter.attempts, self.0.store.rng()) else {
                    tracing::error!(%id, %tenant, kind, reason, "a message is given up");
                    let reason = format!("given up after {} tries: {reason}", retry::TRIES);
                    return (Became::Dead(reason), attempts);
                };
                tracing::warn!(%id, %tenant, kind, reason, "a message waits for another try");
                Became::PutOff { until: now.checked_add(delay).unwrap_or(now), reason }
            }
        };
        (became, attempts)
    }
}

fn lease_from(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(now)
}

/// What happened to a message.
enum Fate {
    Sent(String),
    Dropped(&'static str),
    Bounced(String),
    Refused(String),
    Failed(String),
    Unreachable(String),
}
