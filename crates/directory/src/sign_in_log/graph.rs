//! The sign-in log on the wire.

use super::{Filter, SignInKind, StoredSignIn, elsewhere, pages, store};
use crate::audit_log::{READ, bounds, conditions, may_read, newest_first, page_token, unsupported};
use ::graph::{Call, Entity, Json, Property, Reply, Route, Version};
use ::store::Read as _;
use delivery::Progress;
use kernel::{Error, Kind, Result, SignedDuration, Timestamp};
use module::{Module, Platform};
use odata::{Comparison, Filter as Wanted, Literal, QueryOption};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

const LARGEST_PAGE: u32 = 1000;
const RETENTION_DAYS: i64 = 30;

pub fn module(platform: &Platform) -> Module {
    let (all, one, purging) = (platform.clone(), platform.clone(), platform.clone());
    let routes = vec![
        Route::get("/auditLogs/signIns", READ, move |call| list(all.clone(), call)).with_options(&[
            QueryOption::Top,
            QueryOption::Filter,
            QueryOption::OrderBy,
            QueryOption::SkipToken,
        ]),
        Route::get("/auditLogs/signIns/{signIn}", READ, move |call| get(one.clone(), call)),
    ];
    let purge = delivery::Job {
        name: "sign_in_log.purge",
        every: SignedDuration::from_hours(24),
        run: Arc::new(move |tenant| {
            let platform = purging.clone();
            Box::pin(async move {
                let purge = |mut tx: ::store::Tx, kind: Arc<SignInKind>| async move {
                    let before = tx.now().checked_sub(SignedDuration::from_hours(24 * RETENTION_DAYS));
                    store::purge(&mut tx, *kind, before.unwrap_or(Timestamp::UNIX_EPOCH)).await
                };
                for kind in SignInKind::ALL {
                    if platform.tenant(tenant).write_unordered(kind, purge).await? > 0 {
                        return Ok(Progress::More);
                    }
                }
                Ok(Progress::Done)
            })
        }),
    };
    Module {
        name: "directory::sign_in_log",
        routes,
        portal: pages::pages(),
        templates: pages::TEMPLATES,
        words: web::words!("../../../../locales", "sign_ins"),
        jobs: vec![purge],
        messages: vec![elsewhere::message()],
        ..Module::default()
    }
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&SIGN_IN)?;
    may_read(&call)?;
    let size = call.query().page_size(LARGEST_PAGE, LARGEST_PAGE)?;
    newest_first(&call, "createdDateTime")?;
    let filter = filter(call.query().filter.as_ref(), call.version)?;
    let after = call.query().skip_token.as_deref().map(page_token).transpose()?;
    let mut rows = platform
        .tenant(call.caller.tenant)
        .scan((filter, after, size + 1), |mut snapshot, (filter, after, limit)| async move {
            store::list(&mut snapshot, &filter, after, limit).await
        })
        .await?;
    let more = rows.len() > usize::try_from(size).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| format!("{}.{}", row.at.as_microsecond(), row.id));
    Ok(Reply::page(&shape, &rows, next.as_deref()))
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&SIGN_IN)?;
    may_read(&call)?;
    let not_found =
        || Error::new(Kind::NotFound, "There is no such sign-in.").code("Request_ResourceNotFound");
    let id = uuid::Uuid::try_parse(call.key("signIn")).map_err(|_| not_found())?;
    let found = platform
        .tenant(call.caller.tenant)
        .scan(id, |mut snapshot, id| async move { store::find(&mut snapshot, id).await })
        .await?;
    let visible = found.filter(|row| call.version == Version::Beta || is_interactive(row));
    Ok(Reply::entity(&shape, &visible.ok_or_else(not_found)?))
}

