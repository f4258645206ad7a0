//! `POST /v1.0/invitations` (Graph: invitation). There is no GET: an invitation's state is the guest's.

use super::rules::RULES;
use super::service::{InvitationService, Invite, Invited, Rights};
use super::{collection, epoch, mail};
use ::graph::{Access, Call, Entity, Json, Object, Property, Reply, Route, missing};
use directory::role::Role;
use directory::user::{self, UserType};
use kernel::{EmailAddress, Error, ObjectId, Result};
use module::{Module, Platform};
use serde_json::{Value, json};
use std::borrow::Cow;
use url::Url;

pub(super) const INVITE: Access = Access::Scoped {
    delegated: &["User.Invite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["User.Invite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
};

const MOST_SPONSORS: usize = 5;
const LONGEST_URL: usize = 2048;
const LONGEST_MESSAGE: usize = 4096;
const LONGEST_NAME: usize = 256;

pub fn module(platform: &Platform) -> Module {
    let service = InvitationService::new(platform.clone());
    let at_restore = epoch::at_restore(platform);
    let platform = platform.clone();
    let mut routes = collection::routes(&service);
    routes.push(Route::post("/invitations", INVITE, move |call| create(service.clone(), call)));
    Module {
        at_restore: Some(at_restore),
        name: "collaboration::invitation",
        routes,
        rules: RULES,
        templates: mail::TEMPLATES,
        words: mail::WORDS,
        mails: Some(Box::new(move |templates| mail::kinds(&platform, templates))),
        ..Module::default()
    }
}

async fn create(service: InvitationService, call: Call) -> Result<Reply> {
    let shape = call.shape(&INVITATION)?;
    let (invite, echo) = read(&call)?;
    let act = user::act(&call);
    let invited = service.invite(call.caller.tenant, act, invite).await?;
    let location = call.link(&format!("/invitations/{}", invited.invitation.id));
    Ok(Reply::created(&shape, &Created { invited, echo }, &location))
}

/// What the answer repeats as it was sent.
struct Echo {
    display_name: Option<String>,
    address: String,
    user_type: UserType,
    send_mail: bool,
    redirect_url: String,
    message_info: Value,
}

struct Created {
    invited: Invited,
    echo: Echo,
}

fn read(call: &Call) -> Result<(Invite, Echo)> {
    let mut body = call.object()?;
    body.read_only(&["id", "status", "inviteRedeemUrl"])?;
    let address =
        body.take_string("invitedUserEmailAddress")?.ok_or_else(|| missing("invitedUserEmailAddress"))?;
    let redirect_url = body.take_string("inviteRedirectUrl")?.ok_or_else(|| missing("inviteRedirectUrl"))?;
    let display_name = body.take_string("invitedUserDisplayName")?.filter(|name| !name.trim().is_empty());
    let user_type = user_type(&mut body)?;
    let send_mail = body.take_bool("sendInvitationMessage")?.unwrap_or(false);
    refuse_what_comes_later(&mut body)?;
    let (message, message_info) = message_info(&mut body)?;
    let sponsors = sponsors(&mut body)?;
    check_redirect(&body, &redirect_url)?;
    if display_name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(body.invalid("invitedUserDisplayName", "at most 256 characters are allowed"));
    }
    let parsed = parse_address(&address)?;
    body.finish()?;
    let invite = Invite {
        address: parsed,
        display_name: display_name.clone(),
        redirect_url: redirect_url.clone(),
        user_type,
        send_mail,
        message: message.body,
        language: message.language,
        copy_to: message.copy_to,
        sponsors,
        rights: rights(call),
    };
    Ok((invite, Echo { display_name, address, user_type, send_mail, redirect_url, message_info }))
}

fn parse_address(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text).map_err(|why| {
        let shown: String = text.chars().take(100).collect();
        Error::bad_request(format!("The address '{shown}' is in an invalid format: {why}."))
            .code("BadRequest")
    })
}

fn user_type(body: &mut Object) -> Result<UserType> {
    let Some(text) = body.take_string("invitedUserType")?.filter(|text| !text.is_empty()) else {
        return Ok(UserType::Guest);
    };
    let known = [UserType::Guest, UserType::Member]
        .into_iter()
        .find(|kind| kind.as_str().eq_ignore_ascii_case(&text));
    known.ok_or_else(|| body.invalid("invitedUserType", "'Guest' or 'Member' is expected"))
}

/// Fields of Graph that Lodge does not act on yet are refused, never accepted and ignored.
fn refuse_what_comes_later(body: &mut Object) -> Result<()> {
    if body.take_bool("resetRedemption")?.unwrap_or(false) {
        return Err(later("resetRedemption", "Delete the guest and invite again to start over."));
    }
    if let Some(mut user) = body.take_object("invitedUser")? {
        if user.take_string("id")?.is_some() {
            return Err(later("invitedUser", "Invite by address; an existing guest is found by it."));
        }
        user.finish()?;
    }
    Ok(())
}

fn later(name: &str, remedy: &str) -> Error {
    Error::bad_request(format!("Property '{name}' is not supported here yet. {remedy}")).code("BadRequest")
}

#[derive(Default)]
struct MessageInfo {
    body: Option<String>,
    language: Option<String>,
    copy_to: Option<EmailAddress>,
}

