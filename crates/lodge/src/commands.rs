//! The commands of operators, beside those that start a server. Each is a file: its arguments, and what it does.
//! They are safe beside a running Lodge unless they say otherwise: a change is a transaction like any other, and
//! the next request on every node sees it.

pub mod answer;
pub mod backup;
pub mod completions;
pub mod key;
pub mod migrate;
pub mod outbox;
pub mod restore;
pub mod tenant;
pub mod terminal;
pub mod user;

pub use answer::Answer;

use crate::cli::NewApplication;
use crate::compose::Whole;
use crate::config::{Config, Environment};
use crate::{logging, serve};
use clap::Args;
use directory::tenant::{Listed, TenantService};
use kernel::{Act, CorrelationId, Error, Result, Rng};
use std::path::PathBuf;

/// What every command takes.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = "lodge.toml")]
    pub config: PathBuf,
    /// Prints one object of JSON instead of sentences, and shows no progress.
    #[arg(long)]
    pub json: bool,
}

impl Common {
    pub fn load(&self) -> Result<Config> {
        let config = Config::load(&self.config, &Environment::of_process())?;
        logging::start(&config.log)?;
        Ok(config)
    }

    /// Opens the installation for one command; nothing runs behind it.
    pub async fn open(&self) -> Result<Whole> {
        serve::open(self.load()?).await
    }
}

/// `lodge application create`.
pub async fn create_application(common: Common, application: NewApplication) -> Result<Answer> {
    with_whole(&common, async |whole| whole.create_application(application).await).await
}

/// `lodge config check`.
pub async fn check_configuration(common: Common) -> Result<Answer> {
    serve::check(Config::load(&common.config, &Environment::of_process())?).await?;
    let text = format!("{} is complete.", common.config.display());
    Ok(Answer::new(text, serde_json::json!({"file": common.config, "complete": true})))
}

/// Whoever sits at the command line, for the audit record.
pub fn operator(rng: Rng) -> Act {
    Act::system("command line", CorrelationId(rng.uuid()))
}

/// The tenants a command is about: the named one, or all that are in use.
async fn chosen(whole: &Whole, name: Option<&str>) -> Result<Vec<Listed>> {
    let service = TenantService::new(whole.platform.clone());
    if let Some(name) = name {
        return Ok(vec![service.find(name).await?]);
    }
    let all = service.list().await?;
    Ok(all.into_iter().filter(|listed| listed.status == store::TenantStatus::Active).collect())
}

/// Runs a command's work and ends what it opened, whatever came of it.
async fn with_whole<T>(common: &Common, work: impl AsyncFnOnce(&Whole) -> Result<T>) -> Result<T> {
    let whole = common.open().await?;
    let outcome = work(&whole).await;
    let ended = whole.end().await;
    outcome.and_then(|value| ended.map(|()| value))
}

/// A file of the operator's that cannot be used.
fn unusable(file: &std::path::Path, error: &std::io::Error) -> Error {
    Error::bad_request(format!("{} cannot be used: {error}.", file.display()))
}
