//! Several nodes on one PostgreSQL behind HAProxy, started, stopped and killed under load; and PostgreSQL itself
//! going over to its standby.

use crate::caller::{Answer, Site};
use crate::installation::{Installation, MASTER_KEY, Running, engines, free_port};
use crate::mail_server::MailServer;
use scratch_postgres::{Durability, Postgres};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const CALLERS: usize = 6;
/// Mails that a node sends at once: those it was sending when it was killed are sent once more.
const SENDS_AT_ONCE: usize = 8;
/// Longer than the lease of a mail whose node is gone.
const LEASES_RUN_OUT: Duration = Duration::from_secs(100);
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn nodes_come_and_go_behind_haproxy_and_nothing_is_lost_or_sent_twice_beyond_the_stated_once_more() {
    if !engines().contains(&true) {
        return;
    }
    let postgres = Postgres::start(Durability::Off).unwrap();
    let url = postgres.database("lodge").unwrap();
    let (mail, front) = (MailServer::start(), free_port());
    let mut nodes: Vec<Installation> =
        (0..3).map(|_| Installation::node(&url, MASTER_KEY, front, mail.port)).collect();
    nodes[0].settle();
    let mut running: Vec<Option<Running>> = nodes.iter().map(|node| Some(node.serve())).collect();
    let folder = tempfile::tempdir().unwrap();
    let _proxy = Proxy::start(folder.path(), front, &nodes);
    let site = Site { port: front, ..nodes[0].site.clone() };
    let token = Proxy::wait_for(&site);

    let load = Load::default();
    let mut kills = 0;
    thread::scope(|scope| {
        (0..CALLERS).for_each(|_| drop(scope.spawn(|| load.run(&site, &token))));
        for round in 0..6 {
            load.wait_for_more(30);
            let node = round % nodes.len();
            let former = running[node].take().unwrap();
            if round % 2 == 0 {
                former.kill();
                kills += 1;
            } else {
                former.end();
            }
            load.wait_for_more(30);
            running[node] = Some(nodes[node].serve());
        }
        load.wait_for_more(30);
        load.is_over.store(true, Ordering::SeqCst);
    });
    let promised = load.promised();
    check_users(&site, &token, &promised);

    let start = Instant::now();
    let waiting = || postgres.query("lodge", "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").unwrap();
    while waiting().trim() != "0" {
        assert!(start.elapsed() < LEASES_RUN_OUT, "{} mails still wait", waiting());
        thread::sleep(Duration::from_millis(200));
    }
    let received = mail.received();
    let mut once_more = 0;
    for address in promised.values() {
        let ids = received.get(address).unwrap_or_else(|| panic!("no mail for {address}"));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 1, "one mail, one id: {ids:?}");
        once_more += ids.len() - 1;
    }
    assert!(once_more <= kills * SENDS_AT_ONCE, "{once_more} mails were sent twice at {kills} kills");
    let twice = "SELECT name, tenant_id FROM job_claim GROUP BY name, tenant_id HAVING COUNT(*) > 1";
    assert_eq!(postgres.query("lodge", twice).unwrap().trim(), "");
    eprintln!(
        "{} promised, {kills} kills, {once_more} mails once more, {} failed calls",
        promised.len(),
        load.failed()
    );
}

#[test]
fn a_failover_to_the_synchronous_standby_loses_no_acknowledged_invitation() {
    if !engines().contains(&true) {
        return;
    }
    let mut primary = Postgres::start(Durability::On).unwrap();
    primary.database("lodge").unwrap();
    let standby = primary.synchronous_standby().unwrap();
    let url = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/lodge?target_session_attrs=read-write",
        primary.port(),
        standby.port()
    );
    let (mail, front) = (MailServer::start(), free_port());
    let mut node = Installation::node(&url, MASTER_KEY, front, mail.port);
    node.site.port = front;
    node.listen_on(front);
    node.settle();
    let server = node.serve();
    let (site, load) = (node.site.clone(), Load::default());
    let token = site.token();
    let back_after = thread::scope(|scope| {
        (0..CALLERS).for_each(|_| drop(scope.spawn(|| load.run(&site, &token))));
        load.wait_for_more(60);
        primary.kill().unwrap();
        // A moment without any primary, in which Lodge says so.
        load.wait_for_failures(1);
        standby.promote().unwrap();
        let promoted = Instant::now();
        load.wait_for_more(1);
        let back_after = promoted.elapsed();
        load.wait_for_more(30);
        load.is_over.store(true, Ordering::SeqCst);
        back_after
    });
    assert!(back_after < Duration::from_secs(30), "back after {back_after:?}");
    check_users(&site, &token, &load.promised());
    eprintln!("served again {back_after:?} after the promotion, {} promised", load.promised().len());
    server.end();
}

