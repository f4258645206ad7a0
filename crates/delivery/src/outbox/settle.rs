//! What became of a message, written down in one transaction: its row, the day's count, the addresses that take
//! no mail, and what the slice that posted it keeps.

use crate::message::{Became, MailKind};
use kernel::{Result, TenantId, Timestamp};
use std::sync::Arc;
use store::ledger::{self, Outcome};
use store::outbox::{self, Claimed};
use store::{Read, Store, Tx, params};

pub(super) struct Settlement {
    /// The newest lease this process has on the row.
    pub lease: Timestamp,
    pub letter: Claimed,
    pub kind: Option<MailKind>,
    pub became: Became,
    /// Tries behind it, as they are counted.
    pub attempts: u32,
}

impl Settlement {
    /// Whether the lease was still this process's own.
    pub async fn save(self, store: &Store, tenant: TenantId) -> Result<bool> {
        store
            .tenant(tenant)
            .write_unordered(self, |mut tx, settlement: Arc<Self>| async move {
                if !settlement.row(&mut tx).await? {
                    return Ok(false);
                }
                let Self { letter, kind, became, .. } = &*settlement;
                if let Some((outcome, reason)) = counted(became) {
                    ledger::note(&mut tx, &letter.to, outcome, reason).await?;
                }
                if let Some(kind) = kind {
                    kind.compose.note(&mut tx, letter, became).await?;
                }
                Ok(true)
            })
            .await
    }

    async fn row(&self, tx: &mut Tx) -> Result<bool> {
        let (state, failure, answer) = match &self.became {
            Became::PutOff { until, reason } => {
                let params = params![id: self.letter.id, lease_until: self.lease, due_at: *until,
                    failure: reason, attempts: self.attempts];
                return Ok(tx.execute(&outbox::POSTPONE, params).await? == 1);
            }
            Became::Sent(answer) => ("sent", None, Some(answer.as_str())),
            Became::Dropped(reason) => ("dropped", Some(*reason), None),
            Became::Bounced(reason) | Became::Dead(reason) => ("dead", Some(reason.as_str()), None),
        };
        let now = tx.now();
        let params = params![id: self.letter.id, lease_until: self.lease, now: now, state: state,
            failure: failure, answer: answer];
        Ok(tx.execute(&outbox::SETTLE, params).await? == 1)
    }
}

fn counted(became: &Became) -> Option<(Outcome, &str)> {
    match became {
        Became::Sent(answer) => Some((Outcome::Sent, answer)),
        Became::Dropped(reason) => Some((Outcome::Dropped, reason)),
        Became::Bounced(reason) => Some((Outcome::Bounced, reason)),
        Became::Dead(reason) => Some((Outcome::Dead, reason)),
        Became::PutOff { .. } => None,
    }
}
