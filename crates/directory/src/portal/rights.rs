//! Which directory role holds which right in the portal, and what a person without one is told.

use crate::role::Role;
use kernel::{Refusal, RuleId, Verdict};
use module::Right;

pub const MISSING_RIGHT: RuleId = RuleId("portal.missingRight");

pub const RULES: &[module::Rule] = &[module::Rule {
    id: MISSING_RIGHT,
    explanation: "Each page of the portal needs a right, and rights come with directory roles.",
    remedy: "Ask somebody who may assign roles for one of those that hold the right.",
    setting: None,
}];

/// What a person may do in the portal of one tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights(Vec<Role>);

impl Rights {
    pub fn of(roles: Vec<Role>) -> Self {
        Self(roles)
    }

    pub fn may(&self, right: Right) -> bool {
        self.0.iter().any(|role| holders(right).contains(role))
    }

    pub fn roles(&self) -> &[Role] {
        &self.0
    }
}

/// The roles that hold a right, the one with the least power first: that is the one to ask for.
pub fn holders(right: Right) -> &'static [Role] {
    use Role::{
        DirectoryReaders, DirectoryWriters, GlobalAdministrator, GlobalReader, GroupsAdministrator,
        GuestInviter, PrivilegedRoleAdministrator, ReportsReader, SecurityAdministrator, SecurityReader,
        UserAdministrator,
    };
    match right {
        Right::Enter => &Role::ALL,
        Right::ReadUsers => &[
            DirectoryReaders,
            GuestInviter,
            GlobalReader,
            SecurityReader,
            GroupsAdministrator,
            DirectoryWriters,
            UserAdministrator,
            SecurityAdministrator,
            PrivilegedRoleAdministrator,
            GlobalAdministrator,
        ],
        Right::ReadGroups | Right::ReadApplications => &[
            DirectoryReaders,
            GlobalReader,
            SecurityReader,
            GroupsAdministrator,
            DirectoryWriters,
            UserAdministrator,
            SecurityAdministrator,
            PrivilegedRoleAdministrator,
            GlobalAdministrator,
        ],
        Right::InviteGuests => &[GuestInviter, DirectoryWriters, UserAdministrator, GlobalAdministrator],
        Right::ManageUsers => &[UserAdministrator, GlobalAdministrator],
        Right::ManageGroups => {
            &[GroupsAdministrator, DirectoryWriters, UserAdministrator, GlobalAdministrator]
        }
        Right::ReadRoles => &[
            DirectoryReaders,
            GlobalReader,
            SecurityReader,
            UserAdministrator,
            SecurityAdministrator,
            PrivilegedRoleAdministrator,
            GlobalAdministrator,
        ],
        Right::ManageRoles => &[PrivilegedRoleAdministrator, GlobalAdministrator],
        Right::ReadAuditLogs | Right::ReadSignInLogs => {
            &[ReportsReader, SecurityReader, GlobalReader, SecurityAdministrator, GlobalAdministrator]
        }
        Right::ReadSettings => &[
            GlobalReader,
            SecurityReader,
            UserAdministrator,
            SecurityAdministrator,
            PrivilegedRoleAdministrator,
            GlobalAdministrator,
        ],
        Right::ReadMailHealth => &[GlobalReader, UserAdministrator, GlobalAdministrator],
        Right::ManageApplications | Right::ManageSettings | Right::ManageMail => &[GlobalAdministrator],
    }
}

/// Whether a person may open a page or do what its form does.
pub fn decide(rights: &Rights, right: Right) -> Verdict {
    if rights.may(right) {
        return Ok(());
    }
    let needed = holders(right).first().copied().unwrap_or(Role::GlobalAdministrator).display_name();
    let sentence = format!("This page needs the role {needed}, or one that holds more.");
    Err(Refusal::new(MISSING_RIGHT, sentence, "Ask somebody who may assign roles.").changed_by(needed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_global_administrator_may_everything_and_somebody_without_a_role_nothing() {
        for right in Right::ALL {
            assert!(Rights::of(vec![Role::GlobalAdministrator]).may(right), "{right:?}");
            assert!(!Rights::of(Vec::new()).may(right), "{right:?}");
        }
    }

    #[test]
    fn a_guest_inviter_invites_and_sees_people_and_nothing_else() {
        let rights = Rights::of(vec![Role::GuestInviter]);
        let held: Vec<Right> = Right::ALL.into_iter().filter(|right| rights.may(*right)).collect();
        assert_eq!(held, [Right::Enter, Right::ReadUsers, Right::InviteGuests]);
    }

    #[test]
    fn a_reader_changes_nothing() {
        for role in [Role::GlobalReader, Role::DirectoryReaders, Role::SecurityReader, Role::ReportsReader] {
            let rights = Rights::of(vec![role]);
            for right in [
                Right::ManageUsers,
                Right::InviteGuests,
                Right::ManageGroups,
                Right::ManageApplications,
                Right::ManageRoles,
                Right::ManageSettings,
                Right::ManageMail,
            ] {
                assert!(!rights.may(right), "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn whoever_holds_a_right_to_change_may_see_what_they_change() {
        for (change, read) in [
            (Right::ManageUsers, Right::ReadUsers),
            (Right::InviteGuests, Right::ReadUsers),
            (Right::ManageGroups, Right::ReadGroups),
            (Right::ManageRoles, Right::ReadRoles),
            (Right::ManageSettings, Right::ReadSettings),
            (Right::ManageMail, Right::ReadMailHealth),
        ] {
            for role in holders(change) {
                assert!(holders(read).contains(role), "{role:?} {change:?}");
            }
        }
    }

    #[test]
    fn a_refusal_names_the_least_role_that_would_do() {
        let refusal = decide(&Rights::of(vec![Role::GuestInviter]), Right::ReadAuditLogs).unwrap_err();
        assert_eq!(refusal.rule, MISSING_RIGHT);
        assert_eq!(refusal.remedy.role, Some("Reports Reader"));
        assert_eq!(decide(&Rights::of(vec![Role::ReportsReader]), Right::ReadAuditLogs), Ok(()));
    }

    #[test]
    fn the_guide_names_every_role() {
        let guide = include_str!("../../../../docs/operating/portal.md");
        for role in Role::ALL {
            assert!(guide.contains(&format!("| {} | ", role.display_name())), "{role:?}");
        }
    }
}
