//! OData query options: bytes to types, bounded.
