//! The portal as administrators meet it: the gate, rights, forms that are sent once, kept and compared. Told here
//! because sessions are this crate's.

use crate::testing::{Home, PASSWORD, Person, on_each_engine};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use directory::audit_log::{self, Event, Operation, Service};
use directory::portal::{Administrator, Submission};
use directory::role::Role;
use directory::user;
use kernel::{Rng, SignedDuration, UserId};
use module::{Fragment, Group, Hit, Module, PortalAction, PortalPage, PortalSearch, Right, SlotFiller};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use web::{Page, Toast};

/// Pages for the stories: one to read, one that renames a user, a slot, a search.
pub fn module() -> Module {
    let renamed = Arc::new(AtomicU32::new(0));
    let rename = PortalPage::new("/people/{id}", "portal-people", Right::ReadUsers, get(profile))
        .changing(Right::ManageUsers, post(save).with_state(renamed))
        .below("/people");
    Module {
        name: "test::people",
        portal: vec![
            PortalPage::new("/people", "portal-people", Right::ReadUsers, get(list)).listed(
                Group::Directory,
                1,
                "users",
            ),
            rename,
            PortalPage::new("/journal", "portal-changes", Right::ReadAuditLogs, get(list)).listed(
                Group::Records,
                1,
                "history",
            ),
        ],
        actions: &[PortalAction {
            label: "portal-invite",
            icon: "user-plus",
            path: "/people",
            right: Right::InviteGuests,
            keywords: None,
        }],
        searches: vec![PortalSearch {
            title: "portal-people",
            right: Right::ReadUsers,
            find: Arc::new(|_, text| {
                Box::pin(async move {
                    let note = format!("{text}@contoso.example");
                    Ok(vec![Hit { name: text, note, kind: "portal-people", path: "/people".to_owned() }])
                })
            }),
        }],
        slots: vec![SlotFiller {
            slot: "home.waiting",
            order: 1,
            right: Right::ManageUsers,
            fill: Arc::new(|call| {
                let data = json!({"what": format!("<wait> {}", call.language.tag())});
                Box::pin(async move { Ok(Some(Fragment { template: "test/waiting.html", data })) })
            }),
        }],
        templates: &[
            ("test/waiting.html", "<li>{{ data.what }}</li>"),
            (
                "test/people.html",
                "{% extends 'layout/portal.html' %}{% block content %}{{ name }}{% endblock %}",
            ),
            (
                "test/person.html",
                "{% extends 'layout/portal.html' %}{% block content %}<form method=\"post\">{{ ui.hidden(page) }}</form>{% endblock %}",
            ),
        ],
        ..Module::default()
    }
}

async fn list(administrator: Administrator) -> web::Result<Page> {
    let name = administrator.user.display_name.clone();
    administrator.page("test/people.html", json!({"name": name}))
}

async fn profile(administrator: Administrator, Path((_, id)): Path<(String, UserId)>) -> web::Result<Page> {
    let user = user::find(&mut administrator.read().await?, id).await?;
    let name = user.map(|user| user.display_name).ok_or_else(|| kernel::Error::not_found("user"))?;
    administrator.titled(name).page("test/person.html", json!({}))
}

#[derive(Deserialize)]
struct Rename {
    name: String,
}

async fn save(
    State(renamed): State<Arc<AtomicU32>>,
    administrator: Administrator,
    Path((_, id)): Path<(String, UserId)>,
    Submission { form, once, seen }: Submission<Rename>,
) -> web::Result<Response> {
    let me = administrator.clone();
    administrator
        .once(once, async move {
            if form.name.is_empty() {
                return Err(kernel::Error::bad_request("A name is needed.").into());
            }
            let act = me.act();
            let time = renamed.fetch_add(1, Ordering::SeqCst) + 1;
            me.store()
                .write((me.clone(), act, form.name), move |mut tx, context| async move {
                    let (me, act, name) = &*context;
                    me.unchanged(&mut tx, id, seen).await?;
                    let mut user = user::find(&mut tx, id).await?.unwrap();
                    user.display_name = format!("{name} {time}");
                    user::save_state(&mut tx, &user).await?;
                    let event = Event::new("Update user", Service::CoreDirectory, Operation::Update);
                    audit_log::record(&mut tx, Rng::system(), act, event.about(user.target())).await?;
                    Ok(())
                })
                .await?;
            Ok(me.go("/people").toast(Toast::done("portal-count").number("count", 3)).into_response())
        })
        .await
}

