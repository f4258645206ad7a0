//! Statements that nobody waits for: on PostgreSQL they travel with the next that somebody does, even with those
//! of the next write in a shared commit.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;

use kernel::Kind;
use note::{MIGRATIONS, add_as, number_of, texts};
use std::collections::BTreeSet;
use store::{Read, Tx, params};

on_both_engines! {
    async fn one_that_fails_as_the_last_of_its_write_undoes_that_write_alone(fixture) {
        let taken = fixture.rng.uuid();
        add_as(&fixture.store, fixture.tenant, taken, "first").await.unwrap();
        let before = number_of(&fixture.store, fixture.tenant).await;
        let writes: Vec<_> = (0..60)
            .map(|n| {
                let (store, tenant, rng) = (fixture.store.clone(), fixture.tenant, fixture.rng);
                tokio::spawn(async move {
                    let store = store.tenant(tenant);
                    let write = store.write(n, move |mut tx: Tx, n| async move {
                        tx.queue(&note::INSERT, params![id: rng.uuid(), text: format!("n{n}")]).await?;
                        let id = if *n % 3 == 0 { taken } else { rng.uuid() };
                        tx.queue(&note::INSERT, params![id: id, text: format!("m{n}")]).await
                    });
                    write.await
                })
            })
            .collect();
        for (n, write) in writes.into_iter().enumerate() {
            let outcome = write.await.unwrap();
            assert_eq!(outcome.is_ok(), n % 3 != 0, "{n}: {outcome:?}");
            if let Err(error) = outcome {
                assert_eq!(error.kind(), Kind::Conflict, "{error:?}");
            }
        }
        let kept = (0..60).filter(|n| n % 3 != 0).flat_map(|n| [format!("n{n}"), format!("m{n}")]);
        let expected: BTreeSet<String> = kept.chain(["first".to_owned()]).collect();
        assert_eq!(texts(&fixture.store, fixture.tenant).await, expected);
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before + 40);
    }

    async fn they_are_seen_by_what_is_read_behind_them(fixture) {
        let id = fixture.rng.uuid();
        let found = fixture
            .store
            .tenant(fixture.tenant)
            .write(id, |mut tx: Tx, id| async move {
                tx.queue(&note::INSERT, params![id: *id, text: "old"]).await?;
                tx.queue(&note::RENAME, params![id: *id, text: "new"]).await?;
                tx.rows(&note::BY_TEXT, params![text: "new"], |row| row.get::<uuid::Uuid>(0)).await
            })
            .await
            .unwrap();
        assert_eq!(found, [id]);
    }

    async fn more_of_them_than_travel_at_once_are_all_done(fixture) {
        fixture
            .store
            .tenant(fixture.tenant)
            .write(fixture.rng, |mut tx: Tx, rng| async move {
                for n in 0..200 {
                    tx.queue(&note::INSERT, params![id: rng.uuid(), text: format!("n{n}")]).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(texts(&fixture.store, fixture.tenant).await.len(), 200);
    }

    async fn a_write_that_only_queues_what_changes_nothing_gives_its_number_back(fixture) {
        let before = number_of(&fixture.store, fixture.tenant).await;
        let nobody = fixture.rng.uuid();
        fixture
            .store
            .tenant(fixture.tenant)
            .write(nobody, |mut tx: Tx, id| async move {
                tx.queue(&note::RENAME, params![id: *id, text: "x"]).await
            })
            .await
            .unwrap();
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before);
    }
}
