//! SQLite: one writer thread that owns the write connection and commits in groups, and a pool of readers.

mod writer;

use crate::backend::Backend;
use crate::job::Job;
use crate::migrate::{self, Migration};
use crate::{Load, collation, fault};
use kernel::{Clock, Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The size the log file has before the first commit, so that a commit overwrites and never grows it.
const LOG_SIZE: usize = 4 << 20;
/// The most readers kept open; more are opened for a moment when all are busy.
const KEPT_READERS: usize = 16;

pub(crate) struct Sqlite {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Arc<Mutex<Connection>>>>>,
    busy: Arc<AtomicUsize>,
    writer: writer::Writer,
}

impl Sqlite {
    pub fn open(
        path: &Path,
        migrations: &[Migration],
        clock: Clock,
        signals: crate::Signals,
    ) -> Result<Self> {
        let connection = connect_writer(path)?;
        migrate::in_file::create(&connection, migrations)?;
        collation::sqlite(&connection)?;
        let writer = writer::Writer::start(connection, clock, signals)?;
        Ok(Self { path: path.to_owned(), idle: Arc::default(), busy: Arc::default(), writer })
    }

    /// Reads every page; what is wrong, ten faults at most.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let fail = |error| fault::sqlite_plain(error, "integrity_check");
        let connection = self.connect_reader()?;
        let mut statement = connection.prepare("PRAGMA integrity_check(10)").map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next().map_err(fail)? {
            let said: String = row.get(0).map_err(fail)?;
            if said != "ok" {
                faults.push(said);
            }
        }
        Ok(faults)
    }

    pub fn load(&self) -> Load {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).len();
        Load { open: idle + self.busy.load(Ordering::Relaxed), idle, waiting: self.writer.waiting() }
    }

    pub fn submit(&self, job: Box<dyn Job>) {
        self.writer.submit(job);
    }

    /// Waits until everything submitted so far is answered, then ends the writer. Later writes are refused.
    pub fn close(&self) {
        self.writer.close();
    }

    /// Begins a read. The snapshot it sees is the one of its first statement.
    pub fn reader(&self) -> Result<(Backend, ReadGuard)> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => Arc::new(Mutex::new(self.connect_reader()?)),
        };
        {
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            run(&connection, "BEGIN")?;
        }
        self.busy.fetch_add(1, Ordering::Relaxed);
        let (idle, busy) = (self.idle.clone(), self.busy.clone());
        let guard = ReadGuard { connection: connection.clone(), idle, busy };
        Ok((Backend::Sqlite(connection), guard))
    }

    fn connect_reader(&self) -> Result<Connection> {
        let connection = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        run(&connection, "PRAGMA query_only = ON")?;
        // Readers see the file through the memory map; sixteen caches of their own would be memory for nothing.
        run(&connection, "PRAGMA cache_size = -512")?;
        Ok(connection)
    }
}

/// Ends the read and gives the connection back.
pub(crate) struct ReadGuard {
    connection: Arc<Mutex<Connection>>,
    idle: Arc<Mutex<Vec<Arc<Mutex<Connection>>>>>,
    busy: Arc<AtomicUsize>,
}

impl Drop for ReadGuard {
    fn drop(&mut self) {
        self.busy.fetch_sub(1, Ordering::Relaxed);
        let ended = {
            let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            run(&connection, "ROLLBACK").is_ok()
        };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if ended && idle.len() < KEPT_READERS {
            idle.push(self.connection.clone());
        }
    }
}

/// Opens the database for writing, and makes it if there is none.
pub(crate) fn connect_writer(path: &Path) -> Result<Connection> {
    grow_log(path);
    connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| {
        Error::unavailable(format!("The database {} cannot be opened: {error}.", path.display()))
    })?;
    connection.set_prepared_statement_cache_capacity(512);
    // Without this promise SQLite looks at bound values when it plans, and plans a kept statement anew for each.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|error| fault::sqlite_plain(error, "plans that do not depend on values"))?;
    let pragmas = [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA busy_timeout = 5000",
        "PRAGMA foreign_keys = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA mmap_size = 268435456",
        "PRAGMA cache_size = -8192",
        "PRAGMA temp_store = MEMORY",
    ];
    for pragma in pragmas {
        run(&connection, pragma)?;
    }
    Ok(connection)
}

pub(crate) fn run(connection: &Connection, sql: &'static str) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).map_err(|error| fault::sqlite_plain(error, sql))?;
    let mut rows = statement.query([]).map_err(|error| fault::sqlite_plain(error, sql))?;
    while rows.next().map_err(|error| fault::sqlite_plain(error, sql))?.is_some() {}
    Ok(())
}

/// A connection that no other process shares: refused while Lodge runs, and in its way as long as it lives.
pub(crate) fn connect_alone(path: &Path) -> Result<Connection> {
    let fail = |error| fault::sqlite_plain(error, "taking the database alone");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| {
        Error::unavailable(format!("The database {} cannot be opened: {error}.", path.display()))
    })?;
    for pragma in
        ["PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]
    {
        run(&connection, pragma).map_err(|error| crate::backup::in_use().because(error))?;
    }
    // The lock is taken by the first transaction.
    connection.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            crate::backup::in_use()
        }
        _ => fail(error),
    })?;
    Ok(connection)
}

/// Puts a log file of zeros where there is none, before SQLite makes one. Zeros are no valid log, so SQLite starts
/// at its beginning, and the blocks are there: a later sync need not write the file's size. Only speed hangs on it.
/// A link never replaces a log that another process has made meanwhile.
fn grow_log(path: &Path) {
    let beside = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let (log, draft) = (beside("-wal"), beside(&format!("-wal-{}", std::process::id())));
    if !log.exists() {
        let _slower = std::fs::write(&draft, vec![0; LOG_SIZE])
            .and_then(|()| give_to_owner_of(path, &draft))
            .and_then(|()| std::fs::File::open(&draft)?.sync_all())
            .and_then(|()| std::fs::hard_link(&draft, &log));
        let _gone = std::fs::remove_file(&draft);
    }
}

/// What root makes beside the database of an ordinary user must be that user's.
fn give_to_owner_of(path: &Path, file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (Ok(theirs), own) = (std::fs::metadata(path), std::fs::metadata(file)?) else { return Ok(()) };
    if (theirs.uid(), theirs.gid()) == (own.uid(), own.gid()) {
        return Ok(());
    }
    chown(file, Some(theirs.uid()), Some(theirs.gid()))
}
