//! *New guest user*: one address or many, each decided before anything is sent.
//!
//! **Invite** sends at once where there is nothing to tell: every address makes a new guest. Where there is, the
//! decisions are shown first, and what is sent is what was shown: facts that changed meanwhile are shown again.

use super::copy_as::{self, Asked as Coded};
use super::pasted::Pasted;
use super::{Services, languages, rights};
use crate::invitation::rules;
use crate::invitation::{self, Decision, Invite, Outlook};
use crate::invitation_batch::{self, NewBatch};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::portal::{Administrator, Landing, Submission};
use directory::user::UserType;
use kernel::{EmailAddress, Language, Refusal, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Page, Query, Toast};

/// Decisions shown on the page; of more, those that need a look come first.
const SHOWN: usize = 200;
const LONGEST_MESSAGE: usize = 4096;
/// Addresses that are invited before the next page is shown.
const AT_ONCE: usize = 25;
/// Addresses that *Copy as* writes out.
const CODED: usize = 5;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    address: String,
}

#[derive(Deserialize)]
pub struct Form {
    addresses: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    language: String,
    /// What was decided when the form was shown.
    #[serde(default)]
    decided: String,
    #[serde(default, rename = "do")]
    act: String,
}

pub async fn form(
    administrator: Administrator,
    State(services): State<Services>,
    Query(asked): Query<Asked>,
) -> web::Result<Page> {
    let form = Form {
        addresses: asked.address,
        message: String::new(),
        language: String::new(),
        decided: String::new(),
        act: String::new(),
    };
    let looked =
        if form.addresses.is_empty() { None } else { Some(look(&administrator, &services, &form).await?) };
    show(&administrator, &services, &form, looked.as_ref(), &[])
}

pub async fn send(
    administrator: Administrator,
    State(services): State<Services>,
    Submission { form, once, .. }: Submission<Form>,
) -> web::Result<Response> {
    let looked = look(&administrator, &services, &form).await?;
    let problems = problems(&form, &looked);
    let must_be_seen = looked.needs_a_look() && form.decided != looked.name;
    if !problems.is_empty() || form.act == "check" || must_be_seen {
        return Ok(show(&administrator, &services, &form, Some(&looked), &problems)?.into_response());
    }
    let by = administrator.clone();
    administrator
        .once(once, async move { Ok(invite(&by, &services, form, looked).await?.into_response()) })
        .await
}

/// What the form would do.
struct Looked {
    pasted: Pasted,
    decisions: Vec<Decision>,
    /// Stands for the decisions: the same only while they are.
    name: String,
}

impl Looked {
    fn needs_a_look(&self) -> bool {
        let plain =
            |decision: &Decision| matches!(decision.outlook, Outlook::NewGuest) && !decision.wants_no_mail;
        !self.pasted.bad.is_empty() || !self.decisions.iter().all(plain)
    }

    fn going(&self) -> Vec<EmailAddress> {
        self.decisions.iter().filter(|one| one.may_go()).map(|one| one.address.clone()).collect()
    }
}

async fn look(administrator: &Administrator, services: &Services, form: &Form) -> Result<Looked> {
    let mut pasted = Pasted::read(&form.addresses);
    pasted.addresses.truncate(invitation_batch::MOST + 1);
    let (tenant, act) = (administrator.tenant.id, administrator.act());
    let rights = rights(administrator);
    let addresses = pasted.addresses.get(..invitation_batch::MOST).unwrap_or(&pasted.addresses);
    let decisions = services.invitations.preview(tenant, &act, rights, addresses).await?;
    let said = decisions
        .iter()
        .map(|one| format!("{} {} {}", one.address.key(), kind(&one.outlook), one.wants_no_mail));
    let told = said.collect::<Vec<_>>().join("\n");
    let keys = services.invitations.platform().store().keys(tenant).await?;
    let name = URL_SAFE_NO_PAD.encode(keys.mac("invite decisions", &[told.as_bytes()]));
    Ok(Looked { pasted, decisions, name })
}

fn kind(outlook: &Outlook) -> &'static str {
    match outlook {
        Outlook::NewGuest => "new",
        Outlook::Again { .. } => "again",
        Outlook::AlreadyGuest { .. } => "known",
        Outlook::Refused { refusal, .. } => refusal.rule.0,
    }
}

