//! Users on the wire.

use super::service::{UserService, manage_facts, not_found};
use super::{User, store};
use crate::role::Role;
use ::graph::{Access, Call, Entity, Json, Property, Reply, Route};
use ::store::Read;
use kernel::{Act, Error, Result, UserId};
use module::Platform;
use odata::QueryOption;
use serde_json::json;
use std::borrow::Cow;

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
const READ_DELETED: Access =
    Access::Scoped { delegated: &["User.Read.All", "Directory.Read.All"], application: &["User.Read.All"] };
const ME: Access = Access::Scoped {
    delegated: &["User.Read", "User.ReadBasic.All", "Directory.Read.All"],
    application: &[],
};

/// Users per page unless `$top` says otherwise, and at most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 999;

pub fn routes(platform: &Platform) -> Vec<Route> {
    let service = UserService::new(platform.clone());
    let at = |platform: &Platform| platform.clone();
    let (one, page, me, deleted) = (at(platform), at(platform), at(platform), at(platform));
    let (removing, restoring) = (service.clone(), service);
    vec![
        Route::get("/users", LIST, move |call| list(page.clone(), call)).with_options(&[
            QueryOption::Top,
            QueryOption::SkipToken,
            QueryOption::Count,
        ]),
        Route::get("/users/{user:userPrincipalName}", READ, move |call| get(one.clone(), call)),
        Route::delete("/users/{user:userPrincipalName}", DELETE, move |call| delete(removing.clone(), call)),
        Route::get("/me", ME, move |call| get_me(me.clone(), call)),
        Route::get("/directory/deletedItems/{object}", READ_DELETED, move |call| {
            get_deleted(deleted.clone(), call)
        }),
        Route::post("/directory/deletedItems/{object}/restore", DELETE, move |call| {
            restore(restoring.clone(), call)
        }),
    ]
}

async fn list(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&USER)?;
    let size = call.query().page_size(PAGE, LARGEST_PAGE)?;
    let after = call.query().skip_token.as_deref().map(page_token).transpose()?;
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    refuse_guests(&mut snapshot, &call).await?;
    let mut users = store::list(&mut snapshot, after, size + 1).await?;
    let more = users.len() > usize::try_from(size).unwrap_or(usize::MAX);
    if more {
        users.pop();
    }
    let next = users.last().filter(|_| more).map(|user| user.id.to_string());
    Ok(Reply::page(&shape, &users, next.as_deref()))
}

async fn get(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&USER)?;
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
    Ok(Reply::entity(&shape, &user))
}

async fn get_me(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&USER)?;
    let Some(id) = call.caller.user_id() else {
        return Err(Error::bad_request("/me request is only valid with delegated authentication flow.")
            .code("BadRequest"));
    };
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    let user = store::find(&mut snapshot, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
    Ok(Reply::entity(&shape, &user))
}

async fn delete(service: UserService, call: Call) -> Result<Reply> {
    let mut snapshot = service.snapshot(call.caller.tenant).await?;
    let user = resolve(&mut snapshot, call.key("user")).await?;
    drop(snapshot);
    service.delete(call.caller.tenant, act(&call), manage_facts(&call.caller), user.id).await?;
    Ok(Reply::no_content())
}

