//! What a guest's own page shows of their invitation: the first sentence of their story, and the tile *B2B
//! collaboration*.
//!
//! Sending again is offered only while the invitation waits. Once it was accepted there is the direct link instead,
//! to be copied or mailed.

use super::pending::mail_facts;
use super::{Services, rights};
use crate::invitation::{Invitation, InvitationService, State, store};
use ::store::Read as _;
use ::store::fate;
use axum::extract::{Path, State as Extracted};
use axum::response::{IntoResponse, Redirect, Response};
use directory::portal::{Administrator, Submission};
use directory::user::{self, User};
use jiff::tz::TimeZone;
use kernel::{Error, Result, Timestamp, UserId};
use module::{Fragment, Right, SlotCall, SlotFiller};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use web::Toast;

pub fn fillers(invitations: &InvitationService) -> Vec<SlotFiller> {
    let (one, other) = (invitations.clone(), invitations.clone());
    let filler = |slot, fill| SlotFiller { slot, order: 10, right: Right::ReadUsers, fill };
    vec![
        filler(
            "user.tile",
            Arc::new(move |call: SlotCall| {
                let invitations = one.clone();
                Box::pin(async move { tile(&invitations, &call).await })
            }),
        ),
        filler(
            "user.story",
            Arc::new(move |call: SlotCall| {
                let invitations = other.clone();
                Box::pin(async move { story(&invitations, &call).await })
            }),
        ),
    ]
}

/// A guest and their invitation.
async fn find(
    invitations: &InvitationService,
    call: &SlotCall,
) -> Result<Option<(User, Invitation, Timestamp)>> {
    let Ok(id) = call.subject.parse::<UserId>() else { return Ok(None) };
    let mut snapshot = invitations.platform().tenant(call.tenant).snapshot().await?;
    let Some(guest) = user::find(&mut snapshot, id).await? else { return Ok(None) };
    let invitation = store::find_by_user(&mut snapshot, id).await?;
    Ok(invitation.map(|invitation| (guest, invitation, snapshot.now())))
}

fn state(invitation: &Invitation, now: Timestamp) -> &'static str {
    match invitation.state {
        State::Open if invitation.is_expired(now) => "expired",
        State::Open => "pending",
        other => other.as_str(),
    }
}

async fn story(invitations: &InvitationService, call: &SlotCall) -> Result<Option<Fragment>> {
    let Some((guest, invitation, now)) = find(invitations, call).await? else { return Ok(None) };
    let inviter = invitation.inviter.as_ref();
    let since = guest.external_state_changed_at.unwrap_or(guest.created_at);
    let data = json!({
        "id": inviter.map(|inviter| inviter.id), "inviter": inviter.map(|inviter| &inviter.display_name),
        "name": guest.display_name, "sent": invitation.issued_at.to_string(), "since": since.to_string(),
        "state": state(&invitation, now),
    });
    Ok(Some(Fragment { template: "invitation/story.html", data }))
}

async fn tile(invitations: &InvitationService, call: &SlotCall) -> Result<Option<Fragment>> {
    let Some((guest, invitation, now)) = find(invitations, call).await? else { return Ok(None) };
    let mut snapshot = invitations.platform().tenant(call.tenant).snapshot().await?;
    let mail = fate::last_letter(&mut snapshot, "guest_invitation", invitation.id.0).await?;
    drop(snapshot);
    let state = state(&invitation, now);
    let waits = invitation.state == State::Open;
    let since = if waits {
        invitation.issued_at
    } else {
        guest.external_state_changed_at.unwrap_or(guest.created_at)
    };
    let at = |at| web::format_date_time(call.language, at, &TimeZone::UTC);
    let data = json!({
        "id": guest.id, "state": state, "since": at(since),
        "ends": waits.then(|| at(invitation.expires_at)),
        "mail": waits.then(|| mail_facts(mail.as_ref(), false)),
        "identity": guest.identities.first().map(|one| json!({"provider": one.provider, "issuer": one.issuer})),
        "link": (state == "accepted").then(|| invitation.redirect_url.clone()),
        "address": invitation.address,
    });
    Ok(Some(Fragment { template: "invitation/tile.html", data }))
}

#[derive(Deserialize)]
pub struct Form {
    #[serde(rename = "do")]
    act: String,
}

/// The address of the form alone; what there is to see is on the guest's page.
pub async fn back(
    administrator: Administrator,
    Path((_, id)): Path<(String, String)>,
) -> web::Result<Redirect> {
    let unknown = || Error::not_found("user");
    let id: UserId = id.parse().map_err(|_| unknown())?;
    user::find(&mut administrator.read().await?, id).await?.ok_or_else(unknown)?;
    Ok(Redirect::to(&administrator.link(&format!("/users/{id}"))))
}

pub async fn change(
    administrator: Administrator,
    Extracted(services): Extracted<Services>,
    Path((_, id)): Path<(String, String)>,
    Submission { form, once, .. }: Submission<Form>,
) -> web::Result<Response> {
    let id: UserId = id.parse().map_err(|_| Error::not_found("user"))?;
    let by = administrator.clone();
    let work = async move {
        let invitation = store::find_by_user(&mut by.read().await?, id).await?;
        let invitation = invitation.ok_or_else(|| Error::not_found("invitation"))?;
        let (tenant, act, rights) = (by.tenant.id, by.act(), rights(&by));
        let key = if form.act == "withdraw" {
            services.invitations.withdraw(tenant, act, rights, invitation.id).await?;
            "pending-withdrawn"
        } else {
            services.invitations.resend(tenant, act, rights, invitation.id).await?;
            "pending-resent"
        };
        let toast = Toast::done(key).number("count", 1).number("left", 0);
        Ok(by.go(&format!("/users/{id}")).toast(toast).into_response())
    };
    administrator.once(once, work).await
}
