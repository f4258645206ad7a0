//! The routes of the sign-in pages. GET shows, POST does; what each POST may do is decided anew from what was
//! typed, never from what a form carried along.

use super::desk::Desk;
use super::errand::{Given, Prompt};
use super::views::{CodeState, PasswordState, Scene, no_organization};
use crate::email_code::{self, CodeOutcome, Purpose, Request};
use crate::home_realm::{self, CodeGuest, Realm};
use crate::password::Verified;
use crate::session::Browser;
use crate::visit::Visit;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use directory::tenant;
use kernel::{Act, EmailAddress, Language, Result, Secret, SessionId};
use serde::Deserialize;
use serde_json::json;
use store::Keys;
use uuid::Uuid;
use web::{Cookie, GuardedForm, Page, PageContext, Pages, Query};

pub(crate) fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/account/sign-in", get(ask_anywhere).post(name_anywhere))
        .route("/account/{tenant}/sign-in", get(ask).post(name))
        .route("/account/{tenant}/sign-in/account", post(pick))
        .route("/account/{tenant}/sign-in/password", post(password))
        .route("/account/{tenant}/sign-in/code", post(code))
        .with_state(desk)
}

async fn ask(
    State(desk): State<Desk>,
    Path(segment): Path<String>,
    Query(given): Query<Given>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
) -> web::Result<Page> {
    let scene = Scene::of(&desk, &segment, given, pages, page).await?;
    if let Some(hint) = scene.errand.login_hint.clone() {
        let typed = EmailAddress::parse(hint.trim()).ok();
        let realm = match &typed {
            Some(name) => Some(discover(&desk, &scene, name).await?.0),
            None => None,
        };
        // A code is mailed when it is asked for, not when a link is opened.
        return Ok(match realm {
            Some(Realm::Password { tenant }) => {
                scene.password(&desk, tenant, hint.trim(), PasswordState::Empty).await?
            }
            _ => scene.user_name(hint.trim(), false)?,
        });
    }
    if let (Prompt::SelectAccount, Some(browser)) = (scene.errand.prompt, visit.browser()) {
        let accounts = desk.accounts(&scene.tenant, &browser).await?;
        if !accounts.is_empty() {
            return Ok(scene.accounts(&accounts)?);
        }
    }
    Ok(scene.user_name("", false)?)
}

#[derive(Deserialize)]
struct NameForm {
    username: String,
    #[serde(flatten)]
    given: Given,
}

async fn name(
    State(desk): State<Desk>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<NameForm>,
) -> web::Result<Page> {
    let language = page.language();
    let scene = Scene::of(&desk, &segment, form.given, pages, page).await?;
    let typed = form.username.trim();
    let Ok(name) = EmailAddress::parse(typed) else {
        return Ok(scene.user_name(&short(typed), true)?);
    };
    let (realm, guest) = discover(&desk, &scene, &name).await?;
    match realm {
        Realm::Password { tenant } => Ok(scene.password(&desk, tenant, typed, PasswordState::Empty).await?),
        Realm::Code => {
            let act = desk.act(&visit, scene.tenant.id);
            Ok(send_code(&desk, scene, &act, &visit, &name, guest, language).await?)
        }
    }
}

#[derive(Deserialize)]
struct PasswordForm {
    username: String,
    password: Secret<String>,
    #[serde(flatten)]
    given: Given,
}

async fn password(
    State(desk): State<Desk>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<PasswordForm>,
) -> web::Result<Response> {
    let scene = Scene::of(&desk, &segment, form.given, pages, page).await?;
    let Ok(name) = EmailAddress::parse(form.username.trim()) else {
        return Ok(scene.user_name(&short(&form.username), true)?.into_response());
    };
    let (Realm::Password { tenant: at }, _) = discover(&desk, &scene, &name).await? else {
        return Ok(scene.user_name(name.as_str(), false)?.into_response());
    };
    let act = desk.act(&visit, scene.tenant.id);
    let state = match desk.passwords.verify(at, &act, name.as_str(), form.password).await? {
        Verified::Right(user) => {
            if let Some(address) = desk.new_password_address(at, &user).await? {
                return Ok(Redirect::to(&address).into_response());
            }
            let browser = browser(&desk, &visit);
            let arrival = desk.with_password(&scene.tenant, &scene.errand, &act, at, &user, browser).await?;
            return Ok(scene.arrived(arrival, act.correlation)?);
        }
        Verified::Wrong => PasswordState::Wrong,
        Verified::Paused { seconds } => PasswordState::Paused { seconds },
    };
    Ok(scene.password(&desk, at, name.as_str(), state).await?.into_response())
}

