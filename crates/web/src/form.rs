//! Forms: `application/x-www-form-urlencoded` read with bounds, each field once, only UTF-8.
//!
//! [`GuardedForm`] is for our own pages: it also checks that the form came from one of them. [`Form`] is the
//! bare reader, for endpoints that strangers may post to (token requests, one-click unsubscribe, form_post).

use crate::{Cookies, Failure, PageContext, Pages, same_origin};
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header;
use http::request::Parts;
use kernel::{Error, Kind};
use percent_encoding::percent_decode_str;
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::fmt;

const LONGEST_BODY: usize = 64 * 1024;
const MOST_FIELDS: usize = 100;
/// The field every form of ours carries: `<input type="hidden" name="csrf" value="{{ page.csrf }}">`.
const TOKEN_FIELD: &str = "csrf";

/// The fields of a form, or the parameters of a query.
#[derive(Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`. Refuses a name given twice, more than 100 fields, more than 64 KiB, broken percent
    /// escapes, what is not UTF-8, and the null character.
    pub fn parse(text: &[u8]) -> kernel::Result<Self> {
        if text.len() > LONGEST_BODY {
            return Err(Error::new(Kind::TooLarge, "The form is too large: at most 64 KiB."));
        }
        let text = std::str::from_utf8(text).map_err(|error| {
            Error::bad_request("The request holds bytes that are not UTF-8.").because(error)
        })?;
        let mut fields: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            if fields.len() == MOST_FIELDS {
                return Err(Error::bad_request("The request has more than 100 fields."));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(Error::bad_request(format!("The field {name} is given more than once.")));
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All fields in the order they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes a field out.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// The fields as a typed value: texts, numbers, options, `true`/`false`/`on`, enums by name.
    pub fn read<T: DeserializeOwned>(self) -> kernel::Result<T> {
        let pairs = self.0.into_iter().map(|(name, value)| (name, Value(value)));
        T::deserialize(MapDeserializer::new(pairs)).map_err(|Unreadable(message)| Error::bad_request(message))
    }
}

/// The query of an address, read like a form. The parameters of the menus (`lang`, `theme`) are not part of it.
pub struct Query<T>(pub T);

/// `?a=1&b=2`, or nothing: the query of an address of ours.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let mut fields = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())?;
        for name in PageContext::MENU_PARAMETERS {
            fields.take(name);
        }
        Ok(Self(fields.read()?))
    }
}

/// A form posted by anybody.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        Ok(Self(read_body(request).await?.read()?))
    }
}

/// A form posted from one of our own pages, in the browser that was shown it.
pub struct GuardedForm<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for GuardedForm<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        Ok(Self(guarded(request).await?.read()?))
    }
}

/// The fields of a form posted from one of our own pages, as they came.
pub struct GuardedFields(pub Fields);

impl<S: Send + Sync> FromRequest<S> for GuardedFields {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        Ok(Self(guarded(request).await?))
    }
}

async fn guarded(request: Request) -> kernel::Result<Fields> {
    let pages = Pages::of(request.extensions())?;
    same_origin(request.headers(), pages.origin())?;
    let cookies = Cookies::of(request.headers(), pages.origin());
    let mut fields = read_body(request).await?;
    let token = fields.take(TOKEN_FIELD);
    pages.csrf().check(cookies.get(PageContext::BROWSER_COOKIE), token.as_deref())?;
    Ok(fields)
}

async fn read_body(request: Request) -> kernel::Result<Fields> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Error::new(
            Kind::UnsupportedMediaType,
            "Send the form as application/x-www-form-urlencoded.",
        ));
    }
    let body = axum::body::to_bytes(request.into_body(), LONGEST_BODY).await.map_err(|error| {
        Error::new(Kind::TooLarge, "The form is incomplete or larger than 64 KiB.").because(error)
    })?;
    Fields::parse(&body)
}

