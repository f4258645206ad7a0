//! The whole server in a test.
