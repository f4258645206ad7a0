//! Inviting: facts, decision, and one transaction for the guest, the invitation, its audit event and its mail.

use super::facts::{Ground, existing_fact, find_existing};
use super::posting::{self, Unwilling};
use super::rules::{self, InviteFacts, Inviter, Plan};
use super::store::Codes;
use super::{DeliveryState, Invitation, InviterRecord, State, link, mail, store};
use crate::mail_preference;
use ::store::rate::Limit;
use ::store::{Read, Tx};
use directory::access;
use directory::audit_log::{self, Event, Operation, Service};
use directory::group;
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, User, UserType};
use futures_util::future::try_join3;
use kernel::{
    Act, EmailAddress, Error, GroupId, InvitationId, Kind, Language, ObjectId, Refusal, Result, RuleId,
    SignedDuration, TenantId, UserId,
};
use module::Platform;
use std::sync::Arc;

#[derive(Clone)]
pub struct InvitationService {
    platform: Platform,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Invite {
    pub address: EmailAddress,
    pub display_name: Option<String>,
    pub redirect_url: String,
    pub user_type: UserType,
    pub send_mail: bool,
    pub message: Option<String>,
    pub language: Option<String>,
    pub copy_to: Option<EmailAddress>,
    /// Users or groups.
    pub sponsors: Vec<ObjectId>,
    pub rights: Rights,
}

/// What the caller may, by token and roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    Application { may_write_users: bool },
    Person { is_administrator: bool, is_guest_inviter: bool },
}

/// What came of it.
pub struct Invited {
    pub invitation: Invitation,
    pub user: UserId,
    /// Whether the guest had accepted before, so that nothing changed.
    pub is_member_already: bool,
    pub redeem_url: String,
    pub notices: Vec<Notice>,
}

/// Something the caller should know although the invitation stands.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Notice {
    pub code: &'static str,
    pub rule: RuleId,
    pub message: String,
    pub remedy: String,
}

/// What *Send me a new one* did. The page says the same in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendAgain {
    Sent,
    Nothing,
}

impl InvitationService {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    pub(crate) fn platform(&self) -> &Platform {
        &self.platform
    }

    pub async fn invite(&self, tenant: TenantId, act: Act, invite: Invite) -> Result<Invited> {
        let work = Arc::new(self.prepare(tenant, act, invite).await?);
        let outcome = self
            .platform
            .tenant(tenant)
            .write(work.clone(), |mut tx, work| async move { work.run(&mut tx).await })
            .await;
        let (invitation, plan, notices) = match outcome {
            Ok(done) => done,
            Err(error) => {
                self.record_refusal(tenant, &work, &error).await?;
                return Err(error);
            }
        };
        Ok(Invited {
            user: invitation.user,
            is_member_already: matches!(plan, Plan::AlreadyGuest(_)),
            redeem_url: link::redeem_url(self.platform.origin(), &work.codes.tenant, tenant, &invitation),
            invitation,
            notices,
        })
    }

    /// Everything a write needs that is read elsewhere, so that [`Work::run`] can be part of another write.
    pub(crate) async fn prepare(&self, tenant: TenantId, act: Act, invite: Invite) -> Result<Work> {
        let codes = Codes::load(self.platform.store(), tenant).await?;
        let home_language = self.home_language(tenant, &invite.address).await?;
        Ok(Work { platform: self.platform.clone(), codes, act, invite, home_language })
    }

    /// What a rule refused is in the audit log too. What only came too fast is not: a limit that wrote a row for
    /// every request it turns away would limit nothing.
    pub(crate) async fn record_refusal(&self, tenant: TenantId, work: &Work, error: &Error) -> Result<()> {
        let Some(refusal) = error.refusal() else { return Ok(()) };
        if matches!(error.kind(), Kind::TooManyRequests { .. }) {
            return Ok(());
        }
        let event = Event::new("Invite external user", Service::InvitedUsers, Operation::Add)
            .failed(&refusal.sentence)
            .with("rule", refusal.rule.0)
            .with("invitedUserEmailAddress", &work.invite.address);
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write((work.act.clone(), event), move |mut tx, context| async move {
                audit_log::record(&mut tx, rng, &context.0, context.1.clone()).await.map(|_| ())
            })
            .await
    }

