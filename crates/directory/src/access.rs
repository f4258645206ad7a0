//! Who may call, and the tenant's authorization policy.
//!
//! [`AccessService`] turns a bearer token into a [`graph::Caller`]. The tenant a token names only chooses whose keys
//! to hold it against: what counts is that a key of that tenant signed it, with the one algorithm of the key, that
//! its issuer is that tenant's, that it is for Graph and still good, and that user and application are as of now in
//! the state to use it (security lesson 14).

mod policy;
mod rules;
mod service;
mod sight;
mod store;
#[cfg(test)]
mod tests;

pub use self::policy::{AuthorizationPolicy, GuestAccess, InvitesFrom};
pub use self::service::{AccessService, AccessToken};
pub use self::sight::{Sight, sight, unseen};
pub use self::store::{policy, save_policy};

use module::{Module, Tables};

pub fn module() -> Module {
    Module { name: "directory::access", rules: sight::RULES, ..Module::default() }
}

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };
