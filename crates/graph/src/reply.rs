//! What a handler answers with.

use crate::Shape;
use crate::call::{Metadata, Wire};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use kernel::{Error, Result};
use serde::Serialize;

const MINIMAL: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const NONE: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);

/// Status, headers and body; the router adds what all answers carry.
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Reply {
    /// 200 with one entity.
    pub fn entity<T>(shape: &Shape<T>, entity: &T) -> Self {
        Self::written(StatusCode::OK, shape.wire(), shape.entity(entity))
    }

    /// 200 with a page of entities; `next_token` is what `$skiptoken` of the next page will be, if there may
    /// be more.
    pub fn page<'a, T>(
        shape: &Shape<T>,
        rows: impl IntoIterator<Item = &'a T>,
        next_token: Option<&str>,
    ) -> Self {
        Self::written(StatusCode::OK, shape.wire(), shape.page(rows, next_token))
    }

    /// 201 with the entity that now exists at `location`, an absolute address (see [`crate::Call::link`]).
    pub fn created<T>(shape: &Shape<T>, entity: &T, location: &str) -> Self {
        Self::written(StatusCode::CREATED, shape.wire(), shape.entity(entity)).with_header(LOCATION, location)
    }

    /// 204.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), body: Bytes::new() }
    }

    /// Any JSON with any status.
    pub fn json(status: u16, body: &impl Serialize) -> Result<Self> {
        let status = StatusCode::from_u16(status).map_err(Error::internal)?;
        let body = serde_json::to_vec(body).map_err(Error::internal)?;
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, MINIMAL)]);
        Ok(Self { status, headers, body: body.into() })
    }

    /// 200 with JSON that is written already.
    pub(crate) fn json_text(body: Vec<u8>) -> Self {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        Self { status: StatusCode::OK, headers, body: body.into() }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(self.status);
        self
    }

    /// Adds a header; a value that no header may carry is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    #[must_use]
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// 200 with plain text, such as `/$count` has.
    pub fn text(text: &str) -> Self {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/plain"))]);
        Self { status: StatusCode::OK, headers, body: Bytes::copy_from_slice(text.as_bytes()) }
    }

    /// 200 with a document in XML.
    pub fn xml(document: &str) -> Self {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/xml"))]);
        Self { status: StatusCode::OK, headers, body: Bytes::copy_from_slice(document.as_bytes()) }
    }

    pub(crate) fn written(status: StatusCode, wire: &Wire, body: Vec<u8>) -> Self {
        let content_type = match wire.metadata {
            Metadata::Minimal => MINIMAL,
            Metadata::None => NONE,
        };
        Self { status, headers: HeaderMap::from_iter([(CONTENT_TYPE, content_type)]), body: body.into() }
    }

    pub(crate) fn into_response<B: From<Bytes>>(self) -> Response<B> {
        let mut response = Response::new(B::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
