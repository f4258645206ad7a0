//! Values in a `$filter`.

use kernel::Timestamp;
use std::fmt;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    /// Always finite.
    Decimal(f64),
    Text(String),
    DateTime(Timestamp),
    Guid(Uuid),
}

impl Literal {
    /// Reads a literal that is not in quotes.
    pub(crate) fn parse_bare(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("null") {
            return Some(Self::Null);
        }
        if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
            return Some(Self::Boolean(text.eq_ignore_ascii_case("true")));
        }
        if text.len() == 36
            && let Ok(id) = Uuid::try_parse(text)
        {
            return Some(Self::Guid(id));
        }
        if let Ok(number) = text.parse() {
            return Some(Self::Integer(number));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
            && let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            return Some(Self::Decimal(number));
        }
        date_time(text).map(Self::DateTime)
    }

    /// The text of a string literal or of a GUID, which Graph takes with and without quotes.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Guid(id) => Some(id.to_string()),
            _ => None,
        }
    }

    pub fn as_date_time(&self) -> Option<Timestamp> {
        match self {
            Self::DateTime(at) => Some(*at),
            _ => None,
        }
    }

    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }
}

/// `2026-01-31T09:10:11.123Z`, with an offset instead of the `Z`, or a date alone, which means its first
/// moment in UTC.
fn date_time(text: &str) -> Option<Timestamp> {
    let starts_like_a_date = text.len() >= 10
        && text.len() <= 40
        && text.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !starts_like_a_date {
        return None;
    }
    if text.len() == 10 { format!("{text}T00:00:00Z").parse().ok() } else { text.parse().ok() }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            // `{:?}` keeps the point or the exponent, so that it is read back as a decimal.
            Self::Decimal(value) => write!(f, "{value:?}"),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::DateTime(at) => at.fmt(f),
            Self::Guid(id) => id.fmt(f),
        }
    }
}
