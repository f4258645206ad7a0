//! Mail by SMTP, against a small server.

#![cfg(test)]

mod post;

use delivery::{DkimKey, DkimRecord, Parcel, Security, Smtp, SmtpConfig, Transport, Undelivered};
use kernel::{Clock, EmailAddress, OutboxId, Secret, SignedDuration, TenantId};
use post::message;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Location, MasterKey, Store, Tx};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use uuid::Uuid;

/// What the server heard, and what it answers to the next `RCPT` instead of yes.
#[derive(Clone, Default)]
struct Heard {
    commands: Arc<Mutex<Vec<String>>>,
    mails: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    /// The verb it never answers.
    silent_at: Arc<Mutex<Option<String>>>,
    /// Hangs up after the next message.
    hangs_up: Arc<AtomicBool>,
}

impl Heard {
    fn mail(&self, at: usize) -> String {
        self.mails.lock().unwrap()[at].clone()
    }

    async fn serve(self, listener: TcpListener, tls: Option<TlsAcceptor>) {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (heard, tls) = (self.clone(), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => heard.talk(stream).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => heard.talk(stream).await,
                        Err(_) => Ok(()),
                    },
                }
            });
        }
    }

    async fn talk(&self, stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 relay.example ESMTP\r\n").await?;
        stream.flush().await?;
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {
            self.commands.lock().unwrap().push(line.trim_end().to_owned());
            let verb: String = line.chars().take(4).collect::<String>().to_ascii_uppercase();
            if self.silent_at.lock().unwrap().as_deref() == Some(verb.as_str()) {
                std::future::pending::<()>().await;
            }
            let answer = match verb.as_str() {
                "EHLO" => "250-relay.example\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                "AUTH" => "235 welcome",
                "RCPT" => self.answers.lock().unwrap().pop_front().unwrap_or("250 ok"),
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    stream.flush().await?;
                    let mut mail = String::new();
                    while !mail.ends_with("\r\n.\r\n") {
                        if stream.read_line(&mut mail).await? == 0 {
                            return Ok(());
                        }
                    }
                    self.mails.lock().unwrap().push(mail);
                    if self.hangs_up.swap(false, Ordering::SeqCst) {
                        stream.write_all(b"250 taken\r\n").await?;
                        stream.flush().await?;
                        return Ok(());
                    }
                    "250 taken"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
            stream.flush().await?;
            line.clear();
        }
        Ok(())
    }
}

async fn server(tls: Option<TlsAcceptor>) -> (Heard, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    tokio::spawn(heard.clone().serve(listener, tls));
    (heard, port)
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        credentials: None,
        authority: None,
        installation: EmailAddress::parse("invitations@lodge.example").unwrap(),
        connections: 8,
        patience: Duration::from_secs(20),
        dkim: Vec::new(),
    }
}

fn smtp(port: u16) -> Smtp {
    Smtp::new(config(port), Clock::system()).unwrap()
}

fn parcel() -> Parcel {
    Parcel {
        id: OutboxId(Uuid::from_u128(42)),
        tenant: TenantId(Uuid::from_u128(1)),
        kind: "test".into(),
        message: message(&EmailAddress::parse("Guest@fabrikam.example").unwrap()),
    }
}

#[tokio::test]
async fn a_mail_has_both_parts_and_the_same_id_each_time() {
    let (heard, port) = server(None).await;
    let smtp = smtp(port);
    smtp.send(&parcel()).await.unwrap();
    smtp.send(&parcel()).await.unwrap();
    let commands = heard.commands.lock().unwrap().clone();
    assert!(commands.contains(&"EHLO lodge.example".to_owned()), "{commands:?}");
    assert!(commands.iter().any(|command| command.starts_with("MAIL FROM:<invitations@lodge.example>")));
    assert!(commands.contains(&"RCPT TO:<Guest@fabrikam.example>".to_owned()), "{commands:?}");
    for at in 0..2 {
        let mail = heard.mail(at);
        for line in [
            "Message-ID: <00000000-0000-0000-0000-00000000002a@lodge.example>\r\n",
            "To: Guest@fabrikam.example\r\n",
            "Reply-To: inviter@contoso.example\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Language: de\r\n",
            "From: \"Contoso via Lodge\" <invitations@lodge.example>\r\n",
        ] {
            assert!(mail.contains(line), "{line}\n{mail}");
        }
        assert!(mail.contains("multipart/alternative"));
        let (text, html) = (mail.find("text/plain").unwrap(), mail.find("text/html").unwrap());
        assert!(text < html, "the richest part is the last");
        assert!(mail.contains("Subject: Contoso =?utf-8?"), "{mail}");
    }
}

