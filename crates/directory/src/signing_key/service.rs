//! Making, rotating and handing out keys.

use super::ring::KeyRing;
use super::store::{self, SealedKey, State, StoredKey};
use crate::audit_log::{self, Event, Operation, Service};
use crate::cache::Cache;
use ::store::{Keys, Read, Snapshot, Tx};
use jose::{Jwk, KeyRecord, SigningKey};
use kernel::{Act, CorrelationId, Error, Result, Rng, SignedDuration, TenantId, Timestamp};
use module::Platform;
use std::sync::Arc;

const PURPOSE: &str = "signing key";
/// Tenants whose keys are kept parsed, at about 10 KB each.
const CACHED_TENANTS: usize = 512;

/// Hands out parsed keys. Clones share one cache.
#[derive(Clone)]
pub struct SigningKeyService {
    platform: Platform,
    rings: Arc<Cache<TenantId, (i64, Arc<KeyRing>)>>,
}

impl SigningKeyService {
    pub fn new(platform: Platform) -> Self {
        Self { platform, rings: Arc::new(Cache::new(CACHED_TENANTS)) }
    }

    /// Gives a tenant its first two keys, if it has none. Called when a tenant has been made; if the process ended
    /// before, the first use makes up for it.
    pub async fn provision(&self, tenant: TenantId) -> Result<()> {
        let keys = self.platform.tenant(tenant).keys().await?;
        let rng = self.platform.rng();
        let (active, next) = tokio::try_join!(generate(rng, keys.clone()), generate(rng, keys))?;
        self.platform
            .tenant(tenant)
            .write((active, next), |mut tx, context| async move {
                let (active, next) = &*context;
                if store::list(&mut tx).await?.is_empty() {
                    store::insert(&mut tx, active, State::Active).await?;
                    store::insert(&mut tx, next, State::Next).await?;
                }
                Ok(())
            })
            .await
    }

    /// The tenant's keys as they are now.
    pub async fn ring(&self, tenant: TenantId) -> Result<Arc<KeyRing>> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let version = snapshot.versions().await?.key;
        self.ring_at(snapshot, version).await
    }

    /// The tenant's keys, for whoever has read the tenant's versions already.
    pub async fn ring_at(&self, mut snapshot: Snapshot, key_version: i64) -> Result<Arc<KeyRing>> {
        let tenant = snapshot.tenant();
        if let Some((version, ring)) = self.rings.get(&tenant)
            && version == key_version
        {
            return Ok(ring);
        }
        let mut stored = store::list(&mut snapshot).await?;
        drop(snapshot);
        if stored.is_empty() {
            self.provision(tenant).await?;
            stored = store::list(&mut self.platform.tenant(tenant).snapshot().await?).await?;
        }
        let keys = self.platform.tenant(tenant).keys().await?;
        let ring =
            tokio::task::spawn_blocking(move || open(&keys, &stored)).await.map_err(Error::internal)?;
        let ring = Arc::new(ring?);
        self.rings.insert(tenant, (key_version, ring.clone()));
        Ok(ring)
    }

    /// The key that signs the tenant's tokens now.
    pub async fn active(&self, tenant: TenantId) -> Result<Arc<SigningKey>> {
        Ok(self.ring(tenant).await?.active().clone())
    }

    /// What the tenant's `jwks_uri` answers, the active key first.
    pub async fn published(&self, tenant: TenantId) -> Result<Vec<Jwk>> {
        Ok(self.ring(tenant).await?.published(self.platform.clock().now()))
    }

    /// The tenant's key called `kid`, if tokens of it are still good.
    pub async fn verifier(&self, tenant: TenantId, kid: &str) -> Result<Option<KeyRecord>> {
        Ok(self.ring(tenant).await?.verifier(kid, self.platform.clock().now()).cloned())
    }

    /// Retires the active key now, for example because it may be known to others.
    pub async fn rotate(&self, tenant: TenantId, act: Act) -> Result<()> {
        self.rotate_if(tenant, act, Timestamp::MAX).await
    }

    /// Rotates when the active key has signed long enough, and removes what has been retired long enough.
    pub async fn rotate_when_due(&self, tenant: TenantId) -> Result<()> {
        let now = self.platform.clock().now();
        let due = hours_before(now, 24 * super::ROTATION_DAYS);
        let gone = hours_before(now, super::RETIREMENT_HOURS);
        let stored = store::list(&mut self.platform.tenant(tenant).snapshot().await?).await?;
        if stored.iter().any(|key| key.retired_at.is_some_and(|at| at < gone)) {
            self.platform
                .tenant(tenant)
                .write_in_background(gone, |mut tx, gone| async move { store::purge(&mut tx, *gone).await })
                .await?;
        }
        if !stored.iter().any(|key| is_due(key, due)) {
            return Ok(());
        }
        let act = Act::system("key rotation", CorrelationId(self.platform.rng().uuid()));
        self.rotate_if(tenant, act, due).await
    }

    /// The key is generated first, outside of the transaction; whether one is wanted is decided again inside.
    async fn rotate_if(&self, tenant: TenantId, act: Act, due: Timestamp) -> Result<()> {
        let rng = self.platform.rng();
        let fresh = generate(rng, self.platform.tenant(tenant).keys().await?).await?;
        self.platform
            .tenant(tenant)
            .write((act, fresh, due), move |mut tx, context| async move {
                let (act, fresh, due) = &*context;
                rotate(&mut tx, rng, act, fresh, *due).await
            })
            .await
    }
}

