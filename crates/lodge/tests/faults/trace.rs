//! Reads what `strace -f -yy` wrote: did an answer wait for the sync of its commit?

use std::collections::HashMap;

/// A mark is this, four digits, and this again.
const FRAME: &str = "marked";
const MARK_LENGTH: usize = 2 * FRAME.len() + 4;

/// A local part that occurs nowhere else, so that a write and an answer can be told to belong to it.
pub fn mark(number: u32) -> String {
    format!("{FRAME}{number:04}{FRAME}")
}

/// The lines that matter, in order, and where each mark is first written to the log and first answered.
pub struct Trace {
    lines: Vec<String>,
    written: HashMap<String, usize>,
    answered: HashMap<String, usize>,
}

impl Trace {
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut trace = Self { lines: Vec::new(), written: HashMap::new(), answered: HashMap::new() };
        for line in lines {
            let is_write = line.contains("pwrite64(") && line.contains("-wal>");
            let is_answer = line.contains("HTTP/1.1 201");
            let places = if is_write { &mut trace.written } else { &mut trace.answered };
            if is_write || is_answer {
                for mark in marks(line) {
                    places.entry(mark.to_owned()).or_insert(trace.lines.len());
                }
            }
            if is_write || is_answer || is_sync_of_log(line) || line.contains("sync resumed>") {
                trace.lines.push(line.to_owned());
            }
        }
        trace
    }

    /// Follows one invitation through the trace: the first write of the log that has its mark, the next sync of the
    /// log that begins after it (it covers the rest of that commit, for one thread writes and syncs), that sync's
    /// completion, and only then the answer.
    pub fn answered_after_sync(&self, mark: &str) -> Result<(), &'static str> {
        let answer = *self.answered.get(mark).ok_or("no 201 was seen")?;
        let write = *self.written.get(mark).ok_or("no write of the log was seen")?;
        let thread = thread_of(&self.lines[write]);
        let after =
            |place: usize| self.lines.iter().enumerate().skip(place).filter(|it| thread_of(it.1) == thread);
        let sync = after(write + 1).find(|(_, line)| is_sync_of_log(line));
        let (sync, line) = sync.ok_or("the log was not synced after the write")?;
        let (done, line) = if line.contains("<unfinished ...>") {
            after(sync).find(|(_, line)| line.contains("sync resumed>")).ok_or("the sync did not end")?
        } else {
            (sync, line)
        };
        let outcome = line.rsplit_once(") ").map(|(_, outcome)| outcome.trim());
        if !outcome.is_some_and(|outcome| outcome == "= 0" || outcome.starts_with("= 0 (DELAYED")) {
            return Err("the sync failed");
        }
        if answer < done { Err("answered before the sync had ended") } else { Ok(()) }
    }
}

fn marks(line: &str) -> impl Iterator<Item = &str> {
    let whole = |at: usize| line.get(at..at + MARK_LENGTH).filter(|mark| mark.ends_with(FRAME));
    line.match_indices(FRAME).filter_map(move |(at, _)| whole(at))
}

fn thread_of(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn is_sync_of_log(line: &str) -> bool {
    (line.contains("fdatasync(") || line.contains("fsync(")) && line.contains("-wal>")
}

const WRITE: &str = "7 pwrite64(9</d/lodge.db-wal>, \"..marked0001marked..\", 4096, 32) = 4096";
const SYNC: &str = "7 fdatasync(9</d/lodge.db-wal>) = 0";
const ENTRY: &str = "7 fdatasync(9</d/lodge.db-wal> <unfinished ...>";
const EXIT: &str = "7 <... fdatasync resumed>)  = 0 (DELAYED)";
const ANSWER: &str = "8 sendto(12<TCP:[1]>, \"HTTP/1.1 201 Created\\r\\n..marked0001marked\", 90) = 90";

fn verdict(lines: &[&str]) -> Result<(), &'static str> {
    Trace::new(lines.iter().copied()).answered_after_sync(&mark(1))
}

#[test]
fn an_answer_after_the_sync_is_right() {
    assert_eq!(verdict(&[WRITE, SYNC, ANSWER]), Ok(()));
    assert_eq!(verdict(&[WRITE, ENTRY, EXIT, ANSWER]), Ok(()));
}

#[test]
fn an_answer_without_a_sync_or_before_its_end_is_found() {
    assert!(verdict(&[WRITE, ANSWER]).is_err());
    assert!(verdict(&[WRITE, ENTRY, ANSWER, EXIT]).is_err());
    assert!(verdict(&[WRITE, ANSWER, SYNC]).is_err());
    assert!(verdict(&[SYNC, WRITE, ANSWER]).is_err());
    assert!(verdict(&[WRITE, "7 fdatasync(9</d/lodge.db>) = 0", ANSWER]).is_err());
    assert!(verdict(&[WRITE, "8 fdatasync(9</d/lodge.db-wal>) = 0", ANSWER]).is_err());
    assert!(
        verdict(&[WRITE, "7 fdatasync(9</d/lodge.db-wal>) = -1 EIO (Input/output error)", ANSWER]).is_err()
    );
    assert!(verdict(&[WRITE, SYNC]).is_err());
}
