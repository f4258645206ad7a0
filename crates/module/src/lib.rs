//! What a slice offers to the whole.
