use super::*;
use crate::testing::{act, on_each_engine};
use std::sync::Arc;

#[tokio::test]
async fn a_member_is_added_once() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let ana = contoso.member("ana").await;
        let rng = house.rng();
        let group = Group { id: GroupId(rng.uuid()), display_name: "Project".into() };
        let make = move |mut tx, context: Arc<(Group, kernel::ObjectId)>| async move {
            let (group, member) = &*context;
            insert(&mut tx, rng, &act(), group).await?;
            add_member(&mut tx, rng, &act(), group, *member).await?;
            add_member(&mut tx, rng, &act(), group, *member).await
        };
        contoso.store().write((group, ana.id.into()), make).await.unwrap();
        let mut recorded = contoso.activities().await;
        recorded.sort_unstable();
        assert_eq!(recorded, ["Add group", "Add member to group", "Add user"]);
    })
    .await;
}
