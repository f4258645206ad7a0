//! Sessions against a real store of each engine.

use super::{Browser, LONGEST, Proof};
use crate::testing::{Home, House, PASSWORD, browser_of, on_each_engine, origin};
use directory::user::User;
use kernel::{Rng, SignedDuration};
use web::Sessions;

async fn signed_in(house: &House, home: &Home, user: &User) -> Browser {
    let browser = Browser::fresh(Rng::system());
    let proof = Proof::password(&origin(), home.id, user.id);
    house.sessions.sign_in(home.id, &browser, user.id, proof).await.unwrap().1
}

async fn count(house: &House, home: &Home, browser: &Browser) -> usize {
    house.sessions.current(home.id, browser).await.unwrap().len()
}

#[tokio::test]
async fn a_cookie_planted_before_the_proof_holds_nothing_after_it() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let planted = Browser::fresh(Rng::system());
        let mut victim = house.person("203.0.113.1");
        victim.with_cookie(&cookie(&planted));
        assert_eq!(victim.password(&contoso, "admin@contoso.example", PASSWORD).await.status, 303);
        assert_eq!(count(&house, &contoso, &planted).await, 0);
        let theirs = victim.browser().unwrap();
        assert_eq!(house.sessions.current(contoso.id, &theirs).await.unwrap()[0].user.id, admin.id);
    })
    .await;
}

