//! Finding an invitation by its link, and answering it: facts, decision, and one transaction for the invitation,
//! the guest, the identity and the audit event.

use super::home::HomeAccount;
use super::rules::{self, Bound, Home, Plan, Proof, RedeemFacts};
use super::typed_code::{Entry, TypedCode};
use super::{find_home_account, mail};
use crate::invitation::link::{self, Standing};
use crate::invitation::{self, Codes, Invitation, InvitationService, SendAgain, State};
use ::store::rate::Limit;
use ::store::{Read, Tx};
use directory::audit_log::{self, Event, Operation, Service};
use directory::role::{self, Role};
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, Identity, User};
use kernel::{
    Act, Actor, EmailAddress, Error, InvitationId, Refusal, Result, SignedDuration, TenantId, UserId, Verdict,
};
use module::Platform;
use web::ClientNetwork;

/// Reports of one invitation that are noted and told in a day.
const MOST_REPORTS: u32 = 3;

/// What a link says, unread: nothing in it is believed before the ticket has been found genuine.
#[derive(Clone, Default)]
pub struct LinkText {
    pub tenant: String,
    pub invitation: String,
    pub ticket: String,
}

/// A genuine link: what it leads to, and what it is worth now.
pub struct Link {
    pub tenant: Tenant,
    pub invitation: Invitation,
    /// None once deleted.
    pub guest: Option<User>,
    pub generation: u32,
    pub standing: Standing,
    /// Display names of whom to ask; empty: the organization itself.
    pub sponsors: Vec<String>,
    pub ticket: String,
}

/// What accepting came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// The first binding: the guest is one from now on.
    NewGuest(UserId),
    /// This identity had accepted before.
    Returning(UserId),
}

impl Redeemed {
    pub fn user(self) -> UserId {
        match self {
            Self::NewGuest(user) | Self::Returning(user) => user,
        }
    }
}

/// An answer on its way into a transaction.
#[derive(Clone)]
pub struct Claim {
    pub platform: Platform,
    pub codes: Codes,
    pub act: Act,
    pub invitation: InvitationId,
    pub generation: u32,
    pub home: Option<Home>,
    pub proof: Option<Proof>,
    /// What the proof vouches for.
    pub identity: Identity,
    /// The name the home account goes by, if it tells one.
    pub display_name: Option<String>,
}

#[derive(Clone)]
pub struct RedemptionService {
    platform: Platform,
    invitations: InvitationService,
}

impl RedemptionService {
    pub fn new(platform: Platform) -> Self {
        let invitations = InvitationService::new(platform.clone());
        Self { platform, invitations }
    }

