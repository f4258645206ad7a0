//! Pages of what is linked with a group, and of the groups that an object is linked with.
//!
//! Without conditions a page is a range of the links by kind and id, and its rows are read by their ids: the same cost
//! at any depth and size of the group. A cast takes `$filter`, `$search` and `$orderby` as well; then all that is
//! linked is looked at.

use super::{Link, ObjectKind, Relation, store};
use crate::access::{Sight, sight, unseen};
use crate::application::SERVICE_PRINCIPAL;
use crate::directory_object::not_found;
use crate::group::GROUP;
use crate::group::graph::{may_see_members, resolve};
use crate::user::{self, USER};
use ::graph::list::{Item, Mixed, Place};
use ::graph::{Call, Caller, EntityType, List, Reply, list as lists};
use ::store::{Read, Snapshot};
use kernel::{Error, GroupId, ObjectId, Result, UserId};
use module::Platform;
use serde_json::json;

const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 999;
/// Rows that are read where the request is answered; more are read where blocking is allowed.
const READ_IN_PLACE: u32 = 200;

/// Which links of a group, or of an object.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    pub relation: Relation,
    pub is_nested: bool,
    /// After a cast: of this kind alone.
    pub kind: Option<ObjectKind>,
}

/// Whose groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Group,
    User,
    Me,
    Object,
}

/// Every kind of object in the order in which links are listed, as it is described.
pub const DESCRIPTIONS: [&EntityType; 3] = [&GROUP, &SERVICE_PRINCIPAL, &USER];

pub fn description(kind: ObjectKind) -> &'static EntityType {
    match kind {
        ObjectKind::Group => &GROUP,
        ObjectKind::ServicePrincipal => &SERVICE_PRINCIPAL,
        ObjectKind::User => &USER,
    }
}

/// Whether the token lets its holder read more of objects of this kind than that they are there.
pub fn may_read(caller: &Caller, kind: ObjectKind) -> bool {
    let permissions: &[&str] = match kind {
        ObjectKind::Group => &["GroupMember.Read.All", "Group.ReadBasic.All", "Directory.Read.All"],
        ObjectKind::ServicePrincipal => &["Application.Read.All", "Group.Read.All", "Directory.Read.All"],
        ObjectKind::User => &["User.ReadBasic.All", "Group.Read.All", "Directory.Read.All"],
    };
    permissions.iter().any(|name| caller.has_scope(name) || caller.has_app_role(name))
}

pub async fn list_links(platform: Platform, call: Call, links: Links) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let mut snapshot = tenant.snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    may_see_members(&mut snapshot, &call, &group).await?;
    if has_conditions(&call) {
        let kind = links.kind.ok_or_else(needs_cast)?;
        drop(snapshot);
        may_filter(&call, kind)?;
        let related = store::related_objects(group.id, links.relation, links.is_nested, kind);
        return lists::page(&call, &tenant, List::new(description(kind)).within(related)).await;
    }
    let name = format!("links of {} {links:?}", group.id);
    let page = Page::new(&call, tenant.keys().await?, name, links)?;
    if call.query().count && call.is_eventual && page.after.is_none() {
        let count = count_in(&mut snapshot, group.id, links).await?;
        return page.read_links(snapshot, group.id, Some(count)).await;
    }
    if page.size <= READ_IN_PLACE {
        return page.read_links(snapshot, group.id, None).await;
    }
    drop(snapshot);
    let read =
        |snapshot, (page, id): (Page, GroupId)| async move { page.read_links(snapshot, id, None).await };
    tenant.scan((page, group.id), read).await
}

pub async fn count_links(platform: Platform, call: Call, links: Links) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let mut snapshot = tenant.snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    may_see_members(&mut snapshot, &call, &group).await?;
    if has_conditions(&call) {
        let kind = links.kind.ok_or_else(needs_cast)?;
        drop(snapshot);
        may_filter(&call, kind)?;
        let related = store::related_objects(group.id, links.relation, links.is_nested, kind);
        return lists::count(&call, &tenant, List::new(description(kind)).within(related)).await;
    }
    needs_eventual(&call)?;
    Ok(Reply::text(&count_in(&mut snapshot, group.id, links).await?.to_string()))
}

async fn count_in(read: &mut impl Read, group: GroupId, links: Links) -> Result<u64> {
    if links.is_nested {
        store::count_transitive(read, group, links.kind).await
    } else {
        store::count(read, group, links.relation, links.kind).await
    }
}

