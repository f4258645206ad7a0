//! Who calls Graph: what a bearer token proved.

use kernel::{Actor, AppId, ApplicationId, Result, TenantId, UserId};
use std::pin::Pin;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Turns a bearer token into a caller. Whoever holds the keys implements it.
pub trait Authenticate: Send + Sync {
    /// Fails with an unauthenticated error for a token that is not valid for Graph.
    fn authenticate<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>>;

    /// The epoch of the directory: page tokens of an earlier one have ended.
    fn epoch(&self) -> i64 {
        1
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub tenant: TenantId,
    pub subject: Subject,
    /// The client the token was issued to.
    pub app_id: AppId,
    /// Delegated permissions; empty for an application.
    pub scopes: Vec<String>,
    /// Application permissions; empty for a user.
    pub app_roles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    User {
        id: UserId,
        display_name: String,
        user_principal_name: String,
        mail: Option<String>,
        /// Template ids of the directory roles the user holds.
        roles: Vec<String>,
    },
    Application {
        id: ApplicationId,
        display_name: String,
    },
}

impl Caller {
    /// The caller as an audit record names them.
    pub fn actor(&self) -> Actor {
        match &self.subject {
            Subject::User { id, display_name, user_principal_name, .. } => Actor::User {
                id: *id,
                display_name: display_name.clone(),
                user_principal_name: user_principal_name.clone(),
            },
            Subject::Application { id, display_name } => {
                Actor::Application { id: *id, app_id: self.app_id, display_name: display_name.clone() }
            }
        }
    }

    pub fn is_application(&self) -> bool {
        matches!(self.subject, Subject::Application { .. })
    }

    pub fn user_id(&self) -> Option<UserId> {
        match &self.subject {
            Subject::User { id, .. } => Some(*id),
            Subject::Application { .. } => None,
        }
    }

    /// Whether the token carries this delegated permission, or one that includes it.
    pub fn has_scope(&self, scope: &str) -> bool {
        !self.is_application() && self.scopes.iter().any(|held| crate::access::includes(held, scope))
    }

    /// Whether the token carries this application permission, or one that includes it.
    pub fn has_app_role(&self, role: &str) -> bool {
        self.is_application() && self.app_roles.iter().any(|held| crate::access::includes(held, role))
    }

    /// Whether the user holds the directory role with this template id. Applications hold none.
    pub fn has_role(&self, template_id: &str) -> bool {
        match &self.subject {
            Subject::User { roles, .. } => roles.iter().any(|role| role.eq_ignore_ascii_case(template_id)),
            Subject::Application { .. } => false,
        }
    }
}
