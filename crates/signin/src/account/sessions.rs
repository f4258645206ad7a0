//! Where somebody is signed in: each session by its browser, ended one by one, all others, or everything.

use super::own::Own;
use super::pages::{Account, person};
use crate::session::{Browser, Method, OwnSession};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kernel::SessionId;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Cookie, GuardedForm, Language, Page, Toast, format_date_time};

pub async fn show(State(account): State<Account>, own: Own) -> web::Result<Page> {
    let sessions = account.sessions.own(&own.signed_in).await?;
    let rows: Vec<Value> = sessions.iter().map(|session| row(session, own.language())).collect();
    let others = sessions.iter().any(|session| !session.is_this);
    own.page(
        "account/sessions.html",
        json!({"user": person(&own.signed_in), "sessions": rows, "others": others}),
    )
}

/// A session as the pages show it.
pub fn row(session: &OwnSession, language: Language) -> Value {
    let (browser, system) = session
        .device
        .as_deref()
        .and_then(|device| device.split_once('/'))
        .map_or((None, None), |(browser, system)| (Some(browser), Some(system)));
    let at = |moment| format_date_time(language, moment, &jiff::tz::TimeZone::UTC);
    json!({
        "id": session.id,
        "browser": browser,
        "system": system,
        "mobile": system.is_some_and(|system| matches!(system, "iPhone" | "iPad" | "Android")),
        "method": match session.method {
            Method::Password => "password",
            Method::EmailCode => "code",
            Method::Home { .. } => "home",
        },
        "since": at(session.since),
        "used_at": at(session.used_at),
        "is_this": session.is_this,
    })
}

#[derive(Deserialize)]
pub struct EndForm {
    #[serde(rename = "do")]
    wish: EndWish,
    session: Option<SessionId>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndWish {
    One,
    Others,
    Everything,
}

pub async fn end(
    State(account): State<Account>,
    own: Own,
    GuardedForm(form): GuardedForm<EndForm>,
) -> web::Result<Response> {
    match (form.wish, form.session) {
        (EndWish::One, Some(session)) if session != own.signed_in.session => {
            account.sessions.end_own(&own.signed_in, session).await?;
            Ok(own.go("/sessions", &Toast::done("account-session-ended"), None)?)
        }
        (EndWish::One, _) => Ok(own.go("/sign-out", &Toast::done("account-sessions-ended"), None)?),
        (EndWish::Others, _) => {
            account.sessions.end_others(&own.signed_in).await?;
            Ok(own.go("/sessions", &Toast::done("account-sessions-ended"), None)?)
        }
        (EndWish::Everything, _) => {
            account.sessions.end_everything(own.act(&account), &own.signed_in).await?;
            let again = super::path(own.tenant.id);
            let page = crate::sign_in::signed_out(own.pages(), own.context(), &again, 0)?;
            let others = own.browser.tenants().len() > 1;
            let origin = own.pages().origin().clone();
            // Other accounts of this browser stay; its secret goes only when there is none.
            let page = if others { page } else { page.cookie(&Cookie::removal(Browser::COOKIE), &origin)? };
            Ok(page.into_response())
        }
    }
}
