//! Stories of inviting on both engines, the wire of `POST /v1.0/invitations`, and what a link is worth.

use super::link::{self, Standing};
use super::rules::{self, ExistingKind};
use super::*;
use crate::mail_preference;
use crate::redemption::tests::{ADMIN, ANN, CONTOSO, FABRIKAM, ROBOT, create, member, migrations};
use ::delivery::Composed;
use ::graph::{Authenticate, BoxFuture, Caller, Subject};
use ::store::{Read, Store, params};
use axum::body::Body;
use directory::access::{self, AuthorizationPolicy};
use directory::audit_log;
use directory::group::{self, Group};
use directory::role::Role;
use directory::user::{self, ExternalUserState, UserType};
use http_body_util::BodyExt;
use kernel::{
    Act, Actor, AppId, ApplicationId, DomainName, GroupId, ObjectId, Origin, Result, SignedDuration,
};
use module::{Limits, Platform};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::engines::for_each_engine;
use tower::ServiceExt;
use uuid::Uuid;

::store::statements! {
    LETTERS: tenant = "SELECT kind, recipient FROM outbox WHERE tenant_id = :tenant ORDER BY created_at, kind";
    WAITING: tenant = "SELECT id, kind, recipient, language, subject_id, cause_id, data, created_at, attempts FROM outbox
        WHERE tenant_id = :tenant AND kind = :kind ORDER BY created_at";
    SPONSOR_KINDS: tenant = "SELECT sponsor_kind FROM user_sponsor WHERE tenant_id = :tenant AND user_id = :user";
    NO_MAIL: tenant = "UPDATE users SET mail = NULL WHERE tenant_id = :tenant AND id = :id";
    ACCEPT: tenant = "UPDATE users SET external_state = 'Accepted' WHERE tenant_id = :tenant AND id = :id";
}

const APPLICATION: ApplicationId = ApplicationId(Uuid::from_u128(0xab));

struct House {
    platform: Platform,
    invitations: InvitationService,
}

async fn house(store: Store, limits: Limits) -> House {
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let platform = Platform::new(store, origin, limits, EmailAddress::parse("mail@contoso.example").unwrap());
    create(&platform, CONTOSO, "Contoso", "contoso.example").await;
    create(&platform, FABRIKAM, "Fabrikam", "fabrikam.example").await;
    member(&platform, CONTOSO, ADMIN, "admin@contoso.example", Some(Role::GlobalAdministrator)).await;
    member(&platform, FABRIKAM, ANN, "ann@fabrikam.example", None).await;
    House { invitations: InvitationService::new(platform.clone()), platform }
}

fn admin() -> Actor {
    let name = "admin@contoso.example".to_owned();
    Actor::User { id: ADMIN, display_name: "Ann Smith".to_owned(), user_principal_name: name }
}

fn application() -> Actor {
    let app_id = AppId(Uuid::from_u128(7));
    Actor::Application { id: APPLICATION, app_id, display_name: "Automation".to_owned() }
}

fn invite(address: &str) -> Invite {
    Invite {
        address: EmailAddress::parse(address).unwrap(),
        display_name: None,
        redirect_url: "https://files.example/teams".to_owned(),
        user_type: UserType::Guest,
        send_mail: true,
        message: None,
        language: None,
        copy_to: None,
        sponsors: Vec::new(),
        rights: Rights::Person { is_administrator: true, is_guest_inviter: false },
    }
}

impl House {
    async fn ask(&self, actor: Actor, invite: Invite) -> Result<Invited> {
        self.invitations.invite(CONTOSO, Act::new(actor, ROBOT), invite).await
    }

    async fn letters(&self) -> Vec<(String, String)> {
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        snapshot.rows(&LETTERS, params![], |row| Ok((row.get(0)?, row.get(1)?))).await.unwrap()
    }

    async fn events(&self, activity: &str) -> usize {
        let filter =
            audit_log::Filter { activity: Some(activity.to_owned()), ..audit_log::Filter::default() };
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        audit_log::list(&mut snapshot, &filter, None, 100).await.unwrap().len()
    }

