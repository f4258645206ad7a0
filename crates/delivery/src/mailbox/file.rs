//! The file of captured messages and the thread that writes it.

use kernel::{Error, Result};
use serde::Deserialize;
use std::collections::{HashSet, VecDeque};
use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

const MOST_AT_ONCE: usize = 64;
/// A file up to this size is never rewritten to make it smaller.
const SMALL: u64 = 4 << 20;

pub(super) enum Order {
    Keep { id: Uuid, to: String, line: String, done: oneshot::Sender<Result<()>> },
    Empty { done: oneshot::Sender<Result<()>> },
}

/// What the file is asked on behalf of one message.
struct Letter {
    id: Uuid,
    to: String,
    line: String,
}

/// Works orders off until every mailbox is gone. Those that wait together share one sync.
pub(super) fn write(file: &Mutex<File>, mut orders: mpsc::UnboundedReceiver<Order>) {
    let file = || -> MutexGuard<'_, File> { file.lock().unwrap_or_else(PoisonError::into_inner) };
    let mut waiting = Vec::with_capacity(MOST_AT_ONCE);
    while orders.blocking_recv_many(&mut waiting, MOST_AT_ONCE) > 0 {
        let (mut letters, mut answers) = (Vec::new(), Vec::new());
        for order in waiting.drain(..) {
            match order {
                Order::Keep { id, to, line, done } => {
                    letters.push(Letter { id, to, line });
                    answers.push(done);
                }
                Order::Empty { done } => {
                    answer(&mut answers, &file().append(std::mem::take(&mut letters)));
                    let _gone = done.send(file().empty());
                }
            }
        }
        answer(&mut answers, &file().append(letters));
    }
}

fn answer(waiting: &mut Vec<oneshot::Sender<Result<()>>>, outcome: &Result<()>) {
    for done in waiting.drain(..) {
        let _gone = done.send(outcome.clone());
    }
}

/// Where one message lies.
struct Place {
    id: Uuid,
    to: String,
    offset: u64,
    length: usize,
}

impl Place {
    /// With the line's end.
    fn size(&self) -> u64 {
        u64::try_from(self.length).unwrap_or(0) + 1
    }
}

pub(super) struct File {
    path: PathBuf,
    handle: fs::File,
    /// The length of all whole lines.
    end: u64,
    /// As much of it as the kept messages take.
    live: u64,
    places: VecDeque<Place>,
    known: HashSet<Uuid>,
    kept: usize,
}

/// As much of a line as its place needs.
#[derive(Deserialize)]
struct Head {
    id: Uuid,
    to: Vec<String>,
}

impl File {
    /// Reads where the messages lie. A last line that a crash tore is cut off: nobody was told that it is kept.
    pub fn open(directory: &Path, kept: usize) -> Result<Self> {
        let path = directory.join("mail.jsonl");
        let options = fs::OpenOptions::new().read(true).append(true).create(true).mode(0o600).clone();
        let fail = |error| unwritable(&path, error);
        let mut file = options.open(&path).map_err(fail)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(fail)?;
        let mut found = Self {
            handle: file,
            end: 0,
            live: 0,
            places: VecDeque::new(),
            known: HashSet::new(),
            kept,
            path: path.clone(),
        };
        for line in content.split_inclusive(|byte| *byte == b'\n') {
            let Some(body) = line.strip_suffix(b"\n") else { break };
            let offset = found.end;
            found.end = found.end.saturating_add(u64::try_from(line.len()).unwrap_or(0));
            match serde_json::from_slice::<Head>(body) {
                Ok(head) => {
                    let to = head.to.into_iter().next().unwrap_or_default().to_ascii_lowercase();
                    found.add(Place { id: head.id, to, offset, length: body.len() });
                }
                Err(error) => tracing::warn!(%error, "a captured message cannot be read and is left out"),
            }
        }
        found.handle.set_len(found.end).and_then(|()| found.handle.sync_all()).map_err(fail)?;
        sync_directory(directory)?;
        Ok(found)
    }

    /// Newest first.
    pub fn read(&self, to: Option<&str>) -> Result<Vec<String>> {
        let wanted = self.places.iter().rev().filter(|place| to.is_none_or(|to| place.to == to));
        wanted.map(|place| self.line(place)).collect()
    }

    fn line(&self, place: &Place) -> Result<String> {
        let mut line = vec![0; place.length];
        self.handle.read_exact_at(&mut line, place.offset).map_err(|error| unwritable(&self.path, error))?;
        String::from_utf8(line).map_err(Error::internal)
    }

    /// Appends what is not there yet and syncs.
    fn append(&mut self, letters: Vec<Letter>) -> Result<()> {
        let mut text = String::new();
        let mut places = Vec::new();
        for letter in letters {
            let twice = places.iter().any(|place: &Place| place.id == letter.id);
            if twice || self.known.contains(&letter.id) {
                continue;
            }
            let offset = self.end.saturating_add(u64::try_from(text.len()).unwrap_or(0));
            text.push_str(&letter.line);
            text.push('\n');
            places.push(Place { id: letter.id, to: letter.to, offset, length: letter.line.len() });
        }
        if places.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.handle.write_all(text.as_bytes()).and_then(|()| self.handle.sync_data()) {
            // What was half written must not stand before the next line.
            let _cut = self.handle.set_len(self.end);
            return Err(unwritable(&self.path, error));
        }
        self.end = self.end.saturating_add(u64::try_from(text.len()).unwrap_or(0));
        for place in places {
            self.add(place);
        }
        if self.end > (2 * self.live).max(SMALL)
            && let Err(error) = self.compact()
        {
            tracing::warn!(%error, "the mailbox could not be made smaller; it is tried again");
        }
        Ok(())
    }

