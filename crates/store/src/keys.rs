//! Keys at rest. One master key (from configuration) seals one random key per tenant and one for the
//! installation; what a slice uses is derived from those by purpose (HKDF-SHA-256), so no key serves two ends.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, hkdf, hmac};
use kernel::{Error, Result, Rng, Secret};
use std::sync::Arc;

const NONCE: usize = 12;

/// Thirty-two random bytes that never reach the database.
#[derive(Clone)]
pub struct MasterKey(Arc<Secret<[u8; 32]>>);

impl MasterKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Arc::new(Secret::new(bytes)))
    }

    pub fn generate(rng: Rng) -> Self {
        Self::new(rng.bytes())
    }

    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// Kept in the database, so that a wrong master key is found out at start.
    pub(crate) fn digest(&self) -> [u8; 32] {
        mac(self.expose(), "master key check", &[])
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys(self.0.clone())
    }
}

/// The master keys this process knows: one, or two while the seals are moved from one to the other.
#[derive(Clone)]
pub struct MasterKeys {
    key: MasterKey,
    next: Option<MasterKey>,
}

impl From<MasterKey> for MasterKeys {
    fn from(key: MasterKey) -> Self {
        Self { key, next: None }
    }
}

impl MasterKeys {
    /// The key in use and the one that is to follow it.
    pub fn with_next(key: MasterKey, next: MasterKey) -> Self {
        Self { key, next: Some(next) }
    }

    /// What a new database is sealed under.
    pub fn first(&self) -> &MasterKey {
        &self.key
    }

    /// The key to follow the one in use, if there is one.
    pub fn next(&self) -> Option<&MasterKey> {
        self.next.as_ref()
    }

    fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.key).chain(&self.next)
    }

    /// The key that a database says it is sealed under.
    pub(crate) fn known_by(&self, digest: &[u8]) -> Option<&MasterKey> {
        self.all().find(|key| key.digest() == digest)
    }

    /// Opens what any of these sealed.
    pub(crate) fn unwrap(&self, sealed: &[u8]) -> Result<Keys> {
        let opened = self.all().find_map(|key| key.keys().unwrap(sealed).ok());
        opened.ok_or_else(|| {
            Error::unavailable(
                "A key in the database is sealed under a master key that this Lodge does not have. \
                 Give it the new master key and start it again.",
            )
        })
    }
}

/// The keys of a tenant, or of the installation. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<Secret<[u8; 32]>>);

impl Keys {
    /// A keyed digest of `parts`, each preceded by its length, for one purpose.
    pub fn mac(&self, purpose: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        mac(self.0.expose(), purpose, parts)
    }

    /// Whether `tag` is the digest of `parts`, in constant time.
    pub fn verify(&self, purpose: &'static str, parts: &[&[u8]], tag: &[u8]) -> bool {
        constant_time::verify_slices_are_equal(&self.mac(purpose, parts), tag).is_ok()
    }

    /// AES-256-GCM; the purpose is bound as associated data.
    pub fn seal(&self, rng: Rng, purpose: &'static str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = rng.bytes();
        let mut sealed = plain.to_vec();
        self.cipher(purpose)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| Error::internal("sealing failed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, purpose: &'static str, sealed: &[u8]) -> Result<Secret<Vec<u8>>> {
        let wrong =
            || Error::internal(format!("what was sealed as {purpose} does not open with this master key"));
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| wrong())?;
        let mut body = body.to_vec();
        let plain = self
            .cipher(purpose)?
            .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(purpose.as_bytes()), &mut body)
            .map_err(|_| wrong())?
            .len();
        body.truncate(plain);
        Ok(Secret::new(body))
    }

    pub(crate) fn generate(rng: Rng) -> Self {
        Self(Arc::new(Secret::new(rng.bytes())))
    }

    pub(crate) fn wrap(&self, rng: Rng, inner: &Self) -> Result<Vec<u8>> {
        self.seal(rng, "key", inner.0.expose())
    }

    pub(crate) fn unwrap(&self, sealed: &[u8]) -> Result<Self> {
        let opened = self.open("key", sealed)?;
        let bytes: [u8; 32] = opened
            .expose()
            .as_slice()
            .try_into()
            .map_err(|_| Error::internal("a sealed key has the wrong length"))?;
        Ok(Self(Arc::new(Secret::new(bytes))))
    }

    fn cipher(&self, purpose: &str) -> Result<LessSafeKey> {
        let key = derive(self.0.expose(), "seal", purpose);
        let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| Error::internal("no such cipher"))?;
        Ok(LessSafeKey::new(key))
    }
}

fn mac(key: &[u8; 32], purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &derive(key, "mac", purpose));
    let mut context = hmac::Context::with_key(&key);
    for part in parts {
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part);
    }
    let mut tag = [0; 32];
    tag.copy_from_slice(context.sign().as_ref());
    tag
}

fn derive(key: &[u8; 32], use_: &str, purpose: &str) -> [u8; 32] {
    let mut derived = [0; 32];
    let pseudo_random = hkdf::Salt::new(hkdf::HKDF_SHA256, b"lodge").extract(key);
    let info = [use_.as_bytes(), b"\0", purpose.as_bytes()];
    // HKDF fails only for more than 255 blocks; this is one.
    if let Ok(material) = pseudo_random.expand(&info, hkdf::HKDF_SHA256) {
        let _filled = material.fill(&mut derived);
    }
    derived
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_alone() {
        let keys = Keys::generate(Rng::system());
        let sealed = keys.seal(Rng::system(), "signing key", b"secret").unwrap();
        assert_eq!(keys.open("signing key", &sealed).unwrap().expose(), b"secret");
        assert!(keys.open("other", &sealed).is_err());
        assert!(Keys::generate(Rng::system()).open("signing key", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[at] ^= 1;
            assert!(keys.open("signing key", &broken).is_err(), "byte {at}");
        }
        assert!(keys.open("signing key", &[]).is_err());
    }

    #[test]
    fn digests_differ_by_purpose_and_by_where_parts_end() {
        let keys = Keys::generate(Rng::system());
        assert_ne!(keys.mac("ticket", &[b"ab", b"c"]), keys.mac("ticket", &[b"a", b"bc"]));
        assert_ne!(keys.mac("ticket", &[b"a"]), keys.mac("code", &[b"a"]));
        assert!(keys.verify("ticket", &[b"a"], &keys.mac("ticket", &[b"a"])));
    }
}