#[tokio::test]
async fn a_cookie_noted_while_another_is_signed_in_holds_nothing_after_the_next_proof() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        contoso.member("victim").await;
        fabrikam.member("attacker").await;
        let mut kiosk = house.person("203.0.113.1");
        kiosk.password(&fabrikam, "attacker@fabrikam.example", PASSWORD).await;
        let noted = kiosk.cookie().unwrap().to_owned();
        kiosk.password(&contoso, "victim@contoso.example", PASSWORD).await;
        let noted = browser_of(&noted).unwrap().at(contoso.id).at(fabrikam.id);
        assert_eq!(house.sessions.everywhere(&noted).await.unwrap(), []);
        // The accounts of the browser itself have moved along, in both tenants.
        assert_eq!(house.sessions.everywhere(&kiosk.browser().unwrap()).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_session_dies_at_once_with_its_user() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let changes: [fn(&mut User, kernel::Timestamp); 3] = [
            |user, _| user.account_enabled = false,
            |user, now| user.deleted_at = Some(now),
            |user, now| user.sessions_valid_from = now,
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let user = contoso.member(&format!("user{number}")).await;
            let browser = signed_in(&house, &contoso, &user).await;
            assert_eq!(count(&house, &contoso, &browser).await, 1);
            contoso.change(user.id, change).await;
            assert_eq!(count(&house, &contoso, &browser).await, 0, "change {number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_guests_session_dies_with_the_account_at_home() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let lea = fabrikam.member("lea").await;
        let guest = contoso.home_guest(&fabrikam, &lea).await;
        let browser = signed_in(&house, &fabrikam, &lea).await;
        let at_home = house.sessions.current(fabrikam.id, &browser).await.unwrap().remove(0);
        let proof = Proof::home(&origin(), &at_home);
        let (_, browser) = house.sessions.sign_in(contoso.id, &browser, guest.id, proof).await.unwrap();
        assert_eq!(count(&house, &contoso, &browser).await, 1);
        fabrikam.change(lea.id, |user, _| user.account_enabled = false).await;
        assert_eq!(count(&house, &contoso, &browser).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_session_begins_for_nobody_it_is_not_bound_to() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let pending = contoso.pending("lea@adatum.example").await;
        let guest = contoso.code_guest("sofia@adatum.example").await;
        let off = contoso.member("off").await;
        contoso.change(off.id, |user, _| user.account_enabled = false).await;
        let stranger = fabrikam.member("stranger").await;
        let browser = signed_in(&house, &fabrikam, &stranger).await;
        let at_home = house.sessions.current(fabrikam.id, &browser).await.unwrap().remove(0);
        let code = |mail: &str| Proof::email_code(&crate::testing::address(mail));
        let attempts = [
            (pending.id, code("lea@adatum.example")),
            (pending.id, Proof::password(&origin(), contoso.id, pending.id)),
            (pending.id, Proof::home(&origin(), &at_home)),
            (guest.id, code("other@adatum.example")),
            (guest.id, Proof::password(&origin(), contoso.id, guest.id)),
            (guest.id, Proof::home(&origin(), &at_home)),
            (off.id, Proof::password(&origin(), contoso.id, off.id)),
        ];
        for (user, proof) in attempts {
            let refused = house.sessions.sign_in(contoso.id, &browser, user, proof.clone()).await;
            assert!(refused.is_err_and(|error| error.refusal().is_some()), "{proof:?}");
        }
        assert_eq!(count(&house, &contoso, &browser).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_idle_session_ends_after_a_day_and_a_used_one_after_a_month() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (one, other) = (contoso.member("one").await, contoso.member("other").await);
        let (idle, used) =
            (signed_in(&house, &contoso, &one).await, signed_in(&house, &contoso, &other).await);
        let step = SignedDuration::from_hours(20);
        let mut passed = step;
        while passed < LONGEST {
            house.advance(step);
            assert_eq!(count(&house, &contoso, &used).await, 1, "after {passed}");
            passed += step;
        }
        assert_eq!(count(&house, &contoso, &idle).await, 0);
        house.advance(step);
        assert_eq!(count(&house, &contoso, &used).await, 0);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_one_account_and_signing_out_of_all_ends_all() {
    on_each_engine(|house| async move {
        let (contoso, fabrikam) = (house.tenant("contoso").await, house.tenant("fabrikam").await);
        let (one, other) = (contoso.member("one").await, fabrikam.member("other").await);
        let browser = signed_in(&house, &contoso, &one).await;
        let proof = Proof::password(&origin(), fabrikam.id, other.id);
        let (_, browser) = house.sessions.sign_in(fabrikam.id, &browser, other.id, proof).await.unwrap();
        assert_eq!(browser.tenants(), [fabrikam.id, contoso.id]);
        let first = house.sessions.current(fabrikam.id, &browser).await.unwrap().remove(0);
        house.sessions.end(&browser, &first).await.unwrap();
        assert_eq!(house.sessions.everywhere(&browser).await.unwrap().len(), 1);
        house.sessions.end_all(&browser).await.unwrap();
        assert_eq!(house.sessions.everywhere(&browser).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_account_chosen_last_is_the_one_pages_see() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let (one, other) = (contoso.member("one").await, contoso.member("other").await);
        let browser = signed_in(&house, &contoso, &one).await;
        house.advance(SignedDuration::from_secs(1));
        let proof = Proof::password(&origin(), contoso.id, other.id);
        let (_, browser) = house.sessions.sign_in(contoso.id, &browser, other.id, proof).await.unwrap();
        house.advance(SignedDuration::from_secs(1));
        let current = house.sessions.current(contoso.id, &browser).await.unwrap();
        assert_eq!(current.iter().map(|one| one.user.id).collect::<Vec<_>>(), [other.id, one.id]);
        let browser = house.sessions.choose(&browser, &current[1]).await.unwrap();
        let cookies = cookies(&browser);
        let visitor = house.sessions.visitor(&cookies, contoso.id).await.unwrap().unwrap();
        assert_eq!(visitor.user, one.id);
        assert_eq!(visitor.address, "one@contoso.example");
    })
    .await;
}

fn cookie(browser: &Browser) -> String {
    let header = browser.cookie().header(&origin()).unwrap().to_str().unwrap().to_owned();
    header.split(';').next().unwrap().split_once('=').unwrap().1.to_owned()
}

fn cookies(browser: &Browser) -> web::Cookies {
    let pair = format!("__Host-{}={}", Browser::COOKIE, cookie(browser)).parse().unwrap();
    web::Cookies::of(&http::HeaderMap::from_iter([(http::header::COOKIE, pair)]), &origin())
}
