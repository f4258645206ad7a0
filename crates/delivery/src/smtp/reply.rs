//! What an answer of the relay, or its silence, means for a message.
//!
//! The step decides together with the code (RFC 5321 4.2) and the enhanced code (RFC 3463): the same 550 is a
//! missing mailbox at `RCPT TO` and a refused text after `DATA`.

use crate::message::{Undelivered, one_line};
use lettre::transport::smtp;
use lettre::transport::smtp::response::Response;
use std::error::Error as _;
use std::fmt;
use std::time::Duration;

/// Where in the conversation something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Connection, greeting and encryption.
    Connect,
    SignIn,
    Sender,
    Recipient,
    Data,
    /// The answer to the text itself.
    Message,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::SignIn => "AUTH",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Message => "end of DATA",
        })
    }
}

/// A step that failed, with a reason that names answer, place and step.
#[derive(Clone, Debug)]
pub struct Failure {
    step: Step,
    /// None: no answer, or none that could be read.
    code: Option<u16>,
    /// Subject and detail of the enhanced code.
    enhanced: Option<(u16, u16)>,
    reason: String,
}

impl Failure {
    pub fn of(error: &smtp::Error, place: &str, step: Step) -> Self {
        let code: Option<u16> = error.status().map(Into::into);
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        let answer = match code {
            Some(code) => one_line(&format!("{code} {said}")),
            None => one_line(&error.to_string()),
        };
        let enhanced = code.and_then(|_| enhanced(&said));
        Self { step, code, enhanced, reason: format!("{answer} ({place}, {step})") }
    }

    pub fn silence(patience: Duration, place: &str, step: Step) -> Self {
        let reason = format!("no answer within {} s ({place}, {step})", patience.as_secs());
        Self { step, code: None, enhanced: None, reason }
    }

    /// Whether the connection is gone rather than the message refused.
    pub fn is_broken(&self) -> bool {
        self.code.is_none() || self.code == Some(421)
    }

    /// Whether the next message can use it.
    pub fn leaves_the_connection(&self) -> bool {
        !self.is_broken() && !matches!(self.step, Step::Connect | Step::SignIn)
    }
}

