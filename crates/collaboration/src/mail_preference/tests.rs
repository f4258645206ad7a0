//! The unsubscribe page as a reader and as a mail program meet it.

use super::{is_blocked, module, unsubscribe_url};
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
            is_blocked(&mut snapshot, &address).await.unwrap()
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
