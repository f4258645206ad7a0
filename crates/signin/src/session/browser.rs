//! A browser, as its cookie tells.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, header};
use kernel::{Rng, Secret, TenantId};
use web::{Cookie, Cookies};

/// More accounts than a person has organisations: older ones are forgotten by the cookie, and so signed out.
const MOST_TENANTS: usize = 16;
const SECRET_LENGTH: usize = 43;

/// The secret of a browser, known to it alone, and the tenants it has accounts in, the last used first.
///
/// The tenants are no secret and prove nothing: they only say where to look for rows of this secret.
#[derive(Clone)]
pub struct Browser {
    secret: Secret<String>,
    tenants: Vec<TenantId>,
    device: Option<Device>,
}

/// What a browser says it is, so that a person knows their own sessions again: `Firefox/Linux`. It proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub browser: &'static str,
    pub system: &'static str,
}

/// A word of the user agent and what it means; the first that is found counts, for later ones claim to be it.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Device {
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
        let among = |names: &[(&str, &'static str)]| {
            names.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
        };
        Some(Self { browser: among(&BROWSERS)?, system: among(&SYSTEMS)? })
    }

    /// As it lies in the table.
    pub fn stored(self) -> String {
        format!("{}/{}", self.browser, self.system)
    }
}

impl Browser {
    pub const COOKIE: &'static str = "lodge_session";

    /// The browser that sent these cookies, if it has been here.
    pub fn of(cookies: &Cookies) -> Option<Self> {
        let mut parts = cookies.get(Self::COOKIE)?.split('.');
        let secret = parts.next()?;
        if secret.len() != SECRET_LENGTH || URL_SAFE_NO_PAD.decode(secret).ok()?.len() != 32 {
            return None;
        }
        let tenants = parts.take(MOST_TENANTS).filter_map(parse_tenant).collect();
        Some(Self { secret: Secret::new(secret.to_owned()), tenants, device: None })
    }

    /// A browser that nothing has been proven in. Send its cookie along.
    pub fn fresh(rng: Rng) -> Self {
        let secret = URL_SAFE_NO_PAD.encode(rng.bytes::<32>());
        Self { secret: Secret::new(secret), tenants: Vec::new(), device: None }
    }

    /// Lives as long as the browser's own session.
    pub fn cookie(&self) -> Cookie {
        let mut value = self.secret.expose().clone();
        for tenant in &self.tenants {
            value.push('.');
            value.push_str(&tenant.0.simple().to_string());
        }
        Cookie::new(Self::COOKIE, value)
    }

    /// What the store knows the browser by.
    pub fn digest(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, self.secret.expose().as_bytes()).as_ref());
        bytes
    }

    /// The tenants this browser has accounts in, the last used first.
    pub fn tenants(&self) -> &[TenantId] {
        &self.tenants
    }

    /// The same browser, which says it is this.
    #[must_use]
    pub fn on(mut self, device: Option<Device>) -> Self {
        self.device = device;
        self
    }

    pub fn device(&self) -> Option<Device> {
        self.device
    }

    /// The same browser, last used at this tenant.
    #[must_use]
    pub fn at(mut self, tenant: TenantId) -> Self {
        self.tenants.retain(|known| *known != tenant);
        self.tenants.insert(0, tenant);
        self.tenants.truncate(MOST_TENANTS);
        self
    }
}

fn parse_tenant(text: &str) -> Option<TenantId> {
    (text.len() == 32).then(|| uuid::Uuid::try_parse(text).ok().map(TenantId)).flatten()
}

/// A new secret for a browser in which something is being proven. Rows move from the old one to the new one in
/// the transaction of the proof; [`super::SessionService::settle`] moves those of other tenants.
#[derive(Clone)]
pub struct Renewal {
    pub(crate) from: Browser,
    pub(crate) to: Browser,
}

impl Renewal {
    pub fn of(browser: &Browser, rng: Rng, tenant: TenantId) -> Self {
        let to = Browser {
            secret: Browser::fresh(rng).secret,
            tenants: browser.tenants.clone(),
            device: browser.device,
        };
        Self { from: browser.clone(), to: to.at(tenant) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;
    use kernel::Origin;

    fn cookies(browser: &Browser, origin: &str) -> (Cookies, String) {
        let origin = Origin::parse(origin).unwrap();
        let header = browser.cookie().header(&origin).unwrap().to_str().unwrap().to_owned();
        let pair = header.split(';').next().unwrap().parse().unwrap();
        (Cookies::of(&HeaderMap::from_iter([(header::COOKIE, pair)]), &origin), header)
    }

    #[test]
    fn a_browser_is_read_back_from_its_cookie() {
        let tenants = [1, 2].map(|n| TenantId(uuid::Uuid::from_u128(n)));
        let browser = Browser::fresh(Rng::system()).at(tenants[0]).at(tenants[1]);
        let (cookies, header) = cookies(&browser, "https://guests.contoso.example");
        let read = Browser::of(&cookies).unwrap();
        assert_eq!(read.digest(), browser.digest());
        assert_eq!(read.tenants(), [tenants[1], tenants[0]]);
        assert!(header.starts_with("__Host-lodge_session="), "{header}");
        assert!(header.ends_with("; Path=/; HttpOnly; Secure; SameSite=Lax"), "{header}");
    }

    #[test]
    fn the_cookie_forgets_all_but_the_last_sixteen_tenants() {
        let mut browser = Browser::fresh(Rng::system());
        for n in 0..40 {
            browser = browser.at(TenantId(uuid::Uuid::from_u128(n)));
        }
        assert_eq!(browser.tenants().len(), MOST_TENANTS);
        let (cookies, _) = cookies(&browser, "https://a.example");
        assert_eq!(Browser::of(&cookies).unwrap().tenants(), browser.tenants());
    }

    #[test]
    fn a_browser_is_known_by_its_name_and_its_system() {
        let of = |agent: &str| {
            let pair = [(header::USER_AGENT, agent.parse().unwrap())];
            Device::of(&HeaderMap::from_iter(pair)).map(Device::stored)
        };
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";
        assert_eq!(of(firefox).as_deref(), Some("Firefox/Linux"));
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(of(edge).as_deref(), Some("Edge/Windows"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";
        assert_eq!(of(phone).as_deref(), Some("Safari/iPhone"));
        assert_eq!(of("curl/8.5.0"), None);
    }

    #[test]
    fn what_is_no_cookie_of_ours_is_no_browser() {
        let origin = Origin::parse("https://a.example").unwrap();
        let short = "A".repeat(42);
        let long = "A".repeat(44);
        for value in ["", ".", "x", &short, &long, &format!("{short}!")] {
            let pair = format!("__Host-lodge_session={value}").parse().unwrap();
            let headers = HeaderMap::from_iter([(header::COOKIE, pair)]);
            assert!(Browser::of(&Cookies::of(&headers, &origin)).is_none(), "{value:?}");
        }
    }

    #[test]
    fn a_renewed_browser_has_another_secret_and_the_same_tenants() {
        let tenant = TenantId(uuid::Uuid::from_u128(7));
        let browser = Browser::fresh(Rng::system());
        let renewal = Renewal::of(&browser, Rng::system(), tenant);
        assert_eq!(renewal.from.digest(), browser.digest());
        assert_ne!(renewal.to.digest(), browser.digest());
        assert_eq!(renewal.to.tenants(), [tenant]);
    }
}
