//! Epochs: one ends and the next begins when a backup is restored. What was handed out before is not known to have
//! been taken back, so it is no longer taken.

use crate::{Params, Store, params, read, schema};
use kernel::{Result, Timestamp};

/// The epoch of this installation, as it was when the store was opened: none begins while one runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    pub number: i64,
    /// Tokens of before are refused.
    pub started_at: Timestamp,
    /// Whether the slices have done what they do at a restore.
    pub is_settled: bool,
}

impl Store {
    pub fn epoch(&self) -> Epoch {
        self.installation().epoch
    }

    /// Called when every slice has done what it does at a restore.
    pub async fn settle_epoch(&self) -> Result<()> {
        let params = params![epoch: self.epoch().number, settled: true];
        let bound = read::global(&schema::SETTLE_EPOCH, params, None)?;
        self.write_installation(&schema::SETTLE_EPOCH, bound).await.map(|_| ())
    }
}

/// The row of the installation.
#[derive(Clone, Debug)]
pub(crate) struct Installation {
    pub master_digest: Vec<u8>,
    pub sealed_key: Vec<u8>,
    pub epoch: Epoch,
}

impl Installation {
    pub fn of(row: &crate::Row<'_>) -> Result<Self> {
        let epoch = Epoch { number: row.get(2)?, started_at: row.get(3)?, is_settled: row.get(4)? };
        Ok(Self { master_digest: row.get(0)?, sealed_key: row.get(1)?, epoch })
    }
}

impl crate::GlobalStore {
    /// The installation as it lies in the database now.
    pub(crate) async fn installation(&self) -> Result<Option<Installation>> {
        self.row(&schema::FIND_INSTALLATION, Params::default(), Installation::of).await
    }
}
