//! A COMMIT whose answer is lost on its way from PostgreSQL: Lodge finds out what became of it before it runs
//! anything again, and says that it does not know if it cannot find out.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use scratch_postgres::{Durability, Postgres};

use crate::books::Books;
use crate::dev::Dev;
use crate::load::{Load, Promise};

const DATABASE: &str = "lodge";

#[test]
fn a_commit_whose_answer_was_lost_is_neither_forgotten_nor_done_twice() {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let postgres = Postgres::start(Durability::Off).unwrap();
    let url = postgres.database(DATABASE).unwrap();
    let (server, path) = url.split_once('@').and_then(|(_, rest)| rest.split_once('/')).unwrap();
    let line = Line::to(server);
    let url = format!("postgres://postgres@127.0.0.1:{}/{path}", line.port);
    let lodge = Dev::start(folder.path(), 0, &["--engine", "postgres", "--database-url", &url]);
    let token = lodge.site.token();
    let mut caller = lodge.site.caller().unwrap();
    let load = Load::default();
    load.keep(Promise::of(&caller.invite(&token, &load.address()).unwrap()));

    line.lose_one.store(true, Ordering::SeqCst);
    let found = caller.invite(&token, &load.address()).unwrap();
    assert!(!line.lose_one.load(Ordering::SeqCst), "no answer was lost");
    load.keep(Promise::of(&found));
    Books::of_postgres(&postgres, DATABASE).check(&load);

    // The line stays dead for longer than Lodge looks.
    line.is_dead_after.store(true, Ordering::SeqCst);
    line.lose_one.store(true, Ordering::SeqCst);
    let unknown = caller.invite(&token, &load.address()).unwrap();
    assert_eq!(unknown.status, 503, "{}", unknown.body);
    assert!(unknown.message().contains("Look whether it was saved"), "{}", unknown.body);
    line.is_dead.store(false, Ordering::SeqCst);
    load.keep(Promise::of(&caller.invite(&token, &load.address()).unwrap()));
    Books::of_postgres(&postgres, DATABASE).check(&load);
}

/// A line to the database that can lose an answer.
struct Line {
    port: u16,
    /// The next commit of an invitation reaches the server, but its answer never comes back.
    lose_one: Arc<AtomicBool>,
    /// Whether the line is dead once it has lost an answer.
    is_dead_after: Arc<AtomicBool>,
    /// While it is, every connection is cut.
    is_dead: Arc<AtomicBool>,
}

impl Line {
    fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let flag = || Arc::new(AtomicBool::new(false));
        let port = listener.local_addr().unwrap().port();
        let line = Self { port, lose_one: flag(), is_dead_after: flag(), is_dead: flag() };
        let (lose_one, is_dead_after, is_dead) =
            (line.lose_one.clone(), line.is_dead_after.clone(), line.is_dead.clone());
        let server = server.to_owned();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if is_dead.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = TcpStream::connect(&server) else { continue };
                let loses = Loses {
                    lose_one: lose_one.clone(),
                    is_dead_after: is_dead_after.clone(),
                    is_dead: is_dead.clone(),
                    invites: Arc::default(),
                    this: Arc::default(),
                };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let asked = loses.clone();
                thread::spawn(move || pass(from, to, |bytes| asked.asked(bytes)));
                thread::spawn(move || pass(server, client, |_| loses.answered()));
            }
        });
        line
    }
}

#[derive(Clone)]
struct Loses {
    lose_one: Arc<AtomicBool>,
    is_dead_after: Arc<AtomicBool>,
    is_dead: Arc<AtomicBool>,
    /// Whether the transaction of this connection invites somebody: delivery commits too, and names no address.
    invites: Arc<AtomicBool>,
    /// Whether this connection's next answer is the one to lose.
    this: Arc<AtomicBool>,
}

impl Loses {
    /// What goes to the server always reaches it.
    fn asked(&self, bytes: &[u8]) -> bool {
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        if has(b"BEGIN\0") {
            self.invites.store(false, Ordering::SeqCst);
        }
        if has(b"@adatum.example") {
            self.invites.store(true, Ordering::SeqCst);
        }
        let is_it = has(b"COMMIT\0") && self.invites.load(Ordering::SeqCst);
        if is_it && self.lose_one.swap(false, Ordering::SeqCst) {
            self.is_dead.store(self.is_dead_after.load(Ordering::SeqCst), Ordering::SeqCst);
            self.this.store(true, Ordering::SeqCst);
        }
        true
    }

    fn answered(&self) -> bool {
        !self.this.load(Ordering::SeqCst) && !self.is_dead.load(Ordering::SeqCst)
    }
}

/// Passes bytes on until `may_pass` says no; then the connection is cut.
fn pass(mut from: TcpStream, mut to: TcpStream, may_pass: impl Fn(&[u8]) -> bool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count) = from.read(&mut bytes) {
        if count == 0 || !may_pass(&bytes[..count]) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    for stream in [from, to] {
        let _ = stream.shutdown(Shutdown::Both);
    }
}
