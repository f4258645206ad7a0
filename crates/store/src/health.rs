//! How the store is doing, for whoever watches the process.

use crate::handle::Engine;
use crate::{Params, Read, Snapshot, Store, params, schema};
use kernel::{Result, Timestamp};
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use std::time::Duration;

/// What is measured at each commit. Clones share the figures.
#[derive(Clone)]
pub struct Commits {
    /// Writes that shared it.
    pub writes: Histogram,
    pub seconds: Histogram,
}

impl Default for Commits {
    fn default() -> Self {
        Self {
            writes: Histogram::new(exponential_buckets(1.0, 2.0, 9)),
            seconds: Histogram::new(exponential_buckets(0.000_25, 2.0, 14)),
        }
    }
}

impl Commits {
    pub(crate) fn count(&self, writes: usize, took: Duration) {
        self.writes.observe(f64::from(u32::try_from(writes).unwrap_or(u32::MAX)));
        self.seconds.observe(took.as_secs_f64());
    }
}

/// Connections and who waits for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub open: usize,
    pub idle: usize,
    /// On SQLite writes that wait for the writer, on PostgreSQL whoever waits for a connection.
    pub waiting: usize,
}

/// What a tenant's outbox holds back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: u64,
    /// When the first of them may leave.
    pub next_due_at: Option<Timestamp>,
}

impl Store {
    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.global().row(&schema::FIND_INSTALLATION, Params::default(), |_| Ok(())).await.map(|_| ())
    }

    pub fn load(&self) -> Load {
        match self.engine() {
            Engine::Sqlite(sqlite) => sqlite.load(),
            Engine::Postgres(postgres) => postgres.load(),
        }
    }
}

impl Backlog {
    pub async fn of(snapshot: &mut Snapshot) -> Result<Self> {
        let found = snapshot
            .row(&BACKLOG, params![], |row| {
                let count: i64 = row.get(0)?;
                Ok(Self { waiting: u64::try_from(count).unwrap_or(0), next_due_at: row.get(1)? })
            })
            .await?;
        Ok(found.unwrap_or_default())
    }
}

crate::statements! {
    BACKLOG: hot = "SELECT COUNT(*), MIN(due_at) FROM outbox WHERE tenant_id = :tenant AND state = 'waiting'";
}
