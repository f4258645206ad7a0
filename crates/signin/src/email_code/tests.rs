//! Codes against a real store of each engine.

use super::store::{self, Binding};
use super::{
    CodeOutcome, LIFETIME, MOST_TRIES, PER_ADDRESS, PER_ADDRESS_AND_NETWORK, PROOF_LIFETIME, Purpose,
};
use super::{Request, Requested, digits, proven_at, take};
use crate::session::Browser;
use crate::testing::{Home, House, address, on_each_engine, stranger};
use kernel::{Language, Rng, SignedDuration};
use uuid::Uuid;

const SUBJECT: Uuid = Uuid::from_u128(7);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn request(browser: &Browser, exists: bool) -> Request {
    Request {
        browser: browser.clone(),
        purpose: Purpose::Accept,
        subject: SUBJECT,
        address: address("lea@fabrikam.example"),
        language: Language::En,
        exists,
    }
}

async fn ask(house: &House, home: &Home, network: &str, request: Request) -> Requested {
    house.codes.request(home.id, &stranger(home.id, network), request).await.unwrap()
}

async fn enter(house: &House, home: &Home, browser: &Browser, digits: &str) -> CodeOutcome {
    let act = stranger(home.id, "203.0.113.1");
    house.codes.check(home.id, &act, browser, Purpose::Accept, SUBJECT, digits).await.unwrap()
}

/// Digits that are not these.
fn other_than(digits: &str) -> String {
    let number: u64 = digits.parse().unwrap();
    format!("{:08}", (number + 1) % 100_000_000)
}

fn name(outcome: &CodeOutcome) -> String {
    match outcome {
        CodeOutcome::Proven { .. } => "proven".to_owned(),
        CodeOutcome::Wrong { left } => format!("wrong {left}"),
        CodeOutcome::Spent => "spent".to_owned(),
        CodeOutcome::Expired => "expired".to_owned(),
        CodeOutcome::None => "none".to_owned(),
    }
}

#[tokio::test]
async fn the_mailed_digits_prove_once_and_renew_the_browser() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        assert_eq!(digits.len(), 8);
        let grouped = format!("{} {}", &digits[..4], &digits[4..]);
        let CodeOutcome::Proven { browser: renewed } = enter(&house, &contoso, &browser, &grouped).await
        else {
            panic!("the digits are right");
        };
        assert_ne!(renewed.digest(), browser.digest());
        let mut snapshot = contoso.store().snapshot().await.unwrap();
        let proven = |browser: Browser, purpose| (browser, purpose);
        for ((browser, purpose), expected) in [
            (proven(renewed.clone(), Purpose::Accept), true),
            (proven(renewed.clone(), Purpose::Decline), false),
            (proven(browser.clone(), Purpose::Accept), false),
        ] {
            let at = proven_at(&mut snapshot, &browser, purpose, SUBJECT).await.unwrap();
            assert_eq!(at.is_some(), expected);
        }
        drop(snapshot);
        assert_eq!(name(&enter(&house, &contoso, &browser, &digits).await), "none");
        assert_eq!(name(&enter(&house, &contoso, &renewed, &digits).await), "spent");
        assert_eq!(contoso.activities().await, ["Generate one time password", "Verify one time password"]);
    })
    .await;
}

#[tokio::test]
async fn a_proof_serves_once_and_for_a_day() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        let CodeOutcome::Proven { browser } = enter(&house, &contoso, &browser, &digits).await else {
            panic!()
        };
        let use_up = || async {
            let browser = browser.clone();
            contoso
                .store()
                .write_unordered(browser, |mut tx, browser| async move {
                    take(&mut tx, &browser, Purpose::Accept, SUBJECT).await
                })
                .await
                .unwrap()
        };
        house.advance(PROOF_LIFETIME);
        assert!(!use_up().await);
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        let CodeOutcome::Proven { browser: renewed } = enter(&house, &contoso, &browser, &digits).await
        else {
            panic!()
        };
        let takes = (0..20).map(|_| {
            let (store, browser) = (contoso.store(), renewed.clone());
            tokio::spawn(async move {
                let run = |mut tx, browser: std::sync::Arc<Browser>| async move {
                    take(&mut tx, &browser, Purpose::Accept, SUBJECT).await
                };
                store.write_unordered(browser, run).await.unwrap()
            })
        });
        let mut won = 0;
        for taken in takes.collect::<Vec<_>>() {
            won += u32::from(taken.await.unwrap());
        }
        assert_eq!(won, 1);
    })
    .await;
}