pub async fn list_groups(platform: Platform, call: Call, whose: Whose, links: Links) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let mut snapshot = tenant.snapshot().await?;
    let object = whose.resolve(&mut snapshot, &call).await?;
    let is_veiled = may_see_groups_of(&mut snapshot, &call, object).await? == Sight::Itself;
    if has_conditions(&call) {
        if links.kind.is_none() {
            return Err(needs_cast());
        }
        drop(snapshot);
        if is_veiled {
            return Err(unseen("Restricted guests see nothing of groups but the ids of their own."));
        }
        may_filter(&call, ObjectKind::Group)?;
        let related = store::related_groups(object, links.relation, links.is_nested);
        return lists::page(&call, &tenant, List::new(&GROUP).within(related)).await;
    }
    let name = format!("groups of {object} {links:?}");
    let page = Page { hides_groups: is_veiled, ..Page::new(&call, tenant.keys().await?, name, links)? };
    let is_counted = call.query().count && call.is_eventual && page.after.is_none();
    let count = if is_counted { Some(count_of(&mut snapshot, object, links).await?) } else { None };
    page.read_groups(snapshot, object, count).await
}

pub async fn count_groups(platform: Platform, call: Call, whose: Whose, links: Links) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let mut snapshot = tenant.snapshot().await?;
    let object = whose.resolve(&mut snapshot, &call).await?;
    may_see_groups_of(&mut snapshot, &call, object).await?;
    if has_conditions(&call) {
        drop(snapshot);
        may_filter(&call, ObjectKind::Group)?;
        let related = store::related_groups(object, links.relation, links.is_nested);
        return lists::count(&call, &tenant, List::new(&GROUP).within(related)).await;
    }
    needs_eventual(&call)?;
    Ok(Reply::text(&count_of(&mut snapshot, object, links).await?.to_string()))
}

async fn count_of(read: &mut impl Read, object: ObjectId, links: Links) -> Result<u64> {
    if !links.is_nested {
        return store::count_groups(read, object, links.relation).await;
    }
    let all = store::list_groups_transitive(read, object, None, false, u32::MAX).await?;
    u64::try_from(all.len()).map_err(Error::internal)
}

/// `…/members/$ref`: addresses instead of objects.
pub async fn list_references(platform: Platform, call: Call, relation: Relation) -> Result<Reply> {
    let tenant = platform.tenant(call.caller.tenant);
    let mut snapshot = tenant.snapshot().await?;
    let group = resolve(&mut snapshot, &call).await?;
    may_see_members(&mut snapshot, &call, &group).await?;
    let links = Links { relation, is_nested: false, kind: None };
    let name = format!("references of {} {relation:?}", group.id);
    let page = Page::new(&call, tenant.keys().await?, name, links)?;
    let (found, next) = page.links(&mut snapshot, group.id).await?;
    let address = |link: &Link| json!({"@odata.id": call.link(&format!("/directoryObjects/{}", link.id))});
    let mut body = json!({
        "@odata.context": call.link("/$metadata#Collection($ref)"),
        "value": found.iter().map(address).collect::<Vec<_>>(),
    });
    if let (Some(token), Some(members)) = (next, body.as_object_mut()) {
        members.insert("@odata.nextLink".to_owned(), call.next_link(&token).into());
    }
    Reply::json(200, &body)
}

/// One page of links: how it was asked for, and who asks.
struct Page {
    mixed: Mixed,
    links: Links,
    size: u32,
    after: Option<Link>,
    keys: ::store::Keys,
    name: String,
    /// The kinds of which the caller sees the ids alone.
    veiled: Vec<ObjectKind>,
    hides_groups: bool,
}

impl Page {
    fn new(call: &Call, keys: ::store::Keys, name: String, links: Links) -> Result<Self> {
        let mixed = match links.kind {
            Some(kind) => Mixed::cast(call, description(kind))?,
            None => Mixed::new(call, &DESCRIPTIONS)?,
        };
        let size = call.query().page_size(PAGE, LARGEST_PAGE)?;
        let token = call.query().skip_token.as_ref();
        let place = token.map(|token| Place::open(token, &keys, &name)).transpose()?;
        let after = place.and_then(|place| {
            Some(Link { kind: ObjectKind::parse(place.text())?, id: ObjectId(place.id()) })
        });
        let veiled = ObjectKind::ALL.into_iter().filter(|kind| !may_read(&call.caller, *kind)).collect();
        Ok(Self { mixed, links, size, after, keys, name, veiled, hides_groups: false })
    }

    async fn read_links(self, mut read: Snapshot, group: GroupId, count: Option<u64>) -> Result<Reply> {
        let (found, next) = self.links(&mut read, group).await?;
        self.answer(&mut read, &found, count, next).await
    }

