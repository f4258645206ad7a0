//! What is read from a request's headers and body, each with its own refusal.

use crate::call::Metadata;
use crate::{Route, object};
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName, Uri};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use kernel::{Error, Kind, Result};
use odata::{Query, QueryOption};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(crate) const LARGEST_BODY: usize = 1024 * 1024;
const LONGEST_URL: usize = 16 * 1024;
const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// The token of exactly one `Authorization` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let Some(header) = all.next() else { return Err(Error::unauthenticated("Access token is empty.")) };
    if all.next().is_some() {
        return Err(Error::unauthenticated("A request carries one Authorization header, not several."));
    }
    let text = header.to_str().map_err(|error| {
        Error::unauthenticated("CompactToken parsing failed with error code: 80049217").because(error)
    })?;
    match text.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => {
            Ok(token.trim())
        }
        Some((scheme, _)) if !scheme.eq_ignore_ascii_case("bearer") => {
            Err(Error::unauthenticated("Graph takes 'Authorization: Bearer' with an access token alone."))
        }
        _ => Err(Error::unauthenticated("Access token is empty.")),
    }
}

/// Refuses an address that no client of Graph needs: longer filters travel in a batch.
pub(crate) fn check_length(uri: &Uri) -> Result<()> {
    let length = uri.path_and_query().map_or(0, |path| path.as_str().len());
    if length <= LONGEST_URL {
        return Ok(());
    }
    let message = "A URL has at most 16 KB. Send a longer filter in a $batch.";
    Err(Error::new(Kind::UrlTooLong, message))
}

/// Reads the body within its bound; what is not JSON by its headers is refused.
pub(crate) async fn body(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes> {
    let is_plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if headers.get(CONTENT_ENCODING).is_some_and(|value| !is_plain(value)) {
        let message = "Compressed request bodies are not supported. Send the body without Content-Encoding.";
        return Err(Error::new(Kind::UnsupportedMediaType, message));
    }
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).unwrap_or(usize::MAX) > most) {
        return Err(too_large(most));
    }
    let bytes = match Limited::new(body, most).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(too_large(most)),
        Err(error) => return Err(object::unreadable().because(error)),
    };
    if bytes.trim_ascii().is_empty() {
        return Ok(bytes);
    }
    let Some(content_type) = headers.get(CONTENT_TYPE) else { return Err(object::unreadable()) };
    let media_type = content_type.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        let message = "The request body must be JSON, with the header 'Content-Type: application/json'.";
        return Err(Error::new(Kind::UnsupportedMediaType, message));
    }
    Ok(bytes)
}

fn too_large(most: usize) -> Error {
    Error::new(Kind::TooLarge, format!("The request body has at most {} MiB.", most >> 20))
}

/// Refuses the options that the route does not heed. `$count` without `ConsistencyLevel` means nothing, as
/// the hosted service has it.
pub(crate) fn check_options(route: &Route, query: &Query, is_eventual: bool) -> Result<()> {
    let is_heeded = |option: &&QueryOption| {
        **option == QueryOption::Select
            || route.options().contains(option)
            || (**option == QueryOption::Count && !is_eventual)
    };
    let Some(option) = query.given().iter().find(|option| !is_heeded(option)) else { return Ok(()) };
    let message = format!("The query option '{}' is not supported for this request.", option.name());
    Err(Error::bad_request(message).code("Request_UnsupportedQuery"))
}

pub(crate) fn is_eventual(headers: &HeaderMap) -> Result<bool> {
    match headers.get(CONSISTENCY_LEVEL) {
        None => Ok(false),
        Some(level) if level.as_bytes().trim_ascii().eq_ignore_ascii_case(b"eventual") => Ok(true),
        Some(_) => {
            let message = "The header 'ConsistencyLevel' can only have the value 'eventual'.";
            Err(Error::bad_request(message))
        }
    }
}

pub(crate) fn metadata(headers: &HeaderMap) -> Metadata {
    let wants_none = |value: &http::HeaderValue| {
        value.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains("odata.metadata=none"))
    };
    if headers.get_all(ACCEPT).iter().any(wants_none) { Metadata::None } else { Metadata::Minimal }
}

/// The client's address, as whoever accepted the connection found it.
pub(crate) fn network(parts: &Parts) -> IpAddr {
    parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip().to_canonical())
}

pub(crate) fn user_agent(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(256).collect())
}
