use super::*;
use crate::tls::{DevAuthority, install_provider};
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use kernel::Clock;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

fn quick() -> Bounds {
    Bounds {
        header: Duration::from_millis(400),
        idle: Duration::from_millis(500),
        request: Duration::from_millis(800),
        handshake: Duration::from_millis(400),
        drain: Duration::from_secs(3),
        connections: 8,
    }
}

async fn start(router: Router, bounds: Bounds, origin: &str, tls: Option<TlsAcceptor>) -> Running {
    start_behind(&[], router, bounds, origin, tls).await
}

async fn start_behind(
    proxies: &[&str],
    router: Router,
    bounds: Bounds,
    origin: &str,
    tls: Option<TlsAcceptor>,
) -> Running {
    let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let origin = Origin::parse(origin).unwrap();
    let hosts = Hosts::of(&origin).and_loopback(address.port());
    let proxies = Proxies {
        networks: proxies.iter().map(|text| text.parse().unwrap()).collect(),
        ..Proxies::default()
    };
    let server = Server {
        listener,
        tls,
        router,
        hosts,
        proxies,
        origin,
        rng: Rng::system(),
        bounds,
        requests: Requests::default(),
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(server.run(async move {
        let _ = stopped.await;
    }));
    Running { address, stop, task }
}

async fn plain(router: Router) -> Running {
    start(router, quick(), "http://localhost:1", None).await
}

/// Sends `request` (with `HOST` for the server's own) and reads until the server closes.
async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = request.replace("HOST", &format!("localhost:{}", address.port()));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn hello() -> Router {
    Router::new()
        .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
        .route("/body", post(|body: Bytes| async move { body.len().to_string() }))
        .route("/panic", get(|| async { if true { panic!("on purpose") } else { "" } }))
}

#[tokio::test]
async fn a_request_knows_its_peer_and_an_answer_has_an_id() {
    let server = plain(hello()).await;
    let answer = exchange(server.address, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\r\nrequest-id: ") && answer.ends_with("127.0.0.1"), "{answer}");
    assert!(!answer.contains("strict-transport-security"), "{answer}");
}

#[tokio::test]
async fn an_unknown_host_is_refused() {
    let server = plain(hello()).await;
    for (head, status) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n", "421"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n", "421"),
        ("GET / HTTP/1.1\r\n", "400"),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n", "421"),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Host: evil.example\r\n", "200"),
    ] {
        let answer = exchange(server.address, &format!("{head}Connection: close\r\n\r\n")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{head}\n{answer}");
    }
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_server_goes_on() {
    let server = plain(hello()).await;
    for _ in 0..2 {
        let answer =
            exchange(server.address, "GET /panic HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 500") && answer.contains("InternalServerError"), "{answer}");
    }
}

