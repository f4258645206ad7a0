//! The authorization endpoint on the wire: the request itself, its continuation after signing in, and the answer
//! to the question about consent.

use super::answer::Target;
use super::sealed::Sealed;
use super::service::{AuthorizeService, Step, Visit};
use super::{AuthorizeRequest, Circumstances, Opening, Return, explain};
use crate::consent;
use crate::endpoint::{self, Sender};
use crate::protocol::{Fault, Parameters, RedirectUri, Segment, Trace};
use crate::session::{Browser, SignedIn};
use crate::sign_in::{Client, Errand, LocalPath, Prompt, organization, sign_in_path};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use directory::application::{self, Application};
use directory::tenant::{self, Tenant};
use http::Uri;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::request::Parts;
use kernel::{Error, TenantId};
use serde::Deserialize;
use web::{Cookies, GuardedForm, PageContext, Pages};

/// What the handlers share.
#[derive(Clone)]
struct Authorize {
    service: AuthorizeService,
}

pub(super) fn routes(service: AuthorizeService) -> Router {
    Router::new()
        .route("/{tenant}/oauth2/v2.0/authorize", get(asked).post(posted))
        .route("/{tenant}/oauth2/authorize", get(asked).post(posted))
        .route("/{tenant}/oauth2/continue", get(continued))
        .route("/{tenant}/oauth2/consent", post(consented))
        .route("/error", get(number))
        .route(super::answer::SCRIPT, get(script))
        .with_state(Authorize { service })
}

/// The tenant a request is for, with what its pages show.
struct Place {
    tenant: Tenant,
    page: PageContext,
}

async fn asked(
    State(authorize): State<Authorize>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let (parts, _) = request.into_parts();
    let parameters = Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes());
    authorize.begin(&segment, parameters, &parts, &pages, page).await
}

async fn posted(
    State(authorize): State<Authorize>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let (parts, body) = request.into_parts();
    let parameters = endpoint::read_form(&parts.headers, body).await;
    authorize.begin(&segment, parameters, &parts, &pages, page).await
}