    async fn delivery(&self, invited: &Invited) -> Delivery {
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        find_delivery(&mut snapshot, invited.invitation.id).await.unwrap().unwrap()
    }

    async fn waiting(&self, kind: &str) -> Vec<::store::outbox::Claimed> {
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        snapshot.rows(&WAITING, params![kind: kind], ::store::outbox::claimed).await.unwrap()
    }

    /// What delivery writes down when it settles a letter.
    async fn became(&self, letter: &::store::outbox::Claimed, became: ::delivery::Became) {
        let catalog = web::Catalog::new(mail::WORDS).unwrap();
        let templates = web::Templates::new(Arc::new(catalog), mail::TEMPLATES.iter().copied()).unwrap();
        let kinds = mail::kinds(&self.platform, &templates);
        let kind = kinds.into_iter().find(|kind| kind.kind == letter.kind).unwrap();
        let write =
            |mut tx: ::store::Tx,
             context: Arc<(::delivery::MailKind, ::store::outbox::Claimed, ::delivery::Became)>| async move {
                context.0.compose.note(&mut tx, &context.1, &context.2).await
            };
        self.platform.tenant(CONTOSO).write_unordered((kind, letter.clone(), became), write).await.unwrap();
    }

    async fn standing(&self, url: &str) -> Option<Standing> {
        let parts: std::collections::HashMap<_, _> =
            url::Url::parse(url).unwrap().query_pairs().into_owned().collect();
        let keys = self.platform.store().keys(CONTOSO).await.unwrap();
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let invitation = find(&mut snapshot, parts["user"].parse().unwrap()).await.unwrap()?;
        let user = user::find(&mut snapshot, invitation.user).await.unwrap();
        let generation = link::generation_of(&keys, &invitation, &parts["ticket"])?;
        Some(link::judge(&invitation, generation, user.as_ref(), snapshot.now()))
    }
}

#[tokio::test]
async fn a_guest_exists_as_soon_as_they_are_invited() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let invited = house.ask(admin(), invite("Lea.Martin@adatum.example")).await.unwrap();
        let mut snapshot = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let guest = user::find(&mut snapshot, invited.user).await.unwrap().unwrap();
        assert_eq!(guest.user_type, UserType::Guest);
        assert_eq!(guest.external_state, Some(ExternalUserState::PendingAcceptance));
        assert_eq!(guest.user_principal_name, "Lea.Martin_adatum.example#EXT#@contoso.example");
        assert_eq!(guest.mail.as_deref(), Some("Lea.Martin@adatum.example"));
        assert_eq!(guest.display_name, "Lea.Martin");
        assert_eq!(guest.creation_type.as_deref(), Some("Invitation"));
        assert!(guest.identities.is_empty() && guest.account_enabled);
        let sponsors = user::sponsors(&mut snapshot, guest.id).await.unwrap();
        assert_eq!(sponsors.iter().map(|sponsor| sponsor.id).collect::<Vec<_>>(), [ADMIN]);
        assert_eq!(house.letters().await, [("guest_invitation".into(), "Lea.Martin@adatum.example".into())]);
        assert_eq!(house.events("Invite external user").await, 1);
        assert_eq!(house.standing(&invited.redeem_url).await, Some(Standing::Live));
    })
    .await;
}

