//! What an entity looks like on the wire: its properties, which of them are written by default, and how the
//! ones that a request selected are written.

use crate::json::write_text;
use crate::{Json, call::Wire};
use kernel::{Error, Result};
use odata::Query;
use std::sync::Arc;

/// The description of an entity held in memory as `T`.
pub struct Entity<T: 'static> {
    type_name: &'static str,
    set: &'static str,
    properties: &'static [Property<T>],
    writes_type: bool,
}

pub struct Property<T: 'static> {
    name: &'static str,
    presence: Presence,
    write: for<'a> fn(&'a T) -> Json<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Default,
    Selectable,
    Annotation,
}

impl<T> Property<T> {
    /// Written unless `$select` names others.
    pub const fn default(name: &'static str, write: for<'a> fn(&'a T) -> Json<'a>) -> Self {
        Self { name, presence: Presence::Default, write }
    }

    /// Written only when `$select` names it.
    pub const fn selectable(name: &'static str, write: for<'a> fn(&'a T) -> Json<'a>) -> Self {
        Self { name, presence: Presence::Selectable, write }
    }

    /// Something about the entity, such as `@lodge.notice`: written whatever is selected, unless it is
    /// [`Json::Absent`].
    pub const fn annotation(name: &'static str, write: for<'a> fn(&'a T) -> Json<'a>) -> Self {
        Self { name, presence: Presence::Annotation, write }
    }
}

impl<T> Entity<T> {
    /// `type_name` such as `microsoft.graph.user`, `set` as `@odata.context` names it, such as `users`.
    pub const fn new(type_name: &'static str, set: &'static str, properties: &'static [Property<T>]) -> Self {
        Self { type_name, set, properties, writes_type: false }
    }

    /// The same entity as an element of a set of a more general type, such as `directoryObjects`: each then
    /// carries its `@odata.type`.
    #[must_use]
    pub const fn within(&self, set: &'static str) -> Self {
        Self { type_name: self.type_name, set, properties: self.properties, writes_type: true }
    }

    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// Whether a property of this name (compared without case) exists.
    pub fn has_property(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&'static Property<T>> {
        self.properties.iter().find(|property| {
            property.presence != Presence::Annotation && property.name.eq_ignore_ascii_case(name)
        })
    }

    pub(crate) fn shape(&self, query: &Query, wire: Arc<Wire>) -> Result<Shape<T>> {
        let mut chosen: Vec<&'static Property<T>> = Vec::new();
        let mut selected = String::new();
        let takes_defaults = query.select.is_empty() || query.select.iter().any(|path| path.as_str() == "*");
        if takes_defaults {
            chosen.extend(self.properties.iter().filter(|property| property.presence == Presence::Default));
        }
        for path in &query.select {
            let name = path.as_str();
            if name != "*" {
                let property = self.find(path.property()).ok_or_else(|| self.unknown(path.property()))?;
                if !chosen.iter().any(|other| other.name == property.name) {
                    chosen.push(property);
                }
            }
            selected.push(if selected.is_empty() { '(' } else { ',' });
            selected.push_str(name);
        }
        if !selected.is_empty() {
            selected.push(')');
        }
        chosen.extend(self.properties.iter().filter(|property| property.presence == Presence::Annotation));
        let context = format!("{}/$metadata#{}{selected}", wire.root(), self.set);
        let type_name = self.writes_type.then_some(self.type_name);
        Ok(Shape { chosen, context, type_name, wire, count: None })
    }

    fn unknown(&self, name: &str) -> Error {
        let message = format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{}'.",
            self.type_name
        );
        Error::bad_request(message)
    }
}

/// An entity as one request wants it: made by [`crate::Call::shape`].
pub struct Shape<T: 'static> {
    chosen: Vec<&'static Property<T>>,
    context: String,
    type_name: Option<&'static str>,
    wire: Arc<Wire>,
    count: Option<u64>,
}

impl<T> Shape<T> {
    /// Adds `@odata.count` to a page.
    #[must_use]
    pub fn counting(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Whether this property will be written: what need not be loaded is asked here.
    pub fn has(&self, name: &str) -> bool {
        self.chosen.iter().any(|property| property.name == name)
    }

    pub(crate) fn wire(&self) -> &Wire {
        &self.wire
    }

    pub(crate) fn entity(&self, entity: &T) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        out.push(b'{');
        if self.wire.writes_annotations() {
            out.extend_from_slice(b"\"@odata.context\":");
            write_text(&mut out, &format!("{}/$entity", self.context));
        }
        self.members(&mut out, entity);
        out.push(b'}');
        out
    }

    pub(crate) fn page<'a>(&self, rows: impl IntoIterator<Item = &'a T>, next: Option<&str>) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 * 1024);
        out.push(b'{');
        if self.wire.writes_annotations() {
            out.extend_from_slice(b"\"@odata.context\":");
            write_text(&mut out, &self.context);
            out.push(b',');
        }
        if let Some(count) = self.count {
            out.extend_from_slice(format!("\"@odata.count\":{count},").as_bytes());
        }
        if let Some(token) = next {
            out.extend_from_slice(b"\"@odata.nextLink\":");
            write_text(&mut out, &self.wire.next_link(token));
            out.push(b',');
        }
        out.extend_from_slice(b"\"value\":[");
        for (at, row) in rows.into_iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.push(b'{');
            self.members(&mut out, row);
            out.push(b'}');
        }
        out.extend_from_slice(b"]}");
        out
    }

    /// A member's comma depends on what stands before it, since annotations may be absent.
    fn members(&self, out: &mut Vec<u8>, entity: &T) {
        let separate = |out: &mut Vec<u8>| {
            if out.last() != Some(&b'{') {
                out.push(b',');
            }
        };
        if let Some(name) = self.type_name
            && self.wire.writes_annotations()
        {
            separate(out);
            out.extend_from_slice(format!("\"@odata.type\":\"#{name}\"").as_bytes());
        }
        for property in &self.chosen {
            let value = (property.write)(entity);
            if value == Json::Absent {
                continue;
            }
            separate(out);
            write_text(out, property.name);
            out.push(b':');
            value.write(out);
        }
    }
}
