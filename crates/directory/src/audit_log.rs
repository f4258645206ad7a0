//! The audit log: one event for every change, written in the change's own transaction.
//!
//! On the wire it is `GET /v1.0/auditLogs/directoryAudits` (Graph: directoryAudit). Events live 30 days.

mod graph;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use self::graph::module;
pub use self::graph::{READ, bounds, conditions, may_read, newest_first, page_token, unsupported};
pub use self::store::{Cursor, Filter, StoredEvent, last_change, list, list_about};

use kernel::{Act, Actor, AuditEventId, ObjectId, Result, Rng};
use module::Tables;

/// Also the words that all lists of records share.
const WORDS: &[web::Resource] = web::words!("../../../locales", "records");

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// What is recorded. Names are those of the field: see `activityDisplayName` in Graph's reference.
#[derive(Clone, Debug)]
pub struct Event {
    pub activity: &'static str,
    pub service: Service,
    pub category: &'static str,
    pub operation: Operation,
    /// Empty for a success, else why it failed.
    pub failure: Option<String>,
    pub targets: Vec<Target>,
    pub details: Vec<(&'static str, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    CoreDirectory,
    InvitedUsers,
    Authentication,
}

impl Service {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::CoreDirectory => "Core Directory",
            Self::InvitedUsers => "Invited Users",
            Self::Authentication => "Authentication Methods",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Add,
    Update,
    Delete,
    Other,
}

impl Operation {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Other => "Other",
        }
    }
}

/// What was acted on.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub id: ObjectId,
    pub kind: String,
    pub display_name: Option<String>,
    pub user_principal_name: Option<String>,
    #[serde(default)]
    pub changes: Vec<Modified>,
}

/// One property that changed, as JSON texts.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Modified {
    pub property: String,
    pub old: String,
    pub new: String,
}

impl Event {
    pub fn new(activity: &'static str, service: Service, operation: Operation) -> Self {
        Self {
            activity,
            service,
            category: "UserManagement",
            operation,
            failure: None,
            targets: Vec::new(),
            details: Vec::new(),
        }
    }

    #[must_use]
    pub fn in_category(mut self, category: &'static str) -> Self {
        self.category = category;
        self
    }

    #[must_use]
    pub fn about(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.details.push((key, value.to_string()));
        self
    }

    #[must_use]
    pub fn failed(mut self, reason: impl Into<String>) -> Self {
        self.failure = Some(reason.into());
        self
    }
}

impl Target {
    pub fn new(kind: &str, id: impl Into<ObjectId>, display_name: Option<String>) -> Self {
        Self {
            id: id.into(),
            kind: kind.to_owned(),
            display_name,
            user_principal_name: None,
            changes: Vec::new(),
        }
    }

    #[must_use]
    pub fn changing(
        mut self,
        property: &str,
        old: impl serde::Serialize,
        new: impl serde::Serialize,
    ) -> Self {
        let text = |value: serde_json::Result<String>| value.unwrap_or_default();
        self.changes.push(Modified {
            property: property.to_owned(),
            old: text(serde_json::to_string(&[old])),
            new: text(serde_json::to_string(&[new])),
        });
        self
    }
}

/// Records an event in the transaction of what it tells about.
pub async fn record(tx: &mut ::store::Tx, rng: Rng, act: &Act, event: Event) -> Result<AuditEventId> {
    let id = AuditEventId(rng.uuid());
    store::insert(tx, id, act, &event).await?;
    Ok(id)
}

/// How an actor is kept: kind, id, name, and the name it signs in with.
pub(crate) fn actor_columns(actor: &Actor) -> (&'static str, Option<uuid::Uuid>, String, Option<String>) {
    match actor {
        Actor::User { id, display_name, user_principal_name } => {
            ("user", Some(id.0), display_name.clone(), Some(user_principal_name.clone()))
        }
        Actor::Application { id, app_id, display_name } => {
            ("application", Some(id.0), display_name.clone(), Some(app_id.to_string()))
        }
        Actor::Anonymous { .. } => ("anonymous", None, "Anonymous".to_owned(), None),
        Actor::System { name } => ("system", None, (*name).to_owned(), None),
    }
}
