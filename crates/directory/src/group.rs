//! Groups: security groups, and groups of the unified shape that have an address besides.
//!
//! On the wire: `GET|POST /groups`, `GET|PATCH|DELETE /groups/{id}` (Graph: group); members and owners are in
//! [`membership`]. A deleted group is kept 30 days and comes back whole: its members, its owners and the groups it
//! was in. Membership by rule (`DynamicMembership`) is refused, never taken and left unevaluated.

mod description;
mod graph;
pub mod membership;
mod request;
mod rules;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::description::GROUP;
pub use self::graph::{READ, asker};
pub use self::rules::{Manager, RULES};
pub use self::service::{Asker, GroupChanges, GroupService, NewGroup, insert};
pub use self::store::{find, find_deleted};

use crate::audit_log::Target;
use kernel::{GroupId, SignedDuration, Timestamp};
use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// Days a deleted group is kept.
pub const RETENTION_DAYS: i64 = 30;

pub fn module(platform: &Platform) -> Module {
    let service = GroupService::new(platform.clone());
    let mut routes = graph::routes(platform, &service);
    routes.extend(membership::routes(platform, &service));
    let purge = delivery::Job {
        name: "group.purge_deleted",
        every: SignedDuration::from_hours(24),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move { service.purge_deleted(tenant).await })
        }),
    };
    Module {
        name: "directory::group",
        entities: vec![&GROUP],
        routes,
        rules: RULES,
        jobs: vec![purge],
        ..Module::default()
    }
}

/// A group as the directory keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub display_name: String,
    pub mail_nickname: String,
    /// The address of a unified group; a security group has none.
    pub mail: Option<String>,
    pub is_unified: bool,
    pub security_enabled: bool,
    pub description: Option<String>,
    pub visibility: Option<Visibility>,
    pub classification: Option<String>,
    pub preferred_data_location: Option<String>,
    pub preferred_language: Option<String>,
    pub theme: Option<String>,
    /// A name of the client's choice that stays the group's for life.
    pub unique_name: Option<String>,
    pub created_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
}

/// Who may see that a group exists and who is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    Public,
    Private,
    /// Members are seen by members alone.
    HiddenMembership,
}

impl Visibility {
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::HiddenMembership];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
            Self::HiddenMembership => "HiddenMembership",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.as_str().eq_ignore_ascii_case(text))
    }
}

impl Group {
    /// A plain security group, called by the letters of its name.
    pub fn security(id: GroupId, display_name: impl Into<String>, created_at: Timestamp) -> Self {
        let display_name = display_name.into();
        let nickname: String = display_name.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        let mail_nickname = if nickname.is_empty() { id.0.simple().to_string() } else { nickname };
        Self {
            id,
            display_name,
            mail_nickname,
            mail: None,
            is_unified: false,
            security_enabled: true,
            description: None,
            visibility: None,
            classification: None,
            preferred_data_location: None,
            preferred_language: None,
            theme: None,
            unique_name: None,
            created_at,
            deleted_at: None,
        }
    }

    pub fn group_types(&self) -> &'static [&'static str] {
        if self.is_unified { &["Unified"] } else { &[] }
    }

    pub fn hides_members(&self) -> bool {
        self.visibility == Some(Visibility::HiddenMembership)
    }

    pub fn target(&self) -> Target {
        Target::new("Group", self.id, Some(self.display_name.clone()))
    }
}
