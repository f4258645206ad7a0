//! Repository tasks, started as `cargo xtask …`.
//!
//! `test` runs everything the project checks about itself; `imports` only the architecture check;
//! `package` makes the Debian package;
//! `bench` measures the server beside the raw limits of the machine it runs on.

mod bench;
mod changed;
mod clients;
mod command;
mod imports;
mod machine;
mod metadata;
mod package;
mod report;
mod server;
mod source;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Repository tasks of Lodge")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Format, lints, import check, all tests on both engines, unmodified clients, browser stories.
    Test(test::Options),
    /// Only the direction of imports and the rules about where code may stand.
    Imports,
    /// The Debian package, from a release build.
    Package(package::Options),
    /// Measure invitations and tokens beside the raw limits of this machine.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Test(options) => test::run(&options),
        Task::Imports => imports::run(),
        Task::Package(options) => package::run(&options),
        Task::Bench(options) => bench::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
