//! Users on the wire.

use super::service::{UserService, manage_facts, not_found};
use super::{USER, User, store};
use crate::role::Role;
use ::graph::{Access, Call, List, Reply, Route, Scope, list as lists};
use ::store::Read;
use kernel::{Act, Error, Result, UserId};
use module::Platform;
use odata::QueryOption;

const READ: Access = Access::Scoped {
    delegated: &["User.Read", "User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Directory.Read.All"],
};
const LIST: Access = Access::Scoped {
    delegated: &["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Directory.Read.All"],
};
const DELETE: Access = Access::Scoped {
    delegated: &["User.ReadWrite.All", "User.DeleteRestore.All"],
    application: &["User.ReadWrite.All", "User.DeleteRestore.All"],
};
const ME: Access = Access::Scoped {
    delegated: &["User.Read", "User.ReadBasic.All", "Directory.Read.All"],
    application: &[],
};

const LISTED: &[QueryOption] = &[
    QueryOption::Filter,
    QueryOption::Search,
    QueryOption::OrderBy,
    QueryOption::Top,
    QueryOption::SkipToken,
    QueryOption::Count,
];
const COUNTED: &[QueryOption] = &[QueryOption::Filter, QueryOption::Search];

pub fn routes(platform: &Platform) -> Vec<Route> {
    let service = UserService::new(platform.clone());
    let at = |platform: &Platform| platform.clone();
    let (one, page, counted, me) = (at(platform), at(platform), at(platform), at(platform));
    let removing = service;
    vec![
        Route::get("/users", LIST, move |call| list(page.clone(), call)).with_options(LISTED),
        Route::get("/users/$count", LIST, move |call| count(counted.clone(), call)).with_options(COUNTED),
        Route::get("/users/{user:userPrincipalName}", READ, move |call| get(one.clone(), call)),
        Route::delete("/users/{user:userPrincipalName}", DELETE, move |call| delete(removing.clone(), call)),
        Route::get("/me", ME, move |call| get_me(me.clone(), call)),
    ]
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    refuse_guests(&mut tenant.snapshot().await?, &call).await?;
    lists::page(&call, &tenant, List::new(&USER)).await
}

async fn count(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    refuse_guests(&mut tenant.snapshot().await?, &call).await?;
    lists::count(&call, &tenant, List::new(&USER)).await
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let user = resolve(&mut snapshot, call.key("user")).await?;
    let is_self = call.caller.user_id() == Some(user.id);
    if !is_self {
        let may_read = call.caller.is_application()
            || ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"]
                .iter()
                .any(|scope| call.caller.has_scope(scope));
        if !may_read {
            return Err(insufficient(
                "The token may read its own user only. Ask for the permission User.ReadBasic.All.",
            ));
        }
        refuse_guests(&mut snapshot, &call).await?;
    }
    shown(&call, &mut snapshot, user.id).await
}

/// A living user as the request wants it.
async fn shown(call: &Call, read: &mut impl Read, id: UserId) -> Result<Reply> {
    let found = lists::entity(call, read, &USER, Scope::Living, id.0).await?;
    found.ok_or_else(|| not_found(&id.to_string()))
}

async fn get_me(platform: Platform, call: Call) -> Result<Reply> {
    let Some(id) = call.caller.user_id() else {
        return Err(Error::bad_request("/me request is only valid with delegated authentication flow.")
            .code("BadRequest"));
    };
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    shown(&call, &mut snapshot, id).await
}

async fn delete(service: UserService, call: Call) -> Result<Reply> {
    let mut snapshot = service.snapshot(call.caller.tenant).await?;
    let user = resolve(&mut snapshot, call.key("user")).await?;
    drop(snapshot);
    service.delete(call.caller.tenant, act(&call), manage_facts(&call.caller), user.id).await?;
    Ok(Reply::no_content())
}

/// A user by id or user principal name.
pub async fn resolve(read: &mut impl Read, key: &str) -> Result<User> {
    let found = match key.parse::<UserId>() {
        Ok(id) => store::find(read, id).await?,
        Err(_) => store::find_by_upn(read, key).await?,
    };
    found.ok_or_else(|| not_found(key))
}

/// A guest sees itself and, with a role that reads the directory, others.
pub(super) async fn refuse_guests(read: &mut impl Read, call: &Call) -> Result<()> {
    let Some(id) = call.caller.user_id() else { return Ok(()) };
    let user = store::find(read, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
    let readers =
        [Role::GlobalAdministrator, Role::GlobalReader, Role::DirectoryReaders, Role::UserAdministrator];
    if user.is_guest() && !readers.iter().any(|role| call.caller.has_role(role.template_id())) {
        return Err(insufficient(
            "Guests may not read other users. Ask an administrator for the role Directory Readers.",
        ));
    }
    Ok(())
}

fn insufficient(reason: &str) -> Error {
    Error::forbidden(format!("Insufficient privileges to complete the operation. {reason}"))
        .code("Authorization_RequestDenied")
}

/// The act of a Graph call, for the audit record.
pub fn act(call: &Call) -> Act {
    Act::new(call.caller.actor(), call.request_id()).from_network(call.network)
}
