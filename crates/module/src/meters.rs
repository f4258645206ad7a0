//! What services measure themselves.

use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};

/// Clones share the figures.
#[derive(Clone)]
pub struct Meters {
    /// Seconds to make the tokens of one answer: one signature, or two.
    pub signing: Histogram,
}

impl Default for Meters {
    fn default() -> Self {
        Self { signing: Histogram::new(exponential_buckets(0.000_1, 2.0, 12)) }
    }
}
