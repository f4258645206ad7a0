//! A person's own sessions, in all their browsers: seen and ended by them.

use super::rules::{self, Moments};
use super::{Method, SessionService, SignedIn, store};
use crate::session;
use ::store::Read;
use directory::audit_log::{self, Event, Operation, Service};
use directory::user;
use kernel::{Act, Result, SessionId, Timestamp};

/// One of them.
#[derive(Clone, Debug)]
pub struct OwnSession {
    pub id: SessionId,
    pub method: Method,
    /// Browser and system, such as `Firefox/Linux`, if they were told.
    pub device: Option<String>,
    pub since: Timestamp,
    pub used_at: Timestamp,
    /// It is the one that asks.
    pub is_this: bool,
}

impl SessionService {
    /// The live sessions of the person, the one that asks first.
    pub async fn own(&self, one: &SignedIn) -> Result<Vec<OwnSession>> {
        let mut snapshot = self.platform.tenant(one.tenant).snapshot().await?;
        let now = snapshot.now();
        let mut own = Vec::new();
        for (stored, device) in store::list_of_user(&mut snapshot, one.user.id).await? {
            let moments = Moments {
                authenticated_at: stored.authenticated_at,
                used_at: stored.used_at,
                expires_at: stored.expires_at,
                valid_from: one.user.sessions_valid_from,
            };
            if rules::is_live(&moments, now) {
                own.push(OwnSession {
                    id: stored.session,
                    method: stored.method,
                    device,
                    since: stored.authenticated_at,
                    used_at: stored.used_at,
                    is_this: stored.session == one.session,
                });
            }
        }
        own.sort_by_key(|session| !session.is_this);
        Ok(own)
    }

    /// Ends one of the person's sessions; one of somebody else is left alone.
    pub async fn end_own(&self, one: &SignedIn, session: SessionId) -> Result<()> {
        let user = one.user.id;
        self.platform
            .tenant(one.tenant)
            .write_unordered((), move |mut tx, _| async move {
                store::delete_of_user(&mut tx, user, session).await
            })
            .await
    }

    /// Ends the person's sessions in all other browsers.
    pub async fn end_others(&self, one: &SignedIn) -> Result<()> {
        let (user, kept) = (one.user.id, one.session);
        self.platform
            .tenant(one.tenant)
            .write_unordered(
                (),
                move |mut tx, _| async move { store::delete_others(&mut tx, user, kept).await },
            )
            .await
    }

    /// Ends everything: all sessions, this one too, and what applications hold for the person.
    pub async fn end_everything(&self, act: Act, one: &SignedIn) -> Result<()> {
        let (rng, id) = (self.platform.rng(), one.user.id);
        self.platform
            .tenant(one.tenant)
            .write(act, move |mut tx, act| async move {
                let Some(mut user) = user::find(&mut tx, id).await? else {
                    return Err(session::unbound().into());
                };
                user.sessions_valid_from = tx.now();
                user::save_state(&mut tx, &user).await?;
                store::delete_others(&mut tx, id, SessionId(uuid::Uuid::nil())).await?;
                let event = Event::new(
                    "Update StsRefreshTokenValidFrom Timestamp",
                    Service::CoreDirectory,
                    Operation::Update,
                );
                audit_log::record(&mut tx, rng, &act, event.about(user.target())).await?;
                Ok(())
            })
            .await
    }
}
