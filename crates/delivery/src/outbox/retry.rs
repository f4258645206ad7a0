//! When a message that did not leave is tried again.

use kernel::{Rng, SignedDuration};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// Seconds to the next try: quick at first, for a mail server that restarts; three days in all.
const DELAYS: [i64; 11] = [
    30,
    2 * MINUTE,
    10 * MINUTE,
    HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
];

/// How often a message is tried before it is given up.
pub(super) const TRIES: usize = DELAYS.len() + 1;

/// The pause after a failure that `earlier` tries came before, up to a fifth longer so that what failed
/// together does not come back together. None: enough.
pub(super) fn delay(earlier: u32, rng: Rng) -> Option<SignedDuration> {
    let seconds = *DELAYS.get(usize::try_from(earlier).ok()?)?;
    let millis = seconds.saturating_mul(1000);
    let jitter = rng.below(u64::try_from(millis / 5).unwrap_or(0));
    Some(SignedDuration::from_millis(millis.saturating_add(i64::try_from(jitter).unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_twelve_times_over_about_three_days() {
        let rng = Rng::system();
        let all: Vec<_> = (0..).map_while(|earlier| delay(earlier, rng)).collect();
        assert_eq!(all.len() + 1, TRIES);
        assert_eq!(TRIES, 12);
        let sum: i64 = all.iter().map(SignedDuration::as_secs).sum();
        assert!((70 * HOUR..90 * HOUR).contains(&sum), "{sum}");
        for (delay, least) in all.iter().zip(DELAYS) {
            assert!(delay.as_secs() >= least && delay.as_secs() <= least + least / 5);
        }
    }
}
