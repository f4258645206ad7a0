//! Which of an application's redirect URIs a request names: after parsing, whole, never by prefix
//! (security lesson 12).

use super::Application;
use url::{Host, Url};

/// How an answer may travel to the redirect URI, and what the token endpoint then demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectKind {
    /// A web server: proves itself with a secret, or by PKCE if the application is public.
    Web,
    /// A page: PKCE, and the token endpoint answers its origin.
    SinglePage,
    /// A program on the user's machine: PKCE.
    PublicClient,
}

/// The kind of redirect URI that `wanted` is of `application`, or none.
///
/// A URI fits when it is the registered one, letter by letter once both are parsed. On loopback (RFC 8252 7.3) a
/// native program listens on whatever port is free, so there the port is left out of the comparison: for
/// everything registered as a public client's, and for what a public application registered at all.
pub fn matching_redirect(application: &Application, wanted: &str) -> Option<RedirectKind> {
    let wanted = parse(wanted)?;
    let kinds = [
        (RedirectKind::Web, &application.redirect_uris, application.is_public),
        (RedirectKind::SinglePage, &application.spa_redirect_uris, false),
        (RedirectKind::PublicClient, &application.public_client_redirect_uris, true),
    ];
    let fits = |registered: &String, any_port: bool| {
        parse(registered).is_some_and(|registered| {
            registered == wanted || (any_port && is_same_loopback(&registered, &wanted))
        })
    };
    kinds
        .iter()
        .find(|(_, registered, any_port)| registered.iter().any(|uri| fits(uri, *any_port)))
        .map(|(kind, ..)| *kind)
}

/// A redirect URI: absolute, without fragment and user, of a scheme that runs nothing. What the parser would have
/// to mend (a backslash, white space, a missing slash) is none: two programs may mend it differently.
pub(super) fn parse(text: &str) -> Option<Url> {
    let odd = |byte: u8| byte <= b' ' || byte == 0x7f || matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`');
    if text.len() > 2048 || text.bytes().any(odd) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let has_authority =
        text.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//") && !rest.starts_with("///"));
    let runs = matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file" | "about");
    let bare = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    let fits = bare && !runs && (!is_web || (has_authority && url.host().is_some()));
    fits.then_some(url)
}

/// Plain HTTP on this machine under the same name, path and query.
fn is_same_loopback(registered: &Url, wanted: &Url) -> bool {
    let is_loopback = match registered.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    is_loopback
        && registered.scheme() == "http"
        && wanted.scheme() == "http"
        && registered.host() == wanted.host()
        && registered.path() == wanted.path()
        && registered.query() == wanted.query()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{AppId, ApplicationId, Timestamp};
    use uuid::Uuid;

    fn application() -> Application {
        Application {
            id: ApplicationId(Uuid::nil()),
            app_id: AppId(Uuid::nil()),
            display_name: "Demo".into(),
            is_public: false,
            enabled: true,
            redirect_uris: vec!["https://app.example/callback".into(), "http://localhost:3000/cb".into()],
            spa_redirect_uris: vec!["https://spa.example/".into()],
            public_client_redirect_uris: vec![
                "http://localhost/callback".into(),
                "http://127.0.0.1/native".into(),
                "com.example.app:/done".into(),
            ],
            identifier_uris: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_registered_address_fits_and_tells_its_kind() {
        for (wanted, kind) in [
            ("https://app.example/callback", RedirectKind::Web),
            ("https://APP.example:443/callback", RedirectKind::Web),
            ("http://localhost:3000/cb", RedirectKind::Web),
            ("https://spa.example", RedirectKind::SinglePage),
            ("http://localhost/callback", RedirectKind::PublicClient),
            ("http://localhost:51234/callback", RedirectKind::PublicClient),
            ("http://127.0.0.1:8400/native", RedirectKind::PublicClient),
            ("com.example.app:/done", RedirectKind::PublicClient),
        ] {
            assert_eq!(matching_redirect(&application(), wanted), Some(kind), "{wanted}");
        }
    }

    #[test]
    fn nothing_else_fits() {
        for wanted in [
            "",
            "//evil.example",
            "https:app.example/callback",
            "https:///app.example/callback",
            "https://app.example\\@evil.example/callback",
            "https://app.example@evil.example/callback",
            "https://user@app.example/callback",
            "https://app.example.evil.example/callback",
            "https://app.example/callback/",
            "https://app.example/callback?x=1",
            "https://app.example/callback#x",
            "https://app.example/CALLBACK",
            "https://app.example/callback/..",
            "https://app.example/%63allback",
            "https://app.example:8443/callback",
            "http://app.example/callback",
            "https://app。example/callbac",
            " https://app.example/callback",
            "https://app.example/callback\n",
            "javascript:alert(1)//https://app.example/callback",
            "http://localhost:3001/cb",
            "https://localhost:51234/callback",
            "http://localhost:51234/callback/x",
            "http://127.0.0.1:51234/callback",
            "http://localhost.evil.example:1/callback",
            "http://127.0.0.2:8400/native",
            "com.example.app:/other",
        ] {
            assert_eq!(matching_redirect(&application(), wanted), None, "{wanted}");
        }
    }

    #[test]
    fn a_public_application_may_use_any_loopback_port_for_what_it_registered() {
        let application = Application { is_public: true, ..application() };
        assert_eq!(matching_redirect(&application, "http://localhost:49152/cb"), Some(RedirectKind::Web));
        assert_eq!(matching_redirect(&application, "https://app.example:1/callback"), None);
    }
}
