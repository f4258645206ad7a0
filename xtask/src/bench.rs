//! `cargo xtask bench`.
use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub struct Options {}

pub fn run(_options: &Options) -> Result<bool> {
    Ok(false)
}
