//! The sign-in pages, as a browser without scripts sees them.

use super::{Client, Errand, LocalPath, sign_in_path};
use crate::testing::{Answer, PASSWORD, on_each_engine, origin, stranger};
use directory::application::{self, NewApplication};
use kernel::{AppId, ApplicationId, Rng, SignedDuration};

fn is_sealed_off(answer: &Answer) {
    let header = |name: &str| answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("default-src 'none'"));
    assert!(!answer.has("<script"));
}

#[tokio::test]
async fn a_member_signs_in_with_a_password_and_comes_back_where_they_were_going() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let mut admin = house.person("203.0.113.1");
        let base = format!("/account/{}/sign-in", contoso.id);
        let asked = admin.get(&format!("{base}?return=%2Fredeem%3Fa%3Db")).await;
        is_sealed_off(&asked);
        let asked = admin.submit(&base, &[("username", "Admin@contoso.example")]).await;
        is_sealed_off(&asked);
        assert!(asked.has("type=\"password\""));
        let fields = [("username", "Admin@contoso.example"), ("password", PASSWORD)];
        let done = admin.submit(&format!("{base}/password"), &fields).await;
        is_sealed_off(&done);
        assert_eq!((done.status, done.location()), (303, "/redeem?a=b"));
        let cookie = done.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let cookie = cookie.filter(|text| text.contains("lodge_session")).collect::<Vec<_>>();
        assert_eq!(cookie.len(), 1);
        assert!(cookie[0].starts_with("__Host-lodge_session="));
        assert!(cookie[0].ends_with("; Path=/; HttpOnly; Secure; SameSite=Lax"), "{}", cookie[0]);
        assert_eq!(contoso.sign_in_log().await, [0]);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_return_address_leads_to_the_account_page() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let base = format!("/account/{}/sign-in", contoso.id);
        for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"] {
            let mut person = house.person("203.0.113.1");
            person.get(&base).await;
            let fields = [("username", "admin@contoso.example"), ("password", PASSWORD), ("return", evil)];
            let done = person.submit(&format!("{base}/password"), &fields).await;
            assert_eq!(done.location(), format!("/account/{}", contoso.id), "{evil}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let base = format!("/account/{}/sign-in", contoso.id);
        let fields = [("username", "admin@contoso.example"), ("password", PASSWORD), ("do", "verify")];
        for step in ["", "/password", "/code", "/account"] {
            let mut person = house.person("203.0.113.1");
            let refused = person.submit(&format!("{base}{step}"), &fields).await;
            assert_eq!(refused.status, 403, "{step}");
            assert_eq!(person.cookie(), None);
        }
        assert!(contoso.waiting_mail().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let mut pages = Vec::new();
        for name in ["admin@contoso.example", "agent@contoso.example"] {
            let mut person = house.person("203.0.113.1");
            let answer = person.password(&contoso, name, "wrong").await;
            assert_eq!(answer.status, 200);
            assert_eq!(person.cookie(), None);
            pages.push(without_token(&answer.html).replace(name, "NAME"));
        }
        assert_eq!(pages[0], pages[1]);
    })
    .await;
}

#[tokio::test]
async fn a_code_guest_a_pending_guest_and_a_stranger_see_the_same_page_and_one_gets_mail() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.code_guest("sofia@adatum.example").await;
        contoso.pending("peter@adatum.example").await;
        let mut pages = Vec::new();
        for name in ["sofia@adatum.example", "peter@adatum.example", "quinn@adatum.example"] {
            let mut person = house.person("203.0.113.1");
            let asked = person.ask_for_code(&contoso, name).await;
            is_sealed_off(&asked);
            assert!(person.cookie().is_some());
            let wrong = person.type_code(&contoso, "1234 5678").await;
            pages.push((without_token(&asked.html), without_token(&wrong.html)));
            let last = pages.last_mut().unwrap();
            *last = (last.0.replace(name, "NAME"), last.1.replace(name, "NAME"));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(pages[1], pages[2]);
        let mail = contoso.waiting_mail().await;
        assert_eq!(mail.len(), 1);
        assert_eq!(mail[0].0.as_str(), "sofia@adatum.example");
    })
    .await;
}

