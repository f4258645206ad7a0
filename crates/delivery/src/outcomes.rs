//! What became of messages since the process began.

use prometheus_client::metrics::counter::Counter;

/// Clones share the figures.
#[derive(Clone, Default)]
pub struct Outcomes {
    /// The next holder has it.
    pub sent: Counter,
    /// Its reason was gone.
    pub dropped: Counter,
    /// Put off until later.
    pub postponed: Counter,
    /// Refused for good, or tried often enough.
    pub dead: Counter,
}
