//! Lists of users for pages: the same conditions, indexes and pages as Graph's.

use super::description::USER;
use super::{User, store};
use ::graph::List;
use ::graph::list::{Columns, Place};
use ::store::{Row, Snapshot, TenantStore};
use kernel::Result;
use odata::Filter;
use std::sync::Arc;

/// What a list of users is asked for.
///
/// ```text
/// let query = UserQuery {
///     filter: Filter::all([
///         Filter::equal(Path::of("userType"), Literal::Text("Guest".into())),
///         Filter::equal(Path::of("externalUserState"), Literal::Text("PendingAcceptance".into())),
///     ]),
///     search: Some("lea fab".into()),
///     ..UserQuery::default()
/// };
/// let page = user::list(&platform.tenant(tenant), &query).await?;
/// ```
#[derive(Clone, Debug)]
pub struct UserQuery {
    /// Any property and operator of Graph's `/users`, such as `userType`, `externalUserState`, `companyName`,
    /// `accountEnabled eq false`, `createdDateTime ge 2026-01-31T00:00:00Z`.
    pub filter: Option<Filter>,
    /// What a person types: each word begins a word of the display name, the user principal name, or an address.
    pub search: Option<String>,
    pub order: UserOrder,
    pub is_descending: bool,
    pub size: usize,
    /// [`UserPage::next`] of the page before, asked for with the same filter, search and order.
    pub after: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserOrder {
    #[default]
    DisplayName,
    Mail,
    Created,
}

/// Users in order. A page may hold fewer than were asked for, or none, and still have a next one: a rare combination of
/// conditions is looked for a slice at a time.
#[derive(Clone, Debug)]
pub struct UserPage {
    pub users: Vec<User>,
    pub next: Option<String>,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self {
            filter: None,
            search: None,
            order: UserOrder::default(),
            is_descending: false,
            size: 50,
            after: None,
        }
    }
}

impl UserOrder {
    fn property(self) -> &'static str {
        match self {
            Self::DisplayName => "displayName",
            Self::Mail => "mail",
            Self::Created => "createdDateTime",
        }
    }
}

impl UserQuery {
    fn list(&self) -> Result<List> {
        let filter = self.filter.as_ref().map(|filter| USER.condition(filter, true)).transpose()?;
        let sought = self
            .search
            .as_ref()
            .and_then(|text| USER.sought(text, &["displayName", "userPrincipalName", "mail", "otherMails"]));
        List::new(&USER)
            .fulfilling(filter)
            .fulfilling(sought)
            .ordered(self.order.property(), self.is_descending)
    }

    /// What a page token belongs to.
    fn name(&self) -> String {
        let filter = self.filter.as_ref().map(ToString::to_string).unwrap_or_default();
        let search = self.search.as_deref().unwrap_or_default();
        format!("users\n{filter}\n{search}\n{:?} {}", self.order, self.is_descending)
    }
}

/// A page of living users. Whoever calls has decided that the visitor may see them.
pub async fn list(tenant: &TenantStore, query: &UserQuery) -> Result<UserPage> {
    let mut list = query.list()?;
    let at = list.columns().add_block(store::COLUMNS);
    let (keys, name, size) = (tenant.keys().await?, query.name(), query.size.clamp(1, 999));
    let after = query.after.as_ref().map(|token| Place::open(token, &keys, &name)).transpose()?;
    let read = move |mut snapshot: Snapshot, ()| async move {
        let mut users = Vec::new();
        let visit = |_: &Columns, row: &Row<'_>| {
            users.push(store::user_at(row, at)?);
            Ok(())
        };
        let next = list.page(&mut snapshot, size, after, visit).await?;
        Ok((users, next))
    };
    let (users, next) = tenant.scan((), read).await?;
    Ok(UserPage { users, next: next.map(|place| place.seal(&keys, &name)) })
}

/// How many living users fulfil the filter and the search.
pub async fn count_listed(tenant: &TenantStore, query: &UserQuery) -> Result<u64> {
    Arc::new(query.list()?).count(tenant).await
}

/// How many living users fulfil it, counted up to `most`.
pub async fn count_up_to(tenant: &TenantStore, query: &UserQuery, most: usize) -> Result<usize> {
    let list = query.list()?;
    let read = move |mut snapshot: Snapshot, ()| async move {
        let mut count = 0;
        let visit = |_: &Columns, _: &Row<'_>| {
            count += 1;
            Ok(())
        };
        list.page(&mut snapshot, most, None, visit).await?;
        Ok(count)
    };
    tenant.scan((), read).await
}
