//! Absolute links. They are built from configuration by functions that cannot see a request, so no header of
//! a request can ever change a link in a mail.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// Everything but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Scheme, host and port under which Lodge is reached, from configuration. No trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Takes `https://host[:port]` (or `http` on loopback) and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let url = url::Url::parse(text).ok()?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty();
        let scheme = matches!(url.scheme(), "https" | "http");
        let origin = url.origin().ascii_serialization();
        (bare && scheme && url.host_str().is_some()).then_some(Self(origin))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Host without port.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        if authority.starts_with('[') {
            return authority.split_inclusive(']').next().unwrap_or(authority);
        }
        authority.split(':').next().unwrap_or(authority)
    }

    /// Host with the port if it is not the scheme's own: what a `Host` header carries.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }

    pub fn is_localhost(&self) -> bool {
        matches!(self.host(), "localhost" | "127.0.0.1" | "[::1]") || self.host().ends_with(".localhost")
    }

    /// A link below this origin; `path` starts with a slash.
    pub fn link(&self, path: &str) -> QueryBuilder {
        QueryBuilder { url: format!("{}{path}", self.0), first: true }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds query parameters, each value escaped.
pub struct QueryBuilder {
    url: String,
    first: bool,
}

impl QueryBuilder {
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.url.push(if self.first { '?' } else { '&' });
        self.first = false;
        self.url.push_str(name);
        self.url.push('=');
        self.url.extend(utf8_percent_encode(&value.to_string(), ESCAPED));
        self
    }
}

impl fmt::Display for QueryBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in [
            "https://localhost:8443",
            "https://guests.contoso.example",
            "http://127.0.0.1:8080",
            "https://[::1]:8443",
        ] {
            assert_eq!(Origin::parse(good).map(|o| o.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "localhost",
            "https://a.example/x",
            "https://u@a.example",
            "ftp://a.example",
            "https://a.example?x=1",
            "javascript:alert(1)",
        ] {
            assert!(Origin::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(
            Origin::parse("https://[::1]:8443").map(|o| o.host().to_owned()).as_deref(),
            Some("[::1]")
        );
    }

    #[test]
    fn values_in_links_are_escaped() {
        let origin = Origin::parse("https://a.example").unwrap();
        assert_eq!(
            origin.link("/redeem").with("t", "a&b=c d#é").to_string(),
            "https://a.example/redeem?t=a%26b%3Dc%20d%23%C3%A9"
        );
    }
}
