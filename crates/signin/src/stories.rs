//! What the tests of the OAuth endpoints stand on: a tenant with people and applications, a browser, and the
//! endpoints as they are composed.

use crate::session::{self, Browser, MAIL_ISSUER, Proof, SessionService};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use directory::access::AccessService;
use directory::application::{self, Application, NewApplication, NewSecret};
use directory::sign_in_log::SignInLog;
use directory::signing_key::SigningKeyService;
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, Identity, NewUser, User, UserService, UserType};
use http::{HeaderMap, Request, header};
use http_body_util::BodyExt;
use kernel::{
    Act, AppId, ApplicationId, CorrelationId, DomainName, EmailAddress, Origin, Rng, Secret, SignedDuration,
    TenantId, UserId,
};
use module::{Limits, Platform};
use serde_json::Value;
use std::sync::Arc;
use store::{Migration, Store};
use tower::ServiceExt;
use uuid::Uuid;
use web::{Catalog, CsrfKey, Pages, Resource, Templates};

pub const ORIGIN: &str = "https://localhost:8443";
pub const SECRET: &str = "the-secret-of-automation";
pub const CALLBACK: &str = "http://localhost:9500/callback";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub fn migrations() -> Vec<Migration> {
    let tables = directory::tables().into_iter().chain(crate::tables());
    tables.filter_map(|tables| tables.migration).collect()
}

/// The endpoints over one store.
pub struct World {
    pub platform: Platform,
    pub log: SignInLog,
    pub access: AccessService,
    pub sessions: SessionService,
    pub templates: Templates,
    pub router: Router,
}

/// A tenant with a member, an application of each kind and everything consented that they usually ask for.
pub struct Place {
    pub tenant: TenantId,
    pub domain: &'static str,
    pub member: User,
    pub automation: Application,
    pub demo: Application,
    pub page: Application,
}

impl World {
    pub fn new(store: Store) -> Self {
        let origin = Origin::parse(ORIGIN).unwrap();
        let sender = EmailAddress::parse("lodge@localhost.example").unwrap();
        let platform = Platform::new(store, origin.clone(), Limits::default(), sender);
        let keys = SigningKeyService::new(platform.clone());
        let log = SignInLog::new(platform.clone());
        let sessions = SessionService::new(platform.clone());
        let access = AccessService::new(platform.clone(), keys.clone());
        let mut modules = crate::protocol_modules(&platform, &keys, &access, &log);
        modules.push(session::module(&platform));
        let words: Vec<Resource> =
            modules.iter().flat_map(|module| module.words).copied().chain(sign_in_words()).collect();
        let templates = modules.iter().flat_map(|module| module.templates).copied();
        let templates = Templates::new(Arc::new(Catalog::new(&words).unwrap()), templates).unwrap();
        let pages = Pages::new(templates.clone(), origin, CsrfKey::new(&Secret::new([1; 32])), Rng::system());
        let routes = modules.into_iter().filter_map(|module| module.pages);
        let router = routes.fold(Router::new(), |router, routes| router.merge(routes(&pages)));
        Self { platform, log, access, sessions, templates, router: pages.attach(router) }
    }

    pub fn advance(&self, by: SignedDuration) {
        self.platform.clock().advance(by);
    }

    pub async fn place(&self, domain: &'static str) -> Place {
        let id = TenantId(Uuid::from_u128(u128::from_be_bytes(digest(domain))));
        let domain_name = DomainName::parse(domain).unwrap();
        let tenant = Tenant {
            id,
            display_name: domain.into(),
            initial_domain: domain_name.clone(),
            domains: vec![domain_name],
            privacy_statement_url: None,
            notification_language: None,
            link_lifetime_days: 30,
            mail_sender: None,
            created_at: self.platform.clock().now(),
        };
        self.platform
            .store()
            .create_tenant(id, tenant, |mut tx, tenant| async move { tenant::create(&mut tx, &tenant).await })
            .await
            .unwrap();
        let member = self.member(id, &format!("member@{domain}")).await;
        let automation = application("Automation", false, &[], &[]);
        let automation =
            self.register(id, automation, Some(SECRET), &["User.Invite.All", "User.Read.All"], &[]).await;
        let scopes = ["openid", "profile", "email", "offline_access", "User.Read"];
        let demo = application("Demo web app", true, &["http://localhost/callback"], &[]);
        let demo = self.register(id, demo, None, &[], &scopes).await;
        let page = application("Page", true, &[], &["https://page.example/"]);
        let page = self.register(id, page, None, &[], &scopes).await;
        Place { tenant: id, domain, member, automation, demo, page }
    }

