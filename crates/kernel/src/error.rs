//! The one error that crosses a boundary. It has two halves: what the caller is told, and what only the log
//! learns. Faces (Graph, OAuth, pages) render it in their own shape.

use crate::Refusal;
use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in terms every face can map to a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request itself is wrong: 400.
    BadRequest,
    /// No or no valid proof of who asks: 401.
    Unauthenticated,
    /// Known, but not allowed: 403.
    Forbidden,
    /// Not there, or not for this caller: 404.
    NotFound,
    /// The address exists, the method does not: 405.
    MethodNotAllowed,
    /// Something else holds the value: 409.
    Conflict,
    /// It was there and has ended: 410.
    Gone,
    /// More than the limit: 413.
    TooLarge,
    /// 414.
    UrlTooLong,
    /// A media type Lodge does not read: 415.
    UnsupportedMediaType,
    /// Slower: 429, with seconds to wait.
    TooManyRequests { retry_after: u32 },
    /// Lodge's own fault: 500. The message is fixed; the cause goes to the log.
    Internal,
    /// Cannot be done now, for example because the disk is full: 503.
    Unavailable,
}

/// One conflicting or offending value, as Graph's `details` carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    pub code: &'static str,
    pub message: String,
    pub target: String,
}

#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    code: Option<&'static str>,
    message: String,
    cause: Option<String>,
    details: Vec<Detail>,
    refusal: Option<Refusal>,
}

impl Error {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        let inner = Inner {
            kind,
            code: None,
            message: message.into(),
            cause: None,
            details: Vec::new(),
            refusal: None,
        };
        Self(Box::new(inner))
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Kind::BadRequest, message)
    }

    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, message)
    }

    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(Kind::Unauthenticated, message)
    }

    /// `what` is the kind of thing, such as `invitation`; the message does not tell whether it exists elsewhere.
    pub fn not_found(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("There is no such {what} here."))
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, message)
    }

    pub fn gone(message: impl Into<String>) -> Self {
        Self::new(Kind::Gone, message)
    }

    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unavailable, message)
    }

    /// `cause` is for the log alone.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(
            Kind::Internal,
            "Something went wrong on our side. Try again, or give the request id to your administrator.",
        )
        .because(cause)
    }

    /// The cause, for the log alone.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The code of the face's own catalogue, such as Graph's `Request_BadRequest`.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.0.code = Some(code);
        self
    }

    #[must_use]
    pub fn detail(
        mut self,
        code: &'static str,
        message: impl Into<String>,
        target: impl Into<String>,
    ) -> Self {
        self.0.details.push(Detail { code, message: message.into(), target: target.into() });
        self
    }

    /// Attaches the rule that refused. The refusal's sentence is the message unless one was given.
    #[must_use]
    pub fn refused(mut self, refusal: Refusal) -> Self {
        self.0.refusal = Some(refusal);
        self
    }

    pub fn kind(&self) -> Kind {
        self.0.kind
    }
    pub fn message(&self) -> &str {
        &self.0.message
    }
    pub fn graph_code(&self) -> Option<&'static str> {
        self.0.code
    }
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
    pub fn details(&self) -> &[Detail] {
        &self.0.details
    }
    pub fn refusal(&self) -> Option<&Refusal> {
        self.0.refusal.as_ref()
    }
    pub fn is_not_found(&self) -> bool {
        self.0.kind == Kind::NotFound
    }

    /// The HTTP status every face answers this kind with.
    pub fn status(&self) -> u16 {
        match self.0.kind {
            Kind::BadRequest => 400,
            Kind::Unauthenticated => 401,
            Kind::Forbidden => 403,
            Kind::NotFound => 404,
            Kind::MethodNotAllowed => 405,
            Kind::Conflict => 409,
            Kind::Gone => 410,
            Kind::TooLarge => 413,
            Kind::UrlTooLong => 414,
            Kind::UnsupportedMediaType => 415,
            Kind::TooManyRequests { .. } => 429,
            Kind::Internal => 500,
            Kind::Unavailable => 503,
        }
    }
}

/// A refusal that nobody mapped more closely is a 403 in the refusal's own words.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::forbidden(refusal.sentence.clone()).refused(refusal)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(cause) = &self.0.cause {
            write!(f, " ({cause})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)?;
        if let Some(refusal) = &self.0.refusal {
            write!(f, " [{}]", refusal.rule.0)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
