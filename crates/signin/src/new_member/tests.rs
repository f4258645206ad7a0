//! Stories of making members on both engines.

use super::{NewMember, NewMemberService, UNVERIFIED_DOMAIN};
use crate::password::{self, Verified};
use crate::testing::{on_each_engine, stranger};
use directory::role::Role;
use kernel::{Act, CorrelationId, EmailAddress, Rng};

fn act() -> Act {
    Act::system("test", CorrelationId(Rng::system().uuid()))
}

fn new(name: &str) -> NewMember {
    NewMember { name: EmailAddress::parse(name).unwrap(), display_name: "Eva Lang".into(), mail: None }
}

#[tokio::test]
async fn a_member_begins_with_a_password_that_is_good_for_one_sign_in() {
    on_each_engine(|house| async move {
        let home = house.tenant("contoso").await;
        let service = NewMemberService::new(house.platform.clone(), house.passwords.clone());
        let name = format!("eva@{}", home.tenant.initial_domain);
        let made = service.create(home.id, act(), &[Role::UserAdministrator], new(&name)).await.unwrap();
        assert_eq!(made.user.user_principal_name, name);
        assert_eq!(made.password.expose().len(), 19);
        let verified = house
            .passwords
            .verify(home.id, &stranger(home.id, "203.0.113.9"), &name, made.password.clone())
            .await
            .unwrap();
        assert!(matches!(verified, Verified::Right(_)));
        let mut snapshot = house.platform.tenant(home.id).snapshot().await.unwrap();
        assert!(password::is_one_time(&mut snapshot, made.user.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_outside_address_and_a_reader_are_refused_by_name_of_the_rule() {
    on_each_engine(|house| async move {
        let home = house.tenant("contoso").await;
        let service = NewMemberService::new(house.platform.clone(), house.passwords.clone());
        let outside = service
            .create(home.id, act(), &[Role::GlobalAdministrator], new("lea@outside.example"))
            .await
            .err()
            .unwrap();
        let refusal = outside.refusal().unwrap();
        assert_eq!(refusal.rule, UNVERIFIED_DOMAIN);
        assert_eq!(refusal.sentence, "outside.example is not a verified domain name in this directory.");
        let name = format!("eva@{}", home.tenant.initial_domain);
        let reader = service.create(home.id, act(), &[Role::GlobalReader], new(&name)).await;
        assert_eq!(reader.err().unwrap().refusal().unwrap().rule.0, "user.create");
    })
    .await;
}
