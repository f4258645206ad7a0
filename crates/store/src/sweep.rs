//! Taking away what the store keeps for a while only, a hundred rows at a time and behind everybody else.

use crate::job::{Lane, Order};
use crate::{Read, Statement, TenantStore, outbox, params, rate, schema, tenant_message};
use kernel::{Result, SignedDuration, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

const ROWS: i64 = 100;

/// What is taken away, and after how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// The change feed: 30 days.
    Feed,
    /// Outbox rows that are settled: 30 days.
    Outbox,
    /// Counted events, the longest window being a day: 2 days.
    RateEvents,
    /// Marks of commits: 1 day.
    WriteBatches,
    /// Marks of applied messages of other tenants, which are given up after a week: 30 days.
    ReceivedMessages,
}

impl Sweep {
    pub const ALL: [Self; 5] =
        [Self::Feed, Self::Outbox, Self::RateEvents, Self::WriteBatches, Self::ReceivedMessages];

    pub fn name(self) -> &'static str {
        match self {
            Self::Feed => "store.sweepFeed",
            Self::Outbox => "store.sweepOutbox",
            Self::RateEvents => "store.sweepRateEvents",
            Self::WriteBatches => "store.sweepWriteBatches",
            Self::ReceivedMessages => "store.sweepReceivedMessages",
        }
    }

    fn kept(self) -> SignedDuration {
        let days = match self {
            Self::Feed | Self::Outbox | Self::ReceivedMessages => 30,
            Self::RateEvents => 2,
            Self::WriteBatches => 1,
        };
        SignedDuration::from_hours(24 * days)
    }
}

impl TenantStore {
    /// Takes away up to a hundred rows; whether there may be more.
    pub async fn sweep(&self, sweep: Sweep) -> Result<bool> {
        let now = self.store().clock().now();
        let before = now.checked_sub(sweep.kept()).unwrap_or(Timestamp::MIN);
        match sweep {
            Sweep::Feed => self.purge(&schema::PURGE_FEED, before).await,
            Sweep::Outbox => self.purge(&outbox::PURGE, before).await,
            Sweep::WriteBatches => self.purge(&schema::PURGE_BATCH, before).await,
            Sweep::ReceivedMessages => self.purge(&tenant_message::PURGE_RECEIVED, before).await,
            Sweep::RateEvents => self.purge_rate_events(before).await,
        }
    }

    async fn purge(&self, statement: &'static Statement, before: Timestamp) -> Result<bool> {
        let count = self
            .sweep_write((), move |mut tx, _| async move {
                tx.execute(statement, params![before: before, limit: ROWS]).await
            })
            .await?;
        Ok(i64::try_from(count).unwrap_or(ROWS) >= ROWS)
    }

    async fn purge_rate_events(&self, before: Timestamp) -> Result<bool> {
        let old = self
            .scan(before, |mut snapshot, before| async move {
                let params = params![before: before, limit: ROWS];
                snapshot
                    .rows(&rate::OLD, params, |row| {
                        Ok((row.get::<String>(0)?, row.get::<Timestamp>(1)?, row.get::<Uuid>(2)?))
                    })
                    .await
            })
            .await?;
        let more = old.len() >= usize::try_from(ROWS).unwrap_or(usize::MAX);
        self.sweep_write(old, |mut tx, old: Arc<Vec<(String, Timestamp, Uuid)>>| async move {
            for (name, at, id) in old.iter() {
                tx.execute(&rate::DELETE, params![name: name, at: *at, id: *id]).await?;
            }
            Ok(())
        })
        .await?;
        Ok(more)
    }

    /// Nothing that anybody follows changes, so it takes no change number.
    async fn sweep_write<C, T, F, Fut>(&self, context: C, run: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(crate::Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        self.store().submit(self.id(), Order::Unordered, Lane::Background, context, run).await
    }
}
