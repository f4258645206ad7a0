//! Making, changing, deleting and restoring groups, and who is in them.

use super::membership::{self, Added, Relation};
use super::rules::{self, Held, Manager, Standing};
use super::{Group, RETENTION_DAYS, Visibility, store};
use crate::audit_log::{self, Event, Operation, Service};
use crate::directory_object::not_found;
use crate::{tenant, user};
use ::graph::TextChange;
use ::store::{Read, Tx};
use delivery::Progress;
use kernel::{
    Act, EmailAddress, Error, GroupId, ObjectId, Refusal, Result, Rng, SignedDuration, TenantId, UserId,
};
use module::Platform;

#[derive(Clone)]
pub struct GroupService {
    platform: Platform,
}

/// Who asks for a change: what token and roles allow, and who it is, if it is a person.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    pub manager: Manager,
    pub user: Option<UserId>,
}

/// A group to be made.
#[derive(Clone, Debug)]
pub struct NewGroup {
    pub display_name: String,
    pub mail_nickname: String,
    pub is_unified: bool,
    pub security_enabled: bool,
    pub description: Option<String>,
    pub visibility: Option<Visibility>,
    pub classification: Option<String>,
    pub preferred_data_location: Option<String>,
    pub preferred_language: Option<String>,
    pub theme: Option<String>,
    pub unique_name: Option<String>,
    pub members: Vec<ObjectId>,
    pub owners: Vec<ObjectId>,
}

/// What changes in a group.
#[derive(Clone, Debug, Default)]
pub struct GroupChanges {
    pub display_name: Option<String>,
    pub mail_nickname: Option<String>,
    pub security_enabled: Option<bool>,
    pub description: TextChange,
    pub visibility: Option<Visibility>,
    pub classification: TextChange,
    pub preferred_data_location: TextChange,
    pub preferred_language: TextChange,
    pub theme: TextChange,
    /// Added to those who are members.
    pub members: Vec<ObjectId>,
}

impl GroupChanges {
    /// Whether somebody who may change members, and nothing else of a group, may make them.
    pub fn is_of_members_alone(&self) -> bool {
        let Self {
            display_name: None,
            mail_nickname: None,
            security_enabled: None,
            description: TextChange::Keep,
            visibility: None,
            classification: TextChange::Keep,
            preferred_data_location: TextChange::Keep,
            preferred_language: TextChange::Keep,
            theme: TextChange::Keep,
            members,
        } = self
        else {
            return false;
        };
        !members.is_empty()
    }
}

impl GroupService {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// A person who makes a group owns it, unless a role lets them manage every group.
    pub async fn create(&self, tenant: TenantId, act: Act, asker: Asker, new: NewGroup) -> Result<Group> {
        let rng = self.platform.rng();
        let id = GroupId(rng.uuid());
        self.platform
            .tenant(tenant)
            .write((act, new), move |mut tx, context| async move {
                let (act, new) = &*context;
                let is_guest = is_guest(&mut tx, asker.user).await?;
                rules::decide_create(asker.manager, is_guest).map_err(denied)?;
                let group = build(&mut tx, id, new).await?;
                insert(&mut tx, rng, act, &group).await?;
                let administers = asker.manager == Manager::Person { is_administrator: true };
                if let Some(creator) = asker.user.filter(|_| !administers) {
                    membership::add(&mut tx, rng, act, &group, Relation::Owner, creator.into()).await?;
                }
                for owner in &new.owners {
                    let is_creator = asker.user.is_some_and(|user| user.0 == owner.0);
                    let added = membership::add(&mut tx, rng, act, &group, Relation::Owner, *owner).await?;
                    if added == Added::Already && !is_creator {
                        return Err(membership::already(Relation::Owner));
                    }
                }
                for member in &new.members {
                    add_new(&mut tx, rng, act, &group, Relation::Member, *member).await?;
                }
                Ok(group)
            })
            .await
    }

