//! Who may invite which address as what. Pure: facts in, plan or refusal out. Enforcement and explanation call
//! the same function.

use super::{InvitesFrom, State};
use kernel::{DomainName, Refusal, RuleId, UserId, Verdict};

pub const INVITE_SETTING: RuleId = RuleId("invitation.guestInviteSetting");
pub const MEMBER_TYPE: RuleId = RuleId("invitation.memberType");
pub const OWN_DOMAIN: RuleId = RuleId("invitation.ownDomain");
pub const EXISTING_USER: RuleId = RuleId("invitation.existingUser");
pub const BLOCKED_GUEST: RuleId = RuleId("invitation.blockedGuest");
pub const MESSAGE_OMITTED: RuleId = RuleId("invitation.personalMessageOmitted");
pub const TENANT_LIMIT: RuleId = RuleId("invitation.limitPerTenant");
pub const INVITER_LIMIT: RuleId = RuleId("invitation.limitPerInviter");
pub const RECIPIENT_LIMIT: RuleId = RuleId("invitation.limitPerRecipient");
pub const RECIPIENT_BLOCKS: RuleId = RuleId("invitation.recipientBlocksMail");
pub const ADDRESS_BOUNCED: RuleId = RuleId("invitation.addressBounced");
pub const MANAGE: RuleId = RuleId("invitation.manage");
pub const NOT_PENDING: RuleId = RuleId("invitation.notPending");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: INVITE_SETTING,
        explanation: "The tenant decides who may invite guests: nobody, administrators and Guest Inviters, members as well, or everyone.",
        remedy: "Ask an administrator for the role Guest Inviter, or to change the guest invite setting.",
        setting: Some("allowInvitesFrom"),
    },
    module::Rule {
        id: MEMBER_TYPE,
        explanation: "Only administrators, and applications that may write users, invite somebody as a member.",
        remedy: "Invite as Guest, or ask a User Administrator to invite.",
        setting: None,
    },
    module::Rule {
        id: OWN_DOMAIN,
        explanation: "An address in one of the organization's own domains belongs to its members and is not invited.",
        remedy: "Create the user, or look for the member with this address.",
        setting: Some("verifiedDomains"),
    },
    module::Rule {
        id: EXISTING_USER,
        explanation: "An address that a member already has is not invited again.",
        remedy: "Let the person use the account they have.",
        setting: None,
    },
    module::Rule {
        id: BLOCKED_GUEST,
        explanation: "A guest who is blocked from signing in is not invited again.",
        remedy: "Ask an administrator to unblock the guest, then invite again.",
        setting: Some("accountEnabled"),
    },
    module::Rule {
        id: MESSAGE_OMITTED,
        explanation: "A personal message is mailed only for a person with an address in the tenant, so that the guest can tell who wrote it.",
        remedy: "Give your account an e-mail address, or mail the link yourself.",
        setting: Some("mail"),
    },
    module::Rule {
        id: TENANT_LIMIT,
        explanation: "A tenant sends a limited number of invitation mails an hour.",
        remedy: "Try again later, or ask the operator to raise the limit.",
        setting: Some("limits.invitation_mails_per_tenant_and_hour"),
    },
    module::Rule {
        id: INVITER_LIMIT,
        explanation: "An inviter sends a limited number of invitation mails a minute.",
        remedy: "Try again in a minute, or ask the operator to raise the limit.",
        setting: Some("limits.invitation_mails_per_inviter_and_minute"),
    },
    module::Rule {
        id: RECIPIENT_LIMIT,
        explanation: "An address receives a limited number of invitation mails a day.",
        remedy: "Hand the link on yourself, or try again tomorrow.",
        setting: Some("limits.invitation_mails_per_recipient_and_day"),
    },
    module::Rule {
        id: RECIPIENT_BLOCKS,
        explanation: "Who has blocked an organization's invitations gets no mail of them; the invitation itself stands.",
        remedy: "Hand the link on yourself, or ask the person to allow invitations again.",
        setting: None,
    },
    module::Rule {
        id: ADDRESS_BOUNCED,
        explanation: "An address that a mail server refused for good gets no invitation mail until it takes one again.",
        remedy: "Correct the address, hand the link on yourself, or remove the address under Mail health.",
        setting: None,
    },
    module::Rule {
        id: MANAGE,
        explanation: "An invitation is sent again or withdrawn by whoever sent it, by administrators, and by applications that may invite.",
        remedy: "Ask the person who invited, or somebody with the role User Administrator.",
        setting: None,
    },
    module::Rule {
        id: NOT_PENDING,
        explanation: "Only an invitation that still waits for its guest is sent again or withdrawn.",
        remedy: "Once it was accepted, mail the guest the address of what they came for; to end their access, block or delete the guest.",
        setting: Some("externalUserState"),
    },
];

