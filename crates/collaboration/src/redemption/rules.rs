//! Who may accept or decline an invitation. Pure: facts in, plan or refusal out. Enforcement and explanation call
//! the same functions.

use crate::invitation::link::Standing;
use kernel::{Refusal, RuleId, TenantId, UserId, Verdict};

pub const LINK: RuleId = RuleId("redemption.link");
pub const PROOF: RuleId = RuleId("redemption.proof");
pub const HOME_SIGN_IN: RuleId = RuleId("redemption.homeSignIn");
pub const HOME_DISABLED: RuleId = RuleId("redemption.homeAccountDisabled");
pub const INVITED_ADDRESS: RuleId = RuleId("redemption.invitedAddress");
pub const IDENTITY_TAKEN: RuleId = RuleId("redemption.identityTaken");
pub const TYPED_CODE_LIMIT: RuleId = RuleId("redemption.limitOfTypedCodes");
pub const REPORT_LIMIT: RuleId = RuleId("redemption.limitOfReports");

pub const RULES: &[module::Rule] = &[
    module::Rule {
        id: LINK,
        explanation: "An invitation is answered through its newest link, before that expires, once.",
        remedy: "Open the newest mail, have a new link sent, or sign in if the invitation was accepted.",
        setting: Some("linkLifetimeDays"),
    },
    module::Rule {
        id: PROOF,
        explanation: "A link finds an invitation and proves nothing: whoever answers it shows that the invited address is theirs.",
        remedy: "Sign in with the account of the invited address, or enter the code mailed to it.",
        setting: None,
    },
    module::Rule {
        id: HOME_SIGN_IN,
        explanation: "An address that belongs to a user of an organization here is proven by that organization's sign-in alone, never by a code.",
        remedy: "Sign in with that organization.",
        setting: None,
    },
    module::Rule {
        id: HOME_DISABLED,
        explanation: "An account that its own organization has switched off opens no other door.",
        remedy: "Ask the IT department of that organization to unblock the account.",
        setting: Some("accountEnabled"),
    },
    module::Rule {
        id: INVITED_ADDRESS,
        explanation: "An invitation is for one address; another account does not answer it.",
        remedy: "Switch to the account of the invited address, or ask for an invitation to the one you use.",
        setting: None,
    },
    module::Rule {
        id: IDENTITY_TAKEN,
        explanation: "An identity belongs to one user of a tenant; whoever was bound first keeps it.",
        remedy: "Sign in with the account of the invited address, or ask the organization to sort it out.",
        setting: None,
    },
    module::Rule {
        id: TYPED_CODE_LIMIT,
        explanation: "From one network 20 typed codes an hour may be wrong.",
        remedy: "Open the link in the mail, or try again later.",
        setting: None,
    },
    module::Rule {
        id: REPORT_LIMIT,
        explanation: "An invitation is reported to the administrators at most three times a day.",
        remedy: "Nothing more needs to be done.",
        setting: None,
    },
];

/// Everything the decision hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedeemFacts {
    pub standing: Standing,
    /// The user of another tenant here that the invited address belongs to.
    pub home: Option<Home>,
    /// What was shown in this browser.
    pub proof: Option<Proof>,
    /// Whose the proven issuer and subject are in this tenant.
    pub bound: Bound,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    pub tenant: TenantId,
    pub user: UserId,
    pub is_enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code mailed to the stored address.
    MailedCode,
    /// A sign-in at another tenant here, with its own password.
    HomeAccount { tenant: TenantId, user: UserId },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Nobody,
    ThisGuest,
    AnotherUser,
}

/// What accepting comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The first binding.
    Bind,
    /// The identity is this guest's already: a sign-in, nothing more.
    SignIn,
}

pub fn decide(facts: &RedeemFacts) -> Verdict<Plan> {
    let Some(proof) = facts.proof else { return Err(unanswered(facts.standing)) };
    match facts.standing {
        Standing::Live => {}
        // After the first binding issuer and subject alone count.
        Standing::Used | Standing::Member if facts.bound == Bound::ThisGuest => {
            return still_enabled(facts, proof).map(|()| Plan::SignIn);
        }
        standing => return Err(ended(standing)),
    }
    is_invited(facts, proof)?;
    match facts.bound {
        Bound::AnotherUser => Err(identity_taken()),
        Bound::Nobody | Bound::ThisGuest => Ok(Plan::Bind),
    }
}

