//! HTTP plumbing for pages: rendering, assets, cookies, forms, languages.
//!
//! A page handler takes [`Pages`] and a [`PageContext`] from the request, renders a template of its slice and
//! returns a [`Page`]; `?` turns a [`kernel::Error`] into a page that says what is refused, why, and what to do.
//!
//! ```
//! use web::{GuardedForm, Organization, Page, PageContext, Pages};
//!
//! #[derive(serde::Deserialize)]
//! struct Answer { reason: String }
//!
//! async fn landing(pages: Pages, page: PageContext) -> web::Result<Page> {
//!     let page = page.organization(Organization::named("Contoso"));
//!     Ok(pages.render("guest/landing.html", page, minijinja::context! { until => "2027-03-31T00:00:00Z" })?)
//! }
//!
//! async fn report(pages: Pages, page: PageContext, GuardedForm(answer): GuardedForm<Answer>) -> web::Result<Page> {
//!     if answer.reason.is_empty() {
//!         return Err(kernel::Error::bad_request("Say in a few words what is wrong.").into());
//!     }
//!     Ok(pages.render("guest/reported.html", page.menu_at("/redeem"), minijinja::context! {})?)
//! }
//!
//! fn serve(pages: &Pages) -> axum::Router {
//!     let routes = axum::Router::new().route("/redeem", axum::routing::get(landing).post(report));
//!     pages.attach(routes).merge(pages.assets())
//! }
//! ```

mod assets;
mod cookies;
mod csrf;
mod dates;
mod failure;
mod form;
mod frame;
mod i18n;
mod icons;
mod network;
mod page;
mod pages;
mod session;
mod templates;
#[cfg(test)]
mod tests;
mod toast;

pub use cookies::{Cookie, Cookies, SameSite};
pub use csrf::{CsrfKey, same_origin};
pub use dates::{format_date, format_date_time, format_number, format_time};
pub use failure::{Failure, Result};
pub use form::{Fields, Form, GuardedFields, GuardedForm, Query, query};
pub use frame::{Crumb, Frame, House, Item, Section};
pub use i18n::{Argument, Catalog, Resource};
pub use kernel::Language;
pub use network::ClientNetwork;
pub use page::{Organization, Page, PageContext, Theme, hsts_header, initials};
pub use pages::Pages;
pub use session::{BoxFuture, Sessions, StepUp, Visitor};
pub use templates::Templates;
pub use toast::Toast;

/// The words of an area in every language, from files `{folder}/{language}/{area}.ftl` beside the calling file:
/// `words!("../../../../locales", "mail")`.
#[macro_export]
macro_rules! words {
    ($folder:literal, $area:literal) => {
        &[
            $crate::words!(@one En, $folder, "en", $area),
            $crate::words!(@one De, $folder, "de", $area),
            $crate::words!(@one Fr, $folder, "fr", $area),
            $crate::words!(@one Es, $folder, "es", $area),
            $crate::words!(@one Ar, $folder, "ar", $area),
        ]
    };
    (@one $language:ident, $folder:literal, $tag:literal, $area:literal) => {
        $crate::Resource {
            language: $crate::Language::$language,
            source: include_str!(concat!($folder, "/", $tag, "/", $area, ".ftl")),
        }
    };
}
