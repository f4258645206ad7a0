//! What every service stands on.

use crate::Meters;
use kernel::{Clock, EmailAddress, Origin, Rng, TenantId};
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, TenantStore};

/// Store, time, randomness, the origin that links are built from, and the limits from configuration.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

struct Inner {
    store: Store,
    origin: Origin,
    limits: RwLock<Limits>,
    sender: EmailAddress,
    meters: Meters,
}

/// Limits on what leaves by mail and on what an application may use of Graph; none means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub invitation_mails_per_tenant_and_hour: Option<u32>,
    pub invitation_mails_per_inviter_and_minute: Option<u32>,
    pub invitation_mails_per_recipient_and_day: Option<u32>,
    pub graph: graph::Budget,
}

impl Platform {
    pub fn new(store: Store, origin: Origin, limits: Limits, sender: EmailAddress) -> Self {
        Self(Arc::new(Inner {
            store,
            origin,
            limits: RwLock::new(limits),
            sender,
            meters: Meters::default(),
        }))
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn tenant(&self, tenant: TenantId) -> TenantStore {
        self.0.store.tenant(tenant)
    }

    pub fn clock(&self) -> &Clock {
        self.0.store.clock()
    }

    pub fn rng(&self) -> Rng {
        self.0.store.rng()
    }

    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    /// The address mail comes from, as mails and pages name it.
    pub fn sender(&self) -> &EmailAddress {
        &self.0.sender
    }

    pub fn meters(&self) -> &Meters {
        &self.0.meters
    }

    pub fn limits(&self) -> Limits {
        *self.0.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// For everything that stands on this platform, from the next request on.
    pub fn set_limits(&self, limits: Limits) {
        *self.0.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }
}
