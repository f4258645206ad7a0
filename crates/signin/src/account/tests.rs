//! The account page.

use crate::testing::{PASSWORD, on_each_engine};

#[tokio::test]
async fn the_account_page_asks_for_a_sign_in_and_says_who_you_are() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let mut person = house.person("203.0.113.1");
        assert_eq!(person.get("/account").await.location(), "/account/sign-in");
        assert_eq!(person.get("/account/sign-in").await.status, 200);
        let asked = person.get("/account/contoso.example").await;
        assert!(asked.location().starts_with(&format!("/account/{}/sign-in?return=", contoso.id)));
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        let home = person.get("/account/contoso.example").await;
        assert!(home.status == 200 && home.has("member of contoso") && home.has("admin@contoso.example"));
        assert_eq!(person.get("/account").await.location(), format!("/account/{}", contoso.id));
        assert_eq!(person.get("/account/nowhere.example").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_name_alone_leads_to_its_organization() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let mut person = house.person("203.0.113.1");
        person.get("/account/sign-in").await;
        let led = person.submit("/account/sign-in", &[("username", "admin@contoso.example")]).await;
        let page = person.get(led.location()).await;
        assert!(page.has("type=\"password\"") && page.has("contoso"));
        person.get("/account/sign-in").await;
        let nowhere = person.submit("/account/sign-in", &[("username", "a@nowhere.example")]).await;
        assert_eq!(nowhere.status, 400);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_account_of_this_tenant_and_says_what_is_left() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        contoso.member("admin").await;
        fabrikam.member("lea").await;
        let mut person = house.person("203.0.113.1");
        person.password(&fabrikam, "lea@fabrikam.example", PASSWORD).await;
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        let path = format!("/account/{}", contoso.id);
        person.get(&path).await;
        let out = person.submit(&path, &[("do", "sign_out")]).await;
        assert!(out.status == 200 && out.has("One other account is still signed in here."));
        assert_eq!(person.get(&path).await.status, 303);
        assert_eq!(person.get(&format!("/account/{}", fabrikam.id)).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_link_to_sign_out_asks_first() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let mut person = house.person("203.0.113.1");
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        let path = super::sign_out_path(contoso.id);
        assert!(person.get(&path).await.has("admin@contoso.example"));
        assert_eq!(person.get(&super::path(contoso.id)).await.status, 200);
        person.get(&path).await;
        assert_eq!(person.submit(&path, &[("do", "sign_out")]).await.status, 200);
        assert_eq!(person.get(&super::path(contoso.id)).await.status, 303);
    })
    .await;
}

const ELSEWHERE: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1";

#[tokio::test]
async fn every_page_of_ones_own_asks_for_a_sign_in_and_comes_back() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let pages = ["", "/profile", "/password", "/sessions", "/apps", "/appearance"];
        let mut person = house.person("203.0.113.1");
        for page in pages {
            let path = format!("/account/{}{page}", contoso.id);
            let back = path.replace('/', "%2F");
            assert!(
                person.get(&path).await.location().ends_with(&format!("sign-in?return={back}")),
                "{path}"
            );
        }
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        for page in pages {
            let shown = person.get(&format!("/account/{}{page}", contoso.id)).await;
            assert!(shown.status == 200 && shown.has("aria-current=\"page\""), "{page}: {}", shown.html);
            assert!(shown.has("admin@contoso.example"), "{page} names the account it uses");
        }
    })
    .await;
}

