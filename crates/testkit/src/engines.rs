//! A test on both engines: [`for_each_engine`] runs a story once on SQLite and once on PostgreSQL, each time on a
//! fresh database.
//!
//! `LODGE_TEST_POSTGRES` holds the address of a PostgreSQL whose user may create databases, such as
//! `postgres://postgres@127.0.0.1:5432/postgres`. Without it a test fails rather than leaving half of itself out;
//! `LODGE_TEST_ENGINES=sqlite` says that this is meant.

use crate::dump::Dump;
use aws_lc_rs::digest::{Context, SHA256};
use futures_util::FutureExt;
use kernel::{Clock, Rng};
use std::panic::{AssertUnwindSafe, resume_unwind};
use store::{Location, MasterKey, Migration, Store};
use tokio_postgres::{Client, NoTls};

/// The key of every test database: the template's copies must open with it.
const MASTER_KEY: [u8; 32] = [7; 32];
/// Any number, the same in every test process: who holds it may make a template.
const TEMPLATE_LOCK: &str = "SELECT pg_advisory_lock(7316011)";

/// Runs `story` on each engine with the tables of `migrations`.
pub async fn for_each_engine<F, Fut>(migrations: &[Migration], story: F)
where
    F: Fn(Store) -> Fut,
    Fut: Future<Output = ()>,
{
    for_each_engine_copied(migrations, |store, _| story(store)).await;
}

/// The same, with what takes a copy of the database.
pub async fn for_each_engine_copied<F, Fut>(migrations: &[Migration], story: F)
where
    F: Fn(Store, Dump) -> Fut,
    Fut: Future<Output = ()>,
{
    on_sqlite(migrations, &story).await;
    if let Some(admin) = postgres() {
        on_postgres(&admin, migrations, &story).await;
    }
}

async fn on_sqlite<F, Fut>(migrations: &[Migration], story: &F)
where
    F: Fn(Store, Dump) -> Fut,
    Fut: Future<Output = ()>,
{
    let directory = tempfile::tempdir().expect("a temporary directory");
    let store = open(&Location::Sqlite(directory.path().join("lodge.db")), migrations).await;
    tell("SQLite");
    story(store.clone(), Dump::Sqlite(directory.path().to_owned())).await;
    store.close().await;
}

async fn on_postgres<F, Fut>(admin: &str, migrations: &[Migration], story: &F)
where
    F: Fn(Store, Dump) -> Fut,
    Fut: Future<Output = ()>,
{
    let client = connect(admin).await;
    let template = template(&client, admin, migrations).await;
    let name = format!("lodge_test_{}", Rng::system().uuid().simple());
    run(&client, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let outcome = AssertUnwindSafe(async {
        let store = open(&Location::Postgres { url: database(admin, &name) }, migrations).await;
        tell("PostgreSQL");
        story(store.clone(), Dump::Postgres(database(admin, &name))).await;
        store.close().await;
    })
    .catch_unwind()
    .await;
    run(&client, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// A migrated database to copy: making the tables takes longer than most tests.
async fn template(client: &Client, admin: &str, migrations: &[Migration]) -> String {
    let name = format!("lodge_template_{}", digest(migrations));
    client.batch_execute(TEMPLATE_LOCK).await.expect("the template lock");
    let known = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
        .await
        .expect("the list of databases");
    if known.is_none() {
        // Under another name until it is whole: a process that dies leaves no half template.
        let draft = format!("lodge_draft_{}", Rng::system().uuid().simple());
        run(client, &format!("CREATE DATABASE {draft} TEMPLATE template0")).await;
        let store = open(&Location::Postgres { url: database(admin, &draft) }, migrations).await;
        store.close().await;
        drop(store);
        let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        client.query(ended, &[&draft]).await.expect("ending the sessions of the draft");
        run(client, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    client.batch_execute("SELECT pg_advisory_unlock_all()").await.expect("the template lock");
    name
}

fn digest(migrations: &[Migration]) -> String {
    let mut context = Context::new(&SHA256);
    context.update(include_bytes!("../../store/src/schema.sql"));
    for part in migrations.iter().flat_map(|migration| [migration.name, migration.sql]) {
        context.update(part.as_bytes());
        context.update(&[0]);
    }
    let digest = context.finish();
    let first = digest.as_ref().first_chunk().copied().unwrap_or_default();
    format!("{:032x}", u128::from_be_bytes(first))
}

async fn open(location: &Location, migrations: &[Migration]) -> Store {
    let master = MasterKey::new(MASTER_KEY);
    Store::open(location, migrations, master, Clock::system(), Rng::system()).await.expect("the store opens")
}

pub(crate) async fn connect(admin: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(admin, NoTls)
        .await
        .unwrap_or_else(|error| panic!("LODGE_TEST_POSTGRES={admin} does not answer: {error}"));
    tokio::spawn(connection);
    client
}

async fn run(client: &Client, statement: &str) {
    client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// The address of another database of the same server.
fn database(admin: &str, name: &str) -> String {
    let (server, parameters) = match admin.split_once('?') {
        Some((server, parameters)) => (server, format!("?{parameters}")),
        None => (admin, String::new()),
    };
    let (server, _) = server.rsplit_once('/').expect("LODGE_TEST_POSTGRES ends in the name of a database");
    format!("{server}/{name}{parameters}")
}

/// The PostgreSQL to test on; none if tests are meant for SQLite alone.
fn postgres() -> Option<String> {
    if std::env::var("LODGE_TEST_ENGINES").is_ok_and(|engines| engines == "sqlite") {
        return None;
    }
    let address = std::env::var("LODGE_TEST_POSTGRES");
    Some(address.expect(
        "Set LODGE_TEST_POSTGRES to the address of a PostgreSQL whose user may create databases, \
         or LODGE_TEST_ENGINES=sqlite to leave PostgreSQL out on purpose.",
    ))
}

/// Shown with a failure, so that it says on which engine.
fn tell(engine: &str) {
    eprintln!("on {engine}:");
}
