//! Collects what file and environment give, each value with where it came from, and refuses what is no key.

use super::keys::{Kind, Name};
use crate::nearest::nearest;
use ipnet::IpNet;
use kernel::{Error, Secret};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The `LODGE_*` variables of the process, taken once at its start.
#[derive(Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    pub fn of_process() -> Self {
        Self::new(std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            Some((name, value.to_string_lossy().into_owned()))
        }))
    }

    /// Keeps what starts with `LODGE_`, except what Kubernetes sets in every container for a service that is
    /// named lodge.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let is_service_link = |name: &str| {
            name == "LODGE_PORT" || name.starts_with("LODGE_PORT_") || name.starts_with("LODGE_SERVICE_")
        };
        let of_lodge = |(name, _): &(String, String)| name.starts_with("LODGE_") && !is_service_link(name);
        Self(variables.into_iter().filter(of_lodge).collect())
    }

    /// One variable by its whole name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// A value and where it stands, for the error that it may cause.
pub struct Given {
    pub value: Value,
    source: String,
}

pub enum Value {
    Text(String),
    Number(u32),
    File(PathBuf),
    Networks(Vec<IpNet>),
    Secret(Secret<String>),
}

impl Given {
    /// `why` continues the sentence "`smtp.port` (lodge.toml, line 3) …".
    pub fn wrong(&self, key: &str, why: impl std::fmt::Display) -> Error {
        Error::bad_request(format!("{key} ({}) {why}.", self.source))
    }
}

/// Everything that is given, by the key's name.
pub struct Values {
    pub given: BTreeMap<&'static str, Given>,
    /// Where relative paths start.
    pub directory: PathBuf,
    pub file: String,
}

