//! The server: its own accept loop under the router, so that every connection is bounded in number, in
//! header time, in idle time and in the time a request may take, and so that an end is orderly.
//!
//! `listener -> [TLS] -> HTTP/1.1 or HTTP/2 -> door (proxies, Host, request id, access log) -> router`

mod connection;
mod door;
mod hosts;
mod proxies;

pub use hosts::Hosts;
pub use proxies::{ForwardedHeader, Proxies};

use crate::metrics::Requests;
use axum::Router;
use kernel::{Error, Origin, Rng};
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How much time and how many connections strangers get.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// At most this many connections at once; further ones wait in the listener's queue.
    pub connections: usize,
    pub handshake: Duration,
    /// From the first byte awaited to the last of a request's header.
    pub header: Duration,
    /// A connection without a request is closed after this.
    pub idle: Duration,
    /// From the header to the answer, the time the client takes to send the body included.
    pub request: Duration,
    /// From the signal to the end.
    pub drain: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 4096,
            handshake: Duration::from_secs(10),
            header: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            request: Duration::from_mins(2),
            drain: Duration::from_secs(8),
        }
    }
}

/// What is served, and how.
pub struct Server {
    pub listener: TcpListener,
    pub tls: Option<TlsAcceptor>,
    pub router: Router,
    pub hosts: Hosts,
    pub proxies: Proxies,
    /// Where links lead; decides whether browsers are told to come by TLS alone.
    pub origin: Origin,
    pub rng: Rng,
    pub bounds: Bounds,
    pub requests: Requests,
}

impl Server {
    /// Serves until `stop` is ready; then takes no more connections, lets running requests end, and returns.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, tls, router, hosts, proxies, origin, rng, bounds, requests } = self;
        let door = door::Door {
            router,
            hosts,
            proxies,
            speaks_tls: tls.is_some(),
            transport_security: door::transport_security(&origin),
            origin,
            rng,
            longest: bounds.request,
            requests,
        };
        let shared = Arc::new(connection::Shared { tls, door, bounds, stopping: CancellationToken::new() });
        let places = Arc::new(Semaphore::new(bounds.connections));
        let connections = TaskTracker::new();
        tokio::pin!(stop);
        loop {
            let (stream, peer, place) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = accept(&listener, &places) => accepted,
            };
            let shared = shared.clone();
            connections.spawn(async move {
                connection::serve(stream, peer, &shared).await;
                drop(place);
            });
        }
        drop(listener);
        shared.stopping.cancel();
        connections.close();
        let deadline = Instant::now() + bounds.drain;
        if tokio::time::timeout_at(deadline, connections.wait()).await.is_err() {
            tracing::warn!(
                connections = connections.len(),
                "some requests did not end in time and are cut off"
            );
        }
    }
}

/// Waits for a place first, so that what cannot be served stays in the kernel's queue.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            // Nobody closes the semaphore.
            std::future::pending::<()>().await;
            continue;
        };
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) if is_of_one_connection(error.kind()) => {}
            Err(error) => {
                // Out of file descriptors or memory: what is open must end first.
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn is_of_one_connection(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused)
}

/// Binds, with the one sentence that says why it cannot be.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|error| {
        Error::bad_request(match error.kind() {
            ErrorKind::AddrInUse => {
                format!("Port {} of {} is taken: choose another with --listen.", address.port(), address.ip())
            }
            ErrorKind::PermissionDenied => {
                format!("Port {} may not be used by this user: choose one above 1023.", address.port())
            }
            _ => format!("{address} cannot be listened on: {error}."),
        })
    })
}

/// Listens for SIGTERM and SIGINT from now on; what it returns is ready at the first of them.
pub fn stop_signal() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests;
