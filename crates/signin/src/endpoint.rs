//! What the OAuth and OpenID Connect endpoints have in common on the wire: reading a request, naming it, and
//! answering in JSON. Pages of other origins may read these answers; no cookie is ever looked at for one.

use crate::protocol::{Fault, Parameters, Trace};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, CACHE_CONTROL,
    CONTENT_TYPE, ORIGIN, PRAGMA, RETRY_AFTER, USER_AGENT, X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode};
use kernel::{CorrelationId, Error, Origin};
use module::Platform;
use serde::Serialize;
use std::net::{IpAddr, SocketAddr};

const LARGEST_BODY: usize = 64 * 1024;
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const MS_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const EVERY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

/// Who sends a request, as far as records and limits go.
#[derive(Clone, Debug)]
pub struct Sender {
    pub network: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// The page of another origin that sends it, if a browser says so.
    pub page_origin: Option<String>,
}

impl Sender {
    pub fn of(parts: &Parts) -> Self {
        let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Self {
            network: address.map(|ConnectInfo(address)| address.ip().to_canonical()),
            user_agent: text(USER_AGENT).map(|text| text.chars().take(256).collect()),
            page_origin: text(ORIGIN).map(|text| text.chars().take(256).collect()),
        }
    }
}

/// A name for the request: the one that the server gave it. The client's own is taken as correlation if it is an id.
pub fn trace(
    platform: &Platform,
    extensions: &Extensions,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Trace {
    let named = extensions.get::<CorrelationId>().map(|id| id.0);
    let id = named.unwrap_or_else(|| platform.rng().uuid());
    let given = headers.get(&CLIENT_REQUEST_ID).and_then(|value| value.to_str().ok());
    let given = given.or_else(|| parameters.get("client-request-id"));
    let correlation = given.and_then(|text| text.parse().ok()).unwrap_or(CorrelationId(id));
    Trace { id, correlation, at: platform.clock().now() }
}

/// The form of a request; other media types are not read.
pub async fn read_form(headers: &HeaderMap, body: Body) -> Result<Parameters, Fault> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Fault::Malformed("Send the parameters as application/x-www-form-urlencoded."));
    }
    let bytes = axum::body::to_bytes(body, LARGEST_BODY)
        .await
        .map_err(|_| Fault::Malformed("The request is incomplete or longer than 64 KiB."))?;
    Parameters::parse(&bytes)
}

/// JSON that is never kept.
pub fn answer(trace: &Trace, body: &impl Serialize) -> Response {
    let mut response = json(StatusCode::OK, body);
    never_keep(response.headers_mut());
    name(response.headers_mut(), trace);
    response
}

/// JSON that may be kept for as long.
pub fn document(seconds: u32, body: &impl Serialize) -> Response {
    let mut response = json(StatusCode::OK, body);
    if let Ok(value) = HeaderValue::try_from(format!("public, max-age={seconds}")) {
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}

/// A refusal in the shape of graph.md 24.7.
pub fn refusal(origin: &Origin, trace: &Trace, fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = json(status, &fault.body(origin, trace));
    let headers = response.headers_mut();
    never_keep(headers);
    name(headers, trace);
    if let Fault::TooManyRequests { retry_after } = fault {
        headers.insert(RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

/// What a browser asks before it lets a page send more than a plain form.
pub async fn preflight(headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let answer = response.headers_mut();
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
    answer.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    if let Some(names) = headers.get(ACCESS_CONTROL_REQUEST_HEADERS).filter(|names| names.len() <= 2048) {
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    response
}

/// Reports an error that no flow expected and turns it into what the client is told.
pub fn unexpected(trace: &Trace, error: &Error) -> Fault {
    let fault = Fault::from(error);
    if fault == Fault::Internal {
        tracing::error!(trace = %trace.id, correlation = %trace.correlation, ?error, "a sign-in request failed");
    }
    fault
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let Ok(bytes) = serde_json::to_vec(body) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
    let exposed = HeaderValue::from_static("request-id, x-ms-request-id, client-request-id, Retry-After");
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    response
}

fn never_keep(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
}

fn name(headers: &mut HeaderMap, trace: &Trace) {
    if let Ok(id) = HeaderValue::try_from(trace.id.to_string()) {
        headers.insert(REQUEST_ID, id.clone());
        headers.insert(MS_REQUEST_ID, id);
    }
    if let Ok(id) = HeaderValue::try_from(trace.correlation.to_string()) {
        headers.insert(CLIENT_REQUEST_ID, id);
    }
}