#[tokio::test]
async fn sponsors_are_users_or_groups_of_the_tenant() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let (rng, team) = (house.platform.rng(), GroupId(Uuid::from_u128(0x9e)));
        house
            .platform
            .tenant(CONTOSO)
            .write((), move |mut tx, _| async move {
                let group = Group::security(team, "Project Falcon", tx.now());
                group::insert(&mut tx, rng, &Act::system("test", ROBOT), &group).await
            })
            .await
            .unwrap();
        let sponsored = |address, by: ObjectId| Invite { sponsors: vec![by], ..invite(address) };
        let invited = house.ask(admin(), sponsored("lea@adatum.example", team.into())).await.unwrap();
        let mut snapshot = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let kinds = snapshot
            .rows(&SPONSOR_KINDS, params![user: invited.user], |row| row.get::<String>(0))
            .await
            .unwrap();
        assert_eq!(kinds, ["group"]);
        // A user of another tenant is a stranger here.
        let foreign = house.ask(admin(), sponsored("b@adatum.example", ANN.into())).await.err().unwrap();
        assert_eq!(foreign.kind(), kernel::Kind::BadRequest);
        assert_eq!(house.events("Invite external user").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_tenant_has_set_decides_and_each_refusal_is_in_the_audit_log() {
    for_each_engine(&migrations(), |store| async move {
        let limits = Limits { invitation_mails_per_recipient_and_day: Some(1), ..Limits::default() };
        let house = house(store, limits).await;
        let policy =
            AuthorizationPolicy { allow_invites_from: InvitesFrom::Nobody, ..AuthorizationPolicy::default() };
        let save = |mut tx, policy: Arc<_>| async move { access::save_policy(&mut tx, *policy).await };
        house.platform.tenant(CONTOSO).write(policy, save).await.unwrap();
        let refused = house.ask(admin(), invite("sofia@adatum.example")).await.err().unwrap();
        let refusal = refused.refusal().unwrap();
        assert_eq!(refusal.rule, rules::INVITE_SETTING);
        assert_eq!(refusal.setting.as_ref().unwrap().value, "none");
        let own = house.ask(admin(), invite("new@contoso.example")).await.err().unwrap();
        assert_eq!(own.refusal().unwrap().rule, rules::INVITE_SETTING);

        house.platform.tenant(CONTOSO).write(AuthorizationPolicy::default(), save).await.unwrap();
        let own = house.ask(admin(), invite("new@contoso.example")).await.err().unwrap();
        assert_eq!(own.refusal().unwrap().rule, rules::OWN_DOMAIN);
        house.ask(admin(), invite("sofia@adatum.example")).await.unwrap();
        // Too many in a row is no row: a limit that wrote one for each would limit nothing.
        house.ask(admin(), invite("sofia@adatum.example")).await.err().unwrap();

        let filter = audit_log::Filter::default();
        let mut snapshot = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let events = audit_log::list(&mut snapshot, &filter, None, 100).await.unwrap();
        let invites = events.iter().rev().filter(|event| event.activity == "Invite external user");
        let told: Vec<(Option<&str>, &str)> = invites
            .map(|event| {
                let detail = |key| event.details.iter().find(|(name, _)| name == key);
                let address = detail("invitedUserEmailAddress").map_or("", |(_, value)| value);
                assert_eq!(event.failure.is_some(), detail("rule").is_some());
                (detail("rule").map(|(_, value)| value.as_str()), address)
            })
            .collect();
        assert_eq!(
            told,
            [
                (Some(rules::INVITE_SETTING.0), "sofia@adatum.example"),
                (Some(rules::INVITE_SETTING.0), "new@contoso.example"),
                (Some(rules::OWN_DOMAIN.0), "new@contoso.example"),
                (None, "sofia@adatum.example"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn inviting_again_is_a_resend_and_ends_the_older_link() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let first = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        let second = house
            .ask(application(), Invite { rights: machine(), ..invite("LEA@adatum.example") })
            .await
            .unwrap();
        assert_eq!(first.user, second.user);
        assert_ne!(first.redeem_url, second.redeem_url);
        assert_eq!(house.standing(&first.redeem_url).await, Some(Standing::Replaced));
        assert_eq!(house.standing(&second.redeem_url).await, Some(Standing::Live));
        // The letter of the older link finds its reason gone; the newer one leaves.
        let templates = templates();
        let composed = house.compose(&templates, "guest_invitation").await;
        assert!(matches!(composed.as_slice(), [Composed::Gone(_), Composed::Send(_)]));
    })
    .await;
}

#[tokio::test]
async fn a_guest_who_has_accepted_is_left_as_they_are() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let first = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        let context = (Codes::load(house.platform.store(), CONTOSO).await.unwrap(), first.invitation.id);
        house
            .platform
            .tenant(CONTOSO)
            .write(context, |mut tx, context| async move {
                let (codes, id) = &*context;
                let mut invitation = find(&mut tx, *id).await?.unwrap();
                invitation.state = State::Accepted;
                raise(&mut tx, codes, &mut invitation).await?;
                tx.execute(&ACCEPT, params![id: invitation.user]).await
            })
            .await
            .unwrap();
        let again = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        assert!(again.is_member_already);
        assert_eq!(again.user, first.user);
        assert_eq!(house.standing(&first.redeem_url).await, Some(Standing::Used));
        assert_eq!(house.standing(&again.redeem_url).await, Some(Standing::Member));
        house.platform.clock().advance(SignedDuration::from_hours(24 * 400));
        assert_eq!(house.standing(&again.redeem_url).await, Some(Standing::Member));
        assert!(house.letters().await.iter().any(|(kind, _)| kind == "already_member"));
    })
    .await;
}

#[tokio::test]
async fn a_personal_message_is_mailed_for_a_person_with_an_address_alone() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let with_message =
            |address| Invite { message: Some("Hello <b>Lea</b>".to_owned()), ..invite(address) };
        let by_person = house.ask(admin(), with_message("a@adatum.example")).await.unwrap();
        assert!(by_person.notices.is_empty());
        let machine = Invite { rights: machine(), ..with_message("b@adatum.example") };
        let by_machine = house.ask(application(), machine).await.unwrap();
        assert_eq!(by_machine.notices[0].code, "personalMessageOmitted");
        assert_eq!(by_machine.notices[0].rule, rules::MESSAGE_OMITTED);
        house
            .platform
            .tenant(CONTOSO)
            .write((), |mut tx, _| async move { tx.execute(&NO_MAIL, params![id: ADMIN]).await })
            .await
            .unwrap();
        let by_nobody = house.ask(admin(), with_message("c@adatum.example")).await.unwrap();
        assert_eq!(by_nobody.notices.len(), 1);
        let templates = templates();
        let composed = house.compose(&templates, "guest_invitation").await;
        let carried: Vec<bool> = composed.iter().map(|one| text(one).contains("Hello <b>Lea</b>")).collect();
        assert_eq!(carried, [true, false, false]);
        let Composed::Send(first) = &composed[0] else { panic!("a message") };
        assert!(first.html.contains("Hello &lt;b&gt;Lea"), "shown as text");
        assert_eq!(first.reply_to.as_ref().map(EmailAddress::as_str), Some("admin@contoso.example"));
    })
    .await;
}

