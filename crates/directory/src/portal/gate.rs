//! The gate: every page of the portal passes it before its handler runs.
//!
//! It finds the tenant, asks who is signed in there, reads their roles, compares them with the page's right, and
//! hands the handler an [`Administrator`]. Nobody signed in is led to sign in and back; a form whose sign-in has
//! ended meanwhile is kept on a page from which it is sent again.

use super::{Administrator, Rights, frame, pages, rights};
use crate::role;
use crate::tenant::{self, Tenant};
use crate::user::{self, User};
use ::store::Read;
use axum::Router;
use axum::extract::{ConnectInfo, FromRequest, RawPathParams, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::Method;
use http::request::Parts;
use kernel::{CorrelationId, Error, Language, Result, TenantId};
use module::{Module, Navigation, Platform, PortalAction, PortalSearch, Right, SlotFiller};
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use web::{
    Cookies, Failure, GuardedFields, Organization, PageContext, Pages, Sessions, Visitor, same_origin,
};

/// What is known of a page before it is asked for.
#[derive(Debug)]
pub struct Meta {
    pub path: &'static str,
    pub title: &'static str,
    pub right: Right,
    /// What a POST needs, if the page answers one.
    pub change: Option<Right>,
    pub navigation: Option<Navigation>,
    pub parent: Option<&'static str>,
    pub keywords: Option<&'static str>,
}

/// The portal as a whole. A cheap handle.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    platform: Platform,
    sessions: Arc<dyn Sessions>,
    pages: Vec<Arc<Meta>>,
    actions: Vec<PortalAction>,
    searches: Vec<PortalSearch>,
    slots: Vec<SlotFiller>,
    sending: super::once::Sending,
}

impl Portal {
    /// Takes the portal's parts out of the modules. Refuses a path given twice, and one below a page that is not.
    /// The router must be behind [`Pages::attach`].
    pub fn build(
        platform: &Platform,
        sessions: Arc<dyn Sessions>,
        modules: &mut [Module],
    ) -> Result<(Self, Router)> {
        let mut metas: Vec<Arc<Meta>> = Vec::new();
        let mut handlers = Vec::new();
        let (mut actions, mut searches, mut slots) = (Vec::new(), Vec::new(), Vec::new());
        for module in modules {
            actions.extend_from_slice(module.actions);
            searches.append(&mut module.searches);
            slots.append(&mut module.slots);
            for page in module.portal.drain(..) {
                let meta = Arc::new(Meta {
                    path: page.path,
                    title: page.title,
                    right: page.right,
                    change: page.change.as_ref().map(|(right, _)| *right),
                    navigation: page.navigation,
                    parent: page.parent,
                    keywords: page.keywords,
                });
                metas.push(meta.clone());
                let change = page.change.map(|(_, change)| change);
                handlers.push((meta, change.into_iter().fold(page.read, |read, change| read.merge(change))));
            }
        }
        check(&metas)?;
        slots.sort_by_key(|filler| filler.order);
        let inner = Inner {
            platform: platform.clone(),
            sessions,
            pages: metas,
            actions,
            searches,
            slots,
            sending: super::once::Sending::default(),
        };
        let portal = Self(Arc::new(inner));
        let mut router = Router::new().route("/portal", get(last_used).with_state(portal.clone()));
        for (meta, handler) in handlers {
            let path = format!("/portal/{{tenant}}{}", meta.path);
            let door = Door { portal: portal.clone(), meta };
            router = router.route(&path, handler.layer(from_fn_with_state(door, admit)));
        }
        Ok((portal, router))
    }

    pub fn platform(&self) -> &Platform {
        &self.0.platform
    }

    pub fn sessions(&self) -> &dyn Sessions {
        &*self.0.sessions
    }

    pub fn pages(&self) -> &[Arc<Meta>] {
        &self.0.pages
    }

    pub fn actions(&self) -> &[PortalAction] {
        &self.0.actions
    }

    pub fn searches(&self) -> &[PortalSearch] {
        &self.0.searches
    }

    pub fn slots(&self) -> &[SlotFiller] {
        &self.0.slots
    }

    pub(super) fn sending(&self) -> &super::once::Sending {
        &self.0.sending
    }

    pub fn page_at(&self, path: &str) -> Option<&Arc<Meta>> {
        self.0.pages.iter().find(|meta| meta.path == path)
    }
}

fn check(metas: &[Arc<Meta>]) -> Result<()> {
    let mut paths = HashSet::new();
    for meta in metas {
        if !paths.insert(meta.path) {
            return Err(Error::internal(format!("the portal page {} is given twice", meta.path)));
        }
    }
    match metas.iter().find(|meta| meta.parent.is_some_and(|parent| !paths.contains(parent))) {
        Some(orphan) => Err(Error::internal(format!("the portal page {} stands below none", orphan.path))),
        None => Ok(()),
    }
}

