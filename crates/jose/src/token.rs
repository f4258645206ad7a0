//! Verification of a compact JWS. It happens before anything in the payload is looked at, against a key record
//! chosen by the verifier.

use crate::base64url;
use crate::claims::Claims;
use crate::key::KeyRecord;
use serde::Deserialize;
use std::fmt;

/// Longer texts are no token of Lodge.
pub const LONGEST_TOKEN: usize = 16 * 1024;

/// The token was not signed by the key it was held against. One value for every cause, on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidToken;

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token is not signed by this key")
    }
}
impl std::error::Error for InvalidToken {}

/// The members Lodge's own headers have. Any other (`crit`, `jwk`, `jku`, `enc`, `b64`) refuses the token, and
/// so does a member given twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: String,
    typ: Option<String>,
    x5t: Option<String>,
}

struct Parts<'a> {
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl KeyRecord {
    /// The claims of `token`, if this very key signed it with this record's algorithm.
    ///
    /// A malformed token costs a signature check like a forged one, so the time tells nothing about what was
    /// wrong with it.
    pub fn verify(&self, token: &str) -> Result<Claims, InvalidToken> {
        let Some(parts) = self.parts(token) else {
            let no_signature = vec![1; self.key.modulus().len()];
            self.key.has_signed(self.algorithm, &[], &no_signature);
            return Err(InvalidToken);
        };
        if !self.key.has_signed(self.algorithm, parts.signed.as_bytes(), &parts.signature) {
            return Err(InvalidToken);
        }
        Ok(Claims::verified(parts.payload))
    }

    fn parts<'a>(&self, token: &'a str) -> Option<Parts<'a>> {
        let (header, payload, signature) = segments(token)?;
        let header: Header = serde_json::from_slice(&base64url::decode(header)?).ok()?;
        let agrees = header.alg == self.algorithm.name()
            && header.kid == self.kid
            && header.typ.is_none_or(|typ| typ == "JWT")
            && header.x5t.is_none_or(|x5t| x5t == self.kid);
        if !agrees {
            return None;
        }
        let signed = token.get(..token.len() - signature.len() - 1)?;
        Some(Parts { signed, payload: base64url::decode(payload)?, signature: base64url::decode(signature)? })
    }
}

/// Which tenant's keys to hold `token` against, as the token itself says before anything is proven. It finds
/// the keys and may decide nothing: check afterwards that the verified claims name the tenant of the key.
pub fn claimed_tenant(token: &str) -> Option<kernel::TenantId> {
    #[derive(Deserialize)]
    struct Payload<'a> {
        #[serde(borrow)]
        tid: &'a str,
    }
    let (_, payload, _) = segments(token)?;
    let payload = base64url::decode(payload)?;
    serde_json::from_slice::<Payload<'_>>(&payload).ok()?.tid.parse().ok()
}

pub(crate) fn encoded_header(record: &KeyRecord) -> String {
    let header = serde_json::json!({
        "typ": "JWT", "alg": record.algorithm.name(), "x5t": record.kid, "kid": record.kid,
    });
    base64url::encode(header.to_string())
}

/// Three segments, none empty, no more.
fn segments(token: &str) -> Option<(&str, &str, &str)> {
    if token.len() > LONGEST_TOKEN {
        return None;
    }
    let mut segments = token.split('.');
    let found = (segments.next()?, segments.next()?, segments.next()?);
    let complete =
        segments.next().is_none() && !found.0.is_empty() && !found.1.is_empty() && !found.2.is_empty();
    complete.then_some(found)
}
