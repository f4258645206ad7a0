//! `/{tenant}/oauth2/v2.0/authorize` and its v1 twin (graph.md 24.4).

mod request;

pub use request::{AuthorizeRequest, Circumstances, Opening, Prompt, Return};
