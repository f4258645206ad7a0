//! Sessions: which accounts are signed in in a browser.
//!
//! A browser carries one cookie: 32 random bytes, of which the store holds the digest only, and the tenants it
//! has accounts in. Each account is a row in its own tenant, so one browser holds several accounts.
//!
//! **The cookie is renewed whenever something is proven in it** and the rows move along: whoever knew or planted
//! the older value holds nothing. **Every read of a session looks at the user**: one who is switched off, deleted
//! or told to sign in again has no session from that moment on, whatever the rows say. A session never binds
//! anything: it is refused unless issuer and subject are already the user's.

mod browser;
mod own;
pub(crate) mod record;
mod rules;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::browser::{Browser, Device, Renewal};
pub use self::own::OwnSession;
pub use self::rules::{CODE_LIFETIME, LONGEST, LONGEST_IDLE, OpenFacts, RULES, decide_open};
pub(crate) use self::rules::{error_code, unbound};
pub(crate) use self::service::renew;
pub use self::service::{SessionService, open};

use directory::sign_in_log::HomeUser;
use directory::user::User;
use kernel::{SessionId, TenantId, Timestamp, UserId};
use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// The issuer of identities that are proven by a mailed code. Their subject is the address's key.
pub const MAIL_ISSUER: &str = "mail";

pub fn module(platform: &Platform) -> Module {
    let service = SessionService::new(platform.clone());
    let purge = delivery::Job {
        name: "session.purge",
        every: kernel::SignedDuration::from_hours(1),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move { service.purge(tenant).await })
        }),
    };
    Module {
        name: "signin::session",
        rules: RULES,
        templates: TEMPLATES,
        jobs: vec![purge],
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("session/form_fields.html", include_str!("session/pages/form_fields.html")),
    ("session/accounts.html", include_str!("session/pages/accounts.html")),
    ("session/signed_out.html", include_str!("session/pages/signed_out.html")),
];

/// How a person proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Password,
    EmailCode,
    /// With their account at another tenant here.
    Home {
        tenant: TenantId,
    },
}

/// A proof that was just made, and for whom its issuer vouches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    pub method: Method,
    pub issuer: String,
    pub subject: String,
}

impl Proof {
    /// The user's own password, at their own tenant.
    pub fn password(origin: &kernel::Origin, tenant: TenantId, user: UserId) -> Self {
        Self { method: Method::Password, issuer: issuer(origin, tenant), subject: user.to_string() }
    }

    /// A code mailed to the address.
    pub fn email_code(address: &kernel::EmailAddress) -> Self {
        Self { method: Method::EmailCode, issuer: MAIL_ISSUER.to_owned(), subject: address.key().to_owned() }
    }

    /// A live session at the person's home tenant.
    pub fn home(origin: &kernel::Origin, at_home: &SignedIn) -> Self {
        Self {
            method: Method::Home { tenant: at_home.tenant },
            issuer: issuer(origin, at_home.tenant),
            subject: at_home.user.id.to_string(),
        }
    }

    /// The account at the person's home tenant, if that is what was shown.
    pub fn home_user(&self) -> Option<HomeUser> {
        let Method::Home { tenant } = self.method else { return None };
        Some(HomeUser { tenant, user: self.subject.parse().ok()? })
    }
}

/// What a tenant here is called as an issuer.
pub fn issuer(origin: &kernel::Origin, tenant: TenantId) -> String {
    format!("{origin}/{tenant}/v2.0")
}

/// The tenant an issuer names, if it is one of this origin.
pub fn tenant_of_issuer(origin: &kernel::Origin, issuer: &str) -> Option<TenantId> {
    issuer.strip_prefix(origin.as_str())?.strip_prefix('/')?.strip_suffix("/v2.0")?.parse().ok()
}

/// A live session and its user as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub tenant: TenantId,
    pub session: SessionId,
    pub user: User,
    pub method: Method,
    pub issuer: String,
    pub subject: String,
    pub authenticated_at: Timestamp,
}

impl SignedIn {
    pub fn visitor(&self) -> web::Visitor {
        web::Visitor {
            tenant: self.tenant,
            user: self.user.id,
            session: self.session,
            display_name: self.user.display_name.clone(),
            user_principal_name: self.user.user_principal_name.clone(),
            address: self.user.address().to_owned(),
            signed_in_at: self.authenticated_at,
        }
    }

    /// The user as the one who acts.
    pub fn actor(&self) -> kernel::Actor {
        actor(&self.user)
    }
}

pub(crate) fn actor(user: &User) -> kernel::Actor {
    kernel::Actor::User {
        id: user.id,
        display_name: user.display_name.clone(),
        user_principal_name: user.user_principal_name.clone(),
    }
}
