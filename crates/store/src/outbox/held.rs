//! Mail of a restored backup. Some of it may have left before the restore, so nobody sends it again unasked.

use crate::{Params, Read, Row, TenantStore, Tx, params};
use kernel::{EmailAddress, OutboxId, Result, Timestamp};
use std::sync::atomic::Ordering;

/// A held row as an operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: OutboxId,
    pub kind: String,
    pub to: EmailAddress,
    pub created_at: Timestamp,
}

impl TenantStore {
    /// Held rows, the oldest first, after `after`.
    pub async fn list_held(&self, after: Option<&Held>, limit: u32) -> Result<Vec<Held>> {
        let first = (Timestamp::UNIX_EPOCH, OutboxId(uuid::Uuid::nil()));
        let (at, id) = after.map_or(first, |held| (held.created_at, held.id));
        self.snapshot().await?.rows(&LIST, params![at: at, id: id, limit: limit], held).await
    }

    pub async fn count_held(&self) -> Result<u64> {
        let count: Option<i64> =
            self.snapshot().await?.row(&COUNT, Params::default(), |row| row.get(0)).await?;
        Ok(count.and_then(|count| count.try_into().ok()).unwrap_or(0))
    }
}

impl Tx {
    /// Lets up to `limit` held rows go, the oldest first. How many.
    pub async fn release_held(&mut self, limit: u32) -> Result<u64> {
        self.trace.mailed.store(true, Ordering::Relaxed);
        self.execute(&RELEASE, params![now: self.now(), limit: limit]).await
    }

    /// Lets one held row go, if it is held.
    pub async fn release_one_held(&mut self, id: OutboxId) -> Result<bool> {
        self.trace.mailed.store(true, Ordering::Relaxed);
        Ok(self.execute(&RELEASE_ONE, params![now: self.now(), id: id]).await? == 1)
    }

    /// Gives up to `limit` held rows up, the oldest first. How many.
    pub async fn drop_held(&mut self, limit: u32) -> Result<u64> {
        self.execute(&DROP, params![now: self.now(), failure: DROPPED, limit: limit]).await
    }

    /// Gives one held row up, if it is held.
    pub async fn drop_one_held(&mut self, id: OutboxId) -> Result<bool> {
        Ok(self.execute(&DROP_ONE, params![now: self.now(), failure: DROPPED, id: id]).await? == 1)
    }
}

const DROPPED: &str = "dropped after a restore";

fn held(row: &Row<'_>) -> Result<Held> {
    Ok(Held { id: row.get(0)?, kind: row.get(1)?, to: row.get(2)?, created_at: row.get(3)? })
}

crate::statements! {
    LIST: hot = "SELECT id, kind, recipient, created_at FROM outbox WHERE tenant_id = :tenant AND state = 'held'
        AND (created_at, id) > (:at, :id) ORDER BY created_at, id LIMIT :limit";
    COUNT: hot = "SELECT COUNT(*) FROM outbox WHERE tenant_id = :tenant AND state = 'held'";
    RELEASE: hot = "UPDATE outbox SET state = 'waiting', due_at = :now WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM outbox WHERE tenant_id = :tenant AND state = 'held' ORDER BY created_at, id LIMIT :limit)";
    RELEASE_ONE: hot = "UPDATE outbox SET state = 'waiting', due_at = :now
        WHERE tenant_id = :tenant AND id = :id AND state = 'held'";
    DROP: hot = "UPDATE outbox SET state = 'dropped', settled_at = :now, failure = :failure
        WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM outbox WHERE tenant_id = :tenant AND state = 'held' ORDER BY created_at, id LIMIT :limit)";
    DROP_ONE: hot = "UPDATE outbox SET state = 'dropped', settled_at = :now, failure = :failure
        WHERE tenant_id = :tenant AND id = :id AND state = 'held'";
}
