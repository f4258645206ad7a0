//! The rules about users: who may remove one, and what stands in the way of bringing one back.

use crate::access::GuestAccess;
use crate::role::Role;
use kernel::{Refusal, RuleId, UserId, Verdict};

pub const CONFLICT_RULE: RuleId = RuleId("user.restoreConflict");
pub const CHANGE_RULE: RuleId = RuleId("user.change");
pub const MANAGE_RULE: RuleId = RuleId("user.manage");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: CONFLICT_RULE,
        explanation: "A deleted user comes back only while nobody else holds its name or one of its addresses.",
        remedy: "Delete or rename the user who holds the name or address, then restore.",
        setting: None,
    },
    module::Rule {
        id: CHANGE_RULE,
        explanation: "Users are made and changed by administrators and by applications with the right to; people change their own phone numbers. What an administrator signs in with is changed by a Global Administrator alone.",
        remedy: "Ask a Global Administrator for the role User Administrator, or to make the change.",
        setting: None,
    },
    module::Rule {
        id: MANAGE_RULE,
        explanation: "Users are deleted and restored by administrators and by applications with the right to.",
        remedy: "Ask a Global Administrator for the role User Administrator.",
        setting: None,
    },
];

/// What is in the way of a restore.
#[derive(Clone, Debug, Default)]
pub struct RestoreFacts {
    pub name_holder: Option<UserId>,
    pub address_holder: Option<UserId>,
}

/// A property that somebody else holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub property: &'static str,
    pub by: UserId,
}

impl Held {
    pub fn refusal(self) -> Refusal {
        let sentence =
            format!("Another object with the same value for property {} already exists.", self.property);
        let remedy = format!("Delete or rename the user {} that holds it, then restore.", self.by);
        Refusal::new(CONFLICT_RULE, sentence, remedy)
    }
}

/// Refused with the first property another user holds.
pub fn decide_restore(facts: &RestoreFacts) -> Result<(), Held> {
    match (facts.name_holder, facts.address_holder) {
        (Some(by), _) => Err(Held { property: "userPrincipalName", by }),
        (None, Some(by)) => Err(Held { property: "proxyAddresses", by }),
        (None, None) => Ok(()),
    }
}

/// Who wants to remove or restore a user.
#[derive(Clone, Copy, Debug)]
pub struct ManageFacts {
    pub is_application: bool,
    pub is_administrator: bool,
}

/// An application has the permission its route demanded; a person needs a role as well.
pub fn decide_manage(facts: ManageFacts) -> Verdict {
    if facts.is_application || facts.is_administrator {
        return Ok(());
    }
    let sentence =
        "Insufficient privileges to complete the operation. Only administrators may delete or restore users.";
    let remedy = "Ask a Global Administrator for the role User Administrator.";
    Err(Refusal::new(MANAGE_RULE, sentence, remedy).changed_by("Privileged Role Administrator"))
}

/// Who wants to make or change a user, as far as the token and the roles say.
#[derive(Clone, Debug)]
pub struct Editor {
    /// None for an application.
    pub user: Option<UserId>,
    pub roles: Vec<Role>,
    /// The token may change any user, and not the own alone.
    pub may_change_all: bool,
}

impl Editor {
    fn holds_any(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|own| roles.contains(own))
    }
}

/// What a change is about.
pub struct ChangeFacts<'a> {
    pub is_self: bool,
    pub is_guest: bool,
    pub guest_access: GuestAccess,
    pub target_roles: Vec<Role>,
    pub sets_password: bool,
    /// The properties that are said.
    pub properties: &'a [&'a str],
}

/// What members, and guests who are like members, change of themselves.
const OWN_OF_MEMBERS: [&str; 2] = ["businessPhones", "mobilePhone"];
const OWN_OF_RESTRICTED_GUESTS: [&str; 1] = ["mobilePhone"];
/// With these somebody could sign in as another, or keep another out.
const SENSITIVE: [&str; 6] =
    ["accountEnabled", "businessPhones", "mail", "mobilePhone", "otherMails", "userPrincipalName"];
/// Roles that give no power over others.
const HARMLESS: [Role; 2] = [Role::DirectoryReaders, Role::GuestInviter];

/// An application has the permission its route demanded; a person needs a role, or changes what is their own.
pub fn decide_change(editor: &Editor, facts: &ChangeFacts<'_>) -> Verdict {
    let is_sensitive =
        facts.sets_password || facts.properties.iter().any(|property| SENSITIVE.contains(property));
    let target_has_power = facts.target_roles.iter().any(|role| !HARMLESS.contains(role));
    let is_global = editor.holds_any(&[Role::GlobalAdministrator]);
    if editor.may_change_all && (editor.user.is_none() || is_global) {
        return Ok(());
    }
    let is_administrator = editor.holds_any(&[Role::UserAdministrator])
        || (!is_sensitive && editor.holds_any(&[Role::DirectoryWriters]));
    if editor.may_change_all && is_administrator {
        if is_sensitive && target_has_power && !facts.is_self {
            return Err(refused(
                "What an administrator signs in with is changed by a Global Administrator alone.",
            ));
        }
        return Ok(());
    }
    if !facts.is_self {
        return Err(refused("Only administrators may change other users."));
    }
    let own: &[&str] = match (facts.is_guest, facts.guest_access) {
        (false, _) | (true, GuestAccess::SameAsMembers) => &OWN_OF_MEMBERS,
        (true, GuestAccess::Restricted) => &OWN_OF_RESTRICTED_GUESTS,
        (true, GuestAccess::Limited) => &[],
    };
    let is_own = !facts.sets_password && facts.properties.iter().all(|property| own.contains(property));
    if is_own { Ok(()) } else { Err(refused("People may change their own phone numbers and nothing else.")) }
}

