//! The organisation on the wire.

use super::{Tenant, information, store};
use ::graph::{Access, Call, Entity, Json, Property, Reply, Route};
use kernel::{Error, Kind, Result};
use module::{Module, Platform};
use serde_json::{Value, json};
use std::borrow::Cow;

const READ: Access = Access::Scoped {
    delegated: &["User.Read", "Organization.Read.All", "Directory.Read.All"],
    application: &["Organization.Read.All", "Directory.Read.All"],
};

pub fn module(platform: &Platform) -> Module {
    Module { name: "directory::tenant", routes: routes(platform), rules: super::RULES, ..Module::default() }
}

fn routes(platform: &Platform) -> Vec<Route> {
    let (all, one) = (platform.clone(), platform.clone());
    let mut routes = vec![
        Route::get("/organization", READ, move |call| list(all.clone(), call)),
        Route::get("/organization/{organization}", READ, move |call| get(one.clone(), call)),
    ];
    routes.extend(information::routes(platform));
    routes
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&ORGANIZATION)?;
    let tenant = store::get(&mut platform.tenant(call.caller.tenant).snapshot().await?).await?;
    Ok(Reply::page(&shape, [&tenant], None))
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&ORGANIZATION)?;
    let key = call.key("organization");
    if !key.eq_ignore_ascii_case(&call.caller.tenant.to_string()) {
        let message = format!(
            "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
        );
        return Err(Error::new(Kind::NotFound, message).code("Request_ResourceNotFound"));
    }
    let tenant = store::get(&mut platform.tenant(call.caller.tenant).snapshot().await?).await?;
    Ok(Reply::entity(&shape, &tenant))
}

static ORGANIZATION: Entity<Tenant> = Entity::new("microsoft.graph.organization", "organization", PROPERTIES);

const PROPERTIES: &[Property<Tenant>] = &[
    Property::default("id", |tenant| Json::id(tenant.id)),
    Property::default("deletedDateTime", |_| Json::Null),
    Property::default("businessPhones", |_| empty()),
    Property::default("city", |_| Json::Null),
    Property::default("country", |_| Json::Null),
    Property::default("countryLetterCode", |_| Json::Null),
    Property::default("createdDateTime", |tenant| Json::Seconds(tenant.created_at)),
    Property::default("defaultUsageLocation", |_| Json::Null),
    Property::default("displayName", |tenant| Json::Text(Cow::Borrowed(&tenant.display_name))),
    Property::default("isMultipleDataLocationsForServicesEnabled", |_| Json::Null),
    Property::default("marketingNotificationEmails", |_| empty()),
    Property::default("onPremisesLastSyncDateTime", |_| Json::Null),
    Property::default("onPremisesSyncEnabled", |_| Json::Null),
    Property::default("partnerTenantType", |_| Json::Null),
    Property::default("postalCode", |_| Json::Null),
    Property::default("preferredLanguage", |tenant| {
        tenant.notification_language.map_or(Json::Null, |language| Json::Text(Cow::Borrowed(language.tag())))
    }),
    Property::default("securityComplianceNotificationMails", |_| empty()),
    Property::default("securityComplianceNotificationPhones", |_| empty()),
    Property::default("state", |_| Json::Null),
    Property::default("street", |_| Json::Null),
    Property::default("technicalNotificationMails", |_| empty()),
    Property::default("tenantType", |_| Json::Text(Cow::Borrowed("AAD"))),
    Property::default("directorySizeQuota", |_| Json::Null),
    Property::default("privacyProfile", privacy_profile),
    Property::default("assignedPlans", |_| empty()),
    Property::default("onPremisesSyncStatus", |_| empty()),
    Property::default("provisionedPlans", |_| empty()),
    Property::default("verifiedDomains", verified_domains),
];

fn empty() -> Json<'static> {
    Json::Texts(&[])
}

fn privacy_profile(tenant: &Tenant) -> Json<'_> {
    tenant
        .privacy_statement_url
        .as_ref()
        .map_or(Json::Null, |url| Json::Tree(json!({"contactEmail": null, "statementUrl": url})))
}

fn verified_domains(tenant: &Tenant) -> Json<'_> {
    let domain = |domain: &kernel::DomainName| {
        let initial = *domain == tenant.initial_domain;
        json!({"capabilities": "Email", "isDefault": initial, "isInitial": initial, "name": domain, "type": "Managed"})
    };
    Json::Tree(Value::Array(tenant.domains.iter().map(domain).collect()))
}
