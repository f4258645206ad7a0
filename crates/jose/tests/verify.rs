//! Security lesson 14: tenant and algorithm are pinned by the verifier, never by the token.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use aws_lc_rs::hmac;
use jose::{Algorithm, InvalidToken, KeyRecord, LONGEST_TOKEN, SigningKey, claimed_tenant, encode};
use proptest::prelude::*;
use std::sync::LazyLock;

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());
const PAYLOAD: &[u8] =
    br#"{"iss":"https://a.example/t/v2.0","tid":"3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10","aud":"x"}"#;

fn refused(token: &str) {
    assert_eq!(KEY.record().verify(token).err(), Some(InvalidToken), "{token}");
}

/// A token of `header` over the usual payload, properly signed over those very bytes where the key allows.
fn with_header(header: &str) -> String {
    let token = KEY.sign(PAYLOAD).unwrap();
    let rest = token.split_once('.').unwrap().1;
    format!("{}.{rest}", encode(header))
}

#[test]
fn a_token_comes_back_byte_for_byte() {
    let token = KEY.sign(PAYLOAD).unwrap();
    assert_eq!(KEY.record().verify(&token).unwrap().as_bytes(), PAYLOAD);
    assert_eq!(claimed_tenant(&token), Some("3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap()));
}

#[test]
fn a_key_survives_its_pkcs8_form_with_the_same_kid() {
    let again = SigningKey::from_pkcs8(&KEY.to_pkcs8().unwrap()).unwrap();
    assert_eq!(again.kid(), KEY.kid());
    assert_eq!(again.jwk(), KEY.jwk());
    assert!(again.record().verify(&KEY.sign(PAYLOAD).unwrap()).is_ok());
    assert!(SigningKey::from_pkcs8(&kernel::Secret::new(vec![0x30, 0])).is_err());
}

#[test]
fn every_changed_byte_is_noticed() {
    let token = KEY.sign(PAYLOAD).unwrap();
    for at in 0..token.len() {
        for replacement in [b'A', b'B', b'.', b'='] {
            let mut bytes = token.clone().into_bytes();
            if bytes[at] != replacement {
                bytes[at] = replacement;
                refused(&String::from_utf8(bytes).unwrap());
            }
        }
        refused(&token[..at]);
    }
}

#[test]
fn the_tokens_algorithm_is_never_taken_from_the_token() {
    let kid = KEY.kid();
    for alg in ["none", "None", "NONE", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", ""] {
        refused(&with_header(&format!(r#"{{"typ":"JWT","alg":"{alg}","kid":"{kid}"}}"#)));
    }
    let unsigned = format!("{}.{}.", encode(format!(r#"{{"alg":"none","kid":"{kid}"}}"#)), encode(PAYLOAD));
    refused(&unsigned);
    refused(unsigned.trim_end_matches('.'));
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let kid = KEY.kid();
    let jwk = KEY.jwk();
    for secret in [jwk.n.as_bytes(), jwk.x5c[0].as_bytes(), KEY.record().key.modulus()] {
        for alg in ["HS256", "RS256"] {
            let header = encode(format!(r#"{{"typ":"JWT","alg":"{alg}","kid":"{kid}"}}"#));
            let signed = format!("{header}.{}", encode(PAYLOAD));
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
            refused(&format!("{signed}.{}", encode(tag)));
        }
    }
}

#[test]
fn the_key_is_the_record_that_was_asked_not_the_one_the_token_names() {
    let other = SigningKey::generate().unwrap();
    refused(&other.sign(PAYLOAD).unwrap());
    let renamed =
        KeyRecord { kid: KEY.kid().to_owned(), algorithm: Algorithm::Rs256, key: other.record().key.clone() };
    assert!(renamed.verify(&KEY.sign(PAYLOAD).unwrap()).is_err());
    let other_name =
        KeyRecord { kid: "other".to_owned(), algorithm: Algorithm::Rs256, key: KEY.record().key.clone() };
    assert!(other_name.verify(&KEY.sign(PAYLOAD).unwrap()).is_err());
}

#[test]
fn headers_that_ask_for_more_are_refused() {
    let kid = KEY.kid();
    for extra in [
        r#""crit":["exp"]"#,
        r#""b64":false"#,
        r#""jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}"#,
        r#""jku":"https://evil.example/keys""#,
        r#""x5c":["MIIB"]"#,
        r#""cty":"JWT""#,
        r#""enc":"A256GCM""#,
        r#""alg":"RS256""#,
        r#""typ":"JWE""#,
        r#""x5t":"other""#,
    ] {
        refused(&with_header(&format!(r#"{{"alg":"RS256","kid":"{kid}",{extra}}}"#)));
    }
    refused(&with_header("[]"));
    refused(&with_header("null"));
    refused(&with_header(&"[".repeat(4000)));
}

#[test]
fn other_texts_of_the_same_token_are_refused() {
    let token = KEY.sign(PAYLOAD).unwrap();
    let (rest, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = rest.split_once('.').unwrap();
    refused(&format!("{token}="));
    refused(&format!("{token}."));
    refused(&format!(".{token}"));
    refused(&format!("{token}\n"));
    refused(&format!(" {token}"));
    refused(&format!("{header}..{payload}.{signature}"));
    refused(&format!("{header}.{payload}..{signature}"));
    refused(&format!("{header}.{payload}=.{signature}"));
    refused(&format!("{header}.{payload}.{signature}.{signature}"));
    refused(&format!("{header}.{payload}.{}", encode([jose::decode(signature).unwrap(), vec![0]].concat())));
    refused(&format!("{}.{}", encode(&token), token));
    // 256 bytes leave four spare bits in the last letter; only one spelling of them is canonical.
    let last = signature.chars().last().unwrap();
    for twin in
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars().filter(|c| *c != last)
    {
        refused(&format!("{header}.{payload}.{}{twin}", &signature[..signature.len() - 1]));
    }
}

#[test]
fn a_signed_token_inside_a_signed_token_is_not_unwrapped() {
    let inner = KEY.sign(PAYLOAD).unwrap();
    let outer = KEY.sign(format!("\"{inner}\"").as_bytes()).unwrap();
    let claims = KEY.record().verify(&outer).unwrap();
    assert!(claims.decode::<serde_json::Map<String, serde_json::Value>>().is_err());
}

#[test]
fn an_oversized_token_is_refused_even_when_genuine() {
    let genuine = KEY.sign(&vec![b' '; LONGEST_TOKEN]).unwrap();
    refused(&genuine);
    assert_eq!(claimed_tenant(&genuine), None);
}

#[test]
fn the_published_certificate_holds_the_key_and_is_signed_by_it() {
    use base64::Engine;
    let jwk = KEY.jwk();
    let der = base64::engine::general_purpose::STANDARD.decode(&jwk.x5c[0]).unwrap();
    let modulus = KEY.record().key.modulus();
    assert!(der.windows(modulus.len()).any(|window| window == modulus));
    let thumbprint = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &der);
    assert_eq!(jwk.x5t.as_deref(), Some(encode(thumbprint).as_str()));
    // Certificate ::= SEQUENCE (4-byte head) { tbs SEQUENCE (4-byte head), … , signature: last 256 bytes }
    let length = usize::from(der[6]) << 8 | usize::from(der[7]);
    let (body, signature) = (&der[4..8 + length], &der[der.len() - 256..]);
    let key = aws_lc_rs::signature::RsaPublicKeyComponents { n: modulus, e: KEY.record().key.exponent() };
    key.verify(&aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256, body, signature).unwrap();
}

proptest! {
    #[test]
    fn no_text_is_taken_and_none_panics(token in "\\PC{0,200}") {
        prop_assert!(KEY.record().verify(&token).is_err());
        claimed_tenant(&token);
    }

    #[test]
    fn no_text_in_the_shape_of_a_token_is_taken(header: Vec<u8>, payload: Vec<u8>, signature: Vec<u8>) {
        let token = format!("{}.{}.{}", encode(header), encode(payload), encode(signature));
        prop_assert!(KEY.record().verify(&token).is_err());
        claimed_tenant(&token);
    }

    #[test]
    fn any_payload_comes_back(payload: Vec<u8>) {
        let payload = [b"{".as_slice(), &payload].concat();
        let token = KEY.sign(&payload).unwrap();
        let claims = KEY.record().verify(&token).unwrap();
        prop_assert_eq!(claims.as_bytes(), payload);
    }
}
