//! Composition of the modules: what the binary and the tests share. This crate alone reads environment,
//! files and arguments.

mod administration;
pub mod cli;
pub mod commands;
pub mod compose;
pub mod config;
pub mod dev;
mod doctor;
mod epoch;
pub mod logging;
mod mail_route;
pub mod metrics;
mod nearest;
mod reload;
mod seeding;
pub mod serve;
pub mod server;
pub mod tls;
#[cfg(test)]
mod walk;
mod watch;
