//! Making and changing users on the wire: POST and PATCH, the manager, sponsors, and ending sessions.

use super::change::{Passwords, UserChangeService, UserChanges};
use super::graph::{act, resolve};
use super::relations::{self, Relations};
use super::rules::Editor;
use super::service::not_found;
use super::{USER, User, sight, store};
use crate::role::Role;
use ::graph::{Access, Call, Caller, Object, Reply, Route, Scope, list as lists};
use http::header::LOCATION;
use kernel::{Error, ObjectId, Result, Secret, UserId};
use module::Platform;
use serde_json::json;
use std::sync::Arc;

const WRITE: Access = Access::Scoped {
    delegated: &["User.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["User.ReadWrite.All", "Directory.ReadWrite.All"],
};
const READ: Access = Access::Scoped {
    delegated: &["User.Read.All", "Directory.Read.All"],
    application: &["User.Read.All", "Directory.Read.All"],
};
/// People change some of their own properties with `User.ReadWrite`.
const WRITE_SOME: Access = Access::Scoped {
    delegated: &["User.ReadWrite", "User.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["User.ReadWrite.All", "Directory.ReadWrite.All"],
};
const WRITE_OWN: Access = Access::Scoped { delegated: &["User.ReadWrite"], application: &[] };
const REVOKE: Access = Access::Scoped {
    delegated: &[
        "User.RevokeSessions.All",
        "User.ReadWrite",
        "User.ReadWrite.All",
        "Directory.ReadWrite.All",
    ],
    application: &["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
};
const REVOKE_OWN: Access =
    Access::Scoped { delegated: &["User.ReadWrite", "User.RevokeSessions.All"], application: &[] };

pub fn routes(platform: &Platform, passwords: &Arc<dyn Passwords>) -> Vec<Route> {
    let shared = Shared {
        platform: platform.clone(),
        changes: UserChangeService::new(platform.clone(), passwords.clone()),
        relations: Relations::new(platform.clone()),
    };
    let at = || shared.clone();
    let (making, changing, changing_own, revoking, revoking_own) = (at(), at(), at(), at(), at());
    let (managed, appointing, dismissing, adding, removing) = (at(), at(), at(), at(), at());
    vec![
        Route::post("/users", WRITE, move |call| create(making.clone(), call)),
        Route::patch("/users/{user:userPrincipalName}", WRITE_SOME, move |call| {
            update(changing.clone(), call)
        }),
        Route::patch("/me", WRITE_OWN, move |call| update(changing_own.clone(), call)),
        Route::post("/users/{user:userPrincipalName}/revokeSignInSessions", REVOKE, move |call| {
            revoke(revoking.clone(), call)
        }),
        Route::post("/me/revokeSignInSessions", REVOKE_OWN, move |call| revoke(revoking_own.clone(), call)),
        Route::put("/users/{user:userPrincipalName}/manager/$ref", WRITE, move |call| {
            set_manager(appointing.clone(), call)
        }),
        Route::delete("/users/{user:userPrincipalName}/manager/$ref", WRITE, move |call| {
            remove_manager(dismissing.clone(), call)
        }),
        Route::get("/users/{user:userPrincipalName}/manager", READ, move |call| {
            manager(managed.clone(), call)
        }),
        Route::post("/users/{user:userPrincipalName}/sponsors/$ref", WRITE, move |call| {
            add_sponsor(adding.clone(), call)
        }),
        Route::delete("/users/{user:userPrincipalName}/sponsors/{sponsor}/$ref", WRITE, move |call| {
            remove_sponsor(removing.clone(), call)
        }),
    ]
}

#[derive(Clone)]
struct Shared {
    platform: Platform,
    changes: UserChangeService,
    relations: Relations,
}

impl Shared {
    /// The user in the path, or the caller.
    async fn user(&self, call: &Call) -> Result<User> {
        let mut read = self.platform.tenant(call.caller.tenant).snapshot().await?;
        let own = call.caller.user_id().map(|id| id.to_string()).unwrap_or_default();
        let key = call.key("user");
        resolve(&mut read, if key.is_empty() { &own } else { key }).await
    }
}

async fn create(shared: Shared, call: Call) -> Result<Reply> {
    lists::check_select(&call, &USER)?;
    let changes = changes(&call)?;
    let tenant = call.caller.tenant;
    let id = shared.changes.create(tenant, act(&call), &editor(&call.caller), changes).await?;
    let mut read = shared.platform.tenant(tenant).snapshot().await?;
    let reply = lists::entity(&call, &mut read, &USER, Scope::Living, id.0).await?;
    let reply = reply.ok_or_else(|| Error::internal("a user that was just made is not there"))?;
    Ok(reply.with_status(201).with_header(LOCATION, &call.link(&format!("/users/{id}"))))
}

async fn update(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let changes = changes(&call)?;
    shared.changes.update(call.caller.tenant, act(&call), &editor(&call.caller), user.id, changes).await?;
    Ok(Reply::no_content())
}

async fn revoke(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    if !call.body().trim_ascii().is_empty() {
        call.object()?.finish()?;
    }
    let all = ["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
    let may_all = all.iter().any(|scope| call.caller.has_scope(scope));
    if !call.caller.is_application() && !may_all && call.caller.user_id() != Some(user.id) {
        return Err(insufficient("The token may end the sessions of its own user only."));
    }
    shared.changes.revoke_sessions(call.caller.tenant, act(&call), &editor(&call.caller), user.id).await?;
    Reply::json(200, &json!({"@odata.context": call.link("/$metadata#Edm.Boolean"), "value": true}))
}

async fn manager(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let mut read = shared.platform.tenant(call.caller.tenant).snapshot().await?;
    let entity = sight::single(&mut read, &call, user.id).await?;
    let manager = store::manager(&mut read, user.id).await?.ok_or_else(|| not_found("manager"))?;
    let found =
        lists::entity_of(&call, &mut read, entity, "directoryObjects", Scope::Living, manager.id.0).await?;
    found.ok_or_else(|| not_found("manager"))
}

async fn set_manager(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let manager = UserId(reference(&call)?.0);
    let tenant = call.caller.tenant;
    shared.relations.set_manager(tenant, act(&call), &editor(&call.caller), user.id, Some(manager)).await?;
    Ok(Reply::no_content())
}

async fn remove_manager(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let tenant = call.caller.tenant;
    shared.relations.set_manager(tenant, act(&call), &editor(&call.caller), user.id, None).await?;
    Ok(Reply::no_content())
}

async fn add_sponsor(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let sponsor = reference(&call)?;
    let tenant = call.caller.tenant;
    shared.relations.add_sponsor(tenant, act(&call), &editor(&call.caller), user.id, sponsor).await?;
    Ok(Reply::no_content())
}

async fn remove_sponsor(shared: Shared, call: Call) -> Result<Reply> {
    let user = shared.user(&call).await?;
    let sponsor = call.key("sponsor").parse().map_err(|_| relations::no_reference())?;
    let tenant = call.caller.tenant;
    shared.relations.remove_sponsor(tenant, act(&call), &editor(&call.caller), user.id, sponsor).await?;
    Ok(Reply::no_content())
}

/// What the body says; nothing in it is left over.
fn changes(call: &Call) -> Result<UserChanges> {
    let mut body = call.object()?;
    let password = password(&mut body)?;
    let properties = USER.changes(&mut body)?;
    body.finish()?;
    Ok(UserChanges { properties, password })
}

/// What sign-in does not heed yet is refused and not forgotten.
fn password(body: &mut Object) -> Result<Option<Secret<String>>> {
    let Some(mut profile) = body.take_object("passwordProfile")? else { return Ok(None) };
    for name in ["forceChangePasswordNextSignIn", "forceChangePasswordNextSignInWithMfa"] {
        if profile.take_bool(name)? == Some(true) {
            return Err(
                profile.invalid(name, "sign-in does not ask for a new password yet, so false is expected")
            );
        }
    }
    let password = profile.take_string("password")?;
    profile.finish()?;
    Ok(password.map(Secret::new))
}

/// The object that `@odata.id` names, by its last segment.
fn reference(call: &Call) -> Result<ObjectId> {
    let mut body = call.object()?;
    let address = body.take_string("@odata.id")?.ok_or_else(relations::no_reference)?;
    body.finish()?;
    let path = address.rsplit('/').next().unwrap_or_default();
    let key = path.rsplit_once('(').map_or(path, |(_, key)| key.trim_end_matches(')')).trim_matches('\'');
    key.parse().map_err(|_| relations::no_reference())
}

pub(super) fn editor(caller: &Caller) -> Editor {
    let roles = Role::ALL.into_iter().filter(|role| caller.has_role(role.template_id())).collect();
    let all = ["User.ReadWrite.All", "Directory.ReadWrite.All"];
    let may_change_all = caller.is_application() || all.iter().any(|scope| caller.has_scope(scope));
    Editor { user: caller.user_id(), roles, may_change_all }
}

fn insufficient(reason: &str) -> Error {
    Error::forbidden(format!("Insufficient privileges to complete the operation. {reason}"))
        .code("Authorization_RequestDenied")
}
