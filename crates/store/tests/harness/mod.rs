//! Runs one test on a store of its own, on either engine.
//!
//! SQLite lies in a temporary directory. PostgreSQL is the server that `LODGE_TEST_POSTGRES` names (the URL of a
//! role that may create databases); each test gets a copy of one migrated template. Without that variable the
//! PostgreSQL half fails, unless `LODGE_TEST_ENGINES=sqlite` says that it is left out on purpose.

#![allow(dead_code, reason = "each test binary uses its own part")]

use kernel::{Clock, Result, Rng, TenantId};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use store::{Location, MasterKey, Migration, Params, Store, Tx};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn other(self) -> Self {
        if self == Self::Sqlite { Self::Postgres } else { Self::Sqlite }
    }
}

pub struct Fixture {
    pub store: Store,
    pub clock: Clock,
    pub rng: Rng,
    pub tenant: TenantId,
    pub other: TenantId,
    pub engine: Engine,
    pub location: Location,
    pub migrations: &'static [Migration],
}

impl Fixture {
    /// A second store on the same database, as another process would have it.
    pub async fn open_again(&self, master: MasterKey) -> Result<Store> {
        Store::open(&self.location, self.migrations, master, self.clock.clone(), self.rng).await
    }
}

/// Declares tests that run on both engines; `MIGRATIONS` must be in scope.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($fixture:ident) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;
            async fn body($fixture: $crate::harness::Fixture) $body
            #[test]
            fn sqlite() {
                $crate::harness::run($crate::harness::Engine::Sqlite, MIGRATIONS, body);
            }
            #[test]
            fn postgres() {
                $crate::harness::run($crate::harness::Engine::Postgres, MIGRATIONS, body);
            }
        }
    )*};
}

pub fn master() -> MasterKey {
    MasterKey::new([7; 32])
}

pub fn run<F, Fut>(engine: Engine, migrations: &'static [Migration], test: F)
where
    F: FnOnce(Fixture) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let admin = std::env::var("LODGE_TEST_POSTGRES").ok();
    let left_out = std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite");
    if engine == Engine::Postgres && left_out {
        eprintln!("left out: LODGE_TEST_ENGINES=sqlite");
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async move {
        match engine {
            Engine::Sqlite => {
                let directory = tempfile::tempdir().unwrap();
                let location = Location::Sqlite(directory.path().join("lodge.db"));
                run_at(engine, location, migrations, test).await.unwrap();
            }
            Engine::Postgres => {
                let admin = admin.expect(
                    "LODGE_TEST_POSTGRES must name a PostgreSQL server (or LODGE_TEST_ENGINES=sqlite leave it out)",
                );
                let client = connect(&admin).await;
                let template = template(&client, &admin, migrations).await;
                let name = format!("lodge_test_{}", Rng::system().uuid().simple());
                sql(&client, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                let location = Location::Postgres { url: with_database(&admin, &name) };
                let outcome = run_at(engine, location, migrations, test).await;
                sql(&client, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
                outcome.unwrap();
            }
        }
    });
}

async fn run_at<F, Fut>(
    engine: Engine,
    location: Location,
    migrations: &'static [Migration],
    test: F,
) -> std::result::Result<(), tokio::task::JoinError>
where
    F: FnOnce(Fixture) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let (clock, rng) = (Clock::system(), Rng::system());
    let store = Store::open(&location, migrations, master(), clock.clone(), rng).await.unwrap();
    let (tenant, other) = (TenantId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
    for tenant in [tenant, other] {
        store.create_tenant(tenant, (), |_: Tx, _| async { Ok(()) }).await.unwrap();
    }
    let fixture = Fixture { store: store.clone(), clock, rng, tenant, other, engine, location, migrations };
    let outcome = tokio::spawn(test(fixture)).await;
    store.close().await;
    outcome
}

/// The name of the database that holds the tables, made by whoever comes first.
async fn template(client: &Client, admin: &str, migrations: &'static [Migration]) -> String {
    let mut hasher = DefaultHasher::new();
    include_str!("../../src/schema.sql").hash(&mut hasher);
    for migration in migrations {
        (migration.name, migration.sql).hash(&mut hasher);
    }
    let name = format!("lodge_template_{:x}", hasher.finish());
    sql(client, "SELECT pg_advisory_lock(7341)").await;
    let known = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate", &[&name])
        .await
        .unwrap();
    if known.is_none() {
        sql(client, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        sql(client, &format!("CREATE DATABASE {name}")).await;
        let location = Location::Postgres { url: with_database(admin, &name) };
        let store =
            Store::open(&location, migrations, master(), Clock::system(), Rng::system()).await.unwrap();
        store.close().await;
        drop(store);
        // Nobody may be connected to a template that is copied.
        sql(client, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")).await;
        let ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ";
        sql(client, &format!("{ends} '{name}'")).await;
    }
    sql(client, "SELECT pg_advisory_unlock(7341)").await;
    name
}

pub async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

pub async fn sql(client: &Client, text: &str) {
    client.batch_execute(text).await.unwrap_or_else(|error| panic!("{text}: {error:?}"));
}

/// The URL with another database: the path between the authority and the parameters.
pub fn with_database(url: &str, name: &str) -> String {
    let (base, parameters) = url.split_once('?').map_or((url, String::new()), |(b, p)| (b, format!("?{p}")));
    let authority = base.find("://").map_or(0, |at| at + 3);
    let end = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    format!("{}/{name}{parameters}", &base[..end])
}

pub fn no_params() -> Params {
    Params::default()
}
