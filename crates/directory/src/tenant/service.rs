//! Switching a tenant off and on, deleting it and bringing it back.

use super::{Tenant, store};
use crate::audit_log::{self, Event, Operation, Service, Target};
use ::store::{RETENTION, Read, TenantRecord, TenantStatus};
use kernel::{Act, Error, Result, TenantId, Timestamp};
use module::Platform;

/// A tenant as its operator lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub tenant: Tenant,
    pub status: TenantStatus,
    pub since: Timestamp,
}

impl Listed {
    /// When the rows of a deleted tenant begin to go.
    pub fn purged_after(&self) -> Option<Timestamp> {
        (self.status == TenantStatus::Deleted)
            .then(|| self.since.checked_add(RETENTION).unwrap_or(Timestamp::MAX))
    }
}

/// What an operator does to a whole tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Disable,
    Enable,
    Delete,
    Restore,
}

impl Change {
    fn activity(self) -> &'static str {
        match self {
            Self::Disable => "Disable tenant",
            Self::Enable => "Enable tenant",
            Self::Delete => "Delete tenant",
            Self::Restore => "Restore tenant",
        }
    }

    /// What the tenant may be now, and what it becomes. A tenant that comes back is switched off: whoever brings
    /// it back looks first.
    fn step(self, now: TenantStatus) -> Option<TenantStatus> {
        match (self, now) {
            (Self::Disable, TenantStatus::Active) | (Self::Restore, TenantStatus::Deleted) => {
                Some(TenantStatus::Disabled)
            }
            (Self::Enable, TenantStatus::Disabled) => Some(TenantStatus::Active),
            (Self::Delete, TenantStatus::Active | TenantStatus::Disabled) => Some(TenantStatus::Deleted),
            _ => None,
        }
    }
}

#[derive(Clone)]
pub struct TenantService {
    platform: Platform,
}

impl TenantService {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// Every tenant that still has its rows.
    pub async fn list(&self) -> Result<Vec<Listed>> {
        let mut all = Vec::new();
        for TenantRecord { id, status, since } in self.platform.store().global().all_tenants().await? {
            if let Some(tenant) = store::find(&mut self.platform.tenant(id).snapshot().await?).await? {
                all.push(Listed { tenant, status, since });
            }
        }
        Ok(all)
    }

    /// The tenant an operator names by id or domain, whatever its status.
    pub async fn find(&self, name: &str) -> Result<Listed> {
        let unknown =
            || Error::bad_request(format!("There is no tenant {name}: name one by its id or domain."));
        let id = store::resolve_any(self.platform.store(), name).await?.ok_or_else(unknown)?;
        self.list().await?.into_iter().find(|listed| listed.tenant.id == id).ok_or_else(unknown)
    }

    /// Changes a tenant's status; the next request on every node goes by the new one.
    pub async fn change(&self, id: TenantId, act: Act, change: Change) -> Result<TenantStatus> {
        let rng = self.platform.rng();
        self.platform
            .tenant(id)
            .write(act, move |mut tx, act| async move {
                let tenant = store::find(&mut tx).await?.ok_or_else(|| Error::not_found("tenant"))?;
                let now = tx.versions().await?.status;
                let Some(next) = change.step(now) else {
                    return Err(Error::conflict(format!(
                        "The tenant is {}: nothing was changed.",
                        now.as_str()
                    )));
                };
                tx.change_status(now, next).await?;
                let target = Target::new("Tenant", kernel::ObjectId(id.0), Some(tenant.display_name));
                let event = Event::new(change.activity(), Service::CoreDirectory, Operation::Update)
                    .in_category("DirectoryManagement")
                    .about(target.changing("status", now.as_str(), next.as_str()));
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(next)
            })
            .await
    }
}
