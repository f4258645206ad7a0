//! What leaves the process: mail, and the loops and jobs that work behind requests. It knows no slice.

mod jobs;
mod message;

pub use jobs::{Job, Progress, Run};
pub use message::{Compose, Composed, MailKind, Message, Parcel, Transport, Undelivered};
