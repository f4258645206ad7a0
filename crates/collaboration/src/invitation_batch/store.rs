//! The statements of batches.

use kernel::{EmailAddress, Error, Result, Timestamp, UserId};
use store::{Migration, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration =
    Migration { name: "collaboration::invitation_batch", sql: include_str!("schema.sql") };

#[derive(Clone, Debug)]
pub struct Batch {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub inviter: UserId,
    pub message: Option<String>,
    pub language: Option<String>,
    pub redirect_url: String,
    pub resume_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub position: u32,
    pub address: EmailAddress,
    pub outcome: Outcome,
    pub user: Option<UserId>,
    pub rule: Option<String>,
    pub sentence: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Waiting,
    Invited,
    /// Had accepted before.
    AlreadyGuest,
    Refused,
    /// Whoever let the batch start stopped it.
    Stopped,
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Waiting, Self::Invited, Self::AlreadyGuest, Self::Refused, Self::Stopped];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Invited => "invited",
            Self::AlreadyGuest => "already-guest",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|outcome| outcome.as_str() == text);
        known.ok_or_else(|| Error::internal(format!("an invitation of a batch is {text}")))
    }
}

pub(super) async fn insert(tx: &mut Tx, batch: &Batch, addresses: &[EmailAddress]) -> Result<()> {
    let params = params![
        id: batch.id, created_at: batch.created_at, inviter: batch.inviter,
        message: batch.message.as_deref(), language: batch.language.as_deref(),
        redirect_url: &batch.redirect_url, resume_at: batch.resume_at,
    ];
    tx.queue(&INSERT, params).await?;
    for (position, address) in (0_u32..).zip(addresses) {
        let params = params![batch: batch.id, position: position, address: address];
        tx.queue(&INSERT_ITEM, params).await?;
    }
    Ok(())
}

pub async fn find(read: &mut impl Read, id: Uuid) -> Result<Option<Batch>> {
    read.row(&FIND, params![id: id], batch).await
}

/// The batches with work left, the oldest first; a handful.
pub async fn list_unfinished(read: &mut impl Read) -> Result<Vec<Batch>> {
    read.rows(&UNFINISHED, params![], batch).await
}

/// The next address to be invited.
pub(super) async fn next(read: &mut impl Read, id: Uuid) -> Result<Option<Item>> {
    let params = params![batch: id, outcome: Outcome::Waiting.as_str(), after: -1_i64, limit: 1];
    read.row(&ITEMS, params, item).await
}

/// The addresses of a batch with this outcome, behind a position.
pub async fn list_items(
    read: &mut impl Read,
    id: Uuid,
    outcome: Outcome,
    after: Option<u32>,
    limit: u32,
) -> Result<Vec<Item>> {
    let after = after.map_or(-1, i64::from);
    read.rows(&ITEMS, params![batch: id, outcome: outcome.as_str(), after: after, limit: limit], item).await
}

/// How many addresses of a batch have which outcome.
pub async fn counts(read: &mut impl Read, id: Uuid) -> Result<Vec<(Outcome, u32)>> {
    let map = |row: &Row<'_>| Ok((Outcome::parse(&row.get::<String>(0)?)?, row.get(1)?));
    read.rows(&COUNTS, params![batch: id], map).await
}

/// Notes what came of an address, unless somebody else did meanwhile.
pub(super) async fn settle(tx: &mut Tx, id: Uuid, item: &Item) -> Result<bool> {
    let params = params![
        batch: id, position: item.position, outcome: item.outcome.as_str(), user: item.user,
        rule: item.rule.as_deref(), sentence: item.sentence.as_deref(),
    ];
    Ok(tx.execute(&SETTLE, params).await? == 1)
}

/// Adds what an invitation that was just noted came to.
pub(super) async fn note(tx: &mut Tx, id: Uuid, item: &Item) -> Result<()> {
    let params = params![batch: id, position: item.position, outcome: item.outcome.as_str(), user: item.user];
    tx.execute(&NOTE, params).await?;
    Ok(())
}

pub(super) async fn pause(tx: &mut Tx, id: Uuid, resume_at: Timestamp) -> Result<()> {
    tx.execute(&PAUSE, params![id: id, resume_at: resume_at]).await?;
    Ok(())
}

pub(super) async fn finish(tx: &mut Tx, id: Uuid) -> Result<()> {
    tx.execute(&FINISH, params![id: id, now: tx.now()]).await?;
    Ok(())
}

pub(super) async fn stop(tx: &mut Tx, id: Uuid) -> Result<()> {
    tx.execute(&STOP, params![batch: id]).await?;
    Ok(())
}

fn batch(row: &Row<'_>) -> Result<Batch> {
    Ok(Batch {
        id: row.get(0)?,
        created_at: row.get(1)?,
        inviter: row.get(2)?,
        message: row.get(3)?,
        language: row.get(4)?,
        redirect_url: row.get(5)?,
        resume_at: row.get(6)?,
        finished_at: row.get(7)?,
    })
}

fn item(row: &Row<'_>) -> Result<Item> {
    Ok(Item {
        position: row.get(0)?,
        address: row.get(1)?,
        outcome: Outcome::parse(&row.get::<String>(2)?)?,
        user: row.get(3)?,
        rule: row.get(4)?,
        sentence: row.get(5)?,
    })
}

store::statements! {
    INSERT: tenant = "INSERT INTO invitation_batch (tenant_id, id, created_at, inviter_id, message, language, redirect_url,
            resume_at) VALUES (:tenant, :id, :created_at, :inviter, :message, :language, :redirect_url, :resume_at)";
    INSERT_ITEM: tenant = "INSERT INTO invitation_batch_item (tenant_id, batch_id, position, address, outcome)
        VALUES (:tenant, :batch, :position, :address, 'waiting')";
    FIND: hot = "SELECT id, created_at, inviter_id, message, language, redirect_url, resume_at, finished_at
        FROM invitation_batch WHERE tenant_id = :tenant AND id = :id";
    UNFINISHED: hot = "SELECT id, created_at, inviter_id, message, language, redirect_url, resume_at, finished_at
        FROM invitation_batch WHERE tenant_id = :tenant AND finished_at IS NULL ORDER BY created_at, id LIMIT 20";
    ITEMS: hot = "SELECT position, address, outcome, user_id, rule, sentence FROM invitation_batch_item
        WHERE tenant_id = :tenant AND batch_id = :batch AND outcome = :outcome AND position > :after
        ORDER BY position LIMIT :limit";
    COUNTS: hot = "SELECT outcome, COUNT(*) FROM invitation_batch_item
        WHERE tenant_id = :tenant AND batch_id = :batch GROUP BY outcome";
    SETTLE: hot = "UPDATE invitation_batch_item SET outcome = :outcome, user_id = :user, rule = :rule, sentence = :sentence
        WHERE tenant_id = :tenant AND batch_id = :batch AND position = :position AND outcome = 'waiting'";
    NOTE: hot = "UPDATE invitation_batch_item SET outcome = :outcome, user_id = :user
        WHERE tenant_id = :tenant AND batch_id = :batch AND position = :position";
    PAUSE: hot = "UPDATE invitation_batch SET resume_at = :resume_at WHERE tenant_id = :tenant AND id = :id";
    FINISH: hot = "UPDATE invitation_batch SET finished_at = :now
        WHERE tenant_id = :tenant AND id = :id AND finished_at IS NULL";
    STOP: hot = "UPDATE invitation_batch_item SET outcome = 'stopped'
        WHERE tenant_id = :tenant AND batch_id = :batch AND outcome = 'waiting'";
}
