//! The views of redemption: what each page is told. The routes that show them are `signin::admission`'s.

use super::home::HomeAccount;
use super::{Link, Purpose};
use crate::invitation::link::Standing;
use crate::view;
use jiff::tz::TimeZone;
use kernel::{EmailAddress, Language, Refusal, Result, Timestamp};
use module::Platform;
use serde_json::{Value, json};
use url::Url;
use web::{Organization, Page, PageContext, Pages};

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("redemption/", $name), include_str!(concat!("pages/", $name)))),*,
          ("mail/invitation_reported.subject", include_str!("mail/invitation_reported.subject")),
          ("mail/invitation_reported.txt", include_str!("mail/invitation_reported.txt")),
          ("mail/invitation_reported.html", include_str!("mail/invitation_reported.html"))]
    };
}

pub const TEMPLATES: &[(&str, &str)] = pages![
    "fields.html",
    "steps.html",
    "enter_code.html",
    "landing.html",
    "link_ended.html",
    "already_member.html",
    "sent_again.html",
    "not_me.html",
    "reported.html",
    "find_sign_in.html",
    "code.html",
    "wrong_account.html",
    "consent.html",
    "decline_confirm.html",
    "declined.html",
    "leaving_to.html",
    "refusal.html",
    "block.html",
    "unsubscribe.html",
];

pub const WORDS: &[web::Resource] = web::words!("../../../../locales", "guest");

/// Where the pages of the way in are.
pub const REDEEM: &str = "/redeem";

/// What is said about the typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterCode {
    Empty,
    UnknownLink,
    UnknownCode,
    Limited(Timestamp),
}

/// How the mailed code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    Sent {
        at: Timestamp,
    },
    Wrong {
        sent_at: Timestamp,
        tries_left: u32,
    },
    Expired {
        sent_at: Timestamp,
    },
    TooManyTries {
        sent_at: Timestamp,
    },
    /// No further code may be sent before this time; the one sent last still works.
    Limited {
        next_at: Timestamp,
    },
}

/// What the consent page shows beside the invitation.
pub struct Consent<'a> {
    /// None: the mailed code was the proof.
    pub home: Option<&'a HomeAccount>,
    /// Where accepting leads without a further page, so that the browser lets the form end there.
    pub leads_to: Option<&'a Url>,
}

/// Somebody else is signed in.
pub struct WrongAccount<'a> {
    pub address: &'a str,
    pub display_name: &'a str,
    pub organization: Option<&'a str>,
}

/// A refusal as its page tells it.
pub struct Refused<'a> {
    pub kind: &'static str,
    pub refusal: &'a Refusal,
    /// Who is signed in; empty for nobody.
    pub address: &'a str,
    /// The organization of that account; empty for a code guest.
    pub home: &'a str,
    pub can_switch: bool,
    pub details: Vec<(&'static str, String)>,
}

#[derive(Clone)]
pub struct Views {
    platform: Platform,
}

impl Views {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// The page that takes the typed code; also the one answer to whatever is not known here.
    pub fn enter_code(
        &self,
        pages: &Pages,
        page: PageContext,
        state: EnterCode,
        entered: &str,
    ) -> Result<Page> {
        let (name, next_at) = match state {
            EnterCode::Empty => ("empty", String::new()),
            EnterCode::UnknownLink => ("unknown_link", String::new()),
            EnterCode::UnknownCode => ("unknown_code", String::new()),
            EnterCode::Limited(at) => ("limited", time(at)),
        };
        let entered: String = entered.chars().take(20).collect();
        let context = json!({
            "state": name, "entered": entered, "next_at": next_at,
            "form": {"action": REDEEM, "fields": []},
        });
        pages.render("redemption/enter_code.html", page.menu_at(REDEEM), context)
    }

    /// The invitation that a live link leads to.
    pub fn landing(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let page = of(page, link);
        let invitation = &link.invitation;
        let sender = invitation.mailed.then(|| self.sender(link));
        let context = json!({
            "invitation": {
                "address": invitation.address,
                "inviter": invitation.inviter.as_ref().map(view::inviter),
                "message": invitation.message,
                "until": day(page.language(), invitation.expires_at),
                "days_left": days_between(self.platform.clock().now(), invitation.expires_at),
            },
            "target": self.target(link),
            "sender": sender,
            "form": form(REDEEM, link, None),
        });
        pages.render("redemption/landing.html", page, context)
    }

