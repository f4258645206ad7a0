//! The whole, put together from the modules of all slices. A name given twice is an error here, before anything
//! is served.

use crate::cli::{NewApplication, NewTenant};
use crate::commands::Answer;
use crate::dev::routes::{self, Dev};
use crate::dev::seed::Seed;
use crate::metrics::note_pattern;
use crate::reload::{Changeable, Relay};
use crate::watch::Watch;
use crate::{administration, config, mail_route};
use axum::Router;
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::get;
use collaboration::mail_health::{self, MailRoute};
use collaboration::{invitation, invitation_batch, mail_preference, redemption};
use delivery::{DkimKey, Jobs, Mailbox, Messages, Outbox, Security, Smtp, SmtpConfig, Transport};
use directory::access::AccessService;
use directory::portal::{self, Portal};
use directory::sign_in_log::{self, SignInLog};
use directory::signing_key::{self, SigningKeyService};
use directory::{access, audit_log, directory_object, group, tenant, user};
use http::StatusCode;
use kernel::{Clock, EmailAddress, Error, Origin, Result, Rng, RuleId, Secret, SignedDuration};
use module::{AtRestore, Limits, Module, Platform, Rule, Tables};
use signin::password::{Hasher, PasswordService};
use signin::session::SessionService;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::{Location, MasterKeys, Migration, Statement, Store};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use web::{Catalog, CsrfKey, Pages, Resource, Templates};

/// What the whole stands on.
pub struct Ground {
    pub store: Store,
    pub origin: Origin,
    pub limits: Limits,
    pub face: Face,
}

/// What differs between a laptop and an organisation.
pub enum Face {
    /// Mail is kept in the directory and shown at `/dev/mail`; the token guards `/dev`, if there is one.
    Dev {
        directory: PathBuf,
        token: Option<Secret<String>>,
        /// Keeps how far the clock was moved, for the next start.
        keep_offset: Box<dyn Fn(SignedDuration) -> Result<()> + Send + Sync>,
    },
    Serve {
        mail: config::Mail,
        link_lifetime_days: u16,
    },
}

/// The running whole: routes to be served, loops that work behind them, services for the command line.
pub struct Whole {
    pub platform: Platform,
    pub outbox: Outbox,
    pub jobs: Jobs,
    messages: Messages,
    pub signing_keys: SigningKeyService,
    pub passwords: PasswordService,
    pub rules: Vec<Rule>,
    pub portal: Portal,
    pub pages: Pages,
    /// What the slices do when a backup has been restored.
    pub at_restore: Vec<AtRestore>,
    sign_ins: SignInLog,
    link_lifetime_days: u32,
    /// None where mail is captured.
    relay: Option<Arc<Relay>>,
    pub watch: Watch,
    router: Router,
    stop: CancellationToken,
    loops: TaskTracker,
}

/// Opens the store with the tables of every slice.
pub async fn open(location: &Location, keys: impl Into<MasterKeys>, clock: Clock, rng: Rng) -> Result<Store> {
    Store::open(location, &migrations(), keys, clock, rng).await
}

/// The tables of every slice, as the store takes them.
pub fn migrations() -> Vec<Migration> {
    tables().iter().filter_map(|tables| tables.migration).collect()
}

