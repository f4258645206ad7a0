//! The statements of the authorization policy.

use super::{AuthorizationPolicy, GuestAccess, InvitesFrom};
use kernel::{Error, Result};
use store::{Migration, Read, Tx, Version, params};

pub const MIGRATION: Migration = Migration { name: "directory::access", sql: include_str!("schema.sql") };

/// The tenant's authorization policy.
pub async fn policy(read: &mut impl Read) -> Result<AuthorizationPolicy> {
    let stored = read
        .row(&FIND_POLICY, params![], |row| {
            let unknown = || Error::internal("the authorization policy holds an unknown value");
            Ok(AuthorizationPolicy {
                allow_invites_from: InvitesFrom::parse(&row.get::<String>(0)?).ok_or_else(unknown)?,
                guest_access: GuestAccess::of_role(row.get(1)?).ok_or_else(unknown)?,
            })
        })
        .await?;
    Ok(stored.unwrap_or_default())
}

/// Sets the tenant's authorization policy. What is cached of it is stale from the next request on.
pub async fn save_policy(tx: &mut Tx, policy: AuthorizationPolicy) -> Result<()> {
    let params = params![
        invites: policy.allow_invites_from.as_str(),
        role: policy.guest_access.role_id(),
    ];
    tx.execute(&SAVE_POLICY, params).await?;
    tx.bump(Version::Policy).await
}

store::statements! {
    FIND_POLICY: hot = "SELECT allow_invites_from, guest_user_role_id FROM authorization_policy
        WHERE tenant_id = :tenant";
    SAVE_POLICY: tenant = "INSERT INTO authorization_policy (tenant_id, allow_invites_from, guest_user_role_id)
        VALUES (:tenant, :invites, :role) ON CONFLICT (tenant_id) DO UPDATE SET
        allow_invites_from = excluded.allow_invites_from, guest_user_role_id = excluded.guest_user_role_id";
}
