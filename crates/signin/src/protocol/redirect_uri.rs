//! Where an answer may go. A redirect URI matches by equality with a registered one, never by prefix; only the
//! port of a loopback address is free (RFC 8252 7.3).

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// What an application has registered, by the kind of client it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedirectUris {
    pub web: Vec<String>,
    pub spa: Vec<String>,
    pub public_client: Vec<String>,
}

/// A redirect URI that was found registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri {
    uri: String,
    /// Registered for a single-page application: answers cross-origin, refresh tokens end after a day.
    pub is_spa: bool,
}

impl RedirectUris {
    /// The registered URI equal to `asked`.
    pub fn find(&self, asked: &str) -> Option<RedirectUri> {
        let url = usable(asked)?;
        let among = |registered: &[String]| registered.iter().any(|one| is_same(one, asked, &url));
        let is_spa = if among(&self.web) || among(&self.public_client) {
            false
        } else if among(&self.spa) {
            true
        } else {
            return None;
        };
        Some(RedirectUri { uri: asked.to_owned(), is_spa })
    }

    /// The one to use when a request names none: only if there is no choice.
    pub fn only(&self) -> Option<RedirectUri> {
        let mut all = self.web.iter().chain(&self.spa).chain(&self.public_client);
        let one = all.next()?;
        if all.next().is_some() { None } else { self.find(one) }
    }
}

impl RedirectUri {
    pub fn as_str(&self) -> &str {
        &self.uri
    }

    /// Scheme, host and port: what a page's `form-action` is widened to.
    pub fn origin(&self) -> Option<String> {
        let origin = Url::parse(&self.uri).ok()?.origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }

    /// This URI with the answer in its query or fragment. A query it already has stays.
    pub fn with_answer(&self, mode: ResponseMode, answer: &[(&str, &str)]) -> String {
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(answer).finish();
        // A plus is a space only to readers of forms, and a fragment is often read otherwise.
        let encoded = encoded.replace('+', "%20");
        let separator = match mode {
            ResponseMode::Fragment => '#',
            ResponseMode::Query | ResponseMode::FormPost if self.uri.contains('?') => '&',
            ResponseMode::Query | ResponseMode::FormPost => '?',
        };
        format!("{}{separator}{encoded}", self.uri)
    }
}

/// How the answer travels (OAuth 2.0 Multiple Response Types 2.1, Form Post Response Mode).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl ResponseMode {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }
}

/// Absolute, with a scheme that leads to a web page or an installed application, and no fragment. A header or an
/// attribute never carries what fails here.
fn usable(text: &str) -> Option<Url> {
    let plain = text.len() <= 2048 && text.bytes().all(|byte| byte.is_ascii_graphic());
    let hostile = ["javascript:", "data:", "vbscript:", "file:", "blob:", "about:"];
    if !plain || text.contains(['\\', '#', '"', '<', '>']) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let lower = text.to_ascii_lowercase();
    let has_user = !url.username().is_empty() || url.password().is_some();
    (!has_user && !hostile.iter().any(|scheme| lower.starts_with(scheme))).then_some(url)
}

fn is_same(registered: &str, asked: &str, url: &Url) -> bool {
    if registered == asked {
        return true;
    }
    let Ok(registered) = Url::parse(registered) else { return false };
    is_loopback(&registered)
        && is_loopback(url)
        && registered.host() == url.host()
        && registered.path() == url.path()
        && registered.query() == url.query()
}

fn is_loopback(url: &Url) -> bool {
    let host = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uris() -> RedirectUris {
        RedirectUris {
            web: vec!["https://app.example/callback".into(), "http://localhost/callback".into()],
            spa: vec!["https://spa.example/?x=1".into()],
            public_client: vec!["http://127.0.0.1".into(), "com.example.app:/callback".into()],
        }
    }

    #[test]
    fn a_registered_uri_is_found_with_its_kind() {
        assert!(!uris().find("https://app.example/callback").unwrap().is_spa);
        assert!(uris().find("https://spa.example/?x=1").unwrap().is_spa);
        assert!(uris().find("com.example.app:/callback").is_some());
    }

    #[test]
    fn only_the_port_of_a_loopback_address_is_free() {
        for good in [
            "http://localhost/callback",
            "http://localhost:9500/callback",
            "http://127.0.0.1:1/",
            "http://127.0.0.1:65535",
        ] {
            assert!(uris().find(good).is_some(), "{good}");
        }
        for bad in [
            "https://localhost:9500/callback",
            "http://localhost:9500/callback/",
            "http://localhost:9500/callback?x",
            "http://localhost.evil.example/callback",
            "http://localhost@evil.example/callback",
            "http://127.0.0.1/callback",
            "http://127.0.0.2/",
            "https://app.example:8443/callback",
        ] {
            assert!(uris().find(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn nothing_that_merely_looks_like_it_is_found() {
        for bad in [
            "",
            "/callback",
            "//app.example/callback",
            "https:app.example/callback",
            "https://app.example/callback/",
            "https://app.example/callbackx",
            "https://app.example/callback?x=1",
            "https://app.example/callback#x",
            "https://app.example/Callback",
            "https://app.example/%63allback",
            "https://app.example/x/../callback",
            "https://APP.example/callback",
            "https://app.example.evil.example/callback",
            "https://app.example@evil.example/callback",
            "https://user@app.example/callback",
            "https://app.example\\@evil.example/callback",
            "https://app。example/callback",
            "https://app.example/callback\r\nSet-Cookie: a=b",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            assert!(uris().find(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_hostile_uri_is_no_target_even_when_registered() {
        let uris = RedirectUris {
            web: vec!["javascript:alert(1)".into(), "data:x".into()],
            ..RedirectUris::default()
        };
        assert!(uris.find("javascript:alert(1)").is_none());
        assert!(uris.find("data:x").is_none());
    }

    #[test]
    fn answers_are_appended_escaped() {
        let answer = [("code", "a b&c"), ("state", "é#")];
        let plain = uris().find("https://app.example/callback").unwrap();
        assert_eq!(
            plain.with_answer(ResponseMode::Query, &answer),
            "https://app.example/callback?code=a%20b%26c&state=%C3%A9%23"
        );
        let with_query = uris().find("https://spa.example/?x=1").unwrap();
        assert_eq!(
            with_query.with_answer(ResponseMode::Query, &[("a", "b")]),
            "https://spa.example/?x=1&a=b"
        );
        assert_eq!(
            with_query.with_answer(ResponseMode::Fragment, &[("a", "b")]),
            "https://spa.example/?x=1#a=b"
        );
        assert_eq!(with_query.origin().as_deref(), Some("https://spa.example"));
    }

    #[test]
    fn the_only_registered_uri_needs_no_name() {
        assert_eq!(uris().only(), None);
        let one = RedirectUris { web: vec!["https://app.example/".into()], ..RedirectUris::default() };
        assert_eq!(one.only().unwrap().as_str(), "https://app.example/");
    }
}
