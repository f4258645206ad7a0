//! Security lessons 4, 13 and 14 where a bearer token meets Graph.

use super::*;
use crate::role::Role;
use crate::testing::{Home, House, act, on_each_engine, origin};
use aws_lc_rs::hmac;
use graph::Subject;
use http::Method;
use kernel::{Kind, TenantId};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a refused token is told.
async fn refusal(house: &House, token: &str) -> String {
    let error = house.access.read(token).await.expect_err("the token is refused");
    assert_eq!(
        (error.kind(), error.graph_code()),
        (Kind::Unauthenticated, Some("InvalidAuthenticationToken"))
    );
    error.message().to_owned()
}

fn with(claims: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut changed = claims.clone();
    changed[name] = value.into();
    changed
}

#[tokio::test]
async fn a_token_becomes_the_caller_it_names() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        contoso.assign(&ana, Role::GuestInviter).await;
        let read = house.access.read(&contoso.user_token(&ana, "User.Read openid").await).await.unwrap();
        assert_eq!(read.client_subject.as_deref(), Some("client-pairwise"));
        assert_eq!(read.caller.tenant, contoso.id);
        assert_eq!(read.caller.scopes, ["User.Read", "openid"]);
        assert!(read.caller.has_role(Role::GuestInviter.template_id()));
        assert_eq!(read.caller.user_id(), Some(ana.id));

        let (automation, _) = contoso.application("Automation").await;
        let claims = contoso.application_claims(&automation, &["User.Invite.All"]);
        let caller = house.access.read(&contoso.sign(&claims).await).await.unwrap().caller;
        let itself = Subject::Application { id: automation.id, display_name: "Automation".into() };
        assert_eq!((caller.subject, caller.app_roles), (itself, vec!["User.Invite.All".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn graph_goes_by_several_names_and_a_tenant_by_two_issuers() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let claims = contoso.user_claims(&contoso.member("ana").await, "User.Read");
        for audience in [
            "00000003-0000-0000-c000-000000000000",
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
            "https://localhost:8443",
            "https://localhost:8443/",
            "https://localhost",
            "https://localhost/",
        ] {
            let token = contoso.sign(&with(&claims, "aud", audience)).await;
            assert!(house.access.read(&token).await.is_ok(), "{audience}");
        }
        let second = with(&claims, "iss", format!("{}/{}/v2.0", origin(), contoso.id));
        assert!(house.access.read(&contoso.sign(&second).await).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_genuine_token_for_something_else_is_refused() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let ana = contoso.member("ana").await;
        let (client, _) = contoso.application("Client").await;
        let (foreign, _) = fabrikam.application("Foreign").await;
        let claims = contoso.user_claims(&ana, "User.Read");
        let own = contoso.application_claims(&client, &["User.Read.All"]);
        let other_issuer = format!("{}/{}/", origin(), fabrikam.id);
        let changed = [
            with(&claims, "aud", client.app_id.to_string()),
            with(&claims, "aud", "https://graph.microsoft.com.evil.example"),
            with(&claims, "aud", "https://localhost:8443/arm"),
            with(&claims, "aud", Value::Null),
            with(&claims, "iss", other_issuer),
            with(&claims, "iss", format!("{}/{}", origin(), contoso.id)),
            with(&claims, "iss", format!("{}/{}/v2.0/", origin(), contoso.id)),
            with(&claims, "iss", format!("https://evil.example/{}/", contoso.id)),
            with(&claims, "appid", foreign.app_id.to_string()),
            with(&claims, "appid", Value::Null),
            with(&claims, "oid", Uuid::nil().to_string()),
            with(&claims, "oid", "x"),
            with(&own, "oid", ana.id.to_string()),
            with(&own, "oid", foreign.id.to_string()),
            with(&claims, "idtyp", "app"),
            with(&own, "idtyp", "user"),
        ];
        for claims in changed {
            refusal(&house, &contoso.sign(&claims).await).await;
        }
    })
    .await;
}

#[tokio::test]
async fn no_tenant_s_key_speaks_for_another() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let ana = contoso.member("ana").await;
        let claims = contoso.user_claims(&ana, "User.Read");
        // Fabrikam's key under Contoso's claims, and with one claim at a time turned to Fabrikam.
        let foreign_issuer = format!("{}/{}/", origin(), fabrikam.id);
        for claims in [
            claims.clone(),
            with(&claims, "iss", foreign_issuer.clone()),
            with(&claims, "tid", fabrikam.id.to_string()),
            with(&with(&claims, "tid", fabrikam.id.to_string()), "iss", foreign_issuer),
        ] {
            refusal(&house, &fabrikam.sign(&claims).await).await;
        }
        // Contoso's key under claims that name Fabrikam or nobody.
        for tenant in [json!(fabrikam.id), json!(Uuid::nil()), json!(TenantId(Uuid::max())), Value::Null] {
            refusal(&house, &contoso.sign(&with(&claims, "tid", tenant)).await).await;
        }
    })
    .await;
}

