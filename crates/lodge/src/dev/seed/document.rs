//! A JSON document that knows where each of its values stands, so that an error can say: this pointer, this
//! line, this column.
//!
//! Values are slices of the text they were read from; `serde_json` does the reading and its position in the
//! text gives the place. The document is walked along the shape that is expected, so depth is bounded by
//! that shape.

use crate::nearest::nearest;
use kernel::Error;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::{cell::RefCell, fmt};

/// The text of a file and the name to call it by.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Document<'a> {
    /// Reads the whole text once, so that what is no JSON is told first.
    pub fn parse(name: &'a str, text: &'a str) -> Result<Value<'a>, Error> {
        let document = Self { name, text };
        if let Err(error) = serde_json::from_str::<Discarded>(text) {
            let path = RefCell::new(Vec::new());
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let _ = Walk { path: &path }.deserialize(&mut deserializer);
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
            let pointer: String = path.borrow().iter().flat_map(|step| ["/", step.as_str()]).collect();
            return Err(document.error(&pointer, error.line(), error.column(), message));
        }
        Ok(Value { document, raw: text.trim(), pointer: String::new() })
    }

    fn error(self, pointer: &str, line: usize, column: usize, message: &str) -> Error {
        let at = if pointer.is_empty() { String::new() } else { format!(", at {pointer}") };
        let stop = if message.ends_with('?') { "" } else { "." };
        let name = self.name;
        Error::bad_request(format!("{name}, line {line}, column {column}{at}: {message}{stop}"))
    }

    /// Line and column, both from 1 and the column in characters, of a slice of this text.
    fn place(self, slice: &str) -> (usize, usize) {
        let offset = slice.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        (line, column)
    }
}

/// One value of a document.
pub struct Value<'a> {
    document: Document<'a>,
    raw: &'a str,
    pointer: String,
}

impl<'a> Value<'a> {
    /// The error that `message` (a sentence without its full stop) makes here.
    pub fn wrong(&self, message: impl AsRef<str>) -> Error {
        let (line, column) = self.document.place(self.raw);
        self.document.error(&self.pointer, line, column, message.as_ref())
    }

    pub fn is_null(&self) -> bool {
        self.raw == "null"
    }

    pub fn text(&self) -> Result<String, Error> {
        serde_json::from_str(self.raw).map_err(|_| self.wrong(self.expected("a text")))
    }

    pub fn boolean(&self) -> Result<bool, Error> {
        serde_json::from_str(self.raw).map_err(|_| self.wrong(self.expected("true or false")))
    }

    pub fn list(&self) -> Result<Vec<Value<'a>>, Error> {
        let items: Vec<&'a RawValue> =
            serde_json::from_str(self.raw).map_err(|_| self.wrong(self.expected("a list")))?;
        let item = |(at, raw): (usize, &'a RawValue)| self.child(raw.get(), &at.to_string());
        Ok(items.into_iter().enumerate().map(item).collect())
    }

    /// The fields of an object: each of `known`, at most once. A field that is null counts as absent.
    pub fn object(&self, known: &'static [&'static str]) -> Result<Object<'a>, Error> {
        let Fields(fields) =
            serde_json::from_str(self.raw).map_err(|_| self.wrong(self.expected("an object")))?;
        let mut taken: Vec<(&'static str, Value<'a>)> = Vec::new();
        for (key, raw) in fields {
            let name: String = serde_json::from_str(key.get()).map_err(Error::internal)?;
            let at_key = self.child(key.get(), &name);
            let Some(field) = known.iter().copied().find(|field| *field == name) else {
                return Err(at_key.wrong(unknown("field", &name, known.iter().copied())));
            };
            if taken.iter().any(|(earlier, _)| *earlier == field) {
                return Err(at_key.wrong(format!("\"{field}\" is given twice")));
            }
            taken.push((field, self.child(raw.get(), field)));
        }
        taken.retain(|(_, value)| !value.is_null());
        let here = Value { document: self.document, raw: self.raw, pointer: self.pointer.clone() };
        Ok(Object { here, fields: taken })
    }

    fn child(&self, raw: &'a str, step: &str) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        Value { document: self.document, raw, pointer: format!("{}/{step}", self.pointer) }
    }

    fn expected(&self, what: &str) -> String {
        let found = match self.raw.bytes().next() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a text",
            Some(b't' | b'f') => "true or false",
            Some(b'n') => "null",
            _ => "a number",
        };
        format!("{what} is expected here, not {found}")
    }
}

