//! One connection, from the handshake to its end.

use super::Bounds;
use super::door::Door;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// What all connections share.
pub struct Shared {
    pub tls: Option<TlsAcceptor>,
    pub door: Door,
    pub bounds: Bounds,
    pub stopping: CancellationToken,
}

/// How often an open connection is looked at, as a part of the idle time.
const LOOKS: u32 = 5;
/// What an answered connection gets at the end to see the last bytes off.
const FAREWELL: Duration = Duration::from_millis(300);
const LARGEST_HEADER: u32 = 64 * 1024;

pub async fn serve(stream: TcpStream, peer: SocketAddr, shared: &Arc<Shared>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended before it began");
        return;
    }
    // One form for an IPv4 address, whichever socket it came through.
    let peer = SocketAddr::new(peer.ip().to_canonical(), peer.port());
    let Some(tls) = &shared.tls else {
        return speak(stream, peer, false, shared).await;
    };
    let handshake = tokio::time::timeout(shared.bounds.handshake, tls.accept(stream));
    let handshake = tokio::select! {
        handshake = handshake => handshake,
        () = shared.stopping.cancelled() => return,
    };
    match handshake {
        Ok(Ok(stream)) => {
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            speak(stream, peer, is_http2, shared).await;
        }
        Ok(Err(error)) => tracing::debug!(%peer, %error, "a TLS handshake failed"),
        Err(_) => tracing::debug!(%peer, "a TLS handshake took too long"),
    }
}

async fn speak<S>(stream: S, peer: SocketAddr, is_http2: bool, shared: &Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let activity = Arc::new(Activity::default());
    let builder = builder(is_http2, shared.bounds);
    let service = service_fn(|request| {
        let (shared, activity) = (shared.clone(), activity.clone());
        async move { shared.door.answer(request, peer, activity).await }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let mut last_busy = (activity.finished(), Instant::now());
    let mut is_ending = false;
    loop {
        let pause = if is_ending { FAREWELL } else { shared.bounds.idle / LOOKS };
        tokio::select! {
            outcome = &mut connection => {
                if let Err(error) = outcome {
                    tracing::debug!(%peer, %error, "a connection broke off");
                }
                return;
            }
            () = shared.stopping.cancelled(), if !is_ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            () = tokio::time::sleep(pause) => {
                if activity.is_busy() || activity.finished() != last_busy.0 {
                    last_busy = (activity.finished(), Instant::now());
                } else if is_ending {
                    // Asked to end, and nothing was under way for a whole pause.
                    return;
                } else if last_busy.1.elapsed() >= shared.bounds.idle {
                    is_ending = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

fn builder(is_http2: bool, bounds: Bounds) -> Builder<TokioExecutor> {
    // The protocol is known from the handshake. Guessing it from the first bytes would wait for them without
    // an end.
    let builder = Builder::new(TokioExecutor::new());
    let mut builder = if is_http2 { builder.http2_only() } else { builder.http1_only() };
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.header)
        .max_buf_size(usize::try_from(LARGEST_HEADER).unwrap_or(usize::MAX));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(LARGEST_HEADER)
        .keep_alive_interval(bounds.header)
        .keep_alive_timeout(bounds.handshake);
    builder
}

/// How many requests of a connection are under way, and how many have ended.
#[derive(Default)]
pub struct Activity {
    running: AtomicUsize,
    finished: AtomicUsize,
}

impl Activity {
    pub fn begin(self: Arc<Self>) -> Running {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(self)
    }

    fn is_busy(&self) -> bool {
        self.running.load(Ordering::Relaxed) > 0
    }

    fn finished(&self) -> usize {
        self.finished.load(Ordering::Relaxed)
    }
}

/// A request under way: until its answer's body has been handed over.
pub struct Running(Arc<Activity>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.finished.fetch_add(1, Ordering::Relaxed);
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}
