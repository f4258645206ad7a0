//! `kill -9` at any moment under load, on SQLite: what was answered 201 is there afterwards with its mail, and
//! nothing by half.

use std::thread;

use crate::books::Books;
use crate::dev::{self, Dev};
use crate::load::Load;

pub const CALLERS: usize = 16;
const ROUNDS: u64 = 20;

#[test]
fn after_a_kill_every_answered_invitation_is_there_and_none_by_half_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let load = Load::default();
    let mut server = Dev::start(folder.path(), 0, &[]);
    let site = server.site.clone();
    for round in 0..ROUNDS {
        let before = load.len();
        let token = site.token();
        thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| load.until_cut(&site, &token));
            }
            load.wait(before + CALLERS, round);
            server.kill();
        });
        Books::of_sqlite(&dev::database(folder.path())).check(&load);
        server = Dev::start(folder.path(), site.port, &[]);
    }
    load.check_users(&site);
    load.check_mails(&site);
}
