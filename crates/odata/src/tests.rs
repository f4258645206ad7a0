use super::*;
use kernel::Timestamp;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

fn equal(property: &str, value: Literal) -> Filter {
    Filter::Compare { property: path(property), comparison: Comparison::Equal, value }
}

fn text(value: &str) -> Literal {
    Literal::Text(value.to_owned())
}

mod filter {
    use super::*;

    #[test]
    fn literals_have_their_types() {
        let moment = |text: &str| Literal::DateTime(text.parse::<Timestamp>().unwrap());
        for (written, value) in [
            ("'it''s'", text("it's")),
            ("''", text("")),
            ("null", Literal::Null),
            ("TRUE", Literal::Boolean(true)),
            ("-7", Literal::Integer(-7)),
            ("1.5", Literal::Decimal(1.5)),
            ("2026-01-31", moment("2026-01-31T00:00:00Z")),
            ("2026-01-31T09:10:11Z", moment("2026-01-31T09:10:11Z")),
            ("2026-01-31T09:10:11.1234567Z", moment("2026-01-31T09:10:11.1234567Z")),
            ("2026-01-31T09:10:11+02:00", moment("2026-01-31T07:10:11Z")),
            (
                "3F0C5A5E-58a4-4b7e-9d0a-8a3a1d3c2b10",
                Literal::Guid("3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10".parse().unwrap()),
            ),
        ] {
            assert_eq!(Filter::parse(&format!("a eq {written}")), Ok(equal("a", value)), "{written}");
        }
    }

    #[test]
    fn and_binds_more_than_or_and_not_more_than_both() {
        let a = || equal("a", Literal::Integer(1));
        let b = || equal("b", Literal::Integer(2));
        let c = || equal("c", Literal::Integer(3));
        for (written, meant) in [
            ("a eq 1 or b eq 2 and c eq 3", Filter::Or(vec![a(), Filter::And(vec![b(), c()])])),
            ("(a eq 1 or b eq 2) and c eq 3", Filter::And(vec![Filter::Or(vec![a(), b()]), c()])),
            ("a EQ 1 AND b eq 2 and c eq 3", Filter::And(vec![a(), b(), c()])),
            ("NOT a eq 1 and b eq 2", Filter::And(vec![Filter::Not(Box::new(a())), b()])),
            ("not(a eq 1 and b eq 2)", Filter::Not(Box::new(Filter::And(vec![a(), b()])))),
            ("((a eq 1))", a()),
        ] {
            assert_eq!(Filter::parse(written), Ok(meant), "{written}");
        }
    }

    #[test]
    fn lambdas_speak_of_paths_below_their_collection() {
        let any = |collection: &str, condition: Option<Filter>| Filter::Elements {
            collection: path(collection),
            quantifier: Quantifier::Any,
            condition: condition.map(Box::new),
        };
        for (written, meant) in [
            ("tags/any(t:t eq 'x')", any("tags", Some(equal("tags", text("x"))))),
            ("tags/any()", any("tags", None)),
            (
                "identities/any(i:i/issuer eq 'x' and i/id eq 'y')",
                any(
                    "identities",
                    Some(Filter::And(vec![
                        equal("identities/issuer", text("x")),
                        equal("identities/id", text("y")),
                    ])),
                ),
            ),
            (
                "a/any(x:x/b/Any(y : y/c eq 1))",
                any("a", Some(any("a/b", Some(equal("a/b/c", Literal::Integer(1)))))),
            ),
            ("tags/$count eq 0", equal("tags/$count", Literal::Integer(0))),
        ] {
            assert_eq!(Filter::parse(written), Ok(meant), "{written}");
        }
    }

    #[test]
    fn functions_and_lists_are_read() {
        assert_eq!(
            Filter::parse("STARTSWITH(user/name, 'a,b')"),
            Ok(Filter::Text {
                property: path("user/name"),
                matching: TextMatch::StartsWith,
                text: "a,b".to_owned()
            })
        );
        assert_eq!(
            Filter::parse("state in ('a', null,'c')"),
            Ok(Filter::In { property: path("state"), values: vec![text("a"), Literal::Null, text("c")] })
        );
    }

