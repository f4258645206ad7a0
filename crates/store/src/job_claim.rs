//! Which node runs a job, until when.

use crate::{Read, TenantStore, params, schema};
use kernel::{Result, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// What became of asking for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobClaim {
    Taken,
    /// Another node has it, or has run it and it is not due again before this time.
    HeldUntil(Timestamp),
}

impl TenantStore {
    /// Takes the job `name` for `node` until `lease_until` unless another node holds it. The same node may ask
    /// again: to prolong its lease, and at the end to say when the job is due again.
    pub async fn claim_job(
        &self,
        name: &'static str,
        node: Uuid,
        lease_until: Timestamp,
    ) -> Result<JobClaim> {
        self.write_unordered((), move |mut tx, _: Arc<()>| async move {
            let now = tx.now();
            let params = params![name: name, node: node, lease_until: lease_until, now: now];
            if tx.execute_global(&schema::CLAIM_JOB, params).await? > 0 {
                return Ok(JobClaim::Taken);
            }
            let held: Option<Timestamp> =
                tx.row_global(&schema::FIND_JOB, params![name: name], |row| row.get(0)).await?;
            Ok(JobClaim::HeldUntil(held.unwrap_or(now)))
        })
        .await
    }
}
