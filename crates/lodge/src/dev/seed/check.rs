//! The checks of single values, and of what may stand only once in a seed.

use super::document::Value;
use kernel::{DomainName, Error};
use std::collections::HashSet;
use url::Url;
use uuid::Uuid;

/// What an earlier part of the seed has already used.
#[derive(Default)]
pub struct Taken {
    ids: HashSet<Uuid>,
    domains: HashSet<DomainName>,
    names: HashSet<String>,
}

impl Taken {
    pub fn id(&mut self, value: &Value<'_>, id: Uuid) -> Result<(), Error> {
        once(self.ids.insert(id), value, "id")
    }

    pub fn domain(&mut self, value: &Value<'_>, domain: &DomainName) -> Result<(), Error> {
        once(self.domains.insert(domain.clone()), value, "domain")
    }

    pub fn name(&mut self, value: &Value<'_>, key: &str) -> Result<(), Error> {
        once(self.names.insert(key.to_owned()), value, "user principal name")
    }
}

fn once(is_new: bool, value: &Value<'_>, what: &str) -> Result<(), Error> {
    if is_new { Ok(()) } else { Err(value.wrong(format!("this {what} is used further up"))) }
}

/// A text of 1 to `longest` characters without control characters.
pub fn bounded(value: &Value<'_>, longest: usize) -> Result<String, Error> {
    let text = value.text()?;
    let length = text.chars().count();
    if length == 0 || length > longest {
        return Err(value.wrong(format!("1 to {longest} characters are expected here, not {length}")));
    }
    if text.chars().any(char::is_control) {
        return Err(value.wrong("control characters are not taken here"));
    }
    Ok(text)
}

pub fn web_url(value: &Value<'_>) -> Result<String, Error> {
    let text = bounded(value, 2048)?;
    let url = Url::parse(&text).ok();
    let is_web = url.is_some_and(|url| matches!(url.scheme(), "https" | "http") && url.host().is_some());
    if is_web { Ok(text) } else { Err(value.wrong(format!("\"{text}\" is no http or https address"))) }
}

/// An absolute address without a fragment (RFC 6749 3.1.2). Applications on devices have schemes of their own.
pub fn redirect_uri(value: &Value<'_>) -> Result<String, Error> {
    let text = bounded(value, 2048)?;
    let refuse = |why: &str| Err(value.wrong(format!("\"{text}\" {why}")));
    let Ok(url) = Url::parse(&text) else { return refuse("is no absolute address") };
    match url.scheme() {
        _ if url.fragment().is_some() => refuse("has a fragment, which a redirect address must not have"),
        "http" if !is_loopback(&url) => refuse("must be https: http is for localhost alone"),
        "javascript" | "data" | "file" | "blob" | "vbscript" | "about" => {
            refuse("has a scheme nothing redirects to")
        }
        _ => Ok(text),
    }
}

fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

pub fn identifier_uri(value: &Value<'_>) -> Result<String, Error> {
    let text = bounded(value, 255)?;
    if Url::parse(&text).is_ok() { Ok(text) } else { Err(value.wrong(format!("\"{text}\" is no URI"))) }
}

/// A token of RFC 6749 3.3, such as `User.Read` or `offline_access`.
pub fn permission(value: &Value<'_>) -> Result<String, Error> {
    let text = bounded(value, 255)?;
    let is_token = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
    if is_token { Ok(text) } else { Err(value.wrong(format!("\"{text}\" is no name of a permission"))) }
}

/// The shape of a language tag; Lodge keeps the language a person prefers even where it does not speak it.
pub fn language_tag(value: &Value<'_>) -> Result<String, Error> {
    let text = bounded(value, 35)?;
    let is_tag = text
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_tag {
        Ok(text)
    } else {
        Err(value.wrong(format!("\"{text}\" is no language tag such as de or fr-CH")))
    }
}
