//! What the pages of redemption do: tell what is proven in a browser, and answer the invitation with it.

use crate::email_code::{self, EmailCodeService};
use crate::session::{self, Browser, Method, Renewal, SessionService, SignedIn, record};
use ::store::{Read, Tx};
use collaboration::invitation::{self, link};
use collaboration::redemption::{
    Claim, HomeAccount, Link, LinkText, Proof, Purpose, Redeemed, RedemptionService, Views,
};
use directory::application;
use directory::sign_in_log::{self, Outcome};
use directory::user::{self, Identity};
use kernel::{Act, Error, Result, Rng, Verdict};
use module::Platform;
use url::Url;

/// The services behind the pages.
#[derive(Clone)]
pub struct Gate {
    pub platform: Platform,
    pub redemption: RedemptionService,
    pub views: Views,
    pub sessions: SessionService,
    pub codes: EmailCodeService,
}

/// How far a browser is with an invitation.
pub enum Stage {
    Proven(Proven),
    /// Nothing is proven yet: the one sign-in that fits. None: a mailed code.
    Unproven(Option<HomeAccount>),
    /// Somebody else is signed in at the home tenant.
    WrongAccount {
        home: HomeAccount,
        signed_in: Box<SignedIn>,
    },
}

pub enum Proven {
    Code,
    Home { account: Box<HomeAccount>, signed_in: Box<SignedIn> },
}

impl Proven {
    pub fn home(&self) -> Option<&HomeAccount> {
        match self {
            Self::Code => None,
            Self::Home { account, .. } => Some(account),
        }
    }
}

impl Gate {
    pub fn new(platform: Platform) -> Self {
        Self {
            redemption: RedemptionService::new(platform.clone()),
            views: Views::new(platform.clone()),
            sessions: SessionService::new(platform.clone()),
            codes: EmailCodeService::new(platform.clone()),
            platform,
        }
    }

    /// What this browser has proven about the invited address.
    pub async fn stage(&self, link: &Link, browser: Option<&Browser>, purpose: Purpose) -> Result<Stage> {
        let home = self.redemption.home_account(link).await?;
        let Some(browser) = browser else { return Ok(Stage::Unproven(home)) };
        let Some(home) = home else {
            let mut snapshot = self.platform.tenant(link.tenant.id).snapshot().await?;
            let proven = find_code_proof(&mut snapshot, link, browser, purpose).await?;
            return Ok(proven.map_or(Stage::Unproven(None), |_| Stage::Proven(Proven::Code)));
        };
        let mut accounts = self.sessions.current(home.tenant.id, browser).await?;
        // A guest's session at the home tenant says nothing about an address of it.
        accounts.retain(|one| one.method == Method::Password);
        if let Some(at) = accounts.iter().position(|one| one.user.id == home.user.id) {
            let signed_in = Box::new(accounts.swap_remove(at));
            return Ok(Stage::Proven(Proven::Home { account: Box::new(home), signed_in }));
        }
        Ok(match accounts.into_iter().next() {
            Some(other) => Stage::WrongAccount { home, signed_in: Box::new(other) },
            None => Stage::Unproven(Some(home)),
        })
    }

