//! The certificate that `lodge serve` presents: read from files, and read again when they change. Until new files
//! are whole and fit together, the old certificate stays.

use crate::config::TlsFiles;
use kernel::{Error, Timestamp};
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use x509_parser::prelude::{FromDer, X509Certificate};

pub struct Certificates(RwLock<Presented>);

struct Presented {
    files: TlsFiles,
    key: Arc<CertifiedKey>,
    expires_at: Timestamp,
    /// What the files looked like when they were last read, whether they were of use or not.
    seen: Looks,
}

/// Time of change and size of both files; none of one that is not there.
type Looks = [Option<(SystemTime, u64)>; 2];

/// What came of looking at the files again.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    Unchanged,
    Renewed,
}

impl Certificates {
    pub fn from_files(files: &TlsFiles) -> Result<Self, Error> {
        Ok(Self(RwLock::new(Presented::read(files)?)))
    }

    /// Presents what these files hold. On an error what was presented before stays.
    pub fn replace(&self, files: &TlsFiles) -> Result<(), Error> {
        let seen = looks(files);
        let outcome = Presented::read(files);
        let mut presented = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(read) => *presented = read,
            Err(error) => {
                presented.seen = seen;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Reads the files again if they look different from last time. A fault is told once for each change.
    pub fn renew(&self) -> Result<Renewal, Error> {
        let (files, seen) = {
            let presented = self.0.read().unwrap_or_else(PoisonError::into_inner);
            (presented.files.clone(), presented.seen)
        };
        if looks(&files) == seen {
            return Ok(Renewal::Unchanged);
        }
        self.replace(&files).map(|()| Renewal::Renewed)
    }

    pub fn expires_at(&self) -> Timestamp {
        self.0.read().unwrap_or_else(PoisonError::into_inner).expires_at
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).key.clone())
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificates")
    }
}

impl Presented {
    fn read(files: &TlsFiles) -> Result<Self, Error> {
        // Before the reading: a change in between is seen as one at the next look.
        let seen = looks(files);
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&files.certificate)
            .and_then(Iterator::collect)
            .map_err(|error| unusable(&files.certificate, error))?;
        let Some(first) = chain.first() else {
            return Err(unusable(&files.certificate, "it holds no certificate in PEM"));
        };
        let expires_at = expiry(first).map_err(|error| unusable(&files.certificate, error))?;
        let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| unusable(&files.key, error))?;
        let provider =
            CryptoProvider::get_default().ok_or_else(|| Error::internal("no cryptographic provider"))?;
        let key =
            CertifiedKey::from_der(chain, key, provider).map_err(|error| unusable(&files.key, error))?;
        Ok(Self { files: files.clone(), key: Arc::new(key), expires_at, seen })
    }
}

fn unusable(path: &Path, why: impl fmt::Display) -> Error {
    Error::bad_request(format!("{} cannot be used for TLS: {why}.", path.display()))
}

fn looks(files: &TlsFiles) -> Looks {
    [&files.certificate, &files.key].map(|path| {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    })
}

fn expiry(certificate: &CertificateDer<'_>) -> Result<Timestamp, String> {
    let (_, parsed) = X509Certificate::from_der(certificate).map_err(|error| error.to_string())?;
    Timestamp::from_second(parsed.validity().not_after.timestamp()).map_err(|error| error.to_string())
}