#[tokio::test]
async fn no_text_a_person_chose_can_add_a_header() {
    let (heard, port) = server(None).await;
    let evil = "Contoso\r\nBcc: victim@x.example\r\n\r\n<h1>\0\u{85}\u{2028}";
    let mut parcel = parcel();
    parcel.message.from.name = evil.into();
    parcel.message.subject = evil.into();
    parcel.message.headers.push(("List-Unsubscribe".into(), format!("<https://a.example/>{evil}")));
    smtp(port).send(&parcel).await.unwrap();
    let mail = heard.mail(0);
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
    assert!(head.contains("multipart/alternative"), "the head ends where it should");
    let recipients = heard.commands.lock().unwrap().iter().filter(|line| line.starts_with("RCPT")).count();
    assert_eq!(recipients, 1);
    for name in ["X\r\nBcc", "X: y", "", "Ü"] {
        parcel.message.headers = vec![(name.into(), "x".into())];
        assert!(matches!(smtp(port).send(&parcel).await, Err(Undelivered::Permanent(_))), "{name:?}");
    }
}

#[tokio::test]
async fn an_answer_is_kept_word_for_word_and_means_what_it_says() {
    let (heard, port) = server(None).await;
    let smtp = smtp(port);
    let bounced: fn(String) -> Undelivered = Undelivered::Bounced;
    let answers = [
        ("550 5.1.1 no such mailbox", bounced),
        ("554 5.7.1 not wanted", Undelivered::Permanent),
        ("552 5.2.2 mailbox full", Undelivered::Temporary),
        ("451 4.3.0 later", Undelivered::Deferred),
        ("421 4.3.2 going down", Undelivered::Unreachable),
        ("530 5.7.0 authentication required", Undelivered::Unreachable),
    ];
    for (answer, meaning) in answers {
        heard.answers.lock().unwrap().push_back(answer);
        let reason = format!("{answer} (127.0.0.1:{port}, RCPT TO)");
        assert_eq!(smtp.send(&parcel()).await, Err(meaning(reason)), "{answer}");
    }
    smtp.send(&parcel()).await.unwrap();
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_from_the_outbox() {
    let directory = tempfile::tempdir().unwrap();
    let (clock, rng) = (Clock::system(), kernel::Rng::system());
    let location = Location::Sqlite(directory.path().join("lodge.db"));
    let store = Store::open(&location, &[], MasterKey::generate(rng), clock.clone(), rng).await.unwrap();
    let tenant = TenantId(rng.uuid());
    store.create_tenant(tenant, (), |_: Tx, _| async { Ok(()) }).await.unwrap();
    // A port that nothing listens on.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let outbox = post::outbox(&store, Arc::new(smtp(port)));
    let id = post::post(&store, tenant, serde_json::json!({})).await;
    outbox.flush().await.unwrap();
    let (state, failure, _) = post::state(&store, tenant, id).await;
    assert_eq!(state, "waiting");
    assert!(failure.unwrap().to_lowercase().contains("refused"));
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let heard = Heard::default();
    tokio::spawn(heard.clone().serve(listener, None));
    clock.advance(SignedDuration::from_secs(40));
    outbox.flush().await.unwrap();
    assert_eq!(post::state(&store, tenant, id).await.0, "sent");
    assert!(heard.mail(0).contains(&format!("Message-ID: <{id}@lodge.example>")));
    store.close().await;
}

#[tokio::test]
async fn tls_and_authentication_work_and_an_unknown_certificate_does_not() {
    let certified = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
    let key = rustls_pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let (heard, port) = server(Some(TlsAcceptor::from(Arc::new(tls)))).await;
    let secure = |authority| SmtpConfig {
        security: Security::Tls,
        credentials: Some(("lodge".into(), Secret::new("password".into()))),
        authority,
        ..config(port)
    };
    let known = Smtp::new(secure(Some(certified.cert.pem().into_bytes())), Clock::system()).unwrap();
    known.send(&parcel()).await.unwrap();
    assert!(heard.commands.lock().unwrap().iter().any(|line| line == "AUTH PLAIN AGxvZGdlAHBhc3N3b3Jk"));
    let unknown = Smtp::new(secure(None), Clock::system()).unwrap();
    assert!(matches!(unknown.send(&parcel()).await, Err(Undelivered::Unreachable(_))));
    let bare = SmtpConfig { security: Security::None, ..secure(None) };
    assert!(Smtp::new(bare, Clock::system()).is_err(), "a password never crosses the network readable");
    let starttls = SmtpConfig { security: Security::StartTls, ..config(server(None).await.1) };
    let starttls = Smtp::new(starttls, Clock::system()).unwrap();
    assert!(
        matches!(starttls.send(&parcel()).await, Err(Undelivered::Unreachable(_))),
        "it is never sent in the clear"
    );
}

#[tokio::test]
async fn one_connection_carries_one_message_after_another_and_a_dead_one_is_replaced() {
    let (heard, port) = server(None).await;
    let smtp = smtp(port);
    for _ in 0..3 {
        smtp.send(&parcel()).await.unwrap();
    }
    heard.answers.lock().unwrap().push_back("550 5.1.1 no such mailbox");
    assert!(smtp.send(&parcel()).await.is_err());
    smtp.send(&parcel()).await.unwrap();
    let greetings = || heard.commands.lock().unwrap().iter().filter(|line| line.starts_with("EHLO")).count();
    assert_eq!(greetings(), 1, "a refusal does not end the connection");
    // The server hangs up while the connection waits.
    heard.hangs_up.store(true, Ordering::SeqCst);
    smtp.send(&parcel()).await.unwrap();
    smtp.send(&parcel()).await.unwrap();
    assert_eq!(heard.mails.lock().unwrap().len(), 6);
    assert_eq!(greetings(), 2);
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_costs_seconds_and_no_try() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let hangs = tokio::spawn(async move {
        let mut kept = Vec::new();
        loop {
            kept.push(listener.accept().await.unwrap());
        }
    });
    let patient = SmtpConfig { patience: Duration::from_millis(200), ..config(port) };
    let smtp = Arc::new(Smtp::new(patient, Clock::system()).unwrap());
    let silence = format!("no answer within 0 s (127.0.0.1:{port}, connecting)");
    assert_eq!(smtp.send(&parcel()).await, Err(Undelivered::Unreachable(silence.clone())));

    let directory = tempfile::tempdir().unwrap();
    let (clock, rng) = (Clock::system(), kernel::Rng::system());
    let location = Location::Sqlite(directory.path().join("lodge.db"));
    let store = Store::open(&location, &[], MasterKey::generate(rng), clock.clone(), rng).await.unwrap();
    let tenant = TenantId(rng.uuid());
    store.create_tenant(tenant, (), |_: Tx, _| async { Ok(()) }).await.unwrap();
    let outbox = post::outbox(&store, smtp);
    let id = post::post(&store, tenant, serde_json::json!({})).await;
    for _ in 0..30 {
        outbox.flush().await.unwrap();
        clock.advance(SignedDuration::from_hours(12));
    }
    let seen = post::state(&store, tenant, id).await;
    assert_eq!(seen, ("waiting".into(), Some(silence), 0), "two weeks of silence lose nothing");
    hangs.abort();
    let _ = hangs.await;
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    tokio::spawn(Heard::default().serve(listener, None));
    outbox.flush().await.unwrap();
    assert_eq!(post::state(&store, tenant, id).await.0, "sent");
    store.close().await;
}

#[tokio::test]
async fn silence_after_a_recipient_is_named_is_about_that_recipient() {
    let (heard, port) = server(None).await;
    let smtp =
        Smtp::new(SmtpConfig { patience: Duration::from_millis(200), ..config(port) }, Clock::system());
    let smtp = smtp.unwrap();
    *heard.silent_at.lock().unwrap() = Some("RCPT".into());
    assert!(matches!(smtp.send(&parcel()).await, Err(Undelivered::Deferred(_))));
    *heard.silent_at.lock().unwrap() = None;
    smtp.send(&parcel()).await.unwrap();
}

/// Verifies every signature by the standard's steps, written apart from the signer; how many there are.
fn verify(mail: &str, keys: &[DkimRecord]) -> usize {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let message = mail.strip_suffix(".\r\n").unwrap();
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields: Vec<(String, String)> = unfolded
        .split("\r\n")
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| {
            let words: Vec<&str> = value.split_ascii_whitespace().collect();
            (name.to_ascii_lowercase(), words.join(" "))
        })
        .collect();
    let lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let indent = if line.starts_with([' ', '\t']) { " " } else { "" };
            let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if words.is_empty() { String::new() } else { format!("{indent}{}", words.join(" ")) }
        })
        .collect();
    let canonical = format!("{}\r\n", lines.join("\r\n").trim_end_matches("\r\n"));
    let body_hash =
        STANDARD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, canonical.as_bytes()));
    let signatures: Vec<&String> =
        fields.iter().filter(|(name, _)| name == "dkim-signature").map(|(_, value)| value).collect();
    for value in &signatures {
        let tags: std::collections::HashMap<&str, String> = value
            .split(';')
            .map(|tag| tag.trim().split_once('=').unwrap())
            .map(|(name, value)| (name, value.replace(' ', "")))
            .collect();
        assert_eq!((tags["d"].as_str(), tags["bh"].as_str()), ("lodge.example", body_hash.as_str()));
        let key = keys.iter().find(|key| key.selector == tags["s"]).unwrap();
        assert_eq!(tags["a"], format!("{}-sha256", key.algorithm));
        assert!(tags["h"].starts_with("from:from:to:"), "a second From breaks it: {}", tags["h"]);
        let mut left = fields.clone();
        let mut data = String::new();
        let signed = value.split(';').find_map(|tag| tag.trim().strip_prefix("h=")).unwrap();
        for name in signed.split(':').map(str::trim) {
            // From the bottom up; one that is not there counts as nothing.
            if let Some(at) = left.iter().rposition(|(known, _)| known == name) {
                let (name, value) = left.remove(at);
                data.extend([&name, ":", &value, "\r\n"]);
            }
        }
        let at = value.rfind("b=").unwrap() + 2;
        data.extend(["dkim-signature:", value[..at].trim_end()]);
        let (signature, public) =
            (STANDARD.decode(&tags["b"]).unwrap(), STANDARD.decode(&key.public).unwrap());
        let verified = if key.algorithm == "rsa" {
            let algorithm = &aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
            aws_lc_rs::signature::UnparsedPublicKey::new(algorithm, public)
                .verify(data.as_bytes(), &signature)
        } else {
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, data.as_bytes());
            let algorithm = &aws_lc_rs::signature::ED25519;
            aws_lc_rs::signature::UnparsedPublicKey::new(algorithm, public).verify(hash.as_ref(), &signature)
        };
        assert!(verified.is_ok(), "{}", tags["a"]);
    }
    signatures.len()
}