    /// All or nothing: members that cannot be added leave the rest as it was.
    pub async fn update(
        &self,
        tenant: TenantId,
        act: Act,
        asker: Asker,
        id: GroupId,
        changes: GroupChanges,
    ) -> Result<()> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((act, changes), move |mut tx, context| async move {
                let (act, changes) = &*context;
                let old = managed(&mut tx, asker, id).await?;
                let new = changed(&old, changes)?;
                if new != old {
                    store::release_names(&mut tx, &old).await?;
                    take_names(&mut tx, &new).await?;
                    store::save(&mut tx, &old, &new).await?;
                    audit_log::record(&mut tx, rng, act, updated(&old, &new)).await?;
                }
                for member in &changes.members {
                    add_new(&mut tx, rng, act, &new, Relation::Member, *member).await?;
                }
                Ok(())
            })
            .await
    }

    /// Soft-deletes a group: out of the directory at once, kept 30 days with its members and owners.
    pub async fn delete(&self, tenant: TenantId, act: Act, asker: Asker, id: GroupId) -> Result<()> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let group = managed(&mut tx, asker, id).await?;
                let event = Event::new("Delete group", Service::CoreDirectory, Operation::Delete);
                store::release_names(&mut tx, &group).await?;
                let deleted = Group { deleted_at: Some(tx.now()), ..group.clone() };
                store::save(&mut tx, &group, &deleted).await?;
                membership::hide(&mut tx, id.into()).await?;
                let event = event.in_category("GroupManagement").about(group.target());
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(())
            })
            .await
    }

    /// Brings a deleted group back with its members, its owners and the groups it was in.
    pub async fn restore(&self, tenant: TenantId, act: Act, asker: Asker, id: GroupId) -> Result<Group> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let deleted = deleted(&mut tx, asker, id).await?;
                take_names(&mut tx, &deleted).await?;
                let group = Group { deleted_at: None, ..deleted.clone() };
                store::save(&mut tx, &deleted, &group).await?;
                membership::show(&mut tx, id.into()).await?;
                let event = Event::new("Restore Group", Service::CoreDirectory, Operation::Other)
                    .in_category("GroupManagement")
                    .about(group.target());
                audit_log::record(&mut tx, rng, &act, event).await?;
                Ok(group)
            })
            .await
    }

    /// Removes a deleted group before its 30 days are over, its members a hundred at a time.
    pub async fn purge(&self, tenant: TenantId, act: Act, asker: Asker, id: GroupId) -> Result<()> {
        let rng = self.platform.rng();
        loop {
            let progress = self
                .platform
                .tenant(tenant)
                .write(act.clone(), move |mut tx, act| async move {
                    let group = deleted(&mut tx, asker, id).await?;
                    purge_some(&mut tx, rng, &act, &group).await
                })
                .await?;
            if progress == Progress::Done {
                return Ok(());
            }
        }
    }

    pub async fn add(
        &self,
        tenant: TenantId,
        act: Act,
        asker: Asker,
        id: GroupId,
        relation: Relation,
        object: ObjectId,
    ) -> Result<()> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let group = managed(&mut tx, asker, id).await?;
                add_new(&mut tx, rng, &act, &group, relation, object).await
            })
            .await
    }

    pub async fn remove(
        &self,
        tenant: TenantId,
        act: Act,
        asker: Asker,
        id: GroupId,
        relation: Relation,
        object: ObjectId,
    ) -> Result<()> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let group = managed(&mut tx, asker, id).await?;
                membership::remove(&mut tx, rng, &act, &group, relation, object).await
            })
            .await
    }

    /// Removes what was deleted more than 30 days ago, a hundred links at a time: a job.
    pub async fn purge_deleted(&self, tenant: TenantId) -> Result<Progress> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write_in_background((), move |mut tx, _| async move {
                let before = tx.now().checked_sub(SignedDuration::from_hours(24 * RETENTION_DAYS));
                let before = before.unwrap_or(kernel::Timestamp::UNIX_EPOCH);
                let due = store::list_deleted_before(&mut tx, before).await?;
                let Some(id) = due.first().copied() else { return Ok(Progress::Done) };
                let act = Act::system("retention", kernel::CorrelationId(rng.uuid()));
                if let Some(group) = store::find_deleted(&mut tx, id).await? {
                    purge_some(&mut tx, rng, &act, &group).await?;
                }
                Ok(Progress::More)
            })
            .await
    }
}

/// A new group with its names and its audit event, within a transaction.
pub async fn insert(tx: &mut Tx, rng: Rng, act: &Act, group: &Group) -> Result<()> {
    take_names(tx, group).await?;
    store::insert(tx, group).await?;
    let event = Event::new("Add group", Service::CoreDirectory, Operation::Add)
        .in_category("GroupManagement")
        .about(group.target());
    audit_log::record(tx, rng, act, event).await?;
    Ok(())
}

/// The group, if the asker may manage it.
async fn managed(tx: &mut Tx, asker: Asker, id: GroupId) -> Result<Group> {
    let group = store::find(tx, id).await?.ok_or_else(|| not_found(id))?;
    allow(tx, asker, id).await?;
    Ok(group)
}

async fn deleted(tx: &mut Tx, asker: Asker, id: GroupId) -> Result<Group> {
    let group = store::find_deleted(tx, id).await?.ok_or_else(|| not_found(id))?;
    allow(tx, asker, id).await?;
    Ok(group)
}

async fn allow(tx: &mut Tx, asker: Asker, id: GroupId) -> Result<()> {
    let is_owner = match asker.user {
        Some(user) => membership::is_owner(tx, id, user).await?,
        None => false,
    };
    rules::decide_manage(Standing { manager: asker.manager, is_owner }).map_err(denied)
}

async fn is_guest(read: &mut impl Read, id: Option<UserId>) -> Result<bool> {
    let Some(id) = id else { return Ok(false) };
    Ok(user::find(read, id).await?.is_none_or(|user| user.is_guest()))
}

