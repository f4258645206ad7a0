//! What a sign-in is for: where it leads, whom it expects, how it asks.

use kernel::{AppId, TenantId};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

/// Longer than any sealed request on its way through, shorter than what servers take for an address.
const LONGEST_PATH: usize = 16 * 1024;

/// A path of this server with its query: what a browser cannot take for another host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// One slash, then printable ASCII without a backslash. Browsers drop tabs and line ends and read a backslash
    /// as a slash, and two slashes begin a host.
    pub fn parse(text: &str) -> Option<Self> {
        let printable = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
        let fits = text.starts_with('/')
            && !text.starts_with("//")
            && text.len() <= LONGEST_PATH
            && text.bytes().all(printable);
        fits.then(|| Self(text.to_owned()))
    }

    /// The page of everyone's own.
    pub fn account(tenant: TenantId) -> Self {
        Self(format!("/account/{tenant}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a sign-in page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Offers the accounts of this browser, if there are any.
    #[default]
    SelectAccount,
    /// Asks for a proof, whoever is signed in.
    Login,
}

/// The application somebody signs in to. Name and address are looked up where it is registered: the page says
/// nothing that stands in a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub app_id: AppId,
    pub redirect_uri: Url,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub return_to: LocalPath,
    pub login_hint: Option<String>,
    pub prompt: Prompt,
    pub client: Option<Client>,
}

impl Errand {
    pub fn to(return_to: LocalPath) -> Self {
        Self { return_to, login_hint: None, prompt: Prompt::default(), client: None }
    }

    /// What the forms of the sign-in pages carry on.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("return", self.return_to.0.clone())];
        if let Some(client) = &self.client {
            fields.push(("client_id", client.app_id.to_string()));
            fields.push(("redirect_uri", client.redirect_uri.to_string()));
        }
        fields
    }
}

/// The address of the sign-in pages of a tenant: a path of this server.
pub fn sign_in_path(tenant: TenantId, errand: &Errand) -> String {
    let mut fields = errand.fields();
    if let Some(hint) = &errand.login_hint {
        fields.push(("login_hint", hint.clone()));
    }
    if errand.prompt == Prompt::Login {
        fields.push(("prompt", "login".to_owned()));
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("{}?{query}", base(tenant))
}

pub(crate) fn base(tenant: TenantId) -> String {
    format!("/account/{tenant}/sign-in")
}

/// An errand as it stands in a query or a form. What cannot be read is left out: the way back is then the
/// account page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Given {
    #[serde(rename = "return")]
    return_to: Option<String>,
    login_hint: Option<String>,
    prompt: Option<String>,
    client_id: Option<String>,
    redirect_uri: Option<String>,
}

impl Given {
    pub fn read(self, tenant: TenantId) -> Errand {
        let app_id = self.client_id.and_then(|text| text.parse().ok());
        let redirect_uri = self.redirect_uri.and_then(|text| Url::parse(&text).ok());
        Errand {
            return_to: self
                .return_to
                .and_then(|text| LocalPath::parse(&text))
                .unwrap_or_else(|| LocalPath::account(tenant)),
            login_hint: self.login_hint.filter(|hint| !hint.is_empty() && hint.len() <= 320),
            prompt: if self.prompt.as_deref() == Some("login") { Prompt::Login } else { Prompt::default() },
            client: app_id.zip(redirect_uri).map(|(app_id, redirect_uri)| Client { app_id, redirect_uri }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: TenantId = TenantId(uuid::Uuid::from_u128(1));

    #[test]
    fn only_a_path_of_this_server_leads_back() {
        for good in
            ["/", "/account/contoso.example", "/redeem?tenant=a&ticket=b%20c", "/a//b", "/.//evil.example"]
        {
            assert!(LocalPath::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ /evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            " //evil.example",
            "/\u{2028}",
            "/é",
        ] {
            assert!(LocalPath::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn an_errand_is_read_back_from_its_path() {
        let errand = Errand {
            return_to: LocalPath::parse("/x/oauth2/continue?request=a&b=c").unwrap(),
            login_hint: Some("lea@fabrikam.example".to_owned()),
            prompt: Prompt::Login,
            client: Some(Client {
                app_id: AppId(uuid::Uuid::from_u128(5)),
                redirect_uri: Url::parse("https://falcon.example/callback?a=b&c").unwrap(),
            }),
        };
        let path = sign_in_path(TENANT, &errand);
        let query = path.split_once('?').unwrap().1;
        let given: Given = web::Fields::parse(query.as_bytes()).unwrap().read().unwrap();
        assert_eq!(given.read(TENANT), errand);
        assert!(path.starts_with(&format!("/account/{TENANT}/sign-in?return=%2Fx%2Foauth2")), "{path}");
    }

    #[test]
    fn what_cannot_be_read_leads_to_the_account_page() {
        let given = Given { return_to: Some("//evil.example".to_owned()), ..Given::default() };
        assert_eq!(given.read(TENANT), Errand::to(LocalPath::account(TENANT)));
    }
}
