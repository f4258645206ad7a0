//! Pages whose elements are of several types: members, owners, what somebody is in. Whoever lists has the ids; the
//! rows are read here, one query for each type, and written in the order of the ids.

use super::answer::Answer;
use super::columns::Columns;
use super::{Scope, store};
use crate::call::Call;
use crate::entity_type::EntityType;
use crate::json::write_text;
use crate::{Caller, Reply};
use ::store::{Read, Row};
use http::StatusCode;
use kernel::{Error, Result};
use std::collections::HashMap;
use std::ops::ControlFlow;
use uuid::Uuid;

/// One element of a mixed page.
#[derive(Clone, Copy)]
pub struct Item {
    pub entity: &'static EntityType,
    pub id: Uuid,
    /// The caller may know that it is there, and no more: everything but type and id is null.
    pub is_veiled: bool,
}

/// What a mixed page may hold, and how its elements were asked for.
pub struct Mixed {
    answers: Vec<Answer>,
}

impl Mixed {
    /// A property that `$select` names must be one of any of the types.
    pub fn new(call: &Call<Caller>, entities: &[&'static EntityType]) -> Result<Self> {
        let query = call.query();
        for path in query.select.iter().filter(|path| path.as_str() != "*") {
            if let Some(first) = entities.first()
                && !entities.iter().any(|entity| entity.field(path.property()).is_some())
            {
                return Err(super::answer::unknown(first, path.property()));
            }
        }
        let answers = entities
            .iter()
            .map(|entity| Answer::of_some(entity, query, call.wire.clone(), "directoryObjects"))
            .collect();
        Ok(Self { answers })
    }

    /// The same after a cast: elements of one type, in its own set.
    pub fn cast(call: &Call<Caller>, entity: &'static EntityType) -> Result<Self> {
        let answer = Answer::new(entity, call.query(), call.wire.clone(), false)?;
        Ok(Self { answers: vec![answer] })
    }

    /// The elements that are there, in this order. `next` is the token of the next page, if there may be more.
    pub async fn page(
        &self,
        read: &mut impl Read,
        items: &[Item],
        count: Option<u64>,
        next: Option<&str>,
    ) -> Result<Reply> {
        let mut written: Written = HashMap::with_capacity(items.len());
        for answer in &self.answers {
            let mut wanted = Vec::new();
            for item in items.iter().filter(|item| std::ptr::eq(item.entity, answer.entity_type())) {
                if item.is_veiled {
                    written.insert((answer.entity_type().name, item.id), answer.veiled(item.id));
                } else {
                    wanted.push(item.id);
                }
            }
            read_all(read, answer, &wanted, &mut written).await?;
        }
        let mut rows = Vec::with_capacity(16 * 1024);
        for element in items.iter().filter_map(|item| written.get(&(item.entity.name, item.id))) {
            if !rows.is_empty() {
                rows.push(b',');
            }
            rows.extend_from_slice(element);
        }
        let answer = self.answers.first().ok_or_else(|| Error::internal("a mixed page has types"))?;
        Ok(answer.page(&rows, count, next))
    }

    /// One element as an entity of its own, if it is there.
    pub async fn one(&self, read: &mut impl Read, item: Item) -> Result<Option<Reply>> {
        let answer = self.answers.iter().find(|answer| std::ptr::eq(item.entity, answer.entity_type()));
        let mut answer = answer.ok_or_else(|| Error::internal("an element of an unknown type"))?.clone();
        answer.entity(read, Scope::Living, item.id, StatusCode::OK).await
    }
}

/// What was written, by type and id.
type Written = HashMap<(&'static str, Uuid), Vec<u8>>;

async fn read_all(read: &mut impl Read, answer: &Answer, ids: &[Uuid], written: &mut Written) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut answer = answer.clone();
    let mut columns = Columns::default();
    let id_at = columns.add("id");
    answer.read_by(&mut columns);
    for some in ids.chunks(200) {
        let query = store::many(answer.entity_type(), columns.names(), some);
        let visit = |row: &Row<'_>| {
            let mut element = Vec::with_capacity(512);
            answer.write(&mut element, &columns, row)?;
            written.insert((answer.entity_type().name, row.get(id_at)?), element);
            Ok(ControlFlow::Continue(()))
        };
        read.each_of(query, visit).await?;
    }
    Ok(())
}

impl Answer {
    /// The element with nothing but its type and id.
    fn veiled(&self, id: Uuid) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        out.push(b'{');
        if self.writes_type() {
            out.extend_from_slice(format!("\"@odata.type\":\"#{}\",", self.entity_type().name).as_bytes());
        }
        out.extend_from_slice(format!("\"id\":\"{id}\"").as_bytes());
        for field in self.fields().iter().filter(|field| field.name != "id") {
            out.push(b',');
            write_text(&mut out, field.name);
            let is_collection = field.is_collection();
            out.extend_from_slice(if is_collection { b":[]" } else { b":null" });
        }
        out.push(b'}');
        out
    }
}
