//! The settings of Graph's `authorizationPolicy` that decide something so far.

use uuid::Uuid;

/// The tenant's authorization policy. Its default is a new tenant's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationPolicy {
    pub allow_invites_from: InvitesFrom,
    pub guest_access: GuestAccess,
}

/// Who may invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InvitesFrom {
    Nobody,
    AdminsAndGuestInviters,
    AdminsGuestInvitersAndAllMembers,
    /// Guests too.
    #[default]
    Everyone,
}

impl InvitesFrom {
    const ALL: [Self; 4] =
        [Self::Nobody, Self::AdminsAndGuestInviters, Self::AdminsGuestInvitersAndAllMembers, Self::Everyone];

    /// The value of Graph's `allowInvitesFrom`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "none",
            Self::AdminsAndGuestInviters => "adminsAndGuestInviters",
            Self::AdminsGuestInvitersAndAllMembers => "adminsGuestInvitersAndAllMembers",
            Self::Everyone => "everyone",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// What guests may read, as Graph's `guestUserRoleId` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuestAccess {
    SameAsMembers,
    #[default]
    Limited,
    Restricted,
}

impl GuestAccess {
    const ALL: [Self; 3] = [Self::SameAsMembers, Self::Limited, Self::Restricted];

    pub fn role_id(self) -> Uuid {
        Uuid::from_u128(match self {
            Self::SameAsMembers => 0xa0b1_b346_4d3e_4e8b_98f8_7539_87be_4970,
            Self::Limited => 0x10da_e51f_b6af_4016_8d66_8c2a_99b9_29b3,
            Self::Restricted => 0x2af8_4b1e_32c8_42b7_82bc_daa8_2404_023b,
        })
    }

    pub fn of_role(id: Uuid) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.role_id() == id)
    }
}
