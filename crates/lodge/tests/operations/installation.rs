//! A directory with a configuration, on either engine, and the processes that run on it.

use crate::LODGE;
use crate::caller::Site;
use scratch_postgres::{Durability, Postgres};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);
pub const MASTER_KEY: &str = "bWFzdGVyIGtleSBtYXN0ZXIga2V5IG1hc3RlciBrZXk=";

pub struct Installation {
    folder: tempfile::TempDir,
    pub postgres: Option<Postgres>,
    pub site: Site,
    listens_on: u16,
}

impl Installation {
    /// On SQLite, or on a PostgreSQL of its own.
    pub fn new(on_postgres: bool) -> Self {
        let postgres = on_postgres.then(|| Postgres::start(Durability::Off).unwrap());
        let database = match &postgres {
            Some(postgres) => {
                format!(
                    "database = {{ engine = \"postgres\", url = \"{}\" }}\n",
                    postgres.database("lodge").unwrap()
                )
            }
            None => "database.path = \"lodge.db\"\n".to_owned(),
        };
        let mut installation =
            Self { folder: tempfile::tempdir().unwrap(), postgres, site: Site::default(), listens_on: 0 };
        installation.configure(&format!("{database}master_key = \"{MASTER_KEY}\"\n"), free_port());
        installation
    }

    /// On SQLite, with the master key in a file that Lodge makes.
    pub fn with_key_file() -> Self {
        let mut installation = Self {
            folder: tempfile::tempdir().unwrap(),
            postgres: None,
            site: Site::default(),
            listens_on: 0,
        };
        installation.configure("database.path = \"lodge.db\"\n", free_port());
        installation
    }

    /// One of several on a database, behind a proxy that people reach at `front`.
    pub fn node(url: &str, master_key: &str, front: u16, mail_server: u16) -> Self {
        let database = format!(
            "database = {{ engine = \"postgres\", url = \"{url}\" }}\nmaster_key = \"{master_key}\"\n"
        );
        let mut node = Self {
            folder: tempfile::tempdir().unwrap(),
            postgres: None,
            site: Site::default(),
            listens_on: 0,
        };
        node.write(&database, front, free_port(), mail_server);
        node
    }

    /// Without a proxy, where people reach it.
    pub fn listen_on(&mut self, port: u16) {
        let file = self.file("lodge.toml");
        let text = fs::read_to_string(&file).unwrap();
        let own = format!("listen = \"127.0.0.1:{}\"", self.listens_on);
        fs::write(file, text.replace(&own, &format!("listen = \"127.0.0.1:{port}\""))).unwrap();
        self.listens_on = port;
    }

    pub fn listens_on(&self) -> u16 {
        self.listens_on
    }

    fn configure(&mut self, database: &str, port: u16) {
        self.write(database, port, port, free_port());
    }

    fn write(&mut self, database: &str, front: u16, port: u16, mail_server: u16) {
        let text = format!(
            "origin = \"http://localhost:{front}\"\nlisten = \"127.0.0.1:{port}\"\nlog.level = \"warn\"\n{database}\
             mail.from = \"no-reply@contoso.example\"\nsmtp = {{ host = \"localhost\", port = {mail_server} }}\n\
             [limits]\ninvitation_mails_per_tenant_and_hour = 1000000\n\
             invitation_mails_per_inviter_and_minute = 1000000\n"
        );
        fs::write(self.folder().join("lodge.toml"), text).unwrap();
        self.site.port = front;
        self.listens_on = port;
    }

    /// Makes a tenant and an application that may invite.
    pub fn settle(&mut self) {
        let tenant = self.json(&["tenant", "create", "--name", "Contoso", "--domain", "contoso.example"]);
        let application = ["application", "create", "--tenant", "contoso.example", "--name", "Automation"];
        let roles = [
            "--app-role",
            "User.Invite.All",
            "--app-role",
            "User.ReadWrite.All",
            "--app-role",
            "AuditLog.Read.All",
        ];
        let made = self.json(&[&application[..], &roles].concat());
        self.site.tenant = tenant["tenantId"].as_str().unwrap().to_owned();
        self.site.application = made["applicationId"].as_str().unwrap().to_owned();
        self.site.secret = made["secret"].as_str().unwrap().to_owned();
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(LODGE);
        command
            .args(arguments)
            .args(["--config", "lodge.toml"])
            .env_clear()
            .current_dir(self.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn output(&self, arguments: &[&str]) -> Output {
        self.fed(arguments, "")
    }

    /// What becomes of a command that reads this.
    pub fn fed(&self, arguments: &[&str], input: &str) -> Output {
        let mut process = self.command(arguments).spawn().unwrap();
        let _gone = process.stdin.take().unwrap().write_all(input.as_bytes());
        process.wait_with_output().unwrap()
    }

    /// What a command prints with `--json`.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.output(&[arguments, &["--json"]].concat());
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "lodge {arguments:?}: {complaints}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("lodge {arguments:?}: {output:?}"))
    }

    /// The one sentence with which a command refuses.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "lodge {arguments:?}: {message}");
        assert!(output.stdout.is_empty() && message.starts_with("lodge: "), "{message}");
        message
    }

    /// Starts the server and waits until it answers.
    pub fn serve(&self) -> Running {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.file("log")).unwrap();
        let process = self.command(&["serve"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn();
        let mut running = Running { process: process.unwrap() };
        let start = Instant::now();
        let is_up = || is_healthy(self.listens_on, self.site.port).unwrap_or(false);
        while !is_up() {
            let ended = running.process.try_wait().unwrap();
            let log = || fs::read_to_string(self.file("log")).unwrap_or_default();
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "not up: {ended:?}\n{}", log());
            std::thread::sleep(Duration::from_millis(10));
        }
        running
    }
}

fn is_healthy(port: u16, front: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: localhost:{front}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}

/// The running server, killed when dropped.
pub struct Running {
    process: Child,
}

impl Running {
    /// As a power failure would.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn end(mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The engines to tell a story on: whether it is PostgreSQL.
pub fn engines() -> &'static [bool] {
    let left_out = std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite");
    if left_out { &[false] } else { &[false, true] }
}
