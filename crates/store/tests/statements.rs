//! The store's own statements on both engines, limits, sweeps, claims, and texts that must not be confused.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;

use kernel::{EmailAddress, Language, OutboxId, SignedDuration, TenantId, Timestamp};
use note::{MIGRATIONS, add_as, number_of};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::rate::{Limit, SharedLimit, Taken};
use store::{JobClaim, Letter, Location, Read, Store, Sweep, Tx, outbox, params};
use uuid::Uuid;

/// What somebody might do to the database behind Lodge's back.
async fn compare_texts_in_another_way(location: &Location) {
    match location {
        Location::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.execute_batch("CREATE TABLE odd (name TEXT COLLATE NOCASE)").unwrap();
        }
        Location::Postgres { url } => {
            let client = harness::connect(url).await;
            harness::sql(&client, "ALTER TABLE outbox ALTER COLUMN recipient TYPE TEXT").await;
        }
    }
}

on_both_engines! {
    async fn every_statement_prepares_and_a_hot_one_does_not_scan(fixture) {
        let statements = store::statements().chain(note::STATEMENTS.iter().copied()).collect::<Vec<_>>();
        let wrong = store::check::problems(&fixture.store, statements).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    async fn a_limit_is_exact_at_the_edges_of_its_window(fixture) {
        let window = SignedDuration::from_mins(1);
        let limit = Limit::new("test", 3, window);
        let start = fixture.clock.now();
        for _ in 0..3 {
            assert_eq!(take(&fixture.store, fixture.tenant, &limit).await, None);
            fixture.clock.advance(SignedDuration::from_secs(10));
        }
        // Three within the minute: the fourth waits until the first has left it.
        let wait = take(&fixture.store, fixture.tenant, &limit).await.expect("the limit holds");
        let passed = fixture.clock.now().duration_since(start);
        assert!(i64::from(wait) <= (window - passed).as_secs() + 1 && wait >= 28, "{wait} after {passed}");
        // Another name and another tenant have their own.
        assert_eq!(take(&fixture.store, fixture.tenant, &Limit::new("other", 3, window)).await, None);
        assert_eq!(take(&fixture.store, fixture.other, &limit).await, None);
        // One second before it has left, none fits; when the wait is over, exactly one does.
        fixture.clock.advance(SignedDuration::from_secs(i64::from(wait) - 2));
        assert!(take(&fixture.store, fixture.tenant, &limit).await.is_some());
        fixture.clock.advance(SignedDuration::from_secs(2));
        assert_eq!(take(&fixture.store, fixture.tenant, &limit).await, None);
        assert!(take(&fixture.store, fixture.tenant, &limit).await.is_some());
    }

    async fn a_limit_of_none_refuses_all_and_hundred_at_once_take_what_there_is(fixture) {
        let none = Limit::new("none", 0, SignedDuration::from_secs(60));
        assert_eq!(take(&fixture.store, fixture.tenant, &none).await, Some(60));
        let limit = Arc::new(Limit::new("race", 7, SignedDuration::from_hours(1)));
        let takers: Vec<_> = (0..100)
            .map(|_| {
                let (store, tenant, limit) = (fixture.store.clone(), fixture.tenant, limit.clone());
                tokio::spawn(async move { take(&store, tenant, &limit).await.is_none() })
            })
            .collect();
        let mut taken = 0;
        for taker in takers {
            taken += u32::from(taker.await.unwrap());
        }
        assert_eq!(taken, 7);
    }

    async fn a_limit_of_no_tenant_is_exact_however_many_come_at_once(fixture) {
        let hour = SignedDuration::from_hours(1);
        let limit = Arc::new(SharedLimit { name: "a network".into(), most: 7, window: hour });
        let start = fixture.clock.now();
        let takers: Vec<_> = (0..60)
            .map(|_| {
                let (store, limit) = (fixture.store.clone(), limit.clone());
                tokio::spawn(async move { limit.take(&store).await.unwrap() })
            })
            .collect();
        let mut counted = Vec::new();
        for taker in takers {
            match taker.await.unwrap() {
                Taken::Counted(slot) => counted.push(slot),
                Taken::Full(until) => assert!(until >= start + hour && until <= fixture.clock.now() + hour),
            }
        }
        assert_eq!(counted.len(), 7);
        // What is given back fits again, once; what another took in its place cannot be given back by the first.
        limit.give_back(&fixture.store, counted[3]).await.unwrap();
        assert!(matches!(limit.take(&fixture.store).await.unwrap(), Taken::Counted(_)));
        limit.give_back(&fixture.store, counted[3]).await.unwrap();
        assert!(matches!(limit.take(&fixture.store).await.unwrap(), Taken::Full(_)));
        let other = SharedLimit { name: "another network".into(), most: 7, window: hour };
        assert!(matches!(other.take(&fixture.store).await.unwrap(), Taken::Counted(_)));
        fixture.clock.advance(hour);
        assert!(matches!(limit.take(&fixture.store).await.unwrap(), Taken::Counted(_)));
    }

    async fn counted_events_of_no_tenant_do_not_pile_up(fixture) {
        let hour = SignedDuration::from_hours(1);
        for n in 0..30 {
            let limit = SharedLimit { name: format!("network {n}"), most: 2, window: hour };
            limit.take(&fixture.store).await.unwrap();
        }
        fixture.clock.advance(SignedDuration::from_hours(49));
        let limit = SharedLimit { name: "the next".into(), most: 2, window: hour };
        limit.take(&fixture.store).await.unwrap();
        let left = fixture.store.global().row(&SHARED_EVENTS, params![], |row| row.get::<i64>(0)).await.unwrap();
        assert_eq!(left, Some(1));
    }

    /// Security lesson 8: asserted at every start.
    async fn a_database_that_compares_texts_in_another_way_is_refused(fixture) {
        compare_texts_in_another_way(&fixture.location).await;
        let refused = fixture.open_again(harness::master()).await.err().unwrap();
        assert!(refused.message().contains("by their bytes"), "{refused:?}");
    }

    /// Security lesson 8: what is unequal here is unequal in the database, and found by its own bytes alone.
    async fn confusable_addresses_stay_unequal(fixture) {
        let corpus = [
            "mike@fabrikam.example", "mıke@fabrikam.example", "MIKE@fabrikam.example", "m\u{131}ke@fabrikam.example",
            "k@fabrikam.example", "\u{212a}@fabrikam.example", "strasse@fabrikam.example", "straße@fabrikam.example",
            "ﬁn@fabrikam.example", "fin@fabrikam.example", "e\u{301}a@fabrikam.example", "\u{e9}a@fabrikam.example",
            "ea@fabrikam.example", "a@xn--bcher-kva.example", "a@bücher.example", "a@bucher.example",
            "a@fabrikam.example.", "a@fabrikam.example", "\"a\"@fabrikam.example", "a @fabrikam.example",
            "a@fabrikam.example ", " a@fabrikam.example", "a@FABRIKAM.example", "а@fabrikam.example",
            "a\u{200b}@fabrikam.example", "a\u{ad}@fabrikam.example", "a@fabrikam\u{2024}example", "a_b@fabrikam.example",
            "a%b@fabrikam.example", "aXb@fabrikam.example",
        ];
        let distinct: BTreeSet<&str> = corpus.into_iter().collect();
        for (number, text) in distinct.iter().enumerate() {
            let id = Uuid::from_u128(u128::try_from(number).unwrap() + 1);
            add_as(&fixture.store, fixture.tenant, id, text).await.unwrap();
        }
        let mut snapshot = fixture.store.tenant(fixture.tenant).snapshot().await.unwrap();
        for (number, text) in distinct.iter().enumerate() {
            let found: Vec<Uuid> =
                snapshot.rows(&note::BY_TEXT, params![text: *text], |row| row.get(0)).await.unwrap();
            assert_eq!(found, [Uuid::from_u128(u128::try_from(number).unwrap() + 1)], "{text:?}");
        }
        // The order is that of the bytes, as Rust has it.
        let ordered: Vec<String> = snapshot.rows(&note::TEXTS, params![], |row| row.get(0)).await.unwrap();
        assert!(ordered.iter().map(String::as_str).eq(distinct.iter().copied()));
        // Of those that are addresses at all, only what differs in ASCII case or in the spelling of the domain
        // has the same key.
        let parsed: Vec<EmailAddress> = distinct.iter().filter_map(|text| EmailAddress::parse(text).ok()).collect();
        for a in &parsed {
            for b in &parsed {
                assert_eq!(a == b, a.key() == b.key());
                assert_eq!(a == b, a.as_str().eq_ignore_ascii_case(b.as_str()), "{a} {b}");
            }
        }
    }

    async fn sweeps_take_away_what_is_old_and_nothing_else(fixture) {
        let tenant = fixture.store.tenant(fixture.tenant);
        let limit = Limit::new("swept", 1000, SignedDuration::from_hours(1));
        for round in 0..2 {
            for n in 0..150 {
                tenant
                    .write((n, limit.clone(), fixture.rng), |mut tx: Tx, context| async move {
                        let id = note::insert(&mut tx, "x").await?;
                        tx.feed("note", kernel::ObjectId(id), store::Change::Created).await?;
                        context.1.count(&mut tx, context.2).await
                    })
                    .await
                    .unwrap();
                if n % 50 == 0 {
                    tenant.write(letter(fixture.rng), |mut tx: Tx, letter| async move { tx.post((*letter).clone()).await }).await.unwrap();
                }
            }
            if round == 0 {
                settle_all(&fixture.store, fixture.tenant).await;
                fixture.clock.advance(SignedDuration::from_hours(24 * 31));
            }
        }
        let number = number_of(&fixture.store, fixture.tenant).await;
        for sweep in Sweep::ALL {
            let mut calls = 1;
            while tenant.sweep(sweep).await.unwrap() {
                calls += 1;
                assert!(calls < 10, "{sweep:?}");
            }
            assert!(!tenant.sweep(sweep).await.unwrap());
        }
        assert_eq!(number_of(&fixture.store, fixture.tenant).await, number, "a sweep is no change");
        assert_eq!(count(&fixture.store, fixture.tenant, &FEED).await, 150);
        assert_eq!(count(&fixture.store, fixture.tenant, &EVENTS).await, 150);
        assert_eq!(count(&fixture.store, fixture.tenant, &OUTBOX).await, 3);
    }

    async fn a_claim_takes_the_oldest_and_no_more_than_it_is_asked_for(fixture) {
        let tenant = fixture.store.tenant(fixture.tenant);
        let mut posted = Vec::new();
        for _ in 0..20 {
            let post = |mut tx: Tx, letter: Arc<Letter>| async move { tx.post((*letter).clone()).await };
            posted.push(tenant.write(letter(fixture.rng), post).await.unwrap());
        }
        let mut claimed = Vec::new();
        for limit in [1_i64, 3, 8, 8, 8] {
            let some = tenant
                .write_unordered(limit, |mut tx: Tx, limit| async move {
                    let (now, lease_until) = (tx.now(), tx.now() + SignedDuration::from_secs(60));
                    let params = params![now: now, lease_until: lease_until, limit: *limit];
                    tx.rows(&outbox::CLAIM, params, outbox::claimed).await
                })
                .await
                .unwrap();
            assert_eq!(some.len(), usize::try_from(limit).unwrap().min(20 - claimed.len()));
            assert!(some.iter().all(|letter| letter.attempts == 0));
            claimed.extend(some.into_iter().map(|letter| letter.id));
            let (mut oldest, mut taken) = (posted[..claimed.len()].to_vec(), claimed.clone());
            oldest.sort();
            taken.sort();
            assert_eq!(taken, oldest);
        }
    }

    async fn a_job_is_held_by_one_node_until_its_lease_ends(fixture) {
        let tenant = fixture.store.tenant(fixture.tenant);
        let (a, b) = (Uuid::from_u128(10), Uuid::from_u128(11));
        let until = fixture.clock.now() + SignedDuration::from_secs(60);
        assert_eq!(tenant.claim_job("test", a, until).await.unwrap(), JobClaim::Taken);
        let held = tenant.claim_job("test", b, until).await.unwrap();
        assert_eq!(held, JobClaim::HeldUntil(Timestamp::from_microsecond(until.as_microsecond()).unwrap()));
        assert_eq!(tenant.claim_job("other", b, until).await.unwrap(), JobClaim::Taken);
        assert_eq!(fixture.store.tenant(fixture.other).claim_job("test", b, until).await.unwrap(), JobClaim::Taken);
        assert_eq!(tenant.claim_job("test", a, until).await.unwrap(), JobClaim::Taken, "it prolongs its own");
        fixture.clock.advance(SignedDuration::from_secs(61));
        assert_eq!(tenant.claim_job("test", b, until).await.unwrap(), JobClaim::Taken);
    }
}

store::statements! {
    FEED: tenant = "SELECT COUNT(*) FROM feed WHERE tenant_id = :tenant";
    SHARED_EVENTS: global = "SELECT COUNT(*) FROM shared_rate_event";
    EVENTS: tenant = "SELECT COUNT(*) FROM rate_event WHERE tenant_id = :tenant";
    OUTBOX: tenant = "SELECT COUNT(*) FROM outbox WHERE tenant_id = :tenant";
}

async fn count(store: &Store, tenant: TenantId, statement: &'static store::Statement) -> i64 {
    let mut snapshot = store.tenant(tenant).snapshot().await.unwrap();
    snapshot.row(statement, params![], |row| row.get(0)).await.unwrap().unwrap()
}

async fn take(store: &Store, tenant: TenantId, limit: &Limit) -> Option<u32> {
    let rng = store.rng();
    store
        .tenant(tenant)
        .write(
            (limit.clone(), rng),
            |mut tx: Tx, context| async move { context.0.take(&mut tx, context.1).await },
        )
        .await
        .unwrap()
}

fn letter(rng: kernel::Rng) -> Letter {
    Letter {
        id: OutboxId(rng.uuid()),
        kind: "test",
        to: EmailAddress::parse("a@b.example").unwrap(),
        language: Language::En,
        subject: rng.uuid(),
        cause: None,
        data: serde_json::json!({}),
    }
}

async fn settle_all(store: &Store, tenant: TenantId) {
    store
        .tenant(tenant)
        .write_unordered((), |mut tx: Tx, _| async move {
            let now = tx.now();
            let lease_until = now + SignedDuration::from_secs(60);
            let params = params![now: now, lease_until: lease_until, limit: 100];
            for letter in tx.rows(&outbox::CLAIM, params, outbox::claimed).await? {
                let params = params![id: letter.id, now: now, lease_until: lease_until, state: "sent", failure: None::<String>, answer: "250 taken"];
                assert_eq!(tx.execute(&outbox::SETTLE, params).await?, 1);
            }
            Ok(())
        })
        .await
        .unwrap();
}
