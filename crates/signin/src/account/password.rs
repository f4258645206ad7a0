//! A new password: the present one, the new one twice. Every other session ends, and so does what applications
//! hold for the person.

use super::own::Own;
use super::pages::{Account, person};
use crate::password::{self, Hashed, SHORTEST, Verified, Weakness};
use crate::session::{self, Browser, Method, Proof, Renewal};
use ::store::Read;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::audit_log::{self, Event, Operation, Service};
use directory::user;
use kernel::{Result, Secret};
use serde::Deserialize;
use serde_json::json;
use web::{GuardedForm, Page, Toast};

/// How far the form is.
#[derive(Clone, Copy)]
enum Standing {
    Empty,
    Wrong,
    Paused { seconds: u32 },
    Weak(Weakness),
    Mismatch,
    Same,
}

pub async fn show(State(account): State<Account>, own: Own) -> web::Result<Page> {
    Ok(render(&account, &own, Standing::Empty).await?)
}

#[derive(Deserialize)]
pub struct ChangeForm {
    password: Secret<String>,
    new_password: Secret<String>,
    new_password_again: Secret<String>,
}

pub async fn change(
    State(account): State<Account>,
    own: Own,
    GuardedForm(form): GuardedForm<ChangeForm>,
) -> web::Result<Response> {
    let name = own.signed_in.user.user_principal_name.clone();
    let again = if form.new_password.expose() != form.new_password_again.expose() {
        Some(Standing::Mismatch)
    } else if form.new_password.expose() == form.password.expose() {
        Some(Standing::Same)
    } else {
        password::check(form.new_password.expose(), &name).err().map(Standing::Weak)
    };
    if let Some(state) = again {
        return Ok(render(&account, &own, state).await?.into_response());
    }
    let act = own.act(&account);
    let state = match account.passwords.verify(own.tenant.id, &act, &name, form.password).await? {
        Verified::Right(user) if user.id == own.signed_in.user.id => {
            let hashed = account.passwords.hash(form.new_password).await?;
            let browser = save(&account, &own, hashed).await?;
            return Ok(own.go("/password", &Toast::done("account-password-changed"), Some(&browser))?);
        }
        Verified::Right(_) | Verified::Wrong => Standing::Wrong,
        Verified::Paused { seconds } => Standing::Paused { seconds },
    };
    Ok(render(&account, &own, state).await?.into_response())
}

/// One write: the password, the end of every session, this one anew.
async fn save(account: &Account, own: &Own, hashed: Hashed) -> Result<Browser> {
    let (rng, tenant, id) = (account.platform.rng(), own.tenant.id, own.signed_in.user.id);
    let renewal = Renewal::of(&own.browser, rng, tenant);
    let proof = Proof::password(account.platform.origin(), tenant, id);
    account
        .platform
        .tenant(tenant)
        .write((own.act(account), hashed, renewal.clone(), proof), move |mut tx, context| async move {
            let (act, hashed, renewal, proof) = &*context;
            let Some(mut user) = user::find(&mut tx, id).await? else {
                return Err(session::unbound().into());
            };
            password::set(&mut tx, id, hashed).await?;
            user.sessions_valid_from = tx.now();
            user::save_state(&mut tx, &user).await?;
            let event = Event::new("Change user password", Service::CoreDirectory, Operation::Update);
            audit_log::record(&mut tx, rng, act, event.about(user.target())).await?;
            session::open(&mut tx, rng, renewal, id, proof).await?;
            Ok(())
        })
        .await?;
    Ok(account.sessions.settle(tenant, renewal).await)
}

async fn render(account: &Account, own: &Own, state: Standing) -> Result<Page> {
    let mut snapshot = account.platform.tenant(own.tenant.id).snapshot().await?;
    let has_one = own.signed_in.method == Method::Password
        && password::has(&mut snapshot, own.signed_in.user.id).await?;
    drop(snapshot);
    let (word, seconds) = match state {
        Standing::Empty => ("empty", 0),
        Standing::Wrong => ("wrong", 0),
        Standing::Paused { seconds } => ("paused", seconds),
        Standing::Weak(Weakness::TooShort) => ("short", 0),
        Standing::Weak(Weakness::TooPlain) => ("plain", 0),
        Standing::Weak(Weakness::TooLong | Weakness::HoldsName) => ("known", 0),
        Standing::Mismatch => ("mismatch", 0),
        Standing::Same => ("same", 0),
    };
    let context = json!({
        "user": person(&own.signed_in),
        "user_name": own.signed_in.user.user_principal_name,
        "has_one": has_one,
        "state": word,
        "pause_minutes": seconds.div_ceil(60),
        "minimum_length": SHORTEST,
    });
    let page = own.pages().render("account/password.html", own.context(), context)?;
    Ok(page)
}
