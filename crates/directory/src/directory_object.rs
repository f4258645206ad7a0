//! Directory objects: a user, a group or a service principal, when only the id is known.
//!
//! On the wire: `/directoryObjects/{id}`, `getByIds`, the questions of membership (`checkMemberGroups` and its kin),
//! and what is deleted and can be restored for 30 days at `/directory/deletedItems`.

mod graph;
mod questions;
#[cfg(test)]
mod tests;

pub use self::graph::module;

use crate::application::{self, Application};
use crate::audit_log::Target;
use crate::group::{self, Group};
use crate::user::{self, User};
use ::store::Read;
use kernel::{ApplicationId, Error, GroupId, Kind, ObjectId, Result, UserId};

pub use crate::group::membership::ObjectKind;

/// A living object of the directory.
#[derive(Clone, Debug)]
pub enum DirectoryObject {
    Group(Box<Group>),
    ServicePrincipal(Box<Application>),
    User(Box<User>),
}

impl DirectoryObject {
    pub fn kind(&self) -> ObjectKind {
        match self {
            Self::Group(_) => ObjectKind::Group,
            Self::ServicePrincipal(_) => ObjectKind::ServicePrincipal,
            Self::User(_) => ObjectKind::User,
        }
    }

    pub fn id(&self) -> ObjectId {
        match self {
            Self::Group(group) => group.id.into(),
            Self::ServicePrincipal(application) => application.id.into(),
            Self::User(user) => user.id.into(),
        }
    }

    pub fn target(&self) -> Target {
        match self {
            Self::Group(group) => group.target(),
            Self::ServicePrincipal(application) => application.target(),
            Self::User(user) => user.target(),
        }
    }
}

/// The living object with this id, whatever it is.
pub async fn find(read: &mut impl Read, id: ObjectId) -> Result<Option<DirectoryObject>> {
    if let Some(user) = user::find(read, UserId(id.0)).await? {
        return Ok(Some(DirectoryObject::User(Box::new(user))));
    }
    if let Some(group) = group::find(read, GroupId(id.0)).await? {
        return Ok(Some(DirectoryObject::Group(Box::new(group))));
    }
    let application = application::find(read, ApplicationId(id.0)).await?;
    Ok(application.map(|application| DirectoryObject::ServicePrincipal(Box::new(application))))
}

/// The same, or the error of Graph.
pub async fn get(read: &mut impl Read, id: ObjectId) -> Result<DirectoryObject> {
    find(read, id).await?.ok_or_else(|| not_found(id))
}

/// Graph's words for what is not there, or is another tenant's.
pub fn not_found(key: impl std::fmt::Display) -> Error {
    let message = format!(
        "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
    );
    Error::new(Kind::NotFound, message).code("Request_ResourceNotFound")
}
