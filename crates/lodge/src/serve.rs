//! `lodge serve`, and the commands that work on its database.

use crate::cli::{NewApplication, NewTenant};
use crate::compose::{self, Face, Ground, Whole};
use crate::config::Config;
use crate::dev::files::refuse_dev_directory;
use crate::server::{self, Bounds, Hosts, Server};
use crate::{logging, tls};
use kernel::{Clock, Error, Rng};
use store::Location;

pub async fn run(config: Config) -> Result<(), Error> {
    logging::start(&config.log)?;
    let tls = config.tls.as_ref().map(tls::from_files).transpose()?;
    let listener = server::bind(config.listen).await?;
    let (origin, address, proxies) = (config.origin.clone(), config.listen, config.proxies.clone());
    let whole = open(config).await?;
    let server = Server {
        listener,
        tls,
        router: whole.router(),
        hosts: Hosts::of(&origin),
        proxies,
        origin: origin.clone(),
        rng: Rng::system(),
        bounds: Bounds::default(),
    };
    whole.start();
    let stop = server::stop_signal()?;
    tracing::info!(%origin, %address, "Lodge is ready");
    server.run(stop).await;
    whole.end().await
}

/// What is to be printed: the set-up link of the tenant's first administrator.
pub async fn create_tenant(config: Config, tenant: NewTenant) -> Result<String, Error> {
    logging::start(&config.log)?;
    let whole = open(config).await?;
    let text = whole.create_tenant(tenant).await?;
    whole.end().await?;
    Ok(text)
}

/// What is to be printed: id and secret of the application.
pub async fn create_application(config: Config, application: NewApplication) -> Result<String, Error> {
    logging::start(&config.log)?;
    let whole = open(config).await?;
    let text = whole.create_application(application).await?;
    whole.end().await?;
    Ok(text)
}

async fn open(config: Config) -> Result<Whole, Error> {
    if let Location::Sqlite(path) = &config.database {
        refuse_dev_directory(path)?;
    }
    let rng = Rng::system();
    let key = config.master_key.load(rng)?;
    let store = compose::open(&config.database, key, Clock::system(), rng).await?;
    let limits = compose::limits(config.limits);
    let face = Face::Serve { mail: config.mail, link_lifetime_days: config.link_lifetime_days };
    compose::compose(Ground { store, origin: config.origin, limits, face }).await
}
