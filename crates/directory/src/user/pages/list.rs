//! *All users*: search as one types, filters in the address, saved views as tabs, columns, CSV, paging by key.

use super::asked::{Asked, COLUMNS};
use super::{csv, day, manage_facts, state};
use crate::portal::{Administrator, Landing, Submission};
use crate::user::store::{self, View};
use crate::user::{self, User, UserService};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::future::try_join_all;
use kernel::{Error, Result, UserId};
use module::Right;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Query, Toast};

/// What is more than this is not counted on.
const MOST_COUNTED: usize = 5000;
const MOST_VIEWS: usize = 12;
const LONGEST_NAME: usize = 40;

/// The views everybody has: the key of the name, and the query.
const VIEWS: [(&str, &str); 4] = [
    ("users-all", ""),
    ("users-guests", "type=Guest"),
    ("users-waiting", "state=PendingAcceptance"),
    ("users-blocked", "enabled=no"),
];

pub async fn list(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Response> {
    if asked.format == "csv" {
        return Ok(csv::answer(&administrator, &asked));
    }
    show(&administrator, &asked, &Value::Null).await
}

async fn show(administrator: &Administrator, asked: &Asked, asking: &Value) -> web::Result<Response> {
    let store = administrator.store();
    let mut read = administrator.read().await?;
    let now = ::store::Read::now(&read);
    let own = store::list_views(&mut read, administrator.user.id).await?;
    drop(read);
    let named = VIEWS.iter().map(|(key, query)| (administrator.words(key, &[]), (*query).to_owned()));
    let views: Vec<(String, String)> =
        named.chain(own.iter().map(|view| (view.name.clone(), view.query.clone()))).collect();
    let counting = views.iter().map(|(_, query)| {
        let (query, store) = (Asked::of_query(query).query(now), &store);
        async move { user::count_up_to(store, &query, MOST_COUNTED + 1).await }
    });
    let query = asked.query(now);
    let (page, counts) = tokio::try_join!(user::list(&store, &query), try_join_all(counting))?;
    let here = asked.view();
    let tab = |((name, query), count): (&(String, String), &usize)| {
        let view = Asked { columns: asked.columns.clone(), ..Asked::of_query(query) };
        json!({
            "label": name, "href": view.address(administrator), "current": *query == here && asked.q.is_empty(),
            "count": number(administrator, *count),
        })
    };
    let saved = own.iter().find(|view| view.query == here).map(|view| view.id);
    let is_new = !views.iter().any(|(_, query)| *query == here);
    let next = page.next.map(|after| asked.next(after).address(administrator));
    let context = json!({
        "all": counts.first().map(|count| number(administrator, *count)),
        "guests": counts.get(1).map(|count| number(administrator, *count)),
        "all_count": counts.first(),
        "tabs": views.iter().zip(&counts).map(tab).collect::<Vec<_>>(),
        "q": asked.q, "chips": chips(administrator, asked), "company": asked.company,
        "company_off": Asked { company: String::new(), ..asked.at_the_start() }.address(administrator),
        "keep": keep(asked),
        "columns": heads(administrator, asked), "choices": choices(administrator, asked),
        "shown": asked.shown_columns(),
        "rows": page.users.iter().map(|user| row(administrator, user)).collect::<Vec<_>>(),
        "range": administrator.words("users-shown", &[("count", page.users.len().into())]),
        "previous": asked.previous().map(|page| page.address(administrator)).unwrap_or_default(),
        "next": next.unwrap_or_default(),
        "clear": administrator.link("/users"), "is_narrowed": asked.is_filtered() || !asked.q.is_empty(),
        "here": asked.at_the_start().address(administrator),
        "csv": Asked { format: "csv".to_owned(), ..asked.at_the_start() }.address(administrator),
        "view": here, "saved": saved, "may_save": is_new && own.len() < MOST_VIEWS,
        "may": administrator.may(Right::ManageUsers), "asking": asking,
    });
    Ok(administrator.page("user/list.html", context)?.into_response())
}

/// The hidden fields of the search: everything but what it asks for itself, from the first page on.
fn keep(asked: &Asked) -> Vec<Value> {
    let start = asked.at_the_start();
    let kept = start.fields().into_iter().filter(|(name, _)| *name != "q" && *name != "company");
    kept.map(|(name, value)| json!({"name": name, "value": value})).collect()
}

fn chips(administrator: &Administrator, asked: &Asked) -> Vec<Value> {
    let start = asked.at_the_start();
    let types = [("Member", "user-member"), ("Guest", "user-guest")];
    let states = [("Accepted", "user-accepted"), ("PendingAcceptance", "user-waiting")];
    let enabled = [("yes", "users-enabled-yes"), ("no", "users-enabled-no")];
    let created = [("7", "users-created-7"), ("30", "users-created-30"), ("90", "users-created-90")];
    vec![
        chip(administrator, "users-type", &asked.user_type, &types, |value| Asked {
            user_type: value,
            ..start.clone()
        }),
        chip(administrator, "users-state", &asked.state, &states, |value| Asked {
            state: value,
            ..start.clone()
        }),
        chip(administrator, "users-enabled", &asked.enabled, &enabled, |value| Asked {
            enabled: value,
            ..start.clone()
        }),
        chip(administrator, "users-created", &asked.created, &created, |value| Asked {
            created: value,
            ..start.clone()
        }),
    ]
}

/// A filter that is set is a chip that removes it; one that is not opens its choices.
fn chip(
    administrator: &Administrator,
    name: &str,
    value: &str,
    choices: &[(&str, &str)],
    with: impl Fn(String) -> Asked,
) -> Value {
    let name = administrator.words(name, &[]);
    if !value.is_empty() {
        let known = choices.iter().find(|(choice, _)| *choice == value);
        let said = known.map_or_else(|| value.to_owned(), |(_, key)| administrator.words(key, &[]));
        let off = with(String::new()).address(administrator);
        return json!({"label": format!("{name}: {said}"), "href": off, "on": true});
    }
    let any = administrator.words("users-any", &[]);
    let choice = |(value, key): &(&str, &str)| {
        let href = with((*value).to_owned()).address(administrator);
        json!({"label": administrator.words(key, &[]), "href": href, "current": false})
    };
    json!({"label": format!("{name}: {any}"), "on": false, "choices": choices.iter().map(choice).collect::<Vec<_>>()})
}

/// The heads of the table.
fn heads(administrator: &Administrator, asked: &Asked) -> Vec<Value> {
    let (sorted, turned) = asked.turned("name");
    let name = json!({
        "label": administrator.words("users-name", &[]), "href": turned.address(administrator), "sorted": sorted,
    });
    let head = |column: &str| {
        let label = administrator.words(&format!("users-column-{column}"), &[]);
        let narrow = column != "state";
        if column != "created" {
            return json!({"label": label, "narrow": narrow});
        }
        let (sorted, turned) = asked.turned("created");
        json!({"label": label, "href": turned.address(administrator), "sorted": sorted, "narrow": narrow})
    };
    std::iter::once(name).chain(asked.shown_columns().into_iter().map(head)).collect()
}

fn choices(administrator: &Administrator, asked: &Asked) -> Vec<Value> {
    let shown = asked.shown_columns();
    let choice = |column: &&str| {
        json!({
            "label": administrator.words(&format!("users-column-{column}"), &[]),
            "href": asked.with_column_turned(column).address(administrator), "current": shown.contains(column),
        })
    };
    COLUMNS.iter().map(choice).collect()
}

fn row(administrator: &Administrator, user: &User) -> Value {
    let (word, symbol, tone) = state(user);
    json!({
        "id": user.id, "name": user.display_name, "initials": web::initials(&user.display_name, 2),
        "address": user.address(), "href": administrator.link(&format!("/users/{}", user.id)),
        "state": administrator.words(word, &[]), "symbol": symbol, "tone": tone,
        "is_guest": user.is_guest(), "company": user.company_name, "created": day(administrator, user.created_at),
        "upn": user.user_principal_name,
    })
}

fn number(administrator: &Administrator, count: usize) -> String {
    let shown = i64::try_from(count.min(MOST_COUNTED)).unwrap_or(i64::MAX);
    let text = web::format_number(administrator.language(), shown);
    if count > MOST_COUNTED { format!("{text}+") } else { text }
}

pub async fn change(
    administrator: Administrator,
    State(service): State<UserService>,
    Submission { form, once, .. }: Submission<BTreeMap<String, String>>,
) -> web::Result<Response> {
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let picked: Vec<UserId> =
        form.keys().filter_map(|name| name.strip_prefix("pick-")).filter_map(|id| id.parse().ok()).collect();
    let by = administrator.clone();
    match field("do") {
        "save-view" => {
            let (name, query) = (field("name").trim().to_owned(), Asked::of_query(field("view")).view());
            administrator
                .once(once, async move { Ok(save_view(&by, name, query).await?.into_response()) })
                .await
        }
        "remove-view" => {
            let id = field("saved").parse().map_err(|_| Error::not_found("view"))?;
            administrator.once(once, async move { Ok(remove_view(&by, id).await?.into_response()) }).await
        }
        act @ ("block" | "unblock" | "delete") => {
            administrator.require(Right::ManageUsers)?;
            if act == "delete" && !picked.is_empty() && !form.contains_key("sure") {
                let asking = asking(&administrator, &picked).await?;
                return show(&administrator, &Asked::default(), &asking).await;
            }
            let act = act.to_owned();
            let work = async move { Ok(change_all(&by, &service, &act, &picked).await?.into_response()) };
            administrator.once(once, work).await
        }
        _ => Err(Error::bad_request("This form is incomplete. Load the page again, then send it.").into()),
    }
}

async fn save_view(administrator: &Administrator, name: String, query: String) -> Result<Landing> {
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Error::bad_request(format!("A view has a name of 1 to {LONGEST_NAME} characters.")));
    }
    let owner = administrator.user.id;
    let view = View { id: administrator.rng().uuid(), name: name.clone(), query };
    let landing = administrator.go(&format!("/users?{}", view.query));
    administrator
        .store()
        .write_unordered(view, move |mut tx, view| async move {
            if store::list_views(&mut tx, owner).await?.len() >= MOST_VIEWS {
                return Err(Error::conflict(format!(
                    "At most {MOST_VIEWS} views are kept. Remove one first."
                )));
            }
            store::insert_view(&mut tx, owner, &view).await
        })
        .await?;
    Ok(landing.toast(Toast::done("users-view-saved").text("name", name)))
}

