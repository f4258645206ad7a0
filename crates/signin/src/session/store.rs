//! The statements of sessions. Each holds by itself: none takes the tenant's lock.

use super::{Browser, Device, Method, Proof, rules};
use kernel::{Result, SessionId, TenantId, Timestamp, UserId};
use store::{Migration, Read, Row, Tx, params};

pub const MIGRATION: Migration = Migration { name: "signin::session", sql: include_str!("schema.sql") };

/// A session as it lies in the table; whether it lives is for the rules to say.
#[derive(Clone, Debug)]
pub struct Stored {
    pub user: UserId,
    pub session: SessionId,
    pub method: Method,
    pub issuer: String,
    pub subject: String,
    pub authenticated_at: Timestamp,
    pub used_at: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert(
    tx: &mut Tx,
    browser: &Browser,
    user: UserId,
    session: SessionId,
    proof: &Proof,
) -> Result<()> {
    let (method, home) = columns(proof.method);
    let params = params![
        browser: browser.digest(),
        device: browser.device().map(Device::stored),
        user: user,
        session: session,
        method: method,
        home: home,
        issuer: &proof.issuer,
        subject: &proof.subject,
        now: tx.now(),
        expires_at: rules::expiry(proof.method, tx.now()),
    ];
    tx.execute(&INSERT, params).await?;
    Ok(())
}

/// The sessions of a browser, the one chosen last first.
pub async fn list(read: &mut impl Read, browser: [u8; 32]) -> Result<Vec<Stored>> {
    read.rows(&LIST, params![browser: browser], stored).await
}

/// The sessions of a user in all browsers, the one used last first.
pub async fn list_of_user(read: &mut impl Read, user: UserId) -> Result<Vec<(Stored, Option<String>)>> {
    read.rows(&LIST_OF_USER, params![user: user], |row| Ok((stored(row)?, row.get(9)?))).await
}

pub async fn delete_of_user(tx: &mut Tx, user: UserId, session: SessionId) -> Result<()> {
    tx.execute(&DELETE_OF_USER, params![user: user, session: session]).await?;
    Ok(())
}

pub async fn delete_others(tx: &mut Tx, user: UserId, kept: SessionId) -> Result<()> {
    tx.execute(&DELETE_OTHERS, params![user: user, kept: kept]).await?;
    Ok(())
}

pub async fn rename(tx: &mut Tx, from: [u8; 32], to: [u8; 32]) -> Result<()> {
    tx.execute(&RENAME, params![from: from, to: to]).await?;
    Ok(())
}

pub async fn touch(tx: &mut Tx, browser: [u8; 32], session: SessionId, before: Timestamp) -> Result<()> {
    let params = params![browser: browser, session: session, now: tx.now(), before: before];
    tx.execute(&TOUCH, params).await?;
    Ok(())
}

pub async fn choose(tx: &mut Tx, browser: [u8; 32], session: SessionId) -> Result<()> {
    tx.execute(&CHOOSE, params![browser: browser, session: session, now: tx.now()]).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, browser: [u8; 32], session: SessionId) -> Result<()> {
    tx.execute(&DELETE, params![browser: browser, session: session]).await?;
    Ok(())
}

pub async fn delete_all(tx: &mut Tx, browser: [u8; 32]) -> Result<()> {
    tx.execute(&DELETE_ALL, params![browser: browser]).await?;
    Ok(())
}

/// Removes sessions that have expired, a bounded number at a time.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    tx.execute(&PURGE, params![now: tx.now()]).await
}

fn columns(method: Method) -> (&'static str, Option<TenantId>) {
    match method {
        Method::Password => ("password", None),
        Method::EmailCode => ("email_code", None),
        Method::Home { tenant } => ("home", Some(tenant)),
    }
}

fn stored(row: &Row<'_>) -> Result<Stored> {
    let method: String = row.get(2)?;
    let home: Option<TenantId> = row.get(3)?;
    let method = match (method.as_str(), home) {
        ("password", _) => Method::Password,
        ("home", Some(tenant)) => Method::Home { tenant },
        _ => Method::EmailCode,
    };
    Ok(Stored {
        user: row.get(0)?,
        session: row.get(1)?,
        method,
        issuer: row.get(4)?,
        subject: row.get(5)?,
        authenticated_at: row.get(6)?,
        used_at: row.get(7)?,
        expires_at: row.get(8)?,
    })
}

store::statements! {
    INSERT: tenant = "INSERT INTO session_account (tenant_id, browser_digest, user_id, session_id, method, home_tenant_id,
            issuer, subject, authenticated_at, used_at, chosen_at, expires_at, device)
        VALUES (:tenant, :browser, :user, :session, :method, :home, :issuer, :subject, :now, :now, :now, :expires_at,
            :device)
        ON CONFLICT (tenant_id, browser_digest, user_id) DO UPDATE SET session_id = excluded.session_id,
            method = excluded.method, home_tenant_id = excluded.home_tenant_id, issuer = excluded.issuer,
            subject = excluded.subject, authenticated_at = excluded.authenticated_at, used_at = excluded.used_at,
            chosen_at = excluded.chosen_at, expires_at = excluded.expires_at, device = excluded.device";
    LIST: hot = "SELECT user_id, session_id, method, home_tenant_id, issuer, subject, authenticated_at, used_at, expires_at
        FROM session_account WHERE tenant_id = :tenant AND browser_digest = :browser
        ORDER BY chosen_at DESC, user_id LIMIT 32";
    LIST_OF_USER: hot = "SELECT user_id, session_id, method, home_tenant_id, issuer, subject, authenticated_at, used_at,
            expires_at, device
        FROM session_account WHERE tenant_id = :tenant AND user_id = :user ORDER BY used_at DESC, session_id LIMIT 50";
    DELETE_OF_USER: hot = "DELETE FROM session_account
        WHERE tenant_id = :tenant AND user_id = :user AND session_id = :session";
    DELETE_OTHERS: hot = "DELETE FROM session_account
        WHERE tenant_id = :tenant AND user_id = :user AND session_id <> :kept";
    RENAME: hot = "UPDATE session_account SET browser_digest = :to
        WHERE tenant_id = :tenant AND browser_digest = :from";
    TOUCH: hot = "UPDATE session_account SET used_at = :now
        WHERE tenant_id = :tenant AND browser_digest = :browser AND session_id = :session AND used_at <= :before";
    CHOOSE: hot = "UPDATE session_account SET chosen_at = :now, used_at = :now
        WHERE tenant_id = :tenant AND browser_digest = :browser AND session_id = :session";
    DELETE: hot = "DELETE FROM session_account
        WHERE tenant_id = :tenant AND browser_digest = :browser AND session_id = :session";
    DELETE_ALL: hot = "DELETE FROM session_account WHERE tenant_id = :tenant AND browser_digest = :browser";
    PURGE: hot = "DELETE FROM session_account WHERE tenant_id = :tenant AND (browser_digest, user_id) IN (
        SELECT browser_digest, user_id FROM session_account WHERE tenant_id = :tenant AND expires_at <= :now
        ORDER BY expires_at LIMIT 100)";
}
