//! What becomes of an invitation that waits: it is sent again or withdrawn.

use super::rules::{self, ManageFacts, Manager};
use super::service::refused;
use super::store::{self, Codes};
use super::{Invitation, InvitationService, Invite, Invited, Rights, State};
use directory::audit_log::{self, Event, Operation, Service};
use directory::user;
use kernel::{Act, Error, InvitationId, Result, TenantId};

impl InvitationService {
    /// A new link for a guest who has not accepted; every older one ends. Target, language and sponsors stay; the
    /// personal message stays if the same person sends it again.
    pub async fn resend(
        &self,
        tenant: TenantId,
        act: Act,
        rights: Rights,
        id: InvitationId,
    ) -> Result<Invited> {
        let mut snapshot = self.platform().tenant(tenant).snapshot().await?;
        let invitation = store::find(&mut snapshot, id).await?.ok_or_else(unknown)?;
        decide(&invitation, &act, rights)?;
        let guest = user::find(&mut snapshot, invitation.user).await?.ok_or_else(unknown)?;
        let sponsors = user::sponsors(&mut snapshot, guest.id).await?;
        drop(snapshot);
        let is_own = is_by(&invitation, &act);
        let invite = Invite {
            address: invitation.address,
            display_name: None,
            redirect_url: invitation.redirect_url,
            user_type: guest.user_type,
            send_mail: true,
            message: invitation.message.filter(|_| is_own),
            language: Some(invitation.language.tag().to_owned()),
            copy_to: None,
            sponsors: sponsors.iter().map(user::User::object_id).collect(),
            rights,
        };
        self.invite(tenant, act, invite).await
    }

    /// Ends every link and code of an invitation, without a mail. The guest stays in the directory, unable to come
    /// in, until they are invited anew or deleted.
    pub async fn withdraw(
        &self,
        tenant: TenantId,
        act: Act,
        rights: Rights,
        id: InvitationId,
    ) -> Result<Invitation> {
        let codes = Codes::load(self.platform().store(), tenant).await?;
        let rng = self.platform().rng();
        self.platform()
            .tenant(tenant)
            .write((codes, act, rights), move |mut tx, context| async move {
                let (codes, act, rights) = &*context;
                let mut invitation = store::find(&mut tx, id).await?.ok_or_else(unknown)?;
                decide(&invitation, act, *rights)?;
                invitation.state = State::Withdrawn;
                store::raise(&mut tx, codes, &mut invitation).await?;
                let guest = user::find(&mut tx, invitation.user).await?;
                let event = Event::new("Withdraw invitation", Service::InvitedUsers, Operation::Delete)
                    .with("InvitationId", invitation.id)
                    .with("invitedUserEmailAddress", &invitation.address);
                let event = match &guest {
                    Some(guest) => event.about(guest.target()).with("oid", guest.id),
                    None => event,
                };
                audit_log::record(&mut tx, rng, act, event).await?;
                Ok(invitation)
            })
            .await
    }
}

fn decide(invitation: &Invitation, act: &Act, rights: Rights) -> Result<()> {
    let by = match rights {
        Rights::Application { .. } => Manager::Application,
        Rights::Person { is_administrator: true, .. } => Manager::Administrator,
        Rights::Person { .. } if is_by(invitation, act) => Manager::Inviter,
        Rights::Person { .. } => Manager::Other,
    };
    rules::decide_manage(ManageFacts { by, state: invitation.state }).map_err(refused)
}

fn is_by(invitation: &Invitation, act: &Act) -> bool {
    let inviter = invitation.inviter.as_ref().map(|inviter| inviter.id);
    inviter.is_some() && inviter == act.actor.user_id()
}

fn unknown() -> Error {
    Error::not_found("invitation").code("Request_ResourceNotFound")
}

#[cfg(test)]
mod tests;
