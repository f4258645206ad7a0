//! Users on the wire.

use super::service::{UserService, manage_facts, not_found};
use super::{USER, User, sight, store};
use ::graph::{Access, Call, EntityType, List, Reply, Route, Scope, list as lists};
use ::store::Read;
use kernel::{Act, Error, Result, UserId};
use module::Platform;
use odata::QueryOption;

const READ: Access = Access::Scoped {
    delegated: &["User.Read", "User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
    application: &["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
};
const LIST: Access = Access::Scoped {
    delegated: &["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
    application: &["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
};
const DELETE: Access = Access::Scoped {
    delegated: &["User.ReadWrite.All", "User.DeleteRestore.All"],
    application: &["User.ReadWrite.All", "User.DeleteRestore.All"],
};
const READ_DELETED: Access = Access::Scoped {
    delegated: &["User.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Directory.Read.All"],
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
    let deleted = at(platform);
    let removing = service;
    vec![
        Route::get("/users", LIST, move |call| list(page.clone(), call)).with_options(LISTED),
        Route::get("/users/$count", LIST, move |call| count(counted.clone(), call)).with_options(COUNTED),
        Route::get("/users/{user:userPrincipalName}", READ, move |call| get(one.clone(), call)),
        Route::delete("/users/{user:userPrincipalName}", DELETE, move |call| delete(removing.clone(), call)),
        Route::get("/directory/deletedItems/microsoft.graph.user", READ_DELETED, move |call| {
            list_deleted(deleted.clone(), call)
        })
        .with_options(LISTED),
        Route::get("/me", ME, move |call| get_me(me.clone(), call)),
    ]
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let entity = sight::listed(&mut tenant.snapshot().await?, &call).await?;
    lists::page(&call, &tenant, List::new(entity)).await
}

/// By the time of their deletion.
async fn list_deleted(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let entity = sight::listed(&mut tenant.snapshot().await?, &call).await?;
    lists::page(&call, &tenant, List::new(entity).of_deleted()).await
}

async fn count(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let entity = sight::listed(&mut tenant.snapshot().await?, &call).await?;
    lists::count(&call, &tenant, List::new(entity)).await
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let user = resolve(&mut snapshot, call.key("user")).await?;
    let entity = sight::single(&mut snapshot, &call, user.id).await?;
    shown(&call, &mut snapshot, entity, user.id).await
}

/// A living user as the request wants it.
async fn shown(call: &Call, read: &mut impl Read, entity: &'static EntityType, id: UserId) -> Result<Reply> {
    let found = lists::entity(call, read, entity, Scope::Living, id.0).await?;
    found.ok_or_else(|| not_found(&id.to_string()))
}

async fn get_me(platform: Platform, call: Call) -> Result<Reply> {
    let Some(id) = call.caller.user_id() else {
        return Err(Error::bad_request("/me request is only valid with delegated authentication flow.")
            .code("BadRequest"));
    };
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    shown(&call, &mut snapshot, &USER, id).await
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

/// The act of a Graph call, for the audit record.
pub fn act(call: &Call) -> Act {
    Act::new(call.caller.actor(), call.request_id()).from_network(call.network)
}
