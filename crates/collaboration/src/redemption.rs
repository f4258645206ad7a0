//! Redemption: how an invited person comes in.
//!
//! ```text
//! link or typed code --finds--> invitation --proof--> consent --accept--> bound to issuer and subject
//!                                   |                    \--decline--> declined
//!                                   |--report--> told to the administrators, nothing changes
//!                                   \--send me a new one--> the newest link again, to the stored address
//! ```
//!
//! **A ticket finds the invitation, it proves nothing.** Whoever answers has shown in this very browser that the
//! invited address is theirs: by the sign-in of the tenant of this Lodge that knows the address or, where none
//! does, by a code mailed to it. What is bound then is issuer and subject; the address never counts again.
//!
//! The pages' routes, the proofs and the sessions are in `signin::admission`, one floor above; the rules, the
//! writes and the views are here. A GET changes nothing, and before the proof a POST can at most send a mail to
//! the stored address or note a report, each within its limit.

mod home;
mod mail;
mod pages;
mod rules;
mod service;
#[cfg(test)]
pub(crate) mod tests;
mod typed_code;

pub use self::home::{HomeAccount, find_home_account, owns_address};
pub use self::pages::{
    CodeState, Consent, EnterCode, Refused, Views, WrongAccount, account_path, mask, proof_path,
};
pub use self::rules::{
    Bound, HOME_DISABLED, HOME_SIGN_IN, Home, IDENTITY_TAKEN, INVITED_ADDRESS, LINK, PROOF, Plan, Proof,
    RULES, RedeemFacts, decide, decide_decline,
};
pub use self::service::{Claim, Link, LinkText, Redeemed, RedemptionService, accept, decline};
pub use self::typed_code::TypedCode;

use module::{Module, Platform};

pub fn module(platform: &Platform) -> Module {
    let platform = platform.clone();
    Module {
        name: "collaboration::redemption",
        rules: RULES,
        templates: pages::TEMPLATES,
        words: pages::WORDS,
        mails: Some(Box::new(move |templates| mail::kinds(&platform, templates))),
        ..Module::default()
    }
}

/// What is answered to an invitation, once the address is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Accept,
    Decline,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
        }
    }
}
