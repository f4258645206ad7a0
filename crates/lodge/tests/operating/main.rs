//! Lodge as an organisation runs it: the real binary behind a real proxy, watched, reloaded, asked how it is.

#![cfg(test)]

#[path = "../faults/caller.rs"]
#[allow(dead_code, reason = "the tests of faults use the rest")]
mod caller;
mod doctor;
mod guide;
mod nginx;
mod post_office;
mod reload;
mod seeing;
#[path = "../faults/serve.rs"]
#[allow(dead_code, reason = "the tests of faults use the rest")]
mod serve;

const LODGE: &str = env!("CARGO_BIN_EXE_lodge");
