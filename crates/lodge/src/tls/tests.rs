use super::*;
use crate::config::TlsFiles;
use kernel::Clock;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;
use tokio_rustls::TlsConnector;

fn authority_in(directory: &Path) -> DevAuthority {
    install_provider();
    DevAuthority::load_or_create(directory, Clock::system().now()).unwrap()
}

/// A handshake of a client that trusts this authority, under the given name.
async fn handshake(authority: &DevAuthority, acceptor: &TlsAcceptor, name: &str) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority.certificate_file()).unwrap()).unwrap();
    let client = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let (near, far) = tokio::io::duplex(64 * 1024);
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connector = TlsConnector::from(Arc::new(client));
    let (client, server) = tokio::join!(connector.connect(name, near), acceptor.accept(far));
    let _ = server;
    client.map(|_| ()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn clients_that_trust_the_authority_accept_all_names_of_this_machine() {
    let directory = TempDir::new().unwrap();
    let authority = authority_in(directory.path());
    let acceptor = authority.server(Clock::system().now()).unwrap();
    for name in ["localhost", "127.0.0.1", "::1"] {
        assert_eq!(handshake(&authority, &acceptor, name).await, Ok(()), "{name}");
    }
    let error = handshake(&authority, &acceptor, "contoso.example").await.unwrap_err();
    assert!(error.contains("not valid for name"), "{error}");
}

#[tokio::test]
async fn the_authority_can_vouch_for_no_other_host() {
    let directory = TempDir::new().unwrap();
    let authority = authority_in(directory.path());
    let foreign = [
        (SanType::DnsName("login.contoso.example".try_into().unwrap()), "login.contoso.example"),
        (SanType::IpAddress(IpAddr::from([127, 0, 0, 2])), "127.0.0.2"),
        (SanType::IpAddress(IpAddr::from([10, 0, 0, 1])), "10.0.0.1"),
    ];
    for (alternative, name) in foreign {
        let (chain, key) = authority.issue(vec![alternative], Clock::system().now()).unwrap();
        let acceptor = acceptor(chain, key).unwrap();
        let error = handshake(&authority, &acceptor, name).await.unwrap_err();
        assert!(error.contains("NameConstraintViolation"), "{name}: {error}");
    }
}

#[tokio::test]
async fn the_authority_is_kept_and_its_key_is_private() {
    let directory = TempDir::new().unwrap();
    let first = authority_in(directory.path());
    let pem = std::fs::read(first.certificate_file()).unwrap();
    let key = directory.path().join("ca.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let second = authority_in(directory.path());
    assert_eq!(std::fs::read(second.certificate_file()).unwrap(), pem);
    let acceptor = second.server(Clock::system().now()).unwrap();
    assert_eq!(handshake(&first, &acceptor, "localhost").await, Ok(()));

    std::fs::write(&key, "nothing").unwrap();
    let error = DevAuthority::load_or_create(directory.path(), Clock::system().now()).err().unwrap();
    assert!(error.message().contains("delete ca.pem and ca.key"), "{error}");
}

/// Writes a certificate of this authority for localhost into both files.
fn issue_into(files: &TlsFiles, authority: &DevAuthority) {
    let names = vec![SanType::DnsName("localhost".try_into().unwrap())];
    let (chain, key) = authority.issue(names, Clock::system().now()).unwrap();
    let pem: String = chain.iter().map(|certificate| encode("CERTIFICATE", certificate)).collect();
    std::fs::write(&files.certificate, pem).unwrap();
    std::fs::write(&files.key, encode("PRIVATE KEY", key.secret_der())).unwrap();
}

fn encode(label: &str, der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

fn files_in(directory: &TempDir) -> TlsFiles {
    TlsFiles { certificate: directory.path().join("cert.pem"), key: directory.path().join("key.pem") }
}

#[tokio::test]
async fn files_that_are_no_certificate_are_told() {
    install_provider();
    let directory = TempDir::new().unwrap();
    let files = files_in(&directory);
    let refusal =
        || Certificates::from_files(&files).err().map(|it| it.message().to_owned()).unwrap_or_default();
    assert!(refusal().contains("cert.pem cannot be used for TLS"), "{}", refusal());
    std::fs::write(&files.certificate, "x").unwrap();
    assert!(refusal().contains("holds no certificate"), "{}", refusal());

    let authority = authority_in(directory.path());
    issue_into(&files, &authority);
    let key = std::fs::read(&files.key).unwrap();
    std::fs::copy(directory.path().join("ca.key"), &files.key).unwrap();
    assert!(refusal().contains("key.pem cannot be used"), "a key of another certificate: {}", refusal());
    std::fs::write(&files.key, key).unwrap();
    let certificates = Certificates::from_files(&files).unwrap();
    let year = year_of(Clock::system().now()) + 1;
    assert!(certificates.expires_at().to_string().starts_with(&format!("{year}-12-31")));
    let acceptor = acceptor_of(Arc::new(certificates)).unwrap();
    assert_eq!(handshake(&authority, &acceptor, "localhost").await, Ok(()));
}

#[tokio::test]
async fn changed_files_are_presented_and_half_written_ones_are_not() {
    install_provider();
    let directory = TempDir::new().unwrap();
    let files = files_in(&directory);
    let (first, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (first, other) = (authority_in(first.path()), authority_in(other.path()));
    issue_into(&files, &first);
    let certificates = Arc::new(Certificates::from_files(&files).unwrap());
    let acceptor = acceptor_of(certificates.clone()).unwrap();
    assert_eq!(certificates.renew().unwrap(), Renewal::Unchanged);

    std::fs::write(&files.certificate, "-----BEGIN CERT").unwrap();
    assert!(certificates.renew().is_err());
    assert_eq!(certificates.renew().unwrap(), Renewal::Unchanged, "told once");
    assert_eq!(handshake(&first, &acceptor, "localhost").await, Ok(()));

    issue_into(&files, &other);
    assert_eq!(certificates.renew().unwrap(), Renewal::Renewed);
    assert_eq!(handshake(&other, &acceptor, "localhost").await, Ok(()));
    assert!(handshake(&first, &acceptor, "localhost").await.is_err());
}
