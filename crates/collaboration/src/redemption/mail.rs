//! The mail that tells an administrator about a reported invitation.

use crate::invitation::{self, Invitation};
use ::store::Letter;
use ::store::outbox::Claimed;
use delivery::{Compose, Composed, MailKind, Message};
use directory::tenant;
use directory::user::User;
use jiff::tz::TimeZone;
use kernel::{EmailAddress, Error, InvitationId, Language, OutboxId, Result, Rng, TenantId, Timestamp};
use module::Platform;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

const KIND: &str = "invitation_reported";

#[derive(Serialize, Deserialize)]
struct Data {
    /// Microseconds, as the store keeps time.
    reported_at: i64,
}

pub fn letter(
    rng: Rng,
    invitation: &Invitation,
    to: &EmailAddress,
    language: Language,
    reported_at: Timestamp,
) -> Letter {
    Letter {
        id: OutboxId(rng.uuid()),
        kind: KIND,
        to: to.clone(),
        language,
        subject: invitation.id.0,
        cause: None,
        data: serde_json::to_value(Data { reported_at: reported_at.as_microsecond() }).unwrap_or_default(),
    }
}

/// The administrator's own language, else the tenant's, else English.
pub fn language_of(administrator: &User, tenant: &tenant::Tenant) -> Language {
    let own = administrator.preferred_language.as_deref().and_then(Language::from_tag);
    own.or(tenant.notification_language).unwrap_or_default()
}

pub fn kinds(platform: &Platform, templates: &web::Templates) -> Vec<MailKind> {
    let compose = Composer { platform: platform.clone(), templates: templates.clone() };
    vec![MailKind { kind: KIND, compose: Arc::new(compose) }]
}

struct Composer {
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
}

impl Composer {
    async fn message(&self, tenant: TenantId, letter: &Claimed) -> Result<Composed> {
        let data: Data = serde_json::from_value(letter.data.clone()).map_err(Error::internal)?;
        let reported_at = Timestamp::from_microsecond(data.reported_at).map_err(Error::internal)?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some(invitation) = invitation::find(&mut snapshot, InvitationId(letter.subject)).await? else {
            return Ok(Composed::Gone("the invitation no longer exists"));
        };
        let tenant = tenant::get(&mut snapshot).await?;
        drop(snapshot);
        let language = letter.language;
        let moment = |at| web::format_date_time(language, at, &TimeZone::UTC);
        let inviter = invitation.inviter.as_ref().map(|inviter| inviter.display_name.as_str());
        let context = json!({
            "organization": crate::view::organization(&tenant),
            "address": letter.to,
            "sender": tenant.sender(self.platform.sender()).address,
            "guest_address": invitation.address,
            "invited_by": inviter.unwrap_or(&tenant.display_name),
            "invited_at": moment(invitation.issued_at),
            "reported_at": moment(reported_at),
            "invitation_id": invitation.id,
        });
        let render = |part| self.templates.render(&format!("mail/{KIND}.{part}"), language, &context);
        Ok(Composed::Send(Message {
            to: letter.to.clone(),
            cc: Vec::new(),
            from: tenant.sender(self.platform.sender()),
            reply_to: tenant.reply_to(self.platform.sender()),
            subject: render("subject")?.trim().to_owned(),
            text: render("txt")?,
            html: render("html")?,
            language,
            headers: vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())],
            code: None,
        }))
    }
}
