//! Looking things up in the DNS, with an answer that never passes a failure off as an absence.

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RData;
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// For each try at each server.
const TIMEOUT: Duration = Duration::from_secs(2);
const TRIES: usize = 2;
/// All of one lookup.
const LONGEST: Duration = Duration::from_secs(6);

/// What the DNS says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer<T> {
    Found(Vec<T>),
    /// The name, or a record of this kind, does not exist: somebody who knows has said so.
    Absent,
    /// It is not known, with the reason.
    Failed(String),
}

impl<T> Answer<T> {
    /// What was found; nothing if it is absent or not known.
    pub fn found(&self) -> &[T] {
        match self {
            Self::Found(all) => all,
            Self::Absent | Self::Failed(_) => &[],
        }
    }
}

/// Cheap to clone. It remembers nothing: whoever has just published a record wants to see it.
#[derive(Clone)]
pub struct Dns(TokioResolver);

impl Dns {
    /// Asks whom this machine asks.
    pub fn of_this_machine() -> Result<Self> {
        let (config, options) = hickory_resolver::system_conf::read_system_conf().map_err(wrong)?;
        Self::new(config, options)
    }

    /// Asks these servers.
    pub fn at(servers: &[SocketAddr]) -> Result<Self> {
        let server = |address: &SocketAddr| {
            let mut connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
            for connection in &mut connections {
                connection.port = address.port();
            }
            NameServerConfig::new(address.ip(), true, connections.into())
        };
        let config = ResolverConfig::from_parts(None, Vec::new(), servers.iter().map(server).collect());
        Self::new(config, ResolverOpts::default())
    }

    fn new(config: ResolverConfig, options: ResolverOpts) -> Result<Self> {
        let mut builder =
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()).with_options(options);
        let options = builder.options_mut();
        options.timeout = TIMEOUT;
        options.attempts = TRIES;
        options.cache_size = 0;
        Ok(Self(builder.build().map_err(wrong)?))
    }

    /// The texts at a name, each with its parts put together.
    pub async fn texts(&self, name: &str) -> Answer<String> {
        let lookup = self.0.txt_lookup(absolute(name));
        let answers = match tokio::time::timeout(LONGEST, lookup).await {
            Ok(Ok(lookup)) => lookup,
            Ok(Err(error)) => return failed(&error),
            Err(_) => return silent(),
        };
        let text = |data: &RData| match data {
            RData::TXT(text) => {
                let bytes: Vec<u8> = text.txt_data.iter().flatten().copied().collect();
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => None,
        };
        some(answers.answers().iter().filter_map(|record| text(&record.data)).collect())
    }

    /// The addresses of a host.
    pub async fn addresses(&self, host: &str) -> Answer<IpAddr> {
        match tokio::time::timeout(LONGEST, self.0.lookup_ip(absolute(host))).await {
            Ok(Ok(lookup)) => some(lookup.iter().collect()),
            Ok(Err(error)) => failed(&error),
            Err(_) => silent(),
        }
    }
}

/// No search domain of the machine is tried.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn some<T>(found: Vec<T>) -> Answer<T> {
    if found.is_empty() { Answer::Absent } else { Answer::Found(found) }
}

fn silent<T>() -> Answer<T> {
    Answer::Failed(format!("no answer within {} s", LONGEST.as_secs()))
}

fn failed<T>(error: &NetError) -> Answer<T> {
    let absent = |code| matches!(code, ResponseCode::NXDomain | ResponseCode::NoError);
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) if absent(none.response_code) => Answer::Absent,
        NetError::Dns(DnsError::NoRecordsFound(none)) => Answer::Failed(none.response_code.to_string()),
        NetError::Timeout => Answer::Failed("the name servers did not answer".to_owned()),
        other => Answer::Failed(other.to_string()),
    }
}

fn wrong(error: NetError) -> Error {
    Error::bad_request("The name servers of this machine cannot be read. Name some under dns.servers.")
        .because(error)
}
