//! Many invitations at once: what fits the sending limits leaves at once, the rest at the permitted pace.
//!
//! A batch is rows: one for the whole, one for each address. Each address is invited in the same write that notes
//! what came of it, so that a restart, a second node or a second press never invites twice. Whoever lets a batch
//! start works on it until a limit says wait; a job goes on from there.

mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::service::{BatchService, NewBatch};
pub use self::store::{Batch, Item, Outcome, counts, find, list_items, list_unfinished};

use kernel::SignedDuration;
use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// Addresses of one batch.
pub const MOST: usize = 5000;

pub fn module(platform: &Platform) -> Module {
    let service = BatchService::new(platform.clone());
    let portal = pages::pages(&service);
    let go_on = delivery::Job {
        name: "invitation_batch.go_on",
        every: SignedDuration::from_mins(1),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move { service.go_on(tenant).await })
        }),
    };
    Module {
        name: "collaboration::invitation_batch",
        portal,
        templates: pages::TEMPLATES,
        jobs: vec![go_on],
        ..Module::default()
    }
}
