//! The statements of members and owners.
//!
//! Nested membership is walked by the database, one recursive statement a question: `UNION` drops what was seen, so
//! a loop ends by itself. Nothing has to be kept up to date when a nested group changes.

use super::{Link, ObjectKind, Relation};
use kernel::{Error, GroupId, ObjectId, Result};
use store::{Change, Migration, Query, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration =
    Migration { name: "directory::group::membership", sql: include_str!("schema.sql") };

/// Links an object with a group: `false` if it was already.
pub async fn insert(tx: &mut Tx, group: GroupId, relation: Relation, link: Link) -> Result<bool> {
    let params = params![
        group: group,
        relation: relation.as_str(),
        kind: link.kind.as_str(),
        object: link.id,
        number: tx.change_number(),
    ];
    if tx.execute(&INSERT, params).await? == 0 {
        return Ok(false);
    }
    tx.feed(feed_kind(relation), group, Change::Updated).await?;
    Ok(true)
}

/// Ends a link: `false` if there was none.
pub async fn delete(tx: &mut Tx, group: GroupId, relation: Relation, link: Link) -> Result<bool> {
    let params =
        params![group: group, relation: relation.as_str(), kind: link.kind.as_str(), object: link.id];
    if tx.execute(&DELETE, params).await? == 0 {
        return Ok(false);
    }
    tx.feed(feed_kind(relation), group, Change::Updated).await?;
    Ok(true)
}

/// Takes a deleted object's links out of sight, or brings them back.
pub async fn hide(tx: &mut Tx, object: ObjectId, is_hidden: bool) -> Result<()> {
    let params = params![object: object, hidden: is_hidden, number: tx.change_number()];
    tx.execute(&HIDE, params).await?;
    Ok(())
}

/// Removes the links of an object that is gone for good.
pub async fn forget_object(tx: &mut Tx, object: ObjectId) -> Result<()> {
    tx.execute(&FORGET_OBJECT, params![object: object]).await?;
    Ok(())
}

/// Removes up to a hundred links of a group that is gone for good: how many.
pub async fn forget_group(tx: &mut Tx, group: GroupId) -> Result<u64> {
    tx.execute(&FORGET_GROUP, params![group: group]).await
}

/// How an object that is seen is linked with a group.
pub async fn find(
    read: &mut impl Read,
    group: GroupId,
    relation: Relation,
    object: ObjectId,
) -> Result<Option<Link>> {
    let params = params![group: group, relation: relation.as_str(), object: object];
    read.row(&FIND, params, link).await
}

/// What is linked with a group, in the order of kind and id, behind `after`.
pub async fn list(
    read: &mut impl Read,
    group: GroupId,
    relation: Relation,
    after: Option<Link>,
    limit: u32,
) -> Result<Vec<Link>> {
    let (kind, id) = bounds(after);
    let params = params![group: group, relation: relation.as_str(), kind: kind, after: id, limit: limit];
    read.rows(&LIST, params, link).await
}

/// The same of one kind.
pub async fn list_of_kind(
    read: &mut impl Read,
    group: GroupId,
    relation: Relation,
    kind: ObjectKind,
    after: Option<ObjectId>,
    limit: u32,
) -> Result<Vec<Link>> {
    let params = params![
        group: group,
        relation: relation.as_str(),
        kind: kind.as_str(),
        after: after.map_or(Uuid::nil(), |id| id.0),
        limit: limit,
    ];
    read.rows(&LIST_OF_KIND, params, link).await
}

pub async fn count(
    read: &mut impl Read,
    group: GroupId,
    relation: Relation,
    kind: Option<ObjectKind>,
) -> Result<u64> {
    let params = params![group: group, relation: relation.as_str(), kind: kind.map(ObjectKind::as_str)];
    number(read.row(&COUNT, params, |row| row.get::<i64>(0)).await?)
}

/// Members of a group and of those nested in it, each once, in the order of kind and id, behind `after`.
pub async fn list_transitive(
    read: &mut impl Read,
    group: GroupId,
    kind: Option<ObjectKind>,
    after: Option<Link>,
    limit: u32,
) -> Result<Vec<Link>> {
    let (after_kind, after) = bounds(after);
    let params = params![
        group: group,
        kind: kind.map(ObjectKind::as_str),
        after_kind: after_kind,
        after: after,
        limit: limit,
    ];
    read.rows(&LIST_TRANSITIVE, params, link).await
}

pub async fn count_transitive(read: &mut impl Read, group: GroupId, kind: Option<ObjectKind>) -> Result<u64> {
    let params = params![group: group, kind: kind.map(ObjectKind::as_str)];
    number(read.row(&COUNT_TRANSITIVE, params, |row| row.get::<i64>(0)).await?)
}

/// The living groups an object is linked with, in the order of their ids, behind `after`.
pub async fn list_groups(
    read: &mut impl Read,
    object: ObjectId,
    relation: Relation,
    after: Option<GroupId>,
    limit: u32,
) -> Result<Vec<GroupId>> {
    let params = params![
        object: object,
        relation: relation.as_str(),
        after: after.map_or(Uuid::nil(), |id| id.0),
        limit: limit,
    ];
    read.rows(&LIST_GROUPS, params, |row| row.get(0)).await
}

pub async fn count_groups(read: &mut impl Read, object: ObjectId, relation: Relation) -> Result<u64> {
    let params = params![object: object, relation: relation.as_str()];
    number(read.row(&COUNT_GROUPS, params, |row| row.get::<i64>(0)).await?)
}

/// The living groups an object is in, directly or through others, in the order of their ids, behind `after`.
pub async fn list_groups_transitive(
    read: &mut impl Read,
    object: ObjectId,
    after: Option<GroupId>,
    only_security: bool,
    limit: u32,
) -> Result<Vec<GroupId>> {
    let params = params![
        object: object,
        after: after.map_or(Uuid::nil(), |id| id.0),
        only_security: only_security,
        limit: limit,
    ];
    read.rows(&LIST_GROUPS_TRANSITIVE, params, |row| row.get(0)).await
}

/// The ids of what is linked with a group, as a part of a larger read.
pub fn related_objects(group: GroupId, relation: Relation, is_nested: bool, kind: ObjectKind) -> Query {
    let mut query = Query::new("directory::group::related_objects");
    if !is_nested {
        query.sql("SELECT object_id AS related_id FROM group_link WHERE tenant_id = :tenant AND group_id = ");
        query.bind(group).sql(" AND relation = ").bind(relation.as_str());
        query.sql(" AND object_kind = ").bind(kind.as_str()).sql(" AND NOT is_hidden");
        return query;
    }
    query.sql("WITH RECURSIVE below(group_id) AS (");
    query.sql("SELECT g.id FROM directory_group g WHERE g.tenant_id = :tenant AND g.id = ").bind(group);
    query.sql(" AND g.deleted_at IS NULL UNION SELECT l.object_id FROM below b JOIN group_link l");
    query.sql(" ON l.tenant_id = :tenant AND l.group_id = b.group_id AND l.relation = 'member'");
    query.sql(" AND l.object_kind = 'group' WHERE NOT l.is_hidden) ");
    query.sql("SELECT DISTINCT l.object_id AS related_id FROM below b JOIN group_link l");
    query.sql(" ON l.tenant_id = :tenant AND l.group_id = b.group_id AND l.relation = 'member'");
    query.sql(" WHERE NOT l.is_hidden AND l.object_kind = ").bind(kind.as_str());
    query
}

/// The ids of the groups an object is linked with, as a part of a larger read, which skips the deleted ones.
pub fn related_groups(object: ObjectId, relation: Relation, is_nested: bool) -> Query {
    let mut query = Query::new("directory::group::related_groups");
    if !is_nested {
        query.sql("SELECT group_id AS related_id FROM group_link WHERE tenant_id = :tenant AND object_id = ");
        query.bind(object).sql(" AND relation = ").bind(relation.as_str()).sql(" AND NOT is_hidden");
        return query;
    }
    query.sql("WITH RECURSIVE above(group_id) AS (");
    query
        .sql("SELECT l.group_id FROM group_link l WHERE l.tenant_id = :tenant AND l.object_id = ")
        .bind(object);
    query.sql(" AND l.relation = 'member' AND NOT l.is_hidden UNION");
    query.sql(" SELECT l.group_id FROM above a JOIN group_link l");
    query.sql(" ON l.tenant_id = :tenant AND l.object_id = a.group_id AND l.relation = 'member'");
    query.sql(" WHERE NOT l.is_hidden) SELECT group_id AS related_id FROM above");
    query
}

fn number(count: Option<i64>) -> Result<u64> {
    u64::try_from(count.unwrap_or(0)).map_err(Error::internal)
}

fn bounds(after: Option<Link>) -> (&'static str, Uuid) {
    after.map_or(("", Uuid::nil()), |link| (link.kind.as_str(), link.id.0))
}

fn feed_kind(relation: Relation) -> &'static str {
    match relation {
        Relation::Member => "groupMember",
        Relation::Owner => "groupOwner",
    }
}

