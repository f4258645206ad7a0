//! The mail that carries a code. The letter holds the code's id; the digits are derived when it leaves, and that
//! is when it is looked up whether the code is still wanted.

use super::service::Request;
use super::{Purpose, digits, store};
use ::store::outbox::Claimed;
use ::store::{Letter, Read};
use delivery::{Compose, Composed, MailKind, Message};
use directory::tenant;
use kernel::{Error, OutboxId, Result, Rng, TenantId};
use module::Platform;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use uuid::Uuid;

const KIND: &str = "email_code";

#[derive(Serialize, Deserialize)]
struct Data {
    code: Uuid,
}

pub fn letter(rng: Rng, code: Uuid, request: &Request) -> Letter {
    Letter {
        id: OutboxId(rng.uuid()),
        kind: KIND,
        to: request.address.clone(),
        language: request.language,
        subject: request.subject,
        cause: None,
        data: serde_json::to_value(Data { code }).unwrap_or_default(),
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
        let data: Data = serde_json::from_value(letter.data.clone()).map_err(Error::internal)?;
        let keys = self.platform.store().keys(tenant).await?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let Some((code, purpose)) = store::find_by_id(&mut snapshot, data.code).await? else {
            return Ok(Composed::Gone("a newer code replaced it, or the subject is gone"));
        };
        if code.proven_at.is_some() || snapshot.now() >= code.expires_at {
            return Ok(Composed::Gone("the code was used or has expired"));
        }
        let tenant = tenant::get(&mut snapshot).await?;
        drop(snapshot);
        let digits = digits::digits(&keys, code.id);
        let context = json!({
            "organization": collaboration::view::organization(&tenant),
            "address": letter.to,
            "sender": tenant.sender(self.platform.sender()).address,
            "code": digits,
            "purpose": purpose.map_or("sign_in", Purpose::as_str),
        });
        let render =
            |part: &str| self.templates.render(&format!("mail/{KIND}.{part}"), letter.language, &context);
        Ok(Composed::Send(Message {
            to: letter.to.clone(),
            cc: Vec::new(),
            from: tenant.sender(self.platform.sender()),
            reply_to: tenant.reply_to(self.platform.sender()),
            subject: render("subject")?.trim().to_owned(),
            text: render("txt")?,
            html: render("html")?,
            language: letter.language,
            headers: vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())],
            code: Some(digits),
        }))
    }
}
