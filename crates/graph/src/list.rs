//! Lists of what lies in a table: filtered, searched, ordered, page by page.
//!
//! A page is found through an index and costs the same at any depth and size of the table. What no index narrows down is
//! looked through in slices: a page then may hold fewer rows than were asked for, or none, and still have a next one,
//! which Graph's clients know how to follow. So no request reads a table whole.

mod answer;
pub(crate) mod columns;
pub(crate) mod condition;
pub(crate) mod evaluate;
mod mixed;
mod plan;
mod store;
pub(crate) mod token;
mod values;

pub use self::answer::{check_select, count, created, entity, entity_of, page};
pub use self::columns::Columns;
pub use self::condition::Condition;
pub use self::mixed::{Item, Mixed};
pub use self::token::Place;
pub use self::values::values;

use self::evaluate::matches;
use self::plan::{Order, Plan, Source, Walk};
use crate::entity_type::EntityType;
use ::store::{Column, Query, Read, Row, TenantStore, Value};
use kernel::{Error, Result};
use std::ops::ControlFlow;
use std::sync::Arc;
use uuid::Uuid;

/// Rows that a page looks through when its condition is not answered by an index.
const SLICE: usize = 5000;
/// Rows that are gathered and ordered; more are walked.
const MOST_GATHERED: usize = 5000;

/// Which rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    Living,
    Deleted,
}

/// What is asked of a table.
pub struct List {
    entity: &'static EntityType,
    scope: Scope,
    condition: Option<Condition>,
    order: Option<Order>,
    within: Option<Query>,
    columns: Columns,
}

impl List {
    pub fn new(entity: &'static EntityType) -> Self {
        Self {
            entity,
            scope: Scope::Living,
            condition: None,
            order: None,
            within: None,
            columns: Columns::default(),
        }
    }

    /// The deleted rows, by the time of their deletion.
    #[must_use]
    pub fn of_deleted(mut self) -> Self {
        self.scope = Scope::Deleted;
        self.order = Some(Order { key: Some("deleted_at"), is_descending: false });
        self
    }

    /// Only rows whose ids `related` selects, as `related_id`. All of them are looked at and ordered.
    #[must_use]
    pub fn within(mut self, related: Query) -> Self {
        self.within = Some(related);
        self
    }

    /// One more condition that rows must fulfil.
    #[must_use]
    pub fn fulfilling(mut self, condition: Option<Condition>) -> Self {
        self.condition = match (self.condition, condition) {
            (Some(Condition::And(mut all)), Some(other)) => {
                all.push(other);
                Some(Condition::And(all))
            }
            (Some(one), Some(other)) => Some(Condition::And(vec![one, other])),
            (one, other) => one.or(other),
        };
        self
    }

    /// The order of a keyed property.
    pub fn ordered(mut self, property: &str, is_descending: bool) -> Result<Self> {
        let key = self.entity.field(property).and_then(|field| field.sort_key);
        let key =
            key.ok_or_else(|| Error::bad_request(format!("The list cannot be ordered by '{property}'.")))?;
        self.order = Some(Order { key: Some(key), is_descending });
        Ok(self)
    }

    /// The columns that `visit` is going to read.
    pub fn columns(&mut self) -> &mut Columns {
        &mut self.columns
    }

    /// Visits up to `size` rows behind `after`, in order. The answer is where the next page begins, if there may be
    /// more.
    pub async fn page<F>(
        &self,
        read: &mut impl Read,
        size: usize,
        after: Option<Place>,
        mut visit: F,
    ) -> Result<Option<Place>>
    where
        F: FnMut(&Columns, &Row<'_>) -> Result<()> + Send,
    {
        let way = self.way(read).await?;
        let (mut seen, mut kept) = (0, 0);
        let (mut last_seen, mut last_kept, mut is_full) = (after, None, false);
        // The first rows are likely to be enough; when they are not, more are looked through at a time.
        let mut limit = size + 1;
        while !is_full && seen < SLICE {
            let end = seen + limit;
            let query = self.query(&way, last_seen.as_ref(), limit);
            let visit_one = |row: &Row<'_>| {
                seen += 1;
                // Where nothing is left out, the place of the last row is the only one that is asked for.
                let place =
                    (self.condition.is_some() || kept + 1 >= size).then(|| way.place(row)).transpose()?;
                if self.is_wanted(&way.columns, row)? {
                    if kept == size {
                        is_full = true;
                        return Ok(ControlFlow::Break(()));
                    }
                    kept += 1;
                    visit(&way.columns, row)?;
                    last_kept.clone_from(&place);
                }
                last_seen = place;
                Ok(ControlFlow::Continue(()))
            };
            read.each_of(query, visit_one).await?;
            if !is_full && seen < end {
                return Ok(None);
            }
            limit = (limit * 4).min(SLICE);
        }
        Ok(if is_full { last_kept } else { last_seen })
    }

