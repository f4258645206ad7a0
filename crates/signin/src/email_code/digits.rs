//! How long a code is good for, how often it may be wrong, how many there may be, and what it reads like.

use kernel::{EmailAddress, SignedDuration};
use store::Keys;
use store::rate::Limit;
use uuid::Uuid;

/// A code is good while less than this has passed.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(30);
/// What a code has proven holds for this long in the browser it was typed in.
pub const PROOF_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
pub const MOST_TRIES: u32 = 5;
/// Codes in an hour for one address asked for from one network.
pub const PER_ADDRESS_AND_NETWORK: u32 = 5;
/// Codes in an hour for one address. More than for one network, so that a stranger who keeps asking does not lock
/// the guest out.
pub const PER_ADDRESS: u32 = 30;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
const DIGITS: u64 = 100_000_000;

/// The eight digits of the code with this id.
pub fn digits(keys: &Keys, id: Uuid) -> String {
    let tag = keys.mac("email code", &[id.as_bytes()]);
    let number = tag.iter().take(8).fold(0, |number: u64, byte| (number << 8) | u64::from(*byte));
    format!("{:08}", number % DIGITS)
}

/// What was typed, as digits: spaces and hyphens help reading.
pub fn typed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(16).collect()
}

/// How many codes go to an address: narrowly per network, widely in all.
pub fn limits(address: &EmailAddress, network: &str) -> [Limit; 2] {
    let address = address.key();
    [
        Limit::new(format!("email code {address} {network}"), PER_ADDRESS_AND_NETWORK, WINDOW),
        Limit::new(format!("email code {address}"), PER_ADDRESS, WINDOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_may_be_grouped() {
        assert_eq!(typed(" 4821 7730\n"), "48217730");
        assert_eq!(typed("4821-7730"), "48217730");
        assert_eq!(typed(&"1".repeat(1000)).len(), 16);
    }
}