/// What the form itself lacks: field and the key of what would be right.
fn problems(form: &Form, looked: &Looked) -> Vec<(&'static str, &'static str)> {
    let mut problems = Vec::new();
    if looked.decisions.is_empty() && looked.pasted.bad.is_empty() {
        problems.push(("addresses", "new-guest-none"));
    } else if looked.pasted.addresses.len() > invitation_batch::MOST {
        problems.push(("addresses", "new-guest-too-many"));
    } else if looked.going().is_empty() && form.decided == looked.name {
        problems.push(("addresses", "new-guest-nobody"));
    }
    if form.message.chars().count() > LONGEST_MESSAGE {
        problems.push(("message", "new-guest-message-long"));
    }
    problems
}

async fn invite(
    administrator: &Administrator,
    services: &Services,
    form: Form,
    looked: Looked,
) -> Result<Landing> {
    let going = looked.going();
    let message = Some(form.message.replace("\r\n", "\n")).filter(|text| !text.trim().is_empty());
    let language = Language::from_tag(&form.language).map(|language| language.tag().to_owned());
    let (tenant, act) = (administrator.tenant.id, administrator.act());
    let redirect_url = target(administrator, services);
    if let [address] = going.as_slice() {
        let invite = Invite {
            address: address.clone(),
            display_name: None,
            redirect_url: redirect_url.clone(),
            user_type: UserType::Guest,
            send_mail: true,
            message: message.clone(),
            language: language.clone(),
            copy_to: None,
            sponsors: Vec::new(),
            rights: rights(administrator),
        };
        match services.invitations.invite(tenant, act, invite).await {
            Ok(invited) => {
                let key = if invited.is_member_already { "new-guest-told" } else { "new-guest-invited" };
                let toast = Toast::done(key).text("address", address.as_str());
                return Ok(administrator.go(&format!("/users/{}", invited.user)).toast(toast));
            }
            Err(error) if invitation::wait(&error).is_some() => {}
            Err(error) => return Err(error),
        }
    }
    let new = NewBatch { inviter: administrator.user.id, addresses: going, message, language, redirect_url };
    let batch = services.batches.start(tenant, new).await?;
    services.batches.advance(tenant, batch, AT_ONCE).await?;
    let batches = services.batches.clone();
    // What this process does not get to, the job does.
    tokio::spawn(async move {
        if let Err(error) = batches.advance(tenant, batch, invitation_batch::MOST).await {
            tracing::warn!(%error, "a batch of invitations goes on with the job");
        }
    });
    Ok(administrator.go(&format!("/invitations/batches/{batch}")))
}

/// Where guests land: the applications they can use here.
fn target(administrator: &Administrator, services: &Services) -> String {
    services
        .invitations
        .platform()
        .origin()
        .link(&format!("/account/{}", administrator.tenant.id))
        .to_string()
}

fn show(
    administrator: &Administrator,
    services: &Services,
    form: &Form,
    looked: Option<&Looked>,
    problems: &[(&'static str, &'static str)],
) -> web::Result<Page> {
    let problem = |field: &str| {
        let found = problems.iter().find(|(at, _)| *at == field);
        found
            .map(|(_, key)| administrator.words(key, &[("most", invitation_batch::MOST.into())]))
            .unwrap_or_default()
    };
    let origin = services.invitations.platform().origin();
    let redirect_url = target(administrator, services);
    let mut coded: Vec<String> = looked
        .map(|looked| looked.going().iter().take(CODED).map(ToString::to_string).collect())
        .unwrap_or_default();
    if coded.is_empty() {
        coded.push("lea.martin@fabrikam.example".to_owned());
    }
    let asked = Coded {
        addresses: &coded,
        redirect_url: &redirect_url,
        message: &form.message,
        language: &form.language,
    };
    let context = json!({
        "addresses": form.addresses, "message": form.message, "language": form.language,
        "languages": languages(administrator),
        "address_problem": problem("addresses"), "message_problem": problem("message"),
        "message_is_left_out": administrator.user.mail.is_none(),
        "looked": looked.map(|looked| told(administrator, looked)),
        "forms": copy_as::forms(origin, &asked),
    });
    administrator.page("invitation/new_guest.html", context)
}

