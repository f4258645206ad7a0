//! What `lodge dev` keeps on disk: `DIR/lodge/` and nothing else in DIR, or one temporary directory that is
//! removed when the process ends.
//!
//! The card is written twice. Before the seed is applied it is `card.pending.json`; once the seed stands it
//! becomes `card.json`. So a first start that was killed is recognised, and begins again with the same ids
//! and passwords, while a directory that ever printed its card is never cleared.

use super::seed::Seed;
use kernel::{Error, Rng, Secret, SignedDuration};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const MARKER: &str = "made-by-lodge-dev";
const CARD: &str = "card.json";
const PENDING: &str = "card.pending.json";
const CLOCK: &str = "clock";
const TOKEN: &str = "dev.token";
const TOKEN_LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const TOKEN_LENGTH: usize = 32;
const DATABASE: &str = "lodge.db";

/// The directory of one `lodge dev`, locked for this process.
pub struct Directory {
    root: PathBuf,
    /// Held, not read: dropping it gives the directory free.
    _lock: File,
    /// Held, not read: dropping it removes the directory.
    _temporary: Option<TempDir>,
}

/// How this start relates to earlier ones.
pub enum Start {
    /// The seed is to be applied, then [`Directory::keep_card`] called.
    First(Seed),
    /// The database holds this seed already.
    Again(Seed),
}

impl Directory {
    /// `data` is what `--data` names; without it everything is temporary.
    pub fn open(data: Option<&Path>) -> Result<Self, Error> {
        let temporary = match data {
            Some(_) => None,
            None => Some(
                TempDir::with_prefix("lodge-").map_err(|error| unusable(&std::env::temp_dir(), &error))?,
            ),
        };
        let parent = temporary.as_ref().map_or_else(|| data.unwrap_or(Path::new(".")), TempDir::path);
        let root = std::path::absolute(parent.join("lodge")).map_err(|error| unusable(parent, &error))?;
        create_private(&root)?;
        let marker = root.join(MARKER);
        if root.join(DATABASE).exists() && !marker.exists() {
            return Err(Error::bad_request(format!(
                "{} holds a database that lodge dev did not make: choose another directory with --data.",
                root.display()
            )));
        }
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&marker)
            .map_err(|error| unusable(&root, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock, _temporary: temporary }),
            Err(TryLockError::WouldBlock) => Err(Error::bad_request(format!(
                "Another lodge dev is using {}: stop it, or choose another directory with --data.",
                root.display()
            ))),
            Err(TryLockError::Error(error)) => Err(unusable(&root, &error)),
        }
    }

    /// The absolute path of `DIR/lodge`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn database(&self) -> PathBuf {
        self.root.join(DATABASE)
    }

    pub fn master_key(&self) -> PathBuf {
        self.root.join("master.key")
    }

    /// Decides what this start begins with. `holds_tenants` is None on SQLite, where the database is a file
    /// of this directory; on PostgreSQL it says whether the database named holds a tenant. `given` is the
    /// file of `--seed`.
    pub fn start(&self, holds_tenants: Option<bool>, given: Option<&Path>, rng: Rng) -> Result<Start, Error> {
        let is_interrupted = self.root.join(PENDING).exists() && !self.has_card();
        if is_interrupted && holds_tenants.is_none() {
            self.remove_database()?;
        }
        let is_used = holds_tenants.unwrap_or_else(|| self.database().exists());
        let kept = |name: &str| Seed::read(&self.root.join(name), rng);
        match (is_used, self.has_card(), given) {
            (true, _, Some(_)) => Err(Error::bad_request(format!(
                "--seed is for a new database only, and this one is in use already: leave --seed out, or start \
                 afresh with another --data{}.",
                if holds_tenants.is_some() { " and an empty database" } else { "" }
            ))),
            (true, true, None) => kept(CARD).map(Start::Again),
            (true, false, None) => Err(self.no_card(holds_tenants.is_some())),
            (false, _, Some(file)) => self.begin(Seed::read(file, rng)?),
            (false, true, None) => self.begin(kept(CARD)?),
            (false, false, None) if is_interrupted => self.begin(kept(PENDING)?),
            (false, false, None) => self.begin(Seed::built_in(rng)?),
        }
    }

    fn begin(&self, seed: Seed) -> Result<Start, Error> {
        self.replace(PENDING, &super::card::seed_line(&seed))?;
        remove(&self.root.join(CARD))?;
        Ok(Start::First(seed))
    }

    pub fn has_card(&self) -> bool {
        self.root.join(CARD).exists()
    }

    /// The database is in use, but the card of its seed is not here.
    pub fn no_card(&self, is_postgres: bool) -> Error {
        let root = self.root.display();
        Error::bad_request(if is_postgres {
            format!(
                "The database holds tenants, but their card is not in {root}: give the --data directory they were made with, or name an empty database."
            )
        } else {
            format!(
                "{root} holds a database, but card.json is gone: put it back, or delete that directory to start afresh."
            )
        })
    }

    /// Keeps the card; with this the first start is complete.
    pub fn keep_card(&self, line: &str) -> Result<(), Error> {
        self.replace(CARD, line)?;
        remove(&self.root.join(PENDING))
    }

    /// What guards `/dev` beyond loopback; the same at each start.
    pub fn dev_token(&self, rng: Rng) -> Result<Secret<String>, Error> {
        let kept = std::fs::read_to_string(self.root.join(TOKEN)).unwrap_or_default();
        if kept.trim().len() == TOKEN_LENGTH {
            return Ok(Secret::new(kept.trim().to_owned()));
        }
        let token = rng.text(TOKEN_LETTERS, TOKEN_LENGTH);
        self.replace(TOKEN, &format!("{token}\n"))?;
        Ok(Secret::new(token))
    }

    /// How far the clock of this directory has been moved.
    pub fn clock_offset(&self) -> SignedDuration {
        let text = std::fs::read_to_string(self.root.join(CLOCK)).unwrap_or_default();
        SignedDuration::from_micros(text.trim().parse().unwrap_or(0))
    }

    pub fn keep_clock_offset(&self, offset: SignedDuration) -> Result<(), Error> {
        replace(&self.root, CLOCK, &format!("{}\n", offset.as_micros()))
    }

    /// The same, for whoever moves the clock while the server runs.
    pub fn offset_keeper(&self) -> Box<dyn Fn(SignedDuration) -> Result<(), Error> + Send + Sync> {
        let root = self.root.clone();
        Box::new(move |offset| replace(&root, CLOCK, &format!("{}\n", offset.as_micros())))
    }

    fn remove_database(&self) -> Result<(), Error> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            remove(&self.root.join(format!("{DATABASE}{suffix}")))?;
        }
        Ok(())
    }

    fn replace(&self, name: &str, text: &str) -> Result<(), Error> {
        replace(&self.root, name, text)
    }
}

