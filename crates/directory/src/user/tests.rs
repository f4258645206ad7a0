mod changes;
mod lists;
mod plans;
mod random;

use super::*;
use crate::access::{self, AuthorizationPolicy, GuestAccess};
use crate::role::Role;
use crate::testing::{House, on_each_engine};
use http::Method;
use kernel::EmailAddress;
use serde_json::Value;
use std::sync::Arc;

const READ_WRITE: &[&str] = &["User.ReadWrite.All"];

fn names(users: &[Value]) -> Vec<&str> {
    users.iter().map(|user| user["displayName"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_user_is_read_by_id_and_by_name() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let guest = contoso.guest("lea@fabrikam.example").await;
        let token = contoso.application_token(&["User.Read.All"]).await;
        for key in [
            guest.id.to_string(),
            guest.id.to_string().to_uppercase(),
            "lea_fabrikam.example%23EXT%23@contoso.example".to_owned(),
            "LEA_FABRIKAM.EXAMPLE%23ext%23@CONTOSO.example".to_owned(),
        ] {
            let (status, user) = house.get(&token, &format!("/v1.0/users/{key}")).await;
            assert_eq!((status, user["id"].as_str()), (200, Some(guest.id.to_string().as_str())), "{key}");
            assert_eq!(user.as_object().unwrap().len(), 12, "the context and eleven properties");
        }
        let path = format!("/v1.0/users/{}?$select=userType,externalUserState,identities", guest.id);
        let (_, user) = house.get(&token, &path).await;
        assert_eq!(user["userType"], "Guest");
        assert_eq!(user["externalUserState"], "PendingAcceptance");
        assert_eq!(user["identities"][0]["signInType"], "userPrincipalName");
        for key in ["nobody@contoso.example", "00000000-0000-0000-0000-000000000000"] {
            let (status, body) = house.get(&token, &format!("/v1.0/users/{key}")).await;
            assert_eq!((status, &body["error"]["code"]), (404, &Value::from("Request_ResourceNotFound")));
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_turns_pages_and_leaves_out_the_deleted() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        house.tenant("fabrikam").await.member("stranger").await;
        let mut expected = Vec::new();
        for name in ["ana", "ben", "cas", "dan", "eva"] {
            let user = contoso.member(name).await;
            if name == "cas" {
                contoso.forget(&user).await;
            } else {
                expected.push((user.id, name));
            }
        }
        expected.sort_unstable();
        let expected: Vec<&str> = expected.into_iter().map(|(_, name)| name).collect();
        let token = contoso.application_token(&["User.Read.All"]).await;
        let (mut path, mut found, mut pages) = ("/v1.0/users?$top=2".to_owned(), Vec::new(), 0);
        loop {
            let (_, page) = house.get(&token, &path).await;
            found.extend(names(page["value"].as_array().unwrap()).into_iter().map(str::to_owned));
            pages += 1;
            let Some(next) = page["@odata.nextLink"].as_str() else { break };
            path = next.strip_prefix("https://localhost:8443").unwrap().to_owned();
        }
        assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>(), pages), (expected, 2));
        for bad in ["$top=0", "$top=1000", "$skiptoken=x"] {
            assert_eq!(house.get(&token, &format!("/v1.0/users?{bad}")).await.0, 400, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn me_is_the_user_of_the_token() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let (status, me) = house.get(&contoso.user_token(&ana, "User.Read").await, "/v1.0/me").await;
        assert_eq!((status, me["id"].as_str()), (200, Some(ana.id.to_string().as_str())));
        let (status, body) = house.get(&contoso.application_token(READ_WRITE).await, "/v1.0/me").await;
        assert_eq!((status, &body["error"]["code"]), (400, &Value::from("BadRequest")));
    })
    .await;
}

#[tokio::test]
async fn a_guest_sees_of_others_what_the_tenant_lets_guests_see() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let guest = contoso.guest("lea@fabrikam.example").await;
        let ana = contoso.member("ana").await;
        contoso.change(ana.id, |user| user.job_title = Some("Chief".into())).await;
        let (own, other) = (format!("/v1.0/users/{}", guest.id), format!("/v1.0/users/{}", ana.id));
        let token = contoso.user_token(&guest, "User.Read.All").await;
        for (level, of_other, of_list) in [
            (GuestAccess::SameAsMembers, 200, 200),
            (GuestAccess::Limited, 200, 403),
            (GuestAccess::Restricted, 403, 403),
        ] {
            let save = move |mut tx: ::store::Tx, _: Arc<()>| async move {
                let policy = AuthorizationPolicy { guest_access: level, ..access::policy(&mut tx).await? };
                access::save_policy(&mut tx, policy).await
            };
            contoso.store().write((), save).await.unwrap();
            for (path, status) in
                [(own.as_str(), 200), (&other, of_other), ("/v1.0/users", of_list), ("/v1.0/me", 200)]
            {
                assert_eq!(house.get(&token, path).await.0, status, "{level:?} {path}");
            }
            let (_, seen) = house.get(&token, &other).await;
            let expected =
                if level == GuestAccess::SameAsMembers { Value::from("Chief") } else { Value::Null };
            assert_eq!(seen["jobTitle"], expected, "{level:?}");
        }
        let narrow = contoso.user_token(&ana, "User.Read").await;
        assert_eq!(house.get(&narrow, &own).await.0, 403, "the token's permission is its own user");
        contoso.assign(&guest, Role::DirectoryReaders).await;
        assert_eq!(house.get(&token, "/v1.0/users").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn the_basic_permission_shows_names_and_nothing_more() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        contoso.change(ana.id, |user| user.job_title = Some("Chief".into())).await;
        let token = contoso.application_token(&["User.ReadBasic.All"]).await;
        let users = house.list(&token, "/v1.0/users").await;
        assert_eq!((&users[0]["displayName"], &users[0]["jobTitle"]), (&Value::from("ana"), &Value::Null));
        let (status, _) = house.get(&token, "/v1.0/users?$filter=jobTitle%20eq%20'Chief'").await;
        assert_eq!(status, 400, "what is not shown is not to be guessed either");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_user_comes_back_whole() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let guest = contoso.guest("lea@fabrikam.example").await;
        let address = EmailAddress::parse("lea@fabrikam.example").unwrap();
        contoso.forget(&guest).await;
        let token = contoso.application_token(READ_WRITE).await;
        let (user, item) =
            (format!("/v1.0/users/{}", guest.id), format!("/v1.0/directory/deletedItems/{}", guest.id));
        assert_eq!(house.get(&token, &user).await.0, 404);
        let (status, deleted) = house.get(&token, &format!("{item}?$select=id,deletedDateTime")).await;
        assert_eq!((status, deleted["deletedDateTime"].is_string()), (200, true));
        assert!(find_by_address(&mut contoso.read().await, &address).await.unwrap().is_empty());

        house.advance(1);
        let token = contoso.application_token(READ_WRITE).await;
        let (status, restored) = house.call(Method::POST, &token, &format!("{item}/restore")).await;
        assert_eq!((status, &restored["@odata.type"]), (200, &Value::from("#microsoft.graph.user")));
        let back = find(&mut contoso.read().await, guest.id).await.unwrap().unwrap();
        assert_eq!(back.user_principal_name, guest.user_principal_name);
        assert!(back.sessions_valid_from > guest.sessions_valid_from, "older links are dead");
        assert_eq!(find_by_address(&mut contoso.read().await, &address).await.unwrap(), [back]);
        assert_eq!(house.call(Method::POST, &token, &format!("{item}/restore")).await.0, 404);
        let recorded = contoso.activities().await;
        assert!(
            recorded.contains(&"Delete external user".into()) && recorded.contains(&"Restore user".into())
        );
    })
    .await;
}

