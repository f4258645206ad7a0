//! The handles. None exists without a tenant's scope, except the one named global.

use crate::backend::Backend;
use crate::epoch::Installation;
use crate::job::{Lane, Order, Write};
use crate::keys::{Keys, MasterKeys};
use crate::migrate::Migration;
use crate::postgres::Postgres;
use crate::sqlite::{ReadGuard, Sqlite};
use crate::{Params, Read, Row, Signals, Statement, Tx, Value, migrate, params, read, schema};
use kernel::{Clock, Error, Result, Rng, TenantId, Timestamp};
use std::collections::HashMap;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use tokio::sync::oneshot;

/// Where the data lies.
#[derive(Clone, Debug)]
pub enum Location {
    Sqlite(PathBuf),
    Postgres { url: String },
}

/// The database of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    clock: Clock,
    rng: Rng,
    signals: Signals,
    migrations: Vec<Migration>,
    masters: MasterKeys,
    installation: Installation,
    installation_keys: Keys,
    tenants: RwLock<HashMap<TenantId, Keys>>,
    purges: OnceLock<&'static [crate::tenants::Purge]>,
}

pub(crate) enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database, creates missing tables, and checks the master key.
    pub async fn open(
        location: &Location,
        migrations: &[Migration],
        masters: impl Into<MasterKeys>,
        clock: Clock,
        rng: Rng,
    ) -> Result<Self> {
        let signals = Signals::default();
        let migrations = migrate::with_own(migrations);
        let engine = match location {
            Location::Sqlite(path) => {
                Engine::Sqlite(Sqlite::open(path, &migrations, clock.clone(), signals.clone())?)
            }
            Location::Postgres { url } => {
                Engine::Postgres(Postgres::open(url, &migrations, clock.clone(), rng, signals.clone()).await?)
            }
        };
        let masters = masters.into();
        let installation = open_installation(&engine, &masters, &clock, rng).await?;
        let installation_keys = masters.unwrap(&installation.sealed_key)?;
        let tenants = RwLock::default();
        let inner = Inner {
            engine,
            clock,
            rng,
            signals,
            migrations,
            masters,
            installation,
            installation_keys,
            tenants,
            purges: OnceLock::new(),
        };
        Ok(Self(Arc::new(inner)))
    }

    pub fn tenant(&self, tenant: TenantId) -> TenantStore {
        TenantStore { store: self.clone(), tenant }
    }

    /// For the few reads that belong to no tenant. Named, so that all of them can be found.
    pub fn global(&self) -> GlobalStore {
        GlobalStore { store: self.clone() }
    }

    /// Reads another tenant for one of a closed list of purposes.
    pub async fn peer(&self, _own: TenantId, other: TenantId, _purpose: Purpose) -> Result<Snapshot> {
        self.tenant(other).snapshot().await
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn rng(&self) -> Rng {
        self.0.rng
    }

    pub fn signals(&self) -> &Signals {
        &self.0.signals
    }

    /// The installation's own keys, for the few things that belong to no tenant.
    pub fn installation_keys(&self) -> &Keys {
        &self.0.installation_keys
    }

    pub(crate) fn installation(&self) -> &Installation {
        &self.0.installation
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// The tables of the store and of every slice.
    pub(crate) fn migrations(&self) -> &[Migration] {
        &self.0.migrations
    }

    pub(crate) fn kept_purges(&self) -> &OnceLock<&'static [crate::tenants::Purge]> {
        &self.0.purges
    }

    pub fn master_keys(&self) -> &MasterKeys {
        &self.0.masters
    }

    /// The digest of the master key that the database is sealed under now.
    pub(crate) async fn master_digest(&self) -> Result<Vec<u8>> {
        let installation = self.global().installation().await?;
        Ok(installation.ok_or_else(|| Error::internal("the installation has no row"))?.master_digest)
    }

    /// A tenant's keys. They never change, only their seal does, so they are kept once opened.
    pub async fn keys(&self, tenant: TenantId) -> Result<Keys> {
        if let Some(keys) = self.0.tenants.read().unwrap_or_else(PoisonError::into_inner).get(&tenant) {
            return Ok(keys.clone());
        }
        let sealed = self
            .global()
            .row(&schema::FIND_TENANT_KEY, params![id: tenant], |row| row.get::<Vec<u8>>(0))
            .await?;
        let sealed = sealed.ok_or_else(|| Error::not_found("tenant"))?;
        let keys = self.0.masters.unwrap(&sealed)?;
        self.0.tenants.write().unwrap_or_else(PoisonError::into_inner).insert(tenant, keys.clone());
        Ok(keys)
    }

    /// A new tenant with its keys and state row; `run` fills it in the same transaction.
    pub async fn create_tenant<C, T, F, Fut>(&self, tenant: TenantId, context: C, run: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        let keys = Keys::generate(self.0.rng);
        let master = self.0.masters.known_by(&self.master_digest().await?);
        let master = master.ok_or_else(|| Error::conflict(NEWER_MASTER_KEY))?;
        let sealed = master.keys().wrap(self.0.rng, &keys)?;
        let run = Arc::new(run);
        let context = (sealed, Arc::new(context), keys);
        self.submit(tenant, Order::Unordered, Lane::Interactive, context, move |mut tx: Tx, context| {
            let run = run.clone();
            async move {
                let now = tx.now;
                let params = params![sealed_key: context.0.clone(), at: now];
                tx.execute_global(&schema::INSERT_TENANT, params).await?;
                tx.execute(&schema::INSERT_STATE, params![at: now]).await?;
                run(tx, context.1.clone()).await
            }
        })
        .await
    }

    /// Waits for running writes and ends the store. Later writes are refused.
    pub async fn close(&self) {
        let store = self.clone();
        let _closed = tokio::task::spawn_blocking(move || match &store.0.engine {
            Engine::Sqlite(sqlite) => sqlite.close(),
            Engine::Postgres(postgres) => postgres.close(),
        })
        .await;
    }

    /// Asks the engine for a statement's plan, which also proves that it can be prepared.
    pub async fn explain(&self, statement: &'static Statement) -> Result<String> {
        crate::check::explain(&self.0.engine, statement).await
    }

    /// The plan SQLite makes of a query that was put together; empty on PostgreSQL.
    pub fn explain_query(&self, query: crate::Query) -> Result<String> {
        crate::query::explain(&self.0.engine, query)
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.0.engine, Engine::Sqlite(_))
    }

    pub(crate) async fn write_installation(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
    ) -> Result<u64> {
        self.0.engine.write_installation(statement, values).await
    }

    pub(crate) async fn submit<C, T, F, Fut>(
        &self,
        tenant: TenantId,
        order: Order,
        lane: Lane,
        context: C,
        run: F,
    ) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        let (answer, answered) = oneshot::channel();
        let job =
            Box::new(Write { tenant, order, lane, context: Arc::new(context), run, kept: None, answer });
        match &self.0.engine {
            Engine::Sqlite(sqlite) => sqlite.submit(job),
            Engine::Postgres(postgres) => postgres.submit(job),
        }
        answered
            .await
            .unwrap_or_else(|_| Err(Error::unavailable("Lodge is shutting down. Try again in a moment.")))
    }
}

