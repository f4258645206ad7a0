//! The page *Mail health* and its forms.

use super::service::{DAYS, DomainHealth, MailHealthService, MailRoute};
use super::test_mail;
use super::view;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use delivery::Job;
use directory::portal::{Administrator, Submission};
use directory::tenant::{self, MailSender};
use futures_util::FutureExt;
use kernel::{EmailAddress, Error, OutboxId, Result, SignedDuration};
use module::{Group, Module, Platform, PortalAction, PortalPage, Right};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use web::{Page, Query, Toast};

const PATH: &str = "/mail";
const EVERY: SignedDuration = SignedDuration::from_mins(10);

pub fn module(platform: &Platform, route: MailRoute) -> Module {
    let service = MailHealthService::new(platform.clone(), Arc::new(route));
    let (job, platform) = (service.clone(), platform.clone());
    let run = Arc::new(move |tenant| {
        let service = job.clone();
        async move { service.look_up_if_due(tenant).await }.boxed()
    });
    Module {
        name: "collaboration::mail_health",
        portal: vec![
            PortalPage::new(
                PATH,
                "mail-health",
                Right::ReadMailHealth,
                get(show).with_state(service.clone()),
            )
            .changing(Right::ManageMail, post(change).with_state(service))
            .listed(Group::Records, 40, "mail-check")
            .found_by("mail-health-keywords"),
        ],
        actions: &[PortalAction {
            label: "mail-health-test",
            icon: "send",
            path: "/mail#test",
            right: Right::ManageMail,
            keywords: None,
        }],
        templates: TEMPLATES,
        rules: tenant::SENDER_RULES,
        words: WORDS,
        mails: Some(Box::new(move |templates| vec![test_mail::kind(&platform, templates)])),
        jobs: vec![Job { name: "mail.lookUp", every: EVERY, run }],
        ..Module::default()
    }
}

pub const TEMPLATES: &[(&str, &str)] = &[
    ("mail_health/health.html", include_str!("pages/health.html")),
    test_mail::SUBJECT,
    test_mail::TEXT,
    test_mail::HTML,
];

pub const WORDS: &[web::Resource] = web::words!("../../../../locales", "mailhealth");

#[derive(Deserialize)]
struct Asked {
    /// The test whose way is shown.
    test: Option<OutboxId>,
}

async fn show(
    State(service): State<MailHealthService>,
    administrator: Administrator,
    Query(asked): Query<Asked>,
) -> web::Result<Page> {
    let tenant = administrator.tenant.id;
    let health = service.load(tenant).await?;
    let test = match asked.test {
        Some(id) => service.find_test(tenant, id).await?,
        None => None,
    };
    let installation = service.platform().sender();
    let context = json!({
        "summary": view::summary(&health, service.platform().clock().now()),
        "faults": health.domains.iter().filter(|domain| is_faulty(domain)).count(),
        "figures": view::figures(&health, service.platform().clock().now()),
        "domains": health.domains.iter().map(view::domain).collect::<Vec<_>>(),
        "records": view::records(&health),
        "bounces": view::bounces(&health, administrator.language(), service.platform().clock().now()),
        "queue": health.queue.iter().map(view::queued).collect::<Vec<_>>(),
        "given_up": health.given_up.iter().map(view::given_up).collect::<Vec<_>>(),
        "suppressions": health.suppressions.iter().map(view::suppression).collect::<Vec<_>>(),
        "test": test.as_ref().map(view::test),
        "own_address": administrator.user.mail,
        "from": health.tenant.sender(installation).line(),
        "sender": view::sender(&health.tenant, installation),
        "installation": {"address": installation, "domain": installation.domain().as_str()},
        "may_manage": administrator.may(Right::ManageMail),
        "days": DAYS,
        "address": administrator.link(PATH),
    });
    administrator.page("mail_health/health.html", context)
}

/// Whether mail that leaves now is likely to be refused for want of a record.
fn is_faulty(domain: &DomainHealth) -> bool {
    let fails =
        |report: &super::Report| report.all().iter().any(|finding| finding.state == super::State::Fails);
    domain.is_used && domain.report.as_ref().is_some_and(fails)
}

#[derive(Deserialize)]
struct Change {
    #[serde(rename = "do")]
    wish: Wish,
    id: Option<OutboxId>,
    #[serde(default)]
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reply_to: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wish {
    Look,
    Retry,
    RetryAll,
    Remove,
    Test,
    ChooseSender,
    ResetSender,
}

async fn change(
    State(service): State<MailHealthService>,
    administrator: Administrator,
    Submission { form, once, .. }: Submission<Change>,
) -> web::Result<Response> {
    let doing = administrator.clone();
    administrator.once(once, async move { Ok(work(&service, &doing, form).await?) }).await
}

async fn work(service: &MailHealthService, administrator: &Administrator, form: Change) -> Result<Response> {
    let (tenant, act) = (administrator.tenant.id, administrator.act());
    let (toast, path) = match form.wish {
        Wish::Look => {
            service.look_up(tenant).await?;
            (Toast::done("mail-health-said-look"), PATH.to_owned())
        }
        Wish::Retry | Wish::RetryAll => {
            let id = match form.wish {
                Wish::Retry => Some(form.id.ok_or_else(incomplete)?),
                _ => None,
            };
            let count = service.retry(tenant, act, id).await?;
            (Toast::done("mail-health-said-retry").number("count", i64::from(count)), PATH.to_owned())
        }
        Wish::Remove => {
            let address = parse(&form.address)?;
            let toast = Toast::done("mail-health-said-removed").text("address", address.as_str());
            service.remove_suppression(tenant, act, address).await?;
            (toast, PATH.to_owned())
        }
        Wish::Test => {
            let to = own_address(administrator)?;
            let id = service.send_test(tenant, act, to, administrator.language()).await?;
            (Toast::done("mail-health-said-test"), format!("{PATH}?test={id}#test"))
        }
        Wish::ChooseSender => {
            let reply_to = form.reply_to.trim();
            let chosen = MailSender {
                address: parse(&form.address)?,
                name: form.name.trim().to_owned(),
                reply_to: if reply_to.is_empty() { None } else { Some(parse(reply_to)?) },
            };
            let toast = Toast::done("mail-health-said-sender").text("address", chosen.address.as_str());
            tenant::choose_mail_sender(service.platform(), tenant, act, Some(chosen)).await?;
            (toast, PATH.to_owned())
        }
        Wish::ResetSender => {
            tenant::choose_mail_sender(service.platform(), tenant, act, None).await?;
            let address = service.platform().sender().as_str();
            (Toast::done("mail-health-said-sender").text("address", address), PATH.to_owned())
        }
    };
    Ok(administrator.go(&path).toast(toast).into_response())
}

fn parse(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text.trim())
        .map_err(|why| Error::bad_request(format!("\"{}\" is no e-mail address: {why}.", text.trim())))
}

/// A test goes to the one who asks for it and to nobody else, so that the form mails no strangers.
fn own_address(administrator: &Administrator) -> Result<EmailAddress> {
    let address = administrator.user.mail.as_deref().and_then(|mail| EmailAddress::parse(mail).ok());
    address.ok_or_else(|| {
        Error::bad_request(
            "Your account has no e-mail address to send a test to. Add one to your profile first.",
        )
    })
}

fn incomplete() -> Error {
    Error::bad_request("This form is incomplete. Load the page again, then send it.")
}
