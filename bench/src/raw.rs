//! The limits of the machine itself.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::process;

/// Enough rows to fill the write-ahead log once, so that its growth is not part of the measurement.
const WARM_UP_ROWS: u32 = 100_000;

/// As many bytes as a small row of the directory has.
const ROW: [u8; 160] = [7; 160];

pub fn signatures(span: Duration) -> Result<Value> {
    let key = KeyPair::generate(KeySize::Rsa2048)?;
    let random = SystemRandom::new();
    let mut signature = vec![0; key.public_modulus_len()];
    let before = process::processor_time("self")?;
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < span {
        key.sign(&RSA_PKCS1_SHA256, &random, &count.to_be_bytes(), &mut signature)?;
        count += 1;
    }
    let used = process::processor_time("self")?.saturating_sub(before);
    Ok(json!({ "perSecond": rate(count, start.elapsed()), "perProcessorSecond": rate(count, used) }))
}

pub fn commits(folder: &Path, batch: u32, span: Duration) -> Result<Value> {
    fs::create_dir_all(folder)?;
    let path = folder.join("bare.db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("bare.db{suffix}")));
    }
    let mut connection = Connection::open(&path).with_context(|| path.display().to_string())?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
         CREATE TABLE bare (id INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT;",
    )?;
    insert(&mut connection, WARM_UP_ROWS)?;
    connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))?;
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < span {
        insert(&mut connection, batch)?;
        count += 1;
    }
    let took = start.elapsed();
    Ok(json!({ "commitsPerSecond": rate(count, took), "rowsPerSecond": rate(count * batch, took) }))
}

fn insert(connection: &mut Connection, rows: u32) -> Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare_cached("INSERT INTO bare (payload) VALUES (?1)")?;
        for _ in 0..rows {
            statement.execute([&ROW[..]])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The rows of every table and the commits so far: what invitations add is read off before and after.
pub fn rows(database: &Path) -> Result<Value> {
    let connection = Connection::open(database)?;
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut count = 0_u64;
    for name in names {
        let rows: i64 =
            connection.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
        count += u64::try_from(rows)?;
    }
    Ok(json!({ "rows": count, "commits": commits_so_far(database)? }))
}

/// SQLite counts commits in the header of the index of its log (`iChange` of the WAL-index format, section 2.1),
/// the third number of the `-shm` file.
fn commits_so_far(database: &Path) -> Result<u32> {
    let mut index = database.as_os_str().to_owned();
    index.push("-shm");
    let header = fs::read(&index).context("the database is not open anywhere")?;
    let count = header.get(8..12).context("the index of the log is too short")?;
    Ok(u32::from_ne_bytes(count.try_into()?))
}

pub fn rate(count: u32, took: Duration) -> f64 {
    (f64::from(count) / took.as_secs_f64().max(f64::MIN_POSITIVE)).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_commits_are_counted() {
        let folder = std::env::temp_dir().join(format!("lodge-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("counted.db");
        let mut connection = Connection::open(&path).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE bare (payload BLOB)").unwrap();
        let before = rows(&path).unwrap();
        insert(&mut connection, 7).unwrap();
        insert(&mut connection, 2).unwrap();
        let after = rows(&path).unwrap();
        let added = |name: &str| after[name].as_u64().unwrap() - before[name].as_u64().unwrap();
        assert_eq!((added("rows"), added("commits")), (9, 2));
        drop(connection);
        fs::remove_dir_all(&folder).unwrap();
    }
}
