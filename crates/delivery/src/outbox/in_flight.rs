//! The rows this process is sending.

use kernel::{OutboxId, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

#[derive(Clone, Default)]
pub(super) struct InFlight(Arc<Inner>);

#[derive(Default)]
struct Inner {
    leases: Mutex<HashMap<OutboxId, Timestamp>>,
    landed: Notify,
}

impl Inner {
    fn leases(&self) -> MutexGuard<'_, HashMap<OutboxId, Timestamp>> {
        self.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InFlight {
    /// None if the row is in flight already: then whoever sends it settles it under the newer lease.
    pub fn take_off(&self, id: OutboxId, lease: Timestamp) -> Option<Flying> {
        let known = self.0.leases().insert(id, lease);
        known.is_none().then(|| Flying { id, all: self.clone() })
    }

    /// Waits until everything that is in flight now has been settled.
    pub async fn landed(&self) {
        let waited_for: Vec<OutboxId> = self.0.leases().keys().copied().collect();
        loop {
            let mut landed = std::pin::pin!(self.0.landed.notified());
            landed.as_mut().enable();
            if !waited_for.iter().any(|id| self.0.leases().contains_key(id)) {
                return;
            }
            landed.await;
        }
    }
}

/// One row in flight. It lands when this is dropped.
pub(super) struct Flying {
    id: OutboxId,
    all: InFlight,
}

impl Flying {
    /// The newest lease this process has on the row.
    pub fn lease(&self) -> Timestamp {
        self.all.0.leases().get(&self.id).copied().unwrap_or(Timestamp::MIN)
    }
}

impl Drop for Flying {
    fn drop(&mut self) {
        self.all.0.leases().remove(&self.id);
        self.all.0.landed.notify_waiters();
    }
}
