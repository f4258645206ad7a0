//! A mail server that takes everything and keeps it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Clone, Default)]
pub struct PostOffice {
    kept: Arc<(Mutex<Vec<String>>, Condvar)>,
    pub port: u16,
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let office = Self { port: listener.local_addr().unwrap().port(), ..Self::default() };
        let desk = office.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = desk.clone();
                std::thread::spawn(move || desk.talk(stream));
            }
        });
        office
    }

    /// The mail to this address, decoded, as soon as it is there.
    pub fn mail_to(&self, address: &str) -> String {
        let (mails, arrived) = &*self.kept;
        let to = format!("To: {address}\r\n");
        let found = |mails: &Vec<String>| mails.iter().find(|mail| mail.contains(&to)).cloned();
        let (mails, _) =
            arrived.wait_timeout_while(mails.lock().unwrap(), PATIENCE, |it| found(it).is_none()).unwrap();
        decoded(&found(&mails).unwrap_or_else(|| panic!("no mail to {address}")))
    }

    fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut write = stream.try_clone()?;
        let mut read = BufReader::new(stream);
        write.write_all(b"220 mail.contoso.example ESMTP\r\n")?;
        let mut line = String::new();
        while read.read_line(&mut line)? > 0 {
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            line.clear();
            match verb.as_str() {
                "EHLO" => write.write_all(b"250-mail.contoso.example\r\n250 8BITMIME\r\n")?,
                "DATA" => {
                    write.write_all(b"354 go on\r\n")?;
                    let mut mail = String::new();
                    while !mail.ends_with("\r\n.\r\n") && read.read_line(&mut mail)? > 0 {}
                    let (mails, arrived) = &*self.kept;
                    mails.lock().unwrap().push(mail);
                    arrived.notify_all();
                    write.write_all(b"250 kept\r\n")?;
                }
                "QUIT" => return write.write_all(b"221 bye\r\n"),
                _ => write.write_all(b"250 ok\r\n")?,
            }
        }
        Ok(())
    }
}

/// Undoes quoted-printable, which is all that these mails use besides plain text.
fn decoded(mail: &str) -> String {
    let joined = mail.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = others.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.filter(|_| *first == b'=').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { others.get(2..).unwrap() } else { others };
    }
    // A header is plain text and may hold what looks like a code.
    String::from_utf8_lossy(&bytes).into_owned()
}
