//! Running other programs: shown as they run, read when their last words matter.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{self, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// A program with its arguments, environment and folder.
pub struct Command {
    inner: process::Command,
}

/// How a shown program ended, and all it said on both streams.
pub struct Shown {
    pub success: bool,
    pub text: String,
}

impl Command {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self { inner: process::Command::new(program) }
    }

    pub fn arguments<I, S>(mut self, arguments: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        self.inner.args(arguments);
        self
    }

    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    pub fn without_variable(mut self, name: &str) -> Self {
        self.inner.env_remove(name);
        self
    }

    pub fn folder(mut self, folder: &Path) -> Self {
        self.inner.current_dir(folder);
        self
    }

    /// What the program printed; its failure is an error with what it complained about.
    pub fn output(mut self) -> Result<String> {
        let output = self.inner.stdin(Stdio::null()).output().with_context(|| self.line())?;
        if !output.status.success() {
            bail!("{}: {}: {}", self.line(), output.status, String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).with_context(|| self.line())
    }

    /// Whether the program exists and ends well; nothing is shown.
    pub fn succeeds(mut self) -> bool {
        self.inner
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Runs with both streams copied to ours as they come.
    pub fn show(mut self) -> Result<Shown> {
        println!("$ {}", self.line());
        let mut child = self
            .inner
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| self.line())?;
        let errors = child.stderr.take().map(|stream| thread::spawn(move || copy(stream, std::io::stderr())));
        let mut text = child.stdout.take().map(|stream| copy(stream, std::io::stdout())).unwrap_or_default();
        if let Some(errors) = errors {
            text.push_str(&errors.join().unwrap_or_default());
        }
        let success = child.wait()?.success();
        Ok(Shown { success, text })
    }

    /// Starts the program and hands it over; the caller ends it.
    pub fn spawn(mut self, stdout: Stdio, stderr: Stdio) -> Result<process::Child> {
        self.inner.stdin(Stdio::null()).stdout(stdout).stderr(stderr).spawn().with_context(|| self.line())
    }

    fn line(&self) -> String {
        let mut line = self.inner.get_program().to_string_lossy().into_owned();
        for argument in self.inner.get_args() {
            let _ = write!(line, " {}", argument.to_string_lossy());
        }
        line
    }
}

fn copy(from: impl Read, mut to: impl Write) -> String {
    let mut text = String::new();
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        let _ = to.write_all(&line);
        let _ = to.flush();
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    text
}
