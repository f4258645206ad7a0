//! Where an answer goes and how it is put there. Which URIs an application may name is the directory's to say
//! (`directory::application::matching_redirect`).

use directory::application::{Application, RedirectKind, matching_redirect};
use serde::{Deserialize, Serialize};
use url::Url;

/// A redirect URI that was found registered, as the client wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri {
    uri: String,
    pub kind: RedirectKind,
}

impl RedirectUri {
    /// The one `asked` for, or the only one there is when a request names none.
    pub fn find(application: &Application, asked: Option<&str>) -> Option<Self> {
        let all = [
            &application.redirect_uris,
            &application.spa_redirect_uris,
            &application.public_client_redirect_uris,
        ];
        let mut all = all.into_iter().flatten();
        let uri = match asked {
            Some(asked) => asked,
            None => all.next().filter(|_| all.next().is_none())?,
        };
        let kind = matching_redirect(application, uri)?;
        Some(Self { uri: uri.to_owned(), kind })
    }

    pub fn is_spa(&self) -> bool {
        self.kind == RedirectKind::SinglePage
    }

    pub fn as_str(&self) -> &str {
        &self.uri
    }

    /// Parsed: what a page's `form-action` is widened to.
    pub fn url(&self) -> Option<Url> {
        Url::parse(&self.uri).ok()
    }

    /// This URI with the answer in its query or fragment.
    pub fn with_answer(&self, mode: ResponseMode, answer: &[(&str, &str)]) -> String {
        Self::append(&self.uri, mode, answer)
    }

    /// A registered address with parameters in its query or fragment. A query it already has stays.
    pub fn append(uri: &str, mode: ResponseMode, parameters: &[(&str, &str)]) -> String {
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        // A plus is a space only to readers of forms, and a fragment is often read otherwise.
        let encoded = encoded.replace('+', "%20");
        let separator = match mode {
            ResponseMode::Fragment => '#',
            ResponseMode::Query | ResponseMode::FormPost if uri.contains('?') => '&',
            ResponseMode::Query | ResponseMode::FormPost => '?',
        };
        format!("{uri}{separator}{encoded}")
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

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{AppId, ApplicationId, Timestamp};
    use uuid::Uuid;

    fn application(web: &[&str], spa: &[&str]) -> Application {
        let owned = |uris: &[&str]| uris.iter().map(|uri| (*uri).to_owned()).collect();
        Application {
            id: ApplicationId(Uuid::nil()),
            app_id: AppId(Uuid::nil()),
            display_name: "Demo".into(),
            is_public: true,
            enabled: true,
            redirect_uris: owned(web),
            spa_redirect_uris: owned(spa),
            public_client_redirect_uris: Vec::new(),
            identifier_uris: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn answers_are_appended_escaped() {
        let answer = [("code", "a b&c"), ("state", "é#")];
        let application = application(&["https://app.example/callback"], &["https://spa.example/?x=1"]);
        let plain = RedirectUri::find(&application, Some("https://app.example/callback")).unwrap();
        assert_eq!(
            plain.with_answer(ResponseMode::Query, &answer),
            "https://app.example/callback?code=a%20b%26c&state=%C3%A9%23"
        );
        let page = RedirectUri::find(&application, Some("https://spa.example/?x=1")).unwrap();
        assert!(page.is_spa() && !plain.is_spa());
        assert_eq!(page.with_answer(ResponseMode::Query, &[("a", "b")]), "https://spa.example/?x=1&a=b");
        assert_eq!(page.with_answer(ResponseMode::Fragment, &[("a", "b")]), "https://spa.example/?x=1#a=b");
    }

    #[test]
    fn the_only_registered_uri_needs_no_name() {
        assert_eq!(
            RedirectUri::find(&application(&["https://a.example/"], &["https://b.example/"]), None),
            None
        );
        assert_eq!(RedirectUri::find(&application(&[], &[]), None), None);
        let one = RedirectUri::find(&application(&["https://a.example/"], &[]), None).unwrap();
        assert_eq!(one.as_str(), "https://a.example/");
    }
}
