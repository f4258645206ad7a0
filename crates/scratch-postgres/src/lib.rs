//! A throw-away PostgreSQL 15 in a temporary directory, on a free port of 127.0.0.1, for tests and tasks.
//!
//! It runs as an ordinary user, for `initdb` refuses root. It ends with the thread that started it, even if that is
//! killed, and takes its directory along when it is dropped.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Where Debian keeps the programs of this version.
pub const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a commit waits for the disk: off for tests, on where durability itself is tested or measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Off,
    On,
}

pub struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
    durability: Durability,
}

impl Postgres {
    pub fn start(durability: Durability) -> Result<Self> {
        let folder = new_folder()?;
        let options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
        output(
            as_user("initdb").args(options).arg("--pgdata").arg(folder.join("data")).current_dir(&folder),
        )?;
        Self::run(folder, durability)
    }

    /// A hot standby of this server, for which its commits wait from now on.
    pub fn synchronous_standby(&self) -> Result<Self> {
        let folder = new_folder()?;
        let address = ["--host=127.0.0.1", "--username=postgres", "--port", &self.port.to_string()];
        let how =
            ["--write-recovery-conf", "--create-slot", "--slot=standby", "--checkpoint=fast", "--no-sync"];
        output(
            as_user("pg_basebackup")
                .args(address)
                .args(how)
                .arg("--pgdata")
                .arg(folder.join("data"))
                .current_dir(&folder),
        )?;
        let standby = Self::run(folder, self.durability)?;
        self.query("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")?;
        self.query("postgres", "SELECT pg_reload_conf()")?;
        let start = Instant::now();
        while !self.query("postgres", "SELECT sync_state FROM pg_stat_replication")?.contains("sync") {
            if start.elapsed() > PATIENCE {
                bail!("the standby does not follow: {}", standby.last_words());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(standby)
    }

    /// Makes a standby take writes.
    pub fn promote(&self) -> Result<()> {
        let promoted = self.query("postgres", "SELECT pg_promote(true, 30)")?;
        if promoted.trim() == "t" { Ok(()) } else { bail!("not promoted: {}", self.last_words()) }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn run(folder: PathBuf, durability: Durability) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = launch(&folder, port, durability)?;
        let mut postgres = Self { server, folder, port, durability };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// The database every cluster has; who needs one of his own creates it there.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Creates an empty database and gives its address.
    pub fn database(&self, name: &str) -> Result<String> {
        output(self.program("createdb").args(["--template=template0", name]))?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// What a query prints, one row a line, columns divided by `|`.
    pub fn query(&self, database: &str, query: &str) -> Result<String> {
        let options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"];
        output(self.program("psql").args(options).args(["--dbname", database, "--command", query]))
    }

    /// One of PostgreSQL's own client programs, pointed at this server.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(Path::new(PROGRAMS).join(name));
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string()).env("PGUSER", "postgres");
        command
    }

    /// Kills the server and all its processes with SIGKILL, as a power failure would, and starts it again.
    pub fn kill_and_restart(&mut self) -> Result<()> {
        self.kill()?;
        self.start_again()
    }

    /// Kills the server and all its processes with SIGKILL: no session is told.
    pub fn kill(&mut self) -> Result<()> {
        let server = self.server.id().to_string();
        // Stopped first, so that it starts no process that would be missed.
        output(Command::new("kill").args(["-STOP", &server]))?;
        let children = output(Command::new("pgrep").args(["-P", &server]))?;
        // Some of them may have ended meanwhile, which `kill` complains about.
        let _ = output(Command::new("kill").arg("-KILL").args(children.lines()));
        self.server.kill()?;
        self.server.wait()?;
        let start = Instant::now();
        while children.lines().any(is_running) && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(5));
        }
        let _ = fs::remove_file(self.folder.join("data/postmaster.pid"));
        Ok(())
    }

    /// The immediate shutdown: sessions are told and cut, nothing is written any more.
    pub fn stop_immediately(&mut self) -> Result<()> {
        output(Command::new("kill").args(["-QUIT", &self.server.id().to_string()]))?;
        self.server.wait()?;
        Ok(())
    }

    /// After [`Self::kill`] or [`Self::stop_immediately`]: on the same port, with what the disk has.
    pub fn start_again(&mut self) -> Result<()> {
        self.server = launch(&self.folder, self.port, self.durability)?;
        self.wait_until_ready()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while output(&mut self.program("pg_isready")).is_err() {
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
        let _ = output(Command::new("kill").args(["-INT", &self.server.id().to_string()]));
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn new_folder() -> Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("lodge-postgres-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
    if let Some(user) = ordinary_user() {
        output(Command::new("chown").arg(user).arg(&folder))?;
    }
    Ok(folder)
}

fn launch(folder: &Path, port: u16, durability: Durability) -> Result<Child> {
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log"))?;
    as_user("postgres")
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-p", &port.to_string(), "-h", "127.0.0.1"])
        .args(settings(durability).into_iter().flat_map(|setting| ["-c", setting]))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("postgres")
}

fn settings(durability: Durability) -> Vec<&'static str> {
    let mut settings = vec!["max_connections=300", "shared_buffers=256MB", "log_min_messages=fatal"];
    if durability == Durability::Off {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
    }
    settings
}

/// `setpriv` changes the user and asks the kernel to end the program when this thread ends.
fn as_user(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=INT");
    if let Some(user) = ordinary_user() {
        command.args([format!("--reuid={user}"), format!("--regid={user}"), "--clear-groups".to_owned()]);
    }
    command.arg(Path::new(PROGRAMS).join(program));
    command
}

/// For root: the user that Debian's package made.
fn ordinary_user() -> Option<&'static str> {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0").then_some("postgres")
}

/// Whether a process still holds memory: a zombie does not.
fn is_running(process: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .any(|line| line.starts_with("State:") && !line.contains("zombie") && !line.contains("dead"))
}

/// What a program prints; its failure is an error with what it complained about.
pub fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| program.clone())?;
    if !output.status.success() {
        bail!("{program}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_outlives_a_kill() {
        let mut postgres = Postgres::start(Durability::On).unwrap();
        postgres.database("kept").unwrap();
        postgres.query("kept", "CREATE TABLE note (text text)").unwrap();
        postgres.query("kept", "INSERT INTO note VALUES ('here')").unwrap();
        postgres.kill_and_restart().unwrap();
        assert_eq!(postgres.query("kept", "SELECT text FROM note").unwrap().trim(), "here");
    }
}
