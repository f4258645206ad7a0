//! A message as a slice composes it and as a transport takes it.
//!
//! A slice posts a [`store::Letter`] in its transaction and hands over one [`MailKind`] per kind of letter.
//! Delivery asks the kind's [`Compose`] when the message is about to leave: that is the moment the reason is
//! checked again, and links and codes, which no row holds, are derived.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{EmailAddress, Language, OutboxId, Result, TenantId, Timestamp};
use std::sync::Arc;
use store::Tx;
use store::outbox::Claimed;

/// What is sent. It holds links and codes, so it has no `Debug`.
#[derive(Clone)]
pub struct Message {
    pub to: EmailAddress,
    pub cc: Vec<EmailAddress>,
    pub from: Sender,
    pub reply_to: Option<EmailAddress>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub language: Language,
    /// Further headers, such as `List-Unsubscribe` and `Auto-Submitted`; names and values in ASCII.
    pub headers: Vec<(String, String)>,
    /// The typed or one-time code in the text, without hyphens: shown by `/dev/mail.json`, never sent apart.
    pub code: Option<String>,
}

/// What became of a letter when its time to leave came.
#[expect(clippy::large_enum_variant, reason = "nearly all are sent, and each is moved once")]
pub enum Composed {
    Send(Message),
    /// Its reason is gone, in words for the operator: it is dropped.
    Gone(&'static str),
}

/// What a try made of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// The next server has it for good, and said this.
    Sent(String),
    /// It waits for another try.
    PutOff { until: Timestamp, reason: String },
    /// The address takes no mail.
    Bounced(String),
    /// Given up for another reason.
    Dead(String),
    /// Its reason was gone.
    Dropped(&'static str),
}

/// Renders one kind of letter. An error means: try again later.
pub trait Compose: Send + Sync {
    fn compose<'a>(&'a self, tenant: TenantId, letter: &'a Claimed) -> BoxFuture<'a, Result<Composed>>;

    /// Writes down, in the transaction that settles the letter, what became of it. Takes no lock and no time.
    fn note<'a>(
        &'a self,
        _tx: &'a mut Tx,
        _letter: &'a Claimed,
        _became: &'a Became,
    ) -> BoxFuture<'a, Result<()>> {
        std::future::ready(Ok(())).boxed()
    }
}

/// A kind of letter and who renders it.
#[derive(Clone)]
pub struct MailKind {
    /// The same as [`store::Letter::kind`].
    pub kind: &'static str,
    pub compose: Arc<dyn Compose>,
}

/// A composed message with what stays the same each time it is tried.
pub struct Parcel {
    pub id: OutboxId,
    pub tenant: TenantId,
    pub kind: String,
    pub message: Message,
}

/// A message that the next holder has for good, with what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken(pub String);

/// Why a message did not leave, in words for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It is about no message: the mail server is not reached, or lets nobody in. All mail waits.
    Unreachable(String),
    /// The recipient's domain asks to wait, or does not answer: what goes there waits.
    Deferred(String),
    /// This message may go later.
    Temporary(String),
    /// The address takes no mail: a hard bounce.
    Bounced(String),
    /// It will never go, for a reason that is not the address.
    Permanent(String),
}

/// Whom a message comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub address: EmailAddress,
    /// What readers see before the address.
    pub name: String,
}

impl Sender {
    /// The installation's own address, speaking for an organisation.
    pub fn speaking_for(address: EmailAddress, organisation: &str) -> Self {
        Self { address, name: format!("{} via Lodge", one_line(organisation)) }
    }

    /// Name and address as people read them.
    pub fn line(&self) -> String {
        format!("{} <{}>", one_line(&self.name), self.address)
    }
}

/// A text that people chose, as one line of a header: control characters, which could begin another header, are
/// spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes a message out of the process.
pub trait Transport: Send + Sync {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>>;

    /// How many messages it takes at the same time.
    fn at_once(&self) -> usize {
        8
    }
}
