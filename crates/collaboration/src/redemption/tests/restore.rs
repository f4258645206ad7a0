//! What links are worth after a backup has been restored.

use super::*;
use ::store::backup::{self, Replace};
use ::store::{Location, MasterKey};
use kernel::Clock;
use std::io::Cursor;

/// The key of every test database.
const MASTER_KEY: [u8; 32] = [7; 32];

/// The directory as the backup has it, in its new epoch, on a database of its own.
async fn restored(file: Vec<u8>, at: &Location, clock: &Clock) -> House {
    let (migrations, rng) = (migrations(), Rng::system());
    let key = MasterKey::new(MASTER_KEY);
    let system = (clock, rng);
    backup::restore(
        Cursor::new(file),
        at,
        &migrations,
        &key.clone().into(),
        system,
        Replace::Nothing,
        &mut |_| Ok(()),
    )
    .await
    .unwrap();
    let store = Store::open(at, &migrations, key, clock.clone(), rng).await.unwrap();
    let origin = Origin::parse("https://guests.contoso.example").unwrap();
    let sender = EmailAddress::parse("invitations@contoso.example").unwrap();
    let platform = Platform::new(store, origin, Limits::default(), sender);
    House {
        redemption: RedemptionService::new(platform.clone()),
        invitations: InvitationService::new(platform.clone()),
        platform,
    }
}

#[tokio::test]
async fn after_a_restore_older_links_are_replaced_and_can_be_sent_again() {
    for_each_engine(&migrations(), |store| async move {
        let before = house(store).await;
        let first = before.invite("zoe@adatum.example").await;
        let old = before.invite("old@adatum.example").await;
        let (file, clock) = (
            before.platform.store().backup(Vec::new(), &mut |_| Ok(())).await.unwrap().1,
            before.platform.clock(),
        );
        // What the backup knows nothing of: newer links, which are in somebody's mailbox.
        let second = before.invite("zoe@adatum.example").await;
        let third = before.invite("zoe@adatum.example").await;
        let typed = invitation::link::typed_code(
            &before.platform.store().keys(CONTOSO).await.unwrap(),
            before.link(&third).await.invitation.id,
            3,
        );
        clock.advance(SignedDuration::from_hours(24));

        let directory = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(directory.path().join("restored.db"));
        let after = restored(file, &location, clock).await;
        let module = invitation::module(&after.platform);
        let at_restore = module.at_restore.unwrap();
        at_restore(CONTOSO).await.unwrap();
        let newest = after.newest(&first).await;
        // Whoever is interrupted runs it again, and nothing more happens.
        at_restore(CONTOSO).await.unwrap();
        assert!(after.newest(&first).await.ticket == newest.ticket);

        for text in [&first, &second, &third, &old] {
            assert_eq!(after.standing(text).await, Standing::Replaced);
        }
        assert_eq!(after.standing(&newest).await, Standing::Live);
        let opened = after.redemption.open_typed_code(None, &typed).await.unwrap();
        assert!(matches!(opened, TypedCode::Unknown), "the code of a lost link leads nowhere");
        let again =
            after.invitations.send_again(CONTOSO, anonymous(), after.link(&first).await.invitation.id).await;
        assert_eq!(again.unwrap(), SendAgain::Sent);
        let lives = after.link(&newest).await.invitation;
        let left = lives.expires_at.duration_since(lives.issued_at);
        assert_eq!(left.as_hours(), 24 * 30, "with its whole time");
        after.platform.store().close().await;
    })
    .await;
}
