//! What the sign-in pages do: open a session on a proof, cross over from a home tenant, list the accounts of a
//! browser. Every end of a sign-in is logged, also one that is refused after the proof.

use super::{Errand, LocalPath};
use crate::email_code::EmailCodeService;
use crate::password::{self, PasswordService};
use crate::session::{self, Browser, Method, Proof, Renewal, SessionService, SignedIn, record};
use crate::set_up;
use crate::visit::Visit;
use directory::sign_in_log::{self, HomeUser, Outcome};
use directory::tenant::{self, Tenant};
use directory::user::{self, User};
use kernel::{Act, Error, Kind, Result, TenantId};
use module::Platform;

/// The services behind the pages.
#[derive(Clone)]
pub(crate) struct Desk {
    pub platform: Platform,
    pub sessions: SessionService,
    pub passwords: PasswordService,
    pub codes: EmailCodeService,
}

/// How a sign-in ended: where the browser goes, or why not; always with the cookie it must be sent.
pub(crate) enum Arrival {
    There { browser: Browser, path: LocalPath },
    Refused { browser: Browser, error: Error },
}

/// One account of this browser, as the picker shows it.
pub(crate) struct Account {
    pub signed_in: SignedIn,
    /// Whom this account is at the tenant where somebody wants to sign in.
    pub here: Option<User>,
}

impl Desk {
    pub fn new(platform: Platform, passwords: PasswordService, codes: EmailCodeService) -> Self {
        let sessions = SessionService::new(platform.clone());
        Self { platform, sessions, passwords, codes }
    }

    /// The tenant that the segment of an address names.
    pub async fn tenant(&self, segment: &str) -> Result<Tenant> {
        let id = tenant::resolve(self.platform.store(), segment).await?;
        let id = id.ok_or_else(|| Error::not_found("organization"))?;
        tenant::get(&mut self.platform.tenant(id).snapshot().await?).await
    }

    pub fn act(&self, visit: &Visit, tenant: TenantId) -> Act {
        visit.act(kernel::Actor::Anonymous { tenant }, self.platform.rng())
    }

    /// Where somebody who came with a one-time password chooses their own. Nobody is signed in before.
    pub async fn new_password_address(&self, at: TenantId, user: &User) -> Result<Option<String>> {
        let is_one_time =
            password::is_one_time(&mut self.platform.tenant(at).snapshot().await?, user.id).await?;
        if !is_one_time || !user.account_enabled {
            return Ok(None);
        }
        let (rng, id) = (self.platform.rng(), user.id);
        let create = move |mut tx, _| async move { set_up::create_link(&mut tx, rng, id).await };
        let token = self.platform.tenant(at).write_unordered((), create).await?;
        Ok(Some(format!("{}?token={}", set_up::path(at), token.expose())))
    }

    /// After the right password at `at`, which is where the errand leads or the home tenant of a guest there.
    pub async fn with_password(
        &self,
        tenant: &Tenant,
        errand: &Errand,
        act: &Act,
        at: TenantId,
        user: &User,
        browser: Browser,
    ) -> Result<Arrival> {
        let proof = Proof::password(self.platform.origin(), at, user.id);
        let logged = at == tenant.id && errand.client.is_none();
        match self.open(at, act, user, browser, proof, logged).await? {
            Arrival::There { browser, .. } if at != tenant.id => {
                let at_home = self.sessions.current_user(at, &browser, user.id).await?;
                let at_home = at_home.ok_or_else(|| Error::unavailable("Sign in once more."))?;
                self.come_from_home(tenant, errand, act, &at_home, browser).await
            }
            Arrival::There { browser, .. } => Ok(Arrival::There { browser, path: errand.return_to.clone() }),
            refused @ Arrival::Refused { .. } => Ok(refused),
        }
    }

    /// After the right code.
    pub async fn with_code(
        &self,
        tenant: &Tenant,
        errand: &Errand,
        act: &Act,
        guest: &crate::home_realm::CodeGuest,
        browser: Browser,
    ) -> Result<Arrival> {
        let proof = Proof::email_code(&guest.address);
        let arrival = self.open(tenant.id, act, &guest.user, browser, proof, errand.client.is_none()).await?;
        Ok(arrival.leading_to(&errand.return_to))
    }

    /// A guest comes over from their home tenant: whoever issuer and subject are bound to here, and nobody else.
    pub async fn come_from_home(
        &self,
        tenant: &Tenant,
        errand: &Errand,
        act: &Act,
        at_home: &SignedIn,
        browser: Browser,
    ) -> Result<Arrival> {
        let proof = Proof::home(self.platform.origin(), at_home);
        let Some(guest) = self.guest_here(tenant.id, &proof).await? else {
            let error = unknown(tenant, at_home);
            self.log(tenant.id, act, None, proof.home_user(), record::failure(50020, error.message()))
                .await?;
            return Ok(Arrival::Refused { browser, error });
        };
        let arrival = self.open(tenant.id, act, &guest, browser, proof, errand.client.is_none()).await?;
        Ok(arrival.leading_to(&errand.return_to))
    }

