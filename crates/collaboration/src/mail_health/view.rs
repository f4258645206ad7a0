//! The health of mail as the page shows it.

use super::records::{Finding, State};
use super::service::{DAYS, DomainHealth, Health, Queued};
use ::store::ledger::{Entry, Outcome, Suppression, day};
use directory::tenant::Tenant;
use jiff::tz::TimeZone;
use kernel::{EmailAddress, Language, Timestamp};
use serde_json::{Value, json};

const DAY: i64 = 86_400;
/// Mail that waits longer is late.
const LATE: i64 = 5 * 60;

pub fn summary(health: &Health, now: Timestamp) -> Value {
    let sent = health.count(Outcome::Sent);
    let total = tried(health);
    let waits = health.waiting_since.map_or(0, |since| now.duration_since(since).as_secs());
    let state = match (total, waits) {
        (_, waits) if waits > LATE => "late",
        (0, _) => "none",
        _ => "good",
    };
    json!({"state": state, "sent": sent, "total": total, "waiting": health.waiting_count, "minutes": waits / 60})
}

pub fn figures(health: &Health, now: Timestamp) -> Value {
    let total = tried(health);
    let share = |count: u64| {
        let thousandths = count.saturating_mul(1000).checked_div(total)?;
        Some(format!("{}.{}", thousandths / 10, thousandths % 10))
    };
    let waits = health.waiting_since.map_or(0, |since| now.duration_since(since).as_secs());
    json!({
        "taken": share(health.count(Outcome::Sent)),
        "median": health.median_seconds,
        "waiting": health.waiting_count,
        "minutes": waits / 60,
        "bounced": health.count(Outcome::Bounced),
        "bounced_share": share(health.count(Outcome::Bounced)),
        "given_up": health.given_up.len(),
    })
}

/// Messages that another server was asked to take.
fn tried(health: &Health) -> u64 {
    [Outcome::Sent, Outcome::Bounced, Outcome::Dead].into_iter().map(|outcome| health.count(outcome)).sum()
}

pub fn domain(health: &DomainHealth) -> Value {
    let report = health.report.as_ref();
    json!({
        "domain": health.domain.as_str(),
        "is_used": health.is_used,
        "looked_up_at": health.looked_up_at.map(|at| at.to_string()),
        "failure": health.failure,
        "spf": report.map(|report| badge(&report.spf)),
        "dkim": report.map(|report| badge(&report.dkim)),
        "dmarc": report.map(|report| badge(&report.dmarc)),
        "decide": health.is_used && report.is_some_and(|report| !report.passes()),
    })
}

fn badge(finding: &Finding) -> Value {
    let (tone, icon) = match finding.state {
        State::Passes => ("ok", "circle-check"),
        State::Weak => ("warn", "alert-triangle"),
        State::Fails => ("stop", "circle-x"),
        State::Unknown => ("", "help-circle"),
    };
    json!({"tone": tone, "icon": icon, "reason": finding.reason, "detail": finding.detail})
}

/// The records to publish, the domain that is sent from first.
pub fn records(health: &Health) -> Vec<Value> {
    let of = |domain: &DomainHealth| {
        let all = domain.report.as_ref()?.all();
        let records: Vec<String> = all
            .iter()
            .filter_map(|finding| finding.publish.as_ref())
            .map(super::records::Publish::zone_file)
            .collect();
        (!records.is_empty()).then(
            || json!({"domain": domain.domain.as_str(), "count": records.len(), "text": records.join("\n")}),
        )
    };
    health.domains.iter().filter_map(of).collect()
}

/// The bounces by day, as bars and as a table; none if there were none.
pub fn bounces(health: &Health, language: Language, now: Timestamp) -> Option<Value> {
    let count = health.count(Outcome::Bounced);
    if count == 0 {
        return None;
    }
    let first = day(now) - DAYS + 1;
    let date = |day: i64| {
        let at = Timestamp::from_second(day * DAY).unwrap_or(now);
        web::format_date(language, at, &TimeZone::UTC)
    };
    let bounced: Vec<(i64, u64)> = health
        .days
        .iter()
        .filter(|known| known.outcome == Outcome::Bounced && known.day >= first)
        .map(|known| (known.day, known.count))
        .collect();
    let highest = bounced.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let bars: Vec<Value> = bounced
        .iter()
        .map(|(day, count)| {
            let height = (128 * count).div_ceil(highest);
            json!({"x": 31 + 23 * (day - first), "y": 160 - height, "height": height, "count": count})
        })
        .collect();
    let marks: Vec<Value> =
        (0..DAYS).step_by(7).map(|at| json!({"x": 40 + 23 * at, "text": date(first + at)})).collect();
    let table: Vec<Value> =
        bounced.iter().map(|(day, count)| json!({"day": date(*day), "count": count})).collect();
    Some(json!({
        "count": count, "total": tried(health), "highest": highest, "bars": bars, "marks": marks, "table": table,
    }))
}

pub fn queued(queued: &Queued) -> Value {
    json!({
        "domain": queued.domain.as_str(),
        "count": queued.count,
        "reason": queued.reason,
        "next_at": queued.next_at.to_string(),
    })
}

pub fn given_up(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "to": entry.to,
        "kind": entry.kind,
        "at": entry.settled_at.unwrap_or(entry.created_at).to_string(),
        "reason": entry.failure,
    })
}

pub fn suppression(suppression: &Suppression) -> Value {
    json!({
        "address": suppression.address,
        "reason": suppression.reason,
        "since": suppression.since.to_string(),
    })
}

pub fn test(entry: &Entry) -> Value {
    let state = match entry.state.as_str() {
        "sent" => "taken",
        "waiting" if entry.failure.is_some() => "deferred",
        "waiting" => "waiting",
        _ => "failed",
    };
    json!({
        "state": state,
        "id": entry.id,
        "asked_at": entry.created_at.to_string(),
        "at": entry.settled_at.map(|at| at.to_string()),
        "note": entry.answer.as_ref().or(entry.failure.as_ref()),
    })
}

pub fn sender(tenant: &Tenant, installation: &EmailAddress) -> Value {
    let now = tenant.sender(installation);
    json!({
        "is_chosen": tenant.mail_sender.is_some(),
        "address": now.address,
        "name": now.name,
        "reply_to": tenant.reply_to(installation),
    })
}
