//! What became of the last letter about something: what pages say of a mail.

use crate::{Read, Row, params};
use kernel::{Result, Timestamp};
use uuid::Uuid;

/// A letter's way so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    pub state: FateState,
    pub posted_at: Timestamp,
    /// When it was sent, dropped or given up.
    pub settled_at: Option<Timestamp>,
    /// What the last try failed with.
    pub failure: Option<String>,
    /// What the mail server said when it took it.
    pub answer: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FateState {
    /// Not tried yet, or being tried for the first time.
    OnItsWay,
    /// Tried in vain; it is tried again at this time.
    Late { next_at: Timestamp },
    /// The next mail server took it.
    Sent,
    /// Its reason was gone before it left.
    Dropped,
    /// Refused for good, or tried in vain for too long.
    GivenUp,
}

/// The last letter of a kind about `subject`; none once it is forgotten, or where none was posted.
pub async fn last_letter(read: &mut impl Read, kind: &str, subject: Uuid) -> Result<Option<Fate>> {
    read.row(&LAST, params![kind: kind, subject: subject], fate).await
}

fn fate(row: &Row<'_>) -> Result<Fate> {
    let failure = row.get::<Option<String>>(4)?;
    let state = match row.get::<String>(0)?.as_str() {
        "sent" => FateState::Sent,
        "dropped" => FateState::Dropped,
        "dead" => FateState::GivenUp,
        _ if failure.is_some() => FateState::Late { next_at: row.get(2)? },
        _ => FateState::OnItsWay,
    };
    Ok(Fate { state, posted_at: row.get(1)?, settled_at: row.get(3)?, failure, answer: row.get(5)? })
}

crate::statements! {
    LAST: hot = "SELECT state, created_at, due_at, settled_at, failure, answer FROM outbox
        WHERE tenant_id = :tenant AND subject_id = :subject AND kind = :kind
        ORDER BY created_at DESC, id DESC LIMIT 1";
}
