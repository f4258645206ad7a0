//! Cookies, in and out. Over https every cookie carries the `__Host-` prefix, so that no other host and no
//! plain connection can plant one; callers use the bare name and never see the prefix.

use http::{HeaderMap, HeaderValue, header};
use kernel::{Error, Origin, SignedDuration};
use std::fmt::Write;

/// More than this is not ours: the request counts as one without cookies.
const LONGEST_HEADER: usize = 8 * 1024;
const MOST_COOKIES: usize = 64;
const PREFIX: &str = "__Host-";

/// The cookies a request brought.
#[derive(Clone, Debug, Default)]
pub struct Cookies {
    pairs: Vec<(String, String)>,
    prefix: &'static str,
}

impl Cookies {
    /// Reads the `Cookie` headers; what is not a `name=value` pair of printable ASCII is left out.
    pub fn of(headers: &HeaderMap, origin: &Origin) -> Self {
        let mut cookies = Self { pairs: Vec::new(), prefix: prefix(origin) };
        let values = headers.get_all(header::COOKIE);
        if values.iter().map(HeaderValue::len).sum::<usize>() > LONGEST_HEADER {
            return cookies;
        }
        let pairs = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        for pair in pairs.take(MOST_COOKIES) {
            if let Some((name, value)) = pair.split_once('=') {
                cookies.pairs.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        cookies
    }

    /// The first cookie of that bare name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(full, _)| full.strip_prefix(self.prefix) == Some(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Which requests of other sites bring the cookie along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    Strict,
    Lax,
    /// For the state of a sign-in that another site answers with a POST.
    None,
}

/// A cookie to set: the whole host, `Secure` over https, hidden from scripts.
#[derive(Clone, Debug)]
pub struct Cookie {
    name: &'static str,
    value: String,
    same_site: SameSite,
    lifetime: Option<SignedDuration>,
}

impl Cookie {
    /// Lives as long as the browser's session, `SameSite=Lax`.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), same_site: SameSite::Lax, lifetime: None }
    }

    /// Takes the cookie away.
    pub fn removal(name: &'static str) -> Self {
        Self::new(name, "").lasting(SignedDuration::ZERO)
    }

    #[must_use]
    pub fn lasting(mut self, lifetime: SignedDuration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    #[must_use]
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// The value of `Set-Cookie`. A value with anything but the characters of RFC 6265 4.1.1 is our own fault.
    pub fn header(&self, origin: &Origin) -> kernel::Result<HeaderValue> {
        let octet = |byte: u8| matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e);
        if !self.value.bytes().all(octet) {
            return Err(Error::internal(format!("the cookie {} cannot carry its value", self.name)));
        }
        let mut text = format!("{}{}={}; Path=/; HttpOnly", prefix(origin), self.name, self.value);
        if origin.is_https() {
            text.push_str("; Secure");
        }
        text.push_str(match self.same_site {
            SameSite::Strict => "; SameSite=Strict",
            SameSite::Lax => "; SameSite=Lax",
            SameSite::None => "; SameSite=None",
        });
        if let Some(lifetime) = self.lifetime {
            let _ = write!(text, "; Max-Age={}", lifetime.as_secs());
        }
        HeaderValue::try_from(text).map_err(Error::internal)
    }
}

fn prefix(origin: &Origin) -> &'static str {
    if origin.is_https() { PREFIX } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn https() -> Origin {
        Origin::parse("https://localhost:8443").unwrap()
    }

    fn headers(value: &[u8]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(header::COOKIE, value);
        }
        headers
    }

    #[test]
    fn over_https_only_a_prefixed_cookie_counts() {
        let cookies = Cookies::of(&headers(b"session=planted; __Host-session=ours;broken; =x"), &https());
        assert_eq!(cookies.get("session"), Some("ours"));
        assert_eq!(cookies.get("broken"), None);
        let plain = Origin::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(Cookies::of(&headers(b"session=ours"), &plain).get("session"), Some("ours"));
    }

    #[test]
    fn a_header_beyond_eight_kibibytes_counts_as_none() {
        let mut long = b"__Host-session=ours; pad=".to_vec();
        long.resize(LONGEST_HEADER + 1, b'x');
        assert_eq!(Cookies::of(&headers(&long), &https()).get("session"), None);
    }

    #[test]
    fn a_cookie_is_set_for_the_host_alone() {
        let cookie = Cookie::new("session", "abc").lasting(SignedDuration::from_hours(1));
        assert_eq!(
            cookie.header(&https()).unwrap(),
            "__Host-session=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600"
        );
        let plain = Origin::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(
            Cookie::removal("session").header(&plain).unwrap(),
            "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert!(Cookie::new("session", "a;b").header(&https()).is_err());
        assert!(Cookie::new("session", "a\r\nb").header(&https()).is_err());
    }

    proptest! {
        #[test]
        fn no_cookie_header_makes_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..512), name in ".*") {
            let _ = Cookies::of(&headers(&bytes), &https()).get(&name);
        }

        #[test]
        fn what_is_set_is_read_back(value in "[!#-+\\--:<-\\[\\]-~]{0,64}") {
            let header = Cookie::new("name", value.clone()).header(&https()).unwrap();
            let pair = header.to_str().unwrap().split(';').next().unwrap().to_owned();
            prop_assert_eq!(Cookies::of(&headers(pair.as_bytes()), &https()).get("name"), Some(value.as_str()));
        }
    }
}
