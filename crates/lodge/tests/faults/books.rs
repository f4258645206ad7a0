//! What stands in the database, read past the server: for every guest one invitation, one code, one audit event and
//! one mail, and none of these without a guest.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use scratch_postgres::Postgres;
use serde_json::Value;
use uuid::Uuid;

use crate::load::Load;

/// Sorted pairs of a user's and an invitation's id, one for each row of each kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Books {
    invitations: Vec<(String, String)>,
    guests: Vec<String>,
    codes: Vec<String>,
    audited: Vec<(String, String)>,
    mails: Vec<String>,
    in_feed: BTreeSet<String>,
}

const INVITATIONS: &str = "SELECT user_id, id FROM invitation";
const GUESTS: &str = "SELECT id, '' FROM users WHERE user_type = 'Guest'";
const CODES: &str = "SELECT invitation_id, '' FROM invitation_code";
const AUDITED: &str = "SELECT details, '' FROM audit_event WHERE activity = 'Invite external user'";
const MAILS: &str = "SELECT subject_id, '' FROM outbox WHERE kind = 'guest_invitation'";
const IN_FEED: &str = "SELECT object_id, '' FROM feed WHERE kind = 'user' AND change = 'created'";

impl Books {
    /// Reads a copy of the files as they lie there, so that nothing is mended for the server's next start.
    pub fn of_sqlite(database: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("lodge.db");
        fs::copy(database, &copy).unwrap();
        // A server that ended in order has emptied its log and taken it away.
        let _ = fs::copy(database.with_extension("db-wal"), copy.with_extension("db-wal"));
        let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        Self::read(|query| {
            let mut statement = connection.prepare(query).unwrap();
            let rows =
                statement.query_map([], |row| Ok((cell(row.get_ref(0)?), cell(row.get_ref(1)?)))).unwrap();
            rows.map(Result::unwrap).collect()
        })
    }

    pub fn of_postgres(postgres: &Postgres, database: &str) -> Self {
        Self::read(|query| {
            let printed = postgres.query(database, query).unwrap();
            let pairs = printed.lines().map(|line| line.rsplit_once('|').unwrap());
            pairs.map(|(one, other)| (plain(one), plain(other))).collect()
        })
    }

    fn read(rows: impl Fn(&str) -> Vec<(String, String)>) -> Self {
        let firsts = |query| rows(query).into_iter().map(|(first, _)| first);
        let sorted = |query| {
            let mut column: Vec<String> = firsts(query).collect();
            column.sort();
            column
        };
        let mut invitations = rows(INVITATIONS);
        invitations.sort();
        let mut audited: Vec<_> = firsts(AUDITED).map(|details| audited(&details)).collect();
        audited.sort();
        Self {
            invitations,
            guests: sorted(GUESTS),
            codes: sorted(CODES),
            audited,
            mails: sorted(MAILS),
            in_feed: firsts(IN_FEED).collect(),
        }
    }

    /// Nothing by half, and everything that was promised.
    pub fn check(&self, load: &Load) {
        let users: Vec<String> = self.invitations.iter().map(|(user, _)| user.clone()).collect();
        let mut invitations: Vec<String> = self.invitations.iter().map(|(_, id)| id.clone()).collect();
        invitations.sort();
        assert_eq!(self.guests, users, "guests and invitations");
        assert_eq!(self.codes, invitations, "codes and invitations");
        assert_eq!(self.audited, self.invitations, "audit events and invitations");
        assert_eq!(self.mails, invitations, "mails and invitations");
        let strangers: Vec<_> = users.iter().filter(|user| !self.in_feed.contains(*user)).collect();
        assert!(strangers.is_empty(), "not in the feed: {strangers:?}");
        for promise in load.promises() {
            let pair = (plain(&promise.user), plain(&promise.invitation));
            assert!(self.invitations.binary_search(&pair).is_ok(), "promised and lost: {}", promise.address);
        }
    }
}

/// User and invitation of an audit event.
fn audited(details: &str) -> (String, String) {
    let details: Vec<(String, Value)> = serde_json::from_str(details).unwrap();
    let find = |name: &str| {
        let found = details.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.as_str());
        plain(found.unwrap_or_else(|| panic!("no {name} in {details:?}")))
    };
    (find("oid"), find("InvitationId"))
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).unwrap().simple().to_string(),
        other => other.as_str().unwrap().to_owned(),
    }
}

/// An id as its 32 digits; other text stays.
fn plain(text: &str) -> String {
    let is_id = text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if is_id { text.replace('-', "") } else { text.to_owned() }
}
