//! Opening, reading, choosing and ending sessions.

use super::rules::{self, Moments, OpenFacts};
use super::{Browser, Method, Proof, Renewal, SignedIn, store};
use crate::sign_in::{Errand, LocalPath, sign_in_path};
use ::store::{Purpose, Read, Tx};
use directory::user::{self, User};
use kernel::{Error, Result, Rng, SessionId, SignedDuration, TenantId, Timestamp, UserId};
use module::Platform;
use web::{BoxFuture, Cookies, Sessions, Visitor};

/// How late the last use of a session may be noted.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Opens a session in a write of the user's tenant, directory or unordered. The browser's rows in this tenant
/// move to its new secret; the caller then settles the renewal and sends the cookie.
///
/// Refused for a user who is off, pending, or to whom issuer and subject are not bound: see [`super::RULES`].
pub async fn open(
    tx: &mut Tx,
    rng: Rng,
    renewal: &Renewal,
    user: UserId,
    proof: &Proof,
) -> Result<SessionId> {
    let Some(user) = user::find(tx, user).await? else {
        return Err(Error::from(rules::unbound()).because("the user is gone"));
    };
    rules::decide_open(facts(&user, proof.method, &proof.issuer, &proof.subject))?;
    let session = SessionId(rng.uuid());
    renew(tx, renewal).await?;
    store::insert(tx, &renewal.to, user.id, session, proof).await?;
    Ok(session)
}

/// Lets the browser's sessions in this tenant follow to its new secret.
pub(crate) async fn renew(tx: &mut Tx, renewal: &Renewal) -> Result<()> {
    store::rename(tx, renewal.from.digest(), renewal.to.digest()).await
}

fn facts(user: &User, method: Method, issuer: &str, subject: &str) -> OpenFacts {
    let is_bound = match method {
        Method::Password => !user.is_external() && user.id.to_string() == subject,
        Method::EmailCode | Method::Home { .. } => {
            user.identities.iter().any(|identity| identity.issuer == issuer && identity.subject == subject)
        }
    };
    OpenFacts { is_enabled: user.account_enabled, is_pending: user.is_pending(), is_bound }
}

#[derive(Clone)]
pub struct SessionService {
    pub(super) platform: Platform,
}

impl SessionService {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// Opens a session in a write of its own. The cookie of the browser it returns must be sent.
    pub async fn sign_in(
        &self,
        tenant: TenantId,
        browser: &Browser,
        user: UserId,
        proof: Proof,
    ) -> Result<(SessionId, Browser)> {
        let rng = self.platform.rng();
        let renewal = Renewal::of(browser, rng, tenant);
        let session = self
            .platform
            .tenant(tenant)
            .write_unordered((renewal.clone(), user, proof), move |mut tx, context| async move {
                let (renewal, user, proof) = &*context;
                open(&mut tx, rng, renewal, *user, proof).await
            })
            .await?;
        Ok((session, self.settle(tenant, renewal).await))
    }

    /// Lets the browser's accounts in its other tenants follow to the new secret. Two tenants never share a
    /// transaction: should one of these fail, that account is signed out, which is safe.
    pub async fn settle(&self, tenant: TenantId, renewal: Renewal) -> Browser {
        let (from, to) = (renewal.from.digest(), renewal.to.digest());
        for other in renewal.from.tenants().iter().filter(|other| **other != tenant) {
            let moved = self
                .platform
                .tenant(*other)
                .write_unordered((), move |mut tx, _| async move { store::rename(&mut tx, from, to).await })
                .await;
            if let Err(error) = moved {
                tracing::warn!(tenant = %other, %error, "an account did not follow its browser");
            }
        }
        renewal.to
    }

