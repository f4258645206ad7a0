//! What leaves the process: mail, and the loops and jobs that work behind requests. It knows no slice.

mod dkim;
mod dns;
mod jobs;
mod mailbox;
mod message;
mod messages;
mod outbox;
mod outcomes;
mod smtp;

pub use dkim::{DkimKey, DkimRecord};
pub use dns::{Answer, Dns};
pub use jobs::{Job, Jobs, Progress, Run};
pub use mailbox::{Captured, Mailbox};
pub use message::{
    Became, Compose, Composed, MailKind, Message, Parcel, Sender, Taken, Transport, Undelivered,
};
pub use messages::{Apply, MessageKind, Messages};
pub use outbox::Outbox;
pub use outcomes::Outcomes;
pub use smtp::{Security, Smtp, SmtpConfig};
