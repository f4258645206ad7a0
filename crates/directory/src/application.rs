//! Applications: clients that sign people in or act for themselves, with their service principal in one.
//!
//! Registration over Graph comes later; a seed and the command line make them. A secret is kept as an HMAC-SHA-256
//! under the tenant's key: it is long and random, so nothing slower is needed, and a stolen database answers no
//! guess. What is granted are permissions of Graph, by name.

mod description;
mod redirect;
mod registration;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub mod well_known;

pub use self::description::SERVICE_PRINCIPAL;
pub use self::redirect::{RedirectKind, matching_redirect};
pub use self::registration::{InvalidRegistration, check_registration, graph_audiences};
pub use self::service::{
    NewApplication, NewSecret, check_secret, find_by_app_id, find_home, grant_app_roles, grant_scopes,
    granted_app_roles, granted_scopes, insert, is_registered_redirect,
};
pub use self::store::{find, list};

use kernel::{AppId, ApplicationId, Timestamp};
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// An application as its tenant keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The object id of its service principal.
    pub id: ApplicationId,
    pub app_id: AppId,
    pub display_name: String,
    /// Cannot keep a secret: a program on somebody's machine, or a page.
    pub is_public: bool,
    pub enabled: bool,
    /// Of a web server, which can keep a secret.
    pub redirect_uris: Vec<String>,
    pub spa_redirect_uris: Vec<String>,
    pub public_client_redirect_uris: Vec<String>,
    pub identifier_uris: Vec<String>,
    pub created_at: Timestamp,
}

impl Application {
    pub fn target(&self) -> crate::audit_log::Target {
        crate::audit_log::Target::new("ServicePrincipal", self.id, Some(self.display_name.clone()))
    }
}