async fn remove_view(administrator: &Administrator, id: uuid::Uuid) -> Result<Landing> {
    let owner = administrator.user.id;
    administrator
        .store()
        .write_unordered((), move |mut tx, _| async move { store::delete_view(&mut tx, owner, id).await })
        .await?;
    Ok(administrator.go("/users").toast(Toast::done("users-view-removed")))
}

async fn asking(administrator: &Administrator, picked: &[UserId]) -> Result<Value> {
    let mut read = administrator.read().await?;
    let mut rows = Vec::new();
    for id in picked {
        if let Some(user) = user::find(&mut read, *id).await? {
            rows.push(json!({"id": id, "name": user.display_name, "address": user.address()}));
        }
    }
    Ok(json!({"rows": rows}))
}

/// One after the other; whoever is gone meanwhile is passed over.
async fn change_all(
    administrator: &Administrator,
    service: &UserService,
    act: &str,
    picked: &[UserId],
) -> Result<Landing> {
    let (tenant, may) = (administrator.tenant.id, manage_facts(administrator));
    let mut done = 0;
    for id in picked.iter().filter(|id| **id != administrator.user.id) {
        let by = administrator.act();
        let outcome = match act {
            "delete" => service.delete(tenant, by, may, *id).await,
            _ => service.set_enabled(tenant, by, may, *id, act == "unblock").await.map(drop),
        };
        match outcome {
            Ok(()) => done += 1,
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    let key = match act {
        "delete" => "users-deleted-count",
        "block" => "users-blocked-count",
        _ => "users-unblocked-count",
    };
    let toast =
        if done == 0 { Toast::stop("users-none-picked") } else { Toast::done(key).number("count", done) };
    Ok(administrator.go("/users").toast(toast))
}
