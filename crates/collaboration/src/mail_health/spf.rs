//! The SPF record of a domain with what it includes, followed as RFC 7208 bounds it: ten lookups.

use delivery::{Answer, Dns};
use std::collections::VecDeque;
use std::net::IpAddr;

const MOST_LOOKUPS: usize = 10;

/// What a domain's record comes to.
pub struct SpfFacts {
    /// The texts at the domain itself.
    pub texts: Answer<String>,
    /// The term that names the mail server, such as `include:_spf.relay.example`.
    pub expected: String,
    /// All terms, those of included records too.
    terms: Vec<String>,
    /// Addresses that the terms let send.
    addresses: Vec<IpAddr>,
    /// Where the mail server sends from, as far as its term says.
    server: Vec<IpAddr>,
    /// Why receivers stop reading before the end.
    pub broken: Option<String>,
    /// What was not answered.
    pub failed: Option<String>,
}

impl SpfFacts {
    /// The record alone, with nothing followed.
    pub fn of_records(texts: Answer<String>, expected: String) -> Self {
        let terms = terms(&texts);
        Self { texts, expected, terms, addresses: Vec::new(), server: Vec::new(), broken: None, failed: None }
    }

    /// Whether mail of the mail server passes.
    pub fn covers_server(&self) -> bool {
        let named = self.terms.iter().any(|term| plain(term).eq_ignore_ascii_case(plain(&self.expected)));
        named || (!self.server.is_empty() && self.server.iter().all(|address| self.allows(*address)))
    }

    fn allows(&self, address: IpAddr) -> bool {
        self.addresses.contains(&address)
            || self.terms.iter().any(|term| network(term).is_some_and(|network| network.contains(address)))
    }

    pub async fn look_up(dns: &Dns, domain: &str, expected: String) -> Self {
        let mut facts = Self::of_records(dns.texts(domain).await, expected);
        if let Some(network) = network(&facts.expected) {
            facts.server.push(network.address);
        } else if let Some(host) = plain(&facts.expected).strip_prefix("a:") {
            facts.server.extend(dns.addresses(host).await.found());
        }
        let mut lookups = 0;
        let mut open: VecDeque<(String, String)> =
            facts.terms.iter().map(|term| (domain.to_owned(), term.clone())).collect();
        while let Some((place, term)) = open.pop_front() {
            let Some((kind, target)) = followed(&term, &place) else { continue };
            lookups += 1;
            if lookups > MOST_LOOKUPS {
                facts.broken = Some(format!("more than {MOST_LOOKUPS} lookups"));
                break;
            }
            match kind {
                Follow::Record => {
                    let texts = dns.texts(&target).await;
                    match &texts {
                        Answer::Failed(why) => facts.failed = Some(format!("{target}: {why}")),
                        _ if terms(&texts).is_empty() => {
                            facts.broken = Some(format!("{target} has no record"));
                        }
                        _ => {}
                    }
                    for term in terms(&texts) {
                        facts.terms.push(term.clone());
                        open.push_back((target.clone(), term));
                    }
                }
                Follow::Host => match dns.addresses(&target).await {
                    Answer::Found(found) => facts.addresses.extend(found),
                    Answer::Failed(why) => facts.failed = Some(format!("{target}: {why}")),
                    Answer::Absent => {}
                },
            }
        }
        facts
    }
}

enum Follow {
    Record,
    Host,
}

/// What a term leads to. `mx` counts as a lookup and is not followed: a mail server is named by its own term.
fn followed(term: &str, place: &str) -> Option<(Follow, String)> {
    let term = plain(term);
    let lower = term.to_ascii_lowercase();
    if let Some(target) = lower.strip_prefix("include:").or_else(|| lower.strip_prefix("redirect=")) {
        return (!target.contains('%')).then(|| (Follow::Record, target.to_owned()));
    }
    if lower == "a" {
        return Some((Follow::Host, place.to_owned()));
    }
    let host = lower.strip_prefix("a:")?.split('/').next()?.to_owned();
    (!host.contains('%')).then_some((Follow::Host, host))
}

fn terms(texts: &Answer<String>) -> Vec<String> {
    let record = texts.found().iter().find(|text| {
        let mut words = text.split_whitespace();
        words.next().is_some_and(|version| version.eq_ignore_ascii_case("v=spf1"))
    });
    record.map(|text| text.split_whitespace().skip(1).map(str::to_owned).collect()).unwrap_or_default()
}

/// A term without the sign that lets pass.
fn plain(term: &str) -> &str {
    term.strip_prefix('+').unwrap_or(term)
}

struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    fn contains(&self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32_u32.saturating_sub(self.length);
                u32::from(own).checked_shr(shift) == u32::from(other).checked_shr(shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128_u32.saturating_sub(self.length);
                u128::from(own).checked_shr(shift) == u128::from(other).checked_shr(shift)
            }
            _ => false,
        }
    }
}

/// `ip4:198.51.100.0/24` and `ip6:2001:db8::1`.
fn network(term: &str) -> Option<Network> {
    let lower = plain(term).to_ascii_lowercase();
    let text = lower.strip_prefix("ip4:").or_else(|| lower.strip_prefix("ip6:"))?;
    let (address, length) =
        text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let length = length.map_or(Some(whole), |length| length.parse().ok())?;
    (length <= whole).then_some(Network { address, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_what_their_length_says() {
        let contains = |term: &str, address: &str| network(term).unwrap().contains(address.parse().unwrap());
        assert!(contains("ip4:198.51.100.0/24", "198.51.100.24"));
        assert!(!contains("ip4:198.51.100.0/24", "198.51.101.24"));
        assert!(contains("+ip4:198.51.100.24", "198.51.100.24"));
        assert!(contains("ip4:0.0.0.0/0", "203.0.113.9"));
        assert!(contains("ip6:2001:db8::/32", "2001:db8::9"));
        assert!(!contains("ip6:2001:db8::/32", "198.51.100.24"));
        for term in ["-ip4:1.2.3.4", "ip4:1.2.3.4/33", "ip4:x", "include:ip4:1.2.3.4"] {
            assert!(network(term).is_none(), "{term}");
        }
    }
}