/// Callers that invite one address after the other, and what they were promised: user and address.
#[derive(Default)]
struct Load {
    next: AtomicU32,
    failed: AtomicU32,
    is_over: AtomicBool,
    promised: Mutex<BTreeMap<String, String>>,
}

impl Load {
    fn run(&self, site: &Site, token: &str) {
        let mut wire = None;
        while !self.is_over.load(Ordering::SeqCst) {
            let address = format!("guest{}@adatum.example", self.next.fetch_add(1, Ordering::Relaxed));
            let Ok(mut caller) = wire.take().map_or_else(|| site.caller(), Ok) else {
                self.fail();
                continue;
            };
            match caller.invite(token, &address) {
                Ok(Answer { status: 201, body }) => {
                    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
                    let user = body["invitedUser"]["id"].as_str().unwrap().to_owned();
                    assert!(self.promised.lock().unwrap().insert(user, address).is_none());
                    wire = Some(caller);
                }
                // Cut off, or told that the service is away: never anything worse.
                Ok(answer) => {
                    assert!([502, 503, 504].contains(&answer.status), "{} {}", answer.status, answer.body);
                    self.fail();
                }
                Err(_) => self.fail(),
            }
        }
    }

    fn fail(&self) {
        self.failed.fetch_add(1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(20));
    }

    fn failed(&self) -> u32 {
        self.failed.load(Ordering::SeqCst)
    }

    fn promised(&self) -> BTreeMap<String, String> {
        self.promised.lock().unwrap().clone()
    }

    fn wait_for_more(&self, count: usize) {
        let target = self.promised().len() + count;
        wait_until("more is answered", || self.promised().len() >= target);
    }

    fn wait_for_failures(&self, count: u32) {
        let target = self.failed() + count;
        wait_until("a failure is told", || self.failed() >= target);
    }
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < 2 * PATIENCE, "not in time: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn check_users(site: &Site, token: &str, promised: &BTreeMap<String, String>) {
    let mut caller = site.caller().unwrap();
    for (user, address) in promised {
        let answer = caller.get(&format!("/v1.0/users/{user}"), token).unwrap();
        assert_eq!(answer.status, 200, "{user}: {}", answer.body);
        assert_eq!(answer.json()["mail"], address.as_str());
    }
}

/// Debian's HAProxy before the nodes, ended when dropped.
struct Proxy {
    process: Child,
}

impl Proxy {
    fn start(folder: &Path, port: u16, nodes: &[Installation]) -> Self {
        let servers = nodes.iter().enumerate().fold(String::new(), |text, (number, node)| {
            text + &format!("    server node{number} 127.0.0.1:{}\n", node.listens_on())
        });
        let text = format!(
            "global\n    maxconn 500\ndefaults\n    mode http\n    timeout connect 2s\n    timeout client 60s\n\
             \x20   timeout server 60s\nfrontend people\n    bind 127.0.0.1:{port}\n    default_backend lodge\n\
             backend lodge\n    balance roundrobin\n    option httpchk\n\
             \x20   http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host localhost:{port}\n\
             \x20   default-server check inter 200ms fall 1 rise 1 on-marked-down shutdown-sessions\n{servers}"
        );
        let file = folder.join("haproxy.cfg");
        fs::write(&file, text).unwrap();
        let log = fs::File::create(folder.join("haproxy.log")).unwrap();
        let process = Command::new("/usr/sbin/haproxy")
            .arg("-db")
            .arg("-f")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("HAProxy: apt-get install haproxy");
        Self { process }
    }

    /// A token, as soon as the proxy knows a node that answers.
    fn wait_for(site: &Site) -> String {
        wait_until("the proxy answers", || site.ask_for_token().is_ok_and(|answer| answer.status == 200));
        site.token()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