/// Everything the decision hangs on.
#[derive(Clone, Debug)]
pub struct InviteFacts {
    pub inviter: Inviter,
    pub allow_invites_from: InvitesFrom,
    pub as_member: bool,
    pub domain: DomainName,
    pub is_own_domain: bool,
    /// The user who answers to the address now.
    pub existing: Option<Existing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inviter {
    Application {
        may_write_users: bool,
    },
    Person {
        is_guest: bool,
        /// Global Administrator or User Administrator.
        is_administrator: bool,
        is_guest_inviter: bool,
    },
    /// The guest who asks for a new link: what the inviter was allowed holds on.
    Guest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Existing {
    pub id: UserId,
    pub kind: ExistingKind,
    pub is_enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExistingKind {
    /// Signs in here.
    Local,
    PendingGuest,
    AcceptedGuest,
}

/// What an invitation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    NewGuest,
    /// A new link for a guest who has not accepted.
    Resend(UserId),
    /// The guest has accepted: nothing changes.
    AlreadyGuest(UserId),
}

pub fn decide(facts: &InviteFacts) -> Verdict<Plan> {
    may_invite(facts)?;
    may_invite_as(facts)?;
    if facts.is_own_domain {
        return Err(own_domain(facts));
    }
    let Some(existing) = facts.existing else { return Ok(Plan::NewGuest) };
    match existing.kind {
        ExistingKind::Local => Err(existing_user(existing)),
        _ if !existing.is_enabled => Err(blocked_guest()),
        ExistingKind::PendingGuest => Ok(Plan::Resend(existing.id)),
        ExistingKind::AcceptedGuest => Ok(Plan::AlreadyGuest(existing.id)),
    }
}

fn may_invite(facts: &InviteFacts) -> Verdict {
    let level = facts.allow_invites_from;
    let (by_anyone, by_members, by_inviters) = match level {
        InvitesFrom::Nobody => (false, false, false),
        InvitesFrom::AdminsAndGuestInviters => (false, false, true),
        InvitesFrom::AdminsGuestInvitersAndAllMembers => (false, true, true),
        InvitesFrom::Everyone => (true, true, true),
    };
    let allowed = match facts.inviter {
        Inviter::Guest => true,
        // An application counts as a member without a role.
        Inviter::Application { .. } => by_members,
        Inviter::Person { is_guest, is_administrator, is_guest_inviter } => {
            by_anyone || (by_members && !is_guest) || (by_inviters && (is_administrator || is_guest_inviter))
        }
    };
    if allowed {
        return Ok(());
    }
    let sentence = "Guest invitations not allowed for your company. Contact your company administrator for more details.";
    let remedy = "Ask an administrator for the role Guest Inviter, or to change who may invite.";
    Err(Refusal::new(INVITE_SETTING, sentence, remedy)
        .decided_by("allowInvitesFrom", level.as_str())
        .changed_by("Privileged Role Administrator"))
}

fn may_invite_as(facts: &InviteFacts) -> Verdict {
    let allowed = match facts.inviter {
        Inviter::Application { may_write_users } => may_write_users,
        Inviter::Person { is_administrator, .. } => is_administrator,
        Inviter::Guest => true,
    };
    if !facts.as_member || allowed {
        return Ok(());
    }
    let sentence =
        "Insufficient privileges to perform requested operation. Only administrators may invite a Member.";
    Err(Refusal::new(
        MEMBER_TYPE,
        sentence,
        "Invite with invitedUserType Guest, or ask a User Administrator to invite.",
    )
    .changed_by("Privileged Role Administrator"))
}

/// The same whether or not the person exists.
fn own_domain(facts: &InviteFacts) -> Refusal {
    let sentence = "This user cannot be invited because the domain of the user's email address is a verified domain of this directory.";
    Refusal::new(OWN_DOMAIN, sentence, "Create the user, or look for the member with this address.")
        .decided_by("verifiedDomains", facts.domain.as_str())
        .changed_by("Domain Name Administrator")
}

fn existing_user(existing: Existing) -> Refusal {
    let Existing { id, is_enabled, .. } = existing;
    let start = format!("The invited user already exists in the directory as object ID: {id}");
    let sentence = if is_enabled {
        format!("{start}. They can use that account to sign in to shared apps and resources.")
    } else {
        format!(
            "{start}, but the account is blocked from signing in. If the account is unblocked, they can use that account to sign in to shared apps and resources."
        )
    };
    Refusal::new(EXISTING_USER, sentence, "Let the person use the account they have.")
}

fn blocked_guest() -> Refusal {
    let sentence = "The invited user is already a guest here, but is blocked from signing in.";
    Refusal::new(BLOCKED_GUEST, sentence, "Ask an administrator to unblock the guest, then invite again.")
        .decided_by("accountEnabled", "false")
        .changed_by("User Administrator")
}

/// Who wants to send an invitation again or withdraw it.
#[derive(Clone, Copy, Debug)]
pub struct ManageFacts {
    pub by: Manager,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Has the permission that its route demanded.
    Application,
    Administrator,
    /// The person who invited.
    Inviter,
    Other,
}

pub fn decide_manage(facts: ManageFacts) -> Verdict {
    if facts.by == Manager::Other {
        let sentence = "You may not change this invitation: somebody else sent it.";
        let remedy = "Ask the person who invited, or somebody with the role User Administrator.";
        return Err(Refusal::new(MANAGE, sentence, remedy).changed_by("Privileged Role Administrator"));
    }
    let (sentence, remedy) = match facts.state {
        State::Open => return Ok(()),
        State::Accepted => (
            "The invitation was accepted, so there is nothing to send again or to withdraw.",
            "Mail the guest the address of what they came for. To end their access, block or delete the guest.",
        ),
        State::Declined => {
            ("The guest has declined the invitation.", "Invite the address anew if they changed their mind.")
        }
        State::Withdrawn => {
            ("The invitation was withdrawn before.", "Invite the address anew if it shall count after all.")
        }
    };
    Err(Refusal::new(NOT_PENDING, sentence, remedy).decided_by("state", facts.state.as_str()))
}
