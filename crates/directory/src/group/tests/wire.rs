//! Groups, members and owners over Graph.

use crate::access::GuestAccess;
use crate::role::Role;
use crate::testing::{House, on_each_engine};
use http::Method;
use kernel::ObjectId;
use serde_json::{Value, json};

const ALL: &[&str] = &["Group.ReadWrite.All", "User.ReadWrite.All", "Directory.Read.All"];

fn team() -> Value {
    json!({"displayName": "Team", "mailNickname": "team", "mailEnabled": false, "securityEnabled": true})
}

fn named(name: &str) -> Value {
    json!({"displayName": name, "mailNickname": name.to_lowercase(), "mailEnabled": false, "securityEnabled": true})
}

async fn make(house: &House, token: &str, body: &Value) -> String {
    let (status, group) = house.send(Method::POST, token, "/v1.0/groups", body).await;
    assert_eq!(status, 201, "{group}");
    group["id"].as_str().unwrap().to_owned()
}

fn reference(id: impl std::fmt::Display) -> Value {
    json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")})
}

async fn add(
    house: &House,
    token: &str,
    group: &str,
    relation: &str,
    id: impl std::fmt::Display,
) -> (u16, Value) {
    let path = format!("/v1.0/groups/{group}/{relation}/$ref");
    house.send(Method::POST, token, &path, &reference(id)).await
}

fn ids(list: &[Value]) -> Vec<String> {
    let mut ids: Vec<String> = list.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    ids.sort_unstable();
    ids
}

fn sorted(ids: &[ObjectId]) -> Vec<String> {
    let mut ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.sort_unstable();
    ids
}

fn error(body: &Value) -> (&str, &str) {
    (body["error"]["code"].as_str().unwrap(), body["error"]["message"].as_str().unwrap())
}

