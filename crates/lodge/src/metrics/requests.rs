//! Request times, told apart by route and not by address: the number of series is bounded.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use graph::RoutePattern;
use http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::borrow::Cow;
use std::time::Duration;

/// From a token on a quiet machine to a request that is cut off.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Clones share the figures.
#[derive(Clone)]
pub struct Requests(Family<Labels, Histogram>);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    route: Cow<'static, str>,
    status: u16,
}

impl Default for Requests {
    fn default() -> Self {
        Self(Family::new_with_constructor(|| Histogram::new(SECONDS)))
    }
}

impl Requests {
    pub fn register(&self, registry: &mut Registry) {
        let help = "Time from a request's header to its answer, by route";
        registry.register("http_request_seconds", help, self.0.clone());
    }

    pub fn count(&self, method: &Method, response: &http::Response<axum::body::Body>, took: Duration) {
        let route = response.extensions().get::<RoutePattern>();
        let route = route.map_or(Cow::Borrowed("(none)"), |pattern| pattern.0.clone());
        let labels = Labels { method: name(method), route, status: response.status().as_u16() };
        self.0.get_or_create(&labels).observe(took.as_secs_f64());
    }
}

/// A method of a stranger's invention is one of many.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "(other)",
    }
}

/// Tells under which route a request was answered, where the answer does not say it more closely.
pub async fn note_pattern(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(matched) = matched
        && response.extensions().get::<RoutePattern>().is_none()
    {
        response.extensions_mut().insert(RoutePattern(Cow::Owned(matched.as_str().to_owned())));
    }
    response
}