pub fn gather(file: &Path, text: &str, environment: &Environment) -> Result<Values, Error> {
    let directory = std::path::absolute(file)
        .ok()
        .and_then(|absolute| absolute.parent().map(Path::to_owned))
        .unwrap_or_else(|| PathBuf::from("."));
    let name = file.display().to_string();
    let source = Source { name: &name, text };
    let table = DeTable::parse(text).map_err(|error| {
        let line = source.line(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or("this is no TOML").to_owned();
        Error::bad_request(format!("{name}, line {line}: {message}."))
    })?;
    let mut found = Vec::new();
    source.flatten("", table.get_ref(), &mut found)?;
    for (variable, value) in &environment.0 {
        let Some(name) = Name::all().find(|name| name.variable() == *variable) else {
            return Err(unknown_variable(variable));
        };
        found.retain(|earlier: &Found| !std::ptr::eq(earlier.name.key, name.key) || earlier.is_variable);
        let raw = Raw::Text(value.clone());
        found.push(Found { name, raw, source: format!("the variable {variable}"), is_variable: true });
    }
    let mut given = BTreeMap::new();
    for Found { name, raw, source, .. } in found {
        let value = read(name, raw, &source, &directory)?;
        if let Some(earlier) = given.insert(name.key.name, Given { value, source: source.clone() }) {
            let key = name.key.name;
            let other: &str = &earlier.source;
            return Err(Error::bad_request(format!(
                "{key} is given twice, as itself and as a file ({other} and {source}): leave one out."
            )));
        }
    }
    Ok(Values { given, directory, file: name })
}

struct Found {
    name: Name,
    raw: Raw,
    source: String,
    is_variable: bool,
}

/// A value as it was written.
enum Raw {
    Text(String),
    Number(String),
    Texts(Vec<String>),
    Other(&'static str),
}

struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Depth is bounded: a table below a table is no part of any key.
    fn flatten(&self, above: &str, table: &DeTable<'_>, found: &mut Vec<Found>) -> Result<(), Error> {
        for (key, value) in table {
            let name = if above.is_empty() {
                key.get_ref().to_string()
            } else {
                format!("{above}.{}", key.get_ref())
            };
            let line = self.line(key.span().start);
            match value.get_ref() {
                DeValue::Table(inner) if above.is_empty() && is_table(&name) => {
                    self.flatten(&name, inner, found)?;
                }
                _ => {
                    let Some(known) = Name::all().find(|known| known.text() == name) else {
                        return Err(self.unknown(&name, line));
                    };
                    let source = format!("{}, line {line}", self.name);
                    found.push(Found { name: known, raw: raw(value), source, is_variable: false });
                }
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str, line: usize) -> Error {
        let near = nearest(name, Name::all().map(Name::text));
        let hint = near.map_or_else(
            || "; the keys are in docs/operating/configuration.md.".to_owned(),
            |near| format!("; did you mean {near}?"),
        );
        Error::bad_request(format!("{}, line {line}: there is no key {name}{hint}", self.name))
    }
}

fn is_table(name: &str) -> bool {
    Name::all().any(|known| known.key.name.split_once('.').is_some_and(|(table, _)| table == name))
}

fn raw(value: &Spanned<DeValue<'_>>) -> Raw {
    match value.get_ref() {
        DeValue::String(text) => Raw::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Raw::Number(number.as_str().to_owned()),
        DeValue::Integer(_) => Raw::Other("a number that is not decimal"),
        DeValue::Float(_) => Raw::Other("a number with a fraction"),
        DeValue::Boolean(_) => Raw::Other("true or false"),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(items) => texts(items).map_or(Raw::Other("a list"), Raw::Texts),
        DeValue::Table(_) => Raw::Other("a table"),
    }
}

/// The items of a list that holds nothing but texts.
fn texts(items: &DeArray<'_>) -> Option<Vec<String>> {
    let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    items.iter().map(text).collect()
}

fn unknown_variable(variable: &str) -> Error {
    let near = nearest(variable, Name::all().map(Name::variable));
    let hint = near.map_or_else(
        || "; the variables are in docs/operating/configuration.md.".to_owned(),
        |near| format!("; did you mean {near}?"),
    );
    Error::bad_request(format!("There is no variable {variable}{hint}"))
}

fn read(name: Name, raw: Raw, source: &str, directory: &Path) -> Result<Value, Error> {
    let wrong = |expected: &str, found: &str| {
        Error::bad_request(format!("{} ({source}) must be {expected}, not {found}.", name.text()))
    };
    if name.is_file_of_secret {
        let Raw::Text(path) = raw else { return Err(wrong("a path in quotes", raw.kind())) };
        return secret_from(&directory.join(path), &name.text(), source).map(Value::Secret);
    }
    match (name.key.kind, raw) {
        (Kind::Text, Raw::Text(text)) => Ok(Value::Text(text)),
        (Kind::Secret, Raw::Text(text)) => Ok(Value::Secret(Secret::new(text))),
        (Kind::File, Raw::Text(text)) => Ok(Value::File(directory.join(text))),
        (Kind::Choice(choices), Raw::Text(text)) if choices.contains(&text.as_str()) => Ok(Value::Text(text)),
        (Kind::Choice(choices), Raw::Text(text)) => {
            Err(wrong(&format!("one of {}", choices.join(", ")), &format!("\"{text}\"")))
        }
        (Kind::Networks, Raw::Texts(texts)) => networks(&texts).map_err(|text| wrong(NETWORKS, &text)),
        (Kind::Networks, Raw::Text(text)) => {
            let texts: Vec<String> = text.split(',').map(|text| text.trim().to_owned()).collect();
            networks(&texts).map_err(|text| wrong(NETWORKS, &text))
        }
        (Kind::Networks, raw) => Err(wrong(NETWORKS, raw.kind())),
        (Kind::Number { least, most }, Raw::Number(text) | Raw::Text(text)) => text
            .trim_start_matches('+')
            .parse::<u32>()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .map(Value::Number)
            .ok_or_else(|| wrong(&format!("a whole number from {least} to {most}"), &text)),
        (Kind::Number { least, most }, raw) => {
            Err(wrong(&format!("a whole number from {least} to {most}"), raw.kind()))
        }
        (Kind::Choice(choices), raw) => {
            Err(wrong(&format!("one of {} in quotes", choices.join(", ")), raw.kind()))
        }
        (Kind::File, raw) => Err(wrong("a path in quotes", raw.kind())),
        (Kind::Text | Kind::Secret, raw) => Err(wrong("a text in quotes", raw.kind())),
    }
}

const NETWORKS: &str = "a list of addresses and networks, such as [\"127.0.0.1\", \"10.0.0.0/8\"]";

/// The first that is none is the error.
fn networks(texts: &[String]) -> Result<Value, String> {
    let network = |text: &String| {
        let address = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        address.or_else(|_| text.parse::<IpNet>()).map_err(|_| format!("\"{text}\""))
    };
    texts.iter().map(network).collect::<Result<_, _>>().map(Value::Networks)
}

impl Raw {
    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Texts(_) => "a list",
            Self::Other(kind) => kind,
        }
    }
}

/// A secret's file holds the secret and may end in a line feed.
fn secret_from(path: &Path, key: &str, source: &str) -> Result<Secret<String>, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::bad_request(format!("{key} ({source}): {} cannot be read: {error}.", path.display()))
    })?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}
