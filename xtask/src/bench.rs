//! `cargo xtask bench`: the server's figures beside the raw limits of the same machine in the same run.
//!
//! Servers and PostgreSQL are started here; each single measurement is a call of the `bench` program. The result
//! is a table on stdout and `target/bench/result.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use scratch_postgres::{Durability, Postgres, output};
use serde_json::{Value, json};

use crate::command::Command;
use crate::machine;
use crate::metadata;
use crate::server::Server;

const CALLERS: [u32; 3] = [1, 16, 64];

/// Long enough for a server to have written what it does once, short beside a measurement.
const SETTLE: Duration = Duration::from_secs(1);

#[derive(Args)]
pub struct Options {
    /// How long each measurement lasts.
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// Install what the machine lacks without asking.
    #[arg(long)]
    install: bool,
    /// Leave PostgreSQL out; the table says so.
    #[arg(long)]
    sqlite_only: bool,
}

pub fn run(options: &Options) -> Result<bool> {
    machine::prepare(options.install)?;
    let workspace = metadata::load()?;
    let built = Command::new("cargo")
        .arguments(["build", "--release", "--package", "lodge", "--package", "bench", "--quiet"])
        .show()?;
    if !built.success {
        bail!("the release build failed");
    }
    let folder = workspace.target_directory.join("bench");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let bench = Bench {
        program: workspace.target_directory.join("release/bench"),
        lodge: workspace.binary("release"),
        folder,
        seconds: options.seconds,
    };
    let result = bench.everything(options.sqlite_only)?;
    let file = bench.folder.join("result.json");
    fs::write(&file, serde_json::to_string_pretty(&result)?)?;
    print!("{}", table(&result));
    println!("\n{}", file.display());
    Ok(true)
}

struct Bench {
    program: PathBuf,
    lodge: PathBuf,
    folder: PathBuf,
    seconds: u32,
}

impl Bench {
    fn everything(&self, sqlite_only: bool) -> Result<Value> {
        let signatures = self.measure("raw signatures", &["signatures"])?;
        let sqlite = self.sqlite()?;
        let postgres = if sqlite_only { Value::Null } else { self.postgres()? };
        Ok(json!({
            "machine": machine_words()?,
            "secondsEach": self.seconds,
            "signatures": signatures,
            "sqlite": sqlite,
            "postgres": postgres,
        }))
    }

    fn sqlite(&self) -> Result<Value> {
        let data = self.folder.join("sqlite");
        fs::create_dir_all(&data)?;
        let arguments = ["--data".to_owned(), data.display().to_string()];
        let database = data.join("lodge/lodge.db");
        let mut result = self.engine("SQLite", &arguments, |bench| bench.written(&database).map(Some))?;
        let mut bare = Vec::new();
        for (index, callers) in CALLERS.iter().enumerate() {
            let batch = result.pointer(&format!("/invitations/{index}/rowsPerCommit"));
            let batch = batch.and_then(Value::as_u64).unwrap_or(1).max(1);
            let mut limit = self.measure(
                &format!("bare commits of {batch} rows"),
                &["commits", "--folder", &self.folder.display().to_string(), "--batch", &batch.to_string()],
            )?;
            insert(&mut limit, "callers", json!(callers));
            bare.push(limit);
        }
        insert(&mut result, "bareCommits", json!(bare));
        insert(&mut result, "plain", self.plain()?);
        Ok(result)
    }

    /// Tokens and reads without TLS: what Lodge itself needs for one.
    fn plain(&self) -> Result<Value> {
        let folder = self.folder.join("serve");
        fs::create_dir_all(&folder)?;
        let server = Server::serve(&self.lodge, &folder, &self.folder.join("serve.log"))?;
        let card = self.folder.join("serve.card.json");
        fs::write(&card, server.card.to_string())?;
        thread::sleep(SETTLE);
        let tokens = self.load("SQLite over plain HTTP", "tokens", 16, &card, &server)?;
        let reads = self.load("SQLite over plain HTTP", "reads", 16, &card, &server)?;
        server.stop()?;
        Ok(json!({ "tokens": tokens, "reads": reads }))
    }

