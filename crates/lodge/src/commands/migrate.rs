//! `lodge migrate`: the tables, before a Lodge that needs them starts.

use super::{Answer, Common};
use crate::{compose, serve};
use clap::Args;
use kernel::{Clock, Result, Rng};
use serde_json::json;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lodge migrate --check       what would be created?
  lodge migrate               creates it, one Lodge at a time

A Lodge does the same when it starts. Run it by itself before a rolling upgrade, or under another database user.")]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// Says what is missing and changes nothing.
    #[arg(long)]
    check: bool,
}

pub async fn run(arguments: Arguments) -> Result<Answer> {
    let config = arguments.common.load()?;
    serve::refuse_dev(&config)?;
    let (clock, rng) = (Clock::system(), Rng::system());
    let slices =
        store::migrate(&config.database, &compose::migrations(), &clock, rng, arguments.check).await?;
    let text = match (slices.is_empty(), arguments.check) {
        (true, _) => "The database has every table.".to_owned(),
        (false, true) => format!("The tables of {} are missing.", slices.join(", ")),
        (false, false) => format!("The tables of {} were created.", slices.join(", ")),
    };
    let key = if arguments.check { "missing" } else { "created" };
    Ok(Answer::new(text, json!({key: slices})))
}
