//! What Prometheus scrapes: counted where it happens, put together here, served on a listener of its own.

mod process;
mod requests;

pub use requests::{Requests, note_pattern};

use crate::compose::Whole;
use crate::server;
use crate::tls::Certificates;
use crate::watch::Watch;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use kernel::{Error, Result, Secret};
use process::Process;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use signin::password::PasswordService;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use subtle::ConstantTimeEq;
use tokio_util::sync::CancellationToken;

const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Where the metrics are served, and the token that is asked for.
pub struct Settings {
    pub listen: SocketAddr,
    pub token: Option<Secret<String>>,
}

/// Everything that is measured.
pub struct Metrics {
    registry: Registry,
    process: Process,
    gauges: Gauges,
    store: Store,
    passwords: PasswordService,
    watch: Watch,
    certificates: Option<Arc<Certificates>>,
}

/// What is looked up when it is asked for.
#[derive(Default)]
struct Gauges {
    connections: Family<[(&'static str, &'static str); 1], Gauge>,
    store_waiting: Gauge,
    passwords_waiting: Gauge,
    passwords_turned_away: Gauge,
    mails_waiting: Gauge,
    mail_late: Gauge,
    database_up: Gauge,
    database_writable: Gauge,
    certificate_expiry: Gauge,
}

impl Metrics {
    pub fn of(whole: &Whole, requests: &Requests, certificates: Option<Arc<Certificates>>) -> Self {
        let mut registry = Registry::default();
        let (process, gauges) = (Process::default(), Gauges::default());
        let store = whole.platform.store().clone();
        {
            let lodge = registry.sub_registry_with_prefix("lodge");
            lodge.register(
                "build",
                "The version that runs",
                Info::new([("version", env!("CARGO_PKG_VERSION"))]),
            );
            requests.register(lodge);
            let commits = store.signals().commits();
            lodge.register("commit_writes", "Writes that shared a commit", commits.writes.clone());
            lodge.register(
                "commit_seconds",
                "Time a commit takes to be on the disk",
                commits.seconds.clone(),
            );
            let signing = whole.platform.meters().signing.clone();
            lodge.register("signing_seconds", "Time to sign the tokens of one answer", signing);
            let outcomes = whole.outbox.outcomes();
            for (name, counter) in [
                ("mails_sent", &outcomes.sent),
                ("mails_dropped", &outcomes.dropped),
                ("mails_postponed", &outcomes.postponed),
                ("mails_dead", &outcomes.dead),
            ] {
                lodge.register(name, "What became of mail since the start", counter.clone());
            }
            gauges.register(lodge, certificates.is_some());
        }
        process.register(&mut registry);
        let passwords = whole.passwords.clone();
        Self { registry, process, gauges, store, passwords, watch: whole.watch.clone(), certificates }
    }

    /// In the text format of OpenMetrics.
    pub fn text(&self) -> Result<String> {
        self.look();
        self.process.look();
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(Error::internal)?;
        Ok(text)
    }

    fn look(&self) {
        let (load, seen, gauges) = (self.store.load(), self.watch.seen(), &self.gauges);
        let busy = load.open.saturating_sub(load.idle);
        gauges.connections.get_or_create(&[("state", "idle")]).set(whole_number(load.idle));
        gauges.connections.get_or_create(&[("state", "busy")]).set(whole_number(busy));
        gauges.store_waiting.set(whole_number(load.waiting));
        gauges.passwords_waiting.set(whole_number(self.passwords.hasher().waiting()));
        gauges.passwords_turned_away.set(whole_number(self.passwords.hasher().turned_away()));
        gauges.mails_waiting.set(i64::try_from(seen.mails_waiting).unwrap_or(i64::MAX));
        gauges.mail_late.set(seen.mail_late.as_secs());
        gauges.database_up.set(i64::from(seen.unreadable.is_none()));
        gauges.database_writable.set(i64::from(seen.unreadable.is_none() && seen.unwritable.is_none()));
        if let Some(certificates) = &self.certificates {
            gauges.certificate_expiry.set(certificates.expires_at().as_second());
        }
    }
}

impl Gauges {
    fn register(&self, lodge: &mut Registry, has_certificate: bool) {
        lodge.register("store_connections", "Connections to the database", self.connections.clone());
        let gauges = [
            ("store_waiting", "Whoever waits for the database", &self.store_waiting),
            ("passwords_waiting", "Passwords being hashed or waiting for it", &self.passwords_waiting),
            (
                "passwords_turned_away",
                "Passwords that found the queue full since the start",
                &self.passwords_turned_away,
            ),
            ("mails_waiting", "Mail that has not left yet", &self.mails_waiting),
            ("mail_late_seconds", "How long the first waiting mail has been due", &self.mail_late),
            ("database_up", "Whether the database answers", &self.database_up),
            ("database_writable", "Whether the database takes writes", &self.database_writable),
        ];
        for (name, help, gauge) in gauges {
            lodge.register(name, help, gauge.clone());
        }
        if has_certificate {
            let help = "When the certificate of the listener ends, in seconds since 1970";
            lodge.register("certificate_expiry_timestamp_seconds", help, self.certificate_expiry.clone());
        }
    }
}

/// Serves `/metrics`, `/healthz` and `/readyz` until stopped. The address is taken before it returns.
pub async fn serve(
    settings: Settings,
    metrics: Metrics,
    stop: CancellationToken,
) -> Result<impl Future<Output = ()>> {
    let listener = server::bind(settings.listen).await?;
    let watch = metrics.watch.clone();
    let router = Router::new()
        .route("/metrics", get(scrape))
        .with_state(Arc::new((metrics, settings.token)))
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(async move || watch.readiness().await));
    Ok(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = served.await {
            tracing::error!(%error, "the metrics are not served any more");
        }
    })
}

async fn scrape(State(state): State<Arc<(Metrics, Option<Secret<String>>)>>, headers: HeaderMap) -> Response {
    let (metrics, token) = &*state;
    if let Some(token) = token {
        let given = headers.get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes).unwrap_or_default();
        let expected = format!("Bearer {}", token.expose());
        if !bool::from(given.ct_eq(expected.as_bytes())) {
            return (StatusCode::UNAUTHORIZED, "metrics.token is asked for as a bearer token\n")
                .into_response();
        }
    }
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn whole_number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
