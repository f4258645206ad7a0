use super::*;
use crate::testing::{act, on_each_engine};
use ::store::TenantStatus;
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

#[tokio::test]
async fn a_tenant_that_is_switched_off_answers_nobody_until_it_is_switched_on() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let token = contoso.application_token(&["Organization.Read.All"]).await;
        let theirs = fabrikam.application_token(&["Organization.Read.All"]).await;
        let service = TenantService::new(house.platform.clone());
        let change = async |change| service.change(contoso.id, act(), change).await;
        assert_eq!(house.get(&token, "/v1.0/organization").await.0, 200);
        for off in [Change::Disable, Change::Delete] {
            change(off).await.unwrap();
            // Another node has the token in its cache and notices all the same.
            for node in [house.clone(), house.another_node()] {
                let (status, answer) = node.get(&token, "/v1.0/organization").await;
                assert_eq!(status, 403, "{answer}");
                assert!(
                    answer["error"]["message"].as_str().unwrap().contains("directory has been"),
                    "{answer}"
                );
            }
            let store = house.platform.store();
            let refused = resolve(store, "contoso.example").await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().rule, DISABLED);
            let refused = get(&mut contoso.read().await).await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().rule, DISABLED);
            assert_eq!(house.get(&theirs, "/v1.0/organization").await.0, 200);
            assert_eq!(change(off).await.unwrap_err().kind(), Kind::Conflict, "once");
        }
        let listed = service.find("CONTOSO.example").await.unwrap();
        let left = listed.purged_after().unwrap().duration_since(house.platform.clock().now());
        assert_eq!((left.as_hours() + 12) / 24, 30);
        assert!(change(Change::Enable).await.is_err(), "a deleted tenant is brought back first");
        assert_eq!(change(Change::Restore).await.unwrap(), TenantStatus::Disabled);
        change(Change::Enable).await.unwrap();
        assert_eq!(house.get(&token, "/v1.0/organization").await.0, 200);
        let audit = contoso.application_token(&["AuditLog.Read.All"]).await;
        let events = house.list(&audit, "/v1.0/auditLogs/directoryAudits").await;
        let told = events.iter().map(|event| event["activityDisplayName"].as_str().unwrap());
        let told: Vec<_> = told.filter(|activity| activity.ends_with(" tenant")).collect();
        assert_eq!(told, ["Enable tenant", "Restore tenant", "Delete tenant", "Disable tenant"]);
    })
    .await;
}

#[tokio::test]
async fn the_names_of_another_tenant_may_be_known() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let token = contoso.application_token(&["CrossTenantInformation.ReadBasic.All"]).await;
        let base = "/v1.0/tenantRelationships";
        for path in [
            format!("{base}/findTenantInformationByTenantId(tenantId='{}')", fabrikam.id),
            format!(
                "{base}/microsoft.graph.findTenantInformationByDomainName(domainName='FABRIKAM.example')"
            ),
        ] {
            let (status, found) = house.get(&token, &path).await;
            assert_eq!(status, 200, "{path} {found}");
            assert_eq!(found["tenantId"], fabrikam.id.to_string());
            assert_eq!(
                (&found["displayName"], &found["defaultDomainName"]),
                (&"fabrikam".into(), &"fabrikam.example".into())
            );
        }
        for (path, expected) in [
            ("findTenantInformationByTenantId(tenantId='00000000-0000-0000-0000-000000000000')", 404),
            ("findTenantInformationByDomainName(domainName='evil.example')", 404),
            ("findTenantInformationByTenantId(tenantId='x')", 400),
            ("findTenantInformationByDomainName(domainName='')", 400),
        ] {
            assert_eq!(house.get(&token, &format!("{base}/{path}")).await.0, expected, "{path}");
        }
        let other = contoso.application_token(&["Directory.Read.All"]).await;
        let path = format!("{base}/findTenantInformationByTenantId(tenantId='{}')", fabrikam.id);
        assert_eq!(house.get(&other, &path).await.0, 403);
    })
    .await;
}
