use crate::{
    Access, Authenticate, BoxFuture, Budget, Call, Caller, Entity, Json, Property, Reply, Route, Subject,
    router,
};
use axum::body::Body;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use kernel::{
    AppId, ApplicationId, Clock, Error, Kind, Origin, Refusal, Result, Rng, RuleId, TenantId, UserId,
};
use odata::QueryOption;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;
use uuid::Uuid;

struct User {
    id: String,
    name: String,
    mail: Option<String>,
    notice: bool,
}

const USER: Entity<User> = Entity::new(
    "microsoft.graph.user",
    "users",
    &[
        Property::default("id", |user| Json::from(&user.id)),
        Property::default("displayName", |user| Json::from(&user.name)),
        Property::default("mail", |user| Json::from(user.mail.as_deref())),
        Property::selectable("createdDateTime", |_| Json::Seconds(kernel::Timestamp::UNIX_EPOCH)),
        Property::annotation("@lodge.notice", |user| {
            if user.notice { Json::from(json!([{ "code": "noted" }])) } else { Json::Absent }
        }),
    ],
);
const DELETED_USER: Entity<User> = USER.within("directoryObjects");

const READ: Access = Access::Scoped {
    delegated: &["User.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Directory.Read.All"],
};

/// `user` is a delegated token with `User.Read.All`, `app:A,B` an application with these permissions.
struct Tokens;

impl Authenticate for Tokens {
    fn authenticate<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>> {
        let id = Uuid::from_u128(1);
        let caller = |subject, scopes, app_roles| Caller {
            tenant: TenantId(id),
            subject,
            app_id: AppId(id),
            scopes,
            app_roles,
        };
        let user = Subject::User {
            id: UserId(id),
            display_name: "Ann".to_owned(),
            user_principal_name: "ann@contoso.example".to_owned(),
            mail: None,
            roles: Vec::new(),
        };
        let application =
            Subject::Application { id: ApplicationId(id), display_name: "Automation".to_owned() };
        let result = match bearer.strip_prefix("app:") {
            Some(roles) => Ok(caller(application, vec![], roles.split(',').map(str::to_owned).collect())),
            None if bearer == "user" => Ok(caller(user, vec!["User.Read.All".to_owned()], vec![])),
            None => Err(Error::unauthenticated("Access token has expired or is not yet valid.")),
        };
        Box::pin(async move { result })
    }
}

fn ann() -> User {
    User { id: "1".to_owned(), name: "Ann \"A\"".to_owned(), mail: None, notice: false }
}

fn graph() -> axum::Router {
    graph_within(Budget::default())
}

fn graph_within(budget: Budget) -> axum::Router {
    let routes =
        vec![
            Route::get("/users", READ, async |call| {
                let shape = call.shape(&USER)?.counting(2);
                let size = call.query().page_size(100, 999)?;
                let rows = [ann(), User { mail: Some("b@c.example".to_owned()), ..ann() }];
                let next = (size == 2).then_some("a/b=");
                Ok(Reply::page(&shape, &rows, next))
            })
            .with_options(&[QueryOption::Top, QueryOption::SkipToken])
            .costing(2),
            Route::post("/users", Access::SignedIn, async |call| {
                let shape = call.shape(&USER)?;
                let mut object = call.object()?;
                let name = object.take_string("displayName")?.ok_or_else(|| crate::missing("displayName"))?;
                object.finish()?;
                Ok(Reply::created(&shape, &User { name, notice: true, ..ann() }, &call.link("/users/1")))
            }),
            Route::get("/users/{user}", READ, async |call| {
                let shape = call.shape(&USER)?;
                Ok(Reply::entity(&shape, &User { id: call.key("user").to_owned(), ..ann() }))
            }),
            Route::delete("/users/{user}", READ, async |_| Ok(Reply::no_content())),
            Route::get("/directory/deletedItems/{object}", READ, async |call| {
                Ok(Reply::entity(&call.shape(&DELETED_USER)?, &ann()))
            }),
            Route::get("/me", Access::Scoped { delegated: &["User.Read"], application: &[] }, async |call| {
                Reply::json(200, &json!({ "name": call.caller.actor().user_id() }))
            }),
            Route::get("/panics", Access::SignedIn, async |_| panic!("a secret cause")),
            Route::get("/fails/{how}", Access::SignedIn, async |call| {
                Err(match call.key("how") {
                    "internal" => Error::internal("a secret cause"),
                    "slow" => Error::new(Kind::TooManyRequests { retry_after: 7 }, "Too many requests."),
                    "conflict" => Error::bad_request("Another object has it.")
                        .code("Request_BadRequest")
                        .detail("ObjectConflict", "taken", "mail"),
                    _ => Refusal::new(RuleId("test.rule"), "Not you.", "Ask Ann.")
                        .decided_by("allowInvitesFrom", "none")
                        .changed_by("Global Administrator")
                        .into(),
                })
            }),
            Route::anonymous("/open", async |call: Call<()>| {
                Reply::json(200, &json!({ "id": call.client_request_id }))
            }),
        ];
    let origin = Origin::parse("https://localhost:8443").unwrap();
    let budget = Arc::new(move || budget);
    router(routes, Arc::new(Tokens), origin, budget, Clock::system(), Rng::system()).unwrap()
}

