//! The routes of `/redeem`. GET shows, POST does; both find the invitation anew by its ticket.

use super::gate::{Gate, Proven, Stage};
use crate::email_code::{self, CodeOutcome, Request};
use crate::session::Browser;
use crate::sign_in::{Errand, LocalPath, Prompt, go, sign_in_path};
use crate::visit::Visit;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use collaboration::invitation::link::Standing;
use collaboration::redemption::{
    self, CodeState, Consent, EnterCode, HomeAccount, Link, LinkText, Purpose, Refused, TypedCode,
    WrongAccount, proof_path,
};
use http::{HeaderValue, StatusCode, header};
use kernel::{Act, Actor, Refusal, Result, SignedDuration};
use serde::Deserialize;
use url::Url;
use web::{ClientNetwork, Fields, GuardedForm, Page, PageContext, Pages};

const ONWARD: &str = "/redeem/onward";

pub fn routes(gate: Gate) -> Router {
    Router::new()
        .route("/redeem", get(enter).post(answer))
        .route("/redeem/proof", get(show_proof).post(prove))
        .route("/redeem/code", post(code))
        .route("/redeem/consent", post(consent))
        .route("/redeem/decline", post(decline))
        .route(ONWARD, get(onward))
        .with_state(gate)
}

/// One request: who sends it, and what a page of the answer is made with.
struct Call {
    gate: Gate,
    pages: Pages,
    page: PageContext,
    visit: Visit,
}

/// What every form of these pages carries.
#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    ticket: String,
    purpose: Option<Purpose>,
}

impl Carried {
    fn link(&self) -> LinkText {
        LinkText { tenant: self.tenant.clone(), invitation: self.user.clone(), ticket: self.ticket.clone() }
    }

    fn purpose(&self) -> Purpose {
        self.purpose.unwrap_or(Purpose::Accept)
    }
}

async fn enter(
    State(gate): State<Gate>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let Some(asked) = read_query(query.as_deref()) else {
        return Ok(call.enter_code(EnterCode::Empty, "")?.into_response());
    };
    match call.find(&asked.link()).await? {
        None => Ok(call.unknown()?),
        Some(link) => Ok(call.door(&link)?),
    }
}

#[derive(Deserialize)]
struct AnswerForm {
    #[serde(rename = "do")]
    wish: Answer,
    #[serde(default)]
    code: String,
    #[serde(flatten)]
    carried: Carried,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Open,
    Continue,
    NotMe,
    Decline,
    Report,
    SendNew,
    Back,
}

async fn answer(
    State(gate): State<Gate>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<AnswerForm>,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    if form.wish == Answer::Open {
        return Ok(call.open(&form.code).await?);
    }
    let Some(link) = call.find(&form.carried.link()).await? else { return Ok(call.unknown()?) };
    let views = &call.gate.views;
    let page = || call.page.clone();
    Ok(match form.wish {
        Answer::Report => {
            call.gate.redemption.report(call.act(&link), &link).await?;
            views.reported(&call.pages, page(), &link)?.into_response()
        }
        Answer::SendNew => {
            call.gate.redemption.send_again(call.act(&link), &link).await?;
            views.sent_again(&call.pages, page(), &link)?.into_response()
        }
        Answer::NotMe => views.not_me(&call.pages, page(), &link)?.into_response(),
        _ if link.standing != Standing::Live => call.door(&link)?,
        Answer::Continue => {
            call.gate.redemption.opened(&link).await?;
            Redirect::to(&proof_path(&link, Purpose::Accept)).into_response()
        }
        Answer::Decline => Redirect::to(&proof_path(&link, Purpose::Decline)).into_response(),
        Answer::Back | Answer::Open => Redirect::to(&link.path()).into_response(),
    })
}

async fn show_proof(
    State(gate): State<Gate>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let Some(asked) = read_query(query.as_deref()) else { return Ok(call.unknown()?) };
    let Some(link) = call.find(&asked.link()).await? else { return Ok(call.unknown()?) };
    Ok(call.show_stage(&link, asked.purpose()).await?)
}