#[tokio::test]
async fn algorithm_and_key_are_the_verifier_s_choice() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let claims = contoso.user_claims(&contoso.member("ana").await, "User.Read");
        let genuine = contoso.sign(&claims).await;
        assert!(house.access.read(&genuine).await.is_ok());
        let payload = jose::encode(claims.to_string());
        let key = house.keys.active(contoso.id).await.unwrap();
        let foreign_kid = house.keys.active(fabrikam.id).await.unwrap().kid().to_owned();
        for secret in [key.jwk().n.into_bytes(), key.record().key.modulus().to_vec()] {
            for algorithm in ["HS256", "RS256", "none"] {
                let header =
                    jose::encode(json!({"typ": "JWT", "alg": algorithm, "kid": key.kid()}).to_string());
                let signed = format!("{header}.{payload}");
                let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), signed.as_bytes());
                refusal(&house, &format!("{signed}.{}", jose::encode(tag))).await;
                refusal(&house, &format!("{signed}.")).await;
            }
        }
        let signature = genuine.rsplit_once('.').unwrap().1;
        let header = jose::encode(json!({"typ": "JWT", "alg": "RS256", "kid": foreign_kid}).to_string());
        refusal(&house, &format!("{header}.{payload}.{signature}")).await;
        for text in
            ["", "x", "a.b.c", "...", &"a".repeat(100_000), &format!("{genuine}x"), &format!(" {genuine}")]
        {
            refusal(&house, text).await;
        }
    })
    .await;
}

#[tokio::test]
async fn off_means_off_at_the_next_request_on_every_node() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let node = house.another_node();
        let ana = contoso.member("ana").await;
        let token = contoso.user_token(&ana, "User.Read").await;
        assert!(node.access.read(&token).await.is_ok());
        assert!(house.access.read(&token).await.is_ok());

        contoso.change(ana.id, |user| user.account_enabled = false).await;
        assert!(refusal(&node, &token).await.contains("disabled"));
        assert!(refusal(&house, &token).await.contains("disabled"));
        contoso.change(ana.id, |user| user.account_enabled = true).await;
        assert!(node.access.read(&token).await.is_ok());

        house.advance(1);
        let now = house.platform.clock().now();
        contoso.change(ana.id, move |user| user.sessions_valid_from = now).await;
        let fresh = contoso.user_token(&ana, "User.Read").await;
        assert!(house.access.read(&fresh).await.is_ok(), "a sign-in right after is let through");
        contoso.forget(&ana).await;
        assert!(refusal(&node, &fresh).await.contains("not in this tenant"));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_is_refused() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let mut claims = contoso.user_claims(&ana, "User.Read");
        claims["exp"] = json!(claims["exp"].as_i64().unwrap() + 24 * 3600);
        let token = contoso.sign(&claims).await;
        assert!(house.access.read(&token).await.is_ok());
        house.advance(1);
        let now = house.platform.clock().now();
        contoso.change(ana.id, move |user| user.sessions_valid_from = now).await;
        assert!(refusal(&house, &token).await.contains("Sign in again"));
        let endless = contoso.user_claims(&ana, "User.Read");
        let without = with(&endless, "iat", Value::Null);
        refusal(&house, &contoso.sign(&without).await).await;
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_last_second_even_when_it_is_remembered() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let claims = contoso.user_claims(&contoso.member("ana").await, "User.Read");
        let token = contoso.sign(&claims).await;
        assert!(house.access.read(&token).await.is_ok());
        let expired = "Access token has expired or is not yet valid.";
        let later = claims["iat"].as_i64().unwrap() + 1800;
        let early = with(&with(&claims, "nbf", later), "exp", later + 3600);
        assert_eq!(refusal(&house, &contoso.sign(&early).await).await, expired);
        house.advance(1);
        assert_eq!(refusal(&house, &token).await, expired);
        assert_eq!(refusal(&house.another_node(), &token).await, expired);
    })
    .await;
}

