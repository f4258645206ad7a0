//! One user: who, in which state, their story, what they can reach; block, delete.

use super::{day, manage_facts, state, timeline};
use crate::audit_log;
use crate::group::{self, membership};
use crate::portal::{Administrator, Submission};
use crate::role;
use crate::user::{self, User, UserService, store};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::future::{try_join, try_join_all};
use jiff::tz::TimeZone;
use kernel::{Error, Result, UserId};
use module::Right;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Toast;

const MOST_EVENTS: u32 = 50;
const MOST_GROUPS: u32 = 20;

pub async fn show(
    administrator: Administrator,
    Path((_, id)): Path<(String, String)>,
) -> web::Result<Response> {
    let id: UserId = id.parse().map_err(|_| Error::not_found("user"))?;
    let mut read = administrator.read().await?;
    let Some(user) = user::find(&mut read, id).await? else {
        let is_deleted = store::find_deleted(&mut read, id).await?.is_some();
        drop(read);
        if is_deleted {
            return Ok(Redirect::to(&administrator.link("/users/deleted")).into_response());
        }
        return Err(Error::not_found("user").into());
    };
    let (roles, sponsors) = {
        let (mut one, mut other) = (&read, &read);
        try_join(role::list_of(&mut one, id), user::sponsors(&mut other, id)).await?
    };
    let groups =
        membership::list_groups(&mut read, id.into(), membership::Relation::Member, None, MOST_GROUPS)
            .await?;
    let find = |id: &kernel::GroupId| {
        let (mut read, id) = (&read, *id);
        async move { group::find(&mut read, id).await }
    };
    let groups: Vec<_> = try_join_all(groups.iter().map(find)).await?.into_iter().flatten().collect();
    let may_see = administrator.may(Right::ReadAuditLogs) || administrator.may(Right::ManageUsers);
    let events =
        if may_see { audit_log::list_about(&mut read, id.into(), MOST_EVENTS).await? } else { Vec::new() };
    drop(read);
    let administrator = administrator.titled(&user.display_name);
    let administrator = administrator.filled(&["user.tile", "user.story"], &id.to_string()).await?;
    let (word, symbol, tone) = state(&user);
    let names = |users: &[User]| -> Vec<Value> {
        let one = |user: &User| json!({"name": user.display_name, "href": administrator.link(&format!("/users/{}", user.id))});
        users.iter().map(one).collect()
    };
    let context = json!({
        "id": id, "name": user.display_name, "initials": web::initials(&user.display_name, 2),
        "address": user.address(), "is_guest": user.is_guest(), "is_external": user.is_external(),
        "state": word, "symbol": symbol, "tone": tone, "is_enabled": user.account_enabled,
        "created": day(&administrator, user.created_at),
        "is_self": id == administrator.user.id,
        "sponsors": names(&sponsors),
        "roles": roles.iter().map(|role| role.display_name()).collect::<Vec<_>>(),
        "groups": groups.iter().map(|group| json!({"name": group.display_name, "id": group.id})).collect::<Vec<_>>(),
        "timeline": timeline::entries(&administrator, &user, &events),
        "facts": facts(&administrator, &user),
        "may": administrator.may(Right::ManageUsers),
    });
    Ok(administrator.page("user/profile.html", context)?.into_response())
}

/// The properties that have a value, as Graph names them in the reader's language.
fn facts(administrator: &Administrator, user: &User) -> Vec<Value> {
    let at = |at| web::format_date_time(administrator.language(), at, &TimeZone::UTC);
    let joined = |texts: &[String]| Some(texts.join(", ")).filter(|text| !text.is_empty());
    let user_type = administrator.words(if user.is_guest() { "user-guest" } else { "user-member" }, &[]);
    let issuer = user.user_principal_name.rsplit('@').next().unwrap_or_default().to_owned();
    let identities = user.identities.iter().map(|identity| identity.provider.clone());
    let identities: Vec<String> = identities.chain((!user.is_external()).then_some(issuer)).collect();
    let all = [
        ("user-fact-upn", Some(user.user_principal_name.clone())),
        ("user-fact-mail", user.mail.clone()),
        ("user-fact-other-mails", joined(&user.other_mails)),
        ("users-type", Some(user_type)),
        ("user-fact-given-name", user.given_name.clone()),
        ("user-fact-surname", user.surname.clone()),
        ("users-column-company", user.company_name.clone()),
        ("user-fact-job-title", user.job_title.clone()),
        ("user-fact-office", user.office_location.clone()),
        ("user-fact-mobile", user.mobile_phone.clone()),
        ("user-fact-phones", joined(&user.business_phones)),
        ("user-fact-language", user.preferred_language.clone()),
        ("user-fact-identities", joined(&identities)),
        ("users-column-created", Some(at(user.created_at))),
        ("user-fact-sessions", Some(at(user.sessions_valid_from))),
        ("users-column-id", Some(user.id.to_string())),
    ];
    let fact = |(key, value): (&str, Option<String>)| {
        value.map(|value| json!({"term": administrator.words(key, &[]), "value": value}))
    };
    all.into_iter().filter_map(fact).collect()
}

#[derive(Deserialize)]
pub struct Form {
    #[serde(rename = "do")]
    act: String,
}

pub async fn change(
    administrator: Administrator,
    State(service): State<UserService>,
    Path((_, id)): Path<(String, String)>,
    Submission { form, once, .. }: Submission<Form>,
) -> web::Result<Response> {
    let id: UserId = id.parse().map_err(|_| Error::not_found("user"))?;
    let by = administrator.clone();
    let work = async move { Ok(act(&by, &service, id, &form.act).await?) };
    administrator.once(once, work).await
}

async fn act(
    administrator: &Administrator,
    service: &UserService,
    id: UserId,
    act: &str,
) -> Result<Response> {
    let (tenant, by, may) = (administrator.tenant.id, administrator.act(), manage_facts(administrator));
    let here = format!("/users/{id}");
    let landing = match act {
        "block" | "unblock" => {
            let user = service.set_enabled(tenant, by, may, id, act == "unblock").await?;
            let key = if user.account_enabled { "user-unblocked-toast" } else { "user-blocked-toast" };
            administrator.go(&here).toast(Toast::done(key).text("name", user.display_name))
        }
        "delete" if id == administrator.user.id => {
            let message = "You cannot delete yourself. Let another administrator do it.";
            return Err(Error::bad_request(message));
        }
        "delete" => {
            service.delete(tenant, by, may, id).await?;
            administrator.go("/users").toast(Toast::done("users-deleted-count").number("count", 1))
        }
        _ => return Err(Error::bad_request("This form is incomplete. Load the page again, then send it.")),
    };
    Ok(landing.into_response())
}
