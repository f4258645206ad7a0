//! Letters, who renders them, and a transport that does what a test says.

#![allow(dead_code, reason = "each test binary uses its own part")]

use delivery::{Compose, Composed, MailKind, Message, Outbox, Parcel, Sender, Taken, Transport, Undelivered};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{EmailAddress, Error, Language, OutboxId, Result, Rng, TenantId};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::outbox::Claimed;
use store::{Letter, Read, Store, Tx, params};
use tokio::sync::Semaphore;

/// Renders what the letter's data say: `{"gone": true}`, `{"fails": true}`, `{"panics": true}`.
pub struct Composer;

impl Compose for Composer {
    fn compose<'a>(&'a self, _: TenantId, letter: &'a Claimed) -> BoxFuture<'a, Result<Composed>> {
        async move {
            let says = |word: &str| letter.data.get(word).is_some();
            assert!(!says("panics"), "on purpose");
            if says("fails") {
                return Err(Error::unavailable("the facts cannot be read"));
            }
            if says("gone") {
                return Ok(Composed::Gone("the invitation was withdrawn"));
            }
            Ok(Composed::Send(message(&letter.to)))
        }
        .boxed()
    }
}

pub fn message(to: &EmailAddress) -> Message {
    Message {
        to: to.clone(),
        cc: Vec::new(),
        from: Sender::speaking_for(EmailAddress::parse("invitations@lodge.example").unwrap(), "Contoso"),
        reply_to: EmailAddress::parse("inviter@contoso.example").ok(),
        subject: "Contoso lädt Sie ein".into(),
        text: "Open https://localhost:8443/redeem?tenant=a&ticket=b_- or type 0123-4567-89AB.".into(),
        html: "<p>Open <a href=\"https://localhost:8443/redeem?tenant=a&amp;ticket=b_-\">it</a></p>".into(),
        language: Language::De,
        headers: vec![("Auto-Submitted".into(), "auto-generated".into())],
        code: Some("0123456789AB".into()),
    }
}

pub fn kinds() -> Vec<MailKind> {
    vec![MailKind { kind: "test", compose: Arc::new(Composer) }]
}

/// Keeps what it is given; fails as often as it is told.
pub struct Recorder {
    pub sent: Mutex<Vec<OutboxId>>,
    pub failures: Mutex<VecDeque<Undelivered>>,
    pub tries: AtomicUsize,
    pub gate: Semaphore,
    now: AtomicUsize,
    pub most_at_once: AtomicUsize,
    /// Asks messages to this domain to wait.
    deferring: Mutex<Option<&'static str>>,
}

impl Recorder {
    pub fn open() -> Arc<Self> {
        Self::with_gate(1000)
    }

    /// Lets `permits` messages through at a time, each for as long as the gate is kept.
    pub fn with_gate(permits: usize) -> Arc<Self> {
        Arc::new(Self {
            sent: Mutex::default(),
            failures: Mutex::default(),
            tries: AtomicUsize::default(),
            gate: Semaphore::new(permits),
            now: AtomicUsize::default(),
            most_at_once: AtomicUsize::default(),
            deferring: Mutex::default(),
        })
    }

    pub fn failing(failures: impl IntoIterator<Item = Undelivered>) -> Arc<Self> {
        let recorder = Self::open();
        recorder.failures.lock().unwrap().extend(failures);
        recorder
    }

    pub fn deferring(domain: &'static str) -> Arc<Self> {
        let recorder = Self::open();
        *recorder.deferring.lock().unwrap() = Some(domain);
        recorder
    }

    pub fn accept(&self) {
        *self.deferring.lock().unwrap() = None;
    }

    pub fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    pub fn tries(&self) -> usize {
        self.tries.load(Ordering::SeqCst)
    }
}

impl Transport for Recorder {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>> {
        async move {
            self.tries.fetch_add(1, Ordering::SeqCst);
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(now, Ordering::SeqCst);
            let _through = self.gate.acquire().await.unwrap();
            self.now.fetch_sub(1, Ordering::SeqCst);
            if *self.deferring.lock().unwrap() == Some(parcel.message.to.domain().as_str()) {
                return Err(Undelivered::Deferred("451 4.7.1 later".into()));
            }
            let failure = self.failures.lock().unwrap().pop_front();
            if let Some(failure) = failure {
                return Err(failure);
            }
            self.sent.lock().unwrap().push(parcel.id);
            Ok(Taken("250 taken".into()))
        }
        .boxed()
    }
}

pub fn outbox(store: &Store, transport: Arc<dyn Transport>) -> Outbox {
    Outbox::new(store.clone(), kinds(), transport).unwrap()
}

pub fn letter(data: serde_json::Value) -> Letter {
    Letter {
        id: OutboxId(Rng::system().uuid()),
        kind: "test",
        to: EmailAddress::parse("Guest@fabrikam.example").unwrap(),
        language: Language::De,
        subject: Rng::system().uuid(),
        cause: None,
        data,
    }
}

pub async fn post(store: &Store, tenant: TenantId, data: serde_json::Value) -> OutboxId {
    post_letter(store, tenant, letter(data)).await
}

pub async fn post_to(store: &Store, tenant: TenantId, to: &str) -> OutboxId {
    let letter = letter(serde_json::json!({}));
    post_letter(store, tenant, Letter { to: EmailAddress::parse(to).unwrap(), ..letter }).await
}

async fn post_letter(store: &Store, tenant: TenantId, letter: Letter) -> OutboxId {
    store
        .tenant(tenant)
        .write(letter, |mut tx: Tx, letter| async move { tx.post((*letter).clone()).await })
        .await
        .unwrap()
}

store::statements! {
    STATE: tenant = "SELECT state, failure, attempts FROM outbox WHERE tenant_id = :tenant AND id = :id";
}

/// State, failure, attempts.
pub async fn state(store: &Store, tenant: TenantId, id: OutboxId) -> (String, Option<String>, u32) {
    let mut snapshot = store.tenant(tenant).snapshot().await.unwrap();
    let row = snapshot
        .row(&STATE, params![id: id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .await
        .unwrap();
    row.unwrap()
}