#[derive(Deserialize)]
struct ProofForm {
    #[serde(rename = "do")]
    wish: ProofWish,
    #[serde(flatten)]
    carried: Carried,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ProofWish {
    SignIn,
    Switch,
    SendCode,
    NotMe,
    Back,
}

async fn prove(
    State(gate): State<Gate>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<ProofForm>,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let purpose = form.carried.purpose();
    let Some(link) = call.find(&form.carried.link()).await? else { return Ok(call.unknown()?) };
    if link.standing != Standing::Live {
        return Ok(call.door(&link)?);
    }
    Ok(match form.wish {
        ProofWish::SignIn => call.sign_in_at_home(&link, purpose, Prompt::SelectAccount).await?,
        ProofWish::Switch => call.sign_in_at_home(&link, purpose, Prompt::Login).await?,
        ProofWish::SendCode => call.send_code(&link, purpose).await?,
        ProofWish::NotMe => call.not_me(&link)?,
        ProofWish::Back => Redirect::to(&link.path()).into_response(),
    })
}

#[derive(Deserialize)]
struct CodeForm {
    #[serde(rename = "do")]
    wish: CodeWish,
    #[serde(default)]
    code: String,
    #[serde(flatten)]
    carried: Carried,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CodeWish {
    Verify,
    Resend,
    NotMe,
}

async fn code(
    State(gate): State<Gate>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<CodeForm>,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let purpose = form.carried.purpose();
    let Some(link) = call.find(&form.carried.link()).await? else { return Ok(call.unknown()?) };
    if link.standing != Standing::Live {
        return Ok(call.door(&link)?);
    }
    Ok(match form.wish {
        CodeWish::Verify => call.verify(&link, purpose, &form.code).await?,
        CodeWish::Resend => call.send_code(&link, purpose).await?,
        CodeWish::NotMe => call.not_me(&link)?,
    })
}

#[derive(Deserialize)]
struct ConsentForm {
    #[serde(rename = "do")]
    wish: ConsentWish,
    #[serde(flatten)]
    carried: Carried,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConsentWish {
    Accept,
    Decline,
    Switch,
}

async fn consent(
    State(gate): State<Gate>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<ConsentForm>,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let Some(link) = call.find(&form.carried.link()).await? else { return Ok(call.unknown()?) };
    Ok(match form.wish {
        ConsentWish::Accept => call.accept(&link).await?,
        ConsentWish::Decline => Redirect::to(&proof_path(&link, Purpose::Decline)).into_response(),
        ConsentWish::Switch => call.sign_in_at_home(&link, Purpose::Accept, Prompt::Login).await?,
    })
}

#[derive(Deserialize)]
struct DeclineForm {
    #[serde(rename = "do")]
    wish: DeclineWish,
    #[serde(flatten)]
    carried: Carried,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeclineWish {
    Decline,
    Back,
}

async fn decline(
    State(gate): State<Gate>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<DeclineForm>,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let Some(link) = call.find(&form.carried.link()).await? else { return Ok(call.unknown()?) };
    if form.wish == DeclineWish::Back {
        return Ok(Redirect::to(&link.path()).into_response());
    }
    let (Stage::Proven(proven), Some(browser)) =
        (call.stage(&link, Purpose::Decline).await?, call.visit.browser())
    else {
        return Ok(call.show_stage(&link, Purpose::Decline).await?);
    };
    match call.gate.decline(&link, call.act(&link), &proven, &browser).await? {
        Ok(()) => Ok(call.gate.views.declined(&call.pages, call.page.clone(), &link)?.into_response()),
        Err(refusal) => Ok(call.refused(&link, Purpose::Decline, &refusal, &proven).await?),
    }
}

async fn onward(
    State(gate): State<Gate>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Response> {
    let call = Call { gate, pages, page, visit };
    let Some(asked) = read_query(query.as_deref()) else { return Ok(call.unknown()?) };
    let Some(link) = call.find(&asked.link()).await? else { return Ok(call.unknown()?) };
    if link.standing != Standing::Member {
        return Ok(call.door(&link)?);
    }
    if !call.gate.is_signed_in(&link, call.visit.browser().as_ref()).await? {
        let errand = errand(&link, link.path_to(ONWARD), Prompt::SelectAccount);
        return Ok(Redirect::to(&sign_in_path(link.tenant.id, &errand)).into_response());
    }
    if let Some(target) = call.gate.trusted_target(&link).await? {
        return Ok(Redirect::to(target.as_str()).into_response());
    }
    let target = Url::parse(&link.invitation.redirect_url).ok();
    let Some(target) = target.filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Ok(Redirect::to(&redemption::account_path(&link)).into_response());
    };
    let page = call.gate.views.leaving_to(&call.pages, call.page.clone(), &link, &target)?;
    Ok(page.into_response())
}

impl Call {
    async fn find(&self, text: &LinkText) -> Result<Option<Link>> {
        self.gate.redemption.find(text).await
    }

