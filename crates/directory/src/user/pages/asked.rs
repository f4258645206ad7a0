//! What a list of users is asked for, as it stands in the address.

use crate::portal::Administrator;
use crate::user::{UserOrder, UserQuery};
use kernel::{SignedDuration, Timestamp};
use odata::{Comparison, Filter, Literal, Path};
use serde::Deserialize;

pub const PAGE: usize = 50;
/// Pages that *Previous* leads back through.
const REMEMBERED: usize = 8;
/// In the trail, the first page.
const FIRST: &str = "0";

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Asked {
    #[serde(default)]
    pub q: String,
    #[serde(default, rename = "type")]
    pub user_type: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub company: String,
    /// `no`: the blocked.
    #[serde(default)]
    pub enabled: String,
    /// Days since.
    #[serde(default)]
    pub created: String,
    /// A property, with `-` before it from the last to the first.
    #[serde(default)]
    pub order: String,
    /// The columns besides the name, separated by commas.
    #[serde(default)]
    pub columns: String,
    #[serde(default)]
    pub after: String,
    /// Where the pages before began.
    #[serde(default)]
    pub trail: String,
    #[serde(default)]
    pub format: String,
}

pub const COLUMNS: [&str; 6] = ["state", "type", "company", "created", "upn", "id"];
pub const USUAL: [&str; 4] = ["state", "type", "company", "created"];

impl Asked {
    pub fn of_query(text: &str) -> Self {
        web::Fields::parse(text.as_bytes()).and_then(web::Fields::read).unwrap_or_default()
    }

    pub fn query(&self, now: Timestamp) -> UserQuery {
        let equal = |name, value: &str| Filter::equal(Path::of(name), Literal::Text(value.to_owned()));
        let mut conditions = Vec::new();
        if matches!(self.user_type.as_str(), "Guest" | "Member") {
            conditions.push(equal("userType", &self.user_type));
        }
        if matches!(self.state.as_str(), "PendingAcceptance" | "Accepted") {
            conditions.push(equal("externalUserState", &self.state));
        }
        if !self.company.trim().is_empty() {
            conditions.push(equal("companyName", self.company.trim()));
        }
        if matches!(self.enabled.as_str(), "yes" | "no") {
            let value = Literal::Boolean(self.enabled == "yes");
            conditions.push(Filter::equal(Path::of("accountEnabled"), value));
        }
        if let Some(days) = self.created.parse::<i64>().ok().filter(|days| (1..=3660).contains(days)) {
            let since = now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(now);
            conditions.push(Filter::Compare {
                property: Path::of("createdDateTime"),
                comparison: Comparison::GreaterOrEqual,
                value: Literal::DateTime(since),
            });
        }
        let (order, is_descending) = self.ordered();
        UserQuery {
            filter: Filter::all(conditions),
            search: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            order,
            is_descending,
            size: PAGE,
            after: Some(self.after.clone()).filter(|after| !after.is_empty()),
        }
    }

    fn ordered(&self) -> (UserOrder, bool) {
        let (name, is_descending) = match self.order.strip_prefix('-') {
            Some(name) => (name, true),
            None => (self.order.as_str(), false),
        };
        let order = match name {
            "created" => UserOrder::Created,
            "mail" => UserOrder::Mail,
            _ => UserOrder::DisplayName,
        };
        (order, is_descending)
    }

    /// How a column that can be ordered by is ordered now, and what a press on its head asks for.
    pub fn turned(&self, column: &str) -> (Option<&'static str>, Self) {
        let is_current =
            self.order.trim_start_matches('-') == column || (self.order.is_empty() && column == "name");
        let falls = self.order.starts_with('-');
        let sorted = is_current.then_some(if falls { "descending" } else { "ascending" });
        let order = if is_current && !falls { format!("-{column}") } else { column.to_owned() };
        let order = if order == "name" { String::new() } else { order };
        (sorted, Self { order, ..self.at_the_start() })
    }

    /// The same list from its first page.
    pub fn at_the_start(&self) -> Self {
        Self { after: String::new(), trail: String::new(), format: String::new(), ..self.clone() }
    }

    pub fn shown_columns(&self) -> Vec<&str> {
        if self.columns.is_empty() {
            return USUAL.to_vec();
        }
        let wanted: Vec<&str> = self.columns.split(',').collect();
        COLUMNS.into_iter().filter(|column| wanted.contains(column)).collect()
    }

