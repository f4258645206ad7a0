//! Redemption as a browser without scripts goes through it, and as those do who should not get in.

use crate::testing::{
    Answer, Home, House, PASSWORD, Person, address, on_each_engine, on_each_engine_copied, origin, stranger,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use collaboration::invitation::{self, InvitationService, Invite, Rights, link};
use directory::application::{self, NewApplication};
use directory::user::{self, User, UserType};
use kernel::{Act, Actor, AppId, ApplicationId, CorrelationId, InvitationId, Rng, SignedDuration, UserId};
use std::collections::HashMap;

const FILES: &str = "https://files.example/teams/falcon?view=all";

/// An invitation as a mail carries it, by its link's path.
struct Invited {
    path: String,
    user: UserId,
    id: InvitationId,
}

async fn invite(house: &House, contoso: &Home, mail: &str, redirect_url: &str) -> Invited {
    let actor = Actor::Application {
        id: ApplicationId(Rng::system().uuid()),
        app_id: AppId(Rng::system().uuid()),
        display_name: "Automation".to_owned(),
    };
    let invite = Invite {
        address: address(mail),
        display_name: None,
        redirect_url: redirect_url.to_owned(),
        user_type: UserType::Guest,
        send_mail: false,
        message: None,
        language: None,
        copy_to: None,
        sponsors: Vec::new(),
        rights: Rights::Application { may_write_users: true },
    };
    let act = Act::new(actor, CorrelationId(Rng::system().uuid()));
    let invited =
        InvitationService::new(house.platform.clone()).invite(contoso.id, act, invite).await.unwrap();
    let path = invited.redeem_url.strip_prefix(origin().as_str()).unwrap().to_owned();
    Invited { path, user: invited.user, id: invited.invitation.id }
}

async fn guest(contoso: &Home, invited: &Invited) -> User {
    let mut snapshot = contoso.store().snapshot().await.unwrap();
    user::find(&mut snapshot, invited.user).await.unwrap().unwrap()
}

async fn register(house: &House, contoso: &Home, redirect_uri: &str) {
    let new = NewApplication {
        id: ApplicationId(Rng::system().uuid()),
        app_id: AppId(Rng::system().uuid()),
        display_name: "Falcon".to_owned(),
        is_public: false,
        redirect_uris: vec![redirect_uri.to_owned()],
        spa_redirect_uris: Vec::new(),
        public_client_redirect_uris: Vec::new(),
        identifier_uris: Vec::new(),
        secrets: Vec::new(),
    };
    let act = stranger(contoso.id, "127.0.0.1");
    let rng = house.platform.rng();
    contoso
        .store()
        .write((new, act), move |mut tx, context| async move {
            let (new, act) = &*context;
            application::insert(&mut tx, rng, act, &origin(), new).await
        })
        .await
        .unwrap();
}

/// From the link to the page that asks for the proof.
async fn go_on(person: &mut Person, path: &str) -> Answer {
    let landing = person.get(path).await;
    assert_eq!(landing.status, 200, "{}", landing.html);
    let on = person.submit("/redeem", &[("do", "continue")]).await;
    assert_eq!(on.status, 303);
    person.get(on.location()).await
}

/// From the link to the consent page, by the mailed code.
async fn prove_by_code(person: &mut Person, contoso: &Home, path: &str) -> Answer {
    let find = go_on(person, path).await;
    assert!(find.has("value=\"send_code\""), "{}", find.html);
    let asked = person.submit("/redeem/proof", &[("do", "send_code")]).await;
    assert_eq!(asked.status, 200, "{}", asked.html);
    let digits = contoso.newest_code().await;
    let right = person.submit("/redeem/code", &[("do", "verify"), ("code", &digits)]).await;
    assert_eq!(right.status, 303, "{}", right.html);
    person.get(right.location()).await
}

fn is_sealed_off(answer: &Answer) {
    let header = |name: &str| answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("default-src 'none'"));
    assert!(!answer.has("<script"));
}

/// Whether an attribute of the page holds this address.
fn names(answer: &Answer, address: &str) -> bool {
    answer.html.replace("&#x2f;", "/").contains(address)
}

