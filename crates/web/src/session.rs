//! Who is at the browser. The cookie's meaning belongs to the sign-in slices; pages only ask.

use crate::Cookies;
use kernel::{Error, SessionId, TenantId, Timestamp, UserId};
use std::future::Future;
use std::pin::Pin;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Turns the cookies of a request into the visitor they prove.
pub trait Sessions: Send + Sync {
    /// The visitor signed in at this tenant, or none. One browser may hold several accounts.
    fn visitor<'a>(
        &'a self,
        cookies: &'a Cookies,
        tenant: TenantId,
    ) -> BoxFuture<'a, kernel::Result<Option<Visitor>>>;

    /// Every account signed in in this browser, the last used tenant first.
    fn visitors<'a>(&'a self, cookies: &'a Cookies) -> BoxFuture<'a, kernel::Result<Vec<Visitor>>>;

    /// The tenant used last in this browser.
    fn last_tenant(&self, cookies: &Cookies) -> Option<TenantId>;

    /// Where to sign in at a tenant, with the accounts of this browser to pick from, and come back to
    /// `return_to`: a path of this server with its query.
    fn sign_in_path(&self, tenant: TenantId, return_to: &str) -> String;

    /// Where to sign in when no tenant is known.
    fn sign_in_anywhere(&self) -> &'static str;
}

/// A person with a live session (a *caller* has a bearer token instead).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    pub tenant: TenantId,
    pub user: UserId,
    pub session: SessionId,
    pub display_name: String,
    pub user_principal_name: String,
    /// The address shown to the person: their mail, else their user principal name.
    pub address: String,
    pub signed_in_at: Timestamp,
}

/// What a page asks for before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepUp {
    /// Nobody is signed in here.
    SignIn,
    /// Somebody is, but too long ago for what they want to do.
    SignInAgain,
}

impl From<StepUp> for Error {
    fn from(step: StepUp) -> Self {
        Self::unauthenticated(match step {
            StepUp::SignIn => "Sign in to see this page.",
            StepUp::SignInAgain => "Sign in once more before you do this.",
        })
    }
}
