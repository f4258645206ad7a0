//! Other settings for a server that runs: SIGHUP reads the configuration again, changed certificates are found.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::LODGE;
use crate::caller::{Site, trusting};
use crate::post_office::PostOffice;
use crate::serve::{Installation, Running, free_port};

const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn a_reload_takes_what_can_change_and_a_bad_file_changes_nothing() {
    let (first, second) = (PostOffice::open(), PostOffice::open());
    let port = free_port();
    let configuration = |mail: u16, log: &str| {
        format!(
            "origin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\nlog.level = \"{log}\"\n\
             smtp.port = {mail}\nlimits.invitation_mails_per_recipient_and_day = 2\n"
        )
    };
    let lodge = Installation::with(&configuration(first.port, "warn"), port, None);
    let server = lodge.start(&[LODGE]);
    let token = lodge.site.token();
    let invite = |address: &str| lodge.site.caller().unwrap().invite(&token, address).unwrap();
    assert_eq!(invite("one@fabrikam.example").status, 201);
    first.mail_to("one@fabrikam.example");

    let file = lodge.folder().join("lodge.toml");
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replace("smtp.port", "smtp.prot")).unwrap();
    hang_up(&server);
    let complaint =
        "stays as it was error=lodge.toml, line 4: there is no key smtp.prot; did you mean smtp.port?";
    lodge.wait_for_log(complaint);
    assert_eq!(invite("two@fabrikam.example").status, 201);
    first.mail_to("two@fabrikam.example");

    let changed = whole
        .replace(&first.port.to_string(), &second.port.to_string())
        .replace("\"warn\"", "\"info\"")
        .replace("recipient_and_day = 2", "recipient_and_day = 1")
        .replace("mail.from = \"no-reply@", "mail.from = \"lodge@");
    fs::write(&file, changed).unwrap();
    hang_up(&server);
    lodge.wait_for_log("these keys take effect at the next start keys=\"mail.from\"");
    assert_eq!(invite("three@fabrikam.example").status, 201);
    let mail = second.mail_to("three@fabrikam.example");
    assert!(mail.contains("<no-reply@contoso.example>"), "{mail}");
    assert_eq!(invite("three@fabrikam.example").status, 429, "the new limit holds");
    lodge.wait_for_log("lodge::access: method=POST path=\"/v1.0/invitations\" status=429");
    server.end();
}

#[test]
fn a_new_certificate_is_presented_after_a_reload() {
    let port = free_port();
    let configuration = format!(
        "origin = \"https://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\nsmtp.port = {}\n\
         tls = {{ certificate_file = \"certificate.pem\", key_file = \"key.pem\" }}\n",
        free_port()
    );
    let mut lodge = Installation::with(&configuration, port, None);
    let folder = lodge.folder().to_owned();
    certify(&folder);
    lodge.site.tls = Some(trusting(&folder.join("certificate.pem")));
    let server = lodge.start(&[LODGE]);
    fs::copy(folder.join("certificate.pem"), folder.join("first.pem")).unwrap();
    certify(&folder);
    // Each time a client that remembers no session, for one that is resumed shows no certificate.
    let is_met = |certificate: &str| {
        let tls = Some(trusting(&folder.join(certificate)));
        let site = Site { tls, ..lodge.site.clone() };
        site.caller().is_ok_and(|mut caller| caller.get("/healthz", "").is_ok())
    };
    hang_up(&server);
    lodge.wait_for_log("the configuration was read again");
    assert!(is_met("certificate.pem") && !is_met("first.pem"));
    server.end();
}

fn certify(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.join("certificate.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}

fn hang_up(server: &Running) {
    assert!(Command::new("kill").args(["-HUP", &server.id()]).status().unwrap().success());
}

impl Installation {
    pub fn wait_for_log(&self, part: &str) {
        let start = Instant::now();
        while !self.log().contains(part) {
            assert!(start.elapsed() < PATIENCE, "no {part:?} in\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
