//! The hosts that are answered. Everything else is refused, so that no page can be reached under a name of a
//! stranger's choosing (DNS rebinding), whatever later code does with the name.

use http::uri::Authority;
use http::{HeaderMap, Uri, header};
use kernel::Origin;

/// Authorities in lower case, each as it may stand in a `Host` header.
#[derive(Clone, Debug)]
pub struct Hosts(Vec<String>);

#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// None, several, or one that cannot be read: 400.
    Malformed,
    /// A host that is not served here: 421.
    Unknown,
}

impl Hosts {
    /// The origin's authority, with and without the port where that is the scheme's own.
    pub fn of(origin: &Origin) -> Self {
        let authority = origin.authority().to_ascii_lowercase();
        let usual = if origin.is_https() { 443 } else { 80 };
        let mut hosts = vec![authority.clone()];
        if authority == origin.host().to_ascii_lowercase() {
            hosts.push(format!("{authority}:{usual}"));
        }
        Self(hosts)
    }

    /// Adds this machine's own names with the given port.
    #[must_use]
    pub fn and_loopback(mut self, port: u16) -> Self {
        for name in ["localhost", "127.0.0.1", "[::1]"] {
            self.0.push(format!("{name}:{port}"));
            if port == 443 {
                self.0.push(name.to_owned());
            }
        }
        self
    }

    /// Looks at the request's target and its `Host`; where there are both, both must be served here.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        let mut named = headers.get_all(header::HOST).iter();
        let (host, second) = (named.next(), named.next());
        if second.is_some() {
            return Err(Refused::Malformed);
        }
        if let Some(authority) = uri.authority() {
            self.check_one(authority.as_str())?;
        }
        match host {
            Some(host) => self.check_one(host.to_str().map_err(|_| Refused::Malformed)?),
            None if uri.authority().is_some() => Ok(()),
            None => Err(Refused::Malformed),
        }
    }

    fn check_one(&self, authority: &str) -> Result<(), Refused> {
        if self.0.iter().any(|host| host.eq_ignore_ascii_case(authority)) {
            return Ok(());
        }
        let is_readable = authority.parse::<Authority>().is_ok_and(|read| !read.as_str().contains('@'));
        Err(if is_readable { Refused::Unknown } else { Refused::Malformed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn check(hosts: &Hosts, uri: &str, host: &[&str]) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        for host in host {
            headers.append(header::HOST, HeaderValue::from_str(host).unwrap());
        }
        hosts.check(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn only_the_origin_is_answered() {
        let hosts = Hosts::of(&Origin::parse("https://guests.contoso.example").unwrap());
        for good in ["guests.contoso.example", "Guests.Contoso.Example", "guests.contoso.example:443"] {
            assert_eq!(check(&hosts, "/", &[good]), Ok(()), "{good}");
        }
        for unknown in [
            "guests.contoso.example:8443",
            "guests.contoso.example.",
            "guests.contoso.example.evil.example",
            "localhost",
            "127.0.0.1",
        ] {
            assert_eq!(check(&hosts, "/", &[unknown]), Err(Refused::Unknown), "{unknown}");
        }
        for malformed in ["", "a b", "user@guests.contoso.example", "a/b"] {
            assert_eq!(check(&hosts, "/", &[malformed]), Err(Refused::Malformed), "{malformed}");
        }
    }

    #[test]
    fn neither_a_second_host_nor_an_absolute_target_gets_around_it() {
        let hosts = Hosts::of(&Origin::parse("https://a.example").unwrap());
        assert_eq!(check(&hosts, "/", &[]), Err(Refused::Malformed));
        assert_eq!(check(&hosts, "/", &["a.example", "a.example"]), Err(Refused::Malformed));
        assert_eq!(check(&hosts, "https://evil.example/", &["a.example"]), Err(Refused::Unknown));
        assert_eq!(check(&hosts, "https://a.example/", &["evil.example"]), Err(Refused::Unknown));
        assert_eq!(check(&hosts, "https://a.example/", &[]), Ok(()));
    }

    #[test]
    fn loopback_names_are_added_with_their_port() {
        let hosts = Hosts::of(&Origin::parse("https://localhost:8443").unwrap()).and_loopback(8443);
        for good in ["localhost:8443", "127.0.0.1:8443", "[::1]:8443"] {
            assert_eq!(check(&hosts, "/", &[good]), Ok(()), "{good}");
        }
        assert_eq!(check(&hosts, "/", &["localhost"]), Err(Refused::Unknown));
        assert_eq!(check(&hosts, "/", &["localhost:8444"]), Err(Refused::Unknown));
    }
}
