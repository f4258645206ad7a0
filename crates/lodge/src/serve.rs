//! `lodge serve`, and the commands that work on its database.

use crate::compose::{self, Face, Ground, Whole};
use crate::config::{Config, Environment};
use crate::dev::files::refuse_dev_directory;
use crate::metrics::{self, Metrics, Requests};
use crate::reload::{self, Reload};
use crate::server::{self, Bounds, Hosts, Server};
use crate::tls::{self, Certificates};
use crate::{epoch, logging};
use kernel::{Clock, Error, Rng};
use sd_notify::NotifyState;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Location, Store};

/// From the configuration to the end of the process. Reloads are heard from before the first request on.
pub async fn run(file: PathBuf, environment: Environment) -> Result<(), Error> {
    let hangup = reload::signals()?;
    let mut config = Config::load(&file, &environment)?;
    let level = logging::start(&config.log)?;
    let certificates = certificates(&config)?;
    let tls = certificates.clone().map(tls::acceptor_of).transpose()?;
    let listener = server::bind(config.listen).await?;
    let (origin, address, proxies) = (config.origin.clone(), config.listen, config.proxies.clone());
    let (fixed, watched) = (config.fixed(), config.metrics.take());
    let whole = open(config).await?;
    let requests = Requests::default();
    if let Some(settings) = watched {
        let metrics = Metrics::of(&whole, &requests, certificates.clone());
        whole.spawn_beside(metrics::serve(settings, metrics, whole.stopping()).await?);
    }
    let server = Server {
        listener,
        tls,
        router: whole.router(),
        hosts: Hosts::of(&origin),
        proxies,
        origin: origin.clone(),
        rng: Rng::system(),
        bounds: Bounds::default(),
        requests,
    };
    whole.start();
    let reload = Reload { file, environment, fixed, level, certificates, changeable: whole.changeable() };
    whole.spawn_beside(reload.run(hangup, whole.stopping()));
    let stop = server::stop_signal()?;
    tracing::info!(%origin, %address, "Lodge is ready");
    tell_manager(NotifyState::Ready);
    let stopped = async {
        stop.await;
        whole.watch.drain();
        tell_manager(NotifyState::Stopping);
    };
    server.run(stopped).await;
    whole.end().await
}

/// Whether the server could start on this configuration, as far as that is known without its database.
#[expect(clippy::unused_async, reason = "the pool of the mail server's connections wants a runtime")]
pub async fn check(config: Config) -> Result<(), Error> {
    certificates(&config)?;
    compose::smtp(config.mail, Clock::system())?;
    Ok(())
}

fn certificates(config: &Config) -> Result<Option<Arc<Certificates>>, Error> {
    Ok(config.tls.as_ref().map(Certificates::from_files).transpose()?.map(Arc::new))
}

/// systemd waits for this word where the unit says so; without it nobody listens.
fn tell_manager(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager could not be told");
    }
}

/// The database of a server made by `lodge dev` is of no use here.
pub fn refuse_dev(config: &Config) -> Result<(), Error> {
    match &config.database {
        Location::Sqlite(path) => refuse_dev_directory(path),
        Location::Postgres { .. } => Ok(()),
    }
}

/// The database alone, for commands that need nothing else.
pub async fn open_store(config: &Config) -> Result<Store, Error> {
    refuse_dev(config)?;
    let rng = Rng::system();
    compose::open(&config.database, config.master_key.load(rng)?, Clock::system(), rng).await
}

/// The whole over its database. If a backup was restored into it, that is brought to its end first.
pub async fn open(config: Config) -> Result<Whole, Error> {
    let store = open_store(&config).await?;
    let limits = compose::limits(config.limits);
    let face = Face::Serve { mail: config.mail, link_lifetime_days: config.link_lifetime_days };
    let whole = compose::compose(Ground { store, origin: config.origin, limits, face }).await?;
    epoch::settle(&whole).await?;
    Ok(whole)
}
