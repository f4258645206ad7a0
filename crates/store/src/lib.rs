//! SQLite and PostgreSQL behind one handle.
//!
//! A slice declares its statements once (`statements!`), in SQL that both engines take, and its tables once
//! ([`Migration`]). It reads through [`Snapshot`] and writes in closures over [`Tx`]:
//!
//! ```text
//! let invited = store.tenant(tenant).write(command, |mut tx, command| async move {
//!     let facts = rules::load(&mut tx, &command).await?;   // under the tenant's lock
//!     rules::decide(&facts)?;
//!     tx.execute(&INSERT, params![id: command.id, at: tx.now()]).await?;
//!     tx.feed("user", command.user, Change::Created).await?;
//!     tx.post(letter).await?;                              // leaves after the commit
//!     Ok(command.id)
//! }).await?;
//! ```
//!
//! A closure may run again, so it has no effect outside its `Tx`; on SQLite it is polled exactly once, so it
//! awaits nothing but statements. Whoever is answered `Ok` is answered after the commit is on the disk.
//!
//! Only this crate knows which engine runs.

mod backend;
pub mod backup;
mod catalog;
pub mod check;
mod collation;
mod epoch;
pub mod fate;
mod fault;
mod handle;
mod health;
mod job;
mod job_claim;
mod keys;
pub mod ledger;
mod migrate;
pub mod outbox;
mod postgres;
mod query;
pub mod rate;
mod read;
mod reseal;
mod schema;
mod signals;
mod sqlite;
mod statement;
mod sweep;
mod tenant_message;
mod tenants;
mod tx;
mod value;

pub use epoch::Epoch;
pub use handle::{GlobalStore, Location, Purpose, Snapshot, Store, TenantStore};
pub use health::{Backlog, Commits, Load, Standby};
pub use job::Lane;
pub use job_claim::JobClaim;
pub use keys::{Keys, MasterKey, MasterKeys};
pub use migrate::{Migration, migrate};
pub use outbox::Letter;
pub use query::Query;
pub use read::Read;
pub use schema::Versions;
pub use signals::{Faults, Signals};
pub use statement::{Scope, Statement};
pub use sweep::Sweep;
pub use tenant_message::{PutOff, TenantMessage, Told};
pub use tenants::{RETENTION, TenantRecord, TenantStatus};
pub use tx::{Change, Tx, Version};
pub use value::{Column, FromColumn, Json, Params, Row, Value};

/// The store's own statements, for the statement check.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [
        schema::STATEMENTS,
        health::STATEMENTS,
        outbox::STATEMENTS,
        fate::STATEMENTS,
        outbox::HELD_STATEMENTS,
        ledger::STATEMENTS,
        rate::STATEMENTS,
        tenant_message::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