fn link(row: &Row<'_>) -> Result<Link> {
    let kind = row.get::<String>(0)?;
    let kind = ObjectKind::parse(&kind).ok_or_else(|| Error::internal(format!("a link holds a {kind}")))?;
    Ok(Link { kind, id: row.get(1)? })
}

/// The groups below a group, itself the first. A link to a deleted group is hidden, so the walk ends there.
macro_rules! below {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE below(group_id) AS (
                SELECT g.id FROM directory_group g WHERE g.tenant_id = :tenant AND g.id = :group AND g.deleted_at IS NULL
                UNION
                SELECT l.object_id FROM below b JOIN group_link l
                    ON l.tenant_id = :tenant AND l.group_id = b.group_id AND l.relation = 'member' AND l.object_kind = 'group'
                WHERE NOT l.is_hidden) ",
            $rest
        )
    };
}

/// The groups above an object. A deleted group in between is a hidden member, so nothing is above it.
macro_rules! above {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE above(group_id) AS (
                SELECT l.group_id FROM group_link l
                WHERE l.tenant_id = :tenant AND l.object_id = :object AND l.relation = 'member' AND NOT l.is_hidden
                UNION
                SELECT l.group_id FROM above a JOIN group_link l
                    ON l.tenant_id = :tenant AND l.object_id = a.group_id AND l.relation = 'member'
                WHERE NOT l.is_hidden) ",
            $rest
        )
    };
}

