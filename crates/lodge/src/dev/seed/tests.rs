use super::*;

fn refusal(text: &str) -> String {
    match Seed::parse("seed.json", text, Rng::system()) {
        Ok(_) => String::from("accepted"),
        Err(error) => error.message().to_owned(),
    }
}

/// A seed of one tenant with the given fields besides its names.
fn tenant(fields: &str) -> String {
    format!(
        r#"{{"tenants":[{{"displayName":"Contoso","initialDomain":"contoso.example",
{fields}}}]}}"#
    )
}

#[test]
fn the_built_in_seed_has_two_tenants_that_never_change() {
    let seed = Seed::built_in(Rng::system()).unwrap();
    let names: Vec<_> = seed.tenants.iter().map(|tenant| tenant.initial_domain.as_str()).collect();
    assert_eq!(names, ["contoso.example", "fabrikam.example"]);
    for tenant in &seed.tenants {
        let domain = &tenant.initial_domain;
        let people: Vec<_> = tenant.users.iter().map(|user| user.user_principal_name.as_str()).collect();
        let expected = ["admin", "inviter", "member"].map(|name| format!("{name}@{domain}"));
        assert_eq!(people, expected);
        assert!(tenant.users.iter().all(|user| user.mail.as_ref() == Some(&user.user_principal_name)));
        assert!(tenant.users.iter().all(|user| user.password.expose().len() == 16));
        assert_eq!(tenant.administrator().map(|user| user.id), tenant.users.first().map(|user| user.id));
        assert_eq!(tenant.groups[0].members, [tenant.users[2].id]);
        let [automation, demo] = tenant.applications.as_slice() else { panic!("two applications") };
        assert_eq!(automation.display_name, "Automation");
        assert_eq!(automation.secret.as_ref().map(|secret| secret.expose().len()), Some(40));
        assert_eq!(automation.app_roles.len(), 6);
        assert!(demo.secret.is_none());
        assert_eq!(demo.public_client_redirect_uris, ["http://localhost/callback"]);
        assert_eq!(demo.scopes.len(), 7);
    }
    assert_eq!(seed.tenants[0].id.to_string(), "f3c95789-ace1-4954-ac5d-6baed2eac902");
}

#[test]
fn what_is_missing_is_generated_and_differs_each_time() {
    let text = tenant(r#""users":[{"userPrincipalName":"a@contoso.example","displayName":"A"}]"#);
    let first = Seed::parse("seed.json", &text, Rng::system()).unwrap();
    let second = Seed::parse("seed.json", &text, Rng::system()).unwrap();
    assert_ne!(first.tenants[0].id, second.tenants[0].id);
    assert_ne!(first.tenants[0].users[0].password.expose(), second.tenants[0].users[0].password.expose());
}

#[test]
fn a_guest_cannot_be_seeded() {
    let text = tenant(
        r#""users":[{"userPrincipalName":"a@contoso.example","displayName":"A"},
  {"userPrincipalName":"b@contoso.example","displayName":"B","userType":"Guest"}]"#,
    );
    let message = refusal(&text);
    assert_eq!(
        message,
        "seed.json, line 3, column 73, at /tenants/0/users/1/userType: a guest cannot be seeded: invite one \
         with POST /v1.0/invitations."
    );
    assert!(Seed::parse("x", &text.replace("Guest", "Member"), Rng::system()).is_ok());
}

