//! Who is left in peace for a while: the relay while it does not answer, and each domain that asked to wait. A
//! domain slows only itself; the relay slows everything and costs no message a try.
//!
//! After a pause one message goes first. If it gets through, the rest follow; if not, the pause grows.

use kernel::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seconds. A relay that restarts is found within seconds, one that hangs is asked once a minute.
const RELAY: [i64; 5] = [5, 10, 20, 40, 60];
/// Greylisting servers let a second try in after some minutes.
const DOMAIN: [i64; 6] = [60, 120, 300, 600, 1200, 1800];
/// What waits while another message tries the way.
const WHILE_TRIED: SignedDuration = SignedDuration::from_secs(5);
/// Domains that are remembered; beyond it those whose pause is over are forgotten.
const MOST_DOMAINS: usize = 10_000;

/// What may happen now.
pub(super) enum Admission {
    Open,
    /// The first after a pause; it goes alone, with this in hand until it is known how it went.
    First(OwnedSemaphorePermit),
    Wait {
        until: Timestamp,
        reason: String,
    },
}

#[derive(Default)]
pub(super) struct Pauses(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    relay: Option<Pause>,
    domains: HashMap<String, Pause>,
}

struct Pause {
    until: Timestamp,
    failures: usize,
    reason: String,
    first: Arc<Semaphore>,
}

impl Pauses {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn relay(&self, now: Timestamp) -> Admission {
        admission(self.inner().relay.as_ref(), now)
    }

    pub fn domain(&self, domain: &str, now: Timestamp) -> Admission {
        admission(self.inner().domains.get(domain), now)
    }

    /// The relay does not answer. When it is asked again.
    pub fn relay_failed(&self, now: Timestamp, reason: &str) -> Timestamp {
        let mut inner = self.inner();
        let pause = longer(inner.relay.take(), &RELAY, now, reason.to_owned());
        inner.relay.insert(pause).until
    }

    pub fn relay_answered(&self) {
        self.inner().relay = None;
    }

    pub fn domain_failed(&self, domain: &str, now: Timestamp, reason: &str) {
        let mut inner = self.inner();
        if inner.domains.len() >= MOST_DOMAINS {
            inner.domains.retain(|_, pause| pause.until > now);
        }
        let reason = format!("{domain} asked to wait: {reason}");
        let pause = longer(inner.domains.remove(domain), &DOMAIN, now, reason);
        inner.domains.insert(domain.to_owned(), pause);
    }

    pub fn domain_answered(&self, domain: &str) {
        self.inner().domains.remove(domain);
    }
}

fn admission(pause: Option<&Pause>, now: Timestamp) -> Admission {
    let Some(pause) = pause else { return Admission::Open };
    let wait = |until| Admission::Wait { until, reason: pause.reason.clone() };
    if now < pause.until {
        return wait(pause.until);
    }
    match pause.first.clone().try_acquire_owned() {
        Ok(first) => Admission::First(first),
        Err(_) => wait(now.checked_add(WHILE_TRIED).unwrap_or(now)),
    }
}

/// Failures of messages that were under way together count once.
fn longer(known: Option<Pause>, steps: &[i64], now: Timestamp, reason: String) -> Pause {
    let (failures, first) = match known {
        Some(pause) if now < pause.until => return Pause { reason, ..pause },
        Some(pause) => (pause.failures + 1, pause.first),
        None => (1, Arc::new(Semaphore::new(1))),
    };
    let seconds = steps.get(failures - 1).or(steps.last()).copied().unwrap_or(60);
    let until = now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
    Pause { until, failures, reason, first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    fn waits(admission: &Admission) -> Option<i64> {
        match admission {
            Admission::Wait { until, .. } => Some(until.as_second() - 1_000_000),
            _ => None,
        }
    }

    #[test]
    fn a_domain_that_defers_slows_only_itself() {
        let pauses = Pauses::default();
        pauses.domain_failed("slow.example", at(0), "451 later");
        assert_eq!(waits(&pauses.domain("slow.example", at(1))), Some(60));
        assert!(matches!(pauses.domain("quick.example", at(1)), Admission::Open));
        assert!(matches!(pauses.relay(at(1)), Admission::Open));
    }

    #[test]
    fn after_a_pause_one_goes_first_and_the_pause_grows_or_ends() {
        let pauses = Pauses::default();
        pauses.domain_failed("slow.example", at(0), "451 later");
        pauses.domain_failed("slow.example", at(2), "451 later");
        assert_eq!(waits(&pauses.domain("slow.example", at(3))), Some(60), "both were under way together");
        let first = pauses.domain("slow.example", at(60));
        assert!(matches!(first, Admission::First(_)));
        assert_eq!(waits(&pauses.domain("slow.example", at(61))), Some(66));
        pauses.domain_failed("slow.example", at(70), "451 later");
        drop(first);
        assert_eq!(waits(&pauses.domain("slow.example", at(71))), Some(190));
        assert!(matches!(pauses.domain("slow.example", at(190)), Admission::First(_)));
        pauses.domain_answered("slow.example");
        assert!(matches!(pauses.domain("slow.example", at(191)), Admission::Open));
    }

    #[test]
    fn a_relay_that_stays_away_is_asked_once_a_minute() {
        let pauses = Pauses::default();
        let mut now = 0;
        let mut waited = Vec::new();
        for _ in 0..7 {
            let until = pauses.relay_failed(at(now), "no answer").as_second() - 1_000_000;
            waited.push(until - now);
            now = until;
        }
        assert_eq!(waited, [5, 10, 20, 40, 60, 60, 60]);
        pauses.relay_answered();
        assert!(matches!(pauses.relay(at(now)), Admission::Open));
    }
}
