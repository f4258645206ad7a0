//! The portal's own pages, and what the gate answers itself.

use super::{Administrator, rights, search};
use crate::audit_log;
use crate::role::{self, Role};
use crate::user::{self, User};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use kernel::Result;
use module::{Group, PortalPage, Right};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Fields, Page, PageContext, Pages, Query};

/// People counted on the home page one by one; beyond it says "more than".
const MOST_COUNTED: u32 = 10_000;

pub fn pages() -> Vec<PortalPage> {
    vec![
        PortalPage::new("", "portal-home", Right::Enter, get(home)).listed(Group::Top, 0, "home"),
        PortalPage::new("/search", "portal-search", Right::Enter, get(find)).below(""),
        PortalPage::new("/help", "portal-help", Right::Enter, get(help))
            .below("")
            .found_by("portal-help-words"),
        PortalPage::new("/signed-in", "portal-signed-in", Right::Enter, get(signed_in)).below(""),
    ]
}

async fn home(administrator: Administrator) -> web::Result<Page> {
    let administrator = administrator.filled(&["home.waiting", "home.tile"], "").await?;
    let mut read = administrator.read().await?;
    let people = user::count(&mut read, MOST_COUNTED).await?;
    let changes = if administrator.may(Right::ReadAuditLogs) {
        audit_log::list(&mut read, &audit_log::Filter::default(), None, 6).await?
    } else {
        Vec::new()
    };
    drop(read);
    let changes: Vec<Value> = changes.iter().map(|event| change(&administrator, event)).collect();
    let context = json!({
        "people": people.all, "guests": people.guests, "is_more": people.all >= MOST_COUNTED,
        "role": administrator.rights.roles().iter().map(|role| role.display_name()).collect::<Vec<_>>().join(", "),
        "changes": changes,
    });
    administrator.page("portal/home.html", context)
}

/// A change as the home page tells it: who, what, when.
fn change(administrator: &Administrator, event: &audit_log::StoredEvent) -> Value {
    let target = event.targets.first().and_then(|target| target.display_name.clone()).unwrap_or_default();
    let at = web::format_date_time(administrator.language(), event.at, &jiff::tz::TimeZone::UTC);
    let icon = match event.operation.as_str() {
        "Add" => "plus",
        "Delete" => "trash",
        "Update" => "pencil",
        _ => "history",
    };
    json!({"icon": icon, "actor": event.actor_name, "activity": event.activity, "target": target, "at": at})
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    part: Option<String>,
}

async fn find(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Page> {
    let groups = search::groups(&administrator, &asked.q).await?;
    let count: usize = groups.iter().filter_map(|group| group["hits"].as_array()).map(Vec::len).sum();
    let template = if asked.part.is_some() { "portal/palette.html" } else { "portal/search.html" };
    administrator.page(template, json!({"q": asked.q, "groups": groups, "count": count}))
}

async fn help(administrator: Administrator) -> web::Result<Page> {
    administrator.page("portal/help.html", json!({}))
}

/// Where a sign-in ends that was begun to go on with a form in another tab.
async fn signed_in(administrator: Administrator) -> web::Result<Page> {
    administrator.page("portal/signed_in.html", json!({}))
}

/// The answer to a person who holds no directory role here.
pub async fn no_entry(administrator: &Administrator) -> Result<Response> {
    let context = json!({
        "givers": givers(administrator).await?,
        "account_url": format!("/account/{}", administrator.tenant.id),
        "switch_url": administrator.portal.sessions().sign_in_path(
            administrator.tenant.id,
            &super::path(administrator.tenant.id),
        ),
        "rule": rights::MISSING_RIGHT.0,
    });
    let page = administrator.pages.render("portal/no_entry.html", administrator.page.clone(), context)?;
    Ok(page.status(StatusCode::FORBIDDEN).into_response())
}

/// The answer to a person who holds a role, but none with this right.
pub async fn refused(administrator: &Administrator, right: Right) -> Result<Response> {
    let administrator = administrator.clone().filled(&["error.actions"], right.words()).await?;
    let givers = givers(&administrator).await?;
    let needed = rights::holders(right).first().copied().unwrap_or(Role::GlobalAdministrator);
    let subject = administrator.words("portal-ask-subject", &[("role", needed.display_name().into())]);
    let first = givers.first().and_then(|giver| giver["address"].as_str());
    let ask_url = first.and_then(|address| letter(address, &subject));
    let context = json!({
        "right": administrator.words(right.words(), &[]),
        "needed": needed.display_name(),
        "held": administrator.rights.roles().iter().map(|role| role.display_name()).collect::<Vec<_>>(),
        "others": rights::holders(right).iter().skip(1).map(|role| role.display_name()).collect::<Vec<_>>(),
        "givers": givers,
        "ask_url": ask_url,
        "rule": rights::MISSING_RIGHT.0,
    });
    let page = administrator.pages.render("portal/refused.html", administrator.page.clone(), context)?;
    Ok(page.status(StatusCode::FORBIDDEN).into_response())
}

/// A letter to be written in the reader's own mail program.
fn letter(to: &str, subject: &str) -> Option<String> {
    let mut url = url::Url::parse(&format!("mailto:{to}")).ok()?;
    url.set_query(Some(&format!("subject={subject}")));
    Some(url.into())
}

/// Who can assign a role. A guest is not told the names of a host's administrators.
async fn givers(administrator: &Administrator) -> Result<Vec<Value>> {
    if administrator.user.is_guest() {
        return Ok(Vec::new());
    }
    let mut read = administrator.read().await?;
    let mut givers: Vec<User> = Vec::new();
    for role in rights::holders(Right::ManageRoles) {
        for id in role::holders(&mut read, *role).await? {
            let user = user::find(&mut read, id).await?;
            givers.extend(user.filter(|user| user.account_enabled && !givers.iter().any(|one| one.id == id)));
        }
    }
    let shown = givers.iter().take(3);
    Ok(shown.map(|user| json!({"name": user.display_name, "address": user.mail})).collect())
}

/// A form whose sign-in ended before it was sent: its fields, to be sent again.
pub fn expired(
    pages: &Pages,
    page: PageContext,
    action: &str,
    sign_in: &str,
    fields: &Fields,
) -> web::Result<Response> {
    let fields: Vec<Value> =
        fields.pairs().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let context = json!({"action": action, "sign_in_url": sign_in, "fields": fields});
    let page = pages.render("portal/expired.html", page, context)?;
    Ok(page.status(StatusCode::UNAUTHORIZED).into_response())
}

/// A form that was sent before and whose end is not known.
pub fn being_sent(administrator: &Administrator) -> web::Result<Page> {
    Ok(administrator.page("portal/being_sent.html", json!({}))?.status(StatusCode::CONFLICT))
}
