//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, pages and
//! tests.

pub mod session;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![session::TABLES]
}
