//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.
