//! `/{tenant}/oauth2/v2.0/token` and its v1 twin (graph.md 24.5): client credentials, authorization codes and
//! refresh tokens for signed tokens.

pub mod claims;
mod endpoint;
mod issue;
mod opaque;
mod request;
mod service;
mod store;

pub use endpoint::routes;
pub use issue::{Issuer, OnBehalf, TokenAnswer, subject};
pub(crate) use request::app_id;
pub use request::{ClientProof, EndpointVersion, TokenRequest};
pub use service::{CODE_MINUTES, Circumstances, TokenService};
pub use store::{Grant, StoredCode};

use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };
