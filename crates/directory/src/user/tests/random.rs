//! Whatever a filter says, indexes and engines give the answer that looking at every user would give.

use super::super::*;
use crate::testing::on_each_engine;
use odata::{Comparison, Filter, Literal, Quantifier, TextMatch};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::BTreeSet;

const NAMES: [&str; 6] = ["Ana García", "ana", "Ben", "Éva Kovács", "Ängel", "Ben Smith"];
const COMPANIES: [Option<&str>; 3] = [None, Some("Contoso"), Some("contoso")];
const CITIES: [Option<&str>; 3] = [None, Some("Roma"), Some("ÉVORA")];

#[tokio::test]
async fn a_random_filter_finds_whom_looking_at_everybody_finds() {
    on_each_engine(|house| async move {
        let contoso = house.tenant("contoso").await;
        for number in 0..24_usize {
            let user = if number % 3 == 0 {
                contoso.guest(&format!("g{number}@fabrikam.example")).await
            } else {
                contoso.member(&format!("m{number}")).await
            };
            contoso
                .change(user.id, move |user| {
                    user.display_name = NAMES[number % 6].into();
                    user.company_name = COMPANIES[number % 3].map(str::to_owned);
                    user.account_enabled = number % 5 != 0;
                    if number % 6 == 0 {
                        user.external_state = user.external_state.map(|_| ExternalUserState::Accepted);
                    }
                    user.more =
                        CITIES[number / 8].into_iter().map(|city| ("city".into(), city.into())).collect();
                })
                .await;
        }
        let token = contoso.application_token(&["User.Read.All"]).await;
        let select = "id,displayName,mail,userPrincipalName,companyName,city,accountEnabled,userType,\
                      externalUserState,otherMails,proxyAddresses";
        let everybody = house.list(&token, &format!("/v1.0/users?$top=999&$select={select}")).await;
        assert_eq!(everybody.len(), 24);
        let mut runner = TestRunner::deterministic();
        for _ in 0..120 {
            let text = filter().new_tree(&mut runner).unwrap().current();
            let parsed = Filter::parse(&text).unwrap();
            let id = |user: &Value| user["id"].as_str().unwrap().to_owned();
            let expected: BTreeSet<String> =
                everybody.iter().filter(|user| fulfils(&parsed, user)).map(id).collect();
            for order in ["", "&$orderby=displayName"] {
                let query = text.replace('#', "%23").replace(' ', "%20");
                let query: String = query.chars().map(encoded).collect();
                let path = format!("/v1.0/users?$count=true&$top=999&$select=id&$filter={query}{order}");
                let (status, body) = house.get_eventual(&token, &path).await;
                assert_eq!(status, 200, "{text}: {body}");
                let found: Vec<String> = body["value"].as_array().unwrap().iter().map(id).collect();
                assert_eq!(found.len(), expected.len(), "{text}");
                assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{text}");
                assert_eq!(body["@odata.count"].as_u64(), u64::try_from(expected.len()).ok(), "{text}");
            }
        }
    })
    .await;
}

/// What no address of a request holds as it is.
fn encoded(character: char) -> String {
    if character.is_ascii() {
        return character.to_string();
    }
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes).bytes().fold(String::new(), |all, byte| format!("{all}%{byte:02X}"))
}