    /// Accepts, and opens the guest's session in the same write. The browser it returns has a new cookie.
    pub async fn accept(
        &self,
        link: &Link,
        act: Act,
        proven: &Proven,
        browser: &Browser,
    ) -> Result<Verdict<Browser>> {
        let tenant = link.tenant.id;
        let rng = self.platform.rng();
        let renewal = Renewal::of(browser, rng, tenant);
        let entry = self.entry(link, act, proven, browser, Purpose::Accept, renewal.clone()).await?;
        let verdict = self
            .platform
            .tenant(tenant)
            .write(entry, move |mut tx, entry| async move { entry.accept(&mut tx, rng).await })
            .await?;
        match verdict {
            Ok(_) => Ok(Ok(self.sessions.settle(tenant, renewal).await)),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    pub async fn decline(
        &self,
        link: &Link,
        act: Act,
        proven: &Proven,
        browser: &Browser,
    ) -> Result<Verdict> {
        let tenant = link.tenant.id;
        let renewal = Renewal::of(browser, self.platform.rng(), tenant);
        let entry = self.entry(link, act, proven, browser, Purpose::Decline, renewal).await?;
        self.platform
            .tenant(tenant)
            .write(entry, |mut tx, entry| async move { entry.decline(&mut tx).await })
            .await
    }

    async fn entry(
        &self,
        link: &Link,
        act: Act,
        proven: &Proven,
        browser: &Browser,
        purpose: Purpose,
        renewal: Renewal,
    ) -> Result<Entry> {
        let (proof, session, provider) = match proven {
            Proven::Code => (
                Proof::MailedCode,
                session::Proof::email_code(&link.invitation.address),
                session::MAIL_ISSUER,
            ),
            Proven::Home { account, signed_in } => {
                let proof = Proof::HomeAccount { tenant: account.tenant.id, user: signed_in.user.id };
                (proof, session::Proof::home(self.platform.origin(), signed_in), "ExternalAzureAD")
            }
        };
        let identity = Identity {
            provider: provider.to_owned(),
            issuer: session.issuer.clone(),
            subject: session.subject.clone(),
        };
        let claim = self.redemption.claim(link, act, Some(proof), identity).await?;
        Ok(Entry { claim, session, browser: browser.clone(), purpose, renewal })
    }

    /// Where the invitation leads, if the way there needs no warning.
    pub async fn trusted_target(&self, link: &Link) -> Result<Option<Url>> {
        let url = &link.invitation.redirect_url;
        let mut snapshot = self.platform.tenant(link.tenant.id).snapshot().await?;
        let is_registered =
            application::is_registered_redirect(&mut snapshot, self.platform.origin(), url).await?;
        Ok(Url::parse(url).ok().filter(|_| is_registered))
    }

    /// The same link as it stands now.
    pub async fn again(&self, link: &Link) -> Result<Option<Link>> {
        let text = LinkText {
            tenant: link.tenant.id.to_string(),
            invitation: link.invitation.id.to_string(),
            ticket: link.ticket.clone(),
        };
        self.redemption.find(&text).await
    }

    /// The newest link of the same invitation: after accepting it leads to where the invitation leads.
    pub async fn newest(&self, link: &Link) -> Result<Option<Link>> {
        let tenant = link.tenant.id;
        let keys = self.platform.store().keys(tenant).await?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some(invitation) = invitation::find(&mut snapshot, link.invitation.id).await? else {
            return Ok(None);
        };
        drop(snapshot);
        let text = LinkText {
            tenant: tenant.to_string(),
            invitation: invitation.id.to_string(),
            ticket: link::ticket(&keys, invitation.id, invitation.generation),
        };
        self.redemption.find(&text).await
    }

    /// Whether the guest of this invitation is signed in here.
    pub async fn is_signed_in(&self, link: &Link, browser: Option<&Browser>) -> Result<bool> {
        let Some(browser) = browser else { return Ok(false) };
        Ok(self.sessions.current_user(link.tenant.id, browser, link.invitation.user).await?.is_some())
    }
}

/// A proven answer on its way into a write.
struct Entry {
    claim: Claim,
    session: session::Proof,
    browser: Browser,
    purpose: Purpose,
    renewal: Renewal,
}

impl Entry {
    async fn accept(&self, tx: &mut Tx, rng: Rng) -> Result<Verdict<Redeemed>> {
        let Some(proof) = self.current_proof(tx).await? else { return self.refuse(tx).await };
        let verdict = collaboration::redemption::accept(tx, &self.claim).await?;
        let Ok(redeemed) = verdict else { return Ok(verdict) };
        self.use_up(tx, proof).await?;
        session::open(tx, rng, &self.renewal, redeemed.user(), &self.session).await?;
        let guest = user::find(tx, redeemed.user()).await?;
        let home = self.session.home_user();
        let entry = record::at_page(rng, &self.claim.act, guest.as_ref(), home, Outcome::Success);
        sign_in_log::record_interactive(tx, &entry).await?;
        Ok(Ok(redeemed))
    }

    async fn decline(&self, tx: &mut Tx) -> Result<Verdict> {
        let Some(proof) = self.current_proof(tx).await? else {
            return Ok(self.refuse(tx).await?.map(|_| ()));
        };
        let verdict = collaboration::redemption::decline(tx, &self.claim).await?;
        if verdict.is_ok() {
            self.use_up(tx, proof).await?;
        }
        Ok(verdict)
    }

    /// The proof as it stands under the lock: of many answers at once with one code, one finds it.
    async fn current_proof(&self, tx: &mut Tx) -> Result<Option<Held>> {
        if self.session.method != Method::EmailCode {
            return Ok(Some(Held::Session));
        }
        for purpose in accepted_codes(self.purpose) {
            let subject = self.claim.invitation.0;
            if email_code::proven_at(tx, &self.browser, *purpose, subject).await?.is_some() {
                return Ok(Some(Held::Code(*purpose)));
            }
        }
        Ok(None)
    }

    /// A code's proof serves once.
    async fn use_up(&self, tx: &mut Tx, held: Held) -> Result<()> {
        let Held::Code(purpose) = held else { return Ok(()) };
        if email_code::take(tx, &self.browser, purpose, self.claim.invitation.0).await? {
            return Ok(());
        }
        Err(Error::conflict("This was answered at the same moment in another window. Load the page again."))
    }

    async fn refuse(&self, tx: &mut Tx) -> Result<Verdict<Redeemed>> {
        let unproven = Claim { proof: None, ..self.claim.clone() };
        collaboration::redemption::accept(tx, &unproven).await
    }
}

enum Held {
    Session,
    Code(email_code::Purpose),
}

/// Who may accept may also decline, not the other way round: a code says in its mail what it is for.
fn accepted_codes(purpose: Purpose) -> &'static [email_code::Purpose] {
    match purpose {
        Purpose::Accept => &[email_code::Purpose::Accept],
        Purpose::Decline => &[email_code::Purpose::Decline, email_code::Purpose::Accept],
    }
}

/// A code proven in this browser since the newest link was made: an older proof ended with the older link.
async fn find_code_proof(
    read: &mut impl Read,
    link: &Link,
    browser: &Browser,
    purpose: Purpose,
) -> Result<Option<email_code::Purpose>> {
    for kind in accepted_codes(purpose) {
        let at = email_code::proven_at(read, browser, *kind, link.invitation.id.0).await?;
        if at.is_some_and(|at| at >= link.invitation.issued_at) {
            return Ok(Some(*kind));
        }
    }
    Ok(None)
}
