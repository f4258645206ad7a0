//! `lodge backup` and `lodge restore` between the engines, under load, with the whole schema.

use crate::installation::{Installation, MASTER_KEY, engines};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const FILE: &str = "lodge.lodgebackup";
/// What a restore changes on purpose, and what it leaves behind on purpose.
const OF_THE_EPOCH: [&str; 4] = ["installation", "schema_lease", "schema_slice", "audit_event"];

#[test]
fn a_backup_under_load_comes_back_whole_on_the_other_engine() {
    for &on_postgres in engines() {
        let mut source = Installation::new(on_postgres);
        source.settle();
        let server = source.serve();
        let token = source.site.token();
        let (over, promised) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let invite = |caller: usize| {
            let mut wire = source.site.caller().unwrap();
            for number in 0.. {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let answer = wire.invite(&token, &format!("guest{caller}-{number}@adatum.example")).unwrap();
                assert_eq!(answer.status, 201, "{}", answer.body);
                promised
                    .lock()
                    .unwrap()
                    .push(answer.json()["invitedUser"]["id"].as_str().unwrap().to_owned());
            }
        };
        let before = thread::scope(|scope| {
            (0..4).for_each(|caller| drop(scope.spawn(move || invite(caller))));
            while promised.lock().unwrap().len() < 40 {
                thread::yield_now();
            }
            let before = promised.lock().unwrap().clone();
            let made = source.json(&["backup", FILE]);
            assert!(made["rows"].as_u64().unwrap() > 200, "{made}");
            over.store(true, Ordering::SeqCst);
            before
        });
        check_restored(&source, &before, !on_postgres);

        // At rest, every table is the same, row by row.
        server.end();
        source.json(&["backup", "--overwrite", FILE]);
        let copy = copy_of(&source, !on_postgres);
        copy.json(&["restore", FILE]);
        let (theirs, ours) = (rows(&source), rows(&copy));
        assert_eq!(theirs.keys().collect::<Vec<_>>(), ours.keys().collect::<Vec<_>>());
        for (table, rows) in &theirs {
            let changed = match table.as_str() {
                // Re-issued and held: compared without what that changes.
                "invitation" => Some(
                    ["generation", "issued_at", "expires_at", "delivery", "delivery_at", "delivery_reason"]
                        .as_slice(),
                ),
                "outbox" => Some(["state", "due_at", "attempts", "failure"].as_slice()),
                "tenant_state" => Some(["change_number"].as_slice()),
                "feed" | "invitation_code" => {
                    assert!(ours[table].len() >= rows.len(), "{table}");
                    continue;
                }
                name if OF_THE_EPOCH.contains(&name) || fleeting().contains(&name) => continue,
                _ => None,
            };
            let plain = |rows: &BTreeSet<String>| -> BTreeSet<String> {
                rows.iter().map(|row| without(row, changed.unwrap_or_default())).collect()
            };
            assert_eq!(plain(rows), plain(&ours[table]), "{table}");
        }
        for table in fleeting() {
            assert!(ours[table].is_disjoint(&theirs[table]), "{table}: {:?}", ours[table]);
        }
    }
}

/// The restored directory serves, on its own engine, everything that was acknowledged before the backup began.
fn check_restored(source: &Installation, promised: &[String], on_postgres: bool) {
    let copy = copy_of(source, on_postgres);
    let restored = copy.json(&["restore", FILE]);
    assert!(restored["heldMails"].as_u64().unwrap() >= 40, "no mail server took any: {restored}");
    assert!(copy.refusal(&["restore", FILE]).contains("holds 1 tenants"));
    assert!(copy.refusal(&["restore", "--replace", FILE]).contains("say --yes"));
    let held = copy.json(&["outbox", "list"]);
    let first = held["value"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        held["value"].as_array().unwrap().len(),
        usize::try_from(restored["heldMails"].as_u64().unwrap()).unwrap()
    );
    let server = copy.serve();
    let token = copy.site.token();
    let mut caller = copy.site.caller().unwrap();
    for user in promised {
        let answer = caller.get(&format!("/v1.0/users/{user}"), &token).unwrap();
        assert_eq!(answer.status, 200, "{user}: {}", answer.body);
    }
    let events = caller.get("/v1.0/auditLogs/directoryAudits?$top=20", &token).unwrap().json();
    let told = |activity: &str| {
        let events = events["value"].as_array().unwrap();
        let found = events.iter().find(|event| event["activityDisplayName"] == activity);
        found.is_some_and(|event| event["initiatedBy"]["app"]["displayName"] == "command line")
    };
    assert!(told("Restore directory from backup"), "{events}");

    // Beside the running server: one mail goes, the others never do.
    assert_eq!(
        copy.json(&["outbox", "release", "--tenant", "contoso.example", "--id", &first])["released"],
        1
    );
    assert!(
        copy.refusal(&["outbox", "release", "--tenant", "contoso.example", "--id", &first])
            .contains("No mail")
    );
    let dropped = copy.json(&["outbox", "drop", "--yes"])["dropped"].as_u64().unwrap();
    assert_eq!(dropped + 1, restored["heldMails"].as_u64().unwrap());
    assert_eq!(copy.json(&["outbox", "list"])["value"].as_array().unwrap().len(), 0);
    server.end();
}

