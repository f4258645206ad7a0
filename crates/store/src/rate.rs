//! Limits that must survive a restart and hold across nodes: exact sliding windows over rows, one per counted
//! event. Take them in a `write`, whose tenant lock makes counting and adding one step.

use crate::{Read, Tx, params};
use kernel::{Result, Rng, SignedDuration};

/// At most `most` events called `name` within `window`.
#[derive(Clone, Debug)]
pub struct Limit {
    pub name: String,
    pub most: u32,
    pub window: SignedDuration,
}

impl Limit {
    pub fn new(name: impl Into<String>, most: u32, window: SignedDuration) -> Self {
        Self { name: name.into(), most, window }
    }

    /// Seconds until one more event fits, or none if it fits now.
    pub async fn wait(&self, read: &mut impl Read) -> Result<Option<u32>> {
        let now = read.now();
        let since = now.checked_sub(self.window).unwrap_or(now);
        let most = i64::from(self.most.max(1));
        // The `most`-th newest event within the window has to leave it first.
        let params = params![name: &self.name, since: since, skip: most - 1];
        let Some(blocking) = read.row(&NTH_NEWEST, params, |row| row.get::<kernel::Timestamp>(0)).await?
        else {
            return Ok(if self.most == 0 {
                Some(u32::try_from(self.window.as_secs()).unwrap_or(u32::MAX))
            } else {
                None
            });
        };
        let left = blocking.duration_since(since).as_secs().max(0) + 1;
        Ok(Some(u32::try_from(left).unwrap_or(u32::MAX)))
    }

    /// Counts one event.
    pub async fn count(&self, tx: &mut Tx, rng: Rng) -> Result<()> {
        let now = tx.now();
        let before = now.checked_sub(self.window).unwrap_or(now);
        tx.execute(&PRUNE, params![name: &self.name, before: before]).await?;
        tx.execute(&INSERT, params![name: &self.name, at: now, id: rng.uuid()]).await?;
        Ok(())
    }

    /// Counts one event if it fits; otherwise the seconds to wait.
    pub async fn take(&self, tx: &mut Tx, rng: Rng) -> Result<Option<u32>> {
        if let Some(seconds) = self.wait(tx).await? {
            return Ok(Some(seconds));
        }
        self.count(tx, rng).await?;
        Ok(None)
    }
}

crate::statements! {
    NTH_NEWEST: hot = "SELECT at FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at > :since
        ORDER BY at DESC, id DESC LIMIT 1 OFFSET :skip";
    INSERT: tenant = "INSERT INTO rate_event (tenant_id, name, at, id) VALUES (:tenant, :name, :at, :id)";
    PRUNE: hot = "DELETE FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at <= :before";
    /// Reads past all that is younger, so it runs on a reader.
    OLD: tenant = "SELECT name, at, id FROM rate_event WHERE tenant_id = :tenant AND at < :before LIMIT :limit";
    DELETE: hot = "DELETE FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at = :at AND id = :id";
}