#[test]
fn whatever_is_not_in_the_contract_is_refused_where_it_stands() {
    let user = |fields: &str| {
        tenant(&format!(
            r#""users":[{{"userPrincipalName":"a@contoso.example","displayName":"A",{fields}}}]"#
        ))
    };
    let application = |fields: &str| tenant(&format!(r#""applications":[{{"displayName":"A",{fields}}}]"#));
    let cases = [
        ("[]".to_owned(), "line 1, column 1: an object is expected here, not a list."),
        ("{}".to_owned(), "\"tenants\" is missing"),
        (r#"{"tenants":[]}"#.to_owned(), "at /tenants: a seed has at least one tenant"),
        (
            r#"{"tenant":[]}"#.to_owned(),
            "at /tenant: there is no field \"tenant\"; did you mean \"tenants\"?",
        ),
        (tenant(r#""domain":[]"#), "line 2, column 1, at /tenants/0/domain: there is no field"),
        (tenant(r#""id":"x""#), "at /tenants/0/id: \"x\" is no id"),
        (
            tenant(r#""domains":["localhost"]"#),
            "at /tenants/0/domains/0: \"localhost\": a domain needs a dot",
        ),
        (tenant(r#""privacyStatementUrl":"javascript:1""#), "is no http or https address"),
        (tenant(r#""notificationLanguage":"it""#), "there is no language \"it\""),
        (user(r#""mail":"x""#), "at /tenants/0/users/0/mail: \"x\": an address needs an @"),
        (user(r#""mail":5"#), "a text is expected here, not a number"),
        (user(r#""roles":["Guest Invitor"]"#), "did you mean \"Guest Inviter\"?"),
        (user(r#""accountEnabled":"yes""#), "true or false is expected here, not a text"),
        (user(r#""password":"""#), "1 to 256 characters are expected here, not 0"),
        (user(r#""displayName":"B""#), "at /tenants/0/users/0/displayName: \"displayName\" is given twice"),
        (
            tenant(r#""users":[{"userPrincipalName":"a@other.example","displayName":"A"}]"#),
            "other.example is not",
        ),
        (
            tenant(r#""groups":[{"displayName":"G","members":["b@contoso.example"]}]"#),
            "/groups/0/members/0: no user",
        ),
        (application(r#""redirectUris":["http://example.com/"]"#), "must be https"),
        (application(r#""redirectUris":["https://a.example/#x"]"#), "has a fragment"),
        (application(r#""redirectUris":["/x"]"#), "is no absolute address"),
        (application(r#""appRoles":["User Read"]"#), "is no name of a permission"),
        (tenant("\"users\": [\n tru ]"), "line 3, column 5, at /tenants/0/users/0: expected ident"),
    ];
    for (text, expected) in cases {
        let message = refusal(&text);
        assert!(message.contains(expected), "{text}\n{message}");
        assert!(!message.contains('\n'));
    }
}

#[test]
fn ids_names_and_domains_stand_once() {
    let id = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10";
    let groups =
        tenant(&format!(r#""groups":[{{"id":"{id}","displayName":"G"}},{{"id":"{id}","displayName":"H"}}]"#));
    assert!(refusal(&groups).contains("at /tenants/0/groups/1/id: this id is used further up"));
    let users = tenant(
        r#""users":[{"userPrincipalName":"a@contoso.example","displayName":"A"},
                    {"userPrincipalName":"A@Contoso.Example","displayName":"A"}]"#,
    );
    assert!(refusal(&users).contains("this user principal name is used further up"));
    let domains = r#"{"tenants":[{"displayName":"A","initialDomain":"a.example"},
        {"displayName":"B","initialDomain":"b.example","domains":["b.example","a.example"]}]}"#;
    assert!(refusal(domains).contains("at /tenants/1/domains/1: this domain is used further up"));
}

#[test]
fn null_means_nothing() {
    let text = tenant(
        r#""id":null,"privacyStatementUrl":null,"groups":null,
           "users":[{"userPrincipalName":"a@contoso.example","displayName":"A","mail":null,"password":null}]"#,
    );
    let seed = Seed::parse("seed.json", &text, Rng::system()).unwrap();
    assert!(seed.tenants[0].users[0].mail.is_none());
}

#[test]
fn a_confidential_application_gets_a_secret_and_a_public_one_does_not() {
    let of = |fields: &str| {
        let text = tenant(&format!(r#""applications":[{{"displayName":"A",{fields}}}]"#));
        Seed::parse("seed.json", &text, Rng::system()).unwrap().tenants[0].applications[0].clone()
    };
    assert!(of(r#""redirectUris":["https://a.example/cb"]"#).secret.is_some());
    assert!(of(r#""appRoles":[]"#).secret.is_some());
    assert!(of(r#""spaRedirectUris":["http://localhost/"]"#).secret.is_none());
    let public =
        of(r#""redirectUris":["http://localhost/"],"publicClientRedirectUris":["http://localhost/"]"#);
    assert!(public.secret.is_none() && public.web_redirect_uris.is_empty());
    let given = of(r#""secret":"s","publicClientRedirectUris":["http://localhost/"]"#);
    assert_eq!(given.secret.map(|secret| secret.expose().clone()).as_deref(), Some("s"));
}

#[test]
fn the_published_schema_accepts_the_built_in_seed_and_names_every_field() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../../docs/guides/seed.schema.json")).unwrap();
    let seed: serde_json::Value = serde_json::from_str(BUILT_IN).unwrap();
    assert_eq!(schema_check::problems(&schema, &schema, &seed, ""), Vec::<String>::new());
    let wrong: serde_json::Value = serde_json::from_str(&tenant(r#""usres":[]"#)).unwrap();
    assert_eq!(schema_check::problems(&schema, &schema, &wrong, ""), ["/tenants/0/usres is not known"]);
    let fields = |of: &str| -> Vec<String> {
        let mut names: Vec<String> =
            schema["$defs"][of]["properties"].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(fields("tenant"), sorted(read::TENANT));
    assert_eq!(fields("user"), sorted(read::USER));
    assert_eq!(fields("group"), sorted(read::GROUP));
    assert_eq!(fields("application"), sorted(read::APPLICATION));
    let roles = &schema["$defs"]["user"]["properties"]["roles"]["items"]["enum"];
    let known: Vec<&str> = Role::ALL.into_iter().map(Role::display_name).collect();
    assert_eq!(roles, &serde_json::to_value(known).unwrap());
}

/// As much of JSON Schema as the published schema uses.
mod schema_check {
    use serde_json::Value;

    pub fn problems(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = root.pointer(reference.trim_start_matches('#')).expect("the reference exists");
            return problems(root, target, value, at);
        }
        let mut found = Vec::new();
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !types.is_empty() && !types.contains(&kind(value)) {
            found.push(format!("{at} is {}", kind(value)));
        }
        let choices = schema["enum"].as_array().filter(|_| !value.is_null());
        if choices.is_some_and(|choices| !choices.contains(value)) {
            found.push(format!("{at} is none of the choices"));
        }
        for item in value.as_array().into_iter().flatten().enumerate() {
            found.extend(problems(root, &schema["items"], item.1, &format!("{at}/{}", item.0)));
        }
        if let Some(object) = value.as_object() {
            for (name, value) in object {
                match schema["properties"].get(name) {
                    Some(field) => found.extend(problems(root, field, value, &format!("{at}/{name}"))),
                    None => found.push(format!("{at}/{name} is not known")),
                }
            }
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            found.extend(
                required
                    .filter(|name| !object.contains_key(*name))
                    .map(|name| format!("{at}/{name} is missing")),
            );
        }
        found
    }

    fn kind(value: &Value) -> &'static str {
        match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }
}
