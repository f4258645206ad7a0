//! Tenants, users, groups, applications, roles, keys, audit: what a directory holds.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, endpoints and tests.

pub mod audit_log;
pub mod group;
pub mod role;
pub mod tenant;
pub mod user;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![tenant::TABLES, user::TABLES, role::TABLES, group::TABLES, audit_log::TABLES]
}
