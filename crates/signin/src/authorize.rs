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

pub use endpoint::Authorize;
pub use request::{AuthorizeRequest, Circumstances, Opening, Prompt, Return};
pub use service::{AuthorizeService, Step, Visit};

use kernel::{Language, TenantId};
use module::Module;

/// What the sign-in page is to do.
pub struct SignInAsk<'a> {
    pub tenant: TenantId,
    /// A path of this server to go on to afterwards.
    pub return_to: &'a str,
    /// Who the application expects.
    pub hint: Option<&'a str>,
    /// What is to be opened, and where it leads.
    pub client: Option<crate::sign_in::Client>,
    /// The accounts of this browser are to be offered.
    pub choose: bool,
    /// The person is to prove themselves again, though they are signed in.
    pub again: bool,
}

/// The address of the sign-in page that does it.
pub type SignInAddress = fn(&SignInAsk<'_>) -> String;

pub fn module(authorize: Authorize) -> Module {
    Module {
        name: "signin::authorize",
        pages: Some(Box::new(move |_| endpoint::routes(authorize))),
        templates: TEMPLATES,
        words: WORDS,
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("authorize/error.html", include_str!("authorize/pages/error.html")),
    ("authorize/form_post.html", include_str!("authorize/pages/form_post.html")),
    ("consent/consent.html", include_str!("consent/pages/consent.html")),
];

const WORDS: &[web::Resource] = &[
    web::Resource { language: Language::En, source: include_str!("../../../locales/en/authorize.ftl") },
    web::Resource { language: Language::De, source: include_str!("../../../locales/de/authorize.ftl") },
    web::Resource { language: Language::Fr, source: include_str!("../../../locales/fr/authorize.ftl") },
    web::Resource { language: Language::Es, source: include_str!("../../../locales/es/authorize.ftl") },
    web::Resource { language: Language::Ar, source: include_str!("../../../locales/ar/authorize.ftl") },
];
