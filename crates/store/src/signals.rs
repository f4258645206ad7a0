//! What a commit tells the rest of the process, and the faults a test makes the store have.

use crate::Commits;
use kernel::TenantId;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Wakes delivery: a hint that saves waiting, never the truth; what is due lies in the outbox.
#[derive(Clone, Default)]
pub struct Signals(Arc<Inner>);

#[derive(Default)]
struct Inner {
    tenants: Mutex<BTreeSet<TenantId>>,
    woken: Notify,
    commits: Commits,
    faults: Faults,
}

impl Signals {
    pub(crate) fn posted(&self, tenant: TenantId) {
        self.0.tenants.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant);
        self.0.woken.notify_one();
    }

    /// Waits for a commit that posted something.
    pub async fn woken(&self) {
        self.0.woken.notified().await;
    }

    /// The tenants that posted since the last call.
    pub fn take_posted(&self) -> Vec<TenantId> {
        let mut tenants = self.0.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *tenants).into_iter().collect()
    }

    pub fn commits(&self) -> &Commits {
        &self.0.commits
    }

    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }
}

/// Failures on demand, for tests of what happens then.
#[derive(Default)]
pub struct Faults {
    commits: AtomicU32,
}

impl Faults {
    /// The next `count` commits fail.
    pub fn fail_commits(&self, count: u32) {
        self.commits.store(count, Ordering::SeqCst);
    }

    pub(crate) fn take_commit_failure(&self) -> bool {
        let less = |left: u32| left.checked_sub(1);
        self.commits.load(Ordering::Relaxed) > 0
            && self.commits.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok()
    }
}
