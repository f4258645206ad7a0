//! The link in another dress: the code that stands under the button of a mail. Wrong entries are counted per
//! network, never per invitation, so that a stranger cannot lock a guest out. Which tenant is meant is known only
//! once a code is right, so the count is the installation's: it holds across nodes and restarts.

use kernel::{Result, SignedDuration, Timestamp};
use store::Store;
use store::rate::{SharedLimit, Slot, Taken};
use web::ClientNetwork;

const MOST_WRONG: u32 = 20;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// What a typed code came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCode {
    /// The address of the same invitation, as a mail carries it.
    Leads(String),
    Unknown,
    /// Codes of this network are taken again at this time.
    Limited(Timestamp),
}

/// An entry that counts as wrong until it turns out right, so that many at once cannot slip through.
pub struct Entry {
    limit: SharedLimit,
    slot: Slot,
}

impl Entry {
    /// The error is the time from which one more fits. A network that could not be told counts as one.
    pub async fn count(
        store: &Store,
        network: Option<ClientNetwork>,
    ) -> Result<std::result::Result<Self, Timestamp>> {
        let network = network.map_or_else(|| "unknown".to_owned(), |network| network.to_string());
        let name = format!("wrong typed code from {network}");
        let limit = SharedLimit { name, most: MOST_WRONG, window: WINDOW };
        Ok(match limit.take(store).await? {
            Taken::Counted(slot) => Ok(Self { limit, slot }),
            Taken::Full(until) => Err(until),
        })
    }

    /// It was right.
    pub async fn forgive(self, store: &Store) -> Result<()> {
        self.limit.give_back(store, self.slot).await
    }
}
