//! The statements of mail preferences.

use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Act, EmailAddress, Result, Rng};
use store::{Migration, Read, Tx, params};

pub const MIGRATION: Migration =
    Migration { name: "collaboration::mail_preference", sql: include_str!("schema.sql") };

/// Whether this address wants no invitation mail of this tenant.
pub async fn is_blocked(read: &mut impl Read, address: &EmailAddress) -> Result<bool> {
    Ok(read.row(&FIND, params![address_key: address.key()], |row| row.get::<i64>(0)).await?.is_some())
}

/// Sets the preference; again is the same.
pub async fn block(tx: &mut Tx, rng: Rng, act: &Act, address: &EmailAddress) -> Result<()> {
    let params = params![address_key: address.key(), at: tx.now()];
    if tx.execute(&INSERT, params).await? == 1 {
        let event = Event::new("Email unsubscribed", Service::InvitedUsers, Operation::Update);
        audit_log::record(tx, rng, act, event.with("invitedUserEmailAddress", address)).await?;
    }
    Ok(())
}

store::statements! {
    FIND: hot = "SELECT blocked_at FROM mail_preference WHERE tenant_id = :tenant AND address_key = :address_key";
    INSERT: tenant = "INSERT INTO mail_preference (tenant_id, address_key, blocked_at)
        VALUES (:tenant, :address_key, :at) ON CONFLICT DO NOTHING";
}