impl Engine {
    async fn reader(&self) -> Result<(Backend, Option<ReadGuard>)> {
        match self {
            Self::Sqlite(sqlite) => sqlite.reader().map(|(backend, guard)| (backend, Some(guard))),
            Self::Postgres(postgres) => Ok((postgres.reader().await?, None)),
        }
    }

    /// Runs a statement on the installation's row, which belongs to no tenant.
    pub(crate) async fn write_installation(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
    ) -> Result<u64> {
        let (answer, answered) = oneshot::channel();
        let run = move |tx: Tx, values: Arc<Vec<Value>>| async move {
            let count = tx.backend.execute(statement, values.to_vec()).await?;
            tx.trace.changes.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
            Ok(count)
        };
        let job = Box::new(Write {
            tenant: TenantId(uuid::Uuid::nil()),
            order: Order::Unordered,
            lane: Lane::Interactive,
            context: Arc::new(values),
            run,
            kept: None,
            answer,
        });
        match self {
            Self::Sqlite(sqlite) => sqlite.submit(job),
            Self::Postgres(postgres) => postgres.submit(job),
        }
        answered.await.unwrap_or_else(|_| Err(Error::internal("the writer ended")))
    }
}

const WRONG_MASTER_KEY: &str =
    "The master key does not belong to this database. Give the key the database was made with.";
const NEWER_MASTER_KEY: &str =
    "The database is sealed under a newer master key. Start this Lodge again with that key.";

