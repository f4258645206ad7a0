//! Looks at the process's own state a few times a minute, so that a lost database, a disk that takes no more and
//! mail that piles up are seen before anybody complains: in `/readyz`, in the metrics, and in the log when it
//! changes.

use axum::Json;
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use store::{Backlog, Store};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const LOOK: Duration = Duration::from_secs(5);
/// A database that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Mail that should have left this long ago is late: delivery looks every second.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// Cheap to clone.
#[derive(Clone)]
pub struct Watch(Arc<Inner>);

struct Inner {
    store: Store,
    node: Uuid,
    seen: RwLock<Seen>,
    draining: AtomicBool,
}

/// What the last look saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Why the database does not answer, or takes no write.
    pub unreadable: Option<String>,
    pub unwritable: Option<String>,
    pub mails_waiting: u64,
    /// How long the first of the waiting mails has been due.
    pub mail_late: SignedDuration,
}

impl Watch {
    pub fn new(store: Store) -> Self {
        let node = store.rng().uuid();
        Self(Arc::new(Inner { store, node, seen: RwLock::default(), draining: AtomicBool::new(false) }))
    }

    pub async fn run(self, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => self.look().await,
            }
        }
    }

    /// From now on `/readyz` says that no request should come here any more.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    pub fn seen(&self) -> Seen {
        self.0.seen.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn look(&self) {
        let unreadable = fault(self.0.store.ping()).await;
        let unwritable = if unreadable.is_some() { None } else { fault(self.write()).await };
        let backlog = tokio::time::timeout(PATIENCE, self.backlog()).await.ok().and_then(Result::ok);
        let mut seen = self.0.seen.write().unwrap_or_else(PoisonError::into_inner);
        tell(
            seen.unreadable.as_ref(),
            unreadable.as_ref(),
            "the database does not answer",
            "the database answers again",
        );
        tell(seen.unwritable.as_ref(), unwritable.as_ref(), "nothing can be written", "writing works again");
        (seen.unreadable, seen.unwritable) = (unreadable, unwritable);
        if let Some((waiting, late)) = backlog {
            (seen.mails_waiting, seen.mail_late) = (waiting, late);
        }
    }

    /// One small row, written like any other: a claim that is over at once.
    async fn write(&self) -> Result<()> {
        let nobody = self.0.store.tenant(TenantId(Uuid::nil()));
        nobody.claim_job("lodge.watch", self.0.node, self.0.store.clock().now()).await.map(|_| ())
    }

    async fn backlog(&self) -> Result<(u64, SignedDuration)> {
        let now = self.0.store.clock().now();
        let (mut waiting, mut first) = (0, now);
        for tenant in self.0.store.global().tenants().await? {
            let backlog = Backlog::of(&mut self.0.store.tenant(tenant).snapshot().await?).await?;
            waiting += backlog.waiting;
            first = backlog.next_due_at.map_or(first, |due: Timestamp| due.min(first));
        }
        Ok((waiting, now.duration_since(first)))
    }

    /// The answer of `/readyz`: 503 when requests should go elsewhere; *degraded* when they still can be answered
    /// in part, so that a full disk does not take what can be read away as well.
    pub async fn readiness(&self) -> impl IntoResponse + use<> {
        let unreadable = fault(self.0.store.ping()).await;
        let seen = self.seen();
        let is_late = seen.mail_late > LATE;
        let (status, word) = if self.0.draining.load(Ordering::Relaxed) {
            (StatusCode::SERVICE_UNAVAILABLE, "draining")
        } else if unreadable.is_some() {
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        } else if seen.unwritable.is_some() || is_late {
            (StatusCode::OK, "degraded")
        } else {
            (StatusCode::OK, "ready")
        };
        let said = |fault: &Option<String>| fault.clone().unwrap_or_else(|| "ok".to_owned());
        let body = json!({
            "status": word,
            "database": said(&unreadable),
            "writes": said(&seen.unwritable),
            "outbox": {"waiting": seen.mails_waiting, "lateSeconds": seen.mail_late.as_secs()},
        });
        (status, Json(body))
    }
}

/// The sentence of what went wrong; its cause is for the log.
async fn fault(work: impl Future<Output = Result<()>>) -> Option<String> {
    let outcome = tokio::time::timeout(PATIENCE, work).await;
    let outcome =
        outcome.unwrap_or_else(|_| Err(Error::unavailable("The database takes too long to answer.")));
    outcome.err().map(|error| error.message().to_owned())
}

fn tell(before: Option<&String>, now: Option<&String>, lost: &str, back: &str) {
    match (before, now) {
        (None, Some(fault)) => tracing::error!(fault, "{lost}"),
        (Some(_), None) => tracing::info!("{back}"),
        _ => {}
    }
}
