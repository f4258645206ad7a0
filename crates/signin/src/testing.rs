//! What the tests of this crate tell their stories with: tenants, people, mail, browsers.

use crate::email_code::EmailCodeService;
use crate::password::{self, Hasher, PasswordService};
use crate::session::{Browser, MAIL_ISSUER, SessionService, issuer};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use delivery::{Composed, MailKind, Message};
use directory::portal::Portal;
use directory::role::{self, Role};
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, Identity, NewUser, User, UserService, UserType};
use http::{HeaderMap, Request, header};
use kernel::{
    Act, Actor, CorrelationId, DomainName, EmailAddress, Language, Origin, Rng, Secret, SignedDuration,
    TenantId, UserId,
};
use module::{Limits, Module, Platform};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use store::{Migration, Read, Store, TenantStore, outbox, params};
use testkit::dump::Dump;
use tower::ServiceExt;
use web::{Catalog, Cookies, CsrfKey, Pages, Templates};

pub const PASSWORD: &str = "Correct-horse-7";

/// Runs a story on both engines, each time in an empty house.
pub async fn on_each_engine<F, Fut>(story: F)
where
    F: Fn(House) -> Fut,
    Fut: Future<Output = ()>,
{
    on_each_engine_copied(|house, _| story(house)).await;
}

/// The same, with what takes a copy of the database.
pub async fn on_each_engine_copied<F, Fut>(story: F)
where
    F: Fn(House, Dump) -> Fut,
    Fut: Future<Output = ()>,
{
    let tables = [directory::tables(), collaboration::tables(), crate::tables()];
    let migrations: Vec<Migration> = tables.iter().flatten().filter_map(|tables| tables.migration).collect();
    testkit::engines::for_each_engine_copied(&migrations, |store, dump| story(House::new(store), dump)).await;
}

pub fn origin() -> Origin {
    Origin::parse("https://localhost:8443").unwrap()
}

pub fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Somebody nobody knows, in this network.
pub fn stranger(tenant: TenantId, network: &str) -> Act {
    let correlation = CorrelationId(Rng::system().uuid());
    Act::new(Actor::Anonymous { tenant }, correlation).from_network(network.parse().unwrap())
}

/// The pages of this crate over one store.
#[derive(Clone)]
pub struct House {
    pub platform: Platform,
    pub sessions: SessionService,
    pub passwords: PasswordService,
    pub codes: EmailCodeService,
    mails: Arc<Vec<MailKind>>,
    router: Router,
}

impl House {
    fn new(store: Store) -> Self {
        let rng = store.rng();
        let platform = Platform::new(store, origin(), Limits::default(), address("lodge@lodge.example"));
        let passwords = PasswordService::new(platform.clone(), Hasher::with(rng, 2, 64));
        let mut modules = crate::modules(&platform, &passwords);
        modules.push(collaboration::invitation::module(&platform));
        modules.push(collaboration::redemption::module(&platform));
        let kept: Arc<dyn user::Passwords> = Arc::new(passwords.clone());
        modules.push(user::module(&platform, &kept));
        modules.push(directory::portal::module(&platform));
        modules.push(crate::portal_stories::module());
        let (mails, router) = serve(&platform, modules, rng);
        Self {
            sessions: SessionService::new(platform.clone()),
            codes: EmailCodeService::new(platform.clone()),
            platform,
            passwords,
            mails: Arc::new(mails),
            router,
        }
    }

    pub fn advance(&self, by: SignedDuration) {
        self.platform.clock().advance(by);
    }

    /// A tenant whose only domain is `{name}.example`.
    pub async fn tenant(&self, name: &str) -> Home {
        let id = TenantId(Rng::system().uuid());
        let domain = DomainName::parse(&format!("{name}.example")).unwrap();
        let tenant = Tenant {
            id,
            display_name: name.to_owned(),
            initial_domain: domain.clone(),
            domains: vec![domain],
            privacy_statement_url: None,
            notification_language: None,
            link_lifetime_days: tenant::DEFAULT_LINK_LIFETIME_DAYS,
            mail_sender: None,
            created_at: self.platform.clock().now(),
        };
        let make = |mut tx, tenant: Arc<Tenant>| async move { tenant::create(&mut tx, &tenant).await };
        self.platform.store().create_tenant(id, tenant.clone(), make).await.unwrap();
        Home { house: self.clone(), id, tenant }
    }

    pub fn person(&self, network: &str) -> Person {
        Person {
            router: self.router.clone(),
            network: network.parse().unwrap(),
            jar: BTreeMap::new(),
            headers: Vec::new(),
            html: String::new(),
        }
    }
}

fn serve(platform: &Platform, mut modules: Vec<Module>, rng: Rng) -> (Vec<MailKind>, Router) {
    let words: Vec<_> = modules.iter().flat_map(|module| module.words).copied().collect();
    let sources: Vec<_> = modules.iter().flat_map(|module| module.templates).copied().collect();
    let templates = Templates::new(Arc::new(Catalog::new(&words).unwrap()), sources).unwrap();
    let pages = Pages::new(templates.clone(), origin(), CsrfKey::new(&Secret::new([1; 32])), rng);
    let sessions = Arc::new(SessionService::new(platform.clone()));
    let (_, mut router) = Portal::build(platform, sessions, &mut modules).unwrap();
    let mut mails = Vec::new();
    for module in modules {
        mails.extend(module.mails.map(|build| build(&templates)).unwrap_or_default());
        if let Some(build) = module.pages {
            router = router.merge(build(&pages));
        }
    }
    (mails, pages.attach(router))
}

