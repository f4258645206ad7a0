//! Members and owners of groups on the wire, and what somebody is in or owns.

use super::pages::{self, Links, Whose};
use super::{ObjectKind, Relation};
use crate::directory_object::{self, not_found};
use crate::group::graph::{asker, resolve};
use crate::group::request::{reference, referenced};
use crate::group::service::GroupService;
use crate::user::act;
use ::graph::{Access, Call, Reply, Route};
use kernel::{Error, Result};
use module::Platform;
use odata::QueryOption;

const READ_MEMBERS: Access = Access::Scoped {
    delegated: &["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
    application: &["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
};
const WRITE_MEMBERS: Access = Access::Scoped {
    delegated: &["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
};
const WRITE_OWNERS: Access = Access::Scoped {
    delegated: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
};
/// A user's own are open to `User.Read`; whose they are is checked when it is known.
const READ_OWN: Access = Access::Scoped {
    delegated: &["User.Read", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
    application: &["GroupMember.Read.All", "Group.Read.All", "User.Read.All", "Directory.Read.All"],
};
const READ_MINE: Access = Access::Scoped {
    delegated: &["User.Read", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
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

/// Path, its count, how the elements are linked, whether through nested groups, and the cast.
type LinksRow = (&'static str, &'static str, Relation, bool, Option<ObjectKind>);

macro_rules! links {
    ($base:literal, $relation:expr, $nested:literal) => {
        [
            (concat!($base), concat!($base, "/$count"), $relation, $nested, None),
            (
                concat!($base, "/microsoft.graph.user"),
                concat!($base, "/microsoft.graph.user/$count"),
                $relation,
                $nested,
                Some(ObjectKind::User),
            ),
            (
                concat!($base, "/microsoft.graph.group"),
                concat!($base, "/microsoft.graph.group/$count"),
                $relation,
                $nested,
                Some(ObjectKind::Group),
            ),
            (
                concat!($base, "/microsoft.graph.servicePrincipal"),
                concat!($base, "/microsoft.graph.servicePrincipal/$count"),
                $relation,
                $nested,
                Some(ObjectKind::ServicePrincipal),
            ),
        ]
    };
}

const OF_GROUPS: [[LinksRow; 4]; 3] = [
    links!("/groups/{group:uniqueName}/members", Relation::Member, false),
    links!("/groups/{group:uniqueName}/transitiveMembers", Relation::Member, true),
    links!("/groups/{group:uniqueName}/owners", Relation::Owner, false),
];

/// Path, its count, whose, how they are linked with the groups, whether through nested ones, and whether cast.
type GroupsRow = (&'static str, &'static str, Whose, Relation, bool, bool);

macro_rules! groups {
    ($base:literal, $whose:expr, $relation:expr, $nested:literal) => {
        [
            (concat!($base), concat!($base, "/$count"), $whose, $relation, $nested, false),
            (
                concat!($base, "/microsoft.graph.group"),
                concat!($base, "/microsoft.graph.group/$count"),
                $whose,
                $relation,
                $nested,
                true,
            ),
        ]
    };
}

const OF_OBJECTS: [[GroupsRow; 2]; 8] = [
    groups!("/groups/{group:uniqueName}/memberOf", Whose::Group, Relation::Member, false),
    groups!("/groups/{group:uniqueName}/transitiveMemberOf", Whose::Group, Relation::Member, true),
    groups!("/users/{user:userPrincipalName}/memberOf", Whose::User, Relation::Member, false),
    groups!("/users/{user:userPrincipalName}/transitiveMemberOf", Whose::User, Relation::Member, true),
    groups!("/users/{user:userPrincipalName}/ownedObjects", Whose::User, Relation::Owner, false),
    groups!("/me/memberOf", Whose::Me, Relation::Member, false),
    groups!("/me/transitiveMemberOf", Whose::Me, Relation::Member, true),
    groups!("/me/ownedObjects", Whose::Me, Relation::Owner, false),
];

pub fn routes(platform: &Platform, service: &GroupService) -> Vec<Route> {
    let mut routes = Vec::new();
    for (path, counted, relation, is_nested, kind) in OF_GROUPS.into_iter().flatten() {
        let links = Links { relation, is_nested, kind };
        let (listing, counting) = (platform.clone(), platform.clone());
        let list = move |call| pages::list_links(listing.clone(), call, links);
        let count = move |call| pages::count_links(counting.clone(), call, links);
        let cost = if is_nested { 5 } else { 3 };
        routes.push(Route::get(path, READ_MEMBERS, list).with_options(LISTED).costing(cost));
        routes.push(Route::get(counted, READ_MEMBERS, count).with_options(COUNTED).costing(cost));
    }
    for (path, counted, whose, relation, is_nested, is_cast) in OF_OBJECTS.into_iter().flatten() {
        let access = match whose {
            Whose::Me => READ_MINE,
            Whose::Group => READ_MEMBERS,
            Whose::User | Whose::Object => READ_OWN,
        };
        let kind = is_cast.then_some(ObjectKind::Group);
        let links = Links { relation, is_nested, kind };
        let (listing, counting) = (platform.clone(), platform.clone());
        let list = move |call| pages::list_groups(listing.clone(), call, whose, links);
        let count = move |call| pages::count_groups(counting.clone(), call, whose, links);
        routes.push(Route::get(path, access, list).with_options(LISTED).costing(2));
        routes.push(Route::get(counted, access, count).with_options(COUNTED).costing(2));
    }
    routes.extend(references(platform, service, Relation::Member));
    routes.extend(references(platform, service, Relation::Owner));
    routes
}

/// The `$ref` forms. Without `$ref` the hosted service deletes the member itself; nothing here does.
fn references(platform: &Platform, service: &GroupService, relation: Relation) -> Vec<Route> {
    let (all, one, bare, access) = match relation {
        Relation::Member => (
            "/groups/{group:uniqueName}/members/$ref",
            "/groups/{group:uniqueName}/members/{object}/$ref",
            "/groups/{group:uniqueName}/members/{object}",
            WRITE_MEMBERS,
        ),
        Relation::Owner => (
            "/groups/{group:uniqueName}/owners/$ref",
            "/groups/{group:uniqueName}/owners/{object}/$ref",
            "/groups/{group:uniqueName}/owners/{object}",
            WRITE_OWNERS,
        ),
    };
    let context = || (platform.clone(), service.clone());
    let (adding, removing, naming) = (context(), context(), context());
    let (listing, refusing) = (platform.clone(), platform.clone());
    vec![
        Route::get(all, READ_MEMBERS, move |call| pages::list_references(listing.clone(), call, relation))
            .with_options(&[QueryOption::Top, QueryOption::SkipToken])
            .costing(3),
        Route::post(all, access, move |call| add(adding.clone(), call, relation)),
        Route::delete(all, access, move |call| remove_named(naming.clone(), call, relation)),
        Route::delete(one, access, move |call| remove(removing.clone(), call, relation)),
        Route::delete(bare, access, move |call| refuse_bare(refusing.clone(), call)),
    ]
}

type Context = (Platform, GroupService);

async fn add((platform, service): Context, call: Call, relation: Relation) -> Result<Reply> {
    let object = reference(call.object()?)?;
    let tenant = call.caller.tenant;
    let group = resolve(&mut platform.tenant(tenant).snapshot().await?, &call).await?;
    service.add(tenant, act(&call), asker(&call), group.id, relation, object).await?;
    Ok(Reply::no_content())
}

async fn remove(context: Context, call: Call, relation: Relation) -> Result<Reply> {
    let key = call.key("object");
    let object = key.parse().map_err(|_| not_found(key))?;
    end(context, call, relation, object).await
}

async fn refuse_bare(platform: Platform, call: Call) -> Result<Reply> {
    let mut read = platform.tenant(call.caller.tenant).snapshot().await?;
    resolve(&mut read, &call).await?;
    let key = call.key("object");
    directory_object::get(&mut read, key.parse().map_err(|_| not_found(key))?).await?;
    Err(Error::bad_request("Write requests are only supported on contained entities"))
}

/// `DELETE …/members/$ref?@id=…`
async fn remove_named(context: Context, call: Call, relation: Relation) -> Result<Reply> {
    resolve(&mut context.0.tenant(call.caller.tenant).snapshot().await?, &call).await?;
    let object = referenced(&call.parameter("@id").unwrap_or_default())?;
    end(context, call, relation, object).await
}

async fn end(
    (platform, service): Context,
    call: Call,
    relation: Relation,
    object: kernel::ObjectId,
) -> Result<Reply> {
    let tenant = call.caller.tenant;
    let group = resolve(&mut platform.tenant(tenant).snapshot().await?, &call).await?;
    service.remove(tenant, act(&call), asker(&call), group.id, relation, object).await?;
    Ok(Reply::no_content())
}
