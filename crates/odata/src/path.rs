//! The way to a property, such as `initiatedBy/user/id`.

use std::fmt;

/// Names joined by slashes. Inside a lambda the path is that of the collection and what follows the variable:
/// `targetResources/any(t:t/id eq 'x')` speaks of `targetResources/id`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path(String);

impl Path {
    /// Letters, digits, `_` and `.`; the last name may be `$count`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut names = text.split('/').peekable();
        while let Some(name) = names.next() {
            let is_count = name == "$count" && names.peek().is_none() && text != "$count";
            if !is_count && !is_name(name) {
                return None;
            }
        }
        Some(Self(text.to_owned()))
    }

    /// A path that the program itself names.
    pub fn of(names: &'static str) -> Self {
        Self(names.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first name: the property of the entity itself.
    pub fn property(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The path of something inside the elements of the collection at this path.
    pub(crate) fn element(&self, rest: &str) -> Self {
        if rest.is_empty() { self.clone() } else { Self(format!("{}/{rest}", self.0)) }
    }

    /// What remains below the collection at `prefix`; empty for an element itself.
    pub(crate) fn below<'a>(&'a self, prefix: &Self) -> Option<&'a str> {
        let rest = self.0.strip_prefix(prefix.as_str())?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// `*` stands for every property; only `$select` has it.
    pub(crate) fn everything() -> Self {
        Self("*".to_owned())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.')
}
