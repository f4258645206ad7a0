//! A mail server that takes everything and remembers to whom, under which id.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The ids of the messages each address got, one for each time it was delivered.
type Received = Arc<Mutex<BTreeMap<String, Vec<String>>>>;

pub struct MailServer {
    pub port: u16,
    received: Received,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Received::default();
        let shared = received.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let received = shared.clone();
                // A client that is killed in mid-sentence is none of its business.
                thread::spawn(move || talk(stream, &received));
            }
        });
        Self { port, received }
    }

    pub fn received(&self) -> BTreeMap<String, Vec<String>> {
        self.received.lock().unwrap().clone()
    }
}

fn talk(stream: TcpStream, received: &Received) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let say = |text: &str| (&stream).write_all(format!("{text}\r\n").as_bytes()).ok();
    say("220 mail.example")?;
    let mut to = String::new();
    while let Some(line) = lines.next() {
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "EHLO" => say("250-mail.example\r\n250 8BITMIME")?,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut id = String::new();
                for line in lines.by_ref().take_while(|line| line != ".") {
                    if let Some(value) = line.strip_prefix("Message-ID:") {
                        id = value.trim().to_owned();
                    }
                }
                received.lock().unwrap().entry(to.clone()).or_default().push(id);
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Some(())
}
