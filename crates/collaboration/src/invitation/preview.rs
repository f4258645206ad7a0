//! What inviting would come to, for each address, before anything is sent: the rule of inviting on the facts of now.

use super::facts::{Ground, find_existing};
use super::rules::{self, Plan};
use super::{Invitation, InvitationService, Rights, posting, store};
use directory::user::{User, UserType};
use kernel::{Act, EmailAddress, Refusal, Result, TenantId};

/// What would become of one address.
#[derive(Clone, Debug)]
pub struct Decision {
    pub address: EmailAddress,
    pub outlook: Outlook,
    /// The recipient wants no invitation by mail, or takes none: the guest is made, no mail leaves.
    pub wants_no_mail: bool,
}

#[derive(Clone, Debug)]
pub enum Outlook {
    NewGuest,
    /// Invited before and not accepted: a new link, the older one ends.
    Again {
        guest: Box<User>,
        invitation: Option<Box<Invitation>>,
    },
    /// Accepted: nothing changes, a mail says where to sign in.
    AlreadyGuest {
        guest: Box<User>,
    },
    /// `existing` is who has the address, if somebody does.
    Refused {
        refusal: Box<Refusal>,
        existing: Option<Box<User>>,
    },
}

impl Decision {
    /// Whether inviting does anything but refuse.
    pub fn may_go(&self) -> bool {
        !matches!(self.outlook, Outlook::Refused { .. })
    }
}

impl InvitationService {
    pub async fn preview(
        &self,
        tenant: TenantId,
        act: &Act,
        rights: Rights,
        addresses: &[EmailAddress],
    ) -> Result<Vec<Decision>> {
        let mut snapshot = self.platform().tenant(tenant).snapshot().await?;
        let ground = Ground::load(&snapshot, act, rights).await?;
        let mut decisions = Vec::with_capacity(addresses.len());
        for address in addresses {
            let existing = find_existing(&snapshot, address).await?;
            let facts = ground.facts(address, UserType::Guest, existing.as_ref());
            let outlook = match (rules::decide(&facts), existing) {
                (Err(refusal), existing) => {
                    Outlook::Refused { refusal: Box::new(refusal), existing: existing.map(Box::new) }
                }
                (Ok(Plan::Resend(id)), Some(guest)) => {
                    let invitation = store::find_by_user(&mut snapshot, id).await?.map(Box::new);
                    Outlook::Again { guest: Box::new(guest), invitation }
                }
                (Ok(Plan::AlreadyGuest(_)), Some(guest)) => Outlook::AlreadyGuest { guest: Box::new(guest) },
                (Ok(_), _) => Outlook::NewGuest,
            };
            let wants_no_mail =
                posting::find_unwilling(&mut snapshot, self.platform(), address).await?.is_some();
            decisions.push(Decision { address: address.clone(), outlook, wants_no_mail });
        }
        Ok(decisions)
    }
}
