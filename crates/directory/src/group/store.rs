//! The statements of groups.

use super::rules::Held;
use super::{Group, Visibility};
use ::graph::{fold, later_words};
use kernel::{GroupId, ObjectId, Result, Timestamp};
use store::{Change, Json, Migration, Params, Read, Row, Tx, params};

pub const MIGRATION: Migration = Migration { name: "directory::group", sql: include_str!("schema.sql") };

/// A living group.
pub async fn find(read: &mut impl Read, id: GroupId) -> Result<Option<Group>> {
    read.row(&FIND, params![id: id], group).await
}

/// A living group by the name that a client gave it for life.
pub async fn find_by_unique_name(read: &mut impl Read, name: &str) -> Result<Option<Group>> {
    read.row(&FIND_BY_UNIQUE_NAME, params![name_key: name_key(name)], group).await
}

pub async fn find_deleted(read: &mut impl Read, id: GroupId) -> Result<Option<Group>> {
    read.row(&FIND_DELETED, params![id: id], group).await
}

/// A new group and its place in the feed. Its names must have been taken.
pub async fn insert(tx: &mut Tx, group: &Group) -> Result<()> {
    let mut params = columns(group, tx.change_number());
    params.0.push(("created_at", group.created_at.into()));
    tx.queue(&INSERT, params).await?;
    write_words(tx, group).await?;
    tx.feed("group", group.id, Change::Created).await
}

/// Writes what became of a group that was `old`.
pub async fn save(tx: &mut Tx, old: &Group, group: &Group) -> Result<()> {
    for word in later_words(&old.display_name) {
        tx.queue(&DELETE_WORD, params![word: word, group: old.id]).await?;
    }
    let mut params = columns(group, tx.change_number());
    params.0.push(("deleted_at", group.deleted_at.into()));
    tx.execute(&SAVE, params).await?;
    if group.deleted_at.is_none() {
        write_words(tx, group).await?;
    }
    let change = if group.deleted_at.is_some() { Change::Deleted } else { Change::Updated };
    tx.feed("group", group.id, change).await
}

/// Words of the living alone are found.
async fn write_words(tx: &mut Tx, group: &Group) -> Result<()> {
    for word in later_words(&group.display_name) {
        tx.queue(&INSERT_WORD, params![word: word, group: group.id]).await?;
    }
    Ok(())
}

fn columns(group: &Group, number: i64) -> Params {
    params![
        id: group.id,
        display_name: &group.display_name,
        mail_nickname: &group.mail_nickname,
        mail: group.mail.as_deref(),
        mail_enabled: group.is_unified,
        security_enabled: group.security_enabled,
        group_types: Json(&group.group_types()),
        description: group.description.as_deref(),
        visibility: group.visibility.map(Visibility::as_str),
        classification: group.classification.as_deref(),
        preferred_data_location: group.preferred_data_location.as_deref(),
        preferred_language: group.preferred_language.as_deref(),
        theme: group.theme.as_deref(),
        unique_name: group.unique_name.as_deref(),
        display_name_key: fold(&group.display_name),
        mail_nickname_key: fold(&group.mail_nickname),
        number: number,
    ]
}

/// Takes a group's address and unique name for it alone; who holds one, if it is taken.
pub async fn take_names(tx: &mut Tx, group: &Group) -> Result<Option<Held>> {
    for (property, kind, key) in names(group) {
        let params = params![kind: kind, name_key: &key, group: group.id];
        if tx.execute(&TAKE_NAME, params).await? == 0 {
            let params = params![kind: kind, name_key: &key];
            let holder = tx.row(&NAME_HOLDER, params, |row| row.get::<ObjectId>(0)).await?;
            return Ok(holder.filter(|by| by.0 != group.id.0).map(|by| Held { property, by }));
        }
    }
    Ok(None)
}

/// Frees a group's names for others.
pub async fn release_names(tx: &mut Tx, group: &Group) -> Result<()> {
    for (_, kind, key) in names(group) {
        tx.execute(&RELEASE_NAME, params![kind: kind, name_key: key, group: group.id]).await?;
    }
    Ok(())
}

/// Groups deleted before `before`, a bounded number at a time.
pub async fn list_deleted_before(read: &mut impl Read, before: Timestamp) -> Result<Vec<GroupId>> {
    read.rows(&LIST_DELETED_BEFORE, params![before: before], |row| row.get(0)).await
}

/// Removes a deleted group for good; its links go first.
pub async fn purge(tx: &mut Tx, id: GroupId) -> Result<()> {
    tx.execute(&PURGE, params![id: id]).await?;
    tx.feed("group", id, Change::Deleted).await
}

