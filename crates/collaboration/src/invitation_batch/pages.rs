//! A batch on its way: what is done, what was refused and why, and until when the rest leaves.

use super::{BatchService, Outcome, store};
use crate::invitation::time_for;
use ::store::Read as _;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use directory::portal::{Administrator, Submission};
use kernel::{Error, Timestamp};
use module::{PortalPage, Right};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use web::{Page, Toast};

/// Addresses listed under each heading.
const LISTED: u32 = 200;

pub fn pages(service: &BatchService) -> Vec<PortalPage> {
    let state = || service.clone();
    vec![
        PortalPage::new(
            "/invitations/batches/{batch}",
            "batch",
            Right::InviteGuests,
            get(show).with_state(state()),
        )
        .changing(Right::InviteGuests, post(stop).with_state(state()))
        .below("/invitations"),
    ]
}

pub const TEMPLATES: &[(&str, &str)] = &[("invitation/batch.html", include_str!("pages/batch.html"))];

async fn show(
    administrator: Administrator,
    State(service): State<BatchService>,
    Path((_, batch)): Path<(String, String)>,
) -> web::Result<Page> {
    let id: Uuid = batch.parse().map_err(|_| unknown())?;
    let mut read = administrator.read().await?;
    let now = read.now();
    let batch = store::find(&mut read, id).await?.ok_or_else(unknown)?;
    let counts = store::counts(&mut read, id).await?;
    let refused = store::list_items(&mut read, id, Outcome::Refused, None, LISTED).await?;
    let waiting = store::list_items(&mut read, id, Outcome::Waiting, None, LISTED).await?;
    drop(read);
    let count = |wanted: Outcome| {
        counts.iter().find(|(outcome, _)| *outcome == wanted).map_or(0, |(_, count)| *count)
    };
    let total: u32 = counts.iter().map(|(_, count)| count).sum();
    let left = count(Outcome::Waiting);
    let last = time_for(service.platform().limits(), left);
    let until = batch.resume_at.max(now).checked_add(last).unwrap_or(Timestamp::MAX);
    let refused: Vec<Value> = refused
        .iter()
        .map(|item| json!({"address": item.address, "sentence": item.sentence, "rule": item.rule}))
        .collect();
    let context = json!({
        "id": id, "total": total, "done": total - left, "left": left,
        "invited": count(Outcome::Invited), "known": count(Outcome::AlreadyGuest),
        "refused": count(Outcome::Refused), "stopped": count(Outcome::Stopped),
        "until": until.to_string(), "refusals": refused,
        "waiting": waiting.iter().map(|item| item.address.as_str()).collect::<Vec<_>>(),
    });
    administrator.page("invitation/batch.html", context)
}

#[derive(Deserialize)]
struct Form {}

async fn stop(
    administrator: Administrator,
    State(service): State<BatchService>,
    Path((_, batch)): Path<(String, String)>,
    Submission { form: Form {}, once, .. }: Submission<Form>,
) -> web::Result<Response> {
    let id: Uuid = batch.parse().map_err(|_| unknown())?;
    let by = administrator.clone();
    let work = async move {
        service.stop(by.tenant.id, id).await?;
        let landing = by.go(&format!("/invitations/batches/{id}")).toast(Toast::done("batch-stopped"));
        Ok(landing.into_response())
    };
    administrator.once(once, work).await
}

fn unknown() -> Error {
    Error::not_found("batch of invitations")
}
