//! What happens when something outside Lodge fails: the process is killed, the database's server too, the disk is
//! full; and the proof that an answer waits for the disk. Each test runs the real binary as a process of its own.

#![cfg(test)]

mod books;
mod caller;
mod crowd;
mod dev;
mod disk_full;
mod kill;
mod kill_postgres;
mod load;
mod lost_answer;
mod serve;
mod strace;
mod trace;

const LODGE: &str = env!("CARGO_BIN_EXE_lodge");
