//! Two administrators, one thing: the second is told instead of writing over the first.
//!
//! A form carries the number of the last change before its page was read. A write looks, under the tenant's lock,
//! whether the audit log knows of a later change to the same object.

use crate::audit_log;
use ::store::Read;
use kernel::{Error, ObjectId, Refusal, Result, RuleId, Timestamp};
use std::fmt;

pub const CHANGED: RuleId = RuleId("portal.changedMeanwhile");

/// The state of the directory that a page was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    change_number: i64,
    at: Timestamp,
}

impl Seen {
    pub(super) fn now(change_number: i64, at: Timestamp) -> Self {
        Self { change_number, at }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, at) = text.split_once('.')?;
        Some(Self {
            change_number: number.parse().ok()?,
            at: Timestamp::from_microsecond(at.parse().ok()?).ok()?,
        })
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.change_number, self.at.as_microsecond())
    }
}

pub async fn unchanged(read: &mut impl Read, object: ObjectId, seen: Seen) -> Result<()> {
    let Some(event) = audit_log::last_change(read, object, seen.change_number, seen.at).await? else {
        return Ok(());
    };
    let time = web::format_time(event.at, &jiff::tz::TimeZone::UTC);
    let sentence = format!("Not saved. {} changed this at {time}.", event.actor_name);
    let remedy = "Load the page again, compare, and enter what is still right.";
    Err(Error::conflict(sentence.clone()).refused(Refusal::new(CHANGED, sentence, remedy)))
}
