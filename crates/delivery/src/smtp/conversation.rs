//! One connection to the relay: what is said in which order, and how long an answer is waited for.

use super::reply::{self, Step};
use super::{Security, SmtpConfig, wire};
use crate::message::{Parcel, Taken, Undelivered};
use kernel::{Error, Result};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use std::future::Future;
use std::time::{Duration, Instant};

/// Servers end connections that say nothing; one that waited longer is not tried.
const IDLE: Duration = Duration::from_secs(30);

/// How the relay is reached.
pub struct Relay {
    host: String,
    port: u16,
    /// How the connection is protected, unless it is not.
    tls: Option<(Security, TlsParameters)>,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Duration,
}

pub struct Conversation {
    connection: AsyncSmtpConnection,
    place: String,
    patience: Duration,
    used_at: Instant,
    is_usable: bool,
    /// The relay had hung up before it heard of the message.
    ended_before_it_began: bool,
}

impl Relay {
    pub fn new(config: &SmtpConfig) -> Result<Self> {
        let credentials = config.credentials.as_ref();
        Ok(Self {
            host: config.host.clone(),
            port: config.port,
            tls: tls(config)?,
            credentials: credentials
                .map(|(user, password)| Credentials::new(user.clone(), password.expose().clone())),
            hello: ClientId::Domain(config.installation.domain().to_string()),
            patience: config.patience,
        })
    }

    pub async fn connect(&self) -> Result<Conversation, Undelivered> {
        let place = format!("{}:{}", self.host, self.port);
        let from_first_byte = self.tls.as_ref().filter(|(security, _)| *security == Security::Tls);
        let from_first_byte = from_first_byte.map(|(_, parameters)| parameters.clone());
        let server = (self.host.as_str(), self.port);
        let connect = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(self.patience),
            &self.hello,
            from_first_byte,
            None,
        );
        let mut connection = in_time(self.patience, &place, Step::Connect, connect).await?;
        if let Some((Security::StartTls, parameters)) = &self.tls {
            let upgrade = connection.starttls(parameters.clone(), &self.hello);
            in_time(self.patience, &place, Step::Connect, upgrade).await?;
        }
        if let Some(credentials) = &self.credentials {
            let sign_in = connection.auth(DEFAULT_MECHANISMS, credentials);
            in_time(self.patience, &place, Step::SignIn, sign_in).await?;
        }
        Ok(Conversation {
            connection,
            place,
            patience: self.patience,
            used_at: Instant::now(),
            is_usable: true,
            ended_before_it_began: false,
        })
    }
}

impl Conversation {
    pub async fn send(&mut self, parcel: &Parcel, message: &[u8]) -> Result<Taken, Undelivered> {
        let (from, recipients) = wire::envelope(&parcel.message)?;
        let wide = self.connection.server_info().supports_feature(Extension::EightBitMime);
        if !wide && !message.is_ascii() {
            return Err(Undelivered::Permanent("the mail server takes no 8-bit text (8BITMIME)".into()));
        }
        let body = (!message.is_ascii()).then_some(MailParameter::Body(MailBodyParameter::EightBitMime));
        self.say(Step::Sender, Mail::new(Some(from), body.into_iter().collect())).await?;
        for recipient in recipients {
            self.say(Step::Recipient, Rcpt::new(recipient, Vec::new())).await?;
        }
        self.say(Step::Data, Data).await?;
        let sent = in_time(self.patience, &self.place, Step::Message, self.connection.message(message)).await;
        let response = self.heard(Step::Message, sent).await?;
        Ok(Taken(reply::taken(&response, &self.place)))
    }

    pub fn is_usable(&self) -> bool {
        self.is_usable
    }

    pub fn is_fresh(&self) -> bool {
        self.used_at.elapsed() < IDLE
    }

    pub fn ended_before_it_began(&self) -> bool {
        self.ended_before_it_began
    }

    async fn say(&mut self, step: Step, command: impl std::fmt::Display) -> Result<(), Undelivered> {
        let said = in_time(self.patience, &self.place, step, self.connection.command(command)).await;
        self.heard(step, said).await.map(|_| ())
    }

    /// After a refusal the conversation goes on with the next message; after anything else it ends.
    async fn heard(
        &mut self,
        step: Step,
        outcome: Result<Response, reply::Failure>,
    ) -> Result<Response, Undelivered> {
        self.used_at = Instant::now();
        let failure = match outcome {
            Ok(response) => return Ok(response),
            Err(failure) => failure,
        };
        self.ended_before_it_began = step == Step::Sender && failure.is_broken();
        self.is_usable = false;
        if failure.leaves_the_connection() {
            let again = in_time(self.patience, &self.place, step, self.connection.command(Rset)).await;
            self.is_usable = again.is_ok();
        }
        Err(failure.into())
    }
}

async fn in_time<T>(
    patience: Duration,
    place: &str,
    step: Step,
    work: impl Future<Output = Result<T, smtp::Error>>,
) -> Result<T, reply::Failure> {
    match tokio::time::timeout(patience, work).await {
        Ok(outcome) => outcome.map_err(|error| reply::Failure::of(&error, place, step)),
        Err(_) => Err(reply::Failure::silence(patience, place, step)),
    }
}

fn tls(config: &SmtpConfig) -> Result<Option<(Security, TlsParameters)>> {
    if config.security == Security::None {
        return Ok(None);
    }
    let wrong = |error| Error::bad_request(format!("The mail server's TLS settings do not work: {error}."));
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.authority {
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    Ok(Some((config.security, parameters.build_rustls().map_err(wrong)?)))
}
