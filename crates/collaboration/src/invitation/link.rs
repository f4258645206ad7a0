//! Links and typed codes. Both are derived, never stored, and built from configuration alone: nothing here can
//! see a request.

use super::{Invitation, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::user::User;
use kernel::{InvitationId, Origin, TenantId, Timestamp};
use store::Keys;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH: usize = 12;
/// How many generations back an old link is still recognised as replaced.
const REMEMBERED: u32 = 256;

/// The address in the mail: it finds the invitation.
pub fn redeem_url(origin: &Origin, keys: &Keys, tenant: TenantId, invitation: &Invitation) -> String {
    origin
        .link("/redeem")
        .with("tenant", tenant)
        .with("user", invitation.id)
        .with("ticket", ticket(keys, invitation.id, invitation.generation))
        .with("ver", "2.0")
        .to_string()
}

/// 43 characters.
pub fn ticket(keys: &Keys, invitation: InvitationId, generation: u32) -> String {
    URL_SAFE_NO_PAD.encode(keys.mac("invitation ticket", &parts(&invitation, &generation.to_be_bytes())))
}

/// The same way in, to be typed: 12 characters.
pub fn typed_code(keys: &Keys, invitation: InvitationId, generation: u32) -> String {
    let tag = keys.mac("invitation code", &parts(&invitation, &generation.to_be_bytes()));
    let letter =
        |byte: &u8| ALPHABET.get(usize::from(*byte) % ALPHABET.len()).copied().map_or('0', char::from);
    tag.iter().take(CODE_LENGTH).map(letter).collect()
}

/// `K7QM-4T2X-9HRD`, as people read it.
pub fn hyphenated(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// A typed code as it was meant: without spaces and hyphens, in capitals, look-alikes read as digits.
pub fn parse_typed_code(text: &str) -> Option<String> {
    if text.len() > 64 {
        return None;
    }
    let mut code = String::new();
    for letter in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–')) {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
        if !known {
            return None;
        }
        code.push(letter);
    }
    (code.len() == CODE_LENGTH).then_some(code)
}

/// Keyed, so that a copy of the database finds no code.
pub fn code_digest(installation: &Keys, code: &str) -> [u8; 32] {
    installation.mac("invitation code digest", &[code.as_bytes()])
}

/// The generation a ticket was made for, if it was made for this invitation.
pub fn generation_of(keys: &Keys, invitation: &Invitation, presented: &str) -> Option<u32> {
    let tag = URL_SAFE_NO_PAD.decode(presented).ok().filter(|tag| tag.len() == 32)?;
    let made_for = |generation: &u32| {
        keys.verify("invitation ticket", &parts(&invitation.id, &generation.to_be_bytes()), &tag)
    };
    let oldest = invitation.generation.saturating_sub(REMEMBERED);
    (oldest..=invitation.generation).rev().find(made_for)
}

/// What a link is worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Leads to the invitation.
    Live,
    /// The guest has accepted; this link was made afterwards and leads to sign-in.
    Member,
    /// A newer link was made.
    Replaced,
    Expired,
    /// The guest has accepted with this link or a later one.
    Used,
    Declined,
    Withdrawn,
    /// The guest was deleted, or deleted and brought back since.
    Deleted,
    /// The guest may not sign in.
    Blocked,
}

/// Decides what a link of `generation` is worth. `user` is none once deleted.
pub fn judge(invitation: &Invitation, generation: u32, user: Option<&User>, now: Timestamp) -> Standing {
    let Some(user) = user else { return Standing::Deleted };
    if !user.account_enabled {
        return Standing::Blocked;
    }
    match invitation.state {
        State::Declined => Standing::Declined,
        State::Withdrawn => Standing::Withdrawn,
        State::Accepted if generation == invitation.generation => Standing::Member,
        State::Accepted => Standing::Used,
        State::Open if generation < invitation.generation => Standing::Replaced,
        State::Open if invitation.issued_at < user.sessions_valid_from => Standing::Deleted,
        State::Open if invitation.is_expired(now) => Standing::Expired,
        State::Open => Standing::Live,
    }
}

fn parts<'a>(invitation: &'a InvitationId, generation: &'a [u8; 4]) -> [&'a [u8]; 2] {
    [invitation.0.as_bytes(), generation]
}