fn portal(home: &Home) -> String {
    format!("/portal/{}", home.id)
}

async fn signed_in(house: &crate::testing::House, home: &Home, name: &str) -> Person {
    let mut person = house.person("203.0.113.1");
    person.password(home, &format!("{name}@{}", home.tenant.initial_domain), PASSWORD).await;
    person
}

#[tokio::test]
async fn the_portal_asks_for_a_sign_in_and_leads_back_to_the_page_that_was_wanted() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = house.person("203.0.113.1");
        assert_eq!(person.get("/portal").await.location(), "/account/sign-in");
        let wanted = format!("{}/people?q=a%20b", portal(&contoso));
        let asked = person.get(&wanted).await;
        assert!(asked.location().starts_with(&format!("/account/{}/sign-in?return=", contoso.id)));
        person.get(asked.location()).await;
        let base = format!("/account/{}/sign-in", contoso.id);
        person.submit(&base, &[("username", "admin@contoso.example")]).await;
        let form = [("username", "admin@contoso.example"), ("password", PASSWORD)];
        let led = person.submit(&format!("{base}/password"), &form).await;
        assert_eq!(led.location(), wanted);
        let page = person.get(&wanted).await;
        assert!(page.status == 200 && page.has("<title>People</title>") && page.has("admin@contoso.example"));
        assert_eq!(person.get("/portal").await.location(), portal(&contoso));
        assert_eq!(person.get("/portal/nowhere.example").await.status, 404);
        assert_eq!(person.get("/portal/contoso.example").await.status, 200, "a domain names the tenant, too");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    })
    .await;
}

#[tokio::test]
async fn somebody_without_a_role_is_told_who_can_give_one_and_where_their_own_pages_are() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        contoso.member("marc").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = signed_in(&house, &contoso, "marc").await;
        for path in ["", "/people", "/search?q=a"] {
            let page = person.get(&format!("{}{path}", portal(&contoso))).await;
            assert_eq!(page.status, 403, "{path}");
            assert!(page.has("portal.missingRight") && page.has("admin can give it"), "{}", page.html);
            assert!(
                page.has(&format!("&#x2f;account&#x2f;{}", contoso.id))
                    || page.has(&format!("/account/{}", contoso.id))
            );
            assert!(!page.has("l-side"), "no navigation");
        }
        let guest = contoso.code_guest("lea@adatum.example").await;
        contoso.assign(&guest, Role::ReportsReader).await;
        let mut guest = house.person("203.0.113.2");
        guest.ask_for_code(&contoso, "lea@adatum.example").await;
        let code = contoso.newest_code().await;
        guest.type_code(&contoso, &code).await;
        let page = guest.get(&format!("{}/people", portal(&contoso))).await;
        assert!(page.status == 403 && !page.has("admin can"), "a guest learns no names");
        assert!(page.has("The administrators of"), "{}", page.html);
    })
    .await;
}

#[tokio::test]
async fn each_page_asks_for_its_own_right_and_the_navigation_shows_what_may_be_opened() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let priya = contoso.member("priya").await;
        let admin = contoso.member("admin").await;
        contoso.assign(&priya, Role::GuestInviter).await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = signed_in(&house, &contoso, "priya").await;
        let home = person.get(&portal(&contoso)).await;
        assert!(home.status == 200 && home.has("/people\"") || home.has("&#x2f;people\""), "{}", home.html);
        assert!(!home.has("journal"), "what may not be opened is not listed");
        assert!(!home.has("&lt;wait&gt;"), "a slot has a right, too");
        let refused = person.get(&format!("{}/journal", portal(&contoso))).await;
        assert_eq!(refused.status, 403);
        assert!(refused.has("You may not see the audit log."), "{}", refused.html);
        assert!(refused.has("Reports Reader") && refused.has("admin can give it to you"));
        assert!(refused.has("mailto:admin@contoso.example?subject=The%20role"), "{}", refused.html);

        let path = format!("{}/people/{}", portal(&contoso), priya.id);
        assert_eq!(person.get(&path).await.status, 200);
        let changed = person.submit(&path, &[("name", "Priya")]).await;
        assert_eq!(changed.status, 403, "to see is not to change");
        assert_eq!(contoso.user("priya").await.display_name, "priya");

        let mut person = signed_in(&house, &contoso, "admin").await;
        let home = person.get(&portal(&contoso)).await;
        assert!(home.has("journal") && home.has("&lt;wait&gt; en"), "{}", home.html);
    })
    .await;
}

