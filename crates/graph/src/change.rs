//! What a POST or PATCH says about an entity that lies in a table, held against its description.

use crate::Object;
use crate::entity_type::{Change, ComplexType, EntityType, Field, Kind};
use kernel::{Error, Result, Timestamp};
use serde_json::{Map, Value};

/// The longest text in a collection.
const LONGEST_ELEMENT: usize = 254;

/// A property and its new value: of the type the property has, null if it is to have none.
#[derive(Clone, Debug)]
pub struct Changed {
    pub field: &'static Field,
    pub value: Value,
}

impl EntityType {
    /// Takes the members that are properties out of a body. What is left, and null for a property that nobody can set,
    /// is for the caller.
    pub fn changes(&'static self, body: &mut Object) -> Result<Vec<Changed>> {
        let mut changes = Vec::new();
        for field in self.fields {
            let Some(value) = body.take_member(field.name) else { continue };
            if field.change == Change::Never {
                if value.is_null() {
                    continue;
                }
                let message = format!("Property '{}' is read-only and cannot be set.", field.name);
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            }
            changes.push(Changed { field, value: self.checked(field, value)? });
        }
        Ok(changes)
    }

    /// The error for a value that makes no sense; `reason` says what would.
    pub fn invalid(&self, property: &str, reason: &str) -> Error {
        let resource = self.resource();
        let message =
            format!("Invalid value specified for property '{property}' of resource '{resource}'. {reason}");
        Error::bad_request(message).code("Request_BadRequest")
    }

    /// The error for a property that must have a value.
    pub fn missing(&self, property: &str) -> Error {
        let resource = self.resource();
        let message = format!("A value is required for property '{property}' of resource '{resource}'.");
        Error::bad_request(message).code("Request_BadRequest")
    }

    fn checked(&'static self, field: &'static Field, value: Value) -> Result<Value> {
        let (longest, is_needed) = match field.change {
            Change::Never => (0, false),
            Change::Within(longest) => (longest, false),
            Change::Needed(longest) => (longest, true),
        };
        let invalid = |reason: &str| self.invalid(field.name, reason);
        let value = match (field.kind, value) {
            // Some clients clear a text with an empty one.
            (Kind::Text | Kind::Address, Value::String(text)) if text.is_empty() => Value::Null,
            (Kind::Text | Kind::Address, Value::String(text)) => {
                if text.chars().count() > longest || text.contains('\0') {
                    return Err(invalid(&format!("It has at most {longest} characters.")));
                }
                Value::String(of_values(field, text).map_err(|reason| invalid(&reason))?)
            }
            (Kind::Boolean, Value::Bool(value)) => Value::Bool(value),
            (Kind::Time, Value::String(text)) => {
                let at: Timestamp =
                    text.parse().map_err(|_| invalid("It is a time such as 2026-01-31T09:10:11Z."))?;
                Value::String(format!("{at:.0}"))
            }
            (Kind::Texts | Kind::Addresses, Value::Null) => Value::Array(Vec::new()),
            (Kind::Texts | Kind::Addresses, Value::Array(elements)) => {
                let is_fine = |element: &Value| {
                    element.as_str().is_some_and(|text| {
                        !text.is_empty() && text.len() <= LONGEST_ELEMENT && !text.contains('\0')
                    })
                };
                if elements.len() > longest || !elements.iter().all(is_fine) {
                    return Err(invalid(&format!("It is an array of at most {longest} texts.")));
                }
                Value::Array(elements)
            }
            (Kind::Object(name), Value::Object(members)) => {
                let complex = self.complex.iter().find(|complex| complex.name == name);
                self.object(field, complex, members)?
            }
            (_, Value::Null) => Value::Null,
            (kind, _) => return Err(invalid(expected(kind))),
        };
        if is_needed && value.is_null() {
            return Err(self.missing(field.name));
        }
        Ok(value)
    }

    fn object(
        &self,
        field: &Field,
        complex: Option<&ComplexType>,
        members: Map<String, Value>,
    ) -> Result<Value> {
        for (name, value) in &members {
            let is_known = complex.is_some_and(|complex| complex.members.contains(&name.as_str()));
            if !is_known {
                let name: String = name.chars().take(64).collect();
                let message = format!("Invalid property '{}/{name}'.", field.name);
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            }
            let is_fine = value.is_null()
                || value.as_str().is_some_and(|text| text.chars().count() <= 1024 && !text.contains('\0'));
            if !is_fine {
                return Err(self
                    .invalid(&format!("{}/{name}", field.name), "It is a text of at most 1024 characters."));
            }
        }
        Ok(Value::Object(members))
    }
}

/// One of the values there are, in their own spelling; any text where there are no such values.
fn of_values(field: &Field, text: String) -> std::result::Result<String, String> {
    if field.values.is_empty() {
        return Ok(text);
    }
    let own = field.values.iter().find(|own| own.eq_ignore_ascii_case(&text));
    own.map(|own| (*own).to_owned()).ok_or_else(|| format!("It is one of {}.", field.values.join(", ")))
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "It is true or false.",
        Kind::Texts | Kind::Addresses | Kind::Objects(_) => "It is an array.",
        Kind::Object(_) => "It is an object.",
        Kind::Text | Kind::Address | Kind::Time | Kind::Id => "It is a text.",
    }
}
