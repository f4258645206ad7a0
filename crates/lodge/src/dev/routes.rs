//! The `/dev` paths: captured mail, a clock that can be moved, the parts of the pages. They exist in `lodge dev` alone.

use super::clock::parse_duration;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use delivery::{Captured, Jobs, Mailbox, Outbox};
use http::{HeaderMap, StatusCode, header};
use kernel::{Clock, CorrelationId, Error, Origin, Result, Rng, Secret, SignedDuration};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;
use web::{Cookie, Cookies, Page, PageContext, Pages};

pub const TEMPLATES: &[(&str, &str)] = &[
    ("dev/mail.html", include_str!("pages/mail.html")),
    ("dev/components.html", include_str!("pages/components.html")),
];
pub const WORDS: &[web::Resource] = web::words!("../../../../locales", "dev");

const COOKIE: &str = "lodge_dev";
const LONGEST_BODY: usize = 4096;

/// What the `/dev` paths look at and move.
pub struct Dev {
    pub mailbox: Mailbox,
    pub outbox: Outbox,
    pub jobs: Jobs,
    pub clock: Clock,
    pub origin: Origin,
    pub rng: Rng,
    /// Asked for where the server listens beyond this machine.
    pub token: Option<Secret<String>>,
    /// Keeps how far the clock was moved, for the next start.
    pub keep_offset: Box<dyn Fn(SignedDuration) -> Result<()> + Send + Sync>,
}

pub fn routes(dev: Dev, pages: &Pages) -> Router {
    let dev = Arc::new(dev);
    let router = Router::new()
        .route("/dev/mail", get(mail_page))
        .route("/dev/mail.json", get(mail_json).delete(empty))
        .route("/dev/clock", get(now).post(advance))
        .route("/dev/components", get(super::components::show))
        .layer(from_fn_with_state(dev.clone(), guard))
        .with_state(dev);
    pages.attach(router)
}

#[derive(Deserialize)]
struct Asked {
    to: Option<String>,
    id: Option<Uuid>,
}

/// Newest first; answered when everything that was committed before has been delivered or has failed.
async fn mail_json(
    State(dev): State<Arc<Dev>>,
    web::Query(asked): web::Query<Asked>,
) -> std::result::Result<Response, Failure> {
    dev.outbox.flush().await?;
    let body = dev.mailbox.list_json(asked.to.as_deref()).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

async fn empty(State(dev): State<Arc<Dev>>) -> std::result::Result<StatusCode, Failure> {
    dev.outbox.flush().await?;
    dev.mailbox.empty().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn mail_page(
    State(dev): State<Arc<Dev>>,
    pages: Pages,
    page: PageContext,
    web::Query(asked): web::Query<Asked>,
) -> web::Result<Page> {
    dev.outbox.flush().await?;
    let total = dev.mailbox.list(None).await?.len();
    let filter = asked.to.unwrap_or_default();
    let mails = dev.mailbox.list(Some(filter.as_str()).filter(|filter| !filter.is_empty())).await?;
    let opened = mails.iter().find(|mail| Some(mail.id) == asked.id);
    let context = json!({
        "mails": mails.iter().take(200).map(|mail| listed(mail, &filter, asked.id)).collect::<Vec<_>>(),
        "filter": filter,
        "total": total,
        "list_url": "/dev/mail",
        "json_url": "/dev/mail.json",
        "opened": opened,
    });
    let context = in_template_words(context);
    Ok(pages.render("dev/mail.html", page.menu_at("/dev/mail"), context)?.inline_style())
}

fn listed(mail: &Captured, filter: &str, opened: Option<Uuid>) -> Value {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("id", &mail.id.to_string());
    if !filter.is_empty() {
        query.append_pair("to", filter);
    }
    json!({
        "id": mail.id, "url": format!("/dev/mail?{}", query.finish()), "kind": mail.kind, "to": mail.to,
        "subject": mail.subject, "received_at": mail.received_at, "current": Some(mail.id) == opened,
    })
}

/// Templates name their fields in snake case.
fn in_template_words(mut context: Value) -> Value {
    if let Some(Value::Object(opened)) = context.get_mut("opened") {
        for (wire, name) in [("replyTo", "reply_to"), ("receivedAt", "received_at")] {
            if let Some(value) = opened.remove(wire) {
                opened.insert(name.to_owned(), value);
            }
        }
    }
    context
}

async fn now(State(dev): State<Arc<Dev>>) -> Json<Value> {
    Json(json!({"now": dev.clock.now().to_string()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: String,
}

/// Moves the clock and answers when every job that became due has run and its mail has been delivered.
async fn advance(State(dev): State<Arc<Dev>>, request: Request) -> std::result::Result<Json<Value>, Failure> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("application/json"));
    if !is_json {
        let message = "Send the content type application/json, as in {\"advance\":\"P7D\"}.";
        return Err(Error::new(kernel::Kind::UnsupportedMediaType, message).into());
    }
    let body = axum::body::to_bytes(request.into_body(), LONGEST_BODY)
        .await
        .map_err(|_| Error::new(kernel::Kind::TooLarge, "The body is larger than 4096 bytes."))?;
    let asked: Advance = serde_json::from_slice(&body)
        .map_err(|error| Error::bad_request(format!("Send {{\"advance\":\"P7D\"}}: {error}.")))?;
    dev.clock.advance(parse_duration(&asked.advance, dev.clock.now())?);
    (dev.keep_offset)(dev.clock.offset())?;
    dev.outbox.flush().await?;
    dev.jobs.run_due().await?;
    dev.outbox.flush().await?;
    Ok(now(State(dev)).await)
}

/// Lets through who holds the token: in a header, or in a cookie that opening a page with `?token=` sets.
async fn guard(State(dev): State<Arc<Dev>>, request: Request, next: Next) -> Response {
    let Some(token) = &dev.token else { return next.run(request).await };
    let is_token = |text: &str| is_equal(text, token.expose());
    let cookies = Cookies::of(request.headers(), &dev.origin);
    if bearer(request.headers()).is_some_and(is_token) || cookies.get(COOKIE).is_some_and(is_token) {
        return next.run(request).await;
    }
    let query = request.uri().query().unwrap_or_default();
    let given = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token");
    if given.is_some_and(|(_, value)| is_token(&value))
        && let Ok(cookie) = Cookie::new(COOKIE, token.expose().clone()).header(&dev.origin)
    {
        let path = request.uri().path().to_owned();
        return ([(header::SET_COOKIE, cookie)], Redirect::to(&path)).into_response();
    }
    Failure(
        Error::unauthenticated(
            "Send the token of the card: Authorization: Bearer …, or open /dev/mail?token=…",
        ),
        dev.rng,
    )
    .into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Compares in a time that does not tell how much was right.
fn is_equal(one: &str, other: &str) -> bool {
    use subtle::ConstantTimeEq;
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// An error as JSON: these paths are for programs.
struct Failure(Error, Rng);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error, Rng::system())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(error, rng) = self;
        let id = CorrelationId(rng.uuid());
        if error.status() >= 500 {
            tracing::error!(%error, request_id = %id, "a request failed");
        }
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({"error": {"message": error.message(), "innerError": {"request-id": id}}});
        (status, Json(body)).into_response()
    }
}