/// `invitedUserMessageInfo`, and the same as the answer shows it.
fn message_info(body: &mut Object) -> Result<(MessageInfo, Value)> {
    let unset = json!({
        "messageLanguage": null, "customizedMessageBody": null,
        "ccRecipients": [{"emailAddress": {"name": null, "address": null}}],
    });
    let Some(mut info) = body.take_object("invitedUserMessageInfo")? else {
        return Ok((MessageInfo::default(), unset));
    };
    let text = info.take_string("customizedMessageBody")?;
    if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_MESSAGE) {
        return Err(info.invalid("customizedMessageBody", "at most 4096 characters are allowed"));
    }
    let language = info.take_string("messageLanguage")?;
    if language
        .as_ref()
        .is_some_and(|tag| tag.len() > 35 || !tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    {
        return Err(info.invalid("messageLanguage", "a language tag such as 'en-US' is expected"));
    }
    let copies = info.take_objects("ccRecipients")?.unwrap_or_default();
    if copies.len() > 1 {
        return Err(info.invalid("ccRecipients", "at most one recipient is allowed"));
    }
    let mut copy_to = None;
    let mut copy_name = None;
    for mut recipient in copies {
        let Some(mut address) = recipient.take_object("emailAddress")? else { continue };
        copy_name = address.take_string("name")?;
        let text = address.take_string("address")?.filter(|text| !text.is_empty());
        copy_to = text.map(|text| parse_address(&text)).transpose()?;
        address.finish()?;
        recipient.finish()?;
    }
    info.finish()?;
    let echo = json!({
        "messageLanguage": language, "customizedMessageBody": text,
        "ccRecipients": [{"emailAddress": {"name": copy_name, "address": copy_to}}],
    });
    Ok((MessageInfo { body: text, language, copy_to }, echo))
}

/// `invitedUserSponsors` as objects with an id, or bound by reference.
fn sponsors(body: &mut Object) -> Result<Vec<ObjectId>> {
    let mut keys = body.take_strings("invitedUserSponsors@odata.bind")?.unwrap_or_default();
    for mut sponsor in body.take_objects("invitedUserSponsors")?.unwrap_or_default() {
        let id = sponsor.take_string("id")?;
        keys.push(id.ok_or_else(|| missing("invitedUserSponsors/id"))?);
    }
    if keys.len() > MOST_SPONSORS {
        return Err(body.invalid("invitedUserSponsors", "at most 5 sponsors are allowed"));
    }
    let parse = |key: &String| {
        let last = key.rsplit(['/', '(']).next().unwrap_or_default().trim_matches(['\'', ')']);
        last.parse()
            .map_err(|_| body.invalid("invitedUserSponsors", "the object id of a user or group is expected"))
    };
    keys.iter().map(parse).collect()
}

/// An absolute http or https address of a host, with nothing that reads differently to a person and a browser.
fn check_redirect(body: &Object, text: &str) -> Result<()> {
    let wrong = |expected| Err(body.invalid("inviteRedirectUrl", expected));
    if text.len() > LONGEST_URL {
        return wrong("at most 2048 characters are allowed");
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return wrong("an address without blanks and backslashes is expected");
    }
    let Ok(url) = Url::parse(text) else { return wrong("an absolute http or https address is expected") };
    let has_slashes = text.get(url.scheme().len()..).is_some_and(|rest| rest.starts_with("://"));
    if !matches!(url.scheme(), "http" | "https") || !has_slashes || url.host_str().is_none_or(str::is_empty) {
        return wrong("an absolute http or https address is expected");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("an address without a user name is expected");
    }
    Ok(())
}

pub(super) fn rights(call: &Call) -> Rights {
    if call.caller.is_application() {
        return Rights::Application { may_write_users: call.caller.has_app_role("User.ReadWrite.All") };
    }
    let has = |role: Role| call.caller.has_role(role.template_id());
    Rights::Person {
        is_administrator: has(Role::GlobalAdministrator) || has(Role::UserAdministrator),
        is_guest_inviter: has(Role::GuestInviter),
    }
}

/// The members in the order Graph prints them.
static INVITATION: Entity<Created> = Entity::new("microsoft.graph.invitation", "invitations", PROPERTIES);

const PROPERTIES: &[Property<Created>] = &[
    Property::default("id", |created| Json::id(created.invited.invitation.id)),
    Property::default("inviteRedeemUrl", |created| Json::Text(Cow::Borrowed(&created.invited.redeem_url))),
    Property::default("invitedUserDisplayName", |created| {
        created.echo.display_name.as_ref().map_or(Json::Null, |name| Json::Text(Cow::Borrowed(name)))
    }),
    Property::default("invitedUserType", |created| {
        Json::Text(Cow::Borrowed(created.echo.user_type.as_str()))
    }),
    Property::default("invitedUserEmailAddress", |created| Json::Text(Cow::Borrowed(&created.echo.address))),
    Property::default("sendInvitationMessage", |created| Json::Boolean(created.echo.send_mail)),
    Property::default("resetRedemption", |_| Json::Boolean(false)),
    Property::default("inviteRedirectUrl", |created| Json::Text(Cow::Borrowed(&created.echo.redirect_url))),
    Property::default("status", |created| {
        Json::Text(Cow::Borrowed(if created.invited.is_member_already {
            "Completed"
        } else {
            "PendingAcceptance"
        }))
    }),
    Property::default("invitedUserMessageInfo", |created| Json::Tree(created.echo.message_info.clone())),
    Property::default("invitedUser", |created| Json::Tree(json!({"id": created.invited.user}))),
    Property::annotation("@lodge.notice", |created| {
        if created.invited.notices.is_empty() {
            Json::Absent
        } else {
            Json::Tree(json!(created.invited.notices))
        }
    }),
];
