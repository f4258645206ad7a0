//! Cross-origin calls from browsers. Graph answers every origin: it takes bearer tokens and never a cookie, so
//! a page of another origin can do nothing here that it could not do from its own server.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use http::{HeaderMap, HeaderValue, Method};

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PATCH, PUT, DELETE");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "client-request-id, ETag, Location, OData-Version, Preference-Applied, request-id, Retry-After, WWW-Authenticate",
);
const EVERY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

/// The headers that answer a preflight, if the request is one.
pub(crate) fn preflight(method: &Method, asked: &HeaderMap) -> Option<HeaderMap> {
    let is_preflight = *method == Method::OPTIONS
        && asked.contains_key(ORIGIN)
        && asked.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if !is_preflight {
        return None;
    }
    let mut answer = HeaderMap::new();
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
    answer.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    // `*` would not cover `authorization`, so the names asked for are given back.
    if let Some(names) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS).filter(|names| names.len() <= 2048) {
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    Some(answer)
}

/// Lets the page of another origin read the answer.
pub(crate) fn allow(asked: &HeaderMap, answer: &mut HeaderMap) {
    if asked.contains_key(ORIGIN) {
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
        answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}