    async fn stage(&self, link: &Link, purpose: Purpose) -> Result<Stage> {
        self.gate.stage(link, self.visit.browser().as_ref(), purpose).await
    }

    fn act(&self, link: &Link) -> Act {
        self.visit.act(Actor::Anonymous { tenant: link.tenant.id }, self.gate.platform.rng())
    }

    fn enter_code(&self, state: EnterCode, entered: &str) -> Result<Page> {
        self.gate.views.enter_code(&self.pages, self.page.clone(), state, entered)
    }

    /// The one answer to whatever was not issued here.
    fn unknown(&self) -> Result<Response> {
        let page = self.enter_code(EnterCode::UnknownLink, "")?;
        Ok(page.status(StatusCode::NOT_FOUND).into_response())
    }

    /// What a genuine link leads to.
    fn door(&self, link: &Link) -> Result<Response> {
        let (views, page) = (&self.gate.views, self.page.clone());
        Ok(match link.standing {
            Standing::Live => views.landing(&self.pages, page, link)?.into_response(),
            Standing::Member => {
                views.already_member(&self.pages, page, link, &link.path_to(ONWARD))?.into_response()
            }
            _ => views.link_ended(&self.pages, page, link)?.status(StatusCode::GONE).into_response(),
        })
    }

    /// The same way in by the typed code: it leads to the very page of the link.
    async fn open(&self, typed: &str) -> Result<Response> {
        let network = self.visit.network.map(ClientNetwork::of);
        match self.gate.redemption.open_typed_code(network, typed).await? {
            TypedCode::Leads(url) => Ok(Redirect::to(&url).into_response()),
            TypedCode::Unknown => Ok(self.enter_code(EnterCode::UnknownCode, typed)?.into_response()),
            TypedCode::Limited(until) => {
                let seconds = until.duration_since(self.gate.platform.clock().now()).as_secs().max(1);
                let page = self.enter_code(EnterCode::Limited(until), typed)?;
                let mut response = page.status(StatusCode::TOO_MANY_REQUESTS).into_response();
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                Ok(response)
            }
        }
    }

    /// The page for how far this browser is.
    async fn show_stage(&self, link: &Link, purpose: Purpose) -> Result<Response> {
        if link.standing != Standing::Live {
            return self.door(link);
        }
        let (views, page) = (&self.gate.views, self.page.clone());
        let shown = match self.stage(link, purpose).await? {
            Stage::Unproven(home) => views.find_sign_in(&self.pages, page, link, home.as_ref(), purpose)?,
            Stage::WrongAccount { home, signed_in } => {
                let user = &signed_in.user;
                let wrong = WrongAccount {
                    address: user.address(),
                    display_name: &user.display_name,
                    organization: Some(&home.tenant.display_name),
                };
                views.wrong_account(&self.pages, page, link, purpose, &wrong)?
            }
            Stage::Proven(_) if purpose == Purpose::Decline => {
                views.decline_confirm(&self.pages, page, link)?
            }
            Stage::Proven(proven) => {
                let target = self.gate.trusted_target(link).await?;
                let consent = Consent { home: proven.home(), leads_to: target.as_ref() };
                views.consent(&self.pages, page, link, &consent)?
            }
        };
        Ok(shown.into_response())
    }

    fn not_me(&self, link: &Link) -> Result<Response> {
        Ok(self.gate.views.not_me(&self.pages, self.page.clone(), link)?.into_response())
    }

