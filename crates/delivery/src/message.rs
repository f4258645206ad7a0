//! A message as a slice composes it and as a transport takes it.
//!
//! A slice posts a [`store::Letter`] in its transaction and hands over one [`MailKind`] per kind of letter.
//! Delivery asks the kind's [`Compose`] when the message is about to leave: that is the moment the reason is
//! checked again, and links and codes, which no row holds, are derived.

use futures_util::future::BoxFuture;
use kernel::{EmailAddress, Language, OutboxId, Result, TenantId};
use std::sync::Arc;
use store::outbox::Claimed;

/// What is sent. It holds links and codes, so it has no `Debug`.
#[derive(Clone)]
pub struct Message {
    pub to: EmailAddress,
    pub cc: Vec<EmailAddress>,
    /// The organisation the mail speaks for: shown as `{name} via Lodge`.
    pub from_name: Option<String>,
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

/// Renders one kind of letter. An error means: try again later.
pub trait Compose: Send + Sync {
    fn compose<'a>(&'a self, tenant: TenantId, letter: &'a Claimed) -> BoxFuture<'a, Result<Composed>>;
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

/// Why a message did not leave, in words for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It may go later.
    Temporary(String),
    /// It will never go.
    Permanent(String),
}

/// Whom all mail of this installation comes from.
#[derive(Clone, Debug)]
pub struct Sender {
    pub address: EmailAddress,
}

impl Sender {
    /// The name that stands before the address.
    pub fn name(organisation: Option<&str>) -> String {
        match organisation.map(one_line).filter(|name| !name.is_empty()) {
            Some(name) => format!("{name} via Lodge"),
            None => "Lodge".to_owned(),
        }
    }

    /// Name and address as people read them.
    pub fn line(&self, organisation: Option<&str>) -> String {
        format!("{} <{}>", Self::name(organisation), self.address)
    }
}

/// A text that people chose, as one line of a header: control characters, which could begin another header, are
/// spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes a message out of the process. `Ok` means that the next holder has it for good.
pub trait Transport: Send + Sync {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>>;
}
