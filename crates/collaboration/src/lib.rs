//! Guests: who is invited, how they come in, what they may be.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, endpoint,
//! pages, mail and tests. The invitation is the model that others follow.

pub mod invitation;
pub mod mail_preference;
pub mod redemption;
pub mod view;

use module::Tables;

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![invitation::TABLES, mail_preference::TABLES]
}
