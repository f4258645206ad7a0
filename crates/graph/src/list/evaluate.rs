//! Whether a row fulfils a condition. Indexes only find rows that may; this decides, the same on both engines.

use super::condition::{Condition, Part, Term};
use crate::Json;
use crate::entity_type::{Field, Kind};
use crate::text::{fold, fold_address, words};
use kernel::{Result, Timestamp};
use odata::{Comparison, Filter, Literal, Quantifier, TextMatch};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Hands out the properties of one row.
pub(crate) trait Properties {
    fn property(&self, field: &'static Field) -> Result<Json<'_>>;
}

pub(crate) fn matches(condition: &Condition, row: &impl Properties) -> Result<bool> {
    Ok(match condition {
        Filter::And(all) => {
            for one in all {
                if !matches(one, row)? {
                    return Ok(false);
                }
            }
            true
        }
        Filter::Or(all) => {
            for one in all {
                if matches(one, row)? {
                    return Ok(true);
                }
            }
            false
        }
        Filter::Not(one) => !matches(one, row)?,
        Filter::Compare { property, comparison, value } => {
            compare(&operand(property, row)?, *comparison, value)
        }
        Filter::In { property, values } => {
            let operand = operand(property, row)?;
            values.iter().any(|value| compare(&operand, Comparison::Equal, value))
        }
        Filter::Text { property, matching, text } => match &property.part {
            Part::Words => {
                let value = row.property(property.field)?;
                json_text(&value).is_some_and(|value| words(&value).iter().any(|word| word.starts_with(text)))
            }
            _ => matches_text(&operand(property, row)?, *matching, text),
        },
        Filter::Elements { collection, quantifier, condition } => {
            let elements = elements(row.property(collection.field)?);
            let fulfils = |element: &Value| {
                condition.as_ref().is_none_or(|condition| element_matches(condition, element))
            };
            match quantifier {
                Quantifier::Any => elements.iter().any(fulfils),
                Quantifier::All => elements.iter().all(fulfils),
            }
        }
    })
}

/// Inside a lambda everything speaks of the element.
fn element_matches(condition: &Condition, element: &Value) -> bool {
    match condition {
        Filter::And(all) => all.iter().all(|one| element_matches(one, element)),
        Filter::Or(all) => all.iter().any(|one| element_matches(one, element)),
        Filter::Not(one) => !element_matches(one, element),
        Filter::Compare { property, comparison, value } => {
            compare(&member(property, element), *comparison, value)
        }
        Filter::In { property, values } => {
            let operand = member(property, element);
            values.iter().any(|value| compare(&operand, Comparison::Equal, value))
        }
        Filter::Text { property, matching, text } => {
            matches_text(&member(property, element), *matching, text)
        }
        Filter::Elements { .. } => false,
    }
}

/// A value in the form it is compared in.
enum Operand {
    Null,
    Boolean(bool),
    Integer(i64),
    Text(String),
    /// Whole seconds.
    Second(i64),
    Id(uuid::Uuid),
}

fn operand(term: &Term, row: &impl Properties) -> Result<Operand> {
    let value = row.property(term.field)?;
    Ok(match &term.part {
        Part::Count => Operand::Integer(i64::try_from(elements(value).len()).unwrap_or(i64::MAX)),
        Part::Member(name) => match tree(value) {
            Value::Object(members) => {
                members.get(name).map_or(Operand::Null, |member| of_value(member, Kind::Text))
            }
            _ => Operand::Null,
        },
        Part::Whole | Part::Words => match value {
            Json::Boolean(value) => Operand::Boolean(value),
            Json::Integer(value) => Operand::Integer(value),
            Json::Id(id) => Operand::Id(id),
            Json::Time(at) | Json::Seconds(at) => Operand::Second(at.as_second()),
            value => {
                json_text(&value).map_or(Operand::Null, |text| Operand::Text(fold_as(term.field.kind, &text)))
            }
        },
    })
}

fn member(term: &Term, element: &Value) -> Operand {
    match &term.part {
        Part::Member(name) => element.get(name).map_or(Operand::Null, |value| of_value(value, Kind::Text)),
        _ => of_value(element, term.field.kind),
    }
}

fn of_value(value: &Value, kind: Kind) -> Operand {
    match value {
        Value::Bool(value) => Operand::Boolean(*value),
        Value::Number(number) => number.as_i64().map_or(Operand::Null, Operand::Integer),
        Value::String(text) => Operand::Text(fold_as(kind, text)),
        _ => Operand::Null,
    }
}

fn fold_as(kind: Kind, text: &str) -> String {
    if matches!(kind, Kind::Address | Kind::Addresses) { fold_address(text) } else { fold(text) }
}

/// Null is equal to null alone, and neither greater nor less than anything.
fn compare(operand: &Operand, comparison: Comparison, value: &Literal) -> bool {
    let order = match (operand, value) {
        (Operand::Null, Literal::Null) => Some(Ordering::Equal),
        (Operand::Boolean(own), Literal::Boolean(other)) => Some(own.cmp(other)),
        (Operand::Integer(own), Literal::Integer(other)) => Some(own.cmp(other)),
        (Operand::Text(own), Literal::Text(other)) => Some(own.as_str().cmp(other)),
        (Operand::Id(own), Literal::Guid(other)) => Some(own.cmp(other)),
        (Operand::Second(own), Literal::DateTime(other)) => Some(second_to(*own, *other)),
        _ => None,
    };
    let is_null = matches!(operand, Operand::Null) || *value == Literal::Null;
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        _ if is_null => false,
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    }
}

/// A whole second held against a moment that may lie within one.
fn second_to(own: i64, other: Timestamp) -> Ordering {
    (own, 0).cmp(&(other.as_second(), other.subsec_nanosecond()))
}

fn matches_text(operand: &Operand, matching: TextMatch, text: &str) -> bool {
    let Operand::Text(own) = operand else { return false };
    match matching {
        TextMatch::StartsWith => own.starts_with(text),
        TextMatch::EndsWith => own.ends_with(text),
        TextMatch::Contains => own.contains(text),
    }
}

fn json_text<'a>(value: &'a Json<'_>) -> Option<Cow<'a, str>> {
    match value {
        Json::Text(text) => Some(Cow::Borrowed(text)),
        Json::Tree(Value::String(text)) => Some(Cow::Borrowed(text)),
        _ => None,
    }
}

fn elements(value: Json<'_>) -> Vec<Value> {
    match tree(value) {
        Value::Array(elements) => elements,
        _ => Vec::new(),
    }
}

fn tree(value: Json<'_>) -> Value {
    match value {
        Json::Stored(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        Json::Texts(texts) => texts.iter().cloned().map(Value::String).collect(),
        Json::Tree(value) => value,
        _ => Value::Null,
    }
}
