//! The one extractor of a page of one's own: the person who is signed in at the tenant of the address, and the
//! frame around their page. Nobody signed in is led to sign in and back.

use super::pages::Account;
use crate::session::{Browser, SignedIn};
use crate::sign_in::{Errand, LocalPath, organization, sign_in_path};
use crate::visit::Visit;
use axum::extract::{FromRequestParts, Path};
use axum::response::{IntoResponse, Redirect, Response};
use directory::portal::{self, Rights};
use directory::role;
use directory::tenant::{self, Tenant};
use http::Method;
use http::request::Parts;
use kernel::{Act, Error, Language, Result};
use module::Right;
use serde_json::Value;
use std::collections::BTreeMap;
use web::{Failure, Frame, House, Item, Page, PageContext, Pages, Section, Toast};

/// Somebody on their own pages.
pub struct Own {
    pub tenant: Tenant,
    pub signed_in: SignedIn,
    pub browser: Browser,
    visit: Visit,
    pages: Pages,
    page: PageContext,
}

/// The pages: below `/account/{tenant}`, with the keys of their titles.
const TABS: [(&str, &str, &str); 6] = [
    ("", "account-home", "home"),
    ("/profile", "account-profile", "user"),
    ("/password", "account-password", "key"),
    ("/sessions", "account-sessions", "device-laptop"),
    ("/apps", "account-apps", "apps"),
    ("/appearance", "account-appearance", "contrast"),
];

impl Own {
    pub fn page(&self, template: &str, context: Value) -> web::Result<Page> {
        Ok(self.pages.render(template, self.page.clone(), context)?)
    }

    pub fn language(&self) -> Language {
        self.page.language()
    }

    pub fn act(&self, account: &Account) -> Act {
        self.visit.act(self.signed_in.actor(), account.platform.rng())
    }

    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    pub fn context(&self) -> PageContext {
        self.page.clone()
    }

    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", super::path(self.tenant.id))
    }

    /// On to one of these pages, where it says what was done.
    pub fn go(&self, path: &str, toast: &Toast, browser: Option<&Browser>) -> Result<Response> {
        let mut response = Redirect::to(&self.link(path)).into_response();
        let cookies = toast.cookie()?.into_iter().chain(browser.map(Browser::cookie));
        for cookie in cookies {
            response.headers_mut().append(http::header::SET_COOKIE, cookie.header(self.pages.origin())?);
        }
        Ok(response)
    }
}

impl FromRequestParts<Account> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, account: &Account) -> Result<Self, Response> {
        let refused = |error: Error| Failure::from(error).into_response();
        let Path(segment) = tenant_of(parts, account).await?;
        let visit = Visit::from_request_parts(parts, account).await.map_err(IntoResponse::into_response)?;
        let pages = Pages::from_request_parts(parts, account).await.map_err(IntoResponse::into_response)?;
        let page =
            PageContext::from_request_parts(parts, account).await.map_err(IntoResponse::into_response)?;
        let tenant = account.tenant(&segment).await.map_err(refused)?;
        let signed_in = account.signed_in(tenant.id, &visit).await.map_err(refused)?;
        let (Some(signed_in), Some(browser)) = (signed_in, visit.browser()) else {
            // A form is filled in anew after signing in; its page is the way back.
            let address = parts.uri.path_and_query().map(http::uri::PathAndQuery::as_str);
            let address = address.filter(|_| parts.method != Method::POST).unwrap_or(parts.uri.path());
            let back = LocalPath::parse(address).unwrap_or_else(|| LocalPath::account(tenant.id));
            return Err(Redirect::to(&sign_in_path(tenant.id, &Errand::to(back))).into_response());
        };
        let frame = frame(account, &tenant, &signed_in, &browser, parts.uri.path()).await.map_err(refused)?;
        let preferred = signed_in.user.preferred_language.as_deref().and_then(Language::from_tag);
        let page = page
            .preferring(preferred)
            .organization(organization(&tenant))
            .visitor(&signed_in.visitor())
            .framed(frame);
        Ok(Self { tenant, signed_in, browser, visit, pages, page })
    }
}

async fn tenant_of(parts: &mut Parts, account: &Account) -> Result<Path<String>, Response> {
    Path::<Vec<(String, String)>>::from_request_parts(parts, account)
        .await
        .ok()
        .and_then(|Path(values)| values.into_iter().find(|(name, _)| name == "tenant"))
        .map(|(_, segment)| Path(segment))
        .ok_or_else(|| Failure::from(Error::not_found("organization")).into_response())
}

async fn frame(
    account: &Account,
    tenant: &Tenant,
    one: &SignedIn,
    browser: &Browser,
    path: &str,
) -> Result<Frame> {
    let mut snapshot = account.platform.tenant(tenant.id).snapshot().await?;
    let rights = Rights::of(role::list_of(&mut snapshot, one.user.id).await?);
    drop(snapshot);
    let base = super::path(tenant.id);
    let here = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let items = TABS.into_iter().map(|(path, label, icon)| Item {
        label,
        icon,
        href: format!("{base}{path}"),
        current: if path.is_empty() {
            !TABS.iter().any(|(other, _, _)| other.strip_prefix('/') == Some(here))
        } else {
            path.strip_prefix('/') == Some(here)
        },
    });
    Ok(Frame {
        portal: rights.may(Right::Enter).then(|| portal::path(tenant.id)),
        account: base.clone(),
        switch: sign_in_path(tenant.id, &Errand::to(LocalPath::account(tenant.id))),
        invite: None,
        sections: vec![Section { title: None, items: items.collect() }],
        crumbs: Vec::new(),
        houses: houses(account, browser, one).await?,
        once: String::new(),
        seen: String::new(),
        may: BTreeMap::new(),
        toast: None,
        slots: BTreeMap::new(),
        base,
    })
}

/// The accounts of this browser, the one in use first.
async fn houses(account: &Account, browser: &Browser, current: &SignedIn) -> Result<Vec<House>> {
    let mut houses = Vec::new();
    for one in account.sessions.everywhere(browser).await? {
        let mut snapshot = account.platform.tenant(one.tenant).snapshot().await?;
        let Some(tenant) = tenant::find(&mut snapshot).await? else { continue };
        let organization = organization(&tenant);
        houses.push(House {
            organization: organization.name,
            letter: organization.letter,
            address: one.user.address().to_owned(),
            href: super::path(tenant.id),
            current: one.session == current.session,
        });
    }
    houses.sort_by_key(|house| !house.current);
    Ok(houses)
}
