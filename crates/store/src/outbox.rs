//! The outbox: what leaves the process after the commit. A row holds a template's name, its data and no
//! secret; links and codes are derived when the message is rendered, at delivery.

mod held;

pub use held::{Held, STATEMENTS as HELD_STATEMENTS};

use crate::{Params, Row, params};
use kernel::{EmailAddress, Language, OutboxId, Result, Timestamp};
use serde_json::Value as JsonValue;
use uuid::Uuid;

/// A message to be sent. `subject` is the object it is about; delivery asks the slice that owns `kind` whether
/// the reason still stands before it sends.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: OutboxId,
    /// The mail kind, such as `guest_invitation`: names template and renderer.
    pub kind: &'static str,
    pub to: EmailAddress,
    pub language: Language,
    pub subject: Uuid,
    /// The one who caused it, for limits per inviter.
    pub cause: Option<Uuid>,
    pub data: JsonValue,
}

impl Letter {
    pub(crate) fn into_params(self, now: Timestamp) -> Params {
        params![
            id: self.id,
            kind: self.kind,
            recipient: self.to.as_str(),
            recipient_key: self.to.key(),
            recipient_domain: self.to.domain().as_str(),
            language: self.language,
            subject: self.subject,
            cause: self.cause,
            data: self.data.to_string(),
            now: now,
        ]
    }
}

/// A row that delivery holds under a lease.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: OutboxId,
    pub kind: String,
    pub to: EmailAddress,
    pub language: Language,
    pub subject: Uuid,
    pub cause: Option<Uuid>,
    pub data: JsonValue,
    pub created_at: Timestamp,
    /// How often it has been tried before this time.
    pub attempts: u32,
}

pub fn claimed(row: &Row<'_>) -> Result<Claimed> {
    Ok(Claimed {
        id: row.get(0)?,
        kind: row.get(1)?,
        to: row.get(2)?,
        language: row.get(3)?,
        subject: row.get(4)?,
        cause: row.get(5)?,
        data: row.json(6)?,
        created_at: row.get(7)?,
        attempts: row.get(8)?,
    })
}

crate::statements! {
    INSERT: tenant = "INSERT INTO outbox (tenant_id, id, kind, recipient, recipient_key, recipient_domain, language,
            subject_id, cause_id, data, created_at, due_at, state, attempts)
        VALUES (:tenant, :id, :kind, :recipient, :recipient_key, :recipient_domain, :language, :subject, :cause, :data,
            :now, :now, 'waiting', 0)";
    /// Claims up to `:limit` due rows until `:lease_until`; a lease that ran out is claimed again. Materialized,
    /// because a locking sub-select that is run anew for each row passes over the rows updated so far and so
    /// finds more than its limit.
    CLAIM: hot = "WITH due AS MATERIALIZED (
            SELECT id FROM outbox WHERE tenant_id = :tenant AND state = 'waiting' AND due_at <= :now
            ORDER BY due_at, id LIMIT :limit {skip_locked})
        UPDATE outbox SET due_at = :lease_until, attempts = attempts + 1
        WHERE tenant_id = :tenant AND id IN (SELECT id FROM due)
        RETURNING id, kind, recipient, language, subject_id, cause_id, data, created_at, attempts - 1";
    /// Ends a claimed row: `sent`, `dropped` (its reason is gone) or `dead` (given up). Compare-and-set on the
    /// lease, so that a slow sender cannot overwrite what a later one found out.
    SETTLE: tenant = "UPDATE outbox SET state = :state, settled_at = :now, failure = :failure, answer = :answer
        WHERE tenant_id = :tenant AND id = :id AND state = 'waiting' AND due_at = :lease_until";
    /// Puts a claimed row back until `:due_at`; `:attempts` counts this try, or does not.
    POSTPONE: tenant = "UPDATE outbox SET due_at = :due_at, failure = :failure, attempts = :attempts
        WHERE tenant_id = :tenant AND id = :id AND state = 'waiting' AND due_at = :lease_until";
    /// Lets up to `:limit` due rows to a domain wait with the one it has just put off.
    PUT_ASIDE: hot = "UPDATE outbox SET due_at = :until, failure = :failure WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM outbox WHERE tenant_id = :tenant AND state = 'waiting' AND due_at <= :now
            AND recipient_domain = :domain ORDER BY due_at, id LIMIT :limit)";
    NEXT_DUE: hot = "SELECT MIN(due_at) FROM outbox WHERE tenant_id = :tenant AND state = 'waiting'";
    /// Ends the leases that end by `:lease_until`: those of a process that is gone, where it was the only one.
    RECOVER: hot = "UPDATE outbox SET due_at = :now WHERE tenant_id = :tenant AND state = 'waiting'
        AND due_at > :now AND due_at <= :lease_until";
    PURGE: hot = "DELETE FROM outbox WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM outbox WHERE tenant_id = :tenant AND settled_at < :before ORDER BY settled_at, id LIMIT :limit)";
}
