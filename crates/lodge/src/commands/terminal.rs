//! The terminal a command is run at: questions, secrets, and how far the work is. What is asked and shown goes to
//! standard error, so that standard output holds the answer alone.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kernel::{Error, Result, Secret};
use std::io::{BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shows how far the work is, on a terminal; elsewhere, and with `--json`, nothing.
pub fn progress(what: &'static str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(0), target).with_message(what);
    match ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Asks before something is destroyed. Without a terminal the answer must have been given: `--yes`.
pub fn confirm(question: &str, yes: bool) -> Result<()> {
    if yes {
        return Ok(());
    }
    let mut input = std::io::stdin().lock();
    if !std::io::stdin().is_terminal() {
        return Err(Error::bad_request(format!("{question} Nobody can be asked here: say --yes.")));
    }
    let mut line = String::new();
    let asked = write!(std::io::stderr(), "{question} Type yes: ").and_then(|()| input.read_line(&mut line));
    if asked.is_ok() && line.trim() == "yes" {
        return Ok(());
    }
    Err(Error::bad_request("Nothing was done."))
}

/// A secret from a terminal, unseen and twice; from a pipe, its first line.
pub fn secret(what: &str) -> Result<Secret<String>> {
    let unreadable = |error| Error::bad_request(format!("The {what} cannot be read: {error}."));
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(unreadable)?;
        return Ok(Secret::new(line.trim_end_matches(['\r', '\n']).to_owned()));
    }
    let first = Secret::new(rpassword::prompt_password(format!("New {what}: ")).map_err(unreadable)?);
    let second = Secret::new(rpassword::prompt_password("Once more: ").map_err(unreadable)?);
    if first.expose() != second.expose() {
        return Err(Error::bad_request("These are not the same. Nothing was done."));
    }
    Ok(first)
}

/// Hears Ctrl-C and SIGTERM from now on, so that work ends in order and leaves nothing half done.
#[derive(Clone, Default)]
pub struct Interruption(Arc<AtomicBool>);

impl Interruption {
    pub fn listen() -> Result<Self> {
        let interruption = Self::default();
        let (flag, stop) = (interruption.0.clone(), crate::server::stop_signal()?);
        tokio::spawn(async move {
            stop.await;
            flag.store(true, Ordering::SeqCst);
        });
        Ok(interruption)
    }

    /// An error once it came.
    pub fn check(&self) -> Result<()> {
        if self.0.load(Ordering::SeqCst) {
            return Err(Error::unavailable("Interrupted: nothing of it was kept."));
        }
        Ok(())
    }
}
