//! Everyone's own page, in its plainest form: who you are here, which applications you may open, sign out.
//!
//! `/account` leads to the tenant used last in this browser.

mod pages;
#[cfg(test)]
mod tests;

use kernel::TenantId;
use module::{Module, Platform};

pub fn module(platform: &Platform) -> Module {
    let platform = platform.clone();
    Module {
        name: "signin::account",
        pages: Some(Box::new(move |_| pages::routes(platform))),
        templates: TEMPLATES,
        words: web::words!("../../../locales", "account"),
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("account/home.html", include_str!("account/pages/home.html")),
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
