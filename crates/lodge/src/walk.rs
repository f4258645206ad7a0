//! Walks over everything that is registered, so that no page of the whole can be left out: who may open it, what it
//! sends, in which words, from whom it takes a form, and where it leads.

use crate::compose::{self, Face, Ground, Whole};
use crate::dev::seed::Seed;
use axum::body::{Body, to_bytes};
use directory::portal::{Meta, Rights, rights};
use directory::role::{self, Role};
use directory::user::{self, NewUser, UserService};
use http::{HeaderMap, Request, StatusCode, header};
use kernel::{Act, Clock, CorrelationId, EmailAddress, Language, Origin, Rng, TenantId, UserId};
use module::{Group, Right};
use signin::session::{Browser, Proof, SessionService};
use std::path::Path;
use store::{Location, MasterKey};
use tower::ServiceExt;

/// A name that would run if any page showed it as it is.
const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

struct Walk {
    whole: Whole,
    origin: Origin,
    tenant: TenantId,
    _directory: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Walk {
    async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let location = Location::Sqlite(directory.path().join("lodge.db"));
        let store = compose::open(&location, MasterKey::new([7; 32]), Clock::system(), Rng::system());
        let face = Face::Dev {
            directory: directory.path().to_owned(),
            token: None,
            keep_offset: Box::new(|_| Ok(())),
        };
        let ground = Ground {
            store: store.await.unwrap(),
            origin: origin.clone(),
            limits: compose::no_limits(),
            face,
        };
        let whole = compose::compose(ground).await.unwrap();
        let seed = Seed::built_in(Rng::system()).unwrap();
        whole.apply(&seed).await.unwrap();
        Self { whole, origin, tenant: seed.tenants[0].id, _directory: directory }
    }

    /// A member with these roles, and the cookie of a browser where they are signed in.
    async fn person(&self, roles: &[Role]) -> (UserId, String) {
        let rng = Rng::system();
        let id = UserId(rng.uuid());
        let address = format!("walker-{}@contoso.example", id.0.simple());
        let new = NewUser {
            id,
            user_principal_name: address.clone(),
            display_name: HOSTILE.to_owned(),
            mail: Some(EmailAddress::parse(&address).unwrap()),
            account_enabled: true,
            preferred_language: None,
        };
        let act = Act::system("test", CorrelationId(rng.uuid()));
        self.whole
            .platform
            .tenant(self.tenant)
            .write((new, roles.to_vec(), act), move |mut tx, context| async move {
                let (new, roles, act) = &*context;
                UserService::add_member(&mut tx, rng, act, new).await?;
                let user = user::find(&mut tx, new.id).await?.unwrap();
                for role in roles {
                    role::assign(&mut tx, rng, act, &user, *role).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        let sessions = SessionService::new(self.whole.platform.clone());
        let proof = Proof::password(&self.origin, self.tenant, id);
        let fresh = Browser::fresh(rng);
        let (_, browser) = sessions.sign_in(self.tenant, &fresh, id, proof).await.unwrap();
        let header = browser.cookie().header(&self.origin).unwrap();
        (id, header.to_str().unwrap().split(';').next().unwrap().to_owned())
    }

    async fn send(&self, request: http::request::Builder, cookie: Option<&str>, body: &str) -> Answer {
        let request =
            cookie.into_iter().fold(request, |request, cookie| request.header(header::COOKIE, cookie));
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.whole.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(Request::get(path), cookie, "").await
    }

    async fn post(&self, path: &str, cookie: Option<&str>, from: Option<&str>) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = from.into_iter().fold(request, |request, site| request.header("sec-fetch-site", site));
        self.send(request, cookie, "a=b").await
    }

    /// Where a page is served, about something that is not there.
    fn address(&self, meta: &Meta) -> String {
        let mut path = format!("/portal/{}{}", self.tenant, meta.path);
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, &Rng::system().uuid().to_string());
        }
        path
    }
}

#[tokio::test]
async fn every_portal_page_asks_for_its_right() {
    let walk = Walk::start().await;
    let (_, nobody) = walk.person(&[]).await;
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push((role, walk.person(&[role]).await.1));
    }
    assert!(walk.whole.portal.pages().len() >= 4);
    for meta in walk.whole.portal.pages() {
        let path = walk.address(meta);
        let unknown = walk.get(&path, None).await;
        assert_eq!(unknown.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(walk.get(&path, Some(&nobody)).await.status, StatusCode::FORBIDDEN, "{path}");
        for (role, cookie) in &people {
            let rights = Rights::of(vec![*role]);
            let answer = walk.get(&path, Some(cookie)).await;
            let refused =
                answer.status == StatusCode::FORBIDDEN && answer.body.contains(rights::MISSING_RIGHT.0);
            assert_eq!(refused, !rights.may(meta.right), "{path} as {role:?}: {}", answer.status);
            assert!(answer.status.as_u16() < 500, "{path} as {role:?}: {}", answer.body);
            if let Some(right) = meta.change {
                let answer = walk.post(&path, Some(cookie), None).await;
                let refused = answer.body.contains(rights::MISSING_RIGHT.0);
                assert_eq!(refused, !rights.may(right), "POST {path} as {role:?}: {}", answer.status);
            }
        }
    }
}

