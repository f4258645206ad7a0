//! The statements of the portal.

use kernel::{Result, Timestamp, UserId};
use store::{Migration, Read, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration = Migration { name: "directory::portal", sql: include_str!("schema.sql") };

/// A form that was sent before.
pub struct Sent {
    pub by: UserId,
    /// Where it led; none while its work is not known to be done.
    pub landing: Option<String>,
}

/// Takes the number of a form: `false` if it was taken before.
pub async fn claim(tx: &mut Tx, once: Uuid, user: UserId) -> Result<bool> {
    Ok(tx.execute(&CLAIM, params![once: once, user: user, now: tx.now()]).await? == 1)
}

pub async fn find(read: &mut impl Read, once: Uuid) -> Result<Option<Sent>> {
    read.row(&FIND, params![once: once], |row| Ok(Sent { by: row.get(0)?, landing: row.get(1)? })).await
}

pub async fn settle(tx: &mut Tx, once: Uuid, landing: &str) -> Result<()> {
    tx.execute(&SETTLE, params![once: once, landing: landing]).await?;
    Ok(())
}

/// Lets a form be sent again whose work was not done.
pub async fn release(tx: &mut Tx, once: Uuid) -> Result<()> {
    tx.execute(&RELEASE, params![once: once]).await?;
    Ok(())
}

/// Forgets forms sent before `before`, a bounded number at a time.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.execute(&PURGE, params![before: before]).await
}

store::statements! {
    CLAIM: tenant = "INSERT INTO portal_form (tenant_id, once, user_id, landing, at)
        VALUES (:tenant, :once, :user, NULL, :now) ON CONFLICT DO NOTHING";
    FIND: hot = "SELECT user_id, landing FROM portal_form WHERE tenant_id = :tenant AND once = :once";
    SETTLE: hot = "UPDATE portal_form SET landing = :landing WHERE tenant_id = :tenant AND once = :once";
    RELEASE: hot = "DELETE FROM portal_form WHERE tenant_id = :tenant AND once = :once AND landing IS NULL";
    PURGE: hot = "DELETE FROM portal_form WHERE tenant_id = :tenant AND once IN (
        SELECT once FROM portal_form WHERE tenant_id = :tenant AND at < :before ORDER BY at, once LIMIT 100)";
}
