//! The statements of mail preferences.

use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Act, EmailAddress, Result, TenantId};
use module::Platform;
use store::{Migration, Read, Store, Tx, params};

pub const MIGRATION: Migration =
    Migration { name: "collaboration::mail_preference", sql: include_str!("schema.sql") };

/// Whether this address wants no invitation mail of this tenant, or of anybody here.
pub async fn is_blocked(read: &mut impl Read, platform: &Platform, address: &EmailAddress) -> Result<bool> {
    let params = params![address_key: address.key()];
    if read.row(&FIND, params, |row| row.get::<i64>(0)).await?.is_some() {
        return Ok(true);
    }
    let params = params![digest: digest(platform.store(), address)];
    Ok(read.row_global(&FIND_EVERYWHERE, params, |row| row.get::<i64>(0)).await?.is_some())
}

/// Sets the preference; again is the same.
pub async fn block(tx: &mut Tx, platform: &Platform, act: &Act, address: &EmailAddress) -> Result<()> {
    let params = params![address_key: address.key(), at: tx.now()];
    if tx.execute(&INSERT, params).await? == 0 {
        return Ok(());
    }
    let digest = digest(platform.store(), address);
    tx.execute_global(&INSERT_TENANT, params![digest: digest]).await?;
    record(tx, platform, act, "Email unsubscribed", address).await
}

/// Takes the preference back.
pub async fn allow(tx: &mut Tx, platform: &Platform, act: &Act, address: &EmailAddress) -> Result<()> {
    if tx.execute(&DELETE, params![address_key: address.key()]).await? == 0 {
        return Ok(());
    }
    let digest = digest(platform.store(), address);
    tx.execute_global(&DELETE_TENANT, params![digest: digest]).await?;
    record(tx, platform, act, "Email subscribed", address).await
}

/// Sets or takes back the preference towards everybody here. No tenant's audit log tells of it: it is about none.
pub async fn set_everywhere(
    tx: &mut Tx,
    platform: &Platform,
    address: &EmailAddress,
    is_blocked: bool,
) -> Result<()> {
    let digest = digest(platform.store(), address);
    if is_blocked {
        let at = tx.now();
        tx.execute_global(&INSERT_EVERYWHERE, params![digest: digest, at: at]).await?;
    } else {
        tx.execute_global(&DELETE_EVERYWHERE, params![digest: digest]).await?;
    }
    Ok(())
}

pub async fn is_blocked_everywhere(store: &Store, address: &EmailAddress) -> Result<bool> {
    let params = params![digest: digest(store, address)];
    Ok(store.global().row(&FIND_EVERYWHERE, params, |row| row.get::<i64>(0)).await?.is_some())
}

/// The first hundred tenants that this address has blocked.
pub async fn list_blocked(store: &Store, address: &EmailAddress) -> Result<Vec<TenantId>> {
    store.global().rows(&LIST_TENANTS, params![digest: digest(store, address)], |row| row.get(0)).await
}

async fn record(
    tx: &mut Tx,
    platform: &Platform,
    act: &Act,
    activity: &'static str,
    address: &EmailAddress,
) -> Result<()> {
    let event = Event::new(activity, Service::InvitedUsers, Operation::Update);
    audit_log::record(tx, platform.rng(), act, event.with("invitedUserEmailAddress", address)).await?;
    Ok(())
}

fn digest(store: &Store, address: &EmailAddress) -> [u8; 32] {
    store.installation_keys().mac("mail preference", &[address.key().as_bytes()])
}

store::statements! {
    FIND: hot = "SELECT blocked_at FROM mail_preference WHERE tenant_id = :tenant AND address_key = :address_key";
    INSERT: tenant = "INSERT INTO mail_preference (tenant_id, address_key, blocked_at)
        VALUES (:tenant, :address_key, :at) ON CONFLICT DO NOTHING";
    DELETE: hot = "DELETE FROM mail_preference WHERE tenant_id = :tenant AND address_key = :address_key";
    INSERT_TENANT: global = "INSERT INTO mail_preference_tenant (digest, tenant_id) VALUES (:digest, :tenant)
        ON CONFLICT DO NOTHING";
    DELETE_TENANT: global = "DELETE FROM mail_preference_tenant WHERE digest = :digest AND tenant_id = :tenant";
    LIST_TENANTS: global = "SELECT tenant_id FROM mail_preference_tenant WHERE digest = :digest
        ORDER BY tenant_id LIMIT 100";
    FIND_EVERYWHERE: global = "SELECT blocked_at FROM mail_preference_everywhere WHERE digest = :digest";
    INSERT_EVERYWHERE: global = "INSERT INTO mail_preference_everywhere (digest, blocked_at) VALUES (:digest, :at)
        ON CONFLICT DO NOTHING";
    DELETE_EVERYWHERE: global = "DELETE FROM mail_preference_everywhere WHERE digest = :digest";
}