#[tokio::test]
async fn a_group_is_made_read_changed_deleted_and_restored() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let (status, group) = house.send(Method::POST, &token, "/v1.0/groups", &team()).await;
        assert_eq!(status, 201, "{group}");
        assert_eq!(group["@odata.context"], "https://localhost:8443/v1.0/$metadata#groups/$entity");
        for (property, value) in [
            ("displayName", json!("Team")),
            ("mailEnabled", json!(false)),
            ("securityEnabled", json!(true)),
            ("groupTypes", json!([])),
            ("description", Value::Null),
            ("visibility", Value::Null),
            ("mail", Value::Null),
            ("proxyAddresses", json!([])),
            ("membershipRule", Value::Null),
            ("isAssignableToRole", Value::Null),
        ] {
            assert_eq!(group[property], value, "{property}");
        }
        let path = format!("/v1.0/groups/{}", group["id"].as_str().unwrap());
        let (status, read) = house.get(&token, &path).await;
        assert_eq!((status, read), (200, group.clone()));
        let change = json!({"description": "Falcon", "displayName": "Team Falcon"});
        assert_eq!(house.send(Method::PATCH, &token, &path, &change).await, (204, Value::Null));
        let selected = format!("{path}?$select=displayName,description,allowExternalSenders");
        let (_, read) = house.get(&token, &selected).await;
        assert_eq!(
            (&read["displayName"], &read["description"], &read["allowExternalSenders"]),
            (&json!("Team Falcon"), &json!("Falcon"), &json!(false))
        );
        assert_eq!(house.send(Method::PATCH, &token, &path, &json!({"description": null})).await.0, 204);
        assert_eq!(house.get(&token, &path).await.1["description"], Value::Null);
        assert_eq!(house.call(Method::DELETE, &token, &path).await.0, 204);
        let (status, body) = house.get(&token, &path).await;
        assert_eq!((status, error(&body).0), (404, "Request_ResourceNotFound"));
        let item = path.replace("/groups/", "/directory/deletedItems/");
        let (status, deleted) = house.get(&token, &item).await;
        assert_eq!((status, &deleted["@odata.type"]), (200, &json!("#microsoft.graph.group")));
        assert!(deleted["deletedDateTime"].is_string());
        let list = house.list(&token, "/v1.0/directory/deletedItems/microsoft.graph.group").await;
        assert_eq!(ids(&list), [group["id"].as_str().unwrap()]);
        let (status, back) = house.call(Method::POST, &token, &format!("{item}/restore")).await;
        assert_eq!((status, &back["displayName"]), (200, &json!("Team Falcon")));
        assert_eq!(house.get(&token, &path).await.0, 200);
        assert_eq!(house.call(Method::DELETE, &token, &path).await.0, 204);
        assert_eq!(house.call(Method::DELETE, &token, &item).await.0, 204);
        assert_eq!(house.get(&token, &item).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn groups_are_listed_by_filter_search_and_order() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        for name in ["Blue", "Red", "Green", "Blackbird"] {
            make(&house, &token, &named(name)).await;
        }
        let unified = json!({"displayName": "Post", "mailNickname": "post", "mailEnabled": true,
            "securityEnabled": false, "groupTypes": ["Unified"]});
        make(&house, &token, &unified).await;
        let names = async |path: &str| {
            let list = house.list_eventual(&token, path).await;
            list.iter().map(|group| group["displayName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("/v1.0/groups?$filter=startswith(displayName,'bl')").await, ["Blackbird", "Blue"]);
        assert_eq!(names("/v1.0/groups?$filter=mailNickname%20eq%20'red'").await, ["Red"]);
        assert_eq!(names("/v1.0/groups?$filter=groupTypes/any(c:c%20eq%20'Unified')").await, ["Post"]);
        assert_eq!(names("/v1.0/groups?$filter=mailEnabled%20eq%20true").await, ["Post"]);
        let ordered = names("/v1.0/groups?$orderby=displayName%20desc&$top=2").await;
        assert_eq!(ordered, ["Red", "Post"]);
        assert_eq!(names("/v1.0/groups?$search=%22displayName:gree%22").await, ["Green"]);
        assert_eq!(house.text_eventual(&token, "/v1.0/groups/$count").await, (200, "5".to_owned()));
        let azure = "/v1.0/groups?$filter=displayName%20eq%20'Red'%20and%20mailNickname%20eq%20'red'";
        assert_eq!(house.list(&token, azure).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn members_come_and_go_by_reference() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let inner = make(&house, &token, &named("Inner")).await;
        let mut body = named("Outer");
        body["members@odata.bind"] = json!([format!("https://localhost:8443/v1.0/users/{}", ana.id)]);
        body["owners@odata.bind"] = json!([format!("directoryObjects('{}')", ben.id)]);
        let outer = make(&house, &token, &body).await;
        assert_eq!(add(&house, &token, &outer, "members", &inner).await, (204, Value::Null));
        assert_eq!(add(&house, &token, &inner, "members", ben.id).await.0, 204);
        let (status, again) = add(&house, &token, &inner, "members", ben.id).await;
        assert_eq!(status, 400);
        assert_eq!(
            error(&again),
            (
                "Request_BadRequest",
                "One or more added object references already exist for the following modified properties: 'members'."
            )
        );
        let base = format!("/v1.0/groups/{outer}");
        let members = house.list(&token, &format!("{base}/members")).await;
        assert_eq!(ids(&members), sorted(&[ana.object_id(), inner.parse().unwrap()]));
        let user = members.iter().find(|member| member["@odata.type"] == "#microsoft.graph.user").unwrap();
        assert_eq!((&user["displayName"], user.as_object().unwrap().len()), (&json!("ana"), 12));
        let all = house.list(&token, &format!("{base}/transitiveMembers")).await;
        assert_eq!(ids(&all), sorted(&[ana.object_id(), ben.object_id(), inner.parse().unwrap()]));
        let users = house.list(&token, &format!("{base}/transitiveMembers/graph.user?$select=id,jobTitle")).await;
        assert_eq!(ids(&users), sorted(&[ana.object_id(), ben.object_id()]));
        assert!(users[0].get("@odata.type").is_none());
        assert_eq!(ids(&house.list(&token, &format!("{base}/owners")).await), [ben.id.to_string()]);
        let above = house.list(&token, &format!("/v1.0/users/{}/transitiveMemberOf", ben.id)).await;
        assert_eq!(ids(&above), sorted(&[inner.parse().unwrap(), outer.parse().unwrap()]));
        assert_eq!(above[0]["@odata.type"], "#microsoft.graph.group");
        let direct = house.list(&token, &format!("/v1.0/users/{}/memberOf", ben.user_principal_name)).await;
        assert_eq!(ids(&direct), [inner.as_str()]);
        let owned = house.list(&token, &format!("/v1.0/users/{}/ownedObjects/microsoft.graph.group", ben.id)).await;
        assert_eq!(ids(&owned), [outer.as_str()]);
        let references = house.list(&token, &format!("{base}/members/$ref")).await;
        assert_eq!(references.len(), 2);

        let member = format!("{base}/members/{}", ana.id);
        let (status, body) = house.call(Method::DELETE, &token, &member).await;
        assert_eq!((status, error(&body).1), (400, "Write requests are only supported on contained entities"));
        assert_eq!(house.call(Method::DELETE, &token, &format!("{member}/$ref")).await.0, 204);
        let (status, body) = house.call(Method::DELETE, &token, &format!("{member}/$ref")).await;
        assert_eq!((status, error(&body).0), (400, "Request_BadRequest"));
        let named = format!("{base}/members/$ref?@id=https://localhost:8443/v1.0/groups/{inner}");
        assert_eq!(house.call(Method::DELETE, &token, &named).await.0, 204);
        assert!(house.list(&token, &format!("{base}/members")).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn members_are_paged_counted_and_after_a_cast_filtered() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let group = make(&house, &token, &team()).await;
        let mut people = Vec::new();
        for name in ["ana", "anton", "ben", "cas", "dan"] {
            let user = contoso.member(name).await;
            assert_eq!(add(&house, &token, &group, "members", user.id).await.0, 204);
            people.push(user.object_id());
        }
        contoso.member("anders").await;
        let base = format!("/v1.0/groups/{group}");
        for path in ["members", "members/microsoft.graph.user", "transitiveMembers"] {
            let (mut next, mut found, mut pages) = (format!("{base}/{path}?$top=2"), Vec::new(), 0);
            loop {
                let (status, page) = house.get(&token, &next).await;
                assert_eq!(status, 200, "{page}");
                found.extend(page["value"].as_array().unwrap().clone());
                pages += 1;
                let Some(link) = page["@odata.nextLink"].as_str() else { break };
                next = link.strip_prefix("https://localhost:8443").unwrap().to_owned();
            }
            assert_eq!((ids(&found), pages), (sorted(&people), 3), "{path}");
        }
        let (_, page) = house.get_eventual(&token, &format!("{base}/members?$count=true&$top=1")).await;
        assert_eq!(page["@odata.count"], 5);
        let count = house.text_eventual(&token, &format!("{base}/transitiveMembers/$count")).await;
        assert_eq!(count, (200, "5".to_owned()));
        assert_eq!(house.get(&token, &format!("{base}/members/$count")).await.0, 400, "without the header");
        let filter = "$filter=startswith(displayName,'an')&$count=true&$orderby=displayName%20desc";
        for path in ["members", "transitiveMembers"] {
            let path = format!("{base}/{path}/microsoft.graph.user?{filter}");
            let (status, page) = house.get_eventual(&token, &path).await;
            assert_eq!((status, &page["@odata.count"]), (200, &json!(2)), "{page}");
            let names: Vec<_> =
                page["value"].as_array().unwrap().iter().map(|user| &user["displayName"]).collect();
            assert_eq!(names, ["anton", "ana"]);
        }
        let found = house
            .list_eventual(
                &token,
                &format!(
                    "/v1.0/users/{}/memberOf/microsoft.graph.group?$search=%22displayName:tea%22",
                    people[0]
                ),
            )
            .await;
        assert_eq!(ids(&found), [group.as_str()]);
        let (status, body) =
            house.get(&token, &format!("{base}/members?$filter=displayName%20eq%20'ana'")).await;
        assert_eq!((status, error(&body).0), (400, "Request_UnsupportedQuery"));
        assert_eq!(house.get(&token, &format!("{base}/members?$skiptoken=x")).await.0, 400);
    })
    .await;
}

#[tokio::test]
async fn a_patch_binds_at_most_twenty_members_and_all_of_them() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(&["GroupMember.ReadWrite.All"]).await;
        let owner = contoso.application_token(ALL).await;
        let group = make(&house, &owner, &team()).await;
        let mut people = Vec::new();
        for at in 0..20 {
            people.push(contoso.member(&format!("user{at}")).await.object_id());
        }
        let path = format!("/v1.0/groups/{group}");
        let bind = |ids: &[ObjectId]| {
            let addresses: Vec<String> = ids.iter().map(|id| format!("/directoryObjects/{id}")).collect();
            json!({"members@odata.bind": addresses})
        };
        let mut many = people.clone();
        many.push(ObjectId(house.rng().uuid()));
        assert_eq!(house.send(Method::PATCH, &token, &path, &bind(&many)).await.0, 400, "twenty-one");
        assert_eq!(
            house.send(Method::PATCH, &token, &path, &bind(&many[15..])).await.0,
            404,
            "one is nobody"
        );
        assert!(house.list(&owner, &format!("{path}/members")).await.is_empty());
        assert_eq!(house.send(Method::PATCH, &token, &path, &bind(&people)).await.0, 204);
        assert_eq!(house.list(&owner, &format!("{path}/members")).await.len(), 20);
        let (status, body) = house.send(Method::PATCH, &token, &path, &json!({"displayName": "X"})).await;
        assert_eq!((status, error(&body).0), (403, "Authorization_RequestDenied"), "members alone");
    })
    .await;
}

