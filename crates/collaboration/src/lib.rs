//! Guests: who is invited, how they come in, what they may be.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, endpoint,
//! pages, mail and tests. The invitation is the model that others follow.

pub mod invitation;
pub mod invitation_batch;
pub mod mail_health;
pub mod mail_preference;
pub mod redemption;
pub mod view;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![invitation::TABLES, invitation_batch::TABLES, mail_health::TABLES, mail_preference::TABLES]
}

#[cfg(test)]
mod tests {
    use crate::redemption::tests::migrations;
    use store::check;
    use testkit::engines::for_each_engine;

    #[tokio::test]
    async fn every_statement_is_prepared_by_both_engines_and_no_hot_one_scans() {
        for_each_engine(&migrations(), |store| async move {
            let statements =
                super::tables().iter().flat_map(|tables| tables.statements).copied().collect::<Vec<_>>();
            assert_eq!(check::problems(&store, statements).await, [""; 0]);
        })
        .await;
    }
}
