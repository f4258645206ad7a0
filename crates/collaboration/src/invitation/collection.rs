//! `/lodge/v1.0/invitations`: what Graph lacks. Invitations as a collection, one sent again, one withdrawn.

use super::store::{self, PendingQuery};
use super::{Invitation, InvitationService, graph as wire};
use ::graph::{Access, Call, Entity, Json, Property, Reply, Route};
use ::store::Read as _;
use directory::audit_log::{conditions, page_token};
use directory::user;
use kernel::{Error, InvitationId, Result, Timestamp};
use odata::{Comparison, Filter, QueryOption};
use serde_json::json;
use std::borrow::Cow;

const READ: Access = Access::Scoped {
    delegated: &["User.Read.All", "User.Invite.All", "Directory.Read.All"],
    application: &["User.Read.All", "User.Invite.All", "Directory.Read.All"],
};

const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 999;

pub fn routes(service: &InvitationService) -> Vec<Route> {
    let (all, one, again, ending) = (service.clone(), service.clone(), service.clone(), service.clone());
    vec![
        Route::get("/invitations", READ, move |call| list(all.clone(), call))
            .with_options(&[QueryOption::Top, QueryOption::Filter, QueryOption::SkipToken])
            .beside_graph(),
        Route::get("/invitations/{invitation}", READ, move |call| get(one.clone(), call)).beside_graph(),
        Route::post("/invitations/{invitation}/resend", wire::INVITE, move |call| {
            resend(again.clone(), call)
        })
        .beside_graph(),
        Route::post("/invitations/{invitation}/withdraw", wire::INVITE, move |call| {
            withdraw(ending.clone(), call)
        })
        .beside_graph(),
    ]
}

/// An invitation and the moment it is looked at.
struct Seen {
    invitation: Invitation,
    now: Timestamp,
}

/// The invitations that wait, the oldest first.
async fn list(service: InvitationService, call: Call) -> Result<Reply> {
    let shape = call.shape(&INVITATION)?;
    let tenant = service.platform().tenant(call.caller.tenant);
    user::may_list(&mut tenant.snapshot().await?, &call).await?;
    let size = call.query().page_size(PAGE, LARGEST_PAGE)?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let now = service.platform().clock().now();
    let mut query = call
        .query()
        .filter
        .as_ref()
        .map_or_else(|| Ok(PendingQuery::default()), |filter| read_filter(filter, now))?;
    if let Some(token) = &call.query().skip_token {
        let cursor = page_token(token)?;
        query.after = Some((cursor.at, InvitationId(cursor.id)));
    }
    let read =
        move |mut snapshot, query| async move { store::list_pending(&mut snapshot, &query, size + 1).await };
    let mut found = tenant.scan(query, read).await?;
    let more = found.len() > size;
    found.truncate(size);
    let next =
        found.last().filter(|_| more).map(|last| format!("{}.{}", last.issued_at.as_microsecond(), last.id));
    let seen: Vec<Seen> = found.into_iter().map(|invitation| Seen { invitation, now }).collect();
    Ok(Reply::page(&shape, &seen, next.as_deref()))
}

async fn get(service: InvitationService, call: Call) -> Result<Reply> {
    let shape = call.shape(&INVITATION)?;
    let mut snapshot = service.platform().tenant(call.caller.tenant).snapshot().await?;
    user::may_list(&mut snapshot, &call).await?;
    let invitation = store::find(&mut snapshot, key(&call)?).await?.ok_or_else(unknown)?;
    Ok(Reply::entity(&shape, &Seen { invitation, now: snapshot.now() }))
}

async fn resend(service: InvitationService, call: Call) -> Result<Reply> {
    let shape = call.shape(&INVITATION)?;
    let (tenant, act) = (call.caller.tenant, user::act(&call));
    let invited = service.resend(tenant, act, wire::rights(&call), key(&call)?).await?;
    let now = service.platform().clock().now();
    Ok(Reply::entity(&shape, &Seen { invitation: invited.invitation, now }))
}

async fn withdraw(service: InvitationService, call: Call) -> Result<Reply> {
    let shape = call.shape(&INVITATION)?;
    let (tenant, act) = (call.caller.tenant, user::act(&call));
    let invitation = service.withdraw(tenant, act, wire::rights(&call), key(&call)?).await?;
    let now = service.platform().clock().now();
    Ok(Reply::entity(&shape, &Seen { invitation, now }))
}

fn key(call: &Call) -> Result<InvitationId> {
    call.key("invitation").parse().map_err(|_| unknown())
}

fn unknown() -> Error {
    Error::not_found("invitation").code("Request_ResourceNotFound")
}

/// `and` of `state eq 'waiting'` or `'expired'`, `invitedBy eq '{id}'`, `sentDateTime lt …`.
fn read_filter(wanted: &Filter, now: Timestamp) -> Result<PendingQuery> {
    let mut query = PendingQuery::default();
    for condition in conditions(wanted) {
        let Filter::Compare { property, comparison, value } = condition else { return Err(unsupported()) };
        match (property.as_str(), comparison) {
            ("state", Comparison::Equal) => match value.as_text().as_deref() {
                Some("waiting") => query.ends.0 = now,
                Some("expired") => query.ends.1 = now,
                _ => return Err(unsupported()),
            },
            ("invitedBy", Comparison::Equal) => {
                let id = value.as_text().and_then(|text| text.parse().ok()).ok_or_else(unsupported)?;
                query.inviter = Some(id);
            }
            ("sentDateTime", Comparison::Less) => {
                query.issued_before = value.as_date_time().ok_or_else(unsupported)?;
            }
            _ => return Err(unsupported()),
        }
    }
    Ok(query)
}

fn unsupported() -> Error {
    let message = "Unsupported Query. Pending invitations are filtered by state eq 'waiting' or 'expired', invitedBy eq a user's id, and sentDateTime lt a time, joined with and.";
    Error::bad_request(message).code("Request_UnsupportedQuery")
}

static INVITATION: Entity<Seen> = Entity::new("lodge.invitation", "invitations", PROPERTIES);

const PROPERTIES: &[Property<Seen>] = &[
    Property::default("id", |seen| Json::id(seen.invitation.id)),
    Property::default("invitedUserEmailAddress", |seen| {
        Json::Text(Cow::Borrowed(seen.invitation.address.as_str()))
    }),
    Property::default("invitedUser", |seen| Json::Tree(json!({"id": seen.invitation.user}))),
    Property::default("state", |seen| Json::Text(Cow::Borrowed(seen.state()))),
    Property::default("sentDateTime", |seen| Json::Seconds(seen.invitation.issued_at)),
    Property::default("linkEndsDateTime", |seen| Json::Seconds(seen.invitation.expires_at)),
    Property::default("inviteRedirectUrl", |seen| Json::Text(Cow::Borrowed(&seen.invitation.redirect_url))),
    Property::default("invitedBy", |seen| {
        let inviter = seen.invitation.inviter.as_ref();
        Json::Tree(inviter.map_or(
            serde_json::Value::Null,
            |inviter| json!({"id": inviter.id, "displayName": inviter.display_name}),
        ))
    }),
];

impl Seen {
    /// An open one is `waiting` until its link ends.
    fn state(&self) -> &'static str {
        match self.invitation.state {
            super::State::Open if self.invitation.is_expired(self.now) => "expired",
            super::State::Open => "waiting",
            other => other.as_str(),
        }
    }
}
