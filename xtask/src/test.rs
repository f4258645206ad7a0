//! `cargo xtask test`: everything the project checks about itself, each step with its time.
//!
//! A step that fails does not hide the next ones; one that cannot run because of it is a failure as well.

use anyhow::Result;
use clap::Args;
use scratch_postgres::{Durability, Postgres};

use crate::changed;
use crate::clients::Clients;
use crate::command::Command;
use crate::imports;
use crate::machine;
use crate::metadata::{self, Workspace};
use crate::package;
use crate::report::{self, Counts, Report};

#[derive(Args)]
pub struct Options {
    /// Install what the machine lacks without asking.
    #[arg(long)]
    install: bool,
    /// Only the changed crates, on SQLite, without clients and browser.
    #[arg(long, conflicts_with = "install")]
    quick: bool,
}

/// True when nothing failed.
pub fn run(options: &Options) -> Result<bool> {
    let workspace = metadata::load()?;
    if options.quick {
        machine::prepare_runner()?;
        return quick(&workspace);
    }
    machine::prepare(options.install)?;
    everything(&workspace)
}

fn everything(workspace: &Workspace) -> Result<bool> {
    let mut report = Report::default();
    report.step("format", || cargo(&["fmt", "--all", "--check"]));
    report.step("imports", || imports::check(workspace));
    report.step("lints", || {
        cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
    });
    report.step("examples in the documentation", examples);
    let built = report.step("build", || cargo(&["build", "--package", "lodge", "--quiet"])).failed == 0;
    match Postgres::start(Durability::Off) {
        Ok(postgres) => {
            report.step("tests on SQLite and PostgreSQL", || {
                nextest(workspace, &["--workspace"], Some(&postgres))
            });
            if built {
                report.step("the guide for Debian, followed", || guide(workspace));
                stories(workspace, &mut report, &postgres)?;
            } else {
                report.not_run("clients and browser", "lodge was not built");
            }
        }
        Err(error) => {
            report.not_run("tests, clients and browser", &format!("PostgreSQL did not start: {error:#}"));
        }
    }
    Ok(report.close())
}

fn stories(workspace: &Workspace, report: &mut Report, postgres: &Postgres) -> Result<()> {
    let clients = Clients::new(workspace)?;
    if report.step("install the clients", || clients.install()).failed > 0 {
        report.not_run("clients and browser", "they could not be installed");
        return Ok(());
    }
    for engine in [None, Some(postgres)] {
        let on = if engine.is_some() { "PostgreSQL" } else { "SQLite" };
        for story in ["invite.py", "delegated.py"] {
            report.step(&format!("python {story} on {on}"), || clients.python(story, engine));
        }
        report.step(&format!("node oidc.mjs on {on}"), || clients.node("oidc.mjs", engine));
    }
    report.step("browser", || clients.browser(workspace));
    Ok(())
}

/// Needs namespaces, which only root may make.
fn guide(workspace: &Workspace) -> Result<Counts> {
    if !machine::is_root() {
        println!("left out: this user may not mount");
        return Ok(Counts::default());
    }
    Ok(Counts::one(package::follow_guide(workspace)?))
}

fn quick(workspace: &Workspace) -> Result<bool> {
    let crates = changed::crates(workspace)?;
    if crates.is_empty() {
        println!("no crate differs from main; `cargo xtask test` runs everything");
    }
    let packages: Vec<&str> = crates.iter().flat_map(|name| ["--package", name]).collect();
    let mut report = Report::default();
    report.step("format", || cargo(&["fmt", "--all", "--check"]));
    report.step("imports", || imports::check(workspace));
    if !packages.is_empty() {
        report.step("lints", || {
            let mut arguments = vec!["clippy", "--all-targets", "--quiet"];
            arguments.extend(&packages);
            arguments.extend(["--", "-D", "warnings"]);
            cargo(&arguments)
        });
        report.step("tests on SQLite", || nextest(workspace, &packages, None));
    }
    Ok(report.close())
}

fn cargo(arguments: &[&str]) -> Result<Counts> {
    let shown = Command::new("cargo").arguments(arguments).show()?;
    Ok(Counts::one(shown.success))
}

fn examples() -> Result<Counts> {
    let shown = Command::new("cargo").arguments(["test", "--workspace", "--doc", "--quiet"]).show()?;
    Ok(Counts::of_runner(report::cargo_counts(&shown.text), shown.success))
}

/// Without PostgreSQL the tests are told so in words; with neither word nor address they refuse to run.
fn nextest(workspace: &Workspace, packages: &[&str], postgres: Option<&Postgres>) -> Result<Counts> {
    let command = Command::new("cargo")
        .arguments(["nextest", "run", "--no-fail-fast"])
        .arguments(packages)
        .folder(&workspace.root);
    let command = match postgres {
        Some(postgres) => {
            command.variable("LODGE_TEST_POSTGRES", postgres.url()).without_variable("LODGE_TEST_ENGINES")
        }
        None => command.variable("LODGE_TEST_ENGINES", "sqlite").without_variable("LODGE_TEST_POSTGRES"),
    };
    let shown = command.show()?;
    Ok(Counts::of_runner(report::passed_and_failed(&shown.text), shown.success))
}
