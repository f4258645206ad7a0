use super::*;
use crate::role::Role;
use crate::testing::{Home, House, on_each_engine};
use kernel::CorrelationId;
use serde_json::Value;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

fn sign_in(house: &House, kind: SignInKind) -> SignIn {
    SignIn {
        id: house.rng().uuid(),
        kind,
        correlation: CorrelationId(house.rng().uuid()),
        user: None,
        home: None,
        application: None,
        resource: None,
        resource_tenant: None,
        client: ClientApp::Browser,
        network: Some([192, 0, 2, 7].into()),
        user_agent: Some("x".repeat(1000)),
        outcome: Outcome::Success,
    }
}

async fn record(home: &Home, sign_in: SignIn) {
    let record =
        |mut tx, sign_in: std::sync::Arc<SignIn>| async move { record_interactive(&mut tx, &sign_in).await };
    home.store().write_unordered(sign_in, record).await.unwrap();
}

async fn stored(home: &Home, kind: SignInKind) -> Vec<StoredSignIn> {
    list(&mut home.read().await, &Filter::of(kind), None, 1000).await.unwrap()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_interactive_sign_in_is_listed_as_graph_lists_it() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let guest = contoso.guest("Lea@fabrikam.example").await;
        let (demo, _) = contoso.application("Demo").await;
        let failed = SignIn {
            user: Some(SignInUser {
                id: guest.id,
                display_name: guest.display_name.clone(),
                user_principal_name: guest.user_principal_name.clone(),
                is_guest: true,
            }),
            home: Some(HomeUser { tenant: fabrikam.id, user: UserId(house.rng().uuid()) }),
            application: Some(SignInApplication {
                app_id: demo.app_id,
                id: demo.id,
                display_name: demo.display_name.clone(),
            }),
            outcome: Outcome::Failure { error_code: 50126, reason: "The code is wrong.".into() },
            ..sign_in(&house, SignInKind::InteractiveUser)
        };
        record(&contoso, failed.clone()).await;
        let token = contoso.application_token(&["AuditLog.Read.All"]).await;
        let rows = house.list(&token, "/v1.0/auditLogs/signIns").await;
        let row = &rows[0];
        assert_eq!(row["id"], failed.id.to_string());
        assert_eq!(row["userPrincipalName"], guest.user_principal_name);
        assert_eq!(row["appId"], demo.app_id.to_string());
        assert_eq!(row["status"]["errorCode"], 50126);
        assert_eq!(row["status"]["failureReason"], "The code is wrong.");
        assert_eq!(row["ipAddress"], "192.0.2.7");
        assert_eq!(row["isInteractive"], true);
        assert_eq!(row["homeTenantId"], fabrikam.id.to_string());
        assert_eq!(row["resourceTenantId"], contoso.id.to_string());
        assert_eq!(row["servicePrincipalId"], Value::Null);
        assert_eq!(row["userAgent"].as_str().unwrap().len(), 256);
        let (status, one) = house.get(&token, &format!("/v1.0/auditLogs/signIns/{}", failed.id)).await;
        assert_eq!((status, &one["id"]), (200, &row["id"]));
        let foreign = fabrikam.application_token(&["AuditLog.Read.All"]).await;
        assert!(house.list(&foreign, "/v1.0/auditLogs/signIns").await.is_empty());
        assert_eq!(house.get(&foreign, &format!("/v1.0/auditLogs/signIns/{}", failed.id)).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_filtered_paged_and_newest_first() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let of_ana = SignInUser {
            id: ana.id,
            display_name: "Ana".into(),
            user_principal_name: "Ana@contoso.example".into(),
            is_guest: false,
        };
        let mut recorded = Vec::new();
        for number in 0..5 {
            let user = (number % 2 == 0).then(|| of_ana.clone());
            let row = SignIn { user, ..sign_in(&house, SignInKind::InteractiveUser) };
            recorded.insert(0, row.id.to_string());
            record(&contoso, row).await;
            house.advance(1);
        }
        let token = contoso.application_token(&["AuditLog.Read.All"]).await;
        let list = "/v1.0/auditLogs/signIns";
        assert_eq!(ids(&house.list(&token, list).await), recorded);

        let (_, page) = house.get(&token, &format!("{list}?$top=2")).await;
        assert_eq!(ids(page["value"].as_array().unwrap()), recorded[..2]);
        let next = page["@odata.nextLink"].as_str().unwrap().strip_prefix("https://localhost:8443").unwrap();
        assert_eq!(ids(&house.list(&token, next).await), recorded[2..4]);

        let of = |filter: &str| format!("{list}?$filter={}", filter.replace(' ', "%20"));
        for filter in [
            format!("userId eq '{}'", ana.id),
            format!("userId eq {} and status/errorCode eq 0", ana.id),
            "userPrincipalName eq 'ANA@contoso.example'".to_owned(),
        ] {
            let found = house.list(&token, &of(&filter)).await;
            assert_eq!(ids(&found), [&*recorded[0], &recorded[2], &recorded[4]], "{filter}");
        }
        let rows = house.list(&token, list).await;
        let time = rows[1]["createdDateTime"].as_str().unwrap();
        assert_eq!(ids(&house.list(&token, &of(&format!("createdDateTime ge {time}"))).await), recorded[..2]);
        assert_eq!(ids(&house.list(&token, &of(&format!("createdDateTime lt {time}"))).await), recorded[2..]);
        let none = format!("appId eq '{}'", Uuid::nil());
        for filter in [none.as_str(), "status/errorCode eq 50126"] {
            assert!(house.list(&token, &of(filter)).await.is_empty(), "{filter}");
        }
        for filter in ["riskState eq 'none'", "userId ne 'x'", "status/errorCode eq '0'", "appId eq 'x'"] {
            assert_eq!(house.get(&token, &of(filter)).await.0, 400, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_nobody_sat_in_front_of_shows_in_beta_when_asked_for() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        for kind in SignInKind::ALL {
            house.sign_ins.note(contoso.id, sign_in(&house, kind));
        }
        house.sign_ins.flush().await.unwrap();
        let token = contoso.application_token(&["AuditLog.Read.All"]).await;
        assert_eq!(house.list(&token, "/v1.0/auditLogs/signIns").await.len(), 1);
        assert_eq!(house.list(&token, "/beta/auditLogs/signIns").await.len(), 1);
        for kind in SignInKind::ALL {
            let filter = format!("$filter=signInEventTypes/any(t:t%20eq%20'{}')", kind.as_str());
            let rows = house.list(&token, &format!("/beta/auditLogs/signIns?{filter}")).await;
            assert_eq!(
                (rows.len(), rows[0]["isInteractive"] == true),
                (1, kind == SignInKind::InteractiveUser)
            );
            assert_eq!(house.get(&token, &format!("/v1.0/auditLogs/signIns?{filter}")).await.0, 400);
        }
        let hidden = &stored(&contoso, SignInKind::ServicePrincipal).await[0];
        assert_eq!(house.get(&token, &format!("/v1.0/auditLogs/signIns/{}", hidden.id)).await.0, 404);
        assert_eq!(house.get(&token, &format!("/beta/auditLogs/signIns/{}", hidden.id)).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn reading_the_log_needs_permission_and_role() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let (permitted, other) = (
            contoso.user_token(&ana, "AuditLog.Read.All").await,
            contoso.user_token(&ana, "User.Read").await,
        );
        assert_eq!(house.get(&permitted, "/v1.0/auditLogs/signIns").await.0, 403);
        contoso.assign(&ana, Role::ReportsReader).await;
        assert_eq!(house.get(&permitted, "/v1.0/auditLogs/signIns").await.0, 200);
        assert_eq!(house.get(&other, "/v1.0/auditLogs/signIns").await.0, 403);
    })
    .await;
}

#[tokio::test]
async fn the_buffer_writes_each_row_once_into_its_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        for number in 0..250 {
            let home = if number % 5 == 0 { &fabrikam } else { &contoso };
            house.sign_ins.note(home.id, sign_in(&house, SignInKind::ServicePrincipal));
        }
        house.sign_ins.flush().await.unwrap();
        house.sign_ins.flush().await.unwrap();
        assert_eq!(stored(&contoso, SignInKind::ServicePrincipal).await.len(), 200);
        assert_eq!(stored(&fabrikam, SignInKind::ServicePrincipal).await.len(), 50);
    })
    .await;
}

