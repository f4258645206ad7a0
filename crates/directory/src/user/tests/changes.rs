//! Making and changing users: what is taken, what is refused, who may.

use super::super::*;
use crate::role::Role;
use crate::testing::on_each_engine;
use http::Method;
use serde_json::{Value, json};

const READ_WRITE: &[&str] = &["User.ReadWrite.All"];

fn new_user(name: &str) -> Value {
    json!({
        "accountEnabled": true, "displayName": "Gia Conti", "mailNickname": name,
        "userPrincipalName": format!("{name}@contoso.example"),
        "passwordProfile": {"password": "Correct-horse-7", "forceChangePasswordNextSignIn": false},
    })
}

fn message(body: &Value) -> &str {
    body["error"]["message"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_user_is_made_whole_and_changed_whole_or_not_at_all() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(READ_WRITE).await;
        let mut new = new_user("gia");
        new["department"] = "Sales".into();
        new["employeeOrgData"] = json!({"division": "North", "costCenter": "7"});
        let (status, made) = house.send(Method::POST, &token, "/v1.0/users", &new).await;
        assert_eq!((status, &made["displayName"]), (201, &Value::from("Gia Conti")), "{made}");
        assert_eq!(made.as_object().unwrap().len(), 12, "the context and eleven properties");
        let path = format!("/v1.0/users/{}", made["id"].as_str().unwrap());

        let change = json!({
            "@odata.type": "#microsoft.graph.user", "jobTitle": "Buyer", "department": null, "city": "Roma", "mail": "gia@fabrikam.example",
            "otherMails": ["g@tailspin.example"], "businessPhones": ["+39 1"], "usageLocation": "IT", "employeeHireDate": "2026-01-31T00:00:00+01:00",
            "employeeOrgData": {"division": "South"}, "givenName": "", "userType": "guest",
        });
        assert_eq!(house.send(Method::PATCH, &token, &path, &change).await, (204, Value::Null));
        let select = "$select=jobTitle,department,city,mail,otherMails,businessPhones,usageLocation,employeeHireDate,\
                      employeeOrgData,givenName,userType,proxyAddresses,passwordProfile";
        let (_, mut user) = house.get(&token, &format!("{path}?{select}")).await;
        user.as_object_mut().unwrap().remove("@odata.context");
        let expected = json!({
            "jobTitle": "Buyer", "department": null, "city": "Roma", "mail": "gia@fabrikam.example",
            "otherMails": ["g@tailspin.example"], "businessPhones": ["+39 1"], "usageLocation": "IT",
            "employeeHireDate": "2026-01-30T23:00:00Z", "employeeOrgData": {"division": "South", "costCenter": "7"},
            "givenName": null, "userType": "Guest", "proxyAddresses": ["SMTP:gia@fabrikam.example"], "passwordProfile": null,
        });
        assert_eq!(user, expected);

        for (wrong, expected) in [
            (json!({"jobTitle": "Seller", "displayName": null}), "A value is required for property 'displayName' of resource 'User'."),
            (json!({"jobTitle": "Seller", "id": "x"}), "Property 'id' is read-only and cannot be set."),
            (json!({"jobTitle": "Seller", "foo": 1}), "Invalid property 'foo'."),
            (json!({"jobTitle": "Seller", "accountEnabled": "no"}), "Invalid value specified for property 'accountEnabled' of resource 'User'. It is true or false."),
            (json!({"jobTitle": "Seller", "surname": "x".repeat(65)}), "Invalid value specified for property 'surname' of resource 'User'. It has at most 64 characters."),
            (json!({"jobTitle": "Seller", "mail": "nobody"}), "Invalid value specified for property 'mail' of resource 'User'. It is an e-mail address."),
            (json!({"jobTitle": "Seller", "usageLocation": null}), "Invalid value specified for property 'usageLocation' of resource 'User'. It can be changed, but not taken away."),
            (json!({"jobTitle": "Seller", "employeeOrgData": {"colour": "red"}}), "Invalid property 'employeeOrgData/colour'."),
            (json!({"userPrincipalName": "gia@outside.example"}), "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization."),
            (json!({"userPrincipalName": "g i a@contoso.example"}), "Property 'userPrincipalName' is invalid."),
        ] {
            let (status, body) = house.send(Method::PATCH, &token, &path, &wrong).await;
            assert_eq!((status, message(&body)), (400, expected));
            assert_eq!(body["error"]["code"], "Request_BadRequest");
        }
        let (_, user) = house.get(&token, &format!("{path}?$select=jobTitle")).await;
        assert_eq!(user["jobTitle"], "Buyer", "nothing of a refused change is kept");
    })
    .await;
}

