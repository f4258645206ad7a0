//! The certificate a signing key is published with. Entra's clients read keys from `x5c`; nobody validates a
//! chain from it. It is a pure function of the key (RSASSA-PKCS1-v1_5 signatures are deterministic), so it is
//! never stored and every node derives the same `kid` from it.

use crate::key::sign_with;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::KeyPair as _;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
/// sha256WithRSAEncryption with its NULL parameters, RFC 4055 5.
const SHA256_WITH_RSA: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00];
/// The object identifier of commonName, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];

/// A self-signed X.509 v1 certificate (RFC 5280 4.1) for `pair`, in DER.
pub(crate) fn self_signed(pair: &KeyPair) -> Option<Vec<u8>> {
    let key = pair.public_key().as_der().ok()?;
    let name = name("Lodge token signing");
    let validity =
        tagged(SEQUENCE, &[&tagged(UTC_TIME, &[b"200101000000Z"]), &tagged(UTC_TIME, &[b"491231235959Z"])]);
    let body =
        tagged(SEQUENCE, &[&serial(key.as_ref()), SHA256_WITH_RSA, &name, &validity, &name, key.as_ref()]);
    let signature = sign_with(pair, &body)?;
    Some(tagged(SEQUENCE, &[&body, SHA256_WITH_RSA, &tagged(BIT_STRING, &[&[0], &signature])]))
}

/// Sixteen bytes of the key's digest, positive and not zero.
fn serial(key: &[u8]) -> Vec<u8> {
    let digest = digest(&SHA256, key);
    let rest = digest.as_ref().get(..15).unwrap_or_default();
    tagged(INTEGER, &[&[0x4c], rest])
}

fn name(common_name: &str) -> Vec<u8> {
    let attribute = tagged(SEQUENCE, &[COMMON_NAME, &tagged(UTF8_STRING, &[common_name.as_bytes()])]);
    tagged(SEQUENCE, &[&tagged(SET, &[&attribute])])
}

/// One DER element: tag, definite length, contents.
fn tagged(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut element = vec![tag];
    let bytes = length.to_be_bytes();
    let significant: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
    match significant.as_slice() {
        [] => element.push(0),
        [short @ 0..0x80] => element.push(*short),
        long => {
            element.push(0x80 | u8::try_from(long.len()).unwrap_or(0x7f));
            element.extend_from_slice(long);
        }
    }
    for part in parts {
        element.extend_from_slice(part);
    }
    element
}
