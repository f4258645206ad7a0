//! Groups, as far as a seed makes them: endpoints come with their own slice of Graph.

mod store;
#[cfg(test)]
mod tests;

pub use self::store::{add_member, find, insert};

use kernel::GroupId;
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub display_name: String,
}
