//! The statements of invitations.

use super::{Delivery, DeliveryState, Invitation, InviterRecord, State, link};
use kernel::{Error, InvitationId, Result, TenantId, Timestamp, UserId};
use store::{Change, Json, Keys, Migration, Read, Row, Store, Tx, params};

pub const MIGRATION: Migration =
    Migration { name: "collaboration::invitation", sql: include_str!("schema.sql") };

pub async fn find(read: &mut impl Read, id: InvitationId) -> Result<Option<Invitation>> {
    read.row(&FIND, params![id: id], invitation).await
}

pub async fn find_by_user(read: &mut impl Read, user: UserId) -> Result<Option<Invitation>> {
    read.row(&FIND_BY_USER, params![user: user], invitation).await
}

/// What became of its mail.
pub async fn find_delivery(read: &mut impl Read, id: InvitationId) -> Result<Option<Delivery>> {
    read.row(&FIND_DELIVERY, params![id: id], delivery).await
}

/// Notes what became of the mail of this generation; an older one's is of no interest any more.
pub(super) async fn note_delivery(
    tx: &mut Tx,
    id: InvitationId,
    generation: u32,
    state: DeliveryState,
    reason: Option<&str>,
) -> Result<()> {
    let now = tx.now();
    let params = params![id: id, generation: generation, state: state.as_str(), at: now, reason: reason];
    tx.queue(&NOTE_DELIVERY, params).await
}

/// Notes that a person has gone on from the page behind the link; the first time counts.
pub async fn note_opened(tx: &mut Tx, id: InvitationId) -> Result<()> {
    let now = tx.now();
    tx.queue(&NOTE_OPENED, params![id: id, at: now]).await
}

