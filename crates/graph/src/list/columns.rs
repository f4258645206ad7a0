//! Which columns a query reads, and the properties of the row under the cursor.

use super::condition::{Condition, Term};
use super::evaluate::Properties;
use crate::Json;
use crate::entity_type::{Field, Kind, Source};
use kernel::{Error, Result, Timestamp};
use odata::Filter;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::OnceCell;
use store::{Column, FromColumn as _, Row};
use uuid::Uuid;

/// The columns of a query, each where it is read.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    names: Vec<&'static str>,
    /// Where the columns of the fields lie that were added.
    fields: Vec<(&'static Field, Vec<usize>)>,
    more: Option<usize>,
}

const MORE: &str = "more";

impl Columns {
    /// The position of a column, which is read from now on.
    pub fn add(&mut self, name: &'static str) -> usize {
        self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// The position of the first of these columns, which stand in a row in this order.
    pub fn add_block(&mut self, names: &[&'static str]) -> usize {
        let start = self.names.len();
        self.names.extend(names);
        start
    }

    /// The slot of a field, which can be read from now on.
    pub(crate) fn add_field(&mut self, field: &'static Field) -> usize {
        if let Some(slot) = self.fields.iter().position(|(known, _)| known.name == field.name) {
            return slot;
        }
        let at = match field.source {
            Source::Column(column) => vec![self.add(column)],
            Source::Computed(columns, _) => columns.iter().map(|column| self.add(column)).collect(),
            Source::More => {
                self.more = Some(self.add(MORE));
                Vec::new()
            }
        };
        self.fields.push((field, at));
        self.fields.len() - 1
    }

    pub(super) fn add_condition(&mut self, condition: &Condition) {
        match condition {
            Filter::And(all) | Filter::Or(all) => all.iter().for_each(|one| self.add_condition(one)),
            Filter::Not(one) => self.add_condition(one),
            Filter::Compare { property: Term { field, .. }, .. }
            | Filter::In { property: Term { field, .. }, .. }
            | Filter::Text { property: Term { field, .. }, .. }
            | Filter::Elements { collection: Term { field, .. }, .. } => {
                self.add_field(field);
            }
        }
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.names
    }

    pub(crate) fn read<'r, 'row>(&'r self, row: &'r Row<'row>) -> Cells<'r, 'row> {
        Cells { columns: self, row, more: OnceCell::new() }
    }
}

/// One row as properties.
pub(crate) struct Cells<'r, 'row> {
    columns: &'r Columns,
    row: &'r Row<'row>,
    more: OnceCell<Map<String, Value>>,
}

impl Properties for Cells<'_, '_> {
    fn property(&self, field: &'static Field) -> Result<Json<'_>> {
        let found = self.columns.fields.iter().find(|(known, _)| std::ptr::eq(*known, field));
        let (_, at) = found.ok_or_else(|| Error::internal(format!("{} is not read", field.name)))?;
        self.value(field, at)
    }
}

impl Cells<'_, '_> {
    /// What a slot of the columns holds.
    pub(crate) fn at(&self, slot: usize) -> Result<Json<'_>> {
        let (field, at) = self.columns.fields.get(slot).ok_or_else(|| Error::internal("no such slot"))?;
        self.value(field, at)
    }

    fn value(&self, field: &'static Field, at: &[usize]) -> Result<Json<'_>> {
        match (field.source, at) {
            (Source::Column(_), [at]) => of_column(field.kind, self.row.column(*at)?),
            (Source::Computed(_, compute), at) => {
                let columns: Vec<Column<'_>> =
                    at.iter().map(|at| self.row.column(*at)).collect::<Result<_>>()?;
                Ok(owned(compute(&columns)))
            }
            (Source::More, _) => Ok(of_more(field, self.more()?)),
            (Source::Column(_), _) => Err(Error::internal("a column lies in one place")),
        }
    }

    fn more(&self) -> Result<&Map<String, Value>> {
        if let Some(more) = self.more.get() {
            return Ok(more);
        }
        let at = self.columns.more.ok_or_else(|| Error::internal("the column more is not read"))?;
        let more = self.row.json(at)?;
        Ok(self.more.get_or_init(|| more))
    }
}

/// What is kept as its own column.
pub(crate) fn of_column(kind: Kind, column: Column<'_>) -> Result<Json<'_>> {
    let wrong = || Error::internal("a column holds another type than its property");
    if let Column::Null = column {
        return Ok(Json::Null);
    }
    Ok(match (kind, column) {
        (Kind::Text | Kind::Address, Column::Text(text)) => Json::Text(Cow::Borrowed(text)),
        (Kind::Boolean, Column::Int(value)) => Json::Boolean(value != 0),
        (Kind::Time, column) => Json::Seconds(Timestamp::from_column(column).ok_or_else(wrong)?),
        (Kind::Id, column) => Json::Id(Uuid::from_column(column).ok_or_else(wrong)?),
        (_, Column::Text(json)) => Json::Stored(json),
        _ => return Err(wrong()),
    })
}

/// What lies in `more`. Times lie there as they are shown.
fn of_more<'a>(field: &Field, more: &'a Map<String, Value>) -> Json<'a> {
    match (field.kind, more.get(field.name)) {
        (_, Some(Value::String(text))) if field.kind == Kind::Time => {
            text.parse().map_or(Json::Null, Json::Seconds)
        }
        (_, Some(Value::String(text))) => Json::Text(Cow::Borrowed(text)),
        (_, Some(Value::Bool(value))) => Json::Boolean(*value),
        (_, Some(Value::Null) | None) if field.is_collection() => Json::Stored("[]"),
        (_, Some(Value::Null) | None) => Json::Null,
        (_, Some(value)) => Json::Tree(value.clone()),
    }
}

/// What was made of columns does not lean on the row.
fn owned(value: Json<'_>) -> Json<'static> {
    match value {
        Json::Absent => Json::Absent,
        Json::Null => Json::Null,
        Json::Boolean(value) => Json::Boolean(value),
        Json::Integer(value) => Json::Integer(value),
        Json::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
        Json::Texts(texts) => Json::Tree(texts.iter().cloned().map(Value::String).collect()),
        Json::Id(id) => Json::Id(id),
        Json::Time(at) => Json::Time(at),
        Json::Seconds(at) => Json::Seconds(at),
        Json::Tree(value) => Json::Tree(value),
        Json::Stored(text) => Json::Tree(serde_json::from_str(text).unwrap_or(Value::Null)),
    }
}
