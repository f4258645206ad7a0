use super::*;
use crate::testing::on_each_engine;
use kernel::Kind;
use std::sync::Arc;

#[tokio::test]
async fn a_tenant_is_found_by_id_and_by_verified_domain() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let store = house.platform.store();
        let id = contoso.id.to_string();
        for segment in [id.as_str(), &id.to_uppercase(), "contoso.example", "CONTOSO.Example"] {
            assert_eq!(resolve(store, segment).await.unwrap(), Some(contoso.id), "{segment}");
        }
        assert_eq!(resolve(store, "fabrikam.example").await.unwrap(), Some(fabrikam.id));
        for segment in [
            "",
            "common",
            "evil.example",
            "x.contoso.example",
            "00000000-0000-0000-0000-000000000000",
            "\u{0}",
        ] {
            assert_eq!(resolve(store, segment).await.unwrap(), None, "{segment:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_domain_is_verified_in_one_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let taken = get(&mut contoso.read().await).await.unwrap();
        let id = TenantId(house.rng().uuid());
        let make = |mut tx, tenant: Arc<Tenant>| async move { create(&mut tx, &tenant).await };
        let refused =
            house.platform.store().create_tenant(id, Tenant { id, ..taken }, make).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Conflict);
        let store = house.platform.store();
        assert_eq!(
            find_domain(store, &DomainName::parse("contoso.example").unwrap()).await.unwrap(),
            Some(contoso.id)
        );
        assert_eq!(resolve(store, &id.to_string()).await.unwrap(), None, "nothing of it is left");
    })
    .await;
}

#[tokio::test]
async fn the_organization_is_the_caller_s_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let token = contoso.application_token(&["Organization.Read.All"]).await;
        let list = house.list(&token, "/v1.0/organization").await;
        assert_eq!((list.len(), list[0]["id"].as_str()), (1, Some(contoso.id.to_string().as_str())));
        assert_eq!(list[0]["verifiedDomains"][0]["name"], "contoso.example");
        assert_eq!(house.get(&token, &format!("/v1.0/organization/{}", contoso.id)).await.0, 200);
        assert_eq!(house.get(&token, &format!("/v1.0/organization/{}", fabrikam.id)).await.0, 404);
    })
    .await;
}
