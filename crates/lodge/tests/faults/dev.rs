//! `lodge dev` as a process of its own, on a directory that outlives it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::LODGE;
use crate::caller::{Site, trusting};

/// The running server, killed with SIGKILL when dropped.
pub struct Dev {
    process: Child,
    pub site: Site,
}

impl Dev {
    /// Starts on `folder` and waits for the card. A port of 0 is any free one.
    pub fn start(folder: &Path, port: u16, more: &[&str]) -> Self {
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
        let mut process = Command::new(LODGE)
            .args(["dev", "--json", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder)
            .args(more)
            .env("LODGE_LOG_LEVEL", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let card: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("no card: {}", fs::read_to_string(folder.join("log")).unwrap()));
        let text = |pointer: &str| card.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        let site = Site {
            port: text("/origin").rsplit_once(':').unwrap().1.parse().unwrap(),
            tls: Some(trusting(Path::new(&text("/caFile")))),
            tenant: text("/tenants/0/id"),
            application: text("/tenants/0/applications/0/appId"),
            secret: text("/tenants/0/applications/0/secret"),
        };
        Self { process, site }
    }

    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where `lodge dev --data FOLDER` keeps its SQLite database.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("lodge/lodge.db")
}
