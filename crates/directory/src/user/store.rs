//! The statements of users.

use super::{ExternalUserState, Identity, User, UserType, upn_key};
use ::graph::{fold, fold_address, later_words};
use kernel::{EmailAddress, ObjectId, Result, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use store::{Change, Json, Migration, Params, Read, Row, Tx, params};

pub const MIGRATION: Migration = Migration { name: "directory::user", sql: include_str!("schema.sql") };

/// How an identity lies in the `identities` column.
#[derive(Serialize, Deserialize)]
struct StoredIdentity {
    provider: String,
    issuer: String,
    subject: String,
}

/// A living user.
pub async fn find(read: &mut impl Read, id: UserId) -> Result<Option<User>> {
    read.row(&FIND, params![id: id], user).await
}

/// A living user by its user principal name, compared without ASCII case.
pub async fn find_by_upn(read: &mut impl Read, user_principal_name: &str) -> Result<Option<User>> {
    read.row(&FIND_BY_UPN, params![upn_key: upn_key(user_principal_name)], user).await
}

/// The living users that answer to an address, oldest first.
pub async fn find_by_address(read: &mut impl Read, address: &EmailAddress) -> Result<Vec<User>> {
    read.rows(&FIND_BY_ADDRESS, params![address_key: address.key()], user).await
}

/// The living user an identity is bound to.
pub async fn find_by_identity(read: &mut impl Read, issuer: &str, subject: &str) -> Result<Option<User>> {
    read.row(&FIND_BY_IDENTITY, params![issuer: issuer, subject: subject], user).await
}

pub async fn find_deleted(read: &mut impl Read, id: UserId) -> Result<Option<User>> {
    read.row(&FIND_DELETED, params![id: id], user).await
}

/// How many people a tenant knows, counted to `most`.
pub struct Count {
    pub all: u32,
    pub guests: u32,
}

pub async fn count(read: &mut impl Read, most: u32) -> Result<Count> {
    let count = |row: &Row<'_>| Ok(Count { all: row.get(0)?, guests: row.get(1)? });
    let counted = read.row(&COUNT, params![most: most], count).await?;
    Ok(counted.unwrap_or(Count { all: 0, guests: 0 }))
}

/// A new user with its addresses and its place in the feed.
pub async fn insert(tx: &mut Tx, user: &User) -> Result<()> {
    tx.queue(&INSERT, columns(tx, user)).await?;
    for address_key in address_keys(user) {
        tx.queue(&INSERT_ADDRESS, params![address_key: address_key, user: user.id]).await?;
    }
    for word in later_words(&user.display_name) {
        tx.queue(&INSERT_WORD, params![word: word, user: user.id]).await?;
    }
    tx.feed("user", user.id, Change::Created).await
}

/// Writes a user as it is now, with all it is found by.
pub async fn save_state(tx: &mut Tx, user: &User) -> Result<()> {
    let before = tx.row(&FIND_ANY, params![id: user.id], self::user).await?;
    tx.queue(&SAVE, columns(tx, user)).await?;
    if let Some(before) = before {
        move_entries(tx, &before, user).await?;
    }
    let change = if user.deleted_at.is_some() { Change::Deleted } else { Change::Updated };
    tx.feed("user", user.id, change).await
}

/// Addresses and words of the living only are found, so a deleted user's are free for others.
async fn move_entries(tx: &mut Tx, before: &User, after: &User) -> Result<()> {
    let living = |user: &User| user.deleted_at.is_none();
    let addresses = |user: &User| if living(user) { address_keys(user) } else { Vec::new() };
    let (old, new) = (addresses(before), addresses(after));
    for address_key in old.iter().filter(|key| !new.contains(key)) {
        tx.queue(&DELETE_ADDRESS, params![address_key: address_key, user: after.id]).await?;
    }
    for address_key in new.iter().filter(|key| !old.contains(key)) {
        tx.queue(&INSERT_ADDRESS, params![address_key: address_key, user: after.id]).await?;
    }
    let words = |user: &User| if living(user) { later_words(&user.display_name) } else { Vec::new() };
    let (old, new) = (words(before), words(after));
    for word in old.iter().filter(|word| !new.contains(word)) {
        tx.queue(&DELETE_WORD, params![word: word, user: after.id]).await?;
    }
    for word in new.iter().filter(|word| !old.contains(word)) {
        tx.queue(&INSERT_WORD, params![word: word, user: after.id]).await?;
    }
    Ok(())
}

fn columns(tx: &Tx, user: &User) -> Params {
    params![
        id: user.id,
        upn: &user.user_principal_name,
        upn_key: upn_key(&user.user_principal_name),
        display_name: &user.display_name,
        mail: user.mail.as_deref(),
        mail_nickname: user.mail_nickname.as_deref(),
        user_type: user.user_type.as_str(),
        account_enabled: user.account_enabled,
        creation_type: user.creation_type.as_deref(),
        external_state: user.external_state.map(ExternalUserState::as_str),
        external_state_changed_at: user.external_state_changed_at,
        given_name: user.given_name.as_deref(),
        surname: user.surname.as_deref(),
        job_title: user.job_title.as_deref(),
        mobile_phone: user.mobile_phone.as_deref(),
        office_location: user.office_location.as_deref(),
        preferred_language: user.preferred_language.as_deref(),
        company_name: user.company_name.as_deref(),
        business_phones: Json(&user.business_phones),
        other_mails: Json(&user.other_mails),
        proxy_addresses: Json(&user.proxy_addresses),
        identities: Json(&stored(&user.identities)),
        more: Json(&user.more),
        display_name_key: fold(&user.display_name),
        mail_key: user.mail.as_deref().map(fold_address).unwrap_or_default(),
        company_key: user.company_name.as_deref().map(fold),
        created_at: user.created_at,
        deleted_at: user.deleted_at,
        sessions_valid_from: user.sessions_valid_from,
        number: tx.change_number(),
    ]
}

/// Binds an identity to a user. Whoever bound it first keeps it: `false` if it is another's.
pub async fn add_identity(tx: &mut Tx, user: UserId, identity: &Identity) -> Result<bool> {
    let params = params![issuer: &identity.issuer, subject: &identity.subject, user: user];
    Ok(tx.execute(&INSERT_IDENTITY, params).await? == 1)
}

/// Frees a deleted user's identities for others.
pub async fn release(tx: &mut Tx, user: &User) -> Result<()> {
    for identity in &user.identities {
        let params = params![issuer: &identity.issuer, subject: &identity.subject, user: user.id];
        tx.execute(&DELETE_IDENTITY, params).await?;
    }
    Ok(())
}

pub async fn insert_sponsor(tx: &mut Tx, user: UserId, sponsor: ObjectId, kind: &'static str) -> Result<()> {
    tx.queue(&INSERT_SPONSOR, params![user: user, sponsor: sponsor, kind: kind]).await
}

pub async fn sponsor_ids(read: &mut impl Read, user: UserId) -> Result<Vec<ObjectId>> {
    read.rows(&SPONSOR_IDS, params![user: user], |row| row.get(0)).await
}

/// Whether the sponsor was one.
pub async fn remove_sponsor(tx: &mut Tx, user: UserId, sponsor: ObjectId) -> Result<bool> {
    Ok(tx.execute(&DELETE_SPONSOR, params![user: user, sponsor: sponsor]).await? == 1)
}

pub async fn set_manager(tx: &mut Tx, user: UserId, manager: UserId) -> Result<()> {
    tx.execute(&SET_MANAGER, params![user: user, manager: manager]).await?;
    Ok(())
}

/// Whether there was one.
pub async fn remove_manager(tx: &mut Tx, user: UserId) -> Result<bool> {
    Ok(tx.execute(&DELETE_MANAGER, params![user: user]).await? == 1)
}

/// The living manager of a user.
pub async fn manager(read: &mut impl Read, user: UserId) -> Result<Option<User>> {
    read.row(&MANAGER, params![user: user], self::user).await
}

/// The users among a user's sponsors.
pub async fn sponsors(read: &mut impl Read, user: UserId) -> Result<Vec<User>> {
    read.rows(&SPONSORS, params![user: user], self::user).await
}

/// Users deleted before `before`, a bounded number at a time.
pub async fn list_deleted_before(read: &mut impl Read, before: Timestamp) -> Result<Vec<UserId>> {
    read.rows(&LIST_DELETED_BEFORE, params![before: before], |row| row.get(0)).await
}

/// Deleted users, the last deleted first, behind a place.
pub async fn list_deleted(
    read: &mut impl Read,
    after: Option<(Timestamp, UserId)>,
    limit: u32,
) -> Result<Vec<User>> {
    let (at, id) = after.unwrap_or((Timestamp::MAX, UserId(uuid::Uuid::max())));
    read.rows(&LIST_DELETED, params![at: at, id: id, limit: limit], user).await
}

/// Removes a deleted user for good.
pub async fn purge(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.execute(&DELETE_SPONSORS, params![user: user]).await?;
    tx.execute(&DELETE_MANAGER, params![user: user]).await?;
    tx.execute(&DELETE_REPORTS, params![user: user]).await?;
    tx.execute(&PURGE, params![id: user]).await?;
    Ok(())
}

/// A list of users that somebody keeps under a name.
#[derive(Clone, Debug)]
pub struct View {
    pub id: uuid::Uuid,
    pub name: String,
    pub query: String,
}

pub async fn list_views(read: &mut impl Read, owner: UserId) -> Result<Vec<View>> {
    let view = |row: &Row<'_>| Ok(View { id: row.get(0)?, name: row.get(1)?, query: row.get(2)? });
    read.rows(&VIEWS, params![owner: owner], view).await
}

pub async fn insert_view(tx: &mut Tx, owner: UserId, view: &View) -> Result<()> {
    let params = params![owner: owner, id: view.id, name: &view.name, query: &view.query];
    tx.execute(&INSERT_VIEW, params).await?;
    Ok(())
}

pub async fn delete_view(tx: &mut Tx, owner: UserId, id: uuid::Uuid) -> Result<()> {
    tx.execute(&DELETE_VIEW, params![owner: owner, id: id]).await?;
    Ok(())
}

/// Every address a user answers to, by key, each once. What is no address in Lodge's sense matches nobody.
fn address_keys(user: &User) -> Vec<String> {
    let proxies =
        user.proxy_addresses.iter().filter_map(|proxy| proxy.split_once(':').map(|(_, address)| address));
    let all =
        user.mail.as_deref().into_iter().chain(user.other_mails.iter().map(String::as_str)).chain(proxies);
    let mut keys: Vec<String> = all
        .filter_map(|text| EmailAddress::parse(text).ok())
        .map(|address| address.key().to_owned())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn stored(identities: &[Identity]) -> Vec<StoredIdentity> {
    let one = |identity: &Identity| StoredIdentity {
        provider: identity.provider.clone(),
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
    };
    identities.iter().map(one).collect()
}

/// Identities as they lie in their column.
pub(super) fn identities_of(stored: &str) -> Vec<Identity> {
    let list: Vec<StoredIdentity> = serde_json::from_str(stored).unwrap_or_default();
    let one = |stored: StoredIdentity| Identity {
        provider: stored.provider,
        issuer: stored.issuer,
        subject: stored.subject,
    };
    list.into_iter().map(one).collect()
}

fn user(row: &Row<'_>) -> Result<User> {
    user_at(row, 0)
}

/// Reads the columns of [`COLUMNS`] from `at` on.
pub(super) fn user_at(row: &Row<'_>, at: usize) -> Result<User> {
    Ok(User {
        id: row.get(at)?,
        user_principal_name: row.get(at + 1)?,
        display_name: row.get(at + 2)?,
        mail: row.get(at + 3)?,
        mail_nickname: row.get(at + 4)?,
        user_type: UserType::parse(&row.get::<String>(at + 5)?).unwrap_or(UserType::Guest),
        account_enabled: row.get(at + 6)?,
        creation_type: row.get(at + 7)?,
        external_state: row.get::<Option<String>>(at + 8)?.and_then(|text| ExternalUserState::parse(&text)),
        external_state_changed_at: row.get(at + 9)?,
        given_name: row.get(at + 10)?,
        surname: row.get(at + 11)?,
        job_title: row.get(at + 12)?,
        mobile_phone: row.get(at + 13)?,
        office_location: row.get(at + 14)?,
        preferred_language: row.get(at + 15)?,
        company_name: row.get(at + 16)?,
        created_at: row.get(at + 17)?,
        business_phones: row.json(at + 18)?,
        other_mails: row.json(at + 19)?,
        proxy_addresses: row.json(at + 20)?,
        identities: identities_of(&row.get::<String>(at + 21)?),
        deleted_at: row.get(at + 22)?,
        sessions_valid_from: row.get(at + 23)?,
        more: row.json(at + 24)?,
    })
}

/// The columns of a user, in the order [`user_at`] reads them.
macro_rules! columns {
    ($with:ident) => {
        $with!(
            "id",
            "user_principal_name",
            "display_name",
            "mail",
            "mail_nickname",
            "user_type",
            "account_enabled",
            "creation_type",
            "external_state",
            "external_state_changed_at",
            "given_name",
            "surname",
            "job_title",
            "mobile_phone",
            "office_location",
            "preferred_language",
            "company_name",
            "created_at",
            "business_phones",
            "other_mails",
            "proxy_addresses",
            "identities",
            "deleted_at",
            "sessions_valid_from",
            "more"
        )
    };
}

macro_rules! array {
    ($($column:literal),*) => { &[$($column),*] };
}

macro_rules! list {
    ($first:literal $(, $column:literal)*) => { concat!("u.", $first $(, ", u.", $column)*) };
}

pub(super) const COLUMNS: &[&str] = columns!(array);

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(list), " ", $rest)
    };
}