fn decode(text: &str) -> kernel::Result<String> {
    let broken = || Error::bad_request("The request holds a percent sign that escapes nothing.");
    let spaced = text.replace('+', " ");
    for (at, _) in spaced.match_indices('%') {
        let digits = spaced.get(at + 1..at + 3).ok_or_else(broken)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(broken());
        }
    }
    let decoded = percent_decode_str(&spaced)
        .decode_utf8()
        .map_err(|error| Error::bad_request("The request holds bytes that are not UTF-8.").because(error))?;
    if decoded.contains('\0') {
        return Err(Error::bad_request("The request holds a null character."));
    }
    Ok(decoded.into_owned())
}

/// Why the fields are not the type asked for, as a sentence.
#[derive(Debug)]
struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("The request cannot be read: {message}."))
    }
}

/// One value, read as whatever the field's type asks for.
struct Value(String);

macro_rules! parsed {
    ($($method:ident $visit:ident $kind:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self.0.parse::<$kind>() {
                Ok(number) => visitor.$visit(number),
                Err(_) => Err(serde::de::Error::custom("a field that takes a whole number holds something else")),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(IntoDeserializer::<Unreadable>::into_deserializer(self.0))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0.as_str() {
            "true" | "on" => visitor.visit_bool(true),
            "false" | "off" | "" => visitor.visit_bool(false),
            _ => Err(serde::de::Error::custom("a field that takes true or false holds something else")),
        }
    }

    parsed! {
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Unreadable> for Value {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Answer {
        Accept,
        Decline,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        answer: Answer,
        tries: Option<u32>,
        agreed: Option<bool>,
    }

    fn read(text: &str) -> kernel::Result<Sample> {
        Fields::parse(text.as_bytes())?.read()
    }

    #[test]
    fn a_form_becomes_a_typed_value() {
        let sample = read("name=J%C3%BCrgen+M%2B&answer=accept&tries=3&agreed=on").unwrap();
        let expected =
            Sample { name: "Jürgen M+".into(), answer: Answer::Accept, tries: Some(3), agreed: Some(true) };
        assert_eq!(sample, expected);
        assert_eq!(read("name=&answer=decline").unwrap().tries, None);
    }

    #[test]
    fn what_a_form_must_not_hold_is_refused_with_a_sentence() {
        let refused = |text: &str| read(text).unwrap_err().message().to_owned();
        assert_eq!(refused("name=a&name=b"), "The field name is given more than once.");
        assert_eq!(refused("name=a&n%61me=b"), "The field name is given more than once.");
        assert_eq!(refused("name=%F"), "The request holds a percent sign that escapes nothing.");
        assert_eq!(refused("name=%zz"), "The request holds a percent sign that escapes nothing.");
        assert_eq!(refused("name=%FF"), "The request holds bytes that are not UTF-8.");
        assert_eq!(refused("name=%00"), "The request holds a null character.");
        assert_eq!(refused("answer=accept"), "The request cannot be read: missing field `name`.");
        assert!(refused("name=a&answer=maybe").contains("unknown variant"));
        assert!(refused("name=a&answer=accept&tries=many").contains("whole number"));
        assert!(refused("name=a&answer=accept&extra=1").contains("unknown field"));
        let many = (0..101).map(|n| format!("f{n}=")).collect::<Vec<_>>().join("&");
        assert_eq!(refused(&many), "The request has more than 100 fields.");
        let long = format!("name={}", "x".repeat(LONGEST_BODY));
        assert_eq!(Fields::parse(long.as_bytes()).err().unwrap().kind(), Kind::TooLarge);
    }

    proptest! {
        #[test]
        fn no_body_makes_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
            if let Ok(fields) = Fields::parse(&bytes) {
                let _ = fields.read::<Sample>();
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "[a-c%&=+0-9\u{0}é]{0,64}") {
            let _ = Fields::parse(text.as_bytes());
        }

        #[test]
        fn what_a_browser_encodes_is_read_back(value in "[^\u{0}]{0,64}") {
            let text = format!("name={}", percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC));
            let fields = Fields::parse(text.as_bytes()).unwrap();
            prop_assert_eq!(fields.get("name"), Some(value.as_str()));
        }
    }
}
