//! The mails of an invitation. A letter holds ids and no secret; link and code are derived when it leaves, and
//! that is when its reason is checked again.

use super::link::{self, Standing};
use super::{DeliveryState, Invitation, InviterRecord, store};
use crate::mail_preference;
use ::store::outbox::Claimed;
use ::store::{Keys, Letter, Read, Tx};
use delivery::{Became, Compose, Composed, MailKind, Message};
use directory::tenant::{self, Tenant};
use directory::user;
use futures_util::future::try_join3;
use kernel::{EmailAddress, Error, InvitationId, Language, OutboxId, Result, Rng, TenantId};
use module::Platform;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Invitation,
    /// To a guest who has accepted before.
    AlreadyMember,
    /// To the person in Cc: without link and code.
    Copy,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Invitation, Self::AlreadyMember, Self::Copy];

    fn name(self) -> &'static str {
        match self {
            Self::Invitation => "guest_invitation",
            Self::AlreadyMember => "already_member",
            Self::Copy => "invitation_copy",
        }
    }
}

/// What a letter keeps: who wrote what is as it was when it was posted.
#[derive(Serialize, Deserialize)]
struct Data {
    generation: u32,
    inviter: Option<InviterRecord>,
    message: Option<String>,
}

pub fn letter(rng: Rng, kind: Kind, invitation: &Invitation, to: &EmailAddress) -> Letter {
    let data = Data {
        generation: invitation.generation,
        inviter: invitation.inviter.clone(),
        message: invitation.message.clone(),
    };
    Letter {
        id: OutboxId(rng.uuid()),
        kind: kind.name(),
        to: to.clone(),
        language: invitation.language,
        subject: invitation.id.0,
        cause: invitation.inviter.as_ref().map(|inviter| inviter.id.0),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

pub fn kinds(platform: &Platform, templates: &web::Templates) -> Vec<MailKind> {
    let kind = |kind: Kind| {
        let compose = Composer { kind, platform: platform.clone(), templates: templates.clone() };
        MailKind { kind: kind.name(), compose: Arc::new(compose) }
    };
    Kind::ALL.into_iter().map(kind).collect()
}

struct Composer {
    kind: Kind,
    platform: Platform,
    templates: web::Templates,
}

impl Compose for Composer {
    fn compose<'a>(
        &'a self,
        tenant: TenantId,
        letter: &'a Claimed,
    ) -> Pin<Box<dyn Future<Output = Result<Composed>> + Send + 'a>> {
        Box::pin(self.message(tenant, letter))
    }

    fn note<'a>(
        &'a self,
        tx: &'a mut Tx,
        letter: &'a Claimed,
        became: &'a Became,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(self.keep_fact(tx, letter, became))
    }
}

impl Composer {
    async fn message(&self, tenant: TenantId, letter: &Claimed) -> Result<Composed> {
        let data: Data = serde_json::from_value(letter.data.clone()).map_err(Error::internal)?;
        let keys = self.platform.store().keys(tenant).await?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let (mut one, mut other, mut third) = (&snapshot, &snapshot, &snapshot);
        let invitation = store::find(&mut one, InvitationId(letter.subject));
        let is_blocked = mail_preference::is_blocked(&mut other, &self.platform, &letter.to);
        let (invitation, is_blocked, tenant) =
            try_join3(invitation, is_blocked, tenant::get(&mut third)).await?;
        let Some(invitation) = invitation else {
            return Ok(Composed::Gone("the invitation no longer exists"));
        };
        let guest = user::find(&mut snapshot, invitation.user).await?;
        let standing = link::judge(&invitation, data.generation, guest.as_ref(), snapshot.now());
        let wanted = if self.kind == Kind::AlreadyMember { Standing::Member } else { Standing::Live };
        if standing != wanted {
            return Ok(Composed::Gone("a newer invitation replaced it, or it has ended"));
        }
        if is_blocked {
            return Ok(Composed::Gone("the recipient wants no invitation mail"));
        }
        drop(snapshot);
        self.render(&tenant, &keys, letter, &data, &invitation).map(Composed::Send)
    }

