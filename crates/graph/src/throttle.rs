//! How much of Graph an application may use of a tenant: resource units in ten seconds, writes in 150, both off
//! unless the operator sets them. Counted in this process alone, so each node of several grants the whole.

use crate::Caller;
use http::{HeaderMap, HeaderName, HeaderValue};
use kernel::{AppId, Clock, Error, Kind, TenantId, Timestamp};
use odata::{Query, QueryOption};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// None means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    pub units_in_10_seconds: Option<u32>,
    pub writes_in_150_seconds: Option<u32>,
}

const UNIT_SECONDS: i64 = 10;
const WRITE_SECONDS: i64 = 150;

/// Applications remembered before those whose windows have ended are forgotten.
const MANY: usize = 4096;

/// From here on clients are told how near the limit is, in hundredths.
const NEAR: u64 = 80;

const UNITS: HeaderName = HeaderName::from_static("x-ms-resource-unit");
const PERCENTAGE: HeaderName = HeaderName::from_static("x-ms-throttle-limit-percentage");
const SCOPE: HeaderName = HeaderName::from_static("x-ms-throttle-scope");
const INFORMATION: HeaderName = HeaderName::from_static("x-ms-throttle-information");

/// The budget as it is now: a reload of the configuration may change it.
pub type CurrentBudget = Arc<dyn Fn() -> Budget + Send + Sync>;

pub(crate) struct Throttle {
    budget: CurrentBudget,
    clock: Clock,
    spent: Mutex<HashMap<(TenantId, AppId), Spent>>,
}

#[derive(Clone, Copy, Default)]
struct Spent {
    units: Window,
    writes: Window,
}

/// What was spent since the window began.
#[derive(Clone, Copy, Default)]
struct Window {
    began_at: i64,
    used: u32,
}

/// A refusal, with the headers that tell why.
pub(crate) struct Throttled {
    pub error: Error,
    pub headers: HeaderMap,
}

impl Throttle {
    pub(crate) fn new(budget: CurrentBudget, clock: Clock) -> Self {
        Self { budget, clock, spent: Mutex::default() }
    }

    /// Counts a request; the headers its answer carries.
    pub(crate) fn take(&self, caller: &Caller, units: u32, is_write: bool) -> Result<HeaderMap, Throttled> {
        let budget = (self.budget)();
        if budget == Budget::default() {
            return Ok(HeaderMap::new());
        }
        let now = self.clock.now();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= MANY {
            spent.retain(|_, spent| spent.is_running(now));
        }
        let spent = spent.entry((caller.tenant, caller.app_id)).or_default();
        let writes = u32::from(is_write);
        let unit_use = spent.units.at(now, UNIT_SECONDS).with(units);
        let write_use = spent.writes.at(now, WRITE_SECONDS).with(writes);
        let limits = [
            (budget.units_in_10_seconds, unit_use, UNIT_SECONDS, "ResourceUnitLimitExceeded"),
            (
                budget.writes_in_150_seconds.filter(|_| is_write),
                write_use,
                WRITE_SECONDS,
                "WriteLimitExceeded",
            ),
        ];
        let mut percentage = 0;
        for (limit, window, seconds, reason) in limits {
            let Some(limit) = limit else { continue };
            if window.used > limit {
                return Err(throttled(caller, is_write, window.left(now, seconds), reason));
            }
            percentage = percentage.max(u64::from(window.used) * 100 / u64::from(limit.max(1)));
        }
        (spent.units, spent.writes) = (unit_use, write_use);
        let mut headers = HeaderMap::from_iter([(UNITS, HeaderValue::from(units))]);
        if percentage >= NEAR {
            let text = format!("{}.{:02}", percentage / 100, percentage % 100);
            headers.extend(HeaderValue::from_str(&text).ok().map(|value| (PERCENTAGE, value)));
        }
        Ok(headers)
    }
}

impl Spent {
    fn is_running(&self, now: Timestamp) -> bool {
        self.units.at(now, UNIT_SECONDS).used > 0 || self.writes.at(now, WRITE_SECONDS).used > 0
    }
}

impl Window {
    /// The window as it stands now: the running one, or a new one.
    fn at(self, now: Timestamp, seconds: i64) -> Self {
        let now = now.as_second();
        if (0..seconds).contains(&(now - self.began_at)) { self } else { Self { began_at: now, used: 0 } }
    }

    fn with(self, more: u32) -> Self {
        Self { used: self.used.saturating_add(more), ..self }
    }

    fn left(self, now: Timestamp, seconds: i64) -> u32 {
        u32::try_from(self.began_at + seconds - now.as_second()).unwrap_or(1).max(1)
    }
}

