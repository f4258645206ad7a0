//! What surrounds the pages of the portal and of everyone's own account: navigation, breadcrumbs, the accounts
//! of this browser, and a short message about what was just done.
//!
//! The frame is data; who may see what is decided by who builds it.

use crate::Toast;
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// What templates know as `page.frame`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// Where the pages of this face begin: `/portal/{tenant}` or `/account/{tenant}`.
    pub base: String,
    /// The portal of this tenant, for who may enter it.
    pub portal: Option<String>,
    /// The person's own pages.
    pub account: String,
    /// Where another account is chosen, or signed in with.
    pub switch: String,
    /// Where guests are invited, for who may.
    pub invite: Option<String>,
    pub sections: Vec<Section>,
    pub crumbs: Vec<Crumb>,
    /// The accounts of this browser, the one in use first.
    pub houses: Vec<House>,
    /// The number of the form of this page, if it has one: `ui.hidden` sends it.
    pub once: String,
    /// The state of the directory that this page was made from: `ui.hidden` sends it.
    pub seen: String,
    /// The rights of this person by name: `page.frame.may["manage-users"]`.
    pub may: BTreeMap<&'static str, bool>,
    pub toast: Option<Toast>,
    /// What other slices put into the places of this page.
    pub slots: BTreeMap<String, Vec<Value>>,
}

/// A heading of the navigation and the pages below it.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// The key of the heading.
    pub title: Option<&'static str>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// The key of the label.
    pub label: &'static str,
    pub icon: &'static str,
    pub href: String,
    pub current: bool,
}

/// A step of the way up.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// The key of the label.
    pub label: &'static str,
    pub href: String,
}

/// An account of this browser and the organization it belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct House {
    pub organization: String,
    pub letter: String,
    pub address: String,
    pub href: String,
    pub current: bool,
}