#[tokio::test]
async fn who_sends_slowly_is_cut_off_at_every_stage() {
    let server = plain(hello()).await;
    let limit = Duration::from_secs(5);
    for part in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: HOST\r\n"] {
        let answer = tokio::time::timeout(limit, exchange(server.address, part)).await;
        assert!(answer.is_ok(), "{part:?} was waited for");
    }
    let body = "POST /body HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100\r\n\r\nslow";
    let answer = tokio::time::timeout(limit, exchange(server.address, body)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let idle = "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n";
    let answer = tokio::time::timeout(limit, exchange(server.address, idle)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn connections_beyond_the_bound_wait_for_a_place() {
    let bounds = Bounds { connections: 1, ..quick() };
    let server = start(hello(), bounds, "http://localhost:1", None).await;
    let _holds_the_place = TcpStream::connect(server.address).await.unwrap();
    let request = exchange(server.address, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    // The first sends nothing and is cut off; then the second is served.
    let answer = tokio::time::timeout(Duration::from_secs(5), request).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn at_the_end_running_requests_are_answered_and_new_ones_are_not_taken() {
    let (began, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let done = Arc::new(AtomicBool::new(false));
    let handler = {
        let (began, go_on, done) = (began.clone(), go_on.clone(), done.clone());
        move || async move {
            began.notify_one();
            go_on.notified().await;
            done.store(true, Ordering::SeqCst);
            "done"
        }
    };
    let bounds = Bounds {
        request: Duration::from_secs(10),
        idle: Duration::from_secs(10),
        header: Duration::from_secs(10),
        ..quick()
    };
    let server = start(hello().route("/slow", get(handler)), bounds, "http://localhost:1", None).await;
    let _silent = TcpStream::connect(server.address).await.unwrap();
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    let head = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.address.port());
    idle.write_all(head.as_bytes()).await.unwrap();
    let mut first = [0; 16];
    idle.read_exact(&mut first).await.unwrap();
    let slow = tokio::spawn(exchange(server.address, "GET /slow HTTP/1.1\r\nHost: HOST\r\n\r\n"));
    began.notified().await;
    server.stop.send(()).unwrap();
    tokio::task::yield_now().await;
    while TcpStream::connect(server.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!done.load(Ordering::SeqCst));
    go_on.notify_one();
    assert!(slow.await.unwrap().ends_with("done"));
    tokio::time::timeout(Duration::from_secs(2), server.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_off_at_the_end() {
    let began = Arc::new(Notify::new());
    let handler = {
        let began = began.clone();
        move || async move {
            began.notify_one();
            std::future::pending::<&str>().await
        }
    };
    let bounds = Bounds { request: Duration::from_mins(1), drain: Duration::from_millis(300), ..quick() };
    let server = start(Router::new().route("/", get(handler)), bounds, "http://localhost:1", None).await;
    let _stuck = tokio::spawn(exchange(server.address, "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n"));
    began.notified().await;
    server.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(2), server.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn over_tls_both_protocols_are_spoken_and_a_real_name_asks_for_tls_only() {
    install_provider();
    let directory = tempfile::TempDir::new().unwrap();
    let authority = DevAuthority::load_or_create(directory.path(), Clock::system().now()).unwrap();
    let tls = authority.server(Clock::system().now()).unwrap();
    let server = start(hello(), quick(), "https://guests.contoso.example", Some(tls)).await;
    for protocol in ["http/1.1", "h2"] {
        let response = over_tls(&authority, server.address, protocol).await;
        assert_eq!(response.status(), 200, "{protocol}");
        assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
    }
    // Plain text on a TLS port ends the connection.
    let answer = exchange(server.address, "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n").await;
    assert!(!answer.contains("200"), "{answer}");
    let silent = tokio::time::timeout(Duration::from_secs(5), exchange(server.address, "")).await;
    assert!(silent.is_ok(), "a handshake that never begins was waited for");
}

/// One request as the given protocol has it.
async fn over_tls(
    authority: &DevAuthority,
    address: SocketAddr,
    protocol: &str,
) -> http::Response<hyper::body::Incoming> {
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use rustls_pki_types::pem::PemObject;
    let mut roots = rustls::RootCertStore::empty();
    let pem = rustls_pki_types::CertificateDer::from_pem_file(authority.certificate_file()).unwrap();
    roots.add(pem).unwrap();
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = TcpStream::connect(address).await.unwrap();
    let stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(protocol.as_bytes()));
    let body = http_body_util::Empty::<Bytes>::new();
    if protocol == "h2" {
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let request = http::Request::get("https://guests.contoso.example/").body(body).unwrap();
        return sender.send_request(request).await.unwrap();
    }
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = http::Request::get("/").header("host", "guests.contoso.example").body(body).unwrap();
    sender.send_request(request).await.unwrap()
}

#[tokio::test]
async fn a_port_that_is_taken_is_told() {
    let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let error = bind(listener.local_addr().unwrap()).await.err().unwrap();
    assert!(error.message().contains("is taken: choose another with --listen."), "{error}");
}

#[test]
fn strict_transport_security_is_for_real_names_alone() {
    let sent = |origin: &str| {
        let origin = Origin::parse(origin).unwrap();
        door::transport_security(&origin).is_some()
    };
    assert!(sent("https://guests.contoso.example"));
    for origin in [
        "http://guests.contoso.example",
        "https://localhost:8443",
        "https://127.0.0.1",
        "https://[::1]",
        "https://10.0.0.1",
        "https://lodge",
    ] {
        assert!(!sent(origin), "{origin}");
    }
}

#[tokio::test]
async fn a_named_proxy_is_believed_and_sends_plain_text_to_tls() {
    let ask =
        "GET /?a=b HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nConnection: close\r\n";
    let unnamed = start(hello(), quick(), "https://localhost:1", None).await;
    let answer = exchange(unnamed.address, &format!("{ask}X-Forwarded-Proto: http\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");

    let named = start_behind(&["127.0.0.0/8"], hello(), quick(), "https://localhost:1", None).await;
    let answer = exchange(named.address, &format!("{ask}\r\n")).await;
    assert!(answer.ends_with("203.0.113.9"), "{answer}");
    let answer = exchange(named.address, &format!("{ask}X-Forwarded-Proto: http\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 308"), "{answer}");
    assert!(answer.contains("location: https://localhost:1/?a=b\r\n"), "{answer}");
    let post = ask.replace("GET /", "POST /body");
    let answer = exchange(named.address, &format!("{post}X-Forwarded-Proto: http\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}
