//! What the sign-in pages show.

use super::desk::{Account, Arrival, Desk};
use super::errand::{self, Errand, Given};
use crate::email_code::{Requested, Standing};
use crate::session::Browser;
use axum::response::{IntoResponse, Redirect, Response};
use collaboration::view::initials;
use directory::application::{self, Application};
use directory::tenant::{self, Tenant};
use http::header::SET_COOKIE;
use kernel::{CorrelationId, Error, Origin, Result, SignedDuration, TenantId, Timestamp};
use serde_json::{Value, json};
use store::Purpose;
use url::Url;
use web::{Organization, Page, PageContext, Pages};

/// A sign-in page to be shown: whose house, for what.
pub(crate) struct Scene {
    pub tenant: Tenant,
    pub errand: Errand,
    pub pages: Pages,
    page: PageContext,
    /// The application's name, if the errand names one that is registered here with this redirect URI.
    application: Option<String>,
    leads_to: Option<Url>,
}

/// How far the password page is.
#[derive(Clone, Copy)]
pub(crate) enum PasswordState {
    Empty,
    Wrong,
    Paused { seconds: u32 },
}

/// How far the code page is.
#[derive(Clone, Copy)]
pub(crate) enum CodeState {
    Asked(Requested),
    Wrong { left: u32 },
    Spent,
    Expired,
}

pub(crate) fn organization(tenant: &Tenant) -> Organization {
    Organization::named(&tenant.display_name).privacy_url(tenant.privacy_statement_url.as_deref())
}

impl Scene {
    pub async fn of(
        desk: &Desk,
        segment: &str,
        given: Given,
        pages: Pages,
        page: PageContext,
    ) -> Result<Self> {
        let tenant = desk.tenant(segment).await?;
        let errand = given.read(tenant.id);
        let application = find_application(desk, tenant.id, &errand).await?;
        let leads_to = application.as_ref().and(errand.client.as_ref()).map(|c| c.redirect_uri.clone());
        let page = page.organization(organization(&tenant)).menu_at(super::sign_in_path(tenant.id, &errand));
        let application = application.map(|application| application.display_name);
        Ok(Self { tenant, errand, pages, page, application, leads_to })
    }

    pub fn user_name(self, entered: &str, is_invalid: bool) -> Result<Page> {
        let context = json!({
            "application": self.application,
            "state": if is_invalid { "invalid" } else { "empty" },
            "entered": entered,
            "enter_code_url": "/redeem",
            "form": self.form("", None),
        });
        self.render("home_realm/user_name.html", context)
    }

    /// The password page of the tenant `at`, which may be the home of a guest of this one.
    pub async fn password(
        mut self,
        desk: &Desk,
        at: TenantId,
        name: &str,
        state: PasswordState,
    ) -> Result<Page> {
        if at != self.tenant.id {
            let store = desk.platform.store();
            let mut snapshot = store.peer(self.tenant.id, at, Purpose::HomeUserByAddress).await?;
            let home = tenant::get(&mut snapshot).await?;
            drop(snapshot);
            self.page = self.page.organization(organization(&home));
        }
        let (state, seconds) = match state {
            PasswordState::Empty => ("empty", 0),
            PasswordState::Wrong => ("wrong", 0),
            PasswordState::Paused { seconds } => ("paused", seconds),
        };
        let context = json!({
            "user_name": name,
            "initials": initials(name),
            "state": state,
            "tries_left": null,
            "pause_minutes": seconds.div_ceil(60),
            "change_url": self.again(),
            "form": self.form("/password", None),
        });
        self.render("password/password.html", context)
    }