    /// The invitation that a link was made for. None, without a difference, for whatever was not issued
    /// byte for byte: an unknown tenant or invitation, a foreign or broken ticket.
    pub async fn find(&self, text: &LinkText) -> Result<Option<Link>> {
        let (Ok(tenant), Ok(id)) = (text.tenant.parse::<TenantId>(), text.invitation.parse::<InvitationId>())
        else {
            return Ok(None);
        };
        let store = self.platform.store();
        let keys = match store.keys(tenant).await {
            Ok(keys) => keys,
            Err(error) if error.is_not_found() => {
                take_as_long(store.installation_keys(), id);
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some(invitation) = invitation::find(&mut snapshot, id).await? else {
            take_as_long(&keys, id);
            return Ok(None);
        };
        let Some(generation) = link::generation_of(&keys, &invitation, &text.ticket) else { return Ok(None) };
        let guest = user::find(&mut snapshot, invitation.user).await?;
        let standing = link::judge(&invitation, generation, guest.as_ref(), snapshot.now());
        let sponsors = user::sponsors(&mut snapshot, invitation.user).await?;
        let sponsors = sponsors.into_iter().map(|sponsor| sponsor.display_name).collect();
        let tenant = tenant::get(&mut snapshot).await?;
        let ticket = text.ticket.clone();
        Ok(Some(Link { tenant, invitation, guest, generation, standing, sponsors, ticket }))
    }

    /// A person went on from the page behind the link: the inviter sees that it was opened.
    pub async fn opened(&self, link: &Link) -> Result<()> {
        self.platform
            .tenant(link.tenant.id)
            .write_unordered(link.invitation.id, |mut tx, id| async move {
                invitation::note_opened(&mut tx, *id).await
            })
            .await
    }

    /// Where a typed code leads. Wrong ones are limited per network.
    pub async fn open_typed_code(&self, network: Option<ClientNetwork>, text: &str) -> Result<TypedCode> {
        let store = self.platform.store();
        let entry = match Entry::count(store, network).await? {
            Ok(entry) => entry,
            Err(until) => return Ok(TypedCode::Limited(until)),
        };
        let Some(code) = link::parse_typed_code(text) else { return Ok(TypedCode::Unknown) };
        let Some((tenant, id)) = invitation::find_by_code(store, &code).await? else {
            return Ok(TypedCode::Unknown);
        };
        let keys = store.keys(tenant).await?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some(invitation) = invitation::find(&mut snapshot, id).await? else {
            return Ok(TypedCode::Unknown);
        };
        entry.forgive(store).await?;
        Ok(TypedCode::Leads(link::redeem_url(self.platform.origin(), &keys, tenant, &invitation)))
    }

    /// The account that the invited address belongs to in another tenant here, if it belongs to one.
    pub async fn home_account(&self, link: &Link) -> Result<Option<HomeAccount>> {
        find_home_account(&self.platform, link.tenant.id, &link.invitation.address).await
    }

    /// Loads what [`accept`] and [`Self::decline`] need; before the write, which reads no other tenant.
    pub async fn claim(
        &self,
        link: &Link,
        act: Act,
        proof: Option<Proof>,
        identity: Identity,
    ) -> Result<Claim> {
        let home = self.home_account(link).await?;
        let proven_here = home
            .as_ref()
            .filter(|home| proof == Some(Proof::HomeAccount { tenant: home.tenant.id, user: home.user.id }));
        Ok(Claim {
            codes: Codes::load(self.platform.store(), link.tenant.id).await?,
            platform: self.platform.clone(),
            act,
            invitation: link.invitation.id,
            generation: link.generation,
            home: home.as_ref().map(HomeAccount::fact),
            proof,
            identity,
            display_name: proven_here.map(|home| home.user.display_name.clone()),
        })
    }

    /// Accepts in a write of its own. Whoever opens a session in the same transaction calls [`accept`].
    pub async fn accept(&self, tenant: TenantId, claim: Claim) -> Result<Verdict<Redeemed>> {
        self.platform
            .tenant(tenant)
            .write(claim, |mut tx, claim| async move { accept(&mut tx, &claim).await })
            .await
    }

    /// Declines in a write of its own.
    pub async fn decline(&self, tenant: TenantId, claim: Claim) -> Result<Verdict> {
        self.platform
            .tenant(tenant)
            .write(claim, |mut tx, claim| async move { decline(&mut tx, &claim).await })
            .await
    }

    /// Notes a report and tells the administrators, at most three times a day for an invitation. It changes
    /// nothing else: whoever reports has proven nothing.
    pub async fn report(&self, act: Act, link: &Link) -> Result<()> {
        let context = (self.platform.clone(), act, link.invitation.id);
        self.platform
            .tenant(link.tenant.id)
            .write(context, |mut tx, context| async move {
                let (platform, act, id) = &*context;
                report(&mut tx, platform, act, *id).await
            })
            .await
    }

    /// *Send me a new one*: to the stored address, decided by the rule of inviting.
    pub async fn send_again(&self, act: Act, link: &Link) -> Result<SendAgain> {
        self.invitations.send_again(link.tenant.id, act, link.invitation.id).await
    }
}

/// Accepts an invitation: judged again under the tenant's lock, so that of many at once one binds.
///
/// The inner refusal is committed with its audit event where there is one; nothing else has changed then.
pub async fn accept(tx: &mut Tx, claim: &Claim) -> Result<Verdict<Redeemed>> {
    let Some((mut invitation, standing, guest)) = judge(tx, claim).await? else { return Ok(Err(gone())) };
    let Some(mut guest) = guest else { return Ok(Err(rules::ended(standing))) };
    let Identity { issuer, subject, .. } = &claim.identity;
    let holder = user::find_by_identity(tx, issuer, subject).await?;
    let bound = match &holder {
        None => Bound::Nobody,
        Some(holder) if holder.id == guest.id => Bound::ThisGuest,
        Some(_) => Bound::AnotherUser,
    };
    let facts = RedeemFacts { standing, home: claim.home, proof: claim.proof, bound };
    match rules::decide(&facts) {
        Ok(Plan::SignIn) => return Ok(Ok(Redeemed::Returning(guest.id))),
        Ok(Plan::Bind) => {}
        Err(refusal) => {
            if let (rules::IDENTITY_TAKEN, Some(holder)) = (refusal.rule, holder) {
                note_conflict(tx, claim, &guest, &holder).await?;
            }
            return Ok(Err(refusal));
        }
    }
    invitation.state = State::Accepted;
    invitation::raise(tx, &claim.codes, &mut invitation).await?;
    let event = redeemed_event(&invitation, &guest, claim);
    guest.external_state = Some(ExternalUserState::Accepted);
    guest.external_state_changed_at = Some(tx.now());
    // Nothing from before the proof stays.
    guest.identities = vec![claim.identity.clone()];
    if let Some(name) = claim.display_name.as_ref().filter(|_| has_no_name(&guest, &invitation.address)) {
        guest.display_name.clone_from(name);
    }
    if bound == Bound::Nobody && !user::add_identity(tx, guest.id, &claim.identity).await? {
        return Err(Error::internal("an identity was taken under the lock"));
    }
    user::save_state(tx, &guest).await?;
    audit_log::record(tx, claim.platform.rng(), &by_guest(claim, &guest), event).await?;
    Ok(Ok(Redeemed::NewGuest(guest.id)))
}

/// Ends the invitation on the word of whoever has proven the address.
pub async fn decline(tx: &mut Tx, claim: &Claim) -> Result<Verdict> {
    let Some((mut invitation, standing, guest)) = judge(tx, claim).await? else { return Ok(Err(gone())) };
    let Some(guest) = guest else { return Ok(Err(rules::ended(standing))) };
    let facts = RedeemFacts { standing, home: claim.home, proof: claim.proof, bound: Bound::Nobody };
    if let Err(refusal) = rules::decide_decline(&facts) {
        return Ok(Err(refusal));
    }
    invitation.state = State::Declined;
    invitation::raise(tx, &claim.codes, &mut invitation).await?;
    let event = Event::new("Decline external user invite", Service::InvitedUsers, Operation::Update)
        .about(guest.target())
        .with("InvitationId", invitation.id)
        .with("invitedUserEmailAddress", &invitation.address);
    audit_log::record(tx, claim.platform.rng(), &by_guest(claim, &guest), event).await?;
    Ok(Ok(()))
}

async fn judge(tx: &mut Tx, claim: &Claim) -> Result<Option<(Invitation, Standing, Option<User>)>> {
    let Some(invitation) = invitation::find(tx, claim.invitation).await? else { return Ok(None) };
    let guest = user::find(tx, invitation.user).await?;
    let standing = link::judge(&invitation, claim.generation, guest.as_ref(), tx.now());
    Ok(Some((invitation, standing, guest)))
}

async fn report(tx: &mut Tx, platform: &Platform, act: &Act, id: InvitationId) -> Result<()> {
    let Some(invitation) = invitation::find(tx, id).await? else { return Ok(()) };
    let limit = Limit::new(format!("invitation report {id}"), MOST_REPORTS, SignedDuration::from_hours(24));
    if limit.take(tx, platform.rng()).await?.is_some() {
        return Ok(());
    }
    let mut event = Event::new("Report external user invite", Service::InvitedUsers, Operation::Other)
        .with("InvitationId", id)
        .with("invitedUserEmailAddress", &invitation.address);
    if let Some(guest) = user::find(tx, invitation.user).await? {
        event = event.about(guest.target());
    }
    audit_log::record(tx, platform.rng(), act, event).await?;
    let tenant = tenant::get(tx).await?;
    let now = tx.now();
    for holder in role::holders(tx, Role::GlobalAdministrator).await? {
        let Some(administrator) = user::find(tx, holder).await? else { continue };
        if let Some(to) = reachable(&administrator) {
            let language = mail::language_of(&administrator, &tenant);
            tx.post(mail::letter(platform.rng(), &invitation, &to, language, now)).await?;
        }
    }
    Ok(())
}

fn reachable(user: &User) -> Option<EmailAddress> {
    let address = user.mail.as_deref().filter(|_| user.account_enabled)?;
    EmailAddress::parse(address).ok()
}

/// The conflict is named in the audit log alone: the guest is told only that there is one.
async fn note_conflict(tx: &mut Tx, claim: &Claim, guest: &User, holder: &User) -> Result<()> {
    let event = Event::new("Redeem external user invite", Service::InvitedUsers, Operation::Update)
        .about(guest.target())
        .about(holder.target())
        .with("InvitationId", claim.invitation)
        .with("issuer", &claim.identity.issuer)
        .with("rule", rules::IDENTITY_TAKEN.0)
        .failed("The identity is bound to another user.");
    audit_log::record(tx, claim.platform.rng(), &by_guest(claim, guest), event).await?;
    Ok(())
}

fn redeemed_event(invitation: &Invitation, guest: &User, claim: &Claim) -> Event {
    let from = guest.external_state.map(ExternalUserState::as_str);
    let to = ExternalUserState::Accepted.as_str();
    Event::new("Redeem external user invite", Service::InvitedUsers, Operation::Update)
        .about(guest.target().changing("externalUserState", from, to))
        .with("InvitationId", invitation.id)
        .with("invitedUserEmailAddress", &invitation.address)
        .with("issuer", &claim.identity.issuer)
}

/// The guest acts in their own name once the address is proven.
fn by_guest(claim: &Claim, guest: &User) -> Act {
    let actor = Actor::User {
        id: guest.id,
        display_name: guest.display_name.clone(),
        user_principal_name: guest.user_principal_name.clone(),
    };
    Act { actor, ..claim.act.clone() }
}

/// Whether the inviter gave no name, so that the address stands in for one.
fn has_no_name(guest: &User, address: &EmailAddress) -> bool {
    guest.display_name == address.local_part()
}

fn gone() -> Refusal {
    rules::ended(Standing::Deleted)
}

/// Does what a ticket that is not genuine costs, so that time tells nothing about what exists.
fn take_as_long(keys: &::store::Keys, id: InvitationId) {
    for generation in 0..=1 {
        std::hint::black_box(link::ticket(keys, id, generation));
    }
}

impl Link {
    /// The link's address below the origin.
    pub fn path(&self) -> String {
        self.path_to("/redeem")
    }

    /// A page of the way in, with what finds the invitation.
    pub fn path_to(&self, page: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("tenant", &self.tenant.id.to_string())
            .append_pair("user", &self.invitation.id.to_string())
            .append_pair("ticket", &self.ticket)
            .append_pair("ver", "2.0");
        format!("{page}?{}", query.finish())
    }
}
