//! What a slice offers to the whole.
//!
//! Every slice ends in two values. [`Tables`] is what the store needs before it opens; [`Module`] is what the
//! slice's service, once built, adds to the server. `lodge` concatenates them, refuses a name given twice, and
//! builds router, templates, words, rule catalogue, mail and jobs from the list, so that nothing unregistered
//! can exist.

mod meters;
mod platform;
mod portal;

pub use meters::Meters;
pub use platform::{Limits, Platform};
pub use portal::{
    Fill, Find, Fragment, Group, Hit, Navigation, PortalAction, PortalPage, PortalSearch, Right, SlotCall,
    SlotFiller,
};

use axum::Router;
use futures_util::future::BoxFuture;
use kernel::{Result, RuleId, TenantId};
use std::sync::Arc;
use store::{Migration, Statement};

/// The tables and statements of one slice.
#[derive(Clone, Copy)]
pub struct Tables {
    pub migration: Option<Migration>,
    pub statements: &'static [&'static Statement],
}

/// A rule that can refuse, for the rule catalogue: explain, documentation and tests walk it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub id: RuleId,
    /// What the rule demands, in one sentence.
    pub explanation: &'static str,
    /// What to do when it refuses.
    pub remedy: &'static str,
    /// The setting that decides, if one does.
    pub setting: Option<&'static str>,
}

/// Builds a slice's page routes once all templates are known.
pub type PageRoutes = Box<dyn FnOnce(&web::Pages) -> Router + Send>;

/// Builds a slice's mail kinds once all templates are known.
pub type Mails = Box<dyn FnOnce(&web::Templates) -> Vec<delivery::MailKind> + Send>;

/// Brings what a slice keeps of one tenant into a new epoch, in bounded steps.
pub type AtRestore = Arc<dyn Fn(TenantId) -> BoxFuture<'static, Result<()>> + Send + Sync>;

#[derive(Default)]
pub struct Module {
    pub name: &'static str,
    pub routes: Vec<graph::Route>,
    /// Routes outside Graph. The whole is given [`web::Pages`] by `lodge`, so handlers may extract it.
    pub pages: Option<PageRoutes>,
    /// Pages of the portal, each behind its right.
    pub portal: Vec<PortalPage>,
    pub actions: &'static [PortalAction],
    pub searches: Vec<PortalSearch>,
    pub slots: Vec<SlotFiller>,
    /// Templates by name: pages as `invitation/landing.html`, mails as `mail/guest_invitation.html`.
    pub templates: &'static [(&'static str, &'static str)],
    pub words: &'static [web::Resource],
    pub rules: &'static [Rule],
    /// Descriptions that `/$metadata` tells of.
    pub entities: Vec<&'static graph::EntityType>,
    pub mails: Option<Mails>,
    pub jobs: Vec<delivery::Job>,
    /// What other tenants tell this slice.
    pub messages: Vec<delivery::MessageKind>,
    /// What is done for each tenant when a backup has been restored, before anybody is let in. It may be run again.
    pub at_restore: Option<AtRestore>,
}
