//! What became of an invitation's mail, for the one who waits for an answer.

use kernel::Timestamp;
use serde::Serialize;

/// How the newest mail of an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// The inviter handed the link on.
    NotMailed,
    /// It waits for its first try.
    Waiting,
    /// It was tried and waits for another time.
    Deferred,
    /// The next mail server has it.
    Sent,
    /// The address takes no mail.
    Bounced,
    /// Given up for another reason.
    Failed,
    /// It did not leave, because its reason was gone.
    Dropped,
    /// It was not even posted: the recipient wants none, or the address has bounced.
    Withheld,
}

impl DeliveryState {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::NotMailed => "notMailed",
            Self::Waiting => "waiting",
            Self::Deferred => "deferred",
            Self::Sent => "sent",
            Self::Bounced => "bounced",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
            Self::Withheld => "withheld",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Deferred, Self::Sent, Self::Bounced, Self::Failed, Self::Dropped, Self::Withheld]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// The delivery facts of one invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub state: DeliveryState,
    /// Since when it is so.
    pub at: Timestamp,
    /// What the server said, or why it did not leave.
    pub reason: Option<String>,
    /// When a person first went on from the page behind the link; no scanner does that, and no mail reports back.
    pub opened_at: Option<Timestamp>,
}
