//! One caller's connection: HTTP/1.1, over TLS if the origin says so, kept alive, one request after the other.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Where to connect and whom to trust.
#[derive(Clone)]
pub struct Target {
    authority: String,
    host: String,
    /// None over plain HTTP.
    connector: Option<TlsConnector>,
}

pub struct Connection {
    authority: String,
    sender: SendRequest<Full<Bytes>>,
}

pub struct Answer {
    pub status: u16,
    pub body: Bytes,
}

impl Target {
    /// `certificates` are whom to trust; a plain origin needs none.
    pub fn new(origin: &str, certificates: Option<&Path>) -> Result<Self> {
        let (scheme, authority) = origin.split_once("://").context("the origin is no address")?;
        let host = authority.split(':').next().unwrap_or_default().to_owned();
        let connector = match scheme {
            "https" => Some(connector(certificates.context("no certificates to trust")?)?),
            _ => None,
        };
        Ok(Self { authority: authority.to_owned(), host, connector })
    }

    pub async fn connect(&self) -> Result<Connection> {
        let stream = TcpStream::connect(&self.authority).await?;
        stream.set_nodelay(true)?;
        let Some(connector) = &self.connector else { return self.speak(stream).await };
        let name = ServerName::try_from(self.host.clone())?;
        self.speak(connector.connect(name, stream).await?).await
    }

    async fn speak(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    ) -> Result<Connection> {
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Connection { authority: self.authority.clone(), sender })
    }
}

fn connector(certificates: &Path) -> Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(certificates).context("the caFile of the card")? {
        roots.add(certificate?)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

impl Connection {
    pub async fn get(&mut self, path: &str, token: &str) -> Result<Answer> {
        let request = Request::get(path)
            .header(HOST, &self.authority)
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .body(Full::default())?;
        self.send(request).await
    }

    pub async fn post(
        &mut self,
        path: &str,
        kind: &str,
        token: Option<&str>,
        body: String,
    ) -> Result<Answer> {
        let mut request = Request::post(path).header(HOST, &self.authority).header(CONTENT_TYPE, kind);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request.body(Full::from(body))?).await
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        Ok(Answer { status, body: answer.into_body().collect().await?.to_bytes() })
    }
}
