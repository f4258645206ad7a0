//! A browser, as its cookie tells.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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
        Some(Self { secret: Secret::new(secret.to_owned()), tenants })
    }

    /// A browser that nothing has been proven in. Send its cookie along.
    pub fn fresh(rng: Rng) -> Self {
        let secret = URL_SAFE_NO_PAD.encode(rng.bytes::<32>());
        Self { secret: Secret::new(secret), tenants: Vec::new() }
    }

    pub fn of_or_fresh(cookies: &Cookies, rng: Rng) -> Self {
        Self::of(cookies).unwrap_or_else(|| Self::fresh(rng))
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
        let to = Browser { secret: Browser::fresh(rng).secret, tenants: browser.tenants.clone() };
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
        (Cookies::of(&HeaderMap::from_iter([(http::header::COOKIE, pair)]), &origin), header)
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
    fn what_is_no_cookie_of_ours_is_no_browser() {
        let origin = Origin::parse("https://a.example").unwrap();
        let short = "A".repeat(42);
        let long = "A".repeat(44);
        for value in ["", ".", "x", &short, &long, &format!("{short}!")] {
            let pair = format!("__Host-lodge_session={value}").parse().unwrap();
            let headers = HeaderMap::from_iter([(http::header::COOKIE, pair)]);
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
