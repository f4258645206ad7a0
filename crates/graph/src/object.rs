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

/// What becomes of a text that may be null.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TextChange {
    #[default]
    Keep,
    Clear,
    Set(String),
}

impl TextChange {
    /// The text that is set, if one is.
    pub fn text(self) -> Option<String> {
        if let Self::Set(text) = self { Some(text) } else { None }
    }

    pub fn apply(&self, target: &mut Option<String>) {
        match self {
            Self::Keep => {}
            Self::Clear => *target = None,
            Self::Set(text) => *target = Some(text.clone()),
        }
    }
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

    /// What a PATCH makes of a text. An empty text clears it as null does.
    pub fn take_change(&mut self, name: &str) -> Result<TextChange> {
        if !self.members.contains_key(name) {
            return Ok(TextChange::Keep);
        }
        let text = self.take_string(name)?.filter(|text| !text.is_empty());
        Ok(text.map_or(TextChange::Clear, TextChange::Set))
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

    /// Whatever is there.
    pub(crate) fn take_value(&mut self, name: &str) -> Option<Value> {
        self.take(name)
    }

    /// What is left, for an object whose members have no fixed names.
    pub(crate) fn into_members(self) -> Map<String, Value> {
        self.members
    }

    /// The member as it is: null is a value.
    pub(crate) fn take_member(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn object(text: &str) -> Object {
        Object::parse(text.as_bytes()).unwrap()
    }

    fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
        result.unwrap_err().message().to_owned()
    }

    #[test]
    fn members_are_taken_by_type_and_null_is_absent() {
        let mut body =
            object(r#"{"a":"x","b":false,"c":-3,"d":{"e":"y"},"f":["p","q"],"g":[{"h":true}],"i":null}"#);
        assert_eq!(body.take_string("a").unwrap().as_deref(), Some("x"));
        assert_eq!(body.take_bool("b").unwrap(), Some(false));
        assert_eq!(body.take_integer("c").unwrap(), Some(-3));
        let mut inner = body.take_object("d").unwrap().unwrap();
        assert_eq!(inner.take_string("e").unwrap().as_deref(), Some("y"));
        inner.finish().unwrap();
        assert_eq!(body.take_strings("f").unwrap(), Some(vec!["p".to_owned(), "q".to_owned()]));
        let mut rows = body.take_objects("g").unwrap().unwrap();
        assert_eq!(rows[0].take_bool("h").unwrap(), Some(true));
        assert_eq!(body.take_string("i").unwrap(), None);
        assert!(body.take_object("absent").unwrap().is_none());
        body.finish().unwrap();
    }

    #[test]
    fn a_change_keeps_clears_or_sets_a_text() {
        let mut body = object(r#"{"a":null,"b":"","c":"x","d":1}"#);
        assert_eq!(body.take_change("absent").unwrap(), TextChange::Keep);
        assert_eq!(body.take_change("a").unwrap(), TextChange::Clear);
        assert_eq!(body.take_change("b").unwrap(), TextChange::Clear);
        let mut target = Some("old".to_owned());
        body.take_change("c").unwrap().apply(&mut target);
        assert_eq!(target.as_deref(), Some("x"));
        TextChange::Clear.apply(&mut target);
        assert_eq!((target, body.take_change("d").is_err()), (None, true));
    }

    #[test]
    fn a_wrong_type_is_named_with_its_place() {
        let mut body =
            object(r#"{"a":1,"b":"true","c":1.5,"d":[],"e":{"f":[{"g":0}]},"h":["x",1],"i":"\u0000"}"#);
        let expect = |result, place: &str, expected: &str| {
            assert_eq!(
                result,
                format!("Invalid value specified for property '{place}': {expected} is expected.")
            );
        };
        expect(message(body.take_string("a")), "a", "a string");
        expect(message(body.take_bool("b")), "b", "true or false");
        expect(message(body.take_integer("c")), "c", "a whole number");
        expect(message(body.take_object("d")), "d", "an object");
        expect(message(body.take_strings("h")), "h", "an array of strings");
        let mut inner = body.take_object("e").unwrap().unwrap();
        let mut rows = inner.take_objects("f").unwrap().unwrap();
        expect(message(rows[0].take_string("g")), "e/f/0/g", "a string");
        assert!(body.take_string("i").is_err());
    }

    #[test]
    fn what_nobody_took_is_refused_but_for_annotations() {
        object(r##"{"@odata.type":"#microsoft.graph.user","a@odata.type":"x","@odata.context":null}"##)
            .finish()
            .unwrap();
        for name in ["foo", "DisplayName", "sponsors@odata.bind", "members@delta", "a@b"] {
            let body = object(&format!(r#"{{"{name}":null}}"#));
            assert_eq!(message(body.finish()), format!("Invalid property '{name}'."));
        }
        let inner = object(r#"{"a":{"b":1}}"#).take_object("a").unwrap().unwrap();
        assert_eq!(message(inner.finish()), "Invalid property 'a/b'.");
    }

    #[test]
    fn a_read_only_property_may_be_null_alone() {
        let mut body = object(r#"{"id":null,"status":"Completed"}"#);
        body.read_only(&["id", "absent"]).unwrap();
        assert_eq!(message(body.read_only(&["status"])), "Property 'status' is read-only and cannot be set.");
    }

    proptest! {
        #[test]
        fn no_body_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Object::parse(&bytes);
        }

        #[test]
        fn no_object_panics_when_taken_apart(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", ":", ",", "\"a\"", "\"@odata.x\"", "null", "1e999", "-0", "\\u0000", "\"é\"",
                ]),
                0..24,
            )
        ) {
            let text = format!("{{\"a\":{}}}", pieces.concat());
            let take: [fn(&mut Object); 5] = [
                |object| drop(object.take_string("a")),
                |object| drop(object.take_bool("a")),
                |object| drop(object.take_integer("a")),
                |object| drop(object.take_objects("a")),
                |object| drop(object.take_strings("a")),
            ];
            for take in take {
                if let Ok(mut object) = Object::parse(text.as_bytes()) {
                    take(&mut object);
                    let _ = object.finish();
                }
            }
        }
    }
}