#[tokio::test]
async fn questions_of_membership_are_answered_through_nested_groups() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let ana = contoso.member("ana").await;
        let (outer, inner, other) = (
            make(&house, &token, &named("Outer")).await,
            make(&house, &token, &named("Inner")).await,
            make(&house, &token, &named("Other")).await,
        );
        add(&house, &token, &outer, "members", &inner).await;
        add(&house, &token, &inner, "members", ana.id).await;
        let expected = sorted(&[outer.parse().unwrap(), inner.parse().unwrap()]);
        let me = contoso.user_token(&ana, "User.Read").await;
        for (token, base) in [
            (&token, format!("/v1.0/users/{}", ana.id)),
            (&token, format!("/v1.0/directoryObjects/{}", ana.id)),
            (&me, "/v1.0/me".to_owned()),
        ] {
            let ask = async |name: &str, body: Value| {
                let (status, answer) =
                    house.send(Method::POST, token, &format!("{base}/{name}"), &body).await;
                assert_eq!(status, 200, "{name} {answer}");
                assert_eq!(
                    answer["@odata.context"],
                    "https://localhost:8443/v1.0/$metadata#Collection(Edm.String)"
                );
                let mut ids: Vec<String> = answer["value"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|id| id.as_str().unwrap().to_owned())
                    .collect();
                ids.sort_unstable();
                ids
            };
            let asked = json!([outer, inner, other]);
            assert_eq!(ask("checkMemberGroups", json!({"groupIds": asked})).await, expected);
            assert_eq!(ask("checkMemberObjects", json!({"ids": asked})).await, expected);
            assert_eq!(ask("getMemberGroups", json!({"securityEnabledOnly": false})).await, expected);
            assert_eq!(
                ask("microsoft.graph.getMemberObjects", json!({"securityEnabledOnly": true})).await,
                expected
            );
        }
        let path = format!("/v1.0/groups/{inner}/getMemberGroups");
        let (_, answer) =
            house.send(Method::POST, &token, &path, &json!({"securityEnabledOnly": false})).await;
        assert_eq!(answer["value"], json!([outer]));
        let many: Vec<String> = (0..21).map(|_| house.rng().uuid().to_string()).collect();
        let path = format!("/v1.0/users/{}/checkMemberGroups", ana.id);
        assert_eq!(house.send(Method::POST, &token, &path, &json!({"groupIds": many})).await.0, 400);
    })
    .await;
}

