//! Members and owners of groups, direct and nested.
//!
//! On the wire: `…/members`, `…/owners` and their `$ref` forms, `…/transitiveMembers`, `…/memberOf`,
//! `…/transitiveMemberOf`, `…/ownedObjects`, `checkMemberGroups` and its kin. Groups nest in security groups, in
//! loops too. Exactly one of two who add the same member at once has added it.

mod graph;
pub mod pages;
mod store;

pub use self::graph::routes;
pub use self::store::{
    count, count_groups, count_transitive, list, list_groups, list_groups_transitive, list_of_kind,
    list_transitive,
};
pub use super::rules::{ObjectKind, Relation};

use super::{Group, rules};
use crate::audit_log::{self, Event, Operation, Service};
use crate::directory_object::{self, DirectoryObject};
use ::store::{Read, Tx};
use kernel::{Act, Error, GroupId, ObjectId, Refusal, Result, Rng, UserId};
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// One end of a membership or an ownership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: ObjectKind,
    pub id: ObjectId,
}

/// Whether somebody became a member or an owner now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Now,
    Already,
}

/// Makes an object of the directory a member or an owner, with its audit event.
pub async fn add(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    group: &Group,
    relation: Relation,
    object: ObjectId,
) -> Result<Added> {
    let object = directory_object::get(tx, object).await?;
    let facts = rules::LinkFacts {
        relation,
        group: group.id,
        is_unified: group.is_unified,
        object: object.id(),
        kind: object.kind(),
    };
    rules::decide_link(facts).map_err(refused)?;
    if relation == Relation::Owner {
        let owners = count(tx, group.id, Relation::Owner, None).await?;
        rules::decide_add_owner(owners).map_err(refused)?;
    }
    let link = Link { kind: object.kind(), id: object.id() };
    if !store::insert(tx, group.id, relation, link).await? {
        return Ok(Added::Already);
    }
    audit_log::record(tx, rng, act, linked(group, relation, &object, true)).await?;
    Ok(Added::Now)
}

/// Ends a membership or an ownership, with its audit event.
pub async fn remove(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    group: &Group,
    relation: Relation,
    object: ObjectId,
) -> Result<()> {
    let object = directory_object::get(tx, object).await?;
    let link = Link { kind: object.kind(), id: object.id() };
    if store::find(tx, group.id, relation, link.id).await?.is_none() {
        return Err(absent(relation));
    }
    if relation == Relation::Owner {
        let owners = count(tx, group.id, Relation::Owner, None).await?;
        rules::decide_remove_owner(group.is_unified, owners).map_err(refused)?;
    }
    store::delete(tx, group.id, relation, link).await?;
    audit_log::record(tx, rng, act, linked(group, relation, &object, false)).await?;
    Ok(())
}

/// Takes the memberships and ownerships of a deleted object out of sight; they come back with [`show`].
pub async fn hide(tx: &mut Tx, object: ObjectId) -> Result<()> {
    store::hide(tx, object, true).await
}

/// Brings back the memberships and ownerships of a restored object.
pub async fn show(tx: &mut Tx, object: ObjectId) -> Result<()> {
    store::hide(tx, object, false).await
}

/// Removes the memberships and ownerships of an object that is gone for good.
pub async fn forget(tx: &mut Tx, object: ObjectId) -> Result<()> {
    store::forget_object(tx, object).await
}

/// Removes up to a hundred links of a group that is gone for good: whether there may be more.
pub(super) async fn forget_some_of(tx: &mut Tx, group: GroupId) -> Result<bool> {
    Ok(store::forget_group(tx, group).await? >= 100)
}

pub async fn is_owner(read: &mut impl Read, group: GroupId, user: UserId) -> Result<bool> {
    Ok(store::find(read, group, Relation::Owner, user.into()).await?.is_some())
}

pub async fn is_member(read: &mut impl Read, group: GroupId, user: UserId) -> Result<bool> {
    Ok(store::find(read, group, Relation::Member, user.into()).await?.is_some())
}

/// The error for a link that was made before.
pub fn already(relation: Relation) -> Error {
    let message = format!(
        "One or more added object references already exist for the following modified properties: '{}'.",
        relation.property()
    );
    Error::bad_request(message).code("Request_BadRequest")
}

fn absent(relation: Relation) -> Error {
    let message = format!(
        "One or more removed object references do not exist for the following modified properties: '{}'.",
        relation.property()
    );
    Error::bad_request(message).code("Request_BadRequest")
}

fn refused(refusal: Refusal) -> Error {
    Error::bad_request(refusal.sentence.clone()).code("Request_BadRequest").refused(refusal)
}

fn linked(group: &Group, relation: Relation, object: &DirectoryObject, is_added: bool) -> Event {
    let (activity, operation) = match (relation, is_added) {
        (Relation::Member, true) => ("Add member to group", Operation::Other),
        (Relation::Member, false) => ("Remove member from group", Operation::Other),
        (Relation::Owner, true) => ("Add owner to group", Operation::Other),
        (Relation::Owner, false) => ("Remove owner from group", Operation::Other),
    };
    Event::new(activity, Service::CoreDirectory, operation)
        .in_category("GroupManagement")
        .about(group.target())
        .about(object.target())
}
