//! Where somebody signs in: at this tenant's password page, at the one of their home tenant, or with a mailed code.
//!
//! The answer is the same for a name that exists here and one that does not: it hangs on the name's domain, on
//! home accounts at other tenants, and only for those it cannot tell apart on what is bound here.

mod facts;
mod rules;

pub use self::facts::{CodeGuest, load};
pub use self::rules::{Bound, Facts, Realm, decide};

use module::Module;

pub fn module() -> Module {
    Module { name: "signin::home_realm", templates: TEMPLATES, ..Module::default() }
}

const TEMPLATES: &[(&str, &str)] =
    &[("home_realm/user_name.html", include_str!("home_realm/pages/user_name.html"))];
