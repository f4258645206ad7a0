//! *Block future invitations*: whose invitation mails reach an address. Opened from below an invitation mail, without
//! sign-in; what is set here is taken back here.

use super::pages::{Wish, dressed, find};
use super::{BLOCK, store};
use crate::redemption::mask;
use axum::extract::{RawQuery, State};
use axum::response::Redirect;
use directory::tenant;
use kernel::{Act, Actor, CorrelationId, Error, Result, TenantId};
use module::Platform;
use serde::Deserialize;
use serde_json::json;
use web::{GuardedForm, Page, PageContext, Pages};

pub async fn show(
    State(platform): State<Platform>,
    RawQuery(query): RawQuery,
    pages: Pages,
    page: PageContext,
) -> web::Result<Page> {
    let wish = find(&platform, BLOCK, query.as_deref()).await?;
    let blocked = store::list_blocked(platform.store(), &wish.address).await?;
    let mut organizations = vec![json!({
        "id": wish.tenant.id, "name": wish.tenant.display_name, "domain": wish.tenant.initial_domain,
        "is_blocked": blocked.contains(&wish.tenant.id),
    })];
    for id in blocked.into_iter().filter(|id| *id != wish.tenant.id) {
        let mut snapshot = platform.tenant(id).snapshot().await?;
        if let Some(tenant) = tenant::find(&mut snapshot).await? {
            organizations.push(json!({
                "id": id, "name": tenant.display_name, "domain": tenant.initial_domain, "is_blocked": true,
            }));
        }
    }
    let path = format!("/block?{}", wish.query);
    let context = json!({
        "masked_address": mask(&wish.address),
        "organizations": organizations,
        "is_blocked_everywhere": store::is_blocked_everywhere(platform.store(), &wish.address).await?,
        "place": platform.origin().authority(),
        "form": {"action": path, "fields": []},
    });
    Ok(pages.render("redemption/block.html", dressed(page, &wish, path), context)?)
}

#[derive(Deserialize)]
pub struct Change {
    #[serde(rename = "do")]
    wish: Do,
    /// The organization; none is everybody.
    organization: Option<TenantId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Do {
    Block,
    Allow,
}

pub async fn change(
    State(platform): State<Platform>,
    RawQuery(query): RawQuery,
    GuardedForm(form): GuardedForm<Change>,
) -> web::Result<Redirect> {
    let wish = find(&platform, BLOCK, query.as_deref()).await?;
    save(&platform, &wish, &form).await?;
    Ok(Redirect::to(&format!("/block?{}", wish.query)))
}

async fn save(platform: &Platform, wish: &Wish, form: &Change) -> Result<()> {
    let tenant = form.organization.unwrap_or(wish.tenant.id);
    // Another organization than the one that wrote is only let in again here, and only if it was blocked.
    let is_known = tenant == wish.tenant.id
        || store::list_blocked(platform.store(), &wish.address).await?.contains(&tenant);
    if !is_known {
        return Err(Error::not_found("organization"));
    }
    let act = Act::new(Actor::Anonymous { tenant }, CorrelationId(platform.rng().uuid()));
    let everywhere = form.organization.is_none();
    let context = (platform.clone(), act, wish.address.clone(), form.wish == Do::Block, everywhere);
    platform
        .tenant(tenant)
        .write(context, |mut tx, context| async move {
            let (platform, act, address, is_blocked, everywhere) = &*context;
            match (everywhere, is_blocked) {
                (true, _) => store::set_everywhere(&mut tx, platform, address, *is_blocked).await,
                (false, true) => store::block(&mut tx, platform, act, address).await,
                (false, false) => store::allow(&mut tx, platform, act, address).await,
            }
        })
        .await
}