pub async fn compose(ground: Ground) -> Result<Whole> {
    let Ground { store, origin, limits, face } = ground;
    let (clock, rng) = (store.clock().clone(), store.rng());
    let platform = Platform::new(store.clone(), origin.clone(), limits, sender(&face, &origin)?);
    let signing_keys = SigningKeyService::new(platform.clone());
    let access = AccessService::new(platform.clone(), signing_keys.clone());
    let sign_ins = SignInLog::new(platform.clone());
    let passwords = PasswordService::new(platform.clone(), Hasher::start(rng));
    let mail_route = match &face {
        Face::Dev { .. } => mail_route::on_a_laptop(&origin),
        Face::Serve { mail, .. } => mail_route::of(mail, &origin)?,
    };
    let services = Services {
        platform: &platform,
        signing_keys: &signing_keys,
        access: &access,
        passwords: &passwords,
        sign_ins: &sign_ins,
    };
    let mut modules = modules(&services, mail_route);
    let rules = rules(&modules)?;
    let templates = templates(&modules, matches!(face, Face::Dev { .. }))?;
    let csrf = Secret::new(store.installation_keys().mac("form key", &[]));
    let pages = Pages::new(templates.clone(), origin.clone(), CsrfKey::new(&csrf), rng);

    let sessions = Arc::new(SessionService::new(platform.clone()));
    let (portal, portal_routes) = Portal::build(&platform, sessions, &mut modules)?;
    let (mut graph_routes, mut mails, mut jobs, mut messages) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut page_routes = portal_routes;
    let mut at_restore = Vec::new();
    let entities: Vec<_> = modules.iter().flat_map(|module| module.entities.iter().copied()).collect();
    graph_routes.push(graph::metadata(&entities));
    for module in modules {
        graph_routes.extend(module.routes);
        if let Some(build) = module.pages {
            page_routes = page_routes.merge(build(&pages));
        }
        mails.extend(module.mails.map(|build| build(&templates)).unwrap_or_default());
        jobs.extend(module.jobs);
        at_restore.extend(module.at_restore);
        messages.extend(module.messages);
    }
    let limited = platform.clone();
    let budget = Arc::new(move || limited.limits().graph);
    let graph = graph::router(graph_routes, Arc::new(access), origin.clone(), budget, clock.clone(), rng)?;
    let router = pages.attach(page_routes).merge(pages.assets()).merge(graph);
    let jobs = Jobs::new(store.clone(), jobs)?;
    let messages = Messages::new(store.clone(), messages)?;
    let (outbox, relay, router, link_lifetime_days) = match face {
        Face::Dev { directory, token, keep_offset } => {
            let mailbox = Mailbox::open(&directory, clock.clone())?;
            let outbox = Outbox::new(store, mails, Arc::new(mailbox.clone()))?;
            outbox.recover().await?;
            let dev = Dev {
                mailbox,
                outbox: outbox.clone(),
                jobs: jobs.clone(),
                clock,
                origin,
                rng,
                token,
                keep_offset,
            };
            (outbox, None, router.merge(routes::routes(dev, &pages)), tenant::DEFAULT_LINK_LIFETIME_DAYS)
        }
        Face::Serve { mail, link_lifetime_days } => {
            let relay = Arc::new(Relay::new(smtp(mail, clock)?));
            let outbox = Outbox::new(store, mails, relay.clone())?;
            (outbox, Some(relay), router, u32::from(link_lifetime_days))
        }
    };
    let watch = Watch::new(platform.store().clone());
    let asked = watch.clone();
    let router = router
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(async move || asked.readiness().await))
        .fallback(nothing_here)
        .layer(from_fn(note_pattern));
    let (stop, loops) = (CancellationToken::new(), TaskTracker::new());
    Ok(Whole {
        platform,
        outbox,
        jobs,
        messages,
        signing_keys,
        passwords,
        rules,
        portal,
        pages,
        at_restore,
        sign_ins,
        link_lifetime_days,
        relay,
        watch,
        router,
        stop,
        loops,
    })
}

impl Whole {
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Starts the loops that work behind requests; they end with [`Whole::end`].
    pub fn start(&self) {
        self.loops.spawn(self.outbox.clone().run(self.stop.clone()));
        self.loops.spawn(self.jobs.clone().run(self.stop.clone()));
        self.loops.spawn(self.messages.clone().run(self.stop.clone()));
        self.loops.spawn(self.watch.clone().run(self.stop.clone()));
        self.loops.spawn(self.sign_ins.clone().run(self.stop.clone()));
    }

    /// What gives the running whole other settings: limits, and the way mail goes.
    pub fn changeable(&self) -> Changeable {
        let (platform, relay) = (self.platform.clone(), self.relay.clone());
        Box::new(move |config| {
            if let Some(relay) = &relay {
                let mail = config::Mail { from: platform.sender().clone(), ..config.mail };
                relay.replace(smtp(mail, platform.clock().clone())?);
            }
            platform.set_limits(limits(config.limits));
            Ok(())
        })
    }

    /// Ends when the whole does.
    pub fn spawn_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.loops.spawn(work);
    }

    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Makes the tenants of a seed with everything in them.
    pub async fn apply(&self, seed: &Seed) -> Result<()> {
        crate::seeding::apply(self, seed).await
    }

    /// What is to be printed: the set-up link of the tenant's first administrator.
    pub async fn create_tenant(&self, new: NewTenant) -> Result<Answer> {
        administration::create_tenant(self, self.link_lifetime_days, new).await
    }

    /// What is to be printed: id and secret of the application.
    pub async fn create_application(&self, new: NewApplication) -> Result<Answer> {
        administration::create_application(&self.platform, new).await
    }

    /// Lets what runs behind requests end, and closes the store.
    pub async fn end(self) -> Result<()> {
        self.stop.cancel();
        self.loops.close();
        self.loops.wait().await;
        self.platform.store().close().await;
        Ok(())
    }
}