#[tokio::test]
async fn text_and_html_of_the_mail_say_the_same_in_the_language_asked_for() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let templates = templates();
        for (language, address) in
            [("de-CH", "a@adatum.example"), ("ar", "b@adatum.example"), ("xx", "c@adatum.example")]
        {
            let copy_to = Some(EmailAddress::parse(&format!("copy-{address}")).unwrap());
            let asked = Invite { language: Some(language.to_owned()), copy_to, ..invite(address) };
            let invited = house.ask(admin(), asked).await.unwrap();
            let composed = house.compose(&templates, "guest_invitation").await;
            let Some(Composed::Send(mail)) = composed.last() else { panic!("a message") };
            assert_eq!(mail.language, Language::from_tag(language).unwrap_or_default());
            assert!(mail.text.contains(&invited.redeem_url));
            assert!(mail.html.replace("&#x2f;", "/").replace("&amp;", "&").contains(&invited.redeem_url));
            let code = mail.code.clone().unwrap();
            assert_eq!(code.len(), 12);
            for part in [&mail.text, &mail.html] {
                assert!(part.contains(&link::hyphenated(&code)) && part.contains(address));
            }
            assert!(
                mail.headers
                    .iter()
                    .any(|(name, value)| name == "List-Unsubscribe" && value.contains("/unsubscribe?"))
            );
            assert!(!mail.text.contains("/unsubscribe?") && !mail.html.contains("unsubscribe?"));
            let copies = house.compose(&templates, "invitation_copy").await;
            let Some(Composed::Send(copy)) = copies.last() else { panic!("a copy") };
            assert!(copy.code.is_none() && !copy.text.contains("ticket=") && !copy.html.contains("ticket="));
            assert!(!copy.text.contains(&link::hyphenated(&code)) && copy.to.as_str().starts_with("copy-"));
        }
    })
    .await;
}

