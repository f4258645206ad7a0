//! Making and changing users from what a request says: values of the right type come from the description, what they
//! mean for a user is here.

use super::rules::{self, ChangeFacts, Editor, NameProblem};
use super::service::{conflict, conflicting, denied, not_found};
use super::{USER, User, UserType, store};
use crate::audit_log::{self, Event, Modified, Operation, Service};
use crate::tenant::{self, Tenant};
use crate::{access, role};
use ::graph::list as lists;
use ::graph::{BoxFuture, Changed, Field};
use ::store::{Read, Tx};
use kernel::{Act, DomainName, EmailAddress, Error, Result, Secret, TenantId, UserId};
use module::Platform;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Keeps passwords. Directory objects are made here, the ways to sign in are another slice's.
pub trait Passwords: Send + Sync {
    /// Refuses a password that is too weak, else hashes it. It is slow, so it comes before the write.
    fn hash<'a>(&'a self, password: Secret<String>, name: &'a str) -> BoxFuture<'a, Result<PasswordHash>>;
    /// Makes it the user's password within a write.
    fn keep<'a>(&'a self, tx: &'a mut Tx, user: UserId, hash: &'a PasswordHash) -> BoxFuture<'a, Result<()>>;
}

/// A password as it is kept.
pub struct PasswordHash(pub Secret<String>);

/// What a request says about a user.
pub struct UserChanges {
    pub properties: Vec<Changed>,
    pub password: Option<Secret<String>>,
}

/// Makes and changes users.
#[derive(Clone)]
pub struct UserChangeService {
    platform: Platform,
    passwords: Arc<dyn Passwords>,
}

impl UserChangeService {
    pub fn new(platform: Platform, passwords: Arc<dyn Passwords>) -> Self {
        Self { platform, passwords }
    }

