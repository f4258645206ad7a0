//! `POST /$batch`: up to twenty requests in one, some after others.
//!
//! What is wrong with the batch itself refuses it whole; what is wrong with one request is that request's answer.
//! Each request is answered by the same router as if it had come alone, with its own permissions and its own errors.

use crate::{Object, Version, object};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use kernel::{Error, Result};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write as _;

/// The body of a whole batch.
pub(crate) const LARGEST_BATCH: usize = 4 * 1024 * 1024;

const MOST_STEPS: usize = 20;
const LONGEST_ID: usize = 256;
/// Of one request. Longer filters than fit a URL of their own are what a batch is for; `odata` bounds them.
const LONGEST_URL: usize = 48 * 1024;

/// What a client may leave unencoded in JSON, but no request line carries.
const NOT_IN_A_URL: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// One request of a batch.
#[derive(Debug)]
pub(crate) struct Step {
    pub id: String,
    pub method: Method,
    /// Path and query with the version; or what is wrong with it, for this request alone.
    pub target: Result<Uri>,
    pub headers: HeaderMap,
    pub body: Result<Bytes>,
    /// The positions of the requests that must have succeeded.
    pub depends_on: Vec<usize>,
}

/// The requests of a batch, and in which order: all of a wave can run at once.
#[derive(Debug)]
pub(crate) struct Batch {
    pub steps: Vec<Step>,
    pub waves: Vec<Vec<usize>>,
}

/// One request's answer.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

pub(crate) fn is_batch(below: &str) -> bool {
    let mut segments = below.split('/').filter(|segment| !segment.is_empty());
    let is_named = segments.next().is_some_and(|segment| {
        segment.eq_ignore_ascii_case("$batch") || segment.eq_ignore_ascii_case("%24batch")
    });
    is_named && segments.next().is_none()
}

impl Batch {
    /// `version` is the one the batch was sent to: what the requests' addresses are relative to.
    pub(crate) fn parse(body: &[u8], version: Version) -> Result<Self> {
        let mut object = Object::parse(body)?;
        let requests = object.take_objects("requests")?.unwrap_or_default();
        object.finish()?;
        if requests.is_empty() {
            return Err(Error::bad_request("Empty batch: 'requests' must hold at least one request."));
        }
        if requests.len() > MOST_STEPS {
            let message = "Number of batch request steps exceeds the maximum value of 20.";
            return Err(Error::bad_request(message));
        }
        let drafts: Vec<Draft> =
            requests.into_iter().map(|request| Draft::read(request, version)).collect::<Result<_>>()?;
        let mut places = HashMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            if places.insert(draft.step.id.to_lowercase(), at).is_some() {
                return Err(invalid(&format!("the id '{}' is given twice", draft.step.id)));
            }
        }
        let mut steps = Vec::with_capacity(drafts.len());
        for Draft { mut step, after } in drafts {
            for id in after {
                let place = places.get(&id.to_lowercase());
                let place =
                    place.ok_or_else(|| invalid("a request depends on one that is not in the batch"))?;
                step.depends_on.push(*place);
            }
            steps.push(step);
        }
        let waves = waves(&steps)?;
        Ok(Self { steps, waves })
    }
}

/// A request whose dependencies are still names.
struct Draft {
    step: Step,
    after: Vec<String>,
}

impl Draft {
    fn read(mut request: Object, version: Version) -> Result<Self> {
        let id = request.take_string("id")?.filter(|id| !id.is_empty() && id.len() <= LONGEST_ID);
        let id = id.ok_or_else(|| invalid("each request has an 'id' of its own"))?;
        let method = request.take_string("method")?.and_then(|name| method(&name));
        let method = method.ok_or_else(|| invalid("each request has a 'method'"))?;
        let url = request.take_string("url")?.ok_or_else(|| invalid("each request has a 'url'"))?;
        let headers = headers(request.take_object("headers")?)?;
        let body = body(request.take_value("body"), &headers);
        let after = request.take_strings("dependsOn")?.unwrap_or_default();
        request.finish()?;
        let target = target(&url, version);
        if target.as_ref().is_ok_and(|target| is_batch(below(target.path()))) {
            return Err(invalid("a batch cannot hold another"));
        }
        Ok(Self { step: Step { id, method, target, headers, body, depends_on: Vec::new() }, after })
    }
}

fn method(name: &str) -> Option<Method> {
    [Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE]
        .into_iter()
        .find(|method| method.as_str().eq_ignore_ascii_case(name))
}

