//! The rules about sessions: when one may begin, and until when it lives.

use super::Method;
use kernel::{Refusal, RuleId, SignedDuration, Timestamp, Verdict};

/// A session that nobody uses ends after this.
pub const LONGEST_IDLE: SignedDuration = SignedDuration::from_hours(24);
/// Every session ends after this, however much it is used.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 30);
/// A session that a mailed code opened ends after this.
pub const CODE_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

pub const DISABLED: RuleId = RuleId("session.userDisabled");
pub const PENDING: RuleId = RuleId("session.pendingGuest");
pub const UNBOUND: RuleId = RuleId("session.identityUnknown");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: DISABLED,
        explanation: "A user who is switched off has no session, neither a new one nor one from before.",
        remedy: "Ask an administrator of the organization to switch the account on.",
        setting: Some("accountEnabled"),
    },
    module::Rule {
        id: PENDING,
        explanation: "A guest who has not accepted the invitation has no session: only the invitation's own proof leads in.",
        remedy: "Open the link in the invitation mail, or have a new one sent.",
        setting: None,
    },
    module::Rule {
        id: UNBOUND,
        explanation: "A session begins only for the issuer and subject that are bound to the user; addresses never count.",
        remedy: "Sign in with the account the invitation was accepted with, or ask to be invited.",
        setting: None,
    },
];

/// What is known about a user when a session is to begin or is read.
#[derive(Clone, Copy, Debug)]
pub struct OpenFacts {
    pub is_enabled: bool,
    pub is_pending: bool,
    /// Issuer and subject of the proof are the user's own.
    pub is_bound: bool,
}

/// Whether this user may have a session on this proof.
pub fn decide_open(facts: OpenFacts) -> Verdict {
    if !facts.is_enabled {
        return Err(Refusal::new(
            DISABLED,
            "This account is switched off.",
            "Ask an administrator of the organization to switch it on, or use another account.",
        )
        .decided_by("accountEnabled", "false")
        .changed_by("User Administrator"));
    }
    if facts.is_pending {
        return Err(Refusal::new(
            PENDING,
            "You were invited, but the invitation has not been accepted yet.",
            "Open the link in the invitation mail first, or have a new one sent.",
        ));
    }
    if !facts.is_bound {
        return Err(unbound());
    }
    Ok(())
}

/// The refusal of an account that is nobody's here.
pub(crate) fn unbound() -> Refusal {
    Refusal::new(
        UNBOUND,
        "This account is not known to this organization.",
        "Sign in with the account you accepted the invitation with, or ask to be invited.",
    )
}

/// The number of the `AADSTS` error that stands for a refusal of these rules, for the sign-in log.
pub(crate) fn error_code(error: &kernel::Error) -> u32 {
    match error.refusal().map(|refusal| refusal.rule) {
        Some(DISABLED) => 50057,
        Some(PENDING) => 50014,
        _ => 50020,
    }
}

/// When a session that begins now ends at the latest.
pub fn expiry(method: Method, now: Timestamp) -> Timestamp {
    let lifetime = if method == Method::EmailCode { CODE_LIFETIME } else { LONGEST };
    now.checked_add(lifetime).unwrap_or(Timestamp::MAX)
}

/// The moments that decide whether a session still lives.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    pub authenticated_at: Timestamp,
    pub used_at: Timestamp,
    pub expires_at: Timestamp,
    /// The user's: proofs from before it count no longer.
    pub valid_from: Timestamp,
}

pub fn is_live(moments: &Moments, now: Timestamp) -> bool {
    now < moments.expires_at
        && now.duration_since(moments.used_at) < LONGEST_IDLE
        && moments.authenticated_at >= moments.valid_from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_session_begins_only_for_a_bound_user_who_is_on_and_has_accepted() {
        let good = OpenFacts { is_enabled: true, is_pending: false, is_bound: true };
        let rule = |facts| decide_open(facts).err().map(|refusal| refusal.rule);
        assert_eq!(rule(good), None);
        assert_eq!(rule(OpenFacts { is_enabled: false, ..good }), Some(DISABLED));
        assert_eq!(rule(OpenFacts { is_pending: true, ..good }), Some(PENDING));
        assert_eq!(rule(OpenFacts { is_bound: false, ..good }), Some(UNBOUND));
    }

    #[test]
    fn a_session_ends_at_its_second() {
        let day = 24 * 3600;
        let moments =
            Moments { authenticated_at: at(0), used_at: at(0), expires_at: at(3 * day), valid_from: at(0) };
        assert!(is_live(&moments, at(day - 1)));
        assert!(!is_live(&moments, at(day)));
        let used = Moments { used_at: at(3 * day - 10), ..moments };
        assert!(is_live(&used, at(3 * day - 1)));
        assert!(!is_live(&used, at(3 * day)));
        assert!(!is_live(&Moments { valid_from: at(1), ..moments }, at(2)));
    }

    #[test]
    fn a_code_opens_a_day_and_everything_else_a_month() {
        assert_eq!(expiry(Method::EmailCode, at(0)), at(24 * 3600));
        assert_eq!(expiry(Method::Password, at(0)), at(30 * 24 * 3600));
    }
}
