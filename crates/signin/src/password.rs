//! Passwords of members: kept as argon2id hashes, hashed on threads of their own, guessed at only slowly.
//!
//! An answer and the time it takes are the same whether or not a user exists. Wrong ones are counted per user
//! *and* network, so that a stranger elsewhere never locks anybody out, and more widely per network.

mod hasher;
mod keeper;
mod rules;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::hasher::{Hashed, Hasher};
pub use self::rules::{LONGEST, SHORTEST, Weakness, check};
pub use self::service::{PAUSE, PasswordService, Verified, WRONG_MOST, limits_of};
pub use self::store::{delete, has, is_one_time, set, set_one_time};

use module::{Module, Tables};

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

pub fn module() -> Module {
    Module { name: "signin::password", templates: TEMPLATES, ..Module::default() }
}

const TEMPLATES: &[(&str, &str)] =
    &[("password/password.html", include_str!("password/pages/password.html"))];
