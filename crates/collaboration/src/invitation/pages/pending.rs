//! *Pending invitations*: who has not come yet, for how long, what became of the mail, and sending again or
//! withdrawing many at once.

use super::{Services, rights};
use crate::invitation::{self, Invitation, PendingQuery, store};
use ::store::Read as _;
use ::store::fate::{self, Fate, FateState};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::portal::{Administrator, Landing, Submission};
use directory::user::{self, User};
use futures_util::future::{try_join, try_join_all};
use jiff::tz::TimeZone;
use kernel::{InvitationId, Kind, Result, SignedDuration, Timestamp};
use module::Right;
use odata::Filter;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Page, Query, Toast};

const PAGE: usize = 50;
/// Rows of deleted guests are passed over; a page looks so many times for others.
const ROUNDS: usize = 4;
/// Beyond, the page says "more than".
const MOST_COUNTED: u32 = 10_000;
const OLD: SignedDuration = SignedDuration::from_hours(14 * 24);
const SOON: SignedDuration = SignedDuration::from_hours(3 * 24);

#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    view: String,
    /// `me`: what the reader sent.
    #[serde(default)]
    by: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    after: String,
}

/// One that waits, with its guest and its mail.
struct Waiting {
    invitation: Invitation,
    guest: User,
    mail: Option<Fate>,
}

pub async fn list(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Page> {
    show(&administrator, &asked, &Value::Null).await
}

pub async fn change(
    administrator: Administrator,
    State(services): State<Services>,
    Submission { form, once, .. }: Submission<BTreeMap<String, String>>,
) -> web::Result<Response> {
    let picked: Vec<InvitationId> =
        form.keys().filter_map(|name| name.strip_prefix("pick-")).filter_map(|id| id.parse().ok()).collect();
    let act = form.get("do").map_or("", String::as_str);
    if act == "withdraw" && !picked.is_empty() && !form.contains_key("sure") {
        let rows = waiting(&administrator, &picked).await?;
        let row = |one: &Waiting| json!({"id": one.invitation.id, "name": one.guest.display_name, "address": one.invitation.address});
        let asking = json!({"act": act, "rows": rows.iter().map(row).collect::<Vec<_>>()});
        return Ok(show(&administrator, &Asked::default(), &asking).await?.into_response());
    }
    let (by, withdraws) = (administrator.clone(), act == "withdraw");
    let work = async move { Ok(change_all(&by, &services, &picked, withdraws).await?.into_response()) };
    administrator.once(once, work).await
}

/// Changes one after the other. What a rule refuses, such as one that was accepted meanwhile, is counted and left.
async fn change_all(
    administrator: &Administrator,
    services: &Services,
    picked: &[InvitationId],
    withdraws: bool,
) -> Result<Landing> {
    let (tenant, rights) = (administrator.tenant.id, rights(administrator));
    let (mut done, mut left) = (0, 0);
    for id in picked {
        let act = administrator.act();
        let outcome = if withdraws {
            services.invitations.withdraw(tenant, act, rights, *id).await.map(drop)
        } else {
            services.invitations.resend(tenant, act, rights, *id).await.map(drop)
        };
        match outcome {
            Ok(()) => done += 1,
            Err(error) if error.refusal().is_some() || error.kind() == Kind::NotFound => left += 1,
            Err(error) => return Err(error),
        }
    }
    let key = match (withdraws, left) {
        (true, 0) => "pending-withdrawn",
        (true, _) => "pending-withdrawn-some",
        (false, 0) => "pending-resent",
        (false, _) => "pending-resent-some",
    };
    let toast = if done == 0 {
        Toast::stop(if left == 0 { "pending-none-picked" } else { key })
    } else {
        Toast::done(key)
    };
    let toast = if done == 0 && left == 0 { toast } else { toast.number("count", done).number("left", left) };
    Ok(administrator.go("/invitations").toast(toast))
}

async fn show(administrator: &Administrator, asked: &Asked, asking: &Value) -> web::Result<Page> {
    let snapshot = administrator.read().await?;
    let now = snapshot.now();
    drop(snapshot);
    let query = query(administrator, asked, now);
    let (rows, next) = if asked.q.trim().is_empty() {
        page(administrator, query).await?
    } else {
        found(administrator, asked, &query).await?
    };
    let views = ["", "waiting", "expired", "old"];
    let mut counts = Vec::new();
    let mut read = administrator.read().await?;
    for view in views {
        let asked = Asked { view: view.to_owned(), ..Asked::default() };
        let query = self::query(administrator, &asked, now);
        counts.push(invitation::count_pending(&mut read, &query, MOST_COUNTED).await?);
    }
    drop(read);
    let tab = |(view, count): (&str, &u32)| {
        let href = address(administrator, &Asked { view: view.to_owned(), ..Asked::default() });
        let label =
            administrator.words(&format!("pending-view-{}", if view.is_empty() { "all" } else { view }), &[]);
        json!({"label": label, "href": href, "current": asked.view == view, "count": number(administrator, *count)})
    };
    let by_me = Asked {
        by: if asked.by == "me" { "" } else { "me" }.to_owned(),
        after: String::new(),
        ..asked.clone()
    };
    let chips = json!([{
        "label": administrator.words("pending-by-me", &[]), "href": address(administrator, &by_me), "on": asked.by == "me",
    }]);
    let keep: Vec<Value> = [("view", &asked.view), ("by", &asked.by), ("order", &asked.order)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let newest = asked.order == "newest";
    let turned =
        Asked { order: if newest { "" } else { "newest" }.to_owned(), after: String::new(), ..asked.clone() };
    let word = |key: &str| administrator.words(key, &[]);
    let columns = json!([
        {"label": word("users-name")},
        {"label": word("pending-mail")},
        {"label": word("pending-inviter"), "narrow": true},
        {"label": word("pending-sent"), "href": address(administrator, &turned), "sorted": if newest { "descending" } else { "ascending" }},
        {"label": word("pending-ends")},
    ]);
    let first = Asked { after: String::new(), ..asked.clone() };
    let shown: Vec<Value> = rows.iter().map(|row| self::row(administrator, row, now)).collect();
    let context = json!({
        "total": {"all": counts.first(), "expired": counts.get(2), "is_more": counts.first() >= Some(&MOST_COUNTED)},
        "tabs": views.into_iter().zip(&counts).map(tab).collect::<Vec<_>>(),
        "chips": chips, "keep": keep, "q": asked.q, "columns": columns, "rows": shown,
        "range": administrator.words("users-shown", &[("count", rows.len().into())]),
        "previous": if asked.after.is_empty() { String::new() } else { address(administrator, &first) },
        "next": next.map(|after| address(administrator, &Asked { after, ..asked.clone() })).unwrap_or_default(),
        "may": administrator.may(Right::InviteGuests),
        "days": administrator.tenant.link_lifetime_days,
        "asking": asking,
    });
    administrator.page("invitation/pending.html", context)
}

fn query(administrator: &Administrator, asked: &Asked, now: Timestamp) -> PendingQuery {
    let mut query = PendingQuery { newest_first: asked.order == "newest", ..PendingQuery::default() };
    match asked.view.as_str() {
        "waiting" => query.ends.0 = now,
        "expired" => query.ends.1 = now,
        "old" => query.issued_before = now.checked_sub(OLD).unwrap_or(Timestamp::MIN),
        _ => {}
    }
    query.inviter = (asked.by == "me").then_some(administrator.user.id);
    query.after = asked
        .after
        .split_once('.')
        .and_then(|(at, id)| Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?)));
    query
}

