//! Deleting, restoring and making users.

use super::rules::{self, Held, ManageFacts, RestoreFacts};
use super::{User, UserType, store};
use crate::audit_log::{self, Event, Operation, Service};
use crate::group::membership;
use crate::role::Role;
use ::store::{Read, Tx};
use kernel::{Act, EmailAddress, Error, Refusal, Result, SignedDuration, TenantId, UserId};
use module::Platform;

#[derive(Clone)]
pub struct UserService {
    platform: Platform,
}

/// A member to be made: by the command line, a set-up or a seed.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub id: UserId,
    pub user_principal_name: String,
    pub display_name: String,
    pub mail: Option<EmailAddress>,
    pub account_enabled: bool,
    pub preferred_language: Option<String>,
}

impl UserService {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    pub(super) async fn snapshot(&self, tenant: TenantId) -> Result<::store::Snapshot> {
        self.platform.tenant(tenant).snapshot().await
    }

    /// Soft-deletes a user: out of the directory at once, kept 30 days. Its sessions and links end.
    pub async fn delete(&self, tenant: TenantId, act: Act, may: ManageFacts, id: UserId) -> Result<()> {
        rules::decide_manage(may).map_err(denied)?;
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act, id), move |mut tx, context| async move {
                let (act, id) = &*context;
                let mut user = store::find(&mut tx, *id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                let event = deleted(&user);
                store::release(&mut tx, &user).await?;
                user.user_principal_name = format!("{}{}", user.id.0.simple(), user.user_principal_name);
                user.deleted_at = Some(tx.now());
                user.sessions_valid_from = tx.now();
                store::save_state(&mut tx, &user).await?;
                membership::hide(&mut tx, user.object_id()).await?;
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(())
            })
            .await
    }

    /// Blocks a user from signing in, or lets them again. Blocking ends their sessions and links.
    pub async fn set_enabled(
        &self,
        tenant: TenantId,
        act: Act,
        may: ManageFacts,
        id: UserId,
        is_enabled: bool,
    ) -> Result<User> {
        rules::decide_manage(may).map_err(denied)?;
        if !is_enabled && act.actor.user_id() == Some(id) {
            return Err(Error::bad_request("You cannot block yourself. Let another administrator do it.")
                .code("Request_BadRequest"));
        }
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act, id), move |mut tx, context| async move {
                let (act, id) = &*context;
                let mut user = store::find(&mut tx, *id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                if user.account_enabled == is_enabled {
                    return Ok(user);
                }
                user.account_enabled = is_enabled;
                if !is_enabled {
                    user.sessions_valid_from = tx.now();
                }
                store::save_state(&mut tx, &user).await?;
                let activity = if is_enabled { "Enable account" } else { "Disable account" };
                let target = user.target().changing("AccountEnabled", !is_enabled, is_enabled);
                let event = Event::new(activity, Service::CoreDirectory, Operation::Update).about(target);
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(user)
            })
            .await
    }

    /// Brings a deleted user back whole. A guest who had not accepted needs a new link.
    pub async fn restore(&self, tenant: TenantId, act: Act, may: ManageFacts, id: UserId) -> Result<User> {
        rules::decide_manage(may).map_err(denied)?;
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act, id), move |mut tx, context| async move {
                let (act, id) = &*context;
                let mut user =
                    store::find_deleted(&mut tx, *id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                let mangled = user.id.0.simple().to_string();
                if let Some(name) = user.user_principal_name.strip_prefix(&mangled) {
                    user.user_principal_name = name.to_owned();
                }
                let facts = load_restore(&mut tx, &user).await?;
                rules::decide_restore(&facts).map_err(conflict)?;
                user.deleted_at = None;
                user.sessions_valid_from = tx.now();
                store::save_state(&mut tx, &user).await?;
                membership::show(&mut tx, user.object_id()).await?;
                for identity in &user.identities {
                    store::add_identity(&mut tx, user.id, identity).await?;
                }
                let event = Event::new("Restore user", Service::CoreDirectory, Operation::Update)
                    .about(user.target());
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(user)
            })
            .await
    }

    /// Ends a deleted user for good, before its 30 days are over.
    pub async fn purge(&self, tenant: TenantId, act: Act, may: ManageFacts, id: UserId) -> Result<()> {
        rules::decide_manage(may).map_err(denied)?;
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act, id), move |mut tx, context| async move {
                let (act, id) = &*context;
                let user =
                    store::find_deleted(&mut tx, *id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                end(&mut tx, rng, act, &user).await
            })
            .await
    }

    /// Adds a member within a transaction.
    pub async fn add_member(tx: &mut Tx, rng: kernel::Rng, act: &Act, new: &NewUser) -> Result<User> {
        if let Some(holder) = store::find_by_upn(tx, &new.user_principal_name).await? {
            return Err(conflict(Held { property: "userPrincipalName", by: holder.id }));
        }
        let now = tx.now();
        let user = User {
            id: new.id,
            user_principal_name: new.user_principal_name.clone(),
            display_name: new.display_name.clone(),
            mail: new.mail.as_ref().map(ToString::to_string),
            mail_nickname: new.user_principal_name.split('@').next().map(str::to_owned),
            user_type: UserType::Member,
            account_enabled: new.account_enabled,
            creation_type: None,
            external_state: None,
            external_state_changed_at: None,
            given_name: None,
            surname: None,
            job_title: None,
            mobile_phone: None,
            office_location: None,
            preferred_language: new.preferred_language.clone(),
            company_name: None,
            business_phones: Vec::new(),
            other_mails: Vec::new(),
            proxy_addresses: new.mail.iter().map(|mail| format!("SMTP:{mail}")).collect(),
            identities: Vec::new(),
            created_at: now,
            deleted_at: None,
            more: serde_json::Map::new(),
            sessions_valid_from: now,
        };
        store::insert(tx, &user).await?;
        let event = Event::new("Add user", Service::CoreDirectory, Operation::Add).about(user.target());
        audit_log::record(tx, rng, act, event).await?;
        Ok(user)
    }

    /// Removes what was deleted more than 30 days ago: a job.
    pub async fn purge_deleted(&self, tenant: TenantId) -> Result<delivery::Progress> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write_in_background((), move |mut tx, _| async move {
                let before = tx.now().checked_sub(SignedDuration::from_hours(24 * super::RETENTION_DAYS));
                let before = before.unwrap_or(kernel::Timestamp::UNIX_EPOCH);
                let due = store::list_deleted_before(&mut tx, before).await?;
                let act = Act::system("retention", kernel::CorrelationId(rng.uuid()));
                for id in &due {
                    let Some(user) = store::find_deleted(&mut tx, *id).await? else { continue };
                    end(&mut tx, rng, &act, &user).await?;
                }
                Ok(if due.is_empty() { delivery::Progress::Done } else { delivery::Progress::More })
            })
            .await
    }
}

