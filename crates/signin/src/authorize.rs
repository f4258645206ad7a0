//! `/{tenant}/oauth2/v2.0/authorize` and its v1 twin (graph.md 24.4): a person signs in to an application.
//!
//! A request is parsed in two steps ([`Opening`], [`AuthorizeRequest`]); [`AuthorizeService`] decides what happens
//! next: sign in, ask for consent, answer with a code, refuse. On its way through other pages the request travels
//! sealed in their addresses, so nothing is stored for somebody who never signs in.

mod answer;
mod endpoint;
mod explain;
mod request;
mod sealed;
mod service;
#[cfg(test)]
mod tests;

pub use request::{AuthorizeRequest, Circumstances, Opening, Prompt, Return};
pub use service::{AuthorizeService, Step, Visit};

use module::Module;

pub fn module(service: &AuthorizeService) -> Module {
    let service = service.clone();
    Module {
        name: "signin::authorize",
        pages: Some(Box::new(move |_| endpoint::routes(service))),
        templates: TEMPLATES,
        words: web::words!("../../../locales", "authorize"),
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("authorize/error.html", include_str!("authorize/pages/error.html")),
    ("authorize/form_post.html", include_str!("authorize/pages/form_post.html")),
    ("consent/consent.html", include_str!("consent/pages/consent.html")),
];
