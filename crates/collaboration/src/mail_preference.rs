//! A recipient's wish not to be invited by mail by an organisation, or by anybody here.
//!
//! Two ways lead to it, each with a token of a kind of its own: the `List-Unsubscribe` header of invitation mails
//! (RFC 2369, one click by RFC 8058), and *Block future invitations* below each of them, where the wish is also taken
//! back. A token is the address, sealed with a key of the tenant; it needs no sign-in. The wish touches no invitation:
//! the guest exists, the link works, only Lodge sends no further invitation mail.
//!
//! The page names the organisation that wrote and those its reader has blocked before, and no other: a mail is
//! forwarded easily, and who else has invited somebody is nobody's business.

mod block;
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

const UNSUBSCRIBE: &str = "unsubscribe";
const BLOCK: &str = "block invitations";

/// Where the header leads: GET shows one button, POST sets the preference.
pub fn unsubscribe_url(
    origin: &Origin,
    keys: &Keys,
    rng: Rng,
    tenant: TenantId,
    address: &EmailAddress,
) -> Result<String> {
    let token = token(keys, rng, UNSUBSCRIBE, address)?;
    Ok(origin.link("/unsubscribe").with("tenant", tenant).with("token", token).to_string())
}

/// Where *Block future invitations* leads.
pub fn block_url(
    origin: &Origin,
    keys: &Keys,
    rng: Rng,
    tenant: TenantId,
    address: &EmailAddress,
) -> Result<String> {
    let token = token(keys, rng, BLOCK, address)?;
    Ok(origin.link("/block").with("tenant", tenant).with("token", token).to_string())
}

fn token(keys: &Keys, rng: Rng, purpose: &'static str, address: &EmailAddress) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(keys.seal(rng, purpose, address.as_str().as_bytes())?))
}

/// The address a token was made for.
fn open_token(keys: &Keys, purpose: &'static str, token: &str) -> Option<EmailAddress> {
    if token.len() > 1024 {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
    let opened = keys.open(purpose, &sealed).ok()?;
    EmailAddress::parse(std::str::from_utf8(opened.expose()).ok()?).ok()
}