impl From<Failure> for Undelivered {
    fn from(failure: Failure) -> Self {
        let reason = failure.reason.clone();
        match judge(&failure) {
            Meaning::Unreachable => Self::Unreachable(reason),
            Meaning::Deferred => Self::Deferred(reason),
            Meaning::Temporary => Self::Temporary(reason),
            Meaning::Bounced => Self::Bounced(reason),
            Meaning::Permanent => Self::Permanent(reason),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Unreachable,
    Deferred,
    Temporary,
    Bounced,
    Permanent,
}

fn judge(failure: &Failure) -> Meaning {
    let Some(code) = failure.code else {
        return match failure.step {
            Step::Connect | Step::SignIn | Step::Sender => Meaning::Unreachable,
            // The relay may be asking the recipient's server meanwhile.
            Step::Recipient | Step::Data | Step::Message => Meaning::Deferred,
        };
    };
    let is_permanent = (500..600).contains(&code);
    match failure.step {
        Step::Connect | Step::SignIn => Meaning::Unreachable,
        _ if code == 421 || is_about_the_relay(code) => Meaning::Unreachable,
        // A sender this relay does not know: other tenants have other senders, and somebody can mend it.
        Step::Sender if is_permanent => Meaning::Temporary,
        Step::Sender => Meaning::Unreachable,
        Step::Recipient | Step::Data | Step::Message if !is_permanent => Meaning::Deferred,
        // A full mailbox empties.
        _ if failure.enhanced == Some((2, 2)) => Meaning::Temporary,
        Step::Recipient => match failure.enhanced {
            Some((1 | 2 | 4, _)) => Meaning::Bounced,
            None if matches!(code, 550 | 551 | 553) => Meaning::Bounced,
            None if code == 552 => Meaning::Temporary,
            _ => Meaning::Permanent,
        },
        Step::Data | Step::Message => match failure.enhanced {
            Some((1, _)) => Meaning::Bounced,
            _ => Meaning::Permanent,
        },
    }
}

/// Authentication, encryption and "no mail service here": an administrator mends those, and the mail still goes.
fn is_about_the_relay(code: u16) -> bool {
    matches!(code, 521 | 523 | 530 | 534 | 535 | 538)
}

/// Subject and detail of a text that begins with an enhanced code, such as `5.1.1 no such mailbox`.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let mut parts = said.split_whitespace().next()?.split('.');
    let class: u16 = parts.next()?.parse().ok()?;
    let subject = parts.next()?.parse().ok()?;
    let detail = parts.next()?.parse().ok()?;
    (matches!(class, 4 | 5) && parts.next().is_none()).then_some((subject, detail))
}

/// What the server said when it took a message.
pub fn taken(response: &Response, place: &str) -> String {
    let code: u16 = response.code().into();
    let said = response.message().collect::<Vec<_>>().join(" ");
    one_line(&format!("{code} {said} ({place})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(step: Step, code: u16, said: &str) -> Meaning {
        judge(&Failure { step, code: Some(code), enhanced: enhanced(said), reason: String::new() })
    }

    #[test]
    fn an_answer_means_what_its_step_and_both_codes_say() {
        let table = [
            (Step::Recipient, 550, "5.1.1 no such mailbox", Meaning::Bounced),
            (Step::Recipient, 550, "no such user", Meaning::Bounced),
            (Step::Recipient, 550, "5.2.1 mailbox disabled", Meaning::Bounced),
            (Step::Recipient, 550, "5.4.4 no such domain", Meaning::Bounced),
            (Step::Recipient, 550, "5.7.1 not wanted", Meaning::Permanent),
            (Step::Recipient, 554, "go away", Meaning::Permanent),
            (Step::Recipient, 552, "5.2.2 mailbox full", Meaning::Temporary),
            (Step::Recipient, 552, "mailbox full", Meaning::Temporary),
            (Step::Recipient, 451, "4.7.1 later", Meaning::Deferred),
            (Step::Recipient, 421, "4.3.2 going down", Meaning::Unreachable),
            (Step::Recipient, 530, "5.7.0 authentication required", Meaning::Unreachable),
            (Step::Message, 550, "5.1.1 no such mailbox", Meaning::Bounced),
            (Step::Message, 550, "5.7.1 looks like spam", Meaning::Permanent),
            (Step::Message, 451, "4.3.0 later", Meaning::Deferred),
            (Step::Sender, 553, "5.7.1 sender not yours", Meaning::Temporary),
            (Step::Sender, 452, "4.3.1 disk full", Meaning::Unreachable),
            (Step::SignIn, 535, "5.7.8 wrong password", Meaning::Unreachable),
            (Step::Connect, 554, "no service", Meaning::Unreachable),
        ];
        for (step, code, said, expected) in table {
            assert_eq!(meaning(step, code, said), expected, "{code} {said} at {step}");
        }
    }

    #[test]
    fn silence_is_about_the_relay_until_a_recipient_is_named() {
        let silent = |step| judge(&Failure::silence(Duration::from_secs(20), "relay.example:25", step));
        assert_eq!(silent(Step::Connect), Meaning::Unreachable);
        assert_eq!(silent(Step::Sender), Meaning::Unreachable);
        assert_eq!(silent(Step::Recipient), Meaning::Deferred);
        let failure = Failure::silence(Duration::from_secs(20), "relay.example:25", Step::Recipient);
        assert_eq!(failure.reason, "no answer within 20 s (relay.example:25, RCPT TO)");
    }

    #[test]
    fn only_a_leading_enhanced_code_is_read() {
        assert_eq!(enhanced("5.1.1 x"), Some((1, 1)));
        for text in ["", "no 5.1.1", "2.1.5 ok", "5.1", "5.1.1.1 x", "5.x.1"] {
            assert_eq!(enhanced(text), None, "{text}");
        }
    }
}
