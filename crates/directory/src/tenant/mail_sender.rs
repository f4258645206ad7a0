//! Whom a tenant's mail comes from: an address, a name and a reply address of its own, or the installation's address
//! speaking for it. An address is taken only in a domain the tenant has proven or in the installation's own, and it is
//! looked at again when a mail leaves: one whose domain the tenant has lost is not used.

use super::{Tenant, find_domain, get, store};
use crate::audit_log::{self, Event, Operation, Service};
use delivery::Sender;
use kernel::{Act, DomainName, EmailAddress, Error, ObjectId, Refusal, Result, RuleId, TenantId, Verdict};
use module::Platform;
use serde::{Deserialize, Serialize};

pub const SENDER_DOMAIN: RuleId = RuleId("mail.senderDomain");

pub const RULES: &[module::Rule] = &[module::Rule {
    id: SENDER_DOMAIN,
    explanation: "Mail comes from an address in a domain the organization has verified, or in the domain this Lodge sends from.",
    remedy: "Choose an address in one of the organization's verified domains, or verify the domain first.",
    setting: Some("verifiedDomains"),
}];

const LONGEST_NAME: usize = 100;

/// What an administrator has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSender {
    pub address: EmailAddress,
    /// What readers see before the address.
    pub name: String,
    /// Where answers go when no inviter takes them.
    pub reply_to: Option<EmailAddress>,
}

/// What the decision hangs on.
pub struct SenderFacts<'a> {
    pub domain: &'a DomainName,
    pub verified: &'a [DomainName],
    pub installation: &'a DomainName,
    /// Another tenant has verified the domain.
    pub is_anothers: bool,
}

pub fn decide(facts: &SenderFacts<'_>) -> Verdict {
    let own = facts.verified.contains(facts.domain);
    if own || (facts.domain == facts.installation && !facts.is_anothers) {
        return Ok(());
    }
    let domains: Vec<&str> = facts.verified.iter().map(DomainName::as_str).collect();
    let sentence = format!(
        "Mail cannot come from {}: it is neither a verified domain of this organization nor {}, which this Lodge sends from.",
        facts.domain, facts.installation
    );
    let remedy =
        "Choose an address in one of the organization's verified domains, or verify the domain first.";
    Err(Refusal::new(SENDER_DOMAIN, sentence, remedy)
        .decided_by("verifiedDomains", domains.join(", "))
        .changed_by("Global Administrator"))
}

impl Tenant {
    /// Whom a mail that leaves now comes from.
    pub fn sender(&self, installation: &EmailAddress) -> Sender {
        match self.chosen(installation) {
            Some(chosen) => Sender { address: chosen.address.clone(), name: chosen.name.clone() },
            None => Sender::speaking_for(installation.clone(), &self.display_name),
        }
    }

    /// Where answers go that no person takes.
    pub fn reply_to(&self, installation: &EmailAddress) -> Option<EmailAddress> {
        self.chosen(installation).and_then(|chosen| chosen.reply_to.clone())
    }

    fn chosen(&self, installation: &EmailAddress) -> Option<&MailSender> {
        let chosen = self.mail_sender.as_ref()?;
        let facts = SenderFacts {
            domain: &chosen.address.domain(),
            verified: &self.domains,
            installation: &installation.domain(),
            is_anothers: false,
        };
        decide(&facts).is_ok().then_some(chosen)
    }
}

/// Chooses whom mail comes from; none is the installation's address again.
pub async fn choose_mail_sender(
    platform: &Platform,
    tenant: TenantId,
    act: Act,
    chosen: Option<MailSender>,
) -> Result<()> {
    if let Some(chosen) = &chosen {
        check_name(&chosen.name)?;
    }
    let owner = match &chosen {
        Some(chosen) => find_domain(platform.store(), &chosen.address.domain()).await?,
        None => None,
    };
    let context = (platform.clone(), act, chosen, owner.is_some_and(|owner| owner != tenant));
    platform
        .tenant(tenant)
        .write(context, |mut tx, context| async move {
            let (platform, act, chosen, is_anothers) = &*context;
            let tenant = get(&mut tx).await?;
            if let Some(chosen) = chosen {
                decide(&SenderFacts {
                    domain: &chosen.address.domain(),
                    verified: &tenant.domains,
                    installation: &platform.sender().domain(),
                    is_anothers: *is_anothers,
                })?;
            }
            if tenant.mail_sender == *chosen {
                return Ok(());
            }
            store::save_mail_sender(&mut tx, chosen.as_ref()).await?;
            let target =
                audit_log::Target::new("Directory", ObjectId(tenant.id.0), Some(tenant.display_name))
                    .changing("MailSender", &tenant.mail_sender, chosen);
            let event = Event::new("Update mail sender", Service::CoreDirectory, Operation::Update)
                .in_category("DirectoryManagement")
                .about(target);
            audit_log::record(&mut tx, platform.rng(), act, event).await?;
            Ok(())
        })
        .await
}