fn policy(answer: &Answer) -> String {
    answer.headers.get("content-security-policy").unwrap().to_str().unwrap().to_owned()
}

async fn count(contoso: &Home, activity: &str) -> usize {
    contoso.activities().await.iter().filter(|known| *known == activity).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_comes_in_by_a_mailed_code_and_is_told_where_they_are_led() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let mut sofia = house.person("203.0.113.1");
        let landing = sofia.get(&invited.path).await;
        is_sealed_off(&landing);
        assert!(landing.has("sofia@adatum.example") && landing.has("contoso"));
        let consent = prove_by_code(&mut sofia, &contoso, &invited.path).await;
        is_sealed_off(&consent);
        assert!(consent.has("\"do\" value=\"accept\"") && consent.has("\"do\" value=\"decline\""));
        assert!(policy(&consent).contains("form-action 'self';"), "{}", policy(&consent));
        assert!(guest(&contoso, &invited).await.is_pending());

        let accepted = sofia.submit("/redeem/consent", &[("do", "accept")]).await;
        is_sealed_off(&accepted);
        assert_eq!(accepted.status, 303, "{}", accepted.html);
        assert!(accepted.location().starts_with("/redeem/onward?"), "{}", accepted.location());
        let leaving = sofia.get(accepted.location()).await;
        assert_eq!(leaving.status, 200);
        assert!(leaving.has("files.example") && leaving.has("view=all"), "{}", leaving.html);

        let guest = guest(&contoso, &invited).await;
        assert!(!guest.is_pending());
        let identity = &guest.identities[0];
        assert_eq!((identity.provider.as_str(), identity.issuer.as_str()), ("mail", "mail"));
        assert_eq!(count(&contoso, "Redeem external user invite").await, 1);
        assert_eq!(contoso.sign_in_log().await, [0]);
        let account = sofia.get(&format!("/account/{}", contoso.id)).await;
        assert_eq!(account.status, 200, "{}", account.location());

        // The link has done its work; a code session lasts a day.
        let used = sofia.get(&invited.path).await;
        assert_eq!(used.status, 410);
        assert!(names(&used, &format!("/account/{}", contoso.id)));
        house.advance(SignedDuration::from_hours(24));
        let account = sofia.get(&format!("/account/{}", contoso.id)).await;
        assert_eq!(account.status, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_account_is_the_only_proof_of_its_address_and_a_wrong_one_is_named() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let ann = fabrikam.member("ann").await;
        fabrikam.member("bob").await;
        register(&house, &contoso, FILES).await;
        let invited = invite(&house, &contoso, "ann@fabrikam.example", FILES).await;
        let mut person = house.person("203.0.113.1");
        let find = go_on(&mut person, &invited.path).await;
        assert!(find.has("value=\"sign_in\"") && !find.has("value=\"send_code\""));
        // A code that is asked for all the same is not sent.
        person.submit("/redeem/proof", &[("do", "send_code")]).await;
        assert!(contoso.waiting_mail().await.is_empty());
        let proof = person.submit("/redeem/proof", &[("do", "sign_in")]).await;
        let sign_in = proof.location().to_owned();
        assert!(sign_in.starts_with(&format!("/account/{}/sign-in?", fabrikam.id)), "{sign_in}");

        person.password(&fabrikam, "bob@fabrikam.example", PASSWORD).await;
        let wrong = go_on(&mut person, &invited.path).await;
        assert!(wrong.has("ann@fabrikam.example") && wrong.has("bob@fabrikam.example"));
        let switch = person.submit("/redeem/proof", &[("do", "switch")]).await;
        let page = person.get(switch.location()).await;
        assert!(page.has("type=\"password\"") && page.has("ann@fabrikam.example"), "{}", page.html);
        let base = format!("/account/{}/sign-in/password", fabrikam.id);
        let fields = [("username", "ann@fabrikam.example"), ("password", PASSWORD)];
        let back = person.submit(&base, &fields).await;
        assert!(back.location().starts_with("/redeem/proof?"), "{}", back.location());
        let consent = person.get(back.location()).await;
        assert!(consent.has("\"do\" value=\"accept\""), "{}", consent.html);
        assert!(consent.has(&ann.id.to_string()[32..]));
        assert!(policy(&consent).contains("form-action 'self' https://files.example;"));
        let accepted = person.submit("/redeem/consent", &[("do", "accept")]).await;
        assert_eq!((accepted.status, accepted.location()), (303, FILES));

        let guest = guest(&contoso, &invited).await;
        assert_eq!(guest.identities[0].issuer, format!("{}/{}/v2.0", origin(), fabrikam.id));
        assert_eq!(guest.identities[0].subject, ann.id.to_string());
        // A new link of somebody who belongs leads to sign-in, and on.
        let again = invite(&house, &contoso, "ann@fabrikam.example", FILES).await;
        let member = person.get(&again.path).await;
        assert_eq!(member.status, 200);
        assert!(names(&member, "/redeem/onward?"));
        let onward = again.path.replace("/redeem?", "/redeem/onward?");
        assert_eq!(person.get(&onward).await.location(), FILES);
        let mut elsewhere = house.person("198.51.100.1");
        let asked = elsewhere.get(&onward).await;
        assert!(asked.location().starts_with(&format!("/account/{}/sign-in?", contoso.id)));
        assert_eq!(count(&contoso, "Redeem external user invite").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_genuine_has_one_answer_and_what_is_dead_says_why() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let mut person = house.person("203.0.113.1");
        assert_eq!(person.get("/redeem").await.status, 200);
        assert_eq!(person.get("/redeem?tenant=x&user=y").await.status, 200);
        let ticket = invited.path.split("ticket=").nth(1).unwrap().split('&').next().unwrap();
        let nobody = "00000000-0000-0000-0000-000000000001";
        let strange = [
            invited.path.replace(ticket, &ticket.to_lowercase()),
            invited.path.replace(ticket, &ticket[1..]),
            invited.path.replace(ticket, ""),
            invited.path.replace(ticket, "%FF"),
            invited.path.clone() + "&ticket=b",
            invited.path.replace(&contoso.id.to_string(), nobody),
            invited.path.replace(&contoso.id.to_string(), &fabrikam.id.to_string()),
            invited.path.replace(&invited.id.to_string(), nobody),
            invited.path.replace(&invited.id.to_string(), "x"),
            format!("/redeem?ticket={ticket}"),
        ];
        let mut answers: Vec<String> = Vec::new();
        for path in &strange {
            let answer = person.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            is_sealed_off(&answer);
            answers.push(answer.html);
        }
        assert!(answers.iter().all(|html| html == &answers[0]));

        let second = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let replaced = person.get(&invited.path).await;
        assert_eq!(replaced.status, 410);
        assert!(replaced.has("value=\"send_new\""));
        assert!(!replaced.has("sofia@adatum.example") && replaced.has("s•••a@adatum.example"));
        let sent = person.submit("/redeem", &[("do", "send_new")]).await;
        assert_eq!(sent.status, 200);
        for _ in 0..5 {
            person.get(&invited.path).await;
            assert_eq!(person.submit("/redeem", &[("do", "send_new")]).await.html, sent.html);
        }
        assert_eq!(person.get(&second.path).await.status, 200);

        contoso.change(second.user, |user, _| user.account_enabled = false).await;
        let blocked = person.get(&second.path).await;
        assert_eq!(blocked.status, 410);
        assert!(!blocked.has("send_new") && blocked.has("contoso"));
        contoso.change(second.user, |user, _| user.account_enabled = true).await;
        contoso.change(second.user, |user, now| user.deleted_at = Some(now)).await;
        assert_eq!(person.get(&second.path).await.status, 410);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robot_that_opens_and_sends_everything_leaves_the_ticket_good() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let proof = invited.path.replace("/redeem?", "/redeem/proof?");
        let before = (contoso.activities().await.len(), guest(&contoso, &invited).await);
        let mut reader = house.person("203.0.113.1");
        for path in [&invited.path, &proof, &(proof.clone() + "&purpose=decline")] {
            reader.get(path).await;
            reader.head(path).await;
        }
        let query = invited.path.split_once('?').unwrap().1;
        let carried: HashMap<String, String> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let wishes = [
            ("/redeem", "continue"),
            ("/redeem", "decline"),
            ("/redeem", "not_me"),
            ("/redeem", "back"),
            ("/redeem/proof", "sign_in"),
            ("/redeem/proof", "switch"),
            ("/redeem/code", "verify"),
            ("/redeem/consent", "accept"),
            ("/redeem/consent", "decline"),
            ("/redeem/decline", "decline"),
        ];
        // Without the page's token: refused at the door.
        let mut script = house.person("203.0.113.2");
        let more = [("/redeem", "report"), ("/redeem", "send_new"), ("/redeem/proof", "send_code")];
        for (action, wish) in wishes.iter().chain(&more) {
            let mut fields: Vec<(&str, &str)> =
                carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            fields.push(("do", wish));
            assert_eq!(script.submit(action, &fields).await.status, 403, "{action} {wish}");
        }
        // With it, but without a proof: nothing is answered.
        for purpose in ["accept", "decline"] {
            for (action, wish) in wishes {
                reader.get(&invited.path).await;
                let fields = [("do", wish), ("code", "12345678"), ("purpose", purpose)];
                let answer = reader.submit(action, &fields).await;
                assert!(answer.status < 400, "{action} {wish}: {}", answer.status);
            }
        }
        assert_eq!((contoso.activities().await.len(), guest(&contoso, &invited).await), before);
        // A report and a code tell somebody, and change no state.
        for (action, wish) in more {
            reader.get(&invited.path).await;
            reader.submit(action, &[("do", wish)]).await;
        }
        assert_eq!(guest(&contoso, &invited).await, before.1);
        assert_eq!(reader.get(&invited.path).await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn declining_asks_for_the_proof_and_then_ends_the_invitation() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let mut sofia = house.person("203.0.113.1");
        sofia.get(&invited.path).await;
        let on = sofia.submit("/redeem", &[("do", "decline")]).await;
        let find = sofia.get(on.location()).await;
        assert!(find.has("value=\"send_code\""));
        sofia.submit("/redeem/proof", &[("do", "send_code")]).await;
        let digits = contoso.newest_code().await;
        let right = sofia.submit("/redeem/code", &[("do", "verify"), ("code", &digits)]).await;
        let confirm = sofia.get(right.location()).await;
        assert!(names(&confirm, "action=\"/redeem/decline\""), "{}", confirm.html);
        // A code asked for to decline does not accept.
        let accept = right.location().replace("purpose=decline", "purpose=accept");
        let consent = sofia.get(&accept).await;
        assert!(!consent.has("\"do\" value=\"accept\"") && consent.has("value=\"send_code\""));
        sofia.get(right.location()).await;
        let declined = sofia.submit("/redeem/decline", &[("do", "decline")]).await;
        assert_eq!(declined.status, 200);
        assert_eq!(sofia.get(&invited.path).await.status, 410);
        assert_eq!(count(&contoso, "Decline external user invite").await, 1);
        assert!(guest(&contoso, &invited).await.is_pending());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_a_stranger_does_with_the_link_before_the_guest_survives() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        // A stranger who has the link asks for a code, which goes to the guest alone.
        let mut mallory = house.person("198.51.100.1");
        go_on(&mut mallory, &invited.path).await;
        mallory.submit("/redeem/proof", &[("do", "send_code")]).await;
        let of_mallory = contoso.newest_code().await;
        house.advance(SignedDuration::from_secs(2));
        // The guest's own code is of the guest's browser; the stranger's is of the stranger's.
        let mut sofia = house.person("203.0.113.1");
        go_on(&mut sofia, &invited.path).await;
        sofia.submit("/redeem/proof", &[("do", "send_code")]).await;
        let of_sofia = contoso.newest_code().await;
        let wrong = mallory.submit("/redeem/code", &[("do", "verify"), ("code", &of_sofia)]).await;
        assert_eq!(wrong.status, 200);
        let wrong = sofia.submit("/redeem/code", &[("do", "verify"), ("code", &of_mallory)]).await;
        assert_eq!(wrong.status, 200);
        let right = sofia.submit("/redeem/code", &[("do", "verify"), ("code", &of_sofia)]).await;
        assert_eq!(right.status, 303);
        // What the guest has proven is of no use in another browser, nor is the cookie of before the proof.
        mallory.get(right.location()).await;
        let refused = mallory.submit("/redeem/consent", &[("do", "accept")]).await;
        assert!(refused.has("value=\"send_code\""));
        assert!(guest(&contoso, &invited).await.is_pending());
        sofia.get(right.location()).await;
        let accepted = sofia.submit("/redeem/consent", &[("do", "accept")]).await;
        assert_eq!(accepted.status, 303);
        // Even the right code comes too late for the stranger.
        let late = mallory.submit("/redeem/code", &[("do", "verify"), ("code", &of_mallory)]).await;
        assert_eq!(late.status, 410);
        let account = mallory.get(&format!("/account/{}", contoso.id)).await;
        assert_eq!(account.status, 303);
        assert_eq!(guest(&contoso, &invited).await.identities.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_between_proof_and_accept_is_judged_at_the_accept() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let mut sofia = house.person("203.0.113.1");
        prove_by_code(&mut sofia, &contoso, &invited.path).await;
        contoso.change(invited.user, |user, _| user.account_enabled = false).await;
        assert_eq!(sofia.submit("/redeem/consent", &[("do", "accept")]).await.status, 410);
        contoso.change(invited.user, |user, _| user.account_enabled = true).await;
        // A newer link ends the proof with the older one.
        let second = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        sofia.get(&invited.path).await;
        let consent = go_on(&mut sofia, &second.path).await;
        assert!(consent.has("value=\"send_code\""), "{}", consent.html);

        // Meanwhile Fabrikam gets a user of that address: the code no longer proves it.
        let invited = invite(&house, &contoso, "ann@fabrikam.example", FILES).await;
        let mut ann = house.person("203.0.113.9");
        prove_by_code(&mut ann, &contoso, &invited.path).await;
        fabrikam.member("ann").await;
        let refused = ann.submit("/redeem/consent", &[("do", "accept")]).await;
        assert!(refused.has("value=\"sign_in\""), "{}", refused.html);
        // A home account that is switched off gets nobody in.
        ann.password(&fabrikam, "ann@fabrikam.example", PASSWORD).await;
        let consent = go_on(&mut ann, &invited.path).await;
        assert!(consent.has("\"do\" value=\"accept\""), "{}", consent.html);
        let home = fabrikam.user("ann").await;
        fabrikam.change(home.id, |user, _| user.account_enabled = false).await;
        let refused = ann.submit("/redeem/consent", &[("do", "accept")]).await;
        assert!(refused.has("value=\"sign_in\"") || refused.status == 403, "{}", refused.html);
        assert!(guest(&contoso, &invited).await.is_pending());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_windows_with_one_proof_one_accepts() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let mut sofia = house.person("203.0.113.1");
        prove_by_code(&mut sofia, &contoso, &invited.path).await;
        let cookie = sofia.cookie().unwrap().to_owned();
        let proof = invited.path.replace("/redeem?", "/redeem/proof?");
        let mut windows = Vec::new();
        for _ in 0..40 {
            let mut window = house.person("203.0.113.1");
            window.with_cookie(&cookie);
            assert!(window.get(&proof).await.has("\"do\" value=\"accept\""));
            windows.push(window);
        }
        let accept = |mut window: Person| async move {
            let answer = window.submit("/redeem/consent", &[("do", "accept")]).await;
            (answer.status, answer.html)
        };
        let answers: Vec<_> = windows.into_iter().map(|window| tokio::spawn(accept(window))).collect();
        let mut accepted = 0;
        for answer in answers {
            match answer.await.unwrap() {
                (303, _) => accepted += 1,
                (status, html) => assert_eq!(status, 410, "{html}"),
            }
        }
        assert_eq!(accepted, 1);
        assert_eq!(count(&contoso, "Redeem external user invite").await, 1);
        assert_eq!(contoso.sign_in_log().await, [0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_an_inviter_can_write_leads_away_without_a_warning() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        register(&house, &contoso, "https://files.example/callback").await;
        let own = origin();
        let corpus = [
            "//evil.example".to_owned(),
            "https:evil.example".to_owned(),
            "https://files.example\\@evil.example/".to_owned(),
            "https://files.example@evil.example/callback".to_owned(),
            "https://files.example.evil.example/callback".to_owned(),
            "https://files.example/callback.evil".to_owned(),
            "https://files.example/callback#x".to_owned(),
            "https://files.example/callback?x=y".to_owned(),
            "https://files.example/%63allback/../x".to_owned(),
            "https://files.example:8443/callback".to_owned(),
            "http://files.example/callback".to_owned(),
            "https://files。example.evil.example/callback".to_owned(),
            "javascript:alert(1)".to_owned(),
            "data:text/html,x".to_owned(),
            "https://evil.example/".to_owned(),
            format!("{own}.evil.example/account/x"),
            format!("{own}@evil.example/account/x"),
            format!("{own}/{}/oauth2/v2.0/authorize?redirect_uri=https://evil.example", contoso.id),
        ];
        for (number, url) in corpus.iter().enumerate() {
            let invited = invite(&house, &contoso, &format!("g{number}@adatum.example"), url).await;
            let mut person = house.person("203.0.113.1");
            prove_by_code(&mut person, &contoso, &invited.path).await;
            let accepted = person.submit("/redeem/consent", &[("do", "accept")]).await;
            assert_eq!(accepted.status, 303, "{url}: {}", accepted.html);
            let location = accepted.location().to_owned();
            assert!(location.starts_with("/redeem/onward?"), "{url}: {location}");
            let onward = person.get(&location).await;
            let is_warned =
                onward.status == 200 && !onward.has("href=\"javascript") && !onward.has("href=\"data");
            let is_at_home = onward.location() == format!("/account/{}", contoso.id);
            assert!(is_warned || is_at_home, "{url}: {} {}", onward.status, onward.location());
            house.advance(SignedDuration::from_hours(2));
        }
        for (number, url) in
            ["https://files.example/callback", &format!("{own}/account/{}", contoso.id)].iter().enumerate()
        {
            let invited = invite(&house, &contoso, &format!("h{number}@adatum.example"), url).await;
            let mut person = house.person("203.0.113.1");
            prove_by_code(&mut person, &contoso, &invited.path).await;
            let accepted = person.submit("/redeem/consent", &[("do", "accept")]).await;
            assert_eq!(accepted.location(), *url);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_code_leads_to_the_page_of_the_link_and_wrong_ones_are_limited_by_network() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let keys = contoso.store().keys().await.unwrap();
        let mut snapshot = contoso.store().snapshot().await.unwrap();
        let found = invitation::find(&mut snapshot, invited.id).await.unwrap().unwrap();
        drop(snapshot);
        let code = link::hyphenated(&link::typed_code(&keys, found.id, found.generation));
        let mut person = house.person("203.0.113.1");
        person.get("/redeem").await;
        let opened = person.submit("/redeem", &[("do", "open"), ("code", &code)]).await;
        assert_eq!(opened.status, 303);
        assert_eq!(opened.location(), format!("{}{}", origin(), invited.path));
        for _ in 0..20 {
            person.get("/redeem").await;
            let unknown = person.submit("/redeem", &[("do", "open"), ("code", "AAAA-BBBB-CCCC")]).await;
            assert_eq!(unknown.status, 200);
        }
        person.get("/redeem").await;
        let limited = person.submit("/redeem", &[("do", "open"), ("code", &code)]).await;
        assert_eq!(limited.status, 429);
        assert!(limited.headers.contains_key("retry-after"));
        // The link works all the same, and so does the code from elsewhere.
        assert_eq!(person.get(&invited.path).await.status, 200);
        let mut elsewhere = house.person("198.51.100.1");
        elsewhere.get("/redeem").await;
        let opened = elsewhere.submit("/redeem", &[("do", "open"), ("code", &code)]).await;
        assert_eq!(opened.status, 303);
        house.advance(SignedDuration::from_hours(1));
        person.get("/redeem").await;
        assert_eq!(person.submit("/redeem", &[("do", "open"), ("code", &code)]).await.status, 303);
    })
    .await;
}

/// Security lesson 10: whoever copied the database cannot come in with what stands in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_database_redeems_nothing() {
    on_each_engine_copied(|house, dump| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let link = url::Url::parse(&format!("{}{}", origin(), invited.path)).unwrap();
        let ticket = link.query_pairs().find(|(name, _)| name == "ticket").unwrap().1.into_owned();
        let keys = contoso.store().keys().await.unwrap();
        let typed = link::typed_code(&keys, invited.id, 1);
        let mut sofia = house.person("203.0.113.1");
        go_on(&mut sofia, &invited.path).await;
        sofia.submit("/redeem/proof", &[("do", "send_code")]).await;
        let digits = contoso.newest_code().await;
        let mut signed_in = house.person("203.0.113.2");
        contoso.member("ana").await;
        signed_in.password(&contoso, "ana@contoso.example", PASSWORD).await;
        let copied = dump.take().await;
        assert!(copied.holds(b"sofia@adatum.example"), "the copy is none");
        let raw = URL_SAFE_NO_PAD.decode(&ticket).unwrap();
        for (name, secret) in [
            ("ticket", ticket.as_bytes()),
            ("bytes of the ticket", &raw),
            ("typed code", typed.as_bytes()),
            ("mailed code", digits.as_bytes()),
            ("session of who waits for a code", sofia.cookie().unwrap().as_bytes()),
            ("session", signed_in.cookie().unwrap().as_bytes()),
            ("password", PASSWORD.as_bytes()),
        ] {
            assert!(!copied.holds(secret), "the copy holds the {name}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_header_of_a_request_changes_a_byte_of_a_mail_or_a_link() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let invited = invite(&house, &contoso, "sofia@adatum.example", FILES).await;
        let claims = [
            ("x-real-ip", "203.0.113.77"),
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example;proto=http"),
            ("x-forwarded-proto", "http"),
            ("x-original-url", "//evil.example"),
        ];
        let mut seen: Vec<Vec<String>> = Vec::new();
        for (number, (name, value)) in claims.into_iter().enumerate() {
            let network = format!("198.51.{number}.1");
            let mut person = house.person(&network).claiming(name, value);
            let landing = person.get(&invited.path).await;
            assert!(!landing.has("evil.example"), "{name}");
            person.submit("/redeem", &[("do", "send_new")]).await;
            go_on(&mut person, &invited.path).await;
            let code = person.submit("/redeem/proof", &[("do", "send_code")]).await;
            assert!(!code.has("evil.example"), "{name}");
            let mail = contoso.waiting_mail().await;
            house.advance(SignedDuration::from_hours(1));
            assert!(!mail.is_empty());
            let mut parts = Vec::new();
            for message in mail.into_iter().filter_map(|(_, message)| message) {
                let digits = message.code.clone().unwrap_or_default();
                let whole =
                    format!("{} {} {} {:?}", message.subject, message.text, message.html, message.reply_to);
                assert!(!whole.contains("evil.example"), "{name}");
                if digits.len() == 8 {
                    parts.push(whole.replace(&digits, "DIGITS").replace(&spaced(&digits), "DIGITS"));
                }
            }
            parts.sort();
            parts.dedup();
            seen.push(parts);
        }
        assert!(seen.iter().all(|parts| parts == &seen[0]));
        assert!(seen[0].len() == 1);
    })
    .await;
}

/// Digits in two groups, as a mail shows them.
fn spaced(digits: &str) -> String {
    format!("{} {}", &digits[..4], &digits[4..])
}
