//! `lodge doctor`: looks at everything an administrator would look at, and says what to do about what is amiss.
//! It changes nothing but one small row that proves that writing works.

mod database;
mod outside;

use crate::cli::print;
use crate::config::{Config, Environment};
use crate::tls::Certificates;
use kernel::{Clock, Error, Result, SignedDuration};
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use store::Location;

const GIBIBYTE: u64 = 1 << 30;
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What one look came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    check: &'static str,
    state: State,
    says: String,
    remedy: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Good,
    /// It works, but not for long or not well.
    Warning,
    Bad,
    /// There is nothing to look at.
    Skipped,
}

impl Finding {
    fn new(check: &'static str, state: State, says: impl Into<String>) -> Self {
        Self { check, state, says: says.into(), remedy: None }
    }

    fn good(check: &'static str, says: impl Into<String>) -> Self {
        Self::new(check, State::Good, says)
    }

    fn skipped(check: &'static str, says: impl Into<String>) -> Self {
        Self::new(check, State::Skipped, says)
    }

    fn warning(check: &'static str, says: impl Into<String>, remedy: &'static str) -> Self {
        Self { remedy: Some(remedy), ..Self::new(check, State::Warning, says) }
    }

    fn bad(check: &'static str, says: impl Into<String>, remedy: &'static str) -> Self {
        Self { remedy: Some(remedy), ..Self::new(check, State::Bad, says) }
    }

    /// The sentence of an error says what to do.
    fn error(check: &'static str, error: &Error) -> Self {
        Self::new(check, State::Bad, error.to_string())
    }
}

/// Prints what was found; an error if something is bad.
pub async fn run(file: &Path, environment: &Environment, as_json: bool) -> Result<()> {
    let findings = match Config::load(file, environment) {
        Ok(config) => examine(config).await,
        Err(error) => vec![Finding::error("configuration", &error)],
    };
    print(&if as_json { in_json(&findings) } else { in_words(&findings) })?;
    let bad = findings.iter().filter(|finding| finding.state == State::Bad).count();
    if bad == 0 {
        return Ok(());
    }
    Err(Error::bad_request(format!("{bad} of {} checks found a fault.", findings.len())))
}

async fn examine(config: Config) -> Vec<Finding> {
    let now = Clock::system().now();
    let mut findings = vec![Finding::good("configuration", "it is complete")];
    findings.push(certificate(&config));
    findings.extend(outside::origin(&config.origin, now).await);
    findings.push(outside::mail_server(&config.mail).await);
    findings.push(disk(&config.database));
    findings.extend(database::examine(&config).await);
    findings
}

fn certificate(config: &Config) -> Finding {
    const CHECK: &str = "certificate";
    let Some(files) = &config.tls else {
        return Finding::skipped(CHECK, "Lodge speaks plain HTTP; the proxy has the certificate");
    };
    let certificates = match Certificates::from_files(files) {
        Ok(certificates) => certificates,
        Err(error) => return Finding::error(CHECK, &error),
    };
    let expires_at = certificates.expires_at();
    let left = expires_at.duration_since(Clock::system().now());
    let remedy = "Put a new certificate in its place; Lodge finds it by itself.";
    if left.is_negative() {
        return Finding::bad(CHECK, format!("it ended at {expires_at}"), remedy);
    }
    if left < SOON {
        return Finding::warning(CHECK, format!("it ends at {expires_at}"), remedy);
    }
    Finding::good(CHECK, format!("it is good until {expires_at}"))
}

fn disk(location: &Location) -> Finding {
    const CHECK: &str = "disk space";
    let Location::Sqlite(path) = location else {
        return Finding::skipped(CHECK, "the database is on PostgreSQL's disk");
    };
    let directory = path.parent().unwrap_or(path);
    let statistics = match rustix::fs::statvfs(directory) {
        Ok(statistics) => statistics,
        Err(error) => {
            let says = format!("{} cannot be looked at: {error}", directory.display());
            return Finding::bad(CHECK, says, "Make the directory of database.path.");
        }
    };
    let free = statistics.f_bavail.saturating_mul(statistics.f_frsize);
    let says = format!("{} MiB are free in {}", free >> 20, directory.display());
    let remedy = "Make room: with a full disk nobody can sign in or be invited.";
    match free {
        0..=67_108_864 => Finding::bad(CHECK, says, remedy),
        67_108_865..GIBIBYTE => Finding::warning(CHECK, says, remedy),
        GIBIBYTE.. => Finding::good(CHECK, says),
    }
}

fn in_words(findings: &[Finding]) -> String {
    let mut text = String::new();
    for Finding { check, state, says, remedy } in findings {
        let mark = match state {
            State::Good => "ok",
            State::Warning => "WARNING",
            State::Bad => "FAULT",
            State::Skipped => "-",
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{mark:<8} {check:<18} {says}");
        if let Some(remedy) = remedy {
            let _ = writeln!(text, "{:<8} {:<18} {remedy}", "", "");
        }
    }
    text
}

fn in_json(findings: &[Finding]) -> String {
    let word = |state: State| match state {
        State::Good => "good",
        State::Warning => "warning",
        State::Bad => "bad",
        State::Skipped => "skipped",
    };
    let checks: Vec<_> = findings
        .iter()
        .map(|it| json!({"check": it.check, "state": word(it.state), "says": it.says, "remedy": it.remedy}))
        .collect();
    format!("{}\n", json!({ "checks": checks }))
}