    fn postgres(&self) -> Result<Value> {
        let postgres = Postgres::start(Durability::On)?;
        postgres.database("bare")?;
        output(postgres.program("pgbench").args(["--initialize", "--quiet", "--scale=10", "bare"]))?;
        let mut bare = Vec::new();
        for callers in CALLERS {
            println!("… pgbench -N with {callers}");
            let text = output(
                postgres
                    .program("pgbench")
                    .args(["-N", "--jobs=2", "--client", &callers.to_string()])
                    .args(["--time", &self.seconds.to_string(), "bare"]),
            )?;
            bare.push(json!({ "callers": callers, "perSecond": transactions_per_second(&text)? }));
        }
        let url = postgres.database("lodge")?;
        let data = self.folder.join("postgres");
        fs::create_dir_all(&data)?;
        let arguments =
            ["--data", &data.display().to_string(), "--engine", "postgres", "--database-url", &url]
                .map(ToOwned::to_owned);
        let mut result = self.engine("PostgreSQL", &arguments, |_| Ok(None))?;
        insert(&mut result, "pgbench", json!(bare));
        Ok(result)
    }

    /// A first start, a second one on the same directory, then all loads on that.
    fn engine(
        &self,
        name: &str,
        arguments: &[String],
        written: impl Fn(&Self) -> Result<Option<Written>>,
    ) -> Result<Value> {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let log = self.folder.join(format!("{name}.log"));
        let first = Server::start(&self.lodge, &arguments, &log)?;
        let first_start = first.ready_after;
        first.stop()?;
        let server = Server::start(&self.lodge, &arguments, &log)?;
        let card = self.folder.join(format!("{name}.card.json"));
        fs::write(&card, server.card.to_string())?;
        thread::sleep(SETTLE);
        let idle = memory(server.process_id())?;
        let mut invitations = Vec::new();
        for callers in CALLERS {
            let before = written(self)?;
            let mut load = self.load(name, "invitations", callers, &card, &server)?;
            if let (Some(before), Some(after)) = (before, written(self)?) {
                let count = load.get("count").and_then(Value::as_u64).unwrap_or(1).max(1);
                let (rows, commits) = (after.rows - before.rows, (after.commits - before.commits).max(1));
                insert(&mut load, "rowsPerInvitation", json!(rows.div_ceil(count)));
                insert(&mut load, "rowsPerCommit", json!(rows.div_ceil(commits)));
            }
            invitations.push(load);
        }
        let tokens = self.load(name, "tokens", 16, &card, &server)?;
        let reads = self.load(name, "reads", 16, &card, &server)?;
        let result = json!({
            "firstStartMilliseconds": milliseconds(first_start),
            "startMilliseconds": milliseconds(server.ready_after),
            "idleMebibytes": idle.round(),
            "invitations": invitations,
            "tokens": tokens,
            "reads": reads,
        });
        server.stop()?;
        Ok(result)
    }

    fn load(&self, engine: &str, work: &str, callers: u32, card: &Path, server: &Server) -> Result<Value> {
        self.measure(
            &format!("{engine}: {work} with {callers}"),
            &[
                work,
                "--card",
                &card.display().to_string(),
                "--process",
                &server.process_id().to_string(),
                "--callers",
                &callers.to_string(),
            ],
        )
    }

    fn measure(&self, name: &str, arguments: &[&str]) -> Result<Value> {
        println!("… {name}");
        let seconds = self.seconds.to_string();
        let text = Command::new(&self.program)
            .arguments(arguments)
            .arguments(["--seconds", seconds.as_str()])
            .output()?;
        serde_json::from_str(&text).with_context(|| format!("{name}: {text}"))
    }

    fn written(&self, database: &Path) -> Result<Written> {
        let text =
            Command::new(&self.program).arguments(["rows", "--database"]).arguments([database]).output()?;
        let value: Value = serde_json::from_str(&text)?;
        let number =
            |name: &str| value.get(name).and_then(Value::as_u64).with_context(|| format!("no {name}"));
        Ok(Written { rows: number("rows")?, commits: number("commits")? })
    }
}

/// What a database holds, and in how many commits it was written.
struct Written {
    rows: u64,
    commits: u64,
}

/// Reads the figure off `tps = 468.123 (without initial connection time)`.
fn transactions_per_second(text: &str) -> Result<f64> {
    let figure = text.split("tps = ").nth(1).and_then(|rest| rest.split_whitespace().next());
    Ok(figure.context("pgbench printed no tps")?.parse::<f64>()?.round())
}

