//! PostgreSQL: a lease lets one at a time.

use super::{BOOK, Migration, digest, names, unknown};
use crate::fault;
use crate::statement::{Dialect, translate};
use kernel::{Clock, Error, Result, Rng, SignedDuration, Timestamp};
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

/// Longer than any slice's tables take.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
const LEASES: &str = "CREATE TABLE IF NOT EXISTS schema_lease (id BIGINT NOT NULL PRIMARY KEY, holder UUID NOT NULL, \
     lease_until BIGINT NOT NULL)";
const TAKE: &str = "INSERT INTO schema_lease (id, holder, lease_until) VALUES (1, $1, $2)
    ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
    WHERE schema_lease.lease_until <= $3 OR schema_lease.holder = excluded.holder";
const RELEASE: &str = "UPDATE schema_lease SET lease_until = 0 WHERE holder = $1";

pub async fn create(
    client: &mut Client,
    migrations: &[Migration],
    clock: &Clock,
    rng: Rng,
) -> Result<Vec<&'static str>> {
    if missing(client, migrations).await?.is_empty() {
        return Ok(Vec::new());
    }
    let fail = |error| fault::postgres_plain(error, "creating the tables");
    for table in [translate(BOOK, Dialect::Postgres), LEASES.to_owned()] {
        match client.batch_execute(&table).await {
            // Two that create it at once may both find it missing.
            Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                client.batch_execute(&table).await.map_err(fail)?;
            }
            made => made.map_err(fail)?,
        }
    }
    let holder = rng.uuid();
    while !take_lease(client, holder, clock).await? {
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    let missing = missing(client, migrations).await?;
    for migration in migrations.iter().filter(|migration| missing.contains(&migration.name)) {
        if !take_lease(client, holder, clock).await? {
            return Err(Error::conflict("Another Lodge has taken over creating the tables. Look there."));
        }
        let transaction = client.transaction().await.map_err(fail)?;
        transaction.batch_execute(&translate(migration.sql, Dialect::Postgres)).await.map_err(fail)?;
        let note = "INSERT INTO schema_slice (name, digest) VALUES ($1, $2)";
        transaction.execute(note, &[&migration.name, &digest(migration.sql)]).await.map_err(fail)?;
        transaction.commit().await.map_err(fail)?;
    }
    client.execute(RELEASE, &[&holder]).await.map_err(fail)?;
    Ok(missing)
}

pub async fn missing(client: &Client, migrations: &[Migration]) -> Result<Vec<&'static str>> {
    let rows = match client.query("SELECT name, digest FROM schema_slice", &[]).await {
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => return Ok(names(migrations)),
        rows => rows.map_err(|error| fault::postgres_plain(error, "looking for the tables"))?,
    };
    let known: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    unknown(migrations, |migration| {
        Ok(known.iter().find(|(name, _)| name == migration.name).map(|(_, digest)| digest.clone()))
    })
}

async fn take_lease(client: &Client, holder: Uuid, clock: &Clock) -> Result<bool> {
    let now = clock.now();
    let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX).as_microsecond();
    let taken = client.execute(TAKE, &[&holder, &until, &now.as_microsecond()]).await;
    Ok(taken.map_err(|error| fault::postgres_plain(error, "the lease for the tables"))? == 1)
}
