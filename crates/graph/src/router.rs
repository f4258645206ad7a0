//! Answers everything under `/v1.0` and `/beta`.
//!
//! The order of refusals is that of the hosted service: who asks comes before what is asked, so that a
//! stranger learns nothing about paths; then path, method, permission, query options, body.

use crate::call::{Key, Wire};
use crate::envelope::{self, Names};
use crate::path::Tree;
use crate::route::Handler;
use crate::{Authenticate, Call, Caller, Reply, Route, Version, cross_origin, request};
use axum::body::Body;
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::header::{ALLOW, CACHE_CONTROL};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use kernel::{Clock, CorrelationId, Error, Kind, Origin, Result, Rng};
use odata::Query;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Fails when a method and path are given twice or a path is not well formed. The client's network address is
/// taken from the extension `ConnectInfo<SocketAddr>`.
pub fn router(
    routes: Vec<Route>,
    authenticate: Arc<dyn Authenticate>,
    origin: Origin,
    clock: Clock,
    rng: Rng,
) -> Result<axum::Router> {
    let graph =
        Arc::new(Graph { tree: Tree::new(routes)?, authenticate, origin: Arc::new(origin), clock, rng });
    let mut router = axum::Router::new();
    for version in [Version::V1, Version::Beta] {
        let root = format!("/{}", version.as_str());
        for path in [root.clone(), format!("{root}/"), format!("{root}/{{*path}}")] {
            let graph = Arc::clone(&graph);
            let answer = move |request| {
                let graph = Arc::clone(&graph);
                async move { graph.answer(version, request).await }
            };
            router = router.route(&path, axum::routing::any(answer));
        }
    }
    Ok(router)
}

struct Graph {
    tree: Tree,
    authenticate: Arc<dyn Authenticate>,
    origin: Arc<Origin>,
    clock: Clock,
    rng: Rng,
}

/// An error, and the methods that are allowed when the one used is not.
struct Failure {
    error: Error,
    allowed: Option<String>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, allowed: None }
    }
}

impl Graph {
    async fn answer(&self, version: Version, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let names = self.names(&parts.headers);
        if let Some(headers) = cross_origin::preflight(&parts.method, &parts.headers) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            *response.headers_mut() = headers;
            return finish(response, &names);
        }
        let handled = AssertUnwindSafe(self.handle(version, &parts, body, &names)).catch_unwind().await;
        let failure = match handled {
            Ok(Ok(reply)) => {
                let mut response = reply.into_response();
                cross_origin::allow(&parts.headers, response.headers_mut());
                return finish(response, &names);
            }
            Ok(Err(failure)) => failure,
            Err(panic) => Error::internal(format!("panicked: {}", panic_message(&*panic))).into(),
        };
        let mut response = envelope::response(&failure.error, &names, &self.origin, self.clock.now());
        if let Some(allowed) = failure.allowed.and_then(|methods| HeaderValue::from_str(&methods).ok()) {
            response.headers_mut().insert(ALLOW, allowed);
        }
        cross_origin::allow(&parts.headers, response.headers_mut());
        finish(response, &names)
    }

    async fn handle(
        &self,
        version: Version,
        parts: &Parts,
        body: Body,
        names: &Names,
    ) -> Result<Reply, Failure> {
        let path = parts.uri.path();
        let below = path.get(version.as_str().len() + 1..).unwrap_or_default();
        let found = self.tree.find(below).and_then(|place| {
            let methods = place.methods();
            place.route(&parts.method).map(|route| (route, methods))
        });
        if let Ok((Some((route, keys)), _)) = &found
            && let Handler::Anonymous(handler) = route.handler()
        {
            let call = self.call((), version, parts, names, keys.clone(), route)?;
            return Ok(handler(call).await?);
        }
        let caller = self.caller(&parts.headers).await?;
        let (route, methods) = found?;
        let Some((route, keys)) = route else {
            let message = "Specified HTTP method is not allowed for the request target.";
            return Err(Failure {
                error: Error::new(Kind::MethodNotAllowed, message),
                allowed: Some(methods),
            });
        };
        let Handler::Authenticated(access, handler) = route.handler() else {
            return Err(Error::internal("a route without caller was reached with one").into());
        };
        access.check(route.path(), &caller)?;
        let mut call = self.call(caller, version, parts, names, keys, route)?;
        if matches!(parts.method, Method::POST | Method::PATCH) {
            call.body = request::body(&parts.headers, body).await?;
        }
        Ok(handler(call).await?)
    }

    async fn caller(&self, headers: &HeaderMap) -> Result<Caller> {
        self.authenticate.authenticate(request::bearer(headers)?).await
    }

    fn call<C>(
        &self,
        caller: C,
        version: Version,
        parts: &Parts,
        names: &Names,
        keys: Vec<Key>,
        route: &Route,
    ) -> Result<Call<C>> {
        let query = Query::parse(parts.uri.query().unwrap_or_default())?;
        let is_eventual = request::is_eventual(&parts.headers)?;
        request::check_options(route, &query, is_eventual)?;
        let wire = Wire {
            origin: Arc::clone(&self.origin),
            version,
            path: parts.uri.path().to_owned(),
            parameters: query.without_skip_token().to_owned(),
            metadata: request::metadata(&parts.headers),
        };
        Ok(Call {
            caller,
            network: request::network(parts),
            user_agent: request::user_agent(&parts.headers),
            client_request_id: names.client_request_id.clone(),
            version,
            is_eventual,
            request_id: names.request_id,
            keys,
            query,
            body: Bytes::new(),
            wire: Arc::new(wire),
        })
    }

    /// A client's own name for the request is taken if it looks like an id.
    fn names(&self, headers: &HeaderMap) -> Names {
        let request_id = CorrelationId(self.rng.uuid());
        let is_id = |text: &&str| {
            (1..=64).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let given = headers.get(CLIENT_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_id);
        Names { request_id, client_request_id: given.map_or_else(|| request_id.to_string(), str::to_owned) }
    }
}

/// What every answer carries.
fn finish(mut response: Response<Body>, names: &Names) -> Response<Body> {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&names.request_id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    if let Ok(id) = HeaderValue::from_str(&names.client_request_id) {
        headers.insert(CLIENT_REQUEST_ID, id);
    }
    headers.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A panic carries a text, or nothing that can be read.
fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

#[cfg(test)]
mod tests;
