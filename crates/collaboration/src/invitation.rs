//! Invitations: an address is invited, a guest exists at once, and a link leads them in.
//!
//! On the wire: `POST /v1.0/invitations` (Graph: invitation). Inviting an address again is a resend: the same
//! guest, a new link, the older one dead. A guest who has accepted is told where to sign in.
//!
//! ```text
//! (none) --invite--> open --accept--> accepted          the guest: PendingAcceptance --> Accepted
//!                     |  |--decline--> declined
//!                     |  \--withdraw--> withdrawn
//!                     \--invite again--> open, next generation
//! ```
//!
//! **A ticket finds the invitation, it proves nothing.** It is an HMAC of (invitation, generation) under a key of
//! the tenant, so no row holds it and a copy of the database redeems nothing. Whatever makes links stale raises
//! the generation: every older link dies at once and is still recognised as *replaced*.

mod collection;
mod delivery_facts;
mod epoch;
mod facts;
mod graph;
mod limits;
pub mod link;
mod mail;
mod manage;
mod pages;
mod posting;
mod preview;
mod rules;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use self::delivery_facts::{Delivery, DeliveryState};
pub use self::graph::module;
pub use self::limits::{time_for, wait};
pub use self::pages::module as pages_module;
pub use self::preview::{Decision, Outlook};
pub use self::rules::{Existing, InviteFacts, Inviter, Plan, RULES, decide};
pub(crate) use self::service::Work;
pub use self::service::{InvitationService, Invite, Invited, Notice, Rights, SendAgain};
pub use self::store::{
    Codes, PendingQuery, count_pending, find, find_by_code, find_by_user, find_delivery, list_pending,
    note_opened, raise, save_state,
};

pub use directory::access::InvitesFrom;
use kernel::{EmailAddress, InvitationId, Language, Timestamp, UserId};
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// The one invitation of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub user: UserId,
    /// The address as it was invited: the only one mail goes to.
    pub address: EmailAddress,
    /// Raised by whatever ends the links given out so far.
    pub generation: u32,
    pub state: State,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    /// Where the guest lands: an absolute address, as the inviter gave it.
    pub redirect_url: String,
    /// None if an application invited.
    pub inviter: Option<InviterRecord>,
    /// The personal message, if it goes out with the mail.
    pub message: Option<String>,
    pub language: Language,
    /// Whether Lodge mailed it, or the inviter handed the link on.
    pub mailed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Accepted,
    Declined,
    Withdrawn,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Accepted, Self::Declined, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// The person who invited, as they were then.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InviterRecord {
    pub id: UserId,
    pub display_name: String,
    pub address: Option<EmailAddress>,
}

impl Invitation {
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}