store::statements! {
    FIND: hot = select!("FROM users u WHERE u.tenant_id = :tenant AND u.id = :id AND u.deleted_at IS NULL");
    FIND_BY_UPN: hot = select!("FROM users u WHERE u.tenant_id = :tenant AND u.upn_key = :upn_key AND u.deleted_at IS NULL");
    FIND_BY_ADDRESS: hot = select!("FROM user_address a JOIN users u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
        WHERE a.tenant_id = :tenant AND a.address_key = :address_key AND u.deleted_at IS NULL
        ORDER BY u.created_at, u.id LIMIT 20");
    FIND_BY_IDENTITY: hot = select!("FROM user_identity i JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
        WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject AND u.deleted_at IS NULL");
    FIND_DELETED: hot = select!("FROM users u WHERE u.tenant_id = :tenant AND u.id = :id AND u.deleted_at IS NOT NULL");
    COUNT: hot = "WITH counted AS (
            SELECT user_type FROM users WHERE tenant_id = :tenant AND deleted_at IS NULL LIMIT :most)
        SELECT COUNT(*), COUNT(CASE WHEN user_type = 'Guest' THEN 1 END) FROM counted";
    FIND_ANY: hot = select!("FROM users u WHERE u.tenant_id = :tenant AND u.id = :id");
    SPONSORS: hot = select!("FROM user_sponsor s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.sponsor_id
        WHERE s.tenant_id = :tenant AND s.user_id = :user AND u.deleted_at IS NULL ORDER BY u.id LIMIT 5");
    INSERT: tenant = "INSERT INTO users (tenant_id, id, user_principal_name, upn_key, display_name, mail, mail_nickname,
            user_type, account_enabled, creation_type, external_state, external_state_changed_at, given_name, surname,
            job_title, mobile_phone, office_location, preferred_language, company_name, business_phones, other_mails,
            proxy_addresses, identities, more, display_name_key, mail_key, company_key, created_at, deleted_at,
            sessions_valid_from, changed_at_number)
        VALUES (:tenant, :id, :upn, :upn_key, :display_name, :mail, :mail_nickname,
            :user_type, :account_enabled, :creation_type, :external_state, :external_state_changed_at, :given_name, :surname,
            :job_title, :mobile_phone, :office_location, :preferred_language, :company_name, :business_phones, :other_mails,
            :proxy_addresses, :identities, :more, :display_name_key, :mail_key, :company_key, :created_at, :deleted_at,
            :sessions_valid_from, :number)";
    SAVE: hot = "UPDATE users SET user_principal_name = :upn, upn_key = :upn_key, display_name = :display_name, mail = :mail,
            mail_nickname = :mail_nickname, user_type = :user_type, account_enabled = :account_enabled,
            creation_type = :creation_type, external_state = :external_state,
            external_state_changed_at = :external_state_changed_at, given_name = :given_name, surname = :surname,
            job_title = :job_title, mobile_phone = :mobile_phone, office_location = :office_location,
            preferred_language = :preferred_language, company_name = :company_name, business_phones = :business_phones,
            other_mails = :other_mails, proxy_addresses = :proxy_addresses, identities = :identities, more = :more,
            display_name_key = :display_name_key, mail_key = :mail_key, company_key = :company_key,
            created_at = :created_at, deleted_at = :deleted_at, sessions_valid_from = :sessions_valid_from,
            changed_at_number = :number
        WHERE tenant_id = :tenant AND id = :id";
    INSERT_WORD: tenant = "INSERT INTO user_word (tenant_id, word, user_id)
        VALUES (:tenant, :word, :user) ON CONFLICT DO NOTHING";
    DELETE_WORD: hot = "DELETE FROM user_word WHERE tenant_id = :tenant AND word = :word AND user_id = :user";
    INSERT_ADDRESS: tenant = "INSERT INTO user_address (tenant_id, address_key, user_id)
        VALUES (:tenant, :address_key, :user) ON CONFLICT DO NOTHING";
    DELETE_ADDRESS: hot = "DELETE FROM user_address
        WHERE tenant_id = :tenant AND address_key = :address_key AND user_id = :user";
    INSERT_IDENTITY: tenant = "INSERT INTO user_identity (tenant_id, issuer, subject, user_id)
        VALUES (:tenant, :issuer, :subject, :user) ON CONFLICT DO NOTHING";
    DELETE_IDENTITY: hot = "DELETE FROM user_identity
        WHERE tenant_id = :tenant AND issuer = :issuer AND subject = :subject AND user_id = :user";
    INSERT_SPONSOR: tenant = "INSERT INTO user_sponsor (tenant_id, user_id, sponsor_id, sponsor_kind)
        VALUES (:tenant, :user, :sponsor, :kind) ON CONFLICT DO NOTHING";
    SPONSOR_IDS: hot = "SELECT sponsor_id FROM user_sponsor WHERE tenant_id = :tenant AND user_id = :user
        ORDER BY sponsor_id";
    DELETE_SPONSOR: hot = "DELETE FROM user_sponsor
        WHERE tenant_id = :tenant AND user_id = :user AND sponsor_id = :sponsor";
    SET_MANAGER: tenant = "INSERT INTO user_manager (tenant_id, user_id, manager_id) VALUES (:tenant, :user, :manager)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET manager_id = excluded.manager_id";
    DELETE_MANAGER: hot = "DELETE FROM user_manager WHERE tenant_id = :tenant AND user_id = :user";
    DELETE_REPORTS: hot = "DELETE FROM user_manager WHERE tenant_id = :tenant AND manager_id = :user";
    MANAGER: hot = select!("FROM user_manager m JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.manager_id
        WHERE m.tenant_id = :tenant AND m.user_id = :user AND u.deleted_at IS NULL");
    DELETE_SPONSORS: hot = "DELETE FROM user_sponsor WHERE tenant_id = :tenant AND user_id = :user";
    LIST_DELETED_BEFORE: hot = "SELECT id FROM users WHERE tenant_id = :tenant AND deleted_at < :before
        AND deleted_at IS NOT NULL ORDER BY deleted_at, id LIMIT 50";
    VIEWS: hot = "SELECT id, name, query FROM user_view
        WHERE tenant_id = :tenant AND owner_id = :owner ORDER BY id LIMIT 20";
    INSERT_VIEW: tenant = "INSERT INTO user_view (tenant_id, owner_id, id, name, query)
        VALUES (:tenant, :owner, :id, :name, :query)";
    DELETE_VIEW: hot = "DELETE FROM user_view WHERE tenant_id = :tenant AND owner_id = :owner AND id = :id";
    LIST_DELETED: hot = select!("FROM users u WHERE u.tenant_id = :tenant AND u.deleted_at IS NOT NULL
        AND (u.deleted_at, u.id) < (:at, :id) ORDER BY u.deleted_at DESC, u.id DESC LIMIT :limit");
    PURGE: hot = "DELETE FROM users WHERE tenant_id = :tenant AND id = :id AND deleted_at IS NOT NULL";
}
