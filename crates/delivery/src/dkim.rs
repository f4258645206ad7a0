//! DKIM (RFC 6376): each message is signed for the domain it comes from, `relaxed/relaxed`, with RSA-SHA256 or
//! Ed25519-SHA256 (RFC 8463). The key is read once; its public half is what the domain publishes.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{DomainName, Error, Result, Secret, Timestamp};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use std::fmt::Write;

/// Signed where present; `From` once more than it is there, so that nobody can add a second one.
const SIGNED: [&str; 15] = [
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "References",
];
const LINE: usize = 72;

/// A private key and the selector its public half is published under.
pub struct DkimKey {
    selector: String,
    pair: Pair,
    public: String,
}

enum Pair {
    Rsa(KeyPair),
    Ed25519(Ed25519KeyPair),
}

/// What a domain has to publish so that receivers can verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DkimRecord {
    pub selector: String,
    /// `rsa` or `ed25519`.
    pub algorithm: &'static str,
    pub bits: usize,
    /// Base64 of the public key.
    pub public: String,
}

impl DkimRecord {
    /// The name below `domain`.
    pub fn name(&self, domain: &DomainName) -> String {
        format!("{}._domainkey.{domain}", self.selector)
    }

    /// The text of the record.
    pub fn text(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.algorithm, self.public)
    }
}

impl DkimKey {
    /// Takes a PEM of PKCS#8 or PKCS#1: `openssl genrsa 2048`, `openssl genpkey -algorithm ed25519`.
    pub fn from_pem(selector: &str, pem: &Secret<Vec<u8>>) -> Result<Self> {
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !selector.split('.').all(label) {
            return Err(Error::bad_request(format!(
                "\"{selector}\" is no DKIM selector: letters, digits and hyphens are taken, such as lodge1."
            )));
        }
        let wrong = || Error::bad_request(WRONG_KEY);
        let der = PrivateKeyDer::from_pem_slice(pem.expose()).map_err(|error| wrong().because(error))?;
        let pair = Pair::from_der(&der).ok_or_else(wrong)?;
        let public = pair.public().ok_or_else(wrong)?;
        Ok(Self { selector: selector.to_owned(), pair, public })
    }

    pub fn record(&self) -> DkimRecord {
        let (algorithm, bits) = match &self.pair {
            Pair::Rsa(pair) => ("rsa", pair.public_modulus_len() * 8),
            Pair::Ed25519(_) => ("ed25519", 256),
        };
        DkimRecord { selector: self.selector.clone(), algorithm, bits, public: self.public.clone() }
    }

    /// The `DKIM-Signature` header, with its line end, to be put before the message.
    pub fn sign(&self, domain: &DomainName, message: &[u8], at: Timestamp) -> Result<String> {
        let message = std::str::from_utf8(message).map_err(Error::internal)?;
        let (head, body) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
        let headers = Headers::parse(head);
        let mut names = String::new();
        let mut data = String::new();
        for name in SIGNED {
            let found = headers.named(name).count();
            for header in headers.named(name).rev() {
                data.push_str(&relaxed_header(header));
                data.push_str("\r\n");
            }
            let times = if name == "From" { found + 1 } else { found };
            for _ in 0..times {
                names.push_str(if names.is_empty() { "" } else { ":" });
                names.push_str(&name.to_ascii_lowercase());
            }
        }
        let body_hash = STANDARD.encode(digest(&SHA256, relaxed_body(body).as_bytes()));
        let algorithm = self.record().algorithm;
        let mut header = format!(
            "DKIM-Signature: v=1; a={algorithm}-sha256; c=relaxed/relaxed; d={domain};\r\n s={}; t={};\r\n",
            self.selector,
            at.as_second()
        );
        fold_names(&mut header, &names);
        fold(&mut header, " bh=", &body_hash, ";\r\n");
        header.push_str(" b=");
        data.push_str(&relaxed_header(&header));
        let signature = STANDARD.encode(self.pair.sign(data.as_bytes())?);
        fold(&mut header, "", &signature, "\r\n");
        Ok(header)
    }
}

const WRONG_KEY: &str = "The DKIM key is no PEM file of an RSA key of 2048 to 4096 bits or an Ed25519 key. \
    Make one with `openssl genrsa -out dkim.pem 2048`.";

impl Pair {
    fn from_der(der: &PrivateKeyDer<'_>) -> Option<Self> {
        let bytes = der.secret_der();
        let rsa = match der {
            PrivateKeyDer::Pkcs1(_) => KeyPair::from_der(bytes).ok(),
            _ => KeyPair::from_pkcs8(bytes).ok(),
        };
        let strong = rsa.filter(|pair| (256..=512).contains(&pair.public_modulus_len()));
        strong
            .map(Self::Rsa)
            .or_else(|| Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes).ok().map(Self::Ed25519))
    }

    fn public(&self) -> Option<String> {
        Some(match self {
            Self::Rsa(pair) => {
                let der: PublicKeyX509Der<'_> = pair.public_key().as_der().ok()?;
                STANDARD.encode(der.as_ref())
            }
            Self::Ed25519(pair) => STANDARD.encode(pair.public_key().as_ref()),
        })
    }

    fn sign(&self, data: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)
                    .map_err(|_| Error::internal("the DKIM key refused to sign"))?;
                Ok(signature)
            }
            // RFC 8463 3: the signature is over the hash.
            Self::Ed25519(pair) => Ok(pair.sign(digest(&SHA256, data).as_ref()).as_ref().to_vec()),
        }
    }
}

