//! TLS: the certificate of `lodge serve` from files, and that of `lodge dev` from an authority of its own
//! which can vouch for this machine alone.

mod certificates;

pub use certificates::{Certificates, Renewal};

use crate::dev::files::write_private;
use kernel::{Error, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// Installs the one cryptographic provider of the process. Call it first thing.
pub fn install_provider() {
    // An error says that it stands already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// An acceptor that asks `certificates` at each handshake.
pub fn acceptor_of(certificates: Arc<Certificates>) -> Result<TlsAcceptor, Error> {
    finished(ServerConfig::builder().with_no_client_auth().with_cert_resolver(certificates))
        .map_err(Error::internal)
}

fn acceptor(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, rustls::Error> {
    finished(ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?)
}

fn finished(mut config: ServerConfig) -> Result<TlsAcceptor, rustls::Error> {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.ticketer = rustls::crypto::aws_lc_rs::Ticketer::new()?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// The authority of `lodge dev`. Its certificate is constrained to localhost, 127.0.0.1 and ::1, so that
/// trusting it lets nobody speak for any other host, even if its key is stolen.
///
/// Only the authority is kept. The server's own key lives in memory and is new at each start.
pub struct DevAuthority {
    certificate_file: PathBuf,
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl DevAuthority {
    /// Reads `ca.pem` and `ca.key` in `directory`, or makes them. `now` is the system's time, not the one
    /// that `/dev/clock` moves: clients check certificates by their own clocks.
    pub fn load_or_create(directory: &Path, now: Timestamp) -> Result<Self, Error> {
        let (certificate_file, key_file) = (directory.join("ca.pem"), directory.join("ca.key"));
        if certificate_file.exists() && key_file.exists() {
            return Self::load(certificate_file, &key_file, now);
        }
        let key = KeyPair::generate().map_err(Error::internal)?;
        let params = authority(now);
        let made = params.self_signed(&key).map_err(Error::internal)?;
        write_private(&key_file, key.serialize_pem().as_bytes())?;
        std::fs::write(&certificate_file, made.pem()).map_err(|error| {
            Error::bad_request(format!("{} cannot be written: {error}.", certificate_file.display()))
        })?;
        let certificate = made.der().clone();
        Ok(Self { certificate_file, certificate, issuer: Issuer::new(params, key) })
    }

    fn load(certificate_file: PathBuf, key_file: &Path, now: Timestamp) -> Result<Self, Error> {
        let unusable = |path: &Path, why: &dyn std::fmt::Display| {
            Error::bad_request(format!(
                "{} is of no use ({why}): delete ca.pem and ca.key there, and trust the new ca.pem.",
                path.display()
            ))
        };
        let certificate = CertificateDer::from_pem_file(&certificate_file)
            .map_err(|error| unusable(&certificate_file, &error))?;
        let pem = std::fs::read_to_string(key_file).map_err(|error| unusable(key_file, &error))?;
        let key = KeyPair::from_pem(&pem).map_err(|error| unusable(key_file, &error))?;
        Ok(Self { certificate_file, certificate, issuer: Issuer::new(authority(now), key) })
    }

    /// What clients must trust.
    pub fn certificate_file(&self) -> &Path {
        &self.certificate_file
    }

    /// A fresh key and certificate for localhost, 127.0.0.1 and ::1.
    pub fn server(&self, now: Timestamp) -> Result<TlsAcceptor, Error> {
        let names = [
            SanType::DnsName("localhost".try_into().map_err(Error::internal)?),
            SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        ];
        let (chain, key) = self.issue(names.to_vec(), now)?;
        acceptor(chain, key).map_err(Error::internal)
    }

    fn issue(
        &self,
        names: Vec<SanType>,
        now: Timestamp,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name = name("localhost");
        params.subject_alt_names = names;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let year = year_of(now);
        // Some clients refuse a server's certificate that lives longer than 825 days.
        (params.not_before, params.not_after) =
            (date_time_ymd(year - 1, 12, 31), date_time_ymd(year + 1, 12, 31));
        let key = KeyPair::generate().map_err(Error::internal)?;
        let made = params.signed_by(&key, &self.issuer).map_err(Error::internal)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Ok((vec![made.der().clone(), self.certificate.clone()], key))
    }
}

/// The same for the same key, but for the dates: an issuer is its name and its key.
fn authority(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name("Lodge development authority (localhost only)");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(Ipv4Addr::LOCALHOST.octets(), 32)),
            GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(Ipv6Addr::LOCALHOST.octets(), 128)),
        ],
        excluded_subtrees: Vec::new(),
    });
    let year = year_of(now);
    (params.not_before, params.not_after) = (date_time_ymd(year - 1, 1, 1), date_time_ymd(year + 10, 1, 1));
    params
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}

fn year_of(now: Timestamp) -> i32 {
    i32::from(now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year())
}

#[cfg(test)]
mod tests;
