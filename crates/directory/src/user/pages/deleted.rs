//! *Deleted users*: who was deleted in the last 30 days, to be restored or removed for good.

use super::{day, manage_facts};
use crate::portal::{Administrator, Landing, Submission};
use crate::user::store;
use crate::user::{RETENTION_DAYS, User, UserService};
use ::store::Read as _;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kernel::{Result, Timestamp, UserId};
use module::Right;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Page, Query, Toast};

const PAGE: u32 = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

pub async fn list(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Page> {
    show(&administrator, &asked, &Value::Null).await
}

async fn show(administrator: &Administrator, asked: &Asked, asking: &Value) -> web::Result<Page> {
    let after = asked.after.split_once('.').and_then(|(at, id)| {
        Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse::<UserId>().ok()?))
    });
    let mut read = administrator.read().await?;
    let now = read.now();
    let mut users = store::list_deleted(&mut read, after, PAGE + 1).await?;
    drop(read);
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = users.len() > size;
    users.truncate(size);
    let place = |user: &User| user.deleted_at.map(|at| format!("{}.{}", at.as_microsecond(), user.id));
    let next = users.last().filter(|_| more).and_then(place);
    let row = |user: &User| {
        let deleted = user.deleted_at.unwrap_or(now);
        let left = RETENTION_DAYS - now.duration_since(deleted).as_hours() / 24;
        json!({
            "id": user.id, "name": user.display_name, "initials": web::initials(&user.display_name, 2),
            "address": user.address(), "is_guest": user.is_guest(), "deleted": day(administrator, deleted),
            "left": administrator.words("users-days-left", &[("days", left.max(0).into())]),
        })
    };
    let context = json!({
        "rows": users.iter().map(row).collect::<Vec<_>>(),
        "range": administrator.words("users-shown", &[("count", users.len().into())]),
        "previous": if asked.after.is_empty() { String::new() } else { administrator.link("/users/deleted") },
        "next": next.map(|after| administrator.link(&format!("/users/deleted?after={after}"))).unwrap_or_default(),
        "may": administrator.may(Right::ManageUsers), "asking": asking,
    });
    administrator.page("user/deleted.html", context)
}

pub async fn change(
    administrator: Administrator,
    State(service): State<UserService>,
    Submission { form, once, .. }: Submission<BTreeMap<String, String>>,
) -> web::Result<Response> {
    let picked: Vec<UserId> =
        form.keys().filter_map(|name| name.strip_prefix("pick-")).filter_map(|id| id.parse().ok()).collect();
    let restores = form.get("do").is_some_and(|act| act == "restore");
    if !restores && !picked.is_empty() && !form.contains_key("sure") {
        let mut read = administrator.read().await?;
        let mut rows = Vec::new();
        for id in &picked {
            if let Some(user) = store::find_deleted(&mut read, *id).await? {
                rows.push(json!({"id": id, "name": user.display_name, "address": user.address()}));
            }
        }
        drop(read);
        return Ok(show(&administrator, &Asked::default(), &json!({"rows": rows})).await?.into_response());
    }
    let by = administrator.clone();
    let work = async move { Ok(change_all(&by, &service, restores, &picked).await?.into_response()) };
    administrator.once(once, work).await
}

async fn change_all(
    administrator: &Administrator,
    service: &UserService,
    restores: bool,
    picked: &[UserId],
) -> Result<Landing> {
    let (tenant, may) = (administrator.tenant.id, manage_facts(administrator));
    let mut done = 0;
    for id in picked {
        let by = administrator.act();
        let outcome = if restores {
            service.restore(tenant, by, may, *id).await.map(drop)
        } else {
            service.purge(tenant, by, may, *id).await
        };
        match outcome {
            Ok(()) => done += 1,
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    if let ([id], true, 1) = (picked, restores, done) {
        let landing = administrator.go(&format!("/users/{id}"));
        return Ok(landing.toast(Toast::done("users-restored-count").number("count", 1)));
    }
    let key = if restores { "users-restored-count" } else { "users-purged-count" };
    let toast =
        if done == 0 { Toast::stop("users-none-picked") } else { Toast::done(key).number("count", done) };
    Ok(administrator.go("/users/deleted").toast(toast))
}
