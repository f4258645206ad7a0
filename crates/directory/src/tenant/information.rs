//! What anybody with the permission may know of another tenant of this Lodge: its names, by its id or one of its
//! domains (Graph: tenantInformation). Clients show it where they ask which organisation is meant.

use super::store;
use ::graph::{Access, Call, Reply, Route};
use ::store::Purpose;
use kernel::{DomainName, Error, Kind, Result, TenantId};
use module::Platform;
use serde_json::json;

const READ: Access = Access::Scoped {
    delegated: &["CrossTenantInformation.ReadBasic.All"],
    application: &["CrossTenantInformation.ReadBasic.All"],
};

pub(super) fn routes(platform: &Platform) -> Vec<Route> {
    let (by_id, by_domain) = (platform.clone(), platform.clone());
    vec![
        Route::get(
            "/tenantRelationships/findTenantInformationByTenantId/{tenant:tenantId}",
            READ,
            move |call| find_by_id(by_id.clone(), call),
        ),
        Route::get(
            "/tenantRelationships/findTenantInformationByDomainName/{tenant:domainName}",
            READ,
            move |call| find_by_domain(by_domain.clone(), call),
        ),
    ]
}

async fn find_by_id(platform: Platform, call: Call) -> Result<Reply> {
    let key = call.key("tenant");
    let id: TenantId = key.parse().map_err(|_| invalid("tenantId", "the id of a tenant is expected"))?;
    answer(&platform, &call, Some(id)).await
}

async fn find_by_domain(platform: Platform, call: Call) -> Result<Reply> {
    let domain = DomainName::parse(call.key("tenant"));
    let domain = domain.map_err(|_| invalid("domainName", "the name of a domain is expected"))?;
    answer(&platform, &call, store::find_domain(platform.store(), &domain).await?).await
}

/// A tenant that is not in use is not told from one that there is not.
async fn answer(platform: &Platform, call: &Call, id: Option<TenantId>) -> Result<Reply> {
    let Some(id) = id else { return Err(unknown(call)) };
    let mut read = platform.store().peer(call.caller.tenant, id, Purpose::TenantInformation).await?;
    let tenant = store::get(&mut read).await.map_err(|error| unknown(call).because(error))?;
    Reply::json(
        200,
        &json!({
            "@odata.context": call.link("/$metadata#microsoft.graph.tenantInformation"),
            "tenantId": tenant.id,
            "federationBrandName": null,
            "displayName": tenant.display_name,
            "defaultDomainName": tenant.initial_domain,
        }),
    )
}

fn unknown(call: &Call) -> Error {
    let key: String = call.key("tenant").chars().take(128).collect();
    Error::new(Kind::NotFound, format!("There is no tenant '{key}' here.")).code("Directory_ObjectNotFound")
}

fn invalid(name: &str, expected: &str) -> Error {
    Error::bad_request(format!("Invalid value specified for parameter '{name}': {expected}."))
        .code("Request_BadRequest")
}
