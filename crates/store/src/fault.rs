//! What an engine's error means to the caller.

use crate::Statement;
use kernel::Error;
use rusqlite::ErrorCode;
use tokio_postgres::error::SqlState;

pub(crate) fn sqlite(statement: &Statement, error: rusqlite::Error) -> Error {
    sqlite_plain(error, statement.name)
}

pub(crate) fn sqlite_plain(error: rusqlite::Error, what: &str) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => disk_full(&error, what),
        // Writing to a full file system also shows as an I/O error on the log file.
        Some(ErrorCode::SystemIoFailure) => Error::unavailable(
            "Lodge could not write to its disk, so nothing was saved. An administrator has to look at the disk.",
        )
        .because(format!("{what}: {error}")),
        Some(ErrorCode::ReadOnly) => Error::unavailable(
            "Lodge's disk is read-only, so nothing was saved. An administrator has to look at the disk.",
        )
        .because(format!("{what}: {error}")),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::unavailable("Another program holds the database. Try again in a moment.")
                .because(format!("{what}: {error}"))
        }
        Some(ErrorCode::ConstraintViolation) => Error::conflict("Somebody else just saved the same thing. Try again.")
            .because(format!("{what}: {error}")),
        _ => Error::internal(format!("{what}: {error}")),
    }
}

pub(crate) fn postgres(statement: &Statement, error: tokio_postgres::Error) -> Error {
    postgres_plain(error, statement.name)
}

pub(crate) fn postgres_plain(error: tokio_postgres::Error, what: &str) -> Error {
    let text = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
    match error.code() {
        Some(&SqlState::DISK_FULL) => disk_full(&text, what),
        Some(code) if PASSING.contains(code) => again(&text, what),
        Some(&SqlState::UNIQUE_VIOLATION | &SqlState::CHECK_VIOLATION) => {
            Error::conflict("Somebody else just saved the same thing. Try again.")
                .because(format!("{what}: {text}"))
        }
        Some(_) => Error::internal(format!("{what}: {text}")),
        None => again(&text, what),
    }
}

pub(crate) fn pool(error: &deadpool_postgres::PoolError) -> Error {
    Error::unavailable("The database does not answer at the moment. Try again in a minute.")
        .because(error)
        .code(AGAIN)
}

fn disk_full(error: &dyn std::fmt::Display, what: &str) -> Error {
    Error::unavailable("Lodge's disk is full, so nothing was saved. An administrator has to make room on it.")
        .because(format!("{what}: {error}"))
}

/// What passes by itself: a lost race, or a server that ends, starts or has no place left.
const PASSING: [SqlState; 6] = [
    SqlState::T_R_SERIALIZATION_FAILURE,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::TOO_MANY_CONNECTIONS,
];

/// Marks an error after which the same closure may be run again.
const AGAIN: &str = "serviceNotAvailable";

fn again(error: &dyn std::fmt::Display, what: &str) -> Error {
    Error::unavailable("The database does not answer at the moment. Try again in a minute.")
        .because(format!("{what}: {error}"))
        .code(AGAIN)
}

/// A commit whose answer was lost and cannot be found out. It must not run again by itself.
pub(crate) fn unknown(error: &Error) -> Error {
    let message =
        "The database went away while this was being saved. Look whether it was saved before you try again.";
    Error::unavailable(message).because(error)
}

pub(crate) fn may_run_again(error: &Error) -> bool {
    error.graph_code() == Some(AGAIN)
}
