//! Stories of the authorization endpoint, consent, discovery, user information and sign-out, on both engines.

use crate::stories::*;
use kernel::SignedDuration;
use testkit::engines::for_each_engine;

const SCOPE: &str = "openid profile email User.Read";

#[tokio::test]
async fn a_stranger_signs_in_first_and_comes_back_to_the_same_request() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let answer = world.get(&authorize_path(&contoso, SCOPE, ""), None).await;
        assert_eq!(answer.status, 303);
        assert!(answer.location().starts_with(&format!("/account/{}/sign-in?return=", contoso.tenant)));
        // The page has to know where its form may lead in the end.
        assert_eq!(answer.parameter("redirect_uri").as_deref(), Some(CALLBACK));
        let back = answer.parameter("return").unwrap();
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let answer = world.get(&back, Some(&browser)).await;
        assert_eq!(answer.status, 302, "{}", answer.body);
        assert!(answer.location().starts_with("http://localhost:9500/callback?code="));
        assert_eq!(answer.parameter("state").as_deref(), Some("the state"));
        assert_eq!(answer.headers["cache-control"], "no-store");
        let changed = back.replace("request=", "request=A");
        assert_eq!(world.get(&changed, Some(&browser)).await.status, 400);
        world.advance(SignedDuration::from_hours(1));
        assert_eq!(world.get(&back, Some(&browser)).await.status, 400);
    })
    .await;
}

#[tokio::test]
async fn a_silent_request_is_answered_silently() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let path = authorize_path(&contoso, SCOPE, "&prompt=none");
        let stranger = world.get(&path, None).await;
        assert_eq!(stranger.parameter("error").as_deref(), Some("login_required"));
        assert_eq!(stranger.parameter("state").as_deref(), Some("the state"));
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        assert!(world.get(&path, Some(&browser)).await.parameter("code").is_some());
        let hinted = authorize_path(&contoso, SCOPE, "&prompt=none&login_hint=other@contoso.example");
        let other = world.get(&hinted, Some(&browser)).await;
        assert_eq!(other.parameter("error").as_deref(), Some("login_required"));
        let more = authorize_path(&contoso, "openid User.ReadWrite", "&prompt=none");
        let consent = world.get(&more, Some(&browser)).await;
        assert_eq!(consent.parameter("error").as_deref(), Some("consent_required"));
    })
    .await;
}

#[tokio::test]
async fn an_application_can_ask_for_a_choice_and_for_a_fresh_proof() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let choose =
            world.get(&authorize_path(&contoso, SCOPE, "&prompt=select_account"), Some(&browser)).await;
        assert_eq!(choose.parameter("prompt"), None, "{}", choose.location());
        let chosen = world.get(&choose.parameter("return").unwrap(), Some(&browser)).await;
        assert!(chosen.parameter("code").is_some());
        world.advance(SignedDuration::from_secs(5));
        let again = world.get(&authorize_path(&contoso, SCOPE, "&prompt=login"), Some(&browser)).await;
        assert_eq!(again.parameter("prompt").as_deref(), Some("login"));
        let back = again.parameter("return").unwrap();
        let unmoved = world.get(&back, Some(&browser)).await;
        assert_eq!(
            unmoved.parameter("prompt").as_deref(),
            Some("login"),
            "coming back without a new proof changes nothing"
        );
        let fresh = world.browser(contoso.tenant, &contoso.member).await;
        assert!(world.get(&back, Some(&fresh)).await.parameter("code").is_some());
        let aged = authorize_path(&contoso, SCOPE, "&max_age=1");
        assert_eq!(world.get(&aged, Some(&browser)).await.parameter("prompt").as_deref(), Some("login"));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_ever_sent_to_an_address_that_is_not_the_client_s() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let good = authorize_path(&contoso, SCOPE, "");
        let registered = "http%3A%2F%2Flocalhost%3A9500%2Fcallback";
        for evil in [
            "https%3A%2F%2Fevil.example%2F",
            "%2F%2Fevil.example",
            "http%3A%2F%2Flocalhost%3A9500%2Fcallback%2F..",
            "http%3A%2F%2Flocalhost%3A9500%2Fcallback%23x",
            "http%3A%2F%2Flocalhost%40evil.example%2Fcallback",
            "http%3A%2F%2Flocalhost.evil.example%2Fcallback",
            "javascript%3Aalert(1)",
        ] {
            for more in ["", "&prompt=none", "&response_type=token"] {
                let path = good.replace(registered, evil) + more;
                let answer = world.get(&path, Some(&browser)).await;
                assert_eq!(answer.status, 400, "{evil}{more}");
                assert!(answer.headers.get("location").is_none());
            }
        }
        let answer =
            world.get(&good.replace(registered, "https%3A%2F%2Fevil.example%2F"), Some(&browser)).await;
        assert!(answer.body.contains("AADSTS50011"), "{}", answer.body);
        let stranger = good.replace(&contoso.demo.app_id.to_string(), "00000000-0000-0000-0000-000000000001");
        let answer = world.get(&stranger, Some(&browser)).await;
        assert!(answer.body.contains("AADSTS700016"));
        let common = good.replace(&contoso.tenant.to_string(), "common");
        assert!(world.get(&common, Some(&browser)).await.body.contains("AADSTS50194"));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_asked_once_and_only_for_what_they_can_grant() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let path = authorize_path(&contoso, "openid User.ReadWrite", "");
        let page = world.get(&path, Some(&browser)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("Demo web app asks for your permission"));
        assert!(page.body.contains("Read and change your profile"));
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("form-action 'self' http://localhost:9500"), "{policy}");

        let declined = answer_consent(&world, &contoso, &page, &browser, "decline").await;
        assert_eq!(declined.parameter("error").as_deref(), Some("access_denied"));
        let accepted = answer_consent(&world, &contoso, &page, &browser, "accept").await;
        let code = accepted.parameter("code").unwrap();
        let token = world.redeem(&contoso, &code).await.text("access_token");
        assert_eq!(claims(&token)["scp"], "User.Read User.ReadWrite openid");
        assert!(world.get(&path, Some(&browser)).await.parameter("code").is_some(), "asked once");

        let forged = [("request", "x"), ("answer", "accept")];
        let session = cookie(&browser);
        let forged = world
            .post(&format!("/{}/oauth2/consent", contoso.tenant), &forged, &[("cookie", session.as_str())])
            .await;
        assert_eq!(forged.status, 403, "the form belongs to the browser it was shown in");
        let admin = world.get(&authorize_path(&contoso, "Group.Read.All", ""), Some(&browser)).await;
        assert!(admin.body.contains("AADSTS90094"), "{}", admin.body);
    })
    .await;
}

