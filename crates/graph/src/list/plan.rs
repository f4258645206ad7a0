//! Which index answers: either the rows are walked in the order of one index, within its bounds, or the few rows that
//! may fit are gathered from several and ordered.
//!
//! Whatever is chosen only has to find all rows that fulfil the condition; it is evaluated on each of them.

use super::condition::{Condition, Part, Term};
use crate::entity_type::{EntityType, Field, Index, Kind, Side};
use crate::text::{behind, fold};
use kernel::Timestamp;
use odata::{Comparison, Filter, Literal, Quantifier, TextMatch};
use store::Value;

/// An order that an index has: by a key column, or by the id alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub key: Option<&'static str>,
    pub is_descending: bool,
}

/// Rows that lie together in an index.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    Id(uuid::Uuid),
    Key(&'static str, Range),
    Exact(&'static str, Value),
    /// The condition of a partial index.
    Rare(&'static str),
    Side(Side, Range),
}

/// Every bound may take in more than was asked for, never less.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Range {
    Equal(Value),
    /// From the first on, and before or up to the second.
    Between(Option<Value>, Option<(Value, Edge)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Within,
    Behind,
}

/// Rows in the order of an index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Walk {
    pub order: Order,
    /// Bounds that the same index keeps.
    pub bounds: Option<Source>,
}

/// The ways to the rows, the better first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    /// Rows that together have all that fulfil the condition; gathered if they are few.
    pub gather: Option<Vec<Source>>,
    /// They are known to be few.
    pub is_point: bool,
    pub walk: Walk,
}

impl Plan {
    pub(super) fn walk(order: Order) -> Self {
        Self { gather: None, is_point: false, walk: Walk { order, bounds: None } }
    }
}

/// `order`: what the request wants, if it wants one.
pub(super) fn plan(entity: &EntityType, condition: Option<&Condition>, order: Option<Order>) -> Plan {
    let found = condition.and_then(sources);
    let name_order = Order { key: entity.name_key, is_descending: false };
    let Some((rank, sources)) = found else {
        return Plan::walk(order.unwrap_or_default());
    };
    let is_point = rank <= POINT;
    if let [source] = sources.as_slice() {
        let own = match source {
            Source::Key(key, _) => Order { key: Some(key), is_descending: false },
            Source::Exact(..) | Source::Rare(_) => name_order,
            Source::Id(_) | Source::Side(..) => Order::default(),
        };
        let wanted = order.unwrap_or(own);
        let walks = !matches!(source, Source::Id(_) | Source::Side(..));
        if walks && !is_point && wanted.key == own.key {
            return Plan {
                gather: None,
                is_point,
                walk: Walk { order: wanted, bounds: Some(source.clone()) },
            };
        }
    }
    let walk = Walk { order: order.unwrap_or(name_order), bounds: None };
    Plan { gather: Some(sources), is_point, walk }
}

/// How few rows a source is likely to have; the smaller the fewer.
type Rank = u8;
const POINT: Rank = 1;
const RARE: Rank = 2;
const PREFIX: Rank = 3;
const GROUP: Rank = 4;
const SPAN: Rank = 5;

/// Where all rows lie that fulfil the condition, if indexes say so.
fn sources(condition: &Condition) -> Option<(Rank, Vec<Source>)> {
    match condition {
        Filter::And(all) => {
            all.iter().filter_map(sources).min_by_key(|(rank, sources)| (*rank, sources.len()))
        }
        Filter::Or(all) => {
            let mut whole = (0, Vec::new());
            for one in all {
                let (rank, mut some) = sources(one)?;
                whole.0 = whole.0.max(rank);
                whole.1.append(&mut some);
            }
            Some(whole)
        }
        Filter::Compare { property, comparison, value } => compare(property, *comparison, value),
        Filter::In { property, values } => {
            let mut whole = (0, Vec::new());
            for value in values {
                let (rank, mut some) = compare(property, Comparison::Equal, value)?;
                whole.0 = whole.0.max(rank);
                whole.1.append(&mut some);
            }
            Some(whole)
        }
        Filter::Text { property, matching: TextMatch::StartsWith, text } => starts(property, text),
        Filter::Elements { condition: Some(condition), quantifier: Quantifier::Any, .. } => {
            sources(condition)
        }
        Filter::Not(_) | Filter::Text { .. } | Filter::Elements { .. } => None,
    }
}

