//! The link in another dress: the code that stands under the button of a mail. Wrong entries are counted per
//! network, never per invitation, so that a stranger cannot lock a guest out.
//!
//! The count lives in this process: which tenant is meant is known only once a code is right, and so no tenant's
//! rows can hold it. A restart forgets it and every node counts for itself; against 60 random bits that is enough.

use kernel::{SignedDuration, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use web::ClientNetwork;

const MOST_WRONG: usize = 20;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Beyond this the network that was quiet for longest is forgotten.
const MOST_NETWORKS: usize = 10_000;

/// What a typed code came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCode {
    /// The address of the same invitation, as a mail carries it.
    Leads(String),
    Unknown,
    /// Codes of this network are taken again at this time.
    Limited(Timestamp),
}

/// The wrong entries of the last hour. A network that could not be told counts as one.
#[derive(Default)]
pub struct WrongEntries(Mutex<HashMap<Option<ClientNetwork>, VecDeque<Timestamp>>>);

impl WrongEntries {
    /// Counts an entry as wrong before it is looked up, so that many at once cannot slip through; the right one
    /// is taken back by [`Self::forgive`]. The error is the time from which one more fits.
    pub fn count(&self, network: Option<ClientNetwork>, now: Timestamp) -> Result<(), Timestamp> {
        let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits_again = |entry: &Timestamp| entry.checked_add(WINDOW).unwrap_or(Timestamp::MAX);
        let entries = networks.entry(network).or_default();
        while entries.front().is_some_and(|oldest| fits_again(oldest) <= now) {
            entries.pop_front();
        }
        if entries.len() >= MOST_WRONG {
            return Err(entries.front().map_or(now, fits_again));
        }
        entries.push_back(now);
        if networks.len() > MOST_NETWORKS {
            let quietest =
                networks.iter().min_by_key(|(_, entries)| entries.back()).map(|(network, _)| *network);
            quietest.and_then(|network| networks.remove(&network));
        }
        Ok(())
    }

    pub fn forgive(&self, network: Option<ClientNetwork>, counted_at: Timestamp) {
        let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entries) = networks.get_mut(&network) else { return };
        if let Some(at) = entries.iter().rposition(|entry| *entry == counted_at) {
            entries.remove(at);
        }
        if entries.is_empty() {
            networks.remove(&network);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[expect(clippy::unnecessary_wraps, reason = "the facts take it so")]
    fn network(text: &str) -> Option<ClientNetwork> {
        Some(ClientNetwork::of(text.parse().unwrap()))
    }

    #[test]
    fn twenty_an_hour_may_be_wrong_from_one_network_and_others_are_not_touched() {
        let wrong = WrongEntries::default();
        let (here, there) = (network("203.0.113.7"), network("198.51.100.7"));
        for second in 0..20 {
            assert_eq!(wrong.count(here, at(second)), Ok(()));
        }
        assert_eq!(wrong.count(network("203.0.113.250"), at(20)), Err(at(3600)));
        assert_eq!(wrong.count(there, at(20)), Ok(()));
        assert_eq!(wrong.count(here, at(3599)), Err(at(3600)));
        assert_eq!(wrong.count(here, at(3600)), Ok(()));
        assert_eq!(wrong.count(here, at(3600)), Err(at(3601)));
    }

    #[test]
    fn a_right_code_is_not_counted() {
        let wrong = WrongEntries::default();
        for second in 0..100 {
            assert_eq!(wrong.count(None, at(second)), Ok(()));
            wrong.forgive(None, at(second));
        }
    }

    #[test]
    fn memory_is_bounded_however_many_networks_come() {
        let wrong = WrongEntries::default();
        for n in 0..u32::try_from(MOST_NETWORKS).unwrap() + 500 {
            let network = Some(ClientNetwork::of(std::net::Ipv4Addr::from_bits(n << 8).into()));
            wrong.count(network, at(i64::from(n))).unwrap();
        }
        assert_eq!(wrong.0.lock().unwrap().len(), MOST_NETWORKS);
    }
}