#[tokio::test]
async fn a_full_buffer_drops_its_oldest_row_and_counts_it() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let log = SignInLog::with_capacity(house.platform.clone(), 3);
        let rows: Vec<SignIn> = (0..5).map(|_| sign_in(&house, SignInKind::NonInteractiveUser)).collect();
        for row in &rows {
            log.note(contoso.id, row.clone());
            house.platform.clock().advance(kernel::SignedDuration::from_micros(10));
        }
        assert_eq!(log.dropped(), 2);
        log.flush().await.unwrap();
        let kept: Vec<Uuid> =
            stored(&contoso, SignInKind::NonInteractiveUser).await.iter().rev().map(|row| row.id).collect();
        assert_eq!(kept, rows[2..].iter().map(|row| row.id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn what_the_store_refuses_is_written_later() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        for _ in 0..150 {
            house.sign_ins.note(contoso.id, sign_in(&house, SignInKind::NonInteractiveUser));
        }
        house.platform.store().signals().faults().fail_commits(1000);
        assert!(house.sign_ins.flush().await.is_err());
        house.platform.store().signals().faults().fail_commits(0);
        house.sign_ins.flush().await.unwrap();
        assert_eq!(stored(&contoso, SignInKind::NonInteractiveUser).await.len(), 150);
        assert_eq!(house.sign_ins.dropped(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_loop_writes_while_it_runs_and_when_it_is_stopped() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let stop = CancellationToken::new();
        let running = tokio::spawn(house.sign_ins.clone().run(stop.clone()));
        house.sign_ins.note(contoso.id, sign_in(&house, SignInKind::NonInteractiveUser));
        let written = async {
            while stored(&contoso, SignInKind::NonInteractiveUser).await.is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), written).await.expect("written within the interval");
        house.sign_ins.note(contoso.id, sign_in(&house, SignInKind::NonInteractiveUser));
        stop.cancel();
        running.await.unwrap();
        assert_eq!(stored(&contoso, SignInKind::NonInteractiveUser).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn rows_are_kept_thirty_days() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        for _ in 0..120 {
            house.sign_ins.note(contoso.id, sign_in(&house, SignInKind::ServicePrincipal));
        }
        house.sign_ins.flush().await.unwrap();
        house.advance(24 * 30 - 1);
        house.run_jobs(&contoso).await;
        assert_eq!(stored(&contoso, SignInKind::ServicePrincipal).await.len(), 120);
        house.advance(2);
        record(&contoso, sign_in(&house, SignInKind::InteractiveUser)).await;
        house.run_jobs(&contoso).await;
        assert!(stored(&contoso, SignInKind::ServicePrincipal).await.is_empty());
        assert_eq!(stored(&contoso, SignInKind::InteractiveUser).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_sign_in_stands_in_the_log_of_both_tenants_once() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let lea = fabrikam.member("lea").await;
        let guest = contoso.guest("lea@fabrikam.example").await;
        let row = SignIn {
            user: Some(SignInUser {
                id: guest.id,
                display_name: guest.display_name.clone(),
                user_principal_name: guest.user_principal_name.clone(),
                is_guest: true,
            }),
            home: Some(HomeUser { tenant: fabrikam.id, user: lea.id }),
            resource: Some(SignInResource {
                app_id: crate::application::well_known::MICROSOFT_GRAPH,
                display_name: "Microsoft Graph".to_owned(),
            }),
            ..sign_in(&house, SignInKind::InteractiveUser)
        };
        let refused = SignIn {
            user: None,
            outcome: Outcome::Failure { error_code: 50020, reason: "not known".to_owned() },
            ..row.clone()
        };
        let refused = SignIn { id: house.rng().uuid(), ..refused };
        for row in [&row, &row, &refused] {
            record(&contoso, row.clone()).await;
        }
        assert!(stored(&fabrikam, SignInKind::InteractiveUser).await.is_empty());
        let carriers = [house.messages(), house.another_node().messages()];
        let (one, other) = tokio::join!(carriers[0].carry_due(), carriers[1].carry_due());
        one.unwrap();
        other.unwrap();

        let token = fabrikam.application_token(&["AuditLog.Read.All"]).await;
        let rows = house.list(&token, "/beta/auditLogs/signIns?$select=id,userId,userPrincipalName,homeTenantId,resourceTenantId,crossTenantAccessType,status,resourceDisplayName,createdDateTime").await;
        assert_eq!(rows.len(), 2, "{rows:?}");
        for told in &rows {
            assert_eq!(told["userId"], lea.id.to_string());
            assert_eq!(told["userPrincipalName"], lea.user_principal_name);
            assert_eq!(told["homeTenantId"], fabrikam.id.to_string());
            assert_eq!(told["resourceTenantId"], contoso.id.to_string());
            assert_eq!(told["crossTenantAccessType"], "b2bCollaboration");
            assert_eq!(told["resourceDisplayName"], "Microsoft Graph");
        }
        let failed = rows.iter().find(|told| told["id"] == refused.id.to_string()).unwrap();
        assert_eq!(failed["status"]["errorCode"], 50020);
        // What Contoso keeps of its guest stays there.
        let own = contoso.application_token(&["AuditLog.Read.All"]).await;
        let own = house.list(&own, "/v1.0/auditLogs/signIns").await;
        assert!(own.iter().all(|row| row["homeTenantId"] == fabrikam.id.to_string()));
        assert!(!serde_json::to_string(&rows).unwrap().contains(&guest.id.to_string()));
        carriers[0].carry_due().await.unwrap();
        assert_eq!(stored(&fabrikam, SignInKind::InteractiveUser).await.len(), 2);
    })
    .await;
}
