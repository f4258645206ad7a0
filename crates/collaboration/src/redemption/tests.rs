//! Stories of redemption on both engines, below the pages: what a link finds, what it takes to answer one, and
//! that of many answers one counts.

mod restore;

use super::*;
use crate::invitation::link::Standing;
use crate::invitation::{self, InvitationService, Invite, Rights, SendAgain};
use ::store::{Migration, Read, Store, Tx};
use directory::audit_log;
use directory::role::{self, Role};
use directory::tenant::{self, Tenant};
use directory::user::{self, ExternalUserState, Identity, NewUser, User, UserService, UserType};
use kernel::{
    Act, Actor, CorrelationId, DomainName, EmailAddress, InvitationId, Origin, Rng, SignedDuration, TenantId,
    UserId, Verdict,
};
use module::Limits;
use std::collections::HashMap;
use testkit::engines::for_each_engine;
use uuid::Uuid;

pub(crate) const CONTOSO: TenantId = TenantId(Uuid::from_u128(0xc0));
pub(crate) const FABRIKAM: TenantId = TenantId(Uuid::from_u128(0xfa));
pub(crate) const ADMIN: UserId = UserId(Uuid::from_u128(0xad));
/// Knows the address `ann@fabrikam.example` as its own.
pub(crate) const ANN: UserId = UserId(Uuid::from_u128(0xa1));
pub(crate) const ROBOT: CorrelationId = CorrelationId(Uuid::from_u128(0x0b));

::store::statements! {
    LETTERS: tenant = "SELECT COUNT(*) FROM outbox WHERE tenant_id = :tenant AND kind = :kind";
    DISABLE: tenant = "UPDATE users SET account_enabled = :enabled WHERE tenant_id = :tenant AND id = :id";
}

pub(crate) fn migrations() -> Vec<Migration> {
    let tables = [directory::tables(), crate::tables()].concat();
    tables.iter().filter_map(|tables| tables.migration).collect()
}

struct House {
    platform: Platform,
    redemption: RedemptionService,
    invitations: InvitationService,
}

async fn house(store: Store) -> House {
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let sender = EmailAddress::parse("invitations@contoso.example").unwrap();
    let platform = Platform::new(store, origin, Limits::default(), sender);
    for (id, name, domain) in
        [(CONTOSO, "Contoso", "contoso.example"), (FABRIKAM, "Fabrikam", "fabrikam.example")]
    {
        create(&platform, id, name, domain).await;
    }
    member(&platform, CONTOSO, ADMIN, "admin@contoso.example", Some(Role::GlobalAdministrator)).await;
    member(&platform, FABRIKAM, ANN, "ann@fabrikam.example", None).await;
    House {
        redemption: RedemptionService::new(platform.clone()),
        invitations: InvitationService::new(platform.clone()),
        platform,
    }
}

pub(crate) async fn create(platform: &Platform, id: TenantId, name: &str, domain: &str) {
    let domain = DomainName::parse(domain).unwrap();
    let tenant = Tenant {
        id,
        display_name: name.to_owned(),
        initial_domain: domain.clone(),
        domains: vec![domain],
        privacy_statement_url: None,
        notification_language: None,
        link_lifetime_days: 30,
        mail_sender: None,
        created_at: platform.clock().now(),
    };
    let store = platform.store();
    store
        .create_tenant(id, tenant, |mut tx: Tx, tenant| async move { tenant::create(&mut tx, &tenant).await })
        .await
        .unwrap();
}

