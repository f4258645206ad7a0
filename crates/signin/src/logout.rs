//! `/{tenant}/oauth2/v2.0/logout` and its v1 twin (graph.md 24.8; OpenID Connect RP-Initiated Logout 1.0).
//!
//! An application that shows an ID token, or names an address that is registered here, signs its person out at
//! once, as clients expect. A bare link does not: it leads to the person's own page, which has the button. Signed out are the browser's
//! accounts in this tenant, and the accounts elsewhere that they were opened with, or signing in again would ask
//! nothing.

use crate::endpoint;
use crate::protocol::{Parameters, RedirectUri, ResponseMode};
use crate::session::{Browser, Method, SessionService, SignedIn};
use crate::sign_in::organization;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use directory::application::{self, Application};
use directory::signing_key::SigningKeyService;
use directory::tenant::{self, Tenant};
use http::header::{CACHE_CONTROL, LOCATION};
use http::{HeaderValue, StatusCode};
use kernel::{AppId, Error, Result, SessionId, TenantId};
use module::{Module, Platform};
use serde::Deserialize;
use store::Snapshot;
use web::{Cookies, PageContext, Pages};

#[derive(Clone)]
pub struct Logout {
    platform: Platform,
    signing_keys: SigningKeyService,
    sessions: SessionService,
}

impl Logout {
    pub fn new(platform: Platform, signing_keys: SigningKeyService, sessions: SessionService) -> Self {
        Self { platform, signing_keys, sessions }
    }
}

pub fn module(logout: Logout) -> Module {
    let routes = Router::new()
        .route("/{tenant}/oauth2/v2.0/logout", get(asked).post(posted))
        .route("/{tenant}/oauth2/logout", get(asked).post(posted))
        .with_state(logout);
    Module { name: "signin::logout", pages: Some(Box::new(move |_| routes)), ..Module::default() }
}

/// What an ID token says about a sign-in. An expired one is good enough to end it.
#[derive(Deserialize)]
struct Hint {
    aud: AppId,
    sid: Option<SessionId>,
}

async fn asked(
    State(logout): State<Logout>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let (parts, _) = request.into_parts();
    let parameters = Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let parameters = parameters.map_err(|fault| Error::bad_request(fault.sentence()))?;
    let cookies = Cookies::of(&parts.headers, logout.platform.origin());
    Ok(logout.answer(&segment, &parameters, &cookies, &pages, page).await?)
}

async fn posted(
    State(logout): State<Logout>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let (parts, body) = request.into_parts();
    let parameters = endpoint::read_form(&parts.headers, body).await;
    let parameters = parameters.map_err(|fault| Error::bad_request(fault.sentence()))?;
    let cookies = Cookies::of(&parts.headers, logout.platform.origin());
    Ok(logout.answer(&segment, &parameters, &cookies, &pages, page).await?)
}

impl Logout {
    async fn answer(
        &self,
        segment: &str,
        parameters: &Parameters,
        cookies: &Cookies,
        pages: &Pages,
        page: PageContext,
    ) -> Result<Response> {
        let tenant = tenant::resolve(self.platform.store(), segment).await?;
        let tenant = tenant.ok_or_else(|| Error::not_found("tenant"))?;
        let hint = self.hint(tenant, parameters.get("id_token_hint")).await?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let shown = tenant::get(&mut snapshot).await?;
        let application = application(&mut snapshot, parameters, hint.as_ref()).await?;
        let back = back(&mut snapshot, self.platform.origin(), parameters, application.as_ref()).await?;
        drop(snapshot);
        if hint.is_none() && back.is_none() {
            return redirect(&format!("/account/{tenant}"));
        }
        let mut others = 0;
        if let Some(browser) = Browser::of(cookies) {
            self.end(tenant, &browser, hint.and_then(|hint| hint.sid)).await?;
            others = self.sessions.everywhere(&browser).await?.len();
        }
        match back {
            Some(back) => redirect(&back),
            None => signed_out(&shown, application.as_ref(), others, pages, page),
        }
    }

    async fn hint(&self, tenant: TenantId, token: Option<&str>) -> Result<Option<Hint>> {
        let Some(token) = token else { return Ok(None) };
        let ring = self.signing_keys.ring(tenant).await?;
        let claims = ring.verify(token, self.platform.clock().now());
        Ok(claims.and_then(|claims| claims.decode().ok()))
    }

    /// Ends the session that a hint names, if the browser has it, else all of the browser's in the tenant.
    async fn end(&self, tenant: TenantId, browser: &Browser, session: Option<SessionId>) -> Result<()> {
        let accounts = self.sessions.current(tenant, browser).await?;
        let named = accounts.iter().any(|one| Some(one.session) == session);
        for one in accounts.iter().filter(|one| !named || Some(one.session) == session) {
            self.end_at_home(browser, one).await?;
            self.sessions.end(browser, one).await?;
        }
        Ok(())
    }

    async fn end_at_home(&self, browser: &Browser, one: &SignedIn) -> Result<()> {
        let Method::Home { tenant } = one.method else { return Ok(()) };
        let at_home = self.sessions.current(tenant, browser).await?;
        for account in at_home.iter().filter(|account| account.user.id.to_string() == one.subject) {
            self.sessions.end(browser, account).await?;
        }
        Ok(())
    }
}

fn signed_out(
    tenant: &Tenant,
    application: Option<&Application>,
    others: usize,
    pages: &Pages,
    page: PageContext,
) -> Result<Response> {
    let again = format!("/account/{}", tenant.id);
    let words = minijinja::context! {
        application => application.map(|application| application.display_name.clone()),
        others => others,
        continue_url => Option::<String>::None,
        sign_in_url => again.clone(),
    };
    let page =
        page.organization(organization(tenant)).preferring(tenant.notification_language).menu_at(again);
    Ok(pages.render("session/signed_out.html", page, words)?.into_response())
}

/// The application that asks, as its ID token or its name says.
async fn application(
    snapshot: &mut Snapshot,
    parameters: &Parameters,
    hint: Option<&Hint>,
) -> Result<Option<Application>> {
    let named = parameters.get("client_id").and_then(|text| text.parse().ok());
    match hint.map(|hint| hint.aud).or(named) {
        Some(app_id) => application::find_by_app_id(snapshot, app_id).await,
        None => Ok(None),
    }
}

/// Where to go afterwards: a registered address of the application or, if none is known, of any application of the
/// tenant.
async fn back(
    snapshot: &mut Snapshot,
    origin: &kernel::Origin,
    parameters: &Parameters,
    application: Option<&Application>,
) -> Result<Option<String>> {
    let Some(asked) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
    let is_registered = match application {
        Some(application) => RedirectUri::find(application, Some(asked)).is_some(),
        None => application::is_registered_redirect(snapshot, origin, asked).await?,
    };
    if !is_registered {
        return Ok(None);
    }
    let state = parameters.get("state").filter(|state| state.len() <= 8 * 1024);
    Ok(Some(match state {
        Some(state) => RedirectUri::append(asked, ResponseMode::Query, &[("state", state)]),
        None => asked.to_owned(),
    }))
}

fn redirect(location: &str) -> Result<Response> {
    let location = HeaderValue::try_from(location).map_err(Error::internal)?;
    let headers = [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::FOUND, headers).into_response())
}
