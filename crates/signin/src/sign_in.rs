//! The sign-in pages: user name, then a password or a mailed code, or one of the accounts of this browser.
//!
//! They live below `/account/{tenant}/sign-in`, work without scripts, and lead back to a path of this server. A
//! sign-in binds nothing: it finds the user that issuer and subject were bound to when an invitation was accepted,
//! or it is refused with the reason, told only after the proof.

mod desk;
mod errand;
mod pages;
#[cfg(test)]
mod tests;
mod views;

pub(crate) use self::desk::Desk;
pub use self::errand::{Client, Errand, LocalPath, Prompt, sign_in_path};
pub(crate) use self::pages::signed_out;
pub(crate) use self::views::{go, organization};

use crate::email_code::EmailCodeService;
use crate::password::PasswordService;
use module::{Module, Platform};

pub fn module(platform: &Platform, passwords: &PasswordService) -> Module {
    let codes = EmailCodeService::new(platform.clone());
    let desk = Desk::new(platform.clone(), passwords.clone(), codes);
    Module {
        name: "signin::sign_in",
        pages: Some(Box::new(move |_| pages::routes(desk))),
        words: web::words!("../../../locales", "signin"),
        ..Module::default()
    }
}