/// Declining asks for the same proof as accepting.
pub fn decide_decline(facts: &RedeemFacts) -> Verdict {
    let Some(proof) = facts.proof else { return Err(unanswered(facts.standing)) };
    if facts.standing != Standing::Live {
        return Err(ended(facts.standing));
    }
    is_invited(facts, proof)
}

/// Whether the proof is the one that the invited address asks for.
fn is_invited(facts: &RedeemFacts, proof: Proof) -> Verdict {
    match (facts.home, proof) {
        (None, Proof::MailedCode) => Ok(()),
        (Some(_), Proof::MailedCode) => Err(home_sign_in()),
        (Some(home), Proof::HomeAccount { tenant, user }) if home.tenant == tenant && home.user == user => {
            still_enabled(facts, proof)
        }
        (_, Proof::HomeAccount { .. }) => Err(wrong_account()),
    }
}

fn still_enabled(facts: &RedeemFacts, proof: Proof) -> Verdict {
    let off =
        |home: Home| proof == Proof::HomeAccount { tenant: home.tenant, user: home.user } && !home.is_enabled;
    if facts.home.is_some_and(off) { Err(home_disabled()) } else { Ok(()) }
}

/// The refusal of a link that no longer leads to an answer.
pub fn ended(standing: Standing) -> Refusal {
    let (sentence, remedy) = match standing {
        Standing::Replaced => ("A newer link replaced this one.", "Open the newest invitation mail."),
        Standing::Expired => ("This link has expired.", "Have a new one sent."),
        Standing::Used | Standing::Member => ("This invitation was already accepted.", "Sign in."),
        _ => ("This invitation is no longer valid.", "Ask the person who invited you."),
    };
    Refusal::new(LINK, sentence, remedy)
}

/// Without a proof: what a dead link's page says anyway, or that a live one proves nothing.
fn unanswered(standing: Standing) -> Refusal {
    if standing == Standing::Live { unproven() } else { ended(standing) }
}

fn unproven() -> Refusal {
    let sentence = "The link alone does not show that the invited address is yours.";
    Refusal::new(PROOF, sentence, "Sign in with the invited address, or enter the code mailed to it.")
}

fn home_sign_in() -> Refusal {
    let sentence = "This address has an account at an organization here, so a code does not prove it.";
    Refusal::new(HOME_SIGN_IN, sentence, "Sign in with that organization.")
}

fn home_disabled() -> Refusal {
    let sentence = "Your own organization has switched this account off.";
    let remedy = "Ask the IT department of your organization to unblock it.";
    Refusal::new(HOME_DISABLED, sentence, remedy)
        .decided_by("accountEnabled", "false")
        .changed_by("User Administrator")
}

fn wrong_account() -> Refusal {
    let sentence = "This invitation is for another address than the one you signed in with.";
    Refusal::new(INVITED_ADDRESS, sentence, "Switch to the account of the invited address.")
}

