//! The routes of everyone's own pages.

use super::own::Own;
use super::{password, sessions};
use crate::password::PasswordService;
use crate::session::{Method, SessionService, SignedIn};
use crate::sign_in::{organization, signed_out};
use crate::visit::Visit;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use collaboration::view::{first_letter, initials};
use directory::application::{self, Application};
use directory::tenant::{self, Tenant};
use kernel::{Error, Result, TenantId, Timestamp};
use module::Platform;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Purpose;
use url::Url;
use web::{GuardedForm, Page, PageContext, Pages};

#[derive(Clone)]
pub struct Account {
    pub platform: Platform,
    pub sessions: SessionService,
    pub passwords: PasswordService,
}

pub fn routes(platform: Platform, passwords: PasswordService) -> Router {
    let sessions = SessionService::new(platform.clone());
    Router::new()
        .route("/account", get(last_used))
        .route("/account/{tenant}", get(home).post(leave))
        .route("/account/{tenant}/profile", get(profile))
        .route("/account/{tenant}/password", get(password::show).post(password::change))
        .route("/account/{tenant}/sessions", get(sessions::show).post(sessions::end))
        .route("/account/{tenant}/apps", get(apps))
        .route("/account/{tenant}/appearance", get(appearance))
        .route("/account/{tenant}/sign-out", get(ask_to_leave).post(leave))
        .with_state(Account { platform, sessions, passwords })
}

async fn last_used(visit: Visit) -> Redirect {
    let browser = visit.browser();
    match browser.as_ref().and_then(|browser| browser.tenants().first()) {
        Some(tenant) => Redirect::to(&super::path(*tenant)),
        None => Redirect::to("/account/sign-in"),
    }
}

async fn home(State(account): State<Account>, own: Own) -> web::Result<Page> {
    let applications = account.applications(own.tenant.id).await?;
    let shown: Vec<_> = applications.iter().take(4).collect();
    let sessions = account.sessions.own(&own.signed_in).await?;
    let shown_sessions: Vec<Value> =
        sessions.iter().take(4).map(|session| sessions::row(session, own.language())).collect();
    let context = json!({
        "user": person(&own.signed_in),
        "since": own_since(&own),
        "sign_in": account.sign_in(&own).await?,
        "applications": shown,
        "application_count": applications.len(),
        "sessions": shown_sessions,
        "other_sessions": sessions.iter().any(|session| !session.is_this),
    });
    own.page("account/home.html", context)
}

async fn profile(State(account): State<Account>, own: Own) -> web::Result<Page> {
    let user = &own.signed_in.user;
    let context = json!({
        "user": person(&own.signed_in),
        "since": own_since(&own),
        "sign_in": account.sign_in(&own).await?,
        "facts": {
            "user_principal_name": user.user_principal_name,
            "mail": user.mail,
            "given_name": user.given_name,
            "surname": user.surname,
            "job_title": user.job_title,
            "company": user.company_name,
            "office": user.office_location,
            "phones": user.business_phones,
            "mobile": user.mobile_phone,
            "id": user.id,
        },
    });
    own.page("account/profile.html", context)
}

async fn apps(State(account): State<Account>, own: Own) -> web::Result<Page> {
    let applications = account.applications(own.tenant.id).await?;
    own.page("account/apps.html", json!({"applications": applications}))
}

async fn appearance(own: Own) -> web::Result<Page> {
    own.page("account/appearance.html", json!({}))
}

async fn ask_to_leave(
    State(account): State<Account>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Page> {
    let tenant = account.tenant(&segment).await?;
    let (page, home) = (page.organization(organization(&tenant)), super::path(tenant.id));
    let Some(signed_in) = account.signed_in(tenant.id, &visit).await? else {
        return Ok(signed_out(&pages, page, &home, 0)?);
    };
    let context = json!({
        "user_name": signed_in.user.address(),
        "stay_url": home,
        "form": {"action": super::sign_out_path(tenant.id), "fields": []},
    });
    Ok(pages.render("session/sign_out.html", page, context)?)
}

#[derive(Deserialize)]
struct LeaveForm {
    #[serde(rename = "do")]
    wish: Wish,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wish {
    SignOut,
}

async fn leave(
    State(account): State<Account>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(LeaveForm { wish: Wish::SignOut }): GuardedForm<LeaveForm>,
) -> web::Result<Response> {
    let tenant = account.tenant(&segment).await?;
    let mut others = 0;
    if let Some(browser) = visit.browser() {
        if let Some(signed_in) = account.sessions.current(tenant.id, &browser).await?.first() {
            account.sessions.end(&browser, signed_in).await?;
        }
        others = account.sessions.everywhere(&browser).await?.len();
    }
    let page = page.organization(organization(&tenant));
    Ok(signed_out(&pages, page, &super::path(tenant.id), others)?.into_response())
}

/// Who somebody is here, as the pages name them.
pub fn person(one: &SignedIn) -> Value {
    let user = &one.user;
    json!({
        "name": user.display_name,
        "initials": initials(&user.display_name),
        "address": user.address(),
        "type": if user.is_guest() { "guest" } else { "member" },
    })
}

fn own_since(own: &Own) -> String {
    let user = &own.signed_in.user;
    day(own.language(), user.external_state_changed_at.unwrap_or(user.created_at))
}

pub fn day(language: web::Language, at: Timestamp) -> String {
    web::format_date(language, at, &jiff::tz::TimeZone::UTC)
}

impl Account {
    pub async fn tenant(&self, segment: &str) -> Result<Tenant> {
        let id = tenant::resolve(self.platform.store(), segment).await?;
        let id = id.ok_or_else(|| Error::not_found("organization"))?;
        tenant::get(&mut self.platform.tenant(id).snapshot().await?).await
    }

    pub async fn signed_in(&self, tenant: TenantId, visit: &Visit) -> Result<Option<SignedIn>> {
        let Some(browser) = visit.browser() else { return Ok(None) };
        Ok(self.sessions.current(tenant, &browser).await?.into_iter().next())
    }

    /// How the person signed in, as a kind and the name of their home organization.
    async fn sign_in(&self, own: &Own) -> Result<Value> {
        Ok(match own.signed_in.method {
            Method::Password => json!({"kind": "password", "home": ""}),
            Method::EmailCode => json!({"kind": "code", "home": ""}),
            Method::Home { tenant } => {
                json!({"kind": "home", "home": self.name_of(own.tenant.id, tenant).await?})
            }
        })
    }

    async fn applications(&self, tenant: TenantId) -> Result<Vec<Value>> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let applications = application::list(&mut snapshot).await?;
        Ok(applications.iter().filter_map(tile).collect())
    }

    async fn name_of(&self, own: TenantId, home: TenantId) -> Result<String> {
        let store = self.platform.store();
        let mut snapshot = store.peer(own, home, Purpose::HomeUserEnabled).await?;
        let home = tenant::find(&mut snapshot).await?;
        Ok(home.map(|home| home.display_name).unwrap_or_default())
    }
}

/// An application with pages of its own, which begin at the root of its first redirect address. A program on
/// somebody's machine is not opened from here.
fn tile(application: &Application) -> Option<Value> {
    let mut addresses = application.redirect_uris.iter().chain(&application.spa_redirect_uris);
    let root = addresses.find_map(|uri| {
        let url = Url::parse(uri).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| format!("{}/", url.origin().ascii_serialization()))
    });
    let url = root.filter(|_| application.enabled)?;
    Some(json!({
        "name": application.display_name,
        "letter": first_letter(&application.display_name),
        "url": url,
        "why": "everyone",
        "through": "",
    }))
}
