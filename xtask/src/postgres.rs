//! A throw-away PostgreSQL 15 in a temporary directory, on a free port of 127.0.0.1.
//!
//! It runs as an ordinary user, for `initdb` refuses root, ends with this process, and takes its directory along.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::Command;
use crate::machine;

/// Where Debian keeps the programs of this version.
pub const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a commit waits for the disk: off for tests, on where durability itself is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Off,
    On,
}

pub struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    pub fn start(durability: Durability) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("lodge-postgres-{}", process::id()));
        fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        let user = ordinary_user();
        if let Some(user) = user {
            Command::new("chown").arguments([user.into(), folder.clone().into_os_string()]).output()?;
        }
        let data = folder.join("data");
        as_user(user, "initdb")
            .arguments(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .arguments(["--pgdata".as_ref(), data.as_os_str()])
            .folder(&folder)
            .output()?;
        let port = free_port()?;
        let server = as_user(user, "postgres")
            .arguments(["-D".as_ref(), data.as_os_str(), "-k".as_ref(), folder.as_os_str()])
            .arguments(["-p", &port.to_string(), "-h", "127.0.0.1"])
            .arguments(settings(durability).into_iter().flat_map(|setting| ["-c", setting]))
            .folder(&folder)
            .spawn(Stdio::null(), log(&folder)?)?;
        let mut postgres = Self { server, folder, port };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// The database every cluster has; who needs one of his own creates it there.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Creates an empty database and gives its address.
    pub fn database(&self, name: &str) -> Result<String> {
        self.program("createdb").arguments(["--template=template0", name]).output()?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// One of PostgreSQL's own client programs, pointed at this server.
    pub fn program(&self, name: &str) -> Command {
        Command::new(Path::new(PROGRAMS).join(name))
            .variable("PGHOST", "127.0.0.1")
            .variable("PGPORT", self.port.to_string())
            .variable("PGUSER", "postgres")
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while !self.program("pg_isready").succeeds() {
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended at its start ({status}): {}", self.last_words());
            }
            if start.elapsed() > PATIENCE {
                bail!("PostgreSQL is not ready after {} s: {}", PATIENCE.as_secs(), self.last_words());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default().trim().to_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is the fast shutdown: open sessions are cut, nothing is waited for.
        Command::new("kill").arguments(["-INT", &self.server.id().to_string()]).succeeds();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn settings(durability: Durability) -> Vec<&'static str> {
    let mut settings = vec!["max_connections=300", "shared_buffers=256MB", "log_min_messages=fatal"];
    if durability == Durability::Off {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
    }
    settings
}

/// `setpriv` changes the user and asks the kernel to end the program when this one dies.
fn as_user(user: Option<&str>, program: &str) -> Command {
    let command = Command::new("setpriv").arguments(["--pdeathsig=INT"]);
    let command = match user {
        Some(user) => command.arguments([
            format!("--reuid={user}"),
            format!("--regid={user}"),
            "--clear-groups".to_owned(),
        ]),
        None => command,
    };
    command.arguments([Path::new(PROGRAMS).join(program)])
}

/// For root: the user that Debian's package made.
fn ordinary_user() -> Option<&'static str> {
    machine::is_root().then_some("postgres")
}

fn log(folder: &Path) -> Result<Stdio> {
    Ok(fs::File::create(folder.join("log"))?.into())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
