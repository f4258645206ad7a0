//! What changes while the server runs: on SIGHUP the configuration is read again, and certificates also when their
//! files change. Settings that cannot be used leave everything as it was, and the log says why.

use crate::config::{Config, Environment, Fixed};
use crate::logging::Level;
use crate::tls::{Certificates, Renewal};
use delivery::{Parcel, Taken, Transport, Undelivered};
use futures_util::future::BoxFuture;
use kernel::{Error, Result};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Between two looks at the certificate's files.
const LOOK: Duration = Duration::from_secs(10);

/// Everything a reload reads and changes.
pub struct Reload {
    pub file: PathBuf,
    pub environment: Environment,
    /// What the server was started with and cannot change.
    pub fixed: Fixed,
    pub level: Level,
    pub certificates: Option<Arc<Certificates>>,
    pub changeable: Changeable,
}

/// The parts of the whole that can be given other settings.
pub type Changeable = Box<dyn Fn(Config) -> Result<()> + Send + Sync>;

/// Listens for SIGHUP from now on.
pub fn signals() -> Result<Signal> {
    signal(SignalKind::hangup()).map_err(Error::internal)
}

impl Reload {
    pub async fn run(self, mut hangup: Signal, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = hangup.recv() => self.reload(),
                _ = look.tick() => self.look_at_certificates(),
            }
        }
    }

    fn reload(&self) {
        match self.apply() {
            Ok(waiting) if waiting.is_empty() => tracing::info!("the configuration was read again"),
            Ok(waiting) => tracing::warn!(
                keys = waiting.join(", "),
                "the configuration was read again; these keys take effect at the next start"
            ),
            Err(error) => tracing::error!(%error, "the configuration was read again and stays as it was"),
        }
    }

    /// The keys that wait for a start. What can fail comes first, so that a bad file changes nothing.
    fn apply(&self) -> Result<Vec<&'static str>> {
        let config = Config::load(&self.file, &self.environment)?;
        let waiting = self.fixed.differing(&config.fixed());
        if let (Some(certificates), Some(files)) = (&self.certificates, &config.tls) {
            Certificates::from_files(files)?;
            certificates.replace(files)?;
        }
        let level = config.log.level.clone();
        (self.changeable)(config)?;
        self.level.set(&level)?;
        Ok(waiting)
    }

    fn look_at_certificates(&self) {
        let Some(certificates) = &self.certificates else { return };
        match certificates.renew() {
            Ok(Renewal::Unchanged) => {}
            Ok(Renewal::Renewed) => {
                tracing::info!(expires_at = %certificates.expires_at(), "a new certificate is presented");
            }
            Err(error) => tracing::error!(%error, "the changed certificate is of no use; the former stays"),
        }
    }
}

/// Takes mail by whichever way holds at the moment.
pub struct Relay(RwLock<Arc<dyn Transport>>);

impl Relay {
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self(RwLock::new(transport))
    }

    /// What is being sent still goes the former way.
    pub fn replace(&self, transport: Arc<dyn Transport>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = transport;
    }

    fn current(&self) -> Arc<dyn Transport> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Relay {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>> {
        let transport = self.current();
        Box::pin(async move { transport.send(parcel).await })
    }

    fn at_once(&self) -> usize {
        self.current().at_once()
    }
}