/// Where a typed code leads.
pub async fn find_by_code(store: &Store, code: &str) -> Result<Option<(TenantId, InvitationId)>> {
    let digest = link::code_digest(store.installation_keys(), code);
    store.global().row(&FIND_CODE, params![digest: digest], |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// Open invitations issued before `before`, by id, after `after`.
pub(super) async fn list_open_before(
    read: &mut impl Read,
    after: Option<InvitationId>,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<Invitation>> {
    let after = after.unwrap_or(InvitationId(uuid::Uuid::nil()));
    let params = params![after: after, before: before, state: State::Open.as_str(), limit: limit];
    read.rows(&LIST_OPEN_BEFORE, params, invitation).await
}

/// Writes a new invitation and its typed code.
pub(super) async fn insert(tx: &mut Tx, keys: &Codes, invitation: &Invitation) -> Result<()> {
    let params = params![
        id: invitation.id,
        user: invitation.user,
        address: &invitation.address,
        generation: invitation.generation,
        state: invitation.state.as_str(),
        issued_at: invitation.issued_at,
        expires_at: invitation.expires_at,
        redirect_url: &invitation.redirect_url,
        inviter: invitation.inviter.as_ref().map(Json),
        inviter_id: invitation.inviter.as_ref().map(|inviter| inviter.id),
        message: invitation.message.as_deref(),
        language: invitation.language,
        mailed: invitation.mailed,
    ];
    tx.queue(&INSERT, params).await?;
    insert_code(tx, keys, invitation).await?;
    tx.feed("invitation", kernel::ObjectId(invitation.id.0), Change::Created).await
}

/// Ends every link given out so far and writes what changed with it. An open invitation gets a new typed code.
pub async fn raise(tx: &mut Tx, keys: &Codes, invitation: &mut Invitation) -> Result<()> {
    raise_by(tx, keys, invitation, 1).await
}

pub(super) async fn raise_by(tx: &mut Tx, keys: &Codes, invitation: &mut Invitation, by: u32) -> Result<()> {
    let old = keys.digest(invitation);
    tx.queue_global(&DELETE_CODE, params![digest: old]).await?;
    invitation.generation = invitation.generation.saturating_add(by);
    save_state(tx, invitation).await?;
    if invitation.state == State::Open {
        insert_code(tx, keys, invitation).await?;
    }
    Ok(())
}

pub async fn save_state(tx: &mut Tx, invitation: &Invitation) -> Result<()> {
    let params = params![
        id: invitation.id,
        generation: invitation.generation,
        state: invitation.state.as_str(),
        issued_at: invitation.issued_at,
        expires_at: invitation.expires_at,
        redirect_url: &invitation.redirect_url,
        inviter: invitation.inviter.as_ref().map(Json),
        inviter_id: invitation.inviter.as_ref().map(|inviter| inviter.id),
        message: invitation.message.as_deref(),
        language: invitation.language,
        mailed: invitation.mailed,
    ];
    if tx.execute(&SAVE, params).await? != 1 {
        return Err(Error::internal("an invitation vanished under the lock"));
    }
    tx.feed("invitation", kernel::ObjectId(invitation.id.0), Change::Updated).await
}

/// Which of the invitations that wait for their guest.
#[derive(Clone, Copy, Debug)]
pub struct PendingQuery {
    pub issued_before: Timestamp,
    /// The link ends after the first and not after the second.
    pub ends: (Timestamp, Timestamp),
    pub inviter: Option<UserId>,
    pub newest_first: bool,
    /// Where the page before ended.
    pub after: Option<(Timestamp, InvitationId)>,
}

impl Default for PendingQuery {
    fn default() -> Self {
        Self {
            issued_before: Timestamp::MAX,
            ends: (Timestamp::MIN, Timestamp::MAX),
            inviter: None,
            newest_first: false,
            after: None,
        }
    }
}

/// A page of the invitations that wait, by the time they were sent.
pub async fn list_pending(
    read: &mut impl Read,
    query: &PendingQuery,
    limit: usize,
) -> Result<Vec<Invitation>> {
    let (statement, start) = if query.newest_first {
        (&PENDING_NEWEST, (Timestamp::MAX, InvitationId(uuid::Uuid::max())))
    } else {
        (&PENDING, (Timestamp::MIN, InvitationId(uuid::Uuid::nil())))
    };
    let (at, id) = query.after.unwrap_or(start);
    let params = params![
        issued_before: query.issued_before, ends_after: query.ends.0, ends_by: query.ends.1,
        inviter: query.inviter, at: at, id: id, limit: i64::try_from(limit).unwrap_or(i64::MAX),
    ];
    read.rows(statement, params, invitation).await
}

/// How many wait, counted up to `most`.
pub async fn count_pending(read: &mut impl Read, query: &PendingQuery, most: u32) -> Result<u32> {
    let params = params![
        issued_before: query.issued_before, ends_after: query.ends.0, ends_by: query.ends.1,
        inviter: query.inviter, limit: most,
    ];
    Ok(read.row(&COUNT_PENDING, params, |row| row.get::<u32>(0)).await?.unwrap_or_default())
}

async fn insert_code(tx: &mut Tx, keys: &Codes, invitation: &Invitation) -> Result<()> {
    let params = params![digest: keys.digest(invitation), invitation: invitation.id];
    tx.queue_global(&INSERT_CODE, params).await
}

/// The keys that typed codes are derived and found by.
#[derive(Clone)]
pub struct Codes {
    pub tenant: Keys,
    pub installation: Keys,
}

impl Codes {
    /// Loads the tenant's keys; before a write, since a write awaits nothing but statements.
    pub async fn load(store: &Store, tenant: TenantId) -> Result<Self> {
        Ok(Self { tenant: store.keys(tenant).await?, installation: store.installation_keys().clone() })
    }

    fn digest(&self, invitation: &Invitation) -> [u8; 32] {
        let code = link::typed_code(&self.tenant, invitation.id, invitation.generation);
        link::code_digest(&self.installation, &code)
    }
}

fn invitation(row: &Row<'_>) -> Result<Invitation> {
    let inviter = row.get::<Option<String>>(8)?;
    let inviter = inviter
        .map(|text| serde_json::from_str::<InviterRecord>(&text))
        .transpose()
        .map_err(Error::internal)?;
    let state = row.get::<String>(4)?;
    Ok(Invitation {
        id: row.get(0)?,
        user: row.get(1)?,
        address: row.get(2)?,
        generation: row.get(3)?,
        state: State::parse(&state).ok_or_else(|| Error::internal(format!("an invitation is {state}")))?,
        issued_at: row.get(5)?,
        expires_at: row.get(6)?,
        redirect_url: row.get(7)?,
        inviter,
        message: row.get(9)?,
        language: row.get(10)?,
        mailed: row.get(11)?,
    })
}

/// `mailed, issued_at, delivery, delivery_at, delivery_reason, opened_at`, in this order.
fn delivery(row: &Row<'_>) -> Result<Delivery> {
    let (mailed, issued_at) = (row.get::<bool>(0)?, row.get::<Timestamp>(1)?);
    let noted = row.get::<Option<String>>(2)?;
    let state = match noted.as_deref().and_then(DeliveryState::parse) {
        Some(state) => state,
        None if mailed => DeliveryState::Waiting,
        None => DeliveryState::NotMailed,
    };
    let at = row.get::<Option<Timestamp>>(3)?.unwrap_or(issued_at);
    Ok(Delivery { state, at, reason: row.get(4)?, opened_at: row.get(5)? })
}

store::statements! {
    FIND_DELIVERY: hot = "SELECT mailed, issued_at, delivery, delivery_at, delivery_reason, opened_at
        FROM invitation WHERE tenant_id = :tenant AND id = :id";
    NOTE_DELIVERY: hot = "UPDATE invitation SET delivery = :state, delivery_at = :at, delivery_reason = :reason
        WHERE tenant_id = :tenant AND id = :id AND generation = :generation";
    NOTE_OPENED: hot = "UPDATE invitation SET opened_at = :at
        WHERE tenant_id = :tenant AND id = :id AND opened_at IS NULL";
    FIND: hot = "SELECT id, user_id, address, generation, state, issued_at, expires_at, redirect_url, inviter, message,
            language, mailed FROM invitation WHERE tenant_id = :tenant AND id = :id";
    FIND_BY_USER: hot = "SELECT id, user_id, address, generation, state, issued_at, expires_at, redirect_url, inviter,
            message, language, mailed FROM invitation WHERE tenant_id = :tenant AND user_id = :user";
    LIST_OPEN_BEFORE: hot = "SELECT id, user_id, address, generation, state, issued_at, expires_at, redirect_url,
            inviter, message, language, mailed FROM invitation
        WHERE tenant_id = :tenant AND id > :after AND state = :state AND issued_at < :before ORDER BY id LIMIT :limit";
    INSERT: tenant = "INSERT INTO invitation (tenant_id, id, user_id, address, generation, state, issued_at, expires_at,
            redirect_url, inviter, inviter_id, message, language, mailed)
        VALUES (:tenant, :id, :user, :address, :generation, :state, :issued_at, :expires_at,
            :redirect_url, :inviter, :inviter_id, :message, :language, :mailed)";
    PENDING: hot = "SELECT id, user_id, address, generation, state, issued_at, expires_at, redirect_url, inviter,
            message, language, mailed FROM invitation
        WHERE tenant_id = :tenant AND state = 'open' AND issued_at < :issued_before AND expires_at > :ends_after
            AND expires_at <= :ends_by AND (CAST(:inviter AS {id}) IS NULL OR inviter_id = :inviter)
            AND (issued_at, id) > (:at, :id)
        ORDER BY issued_at, id LIMIT :limit";
    PENDING_NEWEST: hot = "SELECT id, user_id, address, generation, state, issued_at, expires_at, redirect_url, inviter,
            message, language, mailed FROM invitation
        WHERE tenant_id = :tenant AND state = 'open' AND issued_at < :issued_before AND expires_at > :ends_after
            AND expires_at <= :ends_by AND (CAST(:inviter AS {id}) IS NULL OR inviter_id = :inviter)
            AND (issued_at, id) < (:at, :id)
        ORDER BY issued_at DESC, id DESC LIMIT :limit";
    COUNT_PENDING: hot = "SELECT COUNT(*) FROM (SELECT 1 FROM invitation
        WHERE tenant_id = :tenant AND state = 'open' AND issued_at < :issued_before AND expires_at > :ends_after
            AND expires_at <= :ends_by AND (CAST(:inviter AS {id}) IS NULL OR inviter_id = :inviter)
        LIMIT :limit) AS counted";
    SAVE: hot = "UPDATE invitation SET generation = :generation, state = :state, issued_at = :issued_at,
            expires_at = :expires_at, redirect_url = :redirect_url, inviter = :inviter, inviter_id = :inviter_id,
            message = :message, language = :language, mailed = :mailed,
            delivery = CASE WHEN generation = :generation THEN delivery END,
            delivery_at = CASE WHEN generation = :generation THEN delivery_at END,
            delivery_reason = CASE WHEN generation = :generation THEN delivery_reason END,
            opened_at = CASE WHEN generation = :generation THEN opened_at END
        WHERE tenant_id = :tenant AND id = :id";
    FIND_CODE: global = "SELECT tenant_id, invitation_id FROM invitation_code WHERE digest = :digest";
    INSERT_CODE: global = "INSERT INTO invitation_code (digest, tenant_id, invitation_id)
        VALUES (:digest, :tenant, :invitation)";
    DELETE_CODE: global = "DELETE FROM invitation_code WHERE digest = :digest AND tenant_id = :tenant";
}
