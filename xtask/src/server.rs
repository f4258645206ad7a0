//! A Lodge of our own on a free port, ended with this value: `lodge dev`, asked for its card, or `lodge serve` over
//! plain HTTP, set up by the command line as an operator would.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::command::Command;

const PATIENCE: Duration = Duration::from_mins(1);
const DRAIN: Duration = Duration::from_secs(10);

pub struct Server {
    process: Child,
    /// The line that `--json` prints when the socket accepts.
    pub card: Value,
    /// From the start of the process to that line.
    pub ready_after: Duration,
}

impl Server {
    pub fn start(binary: &Path, arguments: &[&str], log: &Path) -> Result<Self> {
        let start = Instant::now();
        let mut process = Command::new("setpriv")
            .arguments(["--pdeathsig=TERM".as_ref(), binary.as_os_str()])
            .arguments(["dev", "--json", "--listen", "127.0.0.1:0"])
            .arguments(arguments)
            .spawn(Stdio::piped(), fs::File::create(log)?.into())?;
        let line = process.stdout.take().map(first_line);
        let Some(line) = line.and_then(|line| line.recv_timeout(PATIENCE).ok()) else {
            let _ = process.kill();
            let _ = process.wait();
            bail!("lodge dev printed no card: {}", fs::read_to_string(log).unwrap_or_default().trim());
        };
        let ready_after = start.elapsed();
        let card = serde_json::from_str(&line).with_context(|| format!("the card: {line}"))?;
        Ok(Self { process, card, ready_after })
    }

    /// `lodge serve` on SQLite in `folder`, with one tenant and an application that may read and invite users. Its
    /// card has what of a real one is known.
    pub fn serve(binary: &Path, folder: &Path, log: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let configuration = format!(
            "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\n\
             database.path = \"{}\"\nmail.from = \"no-reply@contoso.example\"\n\
             smtp = {{ host = \"localhost\", port = 1 }}\n",
            folder.join("lodge.db").display()
        );
        let file = folder.join("lodge.toml");
        fs::write(&file, configuration)?;
        let ask = |words: &[&str]| {
            Command::new(binary).arguments(words).arguments([Path::new("--config"), &file]).output()
        };
        let tenant = ask(&["tenant", "create", "--name", "Contoso", "--domain", "contoso.example"])?;
        let application = ["application", "create", "--tenant", "contoso.example", "--name", "Automation"];
        let roles = ["--app-role", "User.Invite.All", "--app-role", "User.Read.All"];
        let application = ask(&[&application[..], &roles].concat())?;
        let start = Instant::now();
        let mut process = Command::new("setpriv")
            .arguments(["--pdeathsig=TERM".as_ref(), binary.as_os_str()])
            .arguments([Path::new("serve"), Path::new("--config"), &file])
            .spawn(Stdio::null(), fs::File::create(log)?.into())?;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if start.elapsed() > PATIENCE || process.try_wait()?.is_some() {
                let _ = process.kill();
                let _ = process.wait();
                bail!("lodge serve does not answer: {}", fs::read_to_string(log).unwrap_or_default().trim());
            }
            thread::sleep(Duration::from_millis(5));
        }
        let card = json!({
            "origin": format!("http://localhost:{port}"),
            "tenants": [{
                "id": after(&tenant, "tenant id")?,
                "applications": [{
                    "appId": after(&application, "application id")?,
                    "secret": after(&application, "secret")?,
                }],
            }],
        });
        Ok(Self { process, card, ready_after: start.elapsed() })
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    pub fn certificates(&self) -> Result<PathBuf> {
        let file = self.card.get("caFile").and_then(Value::as_str).context("the card names no caFile")?;
        Ok(PathBuf::from(file))
    }

    /// Asks the server to end and holds it to its word: exit 0 within ten seconds.
    pub fn stop(mut self) -> Result<()> {
        let start = Instant::now();
        Command::new("kill").arguments(["-TERM", &self.process.id().to_string()]).output()?;
        while start.elapsed() < DRAIN {
            if let Some(status) = self.process.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("lodge ended with {status} after SIGTERM");
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!("lodge still runs {} s after SIGTERM", DRAIN.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a line of the command line's answer says behind its label.
fn after<'a>(text: &'a str, label: &str) -> Result<&'a str> {
    let found = text.lines().find_map(|line| line.strip_prefix(label)).map(str::trim);
    found.with_context(|| format!("no {label} in: {text}"))
}

/// The first line, without waiting for it here; the rest is read away so that the pipe never fills.
fn first_line(stream: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}
