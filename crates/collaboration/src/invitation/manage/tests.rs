//! Stories of invitations that wait: decided beforehand, listed, sent again, withdrawn.

use crate::invitation::link::{self, Standing};
use crate::invitation::rules::{self, ManageFacts, Manager};
use crate::invitation::{
    Invitation, InvitationService, Invite, Invited, Outlook, PendingQuery, Rights, State, count_pending,
    find, list_pending,
};
use crate::redemption::tests::{ADMIN, CONTOSO, ROBOT, create, member, migrations};
use ::store::{Read, Store};
use directory::audit_log;
use directory::role::Role;
use directory::user::{self, UserType};
use kernel::{Act, Actor, EmailAddress, Origin, SignedDuration, UserId};
use module::{Limits, Platform};
use testkit::engines::for_each_engine;
use uuid::Uuid;

const INVITER: UserId = UserId(Uuid::from_u128(0x1f));

struct House {
    platform: Platform,
    service: InvitationService,
}

async fn house(store: Store) -> House {
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let sender = EmailAddress::parse("mail@contoso.example").unwrap();
    let platform = Platform::new(store, origin, Limits::default(), sender);
    create(&platform, CONTOSO, "Contoso", "contoso.example").await;
    member(&platform, CONTOSO, ADMIN, "admin@contoso.example", Some(Role::GlobalAdministrator)).await;
    member(&platform, CONTOSO, INVITER, "inviter@contoso.example", Some(Role::GuestInviter)).await;
    House { service: InvitationService::new(platform.clone()), platform }
}

fn by(id: UserId) -> Act {
    let user_principal_name = "somebody@contoso.example".to_owned();
    Act::new(Actor::User { id, display_name: "Somebody".to_owned(), user_principal_name }, ROBOT)
}

const ADMINISTRATOR: Rights = Rights::Person { is_administrator: true, is_guest_inviter: false };
const GUEST_INVITER: Rights = Rights::Person { is_administrator: false, is_guest_inviter: true };

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

impl House {
    async fn invite(&self, id: UserId, rights: Rights, to: &str) -> Invited {
        let invite = Invite {
            address: address(to),
            display_name: None,
            redirect_url: "https://files.example/teams".to_owned(),
            user_type: UserType::Guest,
            send_mail: true,
            message: Some("Welcome to the wing tests.".to_owned()),
            language: Some("de".to_owned()),
            copy_to: None,
            sponsors: Vec::new(),
            rights,
        };
        self.service.invite(CONTOSO, by(id), invite).await.unwrap()
    }

    async fn find(&self, invited: &Invited) -> Invitation {
        let mut read = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        find(&mut read, invited.invitation.id).await.unwrap().unwrap()
    }

    async fn standing(&self, invited: &Invited, generation: u32) -> Standing {
        let mut read = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let user = user::find(&mut read, invited.user).await.unwrap();
        link::judge(&self.find(invited).await, generation, user.as_ref(), read.now())
    }

    async fn events(&self, activity: &str) -> usize {
        let filter =
            audit_log::Filter { activity: Some(activity.to_owned()), ..audit_log::Filter::default() };
        let mut read = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        audit_log::list(&mut read, &filter, None, 100).await.unwrap().len()
    }
}

#[test]
fn only_what_waits_is_changed_and_only_by_whom_it_concerns() {
    let refused =
        |by, state| rules::decide_manage(ManageFacts { by, state }).err().map(|refusal| refusal.rule);
    for by in [Manager::Application, Manager::Administrator, Manager::Inviter] {
        assert_eq!(refused(by, State::Open), None, "{by:?}");
        for state in [State::Accepted, State::Declined, State::Withdrawn] {
            assert_eq!(refused(by, state), Some(rules::NOT_PENDING), "{by:?} {state:?}");
        }
    }
    assert_eq!(refused(Manager::Other, State::Open), Some(rules::MANAGE));
}

#[tokio::test]
async fn a_withdrawn_invitation_leads_nowhere_until_the_guest_is_invited_anew() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let invited = house.invite(ADMIN, ADMINISTRATOR, "lea@adatum.example").await;
        assert_eq!(house.standing(&invited, 1).await, Standing::Live);
        let id = invited.invitation.id;
        house.service.withdraw(CONTOSO, by(ADMIN), ADMINISTRATOR, id).await.unwrap();
        assert_eq!(house.find(&invited).await.state, State::Withdrawn);
        assert_eq!(house.standing(&invited, 1).await, Standing::Withdrawn);
        assert_eq!(house.events("Withdraw invitation").await, 1);
        let again = house.service.withdraw(CONTOSO, by(ADMIN), ADMINISTRATOR, id).await.err().unwrap();
        assert_eq!(again.refusal().unwrap().rule, rules::NOT_PENDING);
        let resent = house.service.resend(CONTOSO, by(ADMIN), ADMINISTRATOR, id).await.err().unwrap();
        assert_eq!(resent.refusal().unwrap().rule, rules::NOT_PENDING);
        let anew = house.invite(ADMIN, ADMINISTRATOR, "lea@adatum.example").await;
        assert_eq!((anew.user, anew.invitation.state), (invited.user, State::Open));
    })
    .await;
}

