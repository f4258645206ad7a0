//! `kill -9` at any moment under load: what was answered 201 is there afterwards with its mail, and nothing by half.

#![cfg(test)]

mod served;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use scratch_postgres::{Durability, Postgres};
use serde_json::Value;
use served::caller::Caller;
use served::{Installation, MASTER_KEY, invitation};

const ROUNDS: u32 = 20;
const CALLERS: u32 = 8;

/// Every guest has exactly one invitation with code, audit event and mail, and none of these is without a guest:
/// both columns are the same everywhere.
const NOTHING_BY_HALF: &str = "
    SELECT (SELECT count(*) FROM users WHERE user_type = 'Guest'),
           (SELECT count(*) FROM invitation),
           (SELECT count(*) FROM invitation_code),
           (SELECT count(*) FROM audit_event WHERE activity = 'Invite external user'),
           (SELECT count(*) FROM outbox WHERE kind = 'guest_invitation'),
           (SELECT count(*) FROM invitation JOIN users ON users.id = invitation.user_id
              JOIN outbox ON outbox.subject_id = invitation.id WHERE users.user_type = 'Guest')";

#[test]
fn after_a_kill_every_answered_invitation_is_there_and_none_by_half_on_sqlite() {
    let lodge = Installation::new("");
    survive(
        &lodge,
        || {},
        || {
            let database =
                Connection::open_with_flags(lodge.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
            let columns = |row: &rusqlite::Row<'_>| (0..6).map(|column| row.get(column)).collect();
            database.query_row(NOTHING_BY_HALF, [], columns).unwrap()
        },
    );
}

#[test]
fn after_a_kill_of_both_every_answered_invitation_is_there_and_none_by_half_on_postgresql() {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let postgres = Mutex::new(Postgres::start(Durability::On).unwrap());
    let url = postgres.lock().unwrap().database("lodge").unwrap();
    let lodge = Installation::new(&format!(
        "master_key = \"{MASTER_KEY}\"\n[database]\nengine = \"postgres\"\nurl = \"{url}\"\n"
    ));
    survive(
        &lodge,
        || postgres.lock().unwrap().kill_and_restart().unwrap(),
        || {
            let row = postgres.lock().unwrap().query("lodge", NOTHING_BY_HALF).unwrap();
            row.trim().split('|').map(|count| count.parse().unwrap()).collect()
        },
    );
}

/// Twenty times: load, kill, look. `kill_database` ends a database of its own together with the server; `counts`
/// gives the row of [`NOTHING_BY_HALF`].
fn survive(lodge: &Installation, kill_database: impl Fn(), counts: impl Fn() -> Vec<i64>) {
    let answered = Mutex::new(BTreeSet::new());
    let number = AtomicU32::new(0);
    let mut server = lodge.start(&[]);
    for round in 0..ROUNDS {
        let token = lodge.token();
        let before = answered.lock().unwrap().len();
        thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| invite_until_cut(lodge, &token, &number, &answered));
            }
            // Moments spread over the commits: odd, so that they do not fall into step with anything.
            thread::sleep(Duration::from_millis(u64::from(90 + round * 37 % 211)));
            server.kill();
        });
        kill_database();
        let answered = answered.lock().unwrap();
        assert!(answered.len() > before, "nothing was answered in round {round}");
        server = lodge.start(&[]);
        let counts = counts();
        assert!(counts.iter().all(|count| *count == counts[0]), "by half after round {round}: {counts:?}");
        check(lodge, &answered);
    }
}

/// Invites one after the other and notes whom the server said to have invited, until the connection ends.
fn invite_until_cut(
    lodge: &Installation,
    token: &str,
    number: &AtomicU32,
    answered: &Mutex<BTreeSet<String>>,
) {
    let Ok(mut caller) = Caller::new(lodge.port) else { return };
    loop {
        let address = format!("guest{}@adatum.example", number.fetch_add(1, Ordering::Relaxed));
        let answer = caller.post("/v1.0/invitations", "application/json", token, &invitation(&address));
        let Ok((status, body)) = answer else { return };
        assert_eq!(status, 201, "{body}");
        let body: Value = serde_json::from_str(&body).unwrap();
        answered.lock().unwrap().insert(body["invitedUser"]["id"].as_str().unwrap().to_owned());
    }
}

/// Everybody who was ever answered is found over Graph.
fn check(lodge: &Installation, answered: &BTreeSet<String>) {
    let token = lodge.token();
    let mut caller = Caller::new(lodge.port).unwrap();
    for user in answered {
        let (status, body) = caller.get(&format!("/v1.0/users/{user}"), &token).unwrap();
        assert_eq!(status, 200, "{user}: {body}");
    }
}