/// A tenant in a house.
#[derive(Clone)]
pub struct Home {
    house: House,
    pub id: TenantId,
    pub tenant: Tenant,
}

impl Home {
    pub fn store(&self) -> TenantStore {
        self.house.platform.tenant(self.id)
    }

    /// A member `{name}@{domain}` with the usual password.
    pub async fn member(&self, name: &str) -> User {
        let upn = format!("{name}@{}", self.tenant.initial_domain);
        let new = NewUser {
            id: UserId(Rng::system().uuid()),
            display_name: name.to_owned(),
            mail: Some(address(&upn)),
            user_principal_name: upn,
            account_enabled: true,
            preferred_language: None,
        };
        let hashed = self.house.passwords.hash(secret(PASSWORD)).await.unwrap();
        let act = stranger(self.id, "127.0.0.1");
        self.store()
            .write((new, hashed, act), |mut tx, context| async move {
                let (new, hashed, act) = &*context;
                let user = UserService::add_member(&mut tx, Rng::system(), act, new).await?;
                password::set(&mut tx, user.id, hashed).await?;
                Ok(user)
            })
            .await
            .unwrap()
    }

    /// The member `{name}@{domain}`.
    pub async fn user(&self, name: &str) -> User {
        let upn = format!("{name}@{}", self.tenant.initial_domain);
        let mut snapshot = self.store().snapshot().await.unwrap();
        user::find_by_upn(&mut snapshot, &upn).await.unwrap().unwrap()
    }

    pub async fn assign(&self, user: &User, role: Role) {
        let act = stranger(self.id, "127.0.0.1");
        self.store()
            .write((user.clone(), act), move |mut tx, context| async move {
                let (user, act) = &*context;
                role::assign(&mut tx, Rng::system(), act, user, role).await
            })
            .await
            .unwrap();
    }

    /// A guest who was invited and has not accepted.
    pub async fn pending(&self, mail: &str) -> User {
        self.guest(mail, Vec::new()).await
    }

    /// A guest who accepted with a mailed code.
    pub async fn code_guest(&self, mail: &str) -> User {
        let subject = address(mail).key().to_owned();
        let identity = Identity { provider: "mail".to_owned(), issuer: MAIL_ISSUER.to_owned(), subject };
        self.guest(mail, vec![identity]).await
    }

    /// A guest who accepted with their account at another tenant.
    pub async fn home_guest(&self, home: &Home, user: &User) -> User {
        let identity = Identity {
            provider: "ExternalAzureAD".to_owned(),
            issuer: issuer(&origin(), home.id),
            subject: user.id.to_string(),
        };
        self.guest(user.mail.as_deref().unwrap(), vec![identity]).await
    }

    async fn guest(&self, mail: &str, identities: Vec<Identity>) -> User {
        let now = self.house.platform.clock().now();
        let state = if identities.is_empty() {
            ExternalUserState::PendingAcceptance
        } else {
            ExternalUserState::Accepted
        };
        let guest = User {
            id: UserId(Rng::system().uuid()),
            user_principal_name: format!("{}#EXT#@{}", mail.replace('@', "_"), self.tenant.initial_domain),
            display_name: mail.to_owned(),
            mail: Some(mail.to_owned()),
            mail_nickname: None,
            user_type: UserType::Guest,
            account_enabled: true,
            creation_type: Some("Invitation".to_owned()),
            external_state: Some(state),
            external_state_changed_at: Some(now),
            given_name: None,
            surname: None,
            job_title: None,
            mobile_phone: None,
            office_location: None,
            preferred_language: None,
            company_name: None,
            business_phones: Vec::new(),
            other_mails: Vec::new(),
            proxy_addresses: Vec::new(),
            identities,
            created_at: now,
            deleted_at: None,
            more: serde_json::Map::new(),
            sessions_valid_from: now,
        };
        self.store()
            .write(guest, |mut tx, guest| async move {
                user::insert(&mut tx, &guest).await?;
                for identity in &guest.identities {
                    user::add_identity(&mut tx, guest.id, identity).await?;
                }
                Ok((*guest).clone())
            })
            .await
            .unwrap()
    }

    pub async fn change(&self, user: UserId, change: fn(&mut User, kernel::Timestamp)) {
        self.store()
            .write((), move |mut tx, _| async move {
                let mut user = user::find(&mut tx, user).await?.unwrap();
                let now = tx.now();
                change(&mut user, now);
                user::save_state(&mut tx, &user).await
            })
            .await
            .unwrap();
    }

