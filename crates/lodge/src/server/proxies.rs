//! Where a request really comes from, when it comes through proxies.
//!
//! A header can be written by anybody, so only what a proxy of the configuration has written is believed: the
//! list of addresses is read from its right end, where the nearest proxy wrote, and the first address that is
//! no proxy's is the client. What stands left of it the client may have made up.
//!
//! No header names the host: a page in a browser can send any header to its own origin, so a believed
//! `X-Forwarded-Host` would undo the check of `Host`. Proxies pass `Host` on.

use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use ipnet::IpNet;
use kernel::Origin;
use std::net::{IpAddr, SocketAddr};

const FORWARDED: HeaderName = HeaderName::from_static("forwarded");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Which of the two conventions the proxies speak. Only one is read: a proxy that writes one passes the other on
/// as the client sent it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For` and `X-Forwarded-Proto`.
    #[default]
    XForwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// The proxies whose headers are believed; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    pub networks: Vec<IpNet>,
    pub header: ForwardedHeader,
}

/// Who asks, as far as that can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The port is 0 where only the address is known.
    pub address: SocketAddr,
    /// A proxy says that the client came to it without TLS.
    pub came_in_plain_text: bool,
}

impl Proxies {
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Plain HTTP is spoken with this machine and with the proxies, with nobody else.
    pub fn may_speak_plainly(&self, peer: IpAddr) -> bool {
        peer.to_canonical().is_loopback() || self.trusts(peer)
    }

    pub fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> Client {
        let direct = Client { address: peer, came_in_plain_text: false };
        if !self.trusts(peer.ip()) {
            return direct;
        }
        let (addresses, protocol) = match self.header {
            ForwardedHeader::XForwarded => (
                list(headers, &FORWARDED_FOR).map(str::to_owned).collect::<Vec<_>>(),
                list(headers, &FORWARDED_PROTO).last().map(str::to_owned),
            ),
            ForwardedHeader::Forwarded => {
                let hops: Vec<&str> = list(headers, &FORWARDED).collect();
                let protocol = hops.last().and_then(|hop| parameter(hop, "proto"));
                (hops.iter().map(|hop| parameter(hop, "for").unwrap_or_default()).collect(), protocol)
            }
        };
        Client {
            address: self.nearest_stranger(&addresses).map_or(peer, |address| SocketAddr::new(address, 0)),
            came_in_plain_text: protocol.is_some_and(|protocol| protocol.eq_ignore_ascii_case("http")),
        }
    }

    /// The rightmost address that is no proxy's. One that cannot be read ends the search at the proxy that
    /// wrote it; if all are proxies, the leftmost asks on its own behalf.
    fn nearest_stranger(&self, addresses: &[String]) -> Option<IpAddr> {
        let mut nearest = None;
        for text in addresses.iter().rev() {
            let Some(address) = address(text) else { break };
            nearest = Some(address);
            if !self.trusts(address) {
                break;
            }
        }
        nearest
    }
}

/// Where a client that came in plain text is sent: the same address under the origin.
pub fn encrypted(origin: &Origin, uri: &Uri) -> Option<HeaderValue> {
    let path = uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    HeaderValue::from_str(&format!("{origin}{path}")).ok()
}

/// The entries of a header that is a list, over all its lines, in order.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

/// `for="[2001:db8::1]:4711";proto=https`: the value under a name.
fn parameter(hop: &str, name: &str) -> Option<String> {
    hop.split(';').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// An address with or without brackets and port.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.parse::<IpAddr>().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    plain.or_else(with_port).or_else(bracketed).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(header: ForwardedHeader) -> Proxies {
        let networks = ["10.0.0.0/8", "2001:db8:f::/48"].map(|text| text.parse().unwrap());
        Proxies { networks: networks.to_vec(), header }
    }

    fn seen(header: ForwardedHeader, peer: &str, lines: &[(&'static str, &str)]) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
        let client = proxies(header).client(peer, &headers);
        (client.address.ip().to_string(), client.came_in_plain_text)
    }

    #[test]
    fn the_first_address_from_the_right_that_is_no_proxys_is_the_client() {
        let cases = [
            ("198.51.100.7", "203.0.113.9", "198.51.100.7", "a stranger's header is not read"),
            ("10.0.0.1", "203.0.113.9", "203.0.113.9", "one proxy"),
            ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9", "made up on the left"),
            ("10.0.0.1", "10.0.0.9, 10.0.0.2", "10.0.0.9", "a proxy asks for itself"),
            ("10.0.0.1", "203.0.113.9:1234", "203.0.113.9", "with a port"),
            ("10.0.0.1", "[2001:db8::5]:1234, 2001:db8:f::1", "2001:db8::5", "IPv6"),
            ("10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2", "unreadable: as far as it is known"),
            ("10.0.0.1", "nonsense", "10.0.0.1", "unreadable"),
            ("10.0.0.1", "", "10.0.0.1", "empty"),
            ("::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9", "IPv4 through an IPv6 socket"),
        ];
        for (peer, header, expected, why) in cases {
            let (address, _) = seen(ForwardedHeader::XForwarded, peer, &[("x-forwarded-for", header)]);
            assert_eq!(address, expected, "{why}");
        }
        let lines = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(
            seen(ForwardedHeader::XForwarded, "10.0.0.1", &lines).0,
            "203.0.113.9",
            "two lines are one"
        );
    }

    #[test]
    fn only_the_convention_of_the_configuration_is_read() {
        let lines = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=198.51.100.3;proto=http")];
        let read = |header| seen(header, "10.0.0.1", &lines);
        assert_eq!(read(ForwardedHeader::XForwarded), ("203.0.113.9".to_owned(), false));
        assert_eq!(read(ForwardedHeader::Forwarded), ("198.51.100.3".to_owned(), true));
        let quoted = [("forwarded", "for=1.1.1.1, For=\"[2001:db8::5]:80\";Proto=HTTPS, for=_hidden")];
        assert_eq!(
            seen(ForwardedHeader::Forwarded, "10.0.0.1", &quoted).0,
            "10.0.0.1",
            "a hidden hop ends it"
        );
        let quoted = [("forwarded", "for=1.1.1.1, For=\"[2001:db8::5]:80\";Proto=HTTPS")];
        assert_eq!(seen(ForwardedHeader::Forwarded, "10.0.0.1", &quoted), ("2001:db8::5".to_owned(), false));
    }

    #[test]
    fn only_a_proxy_is_believed_about_plain_text() {
        let lines = [("x-forwarded-proto", "https, http")];
        assert!(seen(ForwardedHeader::XForwarded, "10.0.0.1", &lines).1);
        assert!(!seen(ForwardedHeader::XForwarded, "203.0.113.9", &lines).1);
    }
}
