//! A recipient's wish not to be invited by mail by an organisation.
//!
//! It is set by the `List-Unsubscribe` header of invitation mails (RFC 2369, one click by RFC 8058) and touches
//! no invitation: the guest exists, the link works, only Lodge sends no further invitation mail. The token is of
//! a kind of its own: the address, sealed with a key of the tenant. It stands in that header alone.

mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use self::pages::module;
pub use self::store::{block, is_blocked};

use ::store::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{EmailAddress, Origin, Result, Rng, TenantId};
use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

const PURPOSE: &str = "unsubscribe";

/// Where the header leads: GET shows one button, POST sets the preference.
pub fn unsubscribe_url(
    origin: &Origin,
    keys: &Keys,
    rng: Rng,
    tenant: TenantId,
    address: &EmailAddress,
) -> Result<String> {
    let token = URL_SAFE_NO_PAD.encode(keys.seal(rng, PURPOSE, address.as_str().as_bytes())?);
    Ok(origin.link("/unsubscribe").with("tenant", tenant).with("token", token).to_string())
}

/// The address a token was made for.
pub fn open_token(keys: &Keys, token: &str) -> Option<EmailAddress> {
    if token.len() > 1024 {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
    let opened = keys.open(PURPOSE, &sealed).ok()?;
    EmailAddress::parse(std::str::from_utf8(opened.expose()).ok()?).ok()
}
