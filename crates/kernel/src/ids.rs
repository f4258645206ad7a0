//! One type per kind of object, so that a group's id is never taken for a user's.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!(stringify!($name), "({})"), self.0) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { parse(text).map(Self) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )*};
}

typed_id! {
    /// A directory: the unit of isolation, locking and sharding.
    TenantId;
    /// Any directory object whose kind is not known yet.
    ObjectId;
    /// The object id of a user, guest or member.
    UserId;
    /// The object id of a group.
    GroupId;
    /// The object id of an application's service principal in a tenant.
    ApplicationId;
    /// An application's public client id (`appId`), the same in every tenant.
    AppId;
    /// An invitation.
    InvitationId;
    /// A browser session.
    SessionId;
    /// One audit event.
    AuditEventId;
    /// One row of the outbox; also the stable part of a mail's `Message-ID`.
    OutboxId;
    /// Ties answer, audit event and log line of one request together.
    CorrelationId;
}

impl From<UserId> for ObjectId {
    fn from(id: UserId) -> Self {
        Self(id.0)
    }
}
impl From<GroupId> for ObjectId {
    fn from(id: GroupId) -> Self {
        Self(id.0)
    }
}
impl From<ApplicationId> for ObjectId {
    fn from(id: ApplicationId) -> Self {
        Self(id.0)
    }
}

/// Only the 36-character form: what Graph prints is what Graph takes.
fn parse(text: &str) -> Result<Uuid, uuid::Error> {
    if text.len() == 36 { Uuid::try_parse(text) } else { Uuid::try_parse("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hyphenated_form_is_an_id() {
        assert!("3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse::<UserId>().is_ok());
        for text in ["", "3f0c5a5e58a44b7e9d0a8a3a1d3c2b10", "{3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10}", "x"] {
            assert!(text.parse::<UserId>().is_err(), "{text}");
        }
    }
}