#[tokio::test]
async fn a_guest_inviter_changes_their_own_invitations_alone() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let own = house.invite(INVITER, GUEST_INVITER, "own@adatum.example").await.invitation.id;
        let other = house.invite(ADMIN, ADMINISTRATOR, "other@adatum.example").await.invitation.id;
        house.service.resend(CONTOSO, by(INVITER), GUEST_INVITER, own).await.unwrap();
        for outcome in [
            house.service.resend(CONTOSO, by(INVITER), GUEST_INVITER, other).await.err(),
            house.service.withdraw(CONTOSO, by(INVITER), GUEST_INVITER, other).await.err(),
        ] {
            assert_eq!(outcome.unwrap().refusal().unwrap().rule, rules::MANAGE);
        }
        house.service.withdraw(CONTOSO, by(INVITER), GUEST_INVITER, own).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sending_again_keeps_target_language_and_sponsors_and_the_message_of_its_author_alone() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let first = house.invite(INVITER, GUEST_INVITER, "lea@adatum.example").await;
        let id = first.invitation.id;
        let own = house.service.resend(CONTOSO, by(INVITER), GUEST_INVITER, id).await.unwrap().invitation;
        assert_eq!(own.generation, first.invitation.generation + 1);
        assert_eq!(own.redirect_url, first.invitation.redirect_url);
        assert_eq!(own.language, kernel::Language::De);
        assert_eq!(own.message, first.invitation.message);
        let theirs = house.service.resend(CONTOSO, by(ADMIN), ADMINISTRATOR, id).await.unwrap().invitation;
        assert_eq!(theirs.message, None, "nobody speaks in another's name");
        let mut read = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let sponsors = user::sponsors(&mut read, first.user).await.unwrap();
        assert_eq!(sponsors.iter().map(|sponsor| sponsor.id).collect::<Vec<_>>(), [INVITER]);
    })
    .await;
}

#[tokio::test]
async fn what_is_foretold_is_what_happens() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        house.invite(ADMIN, ADMINISTRATOR, "waits@adatum.example").await;
        let addresses: Vec<EmailAddress> =
            ["new@adatum.example", "waits@adatum.example", "new@contoso.example", "admin@contoso.example"]
                .map(address)
                .into();
        let decisions = house.service.preview(CONTOSO, &by(ADMIN), ADMINISTRATOR, &addresses).await.unwrap();
        let told: Vec<Option<&str>> = decisions
            .iter()
            .map(|decision| match &decision.outlook {
                Outlook::Refused { refusal, .. } => Some(refusal.rule.0),
                _ => None,
            })
            .collect();
        assert_eq!(told, [None, None, Some(rules::OWN_DOMAIN.0), Some(rules::OWN_DOMAIN.0)]);
        assert!(matches!(decisions[0].outlook, Outlook::NewGuest));
        assert!(matches!(decisions[1].outlook, Outlook::Again { .. }));
        assert!(
            matches!(&decisions[3].outlook, Outlook::Refused { existing: Some(user), .. } if user.id == ADMIN)
        );
        assert_eq!(house.events("Invite external user").await, 1, "foretelling leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn those_who_wait_are_listed_by_age_link_and_inviter_page_by_page() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let hour = SignedDuration::from_hours(1);
        for number in 0..5 {
            house.invite(ADMIN, ADMINISTRATOR, &format!("guest{number}@adatum.example")).await;
            house.platform.clock().advance(hour);
        }
        house.platform.clock().advance(SignedDuration::from_hours(24 * 31));
        house.invite(INVITER, GUEST_INVITER, "late@adatum.example").await;
        let mut read = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let now = read.now();
        let all = PendingQuery::default();
        let mut seen = Vec::new();
        let mut query = all;
        loop {
            let page = list_pending(&mut read, &query, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            query.after = Some((last.issued_at, last.id));
            seen.extend(page.iter().map(|one| one.address.local_part().to_owned()));
        }
        assert_eq!(seen, ["guest0", "guest1", "guest2", "guest3", "guest4", "late"]);
        let newest = PendingQuery { newest_first: true, ..all };
        let newest = list_pending(&mut read, &newest, 1).await.unwrap();
        assert_eq!(newest[0].address.local_part(), "late");
        let expired = PendingQuery { ends: (kernel::Timestamp::MIN, now), ..all };
        assert_eq!(count_pending(&mut read, &expired, 100).await.unwrap(), 5);
        assert_eq!(count_pending(&mut read, &expired, 3).await.unwrap(), 3);
        let own = PendingQuery { inviter: Some(INVITER), ..all };
        assert_eq!(count_pending(&mut read, &own, 100).await.unwrap(), 1);
    })
    .await;
}