#[tokio::test]
async fn mails_are_limited_per_inviter_and_recipient_and_the_refusal_names_the_rule() {
    for_each_engine(&migrations(), |store| async move {
        let limits = Limits {
            invitation_mails_per_tenant_and_hour: Some(4),
            invitation_mails_per_inviter_and_minute: Some(3),
            invitation_mails_per_recipient_and_day: Some(2),
            ..Limits::default()
        };
        let house = house(store, limits).await;
        let refused = |outcome: Result<Invited>| {
            let error = outcome.err().expect("a refusal");
            assert!(matches!(error.kind(), kernel::Kind::TooManyRequests { retry_after } if retry_after > 0));
            error.refusal().map(|refusal| refusal.rule)
        };
        for _ in 0..2 {
            house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        }
        assert_eq!(
            refused(house.ask(admin(), invite("lea@adatum.example")).await),
            Some(rules::RECIPIENT_LIMIT)
        );
        house.ask(admin(), invite("b@adatum.example")).await.unwrap();
        assert_eq!(refused(house.ask(admin(), invite("c@adatum.example")).await), Some(rules::INVITER_LIMIT));
        house.platform.clock().advance(SignedDuration::from_secs(61));
        house.ask(admin(), invite("d@adatum.example")).await.unwrap();
        assert_eq!(refused(house.ask(admin(), invite("e@adatum.example")).await), Some(rules::TENANT_LIMIT));
        // A refused invitation leaves nothing, and one without mail is not counted.
        house.ask(admin(), Invite { send_mail: false, ..invite("f@adatum.example") }).await.unwrap();
        assert_eq!(house.letters().await.len(), 4);
        house.platform.clock().advance(SignedDuration::from_hours(25));
        house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_no_mail_is_invited_without_one() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let address = EmailAddress::parse("Lea@adatum.example").unwrap();
        let act = Act::new(Actor::Anonymous { tenant: CONTOSO }, ROBOT);
        house
            .platform
            .tenant(CONTOSO)
            .write((house.platform.clone(), act, address), move |mut tx, context| async move {
                mail_preference::block(&mut tx, &context.0, &context.1, &context.2).await
            })
            .await
            .unwrap();
        let invited = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        assert_eq!(house.standing(&invited.redeem_url).await, Some(Standing::Live));
        assert!(house.letters().await.is_empty());
        assert_eq!(house.events("Email not sent, user unsubscribed").await, 1);
        let notice = &invited.notices[0];
        assert_eq!((notice.code, notice.rule), ("recipientBlocksMail", rules::RECIPIENT_BLOCKS));
        assert!(notice.message.contains("The invitation itself stands"), "{}", notice.message);
        assert_eq!(house.delivery(&invited).await.state, DeliveryState::Withheld);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_bounced_is_invited_without_mail_until_it_takes_one_again() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let lea = EmailAddress::parse("lea@adatum.example").unwrap();
        let note = async |outcome, reason: &'static str| {
            let write = move |mut tx: ::store::Tx, lea: Arc<EmailAddress>| async move {
                ::store::ledger::note(&mut tx, &lea, outcome, reason).await
            };
            house.platform.tenant(CONTOSO).write(lea.clone(), write).await.unwrap();
        };
        note(::store::ledger::Outcome::Bounced, "550 5.1.1 no such mailbox").await;
        let invited = house.ask(admin(), invite("LEA@adatum.example")).await.unwrap();
        assert!(house.letters().await.is_empty());
        assert_eq!(house.events("Email not sent, address bounced").await, 1);
        let notice = &invited.notices[0];
        assert_eq!((notice.code, notice.rule), ("addressBounced", rules::ADDRESS_BOUNCED));
        assert!(notice.message.contains("550 5.1.1 no such mailbox"), "{}", notice.message);
        assert_eq!(house.delivery(&invited).await.state, DeliveryState::Withheld);
        note(::store::ledger::Outcome::Sent, "250 taken").await;
        let invited = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        assert!(invited.notices.is_empty());
        assert_eq!(house.letters().await.len(), 1);
        assert_eq!(house.delivery(&invited).await.state, DeliveryState::Waiting);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_shows_what_became_of_its_newest_mail() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let by_hand =
            house.ask(admin(), Invite { send_mail: false, ..invite("x@adatum.example") }).await.unwrap();
        assert_eq!(house.delivery(&by_hand).await.state, DeliveryState::NotMailed);
        let first = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        let older = house.waiting("guest_invitation").await.remove(0);
        let later = "451 4.7.1 later (relay.example:25, RCPT TO)".to_owned();
        let until = house.platform.clock().now();
        house.became(&older, ::delivery::Became::PutOff { until, reason: later.clone() }).await;
        let facts = house.delivery(&first).await;
        assert_eq!((facts.state, facts.reason), (DeliveryState::Deferred, Some(later)));
        house.became(&older, ::delivery::Became::Sent("250 2.0.0 queued as 42".into())).await;
        assert_eq!(house.delivery(&first).await.state, DeliveryState::Sent);
        let opened =
            move |mut tx: ::store::Tx, id: Arc<InvitationId>| async move { note_opened(&mut tx, *id).await };
        house.platform.tenant(CONTOSO).write_unordered(first.invitation.id, opened).await.unwrap();
        assert!(house.delivery(&first).await.opened_at.is_some());
        // A new link: the older mail's fate is of no interest any more.
        house.platform.clock().advance(SignedDuration::from_hours(1));
        let second = house.ask(admin(), invite("lea@adatum.example")).await.unwrap();
        let facts = house.delivery(&second).await;
        assert_eq!((facts.state, facts.opened_at), (DeliveryState::Waiting, None));
        house.became(&older, ::delivery::Became::Bounced("550 5.1.1".into())).await;
        assert_eq!(house.delivery(&second).await.state, DeliveryState::Waiting);
    })
    .await;
}