fn check_name(name: &str) -> Result<()> {
    let fits = !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME;
    let plain = !name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '"' | '@'));
    if fits && plain {
        return Ok(());
    }
    Err(Error::bad_request(
        "The name before the address has 1 to 100 characters, and none of < > \" @, which could pass for an address.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{act, on_each_engine};

    fn chosen(address: &str) -> MailSender {
        let address = EmailAddress::parse(address).unwrap();
        MailSender {
            address,
            name: "Contoso guests".into(),
            reply_to: EmailAddress::parse("help@elsewhere.example").ok(),
        }
    }

    #[tokio::test]
    async fn mail_comes_from_a_verified_domain_or_the_installations_own_and_from_nowhere_else() {
        on_each_engine(|house| async move {
            let contoso = house.tenant("contoso").await;
            house.tenant("fabrikam").await;
            let platform = house.platform.clone();
            let choose = async |chosen| choose_mail_sender(&platform, contoso.id, act(), chosen).await;
            let sender = async || {
                let tenant = get(&mut contoso.read().await).await.unwrap();
                (tenant.sender(platform.sender()).line(), tenant.reply_to(platform.sender()))
            };
            assert_eq!(sender().await, ("contoso via Lodge <lodge@lodge.example>".to_owned(), None));
            for address in ["x@fabrikam.example", "x@elsewhere.example", "x@sub.contoso.example"] {
                let error = choose(Some(chosen(address))).await.unwrap_err();
                assert_eq!(error.refusal().unwrap().rule, SENDER_DOMAIN, "{address}");
                assert_eq!(error.refusal().unwrap().setting.as_ref().unwrap().value, "contoso.example");
            }
            for name in ["", "  ", "Boss <boss@contoso.example>", "a\r\nBcc: b"] {
                let wrong = MailSender { name: name.into(), ..chosen("guests@contoso.example") };
                assert_eq!(choose(Some(wrong)).await.unwrap_err().status(), 400, "{name:?}");
            }
            choose(Some(chosen("guests@contoso.example"))).await.unwrap();
            let reply_to = EmailAddress::parse("help@elsewhere.example").ok();
            assert_eq!(sender().await, ("Contoso guests <guests@contoso.example>".to_owned(), reply_to));
            choose(Some(chosen("contoso@lodge.example"))).await.unwrap();
            assert_eq!(sender().await.0, "Contoso guests <contoso@lodge.example>");
            choose(None).await.unwrap();
            choose(None).await.unwrap();
            assert_eq!(sender().await.0, "contoso via Lodge <lodge@lodge.example>");
            let told = contoso.activities().await;
            assert_eq!(told, ["Update mail sender"; 3]);
        })
        .await;
    }

    #[test]
    fn a_sender_in_a_domain_that_was_lost_is_not_used() {
        let domain = |name: &str| DomainName::parse(name).unwrap();
        let facts = |verified: &[DomainName], is_anothers| {
            let (lost, installation) = (domain("lost.example"), domain("lodge.example"));
            decide(&SenderFacts { domain: &lost, verified, installation: &installation, is_anothers }).is_ok()
        };
        assert!(facts(&[domain("lost.example")], false));
        assert!(!facts(&[domain("contoso.example")], false));
        let own = domain("lodge.example");
        let installations = |is_anothers| {
            decide(&SenderFacts { domain: &own, verified: &[], installation: &own, is_anothers }).is_ok()
        };
        assert!(installations(false));
        assert!(!installations(true), "another tenant has verified the installation's domain");
    }
}