/// The decisions for the template: what needs a look first.
fn told(administrator: &Administrator, looked: &Looked) -> Value {
    let mut order: Vec<&Decision> = looked.decisions.iter().collect();
    order.sort_by_key(|one| (one.may_go(), matches!(one.outlook, Outlook::NewGuest)));
    let count =
        |wanted: fn(&Outlook) -> bool| looked.decisions.iter().filter(|one| wanted(&one.outlook)).count();
    json!({
        "decisions": order.iter().take(SHOWN).map(|one| decision(administrator, one)).collect::<Vec<_>>(),
        "more": looked.decisions.len().saturating_sub(SHOWN),
        "new": count(|outlook| matches!(outlook, Outlook::NewGuest)),
        "again": count(|outlook| matches!(outlook, Outlook::Again { .. })),
        "known": count(|outlook| matches!(outlook, Outlook::AlreadyGuest { .. })),
        "refused": count(|outlook| matches!(outlook, Outlook::Refused { .. })),
        "going": looked.going().len(),
        "folded": looked.pasted.folded,
        "bad": looked.pasted.bad,
        "decided": looked.name,
        "needs_a_look": looked.needs_a_look(),
    })
}

fn decision(administrator: &Administrator, decision: &Decision) -> Value {
    let address = decision.address.as_str();
    let day = |at| web::format_date(administrator.language(), at, &jiff::tz::TimeZone::UTC);
    let (kind, note, user, why) = match &decision.outlook {
        Outlook::NewGuest => ("new", administrator.words("decision-new", &[]), None, None),
        Outlook::Again { guest, invitation } => {
            let since = invitation.as_ref().map_or(guest.created_at, |invitation| invitation.issued_at);
            let note = administrator.words("decision-again", &[("date", day(since).into())]);
            ("again", note, Some(guest.id), None)
        }
        Outlook::AlreadyGuest { guest } => {
            let since = guest.external_state_changed_at.unwrap_or(guest.created_at);
            let note = administrator.words("decision-known", &[("date", day(since).into())]);
            ("known", note, Some(guest.id), None)
        }
        Outlook::Refused { refusal, existing } => {
            let named = existing.as_ref().map(|user| user.display_name.as_str());
            let note = refusal_words(administrator, decision, refusal, named);
            let kind = if refusal.rule == rules::EXISTING_USER
                || (refusal.rule == rules::OWN_DOMAIN && named.is_some())
            {
                "colleague"
            } else {
                "refused"
            };
            (kind, note, existing.as_ref().map(|user| user.id), Some(why(refusal)))
        }
    };
    let name = decision.address.local_part().replace(['.', '_', '-'], " ");
    json!({
        "address": address, "initials": web::initials(&name, 2), "kind": kind, "note": note,
        "wants_no_mail": decision.wants_no_mail && decision.may_go(),
        "href": user.map(|id| administrator.link(&format!("/users/{id}"))),
        "why": why,
    })
}

/// Rule, setting and who may change it, for *Why?*
fn why(refusal: &Refusal) -> Value {
    json!({
        "rule": refusal.rule.0,
        "setting": refusal.setting.as_ref().map(|setting| format!("{} = {}", setting.name, setting.value)),
        "role": refusal.remedy.role,
    })
}

/// A refusal in the reader's language; a rule without words of its own speaks English.
fn refusal_words(
    administrator: &Administrator,
    decision: &Decision,
    refusal: &Refusal,
    named: Option<&str>,
) -> String {
    let (host, domain) = (administrator.tenant.display_name.as_str(), decision.address.domain());
    let say = |key: &str| {
        let values: [(&str, web::Argument<'_>); 3] = [
            ("host", host.into()),
            ("domain", domain.as_str().into()),
            ("name", named.unwrap_or_default().into()),
        ];
        administrator.words(key, &values)
    };
    match (refusal.rule, named) {
        (rules::OWN_DOMAIN | rules::EXISTING_USER, Some(_)) => say("decision-member"),
        (rules::OWN_DOMAIN, None) => say("decision-own-domain"),
        (rules::BLOCKED_GUEST, _) => say("decision-blocked"),
        (rules::INVITE_SETTING, _) => say("decision-setting"),
        _ => refusal.sentence.clone(),
    }
}
