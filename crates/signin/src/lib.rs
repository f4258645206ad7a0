//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, pages and
//! tests.

pub mod account;
pub mod admission;
pub mod authorize;
pub mod consent;
pub mod discovery;
pub mod email_code;
mod endpoint;
pub mod home_realm;
pub mod logout;
pub mod password;
pub mod person;
pub mod protocol;
mod record;
pub mod session;
pub mod set_up;
pub mod sign_in;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod testing;
pub mod token;
pub mod userinfo;
mod visit;

use module::{Module, Platform, Tables};

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![session::TABLES, password::TABLES, email_code::TABLES, set_up::TABLES, token::TABLES]
}

/// The slices with which people sign in at pages. Hashing passwords starts threads, so the service is given.
pub fn modules(platform: &Platform, passwords: &password::PasswordService) -> Vec<Module> {
    vec![
        session::module(platform),
        password::module(),
        email_code::module(platform),
        home_realm::module(),
        set_up::module(platform, passwords),
        sign_in::module(platform, passwords),
        account::module(platform),
        admission::module(platform),
    ]
}