async fn continued(
    State(authorize): State<Authorize>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Response> {
    let (parts, _) = request.into_parts();
    let query = Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    let sealed = query.get("request").unwrap_or_default();
    let Some((place, sealed)) = authorize.reopen(&segment, sealed, page).await? else {
        return Err(stale().into());
    };
    authorize.proceed(place, &sealed.request, true, &parts, &pages).await
}

#[derive(Deserialize)]
struct ConsentForm {
    request: String,
    answer: ConsentAnswer,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ConsentAnswer {
    Accept,
    Decline,
}

async fn consented(
    State(authorize): State<Authorize>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    parts: Parts,
    GuardedForm(form): GuardedForm<ConsentForm>,
) -> web::Result<Response> {
    let Some((place, sealed)) = authorize.reopen(&segment, &form.request, page).await? else {
        return Err(stale().into());
    };
    let Some(user) = sealed.user else { return Err(stale().into()) };
    authorize.consented(place, &sealed.request, user, form.answer, &parts, &pages).await
}

/// Posts the form of a page that has one. Its text never changes with a request.
async fn script() -> Response {
    let headers =
        [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, include_str!("pages/form_post.js")).into_response()
}

async fn number(pages: Pages, page: PageContext, uri: Uri) -> web::Result<Response> {
    let query = Parameters::parse(uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    Ok(explain::number(&pages, page, query.get("code"))?)
}

fn stale() -> Error {
    Error::bad_request(
        "This sign-in was begun too long ago or in another way. Go back to the application and begin again.",
    )
}

impl Authorize {
    async fn begin(
        &self,
        segment: &str,
        parameters: Result<Parameters, Fault>,
        parts: &Parts,
        pages: &Pages,
        page: PageContext,
    ) -> web::Result<Response> {
        let platform = self.service.platform();
        let readable = parameters.as_ref().ok().cloned().unwrap_or_default();
        let trace = endpoint::trace(platform, &parts.extensions, &parts.headers, &readable);
        let told =
            |fault: &Fault, page| explain::page(pages, page, fault, &trace, explain::Subject::of(&readable));
        let opening = match parameters.and_then(|parameters| Opening::parse(&parameters)) {
            Ok(opening) => opening,
            Err(fault) => return Ok(told(&fault, page)?),
        };
        let place = match self.place(segment, page).await? {
            Found::Place(place) => *place,
            Found::Fault(fault, page) => return Ok(told(&fault, *page)?),
        };
        let application = match self.application(place.tenant.id, opening.app_id).await? {
            Ok(application) => application,
            Err(fault) => return Ok(told(&fault, place.page)?),
        };
        let redirect_uri = match opening.redirect_uri(&application) {
            Ok(redirect_uri) => redirect_uri,
            Err(fault) => return Ok(told(&fault, place.page)?),
        };
        let circumstances = Circumstances {
            app_id: application.app_id,
            redirect_uri: redirect_uri.clone(),
            needs_challenge: application.is_public,
            correlation: trace.correlation,
            now: trace.at,
        };
        match AuthorizeRequest::parse(&readable, circumstances) {
            Ok(request) => self.proceed(place, &request, false, parts, pages).await,
            Err(fault) => {
                let back = Return::of(&readable);
                let target = Target {
                    redirect_uri: &redirect_uri,
                    response_mode: back.response_mode,
                    state: back.state.as_deref(),
                };
                Ok(target.refuse(pages, place.page, platform.origin(), &fault, &trace)?)
            }
        }
    }

    /// Goes on with a request whose client and redirect URI belonged together when it came, if they still do.
    async fn proceed(
        &self,
        place: Place,
        request: &AuthorizeRequest,
        has_returned: bool,
        parts: &Parts,
        pages: &Pages,
    ) -> web::Result<Response> {
        let trace = self.trace(request);
        let application = match self.application(place.tenant.id, request.app_id).await? {
            Ok(application) => application,
            Err(fault) => {
                return Ok(explain::page(pages, place.page, &fault, &trace, explain::Subject::default())?);
            }
        };
        let sender = Sender::of(parts);
        let browser = Browser::of(&Cookies::of(&parts.headers, self.service.platform().origin()));
        let visit = Visit {
            tenant: place.tenant.id,
            application: &application,
            request,
            browser: browser.as_ref(),
            has_returned,
            sender: &sender,
            trace: &trace,
        };
        let step = self.service.next(&visit).await?;
        self.show(place, &visit, step, pages).await
    }

    async fn consented(
        &self,
        place: Place,
        request: &AuthorizeRequest,
        user: kernel::UserId,
        answer: ConsentAnswer,
        parts: &Parts,
        pages: &Pages,
    ) -> web::Result<Response> {
        let trace = self.trace(request);
        let application = match self.application(place.tenant.id, request.app_id).await? {
            Ok(application) => application,
            Err(fault) => {
                return Ok(explain::page(pages, place.page, &fault, &trace, explain::Subject::default())?);
            }
        };
        let sender = Sender::of(parts);
        let browser = Browser::of(&Cookies::of(&parts.headers, self.service.platform().origin()));
        let signed_in: Option<SignedIn> = match &browser {
            Some(browser) => self.service.sessions().current_user(place.tenant.id, browser, user).await?,
            None => None,
        };
        // Only the one who was asked can answer.
        let Some(signed_in) = signed_in else { return Err(stale().into()) };
        let visit = Visit {
            tenant: place.tenant.id,
            application: &application,
            request,
            browser: browser.as_ref(),
            has_returned: true,
            sender: &sender,
            trace: &trace,
        };
        let step = match answer {
            ConsentAnswer::Accept => self.service.accept(&visit, &signed_in).await?,
            ConsentAnswer::Decline => self.service.decline(&visit, &signed_in).await?,
        };
        self.show(place, &visit, step, pages).await
    }

    async fn show(
        &self,
        place: Place,
        visit: &Visit<'_>,
        step: Step,
        pages: &Pages,
    ) -> web::Result<Response> {
        let origin = self.service.platform().origin();
        let Some(redirect_uri) = RedirectUri::find(visit.application, Some(&visit.request.redirect_uri))
        else {
            let subject = explain::Subject::default();
            return Ok(explain::page(pages, place.page, &Fault::RedirectMismatch, visit.trace, subject)?);
        };
        let target = Target {
            redirect_uri: &redirect_uri,
            response_mode: visit.request.response_mode,
            state: visit.request.state.as_deref(),
        };
        match step {
            Step::Answer(answer) => Ok(target.deliver(pages, place.page, &answer)?),
            Step::Refuse(fault) => Ok(target.refuse(pages, place.page, origin, &fault, visit.trace)?),
            Step::Explain(fault) => {
                let subject = explain::Subject::about(&visit.application.display_name);
                Ok(explain::page(pages, place.page, &fault, visit.trace, subject)?)
            }
            Step::SignIn { choose, again } => {
                let path = LocalPath::parse(&self.continuation(visit).await?);
                let mut errand =
                    Errand::to(path.ok_or_else(|| Error::bad_request("The request is too long."))?);
                errand.login_hint = visit.request.login_hint.clone().filter(|_| !choose);
                errand.prompt = if again { Prompt::Login } else { Prompt::SelectAccount };
                let app_id = visit.application.app_id;
                errand.client = redirect_uri.url().map(|redirect_uri| Client { app_id, redirect_uri });
                Ok(Redirect::to(&sign_in_path(visit.tenant, &errand)).into_response())
            }
            Step::Ask { signed_in, scopes } => {
                let sealed = self.seal(visit, Some(signed_in.user.id)).await?;
                let url = redirect_uri.url();
                let target = url.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
                let page = place.page.visitor(&signed_in.visitor());
                let words = minijinja::context! {
                    application => visit.application.display_name.clone(),
                    scopes => scopes.iter().map(|name| minijinja::context! {
                        name => name, key => consent::word(name),
                    }).collect::<Vec<_>>(),
                    signed_in_as => signed_in.user.address(),
                    target => target,
                    action => format!("/{}/oauth2/consent", visit.tenant),
                    request => sealed,
                };
                let page = pages.render("consent/consent.html", page, words)?;
                // The answer to the form redirects to the client.
                Ok(match &url {
                    Some(url) => page.form_action(url).into_response(),
                    None => page.into_response(),
                })
            }
        }
    }

    fn trace(&self, request: &AuthorizeRequest) -> Trace {
        let platform = self.service.platform();
        Trace { id: platform.rng().uuid(), correlation: request.correlation, at: platform.clock().now() }
    }

    async fn application(
        &self,
        tenant: TenantId,
        app_id: kernel::AppId,
    ) -> kernel::Result<Result<Application, Fault>> {
        let mut snapshot = self.service.platform().tenant(tenant).snapshot().await?;
        Ok(match application::find_by_app_id(&mut snapshot, app_id).await? {
            None => Err(Fault::ClientNotFound(app_id.to_string())),
            Some(application) if !application.enabled => Err(Fault::ClientDisabled),
            Some(application) => Ok(application),
        })
    }

    /// The tenant of the path. Applications belong to one tenant, so a path that leaves it open leads nowhere.
    async fn place(&self, segment: &str, page: PageContext) -> kernel::Result<Found> {
        let unknown = || Fault::TenantNotFound(segment.chars().take(100).collect());
        match Segment::parse(segment) {
            None => return Ok(Found::Fault(unknown(), Box::new(page))),
            Some(Segment::Common | Segment::Organizations | Segment::Consumers) => {
                return Ok(Found::Fault(Fault::SingleTenantApplication, Box::new(page)));
            }
            Some(Segment::Id(_) | Segment::Domain(_)) => {}
        }
        let platform = self.service.platform();
        let Some(id) = tenant::resolve(platform.store(), segment).await? else {
            return Ok(Found::Fault(unknown(), Box::new(page)));
        };
        let tenant = tenant::get(&mut platform.tenant(id).snapshot().await?).await?;
        let page = page.organization(organization(&tenant)).preferring(tenant.notification_language);
        Ok(Found::Place(Box::new(Place { tenant, page })))
    }

    async fn reopen(
        &self,
        segment: &str,
        sealed: &str,
        page: PageContext,
    ) -> kernel::Result<Option<(Place, Sealed)>> {
        let Found::Place(place) = self.place(segment, page).await? else { return Ok(None) };
        let platform = self.service.platform();
        let keys = platform.tenant(place.tenant.id).keys().await?;
        Ok(Sealed::of_text(&keys, sealed, platform.clock().now()).map(|sealed| (*place, sealed)))
    }

    async fn seal(&self, visit: &Visit<'_>, user: Option<kernel::UserId>) -> kernel::Result<String> {
        let platform = self.service.platform();
        let keys = platform.tenant(visit.tenant).keys().await?;
        Sealed { request: visit.request.clone(), user }.to_text(&keys, platform.rng())
    }

    /// Where the request goes on once somebody has signed in.
    async fn continuation(&self, visit: &Visit<'_>) -> kernel::Result<String> {
        Ok(format!("/{}/oauth2/continue?request={}", visit.tenant, self.seal(visit, None).await?))
    }
}

enum Found {
    Place(Box<Place>),
    Fault(Fault, Box<PageContext>),
}