#[test]
fn who_may_invite_whom_is_a_table() {
    let person = |is_guest, is_administrator, is_guest_inviter| Inviter::Person {
        is_guest,
        is_administrator,
        is_guest_inviter,
    };
    let facts = |inviter, allow_invites_from| InviteFacts {
        inviter,
        allow_invites_from,
        as_member: false,
        domain: DomainName::parse("adatum.example").unwrap(),
        is_own_domain: false,
        existing: None,
    };
    let levels = [
        InvitesFrom::Nobody,
        InvitesFrom::AdminsAndGuestInviters,
        InvitesFrom::AdminsGuestInvitersAndAllMembers,
        InvitesFrom::Everyone,
    ];
    let table = [
        (person(false, true, false), [false, true, true, true]),
        (person(false, false, true), [false, true, true, true]),
        (person(true, false, true), [false, true, true, true]),
        (person(false, false, false), [false, false, true, true]),
        (person(true, false, false), [false, false, false, true]),
        (Inviter::Application { may_write_users: true }, [false, false, true, true]),
        (Inviter::Guest, [true, true, true, true]),
    ];
    for (inviter, expected) in table {
        for (level, allowed) in levels.into_iter().zip(expected) {
            let verdict = decide(&facts(inviter, level));
            assert_eq!(verdict.is_ok(), allowed, "{inviter:?} under {level:?}");
            if let Err(refusal) = verdict {
                assert_eq!(refusal.rule, rules::INVITE_SETTING);
                assert_eq!(refusal.setting.unwrap().value, level.as_str());
                assert!(!refusal.remedy.sentence.is_empty());
            }
        }
    }
    let plain = facts(person(false, false, false), InvitesFrom::Everyone);
    let rule = |facts: &InviteFacts| decide(facts).err().map(|refusal| refusal.rule);
    assert_eq!(rule(&InviteFacts { as_member: true, ..plain.clone() }), Some(rules::MEMBER_TYPE));
    let existing = |kind, is_enabled| Some(Existing { id: ADMIN, kind, is_enabled });
    let own =
        InviteFacts { is_own_domain: true, existing: existing(ExistingKind::Local, true), ..plain.clone() };
    let stranger = InviteFacts { existing: None, ..own.clone() };
    assert_eq!(decide(&own), decide(&stranger), "whether or not the person exists");
    assert_eq!(rule(&own), Some(rules::OWN_DOMAIN));
    for (kind, is_enabled, expected) in [
        (ExistingKind::Local, true, Err(rules::EXISTING_USER)),
        (ExistingKind::Local, false, Err(rules::EXISTING_USER)),
        (ExistingKind::PendingGuest, true, Ok(Plan::Resend(ADMIN))),
        (ExistingKind::PendingGuest, false, Err(rules::BLOCKED_GUEST)),
        (ExistingKind::AcceptedGuest, true, Ok(Plan::AlreadyGuest(ADMIN))),
        (ExistingKind::AcceptedGuest, false, Err(rules::BLOCKED_GUEST)),
    ] {
        let facts = InviteFacts { existing: existing(kind, is_enabled), ..plain.clone() };
        assert_eq!(decide(&facts).map_err(|refusal| refusal.rule), expected);
    }
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        assert!(rule.explanation.ends_with('.') && rule.remedy.ends_with('.'), "{}", rule.id.0);
    }
}

