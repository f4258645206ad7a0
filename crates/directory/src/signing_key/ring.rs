//! The keys of one tenant, parsed.

use jose::{Claims, Jwk, KeyRecord, SigningKey};
use kernel::{SignedDuration, Timestamp};
use std::sync::Arc;

/// The keys of one tenant at one key version.
pub struct KeyRing {
    pub(super) active: Arc<SigningKey>,
    pub(super) next: Arc<SigningKey>,
    pub(super) retired: Vec<(Arc<SigningKey>, Timestamp)>,
}

impl KeyRing {
    /// The key that signs now.
    pub fn active(&self) -> &Arc<SigningKey> {
        &self.active
    }

    /// What is published at `now`, the active key first.
    pub fn published(&self, now: Timestamp) -> Vec<Jwk> {
        self.verifying(now).map(|key| key.jwk()).collect()
    }

    /// The key called `kid`, if tokens of it are good at `now`.
    pub fn verifier(&self, kid: &str, now: Timestamp) -> Option<&KeyRecord> {
        self.verifying(now).map(|key| key.record()).find(|record| record.kid == kid)
    }

    /// The claims of a token that a key of this ring signed.
    pub fn verify(&self, token: &str, now: Timestamp) -> Option<Claims> {
        self.verifying(now).find_map(|key| key.record().verify(token).ok())
    }

    fn verifying(&self, now: Timestamp) -> impl Iterator<Item = &Arc<SigningKey>> {
        let lasts = SignedDuration::from_hours(super::RETIREMENT_HOURS);
        let retired = self.retired.iter().filter(move |(_, at)| now.duration_since(*at) < lasts);
        [&self.active, &self.next].into_iter().chain(retired.map(|(key, _)| key))
    }
}
