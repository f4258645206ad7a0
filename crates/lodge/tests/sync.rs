//! A 201 leaves after the disk has it: seen from outside, in the system calls of the running server.

#![cfg(test)]

mod served;

use std::fs;
use std::process::Command;
use std::thread;

use served::caller::Caller;
use served::{Installation, invitation};

const CALLERS: u32 = 4;
const EACH: u32 = 30;
const CALLS: &str = "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg";

#[test]
fn under_strace_every_201_follows_a_sync_of_its_commit() {
    let lodge = Installation::new("");
    let trace = lodge.folder().join("trace");
    let server =
        lodge.start(&["strace", "-f", "-yy", "-s", "8192", "-e", CALLS, "-o", trace.to_str().unwrap()]);
    let token = lodge.token();
    thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (lodge, token) = (&lodge, &token);
            scope.spawn(move || {
                let mut connection = Caller::new(lodge.port).unwrap();
                for number in 0..EACH {
                    let body = invitation(&format!("{}@adatum.example", mark(caller * EACH + number)));
                    let (status, body) =
                        connection.post("/v1.0/invitations", "application/json", token, &body).unwrap();
                    assert_eq!(status, 201, "{body}");
                }
            });
        }
    });
    let children = Command::new("pgrep").args(["-P", &server.id().to_string()]).output().unwrap().stdout;
    let lodge_id = String::from_utf8(children).unwrap().trim().to_owned();
    assert!(Command::new("kill").args(["-TERM", &lodge_id]).status().unwrap().success());
    server.wait();
    let trace = fs::read_to_string(trace).unwrap();
    for number in 0..CALLERS * EACH {
        if let Err(why) = answered_after_sync(&trace, &mark(number)) {
            panic!("{}: {why}", mark(number));
        }
    }
}

/// A local part that occurs nowhere else, so that a write and an answer can be told to belong to it.
fn mark(number: u32) -> String {
    format!("marked{number:04}marked")
}

/// Follows one invitation through the trace: the first write of the log that has its mark, the next sync of the log
/// that begins after it (it covers the rest of that commit, for one thread writes and syncs), that sync's
/// completion, and only then the answer.
fn answered_after_sync(trace: &str, mark: &str) -> Result<(), &'static str> {
    let lines: Vec<&str> = trace.lines().collect();
    let answer = lines
        .iter()
        .position(|line| line.contains("HTTP/1.1 201") && line.contains(mark))
        .ok_or("no 201 was seen")?;
    let write = lines
        .iter()
        .position(|line| line.contains("pwrite64(") && line.contains("-wal>") && line.contains(mark))
        .ok_or("no write of the log was seen")?;
    let thread = thread_of(lines[write]);
    let (sync, line) = lines
        .iter()
        .enumerate()
        .skip(write + 1)
        .find(|(_, line)| thread_of(line) == thread && is_sync_of_log(line))
        .ok_or("the log was not synced after the write")?;
    let done = if line.contains("<unfinished ...>") {
        let resumed = |line: &&str| thread_of(line) == thread && line.contains("sync resumed>");
        sync + lines[sync..].iter().position(resumed).ok_or("the sync did not end")?
    } else {
        sync
    };
    if !lines[done].ends_with("= 0") {
        return Err("the sync failed");
    }
    if answer < done { Err("answered before the sync had ended") } else { Ok(()) }
}

fn thread_of(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn is_sync_of_log(line: &str) -> bool {
    (line.contains("fdatasync(") || line.contains("fsync(")) && line.contains("-wal>")
}

const WRITE: &str = "7 pwrite64(9</d/lodge.db-wal>, \"..marked0001marked..\", 4096, 32) = 4096";
const ANSWER: &str = "8 sendto(12<TCP:[1]>, \"HTTP/1.1 201 Created\\r\\n..marked0001marked\", 90) = 90";

fn verdict(lines: &[&str]) -> Result<(), &'static str> {
    answered_after_sync(&lines.join("\n"), "marked0001marked")
}

#[test]
fn an_answer_after_the_sync_is_right() {
    assert_eq!(verdict(&[WRITE, "7 fdatasync(9</d/lodge.db-wal>) = 0", ANSWER]), Ok(()));
    let split = ["7 fdatasync(9</d/lodge.db-wal> <unfinished ...>", "7 <... fdatasync resumed>)  = 0"];
    assert_eq!(verdict(&[WRITE, split[0], split[1], ANSWER]), Ok(()));
}

#[test]
fn an_answer_without_a_sync_or_before_its_end_is_found() {
    assert!(verdict(&[WRITE, ANSWER]).is_err());
    let split = ["7 fdatasync(9</d/lodge.db-wal> <unfinished ...>", "7 <... fdatasync resumed>)  = 0"];
    assert!(verdict(&[WRITE, split[0], ANSWER, split[1]]).is_err());
    assert!(verdict(&["7 fdatasync(9</d/lodge.db-wal>) = 0", WRITE, ANSWER]).is_err());
    assert!(verdict(&[WRITE, "7 fdatasync(9</d/lodge.db>) = 0", ANSWER]).is_err());
    assert!(
        verdict(&[WRITE, "7 fdatasync(9</d/lodge.db-wal>) = -1 EIO (Input/output error)", ANSWER]).is_err()
    );
}
