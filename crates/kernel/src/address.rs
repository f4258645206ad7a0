//! E-mail addresses and domain names. They are parsed once, at the edge, and compared in one place, one way.
//!
//! Two addresses are the same when their *keys* are byte-equal. The key folds ASCII case and nothing else:
//! no Unicode folding, no normalisation, no dots or plus tags removed, so that no two addresses a mail server
//! may deliver differently are ever taken for one (security lesson 8). A local part outside ASCII is kept as
//! it was typed; a domain is always in its ASCII (Punycode) form.

use serde::{Deserialize, Serialize};
use std::fmt;

/// RFC 5321 4.5.3.1: 64 octets of local part, 254 of the whole path.
const LONGEST_LOCAL: usize = 64;
const LONGEST: usize = 254;
const LOCAL_SPECIALS: &str = "!#$%&'*+-/=?^_{|}~.";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidAddress(pub &'static str);

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A mailbox address as it was given, with its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    text: String,
    key: String,
}

impl EmailAddress {
    /// Letters, digits and the specials Graph accepts; no quoted local part, no comment, no address literal.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidAddress("an address needs an @"))?;
        if local.is_empty() || local.len() > LONGEST_LOCAL {
            return Err(InvalidAddress("the part before the @ must have 1 to 64 characters"));
        }
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(InvalidAddress("dots before the @ must stand between other characters"));
        }
        if !local.chars().all(|c| c.is_ascii_alphanumeric() || LOCAL_SPECIALS.contains(c)) {
            return Err(InvalidAddress("the part before the @ holds a character that addresses do not have"));
        }
        let domain = DomainName::parse(domain)?;
        if !domain.as_str().contains('.') {
            return Err(InvalidAddress("the domain after the @ needs a dot"));
        }
        let text = format!("{local}@{domain}");
        if text.len() > LONGEST {
            return Err(InvalidAddress("an address has at most 254 characters"));
        }
        let key = text.to_ascii_lowercase();
        Ok(Self { text, key })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What addresses are compared and looked up by.
    pub fn key(&self) -> &str {
        &self.key
    }

    pub fn local_part(&self) -> &str {
        self.text.rsplit_once('@').map_or("", |(local, _)| local)
    }

    pub fn domain(&self) -> DomainName {
        DomainName(self.key.rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_owned()))
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for EmailAddress {}
impl std::hash::Hash for EmailAddress {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl TryFrom<String> for EmailAddress {
    type Error = InvalidAddress;
    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        Self::parse(&text)
    }
}
impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.text
    }
}

/// A domain in lower-case ASCII form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

impl DomainName {
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        if text.is_empty() || text.len() > 253 || text.ends_with('.') {
            return Err(InvalidAddress("a domain has 1 to 253 characters and no dot at its end"));
        }
        let ascii =
            idna::domain_to_ascii_strict(text).map_err(|_| InvalidAddress("this is not a domain name"))?;
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !ascii.split('.').all(label) {
            return Err(InvalidAddress("this is not a domain name"));
        }
        if ascii.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(InvalidAddress("this is a number, not a domain name"));
        }
        Ok(Self(ascii))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl TryFrom<String> for DomainName {
    type Error = InvalidAddress;
    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        Self::parse(&text)
    }
}
impl From<DomainName> for String {
    fn from(domain: DomainName) -> Self {
        domain.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_taken_as_they_are() {
        for text in [
            "a@b.example",
            "Lea.Martin+x@fabrikam.example",
            "o'neil@fabrikam.example",
            "a_b@xn--bcher-kva.example",
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(EmailAddress::parse("a@bücher.example").unwrap().as_str(), "a@xn--bcher-kva.example");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@a.example", "x".repeat(65));
        let bad = [
            "",
            "a",
            "@",
            "a@",
            "@b.example",
            "a@b",
            ".a@b.example",
            "a.@b.example",
            "a..b@c.example",
            "a b@c.example",
            "\"a b\"@c.example",
            "a@b.example.",
            "a@[127.0.0.1]",
            "a@1.2.3.4",
            "a@-b.example",
            "a@b_.example",
            "a@b@c.example",
            "a\n@b.example",
            "a@b.example\r\nBcc: x@y.example",
            "mıke@fabrikam.example",
            "a\u{0}@b.example",
            long_local.as_str(),
        ];
        for text in bad {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn only_ascii_case_is_folded() {
        let same = |a: &str, b: &str| EmailAddress::parse(a).unwrap() == EmailAddress::parse(b).unwrap();
        assert!(same("Mike@Fabrikam.Example", "mike@fabrikam.example"));
        for (a, b) in [
            ("mike@fabrikam.example", "mikes@fabrikam.example"),
            ("a.b@c.example", "ab@c.example"),
            ("a+x@c.example", "a@c.example"),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
        // The Kelvin sign and the dotless i fold to ASCII letters under Unicode rules.
        assert_ne!(
            EmailAddress::parse("k@faß.example").unwrap().key(),
            EmailAddress::parse("k@fass.example").unwrap().key()
        );
    }
}
