//! From the document to the types. The order of the fields below is the order of the contract.

use super::document::{Object, Value, unknown};
use super::{Seed, SeedApplication, SeedGroup, SeedTenant, SeedUser, check};
use directory::role::Role;
use kernel::{
    AppId, ApplicationId, DomainName, EmailAddress, Error, GroupId, Language, Rng, Secret, TenantId, UserId,
};
use std::str::FromStr;
use uuid::Uuid;

const FILE: &[&str] = &["tenants", "origin", "caFile", "mail", "devToken"];
pub const TENANT: &[&str] = &[
    "id",
    "displayName",
    "initialDomain",
    "domains",
    "privacyStatementUrl",
    "notificationLanguage",
    "users",
    "groups",
    "applications",
];
pub const USER: &[&str] = &[
    "id",
    "userPrincipalName",
    "displayName",
    "mail",
    "userType",
    "password",
    "roles",
    "accountEnabled",
    "preferredLanguage",
];
pub const GROUP: &[&str] = &["id", "displayName", "members"];
pub const APPLICATION: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "secret",
    "redirectUris",
    "spaRedirectUris",
    "publicClientRedirectUris",
    "identifierUris",
    "appRoles",
    "scopes",
];

/// Without the letters and digits that are taken for one another.
const PASSWORD_LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const SECRET_LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub fn seed(document: &Value<'_>, rng: Rng) -> Result<Seed, Error> {
    let mut file = document.object(FILE)?;
    let list = file.get("tenants")?;
    let tenants = list.list()?;
    if tenants.is_empty() {
        return Err(list.wrong("a seed has at least one tenant"));
    }
    let mut taken = check::Taken::default();
    let tenants = tenants.iter().map(|value| tenant(value, rng, &mut taken)).collect::<Result<_, _>>()?;
    Ok(Seed { tenants })
}

fn tenant(value: &Value<'_>, rng: Rng, taken: &mut check::Taken) -> Result<SeedTenant, Error> {
    let mut object = value.object(TENANT)?;
    let id = TenantId(id(&mut object, "id", rng, taken)?);
    let display_name = display_name(&mut object)?;
    let initial = object.get("initialDomain")?;
    let initial_domain = domain(&initial)?;
    taken.domain(&initial, &initial_domain)?;
    let mut domains = vec![initial_domain.clone()];
    for value in object.list("domains")? {
        let domain = domain(&value)?;
        if domain != initial_domain {
            taken.domain(&value, &domain)?;
            domains.push(domain);
        }
    }
    let privacy_statement_url =
        object.find("privacyStatementUrl").map(|value| check::web_url(&value)).transpose()?;
    let notification_language =
        object.find("notificationLanguage").map(|value| language(&value)).transpose()?;
    let users: Vec<SeedUser> = object
        .list("users")?
        .iter()
        .map(|value| user(value, rng, &domains, taken))
        .collect::<Result<_, Error>>()?;
    let groups = object
        .list("groups")?
        .iter()
        .map(|value| group(value, rng, &users, taken))
        .collect::<Result<_, Error>>()?;
    let applications = object
        .list("applications")?
        .iter()
        .map(|value| application(value, rng, taken))
        .collect::<Result<_, Error>>()?;
    Ok(SeedTenant {
        id,
        display_name,
        initial_domain,
        domains,
        privacy_statement_url,
        notification_language,
        users,
        groups,
        applications,
    })
}

fn user(
    value: &Value<'_>,
    rng: Rng,
    domains: &[DomainName],
    taken: &mut check::Taken,
) -> Result<SeedUser, Error> {
    let mut object = value.object(USER)?;
    let id = UserId(id(&mut object, "id", rng, taken)?);
    let name = object.get("userPrincipalName")?;
    let user_principal_name = address(&name)?;
    if !domains.contains(&user_principal_name.domain()) {
        return Err(name.wrong(format!(
            "{} is not among this tenant's domains, so no user principal name can end in it",
            user_principal_name.domain()
        )));
    }
    taken.name(&name, user_principal_name.key())?;
    let display_name = display_name(&mut object)?;
    // An empty address is how Graph writers say that there is none.
    let mail = object
        .find("mail")
        .filter(|value| value.text().is_ok_and(|text| !text.is_empty()) || value.text().is_err())
        .map(|value| address(&value))
        .transpose()?;
    if let Some(kind) = object.find("userType") {
        match kind.text()?.as_str() {
            "Member" => {}
            "Guest" => {
                return Err(kind.wrong("a guest cannot be seeded: invite one with POST /v1.0/invitations"));
            }
            other => return Err(kind.wrong(unknown("user type", other, ["Member"].into_iter()))),
        }
    }
    let password = match object.find("password") {
        Some(value) => check::bounded(&value, 256)?,
        None => rng.text(PASSWORD_LETTERS, 16),
    };
    let roles = object.list("roles")?.iter().map(role).collect::<Result<_, _>>()?;
    let account_enabled = object.find("accountEnabled").map_or(Ok(true), |value| value.boolean())?;
    let preferred_language =
        object.find("preferredLanguage").map(|value| check::language_tag(&value)).transpose()?;
    Ok(SeedUser {
        id,
        user_principal_name,
        display_name,
        mail,
        password: Secret::new(password),
        roles,
        account_enabled,
        preferred_language,
    })
}

