//! Runs one test on a store of its own, on either engine.
//!
//! SQLite lies in a temporary directory. PostgreSQL is the server that `LODGE_TEST_POSTGRES` names (the URL of a
//! role that may create databases); each test gets a copy of one migrated template. Without that variable the
//! PostgreSQL half fails, unless `LODGE_TEST_ENGINES=sqlite` says that it is left out on purpose.

#![allow(dead_code, reason = "each test binary uses its own part")]

use kernel::{Clock, Result, Rng, TenantId};
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
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

/// An empty database of an engine, for what moves from one to another. Left out, PostgreSQL is SQLite again.
pub struct Elsewhere {
    pub location: Location,
    _directory: tempfile::TempDir,
    drop: Option<(String, String)>,
}

impl Elsewhere {
    pub async fn new(engine: Engine) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let left_out = std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite");
        if engine == Engine::Sqlite || left_out {
            let location = Location::Sqlite(directory.path().join("elsewhere.db"));
            return Self { location, _directory: directory, drop: None };
        }
        let admin = std::env::var("LODGE_TEST_POSTGRES").unwrap();
        let name = format!("lodge_test_{}", Rng::system().uuid().simple());
        sql(&connect(&admin).await, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let location = Location::Postgres { url: with_database(&admin, &name) };
        Self { location, _directory: directory, drop: Some((admin, name)) }
    }

    pub async fn end(self) {
        if let Some((admin, name)) = self.drop {
            sql(&connect(&admin).await, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Every row of every table of a database, as texts that are the same on both engines, read past the store.
pub async fn all_rows(location: &Location) -> BTreeMap<String, BTreeSet<String>> {
    match location {
        Location::Sqlite(path) => sqlite_rows(path),
        Location::Postgres { url } => postgres_rows(&connect(url).await).await,
    }
}

fn sqlite_rows(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let text = |value: ValueRef<'_>| match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => format!("{:?}", String::from_utf8(text.to_vec()).unwrap()),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
        ValueRef::Real(_) => panic!("a number with a fraction"),
    };
    let mut all = BTreeMap::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            let cells = columns
                .iter()
                .enumerate()
                .map(|(at, column)| Ok(format!("{column}={}", text(row.get_ref(at)?))));
            cells.collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join(" "))
        });
        all.insert(name.clone(), rows.unwrap().map(Result::unwrap).collect());
    }
    all
}

async fn postgres_rows(client: &Client) -> BTreeMap<String, BTreeSet<String>> {
    let names = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let mut all = BTreeMap::new();
    for name in client.query(names, &[]).await.unwrap().iter().map(|row| row.get::<_, String>(0)) {
        let rows = client.query(&format!("SELECT * FROM {name}"), &[]).await.unwrap();
        all.insert(name, rows.iter().map(postgres_row).collect());
    }
    all
}

fn postgres_row(row: &tokio_postgres::Row) -> String {
    let cell = |at: usize| match row.columns()[at].type_().name() {
        "int8" => row.get::<_, Option<i64>>(at).map(|number| number.to_string()),
        "bool" => row.get::<_, Option<bool>>(at).map(|value| u8::from(value).to_string()),
        "text" => row.get::<_, Option<String>>(at).map(|text| format!("{text:?}")),
        "uuid" => row.get::<_, Option<Uuid>>(at).map(|id| id.simple().to_string()),
        "bytea" => row
            .get::<_, Option<Vec<u8>>>(at)
            .map(|bytes| bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))),
        other => panic!("a column of type {other}"),
    };
    let cells = row.columns().iter().enumerate();
    let cells =
        cells.map(|(at, column)| format!("{}={}", column.name(), cell(at).unwrap_or_else(|| "null".into())));
    cells.collect::<Vec<_>>().join(" ")
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn sql(client: &Client, text: &str) {
    client.batch_execute(text).await.unwrap_or_else(|error| panic!("{text}: {error:?}"));
}

/// The URL with another database: the path between the authority and the parameters.
fn with_database(url: &str, name: &str) -> String {
    let (base, parameters) = url.split_once('?').map_or((url, String::new()), |(b, p)| (b, format!("?{p}")));
    let authority = base.find("://").map_or(0, |at| at + 3);
    let end = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    format!("{}/{name}{parameters}", &base[..end])
}

pub fn no_params() -> Params {
    Params::default()
}
