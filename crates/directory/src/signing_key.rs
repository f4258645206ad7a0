//! Signing keys: each tenant signs its tokens with RSA keys of its own (RS256).
//!
//! Two are published: the *active* one, which signs, and the *next* one, which clients thereby know long before it
//! signs. A rotation retires the active key, activates the next and makes another; a retired key verifies until the
//! last token it signed has expired. Private keys lie in the store sealed under the tenant's key.

mod ring;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::ring::KeyRing;
pub use self::service::SigningKeyService;

use delivery::Progress;
use kernel::SignedDuration;
use module::{Module, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// Days an active key signs before the job rotates it.
pub const ROTATION_DAYS: i64 = 90;
/// Hours a retired key still verifies: longer than any token lives.
pub const RETIREMENT_HOURS: i64 = 48;

pub fn module(service: &SigningKeyService) -> Module {
    let service = service.clone();
    let rotate = delivery::Job {
        name: "signing_key.rotate",
        every: SignedDuration::from_hours(6),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move {
                service.rotate_when_due(tenant).await?;
                Ok(Progress::Done)
            })
        }),
    };
    Module { name: "directory::signing_key", jobs: vec![rotate], ..Module::default() }
}
