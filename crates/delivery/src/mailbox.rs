//! Where mail goes in development: one file of captured messages, in the shape `/dev/mail.json` shows.
//!
//! A thread appends, one line a message, and syncs before anybody is answered; messages that wait at the same
//! time share a sync. In memory lies only where each line is, so ten thousand messages cost next to nothing.

mod file;
mod links;

use crate::message::{Parcel, Taken, Transport, Undelivered};
use file::{File, Order};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, EmailAddress, Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// The newest messages that are kept.
const KEPT: usize = 10_000;

/// One captured message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Captured {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub kind: String,
    pub to: Vec<EmailAddress>,
    pub cc: Vec<EmailAddress>,
    pub from: String,
    pub reply_to: Option<EmailAddress>,
    pub language: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub links: Vec<String>,
    pub code: Option<String>,
    pub received_at: String,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Mailbox {
    file: Arc<Mutex<File>>,
    orders: mpsc::UnboundedSender<Order>,
    clock: Clock,
}

impl Mailbox {
    /// Opens or makes `mail.jsonl` in a directory that exists.
    pub fn open(directory: &Path, clock: Clock) -> Result<Self> {
        let file = Arc::new(Mutex::new(File::open(directory, KEPT)?));
        let (orders, taken) = mpsc::unbounded_channel();
        let written = file.clone();
        std::thread::Builder::new()
            .name("mailbox".into())
            .spawn(move || file::write(&written, taken))
            .map_err(Error::internal)?;
        Ok(Self { file, orders, clock })
    }

    /// Newest first; `to` leaves those to one address.
    pub async fn list(&self, to: Option<&str>) -> Result<Vec<Captured>> {
        let lines = self.lines(to).await?;
        lines.iter().map(|line| serde_json::from_str(line).map_err(Error::internal)).collect()
    }

    /// The same as one JSON array, as it lies in the file.
    pub async fn list_json(&self, to: Option<&str>) -> Result<String> {
        Ok(format!("[{}]", self.lines(to).await?.join(",")))
    }

    /// Forgets all messages.
    pub async fn empty(&self) -> Result<()> {
        self.order(|done| Order::Empty { done }).await
    }

    async fn lines(&self, to: Option<&str>) -> Result<Vec<String>> {
        let file = self.file.clone();
        let to = to.map(str::to_ascii_lowercase);
        let read = move || file.lock().unwrap_or_else(PoisonError::into_inner).read(to.as_deref());
        tokio::task::spawn_blocking(read).await.map_err(Error::internal)?
    }

    async fn order(&self, order: impl FnOnce(oneshot::Sender<Result<()>>) -> Order) -> Result<()> {
        let (done, answered) = oneshot::channel();
        let ended = || Error::internal("the mailbox has ended");
        self.orders.send(order(done)).map_err(|_| ended())?;
        answered.await.map_err(|_| ended())?
    }

    fn captured(&self, parcel: &Parcel) -> Captured {
        let message = &parcel.message;
        Captured {
            id: parcel.id.0,
            tenant_id: parcel.tenant.0,
            kind: parcel.kind.clone(),
            to: vec![message.to.clone()],
            cc: message.cc.clone(),
            from: message.from.line(),
            reply_to: message.reply_to.clone(),
            language: message.language.tag().to_owned(),
            subject: message.subject.clone(),
            text: message.text.clone(),
            html: message.html.clone(),
            links: links::in_text(&message.text),
            code: message.code.clone(),
            received_at: self.clock.now().to_string(),
        }
    }
}

impl Transport for Mailbox {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Taken, Undelivered>> {
        async move {
            let line = serde_json::to_string(&self.captured(parcel))
                .map_err(|error| Undelivered::Permanent(error.to_string()))?;
            let (id, to) = (parcel.id.0, parcel.message.to.key().to_owned());
            self.order(|done| Order::Keep { id, to, line, done })
                .await
                .map_err(|error| Undelivered::Temporary(error.to_string()))?;
            Ok(Taken("kept in the development mailbox".to_owned()))
        }
        .boxed()
    }
}
