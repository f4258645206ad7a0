//! Mail health against a small name server, and what an administrator mends.

use super::*;
use crate::redemption::tests::{ADMIN, CONTOSO, ROBOT, create, member, migrations};
use ::store::ledger::{self, Outcome};
use ::store::outbox::Claimed;
use ::store::{Store, Tx};
use delivery::{
    Compose, Composed, DkimRecord, Dns, MailKind, Message, Outbox, Parcel, Taken, Transport, Undelivered,
};
use directory::audit_log;
use directory::role::Role;
use directory::tenant::{self, MailSender};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Act, Actor, EmailAddress, Language, Origin, Result, SignedDuration, TenantId};
use module::{Limits, Platform};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use testkit::engines::for_each_engine;
use tokio::net::UdpSocket;

/// What the name server does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Answers,
    IsSilent,
    Fails,
    /// Answers with the number of another question and a record that would be right.
    Lies,
}

/// A name server of TXT records on this machine.
#[derive(Clone)]
struct NameServer {
    texts: Arc<Mutex<HashMap<String, Vec<String>>>>,
    mood: Arc<Mutex<Mood>>,
    address: SocketAddr,
}

impl NameServer {
    async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            texts: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Answers)),
            address: socket.local_addr().unwrap(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                if let Some(answer) = serving.answer(&buffer[..length]) {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        server
    }

    fn publish(&self, name: &str, text: &str) {
        self.texts.lock().unwrap().insert(name.to_owned(), vec![text.to_owned()]);
    }

    fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// RFC 1035 4: head, the question as it came, answers that point at its name.
    fn answer(&self, query: &[u8]) -> Option<Vec<u8>> {
        let mood = *self.mood.lock().unwrap();
        if mood == Mood::IsSilent {
            return None;
        }
        let mut labels = Vec::new();
        let mut at = 12;
        while query[at] != 0 {
            let length = usize::from(query[at]);
            labels.push(String::from_utf8_lossy(&query[at + 1..=at + length]).to_lowercase());
            at += length + 1;
        }
        let question = &query[12..at + 5];
        let is_text = query[at + 1..at + 3] == [0, 16];
        let known = self.texts.lock().unwrap().get(&labels.join(".")).cloned();
        let texts = known.filter(|_| is_text && mood != Mood::Fails).unwrap_or_default();
        let code = match (mood, texts.is_empty()) {
            (Mood::Fails, _) => 2,
            (_, true) => 3,
            _ => 0,
        };
        let mut answer = query[..2].to_vec();
        if mood == Mood::Lies {
            answer[0] ^= 0xff;
        }
        answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::try_from(texts.len()).unwrap(), 0, 0, 0, 0]);
        answer.extend(question);
        for text in texts {
            let parts: Vec<u8> = text
                .as_bytes()
                .chunks(255)
                .flat_map(|part| {
                    std::iter::once(u8::try_from(part.len()).unwrap()).chain(part.iter().copied())
                })
                .collect();
            answer.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
            answer.extend(u16::try_from(parts.len()).unwrap().to_be_bytes());
            answer.extend(parts);
        }
        Some(answer)
    }
}

fn key() -> DkimRecord {
    DkimRecord { selector: "lodge1".into(), algorithm: "rsa", bits: 2048, public: "A".repeat(392) }
}

fn act() -> Act {
    Act::new(Actor::System { name: "test" }, ROBOT)
}

