//! Objects of any kind on the wire, living and deleted.

use super::questions::{self, invalid_id, object_id};
use super::{DirectoryObject, ObjectKind, not_found};
use crate::access::{Sight, sight, unseen};
use crate::group::membership::pages::{DESCRIPTIONS, description, may_read};
use crate::group::{self, GROUP, GroupService};
use crate::user::{self, UserService, act};
use ::graph::list::{Item, Mixed};
use ::graph::{Access, Call, List, Reply, Route, Scope, list as lists, missing};
use kernel::{Error, GroupId, ObjectId, Result};
use module::{Module, Platform};
use odata::QueryOption;

const ANY: &[&str] = &[
    "User.ReadBasic.All",
    "Group.ReadBasic.All",
    "GroupMember.Read.All",
    "Application.Read.All",
    "Directory.Read.All",
];
const READ: Access = Access::Scoped { delegated: ANY, application: ANY };
const DELETE: Access = Access::Scoped {
    delegated: &[
        "User.ReadWrite.All",
        "User.DeleteRestore.All",
        "Group.ReadWrite.All",
        "Directory.ReadWrite.All",
    ],
    application: &[
        "User.ReadWrite.All",
        "User.DeleteRestore.All",
        "Group.ReadWrite.All",
        "Directory.ReadWrite.All",
    ],
};
const READ_DELETED: Access = Access::Scoped {
    delegated: &["User.Read.All", "Group.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Group.Read.All", "Directory.Read.All"],
};
const READ_DELETED_GROUPS: Access = Access::Scoped {
    delegated: &["Group.Read.All", "Directory.Read.All"],
    application: &["Group.Read.All", "Directory.Read.All"],
};
const WRITE_GROUPS: Access = Access::Scoped {
    delegated: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
};
const WRITE_USERS: Access = Access::Scoped {
    delegated: &["User.ReadWrite.All", "User.DeleteRestore.All"],
    application: &["User.ReadWrite.All", "User.DeleteRestore.All"],
};

const LISTED: &[QueryOption] = &[
    QueryOption::Filter,
    QueryOption::OrderBy,
    QueryOption::Top,
    QueryOption::SkipToken,
    QueryOption::Count,
];

const MOST_IDS: usize = 1000;

pub fn module(platform: &Platform) -> Module {
    Module { name: "directory::directory_object", routes: routes(platform), ..Module::default() }
}

fn routes(platform: &Platform) -> Vec<Route> {
    let services = Services {
        platform: platform.clone(),
        users: UserService::new(platform.clone()),
        groups: GroupService::new(platform.clone()),
    };
    let at = || services.clone();
    let (one, many, removing) = (at(), at(), at());
    let (deleted, restoring, purging, groups) = (at(), at(), at(), at());
    let mut routes = vec![
        Route::get("/directoryObjects/{object}", READ, move |call| get(one.clone(), call)),
        Route::delete("/directoryObjects/{object}", DELETE, move |call| delete(removing.clone(), call)),
        Route::post("/directoryObjects/getByIds", READ, move |call| get_by_ids(many.clone(), call))
            .costing(3),
        Route::get("/directory/deletedItems/microsoft.graph.group", READ_DELETED_GROUPS, move |call| {
            list_deleted_groups(groups.clone(), call)
        })
        .with_options(LISTED),
        Route::get("/directory/deletedItems/{object}", READ_DELETED, move |call| {
            get_deleted(deleted.clone(), call)
        }),
        Route::post("/directory/deletedItems/{object}/restore", DELETE, move |call| {
            restore(restoring.clone(), call)
        }),
        Route::delete("/directory/deletedItems/{object}", DELETE, move |call| purge(purging.clone(), call)),
    ];
    routes.extend(questions::routes(platform));
    routes
}

#[derive(Clone)]
struct Services {
    platform: Platform,
    users: UserService,
    groups: GroupService,
}

async fn get(services: Services, call: Call) -> Result<Reply> {
    let mixed = Mixed::new(&call, &DESCRIPTIONS)?;
    let mut read = services.platform.tenant(call.caller.tenant).snapshot().await?;
    let object = super::get(&mut read, object_id(&call)?).await?;
    let is_self = call.caller.user_id().is_some_and(|id| id.0 == object.id().0);
    if !is_self && sight(&mut read, &call.caller).await? == Sight::Itself {
        return Err(unseen("Restricted guests see no object but their own."));
    }
    if !is_self && !may_read(&call.caller, object.kind()) {
        return Err(insufficient(object.kind()));
    }
    let item = Item { entity: description(object.kind()), id: object.id().0, is_veiled: false };
    mixed.one(&mut read, item).await?.ok_or_else(|| not_found(object.id()))
}

async fn delete(services: Services, call: Call) -> Result<Reply> {
    let (tenant, id) = (call.caller.tenant, object_id(&call)?);
    let object = super::get(&mut services.platform.tenant(tenant).snapshot().await?, id).await?;
    match object {
        DirectoryObject::User(user) => {
            WRITE_USERS.demand(&call.caller)?;
            services.users.delete(tenant, act(&call), user::manage_facts(&call.caller), user.id).await?;
        }
        DirectoryObject::Group(group) => {
            WRITE_GROUPS.demand(&call.caller)?;
            services.groups.delete(tenant, act(&call), group::asker(&call), group.id).await?;
        }
        DirectoryObject::ServicePrincipal(_) => {
            let message = "Service principals cannot be deleted here yet.";
            return Err(Error::bad_request(message).code("Request_BadRequest"));
        }
    }
    Ok(Reply::no_content())
}

