//! The configuration of `lodge serve`: a TOML file, overlaid by `LODGE_*` variables. Every key stands in one
//! table ([`keys::KEYS`]), from which docs/operating/configuration.md is written and by which whatever is
//! given is checked. Files and environment are read here and nowhere else.

mod build;
mod gather;
mod keys;
pub mod master_key;
mod reference;
mod schema;

pub use gather::Environment;
pub use master_key::MasterKeySource;
pub use reference::reference;
pub use schema::schema;

use crate::metrics;
use crate::server::Proxies;
use kernel::{EmailAddress, Error, Origin, Secret};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use store::Location;

/// What `lodge serve` runs on.
pub struct Config {
    /// What links, tokens and `@odata.*` carry, and the only `Host` that is answered.
    pub origin: Origin,
    pub listen: SocketAddr,
    pub proxies: Proxies,
    /// None: plain HTTP, on loopback or with the proxies only.
    pub tls: Option<TlsFiles>,
    pub database: Location,
    pub master_key: MasterKeySource,
    pub mail: Mail,
    pub limits: Limits,
    /// From an invitation to the end of its link: 1 to 365 days, unless a tenant sets its own.
    pub link_lifetime_days: u16,
    pub log: Log,
    /// None: not served.
    pub metrics: Option<metrics::Settings>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// How mail leaves.
pub struct Mail {
    pub from: EmailAddress,
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    pub login: Option<Login>,
    /// Trusted besides the public authorities.
    pub ca_file: Option<PathBuf>,
    /// Messages under way at the same time.
    pub connections: u32,
    /// The longest wait for an answer.
    pub timeout_seconds: u32,
    /// Each signs every message.
    pub dkim: Vec<DkimFile>,
    /// The SPF term that names the mail server.
    pub spf: Option<String>,
    /// Who is asked about the records of sender domains; empty: whom this machine asks.
    pub name_servers: Vec<SocketAddr>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DkimFile {
    pub selector: String,
    pub key: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// Plain at first, then STARTTLS or nothing is sent.
    StartTls,
    None,
}

pub struct Login {
    pub user: String,
    pub password: Secret<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub invitation_mails_per_tenant_and_hour: u32,
    pub invitation_mails_per_inviter_and_minute: u32,
    pub invitation_mails_per_recipient_and_day: u32,
    pub graph: graph::Budget,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// A level, or directives such as `info,store=debug`.
    pub level: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Reads the file and what the environment overlays it with. The first thing wrong is the error.
    pub fn load(file: &Path, environment: &Environment) -> Result<Self, Error> {
        let text = std::fs::read_to_string(file).map_err(|error| {
            Error::bad_request(format!("The configuration {} cannot be read: {error}.", file.display()))
        })?;
        Self::parse(file, &text, environment)
    }

    /// Relative paths are relative to the directory of `file`.
    pub fn parse(file: &Path, text: &str, environment: &Environment) -> Result<Self, Error> {
        build::config(gather::gather(file, text, environment)?)
    }
}

/// What a running server cannot change, by its key. The values are for comparison alone: a secret is among them.
pub struct Fixed([(&'static str, Secret<String>); 9]);

impl Config {
    pub fn fixed(&self) -> Fixed {
        let tls = if self.tls.is_some() { "on" } else { "off" };
        let values = [
            ("origin", self.origin.to_string()),
            ("listen", self.listen.to_string()),
            ("proxies", format!("{:?}", self.proxies)),
            ("tls.certificate_file", tls.to_owned()),
            ("database", format!("{:?}", self.database)),
            ("mail.from", self.mail.from.to_string()),
            ("invitations.link_lifetime_days", self.link_lifetime_days.to_string()),
            ("metrics", self.metrics.as_ref().map(|it| it.listen.to_string()).unwrap_or_default()),
            ("log.format", format!("{:?}", self.log.format)),
        ];
        Fixed(values.map(|(key, value)| (key, Secret::new(value))))
    }
}

impl Fixed {
    /// The keys that differ.
    pub fn differing(&self, other: &Self) -> Vec<&'static str> {
        let both = self.0.iter().zip(&other.0);
        both.filter(|((_, own), (_, other))| own.expose() != other.expose())
            .map(|((key, _), _)| *key)
            .collect()
    }
}

#[cfg(test)]
mod tests;
