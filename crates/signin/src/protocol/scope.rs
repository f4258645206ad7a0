//! The `scope` parameter (graph.md 24.4, 24.10; clients.md 0.8): which of the four OpenID Connect scopes, which
//! resource, which of its permissions.

use super::permissions::graph_scope;
use super::{Fault, Grantable, Resource, ResourceKind};
use kernel::{AppId, Origin};

const MOST: usize = 100;
/// The one scope of Azure Service Management.
const IMPERSONATION: &str = "user_impersonation";

/// What one request asks for, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of words, each given or not")]
pub struct RequestedScopes {
    pub openid: bool,
    pub profile: bool,
    pub email: bool,
    pub offline_access: bool,
    /// The resource the access token is for: the one named, else Graph.
    pub resource: Resource,
    /// `.default`: what has been granted, whatever it is.
    pub is_default: bool,
    /// The permissions asked for by name, in the resource's spelling.
    pub permissions: Vec<(String, Grantable)>,
    /// As written, each once: an answer repeats them, or the client would not find its token again.
    asked: Vec<String>,
    /// What the client wrote before a permission; empty when it wrote none.
    prefix: String,
}

/// Who asks, as far as naming resources goes.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub origin: &'a Origin,
    pub app_id: AppId,
    pub identifier_uris: &'a [String],
    /// The scopes that the client's own interface publishes.
    pub own_scopes: &'a [String],
}

impl RequestedScopes {
    /// Scopes of a request on somebody's behalf. Names of a second resource are refused: an access token is for
    /// one.
    pub fn parse(text: &str, asking: Asking<'_>) -> Result<Self, Fault> {
        let mut scopes = Self {
            openid: false,
            profile: false,
            email: false,
            offline_access: false,
            resource: Resource::graph(asking.origin),
            is_default: false,
            permissions: Vec::new(),
            asked: Vec::new(),
            prefix: String::new(),
        };
        let mut named = None;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if scopes.asked.iter().any(|known| known == word) {
                continue;
            }
            if scopes.asked.len() == MOST {
                return Err(Fault::InvalidScope("There are more than 100 scopes.".to_owned()));
            }
            scopes.asked.push(word.to_owned());
            match word {
                "openid" => scopes.openid = true,
                "profile" => scopes.profile = true,
                "email" => scopes.email = true,
                "offline_access" => scopes.offline_access = true,
                _ => scopes.add(word, asking, &mut named)?,
            }
        }
        if scopes.is_default && !scopes.permissions.is_empty() {
            let reason = ".default cannot be combined with other permissions of the same resource.";
            return Err(Fault::InvalidScope(reason.to_owned()));
        }
        Ok(scopes)
    }

    /// The scope of a client that acts for itself: exactly one `{resource}/.default`.
    pub fn parse_for_client(text: &str, asking: Asking<'_>) -> Result<Resource, Fault> {
        let Some(name) = text.trim_matches(' ').strip_suffix("/.default").filter(|name| !name.contains(' '))
        else {
            return Err(Fault::ClientScope(text.chars().take(200).collect()));
        };
        resource(name, asking)
    }

    fn add(&mut self, word: &str, asking: Asking<'_>, named: &mut Option<ResourceKind>) -> Result<(), Fault> {
        let (resource, prefix, name) = match word.rsplit_once('/') {
            Some((name, permission)) => (resource(name, asking)?, format!("{name}/"), permission),
            None => (Resource::graph(asking.origin), String::new(), word),
        };
        match named {
            None => {
                *named = Some(resource.kind);
                self.resource = resource;
                self.prefix = prefix;
            }
            Some(kind) if *kind == resource.kind => {
                // A bare name says nothing about what the client calls the resource.
                if self.prefix.is_empty() && !prefix.is_empty() {
                    self.resource = resource;
                    self.prefix = prefix;
                }
            }
            Some(_) => {
                let reason = "The scopes belong to more than one resource. Ask for one resource at a time.";
                return Err(Fault::InvalidScope(reason.to_owned()));
            }
        }
        if name == ".default" {
            self.is_default = true;
            return Ok(());
        }
        let known = match self.resource.kind {
            ResourceKind::Graph => graph_scope(name).map(|(name, grantable)| (name.to_owned(), grantable)),
            ResourceKind::Management => (name == IMPERSONATION).then(|| (name.to_owned(), Grantable::ByUser)),
            ResourceKind::Client(_) => asking
                .own_scopes
                .iter()
                .find(|scope| *scope == name)
                .map(|name| (name.clone(), Grantable::ByUser)),
        };
        let Some(permission) = known else {
            let shown: String = word.chars().take(200).collect();
            return Err(Fault::InvalidScope(format!("The resource has no scope '{shown}'.")));
        };
        if !self.permissions.contains(&permission) {
            self.permissions.push(permission);
        }
        Ok(())
    }

    /// The text to keep, which parses to the same again.
    pub fn as_text(&self) -> String {
        self.asked.join(" ")
    }

    /// Those of the granted scopes that are permissions of the resource.
    pub fn at_resource(&self, granted: &[String]) -> Vec<String> {
        let is_own = |name: &str| ["openid", "profile", "email", "offline_access"].contains(&name);
        let belongs = |name: &&String| match self.resource.kind {
            ResourceKind::Graph => !is_own(name) && *name != IMPERSONATION,
            ResourceKind::Management => *name == IMPERSONATION,
            ResourceKind::Client(_) => self.permissions.iter().any(|(known, _)| known == *name),
        };
        granted.iter().filter(belongs).cloned().collect()
    }

    /// The answer's `scope`: everything asked for, then what else was granted at the resource, named the way the
    /// client names it (graph.md 24.5).
    pub fn answer(&self, granted: &[String]) -> String {
        let mut answer = self.asked.clone();
        for name in granted {
            let full = format!("{}{name}", self.prefix);
            if !answer.iter().any(|known| known.eq_ignore_ascii_case(&full)) {
                answer.push(full);
            }
        }
        answer.join(" ")
    }

    /// The token's `scp`: what was granted at the resource, and for Graph the OpenID Connect scopes asked for,
    /// which is what the user-info endpoint goes by.
    pub fn claim(&self, granted: &[String]) -> String {
        let mut names: Vec<&str> = granted.iter().map(String::as_str).collect();
        if self.resource.kind == ResourceKind::Graph {
            let own = [("openid", self.openid), ("profile", self.profile), ("email", self.email)];
            names.extend(own.iter().filter(|(_, asked)| *asked).map(|(name, _)| *name));
        }
        names.sort_unstable();
        names.dedup();
        names.join(" ")
    }

    /// The permissions asked for by name that are not among `granted`.
    pub fn missing(&self, granted: &[String]) -> Vec<(String, Grantable)> {
        let is_granted = |name: &str| granted.iter().any(|one| one == name);
        self.permissions.iter().filter(|(name, _)| !is_granted(name)).cloned().collect()
    }
}

