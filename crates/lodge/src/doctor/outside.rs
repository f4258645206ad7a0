//! What is reached over the network: Lodge under its own origin, and the mail server.

use super::Finding;
use crate::config::{Mail, SmtpSecurity};
use kernel::{Origin, SignedDuration, Timestamp};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_ANSWER: u64 = 64 * 1024;
const LARGEST_SKEW: SignedDuration = SignedDuration::from_secs(5);

/// Whether people reach Lodge under its name, and by whose clock.
pub async fn origin(origin: &Origin, now: Timestamp) -> Vec<Finding> {
    const CHECK: &str = "origin";
    let answer = match in_time(ask(origin)).await {
        Ok(answer) => answer,
        Err(error) => {
            let remedy =
                "Is Lodge running, is the name in the DNS, is the certificate one that browsers trust?";
            return vec![Finding::warning(CHECK, format!("{origin} is not reached: {error}"), remedy)];
        }
    };
    let mut findings = vec![if answer.status == 200 {
        Finding::good(CHECK, format!("{origin} is reached"))
    } else {
        let remedy = "Look at the proxy: it passes Host and path on unchanged.";
        Finding::bad(CHECK, format!("{origin}/healthz answers {}", answer.status), remedy)
    }];
    if let Some(date) = answer.date {
        let skew = date.duration_since(now).abs();
        let says = format!("{origin} and this machine differ by {} s", skew.as_secs());
        findings.push(if skew > LARGEST_SKEW {
            Finding::bad("clock", says, "Keep both by NTP: links, codes and tokens live by the clock.")
        } else {
            Finding::good("clock", says)
        });
    }
    findings
}

struct Answer {
    status: u16,
    date: Option<Timestamp>,
}

async fn ask(origin: &Origin) -> io::Result<Answer> {
    let host = origin.host().trim_matches(['[', ']']).to_owned();
    let usual = if origin.is_https() { 443 } else { 80 };
    let port = origin.authority().rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(usual);
    let stream = TcpStream::connect((host.as_str(), port)).await?;
    if !origin.is_https() {
        return speak(stream, origin).await;
    }
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(host).map_err(io::Error::other)?;
    speak(TlsConnector::from(Arc::new(config)).connect(name, stream).await?, origin).await
}

async fn speak(mut stream: impl AsyncRead + AsyncWrite + Unpin, origin: &Origin) -> io::Result<Answer> {
    let request =
        format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", origin.authority());
    stream.write_all(request.as_bytes()).await?;
    let mut lines = BufReader::new(stream.take(LONGEST_ANSWER)).lines();
    let first = lines.next_line().await?.unwrap_or_default();
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut answer =
        Answer { status: status.ok_or_else(|| io::Error::other("it speaks no HTTP"))?, date: None };
    while let Some(line) = lines.next_line().await?.filter(|line| !line.is_empty()) {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("date") {
            answer.date = jiff::fmt::rfc2822::parse(value.trim()).ok().map(|date| date.timestamp());
        }
    }
    Ok(answer)
}

/// Whether the mail server takes a connection and greets.
pub async fn mail_server(mail: &Mail) -> Finding {
    const CHECK: &str = "mail server";
    let place = format!("{}:{}", mail.host, mail.port);
    let remedy = "Look at smtp.host and smtp.port, and at the mail server. Mail waits until it is back.";
    match in_time(greeting(mail)).await {
        Ok(said) if said.starts_with('2') || mail.security == SmtpSecurity::Tls => {
            Finding::good(CHECK, format!("{place} answers"))
        }
        Ok(said) => Finding::bad(CHECK, format!("{place} says: {said}"), remedy),
        Err(error) => Finding::bad(CHECK, format!("{place} is not reached: {error}"), remedy),
    }
}

async fn greeting(mail: &Mail) -> io::Result<String> {
    let mut stream = TcpStream::connect((mail.host.as_str(), mail.port)).await?;
    if mail.security == SmtpSecurity::Tls {
        return Ok(String::new());
    }
    let mut said = String::new();
    BufReader::new((&mut stream).take(LONGEST_ANSWER)).read_line(&mut said).await?;
    stream.write_all(b"QUIT\r\n").await?;
    Ok(said.trim_end().to_owned())
}

async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
