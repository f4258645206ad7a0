//! What a person allows an application to do for them (graph.md 24.10). The grants themselves lie with the
//! application, in the directory.

use crate::protocol::{Grantable, RequestedScopes};

/// What stands between a request and its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    Nothing,
    /// The person's yes to these.
    Person(Vec<String>),
    /// An administrator's yes to these.
    Administrator(Vec<String>),
}

/// Decides what a request still needs, given what was granted, by whomever.
pub fn decide(requested: &RequestedScopes, granted: &[String], ask_again: bool) -> Need {
    let missing = requested.missing(granted);
    let by_administrator: Vec<String> = missing
        .iter()
        .filter(|(_, grantable)| *grantable == Grantable::ByAdministrator)
        .map(|(name, _)| name.clone())
        .collect();
    if !by_administrator.is_empty() {
        return Need::Administrator(by_administrator);
    }
    let own = [
        ("openid", requested.openid),
        ("profile", requested.profile),
        ("email", requested.email),
        ("offline_access", requested.offline_access),
    ];
    let own = own.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name.to_owned());
    let wanted: Vec<String> = own.chain(requested.permissions.iter().map(|(name, _)| name.clone())).collect();
    let asked: Vec<String> =
        wanted.into_iter().filter(|name| ask_again || !granted.iter().any(|one| one == name)).collect();
    if asked.is_empty() { Need::Nothing } else { Need::Person(asked) }
}

/// The end of the message key that explains a scope, for those a person can grant.
pub fn word(scope: &str) -> Option<String> {
    const EXPLAINED: [&str; 10] = [
        "openid",
        "profile",
        "email",
        "offline_access",
        "User.Read",
        "User.ReadWrite",
        "User.ReadBasic.All",
        "Policy.Read.ConditionalAccess",
        "LicenseAssignment.ReadWrite.All",
        "Mail.Send",
    ];
    EXPLAINED.contains(&scope).then(|| scope.to_ascii_lowercase().replace(['.', '_'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Asking;
    use kernel::Origin;

    fn need(scope: &str, granted: &[&str], ask_again: bool) -> Need {
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let app_id = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap();
        let asking = Asking { origin: &origin, app_id, identifier_uris: &[], own_scopes: &[] };
        let requested = RequestedScopes::parse(scope, asking).unwrap();
        let granted: Vec<String> = granted.iter().map(|name| (*name).to_owned()).collect();
        decide(&requested, &granted, ask_again)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn only_what_is_new_is_asked_for() {
        assert_eq!(need("openid User.Read", &["openid", "User.Read"], false), Need::Nothing);
        assert_eq!(need("openid User.Read", &["openid"], false), Need::Person(names(&["User.Read"])));
        assert_eq!(need("openid", &["openid"], true), Need::Person(names(&["openid"])));
        assert_eq!(need("https://localhost:8443/.default", &[], false), Need::Nothing);
    }

    #[test]
    fn what_only_an_administrator_grants_is_not_offered_to_a_person() {
        assert_eq!(
            need("openid Group.Read.All", &["openid"], false),
            Need::Administrator(names(&["Group.Read.All"]))
        );
        assert_eq!(need("Group.Read.All", &["Group.Read.All"], false), Need::Nothing);
    }

    #[test]
    fn every_word_exists_in_the_catalogue() {
        let english = include_str!("../../../locales/en/authorize.ftl");
        for scope in ["openid", "offline_access", "User.Read", "Policy.Read.ConditionalAccess", "Mail.Send"] {
            let key = format!("consent-scope-{} = ", word(scope).unwrap());
            assert!(english.contains(&key), "{key}");
        }
        assert_eq!(word("Made.Up"), None);
    }
}
