//! What the outbox promises, on both engines.

#![cfg(test)]

#[macro_use]
#[path = "../../store/tests/harness/mod.rs"]
mod harness;
mod post;

use delivery::{Mailbox, Undelivered};
use kernel::{EmailAddress, Error, OutboxId, Result, SignedDuration};
use post::{Recorder, kinds, letter, outbox, post, post_to, state};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{Migration, Tx, ledger, params};
use tokio_util::sync::CancellationToken;

const MIGRATIONS: &[Migration] = &[];

on_both_engines! {
    async fn a_message_that_fails_is_tried_again_and_then_leaves(fixture) {
        let recorder = Recorder::failing([Undelivered::Temporary("451 later".into())]);
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        assert_eq!(state(&fixture.store, fixture.tenant, id).await, ("waiting".into(), Some("451 later".into()), 1));
        outbox.flush().await.unwrap();
        assert_eq!(recorder.tries(), 1, "it is not due yet");
        fixture.clock.advance(SignedDuration::from_secs(37));
        outbox.flush().await.unwrap();
        assert_eq!(*recorder.sent.lock().unwrap(), [id]);
        assert_eq!(state(&fixture.store, fixture.tenant, id).await.0, "sent");
        fixture.clock.advance(SignedDuration::from_hours(100));
        outbox.flush().await.unwrap();
        assert_eq!(recorder.tries(), 2);
    }

    async fn a_message_that_is_refused_for_good_is_dead_with_the_reason(fixture) {
        let recorder = Recorder::failing([Undelivered::Permanent("550 no such mailbox".into())]);
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        let (state, failure, _) = state(&fixture.store, fixture.tenant, id).await;
        assert_eq!((state.as_str(), failure.as_deref()), ("dead", Some("550 no such mailbox")));
    }

    async fn a_bounce_suppresses_the_address_until_a_later_success(fixture) {
        let bounce = || Undelivered::Bounced("550 5.1.1 no such mailbox (relay:25, RCPT TO)".into());
        let recorder = Recorder::failing([bounce(), bounce()]);
        let outbox = outbox(&fixture.store, recorder.clone());
        let first = post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        let mut read = fixture.store.tenant(fixture.tenant).snapshot().await.unwrap();
        let guest = EmailAddress::parse("guest@FABRIKAM.example").unwrap();
        let suppression = ledger::find_suppression(&mut read, &guest).await.unwrap().unwrap();
        assert_eq!((suppression.bounces, suppression.reason.as_str()), (2, "550 5.1.1 no such mailbox (relay:25, RCPT TO)"));
        assert_eq!(suppression.address.as_str(), "Guest@fabrikam.example");
        assert_eq!(ledger::list_suppressions(&mut read, "", 10).await.unwrap(), [suppression]);
        let given_up = ledger::list_dead(&mut read, 10).await.unwrap();
        assert_eq!(given_up.len(), 2);
        drop(read);
        let mut read = fixture.store.tenant(fixture.other).snapshot().await.unwrap();
        assert_eq!(ledger::find_suppression(&mut read, &guest).await.unwrap(), None, "another tenant learns nothing");
        drop(read);
        // An administrator tries again; the mailbox is there now.
        let retry = |mut tx: Tx, id: std::sync::Arc<OutboxId>| async move { ledger::retry(&mut tx, *id).await };
        assert!(fixture.store.tenant(fixture.tenant).write(first, retry).await.unwrap());
        outbox.flush().await.unwrap();
        let mut read = fixture.store.tenant(fixture.tenant).snapshot().await.unwrap();
        assert_eq!(ledger::find_suppression(&mut read, &guest).await.unwrap(), None);
        let sent = ledger::find(&mut read, first).await.unwrap().unwrap();
        assert_eq!((sent.state.as_str(), sent.answer.as_deref(), sent.failure), ("sent", Some("250 taken"), None));
        let since = ledger::days_before(fixture.clock.now(), 30);
        let days = ledger::list_days(&mut read, since).await.unwrap();
        let counts: Vec<_> = days.iter().map(|day| (day.outcome.as_str(), day.count)).collect();
        assert_eq!(counts, [("bounced", 2), ("sent", 1)]);
        assert_eq!(ledger::list_durations(&mut read, since, 10).await.unwrap().len(), 1);
    }

    async fn a_domain_that_asks_to_wait_slows_only_itself(fixture) {
        let recorder = Recorder::deferring("slow.example");
        let outbox = outbox(&fixture.store, recorder.clone());
        let mut slow = Vec::new();
        for n in 0..30 {
            let to = if n % 3 == 0 { "quick.example" } else { "slow.example" };
            let id = post_to(&fixture.store, fixture.tenant, &format!("guest{n}@{to}")).await;
            if to == "slow.example" { slow.push(id) }
        }
        outbox.flush().await.unwrap();
        assert_eq!(recorder.count(), 10, "all that went to the quick domain");
        let tries = recorder.tries();
        assert!(tries <= 18, "those under way when the first answer came, not all twenty: {tries}");
        let mut untried = 0;
        for id in &slow {
            let (state, failure, attempts) = state(&fixture.store, fixture.tenant, *id).await;
            assert_eq!(state, "waiting");
            assert!(failure.unwrap().contains("451 4.7.1 later"));
            untried += usize::from(attempts == 0);
        }
        assert_eq!(untried, 30 - tries);
        // The pause is over: one goes first, is put off again, and no other is tried.
        fixture.clock.advance(SignedDuration::from_secs(61));
        outbox.flush().await.unwrap();
        assert_eq!(recorder.tries(), tries + 1);
        recorder.accept();
        fixture.clock.advance(SignedDuration::from_mins(30));
        for _ in 0..3 {
            outbox.flush().await.unwrap();
            fixture.clock.advance(SignedDuration::from_mins(1));
        }
        assert_eq!(recorder.count(), 30, "it recovers by itself");
    }

    async fn a_relay_that_does_not_answer_costs_no_try_and_is_asked_by_one_message(fixture) {
        let away = || Undelivered::Unreachable("no answer within 20 s (relay:25, connecting)".into());
        let recorder = Recorder::failing((0..8).map(|_| away()));
        let outbox = outbox(&fixture.store, recorder.clone());
        let mut posted = Vec::new();
        for _ in 0..20 {
            posted.push(post(&fixture.store, fixture.tenant, json!({})).await);
        }
        outbox.flush().await.unwrap();
        let tries = recorder.tries();
        assert!(tries <= 8, "{tries}");
        for _ in tries..8 {
            fixture.clock.advance(SignedDuration::from_mins(5));
            outbox.flush().await.unwrap();
        }
        assert_eq!(recorder.tries(), 8, "one at a time");
        for id in &posted {
            assert_eq!(state(&fixture.store, fixture.tenant, *id).await.2, 0);
        }
        fixture.clock.advance(SignedDuration::from_mins(5));
        for _ in 0..2 {
            outbox.flush().await.unwrap();
        }
        assert_eq!(recorder.count(), 20, "it recovers by itself");
    }

    async fn a_message_is_given_up_after_twelve_tries(fixture) {
        let recorder = Recorder::failing((0..20).map(|_| Undelivered::Temporary("refused".into())));
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        for _ in 0..20 {
            outbox.flush().await.unwrap();
            fixture.clock.advance(SignedDuration::from_hours(15));
        }
        assert_eq!(recorder.tries(), 12);
        let (state, failure, attempts) = state(&fixture.store, fixture.tenant, id).await;
        assert_eq!((state.as_str(), attempts), ("dead", 12));
        assert_eq!(failure.as_deref(), Some("given up after 12 tries: refused"));
    }

    async fn a_message_whose_reason_is_gone_is_dropped(fixture) {
        let recorder = Recorder::open();
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({"gone": 1})).await;
        outbox.flush().await.unwrap();
        let (state, failure, _) = state(&fixture.store, fixture.tenant, id).await;
        assert_eq!((state.as_str(), failure.as_deref()), ("dropped", Some("the invitation was withdrawn")));
        assert_eq!(recorder.tries(), 0);
    }

    async fn what_cannot_be_rendered_waits_and_holds_nothing_up(fixture) {
        let recorder = Recorder::open();
        let outbox = outbox(&fixture.store, recorder.clone());
        let fails = post(&fixture.store, fixture.tenant, json!({"fails": 1})).await;
        let panics = post(&fixture.store, fixture.tenant, json!({"panics": 1})).await;
        let unknown = letter(json!({}));
        let unknown = store::Letter { kind: "unknown", ..unknown };
        let unknown_id = unknown.id;
        fixture
            .store
            .tenant(fixture.tenant)
            .write(unknown, |mut tx: Tx, letter| async move { tx.post((*letter).clone()).await })
            .await
            .unwrap();
        let good = post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        for (id, reason) in [(fails, "the facts cannot be read"), (panics, "panicked"), (unknown_id, "unknown")] {
            let (state, failure, _) = state(&fixture.store, fixture.tenant, id).await;
            assert_eq!(state, "waiting");
            assert!(failure.as_deref().is_some_and(|failure| failure.contains(reason)), "{failure:?}");
        }
        assert_eq!(*recorder.sent.lock().unwrap(), [good]);
    }

    async fn nothing_leaves_that_was_not_committed(fixture) {
        let recorder = Recorder::open();
        let outbox = outbox(&fixture.store, recorder.clone());
        let outcome: Result<()> = fixture
            .store
            .tenant(fixture.tenant)
            .write(letter(json!({})), |mut tx: Tx, letter| async move {
                tx.post((*letter).clone()).await?;
                Err(Error::forbidden("no"))
            })
            .await;
        assert!(outcome.is_err());
        fixture.store.signals().faults().fail_commits(1);
        let outcome = fixture
            .store
            .tenant(fixture.tenant)
            .write(letter(json!({})), |mut tx: Tx, letter| async move { tx.post((*letter).clone()).await })
            .await;
        assert!(outcome.is_err());
        outbox.flush().await.unwrap();
        assert_eq!(recorder.tries(), 0);
    }

    async fn a_lease_that_a_dead_process_left_runs_out(fixture) {
        let recorder = Recorder::open();
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        claim_and_die(&fixture.store, fixture.tenant).await;
        outbox.flush().await.unwrap();
        assert_eq!(recorder.tries(), 0, "the lease holds");
        fixture.clock.advance(SignedDuration::from_secs(61));
        outbox.flush().await.unwrap();
        assert_eq!(*recorder.sent.lock().unwrap(), [id]);
        assert_eq!(state(&fixture.store, fixture.tenant, id).await.2, 2);
    }

    async fn the_only_process_need_not_wait_for_the_leases_of_its_former_life(fixture) {
        let recorder = Recorder::open();
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        claim_and_die(&fixture.store, fixture.tenant).await;
        outbox.recover().await.unwrap();
        outbox.flush().await.unwrap();
        assert_eq!(*recorder.sent.lock().unwrap(), [id]);
    }

    async fn loops_of_two_processes_send_each_message_once(fixture) {
        let recorder = Recorder::open();
        let second = fixture.open_again(harness::master()).await.unwrap();
        let stop = CancellationToken::new();
        let loops = [&fixture.store, &second].map(|store| {
            tokio::spawn(outbox(store, recorder.clone()).run(stop.clone()))
        });
        let mut posted = BTreeSet::new();
        for n in 0..40 {
            let (store, tenant) =
                if n % 2 == 0 { (&fixture.store, fixture.tenant) } else { (&second, fixture.other) };
            posted.insert(post(store, tenant, json!({})).await.0);
        }
        while recorder.count() < 40 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        outbox(&second, recorder.clone()).flush().await.unwrap();
        stop.cancel();
        for ended in loops {
            ended.await.unwrap();
        }
        assert_eq!(recorder.tries(), 40);
        let sent: BTreeSet<_> = recorder.sent.lock().unwrap().iter().map(|id| id.0).collect();
        assert_eq!(sent, posted);
        second.close().await;
    }

    async fn the_loop_wakes_with_the_commit_and_sends_eight_at_once(fixture) {
        let recorder = Recorder::with_gate(0);
        let stop = CancellationToken::new();
        let outbox = outbox(&fixture.store, recorder.clone());
        let ended = tokio::spawn(outbox.clone().run(stop.clone()));
        for n in 0..20 {
            post(&fixture.store, if n % 3 == 0 { fixture.other } else { fixture.tenant }, json!({})).await;
        }
        while recorder.tries() < 8 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(recorder.tries(), 8);
        let flushing = outbox.clone();
        let flushed = tokio::spawn(async move { flushing.flush().await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!flushed.is_finished(), "it waits for what is being sent");
        recorder.gate.add_permits(1000);
        flushed.await.unwrap().unwrap();
        assert_eq!(recorder.count(), 20);
        assert_eq!(recorder.most_at_once.load(Ordering::SeqCst), 8);
        stop.cancel();
        ended.await.unwrap();
    }

    async fn a_clock_that_leaps_during_a_send_does_not_send_it_twice(fixture) {
        let recorder = Recorder::with_gate(0);
        let outbox = outbox(&fixture.store, recorder.clone());
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        let first = outbox.clone();
        let first = tokio::spawn(async move { first.flush().await });
        while recorder.tries() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        fixture.clock.advance(SignedDuration::from_hours(24 * 7));
        let second = outbox.clone();
        let second = tokio::spawn(async move { second.flush().await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        recorder.gate.add_permits(1000);
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        assert_eq!(recorder.tries(), 1);
        assert_eq!(state(&fixture.store, fixture.tenant, id).await.0, "sent");
    }

    async fn the_mailbox_shows_each_message_once_and_keeps_it(fixture) {
        let directory = tempfile::tempdir().unwrap();
        let open = || Mailbox::open(directory.path(), fixture.clock.clone()).unwrap();
        let mailbox = open();
        let outbox = outbox(&fixture.store, std::sync::Arc::new(mailbox.clone()));
        let id = post(&fixture.store, fixture.tenant, json!({})).await;
        outbox.flush().await.unwrap();
        let all: serde_json::Value = serde_json::from_str(&mailbox.list_json(None).await.unwrap()).unwrap();
        let received = all[0]["receivedAt"].as_str().unwrap().to_owned();
        assert!(received.ends_with('Z'));
        assert_eq!(all, json!([{
            "id": id.to_string(), "tenantId": fixture.tenant.to_string(), "kind": "test",
            "to": ["Guest@fabrikam.example"], "cc": [], "from": "Contoso via Lodge <invitations@lodge.example>",
            "replyTo": "inviter@contoso.example", "language": "de", "subject": "Contoso lädt Sie ein",
            "text": "Open https://localhost:8443/redeem?tenant=a&ticket=b_- or type 0123-4567-89AB.",
            "html": "<p>Open <a href=\"https://localhost:8443/redeem?tenant=a&amp;ticket=b_-\">it</a></p>",
            "links": ["https://localhost:8443/redeem?tenant=a&ticket=b_-"], "code": "0123456789AB",
            "receivedAt": received,
        }]));
        // A process that died before it wrote down that it had sent: the message comes again.
        fixture.store.tenant(fixture.tenant).write_unordered(id, |mut tx: Tx, id| async move {
            tx.execute(&UNSETTLE, params![id: *id]).await
        }).await.unwrap();
        let mailbox = open();
        let outbox = post::outbox(&fixture.store, std::sync::Arc::new(mailbox.clone()));
        outbox.flush().await.unwrap();
        let second = post(&fixture.store, fixture.other, json!({})).await;
        outbox.flush().await.unwrap();
        let ids: Vec<_> = mailbox.list(None).await.unwrap().into_iter().map(|mail| mail.id).collect();
        assert_eq!(ids, [second.0, id.0], "newest first");
        assert_eq!(mailbox.list(Some("guest@FABRIKAM.example")).await.unwrap().len(), 2);
        assert!(mailbox.list(Some("other@fabrikam.example")).await.unwrap().is_empty());
        mailbox.empty().await.unwrap();
        assert!(mailbox.list(None).await.unwrap().is_empty());
        assert_eq!(open().list_json(None).await.unwrap(), "[]");
    }

    async fn a_kind_that_two_slices_claim_is_refused(fixture) {
        let twice = kinds().into_iter().chain(kinds()).collect();
        assert!(delivery::Outbox::new(fixture.store.clone(), twice, Recorder::open()).is_err());
    }
}

store::statements! {
    UNSETTLE: tenant = "UPDATE outbox SET state = 'waiting', settled_at = NULL, due_at = created_at
        WHERE tenant_id = :tenant AND id = :id";
}

async fn claim_and_die(store: &store::Store, tenant: kernel::TenantId) {
    use store::{Read, outbox};
    let claimed = store
        .tenant(tenant)
        .write_unordered((), |mut tx: Tx, _| async move {
            let now = tx.now();
            let lease_until = now + SignedDuration::from_secs(60);
            tx.rows(&outbox::CLAIM, params![now: now, lease_until: lease_until, limit: 8], outbox::claimed)
                .await
        })
        .await
        .unwrap();
    assert_eq!(claimed.len(), 1);
}