    /// To the sign-in of the home tenant and back. Where a code is the proof there is nothing to switch to.
    async fn sign_in_at_home(&self, link: &Link, purpose: Purpose, prompt: Prompt) -> Result<Response> {
        let Some(home) = self.gate.redemption.home_account(link).await? else {
            return match prompt {
                Prompt::Login => self.not_me(link),
                Prompt::SelectAccount => self.show_stage(link, purpose).await,
            };
        };
        let errand = errand(link, proof_path(link, purpose), prompt);
        Ok(Redirect::to(&sign_in_path(home.tenant.id, &errand)).into_response())
    }

    /// Mails a code to the stored address, unless the address belongs to a home account.
    async fn send_code(&self, link: &Link, purpose: Purpose) -> Result<Response> {
        if self.gate.redemption.home_account(link).await?.is_some() {
            return self.show_stage(link, purpose).await;
        }
        let platform = &self.gate.platform;
        let browser = self.visit.browser_or_fresh(platform.rng());
        let language = self.page.clone().preferring(Some(link.invitation.language)).language();
        let request = Request {
            browser: browser.clone(),
            purpose: code_purpose(purpose),
            subject: link.invitation.id.0,
            address: link.invitation.address.clone(),
            language,
            exists: true,
        };
        let now = platform.clock().now();
        let requested = self.gate.codes.request(link.tenant.id, &self.act(link), request).await?;
        let state = match requested.wait {
            None => CodeState::Sent { at: requested.sent_at.unwrap_or(now) },
            Some(seconds) => {
                let next_at = now.checked_add(SignedDuration::from_secs(seconds.into()));
                CodeState::Limited { next_at: next_at.unwrap_or(now) }
            }
        };
        let page = self.gate.views.code(&self.pages, self.page.clone(), link, purpose, state, "")?;
        Ok(page.cookie(&browser.cookie(), platform.origin())?.into_response())
    }

    async fn verify(&self, link: &Link, purpose: Purpose, typed: &str) -> Result<Response> {
        let Some(browser) = self.visit.browser() else { return self.show_stage(link, purpose).await };
        let (tenant, subject) = (link.tenant.id, link.invitation.id.0);
        let kind = code_purpose(purpose);
        let outcome = self.gate.codes.check(tenant, &self.act(link), &browser, kind, subject, typed).await?;
        let mut snapshot = self.gate.platform.tenant(tenant).snapshot().await?;
        let standing = email_code::standing(&mut snapshot, &browser, kind, subject).await?;
        drop(snapshot);
        let sent_at = standing.map_or_else(|| self.gate.platform.clock().now(), |standing| standing.sent_at);
        let state = match outcome {
            CodeOutcome::Proven { browser } => {
                return go(&proof_path(link, purpose), &browser, self.gate.platform.origin());
            }
            // Also a second click on the right code, which is proven by now.
            CodeOutcome::None => return self.show_stage(link, purpose).await,
            CodeOutcome::Spent if standing.is_some_and(|standing| standing.is_proven) => {
                return self.show_stage(link, purpose).await;
            }
            CodeOutcome::Wrong { left } => CodeState::Wrong { sent_at, tries_left: left },
            CodeOutcome::Spent => CodeState::TooManyTries { sent_at },
            CodeOutcome::Expired => CodeState::Expired { sent_at },
        };
        let page = self.gate.views.code(&self.pages, self.page.clone(), link, purpose, state, typed)?;
        Ok(page.into_response())
    }

    async fn accept(&self, link: &Link) -> Result<Response> {
        if matches!(link.standing, Standing::Used)
            && self.gate.is_signed_in(link, self.visit.browser().as_ref()).await?
        {
            // The second click on *Accept*: the first has done it.
            return self.lead_on(link, None).await;
        }
        if link.standing != Standing::Live {
            return self.door(link);
        }
        let stage = self.stage(link, Purpose::Accept).await?;
        let (Stage::Proven(proven), Some(browser)) = (stage, self.visit.browser()) else {
            // Another window may have used the proof since the link was read.
            return match self.gate.again(link).await? {
                Some(now) if now.standing != Standing::Live => self.door(&now),
                _ => self.show_stage(link, Purpose::Accept).await,
            };
        };
        match self.gate.accept(link, self.act(link), &proven, &browser).await? {
            Ok(browser) => self.lead_on(link, Some(&browser)).await,
            Err(refusal) => self.refused(link, Purpose::Accept, &refusal, &proven).await,
        }
    }

