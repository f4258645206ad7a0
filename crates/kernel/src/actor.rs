//! Who does something: every write names one.

use crate::{AppId, ApplicationId, TenantId, UserId};

/// The one who acts, as the audit record names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, through a page or through an application on their behalf.
    User { id: UserId, display_name: String, user_principal_name: String },
    /// An application with a token of its own.
    Application { id: ApplicationId, app_id: AppId, display_name: String },
    /// A guest who has proven nothing yet, at the redemption pages of a tenant.
    Anonymous { tenant: TenantId },
    /// Lodge itself: jobs, sweeps, the command line.
    System { name: &'static str },
}

impl Actor {
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            _ => None,
        }
    }
}
