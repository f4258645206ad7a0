//! JSON Web Keys, Signatures and Tokens: bytes to types, bounded, without I/O and without a clock.
//!
//! Lodge signs its own tokens with [`SigningKey`] (RS256, RFC 7518 3.3) and reads them back with
//! [`KeyRecord::verify`]. The record, not the token, says which algorithm and which key: a token can only agree
//! with it. What a token says is out of reach until its signature was found good, because [`Claims`] has no
//! other constructor. [`CodeChallenge`] is the check of RFC 7636.
//!
//! Missing on purpose: encryption (JWE), nested tokens, unsigned tokens, symmetric algorithms, `crit`, keys and
//! certificates taken from a token's header.

mod base64url;
mod certificate;
mod claims;
mod jwk;
mod key;
mod pkce;
mod token;

pub use base64url::{decode, encode};
pub use claims::{Claims, Expected, InvalidClaims, Registered};
pub use jwk::{Jwk, JwkSet};
pub use key::{Algorithm, InvalidKey, KeyRecord, PublicKey, SigningKey};
pub use pkce::{ChallengeMethod, CodeChallenge};
pub use token::{InvalidToken, LONGEST_TOKEN, claimed_tenant};