#[tokio::test]
async fn roles_are_those_of_now() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let token = contoso.user_token(&ana, "User.Read").await;
        let inviter = Role::GuestInviter.template_id();
        assert!(!house.access.read(&token).await.unwrap().caller.has_role(inviter));
        contoso.assign(&ana, Role::GuestInviter).await;
        assert!(house.access.read(&token).await.unwrap().caller.has_role(inviter));
    })
    .await;
}

#[tokio::test]
async fn tokens_outlive_a_rotation() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.user_token(&contoso.member("ana").await, "User.Read").await;
        house.keys.rotate(contoso.id, act()).await.unwrap();
        assert!(house.access.read(&token).await.is_ok());
        assert!(house.another_node().access.read(&token).await.is_ok());
    })
    .await;
}

/// Lesson 4: every route of this crate that takes an id, with every id of another tenant: in the place of each key,
/// beside ids of the caller's own where there are several, and in bodies.
#[tokio::test]
async fn what_belongs_to_another_tenant_is_not_found() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let foreign = ids(&house, &fabrikam).await;
        let mut tokens = vec![
            contoso
                .application_token(&[
                    "User.ReadWrite.All",
                    "Group.ReadWrite.All",
                    "Directory.Read.All",
                    "AuditLog.Read.All",
                ])
                .await,
        ];
        let admin = contoso.member("admin").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        tokens.push(contoso.user_token(&admin, "Directory.AccessAsUser.All").await);
        let own = contoso.group("Own", &[&admin]).await;
        // What a tenant is called may be known of others too.
        let is_open = |path: &str| path.starts_with("/tenantRelationships/");
        let keyed = house.routes.iter().filter(|(_, path)| path.contains('{') && !is_open(path));
        for (method, path) in keyed {
            for id in &foreign {
                for path in with_foreign(path, id, &own.id.to_string()) {
                    for token in &tokens {
                        let body = body_of(&path, &own.id.to_string());
                        let (status, body) = house.send(method.clone(), token, &path, &body).await;
                        let is_name = status == 400 && Uuid::try_parse(id).is_err();
                        assert!(status == 404 || is_name, "{method} {path}: {status} {body}");
                    }
                }
            }
        }
        let (groups, objects) = ("/v1.0/groups", "/v1.0/directoryObjects/getByIds");
        for id in foreign.iter().filter(|id| Uuid::try_parse(id).is_ok()) {
            let reference = json!({"@odata.id": format!("/directoryObjects/{id}")});
            for relation in ["members", "owners"] {
                let path = format!("{groups}/{}/{relation}/$ref", own.id);
                assert_eq!(house.send(Method::POST, &tokens[0], &path, &reference).await.0, 404, "{id}");
                let mut body = json!({"displayName": "New", "mailNickname": "new", "mailEnabled": false,
                    "securityEnabled": true});
                body[format!("{relation}@odata.bind")] = json!([format!("/directoryObjects/{id}")]);
                assert_eq!(house.send(Method::POST, &tokens[0], groups, &body).await.0, 404, "{id}");
            }
            let (status, found) = house.send(Method::POST, &tokens[0], objects, &json!({"ids": [id]})).await;
            assert_eq!((status, &found["value"]), (200, &json!([])), "{id}");
        }
        let token = fabrikam.application_token(&["Directory.Read.All"]).await;
        assert_eq!(house.get(&token, &format!("/v1.0/users/{}", foreign[0])).await.0, 200, "untouched");
        assert_eq!(house.list(&token, "/v1.0/groups").await.len(), 1, "untouched");
    })
    .await;
}

