//! The rules about users: who may remove one, and what stands in the way of bringing one back.

use kernel::{Refusal, RuleId, UserId, Verdict};

pub const CONFLICT_RULE: RuleId = RuleId("user.restoreConflict");
pub const MANAGE_RULE: RuleId = RuleId("user.manage");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: CONFLICT_RULE,
        explanation: "A deleted user comes back only while nobody else holds its name or one of its addresses.",
        remedy: "Delete or rename the user who holds the name or address, then restore.",
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