async fn send(request: http::request::Builder, body: impl Into<Body>) -> Response<Body> {
    graph().oneshot(request.body(body.into()).unwrap()).await.unwrap()
}

fn get(path: &str) -> http::request::Builder {
    Request::get(path).header("authorization", "Bearer user")
}

fn post(path: &str) -> http::request::Builder {
    Request::post(path).header("authorization", "bearer user").header("content-type", "application/json")
}

async fn bytes(response: Response<Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn body(response: Response<Body>) -> Value {
    serde_json::from_slice(&bytes(response).await).unwrap()
}

/// Status, code and message of an error.
async fn error(response: Response<Body>) -> (u16, String, String) {
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.headers().contains_key("request-id"));
    let status = response.status().as_u16();
    let body = body(response).await;
    let text = |name: &str| body["error"][name].as_str().unwrap().to_owned();
    (status, text("code"), text("message"))
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn an_entity_has_its_context_and_its_default_properties() {
    let response = send(get("/v1.0/users/7"), "").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        header(&response, "content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    assert_eq!(header(&response, "odata-version"), "4.0");
    assert_eq!(header(&response, "cache-control"), "no-cache");
    assert_eq!(
        String::from_utf8(bytes(response).await).unwrap(),
        r#"{"@odata.context":"https://localhost:8443/v1.0/$metadata#users/$entity","id":"7","displayName":"Ann \"A\"","mail":null}"#
    );
}

#[tokio::test]
async fn what_is_selected_is_written_and_named_in_the_context() {
    let selected = body(send(get("/beta/users/7?$select=createdDateTime,DISPLAYNAME"), "").await).await;
    assert_eq!(
        selected,
        json!({
            "@odata.context": "https://localhost:8443/beta/$metadata#users(createdDateTime,DISPLAYNAME)/$entity",
            "createdDateTime": "1970-01-01T00:00:00Z",
            "displayName": "Ann \"A\"",
        })
    );
    let (status, code, message) = error(send(get("/v1.0/users/7?select=foo"), "").await).await;
    assert_eq!((status, code.as_str()), (400, "BadRequest"));
    assert_eq!(
        message,
        "Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.user'."
    );
    let error = error(send(get("/v1.0/users/7?$select=@lodge.notice"), "").await).await;
    assert_eq!(error.0, 400);
}

#[tokio::test]
async fn an_element_of_a_more_general_set_carries_its_type() {
    let deleted = body(send(get("/v1.0/directory/deletedItems/1?$select=id"), "").await).await;
    assert_eq!(
        deleted,
        json!({
            "@odata.context": "https://localhost:8443/v1.0/$metadata#directoryObjects(id)/$entity",
            "@odata.type": "#microsoft.graph.user",
            "id": "1",
        })
    );
}

#[tokio::test]
async fn a_page_links_to_the_next_with_all_that_was_asked() {
    let page = body(send(get("/v1.0//users?$top=2&$select=mail&$skiptoken=old&x=%20y"), "").await).await;
    assert_eq!(
        page,
        json!({
            "@odata.context": "https://localhost:8443/v1.0/$metadata#users(mail)",
            "@odata.count": 2,
            "@odata.nextLink":
                "https://localhost:8443/v1.0//users?$top=2&$select=mail&x=%20y&$skiptoken=a%2Fb%3D",
            "value": [{ "mail": null }, { "mail": "b@c.example" }],
        })
    );
    let whole = body(send(get("/v1.0/users"), "").await).await;
    assert_eq!(whole.get("@odata.nextLink"), None);
}

#[tokio::test]
async fn annotations_are_left_out_for_a_client_that_wants_none() {
    let request = get("/v1.0/users/7?$select=id").header("accept", "application/json;odata.metadata=none");
    let response = send(request, "").await;
    assert!(header(&response, "content-type").starts_with("application/json;odata.metadata=none;"));
    assert_eq!(body(response).await, json!({ "id": "7" }));
}

#[tokio::test]
async fn what_is_created_is_answered_with_its_place() {
    let response = send(post("/v1.0/users"), r#"{"displayName":"Bob"}"#).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(header(&response, "location"), "https://localhost:8443/v1.0/users/1");
    let created = body(response).await;
    assert_eq!(created["displayName"], "Bob");
    assert_eq!(created["@lodge.notice"], json!([{ "code": "noted" }]));
}

#[tokio::test]
async fn nothing_is_answered_with_nothing() {
    let request = Request::delete("/v1.0/users/1").header("authorization", "Bearer app:User.Read.All");
    let response = send(request, "").await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(header(&response, "content-type"), "");
    assert!(response.headers().contains_key("request-id"));
    assert!(bytes(response).await.is_empty());
}

#[tokio::test]
async fn a_stranger_learns_only_that_a_token_is_needed() {
    for path in ["/v1.0/users", "/v1.0/foo", "/v1.0", "/beta/", "/v1.0/users/1/foo"] {
        let response = send(Request::get(path), "").await;
        assert_eq!(
            header(&response, "www-authenticate"),
            "Bearer realm=\"\", authorization_uri=\"https://localhost:8443/common/oauth2/authorize\", \
             client_id=\"00000003-0000-0000-c000-000000000000\""
        );
        let (status, code, message) = error(response).await;
        assert_eq!((status, code.as_str()), (401, "InvalidAuthenticationToken"), "{path}");
        assert_eq!(message, "Access token is empty.");
    }
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_refused() {
    for authorization in ["Bearer", "Bearer ", "Basic dXNlcjp4", "user", "Bearer other", "Bearer \u{e9}"] {
        let request = Request::get("/v1.0/users").header("authorization", authorization);
        assert_eq!(error(send(request, "").await).await.0, 401, "{authorization}");
    }
    let twice = get("/v1.0/users").header("authorization", "Bearer user");
    assert_eq!(error(send(twice, "").await).await.0, 401);
    let lower_case = Request::get("/v1.0/users").header("authorization", "bearer user");
    assert_eq!(send(lower_case, "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_anonymous_route_needs_no_token() {
    assert_eq!(send(Request::get("/v1.0/open"), "").await.status(), StatusCode::OK);
    assert_eq!(error(send(Request::post("/v1.0/open"), "").await).await.0, 401);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let request = Request::get("/v1.0/users").header("authorization", "Bearer app:User.Invite.All");
    let response = send(request, "").await;
    let status = response.status();
    let body = body(response).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let error = &body["error"];
    assert_eq!(error["code"], "Authorization_RequestDenied");
    assert_eq!(
        error["message"],
        "Insufficient privileges to complete the operation. \
         The application lacks the application permission User.Read.All (or Directory.Read.All)."
    );
    assert_eq!(error["innerError"]["rule"], "graph.permission");
    assert!(error["innerError"]["remedy"]["sentence"].as_str().unwrap().contains("User.Read.All"));
    let higher = Request::get("/v1.0/users").header("authorization", "Bearer app:User.ReadWrite.All");
    assert_eq!(send(higher, "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn me_is_for_users_alone() {
    assert_eq!(send(get("/v1.0/me"), "").await.status(), StatusCode::OK);
    let request = Request::get("/v1.0/me").header("authorization", "Bearer app:User.Read.All");
    let message = "/me request is only valid with delegated authentication flow.";
    assert_eq!(error(send(request, "").await).await, (400, "BadRequest".to_owned(), message.to_owned()));
}

#[tokio::test]
async fn unknown_segments_and_methods_are_refused() {
    let message = "Resource not found for the segment 'foo'.";
    let unknown = error(send(get("/v1.0/foo"), "").await).await;
    assert_eq!(unknown, (400, "BadRequest".to_owned(), message.to_owned()));
    assert_eq!(error(send(get("/v1.0/$metadata"), "").await).await.0, 400);
    let response = send(post("/v1.0/users/1"), "{}").await;
    assert_eq!(header(&response, "allow"), "GET, DELETE");
    let message = "Specified HTTP method is not allowed for the request target.";
    assert_eq!(error(response).await, (405, "Request_BadRequest".to_owned(), message.to_owned()));
}

#[tokio::test]
async fn an_option_that_a_route_does_not_heed_is_refused() {
    let (status, code, message) =
        error(send(get("/v1.0/users?$filter=a eq 1".replace(' ', "+").as_str()), "").await).await;
    assert_eq!((status, code.as_str()), (400, "Request_UnsupportedQuery"));
    assert_eq!(message, "The query option '$filter' is not supported for this request.");
    assert_eq!(error(send(get("/v1.0/users?$foo=1"), "").await).await.0, 400);
    assert_eq!(send(get("/v1.0/users?$count=true"), "").await.status(), StatusCode::OK);
    let counting = get("/v1.0/users?$count=true").header("consistencylevel", "Eventual");
    assert_eq!(error(send(counting, "").await).await.0, 400);
    let level = get("/v1.0/users").header("consistencylevel", "session");
    assert_eq!(error(send(level, "").await).await.0, 400);
}

#[tokio::test]
async fn a_body_must_be_one_json_object_within_its_bounds() {
    let unreadable = "Unable to read JSON request payload. \
                      Please ensure Content-Type header is set and payload is of valid JSON format.";
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
    for (text, message) in [
        ("", "Empty Payload. JSON content expected."),
        (" \n", "Empty Payload. JSON content expected."),
        ("[]", "Empty Payload. JSON content expected."),
        ("7", "Empty Payload. JSON content expected."),
        ("{", unreadable),
        ("{}{}", unreadable),
        (deep.as_str(), unreadable),
        ("{}", "A value is required for property 'displayName'."),
    ] {
        let error = error(send(post("/v1.0/users"), text.to_owned()).await).await;
        assert_eq!((error.0, error.2.as_str()), (400, message), "{text}");
    }
    let large = format!("{{\"displayName\":\"{}\"}}", "x".repeat(1024 * 1024));
    assert_eq!(error(send(post("/v1.0/users"), large).await).await.0, 413);
    let announced = post("/v1.0/users").header("content-length", "9999999");
    assert_eq!(error(send(announced, "{}").await).await.0, 413);
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    let valid = r#"{"displayName":"Bob"}"#;
    let bare = || Request::post("/v1.0/users").header("authorization", "Bearer user");
    assert_eq!(error(send(bare(), valid).await).await.0, 400);
    for other in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        assert_eq!(error(send(bare().header("content-type", other), valid).await).await.0, 415, "{other}");
    }
    let parameters = bare().header("content-type", "Application/JSON; odata.metadata=minimal;charset=utf-8");
    assert_eq!(send(parameters, valid).await.status(), StatusCode::CREATED);
    let compressed = post("/v1.0/users").header("content-encoding", "gzip");
    assert_eq!(error(send(compressed, valid).await).await.0, 415);
}

#[tokio::test]
async fn a_refusal_carries_its_rule_beside_what_graph_has() {
    let request = get("/v1.0/fails/refused").header("client-request-id", "c1-2");
    let response = send(request, "").await;
    assert_eq!(header(&response, "client-request-id"), "c1-2");
    let request_id = header(&response, "request-id").to_owned();
    let body = body(response).await;
    let inner = &body["error"]["innerError"];
    assert_eq!(body["error"]["message"], "Not you.");
    assert_eq!(body["error"].get("details"), None);
    assert_eq!(inner["request-id"], request_id.as_str());
    assert_eq!(inner["client-request-id"], "c1-2");
    assert_eq!(inner["date"].as_str().unwrap().len(), 19);
    assert_eq!(inner["rule"], "test.rule");
    assert_eq!(inner["setting"], json!({ "name": "allowInvitesFrom", "value": "none" }));
    assert_eq!(inner["remedy"], json!({ "sentence": "Ask Ann.", "role": "Global Administrator" }));
}

#[tokio::test]
async fn a_client_request_id_that_is_no_id_is_replaced() {
    let response = send(get("/v1.0/fails/slow").header("client-request-id", "a b<c>"), "").await;
    assert_eq!(header(&response, "client-request-id"), header(&response, "request-id"));
    assert_eq!(header(&response, "retry-after"), "7");
    assert_eq!(error(response).await.1, "TooManyRequests");
}

#[tokio::test]
async fn details_name_what_conflicts() {
    let body = body(send(get("/v1.0/fails/conflict"), "").await).await;
    let details = json!([{ "code": "ObjectConflict", "message": "taken", "target": "mail" }]);
    assert_eq!(body["error"]["details"], details);
}

#[tokio::test]
async fn neither_a_panic_nor_a_fault_tells_its_cause() {
    for path in ["/v1.0/panics", "/v1.0/fails/internal"] {
        let (status, code, message) = error(send(get(path), "").await).await;
        assert_eq!((status, code.as_str()), (500, "InternalServerError"));
        assert!(!message.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn browsers_of_every_origin_may_ask() {
    let preflight = Request::options("/v1.0/invitations")
        .header("origin", "http://localhost:9500")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,client-request-id,sdkversion");
    let response = send(preflight, "").await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert!(header(&response, "access-control-allow-methods").contains("POST"));
    assert_eq!(
        header(&response, "access-control-allow-headers"),
        "authorization,client-request-id,sdkversion"
    );
    assert_eq!(header(&response, "access-control-allow-credentials"), "");
    for request in [get("/v1.0/users"), Request::get("/v1.0/users")] {
        let response = send(request.header("origin", "http://localhost:9500"), "").await;
        assert_eq!(header(&response, "access-control-allow-origin"), "*");
        assert!(header(&response, "access-control-expose-headers").contains("request-id"));
    }
    assert_eq!(error(send(Request::options("/v1.0/users"), "").await).await.0, 401);
}

async fn batch(path: &str, requests: Value) -> (u16, Value) {
    let response = send(post(path), json!({ "requests": requests }).to_string()).await;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_batch_answers_each_request_as_if_it_came_alone() {
    let requests = json!([
        {"id": "list", "method": "GET", "url": "/users?$top=2"},
        {"id": "make", "method": "POST", "url": "users", "headers": {"content-type": "application/json"},
            "body": {"displayName": "Ben"}},
        {"id": "gone", "method": "DELETE", "url": "https://elsewhere.example/v1.0/users/1", "dependsOn": ["make"]},
        {"id": "lost", "method": "GET", "url": "/nowhere"},
        {"id": "late", "method": "GET", "url": "/users", "dependsOn": ["lost", "list"]},
        {"id": "later", "method": "GET", "url": "/users", "dependsOn": ["late"]},
        {"id": "other", "method": "GET", "url": "/me", "headers": {"Authorization": "Bearer app:User.Read.All"}},
        {"id": "slow", "method": "GET", "url": "/fails/slow"},
        {"id": "bare", "method": "POST", "url": "/users", "body": {"displayName": "Ben"}},
        {"id": "long", "method": "GET", "url": format!("/users?$filter={}", "(".repeat(1 << 20))},
    ]);
    for path in ["/v1.0/$batch", "/v1.0/%24batch", "/beta//$BATCH/"] {
        let (status, body) = batch(path, requests.clone()).await;
        assert_eq!(status, 200, "{body}");
        let answers = body["responses"].as_array().unwrap();
        let of = |id: &str| answers.iter().find(|answer| answer["id"] == id).unwrap();
        let statuses: Vec<_> = answers.iter().map(|answer| answer["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [200, 201, 204, 400, 424, 424, 400, 429, 400, 400], "{path}");
        assert_eq!(of("list")["body"]["value"].as_array().unwrap().len(), 2);
        assert_eq!(of("make")["body"]["displayName"], "Ben");
        assert!(of("make")["headers"]["Location"].as_str().unwrap().ends_with("/users/1"));
        assert!(of("gone").get("body").is_none());
        assert_eq!(of("late")["body"]["error"]["code"], "FailedDependency");
        assert_eq!(of("slow")["headers"]["Retry-After"], "7");
        assert_eq!(of("slow")["headers"]["OData-Version"], "4.0");
    }
}

#[tokio::test]
async fn a_batch_needs_a_token_and_a_body_that_is_one() {
    let body = json!({"requests": [{"id": "1", "method": "GET", "url": "/users"}]}).to_string();
    let anonymous = Request::post("/v1.0/$batch").header("content-type", "application/json");
    assert_eq!(send(anonymous, body.clone()).await.status(), 401);
    assert_eq!(send(get("/v1.0/$batch"), "").await.status(), 405);
    for broken in [String::new(), "[]".to_owned(), "(".repeat(1 << 20), "[".repeat(1 << 20)] {
        assert_eq!(send(post("/v1.0/$batch"), broken).await.status(), 400);
    }
    assert_eq!(send(post("/v1.0/$batch"), " ".repeat((4 << 20) + 1)).await.status(), 413);
    assert_eq!(send(post("/v1.0/$batch/x"), body).await.status(), 400, "no such segment");
}

#[tokio::test]
async fn an_address_over_16_kilobytes_is_refused() {
    let path = |length: usize| format!("/v1.0/users?x={}", "a".repeat(length - 14));
    assert_eq!(send(get(&path(16 * 1024)), "").await.status(), 200);
    let response = send(get(&path(16 * 1024 + 1)), "").await;
    assert_eq!(response.status(), StatusCode::URI_TOO_LONG);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["error"]["code"], "RequestUriTooLong");
}

#[tokio::test]
async fn an_application_that_has_spent_its_budget_waits() {
    let graph = graph_within(Budget { units_in_10_seconds: Some(3), writes_in_150_seconds: None });
    let ask = || graph.clone().oneshot(get("/v1.0/users").body(Body::empty()).unwrap());
    let first = ask().await.unwrap();
    assert_eq!((first.status().as_u16(), header(&first, "x-ms-resource-unit")), (200, "2"));
    let refused = ask().await.unwrap();
    assert_eq!(header(&refused, "x-ms-throttle-information"), "ResourceUnitLimitExceeded");
    assert!(header(&refused, "retry-after").parse::<u32>().is_ok());
    assert_eq!(error(refused).await, (429, "TooManyRequests".into(), "Too many requests.".into()));
    let requests = json!({"requests": [
        {"id": "1", "method": "GET", "url": "/users/1"}, {"id": "2", "method": "GET", "url": "/users/1"},
    ]});
    let batch = post("/v1.0/$batch").body(Body::from(requests.to_string())).unwrap();
    let answers = body(graph.clone().oneshot(batch).await.unwrap()).await;
    assert_eq!(
        (&answers["responses"][0]["status"], &answers["responses"][1]["status"]),
        (&json!(200), &json!(429))
    );
}
