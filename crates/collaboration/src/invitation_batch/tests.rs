//! Stories of many invitations at once, on both engines.

use super::{BatchService, NewBatch, Outcome, counts, find, list_items};
use crate::redemption::tests::{ADMIN, CONTOSO, create, member, migrations};
use ::store::{Read, Store, params};
use delivery::Progress;
use directory::role::Role;
use kernel::{EmailAddress, Origin, SignedDuration};
use module::{Limits, Platform};
use testkit::engines::for_each_engine;
use uuid::Uuid;

::store::statements! {
    RECIPIENTS: tenant = "SELECT recipient FROM outbox WHERE tenant_id = :tenant ORDER BY recipient";
}

async fn house(store: Store, per_minute: u32) -> Platform {
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let limits = Limits { invitation_mails_per_inviter_and_minute: Some(per_minute), ..Limits::default() };
    let platform = Platform::new(store, origin, limits, EmailAddress::parse("mail@contoso.example").unwrap());
    create(&platform, CONTOSO, "Contoso", "contoso.example").await;
    member(&platform, CONTOSO, ADMIN, "admin@contoso.example", Some(Role::GlobalAdministrator)).await;
    platform
}

fn batch(addresses: &[&str]) -> NewBatch {
    NewBatch {
        inviter: ADMIN,
        addresses: addresses.iter().map(|text| EmailAddress::parse(text).unwrap()).collect(),
        message: None,
        language: None,
        redirect_url: "https://files.example/teams".to_owned(),
    }
}

async fn outcomes(platform: &Platform, id: Uuid) -> Vec<(Outcome, u32)> {
    let mut read = platform.tenant(CONTOSO).snapshot().await.unwrap();
    let mut counts = counts(&mut read, id).await.unwrap();
    counts.sort();
    counts
}

async fn recipients(platform: &Platform) -> Vec<String> {
    let mut read = platform.tenant(CONTOSO).snapshot().await.unwrap();
    read.rows(&RECIPIENTS, params![], |row| row.get(0)).await.unwrap()
}

const FIVE: [&str; 5] =
    ["a@adatum.example", "b@adatum.example", "own@contoso.example", "c@adatum.example", "d@adatum.example"];

#[tokio::test]
async fn what_is_over_the_limit_leaves_at_the_permitted_pace_after_a_restart_too() {
    for_each_engine(&migrations(), |store| async move {
        let platform = house(store, 2).await;
        let service = BatchService::new(platform.clone());
        let id = service.start(CONTOSO, batch(&FIVE)).await.unwrap();
        service.advance(CONTOSO, id, 100).await.unwrap();
        assert_eq!(
            outcomes(&platform, id).await,
            [(Outcome::Waiting, 2), (Outcome::Invited, 2), (Outcome::Refused, 1)]
        );
        // Another process goes on: nothing while the minute lasts, the rest afterwards.
        let restarted = BatchService::new(platform.clone());
        assert_eq!(restarted.go_on(CONTOSO).await.unwrap(), Progress::Done);
        assert_eq!(recipients(&platform).await.len(), 2);
        platform.clock().advance(SignedDuration::from_secs(61));
        while restarted.go_on(CONTOSO).await.unwrap() == Progress::More {}
        assert_eq!(outcomes(&platform, id).await, [(Outcome::Invited, 4), (Outcome::Refused, 1)]);
        assert_eq!(
            recipients(&platform).await,
            ["a@adatum.example", "b@adatum.example", "c@adatum.example", "d@adatum.example"]
        );
        let mut read = platform.tenant(CONTOSO).snapshot().await.unwrap();
        let refused = list_items(&mut read, id, Outcome::Refused, None, 10).await.unwrap();
        assert_eq!(refused[0].rule.as_deref(), Some("invitation.ownDomain"));
        assert!(refused[0].sentence.is_some());
        assert!(find(&mut read, id).await.unwrap().unwrap().finished_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn two_who_work_on_one_batch_invite_nobody_twice() {
    for_each_engine(&migrations(), |store| async move {
        let platform = house(store, 100).await;
        let (one, other) = (BatchService::new(platform.clone()), BatchService::new(platform.clone()));
        let id = one.start(CONTOSO, batch(&FIVE)).await.unwrap();
        let (first, second) = tokio::join!(one.advance(CONTOSO, id, 100), other.advance(CONTOSO, id, 100));
        first.unwrap();
        second.unwrap();
        assert_eq!(recipients(&platform).await.len(), 4);
        assert_eq!(outcomes(&platform, id).await, [(Outcome::Invited, 4), (Outcome::Refused, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_is_stopped_sends_no_more() {
    for_each_engine(&migrations(), |store| async move {
        let platform = house(store, 1).await;
        let service = BatchService::new(platform.clone());
        let id = service.start(CONTOSO, batch(&FIVE)).await.unwrap();
        service.advance(CONTOSO, id, 100).await.unwrap();
        service.stop(CONTOSO, id).await.unwrap();
        platform.clock().advance(SignedDuration::from_secs(61));
        assert_eq!(service.go_on(CONTOSO).await.unwrap(), Progress::Done);
        assert_eq!(outcomes(&platform, id).await, [(Outcome::Invited, 1), (Outcome::Stopped, 4)]);
    })
    .await;
}
