//! What everything else stands on: typed ids, time, randomness, actors, errors, verdicts, addresses.
//!
//! No I/O and no async here. Time and randomness are handles that are passed in, so that a test can move
//! the one and repeat the other.

mod actor;
mod address;
mod clock;
mod error;
mod ids;
mod language;
mod links;
mod rng;
mod secret;
mod verdict;

pub use actor::{Act, Actor};
pub use address::{DomainName, EmailAddress, InvalidAddress};
pub use clock::Clock;
pub use error::{Detail, Error, Kind, Result};
pub use ids::{
    AppId, ApplicationId, AuditEventId, CorrelationId, GroupId, InvitationId, ObjectId, OutboxId, SessionId,
    TenantId, UserId,
};
pub use language::Language;
pub use links::{Origin, QueryBuilder};
pub use rng::Rng;
pub use secret::Secret;
pub use verdict::{Refusal, Remedy, RuleId, Setting, Verdict};

pub use jiff::{SignedDuration, Timestamp};
