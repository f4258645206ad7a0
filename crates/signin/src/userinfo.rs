//! `/oidc/userinfo` (OpenID Connect Core 5.3; graph.md 24.9): who the holder of an access token speaks for, as the
//! directory has them now.

use crate::endpoint;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use directory::access::AccessService;
use directory::user;
use graph::Subject;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use kernel::{Error, Kind, Result};
use module::{Module, Platform};
use serde::Serialize;

#[derive(Clone)]
pub struct UserInfo {
    platform: Platform,
    access: AccessService,
}

impl UserInfo {
    pub fn new(platform: Platform, access: AccessService) -> Self {
        Self { platform, access }
    }
}

pub fn module(user_info: UserInfo) -> Module {
    let routes = Router::new()
        .route("/oidc/userinfo", get(answer).post(answer).options(endpoint::preflight))
        .with_state(user_info);
    Module { name: "signin::userinfo", pages: Some(Box::new(move |_| routes)), ..Module::default() }
}

/// `sub` is the one of the client's ID tokens; what stands beside it depends on the scopes granted.
#[derive(Debug, Serialize)]
struct Claims {
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

async fn answer(State(user_info): State<UserInfo>, request: Request) -> Response {
    match user_info.claims(request.headers()).await {
        Ok(claims) => {
            let trace = endpoint::trace(
                &user_info.platform,
                request.extensions(),
                request.headers(),
                &crate::protocol::Parameters::default(),
            );
            endpoint::answer(&trace, &claims)
        }
        Err(error) => refusal(&error),
    }
}

impl UserInfo {
    async fn claims(&self, headers: &HeaderMap) -> Result<Claims> {
        let token = self.access.read(bearer(headers)?).await?;
        let caller = &token.caller;
        let (Subject::User { id, .. }, Some(sub)) = (&caller.subject, token.client_subject.clone()) else {
            return Err(Error::forbidden("The access token speaks for nobody."));
        };
        let has = |scope: &str| caller.scopes.iter().any(|held| held == scope);
        if !has("openid") {
            return Err(Error::forbidden("The access token lacks the scope openid."));
        }
        let mut snapshot = self.platform.tenant(caller.tenant).snapshot().await?;
        let user = user::find(&mut snapshot, *id).await?;
        let user = user.ok_or_else(|| Error::unauthenticated("The user is not there any more."))?;
        let profile = has("profile");
        Ok(Claims {
            sub,
            name: profile.then(|| user.display_name.clone()),
            family_name: user.surname.clone().filter(|_| profile),
            given_name: user.given_name.clone().filter(|_| profile),
            email: user.mail.filter(|_| has("email")),
        })
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let one = all.next().filter(|_| all.next().is_none()).and_then(|value| value.to_str().ok());
    let token = one
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    token
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(|| Error::unauthenticated("Send an access token as 'Authorization: Bearer'."))
}

/// RFC 6750 3.
fn refusal(error: &Error) -> Response {
    let (status, code) = match error.kind() {
        Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, "invalid_token"),
        Kind::Forbidden => (StatusCode::FORBIDDEN, "insufficient_scope"),
        _ => {
            tracing::error!(?error, "user information could not be given");
            (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
        }
    };
    let sentence: String = error.message().chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    let challenge =
        format!("Bearer error=\"{code}\", error_description=\"{}\"", sentence.replace(['"', '\\'], "'"));
    let body = serde_json::json!({"error": code, "error_description": error.message()});
    let mut response = (status, axum::Json(body)).into_response();
    let headers = response.headers_mut();
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        headers.insert(WWW_AUTHENTICATE, challenge);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("WWW-Authenticate"));
    response
}