fn identity_taken() -> Refusal {
    let sentence = "This account is already linked to another guest here.";
    let remedy = "Sign in with the account of the invited address, or ask the organization to sort it out.";
    Refusal::new(IDENTITY_TAKEN, sentence, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const STANDINGS: [Standing; 9] = [
        Standing::Live,
        Standing::Member,
        Standing::Replaced,
        Standing::Expired,
        Standing::Used,
        Standing::Declined,
        Standing::Withdrawn,
        Standing::Deleted,
        Standing::Blocked,
    ];

    fn account(tenant: u128, user: u128) -> Proof {
        Proof::HomeAccount { tenant: TenantId(Uuid::from_u128(tenant)), user: UserId(Uuid::from_u128(user)) }
    }

    #[expect(clippy::unnecessary_wraps, reason = "the facts take it so")]
    fn home(tenant: u128, user: u128, is_enabled: bool) -> Option<Home> {
        let (tenant, user) = (TenantId(Uuid::from_u128(tenant)), UserId(Uuid::from_u128(user)));
        Some(Home { tenant, user, is_enabled })
    }

    fn live(home: Option<Home>, proof: Option<Proof>) -> RedeemFacts {
        RedeemFacts { standing: Standing::Live, home, proof, bound: Bound::Nobody }
    }

    fn rule<T>(verdict: Verdict<T>) -> Option<RuleId> {
        verdict.err().map(|refusal| refusal.rule)
    }

    #[test]
    fn without_a_proof_no_link_is_answered_whatever_it_is_worth() {
        for standing in STANDINGS {
            for bound in [Bound::Nobody, Bound::ThisGuest, Bound::AnotherUser] {
                for home in [None, home(1, 1, true)] {
                    let facts = RedeemFacts { standing, home, proof: None, bound };
                    let expected = if standing == Standing::Live { PROOF } else { LINK };
                    assert_eq!(rule(decide(&facts)), Some(expected), "{facts:?}");
                    assert_eq!(rule(decide_decline(&facts)), Some(expected), "{facts:?}");
                }
            }
        }
    }

    #[test]
    fn a_code_proves_only_an_address_that_no_tenant_here_knows() {
        let code = Some(Proof::MailedCode);
        assert_eq!(decide(&live(None, code)), Ok(Plan::Bind));
        assert_eq!(rule(decide(&live(home(1, 1, true), code))), Some(HOME_SIGN_IN));
        assert_eq!(rule(decide(&live(home(1, 1, false), code))), Some(HOME_SIGN_IN));
        assert_eq!(rule(decide_decline(&live(home(1, 1, true), code))), Some(HOME_SIGN_IN));
    }

    #[test]
    fn only_the_account_of_the_invited_address_answers() {
        let known = home(1, 1, true);
        assert_eq!(decide(&live(known, Some(account(1, 1)))), Ok(Plan::Bind));
        assert_eq!(decide_decline(&live(known, Some(account(1, 1)))), Ok(()));
        for other in [account(1, 2), account(2, 1)] {
            assert_eq!(rule(decide(&live(known, Some(other)))), Some(INVITED_ADDRESS));
            assert_eq!(rule(decide(&live(None, Some(other)))), Some(INVITED_ADDRESS));
            assert_eq!(rule(decide_decline(&live(known, Some(other)))), Some(INVITED_ADDRESS));
        }
        assert_eq!(rule(decide(&live(home(1, 1, false), Some(account(1, 1))))), Some(HOME_DISABLED));
    }

    #[test]
    fn an_identity_of_somebody_else_is_refused() {
        let facts = RedeemFacts { bound: Bound::AnotherUser, ..live(None, Some(Proof::MailedCode)) };
        assert_eq!(rule(decide(&facts)), Some(IDENTITY_TAKEN));
    }

    #[test]
    fn a_dead_link_is_answered_by_nobody_and_an_accepted_one_leads_its_own_guest_to_sign_in() {
        for standing in STANDINGS.into_iter().skip(1) {
            for bound in [Bound::Nobody, Bound::ThisGuest, Bound::AnotherUser] {
                let facts = RedeemFacts { standing, bound, ..live(None, Some(Proof::MailedCode)) };
                let accepted = matches!(standing, Standing::Member | Standing::Used);
                if accepted && bound == Bound::ThisGuest {
                    assert_eq!(decide(&facts), Ok(Plan::SignIn), "{facts:?}");
                } else {
                    assert_eq!(rule(decide(&facts)), Some(LINK), "{facts:?}");
                }
                assert_eq!(rule(decide_decline(&facts)), Some(LINK), "{facts:?}");
            }
        }
        let off = RedeemFacts {
            standing: Standing::Used,
            bound: Bound::ThisGuest,
            ..live(home(1, 1, false), Some(account(1, 1)))
        };
        assert_eq!(rule(decide(&off)), Some(HOME_DISABLED));
    }

    #[test]
    fn every_refusal_names_a_rule_of_the_catalogue() {
        for standing in STANDINGS {
            assert!(RULES.iter().any(|rule| rule.id == ended(standing).rule));
        }
        for refusal in [unproven(), home_sign_in(), home_disabled(), wrong_account(), identity_taken()] {
            assert!(RULES.iter().any(|rule| rule.id == refusal.rule));
        }
    }
}
