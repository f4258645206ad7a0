//! Mail by SMTP, through one relay.
//!
//! Connections are kept and used again. Every step has a time limit, so a server that accepts and says nothing
//! costs seconds; and every failure is judged by the step it came at: one before the first recipient is about
//! the relay and holds up no message's own count of tries.

mod conversation;
mod reply;
mod wire;

use crate::dkim::DkimKey;
use crate::message::{Parcel, Taken, Transport, Undelivered};
use conversation::{Conversation, Relay};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, EmailAddress, Error, Result, Secret};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a relay on the same machine.
    None,
    /// `STARTTLS`, which the relay must offer.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User name and password.
    pub credentials: Option<(String, Secret<String>)>,
    /// A certificate authority (PEM) that is trusted besides the public ones.
    pub authority: Option<Vec<u8>>,
    /// The installation's own address: its domain greets the relay and ends each `Message-ID`.
    pub installation: EmailAddress,
    /// How many messages are sent at once.
    pub connections: usize,
    /// The longest wait for an answer.
    pub patience: Duration,
    /// Each signs every message.
    pub dkim: Vec<DkimKey>,
}

pub struct Smtp {
    relay: Relay,
    /// Connections that wait for the next message.
    idle: Mutex<Vec<Conversation>>,
    connections: usize,
    installation: EmailAddress,
    dkim: Vec<DkimKey>,
    clock: Clock,
}

impl Smtp {
    /// Connects with the first message. Refuses a password without protection.
    pub fn new(config: SmtpConfig, clock: Clock) -> Result<Self> {
        if config.security == Security::None && config.credentials.is_some() {
            return Err(Error::bad_request(
                "The mail server's password would cross the network readable. Choose `starttls` or `tls`.",
            ));
        }
        let relay = Relay::new(&config)?;
        Ok(Self {
            relay,
            idle: Mutex::default(),
            connections: config.connections.max(1),
            installation: config.installation,
            dkim: config.dkim,
            clock,
        })
    }

    /// The message as it crosses the wire, signed for the domain it comes from.
    fn write(&self, parcel: &Parcel) -> Result<Vec<u8>, Undelivered> {
        let now = self.clock.now();
        let message = wire::write(parcel, &self.installation, now)?;
        let domain = parcel.message.from.address.domain();
        let mut signed = Vec::with_capacity(message.len() + 1024);
        for key in &self.dkim {
            let header = key
                .sign(&domain, &message, now)
                .map_err(|error| Undelivered::Temporary(format!("it could not be signed: {error}")))?;
            signed.extend_from_slice(header.as_bytes());
        }
        signed.extend_from_slice(&message);
        Ok(signed)
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<Taken, Undelivered> {
        let message = self.write(parcel)?;
        let (mut conversation, is_new) = self.conversation().await?;
        let mut outcome = conversation.send(parcel, &message).await;
        if !is_new && conversation.ended_before_it_began() {
            conversation = self.relay.connect().await?;
            outcome = conversation.send(parcel, &message).await;
        }
        if conversation.is_usable() {
            self.keep(conversation);
        }
        outcome
    }

    /// One that waits and is young enough, or a new one.
    async fn conversation(&self) -> Result<(Conversation, bool), Undelivered> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept.filter(Conversation::is_fresh) {
            Some(conversation) => Ok((conversation, false)),
            None => Ok((self.relay.connect().await?, true)),
        }
    }

    fn keep(&self, conversation: Conversation) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(Conversation::is_fresh);
        if idle.len() < self.connections {
            idle.push(conversation);
        }
    }
}

impl Transport for Smtp {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>> {
        self.deliver(parcel).boxed()
    }

    fn at_once(&self) -> usize {
        self.connections
    }
}
