//! The statements of applications.

use super::{Application, NewApplication};
use kernel::{AppId, ApplicationId, Result, TenantId, UserId};
use store::{Change, Json, Migration, Read, Row, Store, Tx, Version, params};
use uuid::Uuid;

pub const MIGRATION: Migration =
    Migration { name: "directory::application", sql: include_str!("schema.sql") };

/// The user that stands for everybody in `scope_grant`.
const EVERYBODY: UserId = UserId(Uuid::nil());

pub async fn find(read: &mut impl Read, id: ApplicationId) -> Result<Option<Application>> {
    read.row(&FIND, params![id: id], application).await
}

/// The applications registered here, the oldest first; a page shows no more.
pub async fn list(read: &mut impl Read) -> Result<Vec<Application>> {
    read.rows(&LIST, params![], application).await
}

pub(super) async fn find_by_app_id(read: &mut impl Read, app_id: AppId) -> Result<Option<Application>> {
    read.row(&FIND_BY_APP_ID, params![app_id: app_id], application).await
}

pub(super) async fn find_home(store: &Store, app_id: AppId) -> Result<Option<TenantId>> {
    store.global().row(&FIND_HOME, params![app_id: app_id], |row| row.get(0)).await
}

/// False if another application, in whatever tenant, has this application id.
pub(super) async fn claim_app_id(tx: &mut Tx, app_id: AppId) -> Result<bool> {
    Ok(tx.execute_global(&INSERT_HOME, params![app_id: app_id]).await? == 1)
}

pub(super) async fn insert(tx: &mut Tx, new: &NewApplication) -> Result<()> {
    let params = params![
        id: new.id,
        app_id: new.app_id,
        display_name: &new.display_name,
        is_public: new.is_public,
        enabled: true,
        redirect_uris: Json(&new.redirect_uris),
        spa_redirect_uris: Json(&new.spa_redirect_uris),
        public_client_redirect_uris: Json(&new.public_client_redirect_uris),
        identifier_uris: Json(&new.identifier_uris),
        at: tx.now(),
        number: tx.change_number(),
    ];
    tx.execute(&INSERT, params).await?;
    tx.feed("servicePrincipal", new.id, Change::Created).await?;
    tx.bump(Version::Application).await
}

pub(super) async fn insert_redirect(tx: &mut Tx, application: ApplicationId, uri: &str) -> Result<()> {
    tx.execute(&INSERT_REDIRECT, params![uri: uri, application: application]).await?;
    Ok(())
}

pub(super) async fn has_redirect(read: &mut impl Read, uri: &str) -> Result<bool> {
    let found = read.row(&FIND_REDIRECT, params![uri: uri], |row| row.get::<ApplicationId>(0)).await?;
    Ok(found.is_some())
}

pub(super) async fn insert_secret(
    tx: &mut Tx,
    application: ApplicationId,
    id: Uuid,
    digest: [u8; 32],
    hint: &str,
) -> Result<()> {
    let params = params![application: application, id: id, digest: digest, hint: hint, at: tx.now()];
    tx.execute(&INSERT_SECRET, params).await?;
    tx.bump(Version::Application).await
}

pub(super) async fn list_secret_digests(
    read: &mut impl Read,
    application: ApplicationId,
) -> Result<Vec<Vec<u8>>> {
    read.rows(&LIST_SECRETS, params![application: application], |row| row.get(0)).await
}

pub(super) async fn insert_app_role(tx: &mut Tx, application: ApplicationId, role: &str) -> Result<bool> {
    let params = params![application: application, role: role, at: tx.now()];
    Ok(tx.execute(&INSERT_APP_ROLE, params).await? == 1)
}

pub(super) async fn list_app_roles(read: &mut impl Read, application: ApplicationId) -> Result<Vec<String>> {
    read.rows(&LIST_APP_ROLES, params![application: application], |row| row.get(0)).await
}

/// Grants to one user, or to everybody.
pub(super) async fn insert_scope(
    tx: &mut Tx,
    application: ApplicationId,
    user: Option<UserId>,
    scope: &str,
) -> Result<bool> {
    let user = user.unwrap_or(EVERYBODY);
    let params = params![application: application, user: user, scope: scope, at: tx.now()];
    Ok(tx.execute(&INSERT_SCOPE, params).await? == 1)
}

