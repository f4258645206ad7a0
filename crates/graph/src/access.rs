//! Who may call a route. This is the token's half of the rule of Graph: what the user may do in the directory
//! is decided by the slice.

use crate::Caller;
use kernel::{Error, Refusal, Result, RuleId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Any valid token.
    SignedIn,
    /// A token with one of these permissions, or with one that includes it. An empty list closes the route to
    /// that kind of caller.
    Scoped { delegated: &'static [&'static str], application: &'static [&'static str] },
}

const RULE: RuleId = RuleId("graph.permission");

impl Access {
    /// The same for a caller that a wider row let in.
    pub fn demand(self, caller: &Caller) -> Result<()> {
        self.check("", caller)
    }

    pub(crate) fn check(self, path: &str, caller: &Caller) -> Result<()> {
        let Self::Scoped { delegated, application } = self else { return Ok(()) };
        let wanted = if caller.is_application() { application } else { delegated };
        let has = |wanted: &&str| caller.has_scope(wanted) || caller.has_app_role(wanted);
        if wanted.iter().any(has) {
            return Ok(());
        }
        if wanted.is_empty() && caller.is_application() && is_me(path) {
            let message = "/me request is only valid with delegated authentication flow.";
            return Err(Error::bad_request(message));
        }
        Err(denied(wanted, caller.is_application()))
    }
}

fn is_me(path: &str) -> bool {
    path == "/me" || path.starts_with("/me/")
}

/// Clients match the first sentence; the second says what to do.
fn denied(wanted: &[&str], is_application: bool) -> Error {
    let (holder, kind) = if is_application {
        ("The application", "application permission")
    } else {
        ("The token", "delegated permission")
    };
    let (reason, remedy) = match wanted {
        [] if is_application => (
            "This request is not open to applications.".to_owned(),
            "Sign a user in and call with their token.".to_owned(),
        ),
        [] => (
            "This request is open to applications alone.".to_owned(),
            "Call with a token of an application's own.".to_owned(),
        ),
        [only] => (
            format!("{holder} lacks the {kind} {only}."),
            format!("Ask an administrator to grant the {kind} {only}, then get a new token."),
        ),
        [first, others @ ..] => (
            format!("{holder} lacks the {kind} {first} (or {}).", others.join(", ")),
            format!(
                "Ask an administrator to grant one of these as {kind}: {}; then get a new token.",
                wanted.join(", ")
            ),
        ),
    };
    let refusal = Refusal::new(RULE, reason.clone(), remedy).changed_by("Global Administrator");
    Error::forbidden(format!("Insufficient privileges to complete the operation. {reason}"))
        .code("Authorization_RequestDenied")
        .refused(refusal)
}

/// What `Directory.Read.All` and `Directory.ReadWrite.All` read besides their own.
const DIRECTORY_READS: [&str; 7] =
    ["User", "Group", "GroupMember", "Application", "Organization", "Domain", "AdministrativeUnit"];

/// Whether the permission `held` includes `wanted`: `User.ReadWrite.All` includes `User.Read.All`, which
/// includes `User.ReadBasic.All`. Writing is never included in another resource's permission.
pub(crate) fn includes(held: &str, wanted: &str) -> bool {
    if held == wanted || held == "Directory.AccessAsUser.All" {
        return true;
    }
    let (Some(held), Some(wanted)) = (Permission::parse(held), Permission::parse(wanted)) else {
        return false;
    };
    if held.resource == "Directory" && held.constraint == "All" && DIRECTORY_READS.contains(&wanted.resource)
    {
        return held.strength >= READ && wanted.strength <= READ;
    }
    let covers =
        held.constraint == wanted.constraint || (held.constraint == "All" && wanted.constraint.is_empty());
    held.resource == wanted.resource && covers && held.strength >= wanted.strength
}

const READ_BASIC: u8 = 0;
const READ: u8 = 1;
const READ_WRITE: u8 = 2;

/// `resource.action.constraint`, for the actions that include each other.
struct Permission<'a> {
    resource: &'a str,
    strength: u8,
    constraint: &'a str,
}

impl<'a> Permission<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (resource, rest) = text.split_once('.')?;
        let (action, constraint) = rest.split_once('.').unwrap_or((rest, ""));
        let strength = match action {
            "ReadBasic" => READ_BASIC,
            "Read" => READ,
            "ReadWrite" => READ_WRITE,
            _ => return None,
        };
        Some(Self { resource, strength, constraint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn higher_permissions_include_lower_ones() {
        for (held, wanted) in [
            ("User.Read.All", "User.Read.All"),
            ("User.ReadWrite.All", "User.Read.All"),
            ("User.ReadWrite.All", "User.ReadBasic.All"),
            ("User.Read.All", "User.Read"),
            ("Directory.Read.All", "User.Read.All"),
            ("Directory.ReadWrite.All", "Directory.Read.All"),
            ("Directory.ReadWrite.All", "Group.Read.All"),
            ("Directory.AccessAsUser.All", "User.ReadWrite.All"),
            ("Policy.ReadWrite.Authorization", "Policy.Read.Authorization"),
        ] {
            assert!(includes(held, wanted), "{held} {wanted}");
        }
    }

    #[test]
    fn lower_and_foreign_permissions_include_nothing_more() {
        for (held, wanted) in [
            ("User.Read.All", "User.ReadWrite.All"),
            ("User.Read", "User.Read.All"),
            ("User.ReadBasic.All", "User.Read.All"),
            ("User.ReadWrite.All", "User.Invite.All"),
            ("Directory.Read.All", "AuditLog.Read.All"),
            ("Directory.Read.All", "Policy.Read.All"),
            ("Directory.ReadWrite.All", "User.ReadWrite.All"),
            ("Policy.ReadWrite.Authorization", "Policy.Read.All"),
            ("Group.ReadWrite.All", "User.Read.All"),
            ("user.read.all", "User.Read.All"),
            ("", "User.Read"),
        ] {
            assert!(!includes(held, wanted), "{held} {wanted}");
        }
    }
}
