//! The SQL of lists, put together from the entity's description and a plan.

use super::Scope;
use super::plan::{Edge, Range, Source, Walk};
use super::token::Place;
use crate::entity_type::EntityType;
use store::{Query, Value};

/// The rows of a walk behind `after`.
pub(super) fn walk(
    entity: &EntityType,
    scope: Scope,
    columns: &[&'static str],
    walk: &Walk,
    after: Option<&Place>,
    limit: usize,
) -> Query {
    let mut query = select(entity, scope, columns);
    match &walk.bounds {
        Some(Source::Exact(column, value)) => {
            query.sql(" AND ").sql(column).sql(" = ").bind(value.clone());
        }
        Some(Source::Rare(condition)) => {
            query.sql(" AND ").sql(condition);
        }
        Some(Source::Key(key, range)) => within(&mut query, key, range),
        Some(Source::Id(_) | Source::Side(..)) | None => {}
    }
    behind(&mut query, walk, after);
    ordered(&mut query, walk, limit);
    query
}

/// The rows that lie in any of the sources, behind `after`.
pub(super) fn gather(
    entity: &EntityType,
    scope: Scope,
    columns: &[&'static str],
    sources: &[Source],
    order: &Walk,
    after: Option<&Place>,
    limit: usize,
) -> Query {
    let mut query = select(entity, scope, columns);
    query.sql(" AND id IN (");
    union(&mut query, entity, scope, sources, " UNION ");
    query.sql(")");
    behind(&mut query, order, after);
    ordered(&mut query, order, limit);
    query
}

/// The rows that another table relates to something, behind `after`. What is related is read first: a cross join
/// keeps the order of its tables where a planner would rather walk the whole of this one.
pub(super) fn related(
    entity: &EntityType,
    scope: Scope,
    columns: &[&'static str],
    related: &Query,
    order: &Walk,
    after: Option<&Place>,
    limit: usize,
) -> Query {
    let mut query = Query::new("graph::list::related");
    query.sql("SELECT ");
    for (at, column) in columns.iter().enumerate() {
        query.sql(if at == 0 { "" } else { ", " }).sql(column);
    }
    query.sql(" FROM (").embed(related).sql(") AS related CROSS JOIN ").sql(entity.table);
    query.sql(" WHERE tenant_id = :tenant AND id = related_id AND ").sql(scope.sql());
    behind(&mut query, order, after);
    ordered(&mut query, order, limit);
    query
}

/// The living rows with these ids.
pub(super) fn many(entity: &EntityType, columns: &[&'static str], ids: &[uuid::Uuid]) -> Query {
    let mut query = select(entity, Scope::Living, columns);
    query.sql(" AND id IN (");
    for (at, id) in ids.iter().enumerate() {
        query.sql(if at == 0 { "" } else { ", " }).bind(*id);
    }
    query.sql(")");
    query
}

/// How many rows the sources have, counted no further than `most`.
pub(super) fn size_of(entity: &EntityType, scope: Scope, sources: &[Source], most: usize) -> Query {
    let mut query = Query::new("graph::list::size_of");
    query.sql("SELECT COUNT(*) FROM (SELECT 1 FROM (");
    union(&mut query, entity, scope, sources, " UNION ALL ");
    query.sql(") AS found LIMIT ").bind(limit(most)).sql(") AS counted");
    query
}

/// How many rows there are.
pub(super) fn count(entity: &EntityType, scope: Scope) -> Query {
    let mut query = Query::new("graph::list::count");
    query
        .sql("SELECT COUNT(*) FROM ")
        .sql(entity.table)
        .sql(" WHERE tenant_id = :tenant AND ")
        .sql(scope.sql());
    query
}

/// One row by its id.
pub(super) fn one(entity: &EntityType, scope: Scope, columns: &[&'static str], id: uuid::Uuid) -> Query {
    let mut query = select(entity, scope, columns);
    query.sql(" AND id = ").bind(id);
    query
}

fn select(entity: &EntityType, scope: Scope, columns: &[&'static str]) -> Query {
    let mut query = Query::new("graph::list");
    query.sql("SELECT ");
    for (at, column) in columns.iter().enumerate() {
        query.sql(if at == 0 { "" } else { ", " }).sql(column);
    }
    query.sql(" FROM ").sql(entity.table).sql(" WHERE tenant_id = :tenant AND ").sql(scope.sql());
    query
}

fn union(query: &mut Query, entity: &EntityType, scope: Scope, sources: &[Source], join: &'static str) {
    for (at, source) in sources.iter().enumerate() {
        query.sql(if at == 0 { "" } else { join });
        if let Source::Side(side, range) = source {
            query
                .sql("SELECT ")
                .sql(side.owner)
                .sql(" FROM ")
                .sql(side.table)
                .sql(" WHERE tenant_id = :tenant");
            within(query, side.key, range);
            continue;
        }
        query
            .sql("SELECT id FROM ")
            .sql(entity.table)
            .sql(" WHERE tenant_id = :tenant AND ")
            .sql(scope.sql());
        match source {
            Source::Id(id) => {
                query.sql(" AND id = ").bind(*id);
            }
            Source::Key(key, range) => within(query, key, range),
            Source::Exact(column, value) => {
                query.sql(" AND ").sql(column).sql(" = ").bind(value.clone());
            }
            Source::Rare(condition) => {
                query.sql(" AND ").sql(condition);
            }
            Source::Side(..) => {}
        }
    }
}

fn within(query: &mut Query, column: &'static str, range: &Range) {
    let mut bound = |operator, value: &Value| {
        query.sql(" AND ").sql(column).sql(operator).bind(value.clone());
    };
    match range {
        Range::Equal(value) => bound(" = ", value),
        Range::Between(from, to) => {
            if let Some(value) = from {
                bound(" >= ", value);
            }
            match to {
                Some((value, Edge::Within)) => bound(" <= ", value),
                Some((value, Edge::Behind)) => bound(" < ", value),
                None => {}
            }
        }
    }
}

fn behind(query: &mut Query, walk: &Walk, after: Option<&Place>) {
    let Some(place) = after else { return };
    let operator = if walk.order.is_descending { " < " } else { " > " };
    match (walk.order.key, &place.key) {
        (Some(key), Some(value)) => {
            query.sql(" AND (").sql(key).sql(", id)").sql(operator).sql("(").bind(value.clone()).sql(", ");
            query.bind(place.id).sql(")");
        }
        _ => {
            query.sql(" AND id").sql(operator).bind(place.id);
        }
    }
}

fn ordered(query: &mut Query, walk: &Walk, most: usize) {
    let direction = if walk.order.is_descending { " DESC" } else { "" };
    query.sql(" ORDER BY ");
    if let Some(key) = walk.order.key {
        query.sql(key).sql(direction).sql(", ");
    }
    query.sql("id").sql(direction).sql(" LIMIT ").bind(limit(most));
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

impl Scope {
    fn sql(self) -> &'static str {
        match self {
            Self::Living => "deleted_at IS NULL",
            Self::Deleted => "deleted_at IS NOT NULL",
        }
    }
}
