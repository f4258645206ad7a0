//! Keys: [`SigningKey`] keeps the parsed pair, because parsing PKCS#8 for each token would cost more than
//! signing it; [`KeyRecord`] is what a token is verified against.

use crate::certificate::self_signed;
use crate::jwk::Jwk;
use crate::{base64url, token};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The algorithms Lodge accepts, RFC 7518 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    #[serde(rename = "RS256")]
    Rs256,
}

impl Algorithm {
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        (name == "RS256").then_some(Self::Rs256)
    }
}

/// The bytes are no key that Lodge can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not an RSA key of 2048 to 4096 bits")
    }
}
impl std::error::Error for InvalidKey {}

/// An RSA key pair with everything that does not change from token to token computed once.
pub struct SigningKey {
    pair: KeyPair,
    encoded_header: String,
    record: KeyRecord,
    certificate: Vec<u8>,
}

impl SigningKey {
    /// A new 2048-bit key. Its randomness is the crypto library's own, which takes no other source.
    pub fn generate() -> Result<Self, InvalidKey> {
        Self::from_pair(KeyPair::generate(KeySize::Rsa2048).map_err(|_| InvalidKey)?)
    }

    /// Takes back what [`Self::to_pkcs8`] gave.
    pub fn from_pkcs8(der: &Secret<Vec<u8>>) -> Result<Self, InvalidKey> {
        Self::from_pair(KeyPair::from_pkcs8(der.expose()).map_err(|_| InvalidKey)?)
    }

    /// The private key as PKCS#8 v1 DER. Only its sealed form may reach the store.
    pub fn to_pkcs8(&self) -> Result<Secret<Vec<u8>>, InvalidKey> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| InvalidKey)?;
        Ok(Secret::new(der.as_ref().to_vec()))
    }

    fn from_pair(pair: KeyPair) -> Result<Self, InvalidKey> {
        let public = pair.public_key();
        let key = PublicKey::from_components(
            public.modulus().big_endian_without_leading_zero(),
            public.exponent().big_endian_without_leading_zero(),
        )?;
        let certificate = self_signed(&pair).ok_or(InvalidKey)?;
        let kid = base64url::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate));
        let record = KeyRecord { kid, algorithm: Algorithm::Rs256, key };
        Ok(Self { encoded_header: token::encoded_header(&record), pair, record, certificate })
    }

    /// Base64url SHA-1 of the certificate, as `kid` and as `x5t`.
    pub fn kid(&self) -> &str {
        &self.record.kid
    }

    /// What the tokens of this key are verified against.
    pub fn record(&self) -> &KeyRecord {
        &self.record
    }

    /// The public half as it is published.
    pub fn jwk(&self) -> Jwk {
        Jwk::new(&self.record, Some(&self.certificate))
    }

    /// The compact JWS (RFC 7515 7.1) over `claims`, which are a JSON object's bytes.
    pub fn sign(&self, claims: &[u8]) -> kernel::Result<String> {
        let mut token = String::with_capacity(self.encoded_header.len() + claims.len() * 4 / 3 + 352);
        token.push_str(&self.encoded_header);
        token.push('.');
        token.push_str(&base64url::encode(claims));
        let signature = sign_with(&self.pair, token.as_bytes())
            .ok_or_else(|| kernel::Error::internal("the signing key refused to sign"))?;
        token.push('.');
        token.push_str(&base64url::encode(signature));
        Ok(token)
    }
}

/// An RSA public key, parsed.
#[derive(Clone)]
pub struct PublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl PublicKey {
    /// Big-endian modulus of 2048 to 4096 bits and exponent of at most 8 bytes, both without leading zeros.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, InvalidKey> {
        let bounded = (256..=512).contains(&modulus.len()) && (1..=8).contains(&exponent.len());
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
        let stripped = modulus.first() != Some(&0) && exponent.first() != Some(&0);
        if !bounded || !stripped || !odd(modulus) || !odd(exponent) || exponent == [1] {
            return Err(InvalidKey);
        }
        let components = PublicKeyComponents { n: modulus, e: exponent };
        let parsed = components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).map_err(|_| InvalidKey)?;
        Ok(Self { modulus: modulus.to_vec(), exponent: exponent.to_vec(), parsed })
    }

    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }

    pub(crate) fn has_signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match algorithm {
            Algorithm::Rs256 => self.parsed.verify_sig(message, signature).is_ok(),
        }
    }
}

/// A key with the name and the one algorithm it is used with. All three are pinned here, never by a token.
#[derive(Clone)]
pub struct KeyRecord {
    pub kid: String,
    pub algorithm: Algorithm,
    pub key: PublicKey,
}

pub(crate) fn sign_with(pair: &KeyPair, message: &[u8]) -> Option<Vec<u8>> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).ok()?;
    Some(signature)
}