fn memory(process: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no RssAnon")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn machine_words() -> Result<Value> {
    let processor = fs::read_to_string("/proc/cpuinfo")?;
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    Ok(json!({
        "processor": model.trim_start_matches(['\t', ' ', ':']),
        "cores": thread::available_parallelism()?.get(),
        "kernel": fs::read_to_string("/proc/sys/kernel/osrelease")?.trim(),
    }))
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round()
}

/// The result as people read it. Percentages are of the raw limit in the same line.
fn table(result: &Value) -> String {
    let mut lines = vec![format!(
        "\n{:<34} {:>10} {:>12} {:>10} {:>10} {:>8}  {}",
        "work", "per s", "per cpu-s", "median ms", "p99 ms", "MiB", "beside"
    )];
    let signatures = number(result, "/signatures/perProcessorSecond");
    lines.push(format!("{:<34} {:>10} {:>12}", "raw RSA-2048 signatures", "", signatures));
    for (engine, name) in [("/sqlite", "SQLite"), ("/postgres", "PostgreSQL")] {
        let Some(figures) = result.pointer(engine).filter(|figures| !figures.is_null()) else {
            lines.push(format!("{name}: not measured"));
            continue;
        };
        for (index, callers) in CALLERS.iter().enumerate() {
            let row = figures.pointer(&format!("/invitations/{index}")).unwrap_or(&Value::Null);
            let beside = beside_invitations(figures, index, number(row, "/perSecond"));
            lines.push(line(&format!("{name}: invitations, {callers} callers"), row, &beside));
        }
        for (place, over) in [("", "over TLS"), ("/plain", "over plain HTTP")] {
            let Some(tokens) = figures.pointer(&format!("{place}/tokens")) else { continue };
            let share = percent(number(tokens, "/perProcessorSecond"), signatures);
            let beside = format!("{over}: {share} of raw signatures");
            lines.push(line(&format!("{name}: tokens, 16 callers"), tokens, &beside));
            let reads = figures.pointer(&format!("{place}/reads")).unwrap_or(&Value::Null);
            lines.push(line(&format!("{name}: user by id, 16 callers"), reads, over));
        }
        lines.push(format!(
            "{name}: first start {} ms, later start {} ms, idle {} MiB",
            number(figures, "/firstStartMilliseconds"),
            number(figures, "/startMilliseconds"),
            number(figures, "/idleMebibytes")
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn line(name: &str, row: &Value, beside: &str) -> String {
    format!(
        "{name:<34} {:>10} {:>12} {:>10} {:>10} {:>8}  {beside}",
        number(row, "/perSecond"),
        number(row, "/perProcessorSecond"),
        number(row, "/medianMilliseconds"),
        number(row, "/p99Milliseconds"),
        number(row, "/memoryMebibytes"),
    )
}

fn beside_invitations(figures: &Value, index: usize, per_second: f64) -> String {
    if let Some(limit) = figures.pointer(&format!("/bareCommits/{index}")) {
        let [rows, batch] = ["rowsPerInvitation", "rowsPerCommit"]
            .map(|name| number(figures, &format!("/invitations/{index}/{name}")));
        let bare = number(limit, "/rowsPerSecond");
        let share = percent(per_second * rows, bare);
        return format!("{rows} rows each, {batch} a commit: {share} of {bare} bare rows/s in such commits");
    }
    let bare =
        figures.pointer(&format!("/pgbench/{index}/perSecond")).and_then(Value::as_f64).unwrap_or_default();
    format!("{} of pgbench -N at {bare}", percent(per_second, bare))
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap_or_default()
}

fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.0} %", part / whole * 100.0) } else { "-".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_of_pgbench_is_read() {
        let text = "number of failed transactions: 0\ntps = 468.61 (without initial connection time)\n";
        assert!((transactions_per_second(text).unwrap() - 469.0).abs() < f64::EPSILON);
    }

    #[test]
    fn an_engine_that_was_left_out_is_named_in_the_table() {
        let text = table(&json!({ "sqlite": { "invitations": [{ "perSecond": 5 }] }, "postgres": null }));
        assert!(text.contains("PostgreSQL: not measured"));
        assert!(text.contains("SQLite: invitations, 1 callers"));
    }
}