    /// With a column shown that is not, or the other way round.
    pub fn with_column_turned(&self, column: &str) -> Self {
        let shown = self.shown_columns();
        let is_shown = |one: &&str| if *one == column { !shown.contains(one) } else { shown.contains(one) };
        let columns: Vec<&str> = COLUMNS.into_iter().filter(is_shown).collect();
        // Without a column there is still something to say, or the usual ones would come back.
        let columns = if columns == USUAL {
            String::new()
        } else if columns.is_empty() {
            "none".to_owned()
        } else {
            columns.join(",")
        };
        Self { columns, ..self.clone() }
    }

    pub fn next(&self, after: String) -> Self {
        let here = if self.after.is_empty() { FIRST } else { &self.after };
        let mut trail: Vec<&str> = self.trail.split(',').filter(|place| !place.is_empty()).collect();
        trail.push(here);
        let from = trail.len().saturating_sub(REMEMBERED);
        let trail = trail.get(from..).unwrap_or_default().join(",");
        Self { after, trail, ..self.clone() }
    }

    /// The page before, if there is one.
    pub fn previous(&self) -> Option<Self> {
        if self.after.is_empty() {
            return None;
        }
        let (trail, before) = self.trail.rsplit_once(',').unwrap_or(("", &self.trail));
        let after = if before == FIRST { "" } else { before };
        Some(Self { after: after.to_owned(), trail: trail.to_owned(), ..self.clone() })
    }

    /// What was chosen, without search, place and columns: what a view keeps.
    pub fn view(&self) -> String {
        let view = Self { q: String::new(), columns: String::new(), ..self.at_the_start() };
        view.pairs()
    }

    pub fn is_filtered(&self) -> bool {
        !(self.user_type.is_empty()
            && self.state.is_empty()
            && self.company.is_empty()
            && self.enabled.is_empty()
            && self.created.is_empty())
    }

    /// The fields that are set, in their order.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", &self.q),
            ("type", &self.user_type),
            ("state", &self.state),
            ("company", &self.company),
            ("enabled", &self.enabled),
            ("created", &self.created),
            ("order", &self.order),
            ("columns", &self.columns),
            ("after", &self.after),
            ("trail", &self.trail),
            ("format", &self.format),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, value.as_str()))
            .collect()
    }

    fn pairs(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.fields()).finish()
    }

    pub fn address(&self, administrator: &Administrator) -> String {
        let (path, query) = (administrator.link("/users"), self.pairs());
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn previous_leads_back_the_way_one_came() {
        let first = Asked { q: "lea".into(), ..Asked::default() };
        let second = first.next("a".into());
        let third = second.next("b".into());
        assert_eq!(third.previous().as_ref(), Some(&second));
        assert_eq!(second.previous().as_ref(), Some(&first));
        assert_eq!(first.previous(), None);
        let far = (0..20).fold(first, |page, number| page.next(number.to_string()));
        assert!(far.trail.split(',').count() <= REMEMBERED);
    }

    #[test]
    fn a_press_on_a_head_orders_and_a_second_one_turns() {
        let plain = Asked { after: "x".into(), ..Asked::default() };
        let (sorted, created) = plain.turned("created");
        assert_eq!((sorted, created.order.as_str(), created.after.as_str()), (None, "created", ""));
        let (sorted, turned) = created.turned("created");
        assert_eq!((sorted, turned.order.as_str()), (Some("ascending"), "-created"));
        assert_eq!(plain.turned("name").0, Some("ascending"));
    }

    #[test]
    fn columns_come_and_go() {
        let plain = Asked::default();
        let more = plain.with_column_turned("upn");
        assert_eq!(more.shown_columns(), ["state", "type", "company", "created", "upn"]);
        assert_eq!(more.with_column_turned("upn").columns, "");
        let none = USUAL.iter().fold(plain, |asked, column| asked.with_column_turned(column));
        assert!(none.shown_columns().is_empty());
    }

    #[test]
    fn a_view_is_the_filter_and_the_order_alone() {
        let asked = Asked::of_query("q=lea&type=Guest&order=-created&columns=id&after=x&trail=0");
        assert_eq!(asked.view(), "type=Guest&order=-created");
    }
}
