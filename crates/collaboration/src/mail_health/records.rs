//! What the records of a sender's domain are worth, and which record would be right. Pure: records in, findings out.
//!
//! SPF (RFC 7208) has to name the mail server, DKIM (RFC 6376) has to carry the key that signs, and DMARC (RFC 7489)
//! has to say what receivers do with mail that is neither.

use super::spf::SpfFacts;
use delivery::{Answer, DkimRecord};
use kernel::DomainName;
use serde::{Deserialize, Serialize};

/// What was found about a domain.
pub struct DomainFacts {
    pub domain: DomainName,
    pub spf: SpfFacts,
    /// The texts at the place of each key that signs.
    pub dkim: Vec<(DkimRecord, Answer<String>)>,
    /// The texts at `_dmarc` of the domain and of each domain above it.
    pub dmarc: Vec<(String, Answer<String>)>,
}

impl DomainFacts {
    /// Nothing could be asked.
    pub fn unknown(domain: &DomainName, why: &str, keys: &[DkimRecord]) -> Self {
        let failed = || Answer::Failed(why.to_owned());
        Self {
            domain: domain.clone(),
            spf: SpfFacts::of_records(failed(), String::new()),
            dkim: keys.iter().map(|key| (key.clone(), failed())).collect(),
            dmarc: vec![(String::new(), failed())],
        }
    }
}

/// How a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    Passes,
    /// It works, and could do more.
    Weak,
    /// Mail is likely to be refused.
    Fails,
    /// The DNS did not say.
    Unknown,
}

/// Why it stands so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Passes,
    Missing,
    /// Two records count as none.
    Several,
    /// The mail server is not in it.
    LacksServer,
    /// More than ten lookups, or a part that does not exist.
    Broken,
    /// Lodge has no key to sign with.
    NotSigned,
    OtherKey,
    Revoked,
    /// `p=none`: receivers only report.
    OnlyReports,
    NoPolicy,
    NotLookedUp,
}

/// A record to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publish {
    pub name: String,
    pub text: String,
}

impl Publish {
    /// As it stands in a zone file; a text is cut into parts of at most 255 characters.
    pub fn zone_file(&self) -> String {
        let characters: Vec<char> = self.text.chars().collect();
        let parts: Vec<String> =
            characters.chunks(255).map(|part| format!("\"{}\"", part.iter().collect::<String>())).collect();
        format!("{}. 3600 IN TXT\n  {}", self.name, parts.join("\n  "))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub state: State,
    pub reason: Reason,
    /// What it is about, such as `2048`, `quarantine`, or what the name servers said.
    pub detail: String,
    /// What to publish instead.
    pub publish: Option<Publish>,
}

/// The findings about a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub spf: Finding,
    pub dkim: Finding,
    pub dmarc: Finding,
}

impl Report {
    pub fn all(&self) -> [&Finding; 3] {
        [&self.spf, &self.dkim, &self.dmarc]
    }

    pub fn passes(&self) -> bool {
        self.all().iter().all(|finding| finding.state == State::Passes)
    }

    /// What the DNS did not say now is known from before, if it is.
    #[must_use]
    pub fn keeping(self, before: &Self) -> Self {
        let keep = |now: Finding, before: &Finding| {
            if now.state == State::Unknown { before.clone() } else { now }
        };
        Self {
            spf: keep(self.spf, &before.spf),
            dkim: keep(self.dkim, &before.dkim),
            dmarc: keep(self.dmarc, &before.dmarc),
        }
    }

    /// What the name servers said instead of an answer.
    pub fn failure(&self) -> Option<&str> {
        self.all().into_iter().find(|finding| finding.state == State::Unknown).map(|f| f.detail.as_str())
    }
}

pub fn decide(facts: &DomainFacts) -> Report {
    Report { spf: spf(facts), dkim: dkim(facts), dmarc: dmarc(facts) }
}

fn finding(state: State, reason: Reason, detail: impl Into<String>) -> Finding {
    Finding { state, reason, detail: detail.into(), publish: None }
}

fn unknown(why: &str) -> Finding {
    finding(State::Unknown, Reason::NotLookedUp, why)
}

impl Finding {
    fn publishing(mut self, name: impl ToString, text: impl Into<String>) -> Self {
        self.publish = Some(Publish { name: name.to_string(), text: text.into() });
        self
    }
}

fn spf(facts: &DomainFacts) -> Finding {
    let SpfFacts { texts, expected, .. } = &facts.spf;
    if let Answer::Failed(why) = texts {
        return unknown(why);
    }
    let records: Vec<&str> =
        texts.found().iter().map(String::as_str).filter(|text| has_version(text, "v=spf1")).collect();
    let domain = &facts.domain;
    let record = match records.as_slice() {
        [] => {
            return finding(State::Fails, Reason::Missing, "")
                .publishing(domain, format!("v=spf1 {expected} ~all"));
        }
        [record] => *record,
        several => {
            return finding(State::Fails, Reason::Several, several.len().to_string())
                .publishing(domain, merged(several, expected));
        }
    };
    if facts.spf.covers_server() {
        return match &facts.spf.broken {
            Some(why) => finding(State::Weak, Reason::Broken, why),
            None => finding(State::Passes, Reason::Passes, record),
        };
    }
    match &facts.spf.failed {
        Some(why) => unknown(why),
        None => finding(State::Fails, Reason::LacksServer, expected)
            .publishing(domain, merged(&[record], expected)),
    }
}