#[derive(Deserialize)]
struct CodeForm {
    username: String,
    #[serde(default)]
    code: String,
    #[serde(rename = "do")]
    wish: CodeWish,
    #[serde(flatten)]
    given: Given,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CodeWish {
    Verify,
    Resend,
}

async fn code(
    State(desk): State<Desk>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<CodeForm>,
) -> web::Result<Response> {
    let language = page.language();
    let scene = Scene::of(&desk, &segment, form.given, pages, page).await?;
    let Ok(name) = EmailAddress::parse(form.username.trim()) else {
        return Ok(scene.user_name(&short(&form.username), true)?.into_response());
    };
    let (Realm::Code, guest) = discover(&desk, &scene, &name).await? else {
        return Ok(scene.user_name(name.as_str(), false)?.into_response());
    };
    let act = desk.act(&visit, scene.tenant.id);
    if form.wish == CodeWish::Resend {
        return Ok(send_code(&desk, scene, &act, &visit, &name, guest, language).await?.into_response());
    }
    let browser = browser(&desk, &visit);
    let tenant = scene.tenant.id;
    let keys = desk.platform.tenant(tenant).keys().await?;
    let subject = subject(&keys, &name, guest.as_ref());
    let outcome = desk.codes.check(tenant, &act, &browser, Purpose::SignIn, subject, &form.code).await?;
    let state = match (outcome, guest) {
        (CodeOutcome::Proven { browser }, Some(guest)) => {
            let arrival = desk.with_code(&scene.tenant, &scene.errand, &act, &guest, browser).await?;
            return Ok(scene.arrived(arrival, act.correlation)?);
        }
        (CodeOutcome::Wrong { left }, _) => CodeState::Wrong { left },
        (CodeOutcome::Spent, _) => CodeState::Spent,
        (CodeOutcome::Expired | CodeOutcome::None | CodeOutcome::Proven { .. }, _) => CodeState::Expired,
    };
    let mut snapshot = desk.platform.tenant(tenant).snapshot().await?;
    let standing = email_code::standing(&mut snapshot, &browser, Purpose::SignIn, subject).await?;
    drop(snapshot);
    Ok(scene.code(&desk, name.as_str(), &short(&form.code), state, standing)?.into_response())
}

#[derive(Deserialize)]
struct PickForm {
    account: Option<SessionId>,
    #[serde(rename = "do")]
    wish: Option<PickWish>,
    #[serde(flatten)]
    given: Given,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PickWish {
    Another,
    SignOutAll,
}

async fn pick(
    State(desk): State<Desk>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<PickForm>,
) -> web::Result<Response> {
    let scene = Scene::of(&desk, &segment, form.given, pages.clone(), page.clone()).await?;
    let Some(browser) = visit.browser() else { return Ok(scene.user_name("", false)?.into_response()) };
    if form.wish == Some(PickWish::SignOutAll) {
        desk.sessions.end_all(&browser).await?;
        let page = page.organization(super::views::organization(&scene.tenant));
        let page = signed_out(&pages, page, &format!("/account/{}", scene.tenant.id), 0)?;
        return Ok(page.cookie(&Cookie::removal(Browser::COOKIE), pages.origin())?.into_response());
    }
    let accounts = desk.accounts(&scene.tenant, &browser).await?;
    let picked = accounts.iter().find(|account| Some(account.signed_in.session) == form.account);
    let Some(picked) = picked else { return Ok(scene.user_name("", false)?.into_response()) };
    let act = desk.act(&visit, scene.tenant.id);
    let arrival = desk.with_account(&scene.tenant, &scene.errand, &act, picked, browser).await?;
    Ok(scene.arrived(arrival, act.correlation)?)
}

/// The page after signing out.
pub(crate) fn signed_out(pages: &Pages, page: PageContext, again: &str, others: usize) -> Result<Page> {
    let context = json!({"application": null, "others": others, "continue_url": null, "sign_in_url": again});
    pages.render("session/signed_out.html", page.menu_at(again), context)
}

/// A sign-in that names no organization yet.
async fn ask_anywhere(pages: Pages, page: PageContext) -> web::Result<Page> {
    Ok(anywhere(&pages, page, "", "empty")?)
}

#[derive(Deserialize)]
struct AnywhereForm {
    username: String,
}

async fn name_anywhere(
    State(desk): State<Desk>,
    pages: Pages,
    page: PageContext,
    GuardedForm(form): GuardedForm<AnywhereForm>,
) -> web::Result<Response> {
    let Ok(name) = EmailAddress::parse(form.username.trim()) else {
        return Ok(anywhere(&pages, page, &short(&form.username), "invalid")?.into_response());
    };
    let home = tenant::find_domain(desk.platform.store(), &name.domain()).await?;
    let home = home.ok_or_else(no_organization)?;
    let mut errand = super::Errand::to(super::LocalPath::account(home));
    errand.login_hint = Some(name.to_string());
    Ok(Redirect::to(&super::sign_in_path(home, &errand)).into_response())
}

fn anywhere(pages: &Pages, page: PageContext, entered: &str, state: &str) -> Result<Page> {
    let context = json!({
        "application": null,
        "state": state,
        "entered": entered,
        "enter_code_url": "/redeem",
        "form": {"action": "/account/sign-in", "fields": []},
    });
    pages.render("home_realm/user_name.html", page.menu_at("/account/sign-in"), context)
}

async fn discover(desk: &Desk, scene: &Scene, name: &EmailAddress) -> Result<(Realm, Option<CodeGuest>)> {
    let (facts, guest) = home_realm::load(&desk.platform, &scene.tenant, name).await?;
    Ok((home_realm::decide(&facts), guest))
}

/// Asks for a code. The answer is the same whether or not there is such a guest.
async fn send_code(
    desk: &Desk,
    scene: Scene,
    act: &Act,
    visit: &Visit,
    name: &EmailAddress,
    guest: Option<CodeGuest>,
    language: Language,
) -> Result<Page> {
    let browser = browser(desk, visit);
    let tenant = scene.tenant.id;
    let keys = desk.platform.tenant(tenant).keys().await?;
    let request = Request {
        browser: browser.clone(),
        purpose: Purpose::SignIn,
        subject: subject(&keys, name, guest.as_ref()),
        exists: guest.is_some(),
        address: guest.map_or_else(|| name.clone(), |guest| guest.address),
        language,
    };
    let requested = desk.codes.request(tenant, act, request).await?;
    let origin = scene.pages.origin().clone();
    let page = scene.code(desk, name.as_str(), "", CodeState::Asked(requested), None)?;
    page.cookie(&browser.cookie(), &origin)
}

/// Whom a code is for: the guest, or for a name nobody has an id that only this server can tell from a guest's.
fn subject(keys: &Keys, name: &EmailAddress, guest: Option<&CodeGuest>) -> Uuid {
    if let Some(guest) = guest {
        return guest.user.id.0;
    }
    let mut id = [0; 16];
    let tag = keys.mac("email code for nobody", &[name.key().as_bytes()]);
    for (byte, of_tag) in id.iter_mut().zip(tag) {
        *byte = of_tag;
    }
    Uuid::from_bytes(id)
}

fn browser(desk: &Desk, visit: &Visit) -> Browser {
    visit.browser_or_fresh(desk.platform.rng())
}

/// What was typed, to be shown again, bounded.
fn short(text: &str) -> String {
    text.trim().chars().take(320).collect()
}
