//! The smallest slice: a table of notes.

#![allow(dead_code, reason = "each test binary uses its own part")]

use kernel::{Result, TenantId};
use std::collections::BTreeSet;
use store::{Migration, Read, Store, Tx, params};
use uuid::Uuid;

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "note",
    sql: "CREATE TABLE note (tenant_id {id} NOT NULL, id {id} NOT NULL, text {text} NOT NULL, flag {bool}, data {bytes},
        PRIMARY KEY (tenant_id, id)) {strict};
        CREATE UNIQUE INDEX note_text ON note (tenant_id, text, id);",
}];

store::statements! {
    INSERT: tenant = "INSERT INTO note (tenant_id, id, text) VALUES (:tenant, :id, :text)";
    RENAME: tenant = "UPDATE note SET text = :text WHERE tenant_id = :tenant AND id = :id";
    RENAME_RETURNING: tenant = "UPDATE note SET text = :text WHERE tenant_id = :tenant AND id = :id RETURNING text";
    MARK: tenant = "UPDATE note SET flag = :flag, data = :data WHERE tenant_id = :tenant AND text = :text";
    TEXTS: tenant = "SELECT text FROM note WHERE tenant_id = :tenant ORDER BY text, id";
    BY_TEXT: hot = "SELECT id FROM note WHERE tenant_id = :tenant AND text = :text ORDER BY id";
    FEED: tenant = "SELECT change_number, position FROM feed WHERE tenant_id = :tenant ORDER BY change_number, position";
}

/// Rows are found by a text that need not be unique, so the id is a new one each time the closure runs.
pub async fn insert(tx: &mut Tx, text: &str) -> Result<Uuid> {
    let id = kernel::Rng::system().uuid();
    tx.execute(&INSERT, params![id: id, text: text]).await?;
    Ok(id)
}

pub async fn add(store: &Store, tenant: TenantId, text: &str) -> Result<()> {
    add_as(store, tenant, kernel::Rng::system().uuid(), text).await
}

pub async fn add_as(store: &Store, tenant: TenantId, id: Uuid, text: &str) -> Result<()> {
    store
        .tenant(tenant)
        .write((id, text.to_owned()), |mut tx: Tx, note| async move {
            tx.execute(&INSERT, params![id: note.0, text: &note.1]).await?;
            Ok(())
        })
        .await
}

pub async fn texts(store: &Store, tenant: TenantId) -> BTreeSet<String> {
    let mut snapshot = store.tenant(tenant).snapshot().await.unwrap();
    snapshot.rows(&TEXTS, params![], |row| row.get(0)).await.unwrap().into_iter().collect()
}

pub async fn number_of(store: &Store, tenant: TenantId) -> i64 {
    store.tenant(tenant).snapshot().await.unwrap().versions().await.unwrap().change_number
}
