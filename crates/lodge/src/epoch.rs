//! What is done once after a backup has been restored, before anybody is let in.

use crate::commands::operator;
use crate::compose::Whole;
use directory::audit_log::{self, Event, Operation, Service};
use kernel::Result;
use store::TenantStatus;

/// Brings every slice into the new epoch, if it has not been. Interrupted, it is done again by the next start.
pub async fn settle(whole: &Whole) -> Result<()> {
    let store = whole.platform.store();
    let (epoch, rng) = (store.epoch(), store.rng());
    if epoch.is_settled {
        return Ok(());
    }
    tracing::info!(epoch = epoch.number, "a backup has been restored: a new epoch begins");
    for tenant in store.global().all_tenants().await? {
        if tenant.status == TenantStatus::Purging {
            continue;
        }
        for at_restore in &whole.at_restore {
            at_restore(tenant.id).await?;
        }
        store
            .tenant(tenant.id)
            .write_in_background(operator(rng), move |mut tx, act| async move {
                let event =
                    Event::new("Restore directory from backup", Service::CoreDirectory, Operation::Other)
                        .in_category("DirectoryManagement")
                        .with("Epoch", epoch.number);
                audit_log::record(&mut tx, rng, &act, event).await
            })
            .await?;
    }
    store.settle_epoch().await
}
