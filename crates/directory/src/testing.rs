//! What the tests of this crate tell their stories with: tenants, people, applications, tokens, calls to Graph.

use crate::access::{self, AccessService, AuthorizationPolicy, GuestAccess};
use crate::application::{self, Application, NewApplication, NewSecret, well_known};
use crate::group::Group;
use crate::group::membership::{self, Relation};
use crate::role::{self, Role};
use crate::sign_in_log::{self, SignInLog};
use crate::signing_key::{self, SigningKeyService};
use crate::tenant::{self, Tenant};
use crate::user::{self, ExternalUserState, NewUser, PasswordHash, Passwords, User, UserService, UserType};
use crate::{audit_log, directory_object, group, tables};
use ::store::{Migration, Store};
use axum::body::{Body, to_bytes};
use delivery::Progress;
use http::{Method, Request};
use kernel::{
    Act, AppId, ApplicationId, CorrelationId, DomainName, EmailAddress, GroupId, ObjectId, Origin, Rng,
    Secret, TenantId, UserId,
};
use module::{Limits, Platform};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

/// Runs a story on both engines, each time in an empty house.
pub async fn on_each_engine<F, Fut>(story: F)
where
    F: Fn(House) -> Fut,
    Fut: Future<Output = ()>,
{
    let migrations: Vec<Migration> = tables().iter().filter_map(|tables| tables.migration).collect();
    testkit::engines::for_each_engine(&migrations, |store| story(House::new(store))).await;
}

/// The services of this crate over one store, with Graph in front.
#[derive(Clone)]
pub struct House {
    pub platform: Platform,
    pub keys: SigningKeyService,
    pub access: AccessService,
    pub sign_ins: SignInLog,
    /// Method and path of every route, as its slice wrote it.
    pub routes: Vec<(Method, &'static str)>,
    jobs: Vec<delivery::Job>,
    messages: Vec<delivery::MessageKind>,
    router: axum::Router,
}

/// A tenant in a house.
#[derive(Clone)]
pub struct Home {
    house: House,
    pub id: TenantId,
    pub domain: String,
}

pub fn origin() -> Origin {
    Origin::parse("https://localhost:8443").unwrap()
}

pub fn act() -> Act {
    Act::system("test", CorrelationId(Rng::system().uuid()))
}

/// Takes any password of eight letters: how they are kept is another crate's.
struct Kept;

impl Passwords for Kept {
    fn hash<'a>(
        &'a self,
        password: Secret<String>,
        _: &'a str,
    ) -> graph::BoxFuture<'a, kernel::Result<PasswordHash>> {
        Box::pin(async move {
            let is_long = password.expose().len() >= 8;
            is_long.then_some(PasswordHash(password)).ok_or_else(|| kernel::Error::bad_request("too short"))
        })
    }

    fn keep<'a>(
        &'a self,
        _: &'a mut ::store::Tx,
        _: UserId,
        _: &'a PasswordHash,
    ) -> graph::BoxFuture<'a, kernel::Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

impl House {
    /// A second house over the same store is another node.
    pub fn new(store: Store) -> Self {
        let (clock, rng) = (store.clock().clone(), store.rng());
        let from = EmailAddress::parse("lodge@lodge.example").unwrap();
        let platform = Platform::new(store, origin(), Limits::default(), from);
        let keys = SigningKeyService::new(platform.clone());
        let access = AccessService::new(platform.clone(), keys.clone());
        let passwords: Arc<dyn Passwords> = Arc::new(Kept);
        let modules = [
            tenant::module(&platform),
            user::module(&platform, &passwords),
            group::module(&platform),
            directory_object::module(&platform),
            audit_log::module(&platform),
            sign_in_log::module(&platform),
            signing_key::module(&keys),
        ];
        let mut routes: Vec<graph::Route> = Vec::new();
        let (mut jobs, mut messages) = (Vec::new(), Vec::new());
        for module in modules {
            routes.extend(module.routes);
            jobs.extend(module.jobs);
            messages.extend(module.messages);
        }
        let paths = routes.iter().map(|route| (route.method().clone(), route.path())).collect();
        let budget = Arc::new(graph::Budget::default);
        let router = graph::router(routes, Arc::new(access.clone()), origin(), budget, clock, rng).unwrap();
        let sign_ins = SignInLog::new(platform.clone());
        Self { platform, keys, access, sign_ins, routes: paths, jobs, messages, router }
    }

    pub fn rng(&self) -> Rng {
        self.platform.rng()
    }

    pub fn another_node(&self) -> Self {
        Self::new(self.platform.store().clone())
    }

    /// What carries messages between tenants.
    pub fn messages(&self) -> delivery::Messages {
        delivery::Messages::new(self.platform.store().clone(), self.messages.clone()).unwrap()
    }

    pub fn advance(&self, hours: i64) {
        self.platform.clock().advance(kernel::SignedDuration::from_hours(hours));
    }

    /// Runs every job of this crate for a tenant to its end.
    pub async fn run_jobs(&self, home: &Home) {
        for job in &self.jobs {
            while (job.run)(home.id).await.unwrap() == Progress::More {}
        }
    }

