//! The statements of passwords.

use super::Hashed;
use kernel::{Result, UserId};
use store::{Migration, Read, Tx, params};

pub const MIGRATION: Migration = Migration { name: "signin::password", sql: include_str!("schema.sql") };

/// Gives a user this password. Hash it before the write: hashing is slow.
pub async fn set(tx: &mut Tx, user: UserId, hashed: &Hashed) -> Result<()> {
    upsert(tx, user, hashed, false).await
}

/// Gives a user a password that is good for one sign-in, which asks for another.
pub async fn set_one_time(tx: &mut Tx, user: UserId, hashed: &Hashed) -> Result<()> {
    upsert(tx, user, hashed, true).await
}

async fn upsert(tx: &mut Tx, user: UserId, hashed: &Hashed, is_one_time: bool) -> Result<()> {
    let params = params![user: user, hash: hashed.as_str(), now: tx.now(), is_one_time: is_one_time];
    tx.execute(&UPSERT, params).await?;
    Ok(())
}

pub async fn is_one_time(read: &mut impl Read, user: UserId) -> Result<bool> {
    Ok(read.row(&IS_ONE_TIME, params![user: user], |row| row.get(0)).await?.unwrap_or(false))
}

pub async fn has(read: &mut impl Read, user: UserId) -> Result<bool> {
    Ok(find(read, user).await?.is_some())
}

/// Takes a user's password away.
pub async fn delete(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.execute(&DELETE, params![user: user]).await?;
    Ok(())
}

pub(super) async fn find(read: &mut impl Read, user: UserId) -> Result<Option<Hashed>> {
    read.row(&FIND, params![user: user], |row| row.get(0).map(Hashed::stored)).await
}

store::statements! {
    UPSERT: tenant = "INSERT INTO user_password (tenant_id, user_id, hash, changed_at, is_one_time)
        VALUES (:tenant, :user, :hash, :now, :is_one_time)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at,
            is_one_time = excluded.is_one_time";
    IS_ONE_TIME: hot = "SELECT is_one_time FROM user_password WHERE tenant_id = :tenant AND user_id = :user";
    DELETE: hot = "DELETE FROM user_password WHERE tenant_id = :tenant AND user_id = :user";
    FIND: hot = "SELECT hash FROM user_password WHERE tenant_id = :tenant AND user_id = :user";
}