/// What a request costs: what its route says, less for few properties or rows, more for an expansion.
pub(crate) fn units(base: u32, query: &Query) -> u32 {
    let given = |option| u32::from(query.given().contains(&option));
    let is_short = u32::from(query.top.is_some_and(|top| top < 20));
    (base + given(QueryOption::Expand)).saturating_sub(given(QueryOption::Select) + is_short).max(1)
}

fn throttled(caller: &Caller, is_write: bool, retry_after: u32, reason: &'static str) -> Throttled {
    let what = if is_write { "ReadWrite" } else { "Read" };
    let scope = format!("Tenant_Application/{what}/{}/{}", caller.app_id, caller.tenant);
    let mut headers = HeaderMap::from_iter([(INFORMATION, HeaderValue::from_static(reason))]);
    headers.extend(HeaderValue::from_str(&scope).ok().map(|value| (SCOPE, value)));
    Throttled { error: Error::new(Kind::TooManyRequests { retry_after }, "Too many requests."), headers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Subject;
    use kernel::{ApplicationId, SignedDuration};
    use uuid::Uuid;

    fn caller(app: u128) -> Caller {
        Caller {
            tenant: TenantId(Uuid::nil()),
            subject: Subject::Application { id: ApplicationId(Uuid::nil()), display_name: String::new() },
            app_id: AppId(Uuid::from_u128(app)),
            scopes: Vec::new(),
            app_roles: Vec::new(),
        }
    }

    fn throttle(units: Option<u32>, writes: Option<u32>) -> (Throttle, Clock) {
        let clock = Clock::system();
        let budget = Budget { units_in_10_seconds: units, writes_in_150_seconds: writes };
        (Throttle::new(Arc::new(move || budget), clock.clone()), clock)
    }

    #[test]
    fn an_application_spends_its_own_budget_and_gets_it_back() {
        let (throttle, clock) = throttle(Some(10), None);
        let headers = throttle.take(&caller(1), 7, false).ok().unwrap();
        assert_eq!((headers[UNITS].to_str().unwrap(), headers.contains_key(PERCENTAGE)), ("7", false));
        assert_eq!(throttle.take(&caller(1), 2, false).ok().unwrap()[PERCENTAGE], "0.90");
        let refused = throttle.take(&caller(1), 2, false).err().unwrap();
        let Kind::TooManyRequests { retry_after } = refused.error.kind() else { panic!("{}", refused.error) };
        assert!((1..=10).contains(&retry_after));
        assert_eq!(refused.headers[INFORMATION], "ResourceUnitLimitExceeded");
        assert!(refused.headers[SCOPE].to_str().unwrap().starts_with("Tenant_Application/Read/"));
        assert!(throttle.take(&caller(1), 1, false).is_ok(), "what was refused was not spent");
        assert!(throttle.take(&caller(2), 10, false).is_ok(), "another application has its own");
        clock.advance(SignedDuration::from_secs(10));
        assert!(throttle.take(&caller(1), 10, false).is_ok());
    }

    #[test]
    fn writes_have_a_budget_of_their_own() {
        let (throttle, clock) = throttle(None, Some(1));
        assert!(throttle.take(&caller(1), 1, true).is_ok());
        assert_eq!(
            throttle.take(&caller(1), 1, true).err().unwrap().headers[INFORMATION],
            "WriteLimitExceeded"
        );
        assert!(throttle.take(&caller(1), 1, false).is_ok(), "reading goes on");
        clock.advance(SignedDuration::from_secs(150));
        assert!(throttle.take(&caller(1), 1, true).is_ok());
    }

    #[test]
    fn without_a_budget_nothing_is_counted() {
        let (throttle, _) = throttle(None, None);
        for _ in 0..100 {
            assert!(throttle.take(&caller(1), 1000, true).ok().unwrap().is_empty());
        }
    }

    #[test]
    fn applications_whose_windows_have_ended_are_forgotten() {
        let (throttle, clock) = throttle(Some(10), None);
        for app in 0..MANY as u128 {
            assert!(throttle.take(&caller(app), 1, false).is_ok());
        }
        clock.advance(SignedDuration::from_secs(151));
        assert!(throttle.take(&caller(0), 1, false).is_ok());
        assert_eq!(throttle.spent.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_request_costs_by_what_it_asks_for() {
        let of = |base, query: &str| units(base, &Query::parse(query).unwrap());
        assert_eq!(of(2, ""), 2);
        assert_eq!(of(2, "$select=id"), 1);
        assert_eq!(of(3, "$select=id&$top=5"), 1);
        assert_eq!(of(1, "$select=id&$top=5"), 1);
        assert_eq!(of(2, "$expand=manager&$top=100"), 3);
    }
}
