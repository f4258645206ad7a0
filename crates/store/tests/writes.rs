//! What a write promises: shared commits, change numbers, isolation of closures and of tenants.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;

use harness::Engine;
use kernel::{Error, Kind, Result, TenantId};
use note::{MIGRATIONS, add, add_as, number_of, texts};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Change, MasterKey, Read, Tx, params};
use uuid::Uuid;

on_both_engines! {
    async fn two_hundred_concurrent_writes_take_gapless_change_numbers(fixture) {
        let before = number_of(&fixture.store, fixture.tenant).await;
        let writes = (0..200).map(|n| {
            let store = fixture.store.clone();
            let tenant = fixture.tenant;
            tokio::spawn(async move {
                store
                    .tenant(tenant)
                    .write(n, |mut tx: Tx, n| async move {
                        note::insert(&mut tx, &format!("n{n}")).await?;
                        Ok(tx.change_number())
                    })
                    .await
            })
        });
        let mut numbers = BTreeSet::new();
        for write in writes.collect::<Vec<_>>() {
            assert!(numbers.insert(write.await.unwrap().unwrap()), "a number was given twice");
        }
        let expected: BTreeSet<i64> = (before + 1..=before + 200).collect();
        assert_eq!(numbers, expected);
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before + 200);
        assert_eq!(texts(&fixture.store, fixture.tenant).await.len(), 200);
    }

    async fn an_error_or_a_panic_in_one_closure_leaves_the_others(fixture) {
        let before = number_of(&fixture.store, fixture.tenant).await;
        let writes = (0..60).map(|n| {
            let store = fixture.store.clone();
            let tenant = fixture.tenant;
            tokio::spawn(async move {
                store
                    .tenant(tenant)
                    .write(n, |mut tx: Tx, n| async move {
                        note::insert(&mut tx, &format!("n{n}")).await?;
                        match *n % 3 {
                            0 => Ok(()),
                            1 => Err(Error::forbidden("no")),
                            _ => panic!("on purpose"),
                        }
                    })
                    .await
            })
        });
        for (n, write) in writes.collect::<Vec<_>>().into_iter().enumerate() {
            match (n % 3, write.await.unwrap()) {
                (0, Ok(())) => {}
                (1, Err(error)) => assert_eq!(error.kind(), Kind::Forbidden),
                (2, Err(error)) => assert_eq!(error.kind(), Kind::Internal),
                (_, outcome) => panic!("{n}: {outcome:?}"),
            }
        }
        let expected: BTreeSet<String> = (0..60).filter(|n| n % 3 == 0).map(|n| format!("n{n}")).collect();
        assert_eq!(texts(&fixture.store, fixture.tenant).await, expected);
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before + 20);
    }

    async fn a_statement_that_fails_undoes_its_closure_alone(fixture) {
        let id = fixture.rng.uuid();
        add_as(&fixture.store, fixture.tenant, id, "first").await.unwrap();
        let writes = (0..20).map(|n| {
            let (store, tenant) = (fixture.store.clone(), fixture.tenant);
            tokio::spawn(async move {
                if n % 2 == 0 { add(&store, tenant, &format!("n{n}")).await } else { add_as(&store, tenant, id, "twice").await }
            })
        });
        for (n, write) in writes.collect::<Vec<_>>().into_iter().enumerate() {
            let outcome = write.await.unwrap();
            assert_eq!(outcome.is_ok(), n % 2 == 0, "{n}: {outcome:?}");
            if let Err(error) = outcome {
                assert_eq!(error.kind(), Kind::Conflict, "{error:?}");
            }
        }
        let texts = texts(&fixture.store, fixture.tenant).await;
        assert_eq!(texts.len(), 11);
        assert!(!texts.contains("twice"));
    }

    async fn a_closure_that_awaits_something_foreign_is_aborted_on_sqlite(fixture) {
        let outcome = fixture
            .store
            .tenant(fixture.tenant)
            .write((), |mut tx: Tx, _| async move {
                note::insert(&mut tx, "never").await?;
                tokio::task::yield_now().await;
                Ok(())
            })
            .await;
        if fixture.engine == Engine::Sqlite {
            let error = outcome.unwrap_err();
            assert!(error.cause().unwrap().contains("foreign"), "{error:?}");
            assert!(texts(&fixture.store, fixture.tenant).await.is_empty());
        }
        add(&fixture.store, fixture.tenant, "after").await.unwrap();
    }

    async fn writes_whose_shared_commit_fails_are_run_again_one_by_one(fixture) {
        let before = number_of(&fixture.store, fixture.tenant).await;
        let runs = Arc::new(AtomicU32::new(0));
        // The first write holds the writer until the others wait, so that those share a commit.
        let (opened, open) = std::sync::mpsc::channel::<()>();
        let (entered, mut inside) = tokio::sync::mpsc::unbounded_channel::<()>();
        let gate = std::sync::Mutex::new((open, entered));
        let first = {
            let (store, tenant) = (fixture.store.clone(), fixture.tenant);
            tokio::spawn(async move {
                store
                    .tenant(tenant)
                    .write(gate, |mut tx: Tx, gate| async move {
                        tokio::task::block_in_place(|| {
                            let gate = gate.lock().unwrap();
                            let _waiting = gate.1.send(());
                            let _opened = gate.0.recv();
                        });
                        note::insert(&mut tx, "first").await
                    })
                    .await
            })
        };
        inside.recv().await.unwrap();
        let writes: Vec<_> = (0..10)
            .map(|n| {
                let (store, tenant, runs) = (fixture.store.clone(), fixture.tenant, runs.clone());
                tokio::spawn(async move {
                    store
                        .tenant(tenant)
                        .write((n, runs), |mut tx: Tx, context| async move {
                            context.1.fetch_add(1, Ordering::SeqCst);
                            note::insert(&mut tx, &format!("n{}", context.0)).await
                        })
                        .await
                })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        // One for the write that holds the gate, and one for the shared commit behind it.
        fixture.store.signals().faults().fail_commits(2);
        drop(opened);
        assert!(first.await.unwrap().is_err(), "a write alone whose commit fails is told so");
        for write in writes {
            write.await.unwrap().unwrap();
        }
        assert!(runs.load(Ordering::SeqCst) >= 20, "{runs:?}");
        assert_eq!(texts(&fixture.store, fixture.tenant).await.len(), 10);
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before + 10);
    }

    async fn whoever_is_told_success_finds_the_row_whatever_commits_fail(fixture) {
        let mut told = BTreeSet::new();
        for round in 0..10 {
            fixture.store.signals().faults().fail_commits(round % 4);
            let writes: Vec<_> = (0..8)
                .map(|n| {
                    let (store, tenant) = (fixture.store.clone(), fixture.tenant);
                    let text = format!("r{round}n{n}");
                    tokio::spawn(async move { add(&store, tenant, &text).await.map(|()| text) })
                })
                .collect();
            for write in writes {
                if let Ok(text) = write.await.unwrap() {
                    told.insert(text);
                }
            }
        }
        fixture.store.signals().faults().fail_commits(0);
        assert_eq!(texts(&fixture.store, fixture.tenant).await, told);
    }

    async fn a_write_that_changes_nothing_gives_its_number_back(fixture) {
        let before = number_of(&fixture.store, fixture.tenant).await;
        let seen = fixture
            .store
            .tenant(fixture.tenant)
            .write((), |mut tx: Tx, _| async move {
                tx.execute(&note::RENAME, params![id: Uuid::nil(), text: "x"]).await?;
                Ok(tx.change_number())
            })
            .await
            .unwrap();
        assert_eq!(seen, before + 1);
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, before);
    }

    async fn rows_that_a_changing_statement_returns_are_kept(fixture) {
        let id = fixture.rng.uuid();
        add_as(&fixture.store, fixture.tenant, id, "old").await.unwrap();
        let returned = fixture
            .store
            .tenant(fixture.tenant)
            .write_unordered(id, |mut tx: Tx, id| async move {
                tx.row(&note::RENAME_RETURNING, params![id: *id, text: "new"], |row| row.get::<String>(0)).await
            })
            .await
            .unwrap();
        assert_eq!(returned.as_deref(), Some("new"));
        assert_eq!(texts(&fixture.store, fixture.tenant).await, BTreeSet::from(["new".to_owned()]));
    }

    async fn the_feed_is_numbered_as_the_changes_are(fixture) {
        for n in 0..3 {
            fixture
                .store
                .tenant(fixture.tenant)
                .write(n, |mut tx: Tx, n| async move {
                    let id = note::insert(&mut tx, &format!("n{n}")).await?;
                    tx.feed("note", kernel::ObjectId(id), Change::Created).await?;
                    tx.feed("note", kernel::ObjectId(id), Change::Updated).await
                })
                .await
                .unwrap();
        }
        let mut snapshot = fixture.store.tenant(fixture.tenant).snapshot().await.unwrap();
        let feed = snapshot
            .rows(&note::FEED, params![], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
            .await
            .unwrap();
        assert_eq!(feed, [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)]);
    }

    async fn two_tenants_never_see_each_other_s_rows(fixture) {
        let id = fixture.rng.uuid();
        add_as(&fixture.store, fixture.tenant, id, "ours").await.unwrap();
        assert!(texts(&fixture.store, fixture.other).await.is_empty());
        let changed = fixture
            .store
            .tenant(fixture.other)
            .write(id, |mut tx: Tx, id| async move {
                tx.execute(&note::RENAME, params![id: *id, text: "theirs"]).await
            })
            .await
            .unwrap();
        assert_eq!(changed, 0);
        // The same id may exist in both.
        add_as(&fixture.store, fixture.other, id, "theirs").await.unwrap();
        assert_eq!(texts(&fixture.store, fixture.tenant).await, BTreeSet::from(["ours".to_owned()]));
        assert_eq!(texts(&fixture.store, fixture.other).await, BTreeSet::from(["theirs".to_owned()]));
    }

    async fn a_tenant_cannot_be_named_by_the_caller(fixture) {
        let mut snapshot = fixture.store.tenant(fixture.tenant).snapshot().await.unwrap();
        let other = fixture.other;
        let outcome: Result<Vec<String>> =
            snapshot.rows(&note::TEXTS, params![tenant: other], |row| row.get(0)).await;
        // `:tenant` is the scope's; one that is given is bound to nothing and never used.
        assert!(outcome.map_or(true, |rows| rows.is_empty()));
        let missing = fixture.store.tenant(TenantId(Uuid::from_u128(99)));
        let outcome = missing.write((), |mut tx: Tx, _| async move { note::insert(&mut tx, "x").await }).await;
        assert_eq!(outcome.unwrap_err().kind(), Kind::NotFound);
    }

    async fn a_wrong_master_key_is_refused_at_start(fixture) {
        let Err(error) = fixture.open_again(MasterKey::new([8; 32])).await else { panic!("it was taken") };
        assert_eq!(error.kind(), Kind::Conflict);
        assert!(error.message().contains("master key"));
        let again = fixture.open_again(harness::master()).await.unwrap();
        let ours = fixture.store.keys(fixture.tenant).await.unwrap().mac("test", &[b"x"]);
        assert_eq!(again.keys(fixture.tenant).await.unwrap().mac("test", &[b"x"]), ours);
        assert_ne!(again.keys(fixture.other).await.unwrap().mac("test", &[b"x"]), ours);
        again.close().await;
    }

    async fn a_store_that_is_closed_answers_what_it_took_and_refuses_the_rest(fixture) {
        let writes: Vec<_> = (0..20)
            .map(|n| {
                let (store, tenant) = (fixture.store.clone(), fixture.tenant);
                tokio::spawn(async move { add(&store, tenant, &format!("n{n}")).await.map(|()| format!("n{n}")) })
            })
            .collect();
        tokio::task::yield_now().await;
        fixture.store.close().await;
        let mut told = BTreeSet::new();
        for write in writes {
            match write.await.unwrap() {
                Ok(text) => _ = told.insert(text),
                Err(error) => assert_eq!(error.kind(), Kind::Unavailable, "{error:?}"),
            }
        }
        assert!(add(&fixture.store, fixture.tenant, "late").await.is_err());
        let again = fixture.open_again(harness::master()).await.unwrap();
        assert_eq!(texts(&again, fixture.tenant).await, told);
        again.close().await;
    }
}
