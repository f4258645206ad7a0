//! The portal's pages of users: all of them, one of them, the deleted.

mod asked;
mod csv;
mod deleted;
mod list;
mod profile;
mod timeline;

use super::UserService;
use super::rules::ManageFacts;
use crate::portal::Administrator;
use crate::role::Role;
use axum::routing::{get, post};
use jiff::tz::TimeZone;
use kernel::{Result, TenantId, Timestamp};
use module::{Group, Hit, Platform, PortalPage, PortalSearch, Right};
use std::sync::Arc;

pub fn pages(service: &UserService) -> Vec<PortalPage> {
    let state = || service.clone();
    vec![
        PortalPage::new("/users", "users", Right::ReadUsers, get(list::list))
            .changing(Right::ReadUsers, post(list::change).with_state(state()))
            .listed(Group::Directory, 10, "users")
            .found_by("users-words"),
        PortalPage::new("/users/deleted", "users-deleted", Right::ReadUsers, get(deleted::list))
            .changing(Right::ManageUsers, post(deleted::change).with_state(state()))
            .below("/users")
            .found_by("users-deleted-words"),
        PortalPage::new("/users/{id}", "user", Right::ReadUsers, get(profile::show))
            .changing(Right::ManageUsers, post(profile::change).with_state(state()))
            .below("/users"),
    ]
}

/// People by the beginnings of their names and addresses, for the palette.
pub fn search(platform: &Platform) -> PortalSearch {
    let platform = platform.clone();
    let find = move |tenant: TenantId, text: String| -> web::BoxFuture<'static, Result<Vec<Hit>>> {
        let store = platform.tenant(tenant);
        Box::pin(async move {
            let query = super::UserQuery { search: Some(text), size: 8, ..super::UserQuery::default() };
            let page = super::list(&store, &query).await?;
            let hit = |user: super::User| Hit {
                note: user.address().to_owned(),
                kind: if user.is_guest() { "user-guest" } else { "user-member" },
                path: format!("/users/{}", user.id),
                name: user.display_name,
            };
            Ok(page.users.into_iter().map(hit).collect())
        })
    };
    PortalSearch { title: "portal-people", right: Right::ReadUsers, find: Arc::new(find) }
}

pub const TEMPLATES: &[(&str, &str)] = &[
    ("user/list.html", include_str!("pages/list.html")),
    ("user/profile.html", include_str!("pages/profile.html")),
    ("user/deleted.html", include_str!("pages/deleted.html")),
];

pub const WORDS: &[web::Resource] = web::words!("../../../../locales", "users");

fn manage_facts(administrator: &Administrator) -> ManageFacts {
    let roles = administrator.rights.roles();
    let is_administrator =
        roles.contains(&Role::GlobalAdministrator) || roles.contains(&Role::UserAdministrator);
    ManageFacts { is_application: false, is_administrator }
}

fn day(administrator: &Administrator, at: Timestamp) -> String {
    web::format_date(administrator.language(), at, &TimeZone::UTC)
}

/// The state of a user: the key of its word, icon, tone.
fn state(user: &super::User) -> (&'static str, &'static str, &'static str) {
    if !user.account_enabled {
        return ("user-blocked", "ban", "");
    }
    match user.external_state {
        Some(super::ExternalUserState::PendingAcceptance) => ("user-waiting", "hourglass", "warn"),
        Some(super::ExternalUserState::Accepted) => ("user-accepted", "circle-check", "ok"),
        None => ("user-active", "circle-check", ""),
    }
}
