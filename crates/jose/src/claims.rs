//! What a verified token says, and the checks every reader of tokens makes.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// The payload of a token whose signature was found good. Only [`KeyRecord::verify`](crate::KeyRecord::verify)
/// makes one.
pub struct Claims(Vec<u8>);

/// What the verifier expects. Every value is the verifier's own.
pub struct Expected<'a> {
    pub issuer: &'a str,
    /// The token must be for one of these.
    pub audiences: &'a [&'a str],
    /// The tenant whose key signed. A token without `tid` is refused when one is expected.
    pub tenant: Option<kernel::TenantId>,
    pub now: kernel::Timestamp,
}

/// Why a genuine token is not good here and now. The signature has been checked, so the cause may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidClaims {
    Malformed,
    Expired,
    NotYetValid,
    Issuer,
    Audience,
    Tenant,
}

impl fmt::Display for InvalidClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the token's claims are incomplete",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
            Self::Issuer => "the token was issued by somebody else",
            Self::Audience => "the token is meant for another resource",
            Self::Tenant => "the token belongs to another tenant",
        })
    }
}
impl std::error::Error for InvalidClaims {}

/// The claims of RFC 7519 4.1 that were checked. Times are whole seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub issuer: String,
    /// The one of the expected audiences that the token names.
    pub audience: String,
    pub subject: Option<String>,
    pub issued_at: Option<i64>,
    pub expires_at: i64,
}

#[derive(Deserialize)]
struct Payload {
    iss: Option<String>,
    aud: Option<OneOrMany>,
    sub: Option<String>,
    tid: Option<String>,
    exp: Option<NumericDate>,
    nbf: Option<NumericDate>,
    iat: Option<NumericDate>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// Seconds, which some clients write as a fraction. A fraction counts as the second it lies in.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Whole(i64),
    Fraction(f64),
}

impl NumericDate {
    fn seconds(self) -> Option<i64> {
        match self {
            Self::Whole(seconds) => Some(seconds),
            #[expect(clippy::cast_possible_truncation, reason = "bounded in the line before it")]
            Self::Fraction(seconds) if seconds.abs() < 1e12 => Some(seconds.floor() as i64),
            Self::Fraction(_) => None,
        }
    }
}

impl Claims {
    pub(crate) fn verified(payload: Vec<u8>) -> Self {
        Self(payload)
    }

    /// The JSON text as it was signed.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, InvalidClaims> {
        serde_json::from_slice(&self.0).map_err(|_| InvalidClaims::Malformed)
    }

    /// Issuer, tenant, audience, then time. There is no leeway: Lodge's tokens are read by the clock that issued
    /// them, and nodes of one installation keep theirs together. Valid while `nbf <= now < exp`.
    pub fn check(&self, expected: &Expected<'_>) -> Result<Registered, InvalidClaims> {
        let payload: Payload = self.decode()?;
        let issuer = payload.iss.ok_or(InvalidClaims::Malformed)?;
        if issuer != expected.issuer {
            return Err(InvalidClaims::Issuer);
        }
        if let Some(tenant) = expected.tenant {
            let named = payload.tid.and_then(|tid| tid.parse().ok());
            if named != Some(tenant) {
                return Err(InvalidClaims::Tenant);
            }
        }
        let audience = match payload.aud.ok_or(InvalidClaims::Malformed)? {
            OneOrMany::One(audience) => {
                Some(audience).filter(|one| expected.audiences.contains(&one.as_str()))
            }
            OneOrMany::Many(all) => all.into_iter().find(|one| expected.audiences.contains(&one.as_str())),
        };
        let audience = audience.ok_or(InvalidClaims::Audience)?;
        let now = expected.now.as_second();
        let seconds = |date: NumericDate| date.seconds().ok_or(InvalidClaims::Malformed);
        let expires_at = seconds(payload.exp.ok_or(InvalidClaims::Malformed)?)?;
        if now >= expires_at {
            return Err(InvalidClaims::Expired);
        }
        if payload.nbf.map(seconds).transpose()?.is_some_and(|nbf| now < nbf) {
            return Err(InvalidClaims::NotYetValid);
        }
        let issued_at = payload.iat.map(seconds).transpose()?;
        Ok(Registered { issuer, audience, subject: payload.sub, issued_at, expires_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10";

    fn check(payload: &serde_json::Value, at: i64) -> Result<Registered, InvalidClaims> {
        Claims::verified(payload.to_string().into_bytes()).check(&Expected {
            issuer: "https://a.example/t/v2.0",
            audiences: &["x", "y"],
            tenant: Some(TENANT.parse().unwrap()),
            now: kernel::Timestamp::from_second(at).unwrap(),
        })
    }

    fn payload() -> serde_json::Value {
        serde_json::json!({
            "iss": "https://a.example/t/v2.0", "aud": "y", "tid": TENANT, "sub": "s", "iat": 100, "nbf": 100, "exp": 200,
        })
    }

    #[test]
    fn a_token_is_valid_from_nbf_until_just_before_exp() {
        assert_eq!(check(&payload(), 99), Err(InvalidClaims::NotYetValid));
        assert_eq!(check(&payload(), 100).unwrap().audience, "y");
        assert!(check(&payload(), 199).is_ok());
        assert_eq!(check(&payload(), 200), Err(InvalidClaims::Expired));
    }

    #[test]
    fn each_expectation_is_held() {
        let with = |name: &str, value: serde_json::Value| {
            let mut changed = payload();
            changed[name] = value;
            check(&changed, 150).err()
        };
        assert_eq!(with("iss", "https://a.example/t/v2.0/".into()), Some(InvalidClaims::Issuer));
        assert_eq!(with("aud", "z".into()), Some(InvalidClaims::Audience));
        assert_eq!(with("aud", serde_json::json!(["z", "x"])), None);
        assert_eq!(with("aud", serde_json::json!([])), Some(InvalidClaims::Audience));
        assert_eq!(with("tid", "00000000-0000-0000-0000-000000000000".into()), Some(InvalidClaims::Tenant));
        assert_eq!(with("tid", serde_json::Value::Null), Some(InvalidClaims::Tenant));
        assert_eq!(with("exp", serde_json::Value::Null), Some(InvalidClaims::Malformed));
        assert_eq!(with("exp", serde_json::json!(199.5)), None);
        assert_eq!(with("exp", serde_json::json!(1e300)), Some(InvalidClaims::Malformed));
        assert_eq!(with("exp", "200".into()), Some(InvalidClaims::Malformed));
    }
}
