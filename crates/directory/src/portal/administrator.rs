//! The one extractor of a portal page.

use super::gate::Meta;
use super::{Once, Portal, Rights, Seen, frame, once, rights};
use crate::tenant::Tenant;
use crate::user::User;
use ::store::{Snapshot, TenantStore};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::request::Parts;
use kernel::{Act, Actor, CorrelationId, Error, Language, Origin, Result, Rng, Timestamp};
use module::Right;
use serde::Serialize;
use std::net::IpAddr;
use std::sync::Arc;
use web::{Failure, Page, PageContext, Pages, Toast};

/// A person who may do what the page is for: signed in at the tenant of the address, holding the page's right.
/// There is none without the gate having asked, so a handler that takes one cannot run for anybody else.
///
/// ```text
/// async fn list(administrator: Administrator) -> web::Result<Page> {
///     let users = user::list(&mut administrator.read().await?, None, 50).await?;
///     administrator.page("user/list.html", json!({"users": users.iter().map(row).collect::<Vec<_>>()}))
/// }
/// ```
#[derive(Clone)]
pub struct Administrator {
    pub tenant: Tenant,
    pub user: User,
    pub rights: Rights,
    pub(super) portal: Portal,
    pub(super) pages: Pages,
    pub(super) page: PageContext,
    pub(super) meta: Arc<Meta>,
    pub(super) correlation: CorrelationId,
    pub(super) network: Option<IpAddr>,
}

impl Administrator {
    pub fn may(&self, right: Right) -> bool {
        self.rights.may(right)
    }

    /// For a part of a page that needs more than the page itself.
    pub fn require(&self, right: Right) -> Result<()> {
        Ok(rights::decide(&self.rights, right)?)
    }

    /// The person as the one who acts, for the services.
    pub fn act(&self) -> Act {
        let actor = Actor::User {
            id: self.user.id,
            display_name: self.user.display_name.clone(),
            user_principal_name: self.user.user_principal_name.clone(),
        };
        Act { actor, correlation: self.correlation, network: self.network }
    }

    pub fn store(&self) -> TenantStore {
        self.portal.platform().tenant(self.tenant.id)
    }

    pub fn now(&self) -> Timestamp {
        self.portal.platform().clock().now()
    }

    pub fn rng(&self) -> Rng {
        self.portal.platform().rng()
    }

    pub async fn read(&self) -> Result<Snapshot> {
        self.store().snapshot().await
    }

    pub fn origin(&self) -> &Origin {
        self.pages.origin()
    }

    pub fn language(&self) -> Language {
        self.page.language()
    }

    /// A message in the language of the page, for titles and toasts made of values.
    pub fn words(&self, key: &str, values: &[(&str, web::Argument<'_>)]) -> String {
        self.pages.templates().catalog().translate(self.language(), key, values)
    }

    /// The address of a page of this portal: `administrator.link("/users")`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", super::path(self.tenant.id))
    }

    /// The text of `<title>` and of the heading, for a page about one thing.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.page = self.page.titled(title);
        self
    }

    /// Lets other slices fill these places of the page: `page.frame.slots["user.tile"]` is then a list of markup.
    pub async fn filled(mut self, slots: &[&'static str], subject: &str) -> Result<Self> {
        for slot in slots {
            let filled = frame::fill(&self, slot, subject).await?;
            if let Some(frame) = self.page.frame_mut() {
                frame.slots.insert((*slot).to_owned(), filled);
            }
        }
        Ok(self)
    }

    /// Renders a template of the slice. It knows `page` and the fields of `context`.
    pub fn page(&self, template: &str, context: impl Serialize) -> web::Result<Page> {
        Ok(self.pages.render(template, self.page.clone(), context)?)
    }

    /// Does what a form asks for, once: a second press, or the back button and another press, leads to where the
    /// first led and does nothing. The work goes on when the browser goes away.
    ///
    /// What it answers with a redirect ([`Administrator::go`]) is done; anything else, such as the form shown again
    /// with its error, or a refusal, leaves the form to be sent again.
    pub fn once<F>(&self, once: Once, work: F) -> impl Future<Output = web::Result<Response>> + Send
    where
        F: Future<Output = web::Result<Response>> + Send + 'static,
    {
        let work = Box::pin(work);
        async move { once::run(self, once, work).await }
    }

    /// Refuses, within a write, when somebody changed the object since the form was filled from it: "Not saved.
    /// Ingrid Holm changed this page at 10:41."
    pub async fn unchanged(
        &self,
        read: &mut impl ::store::Read,
        object: impl Into<kernel::ObjectId>,
        seen: Seen,
    ) -> Result<()> {
        super::seen::unchanged(read, object.into(), seen).await
    }

    /// On to a page of this portal when something is done.
    pub fn go(&self, path: &str) -> Landing {
        Landing { address: self.link(path), toast: None, origin: self.pages.origin().clone() }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Administrator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> web::Result<Self> {
        let admitted = parts.extensions.get::<Self>().cloned();
        Ok(admitted.ok_or_else(|| Error::internal("a page of the portal is not registered as one"))?)
    }
}

/// Where a form leads when it has done its work, and what is said there.
pub struct Landing {
    address: String,
    toast: Option<Toast>,
    origin: Origin,
}

impl Landing {
    #[must_use]
    pub fn toast(mut self, toast: Toast) -> Self {
        self.toast = Some(toast);
        self
    }
}

impl IntoResponse for Landing {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.address).into_response();
        let cookie = self.toast.and_then(|toast| toast.cookie().ok().flatten());
        if let Some(header) = cookie.and_then(|cookie| cookie.header(&self.origin).ok()) {
            response.headers_mut().append(SET_COOKIE, header);
        }
        response
    }
}
