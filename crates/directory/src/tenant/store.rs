//! The statements of tenants.

use super::{MailSender, Tenant, status};
use kernel::{DomainName, Error, Result, TenantId};
use store::{Json, Migration, Read, Row, Store, TenantStatus, Tx, params};

pub const MIGRATION: Migration = Migration { name: "directory::tenant", sql: include_str!("schema.sql") };

/// The tenant of this scope.
pub async fn find(read: &mut impl Read) -> Result<Option<Tenant>> {
    read.row(&FIND, params![], tenant).await
}

/// The tenant of this scope, or an error: also if it is not in use.
pub async fn get(read: &mut impl Read) -> Result<Tenant> {
    let found = read.row(&FIND, params![], |row| Ok((tenant(row)?, row.get(8)?))).await?;
    let (tenant, now) = found.ok_or_else(|| Error::not_found("tenant"))?;
    status::decide_open(now)?;
    Ok(tenant)
}

/// The tenant a sign-in address names by id or verified domain; an error if it is not in use.
pub async fn resolve(store: &Store, segment: &str) -> Result<Option<TenantId>> {
    let Some(id) = resolve_any(store, segment).await? else { return Ok(None) };
    let now = store.global().row(&FIND_STATUS, params![id: id], |row| row.get(0)).await?;
    status::decide_open(now.unwrap_or(TenantStatus::Purging))?;
    Ok(Some(id))
}

/// The same, in use or not: for operators.
pub(super) async fn resolve_any(store: &Store, segment: &str) -> Result<Option<TenantId>> {
    if let Ok(id) = segment.parse::<TenantId>() {
        return store.global().row(&FIND_TENANT, params![id: id], |row| row.get(0)).await;
    }
    let Ok(domain) = DomainName::parse(segment) else { return Ok(None) };
    find_domain(store, &domain).await
}

/// The tenant a domain is verified in.
pub async fn find_domain(store: &Store, domain: &DomainName) -> Result<Option<TenantId>> {
    store.global().row(&FIND_DOMAIN, params![name: domain.as_str()], |row| row.get(0)).await
}

/// Makes the tenant of this scope, within `Store::create_tenant`.
pub async fn create(tx: &mut Tx, tenant: &Tenant) -> Result<()> {
    for domain in &tenant.domains {
        if tx.execute_global(&INSERT_DOMAIN, params![name: domain.as_str()]).await? == 0 {
            return Err(Error::conflict(format!("{domain} is already verified in another tenant.")));
        }
    }
    let domains: Vec<&str> = tenant.domains.iter().map(DomainName::as_str).collect();
    let params = params![
        display_name: &tenant.display_name,
        initial_domain: tenant.initial_domain.as_str(),
        domains: Json(&domains),
        privacy_statement_url: tenant.privacy_statement_url.as_deref(),
        notification_language: tenant.notification_language,
        link_lifetime_days: tenant.link_lifetime_days,
        mail_sender: tenant.mail_sender.as_ref().map(Json),
        at: tx.now(),
    ];
    tx.execute(&INSERT, params).await?;
    Ok(())
}

pub(super) async fn save_mail_sender(tx: &mut Tx, sender: Option<&MailSender>) -> Result<()> {
    tx.execute(&SAVE_MAIL_SENDER, params![mail_sender: sender.map(Json)]).await.map(|_| ())
}

fn mail_sender(text: Option<String>) -> Result<Option<MailSender>> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)
}

fn tenant(row: &Row<'_>) -> Result<Tenant> {
    let domain = |text: String| DomainName::parse(&text).map_err(Error::internal);
    let domains: Vec<String> = row.json(3)?;
    Ok(Tenant {
        id: row.get(0)?,
        display_name: row.get(1)?,
        initial_domain: domain(row.get(2)?)?,
        domains: domains.into_iter().map(domain).collect::<Result<_>>()?,
        privacy_statement_url: row.get(4)?,
        notification_language: row.get(5)?,
        link_lifetime_days: row.get(6)?,
        created_at: row.get(7)?,
        mail_sender: mail_sender(row.get(9)?)?,
    })
}

store::statements! {
    FIND: hot = "SELECT o.tenant_id, o.display_name, o.initial_domain, o.domains, o.privacy_statement_url,
            o.notification_language, o.link_lifetime_days, o.created_at, s.status, o.mail_sender
        FROM organization o JOIN tenant_state s ON s.tenant_id = o.tenant_id WHERE o.tenant_id = :tenant";
    INSERT: tenant = "INSERT INTO organization (tenant_id, display_name, initial_domain, domains, privacy_statement_url,
            notification_language, link_lifetime_days, mail_sender, created_at)
        VALUES (:tenant, :display_name, :initial_domain, :domains, :privacy_statement_url,
            :notification_language, :link_lifetime_days, :mail_sender, :at)";
    SAVE_MAIL_SENDER: hot = "UPDATE organization SET mail_sender = :mail_sender WHERE tenant_id = :tenant";
    FIND_STATUS: global = "SELECT status FROM tenant_state WHERE tenant_id = :id";
    FIND_TENANT: global = "SELECT tenant_id FROM tenant WHERE tenant_id = :id";
    FIND_DOMAIN: global = "SELECT tenant_id FROM domain_tenant WHERE name = :name";
    INSERT_DOMAIN: global = "INSERT INTO domain_tenant (name, tenant_id) VALUES (:name, :tenant) ON CONFLICT DO NOTHING";
}