    /// How many rows there are in all. Each slice of them is a read of its own.
    pub async fn count(self: &Arc<Self>, tenant: &TenantStore) -> Result<u64> {
        let (mut count, mut after) = (0, None);
        loop {
            let read = |mut snapshot, (list, after): (Arc<Self>, _)| async move {
                list.count_slice(&mut snapshot, after).await
            };
            let (some, next) = tenant.scan((self.clone(), after), read).await?;
            count += some;
            let Some(next) = next else { return Ok(count) };
            after = Some(next);
        }
    }

    /// How many rows there are, a slice at a time: `after` is where the last slice ended.
    async fn count_slice(&self, read: &mut impl Read, after: Option<Place>) -> Result<(u64, Option<Place>)> {
        let mut count = 0;
        if self.condition.is_none() && self.within.is_none() {
            let visit = |row: &Row<'_>| {
                count = row.get::<i64>(0)?;
                Ok(ControlFlow::Continue(()))
            };
            read.each_of(store::count(self.entity, self.scope), visit).await?;
            return Ok((u64::try_from(count).unwrap_or(0), None));
        }
        let visit = |_: &Columns, _: &Row<'_>| {
            count += 1;
            Ok(())
        };
        let next = self.page(read, SLICE, after, visit).await?;
        Ok((u64::try_from(count).unwrap_or(0), next))
    }

    /// The statement that the first page begins with, to be explained.
    pub async fn explained(&self, read: &mut impl Read, size: usize) -> Result<Query> {
        let way = self.way(read).await?;
        Ok(self.query(&way, None, size + 1))
    }

    async fn way(&self, read: &mut impl Read) -> Result<Way> {
        let plan = match self.scope {
            _ if self.within.is_some() => Plan::walk(self.order.unwrap_or_default()),
            Scope::Living => plan::plan(self.entity, self.condition.as_ref(), self.order),
            // Deleted rows are few, and no index but that of their deletion has them.
            Scope::Deleted => Plan::walk(self.order.unwrap_or_default()),
        };
        let gather = match plan.gather {
            Some(sources) if plan.is_point || self.are_few(read, &sources).await? => Some(sources),
            _ => None,
        };
        let mut columns = self.columns.clone();
        let key_at = plan.walk.order.key.map(|key| columns.add(key));
        let id_at = columns.add("id");
        if let Some(condition) = &self.condition {
            columns.add_condition(condition);
        }
        Ok(Way { walk: plan.walk, gather, columns, key_at, id_at })
    }

    async fn are_few(&self, read: &mut impl Read, sources: &[Source]) -> Result<bool> {
        let mut size = 0;
        let visit = |row: &Row<'_>| {
            size = row.get::<i64>(0)?;
            Ok(ControlFlow::Continue(()))
        };
        let query = store::size_of(self.entity, self.scope, sources, MOST_GATHERED + 1);
        read.each_of(query, visit).await?;
        Ok(usize::try_from(size).is_ok_and(|size| size <= MOST_GATHERED))
    }

    fn query(&self, way: &Way, after: Option<&Place>, limit: usize) -> Query {
        let (entity, scope, columns) = (self.entity, self.scope, way.columns.names());
        if let Some(related) = &self.within {
            return store::related(entity, scope, columns, related, &way.walk, after, limit);
        }
        match &way.gather {
            Some(sources) => store::gather(entity, scope, columns, sources, &way.walk, after, limit),
            None => store::walk(entity, scope, columns, &way.walk, after, limit),
        }
    }

    fn is_wanted(&self, columns: &Columns, row: &Row<'_>) -> Result<bool> {
        self.condition.as_ref().map_or(Ok(true), |condition| matches(condition, &columns.read(row)))
    }
}

/// The way that was taken to the rows.
struct Way {
    walk: Walk,
    gather: Option<Vec<Source>>,
    columns: Columns,
    key_at: Option<usize>,
    id_at: usize,
}

impl Way {
    fn place(&self, row: &Row<'_>) -> Result<Place> {
        let key = match self.key_at.map(|at| row.column(at)).transpose()? {
            Some(Column::Text(text)) => Some(Value::Text(text.to_owned())),
            Some(Column::Int(number)) => Some(Value::Int(number)),
            Some(_) => return Err(Error::internal("a key is a text or a time and never null")),
            None => None,
        };
        Ok(Place { key, id: row.get::<Uuid>(self.id_at)?, is_advanced: false })
    }
}

/// Visits the one row with this id, if it is there.
pub async fn one<F>(
    read: &mut impl Read,
    entity: &'static EntityType,
    scope: Scope,
    columns: &Columns,
    id: Uuid,
    mut visit: F,
) -> Result<bool>
where
    F: FnMut(&Row<'_>) -> Result<()> + Send,
{
    let mut found = false;
    let visit = |row: &Row<'_>| {
        found = true;
        visit(row)?;
        Ok(ControlFlow::Break(()))
    };
    read.each_of(store::one(entity, scope, columns.names(), id), visit).await?;
    Ok(found)
}
