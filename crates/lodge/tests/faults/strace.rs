//! A 201 leaves after the disk has it: seen from outside, in the system calls of the running server.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use crate::LODGE;
use crate::caller::Site;
use crate::serve::Installation;
use crate::trace::{Trace, mark};

const CALLERS: u32 = 4;
const EACH: u32 = 30;
const CALLS: &str = "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg";
/// Makes every sync long enough that an answer which does not wait for it comes before its end.
const SLOW: &str = "inject=fdatasync,fsync:delay_exit=2000";

#[test]
fn under_strace_every_201_follows_a_sync_of_its_commit() {
    let lodge = Installation::new(None);
    let trace = traced(&lodge, LODGE);
    for number in 0..CALLERS * EACH {
        if let Err(why) = trace.answered_after_sync(&mark(number)) {
            panic!("{}: {why}", mark(number));
        }
    }
}

/// The same on a copy of the program in which the engine is told not to sync: the proof must fail.
#[test]
fn under_strace_a_build_that_does_not_sync_is_found_out() {
    let lodge = Installation::new(None);
    let program = lodge.folder().join("lodge");
    let mut code = fs::read(LODGE).unwrap();
    let (full, off) = (b"PRAGMA synchronous = FULL", b"PRAGMA synchronous = OFF ");
    let places: Vec<usize> =
        code.windows(full.len()).enumerate().filter(|it| it.1 == full).map(|it| it.0).collect();
    assert!(!places.is_empty(), "the program sets no synchronous = FULL");
    for place in places {
        code[place..place + off.len()].copy_from_slice(off);
    }
    fs::write(&program, code).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let trace = traced(&lodge, program.to_str().unwrap());
    for number in 0..CALLERS * EACH {
        assert!(trace.answered_after_sync(&mark(number)).is_err(), "{}", mark(number));
    }
}

/// What the program did while it was asked to invite every mark.
fn traced(lodge: &Installation, program: &str) -> Trace {
    let file = lodge.folder().join("trace");
    let words = ["strace", "-f", "-yy", "-s", "8192", "-e", CALLS, "-e", SLOW, "-o", file.to_str().unwrap()];
    let server = lodge.start(&[&words[..], &[program]].concat());
    let token = lodge.site.token();
    thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (site, token) = (&lodge.site, &token);
            scope.spawn(move || invite_each(site, token, caller * EACH..(caller + 1) * EACH));
        }
    });
    server.end();
    Trace::new(fs::read_to_string(file).unwrap().lines())
}

fn invite_each(site: &Site, token: &str, numbers: std::ops::Range<u32>) {
    let mut caller = site.caller().unwrap();
    for number in numbers {
        let answer = caller.invite(token, &format!("{}@adatum.example", mark(number))).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
}