#[test]
fn a_typed_code_is_read_as_people_write_it() {
    for text in ["K7QM-4T2X-9HRD", "k7qm4t2x9hrd", " K7QM 4T2X 9HRD ", "K7QM–4T2X–9HRD"] {
        assert_eq!(link::parse_typed_code(text).as_deref(), Some("K7QM4T2X9HRD"), "{text}");
    }
    assert_eq!(link::parse_typed_code("oil0-oil0-oil0").as_deref(), Some("011001100110"));
    let long = "A".repeat(100);
    for text in ["", "K7QM", "K7QM-4T2X-9HRDX", "U7QM-4T2X-9HRD", "K7QM-4T2X-9HR\u{e9}", long.as_str()] {
        assert_eq!(link::parse_typed_code(text), None, "{text}");
    }
}

#[tokio::test]
async fn the_answer_on_the_wire_is_graph_s_and_every_mistake_is_named() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store, Limits::default()).await;
        let router = house.router();
        let post = |body: Value| call(router.clone(), body);
        let (status, answer) = post(json!({
            "@odata.type": "#microsoft.graph.invitation", "invitedUserEmailAddress": "lea@adatum.example",
            "inviteRedirectUrl": "https://files.example/teams", "sendInvitationMessage": null, "resetRedemption": false,
            "invitedUserMessageInfo": {"messageLanguage": "", "ccRecipients": [{"emailAddress": {"address": "pat@contoso.example"}}]},
        }))
        .await;
        assert_eq!(status, 201, "{answer}");
        let members: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            members,
            [
                "@odata.context", "id", "inviteRedeemUrl", "invitedUserDisplayName", "invitedUserType",
                "invitedUserEmailAddress", "sendInvitationMessage", "resetRedemption", "inviteRedirectUrl", "status",
                "invitedUserMessageInfo", "invitedUser",
            ]
        );
        assert_eq!(answer["@odata.context"], "https://guests.contoso.example/v1.0/$metadata#invitations/$entity");
        assert_eq!(answer["status"], "PendingAcceptance");
        let url = url::Url::parse(answer["inviteRedeemUrl"].as_str().unwrap()).unwrap();
        let names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        assert_eq!((url.path(), names), ("/redeem", ["tenant", "user", "ticket", "ver"].map(str::to_owned).to_vec()));
        let (ticket, id) = (url.query_pairs().nth(2).unwrap().1, url.query_pairs().nth(1).unwrap().1);
        assert_eq!((ticket.len(), id.as_ref()), (43, answer["id"].as_str().unwrap()));

        let good = json!({"invitedUserEmailAddress": "x@adatum.example", "inviteRedirectUrl": "https://files.example/"});
        let wrong = [
            ("invitedUserEmailAddress", json!("no address"), "invalid format"),
            ("invitedUserEmailAddress", json!(7), "invitedUserEmailAddress"),
            ("invitedUserEmailAddress", Value::Null, "invitedUserEmailAddress"),
            ("invitedUserEmailAddress", json!("somebody@contoso.example"), "verified domain"),
            ("inviteRedirectUrl", json!("/teams"), "absolute"),
            ("inviteRedirectUrl", json!("javascript:alert(1)"), "absolute"),
            ("inviteRedirectUrl", json!("https:evil.example"), "absolute"),
            ("inviteRedirectUrl", json!("https://user@evil.example/"), "user name"),
            ("inviteRedirectUrl", json!("https://a.example\\@evil.example"), "backslash"),
            ("inviteRedirectUrl", Value::Null, "inviteRedirectUrl"),
            ("invitedUserType", json!("Owner"), "invitedUserType"),
            ("sendInvitationMessage", json!("yes"), "sendInvitationMessage"),
            ("id", json!("x"), "read-only"),
            ("status", json!("Completed"), "read-only"),
            ("inviteRedeemUrl", json!("https://x.example"), "read-only"),
            ("resetRedemption", json!(true), "resetRedemption"),
            ("invitedUser", json!({"id": "x"}), "invitedUser"),
            ("invitedUserSponsors", json!([{"id": "x"}]), "invitedUserSponsors"),
            ("surprise", json!(1), "surprise"),
            ("invitedUserMessageInfo", json!({"subject": "x"}), "subject"),
            ("invitedUserMessageInfo", json!({"messageLanguage": "not a tag"}), "messageLanguage"),
            ("invitedUserMessageInfo", json!({"ccRecipients": [{}, {}]}), "ccRecipients"),
        ];
        for (name, value, said) in wrong {
            let mut body = good.clone();
            body[name] = value.clone();
            let (status, answer) = post(body).await;
            let message = answer["error"]["message"].as_str().unwrap_or_default().to_owned();
            assert_eq!(status, 400, "{name}: {value} {answer}");
            assert!(message.contains(said), "{name}: {value} said {message}");
            assert!(answer["error"]["innerError"]["request-id"].is_string());
        }
        // The guest who was invited, and the one address that a rule refused.
        assert_eq!(house.events("Invite external user").await, 2);
    })
    .await;
}

