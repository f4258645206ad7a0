//! `/{tenant}/oauth2/v2.0/token` and its v1 twin (graph.md 24.5): client credentials, authorization codes and
//! refresh tokens for signed tokens.

pub mod claims;
mod endpoint;
mod issue;
mod opaque;
mod request;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use issue::{Issuer, OnBehalf, TokenAnswer, subject};
pub(crate) use request::app_id;
pub use request::{ClientProof, EndpointVersion, TokenRequest};
pub use service::{CODE_MINUTES, Circumstances, TokenService};
pub use store::{Grant, StoredCode};

use kernel::SignedDuration;
use module::{Module, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

pub fn module(service: &TokenService) -> Module {
    let purged = service.clone();
    let purge = delivery::Job {
        name: "token.purge",
        every: SignedDuration::from_hours(1),
        run: Arc::new(move |tenant| {
            let service = purged.clone();
            Box::pin(async move { service.purge(tenant).await })
        }),
    };
    let routes = endpoint::routes(service);
    Module {
        name: "signin::token",
        pages: Some(Box::new(move |_| routes)),
        jobs: vec![purge],
        ..Module::default()
    }
}
