//! Whether a tenant is in use: what is switched off is off everywhere.

use kernel::{Refusal, RuleId, Verdict};
use store::TenantStatus;

pub const DISABLED: RuleId = RuleId("tenant.disabled");

pub const RULES: &[module::Rule] = &[module::Rule {
    id: DISABLED,
    explanation: "A directory that its operator has switched off or deleted takes no sign-in, no call and no link.",
    remedy: "Ask whoever operates this server to switch the directory on again.",
    setting: Some("status"),
}];

/// The name of the refusal stays between the layers, so that each face finds its own number for it.
pub fn decide_open(status: TenantStatus) -> Verdict {
    let sentence = match status {
        TenantStatus::Active => return Ok(()),
        TenantStatus::Disabled => "This organization's directory has been switched off.",
        TenantStatus::Deleted | TenantStatus::Purging => "This organization's directory has been deleted.",
    };
    let remedy = "Ask whoever operates this server to switch the directory on again.";
    Err(Refusal::new(DISABLED, sentence, remedy).decided_by("status", status.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_active_tenant_is_open() {
        assert!(decide_open(TenantStatus::Active).is_ok());
        for status in [TenantStatus::Disabled, TenantStatus::Deleted, TenantStatus::Purging] {
            let refusal = decide_open(status).unwrap_err();
            assert_eq!(refusal.rule, DISABLED);
            assert_eq!(refusal.setting.unwrap().value, status.as_str());
        }
    }
}
