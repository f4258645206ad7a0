//! The seed: the tenants, people, groups and applications that `lodge dev` begins with. A file has the shape
//! of the card, so that what one server printed seeds the next (docs/guides/seed.schema.json).
//!
//! Reading is strict: whatever is not in the contract is an error with JSON pointer, line and column. What
//! may be left out (ids, passwords, secrets) is generated here, so a [`Seed`] is always complete.

mod check;
mod document;
mod read;

use directory::role::Role;
use kernel::{
    AppId, ApplicationId, DomainName, EmailAddress, Error, GroupId, Language, Rng, Secret, TenantId, UserId,
};
use std::path::Path;

/// Contoso and Fabrikam, always with the same ids. Passwords and secrets are not in it: they are generated.
pub const BUILT_IN: &str = include_str!("seed.json");

/// More than anybody writes by hand, and little enough to be read at once.
const LARGEST: u64 = 64 * 1024 * 1024;

#[derive(Clone)]
pub struct Seed {
    pub tenants: Vec<SeedTenant>,
}

#[derive(Clone)]
pub struct SeedTenant {
    pub id: TenantId,
    pub display_name: String,
    pub initial_domain: DomainName,
    /// Every verified domain: the initial one first.
    pub domains: Vec<DomainName>,
    pub privacy_statement_url: Option<String>,
    pub notification_language: Option<Language>,
    pub users: Vec<SeedUser>,
    pub groups: Vec<SeedGroup>,
    pub applications: Vec<SeedApplication>,
}

/// A member of the tenant. Guests are made by inviting them.
#[derive(Clone)]
pub struct SeedUser {
    pub id: UserId,
    /// Has the shape of an address; its domain is one of the tenant's.
    pub user_principal_name: EmailAddress,
    pub display_name: String,
    pub mail: Option<EmailAddress>,
    pub password: Secret<String>,
    pub roles: Vec<Role>,
    pub account_enabled: bool,
    pub preferred_language: Option<String>,
}

#[derive(Clone)]
pub struct SeedGroup {
    pub id: GroupId,
    pub display_name: String,
    /// Users of the same tenant, in the order given, each once.
    pub members: Vec<UserId>,
}

#[derive(Clone)]
pub struct SeedApplication {
    pub id: ApplicationId,
    pub app_id: AppId,
    pub display_name: String,
    /// None for a public client: one whose redirect addresses are all of browsers and devices.
    pub secret: Option<Secret<String>>,
    /// Of confidential web applications. An address that is also in one of the next two lists is only there.
    pub web_redirect_uris: Vec<String>,
    pub spa_redirect_uris: Vec<String>,
    pub public_client_redirect_uris: Vec<String>,
    pub identifier_uris: Vec<String>,
    /// Application permissions of Graph, granted.
    pub app_roles: Vec<String>,
    /// Delegated permissions, consented for everybody.
    pub scopes: Vec<String>,
}

impl Seed {
    pub fn built_in(rng: Rng) -> Result<Self, Error> {
        Self::parse("the built-in seed", BUILT_IN, rng)
    }

    pub fn read(file: &Path, rng: Rng) -> Result<Self, Error> {
        let unreadable = |error: std::io::Error| {
            Error::bad_request(format!("The seed {} cannot be read: {error}.", file.display()))
        };
        if std::fs::metadata(file).map_err(unreadable)?.len() > LARGEST {
            return Err(Error::bad_request(format!("The seed {} is larger than 64 MiB.", file.display())));
        }
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        Self::parse(&file.display().to_string(), &text, rng)
    }

    /// `name` is what errors call the text by.
    pub fn parse(name: &str, text: &str, rng: Rng) -> Result<Self, Error> {
        read::seed(&document::Document::parse(name, text)?, rng)
    }

    /// The first tenant: the one the card's examples are about.
    pub fn first(&self) -> Option<&SeedTenant> {
        self.tenants.first()
    }
}

impl SeedTenant {
    pub fn administrator(&self) -> Option<&SeedUser> {
        self.users.iter().find(|user| user.roles.contains(&Role::GlobalAdministrator))
    }

    /// The first application that can ask for tokens on its own.
    pub fn daemon(&self) -> Option<(&SeedApplication, &Secret<String>)> {
        self.applications.iter().find_map(|application| Some((application, application.secret.as_ref()?)))
    }
}

#[cfg(test)]
mod tests;
