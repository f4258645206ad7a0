//! Paths: what a request's path names, and which routes lie there.
//!
//! Segments are compared without ASCII case, empty ones are skipped (a Python SDK sends `/v1.0//users`), keys
//! come as a segment or in parentheses, functions with or without namespace and `()`.

use crate::Route;
use crate::call::Key;
use http::Method;
use kernel::{Error, Result};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;

const NAMESPACES: [&str; 2] = ["microsoft.graph.", "graph."];

/// The routes by their paths. Where a name and a key are both possible, the name wins.
#[derive(Default)]
pub(crate) struct Tree {
    root: Node,
}

#[derive(Default)]
struct Node {
    literals: HashMap<String, Node>,
    key: Option<Box<Node>>,
    routes: Vec<Placed>,
}

pub(crate) struct Placed {
    pub route: Route,
    keys: Vec<KeyTemplate>,
}

#[derive(Debug, PartialEq, Eq)]
struct KeyTemplate {
    name: &'static str,
    alternates: Vec<&'static str>,
}

/// What lies at a path.
pub(crate) struct Place<'a> {
    routes: &'a [Placed],
    keys: Vec<FoundKey>,
    /// The last segment, for the message when nothing is here.
    last: String,
}

struct FoundKey {
    segment: String,
    value: String,
    alternate: Option<String>,
}

impl Tree {
    /// Fails with a sentence for whoever composes the routes.
    pub(crate) fn new(routes: Vec<Route>) -> Result<Self> {
        let mut tree = Self::default();
        for route in routes {
            tree.add(route)?;
        }
        Ok(tree)
    }

    fn add(&mut self, route: Route) -> Result<()> {
        let mut node = &mut self.root;
        let mut keys: Vec<KeyTemplate> = Vec::new();
        for segment in route.path().split('/').filter(|segment| !segment.is_empty()) {
            if let Some(template) = segment.strip_prefix('{') {
                let key = KeyTemplate::parse(template)
                    .filter(|key| keys.iter().all(|other| other.name != key.name))
                    .ok_or_else(|| Error::internal(format!("'{segment}' in {} is no key", route.path())))?;
                keys.push(key);
                node = node.key.get_or_insert_default();
            } else {
                node = node.literals.entry(segment.to_ascii_lowercase()).or_default();
            }
        }
        if node.routes.iter().any(|placed| placed.route.method() == route.method()) {
            return Err(Error::internal(format!("{} {} is given twice", route.method(), route.path())));
        }
        node.routes.push(Placed { route, keys });
        Ok(())
    }

    /// `path` is what follows the version, still encoded.
    pub(crate) fn find(&self, path: &str) -> Result<Place<'_>> {
        let mut node = &self.root;
        let mut place = Place { routes: &[], keys: Vec::new(), last: String::new() };
        for encoded in path.split('/').filter(|segment| !segment.is_empty()) {
            let segment = decode(encoded)?;
            node = node.step(&segment, &mut place.keys).ok_or_else(|| unknown(&segment))?;
            place.last = segment;
        }
        place.routes = &node.routes;
        Ok(place)
    }
}

impl Node {
    fn step(&self, segment: &str, keys: &mut Vec<FoundKey>) -> Option<&Self> {
        let (name, parentheses) = split_parentheses(segment);
        if let Some(literal) = self.literal(name) {
            return match parentheses {
                Parentheses::None | Parentheses::Empty => Some(literal),
                Parentheses::Key { value, alternate } => {
                    keys.push(FoundKey { segment: segment.to_owned(), value, alternate });
                    literal.key.as_deref()
                }
            };
        }
        let key = self.key.as_deref().filter(|_| !segment.starts_with('$'))?;
        keys.push(FoundKey { segment: segment.to_owned(), value: segment.to_owned(), alternate: None });
        Some(key)
    }

