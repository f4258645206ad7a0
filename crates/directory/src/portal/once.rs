//! A form of the portal does its work once.
//!
//! Each form carries a random number. Whoever sends it first takes the number; a second press waits for the first,
//! in this process, and is led to where the first led. The number is kept for a day, so that the back button and
//! another node know it too. The work runs on when the browser goes away in the middle.

use super::{Administrator, Seen, pages, store};
use ::store::TenantStore;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::LOCATION;
use kernel::{Error, Result, SignedDuration, TenantId};
use module::Platform;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use uuid::Uuid;
use web::{Failure, GuardedFields};

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The number of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Once(pub(super) Uuid);

/// A form of a portal page: its fields, its number, and the state it was filled from.
pub struct Submission<T> {
    pub form: T,
    pub once: Once,
    pub seen: Seen,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Submission<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> web::Result<Self> {
        let GuardedFields(mut fields) = GuardedFields::from_request(request, state).await?;
        let incomplete = || Error::bad_request("This form is incomplete. Load the page again, then send it.");
        let once = fields.take("once").and_then(|text| text.parse().ok()).ok_or_else(incomplete)?;
        let seen = fields.take("seen").and_then(|text| Seen::parse(&text)).ok_or_else(incomplete)?;
        Ok(Self { form: fields.read()?, once: Once(once), seen })
    }
}

/// The forms being worked on in this process: each has a turn that one request holds.
#[derive(Default)]
pub struct Sending(Mutex<HashMap<Uuid, Weak<tokio::sync::Mutex<()>>>>);

impl Sending {
    fn turn(&self, once: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(&once).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(tokio::sync::Mutex::new(()));
        turns.insert(once, Arc::downgrade(&turn));
        turn
    }
}

pub async fn run<F>(administrator: &Administrator, Once(once): Once, work: F) -> web::Result<Response>
where
    F: Future<Output = web::Result<Response>> + Send + 'static,
{
    let turn = administrator.portal.sending().turn(once).lock_owned().await;
    let (place, user) = (administrator.store(), administrator.user.id);
    let claimed = place
        .write_unordered((), move |mut tx, _| async move { store::claim(&mut tx, once, user).await })
        .await?;
    if !claimed {
        return again(administrator, once).await;
    }
    let running = tokio::spawn(async move {
        let answer = work.await;
        settle(&place, once, landing(&answer)).await;
        drop(turn);
        answer
    });
    running.await.map_err(Error::internal)?
}

/// The answer to a form that was sent before.
async fn again(administrator: &Administrator, once: Uuid) -> web::Result<Response> {
    let sent = store::find(&mut administrator.read().await?, once).await?;
    let own = sent.filter(|sent| sent.by == administrator.user.id);
    match own.and_then(|sent| sent.landing) {
        Some(landing) => Ok(Redirect::to(&landing).into_response()),
        None => Ok(pages::being_sent(administrator)?.into_response()),
    }
}

/// Where the answer leads, if the work is done.
fn landing(answer: &web::Result<Response>) -> Option<String> {
    let response = answer.as_ref().ok().filter(|response| response.status().is_redirection())?;
    response.headers().get(LOCATION)?.to_str().ok().map(str::to_owned)
}

async fn settle(place: &TenantStore, once: Uuid, landing: Option<String>) {
    let settled = place
        .write_unordered(landing, move |mut tx, landing| async move {
            match landing.as_deref() {
                Some(landing) => store::settle(&mut tx, once, landing).await,
                None => store::release(&mut tx, once).await,
            }
        })
        .await;
    // The work is done or refused whether or not this is written.
    if let Err(error) = settled {
        tracing::warn!(%error, "the end of a form was not noted");
    }
}

pub(super) async fn purge(platform: &Platform, tenant: TenantId) -> Result<delivery::Progress> {
    let before = platform.clock().now().checked_sub(KEPT).unwrap_or(kernel::Timestamp::UNIX_EPOCH);
    let removed = platform
        .tenant(tenant)
        .write_unordered((), move |mut tx, _| async move { store::purge(&mut tx, before).await })
        .await?;
    Ok(if removed == 0 { delivery::Progress::Done } else { delivery::Progress::More })
}
