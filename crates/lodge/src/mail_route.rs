//! How mail leaves, as far as the DNS is concerned: what *Mail health* compares the records of a domain with.

use crate::compose::dkim_key;
use crate::config;
use collaboration::mail_health::MailRoute;
use delivery::{DkimKey, Dns};
use kernel::{Origin, Result};
use std::net::{Ipv4Addr, SocketAddr};

/// On a laptop nothing leaves, so nothing is looked up.
pub fn on_a_laptop(origin: &Origin) -> MailRoute {
    MailRoute { dns: None, spf: format!("a:{}", origin.host()), dkim: Vec::new() }
}

pub fn of(mail: &config::Mail, origin: &Origin) -> Result<MailRoute> {
    let dns = if mail.name_servers.is_empty() { this_machine()? } else { Dns::at(&mail.name_servers)? };
    let keys: Vec<DkimKey> = mail.dkim.iter().map(dkim_key).collect::<Result<_>>()?;
    let spf = mail.spf.clone().unwrap_or_else(|| {
        let is_here = matches!(mail.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        format!("a:{}", if is_here { origin.host() } else { &mail.host })
    });
    Ok(MailRoute { dns: Some(dns), spf, dkim: keys.iter().map(DkimKey::record).collect() })
}

/// A machine without a list of name servers usually runs one itself.
fn this_machine() -> Result<Dns> {
    Dns::of_this_machine().or_else(|error| {
        tracing::warn!(%error, "name servers are asked on this machine, port 53");
        Dns::at(&[SocketAddr::from((Ipv4Addr::LOCALHOST, 53))])
    })
}
