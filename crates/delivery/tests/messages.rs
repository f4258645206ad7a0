//! What messages between tenants promise, on both engines.

#![cfg(test)]

#[macro_use]
#[path = "../../store/tests/harness/mod.rs"]
mod harness;

use delivery::{MessageKind, Messages};
use futures_util::FutureExt;
use harness::Fixture;
use kernel::{Error, Result, SignedDuration};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::{Migration, Read, TenantMessage, Told, Tx};

const MIGRATIONS: &[Migration] = &[];

type Heard = Arc<Mutex<Vec<(String, kernel::TenantId)>>>;

/// Takes messages of one kind and answers the n-th as it is told.
fn kind(kind: &'static str, heard: &Heard, answer: fn(usize) -> Result<()>) -> MessageKind {
    let (heard, calls) = (heard.clone(), Arc::new(AtomicUsize::new(0)));
    let apply = move |tx: Tx, told: Arc<Told>| {
        let heard = heard.clone();
        let call = calls.fetch_add(1, Ordering::SeqCst);
        async move {
            answer(call)?;
            heard.lock().unwrap().push((told.data["text"].as_str().unwrap().to_owned(), tx.tenant()));
            Ok(())
        }
        .boxed()
    };
    MessageKind { kind, apply: Arc::new(apply) }
}

async fn tell(fixture: &Fixture, kind: &'static str, text: &str, fails: bool) {
    let message =
        TenantMessage { id: fixture.rng.uuid(), to: fixture.other, kind, data: json!({"text": text}) };
    let told = fixture
        .store
        .tenant(fixture.tenant)
        .write((message, fails), |mut tx: Tx, context| async move {
            tx.tell(context.0.clone()).await?;
            if context.1 { Err(Error::forbidden("on purpose")) } else { Ok(()) }
        })
        .await;
    assert_eq!(told.is_err(), fails);
}

on_both_engines! {
    async fn a_message_of_a_write_that_failed_is_never_told(fixture) {
        let heard = Heard::default();
        let messages = Messages::new(fixture.store.clone(), vec![kind("test", &heard, |_| Ok(()))]).unwrap();
        tell(&fixture, "test", "lost", true).await;
        tell(&fixture, "test", "kept", false).await;
        messages.carry_due().await.unwrap();
        messages.carry_due().await.unwrap();
        assert_eq!(*heard.lock().unwrap(), [("kept".to_owned(), fixture.other)]);
    }

    async fn a_message_that_is_not_taken_comes_again_and_holds_up_no_other(fixture) {
        let heard = Heard::default();
        let stubborn = |call| match call {
            0 => Err(Error::unavailable("not now")),
            1 => panic!("on purpose"),
            _ => Ok(()),
        };
        let kinds = vec![kind("stubborn", &heard, stubborn), kind("test", &heard, |_| Ok(()))];
        let messages = Messages::new(fixture.store.clone(), kinds).unwrap();
        tell(&fixture, "stubborn", "first", false).await;
        tell(&fixture, "test", "second", false).await;
        messages.carry_due().await.unwrap();
        assert_eq!(*heard.lock().unwrap(), [("second".to_owned(), fixture.other)]);
        for _ in 0..2 {
            fixture.clock.advance(SignedDuration::from_secs(5));
            messages.carry_due().await.unwrap();
        }
        assert_eq!(heard.lock().unwrap().last().unwrap().0, "first");
        assert!(fixture.store.messages_due().await.unwrap().is_empty());
    }

    async fn a_message_that_nobody_takes_is_given_up_after_a_week(fixture) {
        let messages = Messages::new(fixture.store.clone(), Vec::new()).unwrap();
        tell(&fixture, "unknown", "lost", false).await;
        messages.carry_due().await.unwrap();
        fixture.clock.advance(SignedDuration::from_hours(6 * 24));
        assert_eq!(fixture.store.messages_due().await.unwrap().len(), 1);
        messages.carry_due().await.unwrap();
        fixture.clock.advance(SignedDuration::from_hours(2 * 24));
        messages.carry_due().await.unwrap();
        fixture.clock.advance(SignedDuration::from_hours(2 * 24));
        assert!(fixture.store.messages_due().await.unwrap().is_empty());
    }

    async fn a_kind_given_twice_is_refused(fixture) {
        let heard = Heard::default();
        let twice = || kind("test", &heard, |_| Ok(()));
        assert!(Messages::new(fixture.store.clone(), vec![twice(), twice()]).is_err());
    }
}
