//! The token endpoint on the wire.

use super::request::{EndpointVersion, TokenRequest};
use super::service::{Circumstances, TokenService};
use crate::endpoint::{self, Sender};
use crate::protocol::{Fault, Parameters};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::post;
use http::header::AUTHORIZATION;

pub fn routes(service: &TokenService) -> Router {
    Router::new()
        .route("/{tenant}/oauth2/v2.0/token", post(v2).options(endpoint::preflight))
        .route("/{tenant}/oauth2/token", post(v1).options(endpoint::preflight))
        .with_state(service.clone())
}

async fn v2(State(service): State<TokenService>, Path(tenant): Path<String>, request: Request) -> Response {
    answer(&service, &tenant, request, EndpointVersion::V2).await
}

async fn v1(State(service): State<TokenService>, Path(tenant): Path<String>, request: Request) -> Response {
    answer(&service, &tenant, request, EndpointVersion::V1).await
}

async fn answer(
    service: &TokenService,
    tenant: &str,
    request: Request,
    version: EndpointVersion,
) -> Response {
    let (parts, body) = request.into_parts();
    let sender = Sender::of(&parts);
    // Some clients send their name for the request in the query of a POST.
    let query = Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    let trace = endpoint::trace(service.platform(), &parts.extensions, &parts.headers, &query);
    let refuse = |fault: &Fault| endpoint::refusal(service.platform().origin(), &trace, fault);
    let parsed = match endpoint::read_form(&parts.headers, body).await {
        Ok(form) => {
            let authorization =
                parts.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or("unreadable"));
            TokenRequest::parse(form, authorization, version)
        }
        Err(fault) => Err(fault),
    };
    let token_request = match parsed {
        Ok(token_request) => token_request,
        Err(fault) => return refuse(&fault),
    };
    let circumstances = Circumstances { sender: &sender, trace: &trace, version };
    match service.answer(tenant, token_request, &circumstances).await {
        Ok(answer) => endpoint::answer(&trace, &answer.body(version)),
        Err(fault) => refuse(&fault),
    }
}
