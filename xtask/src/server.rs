//! A `lodge dev` of our own: started on a free port, asked for its card, ended with this value.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

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
