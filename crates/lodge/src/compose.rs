//! The whole, put together from the modules of all slices.

use crate::cli::{NewApplication, NewTenant};
use crate::config;
use crate::dev::seed::Seed;
use axum::Router;
use axum::routing::get;
use kernel::{Clock, Error, Origin, Rng, Secret};
use module::{Limits, Platform};
use std::path::PathBuf;
use store::{Location, MasterKey, Store};

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
    },
    Serve {
        mail: config::Mail,
        link_lifetime_days: u16,
    },
}

/// The running whole.
pub struct Whole {
    platform: Platform,
    router: Router,
}

/// Opens the store with the tables of every slice.
pub async fn open(location: &Location, key: MasterKey, clock: Clock, rng: Rng) -> Result<Store, Error> {
    let migrations: Vec<_> = directory::tables().into_iter().filter_map(|tables| tables.migration).collect();
    Store::open(location, &migrations, key, clock, rng).await
}

pub async fn compose(ground: Ground) -> Result<Whole, Error> {
    let platform = Platform::new(ground.store, ground.origin, ground.limits);
    let router = Router::new().route("/healthz", get(async || "ok"));
    Ok(Whole { platform, router })
}

impl Whole {
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Makes the tenants of a seed with everything in them.
    pub async fn apply(&self, seed: &Seed) -> Result<(), Error> {
        crate::seeding::apply(&self.platform, seed).await
    }

    pub async fn create_tenant(&self, tenant: NewTenant) -> Result<String, Error> {
        Err(Error::unavailable(format!("{} cannot be made yet.", tenant.name)))
    }

    pub async fn create_application(&self, application: NewApplication) -> Result<String, Error> {
        Err(Error::unavailable(format!("{} cannot be made yet.", application.name)))
    }

    /// Lets what runs behind requests end, and closes the store.
    pub async fn end(self) -> Result<(), Error> {
        self.platform.store().close().await;
        Ok(())
    }
}

pub fn limits(limits: config::Limits) -> Limits {
    Limits {
        invitation_mails_per_tenant_and_hour: Some(limits.invitation_mails_per_tenant_and_hour),
        invitation_mails_per_inviter_and_minute: Some(limits.invitation_mails_per_inviter_and_minute),
        invitation_mails_per_recipient_and_day: Some(limits.invitation_mails_per_recipient_and_day),
    }
}

/// A laptop sends no mail.
pub fn no_limits() -> Limits {
    Limits::default()
}
