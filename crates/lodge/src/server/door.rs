//! What every request passes on its way to the router, and every answer on its way back: the `Host` is
//! checked, a panic becomes a 500, the answer carries a `request-id`, and one line is logged, without the
//! query, in which tickets travel.

use super::connection::{Activity, Running};
use super::hosts::{Hosts, Refused};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use kernel::{Origin, Rng};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;
use tower::Service;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

pub struct Door {
    router: Router,
    hosts: Hosts,
    /// None where the origin is no real name: it would break every plain `http://localhost` of the browser.
    transport_security: Option<HeaderValue>,
    rng: Rng,
    longest: Duration,
}

impl Door {
    pub fn new(router: Router, hosts: Hosts, origin: &Origin, rng: Rng, longest: Duration) -> Self {
        Self { router, hosts, transport_security: transport_security(origin), rng, longest }
    }

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
        let mut response = match self.hosts.check(request.uri(), request.headers()) {
            Ok(()) => self.pass(request, peer).await,
            Err(refused) => turn_away(refused),
        };
        let headers = response.headers_mut();
        let request_id = match headers.get(&REQUEST_ID) {
            Some(given) => given.clone(),
            None => self.new_id(),
        };
        headers.entry(&REQUEST_ID).or_insert_with(|| request_id.clone());
        if let Some(value) = &self.transport_security {
            headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert_with(|| value.clone());
        }
        tracing::info!(
            target: "lodge::access",
            %method,
            path = uri.path(),
            status = response.status().as_u16(),
            microseconds = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
            peer = %peer.ip(),
            request_id = request_id.to_str().unwrap_or_default(),
        );
        Ok(response.map(|body| Counted { body, _running: running }))
    }

    async fn pass(&self, request: Request<Incoming>, peer: SocketAddr) -> Response<Body> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
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

    fn new_id(&self) -> HeaderValue {
        // Hexadecimal digits and hyphens always make a header.
        HeaderValue::from_str(&self.rng.uuid().to_string()).unwrap_or(HeaderValue::from_static("none"))
    }
}

fn turn_away(refused: Refused) -> Response<Body> {
    match refused {
        Refused::Malformed => plain(StatusCode::BAD_REQUEST, "The request needs exactly one readable Host."),
        Refused::Unknown => plain(StatusCode::MISDIRECTED_REQUEST, "This host is not served here."),
    }
}

/// An error of the server itself, before or beside every face: in the form that Graph clients read.
fn plain(status: StatusCode, message: &str) -> Response<Body> {
    let code = match status {
        StatusCode::INTERNAL_SERVER_ERROR => "InternalServerError",
        StatusCode::REQUEST_TIMEOUT => "RequestTimeout",
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