    #[test]
    fn an_error_names_the_place() {
        for (written, offset) in [
            ("", 0),
            ("a", 1),
            ("a eq", 4),
            ("a eq b", 5),
            ("a xx 1", 2),
            ("a eq 1 b", 7),
            ("a eq 'x", 5),
            ("(a eq 1", 7),
            ("a eq 1)", 6),
            ("a eq 1 and", 10),
            ("'x' eq a", 0),
            ("a eq \u{a0}é", 7),
            ("foo(a,'x')", 0),
            ("a/b/foo(x:x eq 1)", 0),
            ("startsWith(a,1)", 13),
            ("startsWith(a 'x')", 13),
            ("a in ()", 6),
            ("a in ('x' 'y')", 10),
            ("a/any(x:b eq 1)", 8),
            ("a/any(x:x/b/any(y:x/c eq 1))", 18),
            ("a/all()", 6),
            ("a eq 99999999999999999999999e999", 5),
            ("$count eq 1", 0),
            ("a/$count/b eq 1", 0),
            ("a//b eq 1", 0),
            ("a eq 2026-13-01", 5),
        ] {
            let error = Filter::parse(written).unwrap_err();
            assert_eq!(error.offset, offset, "{written}: {error}");
        }
    }

    #[test]
    fn depth_number_and_length_are_bounded() {
        let nested = |depth: usize| format!("{}a eq 1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Filter::parse(&nested(24)).is_ok());
        assert!(Filter::parse(&nested(25)).is_err());
        let joined = |count: usize| vec!["a eq 1"; count].join(" or ");
        assert!(Filter::parse(&joined(MOST_CLAUSES)).is_ok());
        let error = kernel::Error::from(Filter::parse(&joined(MOST_CLAUSES + 1)).unwrap_err());
        assert_eq!(error.graph_code(), Some("Request_UnsupportedQuery"));
        let list = |count: usize| format!("a in ({})", vec!["1"; count].join(","));
        assert!(Filter::parse(&list(MOST_CLAUSES)).is_ok());
        assert!(Filter::parse(&list(MOST_CLAUSES + 1)).is_err());
        assert!(Filter::parse(&format!("a eq '{}'", "x".repeat(LONGEST_FILTER))).is_err());
    }

    #[test]
    fn a_megabyte_of_nesting_is_refused_in_under_five_milliseconds() {
        const MEGABYTE: usize = 1024 * 1024;
        for piece in ["(", "not ", "not(", "a/any(x:", "a eq 1 or ", "a eq 1 and (", "'"] {
            let whole = piece.repeat(MEGABYTE / piece.len());
            let longest = piece.repeat(LONGEST_FILTER / piece.len());
            for text in [&whole, &longest] {
                let query = format!("$filter={text}");
                let measure = || {
                    let start = Instant::now();
                    assert!(Filter::parse(text).is_err(), "{piece}");
                    assert!(Query::parse(&query).is_err(), "{piece}");
                    start.elapsed()
                };
                // The best of some runs, since a busy machine may stop any one of them.
                let elapsed = std::iter::repeat_with(measure).take(5).min().unwrap();
                assert!(elapsed < Duration::from_millis(5), "{piece}: {elapsed:?}");
            }
        }
    }

    #[test]
    fn a_collection_names_its_own_properties() {
        let filter = Filter::parse("a eq 1 and (b/any(x:x eq 2) or not(a in (3)))").unwrap();
        let mut column = |path: &Path| match path.as_str() {
            "a" => Ok(1),
            "b" => Ok(2),
            other => Err(other.to_owned()),
        };
        assert!(filter.try_map(&mut column).is_ok());
        let other = Filter::parse("a eq 1 and c eq 2").unwrap();
        assert_eq!(other.try_map(&mut column), Err("c".to_owned()));
    }

    /// A filter before its paths are known.
    #[derive(Clone, Debug)]
    enum Plan {
        Compare(&'static str, Comparison, Literal),
        In(&'static str, Vec<Literal>),
        Text(&'static str, TextMatch, String),
        And(Box<Plan>, Box<Plan>),
        Or(Box<Plan>, Box<Plan>),
        Not(Box<Plan>),
        Elements(&'static str, Quantifier, Box<Plan>),
        Exists(&'static str),
    }

    fn build(plan: &Plan, around: Option<&Path>) -> Filter {
        let named = |name: &str| match around {
            Some(collection) => collection.element(name),
            None if name.is_empty() => path("z"),
            None => path(name),
        };
        match plan {
            Plan::Compare(name, comparison, value) => {
                Filter::Compare { property: named(name), comparison: *comparison, value: value.clone() }
            }
            Plan::In(name, values) => Filter::In { property: named(name), values: values.clone() },
            Plan::Text(name, matching, text) => {
                Filter::Text { property: named(name), matching: *matching, text: text.clone() }
            }
            Plan::And(left, right) => Filter::and(build(left, around), build(right, around)),
            Plan::Or(left, right) => Filter::or(build(left, around), build(right, around)),
            Plan::Not(inner) => Filter::Not(Box::new(build(inner, around))),
            Plan::Elements(name, quantifier, inner) => {
                let collection = named(name);
                let condition = Some(Box::new(build(inner, Some(&collection))));
                Filter::Elements { collection, quantifier: *quantifier, condition }
            }
            Plan::Exists(name) => {
                Filter::Elements { collection: named(name), quantifier: Quantifier::Any, condition: None }
            }
        }
    }

    fn literal() -> impl Strategy<Value = Literal> {
        prop_oneof![
            Just(Literal::Null),
            any::<bool>().prop_map(Literal::Boolean),
            any::<i64>().prop_map(Literal::Integer),
            prop::num::f64::NORMAL.prop_map(Literal::Decimal),
            "[^\0]{0,12}".prop_map(Literal::Text),
            (-62_000_000_000_000_000..253_000_000_000_000_000_i64)
                .prop_map(|micros| Literal::DateTime(Timestamp::from_microsecond(micros).unwrap())),
            any::<u128>().prop_map(|bits| Literal::Guid(uuid::Uuid::from_u128(bits))),
        ]
    }

    fn plan() -> impl Strategy<Value = Plan> {
        let name = || prop::sample::select(vec!["", "a", "b/c", "d_1", "e/f/g", "h/$count"]);
        let collection = || prop::sample::select(vec!["a", "b/c"]);
        let comparison = prop::sample::select(vec![
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
        ]);
        let matching =
            prop::sample::select(vec![TextMatch::StartsWith, TextMatch::EndsWith, TextMatch::Contains]);
        let leaf = prop_oneof![
            (name(), comparison, literal())
                .prop_map(|(name, comparison, value)| Plan::Compare(name, comparison, value)),
            (name(), prop::collection::vec(literal(), 1..4))
                .prop_map(|(name, values)| Plan::In(name, values)),
            (name(), matching, "[^\0]{0,8}")
                .prop_map(|(name, matching, text)| Plan::Text(name, matching, text)),
            collection().prop_map(Plan::Exists),
        ];
        leaf.prop_recursive(5, 24, 2, move |inner| {
            let boxed = || inner.clone().prop_map(Box::new);
            let quantifier = prop::sample::select(vec![Quantifier::Any, Quantifier::All]);
            prop_oneof![
                (boxed(), boxed()).prop_map(|(left, right)| Plan::And(left, right)),
                (boxed(), boxed()).prop_map(|(left, right)| Plan::Or(left, right)),
                boxed().prop_map(Plan::Not),
                (collection(), quantifier, boxed())
                    .prop_map(|(name, quantifier, inner)| Plan::Elements(name, quantifier, inner)),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(plan in plan()) {
            let filter = build(&plan, None);
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
        }

        #[test]
        fn no_text_panics(text in ".{0,300}") {
            let _ = Filter::parse(&text);
        }

        #[test]
        fn no_text_made_of_meaningful_pieces_panics(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "(", ")", ",", ":", "'", "/", " ", "a", "eq", "in", "and", "or", "not", "any", "all",
                    "startsWith", "1", "-", ".", "T", "Z", "2026-01-31", "12:00", "$count", "é", "null",
                ]),
                0..40,
            )
        ) {
            if let Err(error) = Filter::parse(&pieces.concat()) {
                prop_assert!(error.offset <= pieces.concat().len());
            }
        }
    }
}

mod query {
    use super::*;

    fn message(encoded: &str) -> String {
        Query::parse(encoded).unwrap_err().message().to_owned()
    }

    #[test]
    fn every_spelling_of_an_option_is_the_same_option() {
        for encoded in [
            "$select=id,displayName",
            "select=id,displayName",
            "%24SELECT=id%2C+displayName",
            "$Select=id, displayName",
        ] {
            let query = Query::parse(encoded).unwrap();
            assert_eq!(query.select, vec![path("id"), path("displayName")], "{encoded}");
            assert_eq!(query.given(), [QueryOption::Select]);
        }
    }

    #[test]
    fn all_options_are_read() {
        let query = Query::parse(
            "$filter=a+eq+'x%26y'&$orderby=a desc,b&$top=5&$count=true&$search=%22displayName:x%22\
             &$skiptoken=t0k&$expand=manager&$format=json&foo=bar&",
        )
        .unwrap();
        assert_eq!(query.filter, Some(equal("a", text("x&y"))));
        assert_eq!(
            query.order_by,
            vec![
                OrderBy { property: path("a"), is_descending: true },
                OrderBy { property: path("b"), is_descending: false }
            ]
        );
        assert_eq!((query.top, query.count), (Some(5), true));
        assert_eq!(query.search, Some(Search::parse("\"displayName:x\"").unwrap()));
        assert_eq!(query.skip_token.as_deref(), Some("t0k"));
        assert_eq!(query.expand, vec![path("manager")]);
    }

    #[test]
    fn the_next_page_keeps_everything_but_the_page_token() {
        let query = Query::parse("$top=5&%24skiptoken=abc&$filter=a%20eq%201&x=y").unwrap();
        assert_eq!(query.without_skip_token(), "$top=5&$filter=a%20eq%201&x=y");
    }

    #[test]
    fn what_does_not_exist_or_comes_twice_is_refused() {
        assert_eq!(message("$foo=1"), "The query parameter '$foo' is not supported.");
        assert_eq!(message("$apply=x"), "The query parameter '$apply' is not supported.");
        assert_eq!(
            message("$top=1&top=2"),
            "Query option '$top' was specified more than once, but it must be specified at most once."
        );
        assert!(Query::parse("foo=1&foo=2").is_ok());
        assert_eq!(Query::parse("$skip=1").unwrap_err().graph_code(), Some("Request_BadRequest"));
    }

    #[test]
    fn values_that_make_no_sense_are_refused() {
        assert_eq!(
            message("$top=0"),
            "Invalid page size specified: '0'. Must be between 1 and 999 inclusive."
        );
        for encoded in [
            "$top=",
            "$top=-1",
            "$top=1.5",
            "$top=99999999999",
            "$count=1",
            "$orderby=",
            "$orderby=a up",
            "$orderby=a desc b",
            "$select=a%00",
            "$select=a b",
            "$select=a,%ff",
            "$filter=",
            "$expand=manager($select=id)",
        ] {
            assert!(Query::parse(encoded).is_err(), "{encoded}");
        }
    }

    #[test]
    fn a_page_has_at_most_what_its_collection_allows() {
        let query = Query::parse("$top=1000").unwrap();
        assert_eq!(query.page_size(100, 1000).unwrap(), 1000);
        let error = query.page_size(100, 999).unwrap_err();
        assert_eq!(
            error.message(),
            "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."
        );
        assert_eq!(error.graph_code(), Some("Request_UnsupportedQuery"));
        assert_eq!(Query::default().page_size(100, 999).unwrap(), 100);
    }

    proptest! {
        #[test]
        fn no_query_string_panics(encoded in ".{0,300}") {
            let _ = Query::parse(&encoded);
        }
    }
}
