//! The rules about groups: who may make and manage one, what can be in one, and what stands in the way of bringing
//! one back.

use kernel::{GroupId, ObjectId, Refusal, RuleId, Verdict};

pub const CREATE_RULE: RuleId = RuleId("group.create");
pub const MANAGE_RULE: RuleId = RuleId("group.manage");
pub const MEMBER_KIND_RULE: RuleId = RuleId("group.memberKind");
pub const LAST_OWNER_RULE: RuleId = RuleId("group.lastOwner");
pub const CONFLICT_RULE: RuleId = RuleId("group.nameConflict");

/// Owners of one group at most.
pub const MOST_OWNERS: u64 = 100;

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: CREATE_RULE,
        explanation: "Members of the organization make groups; guests make none unless a role lets them.",
        remedy: "Ask an administrator to make the group, or for the role Groups Administrator.",
        setting: None,
    },
    module::Rule {
        id: MANAGE_RULE,
        explanation: "A group is managed by its owners, by administrators, and by applications with the right to.",
        remedy: "Ask an owner of the group to make you one, or an administrator for the role Groups Administrator.",
        setting: None,
    },
    module::Rule {
        id: MEMBER_KIND_RULE,
        explanation: "A unified group takes users alone, a security group users, groups and service principals; owners are users and service principals.",
        remedy: "Add an object of a kind that the group takes.",
        setting: None,
    },
    module::Rule {
        id: LAST_OWNER_RULE,
        explanation: "A unified group keeps at least one owner, and a group has at most 100.",
        remedy: "Add another owner first, or remove one.",
        setting: None,
    },
    module::Rule {
        id: CONFLICT_RULE,
        explanation: "No two groups share an address or a unique name.",
        remedy: "Choose another mail nickname or unique name, or delete the group that holds it.",
        setting: None,
    },
];

/// Who wants to make or manage a group, by token and roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Has the permission its route demanded.
    Application,
    Person {
        /// Holds a role that manages every group.
        is_administrator: bool,
    },
}

/// How a manager stands to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub manager: Manager,
    pub is_owner: bool,
}

pub fn decide_create(manager: Manager, is_guest: bool) -> Verdict {
    match manager {
        Manager::Application | Manager::Person { is_administrator: true } => Ok(()),
        Manager::Person { is_administrator: false } if !is_guest => Ok(()),
        Manager::Person { .. } => Err(Refusal::new(
            CREATE_RULE,
            "Insufficient privileges to complete the operation. Guests may not make groups.",
            "Ask an administrator to make the group.",
        )
        .changed_by("Privileged Role Administrator")),
    }
}

pub fn decide_manage(standing: Standing) -> Verdict {
    let Standing { manager, is_owner } = standing;
    if is_owner || manager != (Manager::Person { is_administrator: false }) {
        return Ok(());
    }
    Err(Refusal::new(
        MANAGE_RULE,
        "Insufficient privileges to complete the operation. Only owners and administrators manage a group.",
        "Ask an owner of the group to make you one, or a Groups Administrator to make the change.",
    )
    .changed_by("Groups Administrator"))
}

/// What is to be linked with a group, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkFacts {
    pub relation: Relation,
    pub group: GroupId,
    pub is_unified: bool,
    pub object: ObjectId,
    pub kind: ObjectKind,
}

/// How an object is linked with a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Member,
    Owner,
}

impl Relation {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// The navigation property of Graph.
    pub fn property(self) -> &'static str {
        match self {
            Self::Member => "members",
            Self::Owner => "owners",
        }
    }
}

/// What can be in a group or own one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    Group,
    ServicePrincipal,
    User,
}

