//! Tenants, users, groups, applications, roles, keys, audit: what a directory holds.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, endpoints and tests.

pub mod access;
pub mod application;
pub mod audit_log;
mod cache;
pub mod directory_object;
pub mod group;
pub mod portal;
mod records;
pub mod role;
pub mod sign_in_log;
pub mod signing_key;
pub mod tenant;
#[cfg(test)]
mod testing;
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
        group::membership::TABLES,
        application::TABLES,
        signing_key::TABLES,
        audit_log::TABLES,
        sign_in_log::TABLES,
        portal::TABLES,
    ]
}

#[cfg(test)]
mod tests {
    use super::tables;
    use crate::testing::on_each_engine;
    use store::check;

    #[tokio::test]
    async fn every_statement_is_prepared_by_both_engines_and_no_hot_one_scans() {
        on_each_engine(|house| async move {
            let store = house.platform.store();
            let statements =
                tables().iter().flat_map(|tables| tables.statements).copied().collect::<Vec<_>>();
            assert_eq!(check::problems(store, statements).await, [""; 0]);
        })
        .await;
    }
}