    /// Sends a guest a link to the stored address, on the wish of whoever holds an older one: the newest link
    /// again while it lives, a new one only when it has expired, so that an old link never ends a newer one.
    /// At most 3 an hour and 5 a day for an invitation.
    pub async fn send_again(&self, tenant: TenantId, act: Act, id: InvitationId) -> Result<SendAgain> {
        let codes = Codes::load(self.platform.store(), tenant).await?;
        let context = (self.platform.clone(), codes, act, id);
        self.platform
            .tenant(tenant)
            .write(context, |mut tx, context| async move {
                let (platform, codes, act, id) = &*context;
                send_again(&mut tx, platform, codes, act, *id).await
            })
            .await
    }

    /// The notification language of the invited address's home tenant, if it has one here.
    async fn home_language(&self, own: TenantId, address: &EmailAddress) -> Result<Option<Language>> {
        let store = self.platform.store();
        let Some(home) = tenant::find_domain(store, &address.domain()).await? else { return Ok(None) };
        let mut peer = store.peer(own, home, ::store::Purpose::HomeUserByAddress).await?;
        Ok(tenant::find(&mut peer).await?.and_then(|home| home.notification_language))
    }
}

/// One invitation on its way through a transaction.
pub(crate) struct Work {
    platform: Platform,
    codes: Codes,
    act: Act,
    invite: Invite,
    home_language: Option<Language>,
}

impl Work {
    pub(crate) async fn run(&self, tx: &mut Tx) -> Result<(Invitation, Plan, Vec<Notice>)> {
        let read = &*tx;
        let ground = Ground::load(read, &self.act, self.invite.rights);
        let existing = find_existing(read, &self.invite.address);
        let (ground, existing, unwilling) = try_join3(ground, existing, self.unwilling(read)).await?;
        let facts = ground.facts(&self.invite.address, self.invite.user_type, existing.as_ref());
        let plan = rules::decide(&facts).map_err(refused)?;
        let Ground { tenant, inviting, .. } = ground;
        let inviter = inviting.map(inviter_record);
        let (message, mut notices) = self.personal_message(inviter.as_ref());
        let language = self.language(&tenant, existing.as_ref());
        let request = Request { tenant: &tenant, inviter, message, language, unwilling: &unwilling };
        let (invitation, about_mail) = match (plan, existing) {
            (Plan::NewGuest, _) => self.new_guest(tx, request).await?,
            (Plan::Resend(_), Some(user)) => self.resend(tx, request, &user).await?,
            (Plan::AlreadyGuest(_), Some(user)) => self.already_guest(tx, request, &user).await?,
            (_, None) => return Err(Error::internal("a plan names a user that does not exist")),
        };
        notices.extend(about_mail);
        Ok((invitation, plan, notices))
    }

    async fn new_guest(&self, tx: &mut Tx, request: Request<'_>) -> Result<(Invitation, Vec<Notice>)> {
        let rng = self.platform.rng();
        let user = self.guest(tx, request.tenant, UserId(rng.uuid())).await?;
        user::insert(tx, &user).await?;
        self.add_sponsors(tx, user.id).await?;
        let invitation = Invitation {
            id: InvitationId(rng.uuid()),
            user: user.id,
            address: self.invite.address.clone(),
            generation: 1,
            state: State::Open,
            issued_at: tx.now(),
            expires_at: expiry(tx, request.tenant),
            redirect_url: self.invite.redirect_url.clone(),
            inviter: request.inviter,
            message: request.message,
            language: request.language,
            mailed: self.invite.send_mail,
        };
        store::insert(tx, &self.codes, &invitation).await?;
        let notices = self.finish(tx, &invitation, &user, request.unwilling).await?;
        Ok((invitation, notices))
    }

