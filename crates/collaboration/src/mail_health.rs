//! *Mail health*: whether an organisation's mail reaches people, and what to do where it does not.
//!
//! The records of its sender domains are looked up by a job and on demand; what waits, what was given up, what bounced
//! and which addresses take no mail is read from what delivery has written down. An administrator tries given-up mail
//! again, lets an address be written to again, chooses whom mail comes from, and sends a test.

mod pages;
mod records;
mod service;
mod spf;
mod store;
mod test_mail;
#[cfg(test)]
mod tests;
mod view;

pub use self::pages::module;
pub use self::records::{DomainFacts, Finding, Publish, Reason, Report, State, decide};
pub use self::service::{DomainHealth, Health, MailHealthService, MailRoute, Queued};

use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };
