//! What an operator does: commands beside a running server, backups across engines, several nodes on one database.
//! Each test runs the real binary as a process of its own.

#![cfg(test)]

mod backup;
#[path = "../faults/caller.rs"]
#[allow(dead_code, reason = "each test binary uses its own part")]
mod caller;
mod commands;
mod installation;
mod mail_server;
mod nodes;

const LODGE: &str = env!("CARGO_BIN_EXE_lodge");
