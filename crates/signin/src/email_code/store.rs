//! The statements of codes. A try and a proof are single compare-and-set updates.

use super::Purpose;
use super::digits::{LIFETIME, MOST_TRIES, PROOF_LIFETIME};
use crate::session::{Browser, Renewal};
use kernel::{Result, Timestamp};
use store::{Migration, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration = Migration { name: "signin::email_code", sql: include_str!("schema.sql") };

/// A code as it lies in the table.
#[derive(Clone, Debug)]
pub struct Code {
    pub id: Uuid,
    /// False for one that went nowhere: no digits are right for it.
    pub mailed: bool,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub tries: u32,
    pub proven_at: Option<Timestamp>,
}

/// What a code is bound to.
#[derive(Clone, Copy)]
pub struct Binding {
    pub browser: [u8; 32],
    pub purpose: Purpose,
    pub subject: Uuid,
}

/// A new code; it takes the place of an older one.
pub async fn replace(tx: &mut Tx, binding: Binding, id: Uuid, mailed: bool) -> Result<()> {
    let now = tx.now();
    let params = params![
        browser: binding.browser,
        purpose: binding.purpose.as_str(),
        subject: binding.subject,
        id: id,
        mailed: mailed,
        now: now,
        expires_at: now.checked_add(LIFETIME).unwrap_or(Timestamp::MAX),
    ];
    tx.execute(&REPLACE, params).await?;
    Ok(())
}

pub async fn find(read: &mut impl Read, binding: Binding) -> Result<Option<Code>> {
    let params = params![
        browser: binding.browser,
        purpose: binding.purpose.as_str(),
        subject: binding.subject,
    ];
    read.row(&FIND, params, code).await
}

/// The code and its purpose, by id.
pub async fn find_by_id(read: &mut impl Read, id: Uuid) -> Result<Option<(Code, Option<Purpose>)>> {
    let map = |row: &Row<'_>| Ok((code(row)?, Purpose::parse(&row.get::<String>(6)?)));
    read.row(&FIND_BY_ID, params![id: id], map).await
}

/// Takes one of the tries. False when none is left, or the code has expired or done its work.
pub async fn take_try(tx: &mut Tx, binding: Binding) -> Result<bool> {
    let params = params![
        browser: binding.browser,
        purpose: binding.purpose.as_str(),
        subject: binding.subject,
        most: MOST_TRIES,
        now: tx.now(),
    ];
    Ok(tx.execute(&TAKE_TRY, params).await? == 1)
}

/// The code with this id has done its work; what it proved belongs to the renewed browser. Once only.
pub async fn prove(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(tx.execute(&PROVE, params![id: id, now: tx.now()]).await? == 1)
}

/// Lets all codes of a browser follow to its new secret.
pub async fn renew(tx: &mut Tx, renewal: &Renewal) -> Result<()> {
    tx.execute(&RENAME, params![from: renewal.from.digest(), to: renewal.to.digest()]).await?;
    Ok(())
}

/// When a code for this was proven in this browser, if that still counts.
pub async fn proven_at(
    read: &mut impl Read,
    browser: &Browser,
    purpose: Purpose,
    subject: Uuid,
) -> Result<Option<Timestamp>> {
    let binding = Binding { browser: browser.digest(), purpose, subject };
    let now = read.now();
    let proven = find(read, binding).await?.and_then(|code| code.proven_at);
    Ok(proven.filter(|at| now.duration_since(*at) < PROOF_LIFETIME))
}

/// Uses a proof up. False if there is none, or if another took it: a proof serves once.
pub async fn take(tx: &mut Tx, browser: &Browser, purpose: Purpose, subject: Uuid) -> Result<bool> {
    let now = tx.now();
    let params = params![
        browser: browser.digest(),
        purpose: purpose.as_str(),
        subject: subject,
        since: now.checked_sub(PROOF_LIFETIME).unwrap_or(Timestamp::UNIX_EPOCH),
    ];
    Ok(tx.execute(&TAKE, params).await? == 1)
}

/// Removes codes whose proof could not count any more, a bounded number at a time.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    let before = tx.now().checked_sub(PROOF_LIFETIME).and_then(|at| at.checked_sub(LIFETIME));
    tx.execute(&PURGE, params![before: before.unwrap_or(Timestamp::UNIX_EPOCH)]).await
}

fn code(row: &Row<'_>) -> Result<Code> {
    Ok(Code {
        id: row.get(0)?,
        mailed: row.get(1)?,
        created_at: row.get(2)?,
        expires_at: row.get(3)?,
        tries: row.get(4)?,
        proven_at: row.get(5)?,
    })
}

store::statements! {
    REPLACE: tenant = "INSERT INTO email_code (tenant_id, browser_digest, purpose, subject_id, id, mailed, created_at,
            expires_at, tries, proven_at)
        VALUES (:tenant, :browser, :purpose, :subject, :id, :mailed, :now, :expires_at, 0, NULL)
        ON CONFLICT (tenant_id, browser_digest, purpose, subject_id) DO UPDATE SET id = excluded.id,
            mailed = excluded.mailed, created_at = excluded.created_at, expires_at = excluded.expires_at, tries = 0,
            proven_at = NULL";
    FIND: hot = "SELECT id, mailed, created_at, expires_at, tries, proven_at FROM email_code
        WHERE tenant_id = :tenant AND browser_digest = :browser AND purpose = :purpose AND subject_id = :subject";
    FIND_BY_ID: hot = "SELECT id, mailed, created_at, expires_at, tries, proven_at, purpose FROM email_code
        WHERE tenant_id = :tenant AND id = :id";
    TAKE_TRY: hot = "UPDATE email_code SET tries = tries + 1
        WHERE tenant_id = :tenant AND browser_digest = :browser AND purpose = :purpose AND subject_id = :subject
            AND tries < :most AND expires_at > :now AND proven_at IS NULL";
    PROVE: hot = "UPDATE email_code SET proven_at = :now
        WHERE tenant_id = :tenant AND id = :id AND proven_at IS NULL";
    RENAME: hot = "UPDATE email_code SET browser_digest = :to WHERE tenant_id = :tenant AND browser_digest = :from";
    TAKE: hot = "DELETE FROM email_code
        WHERE tenant_id = :tenant AND browser_digest = :browser AND purpose = :purpose AND subject_id = :subject
            AND proven_at > :since";
    PURGE: hot = "DELETE FROM email_code WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM email_code WHERE tenant_id = :tenant AND created_at <= :before ORDER BY created_at LIMIT 100)";
}