#[tokio::test]
async fn sessions_are_known_by_their_browser_and_end_one_by_one_or_all() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        contoso.member("marc").await;
        let mut here = house.person("203.0.113.1");
        let mut phone = house.person("203.0.113.2").claiming("user-agent", ELSEWHERE);
        let mut other = house.person("203.0.113.3").claiming("user-agent", ELSEWHERE);
        let mut marc = house.person("203.0.113.4");
        for (person, name) in
            [(&mut here, "admin"), (&mut phone, "admin"), (&mut other, "admin"), (&mut marc, "marc")]
        {
            person.password(&contoso, &format!("{name}@contoso.example"), PASSWORD).await;
        }
        let path = format!("/account/{}/sessions", contoso.id);
        let list = here.get(&path).await;
        assert_eq!(
            list.html.matches("Safari on iPhone").count(),
            4,
            "each named in its row and on its button"
        );
        assert!(list.has("This browser, since"));
        let ended = here.submit(&path, &[("do", "one")]).await;
        assert_eq!(ended.location(), path);
        assert!(here.get(&path).await.has("That browser is signed out."));
        let home = format!("/account/{}", contoso.id);
        let alive = [phone.get(&home).await.status, other.get(&home).await.status];
        assert!(alive.contains(&200) && alive.contains(&303), "{alive:?}");
        here.get(&path).await;
        here.submit(&path, &[("do", "others")]).await;
        assert_eq!((phone.get(&home).await.status, other.get(&home).await.status), (303, 303));
        assert_eq!(here.get(&home).await.status, 200);
        assert_eq!(marc.get(&home).await.status, 200, "sessions of others are left alone");
        here.get(&path).await;
        let out = here.submit(&path, &[("do", "everything")]).await;
        assert!(out.status == 200 && out.has("signed out"), "{}", out.html);
        assert_eq!(here.get(&home).await.status, 303);
        let recorded = contoso.activities().await;
        assert_eq!(recorded.last().unwrap(), "Update StsRefreshTokenValidFrom Timestamp");
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        contoso.member("marc").await;
        let (mut admin, mut marc) = (house.person("203.0.113.1"), house.person("203.0.113.2"));
        admin.password(&contoso, "admin@contoso.example", PASSWORD).await;
        marc.password(&contoso, "marc@contoso.example", PASSWORD).await;
        let theirs = house.sessions.current(contoso.id, &admin.browser().unwrap()).await.unwrap();
        let session = theirs[0].session.to_string();
        let path = format!("/account/{}/sessions", contoso.id);
        marc.get(&path).await;
        marc.submit(&path, &[("do", "one"), ("session", &session)]).await;
        assert_eq!(admin.get(&path).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_is_good_at_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let (mut here, mut elsewhere) = (house.person("203.0.113.1"), house.person("203.0.113.2"));
        here.password(&contoso, "admin@contoso.example", PASSWORD).await;
        elsewhere.password(&contoso, "admin@contoso.example", PASSWORD).await;
        let path = format!("/account/{}/password", contoso.id);
        let new = "Quite-another-8";
        for (present, chosen, again, said) in [
            ("Not-the-one-5", new, new, "This is not your present password."),
            (PASSWORD, new, "Quite-another-9", "This is not the same as above."),
            (PASSWORD, "short", "short", "This is too short"),
            (PASSWORD, "My-admin-name-9", "My-admin-name-9", "easy to guess"),
            (PASSWORD, PASSWORD, PASSWORD, "This is the one you have."),
        ] {
            here.get(&path).await;
            let fields = [("password", present), ("new_password", chosen), ("new_password_again", again)];
            let told = here.submit(&path, &fields).await;
            assert!(told.status == 200 && told.has(said), "{said}: {}", told.html);
            assert!(!told.has(new) && !told.has(PASSWORD), "no password is repeated");
        }
        let before = here.cookie().unwrap().to_owned();
        here.get(&path).await;
        let fields = [("password", PASSWORD), ("new_password", new), ("new_password_again", new)];
        assert_eq!(here.submit(&path, &fields).await.location(), path);
        assert!(here.get(&path).await.has("Your password is changed."));
        assert_ne!(here.cookie().unwrap(), before, "a proof renews the cookie");
        assert_eq!(elsewhere.get(&path).await.status, 303);
        let mut later = house.person("203.0.113.3");
        assert_eq!(later.password(&contoso, "admin@contoso.example", PASSWORD).await.status, 200);
        assert_eq!(later.password(&contoso, "admin@contoso.example", new).await.status, 303);
        assert_eq!(contoso.activities().await.last().unwrap(), "Change user password");
    })
    .await;
}

#[tokio::test]
async fn a_guest_has_no_password_here() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.code_guest("lea@adatum.example").await;
        let mut guest = house.person("203.0.113.1");
        guest.ask_for_code(&contoso, "lea@adatum.example").await;
        let code = contoso.newest_code().await;
        guest.type_code(&contoso, &code).await;
        let page = guest.get(&format!("/account/{}/password", contoso.id)).await;
        assert!(page.has("You have no password here") && !page.has("new_password"), "{}", page.html);
        let page = guest.get(&format!("/account/{}", contoso.id)).await;
        assert!(page.has("Guest of contoso") && !page.has("/portal/"), "{}", page.html);
    })
    .await;
}
