//! The statements of mail health.

use super::records::Report;
use kernel::{DomainName, Result, Timestamp};
use store::{Json, Migration, Read, Tx, params};

pub const MIGRATION: Migration =
    Migration { name: "collaboration::mail_health", sql: include_str!("schema.sql") };

/// What is known of a domain.
pub struct Known {
    pub report: Report,
    /// What the name servers said last instead of an answer; the report is from before then.
    pub failure: Option<String>,
    pub looked_up_at: Timestamp,
}

pub async fn find(read: &mut impl Read, domain: &DomainName) -> Result<Option<Known>> {
    read.row(&FIND, params![domain: domain.as_str()], |row| {
        Ok(Known { report: row.json(0)?, failure: row.get(1)?, looked_up_at: row.get(2)? })
    })
    .await
}

pub async fn save(tx: &mut Tx, domain: &DomainName, report: &Report, failure: Option<&str>) -> Result<()> {
    let at = tx.now();
    let params = params![domain: domain.as_str(), report: Json(report), failure: failure, at: at];
    tx.queue(&SAVE, params).await
}

store::statements! {
    FIND: hot = "SELECT report, failure, looked_up_at FROM mail_domain WHERE tenant_id = :tenant AND domain = :domain";
    SAVE: tenant = "INSERT INTO mail_domain (tenant_id, domain, report, failure, looked_up_at)
        VALUES (:tenant, :domain, :report, :failure, :at)
        ON CONFLICT (tenant_id, domain) DO UPDATE SET report = excluded.report, failure = excluded.failure,
            looked_up_at = excluded.looked_up_at";
}