    async fn member(&self, tenant: TenantId, name: &str) -> User {
        let new = NewUser {
            id: UserId(self.platform.rng().uuid()),
            user_principal_name: name.into(),
            display_name: "Max Member".into(),
            mail: Some(EmailAddress::parse(name).unwrap()),
            account_enabled: true,
            preferred_language: None,
        };
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(new, move |mut tx, new| async move {
                UserService::add_member(&mut tx, rng, &act(), &new).await
            })
            .await
            .unwrap()
    }

    /// A guest who has accepted, with the identity given.
    pub async fn guest(&self, place: &Place, address: &str, issuer: &str, subject: &str) -> User {
        let now = self.platform.clock().now();
        let guest = User {
            id: UserId(self.platform.rng().uuid()),
            user_principal_name: format!("{}#EXT#@{}", address.replace('@', "_"), place.domain),
            display_name: "Lea Guest".into(),
            mail: Some(address.into()),
            user_type: UserType::Guest,
            external_state: Some(ExternalUserState::Accepted),
            identities: vec![Identity {
                provider: "x".into(),
                issuer: issuer.into(),
                subject: subject.into(),
            }],
            created_at: now,
            sessions_valid_from: now,
            ..place.member.clone()
        };
        self.platform
            .tenant(place.tenant)
            .write(guest, |mut tx, guest| async move {
                user::insert(&mut tx, &guest).await?;
                user::add_identity(&mut tx, guest.id, &guest.identities[0]).await?;
                Ok((*guest).clone())
            })
            .await
            .unwrap()
    }

    pub async fn mail_guest(&self, place: &Place, address: &str) -> User {
        self.guest(place, address, MAIL_ISSUER, address).await
    }

    async fn register(
        &self,
        tenant: TenantId,
        mut new: NewApplication,
        secret: Option<&str>,
        roles: &[&str],
        scopes: &[&str],
    ) -> Application {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let rng = self.platform.rng();
        let keys = self.platform.tenant(tenant).keys().await.unwrap();
        let secret = secret.map(|text| Secret::new(text.to_owned()));
        new.secrets = secret.iter().map(|secret| NewSecret::new(rng, &keys, new.id, secret)).collect();
        let origin = self.platform.origin().clone();
        self.platform
            .tenant(tenant)
            .write((new, owned(roles), owned(scopes), origin), move |mut tx, context| async move {
                let (new, roles, scopes, origin) = &*context;
                application::insert(&mut tx, rng, &act(), origin, new).await?;
                let made = application::find(&mut tx, new.id).await?.unwrap();
                application::grant_app_roles(&mut tx, rng, &act(), &made, roles).await?;
                application::grant_scopes(&mut tx, rng, &act(), &made, None, scopes).await?;
                Ok(made)
            })
            .await
            .unwrap()
    }

    /// Changes what a user's state is made of.
    pub async fn change(&self, tenant: TenantId, user: &User, change: fn(&mut User, kernel::Timestamp)) {
        let id = user.id;
        self.platform
            .tenant(tenant)
            .write((), move |mut tx, _| async move {
                let mut user = user::find(&mut tx, id).await?.unwrap();
                change(&mut user, store::Read::now(&tx));
                user::save_state(&mut tx, &user).await
            })
            .await
            .unwrap();
    }

