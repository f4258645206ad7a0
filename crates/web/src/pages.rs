//! What page handlers share: the templates, the origin and the form key. [`Pages::attach`] puts it into every
//! request of a router and turns failures into error pages in the reader's language.

use crate::page::guard;
use crate::{Catalog, CsrfKey, Failure, Page, PageContext, Templates, assets};
use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use http::{Extensions, HeaderValue, StatusCode, header};
use kernel::{CorrelationId, Error, Kind, Language, Origin, Rng};
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::sync::Arc;

/// A cheap handle; also an extractor in handlers behind [`Pages::attach`].
#[derive(Clone)]
pub struct Pages(Arc<Shared>);

struct Shared {
    templates: Templates,
    origin: Origin,
    csrf: CsrfKey,
    rng: Rng,
}

impl Pages {
    pub fn new(templates: Templates, origin: Origin, csrf: CsrfKey, rng: Rng) -> Self {
        Self(Arc::new(Shared { templates, origin, csrf, rng }))
    }

    /// Gives the handlers of this router [`Pages`] and [`PageContext`], and their failures a page.
    pub fn attach<S: Clone + Send + Sync + 'static>(&self, router: Router<S>) -> Router<S> {
        router.layer(from_fn_with_state(self.clone(), serve))
    }

    /// `GET /assets/{name}`.
    pub fn assets<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        assets::router(self.0.templates.assets())
    }

    /// The context of a page that answers this request.
    pub fn context(&self, parts: &Parts) -> PageContext {
        let fresh = || URL_SAFE_NO_PAD.encode(self.0.rng.bytes::<32>());
        let page = PageContext::of(parts, &self.0.origin, fresh);
        let token = self.0.csrf.token(page.browser());
        page.with_token(token)
    }

    /// Renders a template; it knows `page` and the fields of `context`.
    pub fn render(&self, name: &str, page: PageContext, context: impl Serialize) -> kernel::Result<Page> {
        let language = page.language();
        let context = context! { page => Serde(&page), ..Value::from(Serde(context)) };
        let html = self.0.templates.render(name, language, context)?;
        Ok(Page::new(html, page.cookies()?).scripts(page.frame().is_some()))
    }

    /// The page for an error: what is refused, because of which rule and setting, what can be done, and the
    /// number to give to an administrator.
    pub fn error(
        &self,
        page: PageContext,
        error: &Error,
        correlation: CorrelationId,
    ) -> kernel::Result<Page> {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let said = error_words(self.0.templates.catalog(), page.language(), error);
        let context = context! {
            error => context! {
                status => status.as_u16(),
                correlation => correlation.to_string(),
                ..Value::from(Serde(said))
            }
        };
        let layout = if page.frame().is_some() { "layout/portal_error.html" } else { "layout/error.html" };
        Ok(self.render(layout, page, context)?.status(status))
    }

    /// A part of a page, such as what fills a slot.
    pub fn fragment(&self, name: &str, page: &PageContext, context: impl Serialize) -> kernel::Result<Value> {
        let context = context! { page => Serde(page), ..Value::from(Serde(context)) };
        let html = self.0.templates.render(name, page.language(), context)?;
        Ok(Value::from_safe_string(html))
    }

    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    pub fn templates(&self) -> &Templates {
        &self.0.templates
    }

    pub(crate) fn csrf(&self) -> &CsrfKey {
        &self.0.csrf
    }

    pub(crate) fn of(extensions: &Extensions) -> kernel::Result<Self> {
        extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::internal("a page route is not attached to Pages"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Pages {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Self::of(&parts.extensions)?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageContext {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Pages::of(&parts.extensions)?.context(parts))
    }
}

async fn serve(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let correlation = parts.extensions.get::<CorrelationId>().copied();
    let correlation = correlation.unwrap_or_else(|| CorrelationId(pages.0.rng.uuid()));
    parts.extensions.insert(pages.clone());
    let page = pages.context(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        report(&failure.error, correlation);
        let page = failure.page.map_or(page, |page| *page);
        match pages.error(page, &failure.error, correlation) {
            Ok(page) => response = with_retry_after(page.into_response(), &failure.error),
            Err(error) => report(&error, correlation),
        }
    }
    guard(&mut response);
    response
}

fn report(error: &Error, correlation: CorrelationId) {
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        tracing::error!(%correlation, ?error, "a page failed");
    } else {
        tracing::debug!(%correlation, ?error, "a page was refused");
    }
}

fn with_retry_after(mut response: Response, error: &Error) -> Response {
    if let Kind::TooManyRequests { retry_after } = error.kind() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    response
}

/// What an error page says. Sentences of rules are English; another language gets its own general sentence
/// first and the exact one below, marked as English.
#[derive(Serialize)]
struct ErrorWords<'a> {
    title: String,
    sentence: String,
    exact: Option<&'a str>,
    rule: Option<&'static str>,
    setting: Option<String>,
    remedy: Option<&'a str>,
    role: Option<&'static str>,
}

fn error_words<'a>(catalog: &Catalog, language: Language, error: &'a Error) -> ErrorWords<'a> {
    let kind = match error.kind() {
        Kind::BadRequest
        | Kind::UnsupportedMediaType
        | Kind::TooLarge
        | Kind::UrlTooLong
        | Kind::MethodNotAllowed => "request",
        Kind::Unauthenticated => "unauthenticated",
        Kind::Forbidden => "forbidden",
        Kind::NotFound => "not-found",
        Kind::Conflict => "conflict",
        Kind::Gone => "gone",
        Kind::TooManyRequests { .. } => "too-many",
        Kind::Internal => "internal",
        Kind::Unavailable => "unavailable",
    };
    let general = catalog.translate(language, &format!("error-{kind}-sentence"), &[]);
    let fixed = error.kind() == Kind::Internal;
    let english = language == Language::En;
    let refusal = error.refusal();
    ErrorWords {
        title: catalog.translate(language, &format!("error-{kind}-title"), &[]),
        sentence: if english && !fixed { error.message().to_owned() } else { general },
        exact: (!english && !fixed).then_some(error.message()),
        rule: refusal.map(|refusal| refusal.rule.0),
        setting: refusal
            .and_then(|refusal| refusal.setting.as_ref())
            .map(|s| format!("{} = {}", s.name, s.value)),
        remedy: refusal.map(|refusal| refusal.remedy.sentence.as_str()),
        role: refusal.and_then(|refusal| refusal.remedy.role),
    }
}
