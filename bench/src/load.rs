//! Callers that ask as fast as they are answered, for a while; what they got and what it cost the server.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::Load;
use crate::connection::{Connection, Target};
use crate::process;
use crate::raw::rate;

#[derive(Clone, Copy)]
pub enum Work {
    Invite,
    Token,
    Read,
}

/// Everything a caller needs, taken from the card.
struct Job {
    work: Work,
    tenant: String,
    user: String,
    application: String,
    secret: String,
    origin: String,
    token: String,
    next: AtomicU64,
    until: Instant,
}

/// Runs the load on a runtime of two threads: the callers share the machine with the server they measure.
pub fn run(load: &Load, work: Work) -> Result<Value> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measure(load, work))
}

async fn measure(load: &Load, work: Work) -> Result<Value> {
    let card: Value = serde_json::from_str(&fs::read_to_string(&load.card)?)?;
    let certificates = text(&card, "/caFile").ok().map(Path::new);
    let target = Target::new(text(&card, "/origin")?, certificates)?;
    let mut connections = Vec::new();
    for _ in 0..load.callers {
        connections.push(target.connect().await?);
    }
    let first = connections.first_mut().context("no callers")?;
    let mut job = Job {
        work,
        tenant: text(&card, "/tenants/0/id")?.to_owned(),
        user: text(&card, "/tenants/0/users/0/id").unwrap_or_default().to_owned(),
        application: text(&card, "/tenants/0/applications/0/appId")?.to_owned(),
        secret: text(&card, "/tenants/0/applications/0/secret")?.to_owned(),
        origin: text(&card, "/origin")?.to_owned(),
        token: String::new(),
        next: AtomicU64::new(u64::from(std::process::id()) << 32),
        until: Instant::now(),
    };
    job.token = job.fetch_token(first).await?;
    if job.user.is_empty() {
        job.user = job.invite(first, false).await?;
    }
    // What earlier loads left to be mailed is no part of this one.
    if text(&card, "/mail").is_ok() {
        let answer = first.get("/dev/mail.json?to=nobody", "").await?;
        expect(200, answer.status, &answer.body)?;
    }
    job.until = Instant::now() + load.span.duration();
    let job = Arc::new(job);

    let process = load.process.to_string();
    let time_before = process::processor_time(&process)?;
    let start = Instant::now();
    let callers: Vec<_> =
        connections.into_iter().map(|connection| tokio::spawn(call(Arc::clone(&job), connection))).collect();
    let mut times = Vec::new();
    for caller in callers {
        times.extend(caller.await??);
    }
    let took = start.elapsed();
    let used = process::processor_time(&process)?.saturating_sub(time_before);
    times.sort_unstable();
    let count = u32::try_from(times.len())?;
    Ok(json!({
        "callers": load.callers,
        "count": count,
        "perSecond": rate(count, took),
        "perProcessorSecond": rate(count, used),
        "processorSeconds": used.as_secs_f64(),
        "medianMilliseconds": milliseconds(&times, 50),
        "p99Milliseconds": milliseconds(&times, 99),
        "memoryMebibytes": process::memory(&process)?.round(),
    }))
}

async fn call(job: Arc<Job>, mut connection: Connection) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    while Instant::now() < job.until {
        let start = Instant::now();
        job.ask(&mut connection).await?;
        times.push(start.elapsed());
    }
    Ok(times)
}

impl Job {
    async fn ask(&self, connection: &mut Connection) -> Result<()> {
        match self.work {
            Work::Token => self.fetch_token(connection).await.map(drop),
            Work::Read => {
                let answer = connection.get(&format!("/v1.0/users/{}", self.user), &self.token).await?;
                expect(200, answer.status, &answer.body)
            }
            Work::Invite => self.invite(connection, true).await.map(drop),
        }
    }

    /// Invites somebody new and gives the guest's id.
    async fn invite(&self, connection: &mut Connection, with_mail: bool) -> Result<String> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let body = json!({
            "invitedUserEmailAddress": format!("guest{number:x}@domain{}.example", number % 97),
            "inviteRedirectUrl": format!("{}/account/{}", self.origin, self.tenant),
            "sendInvitationMessage": with_mail,
        });
        let answer = connection
            .post("/v1.0/invitations", "application/json", Some(&self.token), body.to_string())
            .await?;
        expect(201, answer.status, &answer.body)?;
        let body: Value = serde_json::from_slice(&answer.body)?;
        Ok(text(&body, "/invitedUser/id")?.to_owned())
    }

    async fn fetch_token(&self, connection: &mut Connection) -> Result<String> {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope={}%2F.default",
            self.application,
            escaped(&self.secret),
            escaped(&self.origin)
        );
        let path = format!("/{}/oauth2/v2.0/token", self.tenant);
        let answer = connection.post(&path, "application/x-www-form-urlencoded", None, form).await?;
        expect(200, answer.status, &answer.body)?;
        let body: Value = serde_json::from_slice(&answer.body)?;
        Ok(text(&body, "/access_token")?.to_owned())
    }
}

fn expect(expected: u16, found: u16, body: &[u8]) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    bail!("answered {found} instead of {expected}: {}", String::from_utf8_lossy(body))
}

fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str> {
    value.pointer(pointer).and_then(Value::as_str).with_context(|| format!("no {pointer}"))
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn milliseconds(sorted: &[Duration], percent: usize) -> f64 {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    let time = sorted.get(index).copied().unwrap_or_default();
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}
