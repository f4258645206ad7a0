//! The routes of the account page.

use crate::session::{Method, SessionService, SignedIn};
use crate::sign_in::{Errand, LocalPath, organization, sign_in_path, signed_out};
use crate::visit::Visit;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use collaboration::view::{first_letter, initials};
use directory::application::{self, Application};
use directory::tenant::{self, Tenant};
use kernel::{Error, Language, Result, TenantId};
use module::Platform;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Purpose;
use url::Url;
use web::{GuardedForm, Page, PageContext, Pages};

#[derive(Clone)]
struct Account {
    platform: Platform,
    sessions: SessionService,
}

pub fn routes(platform: Platform) -> Router {
    let sessions = SessionService::new(platform.clone());
    Router::new()
        .route("/account", get(last_used))
        .route("/account/{tenant}", get(home).post(leave))
        .route("/account/{tenant}/sign-out", get(ask_to_leave).post(leave))
        .with_state(Account { platform, sessions })
}

async fn last_used(visit: Visit) -> Redirect {
    let browser = visit.browser();
    match browser.as_ref().and_then(|browser| browser.tenants().first()) {
        Some(tenant) => Redirect::to(&super::path(*tenant)),
        None => Redirect::to("/account/sign-in"),
    }
}

async fn home(
    State(account): State<Account>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Response> {
    let tenant = account.tenant(&segment).await?;
    let Some(signed_in) = account.signed_in(tenant.id, &visit).await? else {
        let errand = Errand::to(LocalPath::account(tenant.id));
        return Ok(Redirect::to(&sign_in_path(tenant.id, &errand)).into_response());
    };
    Ok(account.show(&tenant, &signed_in, &pages, page).await?.into_response())
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
) -> web::Result<Page> {
    let tenant = account.tenant(&segment).await?;
    let mut others = 0;
    if let Some(browser) = visit.browser() {
        if let Some(signed_in) = account.sessions.current(tenant.id, &browser).await?.first() {
            account.sessions.end(&browser, signed_in).await?;
        }
        others = account.sessions.everywhere(&browser).await?.len();
    }
    let page = page.organization(organization(&tenant));
    Ok(signed_out(&pages, page, &super::path(tenant.id), others)?)
}

impl Account {
    async fn tenant(&self, segment: &str) -> Result<Tenant> {
        let id = tenant::resolve(self.platform.store(), segment).await?;
        let id = id.ok_or_else(|| Error::not_found("organization"))?;
        tenant::get(&mut self.platform.tenant(id).snapshot().await?).await
    }

    async fn signed_in(&self, tenant: TenantId, visit: &Visit) -> Result<Option<SignedIn>> {
        let Some(browser) = visit.browser() else { return Ok(None) };
        Ok(self.sessions.current(tenant, &browser).await?.into_iter().next())
    }

    async fn show(&self, tenant: &Tenant, one: &SignedIn, pages: &Pages, page: PageContext) -> Result<Page> {
        let mut snapshot = self.platform.tenant(tenant.id).snapshot().await?;
        let applications = application::list(&mut snapshot).await?;
        drop(snapshot);
        let (kind, home) = match one.method {
            Method::Password => ("password", String::new()),
            Method::EmailCode => ("code", String::new()),
            Method::Home { tenant: home } => ("home", self.name_of(tenant.id, home).await?),
        };
        let user = &one.user;
        let preferred = user.preferred_language.as_deref().and_then(Language::from_tag);
        let page = page.preferring(preferred).organization(organization(tenant)).visitor(&one.visitor());
        let since = user.external_state_changed_at.unwrap_or(user.created_at);
        let context = json!({
            "user": {
                "name": user.display_name,
                "initials": initials(&user.display_name),
                "address": user.address(),
                "type": if user.is_guest() { "guest" } else { "member" },
            },
            "since": web::format_date(page.language(), since, &jiff::tz::TimeZone::UTC),
            "sign_in": {"kind": kind, "home": home},
            "applications": applications.iter().filter_map(tile).collect::<Vec<_>>(),
            "form": {"action": super::path(tenant.id), "fields": []},
        });
        pages.render("account/home.html", page, context)
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
