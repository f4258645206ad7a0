//! Pages as a browser meets them: every layout in every language, the headers, the menus, the forms, the errors.

use crate::{
    Catalog, CsrfKey, Failure, GuardedForm, Organization, Page, PageContext, Pages, Query, Templates, Visitor,
};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::get;
use http::{HeaderMap, Request, StatusCode};
use kernel::{
    CorrelationId, Error, Kind, Language, Origin, Refusal, Rng, RuleId, Secret, SessionId, TenantId,
    Timestamp, UserId,
};
use minijinja::context;
use std::sync::Arc;
use tower::ServiceExt;

const LETTER: &str = "{% extends 'layout/guest.html' %}{% block title %}Hello{% endblock %}\
    {% block letter %}<h1>{{ name }}</h1><i>{{ page.csrf }}</i>{% endblock %}";
const BESIDE: &str = "{% extends 'layout/guest.html' %}{% block letter %}<h1>x</h1>{% endblock %}\
    {% block aside %}<aside aria-label=\"x\">more</aside>{% endblock %}";
const SIGN_IN: &str = "{% extends 'layout/sign_in.html' %}{% block heading %}Sign in{% endblock %}\
    {% block form %}<form></form>{% endblock %}{% block ways_out %}<a class=\"l-link l-tap\" href=\"/x\">x</a>{% endblock %}";
const ACCOUNT: &str =
    "{% extends 'layout/account.html' %}{% block content %}<h1>{{ page.visitor.name }}</h1>{% endblock %}";

fn origin() -> Origin {
    Origin::parse("https://guests.contoso.example").unwrap()
}

fn pages() -> Pages {
    let templates = [
        ("test/letter.html", LETTER),
        ("test/beside.html", BESIDE),
        ("test/sign_in.html", SIGN_IN),
        ("test/account.html", ACCOUNT),
    ];
    let templates = Templates::new(Arc::new(Catalog::new(&[]).unwrap()), templates).unwrap();
    Pages::new(templates, origin(), CsrfKey::new(&Secret::new([7; 32])), Rng::system())
}

