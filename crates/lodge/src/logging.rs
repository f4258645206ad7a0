//! The log: to standard error, as text or JSON. Standard output carries the card of `lodge dev` and what a
//! command was asked to print, never a log line.

use crate::config::{Log, LogFormat};
use crate::nearest::nearest;
use kernel::Error;
use tracing_subscriber::EnvFilter;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Installs the log for the rest of the process. A second call changes nothing.
pub fn start(log: &Log) -> Result<(), Error> {
    check(&log.level).map_err(|why| Error::bad_request(format!("The log level {why}.")))?;
    // The plain default is about Lodge; the database client's notices at that level are of no use to anybody.
    let level = match log.level.to_ascii_lowercase().as_str() {
        "info" => "info,tokio_postgres=warn".to_owned(),
        _ => log.level.clone(),
    };
    let filter = EnvFilter::try_new(level).map_err(Error::internal)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let outcome = match log.format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if outcome.is_err() {
        tracing::debug!("the log had been started before");
    }
    Ok(())
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
