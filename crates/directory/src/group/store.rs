//! The statements of groups.

use super::Group;
use crate::audit_log::{self, Event, Operation, Service, Target};
use kernel::{Act, GroupId, ObjectId, Result, Rng};
use store::{Change, Migration, Read, Tx, params};

pub const MIGRATION: Migration = Migration { name: "directory::group", sql: include_str!("schema.sql") };

pub async fn insert(tx: &mut Tx, rng: Rng, act: &Act, group: &Group) -> Result<()> {
    let params =
        params![id: group.id, display_name: &group.display_name, at: tx.now(), number: tx.change_number()];
    tx.execute(&INSERT, params).await?;
    tx.feed("group", group.id, Change::Created).await?;
    let event = Event::new("Add group", Service::CoreDirectory, Operation::Add)
        .in_category("GroupManagement")
        .about(Target::new("Group", group.id, Some(group.display_name.clone())));
    audit_log::record(tx, rng, act, event).await?;
    Ok(())
}

pub async fn add_member(tx: &mut Tx, rng: Rng, act: &Act, group: &Group, member: ObjectId) -> Result<()> {
    let params = params![group: group.id, member: member, number: tx.change_number()];
    if tx.execute(&INSERT_MEMBER, params).await? == 0 {
        return Ok(());
    }
    tx.feed("groupMember", group.id, Change::Updated).await?;
    let event = Event::new("Add member to group", Service::CoreDirectory, Operation::Other)
        .in_category("GroupManagement")
        .about(Target::new("Group", group.id, Some(group.display_name.clone())))
        .about(Target::new("User", member, None));
    audit_log::record(tx, rng, act, event).await?;
    Ok(())
}

pub async fn find(read: &mut impl Read, id: GroupId) -> Result<Option<Group>> {
    read.row(&FIND, params![id: id], |row| Ok(Group { id: row.get(0)?, display_name: row.get(1)? })).await
}

store::statements! {
    FIND: hot = "SELECT id, display_name FROM security_group WHERE tenant_id = :tenant AND id = :id";
    INSERT: tenant = "INSERT INTO security_group (tenant_id, id, display_name, created_at, changed_at_number)
        VALUES (:tenant, :id, :display_name, :at, :number)";
    INSERT_MEMBER: tenant = "INSERT INTO group_member (tenant_id, group_id, member_id, changed_at_number)
        VALUES (:tenant, :group, :member, :number) ON CONFLICT DO NOTHING";
}
