//! A `$filter` and a `$search` held against the description of the entity: properties found, operators allowed,
//! values of the right type and folded once.

use crate::entity_type::{EntityType, Field, Kind, Level};
use crate::text::{fold, fold_address, words};
use kernel::{Error, Result};
use odata::{Comparison, Filter, Literal, Path, Quantifier, Search, TextMatch};
use uuid::Uuid;

/// What a row must be like.
pub type Condition = Filter<Term>;

/// What a condition speaks of. Inside a lambda all terms speak of the element.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub(super) field: &'static Field,
    pub(super) part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The property, or the element of a collection.
    Whole,
    /// Any word of the property; only with `startsWith`.
    Words,
    /// How many elements a collection has.
    Count,
    /// A member of an object.
    Member(String),
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl EntityType {
    /// `is_advanced`: the request has `ConsistencyLevel: eventual` and `$count=true`.
    pub fn condition(&'static self, filter: &Filter, is_advanced: bool) -> Result<Condition> {
        Binder { entity: self, is_advanced }.bind(filter, None)
    }

    /// Words of `displayName` and its like begin with the words of a clause, in any order; other texts begin with its
    /// text.
    pub fn searched(&'static self, search: &Search) -> Result<Condition> {
        Ok(match search {
            Search::And(all) => Filter::And(all.iter().map(|one| self.searched(one)).collect::<Result<_>>()?),
            Search::Or(all) => Filter::Or(all.iter().map(|one| self.searched(one)).collect::<Result<_>>()?),
            Search::Clause { property, text } => {
                let field = self.field(property.as_str()).ok_or_else(|| self.unknown(property.as_str()))?;
                clause(field, text).ok_or_else(|| unsupported(self, field.name))?
            }
        })
    }

    /// Rows in which every word of `text` begins a word or a text of one of `fields`: what a person types into a
    /// search box. `None` if there is no word in it.
    pub fn sought(&'static self, text: &str, fields: &[&str]) -> Option<Condition> {
        let fields: Vec<&'static Field> = fields.iter().filter_map(|name| self.field(name)).collect();
        let one = |word: &str| {
            let clauses: Vec<Condition> = fields.iter().filter_map(|field| clause(field, word)).collect();
            joined(clauses, Filter::Or)
        };
        joined(text.split_whitespace().take(8).filter_map(one).collect(), Filter::And)
    }

    pub(super) fn unknown(&self, name: &str) -> Error {
        let short: String = name.chars().take(128).collect();
        Error::bad_request(format!(
            "Invalid filter clause: Could not find a property named '{short}' on type '{}'.",
            self.name
        ))
    }
}

fn clause(field: &'static Field, text: &str) -> Option<Condition> {
    let starts =
        |part, text| Filter::Text { property: Term { field, part }, matching: TextMatch::StartsWith, text };
    match field.kind {
        _ if field.words.is_some() => {
            joined(words(text).into_iter().map(|word| starts(Part::Words, word)).collect(), Filter::And)
        }
        Kind::Text => Some(starts(Part::Whole, fold(text))),
        Kind::Address => Some(starts(Part::Whole, fold_address(text))),
        Kind::Texts | Kind::Addresses => Some(Filter::Elements {
            collection: Term { field, part: Part::Whole },
            quantifier: Quantifier::Any,
            condition: Some(Box::new(starts(Part::Whole, folded(field.kind, text)))),
        }),
        _ => None,
    }
}

fn joined(mut all: Vec<Condition>, whole: fn(Vec<Condition>) -> Condition) -> Option<Condition> {
    if all.len() > 1 { Some(whole(all)) } else { all.pop() }
}

struct Binder {
    entity: &'static EntityType,
    is_advanced: bool,
}

impl Binder {
    /// `around`: the collection of the lambda around this place.
    fn bind(&self, filter: &Filter, around: Option<&'static Field>) -> Result<Condition> {
        Ok(match filter {
            Filter::And(all) => Filter::And(self.all(all, around)?),
            Filter::Or(all) => Filter::Or(self.all(all, around)?),
            Filter::Not(one) => {
                let inner = self.bind(one, around)?;
                self.allow(first_field(&inner), Level::Advanced)?;
                Filter::Not(Box::new(inner))
            }
            Filter::Compare { property, comparison, value } => {
                let term = self.term(property, around)?;
                let operators = term.field.operators;
                let level = match (&term.part, comparison, value) {
                    (Part::Count, ..) | (_, Comparison::NotEqual, _) => Level::Advanced,
                    (_, Comparison::Equal, Literal::Null) => operators.null,
                    (_, Comparison::Equal, _) => operators.equal,
                    _ => operators.range,
                };
                self.allow(term.field, level)?;
                let value = value_for(&term, value)?;
                Filter::Compare { property: term, comparison: *comparison, value }
            }
            Filter::In { property, values } => {
                let term = self.term(property, around)?;
                self.allow(term.field, term.field.operators.within)?;
                let values = values.iter().map(|value| value_for(&term, value)).collect::<Result<_>>()?;
                Filter::In { property: term, values }
            }
            Filter::Text { property, matching, text } => {
                let term = self.term(property, around)?;
                self.allow_matching(&term, *matching)?;
                let text = folded(term.kind(), text);
                Filter::Text { property: term, matching: *matching, text }
            }
            Filter::Elements { collection, quantifier, condition } => {
                let term = self.term(collection, None)?;
                if around.is_some() || term.part != Part::Whole || !term.field.is_collection() {
                    return Err(unsupported(self.entity, term.field.name));
                }
                let condition = if let Some(condition) = condition {
                    Some(Box::new(self.bind(condition, Some(term.field))?))
                } else {
                    self.allow(term.field, Level::Advanced)?;
                    None
                };
                Filter::Elements { collection: term, quantifier: *quantifier, condition }
            }
        })
    }

