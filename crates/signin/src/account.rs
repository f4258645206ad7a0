//! Everyone's own pages: who you are here, your applications, your password, where you are signed in.
//!
//! `/account` leads to the tenant used last in this browser; each page names the account it uses.

mod own;
mod pages;
mod password;
mod sessions;
#[cfg(test)]
mod tests;

use crate::password::PasswordService;
use kernel::TenantId;
use module::{Module, Platform};

pub fn module(platform: &Platform, passwords: &PasswordService) -> Module {
    let (platform, passwords) = (platform.clone(), passwords.clone());
    Module {
        name: "signin::account",
        pages: Some(Box::new(move |_| pages::routes(platform, passwords))),
        templates: TEMPLATES,
        words: web::words!("../../../locales", "account"),
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("account/home.html", include_str!("account/pages/home.html")),
    ("account/profile.html", include_str!("account/pages/profile.html")),
    ("account/password.html", include_str!("account/pages/password.html")),
    ("account/sessions.html", include_str!("account/pages/sessions.html")),
    ("account/apps.html", include_str!("account/pages/apps.html")),
    ("account/appearance.html", include_str!("account/pages/appearance.html")),
    ("account/parts.html", include_str!("account/pages/parts.html")),
    ("session/sign_out.html", include_str!("session/pages/sign_out.html")),
];

/// The page of everyone's own in a tenant.
pub fn path(tenant: TenantId) -> String {
    format!("/account/{tenant}")
}

/// The page that asks whether to sign out: a link alone signs nobody out.
pub fn sign_out_path(tenant: TenantId) -> String {
    format!("/account/{tenant}/sign-out")
}
