//! The unsubscribe page as a reader and as a mail program meet it.

use super::{block_url, is_blocked, module, unsubscribe_url};
use axum::Router;
use axum::body::{Body, to_bytes};
use directory::tenant::{self, Tenant};
use http::{Request, StatusCode, header};
use kernel::{DomainName, EmailAddress, Origin, Rng, Secret, TenantId};
use module::{Limits, Platform};
use std::sync::Arc;
use store::{Migration, Store, Tx};
use testkit::engines::for_each_engine;
use tower::ServiceExt;
use uuid::Uuid;

const CONTOSO: TenantId = TenantId(Uuid::from_u128(0xc0));
const FABRIKAM: TenantId = TenantId(Uuid::from_u128(0xfa));

fn origin() -> Origin {
    Origin::parse("https://guests.contoso.example").unwrap()
}

async fn house(store: Store) -> (Platform, Router) {
    let sender = EmailAddress::parse("invitations@contoso.example").unwrap();
    let platform = Platform::new(store.clone(), origin(), Limits::default(), sender);
    for (id, name) in [(CONTOSO, "contoso.example"), (FABRIKAM, "fabrikam.example")] {
        let domain = DomainName::parse(name).unwrap();
        let tenant = Tenant {
            id,
            display_name: "Contoso".to_owned(),
            initial_domain: domain.clone(),
            domains: vec![domain],
            privacy_statement_url: None,
            notification_language: None,
            link_lifetime_days: 30,
            mail_sender: None,
            created_at: platform.clock().now(),
        };
        let make = |mut tx: Tx, tenant: Arc<Tenant>| async move { tenant::create(&mut tx, &tenant).await };
        store.create_tenant(id, tenant, make).await.unwrap();
    }
    let redemption = crate::redemption::module(&platform);
    let catalog = web::Catalog::new(redemption.words).unwrap();
    let templates = web::Templates::new(Arc::new(catalog), redemption.templates.iter().copied()).unwrap();
    let csrf = web::CsrfKey::new(&Secret::new([1; 32]));
    let pages = web::Pages::new(templates, origin(), csrf, Rng::system());
    let routes = module(&platform).pages.unwrap()(&pages);
    (platform, pages.attach(routes))
}

