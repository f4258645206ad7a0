//! Forms are accepted only from our own pages. Each browser carries a random cookie, each form an HMAC of it;
//! a foreign site knows neither. Beside that the browser's own word on where the request comes from is heard.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, header};
use kernel::{Error, Origin, Secret};
use subtle::ConstantTimeEq;

/// The key of all form tokens.
pub struct CsrfKey(hmac::Key);

impl CsrfKey {
    pub fn new(key: &Secret<[u8; 32]>) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key.expose()))
    }

    /// The token for the browser that carries this cookie.
    pub fn token(&self, browser: &str) -> String {
        let tag = hmac::sign(&self.0, format!("form\0{browser}").as_bytes());
        URL_SAFE_NO_PAD.encode(tag.as_ref())
    }

    pub fn check(&self, browser: Option<&str>, token: Option<&str>) -> kernel::Result<()> {
        let stale =
            "This form was opened too long ago or in another browser. Load the page again, then send it.";
        let (Some(browser), Some(token)) = (browser, token) else {
            return Err(Error::forbidden(stale).because("form token or browser cookie is absent"));
        };
        if bool::from(self.token(browser).as_bytes().ct_eq(token.as_bytes())) {
            return Ok(());
        }
        Err(Error::forbidden(stale).because("form token does not belong to this browser"))
    }
}

/// Refuses what the browser itself says another site sent.
///
/// Our pages send `Referrer-Policy: no-referrer`, so a form of ours arrives with `Origin: null`
/// (Fetch 3.2, "append a request Origin header"): `null` proves nothing either way, and the token decides.
pub fn same_origin(headers: &HeaderMap, origin: &Origin) -> kernel::Result<()> {
    let foreign = |what: &str| {
        Error::forbidden("This form was sent from another site. Open the page here.").because(what)
    };
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match text("sec-fetch-site") {
        Some("same-origin") => return Ok(()),
        Some(site) => return Err(foreign(&format!("sec-fetch-site is {site}"))),
        None => {}
    }
    match text(header::ORIGIN.as_str()) {
        None | Some("null") => Ok(()),
        Some(given) if given == origin.as_str() => Ok(()),
        Some(given) => Err(foreign(&format!("origin is {given}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> CsrfKey {
        CsrfKey::new(&Secret::new([byte; 32]))
    }

    #[test]
    fn a_token_serves_the_browser_it_was_made_for_alone() {
        let token = key(1).token("browser");
        assert!(key(1).check(Some("browser"), Some(&token)).is_ok());
        assert!(key(1).check(Some("another"), Some(&token)).is_err());
        assert!(key(2).check(Some("browser"), Some(&token)).is_err());
        assert!(key(1).check(None, Some(&token)).is_err());
        assert!(key(1).check(Some("browser"), None).is_err());
        assert!(key(1).check(Some("browser"), Some("")).is_err());
    }

    #[test]
    fn the_browsers_word_on_the_sender_is_heard() {
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let with = |name: &'static str, value: &'static str| {
            let headers =
                HeaderMap::from_iter([(http::HeaderName::from_static(name), value.parse().unwrap())]);
            same_origin(&headers, &origin).is_ok()
        };
        assert!(same_origin(&HeaderMap::new(), &origin).is_ok());
        assert!(with("sec-fetch-site", "same-origin"));
        assert!(!with("sec-fetch-site", "same-site"));
        assert!(!with("sec-fetch-site", "cross-site"));
        assert!(with("origin", "https://localhost:8443"));
        assert!(with("origin", "null"));
        assert!(!with("origin", "https://localhost"));
        assert!(!with("origin", "https://localhost:8443.evil.example"));
    }
}