#[tokio::test]
async fn a_user_does_not_come_back_over_another() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(READ_WRITE).await;
        let restore = async |id: UserId, house: &House| {
            house.call(Method::POST, &token, &format!("/v1.0/directory/deletedItems/{id}/restore")).await
        };
        let first = contoso.member("ana").await;
        contoso.forget(&first).await;
        let second = contoso.member("ana").await;
        let (status, body) = restore(first.id, &house).await;
        assert_eq!((status, &body["error"]["code"]), (400, &Value::from("Request_BadRequest")));
        let details = body["error"]["details"].to_string();
        assert!(details.contains("ObjectConflict") && details.contains(&second.id.to_string()), "{details}");

        let guest = contoso.guest("lea@fabrikam.example").await;
        contoso.forget(&guest).await;
        let holder = contoso.guest("LEA@Fabrikam.example").await;
        contoso.change(holder.id, |user| user.user_principal_name = "other@contoso.example".into()).await;
        let (status, body) = restore(guest.id, &house).await;
        assert_eq!(status, 400, "the address is another's: {body}");
        contoso.forget(&holder).await;
        assert_eq!(restore(guest.id, &house).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn deleting_takes_a_role_besides_the_permission() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let path = format!("/v1.0/users/{}", ben.id);
        let token = contoso.user_token(&ana, "User.ReadWrite.All").await;
        let (status, body) = house.call(Method::DELETE, &token, &path).await;
        assert_eq!((status, &body["error"]["code"]), (403, &Value::from("Authorization_RequestDenied")));
        let weak = contoso.application_token(&["User.Read.All"]).await;
        assert_eq!(house.call(Method::DELETE, &weak, &path).await.0, 403);
        contoso.assign(&ana, Role::UserAdministrator).await;
        assert_eq!(house.call(Method::DELETE, &token, &path).await.0, 204);
        assert_eq!(house.call(Method::DELETE, &token, &path).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn thirty_days_after_its_deletion_a_user_is_gone() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let ben = contoso.member("ben").await;
        contoso.forget(&ana).await;
        house.advance(24 * RETENTION_DAYS - 1);
        contoso.forget(&ben).await;
        house.run_jobs(&contoso).await;
        assert!(store::find_deleted(&mut contoso.read().await, ana.id).await.unwrap().is_some());
        house.advance(2);
        house.run_jobs(&contoso).await;
        assert!(store::find_deleted(&mut contoso.read().await, ana.id).await.unwrap().is_none());
        assert!(store::find_deleted(&mut contoso.read().await, ben.id).await.unwrap().is_some());
        assert!(contoso.activities().await.contains(&"Hard Delete user".into()));
    })
    .await;
}