    async fn links(&self, read: &mut impl Read, group: GroupId) -> Result<(Vec<Link>, Option<String>)> {
        let Links { relation, is_nested, kind } = self.links;
        let limit = self.size + 1;
        let found = match kind {
            _ if is_nested => store::list_transitive(read, group, kind, self.after, limit).await?,
            Some(kind) => {
                let after = self.after.map(|link| link.id);
                store::list_of_kind(read, group, relation, kind, after, limit).await?
            }
            None => store::list(read, group, relation, self.after, limit).await?,
        };
        Ok(self.cut(found))
    }

    async fn read_groups(self, mut read: Snapshot, object: ObjectId, count: Option<u64>) -> Result<Reply> {
        let (after, limit) = (self.after.map(|link| GroupId(link.id.0)), self.size + 1);
        let found = if self.links.is_nested {
            store::list_groups_transitive(&mut read, object, after, false, limit).await?
        } else {
            store::list_groups(&mut read, object, self.links.relation, after, limit).await?
        };
        let link = |id: GroupId| Link { kind: ObjectKind::Group, id: id.into() };
        let (found, next) = self.cut(found.into_iter().map(link).collect());
        self.answer(&mut read, &found, count, next).await
    }

    /// A page without the one that tells that there are more, and the token of the next.
    fn cut(&self, mut found: Vec<Link>) -> (Vec<Link>, Option<String>) {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        if found.len() <= size {
            return (found, None);
        }
        found.truncate(size);
        let place = found.last().map(|last| Place::new(last.kind.as_str(), last.id.0));
        (found, place.map(|place| place.seal(&self.keys, &self.name)))
    }

    async fn answer(
        &self,
        read: &mut impl Read,
        found: &[Link],
        count: Option<u64>,
        next: Option<String>,
    ) -> Result<Reply> {
        let item = |link: &Link| Item {
            entity: description(link.kind),
            id: link.id.0,
            is_veiled: self.hides_groups || self.veiled.contains(&link.kind),
        };
        let items: Vec<Item> = found.iter().map(item).collect();
        self.mixed.page(read, &items, count, next.as_deref()).await
    }
}

impl Whose {
    /// The living object that the path names.
    pub async fn resolve(self, read: &mut impl Read, call: &Call) -> Result<ObjectId> {
        match self {
            Self::Group => Ok(resolve(read, call).await?.id.into()),
            Self::User => Ok(user::resolve(read, call.key("user")).await?.id.into()),
            Self::Me => {
                let message = "/me request is only valid with delegated authentication flow.";
                call.caller.user_id().map(Into::into).ok_or_else(|| Error::bad_request(message))
            }
            Self::Object => {
                let key = call.key("object");
                let id = key.parse().map_err(|_| not_found(key))?;
                Ok(crate::directory_object::get(read, id).await?.id())
            }
        }
    }
}

/// Whether the caller may know which groups an object is in, and how much of them.
pub async fn may_see_groups_of(read: &mut impl Read, call: &Call, object: ObjectId) -> Result<Sight> {
    let sight = sight(read, &call.caller).await?;
    if call.caller.user_id() == Some(UserId(object.0)) {
        return Ok(sight);
    }
    if sight != Sight::Everything {
        return Err(unseen("Guests see no groups but their own."));
    }
    let permissions = ["GroupMember.Read.All", "Group.Read.All", "User.Read.All", "Directory.Read.All"];
    let has = |name: &&str| call.caller.has_scope(name) || call.caller.has_app_role(name);
    if !permissions.iter().any(has) {
        let message = "Insufficient privileges to complete the operation. The token may read its own user's groups \
                       only. Ask for the permission GroupMember.Read.All.";
        return Err(Error::forbidden(message).code("Authorization_RequestDenied"));
    }
    Ok(sight)
}

fn has_conditions(call: &Call) -> bool {
    let query = call.query();
    query.filter.is_some() || query.search.is_some() || !query.order_by.is_empty()
}

/// A condition on what the caller does not see would tell what it hides.
fn may_filter(call: &Call, kind: ObjectKind) -> Result<()> {
    if may_read(&call.caller, kind) {
        return Ok(());
    }
    let message = format!(
        "Insufficient privileges to complete the operation. The token may not read objects of the kind '{}'.",
        kind.as_str()
    );
    Err(Error::forbidden(message).code("Authorization_RequestDenied"))
}

fn needs_cast() -> Error {
    let message = "$filter, $search and $orderby need a cast here, such as /microsoft.graph.user.";
    Error::bad_request(message).code("Request_UnsupportedQuery")
}

fn needs_eventual(call: &Call) -> Result<()> {
    if call.is_eventual {
        return Ok(());
    }
    Err(Error::bad_request("$count is not currently supported.").code("Request_BadRequest"))
}