/// One record with the terms of several, the mail server, and the ending of the first.
fn merged(records: &[&str], expected: &str) -> String {
    let mut terms: Vec<&str> = vec![expected];
    let mut ending = None;
    for term in records.iter().flat_map(|record| record.split_whitespace().skip(1)) {
        let is_ending = term.trim_start_matches(['+', '-', '~', '?']).eq_ignore_ascii_case("all");
        if is_ending || term.to_ascii_lowercase().starts_with("redirect=") {
            ending = ending.or(Some(term));
        } else if !terms.iter().any(|known| known.eq_ignore_ascii_case(term)) {
            terms.push(term);
        }
    }
    format!("v=spf1 {} {}", terms.join(" "), ending.unwrap_or("~all"))
}

fn dkim(facts: &DomainFacts) -> Finding {
    if facts.dkim.is_empty() {
        return finding(State::Fails, Reason::NotSigned, "");
    }
    let mut findings = facts.dkim.iter().map(|(key, texts)| dkim_key(&facts.domain, key, texts));
    let first = findings.next().unwrap_or_else(|| finding(State::Fails, Reason::NotSigned, ""));
    // The second key may still be on its way in, or be the one of the two that a receiver reads.
    findings.fold(first, |worst, next| {
        let rank = |finding: &Finding| match finding.state {
            State::Fails => 3,
            State::Unknown => 2,
            State::Weak => 1,
            State::Passes => 0,
        };
        if rank(&next) > rank(&worst) { next } else { worst }
    })
}

fn dkim_key(domain: &DomainName, key: &DkimRecord, texts: &Answer<String>) -> Finding {
    if let Answer::Failed(why) = texts {
        return unknown(why);
    }
    let published: Vec<String> = texts.found().iter().filter_map(|text| tag(text, "p")).collect();
    let wrong = |reason| {
        finding(State::Fails, reason, key.selector.as_str()).publishing(key.name(domain), key.text())
    };
    if published.contains(&key.public) {
        return finding(State::Passes, Reason::Passes, key.bits.to_string());
    }
    match published.first() {
        None => wrong(Reason::Missing),
        Some(public) if public.is_empty() => wrong(Reason::Revoked),
        Some(_) => wrong(Reason::OtherKey),
    }
}

fn dmarc(facts: &DomainFacts) -> Finding {
    let domain = &facts.domain;
    let right = format!("v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}");
    let name = format!("_dmarc.{domain}");
    for (at, (_, texts)) in facts.dmarc.iter().enumerate() {
        if let Answer::Failed(why) = texts {
            return unknown(why);
        }
        let records: Vec<&String> =
            texts.found().iter().filter(|text| has_version(text, "v=DMARC1")).collect();
        let record = match records.as_slice() {
            [] => continue,
            [record] => *record,
            several => {
                return finding(State::Fails, Reason::Several, several.len().to_string())
                    .publishing(name, right);
            }
        };
        // What stands above speaks for the domains below by `sp`, else by `p`.
        let below = (at > 0).then(|| tag(record, "sp")).flatten();
        let policy = below.or_else(|| tag(record, "p")).unwrap_or_default().to_ascii_lowercase();
        return match policy.as_str() {
            "quarantine" | "reject" => finding(State::Passes, Reason::Passes, policy),
            "none" => finding(State::Weak, Reason::OnlyReports, policy).publishing(name, right),
            _ => finding(State::Fails, Reason::NoPolicy, "").publishing(name, right),
        };
    }
    finding(State::Fails, Reason::Missing, "").publishing(name, right)
}

fn has_version(text: &str, version: &str) -> bool {
    let is = |head: &str| head.eq_ignore_ascii_case(version);
    let rest = text.get(version.len()..).unwrap_or_default();
    text.get(..version.len()).is_some_and(is) && (rest.is_empty() || rest.starts_with([' ', ';', '\t']))
}

