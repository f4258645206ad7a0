//! `lodge serve` as a process of its own, over plain HTTP on loopback, and a caller that speaks just enough HTTP.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod caller;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use caller::Caller;
use serde_json::{Value, json};

const LODGE: &str = env!("CARGO_BIN_EXE_lodge");
/// Seals the keys of an installation on PostgreSQL, where no file lies beside the database.
pub const MASTER_KEY: &str = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

const PATIENCE: Duration = Duration::from_mins(1);

/// A directory with a configuration, a tenant and an application that may invite; no process yet.
pub struct Installation {
    folder: tempfile::TempDir,
    pub port: u16,
    tenant: String,
    application: String,
    secret: String,
}

impl Installation {
    /// `database` is what the configuration says about the database.
    pub fn new(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [port, no_mail_server] = [free_port(), free_port()];
        let configuration = format!(
            "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\n{database}\n\
             [mail]\nfrom = \"invitations@contoso.example\"\n\
             [smtp]\nhost = \"localhost\"\nport = {no_mail_server}\n\
             [limits]\n\
             invitation_mails_per_tenant_and_hour = 1000000\n\
             invitation_mails_per_inviter_and_minute = 1000000\n"
        );
        fs::write(folder.path().join("lodge.toml"), configuration).unwrap();
        let mut installation =
            Self { folder, port, tenant: String::new(), application: String::new(), secret: String::new() };
        installation.command(&["tenant", "create", "--name", "Contoso", "--domain", "contoso.example"]);
        let printed = installation.command(&[
            "application",
            "create",
            "--tenant",
            "contoso.example",
            "--name",
            "Automation",
            "--app-role",
            "User.Invite.All",
            "--app-role",
            "User.ReadWrite.All",
        ]);
        let after = |label: &str| {
            let line = printed.lines().find(|line| line.to_lowercase().contains(label));
            let line = line.unwrap_or_else(|| panic!("no {label} in:\n{printed}"));
            line.split_whitespace().next_back().unwrap().to_owned()
        };
        installation.application = after("application id");
        installation.secret = after("secret");
        installation.tenant = "contoso.example".to_owned();
        installation
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn database(&self) -> PathBuf {
        self.folder().join("lodge.db")
    }

    /// Starts the server, below another program if one is given, and waits until it is ready.
    pub fn start(&self, below: &[&str]) -> Running {
        let mut words: Vec<&str> = below.to_vec();
        words.extend([LODGE, "serve", "--config", "lodge.toml"]);
        let log = fs::File::create(self.folder().join("log")).unwrap();
        let (program, arguments) = words.split_first().unwrap();
        let process = Command::new(program)
            .args(arguments)
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut running = Running { process };
        let start = Instant::now();
        while !Caller::new(self.port).is_ok_and(|mut caller| caller.get("/readyz", "").is_ok()) {
            let ended = running.process.try_wait().unwrap();
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "not ready: {ended:?}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        running
    }

    pub fn token(&self) -> String {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope=http%3A%2F%2Flocalhost%3A{}%2F.default",
            self.application,
            self.secret.replace('+', "%2B"),
            self.port
        );
        let path = format!("/{}/oauth2/v2.0/token", self.tenant);
        let mut caller = Caller::new(self.port).unwrap();
        let (status, body) = caller.post(&path, "application/x-www-form-urlencoded", "", &form).unwrap();
        assert_eq!(status, 200, "{body}");
        let body: Value = serde_json::from_str(&body).unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder().join("log")).unwrap_or_default()
    }

    fn command(&self, arguments: &[&str]) -> String {
        let output = Command::new(LODGE)
            .args(arguments)
            .args(["--config", "lodge.toml"])
            .current_dir(self.folder())
            .output()
            .unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "lodge {arguments:?}: {complaints}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The running server; killed when dropped.
pub struct Running {
    process: Child,
}

impl Running {
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// SIGKILL: nothing is drained, nothing is said.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Waits for an end that somebody else brought about.
    pub fn wait(mut self) {
        self.process.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The body of an invitation of this address, with a mail.
pub fn invitation(address: &str) -> String {
    json!({
        "invitedUserEmailAddress": address,
        "inviteRedirectUrl": "https://apps.contoso.example/",
        "sendInvitationMessage": true,
    })
    .to_string()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
