//! The sign-in log: who signed in to what, from where, and why it failed.
//!
//! On the wire it is `GET /auditLogs/signIns` (Graph: signIn), which lists interactive sign-ins unless the beta
//! version is asked for others. An interactive sign-in and a failure that counts are recorded in the transaction of
//! what they decide. Everything else (a token from a refresh token, a client's own token) goes through a buffer in
//! memory that is written at least every 250 ms and at shutdown, so that no token waits for the disk: a crash may
//! lose that much of the log, and of nothing else.
//!
//! A guest's interactive sign-in is also kept in the tenant their account belongs to: see [`elsewhere`].

mod buffer;
mod elsewhere;
mod graph;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use self::buffer::SignInLog;
pub use self::graph::module;
pub use self::store::{Filter, StoredSignIn, list, record_interactive};

use kernel::{AppId, ApplicationId, CorrelationId, TenantId, UserId};
use module::Tables;
use std::net::IpAddr;
use uuid::Uuid;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// One sign-in, as it is recorded.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Also the `uti` of the token it led to.
    pub id: Uuid,
    pub kind: SignInKind,
    pub correlation: CorrelationId,
    pub user: Option<SignInUser>,
    /// The account that was shown, if it is one of another tenant of this Lodge.
    pub home: Option<HomeUser>,
    pub application: Option<SignInApplication>,
    pub resource: Option<SignInResource>,
    /// Another tenant that was signed in to, as its guest.
    pub resource_tenant: Option<TenantId>,
    pub client: ClientApp,
    pub network: Option<IpAddr>,
    pub user_agent: Option<String>,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInKind {
    /// Somebody was at the screen.
    InteractiveUser,
    /// A client acted on somebody's behalf, such as with a refresh token.
    NonInteractiveUser,
    /// A client acted for itself.
    ServicePrincipal,
}

impl SignInKind {
    pub const ALL: [Self; 3] = [Self::InteractiveUser, Self::NonInteractiveUser, Self::ServicePrincipal];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::InteractiveUser => "interactiveUser",
            Self::NonInteractiveUser => "nonInteractiveUser",
            Self::ServicePrincipal => "servicePrincipal",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInUser {
    pub id: UserId,
    pub display_name: String,
    pub user_principal_name: String,
    pub is_guest: bool,
}

/// A user of the tenant that somebody comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeUser {
    pub tenant: TenantId,
    pub user: UserId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInApplication {
    pub app_id: AppId,
    pub id: ApplicationId,
    pub display_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInResource {
    pub app_id: AppId,
    pub display_name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientApp {
    Browser,
    MobileAppsAndDesktopClients,
}

impl ClientApp {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "Browser",
            Self::MobileAppsAndDesktopClients => "Mobile Apps and Desktop clients",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    /// The number of the `AADSTS` error that the client was given, and why in one sentence.
    Failure {
        error_code: u32,
        reason: String,
    },
}