fn visitor() -> Visitor {
    Visitor {
        tenant: TenantId(Rng::system().uuid()),
        user: UserId(Rng::system().uuid()),
        session: SessionId(Rng::system().uuid()),
        display_name: "Priya <Raman>".to_owned(),
        user_principal_name: "priya.raman@contoso.example".to_owned(),
        address: "priya.raman@contoso.example".to_owned(),
        signed_in_at: Timestamp::UNIX_EPOCH,
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    reason: String,
}

fn blocked() -> Error {
    let refusal = Refusal::new(
        RuleId("invitation.blockedDomain"),
        "tailspin.example is on Contoso's list of blocked domains.",
        "Ask an administrator to change the list.",
    );
    refusal.decided_by("blockedDomains", "tailspin.example").changed_by("Security Administrator").into()
}

async fn letter(pages: Pages, page: PageContext) -> crate::Result<Page> {
    let page = page.organization(Organization::named("Contoso")).preferring(Some(Language::Fr));
    Ok(pages.render("test/letter.html", page, context! { name => "<Jo>" })?)
}

async fn answer(
    pages: Pages,
    page: PageContext,
    GuardedForm(answer): GuardedForm<Answer>,
) -> crate::Result<Page> {
    Ok(pages.render("test/letter.html", page, context! { name => answer.reason })?)
}

async fn find(Query(answer): Query<Answer>) -> String {
    answer.reason
}

async fn refuse(page: PageContext) -> crate::Result<Page> {
    Err(Failure::on(page.organization(Organization::named("Contoso")), blocked()))
}

async fn send(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let pages = pages();
    let routes = Router::new()
        .route("/letter", get(letter).post(answer))
        .route("/refuse", get(refuse))
        .route("/find", get(find))
        .route("/broken", get(|| async { crate::Result::<()>::Err(Error::internal("secret cause").into()) }))
        .route(
            "/slow",
            get(|| async {
                crate::Result::<()>::Err(
                    Error::new(Kind::TooManyRequests { retry_after: 60 }, "Wait a minute.").into(),
                )
            }),
        );
    let response = pages.attach(routes).merge(pages.assets()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn fetch(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request.body(Body::empty()).unwrap()).await
}

async fn post(headers: &[(&str, &str)], body: String) -> (StatusCode, String) {
    let mut request = Request::post("/letter").header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (status, _, html) = send(request.body(Body::from(body)).unwrap()).await;
    (status, html)
}

#[test]
fn every_layout_renders_in_every_language() {
    let pages = pages();
    for language in Language::ALL {
        for name in ["test/letter.html", "test/beside.html", "test/sign_in.html", "test/account.html"] {
            let page = PageContext::sample(language, Some(visitor()));
            let html = pages.render(name, page, context! { name => "Jo" }).unwrap().html().to_owned();
            let tag = language.tag();
            assert!(
                html.contains(&format!("<html lang=\"{tag}\" dir=\"{}\"", language.direction())),
                "{name} {tag}"
            );
            assert!(html.trim_start().starts_with("<!doctype html>"), "{name} {tag}");
            let inline = html.replace("<script type=\"module\" src=\"/assets/", "");
            assert!(!html.contains("style=") && !inline.contains("<script"), "{name} {tag}");
            assert_eq!(html.contains("/assets/tabler.rtl."), language == Language::Ar, "{name} {tag}");
            assert!(html.contains("lang=de\" lang=\"de\""), "{name} {tag}");
        }
        let page = PageContext::sample(language, None);
        let html =
            pages.error(page, &blocked(), CorrelationId(Rng::system().uuid())).unwrap().html().to_owned();
        assert!(
            html.contains("invitation.blockedDomain") && html.contains("blockedDomains = tailspin.example")
        );
        assert!(html.contains("list of blocked domains") && html.contains("Security Administrator"));
    }
}

#[test]
fn a_letter_stands_alone_unless_something_stands_beside_it() {
    let render = |name| {
        let page = PageContext::sample(Language::En, None);
        pages().render(name, page, context! { name => "Jo" }).unwrap().html().to_owned()
    };
    assert!(render("test/letter.html").contains("l-guest-main l-guest-one"));
    assert!(!render("test/beside.html").contains("l-guest-one"));
    let html = render("test/letter.html");
    assert!(html.contains("<title>Hello</title>"));
    assert!(html.contains("l-face-org\" aria-hidden=\"true\">C</span>"));
    assert!(html.contains("https:&#x2f;&#x2f;contoso.example&#x2f;privacy"));
    assert!(html.contains("<bdi>Contoso</bdi> runs this page itself with Lodge"));
}

#[tokio::test]
async fn every_page_sends_the_same_headers() {
    let (status, headers, html) = fetch("/letter", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        headers["content-security-policy"],
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    assert!(headers.contains_key("permissions-policy"));
    assert!(!headers.contains_key("strict-transport-security"));
    assert!(html.contains("&lt;Jo&gt;"));
}

#[tokio::test]
async fn a_form_may_end_at_one_more_origin() {
    use axum::response::IntoResponse;
    let policy = |address: &str| {
        let page = PageContext::sample(Language::En, None);
        let page = pages().render("test/beside.html", page, ()).unwrap();
        let response = page.form_action(&url::Url::parse(address).unwrap()).into_response();
        response.headers()["content-security-policy"].to_str().unwrap().to_owned()
    };
    assert!(
        policy("https://app.example:8443/cb?x=1").contains("; form-action 'self' https://app.example:8443; ")
    );
    assert!(
        policy("http://localhost:4000/callback").contains("; form-action 'self' http://localhost:4000; ")
    );
    assert!(policy("myapp://callback").contains("; form-action 'self' myapp:; "));
}

#[tokio::test]
async fn a_language_is_chosen_then_preferred_then_accepted() {
    let language = |html: &str| html.split("<html lang=\"").nth(1).unwrap().get(..2).unwrap().to_owned();
    let (_, _, html) = fetch("/letter", &[("accept-language", "es")]).await;
    assert_eq!(language(&html), "fr", "the preference of the handler");
    let (_, headers, html) = fetch("/letter?ticket=a%26b&lang=de", &[("accept-language", "es")]).await;
    assert_eq!(language(&html), "de");
    let cookie =
        headers.get_all("set-cookie").iter().find(|value| value.to_str().unwrap().contains("lodge_lang"));
    assert!(cookie.unwrap().to_str().unwrap().starts_with("__Host-lodge_lang=de; Path=/; HttpOnly; Secure"));
    assert!(html.contains("ticket=a%26b&amp;lang=ar"), "the menu keeps the query");
    let (_, _, html) = fetch("/letter", &[("cookie", "__Host-lodge_lang=ar")]).await;
    assert_eq!(language(&html), "ar");
    let (_, _, html) = fetch("/refuse", &[("accept-language", "es")]).await;
    assert_eq!(language(&html), "es");
    let (_, headers, html) = fetch("/letter?lang=xx", &[]).await;
    assert_eq!(language(&html), "fr");
    assert!(
        !headers.get_all("set-cookie").iter().any(|value| value.to_str().unwrap().contains("lodge_lang"))
    );
}

#[tokio::test]
async fn an_appearance_is_kept_in_a_cookie_until_the_system_shall_decide() {
    let (_, headers, html) = fetch("/letter?theme=contrast", &[]).await;
    assert!(html.contains("data-theme=\"contrast\""));
    assert!(
        headers.get_all("set-cookie").iter().any(|v| v.to_str().unwrap().contains("lodge_theme=contrast"))
    );
    let (_, _, html) = fetch("/letter", &[("cookie", "__Host-lodge_theme=dark")]).await;
    assert!(html.contains("data-theme=\"dark\""));
    let (_, headers, html) = fetch("/letter?theme=system", &[("cookie", "__Host-lodge_theme=dark")]).await;
    assert!(!html.contains("data-theme"));
    assert!(headers.get_all("set-cookie").iter().any(|v| v.to_str().unwrap().contains("lodge_theme=; ")));
    let (_, _, html) = fetch("/letter", &[("cookie", "__Host-lodge_theme=\"><script>")]).await;
    assert!(!html.contains("data-theme") && !html.contains("<script"));
}

#[tokio::test]
async fn a_form_is_taken_only_from_the_browser_that_was_shown_it() {
    let (_, headers, html) = fetch("/letter", &[]).await;
    let cookie = headers.get_all("set-cookie").iter().find_map(|value| {
        let text = value.to_str().unwrap();
        text.contains("lodge_browser").then(|| text.split(';').next().unwrap().to_owned())
    });
    let cookie = cookie.unwrap();
    let token = html.split("<i>").nth(1).unwrap().split('<').next().unwrap();
    let form = format!("reason=why+not&csrf={token}");

    let (status, html) = post(&[("cookie", &cookie)], form.clone()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("<h1>why not</h1>"));
    let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("origin", "null")];
    assert_eq!(post(&own, form.clone()).await.0, StatusCode::OK);

    let foreign = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")];
    assert_eq!(post(&foreign, form.clone()).await.0, StatusCode::FORBIDDEN);
    let foreign = [("cookie", cookie.as_str()), ("origin", "https://evil.example")];
    assert_eq!(post(&foreign, form.clone()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(&[], form.clone()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(
        post(&[("cookie", "__Host-lodge_browser=other")], form.clone()).await.0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(post(&[("cookie", &cookie)], "reason=x".to_owned()).await.0, StatusCode::FORBIDDEN);
    let (status, html) = post(&[("cookie", &cookie)], format!("csrf={token}")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(html.contains("missing field"));
    let large = format!("csrf={token}&reason={}", "x".repeat(70_000));
    assert_eq!(post(&[("cookie", &cookie)], large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_refusal_is_a_page_with_its_reason_and_its_remedy() {
    let (status, headers, html) = fetch("/refuse", &[]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(headers["cache-control"], "no-store");
    assert!(html.contains("<bdi>Contoso</bdi>"));
    assert!(html.contains("list of blocked domains"));
    assert!(html.contains("This needs the role"));
    assert!(!html.contains("lang=\"en\" dir=\"ltr\">tailspin"), "no second copy in English");
    let (_, _, html) = fetch("/refuse", &[("accept-language", "de")]).await;
    assert!(html.contains("Das ist hier nicht erlaubt"));
    assert!(html.contains("<p class=\"l-soft\" lang=\"en\" dir=\"ltr\">tailspin.example is on"));
}

#[tokio::test]
async fn a_fault_of_ours_shows_a_number_and_no_cause() {
    let (status, _, html) = fetch("/broken", &[]).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(html.contains("Something went wrong on our side") && html.contains("correlation  "));
    assert!(!html.contains("secret cause"));
    let (status, headers, _) = fetch("/slow", &[]).await;
    assert_eq!((status, &headers["retry-after"]), (StatusCode::TOO_MANY_REQUESTS, &"60".parse().unwrap()));
}

#[tokio::test]
async fn a_query_is_read_like_a_form_and_without_the_menus() {
    let (status, headers, text) = fetch("/find?reason=why+not&lang=de&theme=dark", &[]).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "why not"));
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    let (status, _, html) = fetch("/find?reason=a&reason=b", &[]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(html.contains("The field reason is given more than once."));
    assert_eq!(fetch("/find?other=a", &[]).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_menu_never_leads_to_another_host() {
    for path in ["//evil.example/x", "/\\evil.example"] {
        let page = PageContext::sample(Language::En, None).menu_at(path);
        let html = pages().render("test/beside.html", page, ()).unwrap().html().to_owned();
        assert!(!html.contains("evil.example"), "{path}");
        assert!(html.contains("href=\"&#x2f;?lang=de\""));
    }
}

#[test]
fn strict_transport_security_is_for_real_host_names_over_tls() {
    let sent = |text: &str| crate::hsts_header(&Origin::parse(text).unwrap()).is_some();
    assert!(sent("https://guests.contoso.example"));
    for text in [
        "https://localhost:8443",
        "https://127.0.0.1",
        "https://[::1]:8443",
        "https://10.0.0.5",
        "http://a.example",
    ] {
        assert!(!sent(text), "{text}");
    }
}