/// Granted to everybody or, if one is given, to the user.
pub(super) async fn list_scopes(
    read: &mut impl Read,
    application: ApplicationId,
    user: Option<UserId>,
) -> Result<Vec<String>> {
    let user = user.unwrap_or(EVERYBODY);
    let params = params![application: application, user: user, everybody: EVERYBODY];
    let mut scopes: Vec<String> = read.rows(&LIST_SCOPES, params, |row| row.get(0)).await?;
    scopes.sort_unstable();
    scopes.dedup();
    Ok(scopes)
}

fn application(row: &Row<'_>) -> Result<Application> {
    Ok(Application {
        id: row.get(0)?,
        app_id: row.get(1)?,
        display_name: row.get(2)?,
        is_public: row.get(3)?,
        enabled: row.get(4)?,
        redirect_uris: row.json(5)?,
        spa_redirect_uris: row.json(6)?,
        public_client_redirect_uris: row.json(7)?,
        identifier_uris: row.json(8)?,
        created_at: row.get(9)?,
    })
}

store::statements! {
    FIND: hot = "SELECT id, app_id, display_name, is_public, enabled, redirect_uris, spa_redirect_uris,
            public_client_redirect_uris, identifier_uris, created_at
        FROM application WHERE tenant_id = :tenant AND id = :id";
    FIND_BY_APP_ID: hot = "SELECT id, app_id, display_name, is_public, enabled, redirect_uris, spa_redirect_uris,
            public_client_redirect_uris, identifier_uris, created_at
        FROM application WHERE tenant_id = :tenant AND app_id = :app_id";
    LIST: hot = "SELECT id, app_id, display_name, is_public, enabled, redirect_uris, spa_redirect_uris,
            public_client_redirect_uris, identifier_uris, created_at
        FROM application WHERE tenant_id = :tenant ORDER BY created_at, id LIMIT 100";
    INSERT: tenant = "INSERT INTO application (tenant_id, id, app_id, display_name, is_public, enabled, redirect_uris,
            spa_redirect_uris, public_client_redirect_uris, identifier_uris, created_at, changed_at_number)
        VALUES (:tenant, :id, :app_id, :display_name, :is_public, :enabled, :redirect_uris,
            :spa_redirect_uris, :public_client_redirect_uris, :identifier_uris, :at, :number)";
    INSERT_REDIRECT: tenant = "INSERT INTO application_redirect (tenant_id, uri, application_id)
        VALUES (:tenant, :uri, :application) ON CONFLICT DO NOTHING";
    FIND_REDIRECT: hot = "SELECT application_id FROM application_redirect
        WHERE tenant_id = :tenant AND uri = :uri LIMIT 1";
    INSERT_SECRET: tenant = "INSERT INTO application_secret (tenant_id, application_id, id, digest, hint, created_at)
        VALUES (:tenant, :application, :id, :digest, :hint, :at)";
    LIST_SECRETS: hot = "SELECT digest FROM application_secret
        WHERE tenant_id = :tenant AND application_id = :application ORDER BY id LIMIT 20";
    INSERT_APP_ROLE: tenant = "INSERT INTO app_role_grant (tenant_id, application_id, role, granted_at)
        VALUES (:tenant, :application, :role, :at) ON CONFLICT DO NOTHING";
    LIST_APP_ROLES: hot = "SELECT role FROM app_role_grant
        WHERE tenant_id = :tenant AND application_id = :application ORDER BY role LIMIT 500";
    INSERT_SCOPE: tenant = "INSERT INTO scope_grant (tenant_id, application_id, user_id, scope, granted_at)
        VALUES (:tenant, :application, :user, :scope, :at) ON CONFLICT DO NOTHING";
    LIST_SCOPES: hot = "SELECT scope FROM scope_grant
        WHERE tenant_id = :tenant AND application_id = :application AND user_id IN (:everybody, :user) LIMIT 1000";
    FIND_HOME: global = "SELECT tenant_id FROM application_home WHERE app_id = :app_id";
    INSERT_HOME: global = "INSERT INTO application_home (app_id, tenant_id) VALUES (:app_id, :tenant) ON CONFLICT DO NOTHING";
}
