//! `lodge serve` as a process of its own, over plain HTTP on loopback, on SQLite.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::LODGE;
use crate::caller::Site;

const PATIENCE: Duration = Duration::from_mins(1);

/// A directory with a configuration, a tenant and an application that may invite; no process yet.
pub struct Installation {
    folder: tempfile::TempDir,
    data: PathBuf,
    pub site: Site,
}

impl Installation {
    /// The database and its key lie in `data`, or beside the configuration.
    pub fn new(data: Option<&Path>) -> Self {
        let port = free_port();
        let configuration = format!(
            "origin = \"http://localhost:{port}\"\n\
             listen = \"127.0.0.1:{port}\"\n\
             log.level = \"warn\"\n\
             smtp.port = {no_mail_server}\n",
            no_mail_server = free_port()
        );
        Self::with(&configuration, port, data)
    }

    /// `configuration` says where it listens, which is on `port`, and where its mail goes.
    pub fn with(configuration: &str, port: u16, data: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = data.unwrap_or(folder.path()).to_owned();
        let database = if configuration.contains("database") {
            String::new()
        } else {
            format!("database.path = \"{}\"\n", data.join("lodge.db").display())
        };
        let configuration = format!(
            "{configuration}{database}\
             mail.from = \"no-reply@contoso.example\"\n\
             limits.invitation_mails_per_tenant_and_hour = 1000000\n\
             limits.invitation_mails_per_inviter_and_minute = 1000000\n"
        );
        fs::write(folder.path().join("lodge.toml"), configuration).unwrap();
        let mut installation = Self { folder, data, site: Site { port, ..Site::default() } };
        installation.command(&["tenant", "create", "--name", "Contoso", "--domain", "contoso.example"]);
        let application = ["application", "create", "--tenant", "contoso.example", "--name", "Automation"];
        let roles = ["--app-role", "User.Invite.All", "--app-role", "User.ReadWrite.All"];
        let printed = installation.command(&[&application[..], &roles].concat());
        let after = |label: &str| {
            let line = printed.lines().find_map(|line| line.strip_prefix(label));
            line.unwrap_or_else(|| panic!("no {label} in:\n{printed}")).trim().to_owned()
        };
        installation.site.tenant = after("tenant id");
        installation.site.application = after("application id");
        installation.site.secret = after("secret");
        installation
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn database(&self) -> PathBuf {
        self.data.join("lodge.db")
    }

    /// Starts the server by these words, such as a program to trace it, followed by its own, and waits until it
    /// answers.
    pub fn start(&self, words: &[&str]) -> Running {
        let log = fs::File::create(self.folder().join("log")).unwrap();
        let (program, arguments) = words.split_first().unwrap();
        let process = Command::new(program)
            .env_remove("LODGE_TEST_POSTGRES")
            .env_remove("LODGE_TEST_ENGINES")
            .args(arguments)
            .args(["serve", "--config", "lodge.toml"])
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut running = Running { process };
        let start = Instant::now();
        let is_up =
            || self.site.caller().and_then(|mut it| it.get("/healthz", "")).is_ok_and(|it| it.status == 200);
        while !is_up() {
            let ended = running.process.try_wait().unwrap();
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "not up: {ended:?}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        running
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder().join("log")).unwrap_or_default()
    }

    fn command(&self, arguments: &[&str]) -> String {
        let output = Command::new(LODGE)
            .env_remove("LODGE_TEST_POSTGRES")
            .env_remove("LODGE_TEST_ENGINES")
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

/// The running server, killed when dropped.
pub struct Running {
    process: Child,
}

impl Running {
    pub fn id(&self) -> String {
        self.process.id().to_string()
    }

    /// Asks this process to end, or the one below it that does the work, and waits for it.
    pub fn end(mut self) {
        let below = Command::new("pgrep").args(["-P", &self.id()]).output().unwrap().stdout;
        let below = String::from_utf8(below).unwrap();
        let id = below.lines().next().map_or_else(|| self.id(), str::to_owned);
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap();
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