async fn get_deleted(platform: Platform, call: Call) -> Result<Reply> {
    let shape = call.shape(&DELETED_USER)?;
    let id = object_id(&call)?;
    let mut snapshot = platform.tenant(call.caller.tenant).snapshot().await?;
    refuse_guests(&mut snapshot, &call).await?;
    let user = store::find_deleted(&mut snapshot, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
    Ok(Reply::entity(&shape, &user))
}

async fn restore(service: UserService, call: Call) -> Result<Reply> {
    let shape = call.shape(&DELETED_USER)?;
    let id = object_id(&call)?;
    let user = service.restore(call.caller.tenant, act(&call), manage_facts(&call.caller), id).await?;
    Ok(Reply::entity(&shape, &user))
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
async fn refuse_guests(read: &mut impl Read, call: &Call) -> Result<()> {
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

fn object_id(call: &Call) -> Result<UserId> {
    let key = call.key("object");
    key.parse().map_err(|_| {
        Error::bad_request(format!("Invalid object identifier '{key}'.")).code("Request_BadRequest")
    })
}

fn page_token(token: &str) -> Result<UserId> {
    token.parse().map_err(|_| {
        Error::bad_request(
            "The specified page token value is not one Lodge gave out. Start with the first page.",
        )
        .code("Directory_InvalidPageToken")
    })
}

/// The act of a Graph call, for the audit record.
pub fn act(call: &Call) -> Act {
    Act::new(call.caller.actor(), call.request_id()).from_network(call.network)
}

pub static USER: Entity<User> = Entity::new("microsoft.graph.user", "users", PROPERTIES);
static DELETED_USER: Entity<User> = USER.within("directoryObjects");

const PROPERTIES: &[Property<User>] = &[
    Property::default("businessPhones", |user| Json::Texts(&user.business_phones)),
    Property::default("displayName", |user| Json::Text(Cow::Borrowed(&user.display_name))),
    Property::default("givenName", |user| text(user.given_name.as_ref())),
    Property::default("jobTitle", |user| text(user.job_title.as_ref())),
    Property::default("mail", |user| text(user.mail.as_ref())),
    Property::default("mobilePhone", |user| text(user.mobile_phone.as_ref())),
    Property::default("officeLocation", |user| text(user.office_location.as_ref())),
    Property::default("preferredLanguage", |user| text(user.preferred_language.as_ref())),
    Property::default("surname", |user| text(user.surname.as_ref())),
    Property::default("userPrincipalName", |user| Json::Text(Cow::Borrowed(&user.user_principal_name))),
    Property::default("id", |user| Json::id(user.id)),
    Property::selectable("accountEnabled", |user| Json::Boolean(user.account_enabled)),
    Property::selectable("companyName", |user| text(user.company_name.as_ref())),
    Property::selectable("createdDateTime", |user| Json::Seconds(user.created_at)),
    Property::selectable("creationType", |user| text(user.creation_type.as_ref())),
    Property::selectable("deletedDateTime", |user| Json::seconds(user.deleted_at)),
    Property::selectable("externalUserState", |user| {
        user.external_state.map_or(Json::Null, |state| Json::Text(Cow::Borrowed(state.as_str())))
    }),
    Property::selectable("externalUserStateChangeDateTime", |user| {
        Json::seconds(user.external_state_changed_at)
    }),
    Property::selectable("identities", identities),
    Property::selectable("mailNickname", |user| text(user.mail_nickname.as_ref())),
    Property::selectable("otherMails", |user| Json::Texts(&user.other_mails)),
    Property::selectable("proxyAddresses", |user| Json::Texts(&user.proxy_addresses)),
    Property::selectable("signInSessionsValidFromDateTime", |user| Json::Seconds(user.sessions_valid_from)),
    Property::selectable("userType", |user| Json::Text(Cow::Borrowed(user.user_type.as_str()))),
];

fn text(value: Option<&String>) -> Json<'_> {
    value.map_or(Json::Null, |value| Json::Text(Cow::Borrowed(value)))
}

/// The federated identities, then the local name. A tenant's issuer is shown as Graph shows it, without the
/// subject.
fn identities(user: &User) -> Json<'_> {
    let mut list: Vec<_> = user
        .identities
        .iter()
        .map(|identity| json!({"signInType": "federated", "issuer": identity.provider, "issuerAssignedId": null}))
        .collect();
    let domain = user.user_principal_name.rsplit('@').next().unwrap_or_default();
    list.push(json!({
        "signInType": "userPrincipalName", "issuer": domain, "issuerAssignedId": user.user_principal_name,
    }));
    Json::Tree(list.into())
}
