//! One property's value on its way to the wire.

use kernel::Timestamp;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write as _;
use uuid::Uuid;

/// Borrows what it can, so that a page is written without a tree in between.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// The property is left out. Only an annotation may be; a declared property is null instead.
    Absent,
    Null,
    Boolean(bool),
    Integer(i64),
    Text(Cow<'a, str>),
    Texts(&'a [String]),
    Id(Uuid),
    /// With the fraction it has, as the audit lists print it.
    Time(Timestamp),
    /// To the second, as directory objects print it.
    Seconds(Timestamp),
    Tree(Value),
    /// JSON as it lies in the store.
    Stored(&'a str),
}

impl Json<'_> {
    /// A typed id, such as `kernel::UserId`.
    pub fn id(id: impl Into<Uuid>) -> Self {
        Self::Id(id.into())
    }

    pub fn seconds(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Null, Self::Seconds)
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Absent | Self::Null => out.extend_from_slice(b"null"),
            Self::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
            Self::Integer(number) => {
                write!(out, "{number}").ok();
            }
            Self::Text(text) => write_text(out, text),
            Self::Texts(texts) => {
                out.push(b'[');
                for (at, text) in texts.iter().enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    write_text(out, text);
                }
                out.push(b']');
            }
            Self::Id(id) => print_quoted(out, id),
            Self::Time(at) => print_quoted(out, at),
            Self::Seconds(at) => print_quoted(out, format_args!("{at:.0}")),
            Self::Tree(value) => {
                serde_json::to_writer(out, value).ok();
            }
            Self::Stored(text) => out.extend_from_slice(text.as_bytes()),
        }
    }
}

/// For what needs no escaping. Writing to a vector does not fail.
fn print_quoted(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    write!(out, "\"{value}\"").ok();
}

pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).ok();
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl From<bool> for Json<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}
impl From<i64> for Json<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}
impl<'a> From<&'a [String]> for Json<'a> {
    fn from(texts: &'a [String]) -> Self {
        Self::Texts(texts)
    }
}
impl<'a> From<&'a Vec<String>> for Json<'a> {
    fn from(texts: &'a Vec<String>) -> Self {
        Self::Texts(texts)
    }
}
impl From<Value> for Json<'_> {
    fn from(value: Value) -> Self {
        Self::Tree(value)
    }
}
impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'a>(value: impl Into<Json<'a>>) -> String {
        let mut out = Vec::new();
        value.into().write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_are_written_as_graph_has_them() {
        let at: Timestamp = "2026-01-31T09:10:11.987654Z".parse().unwrap();
        let whole: Timestamp = "2026-01-31T09:10:11Z".parse().unwrap();
        let texts = vec!["a".to_owned(), "\"\u{1}é".to_owned()];
        for (json, expected) in [
            (written(None::<&str>), "null"),
            (written(true), "true"),
            (written(-7), "-7"),
            (written("</script>\n"), r#""</script>\n""#),
            (written(&texts), r#"["a","\"\u0001é"]"#),
            (written(&Vec::new()), "[]"),
            (written(Json::Time(at)), r#""2026-01-31T09:10:11.987654Z""#),
            (written(Json::Time(whole)), r#""2026-01-31T09:10:11Z""#),
            (written(Json::seconds(Some(at))), r#""2026-01-31T09:10:11Z""#),
            (written(Json::seconds(None)), "null"),
            (written(Json::id(Uuid::nil())), r#""00000000-0000-0000-0000-000000000000""#),
            (written(serde_json::json!({ "a": [1] })), r#"{"a":[1]}"#),
        ] {
            assert_eq!(json, expected);
        }
    }
}
