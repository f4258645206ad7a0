//! The one-time link with which a tenant's first administrator chooses a password: printed by `lodge tenant
//! create`, good for 24 hours and once. The store keeps the digest of its token only. It leads to
//! `/account/{tenant}`, signed in.

mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::service::{LIFETIME, create_link, path, set_up_url};
pub use self::store::end;

use crate::password::PasswordService;
use module::{Module, Platform, Tables};

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

pub fn module(platform: &Platform, passwords: &PasswordService) -> Module {
    let service = service::SetUpService::new(platform.clone(), passwords.clone());
    Module {
        name: "signin::set_up",
        pages: Some(Box::new(move |_| pages::routes(service))),
        templates: TEMPLATES,
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[("password/set_up.html", include_str!("password/pages/set_up.html"))];
