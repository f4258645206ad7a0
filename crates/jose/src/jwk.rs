//! Keys as they are published (RFC 7517), with the two members Entra's clients look for.

use crate::base64url;
use crate::key::{Algorithm, InvalidKey, KeyRecord, PublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// One RSA signing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    pub kty: String,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    pub kid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    pub n: String,
    pub e: String,
    /// Standard base64 with padding, RFC 7517 4.7.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x5c: Vec<String>,
    /// Not of RFC 7517: the issuer whose tokens this key signs, as Entra publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

impl Jwk {
    pub(crate) fn new(record: &KeyRecord, certificate: Option<&[u8]>) -> Self {
        Self {
            kty: "RSA".to_owned(),
            usage: Some("sig".to_owned()),
            kid: record.kid.clone(),
            x5t: certificate.map(|_| record.kid.clone()),
            alg: Some(record.algorithm.name().to_owned()),
            n: base64url::encode(record.key.modulus()),
            e: base64url::encode(record.key.exponent()),
            x5c: certificate.map(|der| STANDARD.encode(der)).into_iter().collect(),
            issuer: None,
        }
    }

    #[must_use]
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// The record to verify against. The algorithm is the caller's: a key without `alg` fits any of its type.
    pub fn record(&self, algorithm: Algorithm) -> Result<KeyRecord, InvalidKey> {
        let fits = self.kty == "RSA"
            && self.usage.as_deref().is_none_or(|usage| usage == "sig")
            && self.alg.as_deref().is_none_or(|name| name == algorithm.name());
        if !fits {
            return Err(InvalidKey);
        }
        let modulus = base64url::decode(&self.n).ok_or(InvalidKey)?;
        let exponent = base64url::decode(&self.e).ok_or(InvalidKey)?;
        let key = PublicKey::from_components(&modulus, &exponent)?;
        Ok(KeyRecord { kid: self.kid.clone(), algorithm, key })
    }
}

/// The document behind `jwks_uri`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwkSet {
    pub keys: Vec<Jwk>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;

    #[test]
    fn a_published_key_verifies_what_its_pair_signed() {
        let key = SigningKey::generate().unwrap();
        let text = serde_json::to_string(&JwkSet { keys: vec![key.jwk().with_issuer("https://a.example")] })
            .unwrap();
        let set: JwkSet = serde_json::from_str(&text).unwrap();
        let record = set.keys[0].record(Algorithm::Rs256).unwrap();
        assert!(record.verify(&key.sign(b"{}").unwrap()).is_ok());
        assert_eq!(set.keys[0].e, "AQAB");
    }

    #[test]
    fn a_key_of_another_type_use_or_algorithm_is_refused() {
        let good = SigningKey::generate().unwrap().jwk();
        let change = |change: fn(&mut Jwk)| {
            let mut jwk = good.clone();
            change(&mut jwk);
            jwk.record(Algorithm::Rs256)
        };
        assert!(change(|_| ()).is_ok());
        assert!(change(|jwk| jwk.kty = "oct".to_owned()).is_err());
        assert!(change(|jwk| jwk.usage = Some("enc".to_owned())).is_err());
        assert!(change(|jwk| jwk.alg = Some("PS256".to_owned())).is_err());
        assert!(change(|jwk| jwk.n = "AQAB".to_owned()).is_err());
        assert!(change(|jwk| jwk.e = "AQ".to_owned()).is_err());
        assert!(change(|jwk| jwk.e.push('=')).is_err());
    }
}