/// A page by the time of sending, without those whose guest was deleted.
async fn page(
    administrator: &Administrator,
    mut query: PendingQuery,
) -> Result<(Vec<Waiting>, Option<String>)> {
    let mut rows = Vec::new();
    for _ in 0..ROUNDS {
        let mut snapshot = administrator.read().await?;
        let mut some = invitation::list_pending(&mut snapshot, &query, PAGE + 1).await?;
        drop(snapshot);
        let room = PAGE.saturating_sub(rows.len());
        let more = some.len() > room;
        some.truncate(room);
        query.after = some.last().map(|last| (last.issued_at, last.id)).or(query.after);
        rows.append(&mut with_guests(administrator, some).await?);
        if !more {
            return Ok((rows, None));
        }
        if rows.len() >= PAGE {
            break;
        }
    }
    Ok((rows, query.after.map(|(at, id)| format!("{}.{id}", at.as_microsecond()))))
}

/// Whom a search for a name or an address finds among those who wait.
async fn found(
    administrator: &Administrator,
    asked: &Asked,
    query: &PendingQuery,
) -> Result<(Vec<Waiting>, Option<String>)> {
    let sought = user::UserQuery {
        filter: Some(Filter::equal(
            odata::Path::of("externalUserState"),
            odata::Literal::Text("PendingAcceptance".to_owned()),
        )),
        search: Some(asked.q.trim().to_owned()),
        size: PAGE,
        after: Some(asked.after.clone()).filter(|after| !after.is_empty()),
        ..user::UserQuery::default()
    };
    let page = user::list(&administrator.store(), &sought).await?;
    let snapshot = administrator.read().await?;
    let of = |guest: &User| {
        let (mut read, id) = (&snapshot, guest.id);
        async move { store::find_by_user(&mut read, id).await }
    };
    let invitations = try_join_all(page.users.iter().map(of)).await?;
    drop(snapshot);
    let fits = |one: &Invitation| {
        one.state == invitation::State::Open
            && one.issued_at < query.issued_before
            && one.expires_at > query.ends.0
            && one.expires_at <= query.ends.1
            && query.inviter.is_none_or(|id| one.inviter.as_ref().is_some_and(|inviter| inviter.id == id))
    };
    let rows = with_guests(administrator, invitations.into_iter().flatten().filter(fits).collect()).await?;
    Ok((rows, page.next))
}

