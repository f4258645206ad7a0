//! What POST and PATCH say about a group. Everything in a body is acted on or refused.

use super::membership::Relation;
use super::service::{GroupChanges, NewGroup};
use super::{Group, Visibility};
use ::graph::{Object, TextChange, missing};
use kernel::{Error, ObjectId, Result};

const MOST_BOUND: usize = 20;
const LONGEST_NAME: usize = 256;
const LONGEST_NICKNAME: usize = 64;
const LONGEST_DESCRIPTION: usize = 1024;
const LONGEST_OTHER: usize = 256;

const THEMES: [&str; 6] = ["Teal", "Purple", "Green", "Blue", "Pink", "Orange"];

const READ_ONLY: [&str; 17] = [
    "id",
    "createdDateTime",
    "deletedDateTime",
    "expirationDateTime",
    "renewedDateTime",
    "mail",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "securityIdentifier",
    "licenseProcessingState",
    "hasMembersWithLicenseErrors",
    "isArchived",
    "isManagementRestricted",
];

/// Properties of the hosted service that stay false or empty here.
const ALWAYS_FALSE: [&str; 6] = [
    "isAssignableToRole",
    "allowExternalSenders",
    "autoSubscribeNewMembers",
    "hideFromAddressLists",
    "hideFromOutlookClients",
    "isSubscribedByMail",
];
const ALWAYS_EMPTY: [&str; 8] = [
    "creationOptions",
    "resourceBehaviorOptions",
    "resourceProvisioningOptions",
    "proxyAddresses",
    "assignedLabels",
    "assignedLicenses",
    "onPremisesProvisioningErrors",
    "serviceProvisioningErrors",
];
const ALWAYS_NULL: [&str; 3] = ["membershipRule", "membershipRuleProcessingState", "writebackConfiguration"];

pub(super) fn read_new(mut body: Object) -> Result<NewGroup> {
    let display_name = name(&mut body)?.ok_or_else(|| missing("displayName"))?;
    let mail_nickname = nickname(&mut body)?.ok_or_else(|| missing("mailNickname"))?;
    let mail_enabled = body.take_bool("mailEnabled")?.ok_or_else(|| missing("mailEnabled"))?;
    let security_enabled = body.take_bool("securityEnabled")?.ok_or_else(|| missing("securityEnabled"))?;
    let is_unified = types(&mut body)?.unwrap_or(false);
    check_kind(is_unified, mail_enabled, security_enabled)?;
    let visibility = visibility(&mut body)?;
    if visibility == Some(Visibility::HiddenMembership) && !is_unified {
        return Err(body.invalid("visibility", "hidden membership is for unified groups"));
    }
    let new = NewGroup {
        display_name,
        mail_nickname,
        is_unified,
        security_enabled,
        description: short(&mut body, "description", LONGEST_DESCRIPTION)?.text(),
        visibility,
        classification: short(&mut body, "classification", LONGEST_OTHER)?.text(),
        preferred_data_location: short(&mut body, "preferredDataLocation", LONGEST_OTHER)?.text(),
        preferred_language: short(&mut body, "preferredLanguage", LONGEST_OTHER)?.text(),
        theme: theme(&mut body)?.text(),
        unique_name: short(&mut body, "uniqueName", LONGEST_OTHER)?.text(),
        members: bound(&mut body, Relation::Member)?,
        owners: bound(&mut body, Relation::Owner)?,
    };
    finish(body)?;
    Ok(new)
}

/// `group` is as it was when the request came: what cannot change may be repeated.
pub(super) fn read_changes(mut body: Object, group: &Group) -> Result<GroupChanges> {
    let mail_enabled = body.take_bool("mailEnabled")?;
    if mail_enabled.is_some_and(|enabled| enabled != group.is_unified) {
        return Err(body.invalid("mailEnabled", "what a group was made as stays"));
    }
    if types(&mut body)?.is_some_and(|is_unified| is_unified != group.is_unified) {
        return Err(body.invalid("groupTypes", "what a group was made as stays"));
    }
    let unique_name = body.take_string("uniqueName")?;
    if unique_name.is_some_and(|name| group.unique_name.as_ref() != Some(&name)) {
        return Err(body.invalid("uniqueName", "what a group was made as stays"));
    }
    let changes = GroupChanges {
        display_name: name(&mut body)?,
        mail_nickname: nickname(&mut body)?,
        security_enabled: body.take_bool("securityEnabled")?,
        description: short(&mut body, "description", LONGEST_DESCRIPTION)?,
        visibility: visibility(&mut body)?,
        classification: short(&mut body, "classification", LONGEST_OTHER)?,
        preferred_data_location: short(&mut body, "preferredDataLocation", LONGEST_OTHER)?,
        preferred_language: short(&mut body, "preferredLanguage", LONGEST_OTHER)?,
        theme: theme(&mut body)?,
        members: bound(&mut body, Relation::Member)?,
    };
    finish(body)?;
    Ok(changes)
}