impl ObjectKind {
    pub const ALL: [Self; 3] = [Self::Group, Self::ServicePrincipal, Self::User];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::ServicePrincipal => "servicePrincipal",
            Self::User => "user",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

pub fn decide_link(facts: LinkFacts) -> Verdict {
    let takes = match (facts.relation, facts.is_unified) {
        (Relation::Member, true) => facts.kind == ObjectKind::User,
        (Relation::Member, false) => true,
        (Relation::Owner, _) => facts.kind != ObjectKind::Group,
    };
    if !takes {
        let sentence =
            format!("The {} of this group cannot be a {}.", facts.relation.property(), facts.kind.as_str());
        return Err(Refusal::new(
            MEMBER_KIND_RULE,
            sentence,
            "Add an object of a kind that the group takes.",
        ));
    }
    if facts.object.0 == facts.group.0 {
        let sentence = "A group cannot be a member of itself.";
        return Err(Refusal::new(MEMBER_KIND_RULE, sentence, "Add another group."));
    }
    Ok(())
}

pub fn decide_add_owner(owners: u64) -> Verdict {
    if owners < MOST_OWNERS {
        return Ok(());
    }
    Err(Refusal::new(LAST_OWNER_RULE, "A group has at most 100 owners.", "Remove an owner first."))
}

pub fn decide_remove_owner(is_unified: bool, owners: u64) -> Verdict {
    if !is_unified || owners > 1 {
        return Ok(());
    }
    let sentence = "The group must have at least one owner, hence this owner cannot be removed.";
    Err(Refusal::new(LAST_OWNER_RULE, sentence, "Add another owner first."))
}

/// A name of a group that another object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub property: &'static str,
    pub by: ObjectId,
}

impl Held {
    pub fn refusal(self) -> Refusal {
        let Self { property, by } = self;
        let sentence = format!("Another object with the same value for property {property} already exists.");
        Refusal::new(CONFLICT_RULE, sentence, format!("Choose another {property}; the object {by} holds it."))
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectKind::{Group, ServicePrincipal, User};
    use super::*;
    use uuid::Uuid;

    #[test]
    fn guests_make_no_groups_without_a_role() {
        let person = |is_administrator| Manager::Person { is_administrator };
        for (manager, is_guest, may) in [
            (Manager::Application, false, true),
            (person(false), false, true),
            (person(false), true, false),
            (person(true), true, true),
        ] {
            assert_eq!(decide_create(manager, is_guest).is_ok(), may, "{manager:?} {is_guest}");
        }
    }

    #[test]
    fn owners_administrators_and_applications_manage_a_group() {
        let person = |is_administrator| Manager::Person { is_administrator };
        for (manager, is_owner, may) in [
            (Manager::Application, false, true),
            (person(true), false, true),
            (person(false), true, true),
            (person(false), false, false),
        ] {
            assert_eq!(decide_manage(Standing { manager, is_owner }).is_ok(), may, "{manager:?} {is_owner}");
        }
    }

    #[test]
    fn each_kind_of_group_takes_its_kinds_of_members() {
        let takes = |relation, is_unified, kind| {
            let (group, object) = (GroupId(Uuid::from_u128(1)), ObjectId(Uuid::from_u128(2)));
            decide_link(LinkFacts { relation, group, is_unified, object, kind }).is_ok()
        };
        for (relation, is_unified, kind, expected) in [
            (Relation::Member, false, User, true),
            (Relation::Member, false, Group, true),
            (Relation::Member, false, ServicePrincipal, true),
            (Relation::Member, true, User, true),
            (Relation::Member, true, Group, false),
            (Relation::Member, true, ServicePrincipal, false),
            (Relation::Owner, false, User, true),
            (Relation::Owner, true, ServicePrincipal, true),
            (Relation::Owner, false, Group, false),
        ] {
            assert_eq!(takes(relation, is_unified, kind), expected, "{relation:?} {is_unified} {kind:?}");
        }
        let own = Uuid::from_u128(1);
        let itself = LinkFacts {
            relation: Relation::Member,
            group: GroupId(own),
            is_unified: false,
            object: ObjectId(own),
            kind: Group,
        };
        assert!(decide_link(itself).is_err());
    }

    #[test]
    fn a_unified_group_keeps_an_owner() {
        assert!(decide_remove_owner(true, 1).is_err());
        assert!(decide_remove_owner(true, 2).is_ok());
        assert!(decide_remove_owner(false, 1).is_ok());
        assert!(decide_add_owner(99).is_ok() && decide_add_owner(100).is_err());
    }
}
