//! Stories of the token endpoint, on both engines.

use crate::stories::*;
use directory::tenant::{Change, TenantService};
use directory::user::User;
use kernel::SignedDuration;
use testkit::engines::for_each_engine;

const SCOPE: &str = "openid profile email offline_access User.Read";

fn client_form<'a>(id: &'a str, secret: &'a str, scope: &'a str) -> [(&'a str, &'a str); 4] {
    [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope)]
}

#[tokio::test]
async fn a_client_gets_a_token_for_itself_under_every_name_of_graph() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let id = contoso.automation.app_id.to_string();
        for resource in [
            ORIGIN,
            "https://localhost",
            "https://localhost:8443/",
            "https://graph.microsoft.com",
            "00000003-0000-0000-c000-000000000000",
        ] {
            let scope = format!("{resource}/.default");
            let answer = world.token(contoso.tenant, &client_form(&id, SECRET, &scope)).await;
            assert_eq!(answer.status, 200, "{scope}: {}", answer.body);
            let token = answer.text("access_token");
            assert_eq!(claims(&token)["aud"], resource);
            let caller = world.access.read(&token).await.unwrap().caller;
            assert!(caller.is_application());
            assert_eq!(caller.app_roles, ["User.Invite.All", "User.Read.All"]);
            assert_eq!(caller.tenant, contoso.tenant);
        }
        let answer =
            world.token("contoso.example", &client_form(&id, SECRET, "https://localhost/.default")).await;
        let body = answer.json();
        assert!((3600..=5400).contains(&body["expires_in"].as_i64().unwrap()));
        assert_eq!(body.get("refresh_token"), None);
        assert_eq!(answer.headers["cache-control"], "no-store");
        world.log.flush().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_client_that_proves_nothing_gets_nothing() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let fabrikam = world.place("fabrikam.example").await;
        let id = contoso.automation.app_id.to_string();
        let scope = "https://graph.microsoft.com/.default";
        let wrong = world.token(contoso.tenant, &client_form(&id, "guess", scope)).await;
        assert_eq!((wrong.status, wrong.code()), (401, 7_000_215));
        let foreign = world.token(fabrikam.tenant, &client_form(&id, SECRET, scope)).await;
        assert_eq!((foreign.status, foreign.code()), (400, 700_016));
        let nowhere = world.token("nowhere.example", &client_form(&id, SECRET, scope)).await;
        assert_eq!((nowhere.code(), nowhere.text("error")), (90_002, "invalid_tenant".into()));
        let shared = world.token("common", &client_form(&id, SECRET, scope)).await;
        assert_eq!(shared.code(), 50_059);
        let public = contoso.demo.app_id.to_string();
        let secretless = world.token(contoso.tenant, &client_form(&public, SECRET, scope)).await;
        assert_eq!((secretless.status, secretless.code()), (401, 700_025));
        let silent = [("grant_type", "client_credentials"), ("client_id", id.as_str()), ("scope", scope)];
        assert_eq!(world.token(contoso.tenant, &silent).await.code(), 7_000_218);
        let two = world.token(contoso.tenant, &client_form(&id, SECRET, "User.Read")).await;
        assert_eq!((two.code(), two.text("error")), (1_002_012, "invalid_scope".into()));
        let unknown =
            world.token(contoso.tenant, &client_form(&id, SECRET, "https://evil.example/.default")).await;
        assert_eq!((unknown.code(), unknown.text("error")), (500_011, "invalid_resource".into()));
        world.log.flush().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_code_becomes_tokens_once_and_a_second_use_ends_what_it_gave() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let code = world.code(&contoso, &browser, SCOPE).await;
        let answer = world.redeem(&contoso, &code).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let id_token = claims(&answer.text("id_token"));
        assert_eq!(id_token["nonce"], "the nonce");
        assert_eq!(id_token["aud"], contoso.demo.app_id.to_string());
        assert_eq!(id_token["iss"], format!("{ORIGIN}/{}/v2.0", contoso.tenant));
        assert_eq!(id_token["oid"], contoso.member.id.to_string());
        let access_token = answer.text("access_token");
        assert_eq!(claims(&access_token)["scp"], "User.Read email openid profile");
        assert_eq!(claims(&access_token)["amr"][0], "pwd");
        let read = world.access.read(&access_token).await.unwrap();
        assert_eq!(read.caller.user_id(), Some(contoso.member.id));
        assert_eq!(read.client_subject.as_deref(), id_token["sub"].as_str());
        assert!(world.access.read(&answer.text("id_token")).await.is_err());

        let refresh_token = answer.text("refresh_token");
        assert_eq!(refresh(&world, &contoso, &refresh_token).await.status, 200);
        let again = world.redeem(&contoso, &code).await;
        assert_eq!((again.code(), again.text("error")), (54_005, "invalid_grant".into()));
        assert_eq!(refresh(&world, &contoso, &refresh_token).await.code(), 70_000);
        world.log.flush().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_many_who_show_one_code_at_once_one_gets_tokens() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let code = world.code(&contoso, &browser, "openid").await;
        let tries: Vec<_> = (0..20).map(|_| world.redeem(&contoso, &code)).collect();
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert!(answers.iter().filter(|answer| answer.status != 200).all(|answer| answer.code() == 54_005));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_bound_to_its_client_its_address_its_verifier_and_its_tenant() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let fabrikam = world.place("fabrikam.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let code = world.code(&contoso, &browser, SCOPE).await;
        let id = contoso.demo.app_id.to_string();
        let changed = |name: &'static str, value: String| {
            let mut form: Vec<(&str, String)> =
                code_form(&id, &code).iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            form.iter_mut().filter(|(known, _)| *known == name).for_each(|(_, old)| *old = value.clone());
            form.retain(|(_, value)| !value.is_empty());
            form
        };
        let page = contoso.page.app_id.to_string();
        for (name, value, expected) in [
            ("client_id", page.as_str(), 70_000),
            ("redirect_uri", "http://localhost:9501/callback", 50_011),
            ("redirect_uri", "", 900_144),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx", 501_481),
            ("code_verifier", "", 50_147),
            ("code", "1.AAAA", 70_000),
        ] {
            let form = changed(name, value.to_owned());
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(world.token(contoso.tenant, &form).await.code(), expected, "{name}={value}");
        }
        let elsewhere = code_form(&id, &code);
        assert_eq!(world.token(fabrikam.tenant, &elsewhere).await.code(), 700_016);
        assert_eq!(world.token("common", &elsewhere).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn codes_end_after_ten_minutes_and_refresh_tokens_after_ninety_days_without_use() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let browser = world.browser(contoso.tenant, &contoso.member).await;
        let late = world.code(&contoso, &browser, SCOPE).await;
        world.advance(SignedDuration::from_mins(10));
        assert_eq!(world.redeem(&contoso, &late).await.code(), 70_008);
        let code = world.code(&contoso, &browser, SCOPE).await;
        let first = world.redeem(&contoso, &code).await.text("refresh_token");
        world.advance(SignedDuration::from_hours(24 * 80));
        let second = refresh(&world, &contoso, &first).await.text("refresh_token");
        assert_ne!(first, second);
        assert_eq!(refresh(&world, &contoso, &first).await.status, 200, "the old one stays good");
        world.advance(SignedDuration::from_hours(24 * 10));
        assert_eq!(refresh(&world, &contoso, &first).await.code(), 700_082);
        assert_eq!(refresh(&world, &contoso, &second).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn what_a_page_or_a_mailbox_holds_ends_after_a_day() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let guest = world.mail_guest(&contoso, "lea@fabrikam.example").await;
        let browser = world.browser(contoso.tenant, &guest).await;
        let code = world.code(&contoso, &browser, SCOPE).await;
        let answer = world.redeem(&contoso, &code).await;
        let id_token = claims(&answer.text("id_token"));
        assert_eq!((id_token["idp"].as_str(), id_token["acct"].as_i64()), (Some("mail"), Some(1)));
        let first = answer.text("refresh_token");
        world.advance(SignedDuration::from_hours(23));
        let second = refresh(&world, &contoso, &first).await.text("refresh_token");
        world.advance(SignedDuration::from_hours(1));
        assert_eq!(refresh(&world, &contoso, &second).await.code(), 700_082);

        let member = world.browser(contoso.tenant, &contoso.member).await;
        let path = authorize_path(&contoso, SCOPE, "")
            .replace(&contoso.demo.app_id.to_string(), &contoso.page.app_id.to_string())
            .replace("http%3A%2F%2Flocalhost%3A9500%2Fcallback", "https%3A%2F%2Fpage.example%2F");
        let code = world.get(&path, Some(&member)).await.parameter("code").unwrap();
        let id = contoso.page.app_id.to_string();
        let form = code_form(&id, &code).map(|(name, value)| {
            (name, if name == "redirect_uri" { "https://page.example/" } else { value })
        });
        assert_eq!(world.token(contoso.tenant, &form).await.code(), 9_002_327);
        let address = format!("/{}/oauth2/v2.0/token", contoso.tenant);
        let origin = [("origin", "https://page.example")];
        let answer = world.post(&address, &form, &origin).await;
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
        let token = answer.text("refresh_token");
        let again =
            [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", token.as_str())];
        world.advance(SignedDuration::from_hours(23));
        let second = world.post(&address, &again, &origin).await.text("refresh_token");
        world.advance(SignedDuration::from_hours(1));
        let again =
            [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", second.as_str())];
        assert_eq!(world.post(&address, &again, &origin).await.code(), 700_084);
    })
    .await;
}

#[tokio::test]
async fn off_means_off_for_codes_refresh_tokens_and_access_tokens() {
    type Change = fn(&mut User, kernel::Timestamp);
    let changes: [(Change, u64); 3] = [
        (|user, _| user.account_enabled = false, 50_057),
        (|user, now| user.sessions_valid_from = now, 50_173),
        (|user, now| user.deleted_at = Some(now), 50_034),
    ];
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let places = ["a.example", "b.example", "c.example"];
        for (domain, (change, expected)) in places.into_iter().zip(changes) {
            let place = world.place(domain).await;
            let browser = world.browser(place.tenant, &place.member).await;
            let code = world.code(&place, &browser, SCOPE).await;
            let held = world.redeem(&place, &code).await;
            let code = world.code(&place, &browser, SCOPE).await;
            world.advance(SignedDuration::from_secs(2));
            world.change(place.tenant, &place.member, change).await;
            assert_eq!(world.redeem(&place, &code).await.code(), expected, "code, {domain}");
            let refreshed = refresh(&world, &place, &held.text("refresh_token")).await;
            assert_eq!(refreshed.code(), expected, "refresh token, {domain}");
            assert!(world.access.read(&held.text("access_token")).await.is_err(), "access token, {domain}");
            let silent = world.get(&authorize_path(&place, SCOPE, "&prompt=none"), Some(&browser)).await;
            assert_eq!(silent.parameter("error").as_deref(), Some("login_required"), "session, {domain}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_guest_s_token_is_the_resource_tenant_s_and_falls_with_the_home_account() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let fabrikam = world.place("fabrikam.example").await;
        let issuer = format!("{ORIGIN}/{}/v2.0", fabrikam.tenant);
        let subject = fabrikam.member.id.to_string();
        let guest = world.guest(&contoso, "member@fabrikam.example", &issuer, &subject).await;
        let at_home = world.browser(fabrikam.tenant, &fabrikam.member).await;
        let signed_in = world.sessions.current(fabrikam.tenant, &at_home).await.unwrap();
        let proof = crate::session::Proof::home(world.platform.origin(), &signed_in[0]);
        let (_, browser) = world.sessions.sign_in(contoso.tenant, &at_home, guest.id, proof).await.unwrap();
        let code = world.code(&contoso, &browser, SCOPE).await;
        let id = contoso.demo.app_id.to_string();
        let mut form = code_form(&id, &code).to_vec();
        form.push(("client_info", "1"));
        let answer = world.token(contoso.tenant, &form).await;
        for token in [answer.text("id_token"), answer.text("access_token")] {
            let token = claims(&token);
            assert_eq!(token["tid"], contoso.tenant.to_string());
            assert_eq!(token["oid"], guest.id.to_string());
            assert_eq!(token["idp"], format!("{ORIGIN}/{}/", fabrikam.tenant));
            assert_eq!(token["acct"], 1);
        }
        let home: serde_json::Value =
            serde_json::from_slice(&jose::decode(&answer.text("client_info")).unwrap()).unwrap();
        assert_eq!(
            (home["uid"].as_str(), home["utid"].as_str()),
            (Some(subject.as_str()), Some(fabrikam.tenant.to_string().as_str()))
        );
        world.change(fabrikam.tenant, &fabrikam.member, |user, _| user.account_enabled = false).await;
        assert_eq!(refresh(&world, &contoso, &answer.text("refresh_token")).await.code(), 50_057);
        world.log.flush().await.unwrap();
    })
    .await;
}

async fn refresh(world: &World, place: &Place, token: &str) -> Answer {
    let id = place.demo.app_id.to_string();
    world
        .token(place.tenant, &[("grant_type", "refresh_token"), ("client_id", &id), ("refresh_token", token)])
        .await
}

#[tokio::test]
async fn a_tenant_that_is_switched_off_signs_nobody_in() {
    for_each_engine(&migrations(), |store| async move {
        let world = World::new(store);
        let contoso = world.place("contoso.example").await;
        let (id, scope) = (contoso.automation.app_id.to_string(), "https://graph.microsoft.com/.default");
        let platform = world.platform.clone();
        let act = kernel::Act::system("command line", kernel::CorrelationId(platform.rng().uuid()));
        let service = TenantService::new(platform);
        service.change(contoso.tenant, act, Change::Disable).await.unwrap();
        for segment in [contoso.tenant.to_string(), "contoso.example".to_owned()] {
            let answer = world.token(&segment, &client_form(&id, SECRET, scope)).await;
            assert_eq!((answer.status, answer.code()), (400, 5_000_224), "{}", answer.body);
            let discovery =
                world.get(&format!("/{segment}/v2.0/.well-known/openid-configuration"), None).await;
            assert_eq!(discovery.code(), 5_000_224);
            for page in
                [format!("/account/{segment}"), format!("/{segment}/oauth2/v2.0/authorize?client_id={id}")]
            {
                let answer = world.get(&page, None).await;
                assert!(answer.status >= 400, "{page}: {}", answer.status);
            }
        }
    })
    .await;
}