#[tokio::test]
async fn objects_of_any_kind_are_read_by_their_ids() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(&["Directory.Read.All"]).await;
        let (ana, group) =
            (contoso.member("ana").await, make(&house, &contoso.application_token(ALL).await, &team()).await);
        let (application, _) = contoso.application("Robot").await;
        for (id, kind) in [
            (ana.id.to_string(), "#microsoft.graph.user"),
            (group.clone(), "#microsoft.graph.group"),
            (application.id.to_string(), "#microsoft.graph.servicePrincipal"),
        ] {
            let (status, object) = house.get(&token, &format!("/v1.0/directoryObjects/{id}")).await;
            assert_eq!((status, &object["@odata.type"]), (200, &json!(kind)), "{object}");
            assert_eq!(
                object["@odata.context"],
                "https://localhost:8443/v1.0/$metadata#directoryObjects/$entity"
            );
        }
        let body = json!({"ids": [ana.id, group, application.id, house.rng().uuid()]});
        let path = "/v1.0/directoryObjects/getByIds";
        let (status, found) = house.send(Method::POST, &token, path, &body).await;
        assert_eq!(status, 200, "{found}");
        let expected = sorted(&[ana.object_id(), group.parse().unwrap(), application.id.into()]);
        assert_eq!(ids(found["value"].as_array().unwrap()), expected);
        let body = json!({"ids": [ana.id, group], "types": ["user", "device"]});
        let (_, found) = house.send(Method::POST, &token, path, &body).await;
        assert_eq!(ids(found["value"].as_array().unwrap()), [ana.id.to_string()]);
        let many: Vec<String> = (0..1001).map(|_| house.rng().uuid().to_string()).collect();
        assert_eq!(house.send(Method::POST, &token, path, &json!({"ids": many})).await.0, 400);
        assert_eq!(house.send(Method::POST, &token, path, &json!({"ids": ["x"]})).await.0, 400);
    })
    .await;
}

