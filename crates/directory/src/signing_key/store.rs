//! The statements of signing keys.

use kernel::{Result, Timestamp};
use store::{Migration, Read, Tx, Version, params};

pub const MIGRATION: Migration =
    Migration { name: "directory::signing_key", sql: include_str!("schema.sql") };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Active,
    Next,
    Retired,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Next => "next",
            Self::Retired => "retired",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Next, Self::Retired].into_iter().find(|state| state.as_str() == text)
    }
}

/// A key that has been sealed and not been stored.
#[derive(Clone, Debug)]
pub(super) struct SealedKey {
    pub kid: String,
    pub sealed: Vec<u8>,
}

pub(super) struct StoredKey {
    pub kid: String,
    pub state: State,
    pub sealed: Vec<u8>,
    pub activated_at: Option<Timestamp>,
    pub retired_at: Option<Timestamp>,
}

pub(super) async fn list(read: &mut impl Read) -> Result<Vec<StoredKey>> {
    read.rows(&LIST, params![], |row| {
        Ok(StoredKey {
            kid: row.get(0)?,
            state: State::parse(&row.get::<String>(1)?).unwrap_or(State::Retired),
            sealed: row.get(2)?,
            activated_at: row.get(3)?,
            retired_at: row.get(4)?,
        })
    })
    .await
}

pub(super) async fn insert(tx: &mut Tx, key: &SealedKey, state: State) -> Result<()> {
    let at = tx.now();
    let params = params![
        kid: &key.kid,
        state: state.as_str(),
        sealed: key.sealed.clone(),
        at: at,
        activated_at: (state == State::Active).then_some(at),
    ];
    tx.execute(&INSERT, params).await?;
    tx.bump(Version::Key).await
}

pub(super) async fn activate(tx: &mut Tx, kid: &str) -> Result<()> {
    let params = params![kid: kid, state: State::Active.as_str(), at: tx.now()];
    tx.execute(&ACTIVATE, params).await?;
    tx.bump(Version::Key).await
}

pub(super) async fn retire(tx: &mut Tx, kid: &str) -> Result<()> {
    let params = params![kid: kid, state: State::Retired.as_str(), at: tx.now()];
    tx.execute(&RETIRE, params).await?;
    tx.bump(Version::Key).await
}

/// Removes keys retired before `before`.
pub(super) async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.execute(&PURGE, params![state: State::Retired.as_str(), before: before]).await
}

store::statements! {
    LIST: hot = "SELECT kid, state, sealed, activated_at, retired_at FROM signing_key
        WHERE tenant_id = :tenant ORDER BY created_at, kid LIMIT 50";
    INSERT: tenant = "INSERT INTO signing_key (tenant_id, kid, state, sealed, created_at, activated_at, retired_at)
        VALUES (:tenant, :kid, :state, :sealed, :at, :activated_at, NULL)";
    ACTIVATE: tenant = "UPDATE signing_key SET state = :state, activated_at = :at
        WHERE tenant_id = :tenant AND kid = :kid";
    RETIRE: tenant = "UPDATE signing_key SET state = :state, retired_at = :at
        WHERE tenant_id = :tenant AND kid = :kid";
    PURGE: tenant = "DELETE FROM signing_key WHERE tenant_id = :tenant AND state = :state AND retired_at < :before";
}
