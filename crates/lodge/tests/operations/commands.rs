//! Commands beside a running server, on both engines: what they change holds for the next request.

use crate::installation::{Installation, engines};
use serde_json::Value;

#[test]
fn a_tenant_is_switched_off_and_on_and_deleted_and_brought_back_beside_a_running_server() {
    for &on_postgres in engines() {
        let mut house = Installation::new(on_postgres);
        house.settle();
        let server = house.serve();
        let token = house.site.token();
        let status = || house.site.caller().unwrap().get("/v1.0/users", &token).unwrap().status;
        assert_eq!(status(), 200);
        assert_eq!(house.json(&["tenant", "disable", "contoso.example"])["status"], "disabled");
        assert_eq!(status(), 403);
        let refused = house.site.ask_for_token().unwrap();
        assert!(refused.body.contains("AADSTS5000224"), "{}", refused.body);
        assert!(house.refusal(&["tenant", "disable", "contoso.example"]).contains("nothing was changed"));
        house.json(&["tenant", "enable", "contoso.example"]);
        assert_eq!(status(), 200);
        assert!(house.refusal(&["tenant", "delete", "contoso.example"]).contains("say --yes"));
        let deleted = house.json(&["tenant", "delete", "contoso.example", "--yes"]);
        assert!(deleted["purgedAfter"].is_string(), "{deleted}");
        assert_eq!(status(), 403);
        let list = String::from_utf8(house.output(&["tenant", "list"]).stdout).unwrap();
        assert!(list.contains("contoso.example  Contoso  deleted"), "{list}");
        house.json(&["tenant", "restore", "contoso.example"]);
        house.json(&["tenant", "enable", "contoso.example"]);
        assert_eq!(status(), 200);
        assert!(house.refusal(&["tenant", "enable", "nowhere.example"]).contains("There is no tenant"));
        server.end();
    }
}

#[test]
fn signing_keys_and_the_master_key_are_rotated_beside_a_running_server() {
    for &on_postgres in engines() {
        let mut house = if on_postgres { Installation::new(true) } else { Installation::with_key_file() };
        house.settle();
        let server = house.serve();
        let kids = || {
            let path = format!("/{}/discovery/v2.0/keys", house.site.tenant);
            let keys = house.site.caller().unwrap().get(&path, "").unwrap().json();
            let kids =
                keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned());
            kids.collect::<Vec<_>>()
        };
        let (before, token) = (kids(), house.site.token());
        let rotated = house.json(&["key", "rotate", "signing", "--tenant", "contoso.example"]);
        assert_eq!(rotated["value"][0]["activeKeyId"], before[1]);
        assert_eq!(kids()[0], before[1], "the server signs with the next key at once");
        let answer = house.site.caller().unwrap().get("/v1.0/users", &token).unwrap();
        assert_eq!(answer.status, 200, "and the former one is still good");

        if on_postgres {
            assert!(house.refusal(&["key", "rotate", "master", "--yes"]).contains("set master_key_next"));
            let file = house.file("lodge.toml");
            let text = std::fs::read_to_string(&file).unwrap();
            let next = "bmV4dCBtYXN0ZXIga2V5IG5leHQgbWFzdGVyIGtleSE=";
            std::fs::write(
                &file,
                text.replace("mail.from", &format!("master_key_next = \"{next}\"\nmail.from")),
            )
            .unwrap();
        } else {
            let made = house.json(&["key", "rotate", "master"]);
            assert!(made["nextKeyFile"].as_str().unwrap().ends_with("master.key.next"), "{made}");
        }
        assert!(house.refusal(&["key", "rotate", "master"]).contains("say --yes"));
        server.end();
        let server = house.serve();
        assert_eq!(house.json(&["key", "rotate", "master", "--yes"])["moved"], 1);
        house.site.token();
        server.end();
        if on_postgres {
            let file = house.file("lodge.toml");
            let text = std::fs::read_to_string(&file).unwrap();
            let next =
                text.lines().find_map(|line| line.strip_prefix("master_key_next = ")).unwrap().to_owned();
            let kept = text.lines().filter(|line| !line.starts_with("master_key"));
            let kept: String = kept
                .map(|line| line.replace("mail.from", &format!("master_key = {next}\nmail.from")) + "\n")
                .collect();
            std::fs::write(&file, kept).unwrap();
        } else {
            assert!(house.file("master.key.former-1").exists() && !house.file("master.key.next").exists());
        }
        let server = house.serve();
        house.site.token();
        server.end();
    }
}

#[test]
fn people_are_helped_back_in_and_the_log_names_the_command_line() {
    let mut house = Installation::new(false);
    house.settle();
    let server = house.serve();
    let user = "admin@contoso.example";
    let named = ["--tenant", "contoso.example", user];
    let run = |words: &[&str]| house.json(&[&["user"], words, &named].concat());
    let made = run(&["set-password", "--generate"]);
    assert!(made["password"].as_str().unwrap().len() > 20, "{made}");
    let piped = house.fed(&["user", "set-password", "--tenant", "contoso.example", user], "Quite-new-5\n");
    assert!(piped.status.success(), "{piped:?}");
    assert!(!String::from_utf8(piped.stdout).unwrap().contains("Quite-new-5"));
    let weak = house.fed(&["user", "set-password", "--tenant", "contoso.example", user], "short\n");
    assert!(String::from_utf8(weak.stderr).unwrap().contains("too short"));
    assert_eq!(run(&["unlock"])["forgotten"], 0);
    assert!(run(&["clear-methods", "--yes"])["setUpUrl"].as_str().unwrap().contains("/set-up?token="));
    let nobody = ["user", "unlock", "--tenant", "contoso.example", "nobody@contoso.example"];
    assert!(house.refusal(&nobody).contains("There is no user nobody@contoso.example"));

    let path = "/v1.0/auditLogs/directoryAudits?$top=50";
    let events = house.site.caller().unwrap().get(path, &house.site.token()).unwrap().json();
    let by = |event: &Value| event["initiatedBy"]["app"]["displayName"] == "command line";
    for activity in ["Reset password (by admin)", "Unlock user account", "Delete authentication methods"] {
        let events = events["value"].as_array().unwrap();
        assert!(
            events.iter().any(|event| event["activityDisplayName"] == activity && by(event)),
            "{activity}"
        );
    }
    server.end();
}

#[test]
fn tables_are_created_before_a_server_needs_them() {
    for &on_postgres in engines() {
        let house = Installation::new(on_postgres);
        let missing = house.json(&["migrate", "--check"]);
        assert!(missing["missing"].as_array().unwrap().len() > 10, "{missing}");
        // Two at once take turns.
        let outcomes = std::thread::scope(|scope| {
            let both = [scope.spawn(|| house.json(&["migrate"])), scope.spawn(|| house.json(&["migrate"]))];
            both.map(|one| one.join().unwrap()["created"].as_array().unwrap().len())
        });
        assert_eq!(
            outcomes.iter().max(),
            Some(&missing["missing"].as_array().unwrap().len()),
            "{outcomes:?}"
        );
        assert_eq!(outcomes.iter().min(), Some(&0));
        assert_eq!(house.json(&["migrate", "--check"])["missing"].as_array().unwrap().len(), 0);
    }
}