#[tokio::test]
async fn a_person_manages_the_groups_they_own() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let scopes = "Group.ReadWrite.All User.Read.All";
        let (mine, other) = (contoso.user_token(&ana, scopes).await, contoso.user_token(&ben, scopes).await);
        let group = make(&house, &mine, &team()).await;
        let path = format!("/v1.0/groups/{group}");
        assert_eq!(ids(&house.list(&mine, &format!("{path}/owners")).await), [ana.id.to_string()]);
        let change = json!({"description": "x"});
        assert_eq!(house.send(Method::PATCH, &other, &path, &change).await.0, 403);
        assert_eq!(house.call(Method::DELETE, &other, &path).await.0, 403);
        assert_eq!(add(&house, &other, &group, "members", ben.id).await.0, 403);
        assert_eq!(add(&house, &mine, &group, "members", ben.id).await.0, 204);
        assert_eq!(add(&house, &mine, &group, "owners", ben.id).await.0, 204);
        assert_eq!(house.send(Method::PATCH, &other, &path, &change).await.0, 204);
        let cas = contoso.member("cas").await;
        let admin = contoso.user_token(&cas, scopes).await;
        assert_eq!(house.call(Method::DELETE, &admin, &path).await.0, 403);
        contoso.assign(&cas, Role::GroupsAdministrator).await;
        assert_eq!(house.call(Method::DELETE, &admin, &path).await.0, 204);
        let narrow = contoso.user_token(&ana, "User.Read").await;
        assert_eq!(house.send(Method::POST, &narrow, "/v1.0/groups", &team()).await.0, 403);
        let robot = contoso.application_token(&["Group.Create"]).await;
        let made = make(&house, &robot, &named("Robots")).await;
        assert_eq!(house.call(Method::DELETE, &robot, &format!("/v1.0/groups/{made}")).await.0, 403);
    })
    .await;
}

