//! One measurement a call, one JSON line on stdout; `cargo xtask bench` calls them in order and draws the table.
//!
//! The load (`invitations`, `tokens`, `reads`) runs against the server whose card it is given. The raw limits
//! (`signatures`, `commits`) run here, so that every figure stands beside what the same machine can do at best
//! in the same minute.

mod connection;
mod load;
mod process;
mod raw;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    measurement: Measurement,
}

#[derive(Subcommand)]
enum Measurement {
    /// Raw RSA-2048 signatures on one core.
    Signatures(Span),
    /// Bare rows, committed durably in groups.
    Commits {
        #[command(flatten)]
        span: Span,
        /// Where the database is written: the disk that is measured.
        #[arg(long)]
        folder: PathBuf,
        /// Rows in a commit.
        #[arg(long)]
        batch: u32,
    },
    /// All rows of a database file.
    Rows {
        #[arg(long)]
        database: PathBuf,
    },
    /// Invitations with a mail each, over Graph.
    Invitations(Load),
    /// Client-credential tokens, each signed afresh.
    Tokens(Load),
    /// Users read by id, over Graph.
    Reads(Load),
}

#[derive(Args)]
pub struct Span {
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

impl Span {
    pub fn duration(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    pub span: Span,
    /// The card of the server, as `lodge dev --json` printed it.
    #[arg(long)]
    pub card: PathBuf,
    /// The server's process, whose time and memory are read.
    #[arg(long)]
    pub process: u32,
    /// Callers that wait for their answer before they ask again.
    #[arg(long)]
    pub callers: usize,
}

fn main() -> Result<()> {
    let result = match Arguments::parse().measurement {
        Measurement::Signatures(span) => raw::signatures(span.duration())?,
        Measurement::Commits { span, folder, batch } => raw::commits(&folder, batch, span.duration())?,
        Measurement::Rows { database } => raw::rows(&database)?,
        Measurement::Invitations(load) => load::run(&load, load::Work::Invite)?,
        Measurement::Tokens(load) => load::run(&load, load::Work::Token)?,
        Measurement::Reads(load) => load::run(&load, load::Work::Read)?,
    };
    println!("{result}");
    Ok(())
}
