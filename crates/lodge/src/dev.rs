//! `lodge dev`: a seeded server on a laptop in place of a cloud tenant.

pub mod card;
pub mod clock;
mod components;
pub mod files;
pub mod routes;
pub mod seed;

use crate::cli::{DevArguments, Engine, print};
use crate::compose::{self, Face, Ground};
use crate::config::{Environment, Log, LogFormat, MasterKeySource};
use crate::logging;
use crate::metrics::Requests;
use crate::server::{self, Bounds, Hosts, Proxies, Server};
use crate::tls::DevAuthority;
use card::Card;
use files::{Directory, Start};
use kernel::{Clock, Error, Kind, Origin, Rng};
use std::net::SocketAddr;
use std::path::Path;
use store::{Location, Store};

/// From the arguments to the end of the process. The order matters: what can be refused is refused before
/// anything is written to the database, and the card is printed when the socket accepts.
pub async fn run(arguments: DevArguments, environment: Environment) -> Result<(), Error> {
    start_log(&environment)?;
    guard(&arguments)?;
    let rng = Rng::system();
    let system_time = Clock::system().now();
    let directory = Directory::open(arguments.data.as_deref())?;
    let listener = server::bind(arguments.listen).await?;
    let port = listener.local_addr().map_err(Error::internal)?.port();
    let origin = Origin::parse(&format!("https://localhost:{port}"))
        .ok_or_else(|| Error::internal("the origin of localhost"))?;
    let authority = DevAuthority::load_or_create(directory.root(), system_time)?;
    let tls = authority.server(system_time)?;

    let clock = Clock::system();
    clock.advance(directory.clock_offset());
    let (start, store) = open(&arguments, &directory, &clock, rng).await?;
    let dev_token = arguments.expose.then(|| directory.dev_token(rng)).transpose()?;
    let whole = compose::compose(Ground {
        store,
        origin: origin.clone(),
        limits: compose::no_limits(),
        face: Face::Dev {
            directory: directory.root().to_owned(),
            token: dev_token.clone(),
            keep_offset: directory.offset_keeper(),
        },
    })
    .await?;
    let seed = match start {
        Start::First(seed) => {
            whole.apply(&seed).await?;
            seed
        }
        Start::Again(seed) => seed,
    };
    let card =
        Card { origin: origin.clone(), ca_file: authority.certificate_file().to_owned(), dev_token, seed };
    directory.keep_card(&card.to_json())?;

    let hosts = Hosts::of(&origin).and_loopback(port);
    let server = Server {
        listener,
        tls: Some(tls),
        router: whole.router(),
        hosts,
        proxies: Proxies::default(),
        origin,
        rng,
        bounds: Bounds::default(),
        requests: Requests::default(),
    };
    let stop = server::stop_signal()?;
    whole.start();
    print(&if arguments.json { card.to_json() } else { card.to_text() })?;
    server.run(stop).await;
    whole.end().await
}

fn start_log(environment: &Environment) -> Result<(), Error> {
    let level = environment.find("LODGE_LOG_LEVEL").unwrap_or("info").to_owned();
    let is_json = environment.find("LODGE_LOG_FORMAT") == Some("json");
    logging::start(&Log { level, format: if is_json { LogFormat::Json } else { LogFormat::Text } })
        .map(|_| ())
}

/// Its passwords are printed and its mail is open to read, so it stays on this machine unless told otherwise.
fn guard(arguments: &DevArguments) -> Result<(), Error> {
    let address: SocketAddr = arguments.listen;
    if address.ip().is_loopback() || arguments.expose {
        return Ok(());
    }
    Err(Error::bad_request(format!(
        "{} is not an address of this machine alone: add --expose if others are to reach lodge dev.",
        address.ip()
    )))
}

/// Opens the database and says whether it is to be seeded. On SQLite that is known before it is opened, on
/// PostgreSQL only after.
async fn open(
    arguments: &DevArguments,
    directory: &Directory,
    clock: &Clock,
    rng: Rng,
) -> Result<(Start, Store), Error> {
    let given = arguments.seed.as_deref();
    let key = MasterKeySource::Beside { file: directory.master_key(), database: None }.load(rng)?;
    let open = async |location: Location| compose::open(&location, key.clone(), clock.clone(), rng).await;
    match (arguments.engine, &arguments.database_url) {
        (Engine::Postgres, Some(url)) => {
            refuse_unreadable(given)?;
            // Without its directory the key is new, and the store finds that out before any tenant is seen.
            let store = open(Location::Postgres { url: url.clone() }).await.map_err(|error| {
                let is_foreign = error.kind() == Kind::Conflict && !directory.has_card();
                if is_foreign { directory.no_card(true) } else { error }
            })?;
            let holds_tenants = !store.global().tenants().await?.is_empty();
            Ok((directory.start(Some(holds_tenants), given, rng)?, store))
        }
        (Engine::Postgres | Engine::Sqlite, _) => {
            let start = directory.start(None, given, rng)?;
            Ok((start, open(Location::Sqlite(directory.database())).await?))
        }
    }
}

/// A seed that cannot be read is told before a database is touched.
fn refuse_unreadable(seed: Option<&Path>) -> Result<(), Error> {
    seed.map_or(Ok(()), |file| seed::Seed::read(file, Rng::system()).map(|_| ()))
}