async fn house(store: Store, dns: Dns) -> (Platform, MailHealthService) {
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let from = EmailAddress::parse("mail@contoso.example").unwrap();
    let platform = Platform::new(store, origin, Limits::default(), from);
    create(&platform, CONTOSO, "Contoso", "contoso.example").await;
    member(&platform, CONTOSO, ADMIN, "admin@contoso.example", Some(Role::GlobalAdministrator)).await;
    let route = MailRoute { dns: Some(dns), spf: "include:_spf.relay.example".into(), dkim: vec![key()] };
    (platform.clone(), MailHealthService::new(platform, Arc::new(route)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_turns_green_when_its_records_are_published_and_stays_so_while_name_servers_fail() {
    for_each_engine(&migrations(), |store| async move {
        let server = NameServer::start().await;
        let (platform, service) = house(store, Dns::at(&[server.address]).unwrap()).await;
        assert!(service.load(CONTOSO).await.unwrap().domains[0].report.is_none());
        service.look_up_if_due(CONTOSO).await.unwrap();
        let health = service.load(CONTOSO).await.unwrap();
        let report = health.domains[0].report.clone().unwrap();
        let reasons: Vec<Reason> = report.all().map(|finding| finding.reason).into();
        assert_eq!(reasons, [Reason::Missing; 3]);
        // Publish exactly what the page says.
        for finding in report.all() {
            let publish = finding.publish.clone().unwrap();
            server.publish(&publish.name, &publish.text);
        }
        server.publish("_spf.relay.example", "v=spf1 ip4:198.51.100.0/24 -all");
        service.look_up_if_due(CONTOSO).await.unwrap();
        let health = service.load(CONTOSO).await.unwrap();
        let green = health.domains[0].report.clone().unwrap();
        assert!(green.passes(), "{green:?}");
        // In order and fresh: the job asks nobody.
        server.is(Mood::Fails);
        service.look_up_if_due(CONTOSO).await.unwrap();
        assert_eq!(service.load(CONTOSO).await.unwrap().domains[0].failure, None);
        for mood in [Mood::Fails, Mood::Lies, Mood::IsSilent] {
            server.is(mood);
            service.look_up(CONTOSO).await.unwrap();
            let domain = service.load(CONTOSO).await.unwrap().domains.remove(0);
            assert_eq!(domain.report, Some(green.clone()), "what was known is not taken back");
            assert!(domain.failure.is_some(), "and it is said that nobody knows now");
        }
        server.is(Mood::Answers);
        service.look_up_if_due(CONTOSO).await.unwrap();
        assert_eq!(service.load(CONTOSO).await.unwrap().domains[0].failure, None, "it recovers by itself");
        platform.clock().advance(SignedDuration::from_hours(7));
        server.publish("_dmarc.contoso.example", "v=DMARC1; p=none");
        service.look_up_if_due(CONTOSO).await.unwrap();
        let report = service.load(CONTOSO).await.unwrap().domains[0].report.clone().unwrap();
        assert_eq!(report.dmarc.reason, Reason::OnlyReports);
    })
    .await;
}

/// Refuses every recipient until it is told otherwise.
#[derive(Default)]
struct Relay {
    open: std::sync::atomic::AtomicBool,
    from: Mutex<Vec<String>>,
}

impl Transport for Relay {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>> {
        async move {
            self.from.lock().unwrap().push(parcel.message.from.line());
            if self.open.load(std::sync::atomic::Ordering::SeqCst) {
                return Ok(Taken("250 2.0.0 queued as 42".into()));
            }
            Err(Undelivered::Bounced("550 5.1.1 no such mailbox".into()))
        }
        .boxed()
    }
}

struct Plain(Platform);

impl Compose for Plain {
    fn compose<'a>(&'a self, tenant: TenantId, letter: &'a Claimed) -> BoxFuture<'a, Result<Composed>> {
        async move {
            let tenant = tenant::get(&mut self.0.tenant(tenant).snapshot().await?).await?;
            Ok(Composed::Send(Message {
                to: letter.to.clone(),
                cc: Vec::new(),
                from: tenant.sender(self.0.sender()),
                reply_to: None,
                subject: "A test".into(),
                text: "A test".into(),
                html: "A test".into(),
                language: Language::En,
                headers: Vec::new(),
                code: None,
            }))
        }
        .boxed()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_bounced_is_seen_tried_again_and_forgiven() {
    for_each_engine(&migrations(), |store| async move {
        let nowhere = Dns::at(&[SocketAddr::from(([127, 0, 0, 1], 9))]).unwrap();
        let (platform, service) = house(store.clone(), nowhere).await;
        let relay = Arc::new(Relay::default());
        let kind = MailKind { kind: "mail_test", compose: Arc::new(Plain(platform.clone())) };
        let outbox = Outbox::new(store, vec![kind], relay.clone()).unwrap();
        let to = EmailAddress::parse("admin@contoso.example").unwrap();
        let id = service.send_test(CONTOSO, act(), to.clone(), Language::En).await.unwrap();
        let health = service.load(CONTOSO).await.unwrap();
        assert_eq!((health.waiting_count, health.queue[0].count), (1, 1));
        outbox.flush().await.unwrap();
        let health = service.load(CONTOSO).await.unwrap();
        assert_eq!(health.count(Outcome::Bounced), 1);
        assert_eq!((health.waiting_count, health.given_up[0].id), (0, id));
        assert_eq!(health.suppressions[0].reason, "550 5.1.1 no such mailbox");
        assert_eq!(service.find_test(CONTOSO, id).await.unwrap().unwrap().state, "dead");
        // The mailbox is made; the administrator tries again, with a sender of their own.
        relay.open.store(true, std::sync::atomic::Ordering::SeqCst);
        let address = EmailAddress::parse("guests@contoso.example").unwrap();
        let own = MailSender { address, name: "Contoso guests".into(), reply_to: None };
        tenant::choose_mail_sender(&platform, CONTOSO, act(), Some(own)).await.unwrap();
        assert_eq!(service.retry(CONTOSO, act(), Some(id)).await.unwrap(), 1);
        assert!(service.load(CONTOSO).await.unwrap().suppressions.is_empty());
        outbox.flush().await.unwrap();
        assert_eq!(relay.from.lock().unwrap().last().unwrap(), "Contoso guests <guests@contoso.example>");
        let health = service.load(CONTOSO).await.unwrap();
        assert_eq!((health.count(Outcome::Sent), health.given_up.len()), (1, 0));
        assert_eq!(health.median_seconds, Some(0));
        assert_eq!(
            service.find_test(CONTOSO, id).await.unwrap().unwrap().answer.as_deref(),
            Some("250 2.0.0 queued as 42")
        );
        assert_eq!(service.retry(CONTOSO, act(), Some(id)).await.unwrap_err().status(), 404);
        assert_eq!(service.retry(CONTOSO, act(), None).await.unwrap(), 0);
        // An address is forgiven without a message.
        let bounced = |mut tx: Tx, to: Arc<EmailAddress>| async move {
            ledger::note(&mut tx, &to, Outcome::Bounced, "550 5.1.1 no such mailbox").await
        };
        platform.tenant(CONTOSO).write(to.clone(), bounced).await.unwrap();
        service.remove_suppression(CONTOSO, act(), to.clone()).await.unwrap();
        assert_eq!(service.remove_suppression(CONTOSO, act(), to).await.unwrap_err().status(), 404);
        let mut read = platform.tenant(CONTOSO).snapshot().await.unwrap();
        let events = audit_log::list(&mut read, &audit_log::Filter::default(), None, 20).await.unwrap();
        for activity in ["Send test mail", "Retry mail", "Update mail sender", "Remove mail suppression"] {
            assert!(events.iter().any(|event| event.activity == activity), "{activity}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tests_are_limited() {
    for_each_engine(&migrations(), |store| async move {
        let nowhere = Dns::at(&[SocketAddr::from(([127, 0, 0, 1], 9))]).unwrap();
        let (_, service) = house(store, nowhere).await;
        let to = EmailAddress::parse("admin@contoso.example").unwrap();
        for _ in 0..20 {
            service.send_test(CONTOSO, act(), to.clone(), Language::En).await.unwrap();
        }
        let refused = service.send_test(CONTOSO, act(), to, Language::En).await.unwrap_err();
        assert_eq!(refused.status(), 429);
    })
    .await;
}