    fn add(&mut self, place: Place) {
        self.known.insert(place.id);
        self.live += place.size();
        self.places.push_back(place);
        if self.places.len() > self.kept
            && let Some(oldest) = self.places.pop_front()
        {
            self.known.remove(&oldest.id);
            self.live -= oldest.size();
        }
    }

    /// Rewrites the file with the kept messages alone.
    fn compact(&mut self) -> Result<()> {
        let lines: Result<Vec<String>> = self.places.iter().map(|place| self.line(place)).collect();
        let lines = lines?;
        self.replace(&lines)?;
        let mut offset = 0;
        for place in &mut self.places {
            place.offset = offset;
            offset += place.size();
        }
        Ok(())
    }

    fn empty(&mut self) -> Result<()> {
        self.replace(&[])?;
        self.places.clear();
        self.live = 0;
        // What was shown once is not shown again if it comes twice; what is long gone does not come.
        if self.known.len() > 4 * self.kept {
            self.known.clear();
        }
        Ok(())
    }

    /// Puts a new file in the old one's place: whole or not at all.
    fn replace(&mut self, lines: &[String]) -> Result<()> {
        let fresh = self.path.with_extension("jsonl.new");
        let fail = |error| unwritable(&self.path, error);
        let mut file = fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&fresh)
            .map_err(fail)?;
        let mut writer = std::io::BufWriter::new(&mut file);
        for line in lines {
            writeln!(writer, "{line}").map_err(fail)?;
        }
        writer.flush().map_err(fail)?;
        drop(writer);
        file.sync_all().map_err(fail)?;
        fs::rename(&fresh, &self.path).map_err(fail)?;
        if let Some(directory) = self.path.parent() {
            sync_directory(directory)?;
        }
        self.end = file.seek(SeekFrom::End(0)).map_err(fail)?;
        self.handle = fs::OpenOptions::new().read(true).append(true).open(&self.path).map_err(fail)?;
        Ok(())
    }
}

fn sync_directory(directory: &Path) -> Result<()> {
    fs::File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| unwritable(directory, error))
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::unavailable(format!("The mailbox {} cannot be used: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(number: u128, size: usize) -> Letter {
        let id = Uuid::from_u128(number);
        let to = "a@b.example".to_owned();
        let line = serde_json::json!({"id": id, "to": ["A@b.example"], "text": "x".repeat(size)}).to_string();
        Letter { id, to, line }
    }

    fn ids(file: &File) -> Vec<u128> {
        file.places.iter().map(|place| place.id.as_u128()).collect()
    }

    #[test]
    fn what_is_kept_is_there_again_after_opening_and_a_torn_line_is_cut_off() {
        let directory = tempfile::tempdir().unwrap();
        let mut file = File::open(directory.path(), 10).unwrap();
        file.append(vec![letter(1, 5), letter(2, 5), letter(1, 5)]).unwrap();
        drop(file);
        let path = directory.path().join("mail.jsonl");
        let mut raw = fs::OpenOptions::new().append(true).open(&path).unwrap();
        raw.write_all(b"{\"id\":\"0000").unwrap();
        let mut file = File::open(directory.path(), 10).unwrap();
        assert_eq!(ids(&file), [1, 2]);
        file.append(vec![letter(2, 5), letter(3, 5)]).unwrap();
        drop(file);
        let file = File::open(directory.path(), 10).unwrap();
        assert_eq!(ids(&file), [1, 2, 3]);
        assert_eq!(file.read(Some("a@b.example")).unwrap().len(), 3);
        assert!(file.read(Some("b@b.example")).unwrap().is_empty());
    }

    #[test]
    fn the_file_shrinks_to_what_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let mut file = File::open(directory.path(), 3).unwrap();
        for number in 0..12 {
            file.append(vec![letter(number, 1 << 20)]).unwrap();
            assert!(file.end <= 8 << 20, "{}", file.end);
        }
        assert_eq!(ids(&file), [9, 10, 11]);
        let newest = file.read(None).unwrap();
        assert!(newest[0].contains("00000000000b"), "newest first");
        file.append(vec![letter(12, 1)]).unwrap();
        assert_eq!(ids(&File::open(directory.path(), 3).unwrap()), [10, 11, 12]);
    }

    #[test]
    fn emptying_lasts_and_what_was_shown_once_is_not_shown_again() {
        let directory = tempfile::tempdir().unwrap();
        let mut file = File::open(directory.path(), 10).unwrap();
        file.append(vec![letter(1, 5)]).unwrap();
        file.empty().unwrap();
        file.append(vec![letter(1, 5), letter(2, 5)]).unwrap();
        assert_eq!(ids(&file), [2]);
        assert_eq!(ids(&File::open(directory.path(), 10).unwrap()), [2]);
    }
}