    /// A type cast is a literal with its namespace, a function one without; both may be sent qualified.
    fn literal(&self, name: &str) -> Option<&Self> {
        let name = name.to_ascii_lowercase();
        if let Some(bare) = NAMESPACES.iter().find_map(|namespace| name.strip_prefix(namespace)) {
            let cast = format!("{}{bare}", NAMESPACES[0]);
            return self.literals.get(&cast).or_else(|| self.literals.get(bare));
        }
        self.literals.get(&name)
    }
}

impl<'a> Place<'a> {
    /// The route for this method with its keys; `Ok(None)` if there are routes here for other methods only.
    pub(crate) fn route(&self, method: &Method) -> Result<Option<(&'a Route, Vec<Key>)>> {
        if self.routes.is_empty() {
            return Err(unknown(&self.last));
        }
        let Some(placed) = self.routes.iter().find(|placed| placed.route.method() == method) else {
            return Ok(None);
        };
        let mut keys = Vec::with_capacity(placed.keys.len());
        for (template, found) in placed.keys.iter().zip(&self.keys) {
            keys.push(template.take(found).ok_or_else(|| unknown(&found.segment))?);
        }
        Ok(Some((&placed.route, keys)))
    }

    /// The methods that can be used here, as the `Allow` header lists them.
    pub(crate) fn methods(&self) -> String {
        let methods: Vec<&str> = self.routes.iter().map(|placed| placed.route.method().as_str()).collect();
        methods.join(", ")
    }
}

impl KeyTemplate {
    /// `name}` or `name:alternate,alternate}`.
    fn parse(template: &'static str) -> Option<Self> {
        let (name, alternates) = match template.strip_suffix('}')?.split_once(':') {
            Some((name, alternates)) => (name, alternates.split(',').collect()),
            None => (template.strip_suffix('}')?, Vec::new()),
        };
        let is_name = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_name(&name) && alternates.iter().all(is_name)).then_some(Self { name, alternates })
    }

    /// `id` names the ordinary key.
    fn take(&self, found: &FoundKey) -> Option<Key> {
        let alternate = match &found.alternate {
            Some(name) if !name.eq_ignore_ascii_case("id") => {
                Some(*self.alternates.iter().find(|own| own.eq_ignore_ascii_case(name))?)
            }
            _ => None,
        };
        Some(Key { name: self.name, value: found.value.clone(), alternate })
    }
}

enum Parentheses {
    None,
    Empty,
    Key { value: String, alternate: Option<String> },
}

/// `delta()`, `users('x')`, `users(x)`, `users(userPrincipalName='x')`. What does not end so has none.
fn split_parentheses(segment: &str) -> (&str, Parentheses) {
    let inside = segment.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let Some((name, inside)) = inside else { return (segment, Parentheses::None) };
    if inside.is_empty() {
        return (name, Parentheses::Empty);
    }
    let (alternate, value) = match inside.split_once('=') {
        Some((alternate, value)) if alternate.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            (Some(alternate.to_owned()), value)
        }
        _ => (None, inside),
    };
    match unquote(value) {
        Some(value) => (name, Parentheses::Key { value, alternate }),
        None => (segment, Parentheses::None),
    }
}

/// A quote inside quotes is doubled. A key without quotes, such as a GUID, is taken as it is.
fn unquote(value: &str) -> Option<String> {
    let Some(quoted) = value.strip_prefix('\'') else {
        return (!value.is_empty() && !value.contains('\'')).then(|| value.to_owned());
    };
    let inside = quoted.strip_suffix('\'')?;
    let is_closed_early = inside.replace("''", "").contains('\'');
    (!is_closed_early).then(|| inside.replace("''", "'"))
}

fn decode(encoded: &str) -> Result<String> {
    match percent_decode_str(encoded).decode_utf8() {
        Ok(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(Error::bad_request("The path is not valid UTF-8 text.")),
    }
}

fn unknown(segment: &str) -> Error {
    let short: String = segment.chars().take(128).collect();
    Error::bad_request(format!("Resource not found for the segment '{short}'."))
}

#[cfg(test)]
mod tests;
