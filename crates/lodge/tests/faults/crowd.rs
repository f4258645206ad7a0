//! Many at once invite the same new address: one guest, and the newest link alone leads on.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use scratch_postgres::{Durability, Postgres};

use crate::caller::Site;
use crate::dev::Dev;
use crate::load::Promise;

const CROWD: usize = 200;
const ADDRESS: &str = "wanted@adatum.example";

#[test]
fn two_hundred_invitations_of_one_address_make_one_guest_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    check(&Dev::start(folder.path(), 0, &[]).site);
}

#[test]
fn two_hundred_invitations_of_one_address_make_one_guest_on_postgresql() {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let postgres = Postgres::start(Durability::Off).unwrap();
    let url = postgres.database("lodge").unwrap();
    check(&Dev::start(folder.path(), 0, &["--engine", "postgres", "--database-url", &url]).site);
}

fn check(site: &Site) {
    let token = site.token();
    let start = Barrier::new(CROWD);
    let promises: Vec<Promise> = thread::scope(|scope| {
        let invite = || {
            let mut caller = site.caller().unwrap();
            // The handshake is over before the race begins.
            assert_eq!(caller.get("/healthz", "").unwrap().status, 200);
            start.wait();
            Promise::of(&caller.invite(&token, ADDRESS).unwrap())
        };
        let crowd: Vec<_> = (0..CROWD).map(|_| scope.spawn(invite)).collect();
        crowd.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let distinct = |of: fn(&Promise) -> &str| promises.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(|promise| &promise.user), 1, "users");
    assert_eq!(distinct(|promise| &promise.invitation), 1, "invitations");
    assert_eq!(distinct(|promise| &promise.link), CROWD, "links");

    let mut caller = site.caller().unwrap();
    let users = caller.get("/v1.0/users", &token).unwrap().json();
    assert!(users.get("@odata.nextLink").is_none(), "all on one page");
    let wanted = users["value"].as_array().unwrap().iter().filter(|user| user["mail"] == ADDRESS);
    assert_eq!(wanted.count(), 1, "guests with the address");

    let live: Vec<&Promise> = promises.iter().filter(|promise| leads_on(site, &promise.link)).collect();
    assert_eq!(live.len(), 1, "live links");
    // Mail is newest first; the one with the newest link is the one that leads on.
    let mails = caller.get(&format!("/dev/mail.json?to={ADDRESS}"), "").unwrap().json();
    let links = mails.as_array().unwrap().iter().map(|mail| mail["links"][0].as_str().unwrap());
    assert!(links.collect::<BTreeSet<_>>().contains(live[0].link.as_str()), "the live link was mailed");
}

/// Whether the link shows the invitation, rather than that a newer one has replaced it.
fn leads_on(site: &Site, link: &str) -> bool {
    let path = link.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap();
    let page = site.caller().unwrap().get(path, "").unwrap();
    page.status == 200
}
