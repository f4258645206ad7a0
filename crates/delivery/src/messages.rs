//! Carries what one tenant tells another: each message is applied by the slice that owns its kind, under the other
//! tenant's lock, once. Whoever fails is tried again, later each time, and holds up nobody else.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Error, Result};
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::{PutOff, Store, Told, Tx};
use tokio_util::sync::CancellationToken;

pub type Apply = Arc<dyn Fn(Tx, Arc<Told>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// How the messages of one kind are applied.
#[derive(Clone)]
pub struct MessageKind {
    pub kind: &'static str,
    pub apply: Apply,
}

/// Real time between two looks.
const POLL: Duration = Duration::from_secs(1);

/// Cheap to clone.
#[derive(Clone)]
pub struct Messages(Arc<Inner>);

struct Inner {
    store: Store,
    kinds: HashMap<&'static str, Apply>,
}

impl Messages {
    /// Refuses a kind that two slices claim.
    pub fn new(store: Store, kinds: Vec<MessageKind>) -> Result<Self> {
        let mut known = HashMap::new();
        for MessageKind { kind, apply } in kinds {
            if known.insert(kind, apply).is_some() {
                return Err(Error::internal(format!("the message kind {kind} is given twice")));
            }
        }
        Ok(Self(Arc::new(Inner { store, kinds: known })))
    }

    /// Carries until stopped.
    pub async fn run(self, stop: CancellationToken) {
        let mut poll = tokio::time::interval(POLL);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = poll.tick() => {}
            }
            if let Err(error) = self.carry_due().await {
                tracing::warn!(%error, "messages between tenants could not be read; it is tried again");
            }
        }
    }

    /// Carries every message that is due.
    pub async fn carry_due(&self) -> Result<()> {
        loop {
            let due = self.0.store.messages_due().await?;
            if due.is_empty() {
                return Ok(());
            }
            for message in due {
                self.carry(&message).await?;
            }
        }
    }

    async fn carry(&self, message: &Told) -> Result<()> {
        let Err(error) = self.apply(message).await else { return Ok(()) };
        let (kind, tenant) = (&message.kind, message.to);
        match self.0.store.put_off_message(message).await? {
            PutOff::Until(_) => {
                tracing::warn!(%error, kind, %tenant, "a message was not taken; it comes again");
            }
            PutOff::GivenUp => {
                tracing::error!(%error, kind, %tenant, "a message was not taken and is given up");
            }
        }
        Ok(())
    }

    async fn apply(&self, message: &Told) -> Result<()> {
        let apply = self.0.kinds.get(message.kind.as_str()).cloned();
        let apply = apply.ok_or_else(|| Error::internal(format!("nobody takes {}", message.kind)))?;
        let applied = self.0.store.apply_message(message, move |tx, told| apply(tx, told));
        AssertUnwindSafe(applied)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Error::internal("applying a message panicked")))
    }
}
