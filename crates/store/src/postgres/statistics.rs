//! What PostgreSQL knows of its tables.
//!
//! The server plans by statistics, and a new database has none: to find one user it then takes any index that
//! leads with the tenant, and reads the tenant from end to end. It gathers statistics by itself, but looks only
//! once a minute whether it is time, and a directory that is filled meanwhile gets slower with every row. So Lodge
//! asks for them while its tables grow, each time after four times as many changes as the last.

use deadpool_postgres::Object;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_postgres::Error;

const FIRST: u64 = 250;
const LATER: u64 = 4;

/// Tables that were never looked at, or that have twice as many pages as when they were.
const GROWN: &str = "SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0
        AND (reltuples < 0 OR pg_relation_size(oid) >= 2 * relpages * current_setting('block_size')::bigint)";

/// Counts the rows this process has changed.
pub struct Growth {
    changes: AtomicU64,
    next: AtomicU64,
}

impl Default for Growth {
    fn default() -> Self {
        Self { changes: AtomicU64::new(0), next: AtomicU64::new(FIRST) }
    }
}

impl Growth {
    /// Whether it is time to look at the tables: told to one caller alone.
    pub fn count(&self, changes: u64) -> bool {
        let all = self.changes.fetch_add(changes, Ordering::Relaxed).saturating_add(changes);
        let next = self.next.load(Ordering::Relaxed);
        let later = all.saturating_mul(LATER);
        all >= next && self.next.compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// Gathers statistics of the tables that have grown.
pub async fn gather(client: Object) -> Result<(), Error> {
    for row in client.query(GROWN, &[]).await? {
        let table: String = row.try_get(0)?;
        client.batch_execute(&format!("ANALYZE {table}")).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_looked_at_less_and_less_often() {
        let growth = Growth::default();
        let looks: Vec<u64> = (1..=100_000).filter(|_| growth.count(1)).collect();
        assert_eq!(looks, [250, 1_000, 4_000, 16_000, 64_000]);
    }
}
