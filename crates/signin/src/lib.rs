//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.

pub mod authorize;
pub mod consent;
pub mod discovery;
mod endpoint;
pub mod person;
pub mod protocol;
pub mod token;
