//! The statements of the sign-in log.

use super::{Outcome, SignIn, SignInKind, elsewhere};
use crate::audit_log::Cursor;
use kernel::{AppId, ApplicationId, CorrelationId, Result, TenantId, Timestamp, UserId};
use store::{Migration, Params, Read, Row, Tx, params};
use uuid::Uuid;

pub const MIGRATION: Migration =
    Migration { name: "directory::sign_in_log", sql: include_str!("schema.sql") };

const LONGEST_USER_AGENT: usize = 256;

/// A sign-in as it lies in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSignIn {
    pub id: Uuid,
    pub tenant: TenantId,
    pub kind: SignInKind,
    pub at: Timestamp,
    pub correlation: CorrelationId,
    pub user_id: Option<UserId>,
    pub user_principal_name: Option<String>,
    pub user_display_name: Option<String>,
    pub user_type: Option<String>,
    pub home_tenant: Option<TenantId>,
    pub app_id: Option<AppId>,
    pub app_display_name: Option<String>,
    pub service_principal: Option<ApplicationId>,
    pub resource: Option<AppId>,
    pub resource_display_name: Option<String>,
    /// Another tenant that was signed in to.
    pub resource_tenant: Option<TenantId>,
    pub client_app_used: String,
    pub network: Option<String>,
    pub user_agent: Option<String>,
    pub error_code: i64,
    pub failure: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Filter {
    pub kind: SignInKind,
    pub app_id: Option<AppId>,
    pub user_id: Option<UserId>,
    pub user_principal_name: Option<String>,
    pub error_code: Option<i64>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Filter {
    pub fn of(kind: SignInKind) -> Self {
        Self {
            kind,
            app_id: None,
            user_id: None,
            user_principal_name: None,
            error_code: None,
            from: None,
            until: None,
        }
    }
}

/// Records a sign-in in the transaction of what it decides.
pub async fn record_interactive(tx: &mut Tx, sign_in: &SignIn) -> Result<()> {
    let at = tx.now();
    insert(tx, at, sign_in).await?;
    elsewhere::tell_home(tx, sign_in).await
}

/// A second run of the same write finds its rows there.
pub(super) async fn insert(tx: &mut Tx, at: Timestamp, sign_in: &SignIn) -> Result<()> {
    tx.queue(&INSERT, columns(at, sign_in)).await
}

fn columns(at: Timestamp, sign_in: &SignIn) -> Params {
    let user = sign_in.user.as_ref();
    let application = sign_in.application.as_ref();
    let resource = sign_in.resource.as_ref();
    let (error_code, failure) = match &sign_in.outcome {
        Outcome::Success => (0, None),
        Outcome::Failure { error_code, reason } => (*error_code, Some(reason.as_str())),
    };
    let user_agent = sign_in.user_agent.as_ref();
    let user_agent = user_agent.map(|text| text.chars().take(LONGEST_USER_AGENT).collect::<String>());
    params![
        kind: sign_in.kind.as_str(),
        at: at,
        id: sign_in.id,
        correlation: sign_in.correlation,
        user_id: user.map(|user| user.id),
        upn: user.map(|user| user.user_principal_name.as_str()),
        user_display_name: user.map(|user| user.display_name.as_str()),
        user_type: user.map(|user| if user.is_guest { "guest" } else { "member" }),
        home_tenant: sign_in.home.map(|home| home.tenant),
        app_id: application.map(|application| application.app_id),
        app_display_name: application.map(|application| application.display_name.as_str()),
        service_principal: application.map(|application| application.id),
        resource: resource.map(|resource| resource.app_id),
        resource_display_name: resource.map(|resource| resource.display_name.as_str()),
        resource_tenant: sign_in.resource_tenant,
        client_app_used: sign_in.client.as_str(),
        network: sign_in.network.map(|address| address.to_string()),
        user_agent: user_agent,
        error_code: error_code,
        failure: failure,
    ]
}

/// Newest first, behind `after`.
pub async fn list(
    read: &mut impl Read,
    filter: &Filter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<StoredSignIn>> {
    let tenant = read.tenant();
    let params = params![
        kind: filter.kind.as_str(),
        app_id: filter.app_id,
        user_id: filter.user_id,
        upn: filter.user_principal_name.as_deref().map(str::to_ascii_lowercase),
        error_code: filter.error_code,
        from: filter.from.unwrap_or(Timestamp::UNIX_EPOCH),
        until: filter.until.unwrap_or(Timestamp::MAX),
        before: after.map_or(Timestamp::MAX, |cursor| cursor.at),
        before_id: after.map_or(Uuid::max(), |cursor| cursor.id),
        limit: limit,
    ];
    read.rows(&LIST, params, |row| sign_in(tenant, row)).await
}

pub(super) async fn find(read: &mut impl Read, id: Uuid) -> Result<Option<StoredSignIn>> {
    let tenant = read.tenant();
    read.row(&FIND, params![id: id], |row| sign_in(tenant, row)).await
}

/// Removes rows of one kind older than `before`, a bounded number at a time.
pub(super) async fn purge(tx: &mut Tx, kind: SignInKind, before: Timestamp) -> Result<u64> {
    tx.execute(&PURGE, params![kind: kind.as_str(), before: before]).await
}

fn sign_in(tenant: TenantId, row: &Row<'_>) -> Result<StoredSignIn> {
    Ok(StoredSignIn {
        tenant,
        kind: SignInKind::parse(&row.get::<String>(0)?).unwrap_or(SignInKind::NonInteractiveUser),
        at: row.get(1)?,
        id: row.get(2)?,
        correlation: row.get(3)?,
        user_id: row.get(4)?,
        user_principal_name: row.get(5)?,
        user_display_name: row.get(6)?,
        user_type: row.get(7)?,
        home_tenant: row.get(8)?,
        app_id: row.get(9)?,
        app_display_name: row.get(10)?,
        service_principal: row.get(11)?,
        resource: row.get(12)?,
        resource_display_name: row.get(13)?,
        resource_tenant: row.get(14)?,
        client_app_used: row.get(15)?,
        network: row.get(16)?,
        user_agent: row.get(17)?,
        error_code: row.get(18)?,
        failure: row.get(19)?,
    })
}

/// The columns of a sign-in, in the order `sign_in` reads them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT kind, at, id, correlation_id, user_id, user_principal_name, user_display_name, user_type,
            home_tenant_id, app_id, app_display_name, service_principal_id, resource_id, resource_display_name,
            resource_tenant_id, client_app_used, network, user_agent, error_code, failure FROM sign_in ",
            $rest
        )
    };
}