/// A route's path with the foreign id in the place of each of its keys, the others being the caller's own.
fn with_foreign(path: &str, foreign: &str, own: &str) -> Vec<String> {
    let keys = path.matches('{').count();
    let filled = |at: usize| {
        let mut filled = format!("/v1.0{path}");
        for key in 0..keys {
            let (before, rest) = filled.split_once('{').unwrap();
            let after = rest.split_once('}').unwrap().1;
            filled = format!("{before}{}{after}", if key == at { foreign } else { own });
        }
        filled
    };
    (0..keys).map(filled).collect()
}

/// A body that a POST or PATCH at this path takes.
fn body_of(path: &str, own: &str) -> Value {
    let last = path.rsplit('/').next().unwrap();
    match last {
        "$ref" => json!({"@odata.id": format!("/directoryObjects/{own}")}),
        "checkMemberGroups" => json!({"groupIds": [own]}),
        "checkMemberObjects" => json!({"ids": [own]}),
        "getMemberGroups" | "getMemberObjects" => json!({"securityEnabledOnly": false}),
        _ if path.contains("/groups/") => json!({"description": "changed"}),
        _ => json!({}),
    }
}

/// Ids and names of one of each kind of thing in a tenant; the first is a living user's.
async fn ids(house: &House, home: &Home) -> Vec<String> {
    let living = home.member("living").await;
    let deleted = home.member("deleted").await;
    home.forget(&deleted).await;
    let group = home.group("Living", &[&living]).await;
    let gone = home.group("Deleted", &[]).await;
    let (application, _) = home.application("Application").await;
    let token = home.application_token(&["AuditLog.Read.All", "Group.ReadWrite.All"]).await;
    assert_eq!(house.call(Method::DELETE, &token, &format!("/v1.0/groups/{}", gone.id)).await.0, 204);
    let events = house.list(&token, "/v1.0/auditLogs/directoryAudits").await;
    let event = events[0]["id"].as_str().unwrap().to_owned();
    vec![
        living.id.to_string(),
        living.user_principal_name,
        deleted.id.to_string(),
        group.id.to_string(),
        gone.id.to_string(),
        application.id.to_string(),
        application.app_id.to_string(),
        home.id.to_string(),
        event,
    ]
}

#[tokio::test]
async fn a_new_tenant_lets_everyone_invite() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let policy = policy(&mut contoso.read().await).await.unwrap();
        assert_eq!(policy.allow_invites_from.as_str(), "everyone");
        assert_eq!(policy.guest_access.role_id().to_string(), "10dae51f-b6af-4016-8d66-8c2a99b929b3");
        assert_eq!(policy, AuthorizationPolicy::default());
    })
    .await;
}

#[test]
fn settings_have_the_names_of_graph() {
    for name in ["none", "adminsAndGuestInviters", "adminsGuestInvitersAndAllMembers", "everyone"] {
        assert_eq!(InvitesFrom::parse(name).unwrap().as_str(), name);
    }
    assert_eq!(InvitesFrom::parse("Everyone"), None);
    assert_eq!(GuestAccess::of_role(GuestAccess::Restricted.role_id()), Some(GuestAccess::Restricted));
    assert_eq!(GuestAccess::of_role(Uuid::nil()), None);
}