/// `and` of conditions. The beta version may ask for one kind of sign-in instead of the interactive ones.
fn filter(wanted: Option<&Wanted>, version: Version) -> Result<Filter> {
    let mut filter = Filter::of(SignInKind::InteractiveUser);
    for condition in wanted.map(conditions).unwrap_or_default() {
        match condition {
            Wanted::Compare { property, comparison, value } if property.as_str() == "createdDateTime" => {
                let (from, until) = bounds(*comparison, value)?;
                filter.from = filter.from.max(from);
                filter.until = match (filter.until, until) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            Wanted::Compare { property, comparison: Comparison::Equal, value } => {
                let text = || value.as_text().ok_or_else(unsupported);
                match property.as_str() {
                    "appId" => filter.app_id = Some(text()?.parse().map_err(|_| unsupported())?),
                    "userId" => filter.user_id = Some(text()?.parse().map_err(|_| unsupported())?),
                    "userPrincipalName" => filter.user_principal_name = Some(text()?),
                    "status/errorCode" => {
                        let Literal::Integer(code) = value else { return Err(unsupported()) };
                        filter.error_code = Some(*code);
                    }
                    _ => return Err(unsupported()),
                }
            }
            Wanted::Elements { collection, condition: Some(condition), .. }
                if version == Version::Beta && collection.as_str() == "signInEventTypes" =>
            {
                let Wanted::Compare { comparison: Comparison::Equal, value, .. } = &**condition else {
                    return Err(unsupported());
                };
                let kind = value.as_text().and_then(|text| SignInKind::parse(&text));
                filter.kind = kind.ok_or_else(unsupported)?;
            }
            _ => return Err(unsupported()),
        }
    }
    Ok(filter)
}

static SIGN_IN: Entity<StoredSignIn> = Entity::new("microsoft.graph.signIn", "auditLogs/signIns", PROPERTIES);

const PROPERTIES: &[Property<StoredSignIn>] = &[
    Property::default("id", |row| Json::Id(row.id)),
    Property::default("createdDateTime", |row| Json::Time(row.at)),
    Property::default("userDisplayName", |row| text(row.user_display_name.as_deref())),
    Property::default("userPrincipalName", |row| text(row.user_principal_name.as_deref())),
    Property::default("userId", |row| id(row.user_id.map(|id| id.0))),
    Property::default("appId", |row| id(row.app_id.map(|id| id.0))),
    Property::default("appDisplayName", |row| text(row.app_display_name.as_deref())),
    Property::default("ipAddress", |row| text(row.network.as_deref())),
    Property::default("clientAppUsed", |row| text(Some(&row.client_app_used))),
    Property::default("userAgent", |row| text(row.user_agent.as_deref())),
    Property::default("correlationId", |row| Json::id(row.correlation)),
    Property::default("conditionalAccessStatus", |_| text(Some("notApplied"))),
    Property::default("isInteractive", |row| Json::Boolean(is_interactive(row))),
    Property::default("riskDetail", |_| text(Some("none"))),
    Property::default("riskLevelAggregated", |_| text(Some("none"))),
    Property::default("riskLevelDuringSignIn", |_| text(Some("none"))),
    Property::default("riskState", |_| text(Some("none"))),
    Property::default("riskEventTypes", |_| Json::Texts(&[])),
    Property::default("riskEventTypes_v2", |_| Json::Texts(&[])),
    Property::default("resourceDisplayName", |row| text(row.resource_display_name.as_deref())),
    Property::default("resourceId", |row| id(row.resource.map(|id| id.0))),
    Property::default("resourceTenantId", |row| Json::id(row.resource_tenant.unwrap_or(row.tenant))),
    Property::default("homeTenantId", |row| Json::id(row.home_tenant.unwrap_or(row.tenant))),
    Property::default("servicePrincipalId", |row| {
        let of_itself = row.kind == SignInKind::ServicePrincipal;
        id(row.service_principal.filter(|_| of_itself).map(|id| id.0))
    }),
    Property::default("servicePrincipalName", |row| {
        let of_itself = row.kind == SignInKind::ServicePrincipal;
        text(row.app_display_name.as_deref().filter(|_| of_itself))
    }),
    Property::default("status", |row| {
        let status =
            json!({"errorCode": row.error_code, "failureReason": row.failure, "additionalDetails": null});
        Json::Tree(status)
    }),
    Property::default("deviceDetail", |_| {
        Json::Tree(json!({
            "deviceId": "", "displayName": null, "operatingSystem": null, "browser": null,
            "isCompliant": null, "isManaged": null, "trustType": null,
        }))
    }),
    Property::default("location", |_| {
        Json::Tree(json!({
            "city": null, "state": null, "countryOrRegion": null,
            "geoCoordinates": {"altitude": null, "latitude": null, "longitude": null},
        }))
    }),
    Property::default("appliedConditionalAccessPolicies", |_| Json::Tree(Value::Array(Vec::new()))),
    Property::selectable("userType", |row| text(row.user_type.as_deref())),
    Property::selectable("crossTenantAccessType", |row| {
        let is_guest = row.user_type.as_deref() == Some("guest") || row.resource_tenant.is_some();
        text(Some(if is_guest { "b2bCollaboration" } else { "none" }))
    }),
    Property::selectable("signInEventTypes", |row| Json::Tree(json!([row.kind.as_str()]))),
];

fn is_interactive(row: &StoredSignIn) -> bool {
    row.kind == SignInKind::InteractiveUser
}

fn text(value: Option<&str>) -> Json<'_> {
    value.map_or(Json::Null, |value| Json::Text(Cow::Borrowed(value)))
}

fn id(value: Option<uuid::Uuid>) -> Json<'static> {
    value.map_or(Json::Null, Json::Id)
}
