//! Mail by SMTP, through one relay.

use crate::message::{Message, Parcel, Sender, Transport, Undelivered, one_line};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, EmailAddress, Error, Result, Secret};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::{Duration, SystemTime};

const CONNECTIONS: u32 = 8;
/// For each step of the conversation.
const TIMEOUT: Duration = Duration::from_secs(20);
const IDLE: Duration = Duration::from_secs(30);

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
    pub sender: Sender,
}

pub struct Smtp {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
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
        let hello = ClientId::Domain(config.sender.address.domain().to_string());
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE);
        let mut relay = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls(&config)?)
            .timeout(Some(TIMEOUT))
            .hello_name(hello)
            .pool_config(pool);
        if let Some((user, password)) = config.credentials {
            relay = relay.credentials(Credentials::new(user, password.expose().clone()));
        }
        Ok(Self { relay: relay.build(), sender: config.sender, clock })
    }

    fn date(&self) -> SystemTime {
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or(0);
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn compose(&self, parcel: &Parcel) -> Result<lettre::Message, Undelivered> {
        let message = &parcel.message;
        let never =
            |error: lettre::error::Error| Undelivered::Permanent(format!("it cannot be written: {error}"));
        let name = Sender::name(message.from_name.as_deref());
        let id = format!("<{}@{}>", parcel.id, self.sender.address.domain());
        let mut mail = lettre::Message::builder()
            .date(self.date())
            .message_id(Some(id))
            .from(Mailbox::new(Some(name), address(&self.sender.address)?))
            .to(Mailbox::new(None, address(&message.to)?))
            .subject(one_line(&message.subject));
        for copy in &message.cc {
            mail = mail.cc(Mailbox::new(None, address(copy)?));
        }
        if let Some(reply_to) = &message.reply_to {
            mail = mail.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        for header in headers(message)? {
            mail = mail.raw_header(header);
        }
        mail.multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
            .map_err(never)
    }
}

impl Transport for Smtp {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>> {
        async move {
            let mail = self.compose(parcel)?;
            self.relay.send(mail).await.map(|_| ()).map_err(|error| classify(&error))
        }
        .boxed()
    }
}

fn tls(config: &SmtpConfig) -> Result<Tls> {
    if config.security == Security::None {
        return Ok(Tls::None);
    }
    let wrong = |error| Error::bad_request(format!("The mail server's TLS settings do not work: {error}."));
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.authority {
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    let parameters = parameters.build_rustls().map_err(wrong)?;
    Ok(match config.security {
        Security::Tls => Tls::Wrapper(parameters),
        Security::None | Security::StartTls => Tls::Required(parameters),
    })
}

fn address(address: &EmailAddress) -> Result<Address, Undelivered> {
    let domain = address.domain();
    Address::new(address.local_part(), domain.as_str())
        .map_err(|error| Undelivered::Permanent(format!("{address} cannot be written to: {error}")))
}

fn headers(message: &Message) -> Result<Vec<HeaderValue>, Undelivered> {
    let language = ("Content-Language".to_owned(), message.language.tag().to_owned());
    let all = message.headers.iter().chain([&language]);
    all.map(|(name, value)| {
        let wrong = || Undelivered::Permanent(format!("{name:?} is no name of a header"));
        // The library takes any ASCII, line breaks too.
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(wrong());
        }
        let header = HeaderName::new_from_ascii(name.clone()).map_err(|_| wrong())?;
        Ok(HeaderValue::new(header, one_line(value)))
    })
    .collect()
}

/// A refusal of this message is for good; anything about the relay, also that it does not let Lodge in, passes.
fn classify(error: &smtp::Error) -> Undelivered {
    let reason = one_line(&error.to_string());
    let about_the_message =
        error.is_permanent() && !error.status().is_some_and(|code| about_the_relay(code.into()));
    if about_the_message { Undelivered::Permanent(reason) } else { Undelivered::Temporary(reason) }
}

/// Authentication, encryption and "no mail service here": an administrator mends those, and the mail still goes.
fn about_the_relay(code: u16) -> bool {
    matches!(code, 521 | 523 | 530 | 534 | 535 | 538)
}