async fn end(tx: &mut Tx, rng: kernel::Rng, act: &Act, user: &User) -> Result<()> {
    store::purge(tx, user.id).await?;
    membership::forget(tx, user.object_id()).await?;
    let event = Event::new("Hard Delete user", Service::CoreDirectory, Operation::Delete);
    audit_log::record(tx, rng, act, event.about(user.target())).await?;
    Ok(())
}

/// What a caller may do with users, from its kind and roles.
pub fn manage_facts(caller: &::graph::Caller) -> ManageFacts {
    ManageFacts {
        is_application: caller.is_application(),
        is_administrator: [Role::GlobalAdministrator, Role::UserAdministrator]
            .iter()
            .any(|role| caller.has_role(role.template_id())),
    }
}

async fn load_restore(tx: &mut Tx, user: &User) -> Result<RestoreFacts> {
    let name_holder = store::find_by_upn(tx, &user.user_principal_name).await?.map(|holder| holder.id);
    let mut address_holder = None;
    let addresses = user.mail.iter().chain(&user.other_mails);
    for address in addresses.filter_map(|text| EmailAddress::parse(text).ok()) {
        let holder = store::find_by_address(tx, &address).await?.first().map(|holder| holder.id);
        address_holder = address_holder.or(holder);
    }
    Ok(RestoreFacts { name_holder, address_holder })
}

fn deleted(user: &User) -> Event {
    if user.is_external() {
        let event = Event::new("Delete external user", Service::InvitedUsers, Operation::Delete);
        return event.about(user.target());
    }
    Event::new("Delete user", Service::CoreDirectory, Operation::Delete).about(user.target())
}

pub(super) fn not_found(key: &str) -> Error {
    let message = format!(
        "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
    );
    Error::new(kernel::Kind::NotFound, message).code("Request_ResourceNotFound")
}

pub(super) fn denied(refusal: Refusal) -> Error {
    Error::from(refusal).code("Authorization_RequestDenied")
}

pub(super) fn conflict(held: Held) -> Error {
    let refusal = held.refusal();
    Error::bad_request(refusal.sentence.clone())
        .code("Request_BadRequest")
        .detail("ObjectConflict", refusal.sentence.clone(), held.property)
        .detail("ConflictingObjects", "", held.by.to_string())
        .refused(refusal)
}

/// An address that somebody else has.
pub(super) fn conflicting(holder: UserId) -> Error {
    let message =
        "A conflicting object with one or more of the specified property values is present in the directory.";
    Error::bad_request(message).code("Request_BadRequest").detail(
        "ConflictingObjects",
        "",
        holder.to_string(),
    )
}
