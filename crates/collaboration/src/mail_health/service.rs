//! Reading the health of a tenant's mail, and mending it.

use super::records::{self, DomainFacts, Report};
use super::spf::SpfFacts;
use super::{store, test_mail};
use ::store::ledger::{self, DayCount, Entry, Outcome, Suppression};
use ::store::rate::Limit;
use ::store::{Read, Tx};
use delivery::{DkimRecord, Dns, Progress};
use directory::audit_log::{self, Event, Operation, Service};
use directory::tenant::{self, Tenant};
use futures_util::future::join_all;
use kernel::{
    Act, DomainName, EmailAddress, Error, Kind, Language, OutboxId, Result, SignedDuration, TenantId,
    Timestamp,
};
use module::Platform;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The days that are counted.
pub const DAYS: i64 = 30;
const MOST_DOMAINS: usize = 20;
const MOST_ROWS: u32 = 100;
/// A domain in order is looked up this often.
const STILL_FRESH: SignedDuration = SignedDuration::from_hours(6);
/// Tests that a tenant sends in an hour.
const MOST_TESTS: u32 = 20;

/// How this installation sends, as far as the DNS is concerned.
pub struct MailRoute {
    /// None where mail stays on this machine.
    pub dns: Option<Dns>,
    /// The SPF term that names the mail server, such as `include:_spf.relay.example`.
    pub spf: String,
    /// The public halves of the keys that sign.
    pub dkim: Vec<DkimRecord>,
}

#[derive(Clone)]
pub struct MailHealthService {
    platform: Platform,
    route: Arc<MailRoute>,
}

/// The health of a tenant's mail.
pub struct Health {
    pub tenant: Tenant,
    /// The domain that is sent from first.
    pub domains: Vec<DomainHealth>,
    pub days: Vec<DayCount>,
    /// Seconds from posting to taking: half of the newest messages were quicker.
    pub median_seconds: Option<i64>,
    pub waiting_count: u64,
    pub waiting_since: Option<Timestamp>,
    pub queue: Vec<Queued>,
    pub given_up: Vec<Entry>,
    pub suppressions: Vec<Suppression>,
}

pub struct DomainHealth {
    pub domain: DomainName,
    pub is_used: bool,
    pub report: Option<Report>,
    pub failure: Option<String>,
    pub looked_up_at: Option<Timestamp>,
}

/// What waits for one domain.
pub struct Queued {
    pub domain: DomainName,
    pub count: usize,
    pub next_at: Timestamp,
    pub reason: Option<String>,
}

impl Health {
    /// How many ended so in the last days.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.days.iter().filter(|day| day.outcome == outcome).map(|day| day.count).sum()
    }
}

impl MailHealthService {
    pub fn new(platform: Platform, route: Arc<MailRoute>) -> Self {
        Self { platform, route }
    }

    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    pub async fn load(&self, tenant: TenantId) -> Result<Health> {
        let mut read = self.platform.tenant(tenant).snapshot().await?;
        let since = ledger::days_before(read.now(), DAYS - 1);
        let tenant = tenant::get(&mut read).await?;
        let mut domains = Vec::new();
        for (at, domain) in self.domains(&tenant).into_iter().enumerate() {
            let known = store::find(&mut read, &domain).await?;
            let (failure, looked_up_at) =
                known.as_ref().map(|known| (known.failure.clone(), known.looked_up_at)).unzip();
            let report = known.map(|known| known.report);
            domains.push(DomainHealth {
                domain,
                is_used: at == 0,
                report,
                failure: failure.flatten(),
                looked_up_at,
            });
        }
        let mut durations = ledger::list_durations(&mut read, since, 500).await?;
        durations.sort_unstable();
        let (waiting_count, waiting_since) = ledger::count_waiting(&mut read).await?;
        Ok(Health {
            tenant,
            domains,
            days: ledger::list_days(&mut read, since).await?,
            median_seconds: durations.get(durations.len() / 2).copied(),
            waiting_count,
            waiting_since,
            queue: by_domain(ledger::list_waiting(&mut read, 500).await?),
            given_up: ledger::list_dead(&mut read, MOST_ROWS).await?,
            suppressions: ledger::list_suppressions(&mut read, "", MOST_ROWS).await?,
        })
    }

