//! Errors as Graph prints them. The cause stays in the log.

use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use kernel::{CorrelationId, Error, Kind, Origin, Remedy, RuleId, Setting, Timestamp};
use serde::Serialize;

/// What names a request to both sides.
pub(crate) struct Names {
    pub request_id: CorrelationId,
    pub client_request_id: String,
}

pub(crate) fn response<B: From<Vec<u8>>>(
    error: &Error,
    names: &Names,
    origin: &Origin,
    now: Timestamp,
) -> Response<B> {
    log(error, names);
    let mut response = Response::new(B::from(body(error, names, now)));
    *response.status_mut() =
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    match error.kind() {
        Kind::Unauthenticated => {
            let challenge = format!(
                "Bearer realm=\"\", authorization_uri=\"{origin}/common/oauth2/authorize\", \
                 client_id=\"00000003-0000-0000-c000-000000000000\""
            );
            if let Ok(challenge) = HeaderValue::from_str(&challenge) {
                headers.insert(WWW_AUTHENTICATE, challenge);
            }
        }
        Kind::TooManyRequests { retry_after } => {
            headers.insert(RETRY_AFTER, HeaderValue::from(retry_after));
        }
        _ => {}
    }
    response
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Outer<'a>,
}

#[derive(Serialize)]
struct Outer<'a> {
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail<'a>>,
    #[serde(rename = "innerError")]
    inner: Inner<'a>,
}

#[derive(Serialize)]
struct Detail<'a> {
    code: &'static str,
    message: &'a str,
    target: &'a str,
}

/// The rule that refused is told here and only here, so that the rest is what Graph's own clients know.
#[derive(Serialize)]
struct Inner<'a> {
    date: String,
    #[serde(rename = "request-id")]
    request_id: CorrelationId,
    #[serde(rename = "client-request-id")]
    client_request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<&'a Setting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a Remedy>,
}

fn body(error: &Error, names: &Names, now: Timestamp) -> Vec<u8> {
    let refusal = error.refusal();
    let inner = Inner {
        date: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        request_id: names.request_id,
        client_request_id: &names.client_request_id,
        rule: refusal.map(|refusal| refusal.rule),
        setting: refusal.and_then(|refusal| refusal.setting.as_ref()),
        remedy: refusal.map(|refusal| &refusal.remedy),
    };
    let details = error
        .details()
        .iter()
        .map(|detail| Detail { code: detail.code, message: &detail.message, target: &detail.target })
        .collect();
    let outer = Outer { code: code(error), message: error.message(), details, inner };
    // Plain strings in a plain structure: writing them cannot fail.
    serde_json::to_vec(&Envelope { error: outer }).unwrap_or_default()
}

fn code(error: &Error) -> &'static str {
    error.graph_code().unwrap_or(match error.kind() {
        Kind::BadRequest => "BadRequest",
        Kind::Unauthenticated => "InvalidAuthenticationToken",
        Kind::Forbidden => "Authorization_RequestDenied",
        Kind::NotFound => "Request_ResourceNotFound",
        Kind::MethodNotAllowed => "Request_BadRequest",
        Kind::Conflict => "Request_MultipleObjectsWithSameKeyValue",
        Kind::Gone => "Gone",
        Kind::TooLarge => "RequestEntityTooLarge",
        Kind::UrlTooLong => "RequestUriTooLong",
        Kind::UnsupportedMediaType => "UnsupportedMediaType",
        Kind::TooManyRequests { .. } => "TooManyRequests",
        Kind::Internal => "InternalServerError",
        Kind::Unavailable => "serviceNotAvailable",
    })
}

/// The message may quote what the caller sent, so the log has the code and the cause instead.
fn log(error: &Error, names: &Names) {
    let (request_id, status, code, cause) = (names.request_id, error.status(), code(error), error.cause());
    let rule = error.refusal().map(|refusal| refusal.rule.0);
    if status >= 500 {
        tracing::error!(%request_id, status, code, rule, cause, "Graph request failed");
    } else {
        tracing::info!(%request_id, status, code, rule, cause, "Graph request refused");
    }
}