fn compare(term: &Term, comparison: Comparison, value: &Literal) -> Option<(Rank, Vec<Source>)> {
    if term.part != Part::Whole {
        return None;
    }
    let field = term.field;
    match (field.index, value) {
        (Index::Id, Literal::Guid(id)) if comparison == Comparison::Equal => Some((0, vec![Source::Id(*id)])),
        (Index::Rare(rare, condition), Literal::Boolean(value))
            if comparison == Comparison::Equal && *value == rare =>
        {
            Some((RARE, vec![Source::Rare(condition)]))
        }
        (Index::Exact(column), _) if comparison == Comparison::Equal => {
            Some((GROUP, vec![Source::Exact(column, kept(field, value)?)]))
        }
        (Index::Sparse(column), _) if comparison == Comparison::Equal => {
            Some((RARE, vec![Source::Exact(column, kept(field, value)?)]))
        }
        (Index::Key(key), Literal::DateTime(at)) => {
            Some((SPAN, vec![Source::Key(key, time_range(comparison, *at)?)]))
        }
        (Index::Key(key), Literal::Text(text)) => {
            let rank = if comparison == Comparison::Equal { POINT } else { SPAN };
            Some((rank, vec![Source::Key(key, text_range(comparison, text)?)]))
        }
        (Index::Side(side), Literal::Text(text)) if comparison == Comparison::Equal => {
            Some((POINT, vec![Source::Side(side, Range::Equal(side_text(field, text).into()))]))
        }
        _ => None,
    }
}

fn starts(term: &Term, text: &str) -> Option<(Rank, Vec<Source>)> {
    let field = term.field;
    let range = prefix_range(text)?;
    match (&term.part, field.index, field.words) {
        (Part::Words, Index::Key(key), Some(side)) => {
            Some((PREFIX, vec![Source::Key(key, range.clone()), Source::Side(side, range)]))
        }
        (Part::Whole, Index::Key(key), _) => Some((PREFIX, vec![Source::Key(key, range)])),
        (Part::Whole, Index::Side(side), _) => {
            let range = prefix_range(&side_text(field, text))?;
            Some((PREFIX, vec![Source::Side(side, range)]))
        }
        _ => None,
    }
}

/// A prefix such as `SMTP:` says how an address is used and is no part of its key.
fn side_text(field: &Field, text: &str) -> String {
    match (field.kind, text.split_once(':')) {
        (Kind::Addresses, Some((_, address))) => address.to_owned(),
        _ => text.to_owned(),
    }
}

/// The value as the column has it: where there are only some values, spelt as they are.
fn kept(field: &Field, value: &Literal) -> Option<Value> {
    match value {
        Literal::Text(text) if field.values.is_empty() => Some(Value::Text(text.clone())),
        Literal::Text(text) => {
            field.values.iter().find(|own| fold(own) == *text).map(|own| Value::from(*own))
        }
        _ => None,
    }
}

fn prefix_range(text: &str) -> Option<Range> {
    let end = behind(text).map(|behind| (Value::Text(behind), Edge::Behind));
    (!text.is_empty()).then(|| Range::Between(Some(Value::Text(text.to_owned())), end))
}

fn text_range(comparison: Comparison, text: &str) -> Option<Range> {
    let value = Value::Text(text.to_owned());
    Some(match comparison {
        Comparison::Equal => Range::Equal(value),
        Comparison::NotEqual => return None,
        Comparison::Greater | Comparison::GreaterOrEqual => Range::Between(Some(value), None),
        Comparison::Less | Comparison::LessOrEqual => Range::Between(None, Some((value, Edge::Within))),
    })
}

/// Times are compared by whole seconds, so a bound takes in its second.
fn time_range(comparison: Comparison, at: Timestamp) -> Option<Range> {
    let second = at.as_second().checked_mul(1_000_000)?;
    let (start, end) = (Value::Int(second), (Value::Int(second.checked_add(1_000_000)?), Edge::Behind));
    Some(match comparison {
        Comparison::Equal => Range::Between(Some(start), Some(end)),
        Comparison::NotEqual => return None,
        Comparison::Greater | Comparison::GreaterOrEqual => Range::Between(Some(start), None),
        Comparison::Less | Comparison::LessOrEqual => Range::Between(None, Some(end)),
    })
}
