//! Answers Graph's lists and single entities from rows: columns go straight into JSON, and only those that were
//! selected are read.

use super::columns::Columns;
use super::token::Place;
use super::{List, Scope, one};
use crate::call::{Call, Wire};
use crate::entity_type::{EntityType, Field, Level};
use crate::json::write_text;
use crate::{Caller, Reply};
use ::store::{Read, Row, TenantStore};
use http::StatusCode;
use http::header::LOCATION;
use kernel::{Error, Result};
use odata::Query;
use std::sync::Arc;
use uuid::Uuid;

/// Rows per page unless `$top` says otherwise, and at most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 999;
/// Rows that are read where the request is answered; more are read where blocking is allowed.
const READ_IN_PLACE: usize = 200;

/// One page of `list` as the request wants it: `$select`, `$filter`, `$search`, `$orderby`, `$top`, `$skiptoken`,
/// `$count`.
pub async fn page(call: &Call<Caller>, tenant: &TenantStore, list: List) -> Result<Reply> {
    let query = call.query();
    let mut answer = Answer::new(list.entity, query, call.wire.clone(), false)?;
    let size = usize::try_from(query.page_size(PAGE, LARGEST_PAGE)?).map_err(Error::internal)?;
    let (keys, name) = (tenant.keys().await?, name(&list, query));
    let after = query.skip_token.as_ref().map(|token| Place::open(token, &keys, &name)).transpose()?;
    let is_eventual = call.is_eventual || after.as_ref().is_some_and(|place| place.is_advanced);
    let mut list = asked(list, query, is_eventual)?;
    answer.read_by(list.columns());
    let (list, answer) = (Arc::new(list), Arc::new(answer));
    let count = match (query.count && is_eventual, &after) {
        (true, None) => Some(list.count(tenant).await?),
        _ => None,
    };
    let (rows, next) = if list.condition.is_none() && size <= READ_IN_PLACE {
        rows(&mut tenant.snapshot().await?, &list, &answer, size, after).await?
    } else {
        let context = (list.clone(), answer.clone());
        let read = move |mut snapshot, (list, answer): (Arc<List>, Arc<Answer>)| async move {
            rows(&mut snapshot, &list, &answer, size, after).await
        };
        tenant.scan(context, read).await?
    };
    let next = next.map(|place| Place { is_advanced: is_eventual, ..place }.seal(&keys, &name));
    Ok(answer.page(&rows, count, next.as_deref()))
}

/// The number of rows as `/$count` gives it; `$filter` and `$search` are heeded.
pub async fn count(call: &Call<Caller>, tenant: &TenantStore, list: List) -> Result<Reply> {
    if !call.is_eventual {
        return Err(Error::bad_request("$count is not currently supported.").code("Request_BadRequest"));
    }
    let mut query = call.query().clone();
    query.count = true;
    let list = Arc::new(asked(list, &query, true)?);
    Ok(Reply::text(&list.count(tenant).await?.to_string()))
}

/// One row as `$select` wants it.
pub async fn entity(
    call: &Call<Caller>,
    read: &mut impl Read,
    entity: &'static EntityType,
    scope: Scope,
    id: Uuid,
) -> Result<Option<Reply>> {
    Answer::new(entity, call.query(), call.wire.clone(), false)?.entity(read, scope, id, StatusCode::OK).await
}

/// The same as an element of a set of a more general type, such as `directoryObjects`.
pub async fn entity_of(
    call: &Call<Caller>,
    read: &mut impl Read,
    entity: &'static EntityType,
    set: &'static str,
    scope: Scope,
    id: Uuid,
) -> Result<Option<Reply>> {
    let mut answer = Answer::new(entity, call.query(), call.wire.clone(), true)?;
    answer.set = set;
    answer.entity(read, scope, id, StatusCode::OK).await
}

/// 201 with a row that now exists at `location`, an absolute address (see [`Call::link`]).
pub async fn created(
    call: &Call<Caller>,
    read: &mut impl Read,
    entity: &'static EntityType,
    id: Uuid,
    location: &str,
) -> Result<Option<Reply>> {
    let mut answer = Answer::new(entity, call.query(), call.wire.clone(), false)?;
    let reply = answer.entity(read, Scope::Living, id, StatusCode::CREATED).await?;
    Ok(reply.map(|reply| reply.with_header(LOCATION, location)))
}

