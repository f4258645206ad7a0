//! The whole, put together from its modules. A name given twice is an error here, before anything is served.

use axum::Router;
use axum::response::IntoResponse;
use delivery::{Jobs, Outbox, Sender, Transport};
use directory::access::AccessService;
use directory::signing_key::{self, SigningKeyService};
use directory::{audit_log, tenant, user};
use http::StatusCode;
use kernel::{Clock, Error, Origin, Result, Rng, RuleId, Secret};
use module::{Limits, Module, Platform, Rule, Tables};
use std::collections::HashSet;
use std::sync::Arc;
use store::{Location, MasterKey, Migration, Statement, Store};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use web::{Catalog, CsrfKey, Pages, Resource, Templates};

/// What the binary, or a test, decides about a server.
pub struct Parts {
    pub location: Location,
    pub master: MasterKey,
    pub clock: Clock,
    pub rng: Rng,
    pub origin: Origin,
    pub limits: Limits,
    pub sender: Sender,
    pub transport: Arc<dyn Transport>,
    /// Templates and words besides the modules', such as those of `lodge dev`.
    pub templates: &'static [(&'static str, &'static str)],
    pub words: &'static [Resource],
}

/// A composed server: routes to be served, loops to be run, services for the command line.
pub struct Lodge {
    pub platform: Platform,
    pub router: Router,
    pub pages: Pages,
    pub outbox: Outbox,
    pub jobs: Jobs,
    pub signing_keys: SigningKeyService,
    pub rules: Vec<Rule>,
}

impl Lodge {
    pub async fn open(parts: Parts) -> Result<Self> {
        let migrations: Vec<Migration> = tables().iter().filter_map(|tables| tables.migration).collect();
        let store = Store::open(&parts.location, &migrations, parts.master, parts.clock, parts.rng).await?;
        let platform = Platform::new(store.clone(), parts.origin.clone(), parts.limits, parts.sender.address);
        let signing_keys = SigningKeyService::new(platform.clone());
        let access = AccessService::new(platform.clone(), signing_keys.clone());
        let modules = modules(&platform, &signing_keys, &access);

        let templates = templates(&modules, parts.templates, parts.words)?;
        let csrf = Secret::new(store.installation_keys().mac("form key", &[]));
        let pages = Pages::new(templates.clone(), parts.origin.clone(), CsrfKey::new(&csrf), parts.rng);
        let rules = rules(&modules)?;
        let mut routes = Vec::new();
        let mut page_routes = Router::new();
        let mut mails = Vec::new();
        let mut jobs = Vec::new();
        for module in modules {
            routes.extend(module.routes);
            page_routes = module.pages.map_or(page_routes.clone(), |build| page_routes.merge(build(&pages)));
            mails.extend(module.mails.map(|build| build(&templates)).unwrap_or_default());
            jobs.extend(module.jobs);
        }
        let clock = store.clock().clone();
        let graph = graph::router(routes, Arc::new(access), parts.origin, clock, parts.rng)?;
        let router = pages.attach(page_routes).merge(pages.assets()).merge(graph).fallback(nothing_here);
        let outbox = Outbox::new(store.clone(), mails, parts.transport)?;
        let jobs = Jobs::new(store, jobs)?;
        Ok(Self { platform, router, pages, outbox, jobs, signing_keys, rules })
    }

    /// Starts the loops that work behind requests; they end with `stop`.
    pub fn start(&self, stop: &CancellationToken) -> TaskTracker {
        let tasks = TaskTracker::new();
        tasks.spawn(self.outbox.clone().run(stop.clone()));
        tasks.spawn(self.jobs.clone().run(stop.clone()));
        tasks.close();
        tasks
    }
}

/// The tables of every slice, in the order they are made.
pub fn tables() -> Vec<Tables> {
    [directory::tables(), collaboration::tables()].concat()
}

/// Every statement of every slice and of the store.
pub fn statements() -> Vec<&'static Statement> {
    let slices = tables().into_iter().flat_map(|tables| tables.statements.iter().copied());
    store::statements().chain(slices).collect()
}

fn modules(platform: &Platform, signing_keys: &SigningKeyService, _access: &AccessService) -> Vec<Module> {
    vec![
        tenant::module(platform),
        user::module(platform),
        audit_log::module(platform),
        signing_key::module(signing_keys),
        collaboration::invitation::module(platform),
    ]
}

fn templates(
    modules: &[Module],
    more: &'static [(&'static str, &'static str)],
    more_words: &'static [Resource],
) -> Result<Templates> {
    let words: Vec<Resource> = modules.iter().flat_map(|module| module.words).chain(more_words).copied().collect();
    let sources = modules.iter().flat_map(|module| module.templates).chain(more).copied();
    Templates::new(Arc::new(Catalog::new(&words)?), sources)
}

fn rules(modules: &[Module]) -> Result<Vec<Rule>> {
    let mut names: HashSet<RuleId> = HashSet::new();
    let rules: Vec<Rule> = modules.iter().flat_map(|module| module.rules).copied().collect();
    match rules.iter().find(|rule| !names.insert(rule.id)) {
        Some(twice) => Err(Error::internal(format!("the rule {} is given twice", twice.id.0))),
        None => Ok(rules),
    }
}

/// The answer to an address that nothing has.
async fn nothing_here() -> impl IntoResponse {
    let body = serde_json::json!({"error": {
        "code": "ResourceNotFound",
        "message": "There is nothing at this address. Graph is at /v1.0, sign-in at /{tenant}/oauth2/v2.0, your account at /account.",
    }});
    (StatusCode::NOT_FOUND, axum::Json(body))
}
