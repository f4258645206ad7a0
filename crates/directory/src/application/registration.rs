//! What an application may be registered with.

use super::{NewApplication, redirect, well_known};
use kernel::{Error, Origin};
use std::fmt;

/// Why an application cannot be registered so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidRegistration {
    ReservedAppId,
    /// Not an absolute URL without fragment, or of a scheme that runs something.
    RedirectUri(String),
    /// Empty, or a name of Graph or of another resource: its tokens would be taken for theirs.
    IdentifierUri(String),
    /// A public application has no secret.
    SecretOfPublicClient,
}

impl fmt::Display for InvalidRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReservedAppId => f.write_str("This application id belongs to a built-in application."),
            Self::RedirectUri(uri) => {
                write!(f, "'{uri}' is no redirect URI: give an absolute URL without a fragment.")
            }
            Self::IdentifierUri(uri) => {
                write!(f, "'{uri}' is no identifier URI: give a URI that names no other resource.")
            }
            Self::SecretOfPublicClient => f.write_str(
                "A public application has no secret. Leave out the secret, or register it as confidential.",
            ),
        }
    }
}

impl From<InvalidRegistration> for Error {
    fn from(invalid: InvalidRegistration) -> Self {
        Self::bad_request(invalid.to_string()).code("Request_BadRequest")
    }
}

pub fn check_registration(new: &NewApplication, origin: &Origin) -> Result<(), InvalidRegistration> {
    if well_known::is_reserved(new.app_id) {
        return Err(InvalidRegistration::ReservedAppId);
    }
    let redirects =
        [&new.redirect_uris, &new.spa_redirect_uris, &new.public_client_redirect_uris].into_iter().flatten();
    if let Some(uri) = redirects.into_iter().find(|uri| redirect::parse(uri).is_none()) {
        return Err(InvalidRegistration::RedirectUri(uri.clone()));
    }
    let taken = taken_resources(origin);
    let is_free = |uri: &String| {
        let name = uri.trim_end_matches('/');
        !name.is_empty() && !taken.iter().any(|taken| taken.eq_ignore_ascii_case(name))
    };
    if let Some(uri) = new.identifier_uris.iter().find(|uri| !is_free(uri)) {
        return Err(InvalidRegistration::IdentifierUri(uri.clone()));
    }
    if new.is_public && !new.secrets.is_empty() {
        return Err(InvalidRegistration::SecretOfPublicClient);
    }
    Ok(())
}

/// Every audience under which a token is for Graph: the application id, the hosted service's name, this server's
/// origin with and without its port, each address with and without a slash at the end.
pub fn graph_audiences(origin: &Origin) -> Vec<String> {
    let mut audiences = vec![well_known::MICROSOFT_GRAPH.to_string()];
    for address in graph_addresses(origin) {
        audiences.push(format!("{address}/"));
        audiences.push(address);
    }
    audiences
}

fn graph_addresses(origin: &Origin) -> Vec<String> {
    let scheme = if origin.is_https() { "https" } else { "http" };
    let mut addresses = vec!["https://graph.microsoft.com".to_owned(), origin.to_string()];
    let without_port = format!("{scheme}://{}", origin.host());
    if !addresses.contains(&without_port) {
        addresses.push(without_port);
    }
    addresses
}

/// Names of resources that are not an application's own, without a slash at the end.
fn taken_resources(origin: &Origin) -> Vec<String> {
    let mut taken = graph_addresses(origin);
    taken.push(well_known::MICROSOFT_GRAPH.to_string());
    taken.push(well_known::AZURE_MANAGEMENT.to_string());
    taken.push(format!("{origin}/arm"));
    taken.push("https://management.azure.com".to_owned());
    taken.push("https://management.core.windows.net".to_owned());
    taken
}
