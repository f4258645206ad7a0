//! The card: what `lodge dev` prints once the socket accepts. As one line of JSON it is also a seed, so that
//! what one server printed seeds the next; for people it is a short text.

mod text;

use super::seed::{Seed, SeedApplication, SeedTenant, SeedUser};
use kernel::{AppId, ApplicationId, GroupId, Origin, Secret, TenantId, UserId};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Clone)]
pub struct Card {
    pub origin: Origin,
    /// Absolute path of the certificate that clients must trust.
    pub ca_file: PathBuf,
    /// Guards `/dev/*` when the server listens beyond loopback.
    pub dev_token: Option<Secret<String>>,
    pub seed: Seed,
}

impl Card {
    /// One line, with a line feed at its end.
    pub fn to_json(&self) -> String {
        line(&WireCard {
            origin: self.origin.as_str(),
            ca_file: self.ca_file.display().to_string(),
            mail: self.mail(),
            dev_token: self.dev_token.as_ref().map(|token| token.expose().as_str()),
            tenants: self.seed.tenants.iter().map(WireTenant::from).collect(),
        })
    }

    pub fn to_text(&self) -> String {
        text::write(self)
    }

    pub fn mail(&self) -> String {
        self.origin.link("/dev/mail").to_string()
    }
}

/// The seed alone, as a seed file of one line.
pub fn seed_line(seed: &Seed) -> String {
    line(&WireSeed { tenants: seed.tenants.iter().map(WireTenant::from).collect() })
}

/// A structure of texts and lists always has a JSON form.
fn line(wire: &impl Serialize) -> String {
    let mut line = serde_json::to_string(wire).unwrap_or_default();
    line.push('\n');
    line
}

#[derive(Serialize)]
struct WireSeed<'a> {
    tenants: Vec<WireTenant<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireCard<'a> {
    origin: &'a str,
    ca_file: String,
    mail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dev_token: Option<&'a str>,
    tenants: Vec<WireTenant<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireTenant<'a> {
    id: TenantId,
    display_name: &'a str,
    initial_domain: &'a str,
    domains: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_statement_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_language: Option<&'a str>,
    users: Vec<WireUser<'a>>,
    groups: Vec<WireGroup<'a>>,
    applications: Vec<WireApplication<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireUser<'a> {
    id: UserId,
    user_principal_name: &'a str,
    display_name: &'a str,
    mail: Option<&'a str>,
    password: &'a str,
    roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_language: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireGroup<'a> {
    id: GroupId,
    display_name: &'a str,
    members: &'a [UserId],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireApplication<'a> {
    id: ApplicationId,
    app_id: AppId,
    display_name: &'a str,
    secret: Option<&'a str>,
    /// All of them; the next two lists say which of them are of another kind than a web application's.
    redirect_uris: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    spa_redirect_uris: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    public_client_redirect_uris: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    identifier_uris: &'a [String],
    app_roles: &'a [String],
    scopes: &'a [String],
}

impl<'a> From<&'a SeedTenant> for WireTenant<'a> {
    fn from(tenant: &'a SeedTenant) -> Self {
        let group = |group: &'a super::seed::SeedGroup| WireGroup {
            id: group.id,
            display_name: &group.display_name,
            members: &group.members,
        };
        Self {
            id: tenant.id,
            display_name: &tenant.display_name,
            initial_domain: tenant.initial_domain.as_str(),
            domains: tenant.domains.iter().map(kernel::DomainName::as_str).collect(),
            privacy_statement_url: tenant.privacy_statement_url.as_deref(),
            notification_language: tenant.notification_language.map(kernel::Language::tag),
            users: tenant.users.iter().map(WireUser::from).collect(),
            groups: tenant.groups.iter().map(group).collect(),
            applications: tenant.applications.iter().map(WireApplication::from).collect(),
        }
    }
}

impl<'a> From<&'a SeedUser> for WireUser<'a> {
    fn from(user: &'a SeedUser) -> Self {
        Self {
            id: user.id,
            user_principal_name: user.user_principal_name.as_str(),
            display_name: &user.display_name,
            mail: user.mail.as_ref().map(kernel::EmailAddress::as_str),
            password: user.password.expose(),
            roles: user.roles.iter().map(|role| role.display_name()).collect(),
            account_enabled: (!user.account_enabled).then_some(false),
            preferred_language: user.preferred_language.as_deref(),
        }
    }
}

impl<'a> From<&'a SeedApplication> for WireApplication<'a> {
    fn from(application: &'a SeedApplication) -> Self {
        let kinds = [
            &application.web_redirect_uris,
            &application.spa_redirect_uris,
            &application.public_client_redirect_uris,
        ];
        Self {
            id: application.id,
            app_id: application.app_id,
            display_name: &application.display_name,
            secret: application.secret.as_ref().map(|secret| secret.expose().as_str()),
            redirect_uris: kinds.into_iter().flatten().map(String::as_str).collect(),
            spa_redirect_uris: &application.spa_redirect_uris,
            public_client_redirect_uris: &application.public_client_redirect_uris,
            identifier_uris: &application.identifier_uris,
            app_roles: &application.app_roles,
            scopes: &application.scopes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Rng;

    fn card() -> Card {
        Card {
            origin: Origin::parse("https://localhost:8443").unwrap(),
            ca_file: PathBuf::from("/tmp/lodge/ca.pem"),
            dev_token: None,
            seed: Seed::built_in(Rng::system()).unwrap(),
        }
    }

    #[test]
    fn the_card_is_one_line_with_the_fields_of_the_contract_in_their_order() {
        let line = card().to_json();
        assert_eq!(line.matches('\n').count(), 1);
        let start = "{\"origin\":\"https://localhost:8443\",\"caFile\":\"/tmp/lodge/ca.pem\",\
                     \"mail\":\"https://localhost:8443/dev/mail\",\"tenants\":[{\"id\":\
                     \"f3c95789-ace1-4954-ac5d-6baed2eac902\",\"displayName\":\"Contoso\",\
                     \"initialDomain\":\"contoso.example\",\"domains\":[\"contoso.example\"],\"users\":[{\"id\":";
        assert!(line.starts_with(start), "{line}");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        let demo = &value["tenants"][0]["applications"][1];
        assert_eq!(demo["redirectUris"][0], "http://localhost/callback");
        assert!(demo["secret"].is_null());
        assert_eq!(value["tenants"][1]["users"][0]["roles"][0], "Global Administrator");
    }

    #[test]
    fn what_one_server_printed_seeds_the_next() {
        let mut card = card();
        card.dev_token = Some(Secret::new("t".to_owned()));
        let line = card.to_json();
        card.seed = Seed::parse("card.json", &line, Rng::system()).unwrap();
        assert_eq!(card.to_json(), line);
    }

    #[test]
    fn the_text_names_what_one_needs_first() {
        let card = card();
        let text = card.to_text();
        let contoso = card.seed.first().unwrap();
        let (application, secret) = contoso.daemon().unwrap();
        for part in [
            "https://localhost:8443/account/contoso.example",
            "admin@contoso.example",
            contoso.users[0].password.expose(),
            "https://localhost:8443/dev/mail",
            "/tmp/lodge/ca.pem",
            &contoso.id.to_string(),
            &card.seed.tenants[1].id.to_string(),
            &application.app_id.to_string(),
            secret.expose(),
            "/v1.0/invitations",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
}
