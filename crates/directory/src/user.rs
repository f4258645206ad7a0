//! Users: members and guests of a tenant.
//!
//! On the wire: `GET /users`, `GET|DELETE /users/{id or UPN}`, `GET /me`, `GET /directory/deletedItems/{id}`
//! and `POST …/restore` (Graph: user). A deleted user is kept 30 days and can be restored whole; its names are
//! free for others meanwhile, and whoever restores it is told who holds them.

mod change;
mod description;
mod graph;
mod list;
mod pages;
mod relations;
mod requests;
mod rules;
mod service;
mod sight;
mod store;
#[cfg(test)]
mod tests;

pub use self::change::{PasswordHash, Passwords, UserChangeService, UserChanges};
pub use self::description::{USER, security_identifier};
pub use self::graph::{act, resolve, routes};
pub use self::list::{UserOrder, UserPage, UserQuery, count_listed, count_up_to, list};
pub use self::rules::{CONFLICT_RULE, RULES};
pub use self::service::{NewUser, UserService, manage_facts};
pub use self::sight::listed as may_list;
pub use self::store::{
    Count, add_identity, count, find, find_by_address, find_by_identity, find_by_upn, insert, insert_sponsor,
    save_state, sponsors,
};

use kernel::{ObjectId, SignedDuration, Timestamp, UserId};
use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

pub fn module(platform: &Platform, passwords: &Arc<dyn Passwords>) -> Module {
    let service = UserService::new(platform.clone());
    let portal = pages::pages(&service);
    let purge = delivery::Job {
        name: "user.purge_deleted",
        every: SignedDuration::from_hours(24),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move { service.purge_deleted(tenant).await })
        }),
    };
    Module {
        name: "directory::user",
        routes: routes(platform).into_iter().chain(requests::routes(platform, passwords)).collect(),
        portal,
        searches: vec![pages::search(platform)],
        templates: pages::TEMPLATES,
        words: pages::WORDS,
        rules: RULES,
        entities: vec![&USER],
        jobs: vec![purge],
        ..Module::default()
    }
}

/// Days a deleted user is kept.
pub const RETENTION_DAYS: i64 = 30;

/// A user as the directory keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub user_principal_name: String,
    pub display_name: String,
    pub mail: Option<String>,
    pub mail_nickname: Option<String>,
    pub user_type: UserType,
    pub account_enabled: bool,
    pub creation_type: Option<String>,
    pub external_state: Option<ExternalUserState>,
    pub external_state_changed_at: Option<Timestamp>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub job_title: Option<String>,
    pub mobile_phone: Option<String>,
    pub office_location: Option<String>,
    pub preferred_language: Option<String>,
    pub company_name: Option<String>,
    pub business_phones: Vec<String>,
    pub other_mails: Vec<String>,
    pub proxy_addresses: Vec<String>,
    pub identities: Vec<Identity>,
    pub created_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
    /// Proofs from before this moment (sessions, refresh tokens, invitation links) no longer count.
    pub sessions_valid_from: Timestamp,
    /// Properties that nothing here goes by, under their names on the wire.
    pub more: serde_json::Map<String, serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserType {
    Member,
    Guest,
}

impl UserType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::Guest => "Guest",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Member, Self::Guest].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How far a guest is: null for everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalUserState {
    PendingAcceptance,
    Accepted,
}

impl ExternalUserState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingAcceptance => "PendingAcceptance",
            Self::Accepted => "Accepted",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::PendingAcceptance, Self::Accepted].into_iter().find(|state| state.as_str() == text)
    }
}

/// An identity bound to a user: matched by issuer and subject, never by an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What Graph shows as `issuer`, such as `ExternalAzureAD` or `mail`.
    pub provider: String,
    /// Who vouches: a tenant's issuer here, or `mail`.
    pub issuer: String,
    pub subject: String,
}

impl User {
    pub fn is_guest(&self) -> bool {
        self.user_type == UserType::Guest
    }

    pub fn is_pending(&self) -> bool {
        self.external_state == Some(ExternalUserState::PendingAcceptance)
    }

    /// Authenticates elsewhere: was invited, whatever its user type.
    pub fn is_external(&self) -> bool {
        self.external_state.is_some()
    }

    pub fn object_id(&self) -> ObjectId {
        self.id.into()
    }

    /// How a person knows the user: the address, else the user principal name.
    pub fn address(&self) -> &str {
        self.mail.as_deref().unwrap_or(&self.user_principal_name)
    }

    pub fn target(&self) -> crate::audit_log::Target {
        let mut target = crate::audit_log::Target::new("User", self.id, Some(self.display_name.clone()));
        target.user_principal_name = Some(self.user_principal_name.clone());
        target
    }
}

/// What user principal names are compared by: ASCII case is folded, as for addresses.
pub fn upn_key(user_principal_name: &str) -> String {
    user_principal_name.to_ascii_lowercase()
}