#[tokio::test]
async fn a_new_user_needs_its_names_a_password_and_what_nobody_else_has() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let token = contoso.application_token(READ_WRITE).await;
        for needed in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName", "passwordProfile"] {
            let mut new = new_user("gia");
            new.as_object_mut().unwrap().remove(needed);
            let (status, body) = house.send(Method::POST, &token, "/v1.0/users", &new).await;
            let expected = format!("A value is required for property '{needed}' of resource 'User'.");
            assert_eq!((status, message(&body)), (400, expected.as_str()));
        }
        let (status, body) = house.send(Method::POST, &token, "/v1.0/users", &new_user("ANA")).await;
        assert_eq!(status, 400);
        assert_eq!(message(&body), "Another object with the same value for property userPrincipalName already exists.");
        assert_eq!(body["error"]["details"][0]["code"], "ObjectConflict");
        assert_eq!(body["error"]["details"][1]["target"], ana.id.to_string());
        let mut new = new_user("gia");
        new["mail"] = "Ana@contoso.example".into();
        let (status, body) = house.send(Method::POST, &token, "/v1.0/users", &new).await;
        let expected = "A conflicting object with one or more of the specified property values is present in the directory.";
        assert_eq!((status, message(&body)), (400, expected));
        assert_eq!(house.get(&token, "/v1.0/users/gia@contoso.example").await.0, 404, "nothing of it is left");
    })
    .await;
}

#[tokio::test]
async fn a_change_is_found_by_the_new_values_and_told_in_the_log() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let token = contoso.application_token(&["User.ReadWrite.All", "AuditLog.Read.All"]).await;
        let path = format!("/v1.0/users/{}", ana.id);
        let change = json!({"displayName": "Ana Nova", "mail": "nova@contoso.example", "userPrincipalName": "nova@contoso.example", "city": "Porto", "jobTitle": null});
        assert_eq!(house.send(Method::PATCH, &token, &path, &change).await.0, 204);
        let found = house.list(&token, "/v1.0/users?$filter=mail%20eq%20'NOVA@contoso.example'").await;
        assert_eq!(found.len(), 1);
        assert!(house.list(&token, "/v1.0/users?$filter=mail%20eq%20'ana@contoso.example'").await.is_empty());
        assert_eq!(house.get(&token, "/v1.0/users/nova@contoso.example").await.0, 200);
        let events = house.list(&token, "/v1.0/auditLogs/directoryAudits?$filter=activityDisplayName%20eq%20'Update%20user'").await;
        let modified = events[0]["targetResources"][0]["modifiedProperties"].as_array().unwrap();
        let mut changed: Vec<_> = modified
            .iter()
            .map(|one| (one["displayName"].as_str().unwrap(), one["oldValue"].as_str().unwrap(), one["newValue"].as_str().unwrap()))
            .collect();
        changed.sort_unstable();
        assert_eq!(changed, [
            ("city", "null", "\"Porto\""),
            ("displayName", "\"ana\"", "\"Ana Nova\""),
            ("mail", "\"ana@contoso.example\"", "\"nova@contoso.example\""),
            ("userPrincipalName", "\"ana@contoso.example\"", "\"nova@contoso.example\""),
        ]);
        // Saying what is so already changes nothing.
        assert_eq!(house.send(Method::PATCH, &token, &path, &change).await.0, 204);
        let again = house.list(&token, "/v1.0/auditLogs/directoryAudits?$filter=activityDisplayName%20eq%20'Update%20user'").await;
        assert_eq!(again.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn people_change_their_own_phone_and_administrators_change_others() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (ana, ben, root) =
            (contoso.member("ana").await, contoso.member("ben").await, contoso.member("root").await);
        contoso.assign(&root, Role::GlobalAdministrator).await;
        let own = contoso.user_token(&ana, "User.ReadWrite").await;
        let wide = contoso.user_token(&ana, "User.ReadWrite.All").await;
        let at = |user: &User| format!("/v1.0/users/{}", user.id);
        let (phone, title) = (json!({"mobilePhone": "+1"}), json!({"jobTitle": "Chief"}));
        for (token, path, body, expected) in [
            (&own, "/v1.0/me".to_owned(), &phone, 204),
            (&own, at(&ana), &phone, 204),
            (&own, "/v1.0/me".to_owned(), &title, 403),
            (&own, at(&ben), &phone, 403),
            (&wide, at(&ben), &title, 403),
        ] {
            assert_eq!(house.send(Method::PATCH, token, &path, body).await.0, expected, "{path} {body}");
        }
        contoso.assign(&ana, Role::UserAdministrator).await;
        for (token, path, body, expected) in [
            (&wide, at(&ben), &title, 204),
            (&wide, at(&ben), &phone, 204),
            (&wide, at(&root), &title, 204),
            (&wide, at(&root), &phone, 403),
            (&wide, at(&root), &json!({"passwordProfile": {"password": "Correct-horse-7"}}), 403),
            (&own, at(&ben), &title, 403),
        ] {
            assert_eq!(house.send(Method::PATCH, token, &path, body).await.0, expected, "{path} {body}");
        }
        let read = contoso.application_token(&["User.Read.All"]).await;
        assert_eq!(house.send(Method::PATCH, &read, &at(&ben), &title).await.0, 403);
    })
    .await;
}

