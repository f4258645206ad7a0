//! How the store is doing, for whoever watches the process.

use crate::handle::Engine;
use crate::{Params, Read, Snapshot, Store, params, schema};
use kernel::{Error, Result, SignedDuration, Timestamp};
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

/// A standby of PostgreSQL, as its primary sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standby {
    pub name: String,
    pub is_synchronous: bool,
    pub lag: SignedDuration,
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

    /// What is wrong with the database's file: nothing, if it is sound. None where the engine does not tell.
    pub async fn integrity(&self) -> Result<Option<Vec<String>>> {
        let store = self.clone();
        let look = move || match store.engine() {
            Engine::Sqlite(sqlite) => sqlite.integrity().map(Some),
            Engine::Postgres(_) => Ok(None),
        };
        tokio::task::spawn_blocking(look).await.map_err(Error::internal)?
    }

    /// The time by the database's own clock, if it has one.
    pub async fn database_time(&self) -> Result<Option<Timestamp>> {
        match self.engine() {
            Engine::Sqlite(_) => Ok(None),
            Engine::Postgres(postgres) => postgres.time().await.map(Some),
        }
    }

    /// The standbys that are connected and that the database's user may see.
    pub async fn standbys(&self) -> Result<Vec<Standby>> {
        match self.engine() {
            Engine::Sqlite(_) => Ok(Vec::new()),
            Engine::Postgres(postgres) => postgres.standbys().await,
        }
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
