//! Groups on the wire.

use super::membership;
use super::request;
use super::rules::Manager;
use super::service::{Asker, GroupService};
use super::{GROUP, Group, store};
use crate::access::{Sight, sight, unseen};
use crate::directory_object::not_found;
use crate::role::Role;
use crate::user::act;
use ::graph::{Access, Call, List, Reply, Route, Scope, list as lists};
use ::store::Read;
use kernel::{GroupId, Result};
use module::Platform;
use odata::{Comparison, Filter, QueryOption};

pub const READ: Access = Access::Scoped {
    delegated: &["GroupMember.Read.All", "Group.ReadBasic.All", "Directory.Read.All"],
    application: &["GroupMember.Read.All", "Group.ReadBasic.All", "Directory.Read.All"],
};
const WRITE: Access = Access::Scoped {
    delegated: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
};
const CREATE: Access = Access::Scoped {
    delegated: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
};
/// Changes may be of members alone; what else they hold is checked when it is known.
const CHANGE: Access = Access::Scoped {
    delegated: &["Group.ReadWrite.All", "Directory.ReadWrite.All", "GroupMember.ReadWrite.All"],
    application: &["Group.ReadWrite.All", "Directory.ReadWrite.All", "GroupMember.ReadWrite.All"],
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

/// Roles that manage every group.
const ADMINISTRATORS: [Role; 4] =
    [Role::GlobalAdministrator, Role::GroupsAdministrator, Role::UserAdministrator, Role::DirectoryWriters];

pub(super) fn routes(platform: &Platform, service: &GroupService) -> Vec<Route> {
    let at = |platform: &Platform| platform.clone();
    let (page, counted, one, shown) = (at(platform), at(platform), at(platform), at(platform));
    let (making, changing, removing) = (service.clone(), service.clone(), service.clone());
    let resolving = [platform.clone(), platform.clone()];
    let [for_change, for_removal] = resolving;
    vec![
        Route::get("/groups", READ, move |call| list(page.clone(), call)).with_options(LISTED),
        Route::get("/groups/$count", READ, move |call| count(counted.clone(), call)).with_options(COUNTED),
        Route::post("/groups", CREATE, move |call| create(shown.clone(), making.clone(), call)),
        Route::get("/groups/{group:uniqueName}", READ, move |call| get(one.clone(), call)),
        Route::patch("/groups/{group:uniqueName}", CHANGE, move |call| {
            update(for_change.clone(), changing.clone(), call)
        }),
        Route::delete("/groups/{group:uniqueName}", WRITE, move |call| {
            delete(for_removal.clone(), removing.clone(), call)
        }),
    ]
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    may_list(&mut tenant.snapshot().await?, &call).await?;
    lists::page(&call, &tenant, List::new(&GROUP)).await
}

async fn count(platform: Platform, call: Call) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    may_list(&mut tenant.snapshot().await?, &call).await?;
    lists::count(&call, &tenant, List::new(&GROUP)).await
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    if sight(&mut snapshot, &call.caller).await? == Sight::Itself {
        return Err(unseen("Restricted guests see nothing of groups but the ids of their own."));
    }
    let found = lists::entity(&call, &mut snapshot, &GROUP, Scope::Living, group.id.0).await?;
    found.ok_or_else(|| not_found(group.id))
}

async fn create(platform: Platform, service: GroupService, call: Call) -> Result<Reply> {
    lists::check_select(&call, &GROUP)?;
    let new = request::read_new(call.object()?)?;
    let group = service.create(call.caller.tenant, act(&call), asker(&call), new).await?;
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let location = call.link(&format!("/groups/{}", group.id));
    let reply = lists::created(&call, &mut snapshot, &GROUP, group.id.0, &location).await?;
    reply.ok_or_else(|| not_found(group.id))
}

async fn update(platform: Platform, service: GroupService, call: Call) -> Result<Reply> {
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    drop(snapshot);
    let changes = request::read_changes(call.object()?, &group)?;
    if !changes.is_of_members_alone() {
        WRITE.demand(&call.caller)?;
    }
    service.update(call.caller.tenant, act(&call), asker(&call), group.id, changes).await?;
    Ok(Reply::no_content())
}

async fn delete(platform: Platform, service: GroupService, call: Call) -> Result<Reply> {
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    drop(snapshot);
    service.delete(call.caller.tenant, act(&call), asker(&call), group.id).await?;
    Ok(Reply::no_content())
}

/// The living group that the path names by id or unique name.
pub(super) async fn resolve(read: &mut impl Read, call: &Call) -> Result<Group> {
    let key = call.key("group");
    let found = match (call.alternate_key("group"), key.parse::<GroupId>()) {
        (Some(_), _) => store::find_by_unique_name(read, key).await?,
        (None, Ok(id)) => store::find(read, id).await?,
        (None, Err(_)) => None,
    };
    found.ok_or_else(|| not_found(key))
}

/// Guests list no groups, but may look one up by its name or id.
async fn may_list(read: &mut impl Read, call: &Call) -> Result<()> {
    match sight(read, &call.caller).await? {
        Sight::Everything => Ok(()),
        Sight::NoLists if call.query().filter.as_ref().is_some_and(names_one) => Ok(()),
        Sight::NoLists | Sight::Itself => Err(unseen("Guests may not list groups.")),
    }
}

fn names_one(filter: &Filter) -> bool {
    let names = ["id", "displayName", "mail", "mailNickname"];
    matches!(filter, Filter::Compare { property, comparison: Comparison::Equal, .. }
        if names.iter().any(|name| property.as_str().eq_ignore_ascii_case(name)))
}

/// Fails if the caller may not know who is in a group.
pub(super) async fn may_see_members(read: &mut impl Read, call: &Call, group: &Group) -> Result<()> {
    if sight(read, &call.caller).await? == Sight::Itself {
        return Err(unseen("Restricted guests see nothing of groups but the ids of their own."));
    }
    if group.hides_members() && !sees_hidden(read, call, group).await? {
        return Err(unseen("The members of this group are seen by its members alone."));
    }
    Ok(())
}

/// Members, owners, administrators and whoever has the permission see who is in a group that hides it.
async fn sees_hidden(read: &mut impl Read, call: &Call, group: &Group) -> Result<bool> {
    let caller = &call.caller;
    if caller.has_app_role("Member.Read.Hidden") || caller.has_scope("Member.Read.Hidden") {
        return Ok(true);
    }
    if ADMINISTRATORS.iter().any(|role| caller.has_role(role.template_id())) {
        return Ok(true);
    }
    let Some(user) = caller.user_id() else { return Ok(false) };
    Ok(membership::is_member(read, group.id, user).await?
        || membership::is_owner(read, group.id, user).await?)
}

pub fn asker(call: &Call) -> Asker {
    let is_administrator = ADMINISTRATORS.iter().any(|role| call.caller.has_role(role.template_id()));
    let manager = if call.caller.is_application() {
        Manager::Application
    } else {
        Manager::Person { is_administrator }
    };
    Asker { manager, user: call.caller.user_id() }
}
