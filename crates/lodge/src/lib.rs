//! Composition of the modules: what the binary and the tests share.