    /// What became of a test that was sent from the page.
    pub async fn find_test(&self, tenant: TenantId, id: OutboxId) -> Result<Option<Entry>> {
        let mut read = self.platform.tenant(tenant).snapshot().await?;
        Ok(ledger::find(&mut read, id).await?.filter(|entry| entry.kind == test_mail::KIND))
    }

    /// Looks all domains up now and keeps what was found; what is not answered stays as it was known.
    pub async fn look_up(&self, tenant: TenantId) -> Result<()> {
        let place = self.platform.tenant(tenant);
        let mut read = place.snapshot().await?;
        let domains = self.domains(&tenant::get(&mut read).await?);
        let mut known = Vec::new();
        for domain in &domains {
            known.push(store::find(&mut read, domain).await?);
        }
        drop(read);
        let reports = join_all(domains.iter().map(|domain| self.facts(domain))).await;
        let found: Vec<_> = reports
            .into_iter()
            .zip(known)
            .map(|(facts, known)| {
                let report = records::decide(&facts);
                let failure = report.failure().map(str::to_owned);
                let report = match known {
                    Some(known) => report.keeping(&known.report),
                    None => report,
                };
                (facts.domain, report, failure)
            })
            .collect();
        place
            .write_unordered(found, |mut tx, found| async move {
                for (domain, report, failure) in found.iter() {
                    store::save(&mut tx, domain, report, failure.as_deref()).await?;
                }
                Ok(())
            })
            .await
    }

    /// The job: looks up what is not in order, or was in order long ago.
    pub async fn look_up_if_due(&self, tenant: TenantId) -> Result<Progress> {
        if self.route.dns.is_none() {
            return Ok(Progress::Done);
        }
        let mut read = self.platform.tenant(tenant).snapshot().await?;
        let domains = self.domains(&tenant::get(&mut read).await?);
        let now = read.now();
        let mut is_due = false;
        for domain in &domains {
            let known = store::find(&mut read, domain).await?;
            is_due |= known.is_none_or(|known| {
                let age = now.duration_since(known.looked_up_at);
                !known.report.passes() || known.failure.is_some() || age >= STILL_FRESH
            });
        }
        drop(read);
        if is_due {
            self.look_up(tenant).await?;
        }
        Ok(Progress::Done)
    }

    /// Lets given-up messages be tried again, at once, and their addresses be written to. None: all of them.
    pub async fn retry(&self, tenant: TenantId, act: Act, id: Option<OutboxId>) -> Result<u32> {
        self.platform
            .tenant(tenant)
            .write((self.platform.clone(), act), move |mut tx, context| async move {
                let (platform, act) = &*context;
                let dead = match id {
                    Some(id) => ledger::find(&mut tx, id).await?.into_iter().collect(),
                    None => ledger::list_dead(&mut tx, MOST_ROWS).await?,
                };
                let mut count = 0;
                for entry in dead {
                    if !ledger::retry(&mut tx, entry.id).await? {
                        continue;
                    }
                    count += 1;
                    ledger::remove_suppression(&mut tx, &entry.to).await?;
                    let event = Event::new("Retry mail", Service::CoreDirectory, Operation::Update)
                        .with("kind", entry.kind)
                        .with("recipient", entry.to);
                    audit_log::record(&mut tx, platform.rng(), act, event).await?;
                }
                if count == 0 && id.is_some() {
                    return Err(Error::not_found("message that was given up"));
                }
                Ok(count)
            })
            .await
    }

