//! Limits that must survive a restart and hold across nodes: exact sliding windows over rows, one per counted
//! event. Take a [`Limit`] in a `write`, whose tenant lock makes counting and adding one step; a [`SharedLimit`] is
//! for the rare event whose tenant is not known, and needs no lock.

use crate::{Read, Store, Tx, params};
use kernel::{Result, Rng, SignedDuration, TenantId, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// How long a counted event of no tenant is kept at most; longer than any window.
const SHARED_KEPT: SignedDuration = SignedDuration::from_hours(48);

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
        let Some(blocking) = read.row(&NTH_NEWEST, params, |row| row.get::<Timestamp>(0)).await? else {
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
        tx.queue(&PRUNE, params![name: &self.name, before: before]).await?;
        tx.queue(&INSERT, params![name: &self.name, at: now, id: rng.uuid()]).await
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

/// At most `most` events called `name` within `window`, counted for the whole installation.
///
/// Each event takes one of `most` numbered slots that is empty or whose event has left the window, by
/// compare-and-set, so that however many come at once no more than `most` fit.
#[derive(Clone, Debug)]
pub struct SharedLimit {
    pub name: String,
    pub most: u32,
    pub window: SignedDuration,
}

/// An event that was counted, to be given back if it turns out not to count.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    number: i64,
    id: Uuid,
}

/// What asking a [`SharedLimit`] came to.
#[derive(Clone, Copy, Debug)]
pub enum Taken {
    Counted(Slot),
    /// One more fits at this time.
    Full(Timestamp),
}

impl SharedLimit {
    pub async fn take(&self, store: &Store) -> Result<Taken> {
        let now = store.clock().now();
        let since = now.checked_sub(self.window).unwrap_or(Timestamp::MIN);
        loop {
            let slots = store
                .global()
                .rows(&SHARED_SLOTS, params![name: &self.name], |row| {
                    Ok((row.get::<i64>(0)?, row.get::<Timestamp>(1)?))
                })
                .await?;
            let is_free = |number: &i64| !slots.iter().any(|(slot, at)| slot == number && *at > since);
            let Some(number) = (0..i64::from(self.most)).find(is_free) else {
                let oldest = slots.iter().map(|(_, at)| *at).min().unwrap_or(now);
                return Ok(Taken::Full(oldest.checked_add(self.window).unwrap_or(Timestamp::MAX)));
            };
            let slot = Slot { number, id: store.rng().uuid() };
            let stale = now.checked_sub(SHARED_KEPT).unwrap_or(Timestamp::MIN);
            let context = (self.name.clone(), slot, now, since, stale);
            let taken = shared_write(store, context, |mut tx, context| async move {
                let (name, slot, now, since, stale) = &*context;
                tx.execute_global(&SHARED_PRUNE, params![stale: *stale]).await?;
                let params = params![name: name, slot: slot.number, at: *now, id: slot.id, since: *since];
                tx.execute_global(&SHARED_TAKE, params).await
            })
            .await?;
            // Somebody else was first: the next free slot, of which there is one fewer now.
            if taken > 0 {
                return Ok(Taken::Counted(slot));
            }
        }
    }

    pub async fn give_back(&self, store: &Store, slot: Slot) -> Result<()> {
        shared_write(store, (self.name.clone(), slot), |mut tx, context| async move {
            let (name, slot) = &*context;
            tx.execute_global(&SHARED_GIVE_BACK, params![name: name, slot: slot.number, id: slot.id]).await
        })
        .await?;
        Ok(())
    }
}

async fn shared_write<C, T, F, Fut>(store: &Store, context: C, run: F) -> Result<T>
where
    C: Send + Sync + 'static,
    T: Send + 'static,
    F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<T>> + Send,
{
    store.tenant(TenantId(Uuid::nil())).write_unordered(context, run).await
}

/// Forgets every event whose name begins like this. How many there were.
pub async fn forget(tx: &mut Tx, beginning: &str) -> Result<u64> {
    // No name holds the highest character, so these are exactly the names that begin so.
    tx.execute(&FORGET, params![from: beginning, to: format!("{beginning}\u{10FFFF}")]).await
}

crate::statements! {
    SHARED_SLOTS: global = "SELECT slot, at FROM shared_rate_event WHERE name = :name ORDER BY slot";
    SHARED_TAKE: global = "INSERT INTO shared_rate_event (name, slot, at, id) VALUES (:name, :slot, :at, :id)
        ON CONFLICT (name, slot) DO UPDATE SET at = excluded.at, id = excluded.id
        WHERE shared_rate_event.at <= :since";
    SHARED_GIVE_BACK: global = "DELETE FROM shared_rate_event WHERE name = :name AND slot = :slot AND id = :id";
    SHARED_PRUNE: global = "DELETE FROM shared_rate_event WHERE (name, slot) IN
        (SELECT name, slot FROM shared_rate_event WHERE at <= :stale ORDER BY at, name, slot LIMIT 40)";
    FORGET: hot = "DELETE FROM rate_event WHERE tenant_id = :tenant AND name >= :from AND name < :to";
    NTH_NEWEST: hot = "SELECT at FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at > :since
        ORDER BY at DESC, id DESC LIMIT 1 OFFSET :skip";
    INSERT: tenant = "INSERT INTO rate_event (tenant_id, name, at, id) VALUES (:tenant, :name, :at, :id)";
    PRUNE: hot = "DELETE FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at <= :before";
    /// Reads past all that is younger, so it runs on a reader.
    OLD: tenant = "SELECT name, at, id FROM rate_event WHERE tenant_id = :tenant AND at < :before LIMIT :limit";
    DELETE: hot = "DELETE FROM rate_event WHERE tenant_id = :tenant AND name = :name AND at = :at AND id = :id";
}