/// An object whose fields are taken one by one.
pub struct Object<'a> {
    here: Value<'a>,
    fields: Vec<(&'static str, Value<'a>)>,
}

impl<'a> Object<'a> {
    pub fn find(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self.fields.iter().position(|(field, _)| *field == name)?;
        Some(self.fields.swap_remove(at).1)
    }

    pub fn get(&mut self, name: &str) -> Result<Value<'a>, Error> {
        self.find(name).ok_or_else(|| self.here.wrong(format!("\"{name}\" is missing")))
    }

    /// The items of a list that may be absent.
    pub fn list(&mut self, name: &str) -> Result<Vec<Value<'a>>, Error> {
        self.find(name).map_or(Ok(Vec::new()), |value| value.list())
    }
}

/// What is said about a word that is not known: itself, and the nearest that is.
pub fn unknown(kind: &str, word: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("there is no {kind} \"{word}\"; did you mean \"{near}\"?"),
        None => format!("there is no {kind} \"{word}\"; there are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The fields of an object in their order, duplicates and all.
struct Fields<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<&'de RawValue, &'de RawValue>()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// Reads a value of any shape and remembers the path to where reading stopped.
struct Walk<'p> {
    path: &'p RefCell<Vec<String>>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut at = 0_usize;
        loop {
            self.path.borrow_mut().push(at.to_string());
            let item = seq.next_element_seed(Walk { path: self.path })?;
            self.path.borrow_mut().pop();
            if item.is_none() {
                return Ok(());
            }
            at += 1;
        }
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.path.borrow_mut().push(name.replace('~', "~0").replace('/', "~1"));
            map.next_value_seed(Walk { path: self.path })?;
            self.path.borrow_mut().pop();
        }
        Ok(())
    }
}

/// A value that is read only to know that it can be.
struct Discarded;

impl<'de> Deserialize<'de> for Discarded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = RefCell::new(Vec::new());
        Walk { path: &path }.deserialize(deserializer).map(|()| Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, read: impl FnOnce(Value<'_>) -> Result<(), Error>) -> String {
        Document::parse("x.json", text).and_then(read).unwrap_err().message().to_owned()
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let text = "{\n  \"a\": [1, {\"b/c\": tru}]\n}";
        assert_eq!(message(text, |_| Ok(())), "x.json, line 2, column 23, at /a/1/b~1c: expected ident.");
        assert_eq!(message("", |_| Ok(())), "x.json, line 1, column 0: EOF while parsing a value.");
        assert!(message("{} x", |_| Ok(())).contains("line 1, column 4"));
        assert!(message(&"[".repeat(100_000), |_| Ok(())).contains("recursion limit exceeded"));
    }

    #[test]
    fn an_unknown_field_names_the_nearest() {
        let text = "{\n \"displayNam\": 1}";
        let read = |value: Value<'_>| value.object(&["displayName", "id"]).map(|_| ());
        assert_eq!(
            message(text, read),
            "x.json, line 2, column 2, at /displayNam: there is no field \"displayNam\"; did you mean \"displayName\"?"
        );
        assert!(message("{\"zzz\":1}", read).contains("there are: displayName, id"));
    }

    #[test]
    fn a_field_given_twice_is_refused_even_in_another_spelling() {
        let read = |value: Value<'_>| value.object(&["id"]).map(|_| ());
        assert!(
            message(r#"{"id":1, "\u0069d":2}"#, read).contains("column 10, at /id: \"id\" is given twice")
        );
    }

    #[test]
    fn a_wrong_type_says_what_is_expected() {
        let read = |value: Value<'_>| value.object(&["id"])?.get("id")?.text().map(|_| ());
        assert!(
            message("{\"id\": {}}", read)
                .contains("column 8, at /id: a text is expected here, not an object")
        );
        assert!(message("{\"id\": null}", read).contains("column 1: \"id\" is missing"));
        assert!(message("[]", read).contains("an object is expected here, not a list"));
    }
}