async fn waiting(administrator: &Administrator, picked: &[InvitationId]) -> Result<Vec<Waiting>> {
    let snapshot = administrator.read().await?;
    let find = |id: &InvitationId| {
        let (mut read, id) = (&snapshot, *id);
        async move { store::find(&mut read, id).await }
    };
    let found = try_join_all(picked.iter().map(find)).await?;
    drop(snapshot);
    with_guests(administrator, found.into_iter().flatten().collect()).await
}

/// Guests and mails, asked for beside one another.
async fn with_guests(administrator: &Administrator, invitations: Vec<Invitation>) -> Result<Vec<Waiting>> {
    let snapshot = administrator.read().await?;
    let one = |invitation: Invitation| {
        let (mut one, mut other) = (&snapshot, &snapshot);
        async move {
            let guest = user::find(&mut one, invitation.user);
            let mail = fate::last_letter(&mut other, "guest_invitation", invitation.id.0);
            let (guest, mail) = try_join(guest, mail).await?;
            Ok::<_, kernel::Error>(guest.map(|guest| Waiting { invitation, guest, mail }))
        }
    };
    let rows = try_join_all(invitations.into_iter().map(one)).await?;
    Ok(rows.into_iter().flatten().collect())
}

fn row(administrator: &Administrator, row: &Waiting, now: Timestamp) -> Value {
    let Waiting { invitation, guest, mail } = row;
    let days = |from: Timestamp, to: Timestamp| to.duration_since(from).as_hours() / 24;
    let (age, left) = (days(invitation.issued_at, now), days(now, invitation.expires_at));
    let ends_note = if invitation.is_expired(now) {
        administrator.words("pending-ended", &[])
    } else {
        administrator.words("pending-ends-in", &[("days", left.into())])
    };
    let day = |at| web::format_date(administrator.language(), at, &TimeZone::UTC);
    json!({
        "id": invitation.id, "name": guest.display_name, "initials": web::initials(&guest.display_name, 2),
        "address": invitation.address, "href": administrator.link(&format!("/users/{}", guest.id)),
        "mail": mail_facts(mail.as_ref(), invitation.is_expired(now)),
        "inviter": invitation.inviter.as_ref().map(|inviter| &inviter.display_name),
        "sent": day(invitation.issued_at), "age": administrator.words("pending-age", &[("days", age.into())]),
        "ends": day(invitation.expires_at), "ends_note": ends_note,
        "ends_soon": invitation.expires_at.duration_since(now) < SOON,
    })
}

/// What a template says of a mail: the key of its badge, and what its note is made of.
pub fn mail_facts(mail: Option<&Fate>, is_expired: bool) -> Value {
    let state = mail.map(|mail| mail.state);
    let (badge, symbol, tone) = match state {
        None => ("letter-none", "link", ""),
        Some(FateState::OnItsWay) => ("letter-on-its-way", "send", ""),
        Some(FateState::Late { .. }) => ("letter-late", "send", "warn"),
        Some(FateState::Sent) => ("letter-delivered", "mail-check", ""),
        Some(FateState::Dropped) => ("letter-dropped", "mail-off", ""),
        Some(FateState::GivenUp) => ("letter-bounced", "mail-x", "stop"),
    };
    let next_at = if let Some(FateState::Late { next_at }) = state { Some(next_at) } else { None };
    let taken_at = mail.filter(|mail| mail.state == FateState::Sent).and_then(|mail| mail.settled_at);
    let text = |at: Timestamp| at.to_string();
    let said = json!({
        "badge": badge, "symbol": symbol, "tone": tone, "was": null,
        "failure": mail.and_then(|mail| mail.failure.clone()), "next_at": next_at.map(text), "taken_at": taken_at.map(text),
        "answer": mail.and_then(|mail| mail.answer.clone()),
    });
    if !is_expired {
        return said;
    }
    json!({
        "badge": "pending-expired", "symbol": "link-off", "tone": "warn", "was": badge,
        "failure": null, "next_at": null, "taken_at": null, "answer": null,
    })
}

fn number(administrator: &Administrator, count: u32) -> String {
    let text = web::format_number(administrator.language(), count.into());
    if count >= MOST_COUNTED { format!("{text}+") } else { text }
}

fn address(administrator: &Administrator, asked: &Asked) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let all = [
        ("q", &asked.q),
        ("view", &asked.view),
        ("by", &asked.by),
        ("order", &asked.order),
        ("after", &asked.after),
    ];
    for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    let path = administrator.link("/invitations");
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
