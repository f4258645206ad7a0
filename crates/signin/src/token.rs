//! `/{tenant}/oauth2/v2.0/token` and its v1 twin (graph.md 24.5).

pub mod claims;
mod issue;
mod request;
mod store;

pub use issue::{Issuer, OnBehalf, TokenAnswer, subject};
pub(crate) use request::app_id;
pub use request::{ClientProof, EndpointVersion, Grant, TokenRequest};
