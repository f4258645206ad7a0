//! The binary as a process: what it prints, how it ends, what it leaves behind.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed step is a failed test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

fn lodge(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A command that ends by itself.
fn ended(arguments: &[&str]) -> Output {
    lodge(arguments).output().unwrap()
}

/// Asserts status 2 and one sentence, and returns it.
fn refusal(arguments: &[&str]) -> String {
    let output = ended(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(output.stdout.is_empty());
    assert!(message.starts_with("lodge: ") && message.trim_end().lines().count() == 1, "{message}");
    message
}

struct Dev {
    process: Child,
    out: BufReader<ChildStdout>,
    card: serde_json::Value,
}

impl Dev {
    fn start(arguments: &[&str]) -> Self {
        Self::listening("127.0.0.1:0", arguments)
    }

    fn listening(address: &str, arguments: &[&str]) -> Self {
        let mut process = lodge(&["dev", "--listen", address, "--json"]).args(arguments).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        if line.is_empty() {
            let mut message = String::new();
            process.stderr.take().unwrap().read_to_string(&mut message).unwrap();
            panic!("{message}");
        }
        Self { process, out, card: serde_json::from_str(&line).unwrap() }
    }

    /// Sends the signal and returns the exit status and what else stood on standard output.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.process.wait().unwrap().code(), rest)
    }
}

#[test]
fn dev_prints_one_line_and_leaves_nothing_behind() {
    for signal in ["-TERM", "-INT"] {
        let dev = Dev::start(&[]);
        let ca_file = dev.card["caFile"].as_str().unwrap().to_owned();
        assert!(Path::new(&ca_file).is_absolute() && Path::new(&ca_file).exists());
        let origin = dev.card["origin"].as_str().unwrap().to_owned();
        let port = origin.strip_prefix("https://localhost:").unwrap();
        assert!(TcpStream::connect(format!("127.0.0.1:{port}")).is_ok());
        assert_eq!(dev.card["tenants"][0]["applications"][0]["displayName"], "Automation");
        assert!(dev.card.get("devToken").is_none());
        assert_eq!(dev.end(signal), (Some(0), String::new()));
        assert!(!Path::new(&ca_file).parent().unwrap().parent().unwrap().exists());
    }
}

#[test]
fn a_later_start_prints_the_same_card_even_after_a_kill() {
    let data = TempDir::new().unwrap();
    let directory = data.path().to_str().unwrap();
    let first = Dev::start(&["--data", directory]);
    let (tenants, ca_file) = (first.card["tenants"].clone(), first.card["caFile"].clone());
    let message = refusal(&["dev", "--listen", "127.0.0.1:0", "--data", directory]);
    assert!(message.contains("Another lodge dev is using"), "{message}");
    let _ = first.end("-KILL");
    let second = Dev::start(&["--data", directory]);
    assert_eq!((&second.card["tenants"], &second.card["caFile"]), (&tenants, &ca_file));
    assert_eq!(second.end("-TERM").0, Some(0));
    let card = data.path().join("lodge/card.json");
    assert_eq!(std::fs::metadata(&card).unwrap().permissions().mode() & 0o777, 0o600);

    let card = card.to_str().unwrap();
    let message = refusal(&["dev", "--listen", "127.0.0.1:0", "--data", directory, "--seed", card]);
    assert!(message.contains("start afresh"), "{message}");
    let third = Dev::start(&["--seed", card]);
    assert_eq!(third.card["tenants"], tenants);
    third.end("-TERM");
}

#[test]
fn what_cannot_be_is_status_2_and_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(refusal(&["dev", "--listen", &address]).contains("is taken: choose another with --listen."));
    let dev = ["dev", "--listen", "127.0.0.1:0"];
    assert!(refusal(&[&dev[..], &["--seed", "/nowhere.json"]].concat()).contains("cannot be read"));
    assert!(refusal(&[&dev[..], &["--data", "/proc/nowhere"]].concat()).contains("cannot be written"));
    assert!(refusal(&["dev", "--listen", "0.0.0.0:0"]).contains("add --expose"));

    let directory = TempDir::new().unwrap();
    let seed = directory.path().join("seed.json");
    std::fs::write(
        &seed,
        "{\"tenants\":[\n {\"displayName\":\"A\",\"initialDomain\":\"a.example\",\"user\":[]}]}",
    )
    .unwrap();
    let message = refusal(&[&dev[..], &["--seed", seed.to_str().unwrap()]].concat());
    assert!(
        message.contains("seed.json, line 2, column 49, at /tenants/0/user: there is no field"),
        "{message}"
    );
}

#[test]
fn who_listens_beyond_this_machine_gets_a_token_for_dev() {
    let data = TempDir::new().unwrap();
    let arguments = ["--expose", "--data", data.path().to_str().unwrap()];
    let dev = Dev::listening("0.0.0.0:0", &arguments);
    let token = dev.card["devToken"].clone();
    assert_eq!(token.as_str().map(str::len), Some(32));
    assert!(dev.card["origin"].as_str().unwrap().starts_with("https://localhost:"));
    dev.end("-TERM");
    let dev = Dev::listening("0.0.0.0:0", &arguments);
    assert_eq!(dev.card["devToken"], token);
    dev.end("-TERM");
}

#[test]
fn serve_runs_on_its_configuration_and_refuses_what_dev_made() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("lodge.toml");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let text = format!(
        "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\nmail.from = \"lodge@contoso.example\"\n"
    );
    std::fs::write(&file, &text).unwrap();
    let file = file.to_str().unwrap();
    let checked = ended(&["config", "check", "--config", file]);
    assert!(checked.status.success(), "{checked:?}");

    let mut process = lodge(&["serve", "--config", file]).spawn().unwrap();
    let mut log = BufReader::new(process.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("Lodge is ready") {
        line.clear();
        assert_ne!(log.read_line(&mut line).unwrap(), 0, "it ended");
    }
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request = format!(
        "GET /healthz?ticket=private HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let key = directory.path().join("master.key");
    assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    Command::new("kill").arg(process.id().to_string()).status().unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    log.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("/healthz") && !rest.contains("private"), "{rest}");

    Dev::start(&["--data", directory.path().to_str().unwrap()]).end("-TERM");
    std::fs::write(file, format!("{text}database.path = \"lodge/lodge.db\"\n")).unwrap();
    assert!(refusal(&["serve", "--config", file]).contains("was made by lodge dev"));
    std::fs::write(file, format!("{text}smtp.prot = 25\n")).unwrap();
    assert!(
        refusal(&["config", "check", "--config", file])
            .contains("line 4: there is no key smtp.prot; did you mean smtp.port?")
    );
}
