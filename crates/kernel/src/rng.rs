//! The only source of randomness.

use uuid::Uuid;

/// Cryptographic randomness from the operating system.
#[derive(Clone, Copy, Default)]
pub struct Rng;

impl Rng {
    pub fn system() -> Self {
        Self
    }

    /// Random bytes. The operating system's generator does not fail once the machine is up; if it ever did,
    /// going on would hand out guessable secrets, so the process ends instead.
    pub fn bytes<const N: usize>(self) -> [u8; N] {
        let mut bytes = [0; N];
        if getrandom::fill(&mut bytes).is_err() {
            std::process::abort();
        }
        bytes
    }

    pub fn uuid(self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A number below `bound`, without bias.
    pub fn below(self, bound: u64) -> u64 {
        let limit = u64::MAX - u64::MAX % bound.max(1);
        loop {
            let number = u64::from_le_bytes(self.bytes());
            if number < limit {
                return number % bound.max(1);
            }
        }
    }

    /// A text of `length` letters drawn from `alphabet` (ASCII).
    pub fn text(self, alphabet: &[u8], length: usize) -> String {
        let size = u64::try_from(alphabet.len()).unwrap_or(1);
        let letter = || {
            let at = usize::try_from(self.below(size)).unwrap_or(0);
            alphabet.get(at).copied().map_or('0', char::from)
        };
        std::iter::repeat_with(letter).take(length).collect()
    }
}
