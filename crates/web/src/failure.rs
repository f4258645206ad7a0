//! The way a handler's error becomes a page: `?` wraps it, [`crate::Pages::attach`] renders it.

use crate::PageContext;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::Error;

pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// An error on its way to the reader.
#[derive(Clone)]
pub struct Failure {
    pub(crate) error: Error,
    pub(crate) page: Option<Box<PageContext>>,
}

impl Failure {
    /// Shows the error on this page, so that it carries the organization's name.
    pub fn on(page: PageContext, error: Error) -> Self {
        Self { error, page: Some(Box::new(page)) }
    }
}

impl Failure {
    /// Puts the failure of this answer, if it is one, on a page of its own house where it has none yet.
    pub fn house(response: &mut Response, page: &PageContext) {
        if let Some(failure) = response.extensions_mut().get_mut::<Self>() {
            failure.page.get_or_insert_with(|| Box::new(page.clone()));
        }
    }

    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, page: None }
    }
}

/// Carries the failure to the layer that knows the templates; alone it is the bare sentence.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, self.error.message().to_owned()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
