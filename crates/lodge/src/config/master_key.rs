//! Where the master key comes from: 32 bytes in base64, given, or in a file that Lodge makes at its first
//! start.

use super::gather::Given;
use crate::dev::files::write_private;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Rng, Secret};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::MasterKey;

pub enum MasterKeySource {
    Given(MasterKey),
    Beside {
        file: PathBuf,
        /// While this file exists, the key must exist already: a new one could open nothing in it.
        database: Option<PathBuf>,
    },
}

impl MasterKeySource {
    pub(super) fn given(text: &Secret<String>, given: &Given) -> Result<Self, Error> {
        decode(text.expose())
            .map(Self::Given)
            .ok_or_else(|| given.wrong("master_key", "must be 32 bytes in base64: openssl rand -base64 32"))
    }

    /// Reads the key, or makes it at a first start.
    pub fn load(&self, rng: Rng) -> Result<MasterKey, Error> {
        let (file, database) = match self {
            Self::Given(key) => return Ok(key.clone()),
            Self::Beside { file, database } => (file, database),
        };
        match std::fs::read_to_string(file) {
            Ok(text) => decode(text.trim()).ok_or_else(|| {
                Error::bad_request(format!(
                    "{} is no master key: 32 bytes in base64 are expected.",
                    file.display()
                ))
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if let Some(database) = database.as_ref().filter(|database| database.exists()) {
                    return Err(missing(file, database));
                }
                let key = MasterKey::generate(rng);
                write_private(file, format!("{}\n", STANDARD.encode(key.expose())).as_bytes())?;
                Ok(key)
            }
            Err(error) => {
                Err(Error::bad_request(format!("The master key {} cannot be read: {error}.", file.display())))
            }
        }
    }
}

fn missing(file: &Path, database: &Path) -> Error {
    Error::bad_request(format!(
        "The master key {} is missing, and {} cannot be opened without it: put it back from its copy.",
        file.display(),
        database.display()
    ))
}

fn decode(text: &str) -> Option<MasterKey> {
    let bytes = STANDARD.decode(text).ok()?;
    <[u8; 32]>::try_from(bytes.as_slice()).ok().map(MasterKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_read_afterwards() {
        let directory = tempfile::TempDir::new().unwrap();
        let file = directory.path().join("master.key");
        let database = directory.path().join("lodge.db");
        let source = MasterKeySource::Beside { file: file.clone(), database: Some(database.clone()) };
        let made = source.load(Rng::system()).unwrap();
        std::fs::write(&database, "rows").unwrap();
        assert_eq!(source.load(Rng::system()).unwrap().expose(), made.expose());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_file(&file).unwrap();
        let error = source.load(Rng::system()).err().unwrap();
        assert!(error.message().contains("put it back from its copy"), "{error}");
        assert!(!file.exists());
        std::fs::write(&file, "short").unwrap();
        assert!(source.load(Rng::system()).err().unwrap().message().contains("is no master key"));
    }
}