    /// A tenant whose initial domain is `{name}.example`.
    pub async fn tenant(&self, name: &str) -> Home {
        let id = TenantId(self.rng().uuid());
        let domain = format!("{name}.example");
        let parsed = DomainName::parse(&domain).unwrap();
        let tenant = Tenant {
            id,
            display_name: name.to_owned(),
            initial_domain: parsed.clone(),
            domains: vec![parsed],
            privacy_statement_url: None,
            notification_language: None,
            link_lifetime_days: tenant::DEFAULT_LINK_LIFETIME_DAYS,
            mail_sender: None,
            created_at: self.platform.clock().now(),
        };
        let make = |mut tx, tenant: Arc<Tenant>| async move { tenant::create(&mut tx, &tenant).await };
        self.platform.store().create_tenant(id, tenant, make).await.unwrap();
        Home { house: self.clone(), id, domain }
    }

    pub async fn call(&self, method: Method, token: &str, path: &str) -> (u16, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() })
    }

    /// A request with a body.
    pub async fn send(&self, method: Method, token: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() })
    }

    pub async fn get(&self, token: &str, path: &str) -> (u16, Value) {
        self.call(Method::GET, token, path).await
    }

    /// The same with `ConsistencyLevel: eventual`.
    pub async fn get_eventual(&self, token: &str, path: &str) -> (u16, Value) {
        let (status, body) = self.text_eventual(token, path).await;
        (status, serde_json::from_str(&body).unwrap())
    }

    pub async fn text_eventual(&self, token: &str, path: &str) -> (u16, String) {
        let request = Request::builder()
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .header("consistencylevel", "eventual")
            .body(Body::empty())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    pub async fn list_eventual(&self, token: &str, path: &str) -> Vec<Value> {
        let (status, body) = self.get_eventual(token, path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body["value"].as_array().unwrap().clone()
    }

    /// The values of a list that must be there.
    pub async fn list(&self, token: &str, path: &str) -> Vec<Value> {
        let (status, body) = self.get(token, path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body["value"].as_array().unwrap().clone()
    }
}

impl Home {
    pub fn store(&self) -> ::store::TenantStore {
        self.house.platform.tenant(self.id)
    }

    pub async fn read(&self) -> ::store::Snapshot {
        self.store().snapshot().await.unwrap()
    }

    /// A member called `{name}@{domain}` with that address.
    pub async fn member(&self, name: &str) -> User {
        let address = format!("{name}@{}", self.domain);
        let new = NewUser {
            id: UserId(self.house.rng().uuid()),
            user_principal_name: address.clone(),
            display_name: name.to_owned(),
            mail: Some(EmailAddress::parse(&address).unwrap()),
            account_enabled: true,
            preferred_language: None,
        };
        let rng = self.house.rng();
        let add = move |mut tx, new: Arc<NewUser>| async move {
            UserService::add_member(&mut tx, rng, &act(), &new).await
        };
        self.store().write(new, add).await.unwrap()
    }

    /// A guest who has not accepted yet.
    pub async fn guest(&self, address: &str) -> User {
        let now = self.house.platform.clock().now();
        let guest = User {
            id: UserId(self.house.rng().uuid()),
            user_principal_name: format!("{}#EXT#@{}", address.replace('@', "_"), self.domain),
            display_name: address.to_owned(),
            mail: Some(address.to_owned()),
            mail_nickname: None,
            user_type: UserType::Guest,
            account_enabled: true,
            creation_type: Some("Invitation".to_owned()),
            external_state: Some(ExternalUserState::PendingAcceptance),
            external_state_changed_at: Some(now),
            given_name: None,
            surname: None,
            job_title: None,
            mobile_phone: None,
            office_location: None,
            preferred_language: None,
            company_name: None,
            business_phones: Vec::new(),
            other_mails: vec![address.to_owned()],
            proxy_addresses: vec![format!("SMTP:{address}")],
            identities: Vec::new(),
            created_at: now,
            deleted_at: None,
            more: serde_json::Map::new(),
            sessions_valid_from: now,
        };
        let insert = |mut tx, guest: Arc<User>| async move { user::insert(&mut tx, &guest).await };
        self.store().write(guest.clone(), insert).await.unwrap();
        guest
    }

    /// Deletes a user as an application would.
    pub async fn forget(&self, user: &User) {
        let token = self.application_token(&["User.ReadWrite.All"]).await;
        let path = format!("/v1.0/users/{}", user.id);
        assert_eq!(self.house.call(Method::DELETE, &token, &path).await.0, 204);
    }

    /// Restores a deleted user as an application would.
    pub async fn bring_back(&self, user: &User) {
        let token = self.application_token(&["User.ReadWrite.All"]).await;
        let path = format!("/v1.0/directory/deletedItems/{}/restore", user.id);
        assert_eq!(self.house.call(Method::POST, &token, &path).await.0, 200);
    }

    /// Changes what is kept of a user.
    pub async fn change<F>(&self, id: UserId, change: F)
    where
        F: Fn(&mut User) + Send + Sync + 'static,
    {
        let save = move |mut tx, change: Arc<F>| async move {
            let mut user = user::find(&mut tx, id).await?.unwrap();
            change(&mut user);
            user::save_state(&mut tx, &user).await
        };
        self.store().write(change, save).await.unwrap();
    }

    /// Sets what guests of the tenant may read.
    pub async fn let_guests_see(&self, access: GuestAccess) {
        let set = move |mut tx, _| async move {
            let policy = AuthorizationPolicy { guest_access: access, ..AuthorizationPolicy::default() };
            access::save_policy(&mut tx, policy).await
        };
        self.store().write((), set).await.unwrap();
    }

    /// A security group with these members.
    pub async fn group(&self, name: &str, members: &[&User]) -> Group {
        let rng = self.house.rng();
        let now = self.house.platform.clock().now();
        let group = Group::security(GroupId(rng.uuid()), name, now);
        let ids: Vec<ObjectId> = members.iter().map(|user| user.object_id()).collect();
        let make = move |mut tx, context: Arc<(Group, Vec<ObjectId>)>| async move {
            let (group, ids) = &*context;
            group::insert(&mut tx, rng, &act(), group).await?;
            for id in ids {
                membership::add(&mut tx, rng, &act(), group, Relation::Member, *id).await?;
            }
            Ok(())
        };
        self.store().write((group.clone(), ids), make).await.unwrap();
        group
    }

    pub async fn assign(&self, user: &User, role: Role) {
        let rng = self.house.rng();
        let assign = move |mut tx, user: Arc<User>| async move {
            role::assign(&mut tx, rng, &act(), &user, role).await
        };
        self.store().write(user.clone(), assign).await.unwrap();
    }

    /// An application to be registered, confidential and without a secret.
    pub fn new_application(&self, name: &str) -> NewApplication {
        NewApplication {
            id: ApplicationId(self.house.rng().uuid()),
            app_id: AppId(self.house.rng().uuid()),
            display_name: name.to_owned(),
            is_public: false,
            redirect_uris: Vec::new(),
            spa_redirect_uris: Vec::new(),
            public_client_redirect_uris: Vec::new(),
            identifier_uris: Vec::new(),
            secrets: Vec::new(),
        }
    }

    pub async fn register(&self, new: NewApplication) -> kernel::Result<Application> {
        let rng = self.house.rng();
        let insert = move |mut tx, new: Arc<NewApplication>| async move {
            application::insert(&mut tx, rng, &act(), &origin(), &new).await?;
            Ok(application::find(&mut tx, new.id).await?.unwrap())
        };
        self.store().write(new, insert).await
    }

    /// A registered application and its secret.
    pub async fn application(&self, name: &str) -> (Application, Secret<String>) {
        let mut new = self.new_application(name);
        let keys = self.store().keys().await.unwrap();
        let (secret, kept) = NewSecret::generate(self.house.rng(), &keys, new.id);
        new.secrets.push(kept);
        (self.register(new).await.unwrap(), secret)
    }

    /// The claims of an application's own token for Graph.
    pub fn application_claims(&self, application: &Application, roles: &[&str]) -> Value {
        let now = self.house.platform.clock().now().as_second();
        json!({
            "iss": format!("{}/{}/", origin(), self.id), "aud": "https://graph.microsoft.com", "tid": self.id,
            "iat": now, "nbf": now, "exp": now + 3600, "idtyp": "app", "oid": application.id, "sub": application.id,
            "appid": application.app_id, "roles": roles, "ver": "1.0",
        })
    }

    /// The claims of a token for Graph that speaks for a user, issued to the Azure command line.
    pub fn user_claims(&self, user: &User, scopes: &str) -> Value {
        let now = self.house.platform.clock().now().as_second();
        json!({
            "iss": format!("{}/{}/", origin(), self.id), "aud": well_known::MICROSOFT_GRAPH, "tid": self.id,
            "iat": now, "nbf": now, "exp": now + 3600, "idtyp": "user", "oid": user.id, "sub": "pairwise",
            "appid": well_known::AZURE_CLI, "scp": scopes, "ver": "1.0", "xms_st": {"sub": "client-pairwise"},
        })
    }

    pub async fn sign(&self, claims: &Value) -> String {
        let key = self.house.keys.active(self.id).await.unwrap();
        key.sign(claims.to_string().as_bytes()).unwrap()
    }

    pub async fn application_token(&self, roles: &[&str]) -> String {
        let (application, _) = self.application("caller").await;
        self.sign(&self.application_claims(&application, roles)).await
    }

    pub async fn user_token(&self, user: &User, scopes: &str) -> String {
        self.sign(&self.user_claims(user, scopes)).await
    }

    /// The activities of the audit log, oldest first.
    pub async fn activities(&self) -> Vec<String> {
        let mut read = self.read().await;
        let events = audit_log::list(&mut read, &audit_log::Filter::default(), None, 1000).await.unwrap();
        events.into_iter().rev().map(|event| event.activity).collect()
    }
}