    /// The messages that wait to leave, composed as they would be now; the oldest first.
    pub async fn waiting_mail(&self) -> Vec<(EmailAddress, Option<Message>)> {
        let letters = self
            .store()
            .write_unordered((), |mut tx, _| async move {
                let now = tx.now();
                let params = params![lease_until: now, now: now, limit: 100];
                tx.rows(&outbox::CLAIM, params, outbox::claimed).await
            })
            .await
            .unwrap();
        let mut letters: Vec<_> = letters;
        letters.sort_by_key(|letter| letter.created_at);
        let mut mail = Vec::new();
        for letter in letters {
            let kind = self.house.mails.iter().find(|kind| kind.kind == letter.kind).unwrap();
            let composed = kind.compose.compose(self.id, &letter).await.unwrap();
            let message = if let Composed::Send(message) = composed { Some(message) } else { None };
            mail.push((letter.to.clone(), message));
        }
        mail
    }

    /// The digits of the newest code that waits to leave.
    pub async fn newest_code(&self) -> String {
        self.waiting_mail().await.pop().unwrap().1.unwrap().code.unwrap()
    }

    /// The error numbers of the sign-in log, oldest first; 0 is a success.
    pub async fn sign_in_log(&self) -> Vec<i64> {
        use directory::sign_in_log::{Filter, SignInKind, list};
        let filter = Filter::of(SignInKind::InteractiveUser);
        let mut snapshot = self.store().snapshot().await.unwrap();
        let entries = list(&mut snapshot, &filter, None, 100).await.unwrap();
        entries.into_iter().rev().map(|entry| entry.error_code).collect()
    }

    pub async fn activities(&self) -> Vec<String> {
        use directory::audit_log::{Filter, list};
        let mut snapshot = self.store().snapshot().await.unwrap();
        let events = list(&mut snapshot, &Filter::default(), None, 1000).await.unwrap();
        events.into_iter().rev().map(|event| event.activity).collect()
    }
}

/// Somebody at a browser.
pub struct Person {
    router: Router,
    network: IpAddr,
    jar: BTreeMap<String, String>,
    headers: Vec<(&'static str, &'static str)>,
    html: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    pub fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

impl Person {
    /// Sends this header with every request.
    #[must_use]
    pub fn claiming(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn head(&mut self, path: &str) -> Answer {
        self.send(Request::head(path), Body::empty()).await
    }

    /// Sends a form of the page last seen: its hidden fields, and these.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let mut pairs: BTreeMap<String, String> = hidden(&self.html);
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::post(action).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// The page last seen, to come back to.
    pub fn seen(&self) -> String {
        self.html.clone()
    }

    /// Looks at a page seen before.
    pub fn show(&mut self, html: String) {
        self.html = html;
    }

    /// Signs in with a password at `tenant`'s page, without following where it leads.
    pub async fn password(&mut self, tenant: &Home, name: &str, password: &str) -> Answer {
        let base = format!("/account/{}/sign-in", tenant.id);
        self.get(&format!("{base}?prompt=login")).await;
        self.submit(&base, &[("username", name)]).await;
        self.submit(&format!("{base}/password"), &[("username", name), ("password", password)]).await
    }

    /// Asks for a code at `tenant`'s page.
    pub async fn ask_for_code(&mut self, tenant: &Home, name: &str) -> Answer {
        let base = format!("/account/{}/sign-in", tenant.id);
        self.get(&format!("{base}?prompt=login")).await;
        self.submit(&base, &[("username", name)]).await
    }

    pub async fn type_code(&mut self, tenant: &Home, digits: &str) -> Answer {
        let action = format!("/account/{}/sign-in/code", tenant.id);
        self.submit(&action, &[("code", digits), ("do", "verify")]).await
    }

    /// The value of the session cookie.
    pub fn cookie(&self) -> Option<&str> {
        self.jar.get("__Host-lodge_session").map(String::as_str)
    }

    pub fn with_cookie(&mut self, value: &str) {
        self.jar.insert("__Host-lodge_session".to_owned(), value.to_owned());
    }

    pub fn browser(&self) -> Option<Browser> {
        browser_of(self.cookie()?)
    }

    async fn send(&mut self, request: http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            self.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let mut request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT_LANGUAGE, Language::En.tag())
            .body(body)
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.network, 40000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let html = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.insert(name.to_owned(), value.to_owned());
            self.jar.retain(|_, value| !value.is_empty());
        }
        self.html.clone_from(&html);
        Answer { status: parts.status.as_u16(), headers: parts.headers, html }
    }
}

/// The browser that carries this value of the session cookie.
pub fn browser_of(value: &str) -> Option<Browser> {
    let pair = format!("__Host-{}={value}", Browser::COOKIE).parse().unwrap();
    Browser::of(&Cookies::of(&HeaderMap::from_iter([(header::COOKIE, pair)]), &origin()))
}

/// The hidden fields of the first form.
fn hidden(html: &str) -> BTreeMap<String, String> {
    let form = html.split("<form").nth(1).and_then(|rest| rest.split("</form").next()).unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        let value = rest.split('"').next()?.replace("&#x2f;", "/").replace("&quot;", "\"");
        Some(value.replace("&amp;", "&"))
    };
    form.split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split('>').next()?;
            Some((attribute(tag, "name")?, attribute(tag, "value")?))
        })
        .collect()
}