#[test]
fn a_backup_is_private_holds_no_master_key_and_is_never_half() {
    let mut source = Installation::new(false);
    source.settle();
    let answer = source.output(&["backup", FILE]);
    let text = String::from_utf8(answer.stdout).unwrap();
    assert!(text.contains("holds 1 tenants") && text.contains("Keep the master key elsewhere"), "{text}");
    let file = source.file(FILE);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = std::fs::read(&file).unwrap();
    let key = STANDARD.decode(MASTER_KEY).unwrap();
    for form in [key.as_slice(), MASTER_KEY.as_bytes()] {
        assert!(!bytes.windows(form.len()).any(|window| window == form));
    }
    let checked = source.json(&["restore", "--check", FILE]);
    assert_eq!(checked["tenants"], 1);
    assert!(source.refusal(&["backup", FILE]).contains("is there already"));
    assert!(source.refusal(&["backup", "nowhere/file"]).contains("cannot be used"));
    std::fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
    assert!(source.refusal(&["restore", "--check", FILE]).contains("is damaged"));
    let names: Vec<_> =
        std::fs::read_dir(source.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with(".lodge-backup")), "{names:?}");

    // While Lodge runs, nothing is restored.
    std::fs::write(&file, &bytes).unwrap();
    let server = source.serve();
    assert!(
        source
            .refusal(&["restore", "--replace", "--yes", FILE])
            .contains("Lodge is running on this database")
    );
    server.end();
}

/// An empty installation on this engine that has the file and the same application.
fn copy_of(source: &Installation, on_postgres: bool) -> Installation {
    let mut copy = Installation::new(on_postgres && engines().contains(&true));
    std::fs::copy(source.file(FILE), copy.file(FILE)).unwrap();
    copy.site.tenant.clone_from(&source.site.tenant);
    copy.site.application.clone_from(&source.site.application);
    copy.site.secret.clone_from(&source.site.secret);
    copy
}

fn fleeting() -> [&'static str; 7] {
    [
        "session_account",
        "authorization_code",
        "refresh_token",
        "email_code",
        "set_up_link",
        "write_batch",
        "job_claim",
    ]
}

fn without(row: &str, columns: &[&str]) -> String {
    let kept =
        row.split('\u{1f}').filter(|cell| !columns.iter().any(|name| cell.starts_with(&format!("{name}="))));
    kept.collect::<Vec<_>>().join("\u{1f}")
}

/// Every row of every table, as texts that are the same on both engines, read past Lodge.
fn rows(installation: &Installation) -> BTreeMap<String, BTreeSet<String>> {
    match &installation.postgres {
        None => sqlite_rows(&installation.file("lodge.db")),
        Some(postgres) => {
            let names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
            let names = postgres.query("lodge", names).unwrap();
            let rows = |name: &str| {
                let query = format!("SELECT row_to_json(t) FROM {name} t");
                postgres.query("lodge", &query).unwrap().lines().map(postgres_row).collect()
            };
            names.lines().map(|name| (name.to_owned(), rows(name))).collect()
        }
    }
}

fn postgres_row(json: &str) -> String {
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Bool(value) => u8::from(*value).to_string(),
        serde_json::Value::String(text) => plain(text),
        other => other.to_string(),
    };
    let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    let mut cells: Vec<String> = row.iter().map(|(name, value)| format!("{name}={}", cell(value))).collect();
    cells.sort();
    cells.join("\u{1f}")
}

/// Ids and bytes as SQLite keeps them, in hexadecimal.
fn plain(text: &str) -> String {
    let is_id = text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if is_id { text.replace('-', "") } else { text.strip_prefix("\\x").unwrap_or(text).to_owned() }
}

fn sqlite_rows(file: &std::path::Path) -> BTreeMap<String, BTreeSet<String>> {
    use rusqlite::types::ValueRef;
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let text = |value: ValueRef<'_>| match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => plain(std::str::from_utf8(text).unwrap()),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
        ValueRef::Real(_) => panic!("a number with a fraction"),
    };
    let rows = |name: &str| {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            let mut cells = columns
                .iter()
                .enumerate()
                .map(|(at, column)| Ok(format!("{column}={}", text(row.get_ref(at)?))))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            cells.sort();
            Ok(cells.join("\u{1f}"))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    // The lease is PostgreSQL's alone: SQLite has the lock of its file.
    names
        .iter()
        .map(|name| (name.clone(), rows(name)))
        .chain([("schema_lease".to_owned(), BTreeSet::new())])
        .collect()
}