#[tokio::test]
async fn a_form_does_its_work_once_and_says_so_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = signed_in(&house, &contoso, "admin").await;
        let path = format!("{}/people/{}", portal(&contoso), admin.id);
        person.get(&path).await;
        let refused = person.submit(&path, &[("name", "")]).await;
        assert_eq!(refused.status, 400);
        person.get(&path).await;
        let shown = person.seen();
        let first = person.submit(&path, &[("name", "Ada")]).await;
        assert_eq!((first.status, first.location()), (303, format!("{}/people", portal(&contoso)).as_str()));
        let listed = person.get(first.location()).await;
        assert!(listed.has("3 results") && listed.has("role=\"status\""), "{}", listed.html);
        assert!(!person.get(first.location()).await.has("3 results"), "once");
        person.show(shown);
        let second = person.submit(&path, &[("name", "Ada")]).await;
        assert_eq!((second.status, second.location()), (303, first.location()));
        assert_eq!(contoso.user("admin").await.display_name, "Ada 1", "done once");
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_administrators_is_told_who_was_first() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (ada, ben) = (contoso.member("ada").await, contoso.member("ben").await);
        let marc = contoso.member("marc").await;
        contoso.assign(&ada, Role::UserAdministrator).await;
        contoso.assign(&ben, Role::UserAdministrator).await;
        let mut ada = signed_in(&house, &contoso, "ada").await;
        let mut ben = signed_in(&house, &contoso, "ben").await;
        let path = format!("{}/people/{}", portal(&contoso), marc.id);
        ada.get(&path).await;
        ben.get(&path).await;
        contoso.member("somebody-else").await;
        assert_eq!(ada.submit(&path, &[("name", "Marc A")]).await.status, 303);
        let told = ben.submit(&path, &[("name", "Marc B")]).await;
        assert_eq!(told.status, 409);
        assert!(
            told.has("Not saved. ada changed this at") && told.has("portal.changedMeanwhile"),
            "{}",
            told.html
        );
        assert!(told.has("l-side"), "in the frame");
        assert_eq!(contoso.user("marc").await.display_name, "Marc A 1");
        ben.get(&path).await;
        assert_eq!(ben.submit(&path, &[("name", "Marc B")]).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_form_whose_sign_in_has_ended_is_kept_and_sent_after_the_next() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = signed_in(&house, &contoso, "admin").await;
        let path = format!("{}/people/{}", portal(&contoso), admin.id);
        person.get(&path).await;
        house.advance(SignedDuration::from_hours(25));
        let kept = person.submit(&path, &[("name", "A long \"text\" & more")]).await;
        assert_eq!(kept.status, 401);
        assert!(kept.has("Nothing you entered is lost") && kept.has("A long &quot;text&quot; &amp; more"));
        let form = person.seen();
        person.password(&contoso, "admin@contoso.example", PASSWORD).await;
        person.show(form);
        let sent = person.submit(&path, &[]).await;
        assert_eq!(sent.status, 303);
        assert_eq!(contoso.user("admin").await.display_name, "A long \"text\" & more 1");
        person.with_cookie("");
        let foreign = person.claiming("sec-fetch-site", "cross-site").submit(&path, &[("name", "x")]).await;
        assert_eq!(foreign.status, 403, "a foreign form is not kept");
    })
    .await;
}

#[tokio::test]
async fn the_search_finds_people_pages_and_actions_by_the_beginnings_of_words() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        contoso.assign(&admin, Role::GlobalAdministrator).await;
        let mut person = signed_in(&house, &contoso, "admin").await;
        let base = portal(&contoso);
        let found = person.get(&format!("{base}/search?q=inv")).await;
        assert!(found.has("inv@contoso.example") && found.has("Invite"), "{}", found.html);
        let found = person.get(&format!("{base}/search?q=%3Einv&part=palette")).await;
        assert!(!found.has("inv@contoso.example") && found.has("role=\"option\""), "{}", found.html);
        let found = person.get(&format!("{base}/search?q=%40last")).await;
        assert!(
            found.has("last@contoso.example") && !found.has("<h2 class=\"l-h2\">Pages"),
            "{}",
            found.html
        );
        let found = person.get(&format!("{base}/search?q=%3Cscript%3E&part=palette")).await;
        assert!(!found.has("<script>"), "{}", found.html);
        let found = person.get(&format!("{base}/search?q=%3Ezzz")).await;
        assert!(found.has("Nothing found"), "{}", found.html);
    })
    .await;
}
