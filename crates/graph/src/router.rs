//! Answers everything under `/v1.0` and `/beta`, and what Graph lacks under `/lodge/v1.0`.
//!
//! The order of refusals is that of the hosted service: who asks comes before what is asked, so that a
//! stranger learns nothing about paths; then path, method, permission, query options, body.

use crate::batch::{self, Answer, Batch, Step};
use crate::call::{Key, Wire};
use crate::envelope::{self, Names};
use crate::path::Tree;
use crate::route::Handler;
use crate::throttle::{self, Throttle, Throttled};
use crate::{
    Authenticate, BoxFuture, Call, Caller, CurrentBudget, Reply, Route, RoutePattern, Version, cross_origin,
    epoch, request,
};
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::header::{ALLOW, AUTHORIZATION, CACHE_CONTROL};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use kernel::{Clock, CorrelationId, Error, Kind, Origin, Result, Rng};
use odata::Query;
use std::any::Any;
use std::borrow::Cow;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Fails when a method and path are given twice or a path is not well formed. The client's network address is
/// taken from the extension `ConnectInfo<SocketAddr>`.
pub fn router(
    routes: Vec<Route>,
    authenticate: Arc<dyn Authenticate>,
    origin: Origin,
    budget: CurrentBudget,
    clock: Clock,
    rng: Rng,
) -> Result<axum::Router> {
    let throttle = Throttle::new(budget, clock.clone());
    let (own, routes) = routes.into_iter().partition(Route::is_beside_graph);
    let (tree, own, origin) = (Tree::new(routes)?, Tree::new(own)?, Arc::new(origin));
    let graph = Arc::new(Graph { tree, own, authenticate, origin, throttle, clock, rng });
    let mut router = axum::Router::new();
    for version in [Version::V1, Version::Beta, Version::Lodge] {
        let root = format!("/{}", version.as_str());
        for path in [root.clone(), format!("{root}/"), format!("{root}/{{*path}}")] {
            let graph = Arc::clone(&graph);
            let answer = move |request| {
                let graph = Arc::clone(&graph);
                async move { graph.receive(version, request).await }
            };
            router = router.route(&path, axum::routing::any(answer));
        }
    }
    Ok(router)
}

struct Graph {
    tree: Tree,
    /// What lies beside Graph.
    own: Tree,
    authenticate: Arc<dyn Authenticate>,
    origin: Arc<Origin>,
    throttle: Throttle,
    clock: Clock,
    rng: Rng,
}

/// An error, and the headers that it alone carries.
struct Failure {
    error: Error,
    headers: HeaderMap,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, headers: HeaderMap::new() }
    }
}

impl Graph {
    /// A request of its own; those of a batch may be longer.
    async fn receive(&self, version: Version, request: Request<Body>) -> Response<Body> {
        match request::check_length(request.uri()) {
            Ok(()) => self.answer(version, request).await,
            Err(error) => {
                let names = self.names(request.headers(), request.extensions());
                let mut response = envelope::response(&error, &names, &self.origin, self.clock.now());
                cross_origin::allow(request.headers(), response.headers_mut());
                finish(response, &names)
            }
        }
    }

