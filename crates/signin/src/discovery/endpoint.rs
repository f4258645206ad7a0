//! The documents on the wire. They may be read by pages of any origin and kept by anybody.

use super::documents::{self, Authority};
use crate::endpoint;
use crate::protocol::{Fault, Parameters, Segment, Trace};
use crate::token::EndpointVersion;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use directory::signing_key::SigningKeyService;
use directory::tenant;
use http::{Extensions, HeaderMap, Uri};
use kernel::{DomainName, Error, TenantId};
use module::Platform;

/// A day, as the hosted service has it.
const LASTING: u32 = 86_400;

#[derive(Clone)]
pub struct Discovery {
    platform: Platform,
    signing_keys: SigningKeyService,
}

impl Discovery {
    pub fn new(platform: Platform, signing_keys: SigningKeyService) -> Self {
        Self { platform, signing_keys }
    }
}

pub fn routes(discovery: Discovery) -> Router {
    let open = |handler: axum::routing::MethodRouter<Discovery>| handler.options(endpoint::preflight);
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", open(get(configuration_v2)))
        .route("/{tenant}/.well-known/openid-configuration", open(get(configuration_v1)))
        .route("/{tenant}/discovery/v2.0/keys", open(get(keys_v2)))
        .route("/{tenant}/discovery/keys", open(get(keys_v1)))
        .route("/common/discovery/instance", open(get(instance)))
        .route("/common/userrealm/{user}", open(get(user_realm)))
        .route("/common/UserRealm/{user}", open(get(user_realm)))
        .route("/metadata/endpoints", open(get(endpoints)))
        .route("/tenants", get(nothing))
        .route("/subscriptions", get(nothing))
        .with_state(discovery)
}

async fn configuration_v2(state: State<Discovery>, path: Path<String>, headers: HeaderMap) -> Response {
    configuration(&state, &path, &headers, EndpointVersion::V2).await
}

async fn configuration_v1(state: State<Discovery>, path: Path<String>, headers: HeaderMap) -> Response {
    configuration(&state, &path, &headers, EndpointVersion::V1).await
}

async fn configuration(
    discovery: &Discovery,
    segment: &str,
    headers: &HeaderMap,
    version: EndpointVersion,
) -> Response {
    let answer = |authority| {
        endpoint::document(
            LASTING,
            &documents::configuration(discovery.platform.origin(), authority, version),
        )
    };
    match discovery.authority(segment).await {
        Ok(Some(authority)) => answer(authority),
        Ok(None) => discovery.refuse(headers, &not_found(segment)),
        Err(error) => discovery.failed(headers, &error),
    }
}

async fn keys_v2(state: State<Discovery>, path: Path<String>, headers: HeaderMap) -> Response {
    keys(&state, &path, &headers, EndpointVersion::V2).await
}

async fn keys_v1(state: State<Discovery>, path: Path<String>, headers: HeaderMap) -> Response {
    keys(&state, &path, &headers, EndpointVersion::V1).await
}

/// A tenant's keys. The shared addresses have none: no token is signed by nobody's tenant.
async fn keys(
    discovery: &Discovery,
    segment: &str,
    headers: &HeaderMap,
    version: EndpointVersion,
) -> Response {
    let authority = match discovery.authority(segment).await {
        Ok(Some(authority)) => authority,
        Ok(None) => return discovery.refuse(headers, &not_found(segment)),
        Err(error) => return discovery.failed(headers, &error),
    };
    let published = match authority {
        Authority::Tenant(tenant) => discovery.signing_keys.published(tenant).await,
        Authority::Common | Authority::Organizations => Ok(Vec::new()),
    };
    match published {
        Ok(keys) => {
            let issuer = authority.issuer(discovery.platform.origin(), version);
            let keys = keys.into_iter().map(|key| key.with_issuer(issuer.clone())).collect();
            endpoint::document(LASTING, &jose::JwkSet { keys })
        }
        Err(error) => discovery.failed(headers, &error),
    }
}

async fn instance(State(discovery): State<Discovery>, uri: Uri, headers: HeaderMap) -> Response {
    let query = Parameters::parse(uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    let origin = discovery.platform.origin();
    let asked = query.get("authorization_endpoint").unwrap_or_default();
    match documents::instance_tenant(origin, asked) {
        Some(tenant) => endpoint::document(LASTING, &documents::instance(origin, tenant)),
        None => discovery.refuse(&headers, &Fault::UnknownInstance),
    }
}

/// Tells about the domain alone: the answer is the same for a user who exists and one who does not.
async fn user_realm(
    State(discovery): State<Discovery>,
    Path(user): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(domain) = user.rsplit_once('@').and_then(|(_, domain)| DomainName::parse(domain).ok()) else {
        return discovery.refuse(&headers, &Fault::Malformed("The user name has no domain."));
    };
    match tenant::find_domain(discovery.platform.store(), &domain).await {
        Ok(found) => {
            let origin = discovery.platform.origin();
            endpoint::document(0, &documents::user_realm(origin, domain.as_str(), found.is_some()))
        }
        Err(error) => discovery.failed(&headers, &error),
    }
}

async fn endpoints(State(discovery): State<Discovery>, uri: Uri) -> Response {
    let query = Parameters::parse(uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    let is_list = query.get("api-version").is_some_and(|version| version < "2020");
    endpoint::document(LASTING, &documents::endpoints(discovery.platform.origin(), is_list))
}

/// What command-line clients ask of Azure Resource Manager before they get to Graph (clients.md 1). Nobody has
/// anything there, so nobody is asked who they are.
async fn nothing() -> Response {
    endpoint::document(0, &serde_json::json!({"value": []}))
}

impl Discovery {
    async fn authority(&self, segment: &str) -> Result<Option<Authority>, Error> {
        let Some(parsed) = Segment::parse(segment) else { return Ok(None) };
        if let Some(shared) = Authority::shared(&parsed) {
            return Ok(Some(shared));
        }
        let found: Option<TenantId> = tenant::resolve(self.platform.store(), segment).await?;
        Ok(found.map(Authority::Tenant))
    }

    fn trace(&self, headers: &HeaderMap) -> Trace {
        endpoint::trace(&self.platform, &Extensions::new(), headers, &Parameters::default())
    }

    fn refuse(&self, headers: &HeaderMap, fault: &Fault) -> Response {
        endpoint::refusal(self.platform.origin(), &self.trace(headers), fault)
    }

    fn failed(&self, headers: &HeaderMap, error: &Error) -> Response {
        let trace = self.trace(headers);
        let fault = endpoint::unexpected(&trace, error);
        endpoint::refusal(self.platform.origin(), &trace, &fault)
    }
}

fn not_found(segment: &str) -> Fault {
    Fault::TenantNotFound(segment.chars().take(100).collect())
}
