//! The portal: administration at `/portal/{tenant}`, made of the pages that slices register.
//!
//! A page is a [`module::PortalPage`]: path, title, right, handlers. The portal serves it behind its right and
//! hands it an [`Administrator`], the one extractor a handler needs: tenant, person, rights, and the frame in which
//! its template is rendered. Nothing here has power of its own: pages call the same services as Graph.
//!
//! Who may do what is decided by the directory roles a person holds; see [`rights`].

mod administrator;
mod frame;
mod gate;
mod once;
mod pages;
pub mod rights;
mod search;
mod seen;
mod store;

pub use self::administrator::{Administrator, Landing};
pub use self::frame::houses;
pub use self::gate::{Meta, Portal};
pub use self::once::{Once, Submission};
pub use self::rights::Rights;
pub use self::seen::Seen;

use kernel::{SignedDuration, TenantId};
use module::{Module, Platform, Tables};
use std::sync::Arc;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// The portal's own pages: home, search, help.
pub fn module(platform: &Platform) -> Module {
    let purging = platform.clone();
    let purge = delivery::Job {
        name: "portal.purge",
        every: SignedDuration::from_hours(1),
        run: Arc::new(move |tenant| {
            let platform = purging.clone();
            Box::pin(async move { once::purge(&platform, tenant).await })
        }),
    };
    Module {
        name: "directory::portal",
        portal: pages::pages(),
        templates: TEMPLATES,
        words: web::words!("../../../locales", "portal"),
        rules: rights::RULES,
        jobs: vec![purge],
        ..Module::default()
    }
}

const TEMPLATES: &[(&str, &str)] = &[
    ("portal/home.html", include_str!("portal/pages/home.html")),
    ("portal/help.html", include_str!("portal/pages/help.html")),
    ("portal/search.html", include_str!("portal/pages/search.html")),
    ("portal/palette.html", include_str!("portal/pages/palette.html")),
    ("portal/hits.html", include_str!("portal/pages/hits.html")),
    ("portal/signed_in.html", include_str!("portal/pages/signed_in.html")),
    ("portal/no_entry.html", include_str!("portal/pages/no_entry.html")),
    ("portal/refused.html", include_str!("portal/pages/refused.html")),
    ("portal/expired.html", include_str!("portal/pages/expired.html")),
    ("portal/being_sent.html", include_str!("portal/pages/being_sent.html")),
];

/// The home page of the portal of a tenant.
pub fn path(tenant: TenantId) -> String {
    format!("/portal/{tenant}")
}
