//! One-time codes: eight digits mailed to a stored address, good for 30 minutes in the browser that asked.
//!
//! A code is an HMAC of its id under a key of the tenant, so no row and no letter holds it: it is derived when the
//! mail leaves and when somebody types it. It is bound to the browser, to what it is for and to whom it is for.
//! Five tries, each taken before the digits are compared; then a new code is needed. Whether a code was mailed at
//! all cannot be told from outside: one that goes nowhere is counted, limited and refused alike.
//!
//! ```text
//! (none) --request--> open --right digits--> proven (24 hours, in a renewed browser) --take--> (none)
//!                      |--five wrong--> spent      |--30 minutes--> expired
//!                      \--request--> open, another code
//! ```

mod digits;
mod mail;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::digits::{LIFETIME, MOST_TRIES, PER_ADDRESS, PER_ADDRESS_AND_NETWORK, PROOF_LIFETIME};
pub use self::service::{CodeOutcome, EmailCodeService, Request, Requested, Standing, standing};
pub use self::store::{proven_at, take};

use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

pub fn module(platform: &Platform) -> Module {
    let (service, composer) = (EmailCodeService::new(platform.clone()), platform.clone());
    let purge = delivery::Job {
        name: "email_code.purge",
        every: kernel::SignedDuration::from_hours(1),
        run: Arc::new(move |tenant| {
            let service = service.clone();
            Box::pin(async move { service.purge(tenant).await })
        }),
    };
    Module {
        name: "signin::email_code",
        templates: TEMPLATES,
        mails: Some(Box::new(move |templates| vec![mail::kind(&composer, templates)])),
        jobs: vec![purge],
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("email_code/code.html", include_str!("email_code/pages/code.html")),
    ("mail/email_code.subject", include_str!("email_code/mail/email_code.subject")),
    ("mail/email_code.txt", include_str!("email_code/mail/email_code.txt")),
    ("mail/email_code.html", include_str!("email_code/mail/email_code.html")),
];

/// What a code is asked for. A code for one of these proves nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Accepting an invitation.
    Accept,
    /// Declining an invitation.
    Decline,
    /// Signing in as a guest.
    SignIn,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::SignIn => "sign_in",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Accept, Self::Decline, Self::SignIn].into_iter().find(|purpose| purpose.as_str() == text)
    }
}
