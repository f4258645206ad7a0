//! `lodge doctor` on a healthy installation and on sick ones.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::Value;

use crate::LODGE;
use crate::post_office::PostOffice;
use crate::serve::{Installation, free_port};

fn doctor(lodge: &Installation) -> (Option<i32>, Value) {
    let output = Command::new(LODGE)
        .env_remove("LODGE_TEST_POSTGRES")
        .env_remove("LODGE_TEST_ENGINES")
        .args(["doctor", "--json", "--config", "lodge.toml"])
        .current_dir(lodge.folder())
        .output()
        .unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

fn state<'a>(report: &'a Value, check: &str) -> &'a str {
    let checks = report["checks"].as_array().unwrap();
    let found = checks.iter().find(|it| it["check"] == check).unwrap_or_else(|| panic!("{check}: {report}"));
    found["state"].as_str().unwrap()
}

#[test]
fn a_healthy_installation_has_no_fault_and_each_sickness_is_named() {
    let office = PostOffice::open();
    let port = free_port();
    let configuration = format!(
        "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\nsmtp.port = {}\n",
        office.port
    );
    let lodge = Installation::with(&configuration, port, None);
    let (_, report) = doctor(&lodge);
    assert_eq!(state(&report, "origin"), "warning", "nothing runs yet: {report}");
    let server = lodge.start(&[LODGE]);
    let (status, report) = doctor(&lodge);
    assert_eq!(status, Some(0), "{report}");
    for check in
        ["origin", "clock", "mail server", "master key", "database", "commits", "outbox", "integrity"]
    {
        assert_eq!(state(&report, check), "good", "{report}");
    }
    for check in ["certificate", "standby"] {
        assert_eq!(state(&report, check), "skipped", "{report}");
    }

    let key = lodge.folder().join("master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (status, report) = doctor(&lodge);
    assert_eq!((status, state(&report, "master key")), (Some(2), "bad"), "{report}");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    server.end();

    // A mail server that accepts and says nothing, and another key.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let file = lodge.folder().join("lodge.toml");
    let text = fs::read_to_string(&file).unwrap();
    let silent_port = silent.local_addr().unwrap().port().to_string();
    fs::write(&file, text.replace(&office.port.to_string(), &silent_port)).unwrap();
    fs::write(&key, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").unwrap();
    let (status, report) = doctor(&lodge);
    assert_eq!(status, Some(2), "{report}");
    assert_eq!((state(&report, "mail server"), state(&report, "database")), ("bad", "bad"), "{report}");
    assert!(report.to_string().contains("does not belong to this database"), "{report}");

    fs::write(&file, "orign = 1").unwrap();
    let (status, report) = doctor(&lodge);
    assert_eq!((status, state(&report, "configuration")), (Some(2), "bad"), "{report}");
}