/// What the group holds alone: the property it comes from, the kind of name, and the key.
fn names(group: &Group) -> Vec<(&'static str, &'static str, String)> {
    let mail = group.mail.as_ref().map(|mail| ("mailNickname", "mail", name_key(mail)));
    let unique = group.unique_name.as_ref().map(|name| ("uniqueName", "unique_name", name_key(name)));
    mail.into_iter().chain(unique).collect()
}

/// ASCII case is folded, as for addresses.
fn name_key(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn group(row: &Row<'_>) -> Result<Group> {
    Ok(Group {
        id: row.get(0)?,
        display_name: row.get(1)?,
        mail_nickname: row.get(2)?,
        mail: row.get(3)?,
        is_unified: row.get(4)?,
        security_enabled: row.get(5)?,
        description: row.get(6)?,
        visibility: row.get::<Option<String>>(7)?.and_then(|text| Visibility::parse(&text)),
        classification: row.get(8)?,
        preferred_data_location: row.get(9)?,
        preferred_language: row.get(10)?,
        theme: row.get(11)?,
        unique_name: row.get(12)?,
        created_at: row.get(13)?,
        deleted_at: row.get(14)?,
    })
}

/// The columns of a group, in the order `group` reads them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.display_name, g.mail_nickname, g.mail, g.mail_enabled, g.security_enabled, g.description,
            g.visibility, g.classification, g.preferred_data_location, g.preferred_language, g.theme, g.unique_name,
            g.created_at, g.deleted_at ",
            $rest
        )
    };
}

store::statements! {
    FIND: hot = select!("FROM directory_group g WHERE g.tenant_id = :tenant AND g.id = :id AND g.deleted_at IS NULL");
    FIND_BY_UNIQUE_NAME: hot = select!("FROM group_name n JOIN directory_group g ON g.tenant_id = n.tenant_id AND g.id = n.group_id
        WHERE n.tenant_id = :tenant AND n.kind = 'unique_name' AND n.name_key = :name_key AND g.deleted_at IS NULL");
    FIND_DELETED: hot = select!("FROM directory_group g WHERE g.tenant_id = :tenant AND g.id = :id AND g.deleted_at IS NOT NULL");
    INSERT: tenant = "INSERT INTO directory_group (tenant_id, id, display_name, mail_nickname, mail, mail_enabled,
            security_enabled, group_types, description, visibility, classification, preferred_data_location,
            preferred_language, theme, unique_name, display_name_key, mail_nickname_key, created_at, deleted_at,
            changed_at_number)
        VALUES (:tenant, :id, :display_name, :mail_nickname, :mail, :mail_enabled,
            :security_enabled, :group_types, :description, :visibility, :classification, :preferred_data_location,
            :preferred_language, :theme, :unique_name, :display_name_key, :mail_nickname_key, :created_at, NULL,
            :number)";
    SAVE: hot = "UPDATE directory_group SET display_name = :display_name, mail_nickname = :mail_nickname, mail = :mail,
            mail_enabled = :mail_enabled, security_enabled = :security_enabled, group_types = :group_types,
            description = :description, visibility = :visibility, classification = :classification,
            preferred_data_location = :preferred_data_location, preferred_language = :preferred_language,
            theme = :theme, unique_name = :unique_name, display_name_key = :display_name_key,
            mail_nickname_key = :mail_nickname_key, deleted_at = :deleted_at, changed_at_number = :number
        WHERE tenant_id = :tenant AND id = :id";
    INSERT_WORD: tenant = "INSERT INTO group_word (tenant_id, word, group_id) VALUES (:tenant, :word, :group)
        ON CONFLICT DO NOTHING";
    DELETE_WORD: hot = "DELETE FROM group_word WHERE tenant_id = :tenant AND word = :word AND group_id = :group";
    TAKE_NAME: tenant = "INSERT INTO group_name (tenant_id, kind, name_key, group_id)
        VALUES (:tenant, :kind, :name_key, :group) ON CONFLICT DO NOTHING";
    NAME_HOLDER: hot = "SELECT group_id FROM group_name WHERE tenant_id = :tenant AND kind = :kind AND name_key = :name_key";
    RELEASE_NAME: hot = "DELETE FROM group_name
        WHERE tenant_id = :tenant AND kind = :kind AND name_key = :name_key AND group_id = :group";
    LIST_DELETED_BEFORE: hot = "SELECT id FROM directory_group WHERE tenant_id = :tenant AND deleted_at < :before
        AND deleted_at IS NOT NULL ORDER BY deleted_at, id LIMIT 50";
    PURGE: hot = "DELETE FROM directory_group WHERE tenant_id = :tenant AND id = :id AND deleted_at IS NOT NULL";
}