    /// A new link for a guest who has not accepted; every older one dies.
    async fn resend(
        &self,
        tx: &mut Tx,
        request: Request<'_>,
        user: &User,
    ) -> Result<(Invitation, Vec<Notice>)> {
        let invitation = store::find_by_user(tx, user.id).await?;
        let mut invitation =
            invitation.ok_or_else(|| Error::internal("a pending guest has no invitation"))?;
        invitation.state = State::Open;
        invitation.issued_at = tx.now();
        invitation.expires_at = expiry(tx, request.tenant);
        invitation.redirect_url.clone_from(&self.invite.redirect_url);
        invitation.inviter = request.inviter;
        invitation.message = request.message;
        invitation.language = request.language;
        invitation.mailed |= self.invite.send_mail;
        store::raise(tx, &self.codes, &mut invitation).await?;
        self.add_sponsors(tx, user.id).await?;
        let notices = self.finish(tx, &invitation, user, request.unwilling).await?;
        Ok((invitation, notices))
    }

    /// The guest stays as they are; the link leads to sign-in and on to the target of this request. If mail was
    /// asked for, it says where to sign in.
    async fn already_guest(
        &self,
        tx: &mut Tx,
        request: Request<'_>,
        user: &User,
    ) -> Result<(Invitation, Vec<Notice>)> {
        let invitation = store::find_by_user(tx, user.id).await?;
        let mut invitation = invitation.ok_or_else(|| Error::internal("a guest has no invitation"))?;
        if invitation.redirect_url != self.invite.redirect_url {
            invitation.redirect_url.clone_from(&self.invite.redirect_url);
            store::save_state(tx, &invitation).await?;
        }
        let mut notices = Vec::new();
        if self.invite.send_mail {
            let mut about = invitation.clone();
            about.inviter.clone_from(&request.inviter);
            about.message.clone_from(&request.message);
            about.language = request.language;
            let rng = self.platform.rng();
            let letter = mail::letter(rng, mail::Kind::AlreadyMember, &about, &self.invite.address);
            notices.extend(posting::post(tx, &self.platform, &self.act, letter, request.unwilling).await?);
        }
        Ok((invitation, notices))
    }

    /// Writes the audit event and posts the mail; what the inviter has to know about the mail.
    async fn finish(
        &self,
        tx: &mut Tx,
        invitation: &Invitation,
        user: &User,
        unwilling: &[Unwilling],
    ) -> Result<Vec<Notice>> {
        let event = Event::new("Invite external user", Service::InvitedUsers, Operation::Add)
            .about(user.target())
            .with("oid", user.id)
            .with("InvitationId", invitation.id)
            .with("invitedUserEmailAddress", &invitation.address);
        audit_log::record(tx, self.platform.rng(), &self.act, event).await?;
        if !self.invite.send_mail {
            return Ok(Vec::new());
        }
        let rng = self.platform.rng();
        let letter = mail::letter(rng, mail::Kind::Invitation, invitation, &invitation.address);
        let mut notices = Vec::new();
        if let Some(notice) = posting::post(tx, &self.platform, &self.act, letter, unwilling).await? {
            let (id, generation) = (invitation.id, invitation.generation);
            store::note_delivery(tx, id, generation, DeliveryState::Withheld, Some(&notice.message)).await?;
            notices.push(notice);
        }
        if let Some(address) = &self.invite.copy_to {
            let letter = mail::letter(rng, mail::Kind::Copy, invitation, address);
            notices.extend(posting::post(tx, &self.platform, &self.act, letter, unwilling).await?);
        }
        Ok(notices)
    }

