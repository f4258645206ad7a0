use super::*;
use crate::testing::{Home, House, act, on_each_engine, origin};
use ::store::Read;
use kernel::{Kind, Secret, UserId};
use std::sync::Arc;

async fn grant(home: &Home, house: &House, application: &Application, user: Option<UserId>, scopes: &[&str]) {
    let rng = house.rng();
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let context = (application.clone(), user, scopes);
    let grant = move |mut tx, context: Arc<(Application, Option<UserId>, Vec<String>)>| async move {
        let (application, user, scopes) = &*context;
        grant_scopes(&mut tx, rng, &act(), application, *user, scopes).await
    };
    home.store().write(context, grant).await.unwrap();
}

#[tokio::test]
async fn a_secret_is_good_for_its_own_application_alone() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let (automation, secret) = contoso.application("Automation").await;
        let (other, _) = contoso.application("Other").await;
        let keys = contoso.store().keys().await.unwrap();
        let mut read = contoso.read().await;
        assert!(check_secret(&mut read, &keys, automation.id, &secret).await.unwrap());
        for wrong in ["", "x", &secret.expose()[1..], &format!("{}x", secret.expose())] {
            let wrong = Secret::new(wrong.to_owned());
            assert!(!check_secret(&mut read, &keys, automation.id, &wrong).await.unwrap());
        }
        assert!(!check_secret(&mut read, &keys, other.id, &secret).await.unwrap());
        let keys = fabrikam.store().keys().await.unwrap();
        assert!(!check_secret(&mut read, &keys, automation.id, &secret).await.unwrap());
        assert!(!check_secret(&mut fabrikam.read().await, &keys, automation.id, &secret).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_application_id_belongs_to_one_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let (automation, _) = contoso.application("Automation").await;
        let taken = NewApplication { app_id: automation.app_id, ..fabrikam.new_application("Thief") };
        assert_eq!(fabrikam.register(taken).await.unwrap_err().kind(), Kind::Conflict);
        let store = house.platform.store();
        assert_eq!(find_home(store, automation.app_id).await.unwrap(), Some(contoso.id));
        let found = find_by_app_id(&mut contoso.read().await, automation.app_id).await.unwrap();
        assert_eq!(found, Some(automation.clone()));
        assert_eq!(find_by_app_id(&mut fabrikam.read().await, automation.app_id).await.unwrap(), None);
        let mut recorded = contoso.activities().await;
        recorded.sort_unstable();
        assert_eq!(recorded, ["Add application", "Add service principal"]);
    })
    .await;
}

