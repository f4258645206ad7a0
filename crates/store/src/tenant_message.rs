//! What one tenant tells another. Two tenants never share a transaction: the message commits with what caused it,
//! travels afterwards, and is applied under the other tenant's lock, once.

use crate::{Params, Read, Row, Store, Tx, params};
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use serde_json::Value as JsonValue;
use std::future::Future;
use std::sync::Arc;
use uuid::Uuid;

/// Messages that are looked at together.
const TOGETHER: u32 = 64;
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// A message that could not be applied for so long is given up.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A message to be told.
#[derive(Clone, Debug)]
pub struct TenantMessage {
    pub id: Uuid,
    pub to: TenantId,
    /// Names who applies it, such as `sign_in_log.elsewhere`.
    pub kind: &'static str,
    pub data: JsonValue,
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Told {
    pub from: TenantId,
    pub id: Uuid,
    pub to: TenantId,
    pub kind: String,
    pub data: JsonValue,
    /// When it was told.
    pub at: Timestamp,
    attempts: u32,
}

/// What became of a message that could not be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOff {
    Until(Timestamp),
    GivenUp,
}

impl Tx {
    /// Tells another tenant, once this write has committed.
    pub async fn tell(&mut self, message: TenantMessage) -> Result<()> {
        let params = params![
            id: message.id,
            to: message.to,
            kind: message.kind,
            data: message.data.to_string(),
            now: self.now(),
        ];
        self.queue(&TELL, params).await
    }
}

impl Store {
    /// Messages of all tenants that are due, the oldest first.
    pub async fn messages_due(&self) -> Result<Vec<Told>> {
        let params = params![now: self.clock().now(), limit: TOGETHER];
        self.global().rows(&DUE, params, told).await
    }

    /// Applies a message under the lock of the tenant it is for, unless that was done before, and takes it away.
    pub async fn apply_message<F, Fut>(&self, message: &Told, apply: F) -> Result<()>
    where
        F: Fn(Tx, Arc<Told>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send,
    {
        let apply = Arc::new(apply);
        self.tenant(message.to)
            .write_in_background(message.clone(), move |mut tx, message: Arc<Told>| {
                let apply = apply.clone();
                async move {
                    let params = params![id: message.id, now: tx.now()];
                    match tx.execute(&RECEIVE, params).await? {
                        0 => Ok(()),
                        _ => apply(tx, message).await,
                    }
                }
            })
            .await?;
        self.settle(message, &REMOVE, params![id: message.id]).await
    }

    /// Puts off a message that could not be applied, longer each time.
    pub async fn put_off_message(&self, message: &Told) -> Result<PutOff> {
        let now = self.clock().now();
        if now.duration_since(message.at) > KEPT {
            self.settle(message, &REMOVE, params![id: message.id]).await?;
            return Ok(PutOff::GivenUp);
        }
        let pause = SignedDuration::from_secs(1 << message.attempts.min(12)).min(LONGEST_PAUSE);
        let due_at = now.checked_add(pause).map_err(Error::internal)?;
        self.settle(message, &POSTPONE, params![id: message.id, due_at: due_at]).await?;
        Ok(PutOff::Until(due_at))
    }

    async fn settle(
        &self,
        message: &Told,
        statement: &'static crate::Statement,
        params: Params,
    ) -> Result<()> {
        self.tenant(message.from)
            .write_unordered(params, move |mut tx, params| async move {
                tx.execute(statement, (*params).clone()).await.map(|_| ())
            })
            .await
    }
}

fn told(row: &Row<'_>) -> Result<Told> {
    Ok(Told {
        from: row.get(0)?,
        id: row.get(1)?,
        to: row.get(2)?,
        kind: row.get(3)?,
        data: row.json(4)?,
        at: row.get(5)?,
        attempts: row.get(6)?,
    })
}

crate::statements! {
    /// A write that is run a second time finds its message there, or is told apart where it arrives.
    TELL: tenant = "INSERT INTO tenant_message (tenant_id, id, to_tenant_id, kind, data, at, due_at, attempts)
        VALUES (:tenant, :id, :to, :kind, :data, :now, :now, 0) ON CONFLICT DO NOTHING";
    DUE: global = "SELECT tenant_id, id, to_tenant_id, kind, data, at, attempts FROM tenant_message
        WHERE due_at <= :now ORDER BY due_at, tenant_id, id LIMIT :limit";
    RECEIVE: tenant = "INSERT INTO received_message (tenant_id, id, at) VALUES (:tenant, :id, :now)
        ON CONFLICT DO NOTHING";
    REMOVE: hot = "DELETE FROM tenant_message WHERE tenant_id = :tenant AND id = :id";
    POSTPONE: hot = "UPDATE tenant_message SET due_at = :due_at, attempts = attempts + 1
        WHERE tenant_id = :tenant AND id = :id";
    PURGE_RECEIVED: hot = "DELETE FROM received_message WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM received_message WHERE tenant_id = :tenant AND at < :before ORDER BY at, id LIMIT :limit)";
}