async fn send(router: &Router, request: Request<Body>) -> (StatusCode, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn click(path: &str, body: &'static str) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

fn migrations() -> Vec<Migration> {
    let tables = [directory::tables(), crate::tables()].concat();
    tables.iter().filter_map(|tables| tables.migration).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_get_shows_one_button_and_one_click_without_a_cookie_sets_the_preference() {
    for_each_engine(&migrations(), |store| async move {
        let (platform, router) = house(store).await;
        let keys = platform.store().keys(CONTOSO).await.unwrap();
        let address = EmailAddress::parse("sofia@adatum.example").unwrap();
        let url = unsubscribe_url(&origin(), &keys, platform.rng(), CONTOSO, &address).unwrap();
        let path = url.strip_prefix(origin().as_str()).unwrap().to_owned();
        let blocked = async || {
            let mut snapshot = platform.tenant(CONTOSO).snapshot().await.unwrap();
            is_blocked(&mut snapshot, &platform, &address).await.unwrap()
        };
        let (status, html) = send(&router, Request::get(&path).body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("One-Click") && html.contains("s•••a@adatum.example"));
        assert!(!blocked().await);
        assert_eq!(send(&router, click(&path, "x=y")).await.0, StatusCode::BAD_REQUEST);
        assert!(!blocked().await);
        assert_eq!(send(&router, click(&path, "List-Unsubscribe=One-Click")).await.0, StatusCode::OK);
        assert!(blocked().await);
        assert_eq!(send(&router, click(&path, "List-Unsubscribe=One-Click")).await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_serves_its_own_tenant_alone() {
    for_each_engine(&migrations(), |store| async move {
        let (platform, router) = house(store).await;
        let keys = platform.store().keys(CONTOSO).await.unwrap();
        let address = EmailAddress::parse("sofia@adatum.example").unwrap();
        let url = unsubscribe_url(&origin(), &keys, platform.rng(), CONTOSO, &address).unwrap();
        let path = url.strip_prefix(origin().as_str()).unwrap().to_owned();
        let strange = [
            path.replace(&CONTOSO.to_string(), &FABRIKAM.to_string()),
            path.replace(&CONTOSO.to_string(), &Uuid::from_u128(1).to_string()),
            path.replace("token=", "token=A"),
            path[..path.len() - 1].to_owned(),
            "/unsubscribe".to_owned(),
            format!("{path}&token=x"),
        ];
        for path in strange {
            let (status, _) = send(&router, click(&path, "List-Unsubscribe=One-Click")).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

fn press(path: &str, page: &str, cookie: &str, fields: &str) -> Request<Body> {
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header(header::ORIGIN, origin().as_str())
        .body(Body::from(format!("csrf={csrf}&{fields}")))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_organization_or_all_are_blocked_and_let_in_again_without_sign_in() {
    for_each_engine(&migrations(), |store| async move {
        let (platform, router) = house(store).await;
        let address = EmailAddress::parse("sofia@adatum.example").unwrap();
        let mut paths = Vec::new();
        for tenant in [CONTOSO, FABRIKAM] {
            let keys = platform.store().keys(tenant).await.unwrap();
            let url = block_url(&origin(), &keys, platform.rng(), tenant, &address).unwrap();
            paths.push(url.strip_prefix(origin().as_str()).unwrap().to_owned());
        }
        let blocked = async |tenant| {
            let mut snapshot = platform.tenant(tenant).snapshot().await.unwrap();
            is_blocked(&mut snapshot, &platform, &address).await.unwrap()
        };
        let open = async |path: &str| {
            let response =
                router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            let cookie = response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap().to_owned();
            let cookie = cookie.split(';').next().unwrap().to_owned();
            let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
            (String::from_utf8(body.to_vec()).unwrap(), cookie)
        };
        let act = async |path: &str, fields: String| {
            let (page, cookie) = open(path).await;
            send(&router, press(path, &page, &cookie, &fields)).await.0
        };
        let (page, _) = open(&paths[0]).await;
        assert!(page.contains("s•••a@adatum.example") && page.contains(">contoso.example<"), "{page}");
        assert!(!page.contains("fabrikam"), "who else has invited somebody is nobody's business");
        assert!(!blocked(CONTOSO).await, "to look changes nothing");
        assert_eq!(act(&paths[0], format!("do=block&organization={CONTOSO}")).await, StatusCode::SEE_OTHER);
        assert!(blocked(CONTOSO).await && !blocked(FABRIKAM).await);
        // From the other's mail the same person finds whom they have blocked, and lets them in again.
        let (page, _) = open(&paths[1]).await;
        assert!(page.contains(">contoso.example<") && page.contains(">fabrikam.example<"));
        assert_eq!(act(&paths[1], format!("do=allow&organization={CONTOSO}")).await, StatusCode::SEE_OTHER);
        assert!(!blocked(CONTOSO).await);
        assert_eq!(act(&paths[1], format!("do=block&organization={CONTOSO}")).await, StatusCode::NOT_FOUND);
        assert_eq!(act(&paths[0], "do=block".into()).await, StatusCode::SEE_OTHER);
        assert!(blocked(CONTOSO).await && blocked(FABRIKAM).await);
        assert_eq!(act(&paths[1], "do=allow".into()).await, StatusCode::SEE_OTHER);
        assert!(!blocked(CONTOSO).await && !blocked(FABRIKAM).await);
        let mut read = platform.tenant(CONTOSO).snapshot().await.unwrap();
        let events = directory::audit_log::list(&mut read, &directory::audit_log::Filter::default(), None, 9)
            .await
            .unwrap();
        let activities: Vec<_> = events.into_iter().map(|event| event.activity).collect();
        assert_eq!(activities, ["Email subscribed", "Email unsubscribed"]);
        // The token of the header opens nothing here, nor that of another tenant.
        let keys = platform.store().keys(CONTOSO).await.unwrap();
        let header = unsubscribe_url(&origin(), &keys, platform.rng(), CONTOSO, &address).unwrap();
        let header = header.strip_prefix(origin().as_str()).unwrap().replace("/unsubscribe", "/block");
        let other = paths[0].replace(&CONTOSO.to_string(), &FABRIKAM.to_string());
        for path in [header, other, "/block".to_owned()] {
            let (status, _) = send(&router, Request::get(&path).body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}
