//! Argon2id on threads of its own: one core stays free for everything else, and what waits is bounded, so that a
//! flood of passwords ends in "try again", never in memory death.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kernel::{Error, Kind, Result, Rng, Secret};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

/// 19 MiB, two passes, one lane: the first choice of OWASP's password storage page.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// More than this would be turned away before its turn came anyway: about two seconds of one core.
const LONGEST_QUEUE: usize = 128;
const RETRY_AFTER: u32 = 2;
/// Well-formed, of the usual cost, and of no password: what a password is compared with when there is none.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password as it is kept: a PHC string, with its parameters and its salt.
#[derive(Clone)]
pub struct Hashed(String);

impl Hashed {
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// The threads and their queue. They end with the last handle.
#[derive(Clone)]
pub struct Hasher {
    queue: SyncSender<Job>,
    rng: Rng,
    waiting: Arc<AtomicUsize>,
    turned_away: Arc<AtomicUsize>,
}

impl Hasher {
    /// One thread less than there are cores, but one.
    pub fn start(rng: Rng) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with(rng, cores.saturating_sub(1).max(1), LONGEST_QUEUE)
    }

    pub(crate) fn with(rng: Rng, threads: usize, longest_queue: usize) -> Self {
        let (queue, jobs) = sync_channel::<Job>(longest_queue);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads {
            let jobs = jobs.clone();
            let thread = std::thread::Builder::new().name(format!("password-{number}"));
            if let Err(error) = thread.spawn(move || work(&jobs)) {
                tracing::error!(%error, "a hashing thread did not start");
            }
        }
        Self { queue, rng, waiting: Arc::default(), turned_away: Arc::default() }
    }

    /// Passwords that wait or are being hashed now.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Passwords that found the queue full since the process began.
    pub fn turned_away(&self) -> usize {
        self.turned_away.load(Ordering::Relaxed)
    }

    pub async fn hash(&self, password: Secret<String>) -> Result<Hashed> {
        let salt: [u8; 16] = self.rng.bytes();
        self.run(move || {
            let params = cost(MEMORY_KIB, PASSES, LANES)?;
            let tag = digest(params, password.expose().as_bytes(), &salt)?;
            let (salt, tag) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(tag));
            Ok(Hashed(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${tag}")))
        })
        .await
    }

    /// Whether this is the password. Without a hash the answer is no and takes as long.
    pub async fn verify(&self, hashed: Option<Hashed>, password: Secret<String>) -> Result<bool> {
        self.run(move || {
            let known = hashed.as_ref().map_or(NOBODY, Hashed::as_str);
            let (params, salt, tag) =
                parse(known).ok_or_else(|| Error::internal("a password is not kept as an argon2id hash"))?;
            let given = digest(params, password.expose().as_bytes(), &salt)?;
            Ok(bool::from(given.as_slice().ct_eq(&tag)) && hashed.is_some())
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting::count(&self.waiting);
        let job = Box::new(move || {
            let _gone = answer.send(work());
            drop(waiting);
        });
        match self.queue.try_send(job) {
            Ok(()) => answered.await.unwrap_or_else(|_| Err(Error::internal("a hashing thread ended"))),
            Err(TrySendError::Full(_)) => {
                self.turned_away.fetch_add(1, Ordering::Relaxed);
                Err(Error::new(
                    Kind::TooManyRequests { retry_after: RETRY_AFTER },
                    "Too many people are signing in right now. Try again in a moment.",
                ))
            }
            Err(TrySendError::Disconnected(_)) => Err(Error::internal("there is no hashing thread")),
        }
    }
}

/// Counted until it is dropped, with its job or without.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn count(all: &Arc<AtomicUsize>) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all.clone())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is free again before the job runs.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        job();
    }
}

fn cost(memory: u32, passes: u32, lanes: u32) -> Result<Params> {
    Params::new(memory, passes, lanes, Some(32)).map_err(Error::internal)
}

fn digest(params: Params, password: &[u8], salt: &[u8]) -> Result<[u8; 32]> {
    let mut tag = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password, salt, &mut tag)
        .map_err(Error::internal)?;
    Ok(tag)
}

/// Reads `$argon2id$v=19$m=…,t=…,p=…$salt$tag`.
fn parse(text: &str) -> Option<(Params, Vec<u8>, Vec<u8>)> {
    let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
    let mut numbers = parts.next()?.split(',');
    let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.parse::<u32>().ok();
    let params = cost(number("m=")?, number("t=")?, number("p=")?).ok()?;
    let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
    let tag = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
    (tag.len() == 32 && parts.next().is_none()).then_some((params, salt, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let hasher = Hasher::with(Rng::system(), 1, 8);
        let hashed = hasher.hash(secret("Correct-horse-7")).await.unwrap();
        assert!(hashed.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(hashed.as_str(), hasher.hash(secret("Correct-horse-7")).await.unwrap().as_str());
        assert!(hasher.verify(Some(hashed.clone()), secret("Correct-horse-7")).await.unwrap());
        assert!(!hasher.verify(Some(hashed), secret("Correct-horse-8")).await.unwrap());
        assert!(!hasher.verify(None, secret("Correct-horse-7")).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_costs_what_any_other_does() {
        let (params, _, _) = parse(NOBODY).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
    }

    #[tokio::test]
    async fn a_full_queue_says_when_to_come_back() {
        let hasher = Hasher::with(Rng::system(), 1, 1);
        let (release, released) = std::sync::mpsc::channel::<()>();
        hasher.queue.send(Box::new(move || released.recv().unwrap_or_default())).unwrap();
        // One may still find room, as long as the thread has not taken the first.
        while hasher.queue.try_send(Box::new(|| ())).is_ok() {}
        let error = hasher.verify(None, secret("x")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::TooManyRequests { retry_after: RETRY_AFTER });
        release.send(()).unwrap();
    }

    #[test]
    fn what_is_no_hash_is_none() {
        for text in
            ["", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"]
        {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