    /// A known link that is dead, with the reason.
    pub fn link_ended(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let page = of(page, link);
        let language = page.language();
        let invitation = &link.invitation;
        let reason = match link.standing {
            Standing::Replaced => "replaced",
            Standing::Expired => "expired",
            Standing::Used | Standing::Member => "used",
            _ => "ended",
        };
        // Only the newest link's day is kept.
        let newest = link.generation == invitation.generation;
        let context = json!({
            "reason": reason,
            "sent_on": if newest { day(language, invitation.issued_at) } else { String::new() },
            "newest_sent_at": web::format_date_time(language, invitation.issued_at, &TimeZone::UTC),
            "ended_on": day(language, invitation.expires_at),
            "masked_address": mask(&invitation.address),
            "sponsors": link.sponsors,
            "sign_in_url": account_path(link),
            "enter_code_url": REDEEM,
            "form": form(REDEEM, link, None),
        });
        pages.render("redemption/link_ended.html", page, context)
    }

    /// The fresh link of a guest who has accepted before: it leads to `sign_in_url`.
    pub fn already_member(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        sign_in_url: &str,
    ) -> Result<Page> {
        let context = json!({
            "target": self.target(link), "address": link.invitation.address, "sign_in_url": sign_in_url,
        });
        pages.render("redemption/already_member.html", of(page, link), context)
    }

    /// The answer to *Send me a new one*, whatever was done.
    pub fn sent_again(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let context = json!({
            "masked_address": mask(&link.invitation.address),
            "sender": self.sender(link),
            "sponsors": link.sponsors,
            "enter_code_url": REDEEM,
        });
        pages.render("redemption/sent_again.html", of(page, link), context)
    }

    pub fn not_me(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let context = json!({"address": link.invitation.address, "form": form(REDEEM, link, None)});
        pages.render("redemption/not_me.html", of(page, link), context)
    }

    pub fn reported(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let context = json!({"form": form(REDEEM, link, None)});
        pages.render("redemption/reported.html", of(page, link), context)
    }

    /// The one sign-in that fits the invited address, and why.
    pub fn find_sign_in(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        home: Option<&HomeAccount>,
        purpose: Purpose,
    ) -> Result<Page> {
        let address = &link.invitation.address;
        let home = home.map(|home| {
            let name = &home.tenant.display_name;
            json!({"name": name, "mark": view::first_letter(name), "domain": address.domain()})
        });
        let context = json!({
            "target": self.target(link),
            "address": address,
            "home": home,
            "sponsors": link.sponsors,
            "purpose": purpose,
            "form": form("/redeem/proof", link, Some(purpose)),
        });
        pages.render("redemption/find_sign_in.html", staged(page, link, purpose), context)
    }

    /// Asks for the code mailed to the stored address.
    pub fn code(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        purpose: Purpose,
        state: CodeState,
        entered: &str,
    ) -> Result<Page> {
        let (name, sent_at, tries_left, next_at) = match state {
            CodeState::Sent { at } => ("sent", Some(at), 0, None),
            CodeState::Wrong { sent_at, tries_left } => ("wrong", Some(sent_at), tries_left, None),
            CodeState::Expired { sent_at } => ("expired", Some(sent_at), 0, None),
            CodeState::TooManyTries { sent_at } => ("too_many", Some(sent_at), 0, None),
            CodeState::Limited { next_at } => ("limited", None, 0, Some(next_at)),
        };
        let entered: String = entered.chars().take(9).collect();
        let context = json!({
            "target": self.target(link),
            "purpose": purpose,
            "address": link.invitation.address,
            "state": name,
            "entered": entered,
            "sent_at": sent_at.map(time).unwrap_or_default(),
            "tries_left": tries_left,
            "next_at": next_at.map(time).unwrap_or_default(),
            "sender": self.sender(link),
            "form": form("/redeem/code", link, Some(purpose)),
        });
        pages.render("redemption/code.html", staged(page, link, purpose), context)
    }

    pub fn wrong_account(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        purpose: Purpose,
        signed_in: &WrongAccount<'_>,
    ) -> Result<Page> {
        let context = json!({
            "invited_address": link.invitation.address,
            "signed_in": {
                "address": signed_in.address,
                "initials": view::initials(signed_in.display_name),
                "organization": signed_in.organization,
            },
            "form": form("/redeem/proof", link, Some(purpose)),
        });
        pages.render("redemption/wrong_account.html", staged(page, link, purpose), context)
    }

    /// What the organization receives, with the very values.
    pub fn consent(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        consent: &Consent<'_>,
    ) -> Result<Page> {
        let address = &link.invitation.address;
        let home = consent.home;
        let identifier = home.map(|home| {
            let id = home.user.id.to_string();
            let ends_in = id.get(id.len().saturating_sub(4)..).unwrap_or_default();
            json!({"issuer": home.tenant.display_name, "ends_in": ends_in})
        });
        let context = json!({
            "target": self.target(link),
            "proof": if home.is_some() { "home" } else { "code" },
            "home": home.map(|home| json!({"name": home.tenant.display_name})),
            "receives": {
                "name": home.map(|home| home.user.display_name.as_str()),
                "address": address,
                "identifier": identifier,
            },
            "signed_in_as": home.map_or(address.as_str(), |home| home.user.address()),
            "form": form("/redeem/consent", link, Some(Purpose::Accept)),
        });
        let page = staged(page, link, Purpose::Accept);
        let page = pages.render("redemption/consent.html", page, context)?;
        Ok(match consent.leads_to {
            Some(url) => page.form_action(url),
            None => page,
        })
    }

