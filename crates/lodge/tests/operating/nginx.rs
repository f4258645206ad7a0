//! Behind a real nginx, configured as the guide says: whatever a stranger claims about hosts and addresses, mailed
//! links begin with the origin and the log names the address that nginx saw.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::LODGE;
use crate::caller::{Site, trusting};
use crate::guide::blocks;
use crate::post_office::PostOffice;
use crate::serve::{Installation, free_port};

const NGINX: &str = "/usr/sbin/nginx";

#[test]
fn no_header_has_a_say_in_mailed_links() {
    let office = PostOffice::open();
    let port = free_port();
    let settings = blocks("behind-nginx.md", "toml").remove(0);
    let own_port = free_port();
    let settings = settings
        .replace("guests.contoso.example", &format!("localhost:{port}"))
        .replace("127.0.0.1:8080", &format!("127.0.0.1:{own_port}"));
    let lodge = Installation::with(&format!("{settings}smtp.port = {}\n", office.port), own_port, None);
    let server = lodge.start(&[LODGE]);
    let nginx = Nginx::start(lodge.folder(), port, lodge.site.port);
    let site = Site { port, tls: Some(trusting(&nginx.certificate)), ..lodge.site.clone() };
    let token = site.token();

    let claims = [
        "",
        "X-Forwarded-Host: evil.example\r\n",
        "Forwarded: for=198.51.100.1;host=evil.example;proto=http\r\n",
        "X-Forwarded-Proto: http\r\nX-Forwarded-Port: 81\r\nX-Original-URL: https://evil.example/\r\n",
        "X-Forwarded-For: 203.0.113.9, 10.0.0.1\r\nX-Real-IP: 203.0.113.9\r\n",
    ];
    let mails: Vec<String> = claims
        .iter()
        .enumerate()
        .map(|(number, claim)| {
            let address = format!("guest{number}@fabrikam.example");
            let mut caller = site.caller().unwrap();
            caller.claims = (*claim).to_owned();
            let answer = caller.invite(&token, &address).unwrap();
            assert_eq!(answer.status, 201, "{claim}{}", answer.body);
            let link = answer.json()["inviteRedeemUrl"].as_str().unwrap().to_owned();
            assert!(link.starts_with(&format!("https://localhost:{port}/redeem?")), "{claim}{link}");
            lasting(&office.mail_to(&address), &address)
        })
        .collect();
    for (claim, mail) in claims.iter().zip(&mails) {
        assert_eq!(*mail, mails[0], "{claim}");
        assert!(
            !mail.contains("evil") && mail.contains(&format!("https://localhost:{port}/redeem")),
            "{mail}"
        );
    }

    for host in ["evil.example", "localhost", &format!("evil.example:{port}")] {
        let mut caller = site.caller().unwrap();
        caller.host = host.to_owned();
        let answer = caller.get("/v1.0/users", "").unwrap();
        assert_eq!(answer.status, 421, "{host}");
    }
    server.end();
    let log = lodge.log();
    assert!(log.contains("path=\"/v1.0/invitations\"") && log.contains("peer=127.0.0.1"), "{log}");
    assert!(!log.contains("203.0.113.9") && !log.contains("198.51.100.1"), "{log}");
}

/// What two mails have in common: without date, ids, the parts' border, the guest, and what a link carries.
fn lasting(mail: &str, address: &str) -> String {
    let changes = ["Date:", "Message-ID:", "Content-Type: multipart", " boundary=", "--"];
    // A header that is folded is one line.
    let mail = mail.replace("\r\n ", " ").replace("\n ", " ");
    let lines = mail.lines().filter(|line| !changes.iter().any(|start| line.starts_with(start)));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut kept = String::new();
    for part in text.replace(address, "guest").split_inclusive(char::is_whitespace) {
        let end = part.find(['?', '#']).filter(|_| part.contains("https://"));
        kept.push_str(end.map_or(part, |end| &part[..end]));
    }
    without_code(&kept)
}

/// The typed code is the guest's own: groups of letters and digits joined by hyphens.
fn without_code(text: &str) -> String {
    let is_code = |word: &str| {
        let plain = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        plain.len() > 8
            && plain.contains('-')
            && plain.chars().all(|c| c == '-' || c.is_ascii_digit() || c.is_ascii_uppercase())
    };
    text.split(|c: char| c.is_whitespace() || c == '>' || c == '<')
        .filter(|word| !is_code(word))
        .collect::<Vec<_>>()
        .join(" ")
}

struct Nginx {
    process: Child,
    certificate: std::path::PathBuf,
}

impl Nginx {
    /// The guide's server, with this test's ports and files.
    fn start(folder: &Path, port: u16, lodge: u16) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let certificate = folder.join("certificate.pem");
        fs::write(&certificate, made.cert.pem()).unwrap();
        fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let server = blocks("behind-nginx.md", "nginx")
            .remove(0)
            .replace("listen 443", &format!("listen 127.0.0.1:{port}"))
            .replace("guests.contoso.example", "localhost")
            .replace("127.0.0.1:8080", &format!("127.0.0.1:{lodge}"))
            .replace("/etc/ssl/lodge/", &format!("{}/", folder.display()));
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {}/{name};\n", folder.display()))
            .concat();
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nerror_log {0}/nginx.log;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}{server}}}\n",
            folder.display()
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, whole).unwrap();
        let process = Command::new(NGINX)
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{NGINX} (Debian package nginx-light): {error}"));
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(folder.join("nginx.log")).unwrap_or_default();
            assert!(start.elapsed() < Duration::from_secs(20), "nginx is not up: {}", log());
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { process, certificate }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
