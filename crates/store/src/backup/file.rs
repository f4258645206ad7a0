//! The file: three frames of the Zstandard format, so that `zstd -dc` shows the rows.
//!
//! ```text
//! skippable frame   the header, one JSON object
//! Zstandard frame   JSON lines: a table, its rows as arrays, its end with their number; at last the end of all
//! skippable frame   SHA-256 of everything before it
//! ```
//!
//! It is written and read in one pass and in bounded memory.

use super::{Progress, Watch, describe};
use crate::catalog::{Column, Kind, Table};
use crate::{MasterKeys, Migration, Value, catalog, migrate};
use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use std::io::{self, BufRead, BufReader, Read, Write};
use uuid::Uuid;
use zstd::stream::read::Decoder;
use zstd::stream::write::Encoder;

/// The version of the format.
const FORMAT: u32 = 1;
/// A skippable frame begins with this and the length of what it holds, both little-endian.
const SKIPPABLE: u32 = 0x184D_2A50;
const LEVEL: i32 = 3;
const DIGEST: usize = 32;
const LONGEST_HEADER: u32 = 1 << 20;
const LONGEST_LINE: u64 = 64 << 20;
/// More than a digest has, so that what follows it is seen.
const LONGEST_TRAILER: u64 = 1 << 10;

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The version of the format.
    pub format: u32,
    /// The version of Lodge that wrote it.
    pub lodge: String,
    /// When, as RFC 3339 says it.
    pub created_at: String,
    pub epoch: i64,
    /// The version of the schema as a whole.
    pub schema_version: u32,
    /// Each slice's tables, by the digest of their text.
    pub schema: Vec<(String, String)>,
    /// A digest by which the right master key is known. The key is not in the file.
    pub master_key_check: String,
    pub tenants: u64,
    pub rows: u64,
}

impl Header {
    pub(super) fn new(migrations: &[Migration], master_digest: &[u8], created_at: Timestamp) -> Self {
        let digest = |migration: &Migration| (migration.name.to_owned(), migrate::digest(migration.sql));
        Self {
            format: FORMAT,
            lodge: env!("CARGO_PKG_VERSION").to_owned(),
            created_at: created_at.to_string(),
            epoch: 1,
            schema_version: migrate::SCHEMA_VERSION,
            schema: migrations.iter().map(digest).collect(),
            master_key_check: STANDARD.encode(master_digest),
            tenants: 0,
            rows: 0,
        }
    }

    /// Refuses what this Lodge cannot read back, or could not open afterwards.
    pub(super) fn accept(&self, migrations: &[Migration], masters: &MasterKeys) -> Result<()> {
        if self.format > FORMAT || self.schema_version > migrate::SCHEMA_VERSION {
            return Err(Error::conflict(format!(
                "This backup was made by a newer Lodge ({}). Install that version or a later one to restore it.",
                self.lodge
            )));
        }
        for (slice, digest) in &self.schema {
            let known = migrations.iter().find(|migration| migration.name == slice);
            if known.is_none_or(|migration| migrate::digest(migration.sql) != *digest) {
                return Err(Error::conflict(format!(
                    "This backup was made by another version of Lodge ({}; the tables of {slice} differ). \
                     Restore it with that version.",
                    self.lodge
                )));
            }
        }
        let digest = STANDARD.decode(&self.master_key_check).unwrap_or_default();
        if masters.known_by(&digest).is_none() {
            return Err(Error::conflict(
                "The master key does not belong to this backup. Give the key that the backed-up Lodge ran with.",
            ));
        }
        Ok(())
    }
}

/// A line of the second frame that is no row.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Mark {
    Table { table: String, columns: Vec<String> },
    End { end: String, rows: u64 },
    Over { over: u64 },
}

/// Counts everything that passes into the digest.
struct Digesting<T> {
    inner: T,
    context: Context,
}

impl<T> Digesting<T> {
    fn new(inner: T) -> Self {
        Self { inner, context: Context::new(&SHA256) }
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.context.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: BufRead> Read for Digesting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.context.update(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Digesting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(bytes) = self.inner.fill_buf() {
            self.context.update(bytes.get(..count).unwrap_or_default());
        }
        self.inner.consume(count);
    }
}

pub(super) struct Writer<W: Write> {
    encoder: Encoder<'static, Digesting<W>>,
    line: Vec<u8>,
}

impl<W: Write> Writer<W> {
    pub fn begin(sink: W, header: &Header) -> Result<Self> {
        let mut sink = Digesting::new(sink);
        let header = serde_json::to_vec(header).map_err(Error::internal)?;
        skippable(&mut sink, &header).map_err(|error| unwritable(&error))?;
        let mut encoder = Encoder::new(sink, LEVEL).map_err(|error| unwritable(&error))?;
        encoder.include_checksum(true).map_err(|error| unwritable(&error))?;
        Ok(Self { encoder, line: Vec::new() })
    }