fn filter() -> impl Strategy<Value = String> {
    let text = |property: &'static str, values: &'static [&'static str]| {
        let compare =
            (prop::sample::select(vec!["eq", "ne", "ge", "le", "gt", "lt"]), prop::sample::select(values))
                .prop_map(move |(operator, value)| format!("{property} {operator} '{value}'"));
        let starts = prop::sample::select(values).prop_map(move |value| {
            let start: String = value.chars().take(3).collect();
            format!("startsWith({property},'{start}')")
        });
        let within = prop::collection::vec(prop::sample::select(values), 1..3)
            .prop_map(move |values| format!("{property} in ('{}')", values.join("','")));
        prop_oneof![compare, starts, within].boxed()
    };
    let atom = prop_oneof![
        text("displayName", &["ANA GARCÍA", "ben", "éva kovács", "Zoe"]),
        text("mail", &["G3@fabrikam.example", "m1@contoso.example", "nobody@contoso.example"]),
        text("userPrincipalName", &["M2@contoso.example", "g0_fabrikam.example#EXT#@contoso.example"]),
        text("companyName", &["CONTOSO", "Fabrikam"]),
        text("city", &["roma", "évora"]),
        prop::sample::select(vec![
            "accountEnabled eq false",
            "accountEnabled eq true",
            "userType eq 'guest'",
            "userType ne 'Guest'",
            "externalUserState eq 'PendingAcceptance'",
            "externalUserState eq 'accepted'",
            "companyName eq null",
            "city ne null",
            "endsWith(mail,'@fabrikam.example')",
            "otherMails/any(x:x eq 'g3@fabrikam.example')",
            "otherMails/any(x:startsWith(x,'g'))",
            "proxyAddresses/any(p:p eq 'smtp:m4@contoso.example')",
            "proxyAddresses/all(p:startsWith(p,'SMTP:g'))",
            "otherMails/$count eq 0",
        ])
        .prop_map(str::to_owned),
    ];
    atom.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" and "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" or "))),
            inner.prop_map(|one| format!("not ({one})")),
        ]
    })
}

/// Looks at one user as it is shown.
fn fulfils(filter: &Filter, user: &Value) -> bool {
    match filter {
        Filter::And(all) => all.iter().all(|one| fulfils(one, user)),
        Filter::Or(all) => all.iter().any(|one| fulfils(one, user)),
        Filter::Not(one) => !fulfils(one, user),
        Filter::Compare { property, comparison, value } => match property.as_str().split_once("/$count") {
            Some((collection, _)) => {
                let count = i64::try_from(user[collection].as_array().unwrap().len()).unwrap();
                *comparison == Comparison::Equal && *value == Literal::Integer(count)
            }
            None => compare(&user[property.as_str()], *comparison, value),
        },
        Filter::In { property, values } => {
            values.iter().any(|value| compare(&user[property.as_str()], Comparison::Equal, value))
        }
        Filter::Text { property, matching, text } => matches(&user[property.as_str()], *matching, text),
        Filter::Elements { collection, quantifier, condition } => {
            let mut elements = user[collection.as_str()].as_array().unwrap().iter();
            let fulfils = |element: &Value| match condition.as_deref().unwrap() {
                Filter::Compare { comparison, value, .. } => compare(element, *comparison, value),
                Filter::Text { matching, text, .. } => matches(element, *matching, text),
                other => panic!("{other}"),
            };
            match quantifier {
                Quantifier::Any => elements.any(fulfils),
                Quantifier::All => elements.all(fulfils),
            }
        }
    }
}

fn compare(own: &Value, comparison: Comparison, value: &Literal) -> bool {
    let order = match (own, value) {
        (Value::Null, Literal::Null) => Some(std::cmp::Ordering::Equal),
        (Value::Bool(own), Literal::Boolean(value)) => Some(own.cmp(value)),
        (Value::String(own), Literal::Text(value)) => Some(own.to_lowercase().cmp(&value.to_lowercase())),
        (Value::Null, _) | (_, Literal::Null) => None,
        other => panic!("{other:?}"),
    };
    match comparison {
        Comparison::Equal => order.is_some_and(std::cmp::Ordering::is_eq),
        Comparison::NotEqual => !order.is_some_and(std::cmp::Ordering::is_eq),
        Comparison::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
    }
}

fn matches(own: &Value, matching: TextMatch, text: &str) -> bool {
    let Some(own) = own.as_str().map(str::to_lowercase) else { return false };
    match matching {
        TextMatch::StartsWith => own.starts_with(&text.to_lowercase()),
        TextMatch::EndsWith => own.ends_with(&text.to_lowercase()),
        TextMatch::Contains => own.contains(&text.to_lowercase()),
    }
}
