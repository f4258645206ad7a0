use super::*;
use proptest::prelude::*;
use serde_json::json;

fn parse(body: &Value) -> Result<Batch> {
    Batch::parse(body.to_string().as_bytes(), Version::V1)
}

fn refused(body: &Value) -> String {
    parse(body).unwrap_err().message().to_owned()
}

fn get(id: &str, after: &[&str]) -> Value {
    json!({"id": id, "method": "get", "url": "/users", "dependsOn": after})
}

#[test]
fn addresses_are_relative_to_the_version_or_absolute() {
    let expect = |url: &str, expected: &str| {
        assert_eq!(target(url, Version::V1).unwrap().to_string(), expected, "{url}");
    };
    expect("/users?$top=1", "/v1.0/users?$top=1");
    expect("users", "/v1.0/users");
    expect("//users", "/v1.0/users");
    expect("/beta/users", "/beta/users");
    expect("/v1.0/users", "/v1.0/users");
    expect("https://graph.example/v1.0/me?a=b", "/v1.0/me?a=b");
    expect("https://graph.example/users", "/v1.0/users");
    expect(
        "/users?$filter=startswith(displayName,'a b')",
        "/v1.0/users?$filter=startswith(displayName,'a%20b')",
    );
    expect("/users/a#EXT#@b.example", "/v1.0/users/a%23EXT%23@b.example");
    expect("/users/a%23EXT%23", "/v1.0/users/a%23EXT%23");
    expect("/users?$search=\"displayName:é\"", "/v1.0/users?$search=%22displayName:%C3%A9%22");
    assert!(target(&"(".repeat(1 << 20), Version::V1).is_err());
}

#[test]
fn requests_run_in_waves_behind_what_they_depend_on() {
    let batch = json!({"requests": [get("c", &["B", "a"]), get("a", &[]), get("b", &["a"]), get("d", &[])]});
    assert_eq!(parse(&batch).unwrap().waves, [vec![1, 3], vec![2], vec![0]]);
}

#[test]
fn what_is_wrong_with_a_batch_refuses_it_whole() {
    let many: Vec<Value> = (0..21).map(|at| get(&at.to_string(), &[])).collect();
    assert_eq!(
        refused(&json!({"requests": many})),
        "Number of batch request steps exceeds the maximum value of 20."
    );
    for body in [
        json!({}),
        json!({"requests": []}),
        json!({"requests": [get("1", &[]), get("1", &[])]}),
        json!({"requests": [get("a", &[]), get("A", &[])]}),
        json!({"requests": [get("", &[])]}),
        json!({"requests": [get("1", &["2"])]}),
        json!({"requests": [get("1", &["1"])]}),
        json!({"requests": [get("1", &["2"]), get("2", &["1"])]}),
        json!({"requests": [{"method": "GET", "url": "/users"}]}),
        json!({"requests": [{"id": 1, "method": "GET", "url": "/users"}]}),
        json!({"requests": [{"id": "1", "url": "/users"}]}),
        json!({"requests": [{"id": "1", "method": "TRACE", "url": "/users"}]}),
        json!({"requests": [{"id": "1", "method": "GET"}]}),
        json!({"requests": [{"id": "1", "method": "POST", "url": "/$batch"}]}),
        json!({"requests": [{"id": "1", "method": "POST", "url": "%24BATCH"}]}),
        json!({"requests": [{"id": "1", "method": "GET", "url": "/users", "headers": {"a": 1}}]}),
        json!({"requests": [{"id": "1", "method": "GET", "url": "/users", "headers": {"a b": "c"}}]}),
        json!({"requests": [{"id": "1", "method": "GET", "url": "/users", "atomicityGroup": "x"}]}),
        json!({"requests": [get("1", &[])], "more": true}),
    ] {
        assert!(parse(&body).is_err(), "{body}");
    }
}

#[test]
fn parentheses_by_the_megabyte_are_refused_at_once() {
    for open in ["(", "[", "{\"requests\":["] {
        assert!(Batch::parse(open.repeat((1 << 20) / open.len()).as_bytes(), Version::V1).is_err());
    }
    let url = format!("/users?$filter={}", "(".repeat(1 << 20));
    let body = json!({"requests": [{"id": "1", "method": "GET", "url": url}]});
    let batch = parse(&body).unwrap();
    assert!(batch.steps[0].target.is_err(), "this request's own answer");
}

#[test]
fn a_body_is_json_or_base64() {
    let step = |kind: &str, body: Value| {
        let request = json!({"id": "1", "method": "POST", "url": "/a", "headers": {"content-type": kind}, "body": body});
        parse(&json!({"requests": [request]})).unwrap().steps.remove(0)
    };
    let bytes = |step: Step| step.body.unwrap().to_vec();
    assert_eq!(bytes(step("application/json", json!({"a": 1}))), br#"{"a":1}"#);
    assert_eq!(bytes(step("application/json; charset=utf-8", json!("x"))), br#""x""#);
    assert_eq!(bytes(step("image/png", json!("AQI="))), [1, 2]);
    assert!(step("image/png", json!("?")).body.is_err());
}

#[test]
fn answers_are_written_as_clients_look_for_them() {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("odata-version", HeaderValue::from_static("4.0"));
    headers.insert("x-ms-resource-unit", HeaderValue::from_static("1"));
    let first = Answer { status: 200, headers, body: Bytes::from_static(b"{\"a\":1}") };
    let second = Answer { status: 204, headers: HeaderMap::new(), body: Bytes::new() };
    let mut plain = HeaderMap::new();
    plain.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    let third = Answer { status: 200, headers: plain, body: Bytes::from_static(b"5") };
    let written = write([("1", &first), ("\"", &second), ("3", &third)].into_iter());
    let expected = json!({"responses": [
        {"id": "1", "status": 200, "body": {"a": 1}, "headers": {
            "Content-Type": "application/json", "OData-Version": "4.0", "x-ms-resource-unit": "1",
        }},
        {"id": "\"", "status": 204, "headers": {}},
        {"id": "3", "status": 200, "body": "NQ==", "headers": {"Content-Type": "text/plain"}},
    ]});
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), expected);
}

proptest! {
    #[test]
    fn no_batch_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Batch::parse(&bytes, Version::Beta);
    }

    #[test]
    fn no_request_of_a_batch_panics(url in ".{0,60}", id in ".{0,8}", header in ".{0,12}", after in ".{0,3}") {
        let request = json!({"id": id, "method": "PATCH", "url": url, "headers": {"x": header}, "dependsOn": [after]});
        if let Ok(batch) = parse(&json!({"requests": [request, get("2", &[])]})) {
            prop_assert_eq!(batch.waves.iter().flatten().count(), 2);
        }
    }
}