fn machine() -> Rights {
    Rights::Application { may_write_users: false }
}

fn templates() -> web::Templates {
    let catalog = web::Catalog::new(mail::WORDS).unwrap();
    web::Templates::new(Arc::new(catalog), mail::TEMPLATES.iter().copied()).unwrap()
}

fn text(composed: &Composed) -> &str {
    match composed {
        Composed::Send(message) => &message.text,
        Composed::Gone(why) => why,
    }
}

impl House {
    async fn compose(&self, templates: &web::Templates, kind: &'static str) -> Vec<Composed> {
        let kinds = mail::kinds(&self.platform, templates);
        let composer = &kinds.iter().find(|one| one.kind == kind).unwrap().compose;
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let letters = snapshot.rows(&WAITING, params![kind: kind], ::store::outbox::claimed).await.unwrap();
        let mut composed = Vec::new();
        for letter in &letters {
            composed.push(composer.compose(CONTOSO, letter).await.unwrap());
        }
        composed
    }

    fn router(&self) -> axum::Router {
        let routes = module(&self.platform).routes;
        let (clock, rng) = (self.platform.clock().clone(), self.platform.rng());
        let (origin, budget) = (self.platform.origin().clone(), Arc::new(::graph::Budget::default));
        ::graph::router(routes, Arc::new(Automation), origin, budget, clock, rng).unwrap()
    }
}

/// Everybody is the application.
struct Automation;

impl Authenticate for Automation {
    fn authenticate<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(async {
            Ok(Caller {
                tenant: CONTOSO,
                subject: Subject::Application { id: APPLICATION, display_name: "Automation".to_owned() },
                app_id: AppId(Uuid::from_u128(7)),
                scopes: Vec::new(),
                app_roles: vec!["User.Invite.All".to_owned()],
            })
        })
    }
}

async fn call(router: axum::Router, body: Value) -> (u16, Value) {
    let request = http::Request::post("/v1.0/invitations")
        .header("authorization", "Bearer x")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap())
}
