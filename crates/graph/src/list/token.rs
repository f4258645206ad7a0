//! Where a page ended, as the client carries it: opaque, and authenticated with a key of the tenant, so that only
//! what this directory gave out for this very list comes back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Error, Result};
use store::{Keys, Value};
use uuid::Uuid;

/// The last row of a page: the key it is ordered by, if any, and its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub(crate) key: Option<Value>,
    pub(crate) id: Uuid,
    /// The first page was asked for with `ConsistencyLevel: eventual`, so the next need not be.
    pub(crate) is_advanced: bool,
}

const PURPOSE: &str = "graph page token";
const TAG: usize = 32;

impl Place {
    /// A place in a list that is ordered by a text and an id.
    pub fn new(text: &str, id: Uuid) -> Self {
        Self { key: Some(Value::Text(text.to_owned())), id, is_advanced: false }
    }

    pub fn text(&self) -> &str {
        if let Some(Value::Text(text)) = &self.key { text } else { "" }
    }

    pub fn id(&self) -> Uuid {
        self.id
    }

    /// `list` names what is listed: the token is good for nothing else.
    pub fn seal(&self, keys: &Keys, list: &str) -> String {
        let mut bytes = vec![u8::from(self.is_advanced)];
        bytes.extend_from_slice(self.id.as_bytes());
        match &self.key {
            Some(Value::Text(text)) => {
                bytes.push(b't');
                bytes.extend_from_slice(text.as_bytes());
            }
            Some(Value::Int(number)) => {
                bytes.push(b'i');
                bytes.extend_from_slice(&number.to_be_bytes());
            }
            _ => bytes.push(b'-'),
        }
        let tag = keys.mac(PURPOSE, &[list.as_bytes(), &bytes]);
        bytes.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub fn open(token: &str, keys: &Keys, list: &str) -> Result<Self> {
        let invalid = || {
            let message =
                "The specified page token value is not one this list gave out. Start with the first page.";
            Error::bad_request(message).code("Directory_InvalidPageToken")
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid())?;
        let (bytes, tag) =
            bytes.len().checked_sub(TAG).and_then(|at| bytes.split_at_checked(at)).ok_or_else(invalid)?;
        if !keys.verify(PURPOSE, &[list.as_bytes(), bytes], tag) {
            return Err(invalid());
        }
        let (head, key) = bytes.split_at_checked(17).ok_or_else(invalid)?;
        let (advanced, id) = head.split_first().ok_or_else(invalid)?;
        let key = match key.split_first() {
            Some((b't', text)) => Some(Value::Text(String::from_utf8(text.to_vec()).map_err(|_| invalid())?)),
            Some((b'i', number)) => {
                Some(Value::Int(i64::from_be_bytes(number.try_into().map_err(|_| invalid())?)))
            }
            _ => None,
        };
        Ok(Self { key, id: Uuid::from_slice(id).map_err(|_| invalid())?, is_advanced: *advanced == 1 })
    }
}
