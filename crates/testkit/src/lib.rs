//! The whole server in a test; and, for the crates below it, a fresh database of each engine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

pub mod dump;
pub mod engines;
