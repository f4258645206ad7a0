//! A caller that speaks just enough HTTP: one connection, one request after the other, with TLS or without.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(30);

/// Where a server is, and how an application proves itself there.
#[derive(Clone, Default)]
pub struct Site {
    pub port: u16,
    /// Present where the server speaks TLS.
    pub tls: Option<Arc<ClientConfig>>,
    pub tenant: String,
    pub application: String,
    pub secret: String,
}

impl Site {
    pub fn caller(&self) -> io::Result<Caller> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let wire: Box<dyn Wire> = match &self.tls {
            None => Box::new(stream),
            Some(tls) => {
                let name = ServerName::try_from("localhost").unwrap();
                let session = ClientConnection::new(tls.clone(), name).map_err(io::Error::other)?;
                Box::new(StreamOwned::new(session, stream))
            }
        };
        Ok(Caller {
            wire: BufReader::new(wire),
            host: format!("localhost:{}", self.port),
            claims: String::new(),
        })
    }

    /// A token for Graph by the application's secret.
    pub fn token(&self) -> String {
        let answer = self.ask_for_token().unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub fn ask_for_token(&self) -> io::Result<Answer> {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let scope = format!("{scheme}://localhost:{}/.default", self.port);
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.application),
            ("client_secret", &self.secret),
            ("scope", &scope),
        ];
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let path = format!("/{}/oauth2/v2.0/token", self.tenant);
        self.caller()?.post(&path, "application/x-www-form-urlencoded", "", &form)
    }
}

/// Trusts the authority of a certificate file alone.
pub fn trusting(authority: &Path) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

pub struct Caller {
    wire: BufReader<Box<dyn Wire>>,
    pub host: String,
    /// Further lines of the header, each with its end.
    pub claims: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }

    /// The sentence of a Graph error.
    pub fn message(&self) -> String {
        self.json()["error"]["message"].as_str().unwrap_or_else(|| panic!("{}", self.body)).to_owned()
    }
}

impl Caller {
    pub fn get(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.send("GET", path, token, None)
    }

    pub fn post(&mut self, path: &str, kind: &str, token: &str, body: &str) -> io::Result<Answer> {
        self.send("POST", path, token, Some((kind, body)))
    }

    /// `POST /v1.0/invitations` for this address, with a mail.
    pub fn invite(&mut self, token: &str, address: &str) -> io::Result<Answer> {
        let body = serde_json::json!({
            "invitedUserEmailAddress": address,
            "inviteRedirectUrl": "https://apps.contoso.example/",
            "sendInvitationMessage": true,
        });
        self.post("/v1.0/invitations", "application/json", token, &body.to_string())
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<(&str, &str)>,
    ) -> io::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n{}", self.host, self.claims);
        if !token.is_empty() {
            let _ = write!(request, "Authorization: Bearer {token}\r\n");
        }
        if let Some((kind, body)) = body {
            let _ = write!(request, "Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        }
        request.push_str("\r\n");
        request.push_str(body.unwrap_or_default().1);
        self.wire.get_mut().write_all(request.as_bytes())?;
        self.wire.get_mut().flush()?;
        self.receive()
    }

    fn receive(&mut self) -> io::Result<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(|_| broken())?;
            }
            chunked |= line == "transfer-encoding: chunked";
        }
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        String::from_utf8(body).map(|body| Answer { status, body }).map_err(|_| broken())
    }

    fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line()?, 16).map_err(|_| broken())?;
            body.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }

    fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.wire.read_exact(&mut body)?;
        Ok(body)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.wire.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }
}

fn broken() -> io::Error {
    io::ErrorKind::InvalidData.into()
}
