//! The sign-in log: who signed in to what, from where, and why it failed.
//!
//! On the wire it is `GET /auditLogs/signIns` (Graph: signIn), which lists interactive sign-ins unless the beta
//! version is asked for others. An interactive sign-in and a failure that counts are recorded in the transaction of
//! what they decide. Everything else (a token from a refresh token, a client's own token) goes through a buffer in
//! memory that is written at least every 250 ms and at shutdown, so that no token waits for the disk: a crash may
//! lose that much of the log, and of nothing else.

mod buffer;
mod graph;
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
    pub application: Option<SignInApplication>,
    pub resource: Option<SignInResource>,
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
    /// Where the account lives, if that is another tenant of this Lodge.
    pub home_tenant: Option<TenantId>,
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
