//! The statements of consent.

use kernel::{AppId, Result, UserId};
use store::{Migration, Read, Tx, params};

pub const MIGRATION: Migration = Migration { name: "signin::consent", sql: include_str!("schema.sql") };

/// The scopes a person has granted an application, by name.
pub async fn find(read: &mut impl Read, app: AppId, user: UserId) -> Result<Vec<String>> {
    let scopes = read.row(&FIND, params![app: app, user: user], |row| row.get::<String>(0)).await?;
    Ok(scopes.unwrap_or_default().split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Adds to what a person has granted an application.
pub async fn save(tx: &mut Tx, app: AppId, user: UserId, scopes: &[String]) -> Result<()> {
    let mut all = find(tx, app, user).await?;
    all.extend(scopes.iter().cloned());
    all.sort_unstable();
    all.dedup();
    let params = params![app: app, user: user, scopes: all.join(" "), at: tx.now()];
    tx.execute(&SAVE, params).await?;
    Ok(())
}

store::statements! {
    FIND: hot = "SELECT scopes FROM user_consent WHERE tenant_id = :tenant AND app_id = :app AND user_id = :user";
    SAVE: tenant = "INSERT INTO user_consent (tenant_id, app_id, user_id, scopes, changed_at)
        VALUES (:tenant, :app, :user, :scopes, :at)
        ON CONFLICT (tenant_id, app_id, user_id) DO UPDATE SET scopes = :scopes, changed_at = :at";
}
