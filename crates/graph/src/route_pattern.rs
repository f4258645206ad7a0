//! The route under which a request was answered.

use std::borrow::Cow;

/// Such as `/users/{id}`: an extension of the response, by which request times are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePattern(pub Cow<'static, str>);