/// The value of a tag in `a=b; c=d`, without blanks.
fn tag(text: &str, name: &str) -> Option<String> {
    text.split(';').find_map(|part| {
        let (known, value) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.split_whitespace().collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DkimRecord {
        DkimRecord { selector: "lodge1".into(), algorithm: "rsa", bits: 2048, public: "MIIB".into() }
    }

    fn texts(all: &[&str]) -> Answer<String> {
        if all.is_empty() {
            Answer::Absent
        } else {
            Answer::Found(all.iter().map(|&t| t.to_owned()).collect())
        }
    }

    fn facts(spf: &[&str], dkim: &[&str], dmarc: &[&str]) -> DomainFacts {
        let domain = DomainName::parse("events.contoso.example").unwrap();
        let expected = "include:_spf.relay.example".to_owned();
        DomainFacts {
            spf: SpfFacts::of_records(texts(spf), expected),
            dkim: vec![(key(), texts(dkim))],
            dmarc: vec![("_dmarc.events.contoso.example".into(), texts(dmarc))],
            domain,
        }
    }

    #[test]
    fn a_domain_with_all_three_passes() {
        let good = facts(
            &["site-verification=x", "v=spf1 mx include:_spf.relay.example -all"],
            &["v=DKIM1; k=rsa; p=MI IB"],
            &["v=DMARC1; p=quarantine"],
        );
        let report = decide(&good);
        assert!(report.passes(), "{report:?}");
        assert_eq!((report.dkim.detail.as_str(), report.dmarc.detail.as_str()), ("2048", "quarantine"));
    }

    #[test]
    fn each_fault_is_named_and_comes_with_the_record_that_is_right() {
        let spf = |records: &[&str]| {
            let report = decide(&facts(records, &[], &[]));
            (report.spf.reason, report.spf.publish.unwrap().text)
        };
        assert_eq!(spf(&[]), (Reason::Missing, "v=spf1 include:_spf.relay.example ~all".into()));
        assert_eq!(
            spf(&["v=spf1 ip4:198.51.100.24 -all", "v=spf1 mx ~all"]),
            (Reason::Several, "v=spf1 include:_spf.relay.example ip4:198.51.100.24 mx -all".into())
        );
        assert_eq!(
            spf(&["v=spf1 mx -all"]),
            (Reason::LacksServer, "v=spf1 include:_spf.relay.example mx -all".into())
        );
        assert_eq!(spf(&["v=spf10 mx"]).0, Reason::Missing);
        let dkim = |records: &[&str]| decide(&facts(&[], records, &[])).dkim;
        let publish = Publish {
            name: "lodge1._domainkey.events.contoso.example".into(),
            text: "v=DKIM1; k=rsa; p=MIIB".into(),
        };
        for (records, reason) in [
            (&[][..], Reason::Missing),
            (&["v=DKIM1; p="], Reason::Revoked),
            (&["p=OTHER"], Reason::OtherKey),
        ] {
            let found = dkim(records);
            assert_eq!(
                (found.state, found.reason, found.publish.as_ref()),
                (State::Fails, reason, Some(&publish))
            );
        }
        let dmarc = |records: &[&str]| {
            let found = decide(&facts(&[], &[], records)).dmarc;
            (found.state, found.reason)
        };
        assert_eq!(dmarc(&[]), (State::Fails, Reason::Missing));
        assert_eq!(dmarc(&["v=DMARC1; p=none"]), (State::Weak, Reason::OnlyReports));
        assert_eq!(dmarc(&["v=DMARC1; rua=mailto:x@y.example"]), (State::Fails, Reason::NoPolicy));
        assert_eq!(dmarc(&["v=DMARC1; p=none", "v=DMARC1; p=reject"]), (State::Fails, Reason::Several));
        assert_eq!(dmarc(&["v=DMARC1;p=REJECT"]), (State::Passes, Reason::Passes));
    }

    #[test]
    fn what_stands_above_a_domain_speaks_for_it() {
        let mut facts = facts(&[], &[], &[]);
        facts.dmarc.push(("_dmarc.contoso.example".into(), texts(&["v=DMARC1; p=reject; sp=none"])));
        assert_eq!(decide(&facts).dmarc.reason, Reason::OnlyReports);
        facts.dmarc[1].1 = texts(&["v=DMARC1; p=reject"]);
        assert_eq!(decide(&facts).dmarc.state, State::Passes);
    }

    #[test]
    fn name_servers_that_do_not_answer_make_nothing_missing_and_take_nothing_back() {
        let good =
            decide(&facts(&["v=spf1 include:_spf.relay.example"], &["p=MIIB"], &["v=DMARC1; p=reject"]));
        let mut silent = facts(&[], &[], &[]);
        let failed = || Answer::Failed("the name servers did not answer".to_owned());
        silent.spf = SpfFacts::of_records(failed(), "mx".into());
        silent.dkim[0].1 = failed();
        silent.dmarc[0].1 = failed();
        let report = decide(&silent);
        assert!(
            report.all().iter().all(|finding| finding.state == State::Unknown && finding.publish.is_none())
        );
        assert_eq!(report.failure(), Some("the name servers did not answer"));
        assert_eq!(report.keeping(&good), good);
    }

    #[test]
    fn a_long_text_is_cut_as_zone_files_want_it() {
        let record = Publish { name: "a.example".into(), text: "x".repeat(300) };
        let (long, short) = ("x".repeat(255), "x".repeat(45));
        assert_eq!(record.zone_file(), format!("a.example. 3600 IN TXT\n  \"{long}\"\n  \"{short}\""));
    }
}
