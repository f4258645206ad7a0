//! Tenants over their life: their status, the end of one that was deleted, and the seal on their keys.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;
mod rows;

use harness::master;
use kernel::SignedDuration;
use note::{MIGRATIONS, add, texts};
use rows::all_rows;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{MasterKey, MasterKeys, Read, Store, TenantStatus, Tx};

async fn change(store: &Store, tenant: kernel::TenantId, from: TenantStatus, to: TenantStatus) -> bool {
    let change = move |mut tx: Tx, _| async move { tx.change_status(from, to).await };
    store.tenant(tenant).write((), change).await.unwrap()
}

on_both_engines! {
    async fn a_status_changes_only_from_what_it_is_and_every_node_sees_it(fixture) {
        let node = fixture.open_again(master()).await.unwrap();
        let status = || async { node.tenant(fixture.tenant).snapshot().await.unwrap().versions().await.unwrap().status };
        assert_eq!(status().await, TenantStatus::Active);
        assert!(!change(&fixture.store, fixture.tenant, TenantStatus::Disabled, TenantStatus::Active).await);
        assert!(change(&fixture.store, fixture.tenant, TenantStatus::Active, TenantStatus::Disabled).await);
        assert_eq!(status().await, TenantStatus::Disabled);
        assert_eq!(node.global().tenants().await.unwrap(), [fixture.other]);
        assert_eq!(node.global().all_tenants().await.unwrap().len(), 2);
        node.close().await;
    }

    async fn a_deleted_tenant_comes_back_for_thirty_days_and_is_then_gone_to_its_last_row(fixture) {
        let (store, tenant) = (&fixture.store, fixture.tenant);
        for n in 0..250 {
            add(store, tenant, &format!("n{n}")).await.unwrap();
        }
        add(store, fixture.other, "theirs").await.unwrap();
        store.tenant(tenant).claim_job("test.job", store.rng().uuid(), fixture.clock.now()).await.unwrap();
        assert!(change(store, tenant, TenantStatus::Active, TenantStatus::Deleted).await);
        fixture.clock.advance(SignedDuration::from_hours(24 * 30 - 1));
        assert!(!store.purge_tenants().await.unwrap());
        assert_eq!(texts(store, tenant).await.len(), 250);
        fixture.clock.advance(SignedDuration::from_hours(2));

        assert!(store.purge_tenants().await.unwrap());
        assert!(texts(store, tenant).await.len() >= 150, "a step is small");
        assert!(!change(store, tenant, TenantStatus::Deleted, TenantStatus::Active).await, "too late");
        while store.purge_tenants().await.unwrap() {}
        let id = tenant.0.simple().to_string();
        for (table, rows) in all_rows(&fixture.location).await {
            assert!(!rows.iter().any(|row| row.contains(&id)), "{table}: {rows:?}");
        }
        assert_eq!(texts(store, fixture.other).await.len(), 1);
    }

    async fn seals_move_to_the_next_master_key_while_everybody_works(fixture) {
        let (old, new) = (master(), MasterKey::new([9; 32]));
        let next = || MasterKeys::with_next(old.clone(), new.clone());
        let open = |keys: MasterKeys| Store::open(&fixture.location, MIGRATIONS, keys, fixture.clock.clone(), fixture.rng);
        let tag = |store: Store, tenant| async move { store.keys(tenant).await.unwrap().mac("test", &[]) };
        let before = tag(fixture.store.clone(), fixture.tenant).await;
        let running = open(next()).await.unwrap();
        let store = open(next()).await.unwrap();

        // Interrupted after the first tenant, and run again to the end.
        let audited = Arc::new(AtomicU32::new(0));
        let reseal = |tenant| {
            let note = |_: Tx, audited: Arc<Arc<AtomicU32>>| async move {
                audited.fetch_add(1, Ordering::SeqCst);
                Ok(())
            };
            store.reseal(tenant, audited.clone(), note)
        };
        store.begin_resealing().await.unwrap();
        assert!(reseal(fixture.tenant).await.unwrap());
        assert_eq!(tag(running.clone(), fixture.tenant).await, before);
        store.begin_resealing().await.unwrap();
        assert!(!reseal(fixture.tenant).await.unwrap());
        assert!(reseal(fixture.other).await.unwrap());
        assert_eq!(audited.load(Ordering::SeqCst), 2);

        // A tenant made meanwhile opens with the new key; a Lodge that has only the old one makes none.
        let made = kernel::TenantId(fixture.rng.uuid());
        running.create_tenant(made, (), |_: Tx, _| async { Ok(()) }).await.unwrap();
        let refused = fixture.store.create_tenant(kernel::TenantId(fixture.rng.uuid()), (), |_: Tx, _| async { Ok(()) });
        assert!(refused.await.unwrap_err().message().contains("newer master key"));
        let after = open(new.clone().into()).await.unwrap();
        assert_eq!(tag(after.clone(), fixture.tenant).await, before);
        assert_eq!(tag(after.clone(), made).await, tag(running.clone(), made).await);
        let error = open(old.clone().into()).await.err().unwrap();
        assert!(error.message().contains("The master key does not belong to this database"), "{error}");
        for store in [running, store, after] {
            store.close().await;
        }
    }
}
