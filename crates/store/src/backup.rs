//! A whole database as one file that either engine reads back, and what begins when it does: a new epoch.
//!
//! [`Store::backup`] writes from one consistent snapshot while everybody works on. [`restore`] checks the file to
//! its last byte before it touches anything, and then fills an idle database in one transaction. What must not
//! outlive its time is not in the file (tables marked `{fleeting}`); mail that waited is held; and until
//! [`Store::settle_epoch`] has been called, what the slices do at a restore has not been done.

mod dump;
mod file;
mod load;

pub use file::{Header, check};
pub(crate) use load::in_use;
pub use load::{Replace, restore};

/// How far a backup or a restore is, in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// Hears of the progress every now and then; an error ends the work, and nothing is kept of it.
pub type Watch<'a> = &'a mut (dyn FnMut(Progress) -> kernel::Result<()> + Send);

/// Rows between two reports.
const BETWEEN_REPORTS: u64 = 256;

/// The line that describes a table's column: `tenant_id:id`.
fn describe(column: &crate::catalog::Column) -> String {
    format!("{}:{}", column.name, column.kind.token())
}