    /// Lets an address be written to again.
    pub async fn remove_suppression(&self, tenant: TenantId, act: Act, address: EmailAddress) -> Result<()> {
        let context = (self.platform.clone(), act, address);
        self.platform
            .tenant(tenant)
            .write(context, |mut tx, context| async move {
                let (platform, act, address) = &*context;
                if !ledger::remove_suppression(&mut tx, address).await? {
                    return Err(Error::not_found("address that takes no mail"));
                }
                let event = Event::new("Remove mail suppression", Service::CoreDirectory, Operation::Delete)
                    .with("recipient", address);
                audit_log::record(&mut tx, platform.rng(), act, event).await?;
                Ok(())
            })
            .await
    }

    /// Sends the one who asks a message that says that mail works.
    pub async fn send_test(
        &self,
        tenant: TenantId,
        act: Act,
        to: EmailAddress,
        language: Language,
    ) -> Result<OutboxId> {
        let context = (self.platform.clone(), act, to, language);
        self.platform
            .tenant(tenant)
            .write(context, |mut tx, context| async move {
                let (platform, act, to, language) = &*context;
                take_limit(&mut tx, platform).await?;
                let event = Event::new("Send test mail", Service::CoreDirectory, Operation::Other)
                    .with("recipient", to);
                audit_log::record(&mut tx, platform.rng(), act, event).await?;
                tx.post(test_mail::letter(platform.rng(), act, to, *language)).await
            })
            .await
    }

    /// The domain that is sent from, then the other verified ones, which could be.
    fn domains(&self, tenant: &Tenant) -> Vec<DomainName> {
        let used = tenant.sender(self.platform.sender()).address.domain();
        let others = tenant.domains.iter().filter(|domain| **domain != used).cloned();
        std::iter::once(used.clone()).chain(others).take(MOST_DOMAINS).collect()
    }

    async fn facts(&self, domain: &DomainName) -> DomainFacts {
        let Some(dns) = &self.route.dns else {
            return DomainFacts::unknown(domain, "mail stays on this machine", &self.route.dkim);
        };
        let keys = async {
            let texts =
                self.route.dkim.iter().map(async |key| (key.clone(), dns.texts(&key.name(domain)).await));
            join_all(texts).await
        };
        let policies = async {
            let names = above(domain).into_iter().map(async |name| {
                let texts = dns.texts(&name).await;
                (name, texts)
            });
            join_all(names).await
        };
        let spf = SpfFacts::look_up(dns, domain.as_str(), self.route.spf.clone());
        let (spf, dkim, dmarc) = futures_util::join!(spf, keys, policies);
        DomainFacts { domain: domain.clone(), spf, dkim, dmarc }
    }
}

async fn take_limit(tx: &mut Tx, platform: &Platform) -> Result<()> {
    let limit = Limit::new("test mail", MOST_TESTS, SignedDuration::from_hours(1));
    match limit.take(tx, platform.rng()).await? {
        None => Ok(()),
        Some(retry_after) => Err(Error::new(
            Kind::TooManyRequests { retry_after },
            format!("{MOST_TESTS} tests an hour are sent; one more fits in {retry_after} seconds."),
        )),
    }
}

/// `_dmarc` of a domain and of each above it, the top level left out.
fn above(domain: &DomainName) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = domain.as_str();
    while rest.contains('.') && names.len() < 5 {
        names.push(format!("_dmarc.{rest}"));
        rest = rest.split_once('.').map_or("", |(_, above)| above);
    }
    names
}

fn by_domain(waiting: Vec<Entry>) -> Vec<Queued> {
    let mut queued: BTreeMap<String, Queued> = BTreeMap::new();
    for entry in waiting {
        let domain = entry.to.domain();
        let known = queued.entry(domain.to_string()).or_insert(Queued {
            domain,
            count: 0,
            next_at: entry.due_at,
            reason: None,
        });
        known.count += 1;
        known.next_at = known.next_at.min(entry.due_at);
        known.reason = entry.failure.or(known.reason.take());
    }
    queued.into_values().collect()
}