/// The fields of a head, each with its folded lines.
struct Headers<'a>(Vec<&'a str>);

impl<'a> Headers<'a> {
    fn parse(head: &'a str) -> Self {
        let mut fields = Vec::new();
        let mut rest = head;
        while !rest.is_empty() {
            let mut end = 0;
            loop {
                let line = rest.get(end..).and_then(|rest| rest.find("\r\n"));
                let Some(line) = line else {
                    end = rest.len();
                    break;
                };
                end += line;
                if !rest.get(end + 2..).is_some_and(|next| next.starts_with([' ', '\t'])) {
                    break;
                }
                end += 2;
            }
            let (field, next) = rest.split_at(end);
            fields.push(field);
            rest = next.strip_prefix("\r\n").unwrap_or(next);
        }
        Self(fields)
    }

    fn named(&self, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
        let is = move |field: &&&str| {
            field.split_once(':').is_some_and(|(known, _)| known.trim_end().eq_ignore_ascii_case(name))
        };
        self.0.iter().filter(is).copied()
    }
}

/// RFC 6376 3.4.2, without the line end.
fn relaxed_header(field: &str) -> String {
    let (name, value) = field.split_once(':').unwrap_or((field, ""));
    let unfolded = value.replace("\r\n", "");
    format!("{}:{}", name.trim_end().to_ascii_lowercase(), squeeze(&unfolded).trim_matches(' '))
}

/// RFC 6376 3.4.4.
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        relaxed.push_str(squeeze(line).trim_end_matches(' '));
        relaxed.push_str("\r\n");
    }
    let text = relaxed.trim_end_matches("\r\n").len();
    relaxed.truncate(text);
    if !relaxed.is_empty() {
        relaxed.push_str("\r\n");
    }
    relaxed
}

/// Each run of blanks and tabs as one blank.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        let is_blank = matches!(character, ' ' | '\t');
        if !(is_blank && blank) {
            squeezed.push(if is_blank { ' ' } else { character });
        }
        blank = is_blank;
    }
    squeezed
}

/// Writes the names of headers over several lines, each whole: one that is cut is no name to a verifier.
fn fold_names(header: &mut String, names: &str) {
    header.push_str(" h=");
    let mut length = 3;
    for (at, name) in names.split(':').enumerate() {
        if at > 0 {
            header.push(':');
        }
        if length + name.len() > LINE {
            header.push_str("\r\n ");
            length = 1;
        }
        header.push_str(name);
        length += name.len() + 1;
    }
    header.push_str(";\r\n");
}

/// Writes a value over several lines, which verifiers put together again.
fn fold(header: &mut String, name: &str, value: &str, end: &str) {
    header.push_str(name);
    let mut rest = value;
    while rest.len() > LINE {
        let (line, next) = rest.split_at(LINE);
        let _ = write!(header, "{line}\r\n ");
        rest = next;
    }
    header.push_str(rest);
    header.push_str(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms_are_those_of_the_standard() {
        // RFC 6376 3.4.5.
        assert_eq!(relaxed_header("A: X"), "a:X");
        assert_eq!(relaxed_header("B : Y\t\r\n\tZ  "), "b:Y Z");
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body(""), "");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(relaxed_body("x"), "x\r\n");
    }

    #[test]
    fn fields_are_found_with_their_folded_lines_from_the_last_to_the_first() {
        let headers = Headers::parse("From: a\r\nTo: b,\r\n\tc\r\nfrom: d");
        assert_eq!(headers.named("From").rev().collect::<Vec<_>>(), ["from: d", "From: a"]);
        assert_eq!(headers.named("To").collect::<Vec<_>>(), ["To: b,\r\n\tc"]);
    }

    #[test]
    fn no_name_of_a_header_is_cut() {
        let names = ["from", "content-transfer-encoding", "list-unsubscribe-post"].repeat(4).join(":");
        let mut header = String::new();
        fold_names(&mut header, &names);
        let lines: Vec<&str> = header.trim_end_matches(";\r\n").split("\r\n").collect();
        assert!(lines.len() > 3 && lines.iter().all(|line| line.len() <= LINE + 1), "{header}");
        assert!(lines.iter().rev().skip(1).all(|line| line.ends_with(':')), "{header}");
        assert_eq!(lines.iter().map(|line| line.trim_start()).collect::<String>(), format!("h={names}"));
    }

    #[test]
    fn what_is_no_key_or_no_selector_is_refused_with_the_way_out() {
        let pem = Secret::new(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".to_vec());
        let error = DkimKey::from_pem("lodge1", &pem).err().unwrap();
        assert!(error.message().contains("openssl genrsa"), "{error}");
        for selector in ["", "a b", "a..b", "ü", "x\r\n"] {
            assert!(DkimKey::from_pem(selector, &pem).err().unwrap().message().contains("selector"));
        }
    }
}
