//! `/unsubscribe`, where the `List-Unsubscribe` header leads. A GET shows one button; a POST sets the preference,
//! from that button or from a mail program in one click (RFC 8058), which brings no cookie.

use super::{UNSUBSCRIBE, block, open_token};
use crate::redemption::mask;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{RawQuery, Request, State};
use axum::routing::get;
use directory::tenant::{self, Tenant};
use kernel::{Act, Actor, CorrelationId, EmailAddress, Error, Kind, Result, TenantId};
use module::{Module, Platform};
use serde_json::json;
use web::{Organization, Page, PageContext, Pages};

const LONGEST_BODY: usize = 4096;

pub fn module(platform: &Platform) -> Module {
    let platform = platform.clone();
    Module {
        name: "collaboration::mail_preference",
        pages: Some(Box::new(move |_| {
            Router::new()
                .route("/unsubscribe", get(ask).post(unsubscribe))
                .route("/block", get(block::show).post(block::change))
                .with_state(platform)
        })),
        ..Module::default()
    }
}

async fn ask(
    State(platform): State<Platform>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
) -> web::Result<Page> {
    let wish = find(&platform, UNSUBSCRIBE, query.as_deref()).await?;
    Ok(show(&pages, page, &wish, "ask")?)
}

async fn unsubscribe(
    State(platform): State<Platform>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
    request: Request,
) -> web::Result<Page> {
    let wish = find(&platform, UNSUBSCRIBE, query.as_deref()).await?;
    let body = to_bytes(request.into_body(), LONGEST_BODY)
        .await
        .map_err(|error| Error::new(Kind::TooLarge, "The request is larger than 4 KiB.").because(error))?;
    if !is_one_click(&body) {
        let message = "Send List-Unsubscribe=One-Click, as the button on this page does.";
        return Err(Error::bad_request(message).into());
    }
    let act = Act::new(Actor::Anonymous { tenant: wish.tenant.id }, CorrelationId(platform.rng().uuid()));
    platform
        .tenant(wish.tenant.id)
        .write((platform.clone(), act, wish.address.clone()), move |mut tx, context| async move {
            let (platform, act, address) = &*context;
            block(&mut tx, platform, act, address).await
        })
        .await?;
    Ok(show(&pages, page, &wish, "done")?)
}

/// Who wants no more mail of which organization.
pub(super) struct Wish {
    pub tenant: Tenant,
    pub address: EmailAddress,
    /// What finds the same wish again.
    pub query: String,
}

/// One answer for everything that was not issued here.
pub(super) async fn find(platform: &Platform, purpose: &'static str, query: Option<&str>) -> Result<Wish> {
    let unknown = || Error::not_found("link to unsubscribe");
    let query = query.unwrap_or_default();
    let fields = web::Fields::parse(query.as_bytes()).map_err(|error| unknown().because(error))?;
    let tenant = fields.get("tenant").and_then(|text| text.parse::<TenantId>().ok()).ok_or_else(unknown)?;
    let token = fields.get("token").ok_or_else(unknown)?;
    let absent = |error: Error| if error.is_not_found() { unknown() } else { error };
    let keys = platform.store().keys(tenant).await.map_err(absent)?;
    let address = open_token(&keys, purpose, token).ok_or_else(unknown)?;
    let mut snapshot = platform.tenant(tenant).snapshot().await?;
    let tenant = tenant::get(&mut snapshot).await?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("tenant", &tenant.id.to_string())
        .append_pair("token", token)
        .finish();
    Ok(Wish { tenant, address, query })
}

/// A form of either encoding that RFC 8058 3.2 allows.
fn is_one_click(body: &Bytes) -> bool {
    let text = String::from_utf8_lossy(body);
    let multipart = || text.contains("name=\"List-Unsubscribe\"") && text.contains("\nOne-Click");
    text.split('&').any(|pair| pair.trim() == "List-Unsubscribe=One-Click") || multipart()
}

fn show(pages: &Pages, page: PageContext, wish: &Wish, state: &str) -> Result<Page> {
    let path = format!("/unsubscribe?{}", wish.query);
    let context = json!({
        "state": state,
        "masked_address": mask(&wish.address),
        "form": {"action": path, "fields": []},
    });
    let page = dressed(page, wish, path);
    pages.render("redemption/unsubscribe.html", page, context)
}

/// The page as the organization shows it.
pub(super) fn dressed(page: PageContext, wish: &Wish, path: String) -> PageContext {
    let organization = Organization::named(&wish.tenant.display_name)
        .privacy_url(wish.tenant.privacy_statement_url.as_deref());
    page.organization(organization).preferring(wish.tenant.notification_language).menu_at(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_is_read_in_both_encodings_and_nothing_else_is() {
        let read = |text: &'static str| is_one_click(&Bytes::from_static(text.as_bytes()));
        assert!(read("List-Unsubscribe=One-Click"));
        assert!(read("csrf=abc&List-Unsubscribe=One-Click"));
        assert!(read(
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
        ));
        for text in ["", "List-Unsubscribe=", "x=List-Unsubscribe=One-Click", "One-Click"] {
            assert!(!read(text), "{text}");
        }
    }
}