/// What is not there, or not of the types that were asked for, is left out.
async fn get_by_ids(services: Services, call: Call) -> Result<Reply> {
    let mixed = Mixed::new(&call, &DESCRIPTIONS)?;
    let mut body = call.object()?;
    let ids = body.take_strings("ids")?.ok_or_else(|| missing("ids"))?;
    let types = body.take_strings("types")?.unwrap_or_default();
    if ids.len() > MOST_IDS {
        return Err(body.invalid("ids", "at most 1000 ids are allowed"));
    }
    body.finish()?;
    let parsed: Vec<ObjectId> =
        ids.iter().map(|id| id.parse().map_err(|_| invalid_id(id))).collect::<Result<_>>()?;
    let is_wanted = |kind: ObjectKind| {
        types.is_empty()
            || types.iter().any(|name| {
                let bare = name.trim_start_matches('#').trim_start_matches("microsoft.graph.");
                bare.eq_ignore_ascii_case(kind.as_str()) || bare.eq_ignore_ascii_case("directoryObject")
            })
    };
    let tenant = services.platform.tenant(call.caller.tenant);
    if sight(&mut tenant.snapshot().await?, &call.caller).await? == Sight::Itself {
        return Err(unseen("Restricted guests see no object but their own."));
    }
    let kinds: Vec<(ObjectKind, bool)> = ObjectKind::ALL
        .into_iter()
        .filter(|kind| is_wanted(*kind))
        .map(|kind| (kind, may_read(&call.caller, kind)))
        .collect();
    // An id that is no object's of one kind is left out of what is read of it, so all can be asked for as each.
    let items = |(kind, _): &(ObjectKind, bool)| {
        let entity = description(*kind);
        parsed.iter().map(move |id| Item { entity, id: id.0, is_veiled: false }).collect::<Vec<_>>()
    };
    let readable: Vec<Item> = kinds.iter().filter(|(_, may)| *may).flat_map(items).collect();
    let read = |mut snapshot, (mixed, items): (Mixed, Vec<Item>)| async move {
        mixed.page(&mut snapshot, &items, None, None).await
    };
    tenant.scan((mixed, readable), read).await
}

async fn list_deleted_groups(services: Services, call: Call) -> Result<Reply> {
    let tenant = services.platform.tenant(call.caller.tenant);
    if sight(&mut tenant.snapshot().await?, &call.caller).await? != Sight::Everything {
        return Err(unseen("Guests may not list groups."));
    }
    lists::page(&call, &tenant, List::new(&GROUP).of_deleted()).await
}

async fn get_deleted(services: Services, call: Call) -> Result<Reply> {
    let id = deleted_id(&call)?;
    let mut read = services.platform.tenant(call.caller.tenant).snapshot().await?;
    if sight(&mut read, &call.caller).await? != Sight::Everything {
        return Err(unseen("Guests may not read deleted objects."));
    }
    let (kind, entity) = match group::find_deleted(&mut read, GroupId(id.0)).await? {
        Some(_) => (ObjectKind::Group, &GROUP),
        None => (ObjectKind::User, &user::USER),
    };
    if !may_read(&call.caller, kind) {
        return Err(insufficient(kind));
    }
    let found = lists::entity_of(&call, &mut read, entity, "directoryObjects", Scope::Deleted, id.0).await?;
    found.ok_or_else(|| not_found(id))
}

async fn restore(services: Services, call: Call) -> Result<Reply> {
    let (tenant, id) = (call.caller.tenant, deleted_id(&call)?);
    let store = services.platform.tenant(tenant);
    let is_group = group::find_deleted(&mut store.snapshot().await?, GroupId(id.0)).await?.is_some();
    let entity = if is_group { &GROUP } else { &user::USER };
    lists::check_select(&call, entity)?;
    if is_group {
        WRITE_GROUPS.demand(&call.caller)?;
        services.groups.restore(tenant, act(&call), group::asker(&call), GroupId(id.0)).await?;
    } else {
        WRITE_USERS.demand(&call.caller)?;
        let may = user::manage_facts(&call.caller);
        services.users.restore(tenant, act(&call), may, kernel::UserId(id.0)).await?;
    }
    let mut read = store.snapshot().await?;
    let found = lists::entity_of(&call, &mut read, entity, "directoryObjects", Scope::Living, id.0).await?;
    found.ok_or_else(|| not_found(id))
}

/// Ends a deleted object for good.
async fn purge(services: Services, call: Call) -> Result<Reply> {
    let (tenant, id) = (call.caller.tenant, deleted_id(&call)?);
    let mut read = services.platform.tenant(tenant).snapshot().await?;
    let is_group = group::find_deleted(&mut read, GroupId(id.0)).await?.is_some();
    drop(read);
    if is_group {
        WRITE_GROUPS.demand(&call.caller)?;
        services.groups.purge(tenant, act(&call), group::asker(&call), GroupId(id.0)).await?;
    } else {
        WRITE_USERS.demand(&call.caller)?;
        let may = user::manage_facts(&call.caller);
        services.users.purge(tenant, act(&call), may, kernel::UserId(id.0)).await?;
    }
    Ok(Reply::no_content())
}

fn deleted_id(call: &Call) -> Result<ObjectId> {
    let key = call.key("object");
    key.parse().map_err(|_| invalid_id(key))
}

fn insufficient(kind: ObjectKind) -> Error {
    let message = format!(
        "Insufficient privileges to complete the operation. The token may not read objects of the kind '{}'.",
        kind.as_str()
    );
    Error::forbidden(message).code("Authorization_RequestDenied")
}