/// Bare `/portal` leads to the tenant used last in this browser.
async fn last_used(State(portal): State<Portal>, pages: Pages, request: Request) -> Redirect {
    let cookies = Cookies::of(request.headers(), pages.origin());
    match portal.sessions().last_tenant(&cookies) {
        Some(tenant) => Redirect::to(&super::path(tenant)),
        None => Redirect::to(portal.sessions().sign_in_anywhere()),
    }
}

#[derive(Clone)]
struct Door {
    portal: Portal,
    meta: Arc<Meta>,
}

async fn admit(
    State(door): State<Door>,
    params: RawPathParams,
    pages: Pages,
    page: PageContext,
    request: Request,
    next: Next,
) -> Response {
    let values: Vec<(String, String)> =
        params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    match enter(&door, &values, &pages, page, request).await {
        Ok(Admission::Admitted(administrator, mut request)) => {
            let page = administrator.page.clone();
            request.extensions_mut().insert(*administrator);
            let mut response = next.run(request).await;
            Failure::house(&mut response, &page);
            response
        }
        Ok(Admission::Answered(response)) => response,
        Err(failure) => failure.into_response(),
    }
}

enum Admission {
    Admitted(Box<Administrator>, Request),
    Answered(Response),
}

async fn enter(
    door: &Door,
    values: &[(String, String)],
    pages: &Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Admission> {
    let Door { portal, meta } = door;
    let changes = request.method() == Method::POST;
    if changes {
        same_origin(request.headers(), pages.origin())?;
    }
    let tenant = find_tenant(portal, values).await?;
    let page = page.organization(
        Organization::named(&tenant.display_name).privacy_url(tenant.privacy_statement_url.as_deref()),
    );
    let cookies = Cookies::of(request.headers(), pages.origin());
    let Some(visitor) = portal.sessions().visitor(&cookies, tenant.id).await? else {
        return Ok(Admission::Answered(nobody(portal, &tenant, pages, page, request).await?));
    };
    let (user, rights, number) = person(portal, &visitor).await?;
    let preferred = user.preferred_language.as_deref().and_then(Language::from_tag);
    let page = page.preferring(preferred).visitor(&visitor);
    let (parts, body) = request.into_parts();
    let mut administrator = Administrator {
        tenant,
        user,
        rights,
        portal: portal.clone(),
        pages: pages.clone(),
        page,
        meta: meta.clone(),
        correlation: correlation(portal, &parts),
        network: parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(address)| address.ip().to_canonical()),
    };
    if !administrator.may(Right::Enter) {
        return Ok(Admission::Answered(pages::no_entry(&administrator).await?));
    }
    frame::raise(&mut administrator, &cookies, values, number).await?;
    let right = if changes { meta.change.unwrap_or(meta.right) } else { meta.right };
    if let Err(refusal) = rights::decide(&administrator.rights, right) {
        tracing::debug!(rule = refusal.rule.0, path = meta.path, "a page of the portal was refused");
        return Ok(Admission::Answered(pages::refused(&administrator, right).await?));
    }
    Ok(Admission::Admitted(Box::new(administrator), Request::from_parts(parts, body)))
}

async fn find_tenant(portal: &Portal, values: &[(String, String)]) -> Result<Tenant> {
    let unknown = || Error::not_found("organization");
    let (_, segment) = values.iter().find(|(name, _)| name == "tenant").ok_or_else(unknown)?;
    let id: TenantId = tenant::resolve(portal.platform().store(), segment).await?.ok_or_else(unknown)?;
    tenant::get(&mut portal.platform().tenant(id).snapshot().await?).await
}

/// The user behind the session, what they may, and the number of the last change before the page was read.
async fn person(portal: &Portal, visitor: &Visitor) -> Result<(User, Rights, i64)> {
    let mut snapshot = portal.platform().tenant(visitor.tenant).snapshot().await?;
    let number = snapshot.versions().await?.change_number;
    let user = user::find(&mut snapshot, visitor.user).await?;
    let user = user.ok_or_else(|| Error::from(web::StepUp::SignIn))?;
    let roles = role::list_of(&mut snapshot, user.id).await?;
    Ok((user, Rights::of(roles), number))
}

/// The answer to a browser that nobody is signed in with at this tenant.
async fn nobody(
    portal: &Portal,
    tenant: &Tenant,
    pages: &Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let address =
        request.uri().path_and_query().map_or("/portal", http::uri::PathAndQuery::as_str).to_owned();
    if request.method() != Method::POST {
        let sign_in = portal.sessions().sign_in_path(tenant.id, &address);
        return Ok(Redirect::to(&sign_in).into_response());
    }
    let GuardedFields(fields) = GuardedFields::from_request(request, &()).await?;
    let sign_in = portal.sessions().sign_in_path(tenant.id, &format!("{}/signed-in", super::path(tenant.id)));
    pages::expired(pages, page.menu_at(super::path(tenant.id)), &address, &sign_in, &fields)
}

fn correlation(portal: &Portal, parts: &Parts) -> CorrelationId {
    let known = parts.extensions.get::<CorrelationId>().copied();
    known.unwrap_or_else(|| CorrelationId(portal.platform().rng().uuid()))
}
