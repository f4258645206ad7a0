//! The audit log on the wire.

use super::{Cursor, Filter, StoredEvent, WORDS, pages, store};
use crate::role::Role;
use ::graph::{Access, Call, Entity, Json, Property, Reply, Route};
use ::store::Read as _;
use delivery::Progress;
use kernel::{AuditEventId, Error, Kind, Result, SignedDuration, Timestamp};
use module::{Module, Platform};
use odata::{Comparison, Filter as Wanted, Literal, QueryOption};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

pub const READ: Access =
    Access::Scoped { delegated: &["AuditLog.Read.All"], application: &["AuditLog.Read.All"] };

const LARGEST_PAGE: u32 = 1000;
const RETENTION_DAYS: i64 = 30;

pub fn module(platform: &Platform) -> Module {
    let (all, one, purging) = (platform.clone(), platform.clone(), platform.clone());
    let routes =
        vec![
            Route::get("/auditLogs/directoryAudits", READ, move |call| list(all.clone(), call)).with_options(
                &[QueryOption::Top, QueryOption::Filter, QueryOption::OrderBy, QueryOption::SkipToken],
            ),
            Route::get("/auditLogs/directoryAudits/{event}", READ, move |call| get(one.clone(), call)),
        ];
    let purge = delivery::Job {
        name: "audit_log.purge",
        every: SignedDuration::from_hours(24),
        run: Arc::new(move |tenant| {
            let platform = purging.clone();
            Box::pin(async move {
                let tenant = platform.tenant(tenant);
                let purged = tenant
                    .write_in_background((), |mut tx, _| async move {
                        let before = tx.now().checked_sub(SignedDuration::from_hours(24 * RETENTION_DAYS));
                        store::purge(&mut tx, before.unwrap_or(Timestamp::UNIX_EPOCH)).await
                    })
                    .await?;
                Ok(if purged == 0 { Progress::Done } else { Progress::More })
            })
        }),
    };
    Module {
        name: "directory::audit_log",
        routes,
        portal: pages::pages(),
        templates: pages::TEMPLATES,
        words: WORDS,
        jobs: vec![purge],
        ..Module::default()
    }
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&EVENT)?;
    may_read(&call)?;
    let size = call.query().page_size(LARGEST_PAGE, LARGEST_PAGE)?;
    newest_first(&call, "activityDateTime")?;
    let filter = call.query().filter.as_ref().map_or_else(|| Ok(Filter::default()), filter)?;
    let after = call.query().skip_token.as_deref().map(page_token).transpose()?;
    let tenant = platform.tenant(call.caller.tenant);
    let mut events = tenant
        .scan((filter, after, size + 1), |mut snapshot, (filter, after, limit)| async move {
            store::list(&mut snapshot, &filter, after, limit).await
        })
        .await?;
    let more = events.len() > usize::try_from(size).unwrap_or(usize::MAX);
    if more {
        events.pop();
    }
    let next =
        events.last().filter(|_| more).map(|event| format!("{}.{}", event.at.as_microsecond(), event.id));
    Ok(Reply::page(&shape, &events, next.as_deref()))
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&EVENT)?;
    may_read(&call)?;
    let not_found =
        || Error::new(Kind::NotFound, "There is no such audit event.").code("Request_ResourceNotFound");
    let id = call
        .key("event")
        .rsplit('_')
        .next()
        .and_then(|id| id.parse::<AuditEventId>().ok())
        .ok_or_else(not_found)?;
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let event = store::find(&mut snapshot, id).await?.ok_or_else(not_found)?;
    Ok(Reply::entity(&shape, &event))
}

/// A person needs a role that reads reports besides the permission.
pub fn may_read(call: &Call) -> Result<()> {
    let readers = [
        Role::GlobalAdministrator,
        Role::GlobalReader,
        Role::SecurityAdministrator,
        Role::SecurityReader,
        Role::ReportsReader,
    ];
    if call.caller.is_application() || readers.iter().any(|role| call.caller.has_role(role.template_id())) {
        return Ok(());
    }
    Err(Error::forbidden(
        "Insufficient privileges to complete the operation. Reading the logs needs a role such as Reports Reader; ask an administrator for it.",
    )
    .code("Authorization_RequestDenied"))
}

/// The lists have one order; asking for it is allowed.
pub fn newest_first(call: &Call, property: &str) -> Result<()> {
    let fits = |order: &odata::OrderBy| {
        order.is_descending && order.property.as_str().eq_ignore_ascii_case(property)
    };
    if call.query().order_by.iter().all(fits) {
        return Ok(());
    }
    Err(Error::bad_request(format!("This list can be ordered by '{property} desc' only."))
        .code("Request_UnsupportedQuery"))
}