    /// The live sessions of a browser in a tenant, the one chosen last first.
    pub async fn current(&self, tenant: TenantId, browser: &Browser) -> Result<Vec<SignedIn>> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let now = snapshot.now();
        let mut found = Vec::new();
        for stored in store::list(&mut snapshot, browser.digest()).await? {
            let Some(user) = user::find(&mut snapshot, stored.user).await? else { continue };
            let moments = Moments {
                authenticated_at: stored.authenticated_at,
                used_at: stored.used_at,
                expires_at: stored.expires_at,
                valid_from: user.sessions_valid_from,
            };
            let facts = facts(&user, stored.method, &stored.issuer, &stored.subject);
            if rules::is_live(&moments, now) && rules::decide_open(facts).is_ok() {
                found.push((stored.used_at, signed_in(tenant, user, stored)));
            }
        }
        drop(snapshot);
        let mut live = Vec::with_capacity(found.len());
        for (used_at, one) in found {
            if self.stands_at_home(&one).await? {
                self.touch(tenant, browser, &one, used_at, now).await;
                live.push(one);
            }
        }
        Ok(live)
    }

    /// The live session of one user in a browser.
    pub async fn current_user(
        &self,
        tenant: TenantId,
        browser: &Browser,
        user: UserId,
    ) -> Result<Option<SignedIn>> {
        Ok(self.current(tenant, browser).await?.into_iter().find(|one| one.user.id == user))
    }

    /// The live sessions of a browser in all its tenants.
    pub async fn everywhere(&self, browser: &Browser) -> Result<Vec<SignedIn>> {
        let mut all = Vec::new();
        for tenant in browser.tenants() {
            all.extend(self.current(*tenant, browser).await?);
        }
        Ok(all)
    }

    /// Makes this the account that pages of its tenant use.
    pub async fn choose(&self, browser: &Browser, one: &SignedIn) -> Result<Browser> {
        let (digest, session) = (browser.digest(), one.session);
        self.platform
            .tenant(one.tenant)
            .write_unordered(
                (),
                move |mut tx, _| async move { store::choose(&mut tx, digest, session).await },
            )
            .await?;
        Ok(browser.clone().at(one.tenant))
    }

    pub async fn end(&self, browser: &Browser, one: &SignedIn) -> Result<()> {
        let (digest, session) = (browser.digest(), one.session);
        self.platform
            .tenant(one.tenant)
            .write_unordered(
                (),
                move |mut tx, _| async move { store::delete(&mut tx, digest, session).await },
            )
            .await
    }

    /// Signs all accounts of a browser out, in every tenant.
    pub async fn end_all(&self, browser: &Browser) -> Result<()> {
        let digest = browser.digest();
        for tenant in browser.tenants() {
            self.platform
                .tenant(*tenant)
                .write_unordered((), move |mut tx, _| async move { store::delete_all(&mut tx, digest).await })
                .await?;
        }
        Ok(())
    }

    pub(super) async fn purge(&self, tenant: TenantId) -> Result<delivery::Progress> {
        let removed = self
            .platform
            .tenant(tenant)
            .write_unordered((), |mut tx, _| async move { store::purge(&mut tx).await })
            .await?;
        Ok(if removed == 0 { delivery::Progress::Done } else { delivery::Progress::More })
    }

    /// Whether the home tenant still lets this person in: off there is off here.
    async fn stands_at_home(&self, one: &SignedIn) -> Result<bool> {
        let Method::Home { tenant: home } = one.method else { return Ok(true) };
        let Ok(id) = one.subject.parse::<UserId>() else { return Ok(false) };
        let store = self.platform.store();
        let mut snapshot = store.peer(one.tenant, home, Purpose::HomeUserEnabled).await?;
        let at_home = user::find(&mut snapshot, id).await?;
        Ok(at_home
            .is_some_and(|user| user.account_enabled && one.authenticated_at >= user.sessions_valid_from))
    }

    async fn touch(
        &self,
        tenant: TenantId,
        browser: &Browser,
        one: &SignedIn,
        used_at: Timestamp,
        now: Timestamp,
    ) {
        if now.duration_since(used_at) < TOUCH_EVERY {
            return;
        }
        let (digest, session) = (browser.digest(), one.session);
        let noted = self
            .platform
            .tenant(tenant)
            .write_unordered((), move |mut tx, _| async move {
                store::touch(&mut tx, digest, session, used_at).await
            })
            .await;
        // Reading goes on while nothing can be written.
        if let Err(error) = noted {
            tracing::warn!(%tenant, %error, "the use of a session was not noted");
        }
    }
}

fn signed_in(tenant: TenantId, user: User, stored: store::Stored) -> SignedIn {
    SignedIn {
        tenant,
        session: stored.session,
        user,
        method: stored.method,
        issuer: stored.issuer,
        subject: stored.subject,
        authenticated_at: stored.authenticated_at,
    }
}

impl Sessions for SessionService {
    fn visitor<'a>(
        &'a self,
        cookies: &'a Cookies,
        tenant: TenantId,
    ) -> BoxFuture<'a, Result<Option<Visitor>>> {
        Box::pin(async move {
            let Some(browser) = Browser::of(cookies) else { return Ok(None) };
            Ok(self.current(tenant, &browser).await?.first().map(SignedIn::visitor))
        })
    }

    fn visitors<'a>(&'a self, cookies: &'a Cookies) -> BoxFuture<'a, Result<Vec<Visitor>>> {
        Box::pin(async move {
            let Some(browser) = Browser::of(cookies) else { return Ok(Vec::new()) };
            Ok(self.everywhere(&browser).await?.iter().map(SignedIn::visitor).collect())
        })
    }

    fn last_tenant(&self, cookies: &Cookies) -> Option<TenantId> {
        Browser::of(cookies)?.tenants().first().copied()
    }

    fn sign_in_path(&self, tenant: TenantId, return_to: &str) -> String {
        let back = LocalPath::parse(return_to).unwrap_or_else(|| LocalPath::account(tenant));
        sign_in_path(tenant, &Errand::to(back))
    }

    fn sign_in_anywhere(&self) -> &'static str {
        "/account/sign-in"
    }
}
