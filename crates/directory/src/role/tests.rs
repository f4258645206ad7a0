use super::*;
use crate::testing::on_each_engine;

#[tokio::test]
async fn a_role_is_assigned_once_within_its_tenant() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let ana = contoso.member("ana").await;
        contoso.assign(&ana, Role::GuestInviter).await;
        contoso.assign(&ana, Role::GuestInviter).await;
        contoso.assign(&ana, Role::GlobalReader).await;
        let mut read = contoso.read().await;
        let roles = list_of(&mut read, ana.id).await.unwrap();
        assert_eq!(roles, [Role::GuestInviter, Role::GlobalReader]);
        assert_eq!(holders(&mut read, Role::GuestInviter).await.unwrap(), [ana.id]);
        assert!(holders(&mut read, Role::GlobalAdministrator).await.unwrap().is_empty());
        assert!(list_of(&mut fabrikam.read().await, ana.id).await.unwrap().is_empty());
        let recorded = contoso.activities().await;
        assert_eq!(recorded.iter().filter(|activity| *activity == "Add member to role").count(), 2);
    })
    .await;
}

#[test]
fn names_and_templates_are_unique() {
    for role in Role::ALL {
        assert_eq!(Role::named(role.display_name()), Some(role));
        assert_eq!(Role::of_template(role.template_id()), Some(role));
    }
    assert_eq!(Role::named("global administrator"), None);
}