store::statements! {
    INSERT: tenant = "INSERT INTO sign_in (tenant_id, kind, at, id, correlation_id, user_id, user_principal_name,
            user_display_name, user_type, home_tenant_id, app_id, app_display_name, service_principal_id, resource_id,
            resource_display_name, resource_tenant_id, client_app_used, network, user_agent, error_code, failure)
        VALUES (:tenant, :kind, :at, :id, :correlation, :user_id, :upn,
            :user_display_name, :user_type, :home_tenant, :app_id, :app_display_name, :service_principal, :resource,
            :resource_display_name, :resource_tenant, :client_app_used, :network, :user_agent, :error_code, :failure)
        ON CONFLICT DO NOTHING";
    LIST: hot = select!("WHERE tenant_id = :tenant AND kind = :kind AND at >= :from AND at <= :until
            AND (at, id) < (:before, :before_id)
            AND (CAST(:app_id AS {id}) IS NULL OR app_id = :app_id)
            AND (CAST(:user_id AS {id}) IS NULL OR user_id = :user_id)
            AND (CAST(:upn AS TEXT) IS NULL OR lower(user_principal_name) = :upn)
            AND (CAST(:error_code AS {int}) IS NULL OR error_code = :error_code)
        ORDER BY at DESC, id DESC LIMIT :limit");
    FIND: tenant = select!("WHERE tenant_id = :tenant AND id = :id");
    PURGE: hot = "DELETE FROM sign_in WHERE tenant_id = :tenant AND kind = :kind AND at < :before AND (at, id) IN (
        SELECT at, id FROM sign_in WHERE tenant_id = :tenant AND kind = :kind AND at < :before ORDER BY at, id LIMIT 100)";
}