async fn build(tx: &mut Tx, id: GroupId, new: &NewGroup) -> Result<Group> {
    let mail = if new.is_unified {
        let domain = tenant::get(tx).await?.initial_domain;
        Some(format!("{}@{domain}", new.mail_nickname))
    } else {
        None
    };
    Ok(Group {
        id,
        display_name: new.display_name.clone(),
        mail_nickname: new.mail_nickname.clone(),
        mail,
        is_unified: new.is_unified,
        security_enabled: new.security_enabled,
        description: new.description.clone(),
        visibility: new.visibility.or(new.is_unified.then_some(Visibility::Public)),
        classification: new.classification.clone(),
        preferred_data_location: new.preferred_data_location.clone(),
        preferred_language: new.preferred_language.clone(),
        theme: new.theme.clone(),
        unique_name: new.unique_name.clone(),
        created_at: tx.now(),
        deleted_at: None,
    })
}

/// The address stays what it was made as: only the nickname of a group without one changes freely.
fn changed(old: &Group, changes: &GroupChanges) -> Result<Group> {
    let mut new = old.clone();
    if let Some(name) = &changes.display_name {
        new.display_name.clone_from(name);
    }
    if let Some(nickname) = &changes.mail_nickname {
        new.mail_nickname.clone_from(nickname);
        if let Some((_, domain)) = old.mail.as_deref().and_then(|mail| mail.rsplit_once('@')) {
            new.mail = Some(format!("{nickname}@{domain}"));
        }
    }
    changes.description.apply(&mut new.description);
    changes.classification.apply(&mut new.classification);
    changes.preferred_data_location.apply(&mut new.preferred_data_location);
    changes.preferred_language.apply(&mut new.preferred_language);
    changes.theme.apply(&mut new.theme);
    if let Some(visibility) = changes.visibility {
        let hides = visibility == Visibility::HiddenMembership;
        if hides != old.hides_members() {
            let message = "The visibility HiddenMembership is given when a group is made and stays.";
            return Err(Error::bad_request(message).code("Request_BadRequest"));
        }
        new.visibility = Some(visibility);
    }
    if let Some(security_enabled) = changes.security_enabled {
        if !old.is_unified && !security_enabled {
            let message =
                "A group without an address must be a security group: 'securityEnabled' stays true.";
            return Err(Error::bad_request(message).code("Request_BadRequest"));
        }
        new.security_enabled = security_enabled;
    }
    Ok(new)
}

async fn take_names(tx: &mut Tx, group: &Group) -> Result<()> {
    if let Some(address) = group.mail.as_deref().and_then(|mail| EmailAddress::parse(mail).ok())
        && let Some(holder) = user::find_by_address(tx, &address).await?.first()
    {
        return Err(conflict(Held { property: "mailNickname", by: holder.id.into() }));
    }
    store::take_names(tx, group).await?.map_or(Ok(()), |held| Err(conflict(held)))
}

async fn add_new(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    group: &Group,
    relation: Relation,
    object: ObjectId,
) -> Result<()> {
    match membership::add(tx, rng, act, group, relation, object).await? {
        Added::Now => Ok(()),
        Added::Already => Err(membership::already(relation)),
    }
}

/// Removes a deleted group's links, a hundred at a time, and then the group.
async fn purge_some(tx: &mut Tx, rng: Rng, act: &Act, group: &Group) -> Result<Progress> {
    if membership::forget_some_of(tx, group.id).await? {
        return Ok(Progress::More);
    }
    membership::forget(tx, group.id.into()).await?;
    store::purge(tx, group.id).await?;
    let event = Event::new("Hard Delete group", Service::CoreDirectory, Operation::Delete)
        .in_category("GroupManagement")
        .about(group.target());
    audit_log::record(tx, rng, act, event).await?;
    Ok(Progress::Done)
}

fn updated(old: &Group, new: &Group) -> Event {
    let mut target = new.target();
    let visibility = |group: &Group| group.visibility.map(Visibility::as_str);
    for (property, before, after) in [
        ("DisplayName", Some(old.display_name.as_str()), Some(new.display_name.as_str())),
        ("MailNickname", Some(old.mail_nickname.as_str()), Some(new.mail_nickname.as_str())),
        ("Description", old.description.as_deref(), new.description.as_deref()),
        ("Visibility", visibility(old), visibility(new)),
        ("Classification", old.classification.as_deref(), new.classification.as_deref()),
        (
            "PreferredDataLocation",
            old.preferred_data_location.as_deref(),
            new.preferred_data_location.as_deref(),
        ),
        ("PreferredLanguage", old.preferred_language.as_deref(), new.preferred_language.as_deref()),
        ("Theme", old.theme.as_deref(), new.theme.as_deref()),
    ] {
        if before != after {
            target = target.changing(property, before, after);
        }
    }
    if old.security_enabled != new.security_enabled {
        target = target.changing("SecurityEnabled", old.security_enabled, new.security_enabled);
    }
    Event::new("Update group", Service::CoreDirectory, Operation::Update)
        .in_category("GroupManagement")
        .about(target)
}

pub(super) fn denied(refusal: Refusal) -> Error {
    Error::from(refusal).code("Authorization_RequestDenied")
}

fn conflict(held: Held) -> Error {
    let refusal = held.refusal();
    Error::bad_request(refusal.sentence.clone())
        .code("Request_BadRequest")
        .detail("ObjectConflict", refusal.sentence.clone(), held.property)
        .detail("ConflictingObjects", "", held.by.to_string())
        .refused(refusal)
}
