//! What the portal's lists of records share: the filters in the address, and a search in bounded slices.

use crate::audit_log::{self, Cursor};
use crate::portal::Administrator;
use ::store::Read;
use kernel::{Result, SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

const PAGE: usize = 50;
/// Events that one request looks at when it searches; the next page goes on behind them.
const MOST_LOOKED_AT: usize = 5_000;
const TOGETHER: u32 = 250;

/// What the address of a list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    /// An activity, a kind of sign-in.
    pub kind: Option<String>,
    result: Option<String>,
    days: Option<u16>,
    after: Option<String>,
}

/// A log that is read newest first.
pub trait Log: Send + Sync + 'static {
    type Event: Send + 'static;

    /// What the database can answer from an index.
    fn slice(
        &self,
        read: &mut impl Read,
        after: Option<Cursor>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Self::Event>>> + Send;

    /// What it cannot.
    fn fits(&self, event: &Self::Event) -> bool;

    fn cursor(event: &Self::Event) -> Cursor;
}

pub struct Found<T> {
    pub events: Vec<T>,
    /// Where the next page begins, if there may be more.
    pub next: Option<Cursor>,
}

/// A page of events. A rare text makes several short pages, never one long wait.
pub async fn search<L: Log>(administrator: &Administrator, log: L, asked: &Asked) -> Result<Found<L::Event>> {
    let after = asked.after.as_deref().map(audit_log::page_token).transpose()?;
    administrator
        .store()
        .scan((log, after), |mut read, (log, after)| async move { page(&mut read, &log, after).await })
        .await
}

async fn page<L: Log>(read: &mut impl Read, log: &L, after: Option<Cursor>) -> Result<Found<L::Event>> {
    let (mut events, mut behind, mut looked_at) = (Vec::new(), after, 0);
    loop {
        let slice = log.slice(read, behind, TOGETHER).await?;
        let is_last = u32::try_from(slice.len()).is_ok_and(|count| count < TOGETHER);
        for event in slice {
            if events.len() == PAGE {
                return Ok(Found { events, next: behind });
            }
            behind = Some(L::cursor(&event));
            looked_at += 1;
            if log.fits(&event) {
                events.push(event);
            }
        }
        if is_last || looked_at >= MOST_LOOKED_AT {
            return Ok(Found { events, next: behind.filter(|_| !is_last) });
        }
    }
}

/// What the template of a list of records knows.
pub fn context(
    administrator: &Administrator,
    path: &str,
    asked: &Asked,
    next: Option<Cursor>,
    rows: Vec<Value>,
    chips: Vec<Value>,
) -> Value {
    let next = next.map(|next| format!("{}.{}", next.at.as_microsecond(), next.id));
    json!({
        "q": asked.q, "rows": rows, "chips": chips, "keep": asked.kept(),
        "is_first": asked.after.is_none(), "is_narrowed": asked.is_narrowed(),
        "base": administrator.link(path),
        "first": administrator.link(&format!("{path}{}", asked.with("after", None))),
        "next": next.map(|next| asked.to(administrator, path, "after", Some(&next))),
    })
}

pub fn at(administrator: &Administrator, at: Timestamp) -> String {
    web::format_date_time(administrator.language(), at, &jiff::tz::TimeZone::UTC)
}

impl Asked {
    pub fn text(&self) -> String {
        self.q.trim().to_lowercase()
    }

    pub fn failed(&self) -> Option<bool> {
        match self.result.as_deref() {
            Some("failure") => Some(true),
            Some("success") => Some(false),
            _ => None,
        }
    }

    pub fn since(&self, administrator: &Administrator) -> Option<Timestamp> {
        let hours = 24 * i64::from(self.days?);
        administrator.store().store().clock().now().checked_sub(SignedDuration::from_hours(hours)).ok()
    }

    fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.kind.is_some() || self.result.is_some() || self.days.is_some()
    }

    /// The address with one value changed; whatever is changed begins at the first page again.
    pub fn to(&self, administrator: &Administrator, path: &str, name: &str, value: Option<&str>) -> String {
        administrator.link(&format!("{path}{}", self.with(name, value)))
    }

    fn with(&self, name: &str, value: Option<&str>) -> String {
        let days = self.days.map(|days| days.to_string());
        let mut pairs: Vec<(&str, Option<&str>)> = vec![
            ("q", Some(self.q.as_str()).filter(|q| !q.is_empty())),
            ("kind", self.kind.as_deref()),
            ("result", self.result.as_deref()),
            ("days", days.as_deref()),
        ];
        pairs.retain(|(known, _)| *known != name);
        pairs.push((name, value));
        web::query(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }

    /// What a new search keeps.
    fn kept(&self) -> Vec<Value> {
        let days = self.days.map(|days| days.to_string());
        [("kind", &self.kind), ("result", &self.result), ("days", &days)]
            .into_iter()
            .filter_map(|(name, value)| Some(json!({"name": name, "value": value.as_ref()?})))
            .collect()
    }

    /// Result and time, which every log is narrowed by.
    pub fn chips(&self, administrator: &Administrator, path: &str) -> Vec<Value> {
        let results = [
            ("records-result-any", None),
            ("records-result-success", Some("success")),
            ("records-result-failure", Some("failure")),
        ];
        let periods = [
            ("records-period-any", None),
            ("records-period-day", Some("1")),
            ("records-period-week", Some("7")),
        ];
        let days = self.days.map(|days| days.to_string());
        vec![
            self.chip(administrator, path, "result", self.result.as_deref(), &results),
            self.chip(administrator, path, "days", days.as_deref(), &periods),
        ]
    }

    /// A chip that opens: its choices by the key of their words and their value.
    pub fn chip(
        &self,
        administrator: &Administrator,
        path: &str,
        name: &str,
        current: Option<&str>,
        choices: &[(&str, Option<&str>)],
    ) -> Value {
        let say = |key: &str| administrator.words(key, &[]);
        let shown = choices.iter().find(|(_, value)| *value == current).or(choices.first());
        let choices: Vec<Value> = choices
            .iter()
            .map(|(key, value)| json!({
                "label": say(key), "href": self.to(administrator, path, name, *value), "current": *value == current,
            }))
            .collect();
        json!({"label": shown.map(|(key, _)| say(key)), "choices": choices})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_in_the_address_begins_at_the_first_page() {
        let asked = Asked { q: "ana".into(), days: Some(7), after: Some("1.2".into()), ..Asked::default() };
        assert_eq!(asked.with("result", Some("failure")), "?q=ana&days=7&result=failure");
        assert_eq!(asked.with("days", None), "?q=ana");
        assert_eq!(asked.with("after", Some("3.4")), "?q=ana&days=7&after=3.4");
        assert_eq!(Asked::default().with("after", None), "");
    }
}
