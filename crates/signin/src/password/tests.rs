//! Passwords against a real store of each engine.

use super::{PAUSE, Verified, WRONG_MOST};
use crate::testing::{Home, House, PASSWORD, on_each_engine, secret, stranger};
use kernel::SignedDuration;

async fn try_password(house: &House, home: &Home, network: &str, name: &str, password: &str) -> Verified {
    let act = stranger(home.id, network);
    house.passwords.verify(home.id, &act, name, secret(password)).await.unwrap()
}

#[tokio::test]
async fn the_right_password_is_known_by_user_name_in_any_case() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        for name in ["admin@contoso.example", "ADMIN@Contoso.Example"] {
            let verified = try_password(&house, &contoso, "203.0.113.1", name, PASSWORD).await;
            assert_eq!(verified, Verified::Right(Box::new(admin.clone())));
        }
        let other = house.tenant("fabrikam").await;
        let elsewhere = try_password(&house, &other, "203.0.113.1", "admin@contoso.example", PASSWORD).await;
        assert_eq!(elsewhere, Verified::Wrong);
    })
    .await;
}

#[tokio::test]
async fn ten_wrong_ones_pause_this_user_for_this_network_alone() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        contoso.member("other").await;
        let attempt = |network: &'static str, name: &'static str, password: &'static str| {
            let (house, contoso) = (house.clone(), contoso.clone());
            async move { try_password(&house, &contoso, network, name, password).await }
        };
        let admin = "admin@contoso.example";
        for _ in 1..WRONG_MOST {
            assert_eq!(attempt("203.0.113.1", admin, "wrong").await, Verified::Wrong);
        }
        assert!(matches!(attempt("203.0.113.1", admin, "wrong").await, Verified::Paused { .. }));
        // Neither the right one nor another address of the same network helps.
        assert!(matches!(attempt("203.0.113.200", admin, PASSWORD).await, Verified::Paused { .. }));
        assert!(matches!(
            attempt("203.0.113.1", "other@contoso.example", PASSWORD).await,
            Verified::Right(_)
        ));
        assert!(matches!(attempt("198.51.100.1", admin, PASSWORD).await, Verified::Right(_)));
        house.advance(PAUSE - SignedDuration::from_secs(5));
        assert!(matches!(attempt("203.0.113.1", admin, PASSWORD).await, Verified::Paused { seconds: 1..=6 }));
        house.advance(SignedDuration::from_secs(6));
        assert!(matches!(attempt("203.0.113.1", admin, PASSWORD).await, Verified::Right(_)));
    })
    .await;
}

#[tokio::test]
async fn a_name_nobody_has_is_answered_and_paused_alike_and_only_the_log_knows() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        contoso.code_guest("sofia@adatum.example").await;
        let mut answers = Vec::new();
        for name in ["admin@contoso.example", "nobody@contoso.example", "sofia@adatum.example"] {
            let mut of_name = Vec::new();
            for _ in 0..WRONG_MOST {
                let answer = try_password(&house, &contoso, "203.0.113.1", name, "wrong").await;
                of_name.push(matches!(answer, Verified::Paused { .. }));
            }
            answers.push(of_name);
        }
        assert!(answers.iter().all(|of_name| *of_name == answers[0]));
        let log = contoso.sign_in_log().await;
        assert_eq!(log.iter().filter(|code| **code == 50126).count(), 10);
        assert_eq!(log.iter().filter(|code| **code == 50034).count(), 20);
    })
    .await;
}

#[tokio::test]
async fn a_burst_of_guesses_is_tried_no_more_often_than_one_by_one() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        contoso.member("admin").await;
        let guesses = (0..30).map(|_| {
            let (house, contoso) = (house.clone(), contoso.clone());
            tokio::spawn(async move {
                try_password(&house, &contoso, "203.0.113.1", "admin@contoso.example", "wrong").await
            })
        });
        let mut tried = 0;
        for guess in guesses.collect::<Vec<_>>() {
            tried += u32::from(guess.await.unwrap() == Verified::Wrong);
        }
        assert_eq!(tried, WRONG_MOST - 1);
        assert_eq!(contoso.sign_in_log().await.len(), 10);
    })
    .await;
}