    /// To where the invitation leads; past a page that names the place if it is not registered.
    async fn lead_on(&self, link: &Link, browser: Option<&Browser>) -> Result<Response> {
        let path = match self.gate.trusted_target(link).await? {
            Some(target) => target.to_string(),
            None => match self.gate.newest(link).await? {
                Some(newest) => newest.path_to(ONWARD),
                None => redemption::account_path(link),
            },
        };
        match browser {
            Some(browser) => go(&path, browser, self.gate.platform.origin()),
            None => Ok(Redirect::to(&path).into_response()),
        }
    }

    /// A refusal at the write itself: what was true when the page was shown has changed, or the identity is
    /// somebody else's.
    async fn refused(
        &self,
        link: &Link,
        purpose: Purpose,
        refusal: &Refusal,
        proven: &Proven,
    ) -> Result<Response> {
        let kind = match refusal.rule {
            redemption::LINK => {
                let again = LinkText {
                    tenant: link.tenant.id.to_string(),
                    invitation: link.invitation.id.to_string(),
                    ticket: link.ticket.clone(),
                };
                return match self.find(&again).await? {
                    Some(link) => self.door(&link),
                    None => self.unknown(),
                };
            }
            redemption::PROOF | redemption::HOME_SIGN_IN | redemption::INVITED_ADDRESS => {
                return self.show_stage(link, purpose).await;
            }
            redemption::HOME_DISABLED => "disabled_home",
            redemption::IDENTITY_TAKEN => "identity_taken",
            _ => "other",
        };
        let act = self.act(link);
        tracing::info!(correlation = %act.correlation, rule = refusal.rule.0, "an invitation was not accepted");
        let home = proven.home();
        let details = self.details(&act, refusal, home);
        let shown = Refused {
            kind,
            refusal,
            address: home.map_or(link.invitation.address.as_str(), |home| home.user.address()),
            home: home.map_or("", |home| home.tenant.display_name.as_str()),
            can_switch: kind == "identity_taken" && home.is_some(),
            details,
        };
        let page = self.gate.views.refused(&self.pages, self.page.clone(), link, purpose, &shown)?;
        Ok(page.status(StatusCode::FORBIDDEN).into_response())
    }

    fn details(
        &self,
        act: &Act,
        refusal: &Refusal,
        home: Option<&HomeAccount>,
    ) -> Vec<(&'static str, String)> {
        let origin = self.gate.platform.origin();
        let issuer = home.map_or_else(
            || crate::session::MAIL_ISSUER.to_owned(),
            |home| crate::session::issuer(origin, home.tenant.id),
        );
        vec![
            ("rule", refusal.rule.0.to_owned()),
            ("issuer", issuer),
            ("time", self.gate.platform.clock().now().to_string()),
            ("correlation", act.correlation.to_string()),
        ]
    }
}

/// What the query of a page of the way in says; none if it carries no ticket. One that cannot be read carries an
/// unknown one.
fn read_query(query: Option<&str>) -> Option<Carried> {
    let query = query.filter(|query| query.contains("ticket"))?;
    let mut fields = Fields::parse(query.as_bytes()).unwrap_or_default();
    let mut take = |name: &str| fields.take(name).unwrap_or_default();
    let purpose =
        if take("purpose") == Purpose::Decline.as_str() { Purpose::Decline } else { Purpose::Accept };
    Some(Carried {
        tenant: take("tenant"),
        user: take("user"),
        ticket: take("ticket"),
        purpose: Some(purpose),
    })
}

fn code_purpose(purpose: Purpose) -> email_code::Purpose {
    match purpose {
        Purpose::Accept => email_code::Purpose::Accept,
        Purpose::Decline => email_code::Purpose::Decline,
    }
}

/// A sign-in that leads back here.
fn errand(link: &Link, return_to: String, prompt: Prompt) -> Errand {
    let return_to = LocalPath::parse(&return_to).unwrap_or_else(|| LocalPath::account(link.tenant.id));
    Errand { return_to, login_hint: Some(link.invitation.address.to_string()), prompt, client: None }
}