/// Fails if `$select` names a property that there is not: asked before anything is changed.
pub fn check_select(call: &Call<Caller>, entity: &'static EntityType) -> Result<()> {
    Answer::new(entity, call.query(), call.wire.clone(), false).map(|_| ())
}

async fn rows(
    read: &mut impl Read,
    list: &List,
    answer: &Answer,
    size: usize,
    after: Option<Place>,
) -> Result<(Vec<u8>, Option<Place>)> {
    let mut rows = Vec::with_capacity(16 * 1024);
    let visit = |columns: &Columns, row: &Row<'_>| {
        if !rows.is_empty() {
            rows.push(b',');
        }
        answer.write(&mut rows, columns, row)
    };
    let next = list.page(read, size, after, visit).await?;
    Ok((rows, next))
}

/// The list with what the request asks of it.
fn asked(mut list: List, query: &Query, is_eventual: bool) -> Result<List> {
    let is_advanced = is_eventual && query.count;
    let entity = list.entity;
    if let Some(filter) = &query.filter {
        list = list.fulfilling(Some(entity.condition(filter, is_advanced)?));
    }
    if let Some(search) = &query.search {
        if !is_eventual {
            let message = "Request with $search query parameter only works through MSGraph with a special request \
                           header: 'ConsistencyLevel: eventual'";
            return Err(unsupported(message));
        }
        list = list.fulfilling(Some(entity.searched(search)?));
    }
    let [order] = query.order_by.as_slice() else {
        return if query.order_by.is_empty() {
            Ok(list)
        } else {
            Err(unsupported("Only one property can be ordered by."))
        };
    };
    let name = order.property.as_str();
    let field = entity.field(name).ok_or_else(|| entity.unknown(name))?;
    let combines =
        (query.filter.is_some() && !is_advanced) || (query.search.is_some() && field.name != "displayName");
    let allowed = match field.order {
        Some(Level::Default) => !combines,
        Some(Level::Advanced) => !combines && is_advanced,
        Some(Level::Never) | None => false,
    };
    if !allowed {
        return Err(unsupported("Sorting not supported for current query."));
    }
    list.ordered(field.name, order.is_descending)
}

fn unsupported(message: &str) -> Error {
    Error::bad_request(message).code("Request_UnsupportedQuery")
}

/// What a page token belongs to. Clients may spell the parameters of a next link anew, so they are taken as meant.
fn name(list: &List, query: &Query) -> String {
    let filter = query.filter.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}\n{:?}\n{filter}\n{:?}\n{:?}", list.entity.set, list.scope, query.search, query.order_by)
}

/// Which properties are written, and what stands around them.
#[derive(Clone)]
pub(crate) struct Answer {
    entity: &'static EntityType,
    set: &'static str,
    fields: Vec<&'static Field>,
    /// Where the columns read each field; set by [`Answer::read_by`].
    slots: Vec<usize>,
    selected: String,
    writes_type: bool,
    wire: Arc<Wire>,
}

impl Answer {
    pub(crate) fn new(
        entity: &'static EntityType,
        query: &Query,
        wire: Arc<Wire>,
        writes_type: bool,
    ) -> Result<Self> {
        let mut fields: Vec<&'static Field> = Vec::new();
        let mut selected = String::new();
        if query.select.is_empty() || query.select.iter().any(|path| path.as_str() == "*") {
            fields.extend(entity.fields.iter().filter(|field| field.is_default));
        }
        for path in &query.select {
            if path.as_str() != "*" {
                let field = entity.field(path.property()).ok_or_else(|| unknown(entity, path.property()))?;
                if !fields.iter().any(|known| known.name == field.name) {
                    fields.push(field);
                }
            }
            selected.push(if selected.is_empty() { '(' } else { ',' });
            selected.push_str(path.as_str());
        }
        if !selected.is_empty() {
            selected.push(')');
        }
        Ok(Self { entity, set: entity.set, fields, slots: Vec::new(), selected, writes_type, wire })
    }

