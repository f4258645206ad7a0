//! Composition of the modules: what the binary and the tests share. This crate alone reads environment,
//! files and arguments.

pub mod compose;
pub mod config;
pub mod dev;
pub mod logging;
mod nearest;
pub mod server;
pub mod tls;
