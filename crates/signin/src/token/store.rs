//! The statements of codes and refresh tokens. None takes the tenant's lock: what must happen once is a single
//! compare-and-set.

use directory::application::RedirectKind;
use jose::CodeChallenge;
use kernel::{AppId, Result, SessionId, Timestamp, UserId};
use store::{Json, Migration, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration = Migration { name: "signin::token", sql: include_str!("schema.sql") };

/// What codes and refresh tokens stand for: this person, signed in then and so, allowed this client that much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: Uuid,
    pub app_id: AppId,
    pub user: UserId,
    pub session: SessionId,
    /// The scopes as the client wrote them.
    pub scope: String,
    /// How the person proved themselves, as `amr` names it.
    pub methods: Vec<String>,
    pub authenticated_at: Timestamp,
    /// The kind of redirect URI that the code went to, which says how the client proves itself.
    pub kind: RedirectKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCode {
    pub grant: Grant,
    pub redirect_uri: String,
    pub challenge: Option<CodeChallenge>,
    pub nonce: Option<String>,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    pub redeemed_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRefreshToken {
    pub grant: Grant,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert_code(tx: &mut Tx, digest: &[u8; 32], code: &StoredCode) -> Result<()> {
    let grant = &code.grant;
    let params = params![
        digest: digest.to_vec(),
        grant: grant.id,
        app: grant.app_id,
        user: grant.user,
        session: grant.session,
        redirect_uri: &code.redirect_uri,
        client_kind: kind_name(grant.kind),
        challenge: code.challenge.as_ref().map(Json),
        scope: &grant.scope,
        nonce: code.nonce.as_deref(),
        methods: Json(&grant.methods),
        authenticated_at: grant.authenticated_at,
        issued_at: code.issued_at,
        expires_at: code.expires_at,
    ];
    tx.execute(&INSERT_CODE, params).await?;
    Ok(())
}

pub async fn find_code(read: &mut impl Read, digest: &[u8; 32]) -> Result<Option<StoredCode>> {
    read.row(&FIND_CODE, params![digest: digest.to_vec()], code).await
}

/// Marks a code as used. `false` if somebody else was first.
pub async fn redeem_code(tx: &mut Tx, digest: &[u8; 32]) -> Result<bool> {
    let params = params![digest: digest.to_vec(), at: tx.now()];
    Ok(tx.execute(&REDEEM_CODE, params).await? == 1)
}

pub async fn insert_refresh_token(tx: &mut Tx, digest: &[u8; 32], token: &StoredRefreshToken) -> Result<()> {
    let grant = &token.grant;
    let params = params![
        digest: digest.to_vec(),
        grant: grant.id,
        app: grant.app_id,
        user: grant.user,
        session: grant.session,
        client_kind: kind_name(grant.kind),
        scope: &grant.scope,
        methods: Json(&grant.methods),
        authenticated_at: grant.authenticated_at,
        issued_at: token.issued_at,
        expires_at: token.expires_at,
    ];
    tx.execute(&INSERT_REFRESH_TOKEN, params).await?;
    Ok(())
}

pub async fn find_refresh_token(
    read: &mut impl Read,
    digest: &[u8; 32],
) -> Result<Option<StoredRefreshToken>> {
    read.row(&FIND_REFRESH_TOKEN, params![digest: digest.to_vec()], refresh_token).await
}

/// Ends every refresh token of a grant: its code was shown twice, so somebody else has it.
pub async fn end_grant(tx: &mut Tx, grant: Uuid) -> Result<()> {
    tx.execute(&END_GRANT, params![grant: grant]).await?;
    Ok(())
}

/// Removes what has ended, a bounded number at a time; tells whether there may be more.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<bool> {
    let codes = tx.execute(&PURGE_CODES, params![before: before]).await?;
    let tokens = tx.execute(&PURGE_REFRESH_TOKENS, params![before: before]).await?;
    Ok(codes == PURGED_AT_ONCE || tokens == PURGED_AT_ONCE)
}

/// The limit in the purging statements.
const PURGED_AT_ONCE: u64 = 50;

fn kind_name(kind: RedirectKind) -> &'static str {
    match kind {
        RedirectKind::Web => "web",
        RedirectKind::SinglePage => "page",
        RedirectKind::PublicClient => "public",
    }
}

/// What cannot be read counts as the kind that has to prove most.
fn kind_named(name: &str) -> RedirectKind {
    match name {
        "page" => RedirectKind::SinglePage,
        "public" => RedirectKind::PublicClient,
        _ => RedirectKind::Web,
    }
}

fn grant(row: &Row<'_>, scope: usize) -> Result<Grant> {
    Ok(Grant {
        id: row.get(0)?,
        app_id: row.get(1)?,
        user: row.get(2)?,
        session: row.get(3)?,
        kind: kind_named(&row.get::<String>(4)?),
        scope: row.get(scope)?,
        methods: row.json(scope + 1)?,
        authenticated_at: row.get(scope + 2)?,
    })
}

fn code(row: &Row<'_>) -> Result<StoredCode> {
    let challenge = row.get::<Option<String>>(9)?;
    let challenge =
        challenge.map(|text| serde_json::from_str(&text).map_err(kernel::Error::internal)).transpose()?;
    Ok(StoredCode {
        grant: grant(row, 5)?,
        redirect_uri: row.get(8)?,
        challenge,
        nonce: row.get(10)?,
        issued_at: row.get(11)?,
        expires_at: row.get(12)?,
        redeemed_at: row.get(13)?,
    })
}

fn refresh_token(row: &Row<'_>) -> Result<StoredRefreshToken> {
    Ok(StoredRefreshToken { grant: grant(row, 5)?, issued_at: row.get(8)?, expires_at: row.get(9)? })
}

store::statements! {
    INSERT_CODE: tenant = "INSERT INTO authorization_code (tenant_id, digest, grant_id, app_id, user_id, session_id,
            redirect_uri, client_kind, challenge, scope, nonce, methods, authenticated_at, issued_at,
            expires_at, redeemed_at)
        VALUES (:tenant, :digest, :grant, :app, :user, :session, :redirect_uri, :client_kind, :challenge, :scope, :nonce,
            :methods, :authenticated_at, :issued_at, :expires_at, NULL)";
    FIND_CODE: hot = "SELECT grant_id, app_id, user_id, session_id, client_kind, scope, methods, authenticated_at, redirect_uri,
            challenge, nonce, issued_at, expires_at, redeemed_at
        FROM authorization_code WHERE tenant_id = :tenant AND digest = :digest";
    REDEEM_CODE: hot = "UPDATE authorization_code SET redeemed_at = :at
        WHERE tenant_id = :tenant AND digest = :digest AND redeemed_at IS NULL";
    INSERT_REFRESH_TOKEN: tenant = "INSERT INTO refresh_token (tenant_id, digest, grant_id, app_id, user_id, session_id,
            client_kind, scope, methods, authenticated_at, issued_at, expires_at)
        VALUES (:tenant, :digest, :grant, :app, :user, :session, :client_kind, :scope, :methods, :authenticated_at,
            :issued_at, :expires_at)";
    FIND_REFRESH_TOKEN: hot = "SELECT grant_id, app_id, user_id, session_id, client_kind, scope, methods, authenticated_at,
            issued_at, expires_at
        FROM refresh_token WHERE tenant_id = :tenant AND digest = :digest";
    END_GRANT: hot = "DELETE FROM refresh_token WHERE tenant_id = :tenant AND grant_id = :grant";
    PURGE_CODES: hot = "DELETE FROM authorization_code WHERE tenant_id = :tenant AND digest IN (SELECT digest
        FROM authorization_code WHERE tenant_id = :tenant AND expires_at < :before ORDER BY expires_at, digest LIMIT 50)";
    PURGE_REFRESH_TOKENS: hot = "DELETE FROM refresh_token WHERE tenant_id = :tenant AND digest IN (SELECT digest
        FROM refresh_token WHERE tenant_id = :tenant AND expires_at < :before ORDER BY expires_at, digest LIMIT 50)";
}