/// The object that `@odata.id` names: only the id at its end matters, whatever the host and the collection.
pub(super) fn reference(mut body: Object) -> Result<ObjectId> {
    let address = body.take_string("@odata.id")?.ok_or_else(|| missing("@odata.id"))?;
    body.finish()?;
    referenced(&address)
}

/// The same for an address in a query or a list.
pub(super) fn referenced(address: &str) -> Result<ObjectId> {
    let is_id = |part: &&str| part.parse::<ObjectId>().is_ok();
    let mut parts = address.split(['/', '(', ')', '\'', '?', '#']);
    let found = parts.rfind(is_id).and_then(|part| part.parse().ok());
    found.ok_or_else(|| Error::bad_request("Not a valid reference update.").code("Request_BadRequest"))
}

/// A group has an address and is unified, or is a security group.
fn check_kind(is_unified: bool, mail_enabled: bool, security_enabled: bool) -> Result<()> {
    let message = match (is_unified, mail_enabled, security_enabled) {
        (true, true, _) | (false, false, true) => return Ok(()),
        (true, false, _) => "A unified group needs 'mailEnabled' to be true.",
        (false, true, _) => {
            "A group with an address must be unified: set 'groupTypes' to ['Unified'], or 'mailEnabled' to false."
        }
        (false, false, false) => {
            "A group must be a security group or unified: set 'securityEnabled' to true."
        }
    };
    Err(Error::bad_request(message).code("Request_BadRequest"))
}

fn types(body: &mut Object) -> Result<Option<bool>> {
    let Some(types) = body.take_strings("groupTypes")? else { return Ok(None) };
    let mut is_unified = false;
    for name in types {
        if name.eq_ignore_ascii_case("Unified") {
            is_unified = true;
        } else if name.eq_ignore_ascii_case("DynamicMembership") {
            let message = "Membership by rule is not supported here. Add members by name.";
            return Err(Error::bad_request(message).code("Request_BadRequest"));
        } else {
            return Err(body.invalid("groupTypes", "'Unified' or nothing is expected"));
        }
    }
    Ok(Some(is_unified))
}

fn name(body: &mut Object) -> Result<Option<String>> {
    let name = match body.take_change("displayName")? {
        TextChange::Keep => return Ok(None),
        TextChange::Set(name) if !name.trim().is_empty() => name,
        TextChange::Set(_) | TextChange::Clear => {
            return Err(body.invalid("displayName", "a name is expected"));
        }
    };
    within(body, "displayName", &name, LONGEST_NAME)?;
    Ok(Some(name))
}

fn nickname(body: &mut Object) -> Result<Option<String>> {
    let nickname = match body.take_change("mailNickname")? {
        TextChange::Keep => return Ok(None),
        TextChange::Set(nickname) => nickname,
        TextChange::Clear => return Err(body.invalid("mailNickname", "a name is expected")),
    };
    within(body, "mailNickname", &nickname, LONGEST_NICKNAME)?;
    let is_fit = |c: char| c.is_ascii_graphic() && !"@()\\[]\";:<>,".contains(c);
    if !nickname.chars().all(is_fit) {
        return Err(body.invalid(
            "mailNickname",
            "ASCII letters, digits and signs that an address may hold are expected",
        ));
    }
    Ok(Some(nickname))
}

fn short(body: &mut Object, property: &str, longest: usize) -> Result<TextChange> {
    let change = body.take_change(property)?;
    if let TextChange::Set(text) = &change {
        within(body, property, text, longest)?;
    }
    Ok(change)
}

fn theme(body: &mut Object) -> Result<TextChange> {
    let change = body.take_change("theme")?;
    let TextChange::Set(text) = change else { return Ok(change) };
    let known = THEMES.iter().find(|theme| theme.eq_ignore_ascii_case(&text));
    let known = known
        .ok_or_else(|| body.invalid("theme", "Teal, Purple, Green, Blue, Pink or Orange is expected"))?;
    Ok(TextChange::Set((*known).to_owned()))
}

fn visibility(body: &mut Object) -> Result<Option<Visibility>> {
    let Some(text) = body.take_string("visibility")? else { return Ok(None) };
    let known = Visibility::parse(&text);
    known
        .map(Some)
        .ok_or_else(|| body.invalid("visibility", "Public, Private or HiddenMembership is expected"))
}

fn bound(body: &mut Object, relation: Relation) -> Result<Vec<ObjectId>> {
    let name = format!("{}@odata.bind", relation.property());
    let addresses = body.take_strings(&name)?.unwrap_or_default();
    if addresses.len() > MOST_BOUND {
        let message = format!("At most {MOST_BOUND} references can be bound in one request: '{name}'.");
        return Err(Error::bad_request(message).code("Request_BadRequest"));
    }
    addresses.iter().map(|address| referenced(address)).collect()
}

fn within(body: &Object, property: &str, text: &str, longest: usize) -> Result<()> {
    if text.chars().count() <= longest {
        return Ok(());
    }
    Err(body.invalid(property, &format!("at most {longest} characters are allowed")))
}