#[tokio::test]
async fn a_guest_signs_in_with_a_mailed_code_for_a_day() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let sofia = contoso.code_guest("sofia@adatum.example").await;
        let mut person = house.person("203.0.113.1");
        person.ask_for_code(&contoso, "sofia@adatum.example").await;
        let code = contoso.newest_code().await;
        let before = person.cookie().unwrap().to_owned();
        let done = person.type_code(&contoso, &code).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/account/{}", contoso.id)));
        assert_ne!(person.cookie().unwrap(), before);
        let home = person.get(&format!("/account/{}", contoso.id)).await;
        assert_eq!(home.status, 200);
        assert!(home.has("sofia@adatum.example") && home.has("a code that comes by mail"));
        let browser = person.browser().unwrap();
        let current = house.sessions.current(contoso.id, &browser).await.unwrap();
        assert_eq!(current[0].user.id, sofia.id);
        house.advance(SignedDuration::from_hours(12));
        assert_eq!(house.sessions.current(contoso.id, &browser).await.unwrap().len(), 1);
        house.advance(SignedDuration::from_hours(12));
        assert_eq!(house.sessions.current(contoso.id, &browser).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_code_typed_in_another_browser_opens_nothing() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.code_guest("sofia@adatum.example").await;
        let (mut sofia, mut thief) = (house.person("203.0.113.1"), house.person("203.0.113.1"));
        sofia.ask_for_code(&contoso, "sofia@adatum.example").await;
        let code = contoso.newest_code().await;
        thief.ask_for_code(&contoso, "quinn@adatum.example").await;
        let action = format!("/account/{}/sign-in/code", contoso.id);
        let fields = [("username", "sofia@adatum.example"), ("code", &*code), ("do", "verify")];
        assert_eq!(thief.submit(&action, &fields).await.status, 200);
        assert!(house.sessions.everywhere(&thief.browser().unwrap()).await.unwrap().is_empty());
        assert_eq!(sofia.type_code(&contoso, &code).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_guest_from_another_tenant_signs_in_at_home_and_is_found_by_issuer_and_subject() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let lea = fabrikam.member("lea").await;
        let guest = contoso.home_guest(&fabrikam, &lea).await;
        let mut person = house.person("203.0.113.1");
        let base = format!("/account/{}/sign-in", contoso.id);
        person.get(&base).await;
        let asked = person.submit(&base, &[("username", "lea@fabrikam.example")]).await;
        assert!(asked.has("type=\"password\"") && asked.has("fabrikam"));
        let done = person.password(&contoso, "lea@fabrikam.example", PASSWORD).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/account/{}", contoso.id)));
        let browser = person.browser().unwrap();
        let all = house.sessions.everywhere(&browser).await.unwrap();
        assert_eq!(all.iter().map(|one| one.user.id).collect::<Vec<_>>(), [guest.id, lea.id]);
        let home = person.get(&format!("/account/{}", contoso.id)).await;
        assert!(home.has("your account at <strong>fabrikam</strong>"));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_binds_nothing_whatever_the_address() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let lea = fabrikam.member("lea").await;
        // Invited under the very address of the home account, and not accepted.
        let pending = contoso.pending("lea@fabrikam.example").await;
        let mut person = house.person("203.0.113.1");
        let refused = person.password(&contoso, "lea@fabrikam.example", PASSWORD).await;
        assert_eq!(refused.status, 403);
        assert!(refused.has("lea@fabrikam.example") && refused.has("session.identityUnknown"));
        let all = house.sessions.everywhere(&person.browser().unwrap()).await.unwrap();
        assert_eq!(all.iter().map(|one| one.user.id).collect::<Vec<_>>(), [lea.id]);
        let mut snapshot = contoso.store().snapshot().await.unwrap();
        let after = directory::user::find(&mut snapshot, pending.id).await.unwrap().unwrap();
        drop(snapshot);
        assert!(after.identities.is_empty() && after.is_pending());
        assert_eq!(contoso.sign_in_log().await, [50020]);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_guest_is_told_after_the_proof_and_not_before() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let sofia = contoso.code_guest("sofia@adatum.example").await;
        contoso.change(sofia.id, |user, _| user.account_enabled = false).await;
        let mut person = house.person("203.0.113.1");
        assert_eq!(person.ask_for_code(&contoso, "sofia@adatum.example").await.status, 200);
        let code = contoso.newest_code().await;
        let refused = person.type_code(&contoso, &code).await;
        assert_eq!(refused.status, 403);
        assert!(refused.has("session.userDisabled"));
        assert!(house.sessions.everywhere(&person.browser().unwrap()).await.unwrap().is_empty());
        assert_eq!(contoso.sign_in_log().await, [50057]);
    })
    .await;
}