fn group(
    value: &Value<'_>,
    rng: Rng,
    users: &[SeedUser],
    taken: &mut check::Taken,
) -> Result<SeedGroup, Error> {
    let mut object = value.object(GROUP)?;
    let id = GroupId(id(&mut object, "id", rng, taken)?);
    let display_name = display_name(&mut object)?;
    let mut members: Vec<UserId> = Vec::new();
    for value in object.list("members")? {
        let text = value.text()?;
        let key = text.to_ascii_lowercase();
        let member = users
            .iter()
            .find(|user| user.id.to_string() == key || user.user_principal_name.key() == key)
            .ok_or_else(|| value.wrong(format!("no user of this tenant has the id or name \"{text}\"")))?;
        if !members.contains(&member.id) {
            members.push(member.id);
        }
    }
    Ok(SeedGroup { id, display_name, members })
}

fn application(value: &Value<'_>, rng: Rng, taken: &mut check::Taken) -> Result<SeedApplication, Error> {
    let mut object = value.object(APPLICATION)?;
    let object_id = ApplicationId(id(&mut object, "id", rng, taken)?);
    let app_id = AppId(id(&mut object, "appId", rng, taken)?);
    let display_name = display_name(&mut object)?;
    let secret = object.find("secret").map(|value| check::bounded(&value, 256)).transpose()?;
    let web = texts(&mut object, "redirectUris", check::redirect_uri)?;
    let spa_redirect_uris = texts(&mut object, "spaRedirectUris", check::redirect_uri)?;
    let public_client_redirect_uris = texts(&mut object, "publicClientRedirectUris", check::redirect_uri)?;
    // The card's `redirectUris` lists all of them.
    let elsewhere =
        |uri: &String| spa_redirect_uris.contains(uri) || public_client_redirect_uris.contains(uri);
    let web_redirect_uris: Vec<String> = web.into_iter().filter(|uri| !elsewhere(uri)).collect();
    let is_public = web_redirect_uris.is_empty()
        && !(spa_redirect_uris.is_empty() && public_client_redirect_uris.is_empty());
    let secret = secret.or_else(|| (!is_public).then(|| rng.text(SECRET_LETTERS, 40)));
    Ok(SeedApplication {
        id: object_id,
        app_id,
        display_name,
        secret: secret.map(Secret::new),
        web_redirect_uris,
        spa_redirect_uris,
        public_client_redirect_uris,
        identifier_uris: texts(&mut object, "identifierUris", check::identifier_uri)?,
        app_roles: texts(&mut object, "appRoles", check::permission)?,
        scopes: texts(&mut object, "scopes", check::permission)?,
    })
}

/// An id that is given, or a new one. No two objects of a seed share one.
fn id(object: &mut Object<'_>, field: &str, rng: Rng, taken: &mut check::Taken) -> Result<Uuid, Error> {
    let Some(value) = object.find(field) else { return Ok(rng.uuid()) };
    let text = value.text()?;
    let id = kernel::ObjectId::from_str(&text).map_err(|_| {
        value.wrong(format!("\"{text}\" is no id: 8-4-4-4-12 hexadecimal digits are expected"))
    })?;
    taken.id(&value, id.0)?;
    Ok(id.0)
}

fn display_name(object: &mut Object<'_>) -> Result<String, Error> {
    check::bounded(&object.get("displayName")?, 256)
}

fn domain(value: &Value<'_>) -> Result<DomainName, Error> {
    let text = value.text()?;
    let domain = DomainName::parse(&text).map_err(|why| value.wrong(format!("\"{text}\": {why}")))?;
    if domain.as_str().contains('.') {
        Ok(domain)
    } else {
        Err(value.wrong(format!("\"{text}\": a domain needs a dot")))
    }
}

fn address(value: &Value<'_>) -> Result<EmailAddress, Error> {
    let text = value.text()?;
    EmailAddress::parse(&text).map_err(|why| value.wrong(format!("\"{text}\": {why}")))
}

fn language(value: &Value<'_>) -> Result<Language, Error> {
    let tag = value.text()?;
    Language::from_tag(&tag)
        .ok_or_else(|| value.wrong(unknown("language", &tag, Language::ALL.into_iter().map(Language::tag))))
}

fn role(value: &Value<'_>) -> Result<Role, Error> {
    let name = value.text()?;
    let known = || Role::ALL.into_iter().map(Role::display_name);
    Role::named(&name).ok_or_else(|| value.wrong(unknown("directory role", &name, known())))
}

/// A list of texts, each checked, each once.
fn texts(
    object: &mut Object<'_>,
    field: &str,
    check: impl Fn(&Value<'_>) -> Result<String, Error>,
) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for value in object.list(field)? {
        let text = check(&value)?;
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}
