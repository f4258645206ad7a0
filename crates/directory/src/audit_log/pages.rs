//! *Audit logs* in the portal: every event as a sentence, and each with all that is known of it.

use super::store::{self, Cursor, Filter, StoredEvent};
use crate::portal::Administrator;
use crate::records::{self, Asked, Log};
use ::store::Read;
use axum::extract::Path;
use axum::routing::get;
use kernel::{AuditEventId, Error, Result};
use module::{Group, PortalPage, Right};
use serde_json::{Value, json};
use web::{Page, Query};

const LIST: &str = "/audit-logs";

pub const TEMPLATES: &[(&str, &str)] = &[
    ("audit_log/list.html", include_str!("pages/list.html")),
    ("audit_log/event.html", include_str!("pages/event.html")),
];

pub fn pages() -> Vec<PortalPage> {
    vec![
        PortalPage::new(LIST, "audit-title", Right::ReadAuditLogs, get(list))
            .listed(Group::Records, 20, "history")
            .found_by("audit-title-words"),
        PortalPage::new("/audit-logs/{event}", "audit-event-title", Right::ReadAuditLogs, get(one))
            .below(LIST),
    ]
}

async fn list(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Page> {
    let filter = Filter { activity: asked.kind.clone(), from: asked.since(&administrator), until: None };
    let wanted = Wanted { filter, text: asked.text(), failed: asked.failed() };
    let found = records::search(&administrator, wanted, &asked).await?;
    let rows: Vec<Value> = found.events.iter().map(|event| row(&administrator, event)).collect();
    let mut chips = asked.chips(&administrator, LIST);
    if let Some(activity) = &asked.kind {
        chips.insert(
            0,
            json!({"label": activity, "href": asked.to(&administrator, LIST, "kind", None), "on": true}),
        );
    }
    administrator
        .page("audit_log/list.html", records::context(&administrator, LIST, &asked, found.next, rows, chips))
}

async fn one(administrator: Administrator, Path((_, event)): Path<(String, String)>) -> web::Result<Page> {
    let not_found = || Error::not_found("audit event");
    let id: AuditEventId = event.parse().map_err(|_| not_found())?;
    let event = store::find(&mut administrator.read().await?, id).await?.ok_or_else(not_found)?;
    let changes: Vec<Value> = event
        .targets
        .iter()
        .flat_map(|target| &target.changes)
        .map(|change| json!({"property": change.property, "old": plain(&change.old), "new": plain(&change.new)}))
        .collect();
    let targets: Vec<Value> = event
        .targets
        .iter()
        .map(|target| {
            json!({
                "kind": target.kind, "id": target.id.to_string(),
                "name": target.display_name.clone().or_else(|| target.user_principal_name.clone()),
                "href": (target.kind == "User").then(|| administrator.link(&format!("/users/{}", target.id))),
            })
        })
        .collect();
    let context = json!({
        "event": row(&administrator, &event), "targets": targets, "changes": changes,
        "details": event.details, "login": event.actor_login, "actor_kind": event.actor_kind,
        "actor_id": event.actor_id.map(|id| id.to_string()),
        "correlation": event.correlation.to_string(), "category": event.category,
        "query": format!("GET {}/v1.0/auditLogs/directoryAudits/{}", administrator.origin(), event.id),
    });
    administrator.page("audit_log/event.html", context)
}

/// The events of one activity, as far as they fit.
struct Wanted {
    filter: Filter,
    /// In lower case; empty for all.
    text: String,
    failed: Option<bool>,
}

impl Log for Wanted {
    type Event = StoredEvent;

    fn slice(
        &self,
        read: &mut impl Read,
        after: Option<Cursor>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<StoredEvent>>> + Send {
        store::list(read, &self.filter, after, limit)
    }

    fn fits(&self, event: &StoredEvent) -> bool {
        if self.failed.is_some_and(|failed| failed != event.failure.is_some()) {
            return false;
        }
        let holds = |text: &str| text.to_lowercase().contains(&self.text);
        self.text.is_empty()
            || holds(&event.activity)
            || holds(&event.actor_name)
            || event.actor_login.as_deref().is_some_and(holds)
            || event.correlation.to_string() == self.text
            || event.details.iter().any(|(_, value)| holds(value))
            || event.targets.iter().any(|target| {
                target.display_name.as_deref().is_some_and(holds)
                    || target.user_principal_name.as_deref().is_some_and(holds)
                    || target.id.to_string() == self.text
            })
    }

    fn cursor(event: &StoredEvent) -> Cursor {
        Cursor { at: event.at, id: event.id.0 }
    }
}

/// An event as the list shows it.
fn row(administrator: &Administrator, event: &StoredEvent) -> Value {
    json!({
        "id": event.id.to_string(),
        "href": administrator.link(&format!("/audit-logs/{}", event.id)),
        "sentence": sentence(administrator, event),
        "activity": event.activity,
        "activity_href": administrator.link(&format!(
            "{LIST}{}", web::query([("kind", event.activity.as_str())])
        )),
        "service": event.service,
        "failure": event.failure,
        "actor": event.actor_name,
        "network": event.network,
        "at": records::at(administrator, event.at),
    })
}

/// The event read aloud. What failed, and what has no sentence of its own, is told by its activity.
fn sentence(administrator: &Administrator, event: &StoredEvent) -> String {
    let target = about(event);
    let known = SENTENCES.iter().find(|(activity, _)| *activity == event.activity);
    let key = match (known, &event.failure) {
        (_, Some(_)) => "audit-said-failure",
        (Some((_, key)), None) => key,
        (None, None) => "audit-said-other",
    };
    let arguments = [
        ("actor", event.actor_name.as_str().into()),
        ("target", target.into()),
        ("activity", event.activity.as_str().into()),
    ];
    administrator.words(key, &arguments).trim_end().to_owned()
}

/// Whom or what it is about: the invited address says more than a guest's generated name.
fn about(event: &StoredEvent) -> &str {
    let address = event.details.iter().find(|(name, _)| name == "invitedUserEmailAddress");
    let target = || {
        let target = event.targets.first()?;
        target.display_name.as_deref().or(target.user_principal_name.as_deref())
    };
    address.map(|(_, address)| address.as_str()).or_else(target).unwrap_or_default()
}

/// A changed value is kept as a JSON array of one.
fn plain(text: &str) -> String {
    let values: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values.iter().filter(|value| !value.is_null()).map(shown).collect::<Vec<_>>().join(", ")
}

/// The sentence of each activity.
const SENTENCES: &[(&str, &str)] = &[
    ("Invite external user", "audit-said-invite"),
    ("Redeem external user invite", "audit-said-redeem"),
    ("Decline external user invite", "audit-said-decline"),
    ("Report external user invite", "audit-said-report"),
    ("Withdraw external user invite", "audit-said-withdraw"),
    ("Delete external user", "audit-said-delete-user"),
    ("Email not sent, user unsubscribed", "audit-said-not-sent"),
    ("Email unsubscribed", "audit-said-unsubscribed"),
    ("Add user", "audit-said-add-user"),
    ("Update user", "audit-said-update-user"),
    ("Delete user", "audit-said-delete-user"),
    ("Restore user", "audit-said-restore-user"),
    ("Hard Delete user", "audit-said-purge-user"),
    ("Reset password (by admin)", "audit-said-reset-password"),
    ("Reset password", "audit-said-own-password"),
    ("Unlock user account", "audit-said-unlock"),
    ("Delete authentication methods", "audit-said-clear-methods"),
    ("Add group", "audit-said-add-group"),
    ("Update group", "audit-said-update-group"),
    ("Delete group", "audit-said-delete-group"),
    ("Restore Group", "audit-said-restore-group"),
    ("Hard Delete group", "audit-said-purge-group"),
    ("Add member to group", "audit-said-add-member"),
    ("Remove member from group", "audit-said-remove-member"),
    ("Add owner to group", "audit-said-add-owner"),
    ("Remove owner from group", "audit-said-remove-owner"),
    ("Add member to role", "audit-said-add-role"),
    ("Add application", "audit-said-add-application"),
    ("Consent to application", "audit-said-consent"),
    ("Rotate token signing key", "audit-said-rotate-key"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_exists_in_every_language() {
        let catalog = web::Catalog::new(super::super::WORDS).unwrap();
        for (_, key) in SENTENCES {
            for language in kernel::Language::ALL {
                assert!(catalog.has(language, key), "{key} {}", language.tag());
            }
        }
    }

    #[test]
    fn a_changed_value_is_shown_without_its_brackets() {
        assert_eq!(plain("[\"Guest\"]"), "Guest");
        assert_eq!(plain("[null]"), "");
        assert_eq!(plain("[true]"), "true");
        assert_eq!(plain(""), "");
    }
}
