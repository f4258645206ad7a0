//! A page: what a template is told about the request ([`PageContext`]), and the answer with the headers that
//! every page sends ([`Page`]).
//!
//! The language of a page is the reader's choice (`?lang=`, kept in a cookie), else a given preference, else
//! `Accept-Language`, else English.

use crate::{Cookie, Cookies, Frame, Toast, Visitor};
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use kernel::{Error, Language, Origin, SignedDuration};
use serde::{Serialize, Serializer};

const POLICY: [&str; 6] = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
];
/// For answers that are no page.
const STRICTEST: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const NOTHING_PERMITTED: &str =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()";
const LANGUAGE_COOKIE: &str = "lodge_lang";
const THEME_COOKIE: &str = "lodge_theme";
const CHOICE_LIVES: SignedDuration = SignedDuration::from_hours(24 * 365);

/// An HTML answer.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    html: String,
    form_action: Option<String>,
    inline_style: bool,
    scripts: bool,
    cookies: Vec<HeaderValue>,
}

impl Page {
    pub(crate) fn new(html: String, cookies: Vec<HeaderValue>) -> Self {
        Self { status: StatusCode::OK, html, form_action: None, inline_style: false, scripts: false, cookies }
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Lets a form of this page end at the origin of this registered or accepted address: Chromium applies
    /// `form-action` to the redirect that answers a POST, too. An address of a private scheme (a native
    /// application's) is let through by its scheme.
    #[must_use]
    pub fn form_action(mut self, address: &url::Url) -> Self {
        let source = match address.scheme() {
            "http" | "https" => address.origin().ascii_serialization(),
            scheme => format!("{scheme}:"),
        };
        self.form_action = Some(source);
        self
    }

    /// Lets a sandboxed frame of this page, which takes its policy, show a mail with the style it carries.
    #[must_use]
    pub fn inline_style(mut self) -> Self {
        self.inline_style = true;
        self
    }

    /// Lets the page load our own script and ask this server with it.
    #[must_use]
    pub(crate) fn scripts(mut self, allowed: bool) -> Self {
        self.scripts = allowed;
        self
    }

    /// Sets a cookie with this page.
    pub fn cookie(mut self, cookie: &Cookie, origin: &Origin) -> kernel::Result<Self> {
        self.cookies.push(cookie.header(origin)?);
        Ok(self)
    }

    pub fn html(&self) -> &str {
        &self.html
    }

    fn policy(&self) -> kernel::Result<HeaderValue> {
        let mut policy = POLICY.join("; ");
        if let Some(source) = &self.form_action {
            policy = policy.replace("form-action 'self'", &format!("form-action 'self' {source}"));
        }
        if self.inline_style {
            policy = policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
        }
        if self.scripts {
            policy.push_str("; script-src 'self'; connect-src 'self'");
        }
        HeaderValue::try_from(policy).map_err(Error::internal)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let policy = self.policy().unwrap_or(HeaderValue::from_static(STRICTEST));
        let fixed = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_SECURITY_POLICY, policy),
        ];
        let mut response = (self.status, fixed, self.html).into_response();
        guard(&mut response);
        for cookie in self.cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Adds what every answer of a page route sends, redirects and bare texts too, where it is not set yet.
pub(crate) fn guard(response: &mut Response) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, STRICTEST),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (PERMISSIONS, NOTHING_PERMITTED),
    ];
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// `Strict-Transport-Security` for a server reached over TLS under a real host name. Never for localhost: it
/// would break every `http://localhost` of the reader's browser.
pub fn hsts_header(origin: &Origin) -> Option<HeaderValue> {
    let numeric = origin.host().starts_with('[') || origin.host().parse::<std::net::Ipv4Addr>().is_ok();
    let real = origin.is_https() && !origin.is_localhost() && !numeric;
    real.then(|| HeaderValue::from_static("max-age=31536000"))
}

/// How the page looks: the reader's choice, or what their system says when they made none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Light,
    Dark,
    Contrast,
}

impl Theme {
    const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// In whose house the page stands: the mark, the name and the links of its frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Organization {
    pub name: String,
    /// The letter of the mark.
    pub letter: String,
    pub privacy_url: Option<String>,
}

