//! One thing that can be asked of Graph: method, path, who may ask, and the handler.

use crate::{Access, BoxFuture, Call, Reply};
use http::Method;
use kernel::Result;
use odata::QueryOption;

pub struct Route {
    method: Method,
    path: &'static str,
    options: &'static [QueryOption],
    cost: u32,
    is_beside_graph: bool,
    handler: Handler,
}

pub(crate) enum Handler {
    Anonymous(Box<dyn Fn(Call<()>) -> BoxFuture<'static, Result<Reply>> + Send + Sync>),
    Authenticated(Access, Box<dyn Fn(Call) -> BoxFuture<'static, Result<Reply>> + Send + Sync>),
}

impl Route {
    /// `path` such as `/users/{user}`; `{user:userPrincipalName}` also takes `/users(userPrincipalName='…')`,
    /// and several alternate keys are separated by commas. Functions are written without prefix and
    /// parentheses, type casts as `microsoft.graph.user`.
    pub fn get<H, F>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        Self::new(Method::GET, path, access, handler)
    }

    pub fn post<H, F>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        Self::new(Method::POST, path, access, handler)
    }

    pub fn patch<H, F>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        Self::new(Method::PATCH, path, access, handler)
    }

    pub fn put<H, F>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        Self::new(Method::PUT, path, access, handler)
    }

    pub fn delete<H, F>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        Self::new(Method::DELETE, path, access, handler)
    }

    /// A GET that needs no token: its calls have no caller.
    pub fn anonymous<H, F>(path: &'static str, handler: H) -> Self
    where
        H: Fn(Call<()>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        let handler = Handler::Anonymous(Box::new(move |call| Box::pin(handler(call))));
        Self { method: Method::GET, path, options: &[], cost: 1, is_beside_graph: false, handler }
    }

    fn new<H, F>(method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Fn(Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Reply>> + Send + 'static,
    {
        let handler = Handler::Authenticated(access, Box::new(move |call| Box::pin(handler(call))));
        Self { method, path, options: &[], cost: 1, is_beside_graph: false, handler }
    }

    /// The query options this route heeds besides `$select`. Any other is refused, since a client that
    /// filters must not be handed everything.
    #[must_use]
    pub fn with_options(mut self, options: &'static [QueryOption]) -> Self {
        self.options = options;
        self
    }

    /// Resource units of a call, where it is more than one.
    #[must_use]
    pub fn costing(mut self, units: u32) -> Self {
        self.cost = units;
        self
    }

    /// Lies below `/lodge/v1.0`, for what Graph lacks, instead of `/v1.0` and `/beta`.
    #[must_use]
    pub fn beside_graph(mut self) -> Self {
        self.is_beside_graph = true;
        self
    }

    pub(crate) fn is_beside_graph(&self) -> bool {
        self.is_beside_graph
    }

    pub fn method(&self) -> &Method {
        &self.method
    }

    pub fn path(&self) -> &'static str {
        self.path
    }

    /// `None` for a route that needs no token.
    pub fn access(&self) -> Option<Access> {
        match &self.handler {
            Handler::Anonymous(_) => None,
            Handler::Authenticated(access, _) => Some(*access),
        }
    }

    pub(crate) fn options(&self) -> &'static [QueryOption] {
        self.options
    }

    pub(crate) fn cost(&self) -> u32 {
        self.cost
    }

    pub(crate) fn handler(&self) -> &Handler {
        &self.handler
    }
}
