//! The only source of the current time.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The time as Lodge sees it: the system's, plus what a test or `POST /dev/clock` advanced it by.
/// Cloning shares the offset. Microseconds, which is what the store keeps.
#[derive(Clone, Default)]
pub struct Clock {
    offset_micros: Arc<AtomicI64>,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
        let system = Timestamp::now().as_microsecond();
        let micros = system.saturating_add(self.offset_micros.load(Ordering::SeqCst));
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }

    /// Moves this clock forward. It never goes back: what was decided stays decided.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX).max(0);
        self.offset_micros.fetch_add(micros, Ordering::SeqCst);
    }

    /// How far this clock is ahead of the system's.
    pub fn offset(&self) -> SignedDuration {
        SignedDuration::from_micros(self.offset_micros.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_moves_forward_only_and_clones_move_together() {
        let clock = Clock::system();
        let other = clock.clone();
        let before = other.now();
        clock.advance(SignedDuration::from_hours(24));
        assert!(other.now().duration_since(before) >= SignedDuration::from_hours(24));
        clock.advance(SignedDuration::from_hours(-48));
        assert_eq!(clock.offset(), SignedDuration::from_hours(24));
    }
}