    /// The invitation shows what became of its own mail.
    async fn keep_fact(&self, tx: &mut Tx, letter: &Claimed, became: &Became) -> Result<()> {
        if self.kind != Kind::Invitation {
            return Ok(());
        }
        let data: Data = serde_json::from_value(letter.data.clone()).map_err(Error::internal)?;
        let (state, reason) = match became {
            Became::Sent(answer) => (DeliveryState::Sent, answer.as_str()),
            Became::PutOff { reason, .. } => (DeliveryState::Deferred, reason.as_str()),
            Became::Bounced(reason) => (DeliveryState::Bounced, reason.as_str()),
            Became::Dead(reason) => (DeliveryState::Failed, reason.as_str()),
            Became::Dropped(reason) => (DeliveryState::Dropped, *reason),
        };
        let id = InvitationId(letter.subject);
        store::note_delivery(tx, id, data.generation, state, Some(reason)).await
    }

    fn render(
        &self,
        tenant: &Tenant,
        keys: &Keys,
        letter: &Claimed,
        data: &Data,
        invitation: &Invitation,
    ) -> Result<Message> {
        let origin = self.platform.origin();
        let inviter = data.inviter.as_ref();
        let copied = self.kind == Kind::Copy;
        let code = link::typed_code(keys, invitation.id, invitation.generation);
        let redeem_url = link::redeem_url(origin, keys, tenant.id, invitation);
        let context = json!({
            "organization": crate::view::organization(tenant),
            "address": letter.to,
            "guest_address": invitation.address,
            "sender": tenant.sender(self.platform.sender()).address,
            "inviter": inviter.map(crate::view::inviter),
            "message": data.message,
            "until": web::format_date(letter.language, invitation.expires_at, &jiff::tz::TimeZone::UTC),
            "target": crate::view::target(self.platform.origin(), tenant, &invitation.redirect_url),
            "link": if copied { "" } else { &redeem_url },
            "typed_code": if copied { String::new() } else { link::hyphenated(&code) },
            "typed_at": typed_at(origin),
            "block_url": mail_preference::block_url(origin, keys, self.platform.rng(), tenant.id, &letter.to)?,
        });
        let render = |part| self.render_part(part, letter.language, &context);
        let unsubscribe =
            mail_preference::unsubscribe_url(origin, keys, self.platform.rng(), tenant.id, &letter.to)?;
        Ok(Message {
            to: letter.to.clone(),
            cc: Vec::new(),
            from: tenant.sender(self.platform.sender()),
            reply_to: inviter
                .and_then(|inviter| inviter.address.clone())
                .or_else(|| tenant.reply_to(self.platform.sender())),
            subject: render("subject")?.trim().to_owned(),
            text: render("txt")?,
            html: render("html")?,
            language: letter.language,
            headers: vec![
                ("List-Unsubscribe".to_owned(), format!("<{unsubscribe}>")),
                ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
                ("Auto-Submitted".to_owned(), "auto-generated".to_owned()),
            ],
            code: (self.kind == Kind::Invitation).then_some(code),
        })
    }

    fn render_part(&self, part: &str, language: Language, context: &serde_json::Value) -> Result<String> {
        self.templates.render(&format!("mail/{}.{part}", self.kind.name()), language, context)
    }
}

/// Where a code is typed, as a person reads it: without the scheme unless the port is unusual.
fn typed_at(origin: &kernel::Origin) -> String {
    if origin.authority() == origin.host() {
        format!("{}/redeem", origin.host())
    } else {
        format!("{origin}/redeem")
    }
}

macro_rules! mail {
    ($($name:literal),* $(,)?) => { &[$((concat!("mail/", $name), include_str!(concat!("mail/", $name)))),*] };
}

pub const TEMPLATES: &[(&str, &str)] = mail![
    "frame.html",
    "parts.html",
    "foot.txt",
    "guest_invitation.subject",
    "guest_invitation.txt",
    "guest_invitation.html",
    "already_member.subject",
    "already_member.txt",
    "already_member.html",
    "invitation_copy.subject",
    "invitation_copy.txt",
    "invitation_copy.html",
];

pub const WORDS: &[web::Resource] = web::words!("../../../../locales", "mail");