pub fn limits(limits: config::Limits) -> Limits {
    Limits {
        invitation_mails_per_tenant_and_hour: Some(limits.invitation_mails_per_tenant_and_hour),
        invitation_mails_per_inviter_and_minute: Some(limits.invitation_mails_per_inviter_and_minute),
        invitation_mails_per_recipient_and_day: Some(limits.invitation_mails_per_recipient_and_day),
        graph: limits.graph,
    }
}

/// A laptop sends no mail.
pub fn no_limits() -> Limits {
    Limits::default()
}

/// The address mail comes from unless a tenant has its own.
fn sender(face: &Face, origin: &Origin) -> Result<EmailAddress> {
    match face {
        Face::Serve { mail, .. } => Ok(mail.from.clone()),
        Face::Dev { .. } => {
            EmailAddress::parse(&format!("invitations@{}.example", origin.host().trim_matches(['[', ']'])))
                .or_else(|_| EmailAddress::parse("invitations@lodge.example"))
                .map_err(Error::internal)
        }
    }
}

pub fn smtp(mail: config::Mail, clock: Clock) -> Result<Arc<dyn Transport>> {
    let security = match mail.security {
        config::SmtpSecurity::Tls => Security::Tls,
        config::SmtpSecurity::StartTls => Security::StartTls,
        config::SmtpSecurity::None => Security::None,
    };
    let dkim = mail.dkim.iter().map(dkim_key).collect::<Result<_>>()?;
    let authority =
        mail.ca_file.as_ref().map(std::fs::read).transpose().map_err(|error| {
            Error::bad_request(format!("The file of smtp.ca_file cannot be read: {error}."))
        })?;
    let config = SmtpConfig {
        host: mail.host,
        port: mail.port,
        security,
        credentials: mail.login.map(|login| (login.user, login.password)),
        authority,
        installation: mail.from,
        connections: usize::try_from(mail.connections).unwrap_or(1),
        patience: Duration::from_secs(mail.timeout_seconds.into()),
        dkim,
    };
    Ok(Arc::new(Smtp::new(config, clock)?))
}

pub fn dkim_key(file: &config::DkimFile) -> Result<DkimKey> {
    let pem = std::fs::read(&file.key).map_err(|error| {
        Error::bad_request(format!("The DKIM key {} cannot be read: {error}.", file.key.display()))
    })?;
    DkimKey::from_pem(&file.selector, &Secret::new(pem))
}

/// The tables of every slice, in the order they are made.
pub fn tables() -> Vec<Tables> {
    [directory::tables(), collaboration::tables(), signin::tables()].concat()
}

/// Every statement of every slice and of the store.
pub fn statements() -> Vec<&'static Statement> {
    let slices = tables().into_iter().flat_map(|tables| tables.statements.iter().copied());
    store::statements().chain(slices).collect()
}

/// The services that several modules share.
struct Services<'a> {
    platform: &'a Platform,
    signing_keys: &'a SigningKeyService,
    access: &'a AccessService,
    passwords: &'a PasswordService,
    sign_ins: &'a SignInLog,
}

fn modules(services: &Services<'_>, mail_route: MailRoute) -> Vec<Module> {
    let Services { platform, signing_keys, access, passwords, sign_ins } = services;
    let kept: Arc<dyn user::Passwords> = Arc::new((*passwords).clone());
    let mut modules = vec![
        tenant::module(platform),
        portal::module(platform),
        user::module(platform, &kept),
        group::module(platform),
        directory_object::module(platform),
        access::module(),
        audit_log::module(platform),
        sign_in_log::module(platform),
        signing_key::module(signing_keys),
        invitation::module(platform),
        invitation::pages_module(platform),
        invitation_batch::module(platform),
        mail_preference::module(platform),
        mail_health::module(platform, mail_route),
        redemption::module(platform),
    ];
    modules.extend(signin::modules(platform, passwords));
    modules.extend(signin::protocol_modules(platform, signing_keys, access, sign_ins));
    modules
}

fn templates(modules: &[Module], for_developers: bool) -> Result<Templates> {
    let (more, more_words) =
        if for_developers { (routes::TEMPLATES, routes::WORDS) } else { (&[][..], &[][..]) };
    let words: Vec<Resource> =
        modules.iter().flat_map(|module| module.words).chain(more_words).copied().collect();
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
