//! How Lodge says how it is: readiness, metrics and logs, in good and in bad days.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use scratch_postgres::{Durability, Postgres};
use serde_json::Value;

use crate::LODGE;
use crate::caller::{Answer, Site};
use crate::post_office::PostOffice;
use crate::serve::{Installation, free_port};

/// What is lost must be seen within a minute.
const SEEN_WITHIN: Duration = Duration::from_mins(1);

struct Watched {
    lodge: Installation,
    /// Where the metrics are.
    metrics: Site,
}

fn watched(more: &str, office: &PostOffice) -> Watched {
    let [port, metrics] = [free_port(), free_port()];
    let configuration = format!(
        "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\nsmtp.port = {}\n\
         metrics.listen = \"127.0.0.1:{metrics}\"\n{more}",
        office.port
    );
    let lodge = Installation::with(&configuration, port, None);
    Watched { lodge, metrics: Site { port: metrics, ..Site::default() } }
}

impl Watched {
    fn readiness(&self) -> Answer {
        self.metrics.caller().unwrap().get("/readyz", "").unwrap()
    }

    fn metrics(&self) -> String {
        let answer = self.metrics.caller().unwrap().get("/metrics", "").unwrap();
        assert_eq!(answer.status, 200);
        answer.body
    }

    /// Waits until `/readyz` says this word with this status.
    fn wait_until(&self, word: &str, status: u16) -> Value {
        let start = Instant::now();
        loop {
            let answer = self.readiness();
            let said = answer.json();
            if said["status"] == word {
                assert_eq!(answer.status, status);
                return said;
            }
            assert!(start.elapsed() < SEEN_WITHIN, "not {word}: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn metrics_tell_routes_mails_and_everything_the_dashboard_shows() {
    let office = PostOffice::open();
    let it = watched("log.format = \"json\"\nmetrics.token = \"look\"\n", &office);
    let server = it.lodge.start(&[LODGE]);
    let token = it.lodge.site.token();
    let mut caller = it.lodge.site.caller().unwrap();
    let invited = caller.invite(&token, "ana@fabrikam.example").unwrap();
    let user = invited.json()["invitedUser"]["id"].as_str().unwrap().to_owned();
    assert_eq!(caller.get(&format!("/v1.0/users/{user}"), &token).unwrap().status, 200);
    assert_eq!(caller.get("/nothing/here", "").unwrap().status, 404);
    office.mail_to("ana@fabrikam.example");
    let ready = it.wait_until("ready", 200);
    assert_eq!(ready["database"], "ok");

    assert_eq!(it.metrics.caller().unwrap().get("/metrics", "").unwrap().status, 401);
    let scrape = || it.metrics.caller().unwrap().get("/metrics", "look").unwrap().body;
    let start = Instant::now();
    while !scrape().contains("lodge_mails_sent_total 1") {
        assert!(start.elapsed() < SEEN_WITHIN, "{}", scrape());
        std::thread::sleep(Duration::from_millis(20));
    }
    let text = scrape();
    for line in [
        "lodge_http_request_seconds_count{method=\"POST\",route=\"/invitations\",status=\"201\"} 1",
        "lodge_http_request_seconds_count{method=\"GET\",route=\"/users/{user:userPrincipalName}\",status=\"200\"} 1",
        "lodge_http_request_seconds_count{method=\"POST\",route=\"/{tenant}/oauth2/v2.0/token\",status=\"200\"} 1",
        "lodge_http_request_seconds_count{method=\"GET\",route=\"(none)\",status=\"404\"} 1",
        "lodge_database_up 1",
        "lodge_database_writable 1",
        "lodge_build_info{version=",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains(&user) && !text.contains("fabrikam"), "no address, no id: {text}");
    let known: BTreeSet<&str> = text.lines().filter_map(|line| line.split(['{', ' ']).next()).collect();
    for file in ["grafana.json", "alerts.yml"] {
        for name in names_in(file) {
            let of_tls = name == "lodge_certificate_expiry_timestamp_seconds";
            assert!(of_tls || known.contains(name.as_str()), "{file}: there is no metric {name}\n{text}");
        }
    }
    server.end();
    let log = it.lodge.log();
    let access = log.lines().find(|line| line.contains("\"path\":\"/v1.0/invitations\"")).unwrap();
    let access: Value = serde_json::from_str(access).unwrap();
    assert_eq!(access["status"], 201);
    assert!(access["request_id"].as_str().is_some_and(|id| id.len() == 36), "{access}");
}

/// Every metric that a file of docs/operating/monitoring mentions.
fn names_in(file: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating/monitoring").join(file);
    let text = fs::read_to_string(path).unwrap();
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names: BTreeSet<String> = words
        .filter(|word| word.starts_with("lodge_") || word.starts_with("process_"))
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 8, "{names:?}");
    names
}

#[test]
fn a_disk_that_takes_no_more_is_seen_and_so_is_its_mending() {
    let it = watched("", &PostOffice::open());
    let server = it.lodge.start(&["env", "--ignore-signal=XFSZ", LODGE]);
    let limit = |bytes: &str| {
        let words = ["--pid", &server.id(), &format!("--fsize={bytes}:")];
        assert!(Command::new("prlimit").args(words).status().unwrap().success());
    };
    it.wait_until("ready", 200);
    limit("1");
    let said = it.wait_until("degraded", 200);
    assert!(said["writes"].as_str().unwrap().contains("could not write to its disk"), "{said}");
    assert!(it.metrics().contains("lodge_database_writable 0"));
    assert_eq!(said["database"], "ok");
    limit("unlimited");
    it.wait_until("ready", 200);
    assert!(it.metrics().contains("lodge_database_writable 1"));
    server.end();
}

#[test]
fn a_lost_database_is_seen_and_so_is_its_return() {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let mut postgres = Postgres::start(Durability::Off).unwrap();
    let url = postgres.database("lodge").unwrap();
    let key = "master_key = \"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\"";
    let more = format!("{key}\ndatabase = {{ engine = \"postgres\", url = \"{url}\" }}\n");
    let it = watched(&more, &PostOffice::open());
    let server = it.lodge.start(&[LODGE]);
    it.wait_until("ready", 200);
    postgres.stop_immediately().unwrap();
    let said = it.wait_until("unavailable", 503);
    assert!(said["database"].as_str().unwrap().contains("does not answer"), "{said}");
    assert_eq!(it.lodge.site.caller().unwrap().get("/readyz", "").unwrap().status, 503);
    it.lodge.wait_for_log("the database does not answer");
    postgres.start_again().unwrap();
    it.wait_until("ready", 200);
    it.lodge.wait_for_log("the database answers again");
    server.end();
}