#[tokio::test]
async fn a_manager_and_sponsors_are_set_and_taken_away() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let token = contoso.application_token(READ_WRITE).await;
        let path = format!("/v1.0/users/{}", ana.id);
        let of = |id: UserId| json!({"@odata.id": format!("https://localhost:8443/v1.0/users/{id}")});
        assert_eq!(house.get(&token, &format!("{path}/manager")).await.0, 404);
        assert_eq!(
            house.send(Method::PUT, &token, &format!("{path}/manager/$ref"), &of(ben.id)).await.0,
            204
        );
        let (status, manager) = house.get(&token, &format!("{path}/manager")).await;
        assert_eq!((status, &manager["@odata.type"]), (200, &Value::from("#microsoft.graph.user")));
        assert_eq!(manager["displayName"], "ben");
        let (status, body) =
            house.send(Method::PUT, &token, &format!("{path}/manager/$ref"), &of(ana.id)).await;
        assert_eq!((status, message(&body)), (400, "Not a valid reference update."));
        assert_eq!(house.call(Method::DELETE, &token, &format!("{path}/manager/$ref")).await.0, 204);
        assert_eq!(house.call(Method::DELETE, &token, &format!("{path}/manager/$ref")).await.0, 404);

        assert_eq!(
            house.send(Method::POST, &token, &format!("{path}/sponsors/$ref"), &of(ben.id)).await.0,
            204
        );
        let (status, body) =
            house.send(Method::POST, &token, &format!("{path}/sponsors/$ref"), &of(ben.id)).await;
        assert_eq!(status, 400);
        assert!(message(&body).starts_with("One or more added object references already exist"));
        let sponsor = format!("{path}/sponsors/{}/$ref", ben.id);
        assert_eq!(house.call(Method::DELETE, &token, &sponsor).await.0, 204);
        assert_eq!(house.call(Method::DELETE, &token, &sponsor).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn ending_the_sessions_of_a_user_makes_its_tokens_old() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let old = contoso.user_token(&ana, "User.Read").await;
        assert_eq!(house.get(&old, "/v1.0/me").await.0, 200);
        house.advance(1);
        let token = contoso.application_token(&["User.RevokeSessions.All"]).await;
        let path = format!("/v1.0/users/{}/revokeSignInSessions", ana.id);
        let (status, body) = house.call(Method::POST, &token, &path).await;
        assert_eq!((status, &body["value"]), (200, &Value::from(true)));
        assert_eq!(house.get(&old, "/v1.0/me").await.0, 401);
    })
    .await;
}
