//! The page where the first password is chosen.

use super::service::{self, SetUp, SetUpService};
use crate::password::{SHORTEST, Weakness};
use crate::sign_in::{go, organization};
use crate::visit::Visit;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use directory::tenant::{self, Tenant};
use http::StatusCode;
use kernel::{Actor, Error, Result, Secret};
use serde::Deserialize;
use serde_json::json;
use web::{GuardedForm, Page, PageContext, Pages, Query};

pub fn routes(service: SetUpService) -> Router {
    Router::new().route("/account/{tenant}/set-up", get(show).post(set)).with_state(service)
}

#[derive(Deserialize)]
struct Link {
    #[serde(default = "none")]
    token: Secret<String>,
}

fn none() -> Secret<String> {
    Secret::new(String::new())
}

async fn show(
    State(service): State<SetUpService>,
    Path(segment): Path<String>,
    Query(link): Query<Link>,
    pages: Pages,
    page: PageContext,
) -> web::Result<Page> {
    let tenant = find_tenant(&service, &segment).await?;
    let state = if service.find(tenant.id, &link.token).await?.is_some() { "empty" } else { "ended" };
    Ok(render(&service, &pages, page, &tenant, &link.token, state).await?)
}

#[derive(Deserialize)]
struct SetForm {
    token: Secret<String>,
    password: Secret<String>,
    password_again: Secret<String>,
}

async fn set(
    State(service): State<SetUpService>,
    Path(segment): Path<String>,
    pages: Pages,
    page: PageContext,
    visit: Visit,
    GuardedForm(form): GuardedForm<SetForm>,
) -> web::Result<Response> {
    let tenant = find_tenant(&service, &segment).await?;
    if form.password.expose() != form.password_again.expose() {
        return Ok(render(&service, &pages, page, &tenant, &form.token, "mismatch").await?.into_response());
    }
    let rng = service.platform().rng();
    let act = visit.act(Actor::Anonymous { tenant: tenant.id }, rng);
    let browser = visit.browser_or_fresh(rng);
    let state = match service.set_up(tenant.id, act, &browser, &form.token, form.password).await? {
        SetUp::Done { browser } => {
            return Ok(go(&format!("/account/{}", tenant.id), &browser, pages.origin())?);
        }
        SetUp::Ended => "ended",
        SetUp::Weak(Weakness::TooShort) => "short",
        SetUp::Weak(Weakness::TooPlain) => "plain",
        SetUp::Weak(Weakness::TooLong | Weakness::HoldsName) => "known",
    };
    Ok(render(&service, &pages, page, &tenant, &form.token, state).await?.into_response())
}

async fn find_tenant(service: &SetUpService, segment: &str) -> Result<Tenant> {
    let id = tenant::resolve(service.platform().store(), segment).await?;
    let id = id.ok_or_else(|| Error::not_found("organization"))?;
    tenant::get(&mut service.platform().tenant(id).snapshot().await?).await
}

/// A link that ended names nobody.
async fn render(
    service: &SetUpService,
    pages: &Pages,
    page: PageContext,
    tenant: &Tenant,
    token: &Secret<String>,
    state: &str,
) -> Result<Page> {
    let user = service.find(tenant.id, token).await?;
    let state = if user.is_some() { state } else { "ended" };
    let action = service::path(tenant.id);
    let fields = [json!({"name": "token", "value": if user.is_some() { token.expose() } else { "" }})];
    let context = json!({
        "user_name": user.map(|user| user.user_principal_name).unwrap_or_default(),
        "state": state,
        "minimum_length": SHORTEST,
        "form": {"action": action, "fields": fields},
    });
    // The menu would repeat the token in a link; another language is chosen after signing in.
    let page = page.organization(organization(tenant)).menu_at(format!("/account/{}", tenant.id));
    let page = pages.render("password/set_up.html", page, context)?;
    Ok(if state == "ended" { page.status(StatusCode::GONE) } else { page })
}