/// Sends the form of a consent page with the cookies that the page set, and a session.
async fn answer_consent(
    world: &World,
    place: &Place,
    page: &Answer,
    browser: &crate::session::Browser,
    answer: &str,
) -> Answer {
    let field = |name: &str| {
        let start = format!("name=\"{name}\" value=\"");
        let at = page.body.find(&start).unwrap() + start.len();
        page.body[at..].split('"').next().unwrap().to_owned()
    };
    let set = page.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let mut cookies: Vec<&str> = set.map(|value| value.split(';').next().unwrap()).collect();
    let session = cookie(browser);
    cookies.push(&session);
    let form = [("csrf", field("csrf")), ("request", field("request")), ("answer", answer.to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.post(&format!("/{}/oauth2/consent", place.tenant), &form, &[("cookie", &cookies.join("; "))]).await
}

#[tokio::test]
async fn an_answer_travels_as_it_was_asked_to() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let fragment =
            world.get(&authorize_path(&contoso, SCOPE, "&response_mode=fragment"), Some(&browser)).await;
        assert!(fragment.location().starts_with("http://localhost:9500/callback#code="));
        let form =
            world.get(&authorize_path(&contoso, SCOPE, "&response_mode=form_post"), Some(&browser)).await;
        assert_eq!(form.status, 200);
        assert!(form.body.contains("action=\"http:&#x2f;&#x2f;localhost:9500&#x2f;callback\""), "{}", form.body);
        assert!(form.body.contains("name=\"state\" value=\"the state\""));
        let policy = form.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("form-action http://localhost:9500;"), "{policy}");
        let script = world.get("/oauth2/form_post.js", None).await;
        assert!(script.headers["content-type"].to_str().unwrap().starts_with("text/javascript"));
        let refused =
            world.get(&authorize_path(&contoso, SCOPE, "&response_mode=form_post&max_age=x"), None).await;
        assert!(refused.body.contains("name=\"error\" value=\"invalid_request\""), "{}", refused.body);
    })
    .await;
}