async fn rotate(tx: &mut Tx, rng: Rng, act: &Act, fresh: &SealedKey, due: Timestamp) -> Result<()> {
    let stored = store::list(tx).await?;
    let Some(active) = stored.iter().find(|key| is_due(key, due)) else { return Ok(()) };
    let Some(next) = stored.iter().find(|key| key.state == State::Next) else {
        return Err(Error::internal("the tenant has no next signing key"));
    };
    store::retire(tx, &active.kid).await?;
    store::activate(tx, &next.kid).await?;
    store::insert(tx, fresh, State::Next).await?;
    let event = Event::new("Rotate token signing key", Service::CoreDirectory, Operation::Update)
        .in_category("KeyManagement")
        .with("RetiredKeyId", &active.kid)
        .with("ActiveKeyId", &next.kid);
    audit_log::record(tx, rng, act, event).await?;
    Ok(())
}

fn is_due(key: &StoredKey, due: Timestamp) -> bool {
    key.state == State::Active && key.activated_at.is_none_or(|at| at <= due)
}

fn hours_before(now: Timestamp, hours: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A new key, sealed. Generating takes long and blocks, so it has a thread of its own.
async fn generate(rng: Rng, keys: Keys) -> Result<SealedKey> {
    let make = move || {
        let key = SigningKey::generate().map_err(Error::internal)?;
        let private = key.to_pkcs8().map_err(Error::internal)?;
        let sealed = keys.seal(rng, PURPOSE, private.expose())?;
        Ok(SealedKey { kid: key.kid().to_owned(), sealed })
    };
    tokio::task::spawn_blocking(make).await.map_err(Error::internal)?
}

fn open(keys: &Keys, stored: &[StoredKey]) -> Result<KeyRing> {
    let parse = |key: &StoredKey| {
        let private = keys.open(PURPOSE, &key.sealed)?;
        SigningKey::from_pkcs8(&private).map(Arc::new).map_err(Error::internal)
    };
    let in_state = |state| {
        let found = stored.iter().find(|key| key.state == state);
        found.map_or_else(|| Err(Error::internal("the tenant lacks a signing key")), parse)
    };
    let retired = stored
        .iter()
        .filter_map(|key| key.retired_at.map(|at| (key, at)))
        .map(|(key, at)| Ok((parse(key)?, at)))
        .collect::<Result<_>>()?;
    Ok(KeyRing { active: in_state(State::Active)?, next: in_state(State::Next)?, retired })
}