#[tokio::test]
async fn guests_see_of_groups_what_their_level_of_access_lets_them() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let (lea, ana) = (contoso.guest("lea@fabrikam.example").await, contoso.member("ana").await);
        let (own, other) =
            (make(&house, &token, &named("Own")).await, make(&house, &token, &named("Other")).await);
        add(&house, &token, &own, "members", lea.id).await;
        add(&house, &token, &own, "members", ana.id).await;
        let guest = contoso.user_token(&lea, "Group.Read.All User.Read.All").await;
        let status = async |path: String| house.get(&guest, &path).await.0;
        for (access, expected) in [
            (GuestAccess::SameAsMembers, [200, 200, 200, 200, 200, 200]),
            (GuestAccess::Limited, [403, 200, 200, 200, 200, 403]),
            (GuestAccess::Restricted, [403, 403, 403, 403, 200, 403]),
        ] {
            contoso.let_guests_see(access).await;
            let found = [
                status("/v1.0/groups".to_owned()).await,
                status("/v1.0/groups?$filter=displayName%20eq%20'Other'".to_owned()).await,
                status(format!("/v1.0/groups/{other}")).await,
                status(format!("/v1.0/groups/{own}/members")).await,
                status("/v1.0/me/memberOf".to_owned()).await,
                status(format!("/v1.0/users/{}/memberOf", ana.id)).await,
            ];
            assert_eq!(found, expected, "{access:?}");
            let mine = house.list(&guest, "/v1.0/me/memberOf").await;
            assert_eq!(ids(&mine), [own.as_str()]);
            let name = if access == GuestAccess::Restricted { Value::Null } else { json!("Own") };
            assert_eq!(mine[0]["displayName"], name, "{access:?}");
        }
        let made = house
            .send(
                Method::POST,
                &contoso.user_token(&lea, "Group.ReadWrite.All").await,
                "/v1.0/groups",
                &team(),
            )
            .await;
        assert_eq!(made.0, 403);
        contoso.assign(&lea, Role::DirectoryReaders).await;
        assert_eq!(status("/v1.0/groups".to_owned()).await, 200, "a role adds its rights");
    })
    .await;
}

#[tokio::test]
async fn what_a_token_may_not_read_is_shown_by_type_and_id_alone() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let (ana, group) = (contoso.member("ana").await, make(&house, &token, &team()).await);
        add(&house, &token, &group, "members", ana.id).await;
        let narrow = contoso.application_token(&["GroupMember.Read.All"]).await;
        let members = house.list(&narrow, &format!("/v1.0/groups/{group}/members")).await;
        assert_eq!(
            (&members[0]["@odata.type"], &members[0]["id"], &members[0]["displayName"]),
            (&json!("#microsoft.graph.user"), &json!(ana.id), &Value::Null)
        );
        assert_eq!(members[0]["businessPhones"], json!([]));
        let filtered =
            format!("/v1.0/groups/{group}/members/microsoft.graph.user?$filter=startswith(displayName,'a')");
        assert_eq!(house.get(&narrow, &filtered).await.0, 403, "a condition would tell what is hidden");
        let me = contoso.user_token(&ana, "User.Read").await;
        let mine = house.list(&me, "/v1.0/me/memberOf").await;
        assert_eq!((&mine[0]["id"], &mine[0]["displayName"]), (&json!(group), &Value::Null));
        let other = contoso.member("ben").await;
        assert_eq!(house.get(&me, &format!("/v1.0/users/{}/memberOf", other.id)).await.0, 403);
    })
    .await;
}

#[tokio::test]
async fn hidden_members_are_seen_by_members() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let token = contoso.application_token(ALL).await;
        let (ana, ben) = (contoso.member("ana").await, contoso.member("ben").await);
        let body = json!({"displayName": "Secret", "mailNickname": "secret", "mailEnabled": true,
            "securityEnabled": false, "groupTypes": ["Unified"], "visibility": "HiddenMembership",
            "members@odata.bind": [format!("/users/{}", ana.id)]});
        let group = make(&house, &token, &body).await;
        let path = format!("/v1.0/groups/{group}/members");
        for (token, expected) in [
            (contoso.user_token(&ana, "Group.Read.All").await, 200),
            (contoso.user_token(&ben, "Group.Read.All").await, 403),
            (token.clone(), 403),
            (contoso.application_token(&["Group.Read.All", "Member.Read.Hidden"]).await, 200),
        ] {
            assert_eq!(house.get(&token, &path).await.0, expected);
        }
    })
    .await;
}
