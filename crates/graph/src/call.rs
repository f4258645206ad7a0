//! One request as a handler sees it.

use crate::{Caller, Entity, Object, Shape};
use bytes::Bytes;
use kernel::{CorrelationId, Error, Origin, Result};
use odata::Query;
use serde::de::DeserializeOwned;
use std::net::IpAddr;
use std::sync::Arc;

/// `Call<()>` is a call that needs no token.
pub struct Call<C = Caller> {
    pub caller: C,
    /// Where the request came from.
    pub network: IpAddr,
    pub user_agent: Option<String>,
    /// What the client calls this request; the request id if it gave none.
    pub client_request_id: String,
    pub version: Version,
    /// Whether the header `ConsistencyLevel: eventual` was sent.
    pub is_eventual: bool,
    pub(crate) request_id: CorrelationId,
    pub(crate) keys: Vec<Key>,
    pub(crate) query: Query,
    pub(crate) body: Bytes,
    pub(crate) wire: Arc<Wire>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    V1,
    Beta,
    /// `/lodge/v1.0`: in the manner of Graph, what Graph lacks.
    Lodge,
}

/// A key in the path, under the name the route gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub name: &'static str,
    pub value: String,
    pub alternate: Option<&'static str>,
}

impl<C> Call<C> {
    /// The decoded key that the route's path names so; empty if the path has no such name.
    pub fn key(&self, name: &str) -> &str {
        self.keys.iter().find(|key| key.name == name).map_or("", |key| &key.value)
    }

    /// The alternate key the client named, such as `userPrincipalName` in `/users(userPrincipalName='…')`;
    /// one of those in the route's path.
    pub fn alternate_key(&self, name: &str) -> Option<&'static str> {
        self.keys.iter().find(|key| key.name == name)?.alternate
    }

    pub fn query(&self) -> &Query {
        &self.query
    }

    /// A parameter that is no query option, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.query.parameter(name)
    }

    /// The address of the next page of what this request asks for.
    pub fn next_link(&self, token: &str) -> String {
        self.wire.next_link(token)
    }

    /// Ties the answer, the audit event and the log line of this request together.
    pub fn request_id(&self) -> CorrelationId {
        self.request_id
    }

    pub fn origin(&self) -> &Origin {
        &self.wire.origin
    }

    /// The absolute address of something in this version of Graph; `path` starts with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.wire.root())
    }

    /// The entity as this request wants it. An unknown property in `$select` is an error, so this comes
    /// before anything is done.
    pub fn shape<T>(&self, entity: &Entity<T>) -> Result<Shape<T>> {
        entity.shape(&self.query, Arc::clone(&self.wire))
    }

    /// The body as a JSON object whose members are taken one by one; what is left at the end is an error.
    pub fn object(&self) -> Result<Object> {
        Object::parse(&self.body)
    }

    /// The body as a type of its own. It should deny unknown fields; [`Call::object`] tells more when
    /// something is wrong.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if self.body.trim_ascii().is_empty() {
            return Err(crate::object::empty());
        }
        serde_json::from_slice(&self.body).map_err(|error| {
            let message = format!("Unable to read JSON request payload: {error}.");
            Error::bad_request(message)
        })
    }

    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl Version {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
            Self::Lodge => "lodge/v1.0",
        }
    }
}

/// What answers to one request have in common.
pub(crate) struct Wire {
    pub origin: Arc<Origin>,
    pub epoch: i64,
    pub version: Version,
    /// The request's path with its version, still encoded.
    pub path: String,
    /// The request's parameters without the page token, still encoded.
    pub parameters: String,
    pub metadata: Metadata,
}

/// How much `@odata` the client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Metadata {
    Minimal,
    None,
}

impl Wire {
    /// Origin and version, without a slash at the end.
    pub(crate) fn root(&self) -> String {
        format!("{}/{}", self.origin, self.version.as_str())
    }

    pub(crate) fn writes_annotations(&self) -> bool {
        self.metadata == Metadata::Minimal
    }

    pub(crate) fn next_link(&self, token: &str) -> String {
        let path = if self.parameters.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.parameters)
        };
        let separator = if self.parameters.is_empty() { '?' } else { '&' };
        let token = crate::epoch::close(self.epoch, token);
        let token = percent_encoding::utf8_percent_encode(&token, percent_encoding::NON_ALPHANUMERIC);
        format!("{}{path}{separator}$skiptoken={token}", self.origin)
    }
}