pub fn decide_create(editor: &Editor) -> Verdict {
    let makers = [Role::GlobalAdministrator, Role::UserAdministrator, Role::DirectoryWriters];
    if editor.user.is_none() || editor.holds_any(&makers) {
        return Ok(());
    }
    Err(refused("Only administrators may add users."))
}

/// Everybody may end their own sessions.
pub fn decide_revoke(editor: &Editor, target: UserId) -> Verdict {
    let may = editor.user.is_none_or(|own| own == target)
        || editor.holds_any(&[Role::GlobalAdministrator, Role::UserAdministrator]);
    if may { Ok(()) } else { Err(refused("Only administrators may end the sessions of others.")) }
}

fn refused(what: &str) -> Refusal {
    let sentence = format!("Insufficient privileges to complete the operation. {what}");
    let remedy = "Ask a Global Administrator for the role User Administrator, or to make the change.";
    Refusal::new(CHANGE_RULE, sentence, remedy).changed_by("Privileged Role Administrator")
}

/// What is wrong with a user principal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    Characters,
    Domain,
}

/// At most 64 characters before the @ and 48 behind it. The answer is the domain.
pub fn check_name(name: &str) -> Result<&str, NameProblem> {
    let (local, domain) = name.rsplit_once('@').ok_or(NameProblem::Characters)?;
    let is_fine = |letter: char| letter.is_ascii_alphanumeric() || "'.-_!#^~".contains(letter);
    let has_good_edges = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    if local.is_empty() || local.len() > 64 || !local.chars().all(is_fine) || !has_good_edges {
        return Err(NameProblem::Characters);
    }
    if domain.is_empty() || domain.len() > 48 { Err(NameProblem::Domain) } else { Ok(domain) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn editor(roles: &[Role]) -> Editor {
        Editor { user: Some(UserId(Uuid::nil())), roles: roles.to_vec(), may_change_all: true }
    }

    fn facts<'a>(properties: &'a [&'a str], target_roles: &[Role]) -> ChangeFacts<'a> {
        ChangeFacts {
            is_self: false,
            is_guest: false,
            guest_access: GuestAccess::Limited,
            target_roles: target_roles.to_vec(),
            sets_password: false,
            properties,
        }
    }

    #[test]
    fn who_changes_whom() {
        let title = ["jobTitle"];
        let phone = ["mobilePhone"];
        let application = Editor { user: None, roles: Vec::new(), may_change_all: true };
        let administrators = [Role::GlobalAdministrator];
        assert!(decide_change(&application, &facts(&phone, &administrators)).is_ok());
        assert!(decide_change(&editor(&[]), &facts(&title, &[])).is_err());
        assert!(decide_change(&editor(&[Role::DirectoryWriters]), &facts(&title, &[])).is_ok());
        assert!(decide_change(&editor(&[Role::DirectoryWriters]), &facts(&phone, &[])).is_err());
        let user_administrator = editor(&[Role::UserAdministrator]);
        assert!(decide_change(&user_administrator, &facts(&phone, &[Role::GuestInviter])).is_ok());
        assert!(decide_change(&user_administrator, &facts(&phone, &administrators)).is_err());
        assert!(decide_change(&user_administrator, &facts(&title, &administrators)).is_ok());
        assert!(decide_change(&editor(&administrators), &facts(&phone, &administrators)).is_ok());
        let narrow = Editor { may_change_all: false, ..editor(&administrators) };
        assert!(decide_change(&narrow, &facts(&title, &[])).is_err());
    }

    #[test]
    fn people_change_their_own_phones() {
        for (is_guest, guest_access, phones, mobile) in [
            (false, GuestAccess::Limited, true, true),
            (true, GuestAccess::SameAsMembers, true, true),
            (true, GuestAccess::Limited, false, false),
            (true, GuestAccess::Restricted, false, true),
        ] {
            let own = |properties: &[&str]| {
                let facts = ChangeFacts { is_self: true, is_guest, guest_access, ..facts(properties, &[]) };
                decide_change(&editor(&[]), &facts).is_ok()
            };
            assert_eq!((own(&["businessPhones"]), own(&["mobilePhone"])), (phones, mobile));
            assert!(!own(&["mobilePhone", "jobTitle"]));
        }
    }

    #[test]
    fn a_name_has_a_local_part_and_a_domain() {
        assert_eq!(check_name("lea_fabrikam.example#EXT#@contoso.example"), Ok("contoso.example"));
        for name in [
            "",
            "lea",
            "@contoso.example",
            "le a@contoso.example",
            "lea%@contoso.example",
            ".lea@contoso.example",
        ] {
            assert_eq!(check_name(name), Err(NameProblem::Characters), "{name}");
        }
        assert_eq!(check_name("lea@"), Err(NameProblem::Domain));
    }
}