fn finish(mut body: Object) -> Result<()> {
    body.read_only(&READ_ONLY)?;
    for property in ALWAYS_FALSE {
        if body.take_bool(property)? == Some(true) {
            return Err(body.invalid(property, "only false is supported here"));
        }
    }
    for property in ALWAYS_EMPTY {
        if body.take_array(property)?.is_some_and(|values| !values.is_empty()) {
            return Err(body.invalid(property, "nothing but an empty array is supported here"));
        }
    }
    for property in ALWAYS_NULL {
        if body.take_string(property)?.is_some_and(|text| !text.is_empty()) {
            return Err(body.invalid(property, "only null is supported here"));
        }
    }
    body.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn object(value: &Value) -> Object {
        Object::parse(value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_reference_is_the_id_at_the_end_of_any_address() {
        let id: ObjectId = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap();
        for address in [
            format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}"),
            format!("http://elsewhere.example/beta/users/{id}"),
            format!(
                "https://localhost:8443/v2/11111111-1111-4111-8111-111111111111/directoryObjects/{id}/Microsoft.DirectoryServices.User"
            ),
            format!("directoryObjects('{id}')"),
            format!("/groups/{id}"),
            id.to_string().to_uppercase(),
        ] {
            assert_eq!(referenced(&address).unwrap(), id, "{address}");
        }
        for wrong in ["", "https://graph.microsoft.com/v1.0/users/ana@contoso.example", "3f0c5a5e"] {
            assert_eq!(referenced(wrong).unwrap_err().message(), "Not a valid reference update.");
        }
    }

    #[test]
    fn a_new_group_is_a_security_group_or_unified() {
        let body = |mail: bool, security: bool, types: &[&str]| {
            let body = json!({"displayName": "Team", "mailNickname": "team", "mailEnabled": mail,
                "securityEnabled": security, "groupTypes": types});
            read_new(object(&body)).map(|new| new.is_unified)
        };
        assert_eq!(body(false, true, &[]).ok(), Some(false));
        assert_eq!(body(true, false, &["Unified"]).ok(), Some(true));
        assert_eq!(body(true, true, &["unified"]).ok(), Some(true));
        for (mail, security, types) in [
            (false, false, &[][..]),
            (true, true, &[]),
            (false, true, &["Unified"]),
            (false, true, &["DynamicMembership"]),
            (false, true, &["Other"]),
        ] {
            assert!(body(mail, security, types).is_err(), "{mail} {security} {types:?}");
        }
    }

    #[test]
    fn what_is_not_acted_on_is_refused_unless_it_changes_nothing() {
        let with = |more: Value| {
            let mut body = json!({"displayName": "Team", "mailNickname": "team", "mailEnabled": false,
                "securityEnabled": true});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            read_new(object(&body))
        };
        let harmless = json!({"@odata.type": "#microsoft.graph.group", "id": null, "isAssignableToRole": false,
            "membershipRule": null, "resourceBehaviorOptions": [], "description": "", "theme": "teal"});
        let new = with(harmless).unwrap();
        assert_eq!((new.description, new.theme.as_deref()), (None, Some("Teal")));
        for wrong in [
            json!({"isAssignableToRole": true}),
            json!({"membershipRule": "user.userType -eq \"Guest\""}),
            json!({"resourceProvisioningOptions": ["Team"]}),
            json!({"mail": "a@b.example"}),
            json!({"foo": 1}),
            json!({"visibility": "HiddenMembership"}),
            json!({"visibility": "Secret"}),
            json!({"theme": "Black"}),
            json!({"mailNickname": "a b"}),
            json!({"mailNickname": "a@b"}),
            json!({"mailNickname": "a".repeat(65)}),
            json!({"displayName": " "}),
            json!({"displayName": "a".repeat(257)}),
            json!({"description": "a".repeat(1025)}),
            json!({"members@odata.bind": vec!["/users/x"; 1]}),
            json!({"members@odata.bind": vec!["/users/3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10"; 21]}),
        ] {
            assert!(with(wrong.clone()).is_err(), "{wrong}");
        }
        for needed in ["displayName", "mailNickname", "mailEnabled", "securityEnabled"] {
            let mut body = json!({"displayName": "Team", "mailNickname": "team", "mailEnabled": false,
                "securityEnabled": true});
            body.as_object_mut().unwrap().remove(needed);
            let message = read_new(object(&body)).unwrap_err().message().to_owned();
            assert_eq!(message, format!("A value is required for property '{needed}'."));
        }
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name_and_clears_what_is_null() {
        let id = kernel::GroupId(uuid::Uuid::nil());
        let group = Group::security(id, "Team", kernel::Timestamp::UNIX_EPOCH);
        let read = |body: Value| read_changes(object(&body), &group);
        let changes = read(json!({"description": null, "groupTypes": [], "mailEnabled": false})).unwrap();
        assert_eq!((changes.description, changes.classification), (TextChange::Clear, TextChange::Keep));
        for wrong in [
            json!({"displayName": null}),
            json!({"groupTypes": ["Unified"]}),
            json!({"mailEnabled": true}),
            json!({"uniqueName": "x"}),
            json!({"owners@odata.bind": []}),
            json!({"id": "x"}),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
