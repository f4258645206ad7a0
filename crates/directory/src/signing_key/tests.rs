use super::*;
use crate::testing::{House, act, on_each_engine};
use kernel::TenantId;

async fn kids(house: &House, tenant: TenantId) -> Vec<String> {
    house.keys.published(tenant).await.unwrap().into_iter().map(|key| key.kid).collect()
}

#[tokio::test]
async fn a_tenant_has_two_keys_of_its_own_and_every_node_the_same() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let fabrikam = house.tenant("fabrikam").await;
        let both = tokio::join!(house.keys.provision(contoso.id), house.keys.provision(contoso.id));
        assert!(both.0.is_ok() && both.1.is_ok());
        let published = kids(&house, contoso.id).await;
        assert_eq!(published.len(), 2);
        assert_eq!(house.keys.active(contoso.id).await.unwrap().kid(), published[0]);
        assert_eq!(kids(&house.another_node(), contoso.id).await, published);
        for kid in kids(&house, fabrikam.id).await {
            assert!(house.keys.verifier(contoso.id, &kid).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_rotation_holds_on_every_node_and_keeps_the_old_key_for_its_tokens() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let node = house.another_node();
        let before = kids(&house, contoso.id).await;
        assert_eq!(kids(&node, contoso.id).await, before);
        let token = house.keys.active(contoso.id).await.unwrap().sign(b"{}").unwrap();

        house.keys.rotate(contoso.id, act()).await.unwrap();
        let after = kids(&node, contoso.id).await;
        assert_eq!(after.len(), 3);
        assert_eq!((&after[0], &after[2]), (&before[1], &before[0]));
        let old = node.keys.verifier(contoso.id, &before[0]).await.unwrap().unwrap();
        assert!(old.verify(&token).is_ok());
        assert_eq!(contoso.activities().await, ["Rotate token signing key"]);

        house.advance(RETIREMENT_HOURS + 1);
        assert_eq!(kids(&node, contoso.id).await, after[..2]);
        assert!(node.keys.verifier(contoso.id, &before[0]).await.unwrap().is_none());
        node.keys.rotate_when_due(contoso.id).await.unwrap();
        assert_eq!(kids(&house.another_node(), contoso.id).await, after[..2]);
    })
    .await;
}

#[tokio::test]
async fn the_job_rotates_when_a_key_has_signed_long_enough() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        let before = kids(&house, contoso.id).await;
        house.advance(24 * ROTATION_DAYS - 1);
        house.keys.rotate_when_due(contoso.id).await.unwrap();
        assert_eq!(kids(&house, contoso.id).await, before);
        house.advance(2);
        let node = house.another_node();
        let both =
            tokio::join!(house.keys.rotate_when_due(contoso.id), node.keys.rotate_when_due(contoso.id));
        assert!(both.0.is_ok() && both.1.is_ok());
        assert_eq!(kids(&house, contoso.id).await.len(), 3, "two nodes rotate once");
        assert_eq!(house.keys.active(contoso.id).await.unwrap().kid(), before[1]);
    })
    .await;
}
