//! Who manages and who sponsors a user.

use super::rules::{self, Editor};
use super::service::{denied, not_found};
use super::store;
use crate::audit_log::{self, Event, Operation, Service};
use crate::directory_object::{self, DirectoryObject};
use crate::role;
use ::store::{Change, Tx};
use kernel::{Act, Error, ObjectId, Result, TenantId, UserId};
use module::Platform;
use std::sync::Arc;

/// Sponsors a user has at most.
const MOST_SPONSORS: usize = 5;

#[derive(Clone)]
pub struct Relations {
    platform: Platform,
}

impl Relations {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// Gives a user a manager in place of the one before, or none.
    pub async fn set_manager(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        id: UserId,
        manager: Option<UserId>,
    ) -> Result<()> {
        let (rng, editor) = (self.platform.rng(), editor.clone());
        let write = move |mut tx: Tx, act: Arc<Act>| {
            let editor = editor.clone();
            async move {
                may_change(&mut tx, &editor, id, "manager").await?;
                let user = store::find(&mut tx, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                let event = match manager {
                    Some(manager) if manager == id => return Err(no_reference()),
                    Some(manager) => {
                        let found = store::find(&mut tx, manager).await?;
                        let found = found.ok_or_else(|| not_found(&manager.to_string()))?;
                        store::set_manager(&mut tx, id, manager).await?;
                        Event::new("Set user manager", Service::CoreDirectory, Operation::Update)
                            .about(user.target())
                            .about(found.target())
                    }
                    None => {
                        if !store::remove_manager(&mut tx, id).await? {
                            return Err(not_found("manager"));
                        }
                        Event::new("Remove user manager", Service::CoreDirectory, Operation::Update)
                            .about(user.target())
                    }
                };
                tx.feed("user", id, Change::Updated).await?;
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(())
            }
        };
        self.platform.tenant(tenant).write(act, write).await
    }

    /// A user or a group, five at most.
    pub async fn add_sponsor(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        id: UserId,
        sponsor: ObjectId,
    ) -> Result<()> {
        let (rng, editor) = (self.platform.rng(), editor.clone());
        let write = move |mut tx: Tx, act: Arc<Act>| {
            let editor = editor.clone();
            async move {
                may_change(&mut tx, &editor, id, "sponsors").await?;
                let user = store::find(&mut tx, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                let object = directory_object::get(&mut tx, sponsor).await?;
                let kind = match &object {
                    DirectoryObject::User(_) if sponsor != user.object_id() => "user",
                    DirectoryObject::Group(_) => "group",
                    _ => return Err(no_reference()),
                };
                let own = store::sponsor_ids(&mut tx, id).await?;
                if own.contains(&sponsor) {
                    let message = "One or more added object references already exist for the following modified \
                                   properties: 'sponsors'.";
                    return Err(Error::bad_request(message).code("Request_BadRequest"));
                }
                if own.len() >= MOST_SPONSORS {
                    let message = "A user has at most five sponsors. Remove one first.";
                    return Err(Error::bad_request(message).code("Directory_QuotaExceeded"));
                }
                store::insert_sponsor(&mut tx, id, sponsor, kind).await?;
                tx.feed("user", id, Change::Updated).await?;
                let event = Event::new("Add sponsor to user", Service::CoreDirectory, Operation::Update)
                    .about(user.target())
                    .about(object.target());
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(())
            }
        };
        self.platform.tenant(tenant).write(act, write).await
    }

    pub async fn remove_sponsor(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        id: UserId,
        sponsor: ObjectId,
    ) -> Result<()> {
        let (rng, editor) = (self.platform.rng(), editor.clone());
        let write = move |mut tx: Tx, act: Arc<Act>| {
            let editor = editor.clone();
            async move {
                may_change(&mut tx, &editor, id, "sponsors").await?;
                let user = store::find(&mut tx, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                if !store::remove_sponsor(&mut tx, id, sponsor).await? {
                    return Err(not_found(&sponsor.to_string()));
                }
                tx.feed("user", id, Change::Updated).await?;
                let event = Event::new("Remove sponsor from user", Service::CoreDirectory, Operation::Update)
                    .about(user.target());
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(())
            }
        };
        self.platform.tenant(tenant).write(act, write).await
    }
}

async fn may_change(tx: &mut Tx, editor: &Editor, id: UserId, property: &str) -> Result<()> {
    let facts = rules::ChangeFacts {
        is_self: editor.user == Some(id),
        is_guest: false,
        guest_access: crate::access::GuestAccess::default(),
        target_roles: role::list_of(tx, id).await?,
        sets_password: false,
        properties: &[property],
    };
    rules::decide_change(editor, &facts).map_err(denied)
}

/// What is referred to cannot be.
pub fn no_reference() -> Error {
    Error::bad_request("Not a valid reference update.").code("Request_BadRequest")
}
