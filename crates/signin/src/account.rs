//! Everyone's own page, in its plainest form: who you are here, which applications you may open, sign out.
//!
//! `/account` leads to the tenant used last in this browser.

mod pages;
#[cfg(test)]
mod tests;

use module::{Module, Platform};

pub fn module(platform: &Platform) -> Module {
    let platform = platform.clone();
    Module {
        name: "signin::account",
        pages: Some(Box::new(move |_| pages::routes(platform))),
        templates: &[("account/home.html", include_str!("account/pages/home.html"))],
        words: web::words!("../../../locales", "account"),
        ..Module::default()
    }
}
