//! JSON Web Keys, Signatures and Tokens: bytes to types, bounded.
