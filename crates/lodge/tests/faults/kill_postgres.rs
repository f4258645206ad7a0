//! `kill -9` on PostgreSQL: of Lodge, and of the database's server while Lodge goes on. Without its database Lodge
//! answers 503 with a sentence, and serves again by itself when the database is back.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use scratch_postgres::{Durability, Postgres};

use crate::books::Books;
use crate::caller::{Answer, Site};
use crate::dev::Dev;
use crate::kill::CALLERS;
use crate::load::{Load, Promise};

const ROUNDS: u64 = 20;
const DATABASE: &str = "lodge";
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn after_a_kill_every_answered_invitation_is_there_and_none_by_half_on_postgresql() {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut postgres = Postgres::start(Durability::On).unwrap();
    let url = postgres.database(DATABASE).unwrap();
    let engine = ["--engine", "postgres", "--database-url", &url];
    let load = Load::default();
    let mut server = Dev::start(folder.path(), 0, &engine);
    let site = server.site.clone();
    for round in 0..ROUNDS {
        if round % 2 == 0 {
            let (token, before) = (site.token(), load.len());
            thread::scope(|scope| {
                for _ in 0..CALLERS {
                    scope.spawn(|| load.until_cut(&site, &token));
                }
                load.wait(before + CALLERS, round);
                server.kill();
            });
            server = Dev::start(folder.path(), site.port, &engine);
        } else {
            lose_the_database(&mut postgres, &site, &load, round);
        }
        Books::of_postgres(&postgres, DATABASE).check(&load);
    }
    load.check_users(&site);
    // What was under way when the database went is put off: the lease that nobody could end has to run out.
    let advanced =
        site.caller().unwrap().post("/dev/clock", "application/json", "", r#"{"advance":"PT6H"}"#).unwrap();
    assert_eq!(advanced.status, 200, "{}", advanced.body);
    load.check_mails(&site);
}

/// Ends the database's server under load, by SIGKILL and by its immediate shutdown in turn, and starts it again.
fn lose_the_database(postgres: &mut Postgres, site: &Site, load: &Load, round: u64) {
    let (token, before) = (site.token(), load.len());
    let is_over = AtomicBool::new(false);
    let refusals = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| refusals.lock().unwrap().extend(until_over(site, &token, load, &is_over)));
        }
        load.wait(before + CALLERS, round);
        if round % 4 == 1 {
            postgres.kill().unwrap();
        } else {
            postgres.stop_immediately().unwrap();
        }
        let meanwhile = site.caller().and_then(|mut caller| {
            let mut answers = vec![caller.get("/v1.0/users", &token)?];
            // A write waits until Lodge gives up finding out what became of those before it: once is enough.
            if round == 1 {
                answers.push(caller.invite(&token, "nobody@adatum.example")?);
            }
            Ok((answers, site.ask_for_token()?))
        });
        postgres.start_again().unwrap();
        let back = serves_again(site, &token, load);
        is_over.store(true, Ordering::Relaxed);
        let (answers, no_token) = meanwhile.unwrap();
        answers.iter().for_each(check_refusal);
        assert_eq!(no_token.status, 503, "{}", no_token.body);
        assert_eq!(no_token.json()["error"], "temporarily_unavailable");
        load.keep(back);
    });
    refusals.into_inner().unwrap().iter().for_each(check_refusal);
}

/// What was answered other than 201, until told to stop.
fn until_over(site: &Site, token: &str, load: &Load, is_over: &AtomicBool) -> Vec<Answer> {
    let mut caller = site.caller().unwrap();
    let mut refusals = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let answer = caller.invite(token, &load.address()).unwrap();
        if answer.status == 201 {
            load.keep(Promise::of(&answer));
        } else {
            refusals.push(answer);
            thread::sleep(Duration::from_millis(20));
        }
    }
    refusals
}

fn serves_again(site: &Site, token: &str, load: &Load) -> Promise {
    let mut caller = site.caller().unwrap();
    let start = Instant::now();
    loop {
        let answer = caller.invite(token, &load.address()).unwrap();
        if answer.status == 201 {
            return Promise::of(&answer);
        }
        check_refusal(&answer);
        assert!(start.elapsed() < PATIENCE, "not served again: {}", answer.body);
        thread::sleep(Duration::from_millis(50));
    }
}

fn check_refusal(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.message().contains("database"), "{}", answer.body);
    assert!(answer.json()["error"]["innerError"]["request-id"].is_string(), "{}", answer.body);
}
