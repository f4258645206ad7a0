//! Where the master key comes from: 32 bytes in base64, given, or in a file that Lodge makes at its first
//! start.

use super::gather::Given;
use crate::dev::files::write_private;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Rng, Secret};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::{MasterKey, MasterKeys};

pub enum MasterKeySource {
    Given(MasterKeys),
    Beside {
        file: PathBuf,
        /// While this file exists, the key must exist already: a new one could open nothing in it.
        database: Option<PathBuf>,
    },
}

impl MasterKeySource {
    pub(super) fn given(
        (key, given): (Secret<String>, Given),
        next: Option<(Secret<String>, Given)>,
    ) -> Result<Self, Error> {
        let read = |key: &Secret<String>, given: &Given, name| {
            let wrong = || given.wrong(name, "must be 32 bytes in base64: openssl rand -base64 32");
            decode(key.expose()).ok_or_else(wrong)
        };
        let key = read(&key, &given, "master_key")?;
        let Some((next, given)) = next else { return Ok(Self::Given(key.into())) };
        let next = read(&next, &given, "master_key_next")?;
        Ok(Self::Given(MasterKeys::with_next(key, next)))
    }

    /// Reads the key, or makes it at a first start; and the one to follow it, if there is one.
    pub fn load(&self, rng: Rng) -> Result<MasterKeys, Error> {
        let (file, database) = match self {
            Self::Given(keys) => return Ok(keys.clone()),
            Self::Beside { file, database } => (file, database),
        };
        match (read(file)?, read(&next_of(file))?) {
            (Some(key), Some(next)) => Ok(MasterKeys::with_next(key, next)),
            // The second can only be alone if the process ended while it took the first one's place.
            (Some(key), None) | (None, Some(key)) => Ok(key.into()),
            (None, None) => {
                if let Some(database) = database.as_ref().filter(|database| database.exists()) {
                    return Err(missing(file, database));
                }
                make(file, rng).map(Into::into)
            }
        }
    }
}

/// Where the key lies that is to follow the one in `file`.
pub fn next_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".next");
    PathBuf::from(name)
}

/// Makes a key in a file that only its owner can read.
pub fn make(file: &Path, rng: Rng) -> Result<MasterKey, Error> {
    let key = MasterKey::generate(rng);
    write_private(file, format!("{}\n", STANDARD.encode(key.expose())).as_bytes())?;
    Ok(key)
}

fn read(file: &Path) -> Result<Option<MasterKey>, Error> {
    match std::fs::read_to_string(file) {
        Ok(text) => decode(text.trim()).map(Some).ok_or_else(|| {
            Error::bad_request(format!(
                "{} is no master key: 32 bytes in base64 are expected.",
                file.display()
            ))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(Error::bad_request(format!("The master key {} cannot be read: {error}.", file.display())))
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
        let load = || source.load(Rng::system()).unwrap().first().expose().to_owned();
        let made = load();
        std::fs::write(&database, "rows").unwrap();
        assert_eq!(load(), made);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_file(&file).unwrap();
        let error = source.load(Rng::system()).err().unwrap();
        assert!(error.message().contains("put it back from its copy"), "{error}");
        assert!(!file.exists());
        std::fs::write(&file, "short").unwrap();
        assert!(source.load(Rng::system()).err().unwrap().message().contains("is no master key"));
    }
}
