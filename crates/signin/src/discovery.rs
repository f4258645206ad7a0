//! What clients ask before they sign anybody in: OpenID configuration, keys, the instance, the account's realm.

pub mod documents;
