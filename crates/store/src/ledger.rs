//! What became of mail, as people ask for it: what waits and why, what was given up, how many messages ended how
//! on a day, and which addresses take none. Delivery writes it in the transaction that settles a message.

use crate::{Read, Row, Tx, params};
use kernel::{EmailAddress, OutboxId, Result, SignedDuration, Timestamp};

const DAY: i64 = 86_400;

/// How a message ended, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The next server has it for good.
    Sent,
    /// Its reason was gone before it left.
    Dropped,
    /// The address takes no mail.
    Bounced,
    /// Given up for any other reason.
    Dead,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Bounced => "bounced",
            Self::Dead => "dead",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Sent, Self::Dropped, Self::Bounced, Self::Dead]
            .into_iter()
            .find(|known| known.as_str() == text)
    }
}

/// A row of the outbox as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: OutboxId,
    pub kind: String,
    pub to: EmailAddress,
    /// `waiting`, `held`, `sent`, `dropped` or `dead`.
    pub state: String,
    pub created_at: Timestamp,
    /// When it is tried next, if it waits.
    pub due_at: Timestamp,
    pub attempts: u32,
    pub settled_at: Option<Timestamp>,
    /// Why it has not left.
    pub failure: Option<String>,
    /// What the server said when it took it.
    pub answer: Option<String>,
}

/// An address that takes no mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    pub address: EmailAddress,
    /// What the server said last.
    pub reason: String,
    pub since: Timestamp,
    pub last_at: Timestamp,
    pub bounces: u32,
}

/// Messages that ended in one way on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// Days since 1970.
    pub day: i64,
    pub outcome: Outcome,
    pub count: u64,
}

/// Counts how a message ended, and lets a bounce suppress its address and a success free it.
pub async fn note(tx: &mut Tx, to: &EmailAddress, outcome: Outcome, reason: &str) -> Result<()> {
    let now = tx.now();
    tx.queue(&COUNT, params![day: day(now), outcome: outcome.as_str()]).await?;
    match outcome {
        Outcome::Bounced => {
            let params = params![address_key: to.key(), address: to, reason: reason, at: now];
            tx.queue(&SUPPRESS, params).await
        }
        Outcome::Sent => tx.queue(&FREE, params![address_key: to.key()]).await,
        Outcome::Dropped | Outcome::Dead => Ok(()),
    }
}

/// Why this address gets no mail, if it gets none.
pub async fn find_suppression(read: &mut impl Read, address: &EmailAddress) -> Result<Option<Suppression>> {
    read.row(&FIND_SUPPRESSION, params![address_key: address.key()], suppression).await
}

/// By address, from behind `after`.
pub async fn list_suppressions(read: &mut impl Read, after: &str, limit: u32) -> Result<Vec<Suppression>> {
    read.rows(&LIST_SUPPRESSIONS, params![after: after, limit: limit], suppression).await
}

/// Whether the address was suppressed.
pub async fn remove_suppression(tx: &mut Tx, address: &EmailAddress) -> Result<bool> {
    Ok(tx.execute(&FREE, params![address_key: address.key()]).await? == 1)
}

/// How messages ended since a day, by day.
pub async fn list_days(read: &mut impl Read, since: Timestamp) -> Result<Vec<DayCount>> {
    let params = params![since: day(since)];
    let rows = read
        .rows(&LIST_DAYS, params, |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?)))
        .await?;
    let known = |(day, outcome, count): (i64, String, i64)| {
        let outcome = Outcome::parse(&outcome)?;
        Some(DayCount { day, outcome, count: u64::try_from(count).unwrap_or(0) })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

pub async fn find(read: &mut impl Read, id: OutboxId) -> Result<Option<Entry>> {
    read.row(&FIND, params![id: id], entry).await
}

/// How many wait, and since when the oldest does.
pub async fn count_waiting(read: &mut impl Read) -> Result<(u64, Option<Timestamp>)> {
    let row = read.row(&COUNT_WAITING, params![], |row| Ok((row.get::<i64>(0)?, row.get(1)?))).await?;
    let (count, oldest) = row.unwrap_or((0, None));
    Ok((u64::try_from(count).unwrap_or(0), oldest))
}

/// What waits, that which is tried next first.
pub async fn list_waiting(read: &mut impl Read, limit: u32) -> Result<Vec<Entry>> {
    read.rows(&LIST_WAITING, params![limit: limit], entry).await
}

/// What was given up, the newest first.
pub async fn list_dead(read: &mut impl Read, limit: u32) -> Result<Vec<Entry>> {
    read.rows(&LIST_DEAD, params![limit: limit], entry).await
}

/// Seconds from posting to taking of the newest messages that left since a moment.
pub async fn list_durations(read: &mut impl Read, since: Timestamp, limit: u32) -> Result<Vec<i64>> {
    let params = params![since: since, limit: limit];
    read.rows(&LIST_DURATIONS, params, |row| {
        let (created, settled) = (row.get::<Timestamp>(0)?, row.get::<Timestamp>(1)?);
        Ok(settled.duration_since(created).as_secs())
    })
    .await
}

/// Lets what was given up be tried from the start, at once. Whether there was such a message.
pub async fn retry(tx: &mut Tx, id: OutboxId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.execute(&RETRY, params![id: id, now: now]).await? == 1)
}

