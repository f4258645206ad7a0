//! A message as it crosses the wire (RFC 5322).

use crate::message::{Message, Parcel, Sender, Undelivered, one_line};
use kernel::{EmailAddress, Result, Timestamp};
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use std::time::{Duration, SystemTime};

pub fn write(parcel: &Parcel, installation: &EmailAddress, at: Timestamp) -> Result<Vec<u8>, Undelivered> {
    let message = &parcel.message;
    // The same each time it is tried, whatever became of the sender meanwhile.
    let id = format!("<{}@{}>", parcel.id, installation.domain());
    let mut mail = lettre::Message::builder()
        .date(date(at))
        .message_id(Some(id))
        .from(from(&message.from)?)
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
    let parts = MultiPart::alternative_plain_html(message.text.clone(), message.html.clone());
    let never = |error| Undelivered::Permanent(format!("it cannot be written: {error}"));
    Ok(mail.multipart(parts).map_err(never)?.formatted())
}

/// Whom it comes from and whom it goes to, as the server is told: bounces come back to the sender's domain, which
/// is what SPF looks at.
pub fn envelope(message: &Message) -> Result<(Address, Vec<Address>), Undelivered> {
    let recipients =
        std::iter::once(&message.to).chain(&message.cc).map(address).collect::<Result<_, _>>()?;
    Ok((address(&message.from.address)?, recipients))
}

fn from(sender: &Sender) -> Result<Mailbox, Undelivered> {
    let name = one_line(&sender.name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address(&sender.address)?))
}

fn date(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0))
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