/// Replaces a file of mode 0600 as a whole, so that no reader and no crash ever meets half of it.
fn replace(root: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = root.join(name);
    let beside = root.join(format!("{name}.new"));
    write_private(&beside, text.as_bytes())?;
    std::fs::rename(&beside, &path).map_err(|error| unusable(&path, &error))
}

/// `lodge serve` refuses a database that `lodge dev` made: its passwords were printed.
pub fn refuse_dev_directory(database: &Path) -> Result<(), Error> {
    let parent = database.parent().unwrap_or(Path::new("."));
    if parent.join(MARKER).exists() {
        return Err(Error::bad_request(format!(
            "{} was made by lodge dev, whose passwords and secrets have been printed: give database.path another directory.",
            parent.display()
        )));
    }
    Ok(())
}

/// Writes a file that only its owner can read; an older one is replaced in place.
pub fn write_private(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |error: std::io::Error| unusable(path, &error);
    remove(path)?;
    let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(failed)
}

fn create_private(directory: &Path) -> Result<(), Error> {
    if directory.is_dir() {
        return Ok(());
    }
    let parent = directory.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::DirBuilder::new().mode(0o700).create(directory))
        .map_err(|error| unusable(directory, &error))
}

fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unusable(path, &error)),
        _ => Ok(()),
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> Error {
    Error::bad_request(format!("{} cannot be written: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn refusal<T>(result: Result<T, Error>) -> String {
        result.err().map_or_else(String::new, |error| error.message().to_owned())
    }

    fn seed_of(start: Start) -> Seed {
        match start {
            Start::First(seed) | Start::Again(seed) => seed,
        }
    }

    /// What composition does at a first start.
    fn apply(directory: &Directory, seed: Seed) {
        std::fs::write(directory.database(), "rows").unwrap();
        directory.keep_card(&super::super::card::seed_line(&seed)).unwrap();
    }

    #[test]
    fn a_later_start_has_the_seed_of_the_first() {
        let data = TempDir::new().unwrap();
        std::fs::write(data.path().join("foreign"), "x").unwrap();
        let directory = Directory::open(Some(data.path())).unwrap();
        let Ok(Start::First(seed)) = directory.start(None, None, Rng::system()) else { panic!("first") };
        let password = seed.tenants[0].users[0].password.clone();
        apply(&directory, seed);
        let mode =
            |name: &str| std::fs::metadata(directory.root().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(CARD), mode("")), (0o600, 0o700));
        drop(directory);

        let directory = Directory::open(Some(data.path())).unwrap();
        let Ok(Start::Again(seed)) = directory.start(None, None, Rng::system()) else { panic!("again") };
        assert_eq!(seed.tenants[0].users[0].password.expose(), password.expose());
        let message = refusal(directory.start(None, Some(Path::new("seed.json")), Rng::system()));
        assert!(message.contains("start afresh"), "{message}");
        let names: Vec<_> = std::fs::read_dir(data.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }

    #[test]
    fn a_first_start_that_was_killed_begins_again_with_the_same_seed() {
        let data = TempDir::new().unwrap();
        let directory = Directory::open(Some(data.path())).unwrap();
        let before = seed_of(directory.start(None, None, Rng::system()).unwrap());
        std::fs::write(directory.database(), "half a seed").unwrap();
        drop(directory);
        let directory = Directory::open(Some(data.path())).unwrap();
        let Ok(Start::First(after)) = directory.start(None, None, Rng::system()) else { panic!("first") };
        assert_eq!(after.tenants[0].users[0].password.expose(), before.tenants[0].users[0].password.expose());
        assert!(!directory.database().exists());
    }

    #[test]
    fn a_database_that_was_deleted_is_seeded_again_and_survives_a_kill_after_its_card() {
        let data = TempDir::new().unwrap();
        let directory = Directory::open(Some(data.path())).unwrap();
        let first = seed_of(directory.start(None, None, Rng::system()).unwrap());
        apply(&directory, first.clone());
        std::fs::remove_file(directory.database()).unwrap();
        let Ok(Start::First(second)) = directory.start(None, None, Rng::system()) else { panic!("first") };
        assert_eq!(second.tenants[0].users[0].password.expose(), first.tenants[0].users[0].password.expose());
        apply(&directory, second);
        std::fs::write(directory.root().join(PENDING), "{").unwrap();
        assert!(matches!(directory.start(None, None, Rng::system()), Ok(Start::Again(_))));
        assert!(directory.database().exists());
    }

    #[test]
    fn a_database_without_its_card_is_left_alone() {
        let data = TempDir::new().unwrap();
        let directory = Directory::open(Some(data.path())).unwrap();
        std::fs::write(directory.database(), "rows").unwrap();
        assert!(refusal(directory.start(None, None, Rng::system())).contains("card.json is gone"));
        assert!(refusal(directory.start(Some(true), None, Rng::system())).contains("name an empty database"));
        assert!(matches!(directory.start(Some(false), None, Rng::system()), Ok(Start::First(_))));
    }

    #[test]
    fn two_processes_do_not_share_a_directory() {
        let data = TempDir::new().unwrap();
        let _first = Directory::open(Some(data.path())).unwrap();
        assert!(refusal(Directory::open(Some(data.path()))).contains("Another lodge dev is using"));
    }

    #[test]
    fn dev_and_serve_refuse_each_other() {
        let data = TempDir::new().unwrap();
        std::fs::create_dir(data.path().join("lodge")).unwrap();
        let database = data.path().join("lodge/lodge.db");
        std::fs::write(&database, "rows").unwrap();
        assert!(refuse_dev_directory(&database).is_ok());
        assert!(refusal(Directory::open(Some(data.path()))).contains("lodge dev did not make"));
        std::fs::remove_file(&database).unwrap();
        let _directory = Directory::open(Some(data.path())).unwrap();
        assert!(refusal(refuse_dev_directory(&database)).contains("was made by lodge dev"));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(refusal(Directory::open(Some(file.path()))).contains("cannot be written"));
        assert!(refusal(Directory::open(Some(Path::new("/proc/lodge")))).contains("cannot be written"));
    }

    #[test]
    fn a_temporary_directory_is_gone_afterwards() {
        let directory = Directory::open(None).unwrap();
        let root = directory.root().to_owned();
        assert!(root.is_dir());
        drop(directory);
        assert!(!root.parent().unwrap().exists());
    }

    #[test]
    fn the_clock_stays_where_it_was_moved_to() {
        let directory = Directory::open(None).unwrap();
        assert_eq!(directory.clock_offset(), SignedDuration::ZERO);
        directory.keep_clock_offset(SignedDuration::from_hours(36)).unwrap();
        assert_eq!(directory.clock_offset(), SignedDuration::from_hours(36));
    }
}
