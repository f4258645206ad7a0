//! How much of the directory a caller sees: everything, or what the tenant lets its guests see.

use super::{GuestAccess, policy};
use crate::role::Role;
use crate::user;
use ::store::Read;
use graph::Caller;
use kernel::{Error, Refusal, Result, RuleId};

pub const READ_RULE: RuleId = RuleId("directory.read");

pub const RULES: &[module::Rule] = &[module::Rule {
    id: READ_RULE,
    explanation: "Guests see no lists of the directory, and restricted guests see nothing but themselves and the ids of their groups. Hidden members of a group are seen by its members.",
    remedy: "Ask an administrator for the role Directory Readers, or to raise the guests' level of access.",
    setting: Some("guestUserRoleId"),
}];

/// What a caller sees, besides what token and relation to an object add or take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// Single objects, but no lists.
    NoLists,
    /// Itself, and the ids of its groups.
    Itself,
}

/// A role adds its rights at any level.
const READERS: [Role; 9] = [
    Role::GlobalAdministrator,
    Role::GlobalReader,
    Role::UserAdministrator,
    Role::GroupsAdministrator,
    Role::DirectoryReaders,
    Role::DirectoryWriters,
    Role::PrivilegedRoleAdministrator,
    Role::SecurityAdministrator,
    Role::SecurityReader,
];

/// What the caller sees as of now.
pub async fn sight(read: &mut impl Read, caller: &Caller) -> Result<Sight> {
    let Some(id) = caller.user_id() else { return Ok(Sight::Everything) };
    if READERS.iter().any(|role| caller.has_role(role.template_id())) {
        return Ok(Sight::Everything);
    }
    let is_guest = user::find(read, id).await?.is_none_or(|user| user.is_guest());
    if !is_guest {
        return Ok(Sight::Everything);
    }
    Ok(match policy(read).await?.guest_access {
        GuestAccess::SameAsMembers => Sight::Everything,
        GuestAccess::Limited => Sight::NoLists,
        GuestAccess::Restricted => Sight::Itself,
    })
}

/// The refusal of what a guest does not see.
pub fn unseen(what: &str) -> Error {
    let sentence = format!("Insufficient privileges to complete the operation. {what}");
    let remedy =
        "Ask an administrator for the role Directory Readers, or to raise the guests' level of access.";
    let refusal = Refusal::new(READ_RULE, sentence, remedy).changed_by("Privileged Role Administrator");
    Error::from(refusal).code("Authorization_RequestDenied")
}