pub(crate) async fn member(
    platform: &Platform,
    tenant: TenantId,
    id: UserId,
    address: &str,
    role: Option<Role>,
) {
    let new = NewUser {
        id,
        user_principal_name: address.to_owned(),
        display_name: "Ann Smith".to_owned(),
        mail: Some(EmailAddress::parse(address).unwrap()),
        account_enabled: true,
        preferred_language: None,
    };
    let rng = platform.rng();
    platform
        .tenant(tenant)
        .write((new, role), move |mut tx, context| async move {
            let (new, role) = &*context;
            let act = Act::system("test", ROBOT);
            let user = UserService::add_member(&mut tx, rng, &act, new).await?;
            if let Some(role) = role {
                role::assign(&mut tx, rng, &act, &user, *role).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

impl House {
    async fn invite(&self, address: &str) -> LinkText {
        let actor = Actor::User {
            id: ADMIN,
            display_name: "Ann Smith".to_owned(),
            user_principal_name: "admin@contoso.example".to_owned(),
        };
        let invite = Invite {
            address: EmailAddress::parse(address).unwrap(),
            display_name: None,
            redirect_url: "https://files.example/teams".to_owned(),
            user_type: UserType::Guest,
            send_mail: false,
            message: None,
            language: None,
            copy_to: None,
            sponsors: Vec::new(),
            rights: Rights::Person { is_administrator: true, is_guest_inviter: false },
        };
        let invited = self.invitations.invite(CONTOSO, Act::new(actor, ROBOT), invite).await.unwrap();
        parse(&invited.redeem_url)
    }

    async fn link(&self, text: &LinkText) -> Link {
        self.redemption.find(text).await.unwrap().expect("a genuine link")
    }

    async fn standing(&self, text: &LinkText) -> Standing {
        self.link(text).await.standing
    }

    async fn user(&self, tenant: TenantId, id: UserId) -> User {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await.unwrap();
        user::find(&mut snapshot, id).await.unwrap().expect("a user")
    }

    async fn accept(&self, link: &Link, proof: Option<Proof>) -> Verdict<Redeemed> {
        let identity = identity(proof, link);
        let claim = self.redemption.claim(link, anonymous(), proof, identity).await.unwrap();
        self.redemption.accept(CONTOSO, claim).await.unwrap()
    }

    async fn decline(&self, link: &Link, proof: Option<Proof>) -> Verdict {
        let claim = self.redemption.claim(link, anonymous(), proof, identity(proof, link)).await.unwrap();
        self.redemption.decline(CONTOSO, claim).await.unwrap()
    }

    async fn enable(&self, tenant: TenantId, id: UserId, enabled: bool) {
        self.platform
            .tenant(tenant)
            .write((), move |mut tx, _| async move {
                let params = ::store::params![id: id, enabled: enabled];
                tx.execute(&DISABLE, params).await
            })
            .await
            .unwrap();
    }

    async fn delete(&self, id: UserId) -> User {
        let user = self.user(CONTOSO, id).await;
        self.save(User { deleted_at: Some(self.platform.clock().now()), ..user.clone() }).await;
        user
    }

    /// Links of before a deletion stay dead.
    async fn restore(&self, user: User) {
        self.save(User { deleted_at: None, sessions_valid_from: self.platform.clock().now(), ..user }).await;
    }

    async fn save(&self, user: User) {
        self.platform
            .tenant(CONTOSO)
            .write(user, |mut tx, user| async move { user::save_state(&mut tx, &user).await })
            .await
            .unwrap();
    }

    /// The newest link of the same invitation.
    async fn newest(&self, text: &LinkText) -> LinkText {
        let invitation = self.link(text).await.invitation;
        let keys = self.platform.store().keys(CONTOSO).await.unwrap();
        let ticket = invitation::link::ticket(&keys, invitation.id, invitation.generation);
        LinkText { ticket, ..text.clone() }
    }

    async fn events(&self, activity: &str) -> Vec<audit_log::StoredEvent> {
        let filter = audit_log::Filter { activity: Some(activity.to_owned()), ..Default::default() };
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        audit_log::list(&mut snapshot, &filter, None, 100).await.unwrap()
    }

    async fn letters(&self, kind: &str) -> i64 {
        let mut snapshot = self.platform.tenant(CONTOSO).snapshot().await.unwrap();
        let count = snapshot.row(&LETTERS, ::store::params![kind: kind], |row| row.get(0)).await;
        count.unwrap().unwrap()
    }

    fn advance(&self, by: SignedDuration) {
        self.platform.clock().advance(by);
    }
}

fn parse(url: &str) -> LinkText {
    let url = url::Url::parse(url).unwrap();
    let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
    LinkText {
        tenant: query["tenant"].clone(),
        invitation: query["user"].clone(),
        ticket: query["ticket"].clone(),
    }
}

fn anonymous() -> Act {
    Act::new(Actor::Anonymous { tenant: CONTOSO }, ROBOT)
}

fn identity(proof: Option<Proof>, link: &Link) -> Identity {
    match proof {
        Some(Proof::HomeAccount { tenant, user }) => Identity {
            provider: "ExternalAzureAD".to_owned(),
            issuer: format!("https://guests.contoso.example/{tenant}/v2.0"),
            subject: user.to_string(),
        },
        _ => Identity {
            provider: "mail".to_owned(),
            issuer: "mail".to_owned(),
            subject: link.invitation.address.key().to_owned(),
        },
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the facts take it so")]
fn ann() -> Option<Proof> {
    Some(Proof::HomeAccount { tenant: FABRIKAM, user: ANN })
}

fn rule<T>(verdict: Verdict<T>) -> Option<kernel::RuleId> {
    verdict.err().map(|refusal| refusal.rule)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_found_only_as_it_was_issued_byte_for_byte() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let text = house.invite("sofia@adatum.example").await;
        let other = house.invite("jonas@adatum.example").await;
        assert_eq!(house.standing(&text).await, Standing::Live);
        assert_eq!(text.ticket.len(), 43);
        for at in 0..text.ticket.len() {
            for replacement in ["A", "B", "_", "=", "!", "é", ""] {
                let mut ticket = text.ticket.clone();
                if &ticket[at..=at] == replacement {
                    continue;
                }
                ticket.replace_range(at..=at, replacement);
                let changed = LinkText { ticket, ..text.clone() };
                assert!(house.redemption.find(&changed).await.unwrap().is_none(), "{at} {replacement:?}");
            }
        }
        let unknown = Uuid::from_u128(1).to_string();
        let strange = [
            LinkText { ticket: other.ticket.clone(), ..text.clone() },
            LinkText { invitation: other.invitation.clone(), ..text.clone() },
            LinkText { invitation: unknown.clone(), ..text.clone() },
            LinkText { invitation: text.invitation.to_uppercase() + " ", ..text.clone() },
            LinkText { tenant: FABRIKAM.to_string(), ..text.clone() },
            LinkText { tenant: unknown, ..text.clone() },
            LinkText { tenant: "contoso.example".to_owned(), ..text.clone() },
            LinkText { ticket: text.ticket.clone() + "A", ..text.clone() },
            LinkText { ticket: "A".repeat(100_000), ..text.clone() },
            LinkText::default(),
        ];
        for text in &strange {
            assert!(house.redemption.find(text).await.unwrap().is_none());
        }
        assert_eq!(house.standing(&text).await, Standing::Live);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_by_time_by_a_newer_one_and_with_its_guest_and_says_which() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let first = house.invite("sofia@adatum.example").await;
        let second = house.invite("sofia@adatum.example").await;
        assert_eq!(house.standing(&first).await, Standing::Replaced);
        assert_eq!(house.standing(&second).await, Standing::Live);

        // From a replaced link the newest is sent again and stays.
        let link = house.link(&first).await;
        assert_eq!(house.redemption.send_again(anonymous(), &link).await.unwrap(), SendAgain::Sent);
        assert_eq!(house.standing(&second).await, Standing::Live);

        let guest = link.invitation.user;
        house.enable(CONTOSO, guest, false).await;
        assert_eq!(house.standing(&second).await, Standing::Blocked);
        assert_eq!(rule(house.accept(&house.link(&second).await, Some(Proof::MailedCode)).await), Some(LINK));
        house.enable(CONTOSO, guest, true).await;

        let expires_at = house.link(&second).await.invitation.expires_at;
        house.advance(expires_at.duration_since(house.platform.clock().now()) - SignedDuration::from_secs(1));
        assert_eq!(house.standing(&second).await, Standing::Live);
        let early = house.link(&second).await;
        house.advance(SignedDuration::from_secs(1));
        assert_eq!(house.standing(&second).await, Standing::Expired);
        // Judged again at the write: what was live when the page was shown does not count.
        assert_eq!(rule(house.accept(&early, Some(Proof::MailedCode)).await), Some(LINK));
        assert_eq!(
            house.user(CONTOSO, guest).await.external_state,
            Some(ExternalUserState::PendingAcceptance)
        );

        let expired = house.link(&second).await;
        assert_eq!(house.redemption.send_again(anonymous(), &expired).await.unwrap(), SendAgain::Sent);
        assert_eq!(house.standing(&second).await, Standing::Replaced);

        let deleted = house.delete(guest).await;
        assert_eq!(house.standing(&second).await, Standing::Deleted);
        let link = house.link(&second).await;
        assert_eq!(house.redemption.send_again(anonymous(), &link).await.unwrap(), SendAgain::Nothing);
        // A restored guest needs a new link.
        house.restore(deleted).await;
        assert_eq!(house.standing(&second).await, Standing::Replaced);
        let newest = house.newest(&second).await;
        assert_eq!(house.standing(&newest).await, Standing::Deleted);
        let third = house.invite("sofia@adatum.example").await;
        assert_eq!(house.standing(&third).await, Standing::Live);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_belongs_to_a_home_account_is_answered_by_that_account_alone() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let bob = UserId(Uuid::from_u128(0xb0b));
        member(&house.platform, FABRIKAM, bob, "bob@fabrikam.example", None).await;
        let text = house.invite("Ann@fabrikam.example").await;
        let link = house.link(&text).await;
        let home = house.redemption.home_account(&link).await.unwrap().unwrap();
        assert_eq!((home.tenant.id, home.user.id), (FABRIKAM, ANN));

        assert_eq!(rule(house.accept(&link, None).await), Some(PROOF));
        assert_eq!(rule(house.accept(&link, Some(Proof::MailedCode)).await), Some(HOME_SIGN_IN));
        let other = Some(Proof::HomeAccount { tenant: FABRIKAM, user: bob });
        assert_eq!(rule(house.accept(&link, other).await), Some(INVITED_ADDRESS));
        assert_eq!(rule(house.decline(&link, other).await), Some(INVITED_ADDRESS));
        house.enable(FABRIKAM, ANN, false).await;
        assert_eq!(rule(house.accept(&link, ann()).await), Some(HOME_DISABLED));
        house.enable(FABRIKAM, ANN, true).await;
        assert_eq!(house.standing(&text).await, Standing::Live);

        let accepted = house.accept(&link, ann()).await;
        assert_eq!(accepted, Ok(Redeemed::NewGuest(link.invitation.user)));
        let guest = house.user(CONTOSO, link.invitation.user).await;
        assert_eq!(guest.external_state, Some(ExternalUserState::Accepted));
        assert_eq!(guest.identities, [identity(ann(), &link)]);
        assert_eq!(guest.display_name, "Ann Smith");
        assert_eq!(house.standing(&text).await, Standing::Used);
        // The same account comes back; another one does not, and neither does a code.
        assert_eq!(house.accept(&link, ann()).await, Ok(Redeemed::Returning(guest.id)));
        assert_eq!(rule(house.accept(&link, other).await), Some(LINK));
        assert_eq!(rule(house.accept(&link, Some(Proof::MailedCode)).await), Some(LINK));
        assert_eq!(house.events("Redeem external user invite").await.len(), 1);

        // A fresh link of an accepted guest leads to sign-in and binds nobody.
        let again = house.invite("ann@fabrikam.example").await;
        assert_eq!(house.standing(&again).await, Standing::Member);
        assert_eq!(rule(house.accept(&house.link(&again).await, other).await), Some(LINK));
        assert_eq!(house.user(CONTOSO, guest.id).await, guest);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tenant_or_a_contact_field_says_about_an_address_makes_no_home() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        // Woodgrove claims an address of Fabrikam's domain as its user's mail.
        let woodgrove = TenantId(Uuid::from_u128(0x3d));
        create(&house.platform, woodgrove, "Woodgrove", "woodgrove.example").await;
        member(&house.platform, woodgrove, UserId(Uuid::from_u128(9)), "eve@fabrikam.example", None).await;
        let find = async |text: &str| {
            let address = EmailAddress::parse(text).unwrap();
            find_home_account(&house.platform, CONTOSO, &address).await.unwrap().map(|home| home.user.id)
        };
        assert_eq!(find("eve@fabrikam.example").await, None);
        assert_eq!(find("ann@fabrikam.example").await, Some(ANN));
        assert_eq!(find("ann@adatum.example").await, None);
        assert_eq!(find("admin@contoso.example").await, None);
        // A guest of Fabrikam with an address of Fabrikam signs in elsewhere.
        let guest =
            User { external_state: Some(ExternalUserState::Accepted), ..house.user(FABRIKAM, ANN).await };
        assert!(!owns_address(&guest, &EmailAddress::parse("ann@fabrikam.example").unwrap()));
        let contact = User {
            mail: None,
            user_principal_name: "x@fabrikam.example".to_owned(),
            proxy_addresses: vec![
                "smtp:second@fabrikam.example".to_owned(),
                "x500:third@fabrikam.example".to_owned(),
            ],
            other_mails: vec!["other@fabrikam.example".to_owned()],
            ..house.user(FABRIKAM, ANN).await
        };
        let owns = |text: &str| owns_address(&contact, &EmailAddress::parse(text).unwrap());
        assert!(owns("second@fabrikam.example") && owns("X@fabrikam.example"));
        assert!(!owns("third@fabrikam.example") && !owns("other@fabrikam.example"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_accepts_of_one_proof_one_binds_and_one_event_tells_it() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let text = house.invite("sofia@adatum.example").await;
        let link = house.link(&text).await;
        let proof = Some(Proof::MailedCode);
        let mut running = Vec::new();
        for _ in 0..1000 {
            let claim =
                house.redemption.claim(&link, anonymous(), proof, identity(proof, &link)).await.unwrap();
            let redemption = house.redemption.clone();
            running.push(tokio::spawn(async move { redemption.accept(CONTOSO, claim).await.unwrap() }));
        }
        let mut first = 0;
        for answer in running {
            match answer.await.unwrap() {
                Ok(Redeemed::NewGuest(_)) => first += 1,
                Ok(Redeemed::Returning(user)) => assert_eq!(user, link.invitation.user),
                Err(refusal) => assert_eq!(refusal.rule, LINK),
            }
        }
        assert_eq!(first, 1);
        assert_eq!(house.events("Redeem external user invite").await.len(), 1);
        assert_eq!(house.user(CONTOSO, link.invitation.user).await.identities.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn declining_ends_the_invitation_and_the_inviter_may_ask_anew() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let text = house.invite("sofia@adatum.example").await;
        let link = house.link(&text).await;
        assert_eq!(rule(house.decline(&link, None).await), Some(PROOF));
        assert_eq!(house.standing(&text).await, Standing::Live);
        assert_eq!(house.decline(&link, Some(Proof::MailedCode)).await, Ok(()));
        assert_eq!(house.standing(&text).await, Standing::Declined);
        assert_eq!(house.events("Decline external user invite").await.len(), 1);
        assert_eq!(rule(house.accept(&link, Some(Proof::MailedCode)).await), Some(LINK));
        assert_eq!(rule(house.decline(&link, Some(Proof::MailedCode)).await), Some(LINK));
        let declined = house.link(&text).await;
        assert_eq!(house.redemption.send_again(anonymous(), &declined).await.unwrap(), SendAgain::Nothing);
        let guest = house.user(CONTOSO, link.invitation.user).await;
        assert!(guest.is_pending() && guest.identities.is_empty());
        let anew = house.invite("sofia@adatum.example").await;
        assert_eq!(house.standing(&anew).await, Standing::Live);
        assert_eq!(house.standing(&text).await, Standing::Replaced);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_told_three_times_a_day_and_changes_nothing() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let text = house.invite("sofia@adatum.example").await;
        let link = house.link(&text).await;
        for _ in 0..5 {
            house.redemption.report(anonymous(), &link).await.unwrap();
        }
        assert_eq!(house.events("Report external user invite").await.len(), 3);
        assert_eq!(house.letters("invitation_reported").await, 3);
        assert_eq!(house.standing(&text).await, Standing::Live);
        house.advance(SignedDuration::from_hours(24));
        house.redemption.report(anonymous(), &link).await.unwrap();
        assert_eq!(house.letters("invitation_reported").await, 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_of_somebody_else_is_refused_and_named_in_the_log_alone() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let first = house.link(&house.invite("ann@fabrikam.example").await).await;
        assert!(house.accept(&first, ann()).await.is_ok());
        // The account's address changes hands at home; the account stays bound to whom it was.
        house.enable(FABRIKAM, ANN, true).await;
        let text = house.invite("sofia@adatum.example").await;
        let link = house.link(&text).await;
        let proof = Some(Proof::MailedCode);
        let claim = house.redemption.claim(&link, anonymous(), proof, identity(ann(), &link)).await.unwrap();
        let refusal = house.redemption.accept(CONTOSO, claim).await.unwrap().unwrap_err();
        assert_eq!(refusal.rule, IDENTITY_TAKEN);
        assert!(!format!("{refusal:?}").contains(&first.invitation.user.to_string()));
        let failed = house.events("Redeem external user invite").await;
        let failed = failed.iter().find(|event| event.failure.is_some()).expect("a failure");
        assert!(failed.targets.iter().any(|target| target.id.0 == first.invitation.user.0));
        assert_eq!(house.standing(&text).await, Standing::Live);
        assert!(house.user(CONTOSO, link.invitation.user).await.is_pending());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_code_is_the_link_in_another_dress_and_dies_with_it() {
    for_each_engine(&migrations(), |store| async move {
        let house = house(store).await;
        let text = house.invite("sofia@adatum.example").await;
        let code = typed(&house, &text).await;
        let network = Some(web::ClientNetwork::of("203.0.113.7".parse().unwrap()));
        let spoken = code.to_lowercase().chars().flat_map(|c| [c, ' ']).collect::<String>();
        for entered in [code.clone(), spoken, invitation::link::hyphenated(&code)] {
            let TypedCode::Leads(url) = house.redemption.open_typed_code(network, &entered).await.unwrap()
            else {
                panic!("{entered} leads nowhere");
            };
            assert_eq!(house.standing(&parse(&url)).await, Standing::Live);
            assert_eq!(parse(&url).ticket, text.ticket);
        }
        house.invite("sofia@adatum.example").await;
        let newest = typed(&house, &text).await;
        assert_ne!(newest, code);
        for _ in 0..20 {
            let answer = house.redemption.open_typed_code(network, &code).await.unwrap();
            assert_eq!(answer, TypedCode::Unknown);
        }
        assert!(matches!(
            house.redemption.open_typed_code(network, &newest).await.unwrap(),
            TypedCode::Limited(_)
        ));
        // The count is in the database: it outlives a restart and holds on every node.
        let another_node = RedemptionService::new(house.platform.clone());
        assert!(matches!(
            another_node.open_typed_code(network, &newest).await.unwrap(),
            TypedCode::Limited(_)
        ));
        let elsewhere = Some(web::ClientNetwork::of("198.51.100.7".parse().unwrap()));
        assert!(matches!(
            house.redemption.open_typed_code(elsewhere, &newest).await.unwrap(),
            TypedCode::Leads(_)
        ));
    })
    .await;
}

async fn typed(house: &House, text: &LinkText) -> String {
    let keys = house.platform.store().keys(CONTOSO).await.unwrap();
    let id: InvitationId = text.invitation.parse().unwrap();
    let mut snapshot = house.platform.tenant(CONTOSO).snapshot().await.unwrap();
    let invitation = invitation::find(&mut snapshot, id).await.unwrap().unwrap();
    invitation::link::typed_code(&keys, id, invitation.generation)
}

#[test]
fn every_page_renders_in_every_language_with_the_sample_values() {
    let samples: serde_json::Value = serde_json::from_str(include_str!("pages/sample.json")).unwrap();
    let words: Vec<web::Resource> = pages::WORDS.iter().chain(MAIL_WORDS).copied().collect();
    let catalog = web::Catalog::new(&words).unwrap();
    let sources = pages::TEMPLATES.iter().copied();
    let templates = web::Templates::new(std::sync::Arc::new(catalog), sources).unwrap();
    let csrf = web::CsrfKey::new(&kernel::Secret::new([1; 32]));
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let pages = web::Pages::new(templates, origin, csrf, Rng::system());
    let mut rendered = 0;
    for (name, cases) in samples.as_object().unwrap().iter().filter(|(name, _)| *name != "every") {
        for (case, values) in cases.as_object().unwrap() {
            for language in kernel::Language::ALL {
                let mut context = samples["every"].as_object().unwrap().clone();
                context.extend(values.as_object().unwrap().clone());
                context.remove("page");
                let page = web::PageContext::sample(language, None);
                let html = pages.render(&format!("redemption/{name}"), page, &context);
                assert!(html.is_ok(), "{name} {case} {}: {:?}", language.tag(), html.err());
                rendered += 1;
            }
        }
    }
    assert!(rendered > 100);
}

/// The code page quotes the subject of the mail.
const MAIL_WORDS: &[web::Resource] = web::words!("../../../../locales", "mail");

#[test]
fn an_address_is_masked_so_that_its_owner_knows_it() {
    let masked = |text: &str| mask(&EmailAddress::parse(text).unwrap());
    assert_eq!(masked("jonas.weber@fabrikam.example"), "j•••r@fabrikam.example");
    assert_eq!(masked("a@fabrikam.example"), "a•••@fabrikam.example");
    assert_eq!(masked("ab@fabrikam.example"), "a•••b@fabrikam.example");
}