    /// A new user of the tenant, as an administrator or an application makes one.
    pub async fn create(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        mut changes: UserChanges,
    ) -> Result<UserId> {
        rules::decide_create(editor).map_err(denied)?;
        for needed in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"] {
            let is_given = |changed: &Changed| changed.field.name() == needed && !changed.value.is_null();
            if !changes.properties.iter().any(is_given) {
                return Err(USER.missing(needed));
            }
        }
        let Some(password) = changes.password.take() else { return Err(USER.missing("passwordProfile")) };
        let name = changes.properties.iter().find(|changed| changed.field.name() == "userPrincipalName");
        let name = name.and_then(|changed| changed.value.as_str()).unwrap_or_default();
        let hash = self.passwords.hash(password, name).await?;
        let id = UserId(self.platform.rng().uuid());
        let (rng, passwords) = (self.platform.rng(), self.passwords.clone());
        let context = (act, changes.properties, hash, id);
        let write = move |mut tx: Tx, context: Arc<(Act, Vec<Changed>, PasswordHash, UserId)>| {
            let passwords = passwords.clone();
            async move {
                let (act, properties, hash, id) = &*context;
                let tenant = tenant::get(&mut tx).await?;
                let mut user = blank(*id, tx.now());
                apply(&mut user, properties)?;
                check(&mut tx, &tenant, None, &user).await?;
                store::insert(&mut tx, &user).await?;
                passwords.keep(&mut tx, user.id, hash).await?;
                let event =
                    Event::new("Add user", Service::CoreDirectory, Operation::Add).about(user.target());
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(user.id)
            }
        };
        self.platform.tenant(tenant).write(context, write).await
    }

    /// Changes a user: all that was said, or nothing.
    pub async fn update(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        id: UserId,
        mut changes: UserChanges,
    ) -> Result<()> {
        let hash = match changes.password.take() {
            Some(password) => {
                let mut read = self.platform.tenant(tenant).snapshot().await?;
                let user = store::find(&mut read, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                drop(read);
                Some(self.passwords.hash(password, &user.user_principal_name).await?)
            }
            None => None,
        };
        let (rng, passwords, editor) = (self.platform.rng(), self.passwords.clone(), editor.clone());
        let context = (act, changes.properties, hash);
        let write = move |mut tx: Tx, context: Arc<(Act, Vec<Changed>, Option<PasswordHash>)>| {
            let (passwords, editor) = (passwords.clone(), editor.clone());
            async move {
                let (act, properties, hash) = &*context;
                let before = store::find(&mut tx, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
                let names: Vec<&str> = properties.iter().map(|changed| changed.field.name()).collect();
                let facts = ChangeFacts {
                    is_self: editor.user == Some(id),
                    is_guest: before.is_guest(),
                    guest_access: access::policy(&mut tx).await?.guest_access,
                    target_roles: role::list_of(&mut tx, id).await?,
                    sets_password: hash.is_some(),
                    properties: &names,
                };
                rules::decide_change(&editor, &facts).map_err(denied)?;
                let fields: Vec<&'static Field> = properties.iter().map(|changed| changed.field).collect();
                let old = lists::values(&mut tx, &USER, id.0, &fields).await?.unwrap_or_default();
                let mut user = before.clone();
                apply(&mut user, properties)?;
                if let Some(hash) = hash {
                    passwords.keep(&mut tx, id, hash).await?;
                    user.sessions_valid_from = tx.now();
                }
                if user == before {
                    return Ok(());
                }
                if before.account_enabled && !user.account_enabled {
                    user.sessions_valid_from = tx.now();
                }
                let tenant = tenant::get(&mut tx).await?;
                check(&mut tx, &tenant, Some(&before), &user).await?;
                store::save_state(&mut tx, &user).await?;
                let new = lists::values(&mut tx, &USER, id.0, &fields).await?.unwrap_or_default();
                let mut target = user.target();
                target.changes = modified(&fields, old, new);
                let event =
                    Event::new("Update user", Service::CoreDirectory, Operation::Update).about(target);
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(())
            }
        };
        self.platform.tenant(tenant).write(context, write).await
    }

    /// Ends all sessions, refresh tokens and links of a user.
    pub async fn revoke_sessions(
        &self,
        tenant: TenantId,
        act: Act,
        editor: &Editor,
        id: UserId,
    ) -> Result<()> {
        rules::decide_revoke(editor, id).map_err(denied)?;
        let rng = self.platform.rng();
        let write = move |mut tx: Tx, act: Arc<Act>| async move {
            let mut user = store::find(&mut tx, id).await?.ok_or_else(|| not_found(&id.to_string()))?;
            user.sessions_valid_from = tx.now();
            store::save_state(&mut tx, &user).await?;
            let event = Event::new(
                "Update StsRefreshTokenValidFrom Timestamp",
                Service::CoreDirectory,
                Operation::Update,
            );
            audit_log::record(&mut tx, rng, &act, event.about(user.target())).await
        };
        self.platform.tenant(tenant).write(act, write).await?;
        Ok(())
    }
}

fn blank(id: UserId, now: kernel::Timestamp) -> User {
    User {
        id,
        user_principal_name: String::new(),
        display_name: String::new(),
        mail: None,
        mail_nickname: None,
        user_type: UserType::Member,
        account_enabled: true,
        creation_type: None,
        external_state: None,
        external_state_changed_at: None,
        given_name: None,
        surname: None,
        job_title: None,
        mobile_phone: None,
        office_location: None,
        preferred_language: None,
        company_name: None,
        business_phones: Vec::new(),
        other_mails: Vec::new(),
        proxy_addresses: Vec::new(),
        identities: Vec::new(),
        created_at: now,
        deleted_at: None,
        more: Map::new(),
        sessions_valid_from: now,
    }
}

/// Puts the values where they belong. What has no place of its own lies under its name.
fn apply(user: &mut User, changes: &[Changed]) -> Result<()> {
    for Changed { field, value } in changes {
        let text = value.as_str().map(str::to_owned);
        match field.name() {
            "accountEnabled" => user.account_enabled = value.as_bool().unwrap_or(user.account_enabled),
            "displayName" => user.display_name = text.unwrap_or_default(),
            "userPrincipalName" => user.user_principal_name = text.unwrap_or_default(),
            "userType" => {
                user.user_type = text.as_deref().and_then(UserType::parse).unwrap_or(user.user_type);
            }
            "mail" => set_mail(user, text)?,
            "otherMails" => user.other_mails = addresses(field, value)?,
            "businessPhones" => user.business_phones = texts(value),
            "mailNickname" => user.mail_nickname = text,
            "givenName" => user.given_name = text,
            "surname" => user.surname = text,
            "jobTitle" => user.job_title = text,
            "mobilePhone" => user.mobile_phone = text,
            "officeLocation" => user.office_location = text,
            "preferredLanguage" => user.preferred_language = text,
            "companyName" => user.company_name = text,
            name => set_more(&mut user.more, name, value),
        }
    }
    Ok(())
}

/// The members of an object that were not said stay as they are.
fn set_more(more: &mut Map<String, Value>, name: &str, value: &Value) {
    match (more.get_mut(name), value) {
        (_, Value::Null) => {
            more.remove(name);
        }
        (Some(Value::Object(own)), Value::Object(new)) => {
            own.extend(new.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        _ => {
            more.insert(name.to_owned(), value.clone());
        }
    }
}

/// The address is the first of the proxy addresses too.
fn set_mail(user: &mut User, mail: Option<String>) -> Result<()> {
    let mail = mail.map(|text| parse_address("mail", &text)).transpose()?;
    user.proxy_addresses.retain(|proxy| !proxy.starts_with("SMTP:"));
    if let Some(mail) = &mail {
        let is_same = |proxy: &String| {
            proxy.split_once(':').is_some_and(|(_, own)| own.eq_ignore_ascii_case(mail.as_str()))
        };
        user.proxy_addresses.retain(|proxy| !is_same(proxy));
        user.proxy_addresses.insert(0, format!("SMTP:{mail}"));
    }
    user.mail = mail.map(String::from);
    Ok(())
}

fn addresses(field: &Field, value: &Value) -> Result<Vec<String>> {
    texts(value).iter().map(|text| parse_address(field.name(), text).map(String::from)).collect()
}

fn parse_address(property: &str, text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text)
        .map_err(|error| USER.invalid(property, "It is an e-mail address.").because(error))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether the user may be as it is now: its names are well formed, of this tenant and nobody else's.
async fn check(tx: &mut Tx, tenant: &Tenant, before: Option<&User>, user: &User) -> Result<()> {
    if before.is_none_or(|before| before.user_principal_name != user.user_principal_name) {
        let domain = rules::check_name(&user.user_principal_name).map_err(name_problem)?;
        let domain =
            DomainName::parse(domain).map_err(|error| name_problem(NameProblem::Domain).because(error))?;
        if !tenant.owns(&domain) {
            return Err(name_problem(NameProblem::Domain));
        }
        let holder = store::find_by_upn(tx, &user.user_principal_name).await?;
        if let Some(holder) = holder.filter(|holder| holder.id != user.id) {
            return Err(conflict(rules::Held { property: "userPrincipalName", by: holder.id }));
        }
    }
    let is_new_mail = before.is_none_or(|before| before.mail != user.mail);
    let mail = user.mail.as_ref().filter(|_| is_new_mail).and_then(|mail| EmailAddress::parse(mail).ok());
    if let Some(mail) = mail {
        let is_of = |other: &User| {
            let proxies = other.proxy_addresses.iter().filter_map(|proxy| proxy.split_once(':'));
            let own = other.mail.iter().map(String::as_str).chain(proxies.map(|(_, address)| address));
            own.into_iter().any(|own| own.eq_ignore_ascii_case(mail.as_str()))
        };
        let holders = store::find_by_address(tx, &mail).await?;
        if let Some(holder) = holders.iter().find(|other| other.id != user.id && is_of(other)) {
            return Err(conflicting(holder.id));
        }
    }
    let usage = |user: &User| user.more.get("usageLocation").and_then(Value::as_str).map(str::to_owned);
    match usage(user) {
        Some(code) if code.len() != 2 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) => {
            Err(USER.invalid("usageLocation", "It is a country code of two capital letters, such as US."))
        }
        None if before.and_then(usage).is_some() => {
            Err(USER.invalid("usageLocation", "It can be changed, but not taken away."))
        }
        _ => Ok(()),
    }
}

fn name_problem(problem: NameProblem) -> Error {
    let message = match problem {
        NameProblem::Characters => "Property 'userPrincipalName' is invalid.",
        NameProblem::Domain => {
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain \
             names in your organization."
        }
    };
    Error::bad_request(message).code("Request_BadRequest")
}

fn modified(fields: &[&'static Field], old: Vec<String>, new: Vec<String>) -> Vec<Modified> {
    let all = fields.iter().zip(old).zip(new);
    all.filter(|((_, old), new)| old != new)
        .map(|((field, old), new)| Modified { property: field.name().to_owned(), old, new })
        .collect()
}