/// The installation, made at the first start. A wrong master key ends here.
async fn open_installation(
    engine: &Engine,
    masters: &MasterKeys,
    clock: &Clock,
    rng: Rng,
) -> Result<Installation> {
    loop {
        let (backend, guard) = engine.reader().await?;
        let mut found = None;
        backend
            .each(&schema::FIND_INSTALLATION, Vec::new(), |row| {
                found = Some(Installation::of(row)?);
                Ok(())
            })
            .await?;
        drop((backend, guard));
        if let Some(found) = found {
            let known = masters.known_by(&found.master_digest);
            return known.map(|_| found).ok_or_else(|| Error::conflict(WRONG_MASTER_KEY));
        }
        let master = masters.first();
        let sealed = master.keys().wrap(rng, &Keys::generate(rng))?;
        let params =
            params![master_digest: master.digest(), sealed_key: sealed, at: clock.now(), settled: true];
        let values = read::global(&schema::INSERT_INSTALLATION, params, None)?;
        match engine.write_installation(&schema::INSERT_INSTALLATION, values).await {
            // Another node was first: its row is read next.
            Err(error) if error.kind() == kernel::Kind::Conflict => {}
            outcome => outcome.map(|_| ())?,
        }
    }
}

/// Why one tenant reads another: the whole list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    HomeUserByAddress,
    HomeOutboundSettings,
    HomeUserEnabled,
    MultiTenantApplication,
    /// The names by which anybody with the permission may know a tenant.
    TenantInformation,
}

/// The store within one tenant.
#[derive(Clone)]
pub struct TenantStore {
    store: Store,
    tenant: TenantId,
}

impl TenantStore {
    pub fn id(&self) -> TenantId {
        self.tenant
    }

    /// A directory write: takes the tenant's lock and change number first, so writes of a tenant are serial and
    /// facts are read under the lock. `run` may run more than once; it has no effect outside its `Tx`, and
    /// everything it needs comes in `context`.
    pub async fn write<C, T, F, Fut>(&self, context: C, run: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        self.store.submit(self.tenant, Order::Serial, Lane::Interactive, context, run).await
    }

    /// The same for jobs, sweeps and imports: never ahead of people. At most 100 rows a closure.
    pub async fn write_in_background<C, T, F, Fut>(&self, context: C, run: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        self.store.submit(self.tenant, Order::Serial, Lane::Background, context, run).await
    }

    /// A write outside the change order, for sessions, codes, tokens and delivery: without the lock, so each
    /// of its statements must hold by itself (compare-and-set).
    pub async fn write_unordered<C, T, F, Fut>(&self, context: C, run: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        self.store.submit(self.tenant, Order::Unordered, Lane::Interactive, context, run).await
    }

    /// A read. Keep it short: on SQLite it runs in place, on PostgreSQL it holds a connection.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        let (backend, guard) = self.store.0.engine.reader().await?;
        Ok(Snapshot { backend, _guard: guard, tenant: self.tenant, now: self.store.0.clock.now() })
    }

    /// A read of more than a few hundred rows: on SQLite it runs where blocking is allowed.
    pub async fn scan<C, T, F, Fut>(&self, context: C, run: F) -> Result<T>
    where
        C: Send + 'static,
        T: Send + 'static,
        F: FnOnce(Snapshot, C) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T>> + Send,
    {
        let snapshot = self.snapshot().await?;
        if !self.store.is_sqlite() {
            return run(snapshot, context).await;
        }
        let handle = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || handle.block_on(run(snapshot, context)))
            .await
            .unwrap_or_else(|error| Err(Error::internal(error)))
    }

    pub async fn keys(&self) -> Result<Keys> {
        self.store.keys(self.tenant).await
    }

    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// A read in progress.
pub struct Snapshot {
    backend: Backend,
    _guard: Option<ReadGuard>,
    tenant: TenantId,
    now: Timestamp,
}

impl Read for Snapshot {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
    fn now(&self) -> Timestamp {
        self.now
    }
    fn backend(&self) -> &Backend {
        &self.backend
    }
}

/// Reads of the global tables.
#[derive(Clone)]
pub struct GlobalStore {
    store: Store,
}

impl GlobalStore {
    pub async fn rows<T, F>(
        &self,
        statement: &'static Statement,
        params: Params,
        mut map: F,
    ) -> Result<Vec<T>>
    where
        T: Send,
        F: FnMut(&Row<'_>) -> Result<T> + Send,
    {
        let bound = read::global(statement, params, None)?;
        let (backend, _guard) = self.store.0.engine.reader().await?;
        let mut rows = Vec::new();
        backend
            .each(statement, bound, |row| {
                rows.push(map(row)?);
                Ok(())
            })
            .await?;
        Ok(rows)
    }

    pub async fn row<T, F>(&self, statement: &'static Statement, params: Params, map: F) -> Result<Option<T>>
    where
        T: Send,
        F: FnMut(&Row<'_>) -> Result<T> + Send,
    {
        Ok(self.rows(statement, params, map).await?.into_iter().next())
    }

    /// The tenants in use.
    pub async fn tenants(&self) -> Result<Vec<TenantId>> {
        self.rows(&schema::LIST_TENANTS, Params::default(), |row| row.get(0)).await
    }
}
