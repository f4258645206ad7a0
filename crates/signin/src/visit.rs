//! Who sends a request to a page, before anything is known about them.

use crate::session::{Browser, Device};
use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use kernel::{Act, Actor, CorrelationId, Error, Rng};
use std::net::{IpAddr, SocketAddr};
use web::{Cookies, Failure, Pages};

/// Cookies and network of a request. An extractor for handlers behind [`Pages::attach`].
#[derive(Clone)]
pub struct Visit {
    pub cookies: Cookies,
    pub network: Option<IpAddr>,
    device: Option<Device>,
    correlation: Option<CorrelationId>,
}

impl Visit {
    /// The browser, if it has been here before.
    pub fn browser(&self) -> Option<Browser> {
        Browser::of(&self.cookies).map(|browser| browser.on(self.device))
    }

    /// The browser, or one that nothing has been proven in.
    pub fn browser_or_fresh(&self, rng: Rng) -> Browser {
        self.browser().unwrap_or_else(|| Browser::fresh(rng).on(self.device))
    }

    /// What `actor` does in this request.
    pub fn act(&self, actor: Actor, rng: Rng) -> Act {
        let correlation = self.correlation.unwrap_or_else(|| CorrelationId(rng.uuid()));
        Act { actor, correlation, network: self.network }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let pages = parts.extensions.get::<Pages>();
        let pages = pages.ok_or_else(|| Error::internal("a page route is not attached to Pages"))?;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self {
            cookies: Cookies::of(&parts.headers, pages.origin()),
            network: peer.map(|ConnectInfo(address)| address.ip().to_canonical()),
            device: Device::of(&parts.headers),
            correlation: parts.extensions.get::<CorrelationId>().copied(),
        })
    }
}