/// `and` of conditions on activity and time.
fn filter(wanted: &Wanted) -> Result<Filter> {
    let mut filter = Filter::default();
    for condition in conditions(wanted) {
        let Wanted::Compare { property, comparison, value } = condition else { return Err(unsupported()) };
        match (property.as_str(), comparison) {
            ("activityDisplayName", Comparison::Equal) if filter.activity.is_none() => {
                filter.activity = Some(value.as_text().ok_or_else(unsupported)?);
            }
            ("activityDateTime", comparison) => {
                let (from, until) = bounds(*comparison, value)?;
                filter.from = filter.from.max(from);
                filter.until = match (filter.until, until) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            _ => return Err(unsupported()),
        }
    }
    Ok(filter)
}

/// The parts of an `and`, or the one condition.
pub fn conditions(wanted: &Wanted) -> &[Wanted] {
    match wanted {
        Wanted::And(parts) => parts,
        one => std::slice::from_ref(one),
    }
}

/// A comparison with a time as an inclusive range.
pub fn bounds(comparison: Comparison, value: &Literal) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let at = value.as_date_time().ok_or_else(unsupported)?;
    let tick = SignedDuration::from_micros(1);
    match comparison {
        Comparison::Equal => Ok((Some(at), Some(at))),
        Comparison::GreaterOrEqual => Ok((Some(at), None)),
        Comparison::Greater => Ok((at.checked_add(tick).ok(), None)),
        Comparison::LessOrEqual => Ok((None, Some(at))),
        Comparison::Less => Ok((None, at.checked_sub(tick).ok())),
        Comparison::NotEqual => Err(unsupported()),
    }
}

pub fn unsupported() -> Error {
    Error::bad_request(
        "Unsupported Query. This list is filtered by activity or sign-in properties with eq, and by time with eq, ge, gt, le, lt, joined with and.",
    )
    .code("Request_UnsupportedQuery")
}

pub fn page_token(token: &str) -> Result<Cursor> {
    let parsed = token.split_once('.').and_then(|(at, id)| {
        Some(Cursor {
            at: Timestamp::from_microsecond(at.parse().ok()?).ok()?,
            id: uuid::Uuid::try_parse(id).ok()?,
        })
    });
    parsed.ok_or_else(|| {
        Error::bad_request(
            "The specified page token value is not one Lodge gave out. Start with the first page.",
        )
        .code("Directory_InvalidPageToken")
    })
}

static EVENT: Entity<StoredEvent> =
    Entity::new("microsoft.graph.directoryAudit", "auditLogs/directoryAudits", PROPERTIES);

const PROPERTIES: &[Property<StoredEvent>] = &[
    Property::default("id", |event| {
        Json::Text(format!("Directory_{}_{}", event.correlation, event.id).into())
    }),
    Property::default("category", |event| text(&event.category)),
    Property::default("correlationId", |event| Json::id(event.correlation)),
    Property::default("result", |event| {
        Json::Text(Cow::Borrowed(if event.failure.is_some() { "failure" } else { "success" }))
    }),
    Property::default("resultReason", |event| text(event.failure.as_deref().unwrap_or_default())),
    Property::default("activityDisplayName", |event| text(&event.activity)),
    Property::default("activityDateTime", |event| Json::Time(event.at)),
    Property::default("loggedByService", |event| text(&event.service)),
    Property::default("operationType", |event| text(&event.operation)),
    Property::default("initiatedBy", initiated_by),
    Property::default("targetResources", targets),
    Property::default("additionalDetails", |event| {
        let details = event.details.iter().map(|(key, value)| json!({"key": key, "value": value}));
        Json::Tree(Value::Array(details.collect()))
    }),
];

fn text(value: &str) -> Json<'_> {
    Json::Text(Cow::Borrowed(value))
}

fn initiated_by(event: &StoredEvent) -> Json<'_> {
    let app = matches!(event.actor_kind.as_str(), "application" | "system").then(|| {
        json!({
            "appId": event.actor_login, "displayName": event.actor_name,
            "servicePrincipalId": event.actor_id, "servicePrincipalName": null,
        })
    });
    let user = matches!(event.actor_kind.as_str(), "user" | "anonymous").then(|| {
        json!({
            "id": event.actor_id, "displayName": event.actor_name, "userPrincipalName": event.actor_login,
            "ipAddress": event.network, "userType": null, "homeTenantId": null, "homeTenantName": null,
        })
    });
    Json::Tree(json!({"app": app, "user": user}))
}

fn targets(event: &StoredEvent) -> Json<'_> {
    let target = |target: &super::Target| {
        let changes = target.changes.iter().map(
            |change| json!({"displayName": change.property, "oldValue": change.old, "newValue": change.new}),
        );
        json!({
            "id": target.id, "displayName": target.display_name, "type": target.kind,
            "userPrincipalName": target.user_principal_name, "groupType": null,
            "modifiedProperties": changes.collect::<Vec<_>>(),
        })
    };
    Json::Tree(Value::Array(event.targets.iter().map(target).collect()))
}