store::statements! {
    INSERT: tenant = "INSERT INTO group_link (tenant_id, group_id, relation, object_kind, object_id, is_hidden, changed_at_number)
        VALUES (:tenant, :group, :relation, :kind, :object, FALSE, :number) ON CONFLICT DO NOTHING";
    DELETE: hot = "DELETE FROM group_link WHERE tenant_id = :tenant AND group_id = :group AND relation = :relation
        AND object_kind = :kind AND object_id = :object AND NOT is_hidden";
    HIDE: hot = "UPDATE group_link SET is_hidden = :hidden, changed_at_number = :number
        WHERE tenant_id = :tenant AND object_id = :object";
    FORGET_OBJECT: hot = "DELETE FROM group_link WHERE tenant_id = :tenant AND object_id = :object";
    FORGET_GROUP: hot = "DELETE FROM group_link WHERE tenant_id = :tenant AND group_id = :group
        AND (relation, object_kind, object_id) IN (
            SELECT relation, object_kind, object_id FROM group_link
            WHERE tenant_id = :tenant AND group_id = :group ORDER BY relation, object_kind, object_id LIMIT 100)";
    FIND: hot = "SELECT object_kind, object_id FROM group_link WHERE tenant_id = :tenant AND object_id = :object
        AND relation = :relation AND group_id = :group AND NOT is_hidden";
    LIST: hot = "SELECT object_kind, object_id FROM group_link WHERE tenant_id = :tenant AND group_id = :group
        AND relation = :relation AND (object_kind, object_id) > (:kind, :after) AND NOT is_hidden
        ORDER BY object_kind, object_id LIMIT :limit";
    LIST_OF_KIND: hot = "SELECT object_kind, object_id FROM group_link WHERE tenant_id = :tenant AND group_id = :group
        AND relation = :relation AND object_kind = :kind AND object_id > :after AND NOT is_hidden
        ORDER BY object_id LIMIT :limit";
    COUNT: hot = "SELECT COUNT(*) FROM group_link WHERE tenant_id = :tenant AND group_id = :group
        AND relation = :relation AND (CAST(:kind AS TEXT) IS NULL OR object_kind = :kind) AND NOT is_hidden";
    LIST_TRANSITIVE: tenant = below!("SELECT DISTINCT l.object_kind, l.object_id FROM below b JOIN group_link l
            ON l.tenant_id = :tenant AND l.group_id = b.group_id AND l.relation = 'member'
        WHERE (l.object_kind, l.object_id) > (:after_kind, :after) AND NOT l.is_hidden
            AND (CAST(:kind AS TEXT) IS NULL OR l.object_kind = :kind)
        ORDER BY l.object_kind, l.object_id LIMIT :limit");
    COUNT_TRANSITIVE: tenant = below!("SELECT COUNT(DISTINCT l.object_id) FROM below b JOIN group_link l
            ON l.tenant_id = :tenant AND l.group_id = b.group_id AND l.relation = 'member'
        WHERE NOT l.is_hidden AND (CAST(:kind AS TEXT) IS NULL OR l.object_kind = :kind)");
    LIST_GROUPS: hot = "SELECT l.group_id FROM group_link l JOIN directory_group g
            ON g.tenant_id = l.tenant_id AND g.id = l.group_id
        WHERE l.tenant_id = :tenant AND l.object_id = :object AND l.relation = :relation AND l.group_id > :after
            AND NOT l.is_hidden AND g.deleted_at IS NULL
        ORDER BY l.group_id LIMIT :limit";
    COUNT_GROUPS: hot = "SELECT COUNT(*) FROM group_link l JOIN directory_group g
            ON g.tenant_id = l.tenant_id AND g.id = l.group_id
        WHERE l.tenant_id = :tenant AND l.object_id = :object AND l.relation = :relation
            AND NOT l.is_hidden AND g.deleted_at IS NULL";
    LIST_GROUPS_TRANSITIVE: tenant = above!("SELECT g.id FROM above a JOIN directory_group g
            ON g.tenant_id = :tenant AND g.id = a.group_id
        WHERE g.id > :after AND g.deleted_at IS NULL AND (g.security_enabled OR NOT :only_security)
        ORDER BY g.id LIMIT :limit");
}
