//! The query string of a request.
//!
//! The `$` of an option is optional and names are compared without case, as Graph does; an option given twice
//! and an option that does not exist are errors; parameters without `$` that mean nothing are ignored.

use crate::{Filter, Path, Search};
use kernel::{Error, Result};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Bytes of a whole query string, before decoding. Longer filters are expected through `$batch`.
const LONGEST: usize = 32 * 1024;

/// What a request asks of a collection or an entity, as far as it was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Empty means: the default properties. `*` stands for all of them.
    pub select: Vec<Path>,
    pub expand: Vec<Path>,
    pub filter: Option<Filter>,
    pub order_by: Vec<OrderBy>,
    pub search: Option<Search>,
    pub top: Option<u32>,
    pub skip_token: Option<String>,
    pub count: bool,
    given: Vec<QueryOption>,
    /// Every parameter but the page token, as it came, for the link to the next page.
    kept: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBy {
    pub property: Path,
    pub is_descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryOption {
    Select,
    Expand,
    Filter,
    OrderBy,
    Search,
    Top,
    SkipToken,
    Count,
}

impl Query {
    /// Takes what follows the `?`, still encoded.
    pub fn parse(encoded: &str) -> Result<Self> {
        if encoded.len() > LONGEST {
            return Err(Error::bad_request("The query string has at most 32768 bytes."));
        }
        let mut query = Self::default();
        for parameter in encoded.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = decode(name)?;
            let option = query.take(name.trim(), value)?;
            if option != Some(QueryOption::SkipToken) {
                if !query.kept.is_empty() {
                    query.kept.push('&');
                }
                query.kept.push_str(parameter);
            }
        }
        Ok(query)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<Option<QueryOption>> {
        let Some(option) = QueryOption::from_name(name) else {
            let is_format = name.eq_ignore_ascii_case("$format");
            return if name.starts_with('$') && !is_format { Err(not_supported(name)) } else { Ok(None) };
        };
        if self.given.contains(&option) {
            let message = format!(
                "Query option '{}' was specified more than once, but it must be specified at most once.",
                option.name()
            );
            return Err(Error::bad_request(message));
        }
        self.given.push(option);
        let value = decode(value)?;
        let value = value.trim();
        match option {
            QueryOption::Select => self.select = select(value)?,
            QueryOption::Expand => self.expand = paths(value)?,
            QueryOption::Filter => self.filter = Some(Filter::parse(value)?),
            QueryOption::OrderBy => self.order_by = order_by(value)?,
            QueryOption::Search => self.search = Some(Search::parse(value)?),
            QueryOption::Top => self.top = Some(top(value)?),
            QueryOption::SkipToken => self.skip_token = Some(value.to_owned()),
            QueryOption::Count => self.count = count(value)?,
        }
        Ok(Some(option))
    }

    /// The options that were given, each once.
    pub fn given(&self) -> &[QueryOption] {
        &self.given
    }

    /// The number of rows of a page: what `$top` says, else `default`.
    pub fn page_size(&self, default: u32, most: u32) -> Result<u32> {
        match self.top {
            None => Ok(default),
            Some(size) if (1..=most).contains(&size) => Ok(size),
            Some(size) => Err(page_size_error(&size.to_string(), most)),
        }
    }

    /// A parameter that is no query option, decoded; names are compared without case.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.kept.split('&').find_map(|parameter| {
            let (own, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let is_it = decode(own).is_ok_and(|own| own.trim().eq_ignore_ascii_case(name));
            is_it.then(|| decode(value).ok()).flatten()
        })
    }

    /// Every parameter as it came, still encoded, without the page token.
    pub fn without_skip_token(&self) -> &str {
        &self.kept
    }
}

impl QueryOption {
    const ALL: [Self; 8] = [
        Self::Select,
        Self::Expand,
        Self::Filter,
        Self::OrderBy,
        Self::Search,
        Self::Top,
        Self::SkipToken,
        Self::Count,
    ];

    /// With its `$`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Select => "$select",
            Self::Expand => "$expand",
            Self::Filter => "$filter",
            Self::OrderBy => "$orderby",
            Self::Search => "$search",
            Self::Top => "$top",
            Self::SkipToken => "$skiptoken",
            Self::Count => "$count",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let bare = name.strip_prefix('$').unwrap_or(name);
        Self::ALL
            .into_iter()
            .find(|option| option.name().strip_prefix('$').is_some_and(|own| own.eq_ignore_ascii_case(bare)))
    }
}

/// `+` is a space. U+0000 is refused here, since no engine stores it and no name holds it.
fn decode(encoded: &str) -> Result<String> {
    let spaced = if encoded.contains('+') { Cow::Owned(encoded.replace('+', " ")) } else { encoded.into() };
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(Error::bad_request("The query string is not valid UTF-8 text.")),
    }
}

fn not_supported(name: &str) -> Error {
    let short: String = name.chars().take(64).collect();
    let code = if name.eq_ignore_ascii_case("$skip") { "Request_BadRequest" } else { "BadRequest" };
    Error::bad_request(format!("The query parameter '{short}' is not supported.")).code(code)
}

fn select(value: &str) -> Result<Vec<Path>> {
    let mut paths = Vec::new();
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let path = if name == "*" { Path::everything() } else { parse_path(name)? };
        if !paths.contains(&path) {
            paths.push(path);
        }
        if paths.len() > 200 {
            return Err(Error::bad_request("At most 200 properties can be selected."));
        }
    }
    Ok(paths)
}

fn paths(value: &str) -> Result<Vec<Path>> {
    value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(parse_path).collect()
}

fn parse_path(name: &str) -> Result<Path> {
    Path::parse(name).ok_or_else(|| {
        let short: String = name.chars().take(64).collect();
        let message = format!("Parsing OData Select and Expand failed: '{short}' is not a property name.");
        Error::bad_request(message)
    })
}

fn order_by(value: &str) -> Result<Vec<OrderBy>> {
    let one = |text: &str| {
        let mut words = text.split_ascii_whitespace();
        let property = words.next().and_then(Path::parse)?;
        let is_descending = match words.next() {
            None => false,
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(_) => return None,
        };
        words.next().is_none().then_some(OrderBy { property, is_descending })
    };
    let all: Option<Vec<_>> = value.split(',').map(one).collect();
    all.filter(|all| all.len() <= 16).ok_or_else(|| {
        let message = "Invalid orderby clause: properties, each with 'asc' or 'desc', are expected.";
        Error::bad_request(message)
    })
}

/// The upper bound belongs to the collection: see [`Query::page_size`].
fn top(value: &str) -> Result<u32> {
    match value.parse() {
        Ok(0) => Err(page_size_error("0", 999)),
        Ok(size) => Ok(size),
        Err(_) => {
            let message = "Invalid value for the query option '$top': a positive number is expected.";
            Err(Error::bad_request(message))
        }
    }
}

fn page_size_error(size: &str, most: u32) -> Error {
    let message = format!("Invalid page size specified: '{size}'. Must be between 1 and {most} inclusive.");
    Error::bad_request(message).code("Request_UnsupportedQuery")
}

fn count(value: &str) -> Result<bool> {
    if value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false") {
        return Ok(value.eq_ignore_ascii_case("true"));
    }
    let message = "Invalid value for the query option '$count': 'true' or 'false' is expected.";
    Err(Error::bad_request(message))
}