#[tokio::test]
async fn a_client_finds_everything_by_discovery() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let fabrikam = world.place("fabrikam.example").await;
        for segment in [contoso.tenant.to_string(), "contoso.example".into(), "Contoso.Example".into()] {
            let document =
                world.get(&format!("/{segment}/v2.0/.well-known/openid-configuration"), None).await;
            assert_eq!(document.json()["issuer"], format!("{ORIGIN}/{}/v2.0", contoso.tenant));
            assert_eq!(document.headers["access-control-allow-origin"], "*");
        }
        let nowhere = world.get("/nowhere.example/v2.0/.well-known/openid-configuration", None).await;
        assert_eq!((nowhere.status, nowhere.code()), (400, 90_002));
        let keys = |tenant: String| world.get_json(format!("/{tenant}/discovery/v2.0/keys"));
        let (ours, theirs) =
            (keys(contoso.tenant.to_string()).await, keys(fabrikam.tenant.to_string()).await);
        assert_eq!(ours["keys"].as_array().unwrap().len(), 2);
        let id = contoso.automation.app_id.to_string();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", id.as_str()),
            ("client_secret", SECRET),
            ("scope", "https://localhost/.default"),
        ];
        let token = world.token(contoso.tenant, &form).await.text("access_token");
        let verifies = |set: &serde_json::Value| {
            let set: jose::JwkSet = serde_json::from_value(set.clone()).unwrap();
            set.keys.iter().any(|key| key.record(jose::Algorithm::Rs256).unwrap().verify(&token).is_ok())
        };
        assert!(verifies(&ours));
        assert!(!verifies(&theirs), "a tenant's token is nobody else's");
        let instance = "/common/discovery/instance?api-version=1.1&authorization_endpoint=https%3A%2F%2F";
        assert_eq!(
            world.get(&format!("{instance}localhost%3A8443%2Fcommon%2Foauth2"), None).await.status,
            200
        );
        assert_eq!(world.get(&format!("{instance}login.example%2Fcommon"), None).await.code(), 50_049);
        let realm = world.get("/common/userrealm/anybody@contoso.example?api-version=1.0", None).await;
        assert_eq!(realm.json()["account_type"], "Managed");
        assert_eq!(
            world.get("/metadata/endpoints?api-version=2022-09-01", None).await.json()["name"],
            "Lodge"
        );
        assert!(world.get("/metadata/endpoints?api-version=2019-05-01", None).await.json().is_array());
        assert_eq!(
            world.get("/subscriptions?api-version=2022-12-01", None).await.json()["value"],
            serde_json::json!([])
        );
    })
    .await;
}

#[tokio::test]
async fn user_information_agrees_with_the_id_token() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let code = world.code(&contoso, &browser, SCOPE).await;
        let answer = world.redeem(&contoso, &code).await;
        let info = world.user_info(&answer.text("access_token")).await;
        assert_eq!(info.json()["sub"], claims(&answer.text("id_token"))["sub"]);
        assert_eq!(info.json()["email"], "member@contoso.example");
        let code = world.code(&contoso, &browser, "openid").await;
        let bare = world.user_info(&world.redeem(&contoso, &code).await.text("access_token")).await;
        assert_eq!(bare.json().as_object().unwrap().len(), 1);
        let forged = world.user_info("x.y.z").await;
        assert_eq!(forged.status, 401);
        assert!(forged.headers["www-authenticate"].to_str().unwrap().contains("invalid_token"));
        let code = world.code(&contoso, &browser, "User.Read").await;
        let token = world.redeem(&contoso, &code).await.text("access_token");
        assert_eq!(world.user_info(&token).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leads_to_a_registered_address_only() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let code = world.code(&contoso, &browser, SCOPE).await;
        let id_token = world.redeem(&contoso, &code).await.text("id_token");
        let logout = format!("/{}/oauth2/v2.0/logout", contoso.tenant);
        let bare = world.get(&logout, Some(&browser)).await;
        assert_eq!(bare.location(), format!("/account/{}", contoso.tenant));
        let evil = format!("{logout}?post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F");
        assert_eq!(world.get(&evil, Some(&browser)).await.location(), format!("/account/{}", contoso.tenant));
        let silent = authorize_path(&contoso, SCOPE, "&prompt=none");
        assert!(world.get(&silent, Some(&browser)).await.parameter("code").is_some(), "still signed in");
        let away = format!(
            "{logout}?id_token_hint={id_token}&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A9500%2Fcallback&state=s"
        );
        let answer = world.get(&away, Some(&browser)).await;
        assert_eq!(answer.location(), "http://localhost:9500/callback?state=s");
        let gone = world.get(&silent, Some(&browser)).await;
        assert_eq!(gone.parameter("error").as_deref(), Some("login_required"));
        let nowhere = format!("{logout}?id_token_hint={id_token}&post_logout_redirect_uri=https%3A%2F%2Fevil.example");
        let answer = world.get(&nowhere, Some(&browser)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    })
    .await;
}
