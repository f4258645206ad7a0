//! A decision and its reason. Rules are pure functions `decide(facts) -> Verdict`; a refusal is data:
//! which rule, which setting with which value, who can change it and what to do.

use serde::Serialize;

/// The stable name of a rule, such as `invitation.ownDomain`: the same in errors, pages, logs and explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RuleId(pub &'static str);

/// The setting that decided, with the value it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    pub name: &'static str,
    pub value: String,
}

/// What the one who was refused can do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// One sentence.
    pub sentence: String,
    /// The role that can change the setting, if a setting decided.
    pub role: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub rule: RuleId,
    /// What is refused and why, in one sentence that may be shown to the one who asked.
    pub sentence: String,
    pub setting: Option<Setting>,
    pub remedy: Remedy,
}

impl Refusal {
    pub fn new(rule: RuleId, sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            rule,
            sentence: sentence.into(),
            setting: None,
            remedy: Remedy { sentence: remedy.into(), role: None },
        }
    }

    #[must_use]
    pub fn decided_by(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.setting = Some(Setting { name, value: value.into() });
        self
    }

    #[must_use]
    pub fn changed_by(mut self, role: &'static str) -> Self {
        self.remedy.role = Some(role);
        self
    }
}

/// Allowed with what the rule concluded, or refused with the reason.
pub type Verdict<T = ()> = Result<T, Refusal>;
