//! `/redeem`: the way in of an invited person, from the link to a session.
//!
//! ```text
//! GET  /redeem            the typed code, the invitation, or why a link is dead
//! POST /redeem            continue, not me, decline, report, send me a new one, open a typed code
//! GET  /redeem/proof      the sign-in that fits; once the address is proven, the consent
//! POST /redeem/proof      sign in at home, have a code mailed, switch accounts
//! POST /redeem/code       the mailed digits
//! POST /redeem/consent    accept: binding, session and audit event in one write
//! POST /redeem/decline    the end of the invitation
//! GET  /redeem/onward     to where the invitation leads, past a page that names a place not registered
//! ```
//!
//! Every page is found anew by the ticket that its address or form carries, and no step trusts the one before: what
//! is proven is read from the sessions and codes of this browser each time. A GET changes nothing. Before the proof
//! a POST can at most send a mail to the stored address or note a report, each within its limit.

mod gate;
mod pages;
#[cfg(test)]
mod tests;

use module::{Module, Platform};

pub fn module(platform: &Platform) -> Module {
    let gate = gate::Gate::new(platform.clone());
    Module {
        name: "signin::admission",
        pages: Some(Box::new(move |_| pages::routes(gate))),
        ..Module::default()
    }
}
