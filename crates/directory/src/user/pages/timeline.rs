//! A user's story so far, from the audit log: each event as a sentence.

use crate::audit_log::StoredEvent;
use crate::portal::Administrator;
use crate::user::User;
use jiff::tz::TimeZone;
use kernel::Timestamp;
use serde_json::{Value, json};

/// Activities with a sentence of their own: activity, key, icon, tone.
const TOLD: [(&str, &str, &str, &str); 15] = [
    ("Invite external user", "event-invited", "user-plus", ""),
    ("Redeem external user invite", "event-accepted", "circle-check", "ok"),
    ("Decline external user invite", "event-declined", "circle-x", ""),
    ("Report external user invite", "event-reported", "flag", ""),
    ("Withdraw invitation", "event-withdrawn", "mail-off", ""),
    ("Email not sent, user unsubscribed", "event-no-mail", "mail-off", ""),
    ("Add user", "event-created", "user-plus", ""),
    ("Disable account", "event-blocked", "ban", ""),
    ("Enable account", "event-unblocked", "circle-check", ""),
    ("Delete user", "event-deleted", "trash", ""),
    ("Delete external user", "event-deleted", "trash", ""),
    ("Restore user", "event-restored", "restore", ""),
    ("Reset password (by admin)", "event-password", "key", ""),
    ("Reset password", "event-password", "key", ""),
    ("Add member to role", "event-role", "shield-check", ""),
];

/// The entries of `ui.timeline`, newest first. What is older than the log is told from the user.
pub fn entries(administrator: &Administrator, user: &User, events: &[StoredEvent]) -> Vec<Value> {
    let mut entries: Vec<Value> = events.iter().map(|event| entry(administrator, user, event)).collect();
    let knows =
        |activities: &[&str]| events.iter().any(|event| activities.contains(&event.activity.as_str()));
    if !knows(&["Add user", "Invite external user"]) {
        let key = if user.is_external() { "event-guest-since" } else { "event-member-since" };
        let text = administrator.words(key, &[("name", user.display_name.as_str().into())]);
        entries.push(json!({"icon": "user-plus", "tone": "", "text": text, "note": "", "at": at(administrator, user.created_at)}));
    }
    entries
}

fn entry(administrator: &Administrator, user: &User, event: &StoredEvent) -> Value {
    let told = TOLD.iter().find(|(activity, ..)| *activity == event.activity);
    let values: [(&str, web::Argument<'_>); 3] = [
        ("actor", event.actor_name.as_str().into()),
        ("name", user.display_name.as_str().into()),
        ("activity", event.activity.as_str().into()),
    ];
    let (key, icon, tone) =
        told.map_or(("event-other", "history", ""), |(_, key, icon, tone)| (*key, *icon, *tone));
    let text = administrator.words(key, &values);
    let changes = event.targets.iter().flat_map(|target| &target.changes);
    let changed: Vec<&str> = changes.map(|change| change.property.as_str()).collect();
    let note = match &event.failure {
        Some(failure) => administrator.words("event-failed", &[("reason", failure.as_str().into())]),
        None => changed.join(", "),
    };
    json!({"icon": icon, "tone": tone, "text": text, "note": note, "at": at(administrator, event.at)})
}

fn at(administrator: &Administrator, at: Timestamp) -> String {
    web::format_date_time(administrator.language(), at, &TimeZone::UTC)
}
