//! How much of other users a caller sees: everything, what anybody may know of a colleague, what the tenant lets its
//! guests know, or nothing.

use super::description::USER;
use crate::access::{Sight, sight, unseen};
use ::graph::{Call, EntityType};
use ::store::Read;
use kernel::{Error, Result, UserId};
use std::sync::LazyLock;

/// The same entity with less in it: what is not to be seen is null, and no filter asks about it.
static BASIC: LazyLock<EntityType> = LazyLock::new(|| {
    USER.veiled(&[
        "id",
        "displayName",
        "givenName",
        "surname",
        "mail",
        "userPrincipalName",
        "securityIdentifier",
    ])
});
static FOR_GUESTS: LazyLock<EntityType> =
    LazyLock::new(|| USER.veiled(&["id", "displayName", "mail", "userPrincipalName", "userType"]));

/// Users in a list. Guests see none, unless the tenant makes them like members or they hold a role.
pub async fn listed(read: &mut impl Read, call: &Call) -> Result<&'static EntityType> {
    match sight(read, &call.caller).await? {
        Sight::Everything => Ok(by_permission(call)),
        Sight::NoLists | Sight::Itself => Err(unseen("Guests may not list users.")),
    }
}

/// One user. The own is seen whole.
pub async fn single(read: &mut impl Read, call: &Call, user: UserId) -> Result<&'static EntityType> {
    if call.caller.user_id() == Some(user) {
        return Ok(&USER);
    }
    let all = ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"];
    if !call.caller.is_application() && !all.iter().any(|scope| call.caller.has_scope(scope)) {
        return Err(insufficient(
            "The token may read its own user only. Ask for the permission User.ReadBasic.All.",
        ));
    }
    match sight(read, &call.caller).await? {
        Sight::Everything => Ok(by_permission(call)),
        Sight::NoLists => Ok(&FOR_GUESTS),
        Sight::Itself => Err(unseen("Guests may not read other users here.")),
    }
}

fn by_permission(call: &Call) -> &'static EntityType {
    let whole = ["User.Read.All", "Directory.Read.All"];
    let sees_whole = whole.iter().any(|name| call.caller.has_scope(name) || call.caller.has_app_role(name));
    if sees_whole { &USER } else { &BASIC }
}

fn insufficient(reason: &str) -> Error {
    Error::forbidden(format!("Insufficient privileges to complete the operation. {reason}"))
        .code("Authorization_RequestDenied")
}
