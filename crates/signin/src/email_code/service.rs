//! Asking for a code, and typing it.

use super::store::{self, Binding, Code};
use super::{Purpose, digits, mail};
use crate::session::{Browser, Renewal, SessionService};
use ::store::{Keys, Read, Tx};
use directory::audit_log::{self, Event, Operation, Service, Target};
use kernel::{Act, EmailAddress, Language, ObjectId, Result, Rng, TenantId, Timestamp};
use module::Platform;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use web::ClientNetwork;

/// A wish for a code. The network is the act's.
#[derive(Clone)]
pub struct Request {
    pub browser: Browser,
    pub purpose: Purpose,
    /// The invitation's or the guest's id.
    pub subject: Uuid,
    /// The stored address: a code goes nowhere else.
    pub address: EmailAddress,
    pub language: Language,
    /// False if there is no such guest. Then nothing is mailed, and nothing else differs.
    pub exists: bool,
}

/// The answer to a wish, the same whether or not a mail left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// When the newest code was made; none if none was.
    pub sent_at: Option<Timestamp>,
    /// Seconds until one more may be asked for: there were too many, and no new one was made.
    pub wait: Option<u32>,
}

/// What came of typed digits.
#[derive(Clone)]
pub enum CodeOutcome {
    /// They are right. The browser was renewed: send its cookie.
    Proven {
        browser: Browser,
    },
    Wrong {
        left: u32,
    },
    /// The tries are used up, or the code has done its work.
    Spent,
    Expired,
    /// No code was asked for in this browser.
    None,
}

/// A code as its page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub sent_at: Timestamp,
    pub left: u32,
    pub is_expired: bool,
    pub is_proven: bool,
}

/// The newest code for this in this browser.
pub async fn standing(
    read: &mut impl Read,
    browser: &Browser,
    purpose: Purpose,
    subject: Uuid,
) -> Result<Option<Standing>> {
    let code = store::find(read, Binding { browser: browser.digest(), purpose, subject }).await?;
    let now = read.now();
    Ok(code.map(|code| Standing {
        sent_at: code.created_at,
        left: digits::MOST_TRIES.saturating_sub(code.tries),
        is_expired: now >= code.expires_at,
        is_proven: code.proven_at.is_some(),
    }))
}

#[derive(Clone)]
pub struct EmailCodeService {
    platform: Platform,
    sessions: SessionService,
}

impl EmailCodeService {
    pub fn new(platform: Platform) -> Self {
        let sessions = SessionService::new(platform.clone());
        Self { platform, sessions }
    }

    /// Mails a new code, which ends an older one, unless there were too many for this address.
    pub async fn request(&self, tenant: TenantId, act: &Act, request: Request) -> Result<Requested> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act.clone(), request), move |mut tx, context| async move {
                let (act, request) = &*context;
                issue(&mut tx, rng, act, request).await
            })
            .await
    }

    /// Tries typed digits. The try is taken before they are compared, so no burst has more than five.
    pub async fn check(
        &self,
        tenant: TenantId,
        act: &Act,
        browser: &Browser,
        purpose: Purpose,
        subject: Uuid,
        digits: &str,
    ) -> Result<CodeOutcome> {
        let rng = self.platform.rng();
        let store = self.platform.tenant(tenant);
        let attempt = Attempt {
            act: act.clone(),
            binding: Binding { browser: browser.digest(), purpose, subject },
            digits: digits::typed(digits),
            keys: store.keys().await?,
            renewal: Renewal::of(browser, rng, tenant),
        };
        let renewal = attempt.renewal.clone();
        let tried = store
            .write_unordered(attempt, move |mut tx, attempt| async move { attempt.run(&mut tx, rng).await })
            .await?;
        Ok(match tried {
            Tried::Right => CodeOutcome::Proven { browser: self.sessions.settle(tenant, renewal).await },
            Tried::Wrong { left } => CodeOutcome::Wrong { left },
            Tried::Spent => CodeOutcome::Spent,
            Tried::Expired => CodeOutcome::Expired,
            Tried::None => CodeOutcome::None,
        })
    }

    pub(super) async fn purge(&self, tenant: TenantId) -> Result<delivery::Progress> {
        let removed = self
            .platform
            .tenant(tenant)
            .write_unordered((), |mut tx, _| async move { store::purge(&mut tx).await })
            .await?;
        Ok(if removed == 0 { delivery::Progress::Done } else { delivery::Progress::More })
    }
}

async fn issue(tx: &mut Tx, rng: Rng, act: &Act, request: &Request) -> Result<Requested> {
    let binding =
        Binding { browser: request.browser.digest(), purpose: request.purpose, subject: request.subject };
    let network = act.network.map_or_else(|| "?".to_owned(), |peer| ClientNetwork::of(peer).to_string());
    let limits = digits::limits(&request.address, &network);
    let mut wait = None;
    for limit in &limits {
        wait = wait.max(limit.wait(tx).await?);
    }
    if wait.is_some() {
        let sent_at = store::find(tx, binding).await?.map(|code| code.created_at);
        return Ok(Requested { sent_at, wait });
    }
    for limit in &limits {
        limit.count(tx, rng).await?;
    }
    let id = rng.uuid();
    store::replace(tx, binding, id, request.exists).await?;
    if request.exists {
        tx.post(mail::letter(rng, id, request)).await?;
        let event = event("Generate one time password", request.purpose, request.subject);
        audit_log::record(tx, rng, act, event.with("Address", &request.address)).await?;
    }
    Ok(Requested { sent_at: Some(tx.now()), wait: None })
}

fn event(activity: &'static str, purpose: Purpose, subject: Uuid) -> Event {
    let kind = if purpose == Purpose::SignIn { "User" } else { "Invitation" };
    Event::new(activity, Service::Authentication, Operation::Other).in_category("Other").about(Target::new(
        kind,
        ObjectId(subject),
        None,
    ))
}

enum Tried {
    Right,
    Wrong { left: u32 },
    Spent,
    Expired,
    None,
}

/// Digits on their way into a write. It holds what was typed, so it has no `Debug`.
struct Attempt {
    act: Act,
    binding: Binding,
    digits: String,
    keys: Keys,
    renewal: Renewal,
}

impl Attempt {
    async fn run(&self, tx: &mut Tx, rng: Rng) -> Result<Tried> {
        let taken = store::take_try(tx, self.binding).await?;
        let Some(code) = store::find(tx, self.binding).await? else { return Ok(Tried::None) };
        if !taken {
            let is_over = code.proven_at.is_none() && tx.now() >= code.expires_at;
            return Ok(if is_over { Tried::Expired } else { Tried::Spent });
        }
        let event = event("Verify one time password", self.binding.purpose, self.binding.subject);
        if self.is_right(&code) && store::prove(tx, code.id).await? {
            store::renew(tx, &self.renewal).await?;
            crate::session::renew(tx, &self.renewal).await?;
            audit_log::record(tx, rng, &self.act, event).await?;
            return Ok(Tried::Right);
        }
        if code.mailed {
            let event = event.failed("The digits are not those of the code.").with("Try", code.tries);
            audit_log::record(tx, rng, &self.act, event).await?;
        }
        let left = digits::MOST_TRIES.saturating_sub(code.tries);
        Ok(if left == 0 { Tried::Spent } else { Tried::Wrong { left } })
    }

    fn is_right(&self, code: &Code) -> bool {
        let right = digits::digits(&self.keys, code.id);
        bool::from(right.as_bytes().ct_eq(self.digits.as_bytes())) && code.mailed
    }
}