    /// As an element of a set of a more general type: what `$select` names and this type has not is another's.
    pub(super) fn of_some(
        entity: &'static EntityType,
        query: &Query,
        wire: Arc<Wire>,
        set: &'static str,
    ) -> Self {
        let mut fields: Vec<&'static Field> = Vec::new();
        let takes_defaults = query.select.is_empty() || query.select.iter().any(|path| path.as_str() == "*");
        fields.extend(entity.fields.iter().filter(|field| field.is_default && takes_defaults));
        let mut selected = String::new();
        for path in &query.select {
            let field = entity.field(path.property()).filter(|_| path.as_str() != "*");
            if let Some(field) = field.filter(|field| !fields.iter().any(|known| known.name == field.name)) {
                fields.push(field);
            }
            selected.push(if selected.is_empty() { '(' } else { ',' });
            selected.push_str(path.as_str());
        }
        if !selected.is_empty() {
            selected.push(')');
        }
        Self { entity, set, fields, slots: Vec::new(), selected, writes_type: true, wire }
    }

    pub(super) fn entity_type(&self) -> &'static EntityType {
        self.entity
    }

    pub(super) fn fields(&self) -> &[&'static Field] {
        &self.fields
    }

    pub(super) fn writes_type(&self) -> bool {
        self.writes_type && self.wire.writes_annotations()
    }

    pub(crate) fn read_by(&mut self, columns: &mut Columns) {
        self.slots = self.fields.iter().map(|field| columns.add_field(field)).collect();
    }

    pub(super) async fn entity(
        &mut self,
        read: &mut impl Read,
        scope: Scope,
        id: Uuid,
        status: StatusCode,
    ) -> Result<Option<Reply>> {
        let mut columns = Columns::default();
        columns.add("id");
        self.read_by(&mut columns);
        let mut body = Vec::with_capacity(1024);
        body.push(b'{');
        if self.wire.writes_annotations() {
            body.extend_from_slice(b"\"@odata.context\":");
            write_text(&mut body, &format!("{}/$entity", self.context()));
            body.push(b',');
        }
        let found =
            one(read, self.entity, scope, &columns, id, |row| self.members(&mut body, &columns, row)).await?;
        body.push(b'}');
        Ok(found.then(|| Reply::written(status, &self.wire, body)))
    }

    pub(super) fn page(&self, rows: &[u8], count: Option<u64>, next: Option<&str>) -> Reply {
        let mut body = Vec::with_capacity(rows.len() + 512);
        body.push(b'{');
        if self.wire.writes_annotations() {
            body.extend_from_slice(b"\"@odata.context\":");
            write_text(&mut body, &self.context());
            body.push(b',');
        }
        if let Some(count) = count {
            body.extend_from_slice(format!("\"@odata.count\":{count},").as_bytes());
        }
        if let Some(token) = next {
            body.extend_from_slice(b"\"@odata.nextLink\":");
            write_text(&mut body, &self.wire.next_link(token));
            body.push(b',');
        }
        body.extend_from_slice(b"\"value\":[");
        body.extend_from_slice(rows);
        body.extend_from_slice(b"]}");
        Reply::written(StatusCode::OK, &self.wire, body)
    }

    fn context(&self) -> String {
        format!("{}/$metadata#{}{}", self.wire.root(), self.set, self.selected)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>, columns: &Columns, row: &Row<'_>) -> Result<()> {
        out.push(b'{');
        self.members(out, columns, row)?;
        out.push(b'}');
        Ok(())
    }

    fn members(&self, out: &mut Vec<u8>, columns: &Columns, row: &Row<'_>) -> Result<()> {
        let mut separator: &[u8] = b"\"";
        if self.writes_type && self.wire.writes_annotations() {
            out.extend_from_slice(format!("\"@odata.type\":\"#{}\"", self.entity.name).as_bytes());
            separator = b",\"";
        }
        let cells = columns.read(row);
        for (field, slot) in self.fields.iter().zip(&self.slots) {
            out.extend_from_slice(separator);
            out.extend_from_slice(field.name.as_bytes());
            out.extend_from_slice(b"\":");
            cells.at(*slot)?.write(out);
            separator = b",\"";
        }
        Ok(())
    }
}

pub(super) fn unknown(entity: &EntityType, name: &str) -> Error {
    let message = format!(
        "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{}'.",
        entity.name
    );
    Error::bad_request(message)
}
