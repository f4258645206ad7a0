//! What a slice shows in the portal: pages, actions, hits of the search, and parts of other slices' pages.
//!
//! `directory::portal` builds routes, navigation, palette and slots from these values. A page is served only
//! behind its right, so a handler cannot forget to ask.

use axum::routing::MethodRouter;
use kernel::{Language, Result, TenantId};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use web::BoxFuture;

/// What an administrator may do. Which directory role holds which right is said by `directory::portal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Enter the portal and see its home page.
    Enter,
    ReadUsers,
    ManageUsers,
    InviteGuests,
    ReadGroups,
    ManageGroups,
    ReadApplications,
    ManageApplications,
    ReadRoles,
    ManageRoles,
    ReadAuditLogs,
    ReadSignInLogs,
    ReadSettings,
    ManageSettings,
    ReadMailHealth,
    ManageMail,
}

impl Right {
    pub const ALL: [Self; 16] = [
        Self::Enter,
        Self::ReadUsers,
        Self::ManageUsers,
        Self::InviteGuests,
        Self::ReadGroups,
        Self::ManageGroups,
        Self::ReadApplications,
        Self::ManageApplications,
        Self::ReadRoles,
        Self::ManageRoles,
        Self::ReadAuditLogs,
        Self::ReadSignInLogs,
        Self::ReadSettings,
        Self::ManageSettings,
        Self::ReadMailHealth,
        Self::ManageMail,
    ];

    /// The key of its words: `You may not { right }.`
    pub fn words(self) -> &'static str {
        match self {
            Self::Enter => "right-enter",
            Self::ReadUsers => "right-read-users",
            Self::ManageUsers => "right-manage-users",
            Self::InviteGuests => "right-invite-guests",
            Self::ReadGroups => "right-read-groups",
            Self::ManageGroups => "right-manage-groups",
            Self::ReadApplications => "right-read-applications",
            Self::ManageApplications => "right-manage-applications",
            Self::ReadRoles => "right-read-roles",
            Self::ManageRoles => "right-manage-roles",
            Self::ReadAuditLogs => "right-read-audit-logs",
            Self::ReadSignInLogs => "right-read-sign-in-logs",
            Self::ReadSettings => "right-read-settings",
            Self::ManageSettings => "right-manage-settings",
            Self::ReadMailHealth => "right-read-mail-health",
            Self::ManageMail => "right-manage-mail",
        }
    }
}

/// A heading of the navigation, in the order of the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Above the first heading.
    Top,
    Directory,
    Guests,
    Protection,
    Records,
    Support,
}

impl Group {
    /// The key of the heading; the topmost group has none.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Top => None,
            Self::Directory => Some("portal-group-directory"),
            Self::Guests => Some("portal-group-guests"),
            Self::Protection => Some("portal-group-protection"),
            Self::Records => Some("portal-group-records"),
            Self::Support => Some("portal-group-support"),
        }
    }
}

/// Where a page stands in the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Navigation {
    pub group: Group,
    /// Ascending within its group; equal ones in the order of the modules.
    pub order: u8,
    pub icon: &'static str,
}

/// One address of the portal and its handlers.
pub struct PortalPage {
    /// Below `/portal/{tenant}`: `/users`, `/users/{id}`; the home page is empty.
    pub path: &'static str,
    /// The key of its title: in the navigation, the breadcrumbs, the palette and `<title>`.
    pub title: &'static str,
    pub right: Right,
    pub read: MethodRouter,
    /// What a POST does, and the right it needs.
    pub change: Option<(Right, MethodRouter)>,
    pub navigation: Option<Navigation>,
    /// The path of the page its breadcrumb leads up to.
    pub parent: Option<&'static str>,
    /// The key of further words it is found by in the palette.
    pub keywords: Option<&'static str>,
}

impl PortalPage {
    /// A page that `read`, made with `axum::routing::get`, answers.
    pub fn new(path: &'static str, title: &'static str, right: Right, read: MethodRouter) -> Self {
        Self { path, title, right, read, change: None, navigation: None, parent: None, keywords: None }
    }

    /// Answers POST as well, with `change` made with `axum::routing::post`, for who holds `right`.
    #[must_use]
    pub fn changing(mut self, right: Right, change: MethodRouter) -> Self {
        self.change = Some((right, change));
        self
    }

    /// Stands in the navigation.
    #[must_use]
    pub fn listed(mut self, group: Group, order: u8, icon: &'static str) -> Self {
        self.navigation = Some(Navigation { group, order, icon });
        self
    }

    /// Stands below another page, which its breadcrumb leads to.
    #[must_use]
    pub fn below(mut self, parent: &'static str) -> Self {
        self.parent = Some(parent);
        self
    }

    /// Is found in the palette by these words, too.
    #[must_use]
    pub fn found_by(mut self, keywords: &'static str) -> Self {
        self.keywords = Some(keywords);
        self
    }
}

/// Something to do, offered in the palette. It leads to the page where it is asked for and done.
#[derive(Clone, Copy, Debug)]
pub struct PortalAction {
    /// The key of its label.
    pub label: &'static str,
    pub icon: &'static str,
    /// Below `/portal/{tenant}`.
    pub path: &'static str,
    pub right: Right,
    /// The key of further words it is found by.
    pub keywords: Option<&'static str>,
}

/// One hit of the search.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    pub name: String,
    /// The second line, such as the address.
    pub note: String,
    /// What it is: the key of a word, such as `portal-kind-guest`.
    pub kind: &'static str,
    /// Below `/portal/{tenant}`.
    pub path: String,
}

/// Looks for things by what somebody types, at most a handful, best first.
#[derive(Clone)]
pub struct PortalSearch {
    /// The key of the heading above its hits.
    pub title: &'static str,
    pub right: Right,
    pub find: Find,
}

pub type Find = Arc<dyn Fn(TenantId, String) -> BoxFuture<'static, Result<Vec<Hit>>> + Send + Sync>;

/// What a slice puts into a place that a page of a lower slice declares, such as `user.tile`.
#[derive(Clone)]
pub struct SlotFiller {
    pub slot: &'static str,
    /// Ascending from the top.
    pub order: u8,
    /// Shown only to who holds it.
    pub right: Right,
    pub fill: Fill,
}

pub type Fill = Arc<dyn Fn(SlotCall) -> BoxFuture<'static, Result<Option<Fragment>>> + Send + Sync>;

/// For whom a slot is filled.
#[derive(Clone, Debug)]
pub struct SlotCall {
    pub tenant: TenantId,
    /// What the page is about, such as the id of a user; empty on a page about nothing in particular.
    pub subject: String,
    pub language: Language,
}

/// A template and its data, which it knows as `data`; it also knows `page`.
#[derive(Clone, Debug)]
pub struct Fragment {
    pub template: &'static str,
    pub data: Value,
}