    /// Asked once the address is proven; the answer ends the invitation.
    pub fn decline_confirm(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let context = json!({
            "address": link.invitation.address,
            "form": form("/redeem/decline", link, Some(Purpose::Decline)),
        });
        let page = staged(page, link, Purpose::Decline);
        pages.render("redemption/decline_confirm.html", page, context)
    }

    pub fn declined(&self, pages: &Pages, page: PageContext, link: &Link) -> Result<Page> {
        let context = json!({"sponsors": link.sponsors});
        pages.render("redemption/declined.html", of(page, link), context)
    }

    /// Before going on to a place that the tenant has not registered.
    pub fn leaving_to(&self, pages: &Pages, page: PageContext, link: &Link, target: &Url) -> Result<Page> {
        let inviter = link.invitation.inviter.as_ref().map(|inviter| inviter.display_name.as_str());
        let context = json!({
            "inviter": inviter,
            "target": {"host": host(target), "url": target.as_str()},
            "account_url": account_path(link),
        });
        let page = of(page, link).menu_at(link.path_to("/redeem/onward"));
        pages.render("redemption/leaving_to.html", page, context)
    }

    pub fn refused(
        &self,
        pages: &Pages,
        page: PageContext,
        link: &Link,
        purpose: Purpose,
        refused: &Refused<'_>,
    ) -> Result<Page> {
        let refusal = refused.refusal;
        let setting = refusal.setting.as_ref().map(|s| json!({"name": s.name, "value": s.value}));
        let details: Vec<Value> =
            refused.details.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let context = json!({
            "kind": refused.kind,
            "address": refused.address,
            "home": refused.home,
            "application": null,
            "sponsors": link.sponsors,
            "refusal": {
                "sentence": refusal.sentence,
                "remedy": refusal.remedy.sentence,
                "setting": setting,
                "role": refusal.remedy.role,
            },
            "details": details,
            "can_switch": refused.can_switch,
            "form": form("/redeem/proof", link, Some(purpose)),
        });
        pages.render("redemption/refusal.html", staged(page, link, purpose), context)
    }

    /// The address its mails come from.
    fn sender(&self, link: &Link) -> EmailAddress {
        link.tenant.sender(self.platform.sender()).address
    }

    fn target(&self, link: &Link) -> Value {
        view::target(self.platform.origin(), &link.tenant, &link.invitation.redirect_url)
    }
}

/// The page where the address is proven.
pub fn proof_path(link: &Link, purpose: Purpose) -> String {
    format!("{}&purpose={}", link.path_to("/redeem/proof"), purpose.as_str())
}

/// The guest's own page at the organization.
pub fn account_path(link: &Link) -> String {
    format!("/account/{}", link.tenant.id)
}

/// `j•••r@fabrikam.example`: enough for its owner to know which address is meant.
pub fn mask(address: &EmailAddress) -> String {
    let local: Vec<char> = address.local_part().chars().collect();
    let first: String = local.first().into_iter().collect();
    let last: String = local.iter().skip(1).next_back().into_iter().collect();
    format!("{first}•••{last}@{}", address.domain())
}

fn form(action: &str, link: &Link, purpose: Option<Purpose>) -> Value {
    let mut fields = vec![
        json!({"name": "tenant", "value": link.tenant.id}),
        json!({"name": "user", "value": link.invitation.id}),
        json!({"name": "ticket", "value": link.ticket}),
    ];
    fields.extend(purpose.map(|purpose| json!({"name": "purpose", "value": purpose})));
    json!({"action": action, "fields": fields})
}

fn day(language: Language, at: Timestamp) -> String {
    web::format_date(language, at, &TimeZone::UTC)
}

fn time(at: Timestamp) -> String {
    web::format_time(at, &TimeZone::UTC)
}

/// Days between two moments as a calendar counts them.
fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    let day = |at: Timestamp| at.as_second().div_euclid(86_400);
    (day(to) - day(from)).max(0)
}

/// Host and port as a browser shows them.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The page of a step, where the menus lead back to the proof.
fn staged(page: PageContext, link: &Link, purpose: Purpose) -> PageContext {
    of(page, link).menu_at(proof_path(link, purpose))
}

/// The page as the invitation's organization shows it.
fn of(page: PageContext, link: &Link) -> PageContext {
    let organization = Organization::named(&link.tenant.display_name)
        .privacy_url(link.tenant.privacy_statement_url.as_deref());
    page.organization(organization).preferring(Some(link.invitation.language)).menu_at(link.path())
}
