//! A JSON object in a request, taken apart member by member, so that nothing in it is accepted and ignored.

use kernel::{Error, Result};
use serde_json::{Map, Value};

/// ```
/// # fn read() -> kernel::Result<()> {
/// let mut object = graph::Object::parse(br##"{"@odata.type":"#microsoft.graph.group","displayName":"Guests","id":null}"##)?;
/// let name = object.take_string("displayName")?.ok_or_else(|| graph::missing("displayName"))?;
/// object.read_only(&["id"])?;
/// object.finish()?; // a member that nobody took is an error
/// # assert_eq!(name, "Guests");
/// # Ok(())
/// # }
/// # read().unwrap();
/// ```
#[derive(Debug)]
#[must_use = "what is left in an object must be refused by `finish`"]
pub struct Object {
    /// Where the object lies in the body, such as `invitedUserMessageInfo/`; empty for the body itself.
    path: String,
    members: Map<String, Value>,
}

impl Object {
    pub fn parse(body: &[u8]) -> Result<Self> {
        if body.trim_ascii().is_empty() {
            return Err(empty());
        }
        // serde_json stops at a depth of 128.
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self { path: String::new(), members }),
            Ok(_) => Err(empty()),
            Err(error) => Err(unreadable().because(error)),
        }
    }

    /// `None` if the member is absent or null; so it is for all of these.
    pub fn take_string(&mut self, name: &str) -> Result<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => self.text(name, text).map(Some),
            Some(_) => Err(self.invalid(name, "a string is expected")),
        }
    }

    pub fn take_bool(&mut self, name: &str) -> Result<Option<bool>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(self.invalid(name, "true or false is expected")),
        }
    }

    pub fn take_integer(&mut self, name: &str) -> Result<Option<i64>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        value.as_i64().map(Some).ok_or_else(|| self.invalid(name, "a whole number is expected"))
    }

    pub fn take_object(&mut self, name: &str) -> Result<Option<Self>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        self.inner(name, value).map(Some)
    }

    pub fn take_array(&mut self, name: &str) -> Result<Option<Vec<Value>>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Array(values)) => Ok(Some(values)),
            Some(_) => Err(self.invalid(name, "an array is expected")),
        }
    }

    pub fn take_objects(&mut self, name: &str) -> Result<Option<Vec<Self>>> {
        let Some(values) = self.take_array(name)? else { return Ok(None) };
        let inner = |(at, value)| self.inner(&format!("{name}/{at}"), value);
        values.into_iter().enumerate().map(inner).collect::<Result<_>>().map(Some)
    }

    pub fn take_strings(&mut self, name: &str) -> Result<Option<Vec<String>>> {
        let Some(values) = self.take_array(name)? else { return Ok(None) };
        let text = |value| match value {
            Value::String(text) => self.text(name, text),
            _ => Err(self.invalid(name, "an array of strings is expected")),
        };
        values.into_iter().map(text).collect::<Result<_>>().map(Some)
    }

    /// These may be absent or null, since SDKs send back what they were given; a value is an error.
    pub fn read_only(&mut self, names: &[&str]) -> Result<()> {
        for name in names {
            if self.take(name).is_some() {
                let message = format!("Property '{}{name}' is read-only and cannot be set.", self.path);
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            }
        }
        Ok(())
    }

    /// Refuses what nobody took. Annotations mean nothing here, but for those that bind or change a relation.
    pub fn finish(self) -> Result<()> {
        let changes = |name: &str| name.ends_with("@odata.bind") || name.ends_with("@delta");
        let unknown = self.members.keys().find(|name| changes(name) || !is_annotation(name));
        let Some(name) = unknown else { return Ok(()) };
        let name: String = name.chars().take(128).collect();
        Err(Error::bad_request(format!("Invalid property '{}{name}'.", self.path)).code("Request_BadRequest"))
    }

    /// The error for a value of the right type that makes no sense; `expected` such as `a URL is expected`.
    pub fn invalid(&self, name: &str, expected: &str) -> Error {
        let message = format!("Invalid value specified for property '{}{name}': {expected}.", self.path);
        Error::bad_request(message).code("Request_BadRequest")
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| !value.is_null())
    }

    fn inner(&self, name: &str, value: Value) -> Result<Self> {
        match value {
            Value::Object(members) => Ok(Self { path: format!("{}{name}/", self.path), members }),
            _ => Err(self.invalid(name, "an object is expected")),
        }
    }

    /// No engine stores U+0000 in a text.
    fn text(&self, name: &str, text: String) -> Result<String> {
        if text.contains('\0') {
            return Err(self.invalid(name, "the character U+0000 is not allowed"));
        }
        Ok(text)
    }
}

fn is_annotation(name: &str) -> bool {
    name.starts_with('@') || name.contains("@odata.")
}

/// The error for a property that must have a value.
pub fn missing(name: &str) -> Error {
    Error::bad_request(format!("A value is required for property '{name}'.")).code("Request_BadRequest")
}

pub(crate) fn empty() -> Error {
    Error::bad_request("Empty Payload. JSON content expected.")
}

pub(crate) fn unreadable() -> Error {
    let message = "Unable to read JSON request payload. \
                   Please ensure Content-Type header is set and payload is of valid JSON format.";
    Error::bad_request(message)
}
