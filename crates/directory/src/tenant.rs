//! Tenants: an organisation's directory, its names and the few settings every slice asks for.
//!
//! On the wire: `GET /v1.0/organization` (Graph: organization), what others may know of a tenant, and the tenant segment of every sign-in
//! address, which is an id or one of the verified domains.

mod graph;
mod information;
mod mail_sender;
mod service;
mod status;
mod store;
#[cfg(test)]
mod tests;

pub use self::graph::module;
pub use self::mail_sender::{
    MailSender, RULES as SENDER_RULES, SENDER_DOMAIN, SenderFacts, choose_mail_sender,
    decide as decide_sender,
};
pub use self::service::{Change, Listed, TenantService};
pub use self::status::{DISABLED, RULES, decide_open};
pub use self::store::{create, find, find_domain, get, resolve};

use kernel::{DomainName, Language, TenantId, Timestamp};
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// Days an invitation's link lives unless the tenant says otherwise.
pub const DEFAULT_LINK_LIFETIME_DAYS: u32 = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    pub id: TenantId,
    pub display_name: String,
    /// The domain the tenant was made with; guests' user principal names end in it.
    pub initial_domain: DomainName,
    /// All verified domains, the initial one first.
    pub domains: Vec<DomainName>,
    pub privacy_statement_url: Option<String>,
    pub notification_language: Option<Language>,
    pub link_lifetime_days: u32,
    /// Whom its mail comes from, if an administrator has chosen.
    pub mail_sender: Option<MailSender>,
    pub created_at: Timestamp,
}

impl Tenant {
    pub fn owns(&self, domain: &DomainName) -> bool {
        self.domains.contains(domain)
    }
}