#[tokio::test]
async fn the_accounts_of_a_browser_are_offered_and_a_home_account_crosses_over() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        contoso.member("admin").await;
        let lea = fabrikam.member("lea").await;
        let guest = contoso.home_guest(&fabrikam, &lea).await;
        let mut person = house.person("203.0.113.1");
        person.password(&fabrikam, "lea@fabrikam.example", PASSWORD).await;
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        let base = format!("/account/{}/sign-in", contoso.id);
        let offered = person.get(&base).await;
        is_sealed_off(&offered);
        assert!(offered.has("admin@contoso.example") && offered.has("lea@fabrikam.example"));
        let all = house.sessions.everywhere(&person.browser().unwrap()).await.unwrap();
        let home = all.iter().find(|one| one.user.id == lea.id).unwrap().session.to_string();
        let done = person.submit(&format!("{base}/account"), &[("account", &home)]).await;
        assert_eq!(done.status, 303);
        let current = house.sessions.current(contoso.id, &person.browser().unwrap()).await.unwrap();
        assert_eq!(current[0].user.id, guest.id);
        person.get(&base).await;
        let out = person.submit(&format!("{base}/account"), &[("do", "sign_out_all")]).await;
        assert_eq!(out.status, 200);
        assert_eq!(person.cookie(), None);
    })
    .await;
}

#[tokio::test]
async fn a_page_names_and_lets_through_only_an_application_that_is_registered() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let app_id = AppId(Rng::system().uuid());
        let new = NewApplication {
            id: ApplicationId(Rng::system().uuid()),
            app_id,
            display_name: "Falcon Workspace".to_owned(),
            is_public: false,
            redirect_uris: vec!["https://falcon.example/callback".to_owned()],
            spa_redirect_uris: Vec::new(),
            public_client_redirect_uris: Vec::new(),
            identifier_uris: Vec::new(),
            secrets: Vec::new(),
        };
        let act = stranger(contoso.id, "203.0.113.1");
        contoso
            .store()
            .write((new, act), |mut tx, context| async move {
                application::insert(&mut tx, Rng::system(), &context.1, &origin(), &context.0).await
            })
            .await
            .unwrap();
        for (redirect_uri, lets_through) in
            [("https://falcon.example/callback", true), ("https://evil.example/callback", false)]
        {
            let client = Client { app_id, redirect_uri: redirect_uri.parse().unwrap() };
            let errand = Errand { client: Some(client), ..Errand::to(LocalPath::account(contoso.id)) };
            let page = house.person("203.0.113.1").get(&sign_in_path(contoso.id, &errand)).await;
            let policy = page.headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert_eq!(policy.contains("form-action 'self' https://falcon.example"), lets_through);
            assert!(!policy.contains("evil.example"));
            assert_eq!(page.has("Falcon Workspace"), lets_through);
        }
    })
    .await;
}

#[tokio::test]
async fn every_sign_in_page_is_said_in_every_language() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        for language in ["en", "de", "fr", "es", "ar"] {
            let mut person = house.person("203.0.113.1");
            let base = format!("/account/{}/sign-in", contoso.id);
            person.get(&format!("{base}?lang={language}")).await;
            for name in ["no name", "a@contoso.example", "a@elsewhere.example"] {
                assert_eq!(
                    person.submit(&base, &[("username", name)]).await.status,
                    200,
                    "{language} {name}"
                );
                person.get(&base).await;
            }
        }
    })
    .await;
}

/// Form tokens and cookies differ between browsers.
fn without_token(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("name=\"csrf\" value=\"") {
        text.push_str(before);
        rest = after.split_once('"').unwrap().1;
    }
    text + rest
}