    fn all(&self, all: &[Filter], around: Option<&'static Field>) -> Result<Vec<Condition>> {
        all.iter().map(|one| self.bind(one, around)).collect()
    }

    fn term(&self, path: &Path, around: Option<&'static Field>) -> Result<Term> {
        let field = self.entity.field(path.property()).ok_or_else(|| self.entity.unknown(path.as_str()))?;
        let rest = path.as_str().split_once('/').map(|(_, rest)| rest);
        let part = match rest {
            None => Part::Whole,
            Some("$count") if around.is_none() => Part::Count,
            Some(member) if !member.contains('/') => Part::Member(member.to_owned()),
            Some(_) => return Err(self.entity.unknown(path.as_str())),
        };
        let fits = match (&part, field.kind) {
            (Part::Count, _) => field.is_collection(),
            (Part::Member(_), Kind::Object(_)) | (Part::Whole, Kind::Texts | Kind::Addresses) => true,
            (Part::Member(_), Kind::Objects(_)) => around.is_some(),
            (Part::Whole, _) => around.is_none() || !field.is_collection(),
            _ => false,
        };
        if fits { Ok(Term { field, part }) } else { Err(unsupported(self.entity, field.name)) }
    }

    fn allow_matching(&self, term: &Term, matching: TextMatch) -> Result<()> {
        if !term.is_text() {
            return Err(unsupported(self.entity, term.field.name));
        }
        match matching {
            TextMatch::StartsWith => self.allow(term.field, term.field.operators.starts),
            TextMatch::EndsWith if term.field.operators.ends && !self.is_advanced => Err(Error::bad_request(
                "Operator 'endsWith' is not supported because the required parameters might be missing. Try adding \
                 $count=true query parameter and ConsistencyLevel:eventual header. Refer to \
                 https://aka.ms/graph-docs/advanced-queries for more information",
            )
            .code("Request_UnsupportedQuery")),
            TextMatch::EndsWith if term.field.operators.ends => Ok(()),
            TextMatch::EndsWith | TextMatch::Contains => Err(unsupported(self.entity, term.field.name)),
        }
    }

    fn allow(&self, field: &'static Field, level: Level) -> Result<()> {
        if field.operators == crate::Operators::NONE {
            let message = format!(
                "Property '{}' does not exist as a declared property or extension property.",
                field.name
            );
            return Err(Error::bad_request(message).code("Request_BadRequest"));
        }
        match level {
            Level::Default => Ok(()),
            Level::Advanced if self.is_advanced => Ok(()),
            Level::Advanced | Level::Never => Err(unsupported(self.entity, field.name)),
        }
    }
}

/// The value as the property holds it, folded.
fn value_for(term: &Term, value: &Literal) -> Result<Literal> {
    if *value == Literal::Null {
        return Ok(Literal::Null);
    }
    let wrong = || {
        let message = format!(
            "Invalid filter clause: The value {value} cannot be compared with the property '{}'.",
            term.field.name
        );
        Error::bad_request(message)
    };
    match (&term.part, term.kind()) {
        (Part::Count, _) => match value {
            Literal::Integer(_) => Ok(value.clone()),
            _ => Err(wrong()),
        },
        (_, Kind::Boolean) => value.as_boolean().map(Literal::Boolean).ok_or_else(wrong),
        (_, Kind::Time) => time(value).ok_or_else(wrong),
        (_, Kind::Id) => {
            let text = value.as_text().ok_or_else(wrong)?;
            // What is no id is nobody's.
            Ok(Literal::Guid(Uuid::try_parse(&text).unwrap_or(Uuid::nil())))
        }
        (_, kind) => Ok(Literal::Text(folded(kind, &value.as_text().ok_or_else(wrong)?))),
    }
}

/// A time may come in quotes.
fn time(value: &Literal) -> Option<Literal> {
    let at = match value {
        Literal::Text(text) => text.parse().ok(),
        other => other.as_date_time(),
    };
    at.map(Literal::DateTime)
}

fn folded(kind: Kind, text: &str) -> String {
    if matches!(kind, Kind::Address | Kind::Addresses) { fold_address(text) } else { fold(text) }
}

fn first_field(condition: &Condition) -> &'static Field {
    match condition {
        Filter::And(all) | Filter::Or(all) => all.first().map_or(&crate::entity_type::ID, first_field),
        Filter::Not(one) => first_field(one),
        Filter::Compare { property, .. } | Filter::In { property, .. } | Filter::Text { property, .. } => {
            property.field
        }
        Filter::Elements { collection, .. } => collection.field,
    }
}

fn unsupported(entity: &EntityType, property: &str) -> Error {
    let message = format!(
        "Unsupported or invalid query filter clause specified for property '{property}' of resource '{}'.",
        entity.resource()
    );
    Error::bad_request(message).code("Request_UnsupportedQuery")
}

impl Term {
    /// The kind of what is compared: members of objects are texts.
    fn kind(&self) -> Kind {
        if matches!(self.part, Part::Member(_)) { Kind::Text } else { self.field.kind }
    }

    fn is_text(&self) -> bool {
        self.part != Part::Count
            && matches!(self.kind(), Kind::Text | Kind::Address | Kind::Texts | Kind::Addresses)
    }
}
