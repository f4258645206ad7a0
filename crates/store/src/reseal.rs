//! Moving the seals in the database from one master key to the next, a tenant at a time. Nothing that is sealed
//! under a tenant's own key changes, so this touches one row for each tenant; whoever is interrupted goes on where
//! it stopped. All the while a Lodge that knows both keys opens everything.

use crate::job::{Lane, Order};
use crate::keys::MasterKey;
use crate::{Params, Store, Tx, params, read, schema};
use kernel::{Error, Result, TenantId};
use std::sync::Arc;

impl Store {
    /// Seals the installation's key under the next master key: new tenants are sealed under it from here on.
    pub async fn begin_resealing(&self) -> Result<()> {
        let next = self.next_master()?;
        let installation = self.global().installation().await?;
        let installation = installation.ok_or_else(|| Error::internal("the installation has no row"))?;
        if installation.master_digest == next.digest() {
            return Ok(());
        }
        let sealed = next.keys().wrap(self.rng(), self.installation_keys())?;
        let params =
            params![master_digest: next.digest(), sealed_key: sealed, known: installation.master_digest];
        let bound = read::global(&schema::RESEAL_INSTALLATION, params, None)?;
        if self.write_installation(&schema::RESEAL_INSTALLATION, bound).await? != 1 {
            return Err(Error::conflict("Somebody else is moving the seals at this moment. Run it again."));
        }
        Ok(())
    }

    /// Seals a tenant's key under the next master key, with what `run` adds to the same transaction. False if it is
    /// already.
    pub async fn reseal<C, F, Fut>(&self, tenant: TenantId, context: C, run: F) -> Result<bool>
    where
        C: Send + Sync + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send,
    {
        let next = self.next_master()?;
        let sealed = self
            .global()
            .row(&schema::FIND_TENANT_KEY, params![id: tenant], |row| row.get::<Vec<u8>>(0))
            .await?
            .ok_or_else(|| Error::not_found("tenant"))?;
        if next.keys().unwrap(&sealed).is_ok() {
            return Ok(false);
        }
        let keys = self.master_keys().unwrap(&sealed)?;
        let resealed = next.keys().wrap(self.rng(), &keys)?;
        let params = params![sealed_key: resealed, known: sealed];
        let context = (params, Arc::new(context));
        let run = Arc::new(run);
        self.submit(tenant, Order::Unordered, Lane::Background, context, move |mut tx: Tx, context| {
            let run = run.clone();
            async move {
                let (params, context): &(Params, Arc<C>) = &context;
                if tx.execute_global(&schema::RESEAL_TENANT, params.clone()).await? == 1 {
                    run(tx, context.clone()).await?;
                }
                Ok(())
            }
        })
        .await?;
        Ok(true)
    }

    fn next_master(&self) -> Result<&MasterKey> {
        self.master_keys().next().ok_or_else(|| {
            Error::bad_request(
                "There is no next master key: give one as master_key_next in the configuration.",
            )
        })
    }
}
