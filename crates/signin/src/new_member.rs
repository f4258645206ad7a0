//! *New user*: a member is made with a one-time password, which is shown once and asks for a new one at the first
//! sign-in. An outside address is no member: it is recognised and becomes the invitation that was meant.

mod pages;
mod service;
#[cfg(test)]
mod tests;

pub use self::service::{Made, NewMember, NewMemberService, UNVERIFIED_DOMAIN};

use crate::password::PasswordService;
use axum::routing::{get, post};
use module::{Module, Platform, PortalAction, PortalPage, Right};

pub fn module(platform: &Platform, passwords: &PasswordService) -> Module {
    let service = NewMemberService::new(platform.clone(), passwords.clone());
    let page = PortalPage::new("/users/new", "users-new", Right::ManageUsers, get(pages::form))
        .changing(Right::ManageUsers, post(pages::create).with_state(service))
        .below("/users");
    Module {
        name: "signin::new_member",
        portal: vec![page],
        actions: ACTIONS,
        templates: TEMPLATES,
        rules: service::RULES,
        ..Module::default()
    }
}

const ACTIONS: &[PortalAction] = &[PortalAction {
    label: "users-new",
    icon: "user",
    path: "/users/new",
    right: Right::ManageUsers,
    keywords: Some("new-user-words"),
}];

const TEMPLATES: &[(&str, &str)] = &[
    ("new_member/form.html", include_str!("new_member/pages/form.html")),
    ("new_member/made.html", include_str!("new_member/pages/made.html")),
];
