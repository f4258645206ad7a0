//! Tenants, users, groups, applications, roles, keys, audit: what a directory holds.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, endpoints and tests.

pub mod access;
pub mod application;
pub mod audit_log;
mod cache;
pub mod group;
pub mod role;
pub mod sign_in_log;
pub mod signing_key;
pub mod tenant;
pub mod user;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![
        tenant::TABLES,
        access::TABLES,
        user::TABLES,
        role::TABLES,
        group::TABLES,
        application::TABLES,
        signing_key::TABLES,
        audit_log::TABLES,
        sign_in_log::TABLES,
    ]
}
