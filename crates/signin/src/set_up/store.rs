//! The statements of set-up links.

use kernel::{Result, Timestamp, UserId};
use store::{Migration, Read, Tx, params};

pub const MIGRATION: Migration = Migration { name: "signin::set_up", sql: include_str!("schema.sql") };

pub async fn replace(tx: &mut Tx, user: UserId, digest: [u8; 32], expires_at: Timestamp) -> Result<()> {
    tx.execute(&REPLACE, params![user: user, digest: digest, expires_at: expires_at]).await?;
    Ok(())
}

/// Whose the link is, if it still works.
pub async fn find_live(read: &mut impl Read, digest: [u8; 32]) -> Result<Option<UserId>> {
    let now = read.now();
    read.row(&FIND_LIVE, params![digest: digest, now: now], |row| row.get(0)).await
}

/// Ends a user's link.
pub async fn end(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.execute(&END, params![user: user]).await?;
    Ok(())
}

/// Uses a link up: true for exactly one.
pub async fn take(tx: &mut Tx, digest: [u8; 32]) -> Result<bool> {
    Ok(tx.execute(&TAKE, params![digest: digest, now: tx.now()]).await? == 1)
}

store::statements! {
    REPLACE: tenant = "INSERT INTO set_up_link (tenant_id, user_id, token_digest, expires_at, used_at)
        VALUES (:tenant, :user, :digest, :expires_at, NULL)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET token_digest = excluded.token_digest,
            expires_at = excluded.expires_at, used_at = NULL";
    FIND_LIVE: hot = "SELECT user_id FROM set_up_link
        WHERE tenant_id = :tenant AND token_digest = :digest AND expires_at > :now AND used_at IS NULL";
    END: hot = "DELETE FROM set_up_link WHERE tenant_id = :tenant AND user_id = :user";
    TAKE: hot = "UPDATE set_up_link SET used_at = :now
        WHERE tenant_id = :tenant AND token_digest = :digest AND expires_at > :now AND used_at IS NULL";
}