    /// The guest as Graph shows one that has just been invited.
    async fn guest(&self, tx: &mut Tx, tenant: &Tenant, id: UserId) -> Result<User> {
        let address = self.invite.address.as_str().to_owned();
        let local = address.replace('@', "_");
        let user_principal_name = free_name(tx, &local, tenant).await?;
        let now = tx.now();
        Ok(User {
            id,
            mail_nickname: user_principal_name.rsplit_once('@').map(|(nickname, _)| nickname.to_owned()),
            user_principal_name,
            display_name: self
                .invite
                .display_name
                .clone()
                .unwrap_or_else(|| self.invite.address.local_part().to_owned()),
            user_type: self.invite.user_type,
            account_enabled: true,
            creation_type: Some("Invitation".to_owned()),
            external_state: Some(ExternalUserState::PendingAcceptance),
            external_state_changed_at: Some(now),
            given_name: None,
            surname: None,
            job_title: None,
            mobile_phone: None,
            office_location: None,
            preferred_language: None,
            company_name: None,
            business_phones: Vec::new(),
            other_mails: vec![address.clone()],
            proxy_addresses: vec![format!("SMTP:{address}")],
            mail: Some(address),
            identities: Vec::new(),
            created_at: now,
            deleted_at: None,
            more: serde_json::Map::new(),
            sessions_valid_from: now,
        })
    }

    /// Those named, users or groups, else the person who invites; an application is no sponsor.
    async fn add_sponsors(&self, tx: &mut Tx, guest: UserId) -> Result<()> {
        let inviting = self.act.actor.user_id().map(ObjectId::from).into_iter();
        let sponsors: Vec<ObjectId> =
            if self.invite.sponsors.is_empty() { inviting.collect() } else { self.invite.sponsors.clone() };
        for sponsor in sponsors {
            let kind = if user::find(tx, UserId(sponsor.0)).await?.is_some() {
                "user"
            } else if group::find(tx, GroupId(sponsor.0)).await?.is_some() {
                "group"
            } else {
                let message = format!(
                    "The sponsor {sponsor} is neither a user nor a group of this directory. Name the id of one that is."
                );
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            };
            user::insert_sponsor(tx, guest, sponsor, kind).await?;
        }
        Ok(())
    }

    /// Those of the recipients who want no mail.
    async fn unwilling(&self, mut read: &Tx) -> Result<Vec<Unwilling>> {
        let mut unwilling = Vec::new();
        if self.invite.send_mail {
            for address in std::iter::once(&self.invite.address).chain(&self.invite.copy_to) {
                unwilling.extend(posting::find_unwilling(&mut read, &self.platform, address).await?);
            }
        }
        Ok(unwilling)
    }

    /// The personal message, if the mail may carry it, and what to say if it may not.
    fn personal_message(&self, inviter: Option<&InviterRecord>) -> (Option<String>, Vec<Notice>) {
        let message = self.invite.message.clone().filter(|message| !message.trim().is_empty());
        let may_carry = inviter.is_some_and(|inviter| inviter.address.is_some());
        if message.is_none() || may_carry || !self.invite.send_mail {
            return (message.filter(|_| may_carry), Vec::new());
        }
        let because = if inviter.is_some() {
            "Your message was left out of the mail because your account has no e-mail address. The invitation itself was sent."
        } else {
            "Your message was left out of the mail because an application sent it. The invitation itself was sent."
        };
        let notice = Notice {
            code: "personalMessageOmitted",
            rule: rules::MESSAGE_OMITTED,
            message: because.to_owned(),
            remedy: "Give the inviting user an e-mail address, or set sendInvitationMessage to false and mail inviteRedeemUrl yourself.".to_owned(),
        };
        (None, vec![notice])
    }

    /// The request's, the guest's, the home tenant's, this tenant's, English.
    fn language(&self, tenant: &Tenant, existing: Option<&User>) -> Language {
        let preferred =
            existing.and_then(|user| user.preferred_language.as_deref()).and_then(Language::from_tag);
        let asked = self.invite.language.as_deref().and_then(Language::from_tag);
        asked.or(preferred).or(self.home_language).or(tenant.notification_language).unwrap_or_default()
    }
}

/// What a write found out before it decided where to go.
struct Request<'a> {
    tenant: &'a Tenant,
    unwilling: &'a [Unwilling],
    inviter: Option<InviterRecord>,
    message: Option<String>,
    language: Language,
}