fn resource(name: &str, asking: Asking<'_>) -> Result<Resource, Fault> {
    Resource::find(name, asking.origin, asking.app_id, asking.identifier_uris)
        .ok_or_else(|| Fault::UnknownResource(name.chars().take(200).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn origin() -> Origin {
        Origin::parse("https://localhost:8443").unwrap()
    }

    fn asking(origin: &Origin) -> Asking<'_> {
        let app_id = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap();
        Asking { origin, app_id, identifier_uris: &[], own_scopes: &[] }
    }

    fn parse(text: &str) -> Result<RequestedScopes, Fault> {
        RequestedScopes::parse(text, asking(&origin()))
    }

    #[test]
    fn all_forms_that_clients_send_lead_to_graph() {
        for text in [
            "https://graph.microsoft.com/.default",
            "https://localhost:8443/.default",
            "https://localhost/.default",
            "https://localhost:8443//.default",
            "User.Read",
            "https://localhost:8443/User.Read offline_access openid profile",
            "offline_access  openid profile https://graph.microsoft.com/User.Read",
            "00000003-0000-0000-c000-000000000000/.default",
            "openid",
            "",
        ] {
            assert_eq!(parse(text).unwrap().resource.kind, ResourceKind::Graph, "{text}");
        }
        let scopes = parse("openid user.read https://localhost:8443/User.ReadBasic.All").unwrap();
        assert!(scopes.openid && !scopes.profile);
        let names: Vec<_> = scopes.permissions.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["User.Read", "User.ReadBasic.All"]);
    }

    #[test]
    fn what_cannot_be_granted_is_refused() {
        for text in [
            "Made.Up",
            "https://localhost:8443/",
            "User.Read https://localhost:8443/.default",
            "https://evil.example/User.Read",
            "User.Read https://management.azure.com/.default",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        let many: Vec<String> = (0..=MOST).map(|number| format!("a{number}")).collect();
        assert!(parse(&many.join(" ")).is_err());
    }

    #[test]
    fn the_answer_repeats_what_was_asked_in_the_client_s_words() {
        let granted = ["User.Read".to_owned(), "User.Invite.All".to_owned()];
        assert_eq!(parse("User.Read openid").unwrap().answer(&granted), "User.Read openid User.Invite.All");
        let answer = parse("https://localhost:8443/.default openid").unwrap().answer(&granted);
        assert_eq!(
            answer,
            "https://localhost:8443/.default openid https://localhost:8443/User.Read https://localhost:8443/User.Invite.All"
        );
        assert_eq!(
            parse("openid profile").unwrap().claim(&granted),
            "User.Invite.All User.Read openid profile"
        );
    }

    #[test]
    fn only_what_is_not_granted_is_missing() {
        let scopes = parse("User.Read Group.Read.All").unwrap();
        let missing = scopes.missing(&["User.Read".to_owned()]);
        assert_eq!(missing, [("Group.Read.All".to_owned(), Grantable::ByAdministrator)]);
    }

    #[test]
    fn a_client_for_itself_asks_for_one_default() {
        let origin = origin();
        let parse = |text| RequestedScopes::parse_for_client(text, asking(&origin));
        assert_eq!(parse("https://localhost:8443//.default").unwrap().audience, "https://localhost:8443/");
        for text in ["", ".default", "User.Read", "https://localhost/.default openid", "a b/.default"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_resource_sees_its_own_permissions_alone() {
        let granted = ["openid", "User.Read", "user_impersonation"].map(str::to_owned);
        assert_eq!(parse("openid").unwrap().at_resource(&granted), ["User.Read"]);
        let management = parse("https://management.azure.com/.default").unwrap();
        assert_eq!(management.at_resource(&granted), ["user_impersonation"]);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_kept_means_the_same(text in "[a-zA-Z.:/ ]{0,60}") {
            if let Ok(scopes) = parse(&text) {
                prop_assert_eq!(parse(&scopes.as_text()).unwrap(), scopes);
            }
        }
    }
}
