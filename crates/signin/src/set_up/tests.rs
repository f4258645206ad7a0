//! The set-up link, from the command line to the account page.

use super::{LIFETIME, create_link, set_up_url};
use crate::password;
use crate::testing::{Home, on_each_engine, origin};
use directory::user::User;
use kernel::{Rng, SignedDuration};

const CHOSEN: &str = "Wide-river-42";

async fn link(home: &Home, user: &User) -> String {
    let user = user.id;
    let token = home
        .store()
        .write((), move |mut tx, _| async move { create_link(&mut tx, Rng::system(), user).await })
        .await
        .unwrap();
    let url = set_up_url(&origin(), home.id, &token);
    url.strip_prefix(origin().as_str()).unwrap().to_owned()
}

fn page(path: &str) -> &str {
    path.split('?').next().unwrap()
}

#[tokio::test]
async fn the_first_administrator_chooses_a_password_and_arrives_signed_in() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let path = link(&contoso, &admin).await;
        let mut person = house.person("203.0.113.1");
        let shown = person.get(&path).await;
        assert!(shown.status == 200 && shown.has("admin@contoso.example"));
        let both = [("password", CHOSEN), ("password_again", CHOSEN)];
        let done = person.submit(page(&path), &both).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/account/{}", contoso.id)));
        let home = person.get(done.location()).await;
        assert!(home.status == 200 && home.has("admin@contoso.example"));
        assert_eq!(person.get(&path).await.status, 410);
        let mut again = house.person("203.0.113.1");
        assert_eq!(again.password(&contoso, "admin@contoso.example", CHOSEN).await.status, 303);
        assert!(contoso.activities().await.contains(&"Reset password".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn weak_and_unequal_passwords_are_refused_and_the_link_still_works() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let path = link(&contoso, &admin).await;
        let mut person = house.person("203.0.113.1");
        person.get(&path).await;
        for (first, second) in [("Ab1", "Ab1"), ("My-Admin-99", "My-Admin-99"), (CHOSEN, "Wide-river-43")] {
            let refused =
                person.submit(page(&path), &[("password", first), ("password_again", second)]).await;
            assert!(refused.status == 200 && refused.has("aria-invalid"), "{first}");
        }
        let done = person.submit(page(&path), &[("password", CHOSEN), ("password_again", CHOSEN)]).await;
        assert_eq!(done.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_until_its_second_and_only_the_newest() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let older = link(&contoso, &admin).await;
        let newer = link(&contoso, &admin).await;
        let mut person = house.person("203.0.113.1");
        assert_eq!(person.get(&older).await.status, 410);
        let second = SignedDuration::from_secs(1);
        house.advance(LIFETIME - second);
        assert_eq!(person.get(&newer).await.status, 200);
        house.advance(second);
        assert_eq!(person.get(&newer).await.status, 410);
        let other = house.tenant("fabrikam").await;
        let path = link(&contoso, &admin).await;
        let moved = path.replace(&contoso.id.to_string(), &other.id.to_string());
        assert_eq!(person.get(&moved).await.status, 410);
        assert_eq!(person.get(&path.replace("token=", "token=A")).await.status, 410);
        assert_eq!(person.get(page(&path)).await.status, 410);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_use_a_link_at_once_one_sets_the_password() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let path = link(&contoso, &admin).await;
        let uses = (0..8).map(|number| {
            let (mut person, path) = (house.person("203.0.113.1"), path.clone());
            tokio::spawn(async move {
                let chosen = format!("Wide-river-{number}0");
                person.get(&path).await;
                let fields = [("password", chosen.as_str()), ("password_again", chosen.as_str())];
                person.submit(page(&path), &fields).await.status
            })
        });
        let mut won = 0;
        for used in uses.collect::<Vec<_>>() {
            won += u32::from(used.await.unwrap() == 303);
        }
        assert_eq!(won, 1);
    })
    .await;
}

#[tokio::test]
async fn the_database_does_not_hold_the_token() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let admin = contoso.member("admin").await;
        let path = link(&contoso, &admin).await;
        let token = path.split("token=").nth(1).unwrap().as_bytes().to_vec();
        let digest: [u8; 32] = token[..32].try_into().unwrap();
        let mut snapshot = contoso.store().snapshot().await.unwrap();
        assert_eq!(super::store::find_live(&mut snapshot, digest).await.unwrap(), None);
        assert!(password::has(&mut snapshot, admin.id).await.unwrap());
    })
    .await;
}
