//! What every request passes on its way to the router, and every answer on its way back: the client behind the
//! proxies is found, the `Host` is checked, a panic becomes a 500, the answer carries a `request-id`, and one line is logged, without the
//! query, in which tickets travel.

use super::connection::{Activity, Running};
use super::hosts::{Hosts, Refused};
use super::proxies::{Client, Proxies, encrypted};
use crate::metrics::Requests;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use kernel::{CorrelationId, Origin, Rng};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;
use tower::Service;
use tracing::Instrument;

/// Asked by balancers under whatever name and address they know; the answers are no secret.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

pub struct Door {
    pub router: Router,
    pub hosts: Hosts,
    pub proxies: Proxies,
    pub speaks_tls: bool,
    pub origin: Origin,
    pub transport_security: Option<HeaderValue>,
    pub rng: Rng,
    pub longest: Duration,
    pub requests: Requests,
}

impl Door {
    pub async fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        activity: Arc<Activity>,
    ) -> Result<Response<Counted>, Infallible> {
        let running = activity.begin();
        let began = Instant::now();
        let method = request.method().clone();
        let uri = request.uri().clone();
        let client = self.proxies.client(peer, request.headers());
        // Everything that is logged on the way carries it, and so do the audit log and the answer.
        let id = CorrelationId(self.rng.uuid());
        let span = tracing::info_span!("request", request_id = %id);
        let mut response = match self.look_at(&request, peer, client) {
            Ok(()) => self.pass(request, client.address, id).instrument(span).await,
            Err(turned_away) => turned_away,
        };
        let took = began.elapsed();
        self.requests.count(&method, &response, took);
        let headers = response.headers_mut();
        let request_id = headers.entry(&REQUEST_ID).or_insert_with(|| header_of(id)).clone();
        if let Some(value) = &self.transport_security {
            headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert_with(|| value.clone());
        }
        tracing::info!(
            target: "lodge::access",
            %method,
            path = uri.path(),
            status = response.status().as_u16(),
            microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            peer = %client.address.ip(),
            request_id = request_id.to_str().unwrap_or_default(),
        );
        Ok(response.map(|body| Counted { body, _running: running }))
    }

    /// Whether a request may come in at all; if not, the answer.
    #[expect(clippy::result_large_err, reason = "the answer that is sent")]
    fn look_at(
        &self,
        request: &Request<Incoming>,
        peer: SocketAddr,
        client: Client,
    ) -> Result<(), Response<Body>> {
        if PROBES.contains(&request.uri().path()) {
            return Ok(());
        }
        if !self.speaks_tls && !self.proxies.may_speak_plainly(peer.ip()) {
            return Err(plain(
                StatusCode::FORBIDDEN,
                "Plain HTTP is spoken with the proxies of the configuration alone: add this one to proxies.",
            ));
        }
        self.hosts.check(request.uri(), request.headers()).map_err(turn_away)?;
        if client.came_in_plain_text && self.origin.is_https() {
            return Err(send_to_tls(request, &self.origin));
        }
        Ok(())
    }

    async fn pass(
        &self,
        request: Request<Incoming>,
        client: SocketAddr,
        id: CorrelationId,
    ) -> Response<Body> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(client));
        request.extensions_mut().insert(id);
        let mut router = self.router.clone();
        let answer = AssertUnwindSafe(router.call(request)).catch_unwind();
        match tokio::time::timeout(self.longest, answer).await {
            Ok(Ok(Ok(response))) => response,
            // The panic itself has been told on standard error by the runtime's hook.
            Ok(Err(_)) => plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong on our side. Try again, or give the request id to your administrator.",
            ),
            Err(_) => {
                let mut response = plain(StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive.");
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                response
            }
        }
    }
}

/// Hexadecimal digits and hyphens always make a header.
fn header_of(id: CorrelationId) -> HeaderValue {
    HeaderValue::from_str(&id.to_string()).unwrap_or(HeaderValue::from_static("none"))
}

fn turn_away(refused: Refused) -> Response<Body> {
    match refused {
        Refused::Malformed => plain(StatusCode::BAD_REQUEST, "The request needs exactly one readable Host."),
        Refused::Unknown => plain(StatusCode::MISDIRECTED_REQUEST, "This host is not served here."),
    }
}

/// A page is found again under https; what carried a secret in plain text is refused, so that it is mended.
fn send_to_tls(request: &Request<Incoming>, origin: &Origin) -> Response<Body> {
    let mut response = plain(
        StatusCode::FORBIDDEN,
        "This came to the proxy in plain text. Use the address that begins with https.",
    );
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(target) = encrypted(origin, request.uri()).filter(|_| is_safe) {
        *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
        response.headers_mut().insert(header::LOCATION, target);
    }
    response
}

/// An error of the server itself, before or beside every face: in the form that Graph clients read.
fn plain(status: StatusCode, message: &str) -> Response<Body> {
    let code = match status {
        StatusCode::INTERNAL_SERVER_ERROR => "InternalServerError",
        StatusCode::REQUEST_TIMEOUT => "RequestTimeout",
        StatusCode::FORBIDDEN => "Forbidden",
        _ => "BadRequest",
    };
    let body = serde_json::json!({ "error": { "code": code, "message": message } }).to_string();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// None where the origin is no real name: it would break every plain `http://localhost` of the browser.
pub fn transport_security(origin: &Origin) -> Option<HeaderValue> {
    let host = origin.host();
    let is_address = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    let is_real_name = host.contains('.') && !is_address && !origin.is_localhost();
    (origin.is_https() && is_real_name).then(|| HeaderValue::from_static("max-age=31536000"))
}

/// A body that keeps its request counted as under way.
pub struct Counted {
    body: Body,
    _running: Running,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
