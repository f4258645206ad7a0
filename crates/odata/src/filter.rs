//! What a `$filter` says.

use crate::{FilterError, Literal, Path};
use std::fmt;

/// A condition over properties named by `P`: a [`Path`] as parsed; what the collection makes of it after
/// [`Filter::try_map`], for example a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter<P = Path> {
    /// Two or more; none of them is an `And`.
    And(Vec<Self>),
    /// Two or more; none of them is an `Or`.
    Or(Vec<Self>),
    Not(Box<Self>),
    Compare {
        property: P,
        comparison: Comparison,
        value: Literal,
    },
    In {
        property: P,
        values: Vec<Literal>,
    },
    Text {
        property: P,
        matching: TextMatch,
        text: String,
    },
    /// About the elements of a collection; without a condition, that there is one.
    Elements {
        collection: P,
        quantifier: Quantifier,
        condition: Option<Box<Self>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMatch {
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    Any,
    All,
}

impl Filter {
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        crate::parser::parse(text)
    }
}

impl<P> Filter<P> {
    /// All of these; none if there are none.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Option<Self> {
        conditions.into_iter().reduce(Self::and)
    }

    pub fn equal(property: P, value: Literal) -> Self {
        Self::Compare { property, comparison: Comparison::Equal, value }
    }

    /// Joins conditions by `and`, so that an `And` never holds an `And`.
    pub(crate) fn and(left: Self, right: Self) -> Self {
        let parts = |filter| match filter {
            Self::And(conditions) => conditions,
            other => vec![other],
        };
        let mut all = parts(left);
        all.append(&mut parts(right));
        Self::And(all)
    }

    /// Joins conditions by `or`, so that an `Or` never holds an `Or`.
    pub(crate) fn or(left: Self, right: Self) -> Self {
        let parts = |filter| match filter {
            Self::Or(conditions) => conditions,
            other => vec![other],
        };
        let mut all = parts(left);
        all.append(&mut parts(right));
        Self::Or(all)
    }

    /// The same condition over what `name` makes of each property.
    pub fn try_map<Q, E>(&self, name: &mut impl FnMut(&P) -> Result<Q, E>) -> Result<Filter<Q>, E> {
        Ok(match self {
            Self::And(all) => Filter::And(all.iter().map(|one| one.try_map(name)).collect::<Result<_, E>>()?),
            Self::Or(all) => Filter::Or(all.iter().map(|one| one.try_map(name)).collect::<Result<_, E>>()?),
            Self::Not(one) => Filter::Not(Box::new(one.try_map(name)?)),
            Self::Compare { property, comparison, value } => {
                Filter::Compare { property: name(property)?, comparison: *comparison, value: value.clone() }
            }
            Self::In { property, values } => Filter::In { property: name(property)?, values: values.clone() },
            Self::Text { property, matching, text } => {
                Filter::Text { property: name(property)?, matching: *matching, text: text.clone() }
            }
            Self::Elements { collection, quantifier, condition } => Filter::Elements {
                collection: name(collection)?,
                quantifier: *quantifier,
                condition: match condition {
                    Some(condition) => Some(Box::new(condition.try_map(name)?)),
                    None => None,
                },
            },
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(self, f, None, 0)
    }
}

/// `around` is the innermost collection, whose elements go by the variable `x{depth}`.
fn print(filter: &Filter, f: &mut fmt::Formatter<'_>, around: Option<&Path>, depth: usize) -> fmt::Result {
    let named = |path: &Path| match around.and_then(|collection| path.below(collection)) {
        Some("") => format!("x{depth}"),
        Some(rest) => format!("x{depth}/{rest}"),
        None => path.to_string(),
    };
    match filter {
        Filter::And(all) => {
            for (at, one) in all.iter().enumerate() {
                if at > 0 {
                    f.write_str(" and ")?;
                }
                print_grouped(one, f, around, depth, matches!(one, Filter::Or(_)))?;
            }
            Ok(())
        }
        Filter::Or(all) => {
            for (at, one) in all.iter().enumerate() {
                if at > 0 {
                    f.write_str(" or ")?;
                }
                print(one, f, around, depth)?;
            }
            Ok(())
        }
        Filter::Not(one) => {
            f.write_str("not ")?;
            print_grouped(one, f, around, depth, true)
        }
        Filter::Compare { property, comparison, value } => {
            write!(f, "{} {comparison} {value}", named(property))
        }
        Filter::In { property, values } => {
            write!(f, "{} in (", named(property))?;
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    f.write_str(",")?;
                }
                write!(f, "{value}")?;
            }
            f.write_str(")")
        }
        Filter::Text { property, matching, text } => {
            let text = text.replace('\'', "''");
            write!(f, "{matching}({},'{text}')", named(property))
        }
        Filter::Elements { collection, quantifier, condition: None } => {
            write!(f, "{}/{quantifier}()", named(collection))
        }
        Filter::Elements { collection, quantifier, condition: Some(condition) } => {
            let inner = depth + 1;
            write!(f, "{}/{quantifier}(x{inner}:", named(collection))?;
            print(condition, f, Some(collection), inner)?;
            f.write_str(")")
        }
    }
}

fn print_grouped(
    filter: &Filter,
    f: &mut fmt::Formatter<'_>,
    around: Option<&Path>,
    depth: usize,
    grouped: bool,
) -> fmt::Result {
    if !grouped {
        return print(filter, f, around, depth);
    }
    f.write_str("(")?;
    print(filter, f, around, depth)?;
    f.write_str(")")
}

impl Comparison {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let all =
            [Self::Equal, Self::NotEqual, Self::Greater, Self::GreaterOrEqual, Self::Less, Self::LessOrEqual];
        all.into_iter().find(|one| one.word().eq_ignore_ascii_case(word))
    }

    fn word(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl TextMatch {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let all = [Self::StartsWith, Self::EndsWith, Self::Contains];
        all.into_iter().find(|one| one.word().eq_ignore_ascii_case(word))
    }

    fn word(self) -> &'static str {
        match self {
            Self::StartsWith => "startsWith",
            Self::EndsWith => "endsWith",
            Self::Contains => "contains",
        }
    }
}

impl fmt::Display for TextMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Quantifier {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Any, Self::All].into_iter().find(|one| one.word().eq_ignore_ascii_case(word))
    }

    fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::All => "all",
        }
    }
}

impl fmt::Display for Quantifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
