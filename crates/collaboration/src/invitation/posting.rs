//! Posting a letter of an invitation: within the limits, and only to whom it may go. What holds a mail back holds
//! back nothing else: the invitation stands, and the inviter is told how it can reach the guest all the same.

use super::rules;
use super::service::Notice;
use crate::mail_preference;
use ::store::ledger::{self, Suppression};
use ::store::rate::Limit;
use ::store::{Letter, Read, Tx};
use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Act, EmailAddress, Error, Kind, Refusal, Result, RuleId, SignedDuration};
use module::Platform;

/// An address that gets no invitation mail.
pub struct Unwilling {
    address: EmailAddress,
    /// None: its owner wants none. Otherwise it does not take any.
    bounced: Option<Suppression>,
}

/// Whether, and why, an address gets no invitation mail.
pub async fn find_unwilling(
    read: &mut impl Read,
    platform: &Platform,
    address: &EmailAddress,
) -> Result<Option<Unwilling>> {
    let bounced = if mail_preference::is_blocked(read, platform, address).await? {
        None
    } else {
        match ledger::find_suppression(read, address).await? {
            None => return Ok(None),
            bounced => bounced,
        }
    };
    Ok(Some(Unwilling { address: address.clone(), bounced }))
}

/// Posts the letter, or tells why it does not leave.
pub async fn post(
    tx: &mut Tx,
    platform: &Platform,
    act: &Act,
    letter: Letter,
    unwilling: &[Unwilling],
) -> Result<Option<Notice>> {
    take_limits(tx, platform, inviter_key(act), &letter.to).await?;
    let Some(unwilling) = unwilling.iter().find(|unwilling| unwilling.address == letter.to) else {
        tx.post(letter).await?;
        return Ok(None);
    };
    let (activity, notice) = match &unwilling.bounced {
        None => ("Email not sent, user unsubscribed", blocked(&letter.to)),
        Some(bounced) => ("Email not sent, address bounced", suppressed(bounced)),
    };
    let event = Event::new(activity, Service::InvitedUsers, Operation::Other)
        .with("invitedUserEmailAddress", &letter.to);
    audit_log::record(tx, platform.rng(), act, event).await?;
    Ok(Some(notice))
}

fn blocked(address: &EmailAddress) -> Notice {
    Notice {
        code: "recipientBlocksMail",
        rule: rules::RECIPIENT_BLOCKS,
        message: format!("No mail was sent: {address} has blocked invitation mails. The invitation itself stands."),
        remedy: "Hand inviteRedeemUrl on yourself, or ask the person to allow invitations again with the link below an earlier mail.".to_owned(),
    }
}

fn suppressed(bounced: &Suppression) -> Notice {
    Notice {
        code: "addressBounced",
        rule: rules::ADDRESS_BOUNCED,
        message: format!(
            "No mail was sent: the last one to {} came back with \"{}\". The invitation itself stands.",
            bounced.address, bounced.reason
        ),
        remedy: "Correct the address, hand inviteRedeemUrl on yourself, or let an administrator remove the address under Mail health once it takes mail.".to_owned(),
    }
}

fn inviter_key(act: &Act) -> String {
    match &act.actor {
        kernel::Actor::User { id, .. } => id.to_string(),
        kernel::Actor::Application { id, .. } => id.to_string(),
        _ => "system".to_owned(),
    }
}

/// Counts one mail against the limits from configuration; over one of them the whole invitation is refused.
async fn take_limits(tx: &mut Tx, platform: &Platform, inviter: String, to: &EmailAddress) -> Result<()> {
    let limits = platform.limits();
    let all = [
        (
            rules::TENANT_LIMIT,
            limits.invitation_mails_per_tenant_and_hour,
            "invitation mail".to_owned(),
            3600,
        ),
        (
            rules::INVITER_LIMIT,
            limits.invitation_mails_per_inviter_and_minute,
            format!("invitation mail by {inviter}"),
            60,
        ),
        (
            rules::RECIPIENT_LIMIT,
            limits.invitation_mails_per_recipient_and_day,
            format!("invitation mail to {}", to.key()),
            86_400,
        ),
    ];
    for (rule, most, name, seconds) in all {
        let Some(most) = most else { continue };
        let limit = Limit::new(name, most, SignedDuration::from_secs(seconds));
        if let Some(retry_after) = limit.take(tx, platform.rng()).await? {
            return Err(too_many(rule, most, retry_after));
        }
    }
    Ok(())
}

fn too_many(rule: RuleId, most: u32, retry_after: u32) -> Error {
    let known = rules::RULES.iter().find(|known| known.id == rule);
    let (explanation, remedy, setting) =
        known.map_or(("", "", ""), |rule| (rule.explanation, rule.remedy, rule.setting.unwrap_or_default()));
    let sentence = format!("{explanation} The limit is {most}; one more fits in {retry_after} seconds.");
    let refusal = Refusal::new(rule, sentence.clone(), remedy).decided_by(setting, most.to_string());
    Error::new(Kind::TooManyRequests { retry_after }, sentence).refused(refusal)
}
