//! The database and its key, from the inside.

use super::Finding;
use crate::compose;
use crate::config::{Config, MasterKeySource};
use kernel::{Clock, Result, Rng, SignedDuration, TenantId, Timestamp};
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant};
use store::{Backlog, Location, Store};
use uuid::Uuid;

/// A commit that takes longer makes people wait; one that takes this long breaks sign-in.
const SLOW: Duration = Duration::from_millis(100);
const BROKEN: Duration = Duration::from_secs(2);
const COMMITS: usize = 5;
const LARGEST_SKEW: SignedDuration = SignedDuration::from_secs(2);
const LARGEST_LAG: SignedDuration = SignedDuration::from_secs(10);
const LATE: SignedDuration = SignedDuration::from_mins(5);

pub async fn examine(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "database";
    if let Location::Sqlite(path) = &config.database {
        let Ok(metadata) = path.metadata() else {
            let says = format!("{} is not there yet: lodge tenant create makes it", path.display());
            return vec![Finding::skipped(CHECK, says)];
        };
        // Files that this user made beside it would be out of the server's reach.
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            let says = format!("{} belongs to another user", path.display());
            let remedy = "Run lodge doctor as the user that the server runs as: runuser --user lodge -- lodge doctor …";
            return vec![Finding::bad(CHECK, says, remedy)];
        }
    }
    let mut findings = vec![key(config)];
    let opened = async {
        let rng = Rng::system();
        let key = config.master_key.load(rng)?;
        compose::open(&config.database, key, Clock::system(), rng).await
    };
    let store = match opened.await {
        Ok(store) => store,
        Err(error) => {
            findings.push(Finding::error(CHECK, &error));
            return findings;
        }
    };
    findings.push(Finding::good(CHECK, "it opens: key and schema are its own"));
    findings.push(commits(&store).await.unwrap_or_else(|error| Finding::error("commits", &error)));
    findings.push(clock(&store).await.unwrap_or_else(|error| Finding::error("database clock", &error)));
    findings.push(outbox(&store).await.unwrap_or_else(|error| Finding::error("outbox", &error)));
    findings.push(standbys(&store).await.unwrap_or_else(|error| Finding::error("standby", &error)));
    findings.push(integrity(&store).await.unwrap_or_else(|error| Finding::error("integrity", &error)));
    store.close().await;
    findings
}

fn key(config: &Config) -> Finding {
    const CHECK: &str = "master key";
    let MasterKeySource::Beside { file, .. } = &config.master_key else {
        return Finding::good(CHECK, "it is given; keep a copy apart from the database's backups");
    };
    match file.metadata() {
        Ok(metadata) if metadata.mode() & 0o077 != 0 => Finding::bad(
            CHECK,
            format!("{} can be read by others", file.display()),
            "Take their rights away: chmod 600.",
        ),
        Ok(_) => {
            Finding::good(CHECK, format!("{}; keep a copy apart from the database's backups", file.display()))
        }
        Err(error) => Finding::bad(
            CHECK,
            format!("{}: {error}", file.display()),
            "Put it back from its copy: without it the database is of no use.",
        ),
    }
}

/// The middle one of a few commits, each of one small row.
async fn commits(store: &Store) -> Result<Finding> {
    const CHECK: &str = "commits";
    let node = store.rng().uuid();
    let mut times = Vec::with_capacity(COMMITS);
    for _ in 0..COMMITS {
        let began = Instant::now();
        let nobody = store.tenant(TenantId(Uuid::nil()));
        nobody.claim_job("lodge.doctor", node, store.clock().now()).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let middle = times.get(COMMITS / 2).copied().unwrap_or_default();
    let says = format!("one takes {:.1} ms to be on the disk", middle.as_secs_f64() * 1000.0);
    let remedy = "Look at what else uses the disk, or give the database a faster one.";
    Ok(match middle {
        time if time >= BROKEN => Finding::bad(CHECK, says, remedy),
        time if time >= SLOW => Finding::warning(CHECK, says, remedy),
        _ => Finding::good(CHECK, says),
    })
}

async fn clock(store: &Store) -> Result<Finding> {
    const CHECK: &str = "database clock";
    let before = store.clock().now();
    let Some(time) = store.database_time().await? else {
        return Ok(Finding::skipped(CHECK, "SQLite takes the time from this machine"));
    };
    let skew = time.duration_since(before).abs();
    let says = format!("it differs from this machine's by {} ms", skew.as_millis());
    if skew > LARGEST_SKEW {
        return Ok(Finding::bad(CHECK, says, "Keep both by NTP: links, codes and tokens live by the clock."));
    }
    Ok(Finding::good(CHECK, says))
}

async fn outbox(store: &Store) -> Result<Finding> {
    const CHECK: &str = "outbox";
    let now = store.clock().now();
    let (mut waiting, mut first) = (0, now);
    for tenant in store.global().tenants().await? {
        let backlog = Backlog::of(&mut store.tenant(tenant).snapshot().await?).await?;
        waiting += backlog.waiting;
        first = backlog.next_due_at.map_or(first, |due: Timestamp| due.min(first));
    }
    let late = now.duration_since(first);
    if late > LATE {
        let says = format!("{waiting} mails wait, the first for {} minutes", late.as_mins());
        return Ok(Finding::warning(CHECK, says, "Look at the mail server, and whether Lodge runs."));
    }
    Ok(Finding::good(CHECK, format!("{waiting} mails wait, none is late")))
}

async fn standbys(store: &Store) -> Result<Finding> {
    const CHECK: &str = "standby";
    if store.is_sqlite() {
        return Ok(Finding::skipped(CHECK, "SQLite has none; back up with lodge backup"));
    }
    let standbys = store.standbys().await?;
    let remedy = "Look at the standby: after a failover it would lack what it lags behind.";
    let Some(slowest) = standbys.iter().max_by_key(|standby| standby.lag) else {
        let remedy = "Without a synchronous standby the loss of this server loses what was written last.";
        return Ok(Finding::warning(CHECK, "PostgreSQL has none that this user may see", remedy));
    };
    let says = format!("{} of them, {} lags by {} ms", standbys.len(), slowest.name, slowest.lag.as_millis());
    if slowest.lag > LARGEST_LAG || !standbys.iter().any(|standby| standby.is_synchronous) {
        return Ok(Finding::warning(CHECK, says, remedy));
    }
    Ok(Finding::good(CHECK, says))
}

async fn integrity(store: &Store) -> Result<Finding> {
    const CHECK: &str = "integrity";
    let Some(faults) = store.integrity().await? else {
        return Ok(Finding::skipped(CHECK, "PostgreSQL's own tools look at that: pg_amcheck"));
    };
    match faults.first() {
        None => Ok(Finding::good(CHECK, "every page of the database is sound")),
        Some(first) => Ok(Finding::bad(
            CHECK,
            format!("{} faults, the first: {first}", faults.len()),
            "Stop Lodge, keep a copy of the files, and restore the last good backup.",
        )),
    }
}
