//! The statements of the audit log.

use super::{Event, Target, actor_columns};
use kernel::{Act, AuditEventId, CorrelationId, ObjectId, Result, Timestamp};
use store::{Json, Migration, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration = Migration { name: "directory::audit_log", sql: include_str!("schema.sql") };

/// An event as it lies in the log.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    pub id: AuditEventId,
    pub at: Timestamp,
    pub activity: String,
    pub category: String,
    pub service: String,
    pub operation: String,
    pub failure: Option<String>,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub actor_login: Option<String>,
    pub network: Option<String>,
    pub targets: Vec<Target>,
    pub details: Vec<(String, String)>,
    pub correlation: CorrelationId,
}

/// Where a page ended; the next starts behind it.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: Uuid,
}

#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub activity: Option<String>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

pub(super) async fn insert(tx: &mut Tx, id: AuditEventId, act: &Act, event: &Event) -> Result<()> {
    let (kind, actor, name, login) = actor_columns(&act.actor);
    let params = params![
        at: tx.now(),
        id: id,
        activity: event.activity,
        category: event.category,
        service: event.service.as_str(),
        operation: event.operation.as_str(),
        failure: event.failure.as_deref(),
        actor_kind: kind,
        actor: actor,
        name: name,
        login: login,
        network: act.network.map(|address| address.to_string()),
        target: event.targets.first().map(|target| target.id),
        targets: Json(&event.targets),
        details: Json(&event.details),
        correlation: act.correlation,
        number: tx.change_number(),
    ];
    tx.queue(&INSERT, params).await
}

/// Newest first, behind `after`.
pub async fn list(
    read: &mut impl Read,
    filter: &Filter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<StoredEvent>> {
    let params = params![
        activity: filter.activity.as_deref(),
        from: filter.from.unwrap_or(Timestamp::UNIX_EPOCH),
        until: filter.until.unwrap_or(Timestamp::MAX),
        before: after.map_or(Timestamp::MAX, |cursor| cursor.at),
        before_id: after.map_or(Uuid::max(), |cursor| cursor.id),
        limit: limit,
    ];
    read.rows(&LIST, params, event).await
}

/// The last events about an object, newest first.
pub async fn list_about(read: &mut impl Read, object: ObjectId, limit: u32) -> Result<Vec<StoredEvent>> {
    read.rows(&ABOUT, params![target: object, limit: limit], event).await
}

/// The last change to an object after the change of this number, which was made at `from` or later.
pub async fn last_change(
    read: &mut impl Read,
    object: ObjectId,
    after_number: i64,
    from: Timestamp,
) -> Result<Option<StoredEvent>> {
    let mut behind = (Timestamp::MAX, Uuid::max());
    loop {
        let params = params![from: from, number: after_number, before: behind.0, before_id: behind.1];
        let events = read.rows(&CHANGES_AFTER, params, event).await?;
        let Some(last) = events.last() else { return Ok(None) };
        behind = (last.at, last.id.0);
        let about = |event: &StoredEvent| event.targets.iter().any(|target| target.id == object);
        if let Some(found) = events.into_iter().find(about) {
            return Ok(Some(found));
        }
    }
}

pub async fn find(read: &mut impl Read, id: AuditEventId) -> Result<Option<StoredEvent>> {
    read.row(&FIND, params![id: id], event).await
}

fn event(row: &Row<'_>) -> Result<StoredEvent> {
    Ok(StoredEvent {
        at: row.get(0)?,
        id: row.get(1)?,
        activity: row.get(2)?,
        category: row.get(3)?,
        service: row.get(4)?,
        operation: row.get(5)?,
        failure: row.get(6)?,
        actor_kind: row.get(7)?,
        actor_id: row.get(8)?,
        actor_name: row.get(9)?,
        actor_login: row.get(10)?,
        network: row.get(11)?,
        targets: row.json(12)?,
        details: row.json(13)?,
        correlation: row.get(14)?,
    })
}

/// Removes events older than `before`, a bounded number at a time.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.execute(&PURGE, params![before: before]).await
}

store::statements! {
    INSERT: tenant = "INSERT INTO audit_event (tenant_id, at, id, activity, category, service, operation, failure,
            actor_kind, actor_id, actor_name, actor_login, network, target_id, targets, details, correlation_id, change_number)
        VALUES (:tenant, :at, :id, :activity, :category, :service, :operation, :failure,
            :actor_kind, :actor, :name, :login, :network, :target, :targets, :details, :correlation, :number)";
    LIST: hot = "SELECT at, id, activity, category, service, operation, failure, actor_kind, actor_id, actor_name,
            actor_login, network, targets, details, correlation_id
        FROM audit_event
        WHERE tenant_id = :tenant AND at >= :from AND at <= :until AND (at, id) < (:before, :before_id)
            AND (CAST(:activity AS TEXT) IS NULL OR activity = :activity)
        ORDER BY at DESC, id DESC LIMIT :limit";
    CHANGES_AFTER: hot = "SELECT at, id, activity, category, service, operation, failure, actor_kind, actor_id, actor_name,
            actor_login, network, targets, details, correlation_id
        FROM audit_event
        WHERE tenant_id = :tenant AND at >= :from AND (at, id) < (:before, :before_id) AND change_number > :number
            AND failure IS NULL
        ORDER BY at DESC, id DESC LIMIT 100";
    ABOUT: hot = "SELECT at, id, activity, category, service, operation, failure, actor_kind, actor_id, actor_name,
            actor_login, network, targets, details, correlation_id
        FROM audit_event WHERE tenant_id = :tenant AND target_id = :target
        ORDER BY at DESC, id DESC LIMIT :limit";
    FIND: tenant = "SELECT at, id, activity, category, service, operation, failure, actor_kind, actor_id, actor_name,
            actor_login, network, targets, details, correlation_id
        FROM audit_event WHERE tenant_id = :tenant AND id = :id";
    PURGE: hot = "DELETE FROM audit_event WHERE tenant_id = :tenant AND at < :before AND (at, id) IN (
        SELECT at, id FROM audit_event WHERE tenant_id = :tenant AND at < :before ORDER BY at, id LIMIT 100)";
}