    /// The accounts of this browser that can sign in here: those of this tenant first, the last used first.
    pub async fn accounts(&self, tenant: &Tenant, browser: &Browser) -> Result<Vec<Account>> {
        let (here, elsewhere): (Vec<_>, Vec<_>) = self
            .sessions
            .everywhere(browser)
            .await?
            .into_iter()
            .partition(|signed_in| signed_in.tenant == tenant.id);
        let known = |account: &SignedIn| {
            let proof = Proof::home(self.platform.origin(), account);
            here.iter().any(|one| one.issuer == proof.issuer && one.subject == proof.subject)
        };
        // A guest's session is good for its own tenant alone.
        let elsewhere: Vec<_> =
            elsewhere.into_iter().filter(|one| one.method == Method::Password && !known(one)).collect();
        let mut accounts: Vec<Account> = here
            .into_iter()
            .map(|signed_in| Account { here: Some(signed_in.user.clone()), signed_in })
            .collect();
        for signed_in in elsewhere {
            let proof = Proof::home(self.platform.origin(), &signed_in);
            let here = self.guest_here(tenant.id, &proof).await?;
            accounts.push(Account { signed_in, here });
        }
        Ok(accounts)
    }

    /// Goes on with one of the accounts of this browser.
    pub async fn with_account(
        &self,
        tenant: &Tenant,
        errand: &Errand,
        act: &Act,
        account: &Account,
        browser: Browser,
    ) -> Result<Arrival> {
        if account.signed_in.tenant != tenant.id {
            return self.come_from_home(tenant, errand, act, &account.signed_in, browser).await;
        }
        let browser = self.sessions.choose(&browser, &account.signed_in).await?;
        Ok(Arrival::There { browser, path: errand.return_to.clone() })
    }

    async fn guest_here(&self, tenant: TenantId, proof: &Proof) -> Result<Option<User>> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        user::find_by_identity(&mut snapshot, &proof.issuer, &proof.subject).await
    }

    /// Opens a session; with `logged`, in one transaction with its entry in the sign-in log. A sign-in to an
    /// application is logged where it gets its code.
    async fn open(
        &self,
        tenant: TenantId,
        act: &Act,
        user: &User,
        browser: Browser,
        proof: Proof,
        logged: bool,
    ) -> Result<Arrival> {
        let rng = self.platform.rng();
        let home = proof.home_user();
        let entry = logged.then(|| record::at_page(rng, act, Some(user), home, Outcome::Success));
        let renewal = Renewal::of(&browser, rng, tenant);
        let opened = self
            .platform
            .tenant(tenant)
            .write_unordered((renewal.clone(), user.id, proof, entry), move |mut tx, context| async move {
                let (renewal, user, proof, entry) = &*context;
                if let Some(entry) = entry {
                    sign_in_log::record_interactive(&mut tx, entry).await?;
                }
                session::open(&mut tx, rng, renewal, *user, proof).await
            })
            .await;
        match opened {
            Ok(_) => {
                let browser = self.sessions.settle(tenant, renewal).await;
                Ok(Arrival::There { browser, path: LocalPath::account(tenant) })
            }
            Err(error) if error.kind() == Kind::Forbidden => {
                let outcome = record::failure(session::error_code(&error), error.message());
                self.log(tenant, act, Some(user), home, outcome).await?;
                Ok(Arrival::Refused { browser, error })
            }
            Err(error) => Err(error),
        }
    }

    async fn log(
        &self,
        tenant: TenantId,
        act: &Act,
        user: Option<&User>,
        home: Option<HomeUser>,
        outcome: Outcome,
    ) -> Result<()> {
        let entry = record::at_page(self.platform.rng(), act, user, home, outcome);
        self.platform
            .tenant(tenant)
            .write_unordered(entry, |mut tx, entry| async move {
                sign_in_log::record_interactive(&mut tx, &entry).await
            })
            .await
    }
}

impl Arrival {
    fn leading_to(self, path: &LocalPath) -> Self {
        match self {
            Self::There { browser, .. } => Self::There { browser, path: path.clone() },
            refused @ Self::Refused { .. } => refused,
        }
    }
}

fn unknown(tenant: &Tenant, at_home: &SignedIn) -> Error {
    let address = at_home.user.address();
    let sentence =
        format!("You are signed in as {address}, and {} does not know this account.", tenant.display_name);
    let refusal = kernel::Refusal { sentence: sentence.clone(), ..session::unbound() };
    Error::forbidden(sentence).refused(refusal)
}