#[tokio::test]
async fn each_key_signs_for_the_domain_the_message_comes_from() {
    use aws_lc_rs::encoding::AsDer;
    let pem = |der: &[u8]| {
        use base64::Engine;
        let text = base64::engine::general_purpose::STANDARD.encode(der);
        Secret::new(format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n").into_bytes())
    };
    let rsa = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let rsa: aws_lc_rs::encoding::Pkcs8V1Der<'_> = rsa.as_der().unwrap();
    let ed =
        aws_lc_rs::signature::Ed25519KeyPair::generate_pkcs8(&aws_lc_rs::rand::SystemRandom::new()).unwrap();
    let keys = [("lodge1", rsa.as_ref()), ("lodge2", ed.as_ref())];
    let keys: Vec<DkimKey> =
        keys.into_iter().map(|(selector, der)| DkimKey::from_pem(selector, &pem(der)).unwrap()).collect();
    let records: Vec<DkimRecord> = keys.iter().map(DkimKey::record).collect();
    assert_eq!((records[0].bits, records[1].bits), (2048, 256));
    assert!(records[0].text().starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"));
    let (heard, port) = server(None).await;
    let smtp = Smtp::new(SmtpConfig { dkim: keys, ..config(port) }, Clock::system()).unwrap();
    smtp.send(&parcel()).await.unwrap();
    assert_eq!(verify(&heard.mail(0), &records), 2);
}