    /// A browser in which `user` is signed in.
    pub async fn browser(&self, tenant: TenantId, user: &User) -> Browser {
        let proof = match user.identities.first() {
            Some(identity) if identity.issuer == MAIL_ISSUER => {
                Proof::email_code(&EmailAddress::parse(&identity.subject).unwrap())
            }
            _ => Proof::password(self.platform.origin(), tenant, user.id),
        };
        let fresh = Browser::fresh(self.platform.rng());
        let (_, browser) = self.sessions.sign_in(tenant, &fresh, user.id, proof).await.unwrap();
        browser
    }

    pub async fn get(&self, path: &str, browser: Option<&Browser>) -> Answer {
        let mut request = Request::get(path);
        if let Some(browser) = browser {
            request = request.header(header::COOKIE, cookie(browser));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn token(&self, tenant: impl ToString, form: &[(&str, &str)]) -> Answer {
        self.post(&format!("/{}/oauth2/v2.0/token", tenant.to_string()), form, &[]).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub async fn get_json(&self, path: String) -> Value {
        self.get(&path, None).await.json()
    }

    pub async fn user_info(&self, token: &str) -> Answer {
        let request = Request::get("/oidc/userinfo").header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A code for the demo application, from a browser that is signed in.
    pub async fn code(&self, place: &Place, browser: &Browser, scope: &str) -> String {
        let answer = self.get(&authorize_path(place, scope, ""), Some(browser)).await;
        answer.parameter("code").unwrap_or_else(|| panic!("{}: {}", answer.status, answer.body))
    }

    pub async fn redeem(&self, place: &Place, code: &str) -> Answer {
        self.token(place.tenant, &code_form(&place.demo.app_id.to_string(), code)).await
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.body))
    }

    pub fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }

    pub fn code(&self) -> u64 {
        self.json()["error_codes"][0].as_u64().unwrap_or_else(|| panic!("{}: {}", self.status, self.body))
    }

    pub fn location(&self) -> String {
        let value =
            self.headers.get(header::LOCATION).unwrap_or_else(|| panic!("{}: {}", self.status, self.body));
        value.to_str().unwrap().to_owned()
    }

    /// A parameter of the address led to.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let location = self.headers.get(header::LOCATION)?.to_str().ok()?;
        let url = url::Url::parse(ORIGIN).unwrap().join(location).unwrap();
        url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

pub fn code_form<'a>(client_id: &'a str, code: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", client_id),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}

pub fn authorize_path(place: &Place, scope: &str, more: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &place.demo.app_id.to_string())
        .append_pair("redirect_uri", CALLBACK)
        .append_pair("response_type", "code")
        .append_pair("scope", scope)
        .append_pair("state", "the state")
        .append_pair("nonce", "the nonce")
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256")
        .finish();
    format!("/{}/oauth2/v2.0/authorize?{query}{more}", place.tenant)
}

/// The claims of a token, unverified.
pub fn claims(token: &str) -> Value {
    serde_json::from_slice(&jose::decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

pub fn cookie(browser: &Browser) -> String {
    let header = browser.cookie().header(&Origin::parse(ORIGIN).unwrap()).unwrap();
    header.to_str().unwrap().split(';').next().unwrap().to_owned()
}

fn application(name: &str, is_public: bool, web: &[&str], spa: &[&str]) -> NewApplication {
    let owned = |uris: &[&str]| uris.iter().map(|uri| (*uri).to_owned()).collect();
    NewApplication {
        id: ApplicationId(Rng::system().uuid()),
        app_id: AppId(Rng::system().uuid()),
        display_name: name.into(),
        is_public,
        redirect_uris: owned(web),
        spa_redirect_uris: owned(spa),
        public_client_redirect_uris: Vec::new(),
        identifier_uris: Vec::new(),
        secrets: Vec::new(),
    }
}

fn act() -> Act {
    Act::system("a test", CorrelationId(Uuid::nil()))
}

fn digest(text: &str) -> [u8; 16] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    digest.as_ref()[..16].try_into().unwrap()
}

/// The words of the sign-in pages, which the error page uses.
fn sign_in_words() -> impl Iterator<Item = Resource> {
    web::words!("../../../locales", "signin").iter().chain(web::words!("../../../locales", "guest")).copied()
}