/// Days since 1970.
pub fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY)
}

/// The beginning of a day that many days before.
pub fn days_before(at: Timestamp, days: i64) -> Timestamp {
    at.checked_sub(SignedDuration::from_secs(days.saturating_mul(DAY))).unwrap_or(Timestamp::MIN)
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        kind: row.get(1)?,
        to: row.get(2)?,
        state: row.get(3)?,
        created_at: row.get(4)?,
        due_at: row.get(5)?,
        attempts: row.get(6)?,
        settled_at: row.get(7)?,
        failure: row.get(8)?,
        answer: row.get(9)?,
    })
}

fn suppression(row: &Row<'_>) -> Result<Suppression> {
    Ok(Suppression {
        address: row.get(0)?,
        reason: row.get(1)?,
        since: row.get(2)?,
        last_at: row.get(3)?,
        bounces: row.get(4)?,
    })
}

crate::statements! {
    COUNT: tenant = "INSERT INTO mail_day (tenant_id, day, outcome, count) VALUES (:tenant, :day, :outcome, 1)
        ON CONFLICT (tenant_id, day, outcome) DO UPDATE SET count = mail_day.count + 1";
    LIST_DAYS: hot = "SELECT day, outcome, count FROM mail_day WHERE tenant_id = :tenant AND day >= :since
        ORDER BY day, outcome";
    SUPPRESS: tenant = "INSERT INTO mail_suppression (tenant_id, address_key, address, reason, since, last_at, bounces)
        VALUES (:tenant, :address_key, :address, :reason, :at, :at, 1)
        ON CONFLICT (tenant_id, address_key) DO UPDATE SET reason = excluded.reason, last_at = excluded.last_at,
            bounces = mail_suppression.bounces + 1";
    FREE: hot = "DELETE FROM mail_suppression WHERE tenant_id = :tenant AND address_key = :address_key";
    FIND_SUPPRESSION: hot = "SELECT address, reason, since, last_at, bounces FROM mail_suppression
        WHERE tenant_id = :tenant AND address_key = :address_key";
    LIST_SUPPRESSIONS: hot = "SELECT address, reason, since, last_at, bounces FROM mail_suppression
        WHERE tenant_id = :tenant AND address_key > :after ORDER BY address_key LIMIT :limit";
    FIND: hot = "SELECT id, kind, recipient, state, created_at, due_at, attempts, settled_at, failure, answer
        FROM outbox WHERE tenant_id = :tenant AND id = :id";
    COUNT_WAITING: hot = "SELECT COUNT(*), MIN(created_at) FROM outbox WHERE tenant_id = :tenant AND state = 'waiting'";
    LIST_WAITING: hot = "SELECT id, kind, recipient, state, created_at, due_at, attempts, settled_at, failure, answer
        FROM outbox WHERE tenant_id = :tenant AND state = 'waiting' ORDER BY due_at, id LIMIT :limit";
    LIST_DEAD: hot = "SELECT id, kind, recipient, state, created_at, due_at, attempts, settled_at, failure, answer
        FROM outbox WHERE tenant_id = :tenant AND state = 'dead' ORDER BY settled_at DESC, id DESC LIMIT :limit";
    LIST_DURATIONS: hot = "SELECT created_at, settled_at FROM outbox
        WHERE tenant_id = :tenant AND settled_at >= :since AND state = 'sent'
        ORDER BY settled_at DESC, id DESC LIMIT :limit";
    RETRY: hot = "UPDATE outbox SET state = 'waiting', due_at = :now, attempts = 0, settled_at = NULL
        WHERE tenant_id = :tenant AND id = :id AND state = 'dead'";
}
