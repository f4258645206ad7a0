//! Making a set-up link, and using it.

use super::store;
use crate::password::{self, PasswordService, Weakness};
use crate::session::{self, Browser, Proof, Renewal, SessionService};
use ::store::{Read, Tx};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::audit_log::{self, Event, Operation, Service};
use directory::user::{self, User};
use kernel::{Act, Origin, Result, Rng, Secret, SignedDuration, TenantId, Timestamp, UserId};
use module::Platform;

/// A link works while less than this has passed.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Makes the link's token for a user, in the write that makes the user; an older link ends. Its text exists only
/// in what is returned.
pub async fn create_link(tx: &mut Tx, rng: Rng, user: UserId) -> Result<Secret<String>> {
    let token = URL_SAFE_NO_PAD.encode(rng.bytes::<32>());
    let expires_at = tx.now().checked_add(LIFETIME).unwrap_or(Timestamp::MAX);
    store::replace(tx, user, digest_of(&token), expires_at).await?;
    Ok(Secret::new(token))
}

/// The address to be printed.
pub fn set_up_url(origin: &Origin, tenant: TenantId, token: &Secret<String>) -> String {
    origin.link(&path(tenant)).with("token", token.expose()).to_string()
}

pub fn path(tenant: TenantId) -> String {
    format!("/account/{tenant}/set-up")
}

fn digest_of(token: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    bytes
}

/// What came of a chosen password.
pub enum SetUp {
    /// It is set and its owner signed in: send the browser's cookie.
    Done {
        browser: Browser,
    },
    Weak(Weakness),
    /// The link was used, replaced, or is too old.
    Ended,
}

#[derive(Clone)]
pub struct SetUpService {
    platform: Platform,
    passwords: PasswordService,
    sessions: SessionService,
}

impl SetUpService {
    pub fn new(platform: Platform, passwords: PasswordService) -> Self {
        let sessions = SessionService::new(platform.clone());
        Self { platform, passwords, sessions }
    }

    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Whose link this is, if it still works.
    pub async fn find(&self, tenant: TenantId, token: &Secret<String>) -> Result<Option<User>> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        match store::find_live(&mut snapshot, digest_of(token.expose())).await? {
            Some(user) => user::find(&mut snapshot, user).await,
            None => Ok(None),
        }
    }

    /// Sets the password, once, and signs its owner in.
    pub async fn set_up(
        &self,
        tenant: TenantId,
        mut act: Act,
        browser: &Browser,
        token: &Secret<String>,
        chosen: Secret<String>,
    ) -> Result<SetUp> {
        let Some(user) = self.find(tenant, token).await? else { return Ok(SetUp::Ended) };
        if let Err(weakness) = password::check(chosen.expose(), &user.user_principal_name) {
            return Ok(SetUp::Weak(weakness));
        }
        let hashed = self.passwords.hash(chosen).await?;
        act.actor = session::actor(&user);
        let (rng, digest) = (self.platform.rng(), digest_of(token.expose()));
        let renewal = Renewal::of(browser, rng, tenant);
        let proof = Proof::password(self.platform.origin(), tenant, user.id);
        let done = self
            .platform
            .tenant(tenant)
            .write((act, user, hashed, renewal.clone(), proof), move |mut tx, context| async move {
                let (act, user, hashed, renewal, proof) = &*context;
                if !store::take(&mut tx, digest).await? {
                    return Ok(false);
                }
                password::set(&mut tx, user.id, hashed).await?;
                let event = Event::new("Reset password", Service::CoreDirectory, Operation::Update);
                audit_log::record(&mut tx, rng, act, event.about(user.target())).await?;
                session::open(&mut tx, rng, renewal, user.id, proof).await?;
                Ok(true)
            })
            .await?;
        if !done {
            return Ok(SetUp::Ended);
        }
        Ok(SetUp::Done { browser: self.sessions.settle(tenant, renewal).await })
    }
}