/// Lesson 8: what differs in Rust differs in each engine.
#[tokio::test]
async fn addresses_that_only_look_alike_belong_to_different_users() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let addresses = [
            "mike@fabrikam.example",
            "mikes@fabrikam.example",
            "m.ike@fabrikam.example",
            "mike+x@fabrikam.example",
            "mike@fabrikam.example.org",
            "mike@fabrıkam.example",
            "mike@xn--fabrkam-8zb.example",
            "mike@faß.example",
            "mike@fass.example",
            "mike@bücher.example",
            "mike@bu\u{308}chern.example",
            "mi_ke@fabrikam.example",
            "mi%ke@fabrikam.example",
        ];
        let parsed: Vec<EmailAddress> =
            addresses.iter().filter_map(|text| EmailAddress::parse(text).ok()).collect();
        assert!(parsed.len() >= 11);
        for address in &parsed {
            contoso.guest(address.as_str()).await;
        }
        let mut read = contoso.read().await;
        for address in &parsed {
            let found = find_by_address(&mut read, address).await.unwrap();
            let same: Vec<_> = parsed.iter().filter(|other| *other == address).collect();
            assert_eq!(found.len(), same.len(), "{address}");
            assert!(found.iter().all(|user| EmailAddress::parse(user.address()).unwrap() == *address));
        }
        let upper = EmailAddress::parse("MIKE@FABRIKAM.EXAMPLE").unwrap();
        assert_eq!(find_by_address(&mut read, &upper).await.unwrap().len(), 1);
        assert!(find_by_upn(&mut read, "MI\u{212a}E@contoso.example").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_identity_belongs_to_whoever_bound_it_first() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let first = contoso.guest("lea@fabrikam.example").await;
        let second = contoso.guest("mia@fabrikam.example").await;
        let identity = Identity {
            provider: "mail".into(),
            issuer: "mail".into(),
            subject: "lea@fabrikam.example".into(),
        };
        let bind = |mut tx, context: Arc<(UserId, Identity)>| async move {
            add_identity(&mut tx, context.0, &context.1).await
        };
        assert!(contoso.store().write((first.id, identity.clone()), bind).await.unwrap());
        assert!(!contoso.store().write((second.id, identity.clone()), bind).await.unwrap());
        let find = async |home: &crate::testing::Home, issuer: &str, subject: &str| {
            find_by_identity(&mut home.read().await, issuer, subject).await.unwrap().map(|user| user.id)
        };
        assert_eq!(find(&contoso, "mail", &identity.subject).await, Some(first.id));
        assert_eq!(find(&contoso, "https://evil.example", &identity.subject).await, None);
        assert_eq!(find(&contoso, "mail", "LEA@fabrikam.example").await, None);
        assert_eq!(find(&fabrikam, "mail", &identity.subject).await, None);
    })
    .await;
}
