//! The message that an administrator sends to see that mail works.

use ::store::Letter;
use ::store::outbox::Claimed;
use delivery::{Compose, Composed, MailKind, Message};
use directory::tenant;
use kernel::{Act, EmailAddress, Language, OutboxId, Result, Rng, TenantId};
use module::Platform;
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub const KIND: &str = "mail_test";

pub const SUBJECT: (&str, &str) = ("mail/mail_test.subject", include_str!("mail/mail_test.subject"));
pub const TEXT: (&str, &str) = ("mail/mail_test.txt", include_str!("mail/mail_test.txt"));
pub const HTML: (&str, &str) = ("mail/mail_test.html", include_str!("mail/mail_test.html"));

pub fn letter(rng: Rng, act: &Act, to: &EmailAddress, language: Language) -> Letter {
    Letter {
        id: OutboxId(rng.uuid()),
        kind: KIND,
        to: to.clone(),
        language,
        subject: rng.uuid(),
        cause: act.actor.user_id().map(|id| id.0),
        data: json!({}),
    }
}

pub fn kind(platform: &Platform, templates: &web::Templates) -> MailKind {
    let composer = Composer { platform: platform.clone(), templates: templates.clone() };
    MailKind { kind: KIND, compose: Arc::new(composer) }
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
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let tenant = tenant::get(&mut snapshot).await?;
        drop(snapshot);
        let from = tenant.sender(self.platform.sender());
        let context = json!({
            "organization": crate::view::organization(&tenant),
            "address": letter.to,
            "sender": from.address,
            "place": self.platform.origin().authority(),
        });
        let render = |part| self.templates.render(&format!("mail/{KIND}.{part}"), letter.language, &context);
        Ok(Composed::Send(Message {
            to: letter.to.clone(),
            cc: Vec::new(),
            from,
            reply_to: tenant.reply_to(self.platform.sender()),
            subject: render("subject")?.trim().to_owned(),
            text: render("txt")?,
            html: render("html")?,
            language: letter.language,
            headers: vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())],
            code: None,
        }))
    }
}