/// What the outer request says by itself is not taken from an inner one.
fn headers(object: Option<Object>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in object.map(Object::into_members).unwrap_or_default() {
        let Value::String(value) = value else { return Err(invalid("the value of a header is a string")) };
        let name = HeaderName::from_bytes(name.as_bytes());
        let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) else {
            return Err(invalid("a header has characters that none may have"));
        };
        if ![HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(&name) {
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// JSON as it stands; of another media type a string in base64.
fn body(value: Option<Value>, headers: &HeaderMap) -> Result<Bytes> {
    let Some(value) = value else { return Ok(Bytes::new()) };
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_json = content_type.is_none_or(|kind| kind.to_ascii_lowercase().starts_with(b"application/json"));
    match value {
        Value::String(text) if !is_json => STANDARD
            .decode(text)
            .map(Bytes::from)
            .map_err(|error| Error::bad_request("The body is not valid base64.").because(error)),
        value => {
            serde_json::to_vec(&value).map(Bytes::from).map_err(|error| object::unreadable().because(error))
        }
    }
}

/// An address relative to the version, or an absolute one of Graph, whatever its host.
fn target(url: &str, version: Version) -> Result<Uri> {
    if url.len() > LONGEST_URL {
        return Err(Error::bad_request("The URL of a request in a batch has at most 49152 bytes."));
    }
    let local = match url.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.split_once('/').map_or("", |(_, path)| path)
        }
        _ => url,
    };
    let local = local.trim_start_matches('/');
    let names_version = [Version::V1, Version::Beta].into_iter().any(|version| {
        local.strip_prefix(version.as_str()).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
    });
    let local = utf8_percent_encode(local, &NOT_IN_A_URL);
    let path = if names_version { format!("/{local}") } else { format!("/{}/{local}", version.as_str()) };
    path.parse().map_err(|error| Error::bad_request("The URL of the request is not valid.").because(error))
}

/// What follows the version.
fn below(path: &str) -> &str {
    path.get(1..).and_then(|path| path.find('/').and_then(|at| path.get(at..))).unwrap_or_default()
}

fn waves(steps: &[Step]) -> Result<Vec<Vec<usize>>> {
    let (mut waves, mut placed): (Vec<Vec<usize>>, Vec<usize>) = (Vec::new(), Vec::new());
    while placed.len() < steps.len() {
        let is_ready = |(at, step): &(usize, &Step)| {
            !placed.contains(at) && step.depends_on.iter().all(|place| placed.contains(place))
        };
        let wave: Vec<usize> = steps.iter().enumerate().filter(is_ready).map(|(at, _)| at).collect();
        if wave.is_empty() {
            return Err(invalid("requests depend on each other in a circle"));
        }
        placed.extend(&wave);
        waves.push(wave);
    }
    Ok(waves)
}

fn invalid(why: &str) -> Error {
    Error::bad_request(format!("Invalid batch payload format: {why}."))
}

/// The answer to a request whose dependency failed.
pub(crate) fn failed_dependency(id: &str) -> Error {
    let message = format!("The request '{id}' was not made, since one that it depends on failed.");
    Error::bad_request(message).code("FailedDependency")
}

/// The answers as one body, each beside the request's id.
pub(crate) fn write<'a>(answers: impl Iterator<Item = (&'a str, &'a Answer)>) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * 1024);
    out.extend_from_slice(b"{\"responses\":[");
    for (at, (id, answer)) in answers.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"id\":");
        crate::json::write_text(&mut out, id);
        // Writing to a vector does not fail.
        write!(out, ",\"status\":{},\"headers\":{{", answer.status).ok();
        write_headers(&mut out, &answer.headers);
        out.push(b'}');
        write_body(&mut out, answer);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    out
}

fn write_headers(out: &mut Vec<u8>, headers: &HeaderMap) {
    let mut is_first = true;
    for (name, value) in headers {
        let Ok(value) = value.to_str() else { continue };
        if *name == CONTENT_LENGTH {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        crate::json::write_text(out, &printed(name));
        out.push(b':');
        crate::json::write_text(out, value);
    }
}

/// Header names as the hosted service prints them, for clients that look by name.
fn printed(name: &HeaderName) -> Cow<'_, str> {
    match name.as_str() {
        "odata-version" => "OData-Version".into(),
        "www-authenticate" => "WWW-Authenticate".into(),
        name if name.starts_with("x-") || name.ends_with("request-id") => name.into(),
        name => {
            let word = |word: &str| {
                let (first, rest) = word.split_at(word.len().min(1));
                first.to_ascii_uppercase() + rest
            };
            name.split('-').map(word).collect::<Vec<_>>().join("-").into()
        }
    }
}

/// Nothing for an answer without a body; what is not JSON goes as base64.
fn write_body(out: &mut Vec<u8>, answer: &Answer) {
    if answer.body.is_empty() {
        return;
    }
    out.extend_from_slice(b",\"body\":");
    let content_type = answer.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if content_type.is_some_and(|kind| kind.starts_with(b"application/json")) {
        out.extend_from_slice(&answer.body);
    } else {
        crate::json::write_text(out, &STANDARD.encode(&answer.body));
    }
}

#[cfg(test)]
mod tests;
