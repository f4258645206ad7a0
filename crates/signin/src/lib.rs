//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, pages and
//! tests.

pub mod authorize;
pub mod consent;
pub mod discovery;
pub mod email_code;
mod endpoint;
pub mod password;
pub mod person;
pub mod protocol;
mod record;
pub mod session;
pub mod token;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![session::TABLES, password::TABLES, email_code::TABLES, token::TABLES]
}
