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