    pub fn code(
        self,
        desk: &Desk,
        name: &str,
        entered: &str,
        state: CodeState,
        standing: Option<Standing>,
    ) -> Result<Page> {
        let now = desk.platform.clock().now();
        let (word, left, next) = match state {
            CodeState::Asked(Requested { wait: Some(seconds), .. }) => ("limited", 0, later(now, seconds)),
            CodeState::Asked(_) => ("sent", 0, String::new()),
            CodeState::Wrong { left } => ("wrong", left, String::new()),
            CodeState::Spent => ("too_many", 0, String::new()),
            CodeState::Expired => ("expired", 0, String::new()),
        };
        let sent_at = match state {
            CodeState::Asked(requested) => requested.sent_at,
            _ => standing.map(|standing| standing.sent_at),
        };
        let context = json!({
            "application": self.application,
            "address": name,
            "state": word,
            "entered": if word == "wrong" { entered } else { "" },
            "sent_at": sent_at.map(time).unwrap_or_default(),
            "tries_left": left,
            "next_at": next,
            "sender": self.tenant.sender(desk.platform.sender()).address,
            "change_url": self.again(),
            "form": self.form("/code", Some(name)),
        });
        self.render("email_code/code.html", context)
    }

    pub fn accounts(self, accounts: &[Account]) -> Result<Page> {
        let accounts: Vec<Value> = accounts.iter().map(account).collect();
        let context = json!({
            "application": self.application,
            "accounts": accounts,
            "form": self.form("/account", None),
        });
        self.render("session/accounts.html", context)
    }

    /// Where a sign-in ended.
    pub fn arrived(self, arrival: Arrival, correlation: CorrelationId) -> Result<Response> {
        let origin = self.pages.origin().clone();
        match arrival {
            Arrival::There { browser, path } => go(path.as_str(), &browser, &origin),
            Arrival::Refused { browser, error } => {
                tracing::debug!(%correlation, ?error, "a sign-in was refused after its proof");
                let page = self.pages.error(self.page, &error, correlation)?;
                Ok(page.cookie(&browser.cookie(), &origin)?.into_response())
            }
        }
    }

    fn render(self, name: &str, context: Value) -> Result<Page> {
        let page = self.pages.render(name, self.page, context)?;
        Ok(match &self.leads_to {
            Some(url) => page.form_action(url),
            None => page,
        })
    }

    /// The forms of these pages post below their own address and carry the errand.
    fn form(&self, step: &str, name: Option<&str>) -> Value {
        let fields = self.errand.fields().into_iter().chain(name.map(|name| ("username", name.to_owned())));
        let fields: Vec<Value> = fields.map(|(name, value)| json!({"name": name, "value": value})).collect();
        json!({"action": format!("{}{step}", errand::base(self.tenant.id)), "fields": fields})
    }

    /// Back to the first page, for another name.
    fn again(&self) -> String {
        let errand = Errand { login_hint: None, prompt: super::Prompt::Login, ..self.errand.clone() };
        super::sign_in_path(self.tenant.id, &errand)
    }
}

/// The application of an errand, if it is registered with this redirect URI: what a link says is not repeated.
async fn find_application(desk: &Desk, tenant: TenantId, errand: &Errand) -> Result<Option<Application>> {
    let Some(client) = &errand.client else { return Ok(None) };
    let mut snapshot = desk.platform.tenant(tenant).snapshot().await?;
    let found = application::find_by_app_id(&mut snapshot, client.app_id).await?;
    Ok(found.filter(|app| application::matching_redirect(app, client.redirect_uri.as_str()).is_some()))
}

fn account(account: &Account) -> Value {
    let user = &account.signed_in.user;
    let relation = match &account.here {
        Some(here) if here.is_guest() => "guest",
        Some(_) => "member",
        None => "unknown",
    };
    json!({
        "id": account.signed_in.session,
        "name": user.display_name,
        "initials": initials(&user.display_name),
        "address": user.address(),
        "signed_in": true,
        "relation": relation,
    })
}

/// On to a path of this server with the browser's cookie.
pub(crate) fn go(path: &str, browser: &Browser, origin: &Origin) -> Result<Response> {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().append(SET_COOKIE, browser.cookie().header(origin)?);
    Ok(response)
}

pub(crate) fn time(at: Timestamp) -> String {
    web::format_time(at, &jiff::tz::TimeZone::UTC)
}

fn later(now: Timestamp, seconds: u32) -> String {
    time(now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(now))
}

/// An error of a page whose house is not known.
pub(crate) fn no_organization() -> Error {
    Error::bad_request(
        "This address belongs to no organization here. Open the address that your organization gave you.",
    )
}