    pub fn table(&mut self, table: &Table) -> Result<()> {
        let columns = table.columns.iter().map(describe).collect();
        self.mark(&Mark::Table { table: table.name.clone(), columns })
    }

    pub fn row(&mut self, table: &Table, row: &crate::Row<'_>) -> Result<()> {
        self.line.clear();
        for (index, column) in table.columns.iter().enumerate() {
            self.line.push(if index == 0 { b'[' } else { b',' });
            cell(&mut self.line, column.kind, row.column(index)?)?;
        }
        self.line.extend_from_slice(b"]\n");
        self.encoder.write_all(&self.line).map_err(|error| unwritable(&error))
    }

    pub fn end(&mut self, table: &Table, rows: u64) -> Result<()> {
        self.mark(&Mark::End { end: table.name.clone(), rows })
    }

    /// Ends the file and gives the sink back.
    pub fn finish(mut self, rows: u64) -> Result<W> {
        self.mark(&Mark::Over { over: rows })?;
        let Digesting { mut inner, context } = self.encoder.finish().map_err(|error| unwritable(&error))?;
        skippable(&mut inner, context.finish().as_ref()).map_err(|error| unwritable(&error))?;
        inner.flush().map_err(|error| unwritable(&error))?;
        Ok(inner)
    }

    fn mark(&mut self, mark: &Mark) -> Result<()> {
        let mut line = serde_json::to_vec(mark).map_err(Error::internal)?;
        line.push(b'\n');
        self.encoder.write_all(&line).map_err(|error| unwritable(&error))
    }
}

fn skippable(sink: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    sink.write_all(&SKIPPABLE.to_le_bytes())?;
    sink.write_all(&length.to_le_bytes())?;
    sink.write_all(bytes)
}

fn cell(line: &mut Vec<u8>, kind: Kind, value: crate::Column<'_>) -> Result<()> {
    let written = match (kind, value) {
        (_, crate::Column::Null) => serde_json::to_writer(line, &()),
        (Kind::Bool, crate::Column::Int(value)) => serde_json::to_writer(line, &(value != 0)),
        (_, crate::Column::Int(value)) => serde_json::to_writer(line, &value),
        (_, crate::Column::Text(text)) => serde_json::to_writer(line, text),
        (Kind::Id, crate::Column::Bytes(bytes)) => {
            serde_json::to_writer(line, &Uuid::from_slice(bytes).map_err(Error::internal)?)
        }
        (_, crate::Column::Bytes(bytes)) => serde_json::to_writer(line, &STANDARD.encode(bytes)),
    };
    written.map_err(Error::internal)
}

/// Reads a file back, checking it as it goes.
pub(super) struct Reader<'t, R: BufRead> {
    pub header: Header,
    /// None once the end has been read and proven.
    lines: Option<Lines<R>>,
    line: Vec<u8>,
    tables: &'t [Table],
    /// The table whose rows are being read, and how many were read before it.
    within: Option<(&'t Table, u64)>,
    progress: Progress,
}

type Lines<R> = BufReader<Decoder<'static, Digesting<R>>>;

/// What stands in a line.
pub(super) enum Record<'t> {
    Table(&'t Table),
    Row(&'t Table, Vec<Value>),
    End(&'t Table),
}

impl<'t, R: BufRead> Reader<'t, R> {
    /// `tables` are the ones there are here.
    pub fn begin(source: R, tables: &'t [Table]) -> Result<Self> {
        let mut source = Digesting::new(source);
        let length = skippable_length(&mut source).map_err(none_of)?;
        if length > LONGEST_HEADER {
            return Err(damaged("its header is too long"));
        }
        let mut header = Vec::new();
        source.by_ref().take(length.into()).read_to_end(&mut header).map_err(none_of)?;
        let header: Header = serde_json::from_slice(&header).map_err(none_of)?;
        let decoder = Decoder::with_buffer(source).map_err(damaged)?.single_frame();
        let progress = Progress { done: 0, total: header.rows };
        let lines = Some(BufReader::new(decoder));
        Ok(Self { header, lines, line: Vec::new(), tables, within: None, progress })
    }

    /// The next record; none at the end, once the whole is proven.
    pub fn next(&mut self, watch: Watch<'_>) -> Result<Option<Record<'t>>> {
        if !self.read_line()? {
            return Err(damaged("its end is missing"));
        }
        let Some((table, before)) = self.within else { return self.next_table(watch) };
        if self.line.first() == Some(&b'[') {
            let values = row(&self.line, &table.columns)?;
            self.progress.done += 1;
            if self.progress.done.is_multiple_of(super::BETWEEN_REPORTS) {
                watch(self.progress)?;
            }
            return Ok(Some(Record::Row(table, values)));
        }
        let Ok(Mark::End { end, rows }) = serde_json::from_slice(&self.line) else {
            return Err(damaged("the end of a table was expected"));
        };
        if end != table.name || rows != self.progress.done - before {
            return Err(damaged("a table has lost rows"));
        }
        self.within = None;
        Ok(Some(Record::End(table)))
    }

    fn next_table(&mut self, watch: Watch<'_>) -> Result<Option<Record<'t>>> {
        match serde_json::from_slice(&self.line).map_err(damaged)? {
            Mark::Table { table, columns } => {
                let table = known(self.tables, &table, &columns)?;
                self.within = Some((table, self.progress.done));
                Ok(Some(Record::Table(table)))
            }
            Mark::Over { over } if over == self.progress.done && over == self.header.rows => {
                watch(self.progress)?;
                self.prove().map(|()| None)
            }
            _ => Err(damaged("a table was expected")),
        }
    }

    /// Whether there was another line.
    fn read_line(&mut self) -> Result<bool> {
        self.line.clear();
        let Some(lines) = &mut self.lines else { return Ok(false) };
        let count = lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut self.line).map_err(damaged)?;
        if count > 0 && self.line.pop() != Some(b'\n') {
            return Err(damaged("a line has no end"));
        }
        Ok(count > 0)
    }

    /// After the last line: nothing else in the frame, and the digest is that of what was read.
    fn prove(&mut self) -> Result<()> {
        if self.read_line()? {
            return Err(damaged("it goes on after its end"));
        }
        let Some(lines) = self.lines.take() else { return Err(damaged("it was read before")) };
        let Digesting { inner: mut source, context } = lines.into_inner().finish();
        let length = skippable_length(&mut source).map_err(damaged)?;
        let mut digest = Vec::new();
        source.take(LONGEST_TRAILER).read_to_end(&mut digest).map_err(damaged)?;
        if usize::try_from(length) != Ok(DIGEST) || digest != context.finish().as_ref() {
            return Err(damaged("its checksum is wrong"));
        }
        Ok(())
    }
}

/// Reads a file to its last byte: whether it is whole, and whether it could be restored with these tables and
/// this master key.
pub fn check(
    source: impl BufRead,
    migrations: &[Migration],
    masters: &MasterKeys,
    watch: Watch<'_>,
) -> Result<Header> {
    let migrations = migrate::with_own(migrations);
    let tables = catalog::tables(&migrations)?;
    let mut reader = Reader::begin(source, &tables)?;
    reader.header.accept(&migrations, masters)?;
    while reader.next(watch)?.is_some() {}
    Ok(reader.header)
}

fn skippable_length(source: &mut impl Read) -> io::Result<u32> {
    let mut word = [0; 4];
    source.read_exact(&mut word)?;
    if u32::from_le_bytes(word) != SKIPPABLE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    source.read_exact(&mut word)?;
    Ok(u32::from_le_bytes(word))
}

fn known<'a>(tables: &'a [Table], name: &str, columns: &[String]) -> Result<&'a Table> {
    let table = tables.iter().find(|table| table.name == name && !table.is_fleeting);
    table
        .filter(|table| table.columns.iter().map(describe).eq(columns.iter().cloned()))
        .ok_or_else(|| damaged(format!("it holds a table {name} that its schema does not have")))
}

fn row(line: &[u8], columns: &[Column]) -> Result<Vec<Value>> {
    let cells: Vec<JsonValue> = serde_json::from_slice(line).map_err(damaged)?;
    if cells.len() != columns.len() {
        return Err(damaged("a row has the wrong length"));
    }
    let value = |(cell, column): (JsonValue, &Column)| {
        let value = match (column.kind, cell) {
            (_, JsonValue::Null) => Some(Value::Null),
            (Kind::Int, JsonValue::Number(number)) => number.as_i64().map(Value::Int),
            (Kind::Bool, JsonValue::Bool(value)) => Some(Value::Bool(value)),
            (Kind::Text, JsonValue::String(text)) => Some(Value::Text(text)),
            (Kind::Id, JsonValue::String(text)) => Uuid::parse_str(&text).ok().map(Value::Id),
            (Kind::Bytes, JsonValue::String(text)) => STANDARD.decode(text).ok().map(Value::Bytes),
            _ => None,
        };
        value.ok_or_else(|| damaged(format!("a {} holds something else", column.name)))
    };
    cells.into_iter().zip(columns).map(value).collect()
}

fn none_of(cause: impl std::fmt::Display) -> Error {
    Error::bad_request("This is no backup of Lodge.").because(cause)
}

fn damaged(cause: impl std::fmt::Display) -> Error {
    Error::bad_request("This backup is damaged and was not used: take another copy of it.").because(cause)
}

fn unwritable(error: &io::Error) -> Error {
    Error::unavailable(format!("The backup cannot be written: {error}."))
}