#[tokio::test]
async fn consent_counts_for_whom_it_was_given_and_is_recorded_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (demo, _) = contoso.application("Demo").await;
        let ana = contoso.member("ana").await;
        let ben = contoso.member("ben").await;
        let before = contoso.read().await.versions().await.unwrap().application;
        grant(&contoso, &house, &demo, None, &["openid", "User.Read"]).await;
        grant(&contoso, &house, &demo, Some(ana.id), &["User.Read", "Group.Read.All"]).await;
        grant(&contoso, &house, &demo, Some(ana.id), &["Group.Read.All"]).await;
        let mut read = contoso.read().await;
        assert!(read.versions().await.unwrap().application > before);
        let everybody = ["User.Read", "openid"];
        assert_eq!(granted_scopes(&mut read, &demo, None).await.unwrap(), everybody);
        assert_eq!(granted_scopes(&mut read, &demo, Some(ben.id)).await.unwrap(), everybody);
        let of_ana = granted_scopes(&mut read, &demo, Some(ana.id)).await.unwrap();
        assert_eq!(of_ana, ["Group.Read.All", "User.Read", "openid"]);
        let consents = contoso.activities().await;
        assert_eq!(consents.iter().filter(|activity| *activity == "Consent to application").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn application_permissions_are_granted_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (automation, _) = contoso.application("Automation").await;
        let rng = house.rng();
        for _ in 0..2 {
            let grant = move |mut tx, application: Arc<Application>| async move {
                let roles = ["User.Invite.All".to_owned(), "AuditLog.Read.All".to_owned()];
                grant_app_roles(&mut tx, rng, &act(), &application, &roles).await
            };
            contoso.store().write(automation.clone(), grant).await.unwrap();
        }
        let granted = granted_app_roles(&mut contoso.read().await, &automation).await.unwrap();
        assert_eq!(granted, ["AuditLog.Read.All", "User.Invite.All"]);
        let recorded = contoso.activities().await;
        assert_eq!(recorded.iter().filter(|activity| activity.starts_with("Add app role")).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_an_exact_redirect_of_this_tenant_is_registered() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let new = NewApplication {
            redirect_uris: vec!["https://App.example/welcome".to_owned()],
            spa_redirect_uris: vec!["https://spa.example".to_owned()],
            ..contoso.new_application("Demo")
        };
        contoso.register(new).await.unwrap();
        let mut read = contoso.read().await;
        for url in [
            "https://app.example/welcome",
            "https://APP.example:443/welcome",
            "https://spa.example/",
            "https://localhost:8443/account/contoso.example",
        ] {
            assert!(is_registered_redirect(&mut read, &origin(), url).await.unwrap(), "{url}");
        }
        for url in [
            "",
            "https://app.example/welcome/",
            "https://app.example/welcome?next=https://evil.example",
            "https://app.example.evil.example/welcome",
            "https://localhost:8443@evil.example/account",
            "https://localhost:8444/account",
            "https://localhost:8443/accounts",
            "https://localhost:8443/contoso.example/oauth2/v2.0/authorize?client_id=x",
            "https:/\\app.example/welcome",
            "javascript:alert(1)",
        ] {
            assert!(!is_registered_redirect(&mut read, &origin(), url).await.unwrap(), "{url}");
        }
        let mut other = fabrikam.read().await;
        assert!(!is_registered_redirect(&mut other, &origin(), "https://app.example/welcome").await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_azure_command_line_is_a_public_client_of_every_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let mut read = contoso.read().await;
        let client = find_by_app_id(&mut read, well_known::AZURE_CLI).await.unwrap().unwrap();
        assert!(client.is_public && client.enabled);
        assert_eq!(matching_redirect(&client, "http://localhost:50123"), Some(RedirectKind::PublicClient));
        assert!(granted_scopes(&mut read, &client, None).await.unwrap().contains(&"openid".to_owned()));
        assert!(find_by_app_id(&mut read, well_known::MICROSOFT_GRAPH).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_would_pass_for_something_else_is_not_registered() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let new = || contoso.new_application("Demo");
        let refused = |new: NewApplication| check_registration(&new, &origin()).unwrap_err();
        for app_id in [well_known::MICROSOFT_GRAPH, well_known::AZURE_MANAGEMENT, well_known::AZURE_CLI] {
            assert_eq!(refused(NewApplication { app_id, ..new() }), InvalidRegistration::ReservedAppId);
        }
        for uri in ["", "/callback", "javascript:alert(1)", "https://a.example/#x", "https://u@a.example"] {
            let invalid = refused(NewApplication { redirect_uris: vec![uri.into()], ..new() });
            assert_eq!(invalid, InvalidRegistration::RedirectUri(uri.into()));
        }
        for uri in [
            "",
            "https://graph.microsoft.com/",
            "HTTPS://localhost:8443",
            "https://localhost",
            "https://localhost:8443/arm",
        ] {
            let invalid = refused(NewApplication { identifier_uris: vec![uri.into()], ..new() });
            assert_eq!(invalid, InvalidRegistration::IdentifierUri(uri.into()));
        }
        let keys = contoso.store().keys().await.unwrap();
        let (_, kept) = NewSecret::generate(house.rng(), &keys, new().id);
        let public = NewApplication { is_public: true, secrets: vec![kept], ..new() };
        assert_eq!(refused(public), InvalidRegistration::SecretOfPublicClient);
        assert!(check_registration(&new(), &origin()).is_ok());
    })
    .await;
}
