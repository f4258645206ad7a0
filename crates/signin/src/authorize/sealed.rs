//! An authorization request on its way through sign-in and consent: sealed under the tenant's key, so that the
//! browser carries it without being able to change it, and nothing has to be stored before somebody signs in.

use super::AuthorizeRequest;
use kernel::{Result, Rng, SignedDuration, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use store::Keys;

const PURPOSE: &str = "authorization request";
/// Long enough to find a mailed code, or a lost password.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
const LONGEST: usize = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub request: AuthorizeRequest,
    /// Whom consent is asked of; nobody while it is about signing in.
    pub user: Option<UserId>,
}

impl Sealed {
    pub fn to_text(&self, keys: &Keys, rng: Rng) -> Result<String> {
        let plain = serde_json::to_vec(self).map_err(kernel::Error::internal)?;
        Ok(jose::encode(keys.seal(rng, PURPOSE, &plain)?))
    }

    /// Nothing for a text of another tenant, a changed one, and one that is too old.
    pub fn of_text(keys: &Keys, text: &str, now: Timestamp) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let opened = keys.open(PURPOSE, &jose::decode(text)?).ok()?;
        let sealed: Self = serde_json::from_slice(opened.expose()).ok()?;
        (now.duration_since(sealed.request.asked_at) < LIFETIME).then_some(sealed)
    }
}
