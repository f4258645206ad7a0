//! The log: to standard error, as text or JSON. Standard output carries the card of `lodge dev` and what a
//! command was asked to print, never a log line.

use crate::config::{Log, LogFormat};
use crate::nearest::nearest;
use kernel::Error;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, reload};

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Changes the level of a log that runs.
pub struct Level(Option<reload::Handle<EnvFilter, Registry>>);

/// Installs the log for the rest of the process. A second call changes nothing.
pub fn start(log: &Log) -> Result<Level, Error> {
    let (filter, handle) = reload::Layer::new(filter(&log.level)?);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match log.format {
        LogFormat::Text => lines.with_ansi(false).boxed(),
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
        }
    };
    let outcome = tracing_subscriber::registry().with(filter).with(lines).try_init();
    if outcome.is_err() {
        tracing::debug!("the log had been started before");
    }
    Ok(Level(outcome.is_ok().then_some(handle)))
}

impl Level {
    pub fn set(&self, level: &str) -> Result<(), Error> {
        let filter = filter(level)?;
        self.0.as_ref().map_or(Ok(()), |handle| handle.reload(filter)).map_err(Error::internal)
    }
}

fn filter(level: &str) -> Result<EnvFilter, Error> {
    check(level).map_err(|why| Error::bad_request(format!("The log level {why}.")))?;
    let level = if is_bare(level) { format!("{level},{OTHERS}") } else { level.to_owned() };
    EnvFilter::try_new(level).map_err(Error::internal)
}

/// A bare level that says more than these is about Lodge: what libraries tell at such a level is of little use to
/// an administrator, and may hold what requests hold.
const OTHERS: &str =
    "tokio_postgres=warn,hyper=info,hyper_util=info,h2=info,rustls=info,lettre=info,mio=info";

fn is_bare(level: &str) -> bool {
    ["info", "debug", "trace"].iter().any(|bare| level.eq_ignore_ascii_case(bare))
}

/// Takes a level, or directives `target=level` with an optional level for all the rest.
pub fn check(level: &str) -> Result<(), String> {
    for directive in level.split(',') {
        let given = directive.rsplit_once('=').map_or(directive, |(_, level)| level).trim();
        if !LEVELS.contains(&given.to_ascii_lowercase().as_str()) {
            let near = nearest(given, LEVELS).map_or_else(
                || format!("the levels are {}", LEVELS.join(", ")),
                |near| format!("did you mean {near}"),
            );
            return Err(format!("has no level \"{given}\": {near}"));
        }
    }
    EnvFilter::try_new(level).map(|_| ()).map_err(|error| format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_directives_are_checked() {
        for good in ["info", "WARN", "info,lodge::access=off", "store=debug"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        assert_eq!(check("inof"), Err("has no level \"inof\": did you mean info".to_owned()));
        assert!(check("info,store=loud").is_err());
        assert!(check("").is_err());
    }
}