impl Organization {
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { letter: initials(&name, 1), name, privacy_url: None }
    }

    /// Its privacy statement, if it is a web address.
    #[must_use]
    pub fn privacy_url(mut self, address: Option<&str>) -> Self {
        let web = |address: &&str| address.starts_with("https://") || address.starts_with("http://");
        self.privacy_url = address.filter(web).map(str::to_owned);
        self
    }
}

/// What every template knows as `page`: `language`, `direction`, `theme`, `title`, `csrf`, `origin`, `host`,
/// `organization` (`name`, `letter`, `privacy_url`) or none, `visitor` (`name`, `address`, `initials`) or none,
/// `languages` and `themes` (the menus: `name`, `href`, `current`), `frame` (see [`Frame`]) or none.
#[derive(Clone, Debug)]
pub struct PageContext {
    pub(crate) language: Language,
    chosen: bool,
    theme: Option<Theme>,
    title: String,
    csrf: String,
    origin: Origin,
    browser: String,
    organization: Option<Organization>,
    visitor: Option<Visitor>,
    menu: String,
    frame: Option<Box<Frame>>,
    toast: Option<Toast>,
    set: Vec<Cookie>,
}

impl PageContext {
    /// The cookie that names a browser to its forms.
    pub(crate) const BROWSER_COOKIE: &'static str = "lodge_browser";
    pub(crate) const MENU_PARAMETERS: [&'static str; 2] = ["lang", "theme"];

    /// `fresh_browser` is used when the request carries no browser cookie.
    pub(crate) fn of(parts: &Parts, origin: &Origin, fresh_browser: impl FnOnce() -> String) -> Self {
        let cookies = Cookies::of(&parts.headers, origin);
        let mut set = Vec::new();
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let query = parts.uri.query().unwrap_or_default();
        let wish = |name: &str| query_value(query, name).filter(|_| reads);

        let asked = wish("lang").and_then(Language::from_tag);
        if let Some(language) = asked {
            set.push(Cookie::new(LANGUAGE_COOKIE, language.tag()).lasting(CHOICE_LIVES));
        }
        let chosen = asked.or_else(|| cookies.get(LANGUAGE_COOKIE).and_then(Language::from_tag));
        let accepted = || {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE)?;
            Language::from_accept_language(header.to_str().ok()?)
        };

        let mut theme = cookies.get(THEME_COOKIE).and_then(Theme::named);
        if let Some(name) = wish("theme") {
            theme = Theme::named(name);
            set.push(theme.map_or_else(
                || Cookie::removal(THEME_COOKIE),
                |theme| Cookie::new(THEME_COOKIE, theme.name()).lasting(CHOICE_LIVES),
            ));
        }

        let known = cookies.get(Self::BROWSER_COOKIE);
        let browser = known.map_or_else(fresh_browser, str::to_owned);
        if known.is_none() {
            set.push(Cookie::new(Self::BROWSER_COOKIE, browser.clone()));
        }
        Self {
            language: chosen.or_else(accepted).unwrap_or_default(),
            chosen: chosen.is_some(),
            theme,
            title: String::new(),
            csrf: String::new(),
            origin: origin.clone(),
            browser,
            organization: None,
            visitor: None,
            menu: own_path(parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)),
            frame: None,
            toast: cookies.get(Toast::COOKIE).and_then(Toast::read),
            set,
        }
    }

    /// A page of Contoso in that language, to render templates with in tests.
    pub fn sample(language: Language, visitor: Option<Visitor>) -> Self {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.uri = http::Uri::from_static("/redeem?tenant=t&ticket=a%26b");
        let origin = Origin::parse("https://guests.contoso.example");
        let localhost = || Origin::parse("https://localhost");
        let Some(origin) = origin.or_else(localhost) else { unreachable!("a constant") };
        let page = Self::of(&parts, &origin, || "browser".to_owned());
        let organization =
            Organization::named("Contoso").privacy_url(Some("https://contoso.example/privacy"));
        let page = page.preferring(Some(language)).titled("A sample").organization(organization);
        Self { csrf: "token".to_owned(), visitor, ..page }
    }

    /// A known preference, such as the invitation's language or the user's own: it yields to a choice made in
    /// this browser and goes before `Accept-Language`.
    #[must_use]
    pub fn preferring(mut self, language: Option<Language>) -> Self {
        if let (Some(language), false) = (language, self.chosen) {
            self.language = language;
        }
        self
    }

    /// The text of `<title>` where the template's `title` block does not say more.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    #[must_use]
    pub fn organization(mut self, organization: Organization) -> Self {
        self.organization = Some(organization);
        self
    }

    #[must_use]
    pub fn visitor(mut self, visitor: &Visitor) -> Self {
        self.visitor = Some(visitor.clone());
        self
    }

    /// Stands in this frame, which shows what was just done, once.
    #[must_use]
    pub fn framed(mut self, mut frame: Frame) -> Self {
        if let Some(toast) = self.toast.take() {
            frame.toast = Some(toast);
            self.set.push(Cookie::removal(Toast::COOKIE));
        }
        self.frame = Some(Box::new(frame));
        self
    }

    pub fn frame(&self) -> Option<&Frame> {
        self.frame.as_deref()
    }

    pub fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.frame.as_deref_mut()
    }

    /// Where the language menu leads, for a page that answers a POST: a path with its query that may be read.
    #[must_use]
    pub fn menu_at(mut self, path: impl Into<String>) -> Self {
        self.menu = own_path(&path.into());
        self
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The browser's random name: what a mailed code or a sign-in under way is bound to.
    pub fn browser(&self) -> &str {
        &self.browser
    }

    pub(crate) fn with_token(mut self, token: String) -> Self {
        self.csrf = token;
        self
    }

    pub(crate) fn cookies(&self) -> kernel::Result<Vec<HeaderValue>> {
        self.set.iter().map(|cookie| cookie.header(&self.origin)).collect()
    }

    /// The menu's address with one parameter set and everything else kept.
    fn link(&self, name: &str, value: &str) -> String {
        let (path, query) = self.menu.split_once('?').unwrap_or((&self.menu, ""));
        let kept = query.split('&').filter(|pair| {
            let key = pair.split('=').next().unwrap_or_default();
            !pair.is_empty() && !Self::MENU_PARAMETERS.contains(&key)
        });
        let mut link = format!("{path}?");
        for pair in kept {
            link.push_str(pair);
            link.push('&');
        }
        link + name + "=" + value
    }
}