#[tokio::test]
async fn five_wrong_tries_spend_a_code_also_when_they_come_at_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        let wrong = other_than(&digits);
        for left in ["wrong 4", "wrong 3", "wrong 2", "wrong 1", "spent"] {
            assert_eq!(name(&enter(&house, &contoso, &browser, &wrong).await), left);
        }
        assert_eq!(name(&enter(&house, &contoso, &browser, &digits).await), "spent");

        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let burst = (0..40).map(|_| {
            let (house, contoso, browser, wrong) =
                (house.clone(), contoso.clone(), browser.clone(), "00000000".to_owned());
            tokio::spawn(async move { enter(&house, &contoso, &browser, &wrong).await })
        });
        let mut tried = 0;
        for outcome in burst.collect::<Vec<_>>() {
            tried += u32::from(matches!(outcome.await.unwrap(), CodeOutcome::Wrong { .. }));
        }
        assert_eq!(tried, MOST_TRIES - 1);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_until_the_second_it_ends() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        house.advance(LIFETIME - SECOND);
        assert!(matches!(enter(&house, &contoso, &browser, "1").await, CodeOutcome::Wrong { left: 4 }));
        house.advance(SECOND);
        assert_eq!(name(&enter(&house, &contoso, &browser, &digits).await), "expired");
        let mail = contoso.waiting_mail().await;
        assert!(mail.iter().all(|(_, message)| message.is_none()), "an expired code is not mailed");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_bound_to_its_browser_its_purpose_and_its_subject() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (browser, other) = (Browser::fresh(Rng::system()), Browser::fresh(Rng::system()));
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let digits = contoso.newest_code().await;
        let act = stranger(contoso.id, "203.0.113.1");
        for (browser, purpose, subject) in [
            (&other, Purpose::Accept, SUBJECT),
            (&browser, Purpose::Decline, SUBJECT),
            (&browser, Purpose::SignIn, SUBJECT),
            (&browser, Purpose::Accept, Uuid::from_u128(8)),
        ] {
            let outcome =
                house.codes.check(contoso.id, &act, browser, purpose, subject, &digits).await.unwrap();
            assert_eq!(name(&outcome), "none");
        }
        assert_eq!(name(&enter(&house, &contoso, &browser, &digits).await), "proven");
    })
    .await;
}

#[tokio::test]
async fn a_newer_code_ends_an_older_one_and_its_mail() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let older = contoso.newest_code().await;
        house.advance(SECOND);
        ask(&house, &contoso, "203.0.113.1", request(&browser, true)).await;
        let mail = contoso.waiting_mail().await;
        assert_eq!(mail.iter().map(|(_, message)| message.is_some()).collect::<Vec<_>>(), [false, true]);
        assert_eq!(name(&enter(&house, &contoso, &browser, &older).await), "wrong 4");
        let newer = contoso.newest_code().await;
        assert_eq!(name(&enter(&house, &contoso, &browser, &newer).await), "proven");
    })
    .await;
}

#[tokio::test]
async fn codes_are_limited_narrowly_for_a_network_and_widely_for_an_address() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let asked = |network: String| {
            let (house, contoso) = (house.clone(), contoso.clone());
            async move {
                let browser = Browser::fresh(Rng::system());
                ask(&house, &contoso, &network, request(&browser, true)).await.wait
            }
        };
        for number in 0..PER_ADDRESS_AND_NETWORK {
            assert_eq!(asked(format!("203.0.113.{number}")).await, None);
        }
        let wait = asked("203.0.113.99".to_owned()).await.unwrap();
        assert!((3590..=3601).contains(&wait), "{wait}");
        for network in 0..(PER_ADDRESS / PER_ADDRESS_AND_NETWORK - 1) {
            for _ in 0..PER_ADDRESS_AND_NETWORK {
                assert_eq!(asked(format!("2001:db8:0:{network}::1")).await, None);
            }
        }
        assert!(asked("198.51.100.1".to_owned()).await.is_some());
        house.advance(SignedDuration::from_hours(1) + SECOND);
        assert_eq!(asked("203.0.113.1".to_owned()).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_code_for_nobody_is_limited_and_refused_alike_and_mailed_nowhere() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let mut stories = Vec::new();
        for exists in [true, false] {
            let browser = Browser::fresh(Rng::system());
            let mut story = Vec::new();
            let mut wish = request(&browser, exists);
            wish.address = address(if exists { "lea@fabrikam.example" } else { "nobody@fabrikam.example" });
            for _ in 0..=PER_ADDRESS_AND_NETWORK {
                let requested = ask(&house, &contoso, "203.0.113.1", wish.clone()).await;
                story.push(format!("{} {}", requested.sent_at.is_some(), requested.wait.is_some()));
            }
            for _ in 0..=MOST_TRIES {
                story.push(name(&enter(&house, &contoso, &browser, "1").await));
            }
            stories.push(story);
        }
        assert_eq!(stories[0], stories[1]);
        let mail = contoso.waiting_mail().await;
        assert!(mail.iter().all(|(to, _)| to.as_str() == "lea@fabrikam.example"));
    })
    .await;
}

#[tokio::test]
async fn even_the_derived_digits_of_a_code_for_nobody_prove_nothing() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        ask(&house, &contoso, "203.0.113.1", request(&browser, false)).await;
        let binding = Binding { browser: browser.digest(), purpose: Purpose::Accept, subject: SUBJECT };
        let code =
            store::find(&mut contoso.store().snapshot().await.unwrap(), binding).await.unwrap().unwrap();
        let digits = digits::digits(&contoso.store().keys().await.unwrap(), code.id);
        assert_eq!(name(&enter(&house, &contoso, &browser, &digits).await), "wrong 4");
    })
    .await;
}

#[tokio::test]
async fn the_mail_says_the_digits_in_both_parts_and_goes_to_the_stored_address() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let browser = Browser::fresh(Rng::system());
        let mut wish = request(&browser, true);
        wish.address = address("Lea.Martin@Fabrikam.Example");
        ask(&house, &contoso, "203.0.113.1", wish).await;
        let (to, message) = contoso.waiting_mail().await.remove(0);
        let message = message.unwrap();
        let code = message.code.clone().unwrap();
        assert_eq!(
            to.as_str(),
            "Lea.Martin@Fabrikam.Example".replace("Fabrikam.Example", "fabrikam.example")
        );
        assert!(message.text.contains(&code) && message.html.contains(&code));
        assert!(!message.subject.contains(&code) && message.subject.contains("contoso"));
    })
    .await;
}