#[tokio::test]
async fn every_portal_page_sends_the_headers_and_shows_names_as_text() {
    let walk = Walk::start().await;
    let (_, cookie) = walk.person(&[Role::GlobalAdministrator]).await;
    for meta in walk.whole.portal.pages() {
        let path = walk.address(meta);
        let answer = walk.get(&path, Some(&cookie)).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
        for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer", "{path}");
        if answer.headers[header::CONTENT_TYPE] == "text/html; charset=utf-8" {
            assert!(!answer.body.contains("<script>") && !answer.body.contains("<img src=x"), "{path}");
            assert!(!answer.body.contains(" style=") && !answer.body.contains(" onclick="), "{path}");
            assert!(answer.body.contains("<title>") && !answer.body.contains("<title></title>"), "{path}");
        }
    }
}

#[tokio::test]
async fn no_portal_page_takes_a_form_from_elsewhere() {
    let walk = Walk::start().await;
    let (_, cookie) = walk.person(&[Role::GlobalAdministrator]).await;
    for meta in walk.whole.portal.pages().iter().filter(|meta| meta.change.is_some()) {
        let path = walk.address(meta);
        for (cookie, site) in [
            (Some(&cookie), None),
            (Some(&cookie), Some("cross-site")),
            (Some(&cookie), Some("same-origin")),
            (None, None),
        ] {
            let answer = walk.post(&path, cookie.map(String::as_str), site).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {site:?}: {}", answer.body);
        }
    }
}

/// What strangers may post to: programs and other sites, who bring a proof of their own.
const UNGUARDED: [&str; 3] =
    ["collaboration/src/mail_preference/pages.rs", "signin/src/endpoint.rs", "web/src/form.rs"];

#[test]
fn every_form_is_guarded_unless_strangers_may_send_it() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut unguarded = Vec::new();
    for file in rust_files(&crates) {
        let text = std::fs::read_to_string(&file).unwrap();
        let bare =
            text.split("GuardedForm").any(|part| part.contains(" Form(") || part.contains("web::Form"));
        if bare {
            unguarded.push(file.strip_prefix(&crates).unwrap().to_string_lossy().into_owned());
        }
    }
    let unknown: Vec<_> = unguarded.iter().filter(|file| !UNGUARDED.contains(&file.as_str())).collect();
    assert!(unknown.iter().all(|file| file.ends_with("walk.rs")), "{unknown:?} read forms without a guard");
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn no_page_leads_to_another_host() {
    let walk = Walk::start().await;
    let (_, cookie) = walk.person(&[Role::GlobalAdministrator]).await;
    let evil = "return=https%3A%2F%2Fevil.example&next=%2F%2Fevil.example&url=https://evil.example";
    let tenant = walk.tenant;
    let mut paths: Vec<String> = walk.whole.portal.pages().iter().map(|meta| walk.address(meta)).collect();
    paths.extend(
        ["", "/profile", "/sessions", "/sign-in", "/sign-out"].map(|page| format!("/account/{tenant}{page}")),
    );
    paths.extend(["/portal".to_owned(), "/account".to_owned(), "/account/sign-in".to_owned()]);
    paths.extend([format!("/portal/{tenant}//evil.example"), "/portal//evil.example".to_owned()]);
    for path in paths {
        for cookie in [None, Some(cookie.as_str())] {
            let answer = walk.get(&format!("{path}?{evil}"), cookie).await;
            if let Some(location) = answer.headers.get(header::LOCATION) {
                let location = location.to_str().unwrap();
                assert!(location.starts_with('/') && !location.starts_with("//"), "{path}: {location}");
            }
            let links = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
            for link in links {
                let link = link.replace("&#x2f;", "/");
                let foreign = link.starts_with("//") || link.starts_with("http");
                assert!(!foreign || !link.contains("evil.example"), "{path}: {link}");
            }
        }
    }
}

#[tokio::test]
async fn everything_in_the_portal_has_its_words_in_every_language() {
    let walk = Walk::start().await;
    let portal = &walk.whole.portal;
    let groups =
        [Group::Top, Group::Directory, Group::Guests, Group::Protection, Group::Records, Group::Support];
    let pages = portal.pages().iter().flat_map(|meta| [Some(meta.title), meta.keywords]).flatten();
    let actions = portal.actions().iter().flat_map(|action| [Some(action.label), action.keywords]).flatten();
    let keys: Vec<&str> = pages
        .chain(actions)
        .chain(portal.searches().iter().map(|search| search.title))
        .chain(groups.into_iter().filter_map(Group::words))
        .chain(Right::ALL.map(Right::words))
        .collect();
    let catalog = walk.whole.pages.templates().catalog();
    for language in Language::ALL {
        for key in &keys {
            assert!(catalog.has(language, key), "{key} has no words in {}", language.tag());
        }
    }
    assert_eq!(catalog.disagreements(), Vec::<String>::new());
}
