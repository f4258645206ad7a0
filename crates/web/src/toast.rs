//! A short message about what was just done, shown once on the page that follows: "3 invitations sent again."
//!
//! It travels in a cookie that the next page takes away. It is never the only place of a reason.

use crate::Cookie;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Error, Result, SignedDuration};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longer ones would crowd out the other cookies.
const LONGEST: usize = 1500;
const LIVES: SignedDuration = SignedDuration::from_mins(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Done,
    Stop,
}

/// The key of a message and its values. Templates say it with `ui.toast`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toast {
    kind: Kind,
    key: String,
    #[serde(default)]
    values: BTreeMap<String, Said>,
}

/// A text, or a number that chooses the plural.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Said {
    Number(i64),
    Text(String),
}

impl Toast {
    pub(crate) const COOKIE: &'static str = "lodge_toast";

    pub fn done(key: &str) -> Self {
        Self { kind: Kind::Done, key: key.to_owned(), values: BTreeMap::new() }
    }

    /// Something was not done.
    pub fn stop(key: &str) -> Self {
        Self { kind: Kind::Stop, ..Self::done(key) }
    }

    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), Said::Text(value.into()));
        self
    }

    #[must_use]
    pub fn number(mut self, name: &str, value: i64) -> Self {
        self.values.insert(name.to_owned(), Said::Number(value));
        self
    }

    /// The cookie that shows it on the next page. One too long for a cookie is not sent: the page itself
    /// shows what was done.
    pub fn cookie(&self) -> Result<Option<Cookie>> {
        let json = serde_json::to_vec(self).map_err(Error::internal)?;
        let value = URL_SAFE_NO_PAD.encode(json);
        Ok((value.len() <= LONGEST).then(|| Cookie::new(Self::COOKIE, value).lasting(LIVES)))
    }

    pub(crate) fn read(cookie: &str) -> Option<Self> {
        if cookie.len() > LONGEST {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()
    }
}