async fn send_again(
    tx: &mut Tx,
    platform: &Platform,
    codes: &Codes,
    act: &Act,
    id: InvitationId,
) -> Result<SendAgain> {
    let Some(mut invitation) = store::find(tx, id).await? else { return Ok(SendAgain::Nothing) };
    let Some(user) = user::find(tx, invitation.user).await? else { return Ok(SendAgain::Nothing) };
    let standing = link::judge(&invitation, invitation.generation, Some(&user), tx.now());
    if !matches!(standing, link::Standing::Live | link::Standing::Expired) {
        return Ok(SendAgain::Nothing);
    }
    let tenant = tenant::get(tx).await?;
    let facts = InviteFacts {
        inviter: Inviter::Guest,
        allow_invites_from: access::policy(tx).await?.allow_invites_from,
        as_member: false,
        is_own_domain: tenant.owns(&invitation.address.domain()),
        domain: invitation.address.domain(),
        existing: Some(existing_fact(&user)),
    };
    // Whoever asks has the mail that came to this address: that it bounced before is no reason any more.
    let is_blocked = mail_preference::is_blocked(tx, platform, &invitation.address).await?;
    if rules::decide(&facts).is_err() || is_blocked {
        return Ok(SendAgain::Nothing);
    }
    for (most, hours) in [(3, 1), (5, 24)] {
        let name = format!("invitation again {hours}h {id}");
        let limit = Limit::new(name, most, SignedDuration::from_hours(hours));
        if limit.take(tx, platform.rng()).await?.is_some() {
            return Ok(SendAgain::Nothing);
        }
    }
    if standing == link::Standing::Expired {
        invitation.issued_at = tx.now();
        invitation.expires_at = expiry(tx, &tenant);
        store::raise(tx, codes, &mut invitation).await?;
    }
    let event = Event::new("Invite external user", Service::InvitedUsers, Operation::Update)
        .about(user.target())
        .with("InvitationId", invitation.id)
        .with("invitedUserEmailAddress", &invitation.address)
        .with("reason", "the guest asked for a new link");
    audit_log::record(tx, platform.rng(), act, event).await?;
    tx.post(mail::letter(platform.rng(), mail::Kind::Invitation, &invitation, &invitation.address)).await?;
    Ok(SendAgain::Sent)
}

fn inviter_record(user: User) -> InviterRecord {
    let address = user.mail.as_deref().and_then(|mail| EmailAddress::parse(mail).ok());
    InviterRecord { id: user.id, display_name: user.display_name, address }
}

/// `ann_fabrikam.example#EXT#@contoso.example`, with a number if somebody has that name.
async fn free_name(tx: &mut Tx, local: &str, tenant: &Tenant) -> Result<String> {
    for number in 1..100 {
        let suffix = if number == 1 { String::new() } else { number.to_string() };
        let name = format!("{local}{suffix}#EXT#@{}", tenant.initial_domain);
        if user::find_by_upn(tx, &name).await?.is_none() {
            return Ok(name);
        }
    }
    Err(Error::conflict("A hundred users already have the name this guest would get. Rename some of them."))
}

fn expiry(tx: &Tx, tenant: &Tenant) -> kernel::Timestamp {
    let days = i64::from(tenant.link_lifetime_days);
    tx.now().checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(kernel::Timestamp::MAX)
}

/// The status and code that Graph answers each rule with.
pub(super) fn refused(refusal: Refusal) -> Error {
    let error = match refusal.rule {
        rules::INVITE_SETTING => Error::forbidden(refusal.sentence.clone()).code("Forbidden"),
        rules::MEMBER_TYPE | rules::MANAGE => {
            Error::forbidden(refusal.sentence.clone()).code("Authorization_RequestDenied")
        }
        rules::NOT_PENDING => Error::conflict(refusal.sentence.clone()).code("Request_BadRequest"),
        _ => Error::bad_request(refusal.sentence.clone()).code("BadRequest"),
    };
    error.refused(refusal)
}
