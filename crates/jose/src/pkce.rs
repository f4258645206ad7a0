//! Proof Key for Code Exchange, RFC 7636.

use crate::base64url;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChallengeMethod {
    #[serde(rename = "plain")]
    Plain,
    S256,
}

/// What the authorization request committed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeChallenge {
    challenge: String,
    method: ChallengeMethod,
}

impl CodeChallenge {
    /// `method` is the parameter as sent; without it the method is `plain` (4.3).
    pub fn parse(challenge: &str, method: Option<&str>) -> Option<Self> {
        let method = match method {
            None | Some("plain") => ChallengeMethod::Plain,
            Some("S256") => ChallengeMethod::S256,
            Some(_) => return None,
        };
        let fits = match method {
            ChallengeMethod::Plain => is_verifier(challenge),
            ChallengeMethod::S256 => base64url::decode(challenge).is_some_and(|bytes| bytes.len() == 32),
        };
        fits.then(|| Self { challenge: challenge.to_owned(), method })
    }

    /// Whether `verifier` belongs to this challenge (4.6). Takes the same time wherever they differ.
    pub fn accepts(&self, verifier: &str) -> bool {
        if !is_verifier(verifier) {
            return false;
        }
        let derived = match self.method {
            ChallengeMethod::Plain => verifier.to_owned(),
            ChallengeMethod::S256 => base64url::encode(digest(&SHA256, verifier.as_bytes())),
        };
        verify_slices_are_equal(derived.as_bytes(), self.challenge.as_bytes()).is_ok()
    }

    pub fn challenge(&self) -> &str {
        &self.challenge
    }

    pub fn method(&self) -> ChallengeMethod {
        self.method
    }
}

/// 43 to 128 unreserved characters (4.1).
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_rfc_holds() {
        let challenge = CodeChallenge::parse(CHALLENGE, Some("S256")).unwrap();
        assert!(challenge.accepts(VERIFIER));
        assert!(!challenge.accepts(CHALLENGE));
        let other = VERIFIER.replace('d', "e");
        assert!(!challenge.accepts(&other));
    }

    #[test]
    fn plain_compares_the_verifier_itself() {
        for method in [None, Some("plain")] {
            let challenge = CodeChallenge::parse(VERIFIER, method).unwrap();
            assert!(challenge.accepts(VERIFIER));
            assert!(!challenge.accepts(CHALLENGE));
        }
    }

    #[test]
    fn malformed_challenges_and_verifiers_are_refused() {
        assert!(CodeChallenge::parse(CHALLENGE, Some("s256")).is_none());
        assert!(CodeChallenge::parse("short", None).is_none());
        assert!(CodeChallenge::parse("short", Some("S256")).is_none());
        assert!(CodeChallenge::parse(&"a".repeat(129), None).is_none());
        let challenge = CodeChallenge::parse(CHALLENGE, Some("S256")).unwrap();
        for verifier in ["", "short", &"a".repeat(129), &format!("{VERIFIER}=")] {
            assert!(!challenge.accepts(verifier), "{verifier}");
        }
    }
}
