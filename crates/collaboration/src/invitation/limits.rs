//! What has to wait for the limits on invitation mails, and how long a number of them takes.

use super::rules;
use kernel::{Error, Kind, SignedDuration};
use module::Limits;

const HOUR: i64 = 3600;
const MINUTE: i64 = 60;

/// What has to wait because mails leave at a pace, if that is why it was refused: seconds until one more fits. A
/// recipient who has had enough for the day is not worth waiting for.
pub fn wait(error: &Error) -> Option<u32> {
    let Kind::TooManyRequests { retry_after } = error.kind() else { return None };
    let is_pace = error.refusal().is_none_or(|refusal| refusal.rule != rules::RECIPIENT_LIMIT);
    is_pace.then_some(retry_after)
}

/// How long `count` mails of one inviter take at the permitted pace, once the first may leave.
pub fn time_for(limits: Limits, count: u32) -> SignedDuration {
    let windows = |most: Option<u32>, seconds: i64| {
        let most = i64::from(most?.max(1));
        // The first window's worth leaves at once.
        Some((i64::from(count.max(1)) - 1) / most * seconds)
    };
    let by_tenant = windows(limits.invitation_mails_per_tenant_and_hour, HOUR);
    let by_inviter = windows(limits.invitation_mails_per_inviter_and_minute, MINUTE);
    SignedDuration::from_secs(by_tenant.max(by_inviter).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_of_two_limits_says_how_long_it_takes() {
        let limits = Limits {
            invitation_mails_per_tenant_and_hour: Some(100),
            invitation_mails_per_inviter_and_minute: Some(10),
            ..Limits::default()
        };
        assert_eq!(time_for(limits, 10).as_secs(), 0);
        assert_eq!(time_for(limits, 11).as_secs(), 60);
        assert_eq!(time_for(limits, 100).as_secs(), 9 * 60);
        assert_eq!(time_for(limits, 201).as_secs(), 2 * 3600);
        assert_eq!(time_for(Limits::default(), 5000).as_secs(), 0);
    }
}