    async fn answer(&self, version: Version, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let names = self.names(&parts.headers, &parts.extensions);
        let pattern = OnceLock::new();
        if let Some(headers) = cross_origin::preflight(&parts.method, &parts.headers) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            *response.headers_mut() = headers;
            return finish(response, &names);
        }
        let handled =
            AssertUnwindSafe(self.handle(version, &parts, body, &names, &pattern)).catch_unwind().await;
        let failure = match handled {
            Ok(Ok(reply)) => {
                let mut response = reply.into_response();
                cross_origin::allow(&parts.headers, response.headers_mut());
                note_pattern(&mut response, &pattern);
                return finish(response, &names);
            }
            Ok(Err(failure)) => failure,
            Err(panic) => Error::internal(format!("panicked: {}", panic_message(&*panic))).into(),
        };
        let mut response = envelope::response(&failure.error, &names, &self.origin, self.clock.now());
        response.headers_mut().extend(failure.headers);
        cross_origin::allow(&parts.headers, response.headers_mut());
        note_pattern(&mut response, &pattern);
        finish(response, &names)
    }

    async fn handle(
        &self,
        version: Version,
        parts: &Parts,
        body: Body,
        names: &Names,
        pattern: &OnceLock<&'static str>,
    ) -> Result<Reply, Failure> {
        let path = parts.uri.path();
        let below = path.get(version.as_str().len() + 1..).unwrap_or_default();
        if version != Version::Lodge && batch::is_batch(below) {
            return self.batch(version, parts, body).await;
        }
        let tree = if version == Version::Lodge { &self.own } else { &self.tree };
        let found = tree.find(below).and_then(|place| {
            let methods = place.methods();
            place.route(&parts.method).map(|route| (route, methods))
        });
        if let Ok((Some((route, _)), _)) = &found {
            pattern.get_or_init(|| route.path());
        }
        if let Ok((Some((route, keys)), _)) = &found
            && let Handler::Anonymous(handler) = route.handler()
        {
            let call = self.call((), version, parts, names, keys.clone(), route)?;
            return Ok(handler(call).await?);
        }
        let caller = self.caller(&parts.headers).await?;
        let (route, methods) = found?;
        let Some((route, keys)) = route else {
            return Err(not_allowed(&methods));
        };
        let Handler::Authenticated(access, handler) = route.handler() else {
            return Err(Error::internal("a route without caller was reached with one").into());
        };
        access.check(route.path(), &caller)?;
        let mut call = self.call(caller, version, parts, names, keys, route)?;
        let units = throttle::units(route.cost(), &call.query);
        let spent = self.throttle.take(&call.caller, units, parts.method != Method::GET);
        let spent = spent.map_err(|Throttled { error, headers }| Failure { error, headers })?;
        if matches!(parts.method, Method::POST | Method::PATCH | Method::PUT) {
            call.body = request::body(&parts.headers, body, request::LARGEST_BODY).await?;
        }
        Ok(handler(call).await?.with_headers(spent))
    }

    /// Boxed, since its requests come back here.
    fn batch<'a>(
        &'a self,
        version: Version,
        parts: &'a Parts,
        body: Body,
    ) -> BoxFuture<'a, Result<Reply, Failure>> {
        Box::pin(async move {
            self.caller(&parts.headers).await?;
            if parts.method != Method::POST {
                return Err(not_allowed("POST"));
            }
            let body = request::body(&parts.headers, body, batch::LARGEST_BATCH).await?;
            let Batch { steps, waves } = Batch::parse(&body, version)?;
            let mut answers: Vec<Option<Answer>> = Vec::new();
            answers.resize_with(steps.len(), || None);
            for wave in waves {
                let runs = wave.iter().filter_map(|at| steps.get(*at)).map(|step| {
                    let mut needed = step.depends_on.iter().map(|at| answers.get(*at));
                    let has_failed = needed.any(|answer| {
                        answer.and_then(Option::as_ref).is_none_or(|answer| answer.status >= 400)
                    });
                    self.step(parts, step, has_failed)
                });
                let done = futures_util::future::join_all(runs).await;
                for (at, answer) in wave.into_iter().zip(done) {
                    if let Some(place) = answers.get_mut(at) {
                        *place = Some(answer);
                    }
                }
            }
            let pairs = steps.iter().zip(&answers);
            let given = pairs.filter_map(|(step, answer)| Some((step.id.as_str(), answer.as_ref()?)));
            Ok(Reply::json_text(batch::write(given)))
        })
    }

    /// One request of a batch, with the token of the whole unless it brings its own.
    async fn step(&self, outer: &Parts, step: &Step, has_failed: bool) -> Answer {
        let prepared = match (&step.target, &step.body) {
            _ if has_failed => Err(batch::failed_dependency(&step.id)),
            (Err(error), _) | (_, Err(error)) => Err(error.clone()),
            (Ok(target), Ok(body)) => Ok((target, body)),
        };
        let (target, body) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                let names = self.names(&step.headers, &Extensions::new());
                let response = envelope::response(&error, &names, &self.origin, self.clock.now());
                let mut answer = collect(finish(response, &names)).await;
                if has_failed {
                    answer.status = StatusCode::FAILED_DEPENDENCY.as_u16();
                }
                return answer;
            }
        };
        let version = if target.path().starts_with("/beta") { Version::Beta } else { Version::V1 };
        let mut request = Request::new(Body::from(body.clone()));
        *request.method_mut() = step.method.clone();
        *request.uri_mut() = target.clone();
        *request.headers_mut() = step.headers.clone();
        if !step.headers.contains_key(AUTHORIZATION)
            && let Some(token) = outer.headers.get(AUTHORIZATION)
        {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        if let Some(network) = outer.extensions.get::<ConnectInfo<SocketAddr>>() {
            request.extensions_mut().insert(*network);
        }
        collect(self.answer(version, request).await).await
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
        let mut query = Query::parse(parts.uri.query().unwrap_or_default())?;
        let epoch = self.authenticate.epoch();
        if let Some(token) = query.skip_token.take() {
            query.skip_token = Some(epoch::open(epoch, &token)?);
        }
        let is_eventual = request::is_eventual(&parts.headers)?;
        request::check_options(route, &query, is_eventual)?;
        let wire = Wire {
            origin: Arc::clone(&self.origin),
            epoch,
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

    /// The request's own name is the one the server gave it. A client's name for it is taken if it looks like
    /// an id.
    fn names(&self, headers: &HeaderMap, extensions: &Extensions) -> Names {
        let given = extensions.get::<CorrelationId>().copied();
        let request_id = given.unwrap_or_else(|| CorrelationId(self.rng.uuid()));
        let is_id = |text: &&str| {
            (1..=64).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let given = headers.get(CLIENT_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_id);
        Names { request_id, client_request_id: given.map_or_else(|| request_id.to_string(), str::to_owned) }
    }
}

fn not_allowed(methods: &str) -> Failure {
    let message = "Specified HTTP method is not allowed for the request target.";
    let allowed = HeaderValue::from_str(methods).ok().map(|methods| (ALLOW, methods));
    Failure { error: Error::new(Kind::MethodNotAllowed, message), headers: allowed.into_iter().collect() }
}

async fn collect(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    // A body of bytes that are there cannot fail.
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// Says under which route an answer came about, for whoever counts.
fn note_pattern(response: &mut Response<Body>, pattern: &OnceLock<&'static str>) {
    if let Some(path) = pattern.get() {
        response.extensions_mut().insert(RoutePattern(Cow::Borrowed(path)));
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
