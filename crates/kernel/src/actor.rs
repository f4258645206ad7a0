//! Who does something: every write names one.

use crate::{AppId, ApplicationId, CorrelationId, TenantId, UserId};
use std::net::IpAddr;

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

/// One act: who does it, in which request, from where. Every service takes one, and the audit record keeps it.
#[derive(Clone, Debug)]
pub struct Act {
    pub actor: Actor,
    pub correlation: CorrelationId,
    pub network: Option<IpAddr>,
}

impl Act {
    pub fn new(actor: Actor, correlation: CorrelationId) -> Self {
        Self { actor, correlation, network: None }
    }

    /// Lodge's own doing: jobs, sweeps, the command line.
    pub fn system(name: &'static str, correlation: CorrelationId) -> Self {
        Self::new(Actor::System { name }, correlation)
    }

    #[must_use]
    pub fn from_network(mut self, network: IpAddr) -> Self {
        self.network = Some(network);
        self
    }
}
