//! How pages and mails show what they are about: the organisation, the inviter, the target.

use crate::invitation::InviterRecord;
use directory::tenant::Tenant;
use kernel::Origin;
use serde_json::{Value, json};
use url::Url;

pub fn organization(tenant: &Tenant) -> Value {
    json!({
        "name": tenant.display_name,
        "letter": first_letter(&tenant.display_name),
        "domain": tenant.initial_domain,
        "privacy_url": tenant.privacy_statement_url,
    })
}

pub fn inviter(inviter: &InviterRecord) -> Value {
    json!({
        "name": inviter.display_name,
        "initials": initials(&inviter.display_name),
        "department": null,
        "replies": inviter.address.is_some(),
    })
}

/// Where the guest will land: their own page here, or a site by its host.
pub fn target(origin: &Origin, tenant: &Tenant, redirect_url: &str) -> Value {
    let account = [tenant.id.to_string(), tenant.initial_domain.to_string()].into_iter().any(|segment| {
        redirect_url.trim_end_matches('/') == origin.link(&format!("/account/{segment}")).to_string()
    });
    if account {
        return json!({"kind": "account", "name": ""});
    }
    let host = Url::parse(redirect_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    json!({"kind": "site", "name": host.unwrap_or_default()})
}

pub fn first_letter(name: &str) -> String {
    name.chars()
        .find(|c| c.is_alphanumeric())
        .map_or_else(|| "?".to_owned(), |c| c.to_uppercase().to_string())
}

pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(initials("Priya Raman"), "PR");
        assert_eq!(initials("ana maría de la cruz"), "AC");
        assert_eq!(initials("Automation"), "A");
        assert_eq!(initials(""), "");
        assert_eq!(first_letter("\"Contoso\""), "C");
    }
}
