//! The facts of inviting: loaded alike for what is done, in a write, and for what would be done, in a snapshot.

use super::rules::{Existing, ExistingKind, InviteFacts, Inviter};
use super::{InvitesFrom, Rights};
use ::store::Read;
use directory::access;
use directory::role::{self, Role};
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, User, UserType};
use futures_util::future::{try_join, try_join3};
use kernel::{Act, EmailAddress, Error, Result, UserId};

/// What is the same for every address that one inviter asks about.
pub struct Ground {
    pub tenant: Tenant,
    /// None if an application invites.
    pub inviting: Option<User>,
    allow_invites_from: InvitesFrom,
    rights: Rights,
}

impl Ground {
    pub async fn load<R: Read + Sync>(read: &R, act: &Act, rights: Rights) -> Result<Self> {
        let (mut one, mut other) = (read, read);
        let (tenant, policy) = (tenant::get(&mut one), access::policy(&mut other));
        let (tenant, inviting, policy) = try_join3(tenant, inviting_user(read, act), policy).await?;
        Ok(Self { tenant, inviting, allow_invites_from: policy.allow_invites_from, rights })
    }

    /// The facts about one address; `existing` is who answers to it now.
    pub fn facts(&self, address: &EmailAddress, user_type: UserType, existing: Option<&User>) -> InviteFacts {
        let domain = address.domain();
        let inviter = match self.rights {
            Rights::Application { may_write_users } => Inviter::Application { may_write_users },
            Rights::Person { is_administrator, is_guest_inviter } => {
                let is_guest = self.inviting.as_ref().is_none_or(User::is_guest);
                Inviter::Person { is_guest, is_administrator, is_guest_inviter }
            }
        };
        InviteFacts {
            inviter,
            allow_invites_from: self.allow_invites_from,
            as_member: user_type == UserType::Member,
            is_own_domain: self.tenant.owns(&domain),
            domain,
            existing: existing.map(existing_fact),
        }
    }
}

async fn inviting_user<R: Read + Sync>(mut read: &R, act: &Act) -> Result<Option<User>> {
    let Some(id) = act.actor.user_id() else { return Ok(None) };
    let user = user::find(&mut read, id).await?;
    user.map(Some).ok_or_else(|| Error::forbidden("The inviting user was deleted meanwhile."))
}

/// Who answers to the address, else who has it as a name.
pub async fn find_existing<R: Read + Sync>(read: &R, address: &EmailAddress) -> Result<Option<User>> {
    let (mut one, mut other) = (read, read);
    let by_address = user::find_by_address(&mut one, address);
    let by_name = user::find_by_upn(&mut other, address.as_str());
    let (by_address, by_name) = try_join(by_address, by_name).await?;
    Ok(by_address.into_iter().next().or(by_name))
}

pub fn existing_fact(user: &User) -> Existing {
    let kind = match user.external_state {
        None => ExistingKind::Local,
        Some(ExternalUserState::PendingAcceptance) => ExistingKind::PendingGuest,
        Some(ExternalUserState::Accepted) => ExistingKind::AcceptedGuest,
    };
    Existing { id: user.id, kind, is_enabled: user.account_enabled }
}

impl Rights {
    /// Of a person, from the directory roles they hold.
    pub fn of_roles(roles: &[Role]) -> Self {
        Self::Person {
            is_administrator: roles.contains(&Role::GlobalAdministrator)
                || roles.contains(&Role::UserAdministrator),
            is_guest_inviter: roles.contains(&Role::GuestInviter),
        }
    }

    /// Of a person, as their roles are now.
    pub async fn load(read: &mut impl Read, user: UserId) -> Result<Self> {
        Ok(Self::of_roles(&role::list_of(read, user).await?))
    }
}