#[derive(Serialize)]
struct View<'a> {
    language: Language,
    language_name: &'static str,
    direction: &'static str,
    theme: Option<Theme>,
    title: &'a str,
    csrf: &'a str,
    origin: &'a str,
    host: &'a str,
    organization: Option<&'a Organization>,
    visitor: Option<VisitorView<'a>>,
    languages: Vec<Choice>,
    themes: Vec<Choice>,
    frame: Option<&'a Frame>,
}

#[derive(Serialize)]
struct VisitorView<'a> {
    name: &'a str,
    address: &'a str,
    initials: String,
}

/// One entry of a menu.
#[derive(Serialize)]
struct Choice {
    tag: &'static str,
    name: &'static str,
    href: String,
    current: bool,
}

impl Serialize for PageContext {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let languages = Language::ALL.map(|language| Choice {
            tag: language.tag(),
            name: language.own_name(),
            href: self.link("lang", language.tag()),
            current: language == self.language,
        });
        let theme = |theme: Option<Theme>| {
            let name = theme.map_or("system", Theme::name);
            Choice { tag: name, name, href: self.link("theme", name), current: theme == self.theme }
        };
        let themes = std::iter::once(None).chain(Theme::ALL.map(Some)).map(theme);
        let visitor = self.visitor.as_ref().map(|visitor| VisitorView {
            name: &visitor.display_name,
            address: &visitor.address,
            initials: initials(&visitor.display_name, 2),
        });
        let view = View {
            language: self.language,
            language_name: self.language.own_name(),
            direction: self.language.direction(),
            theme: self.theme,
            title: &self.title,
            csrf: &self.csrf,
            origin: self.origin.as_str(),
            host: self.origin.authority(),
            organization: self.organization.as_ref(),
            visitor,
            languages: languages.into(),
            themes: themes.collect(),
            frame: self.frame.as_deref(),
        };
        view.serialize(serializer)
    }
}

/// The first letters of the first words: what stands in a face or a mark.
pub fn initials(name: &str, most: usize) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    letters.take(most).flat_map(char::to_uppercase).collect()
}

/// A path that a browser reads as one of this host: `//` and `/\\` would name another.
fn own_path(path: &str) -> String {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    if own { path.to_owned() } else { "/".to_owned() }
}

fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}
