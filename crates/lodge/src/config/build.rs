//! From single values to a configuration that can run: what belongs together, and what cannot be.

use super::gather::{Given, Value, Values};
use super::{Config, DkimFile, Limits, Log, LogFormat, Login, Mail, MasterKeySource, SmtpSecurity, TlsFiles};
use crate::metrics;
use crate::server::{ForwardedHeader, Proxies};
use kernel::{EmailAddress, Error, Origin, Secret};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use store::Location;

pub fn config(values: Values) -> Result<Config, Error> {
    let mut values = values;
    let origin = origin(&mut values)?;
    let tls = tls(&mut values)?;
    let proxies = proxies(&mut values);
    let speaks_safely = tls.is_some() || !proxies.networks.is_empty();
    let listen = listen(&mut values, &origin, tls.is_some(), speaks_safely)?;
    let (database, master_key) = database(&mut values)?;
    let mail = mail(&mut values, &origin)?;
    let graph = graph::Budget {
        units_in_10_seconds: values.number("limits.graph_units_per_application_and_10_seconds"),
        writes_in_150_seconds: values.number("limits.graph_writes_per_application_and_150_seconds"),
    };
    let mut number = |key, default| values.number(key).unwrap_or(default);
    let limits = Limits {
        invitation_mails_per_tenant_and_hour: number("limits.invitation_mails_per_tenant_and_hour", 500),
        invitation_mails_per_inviter_and_minute: number("limits.invitation_mails_per_inviter_and_minute", 20),
        invitation_mails_per_recipient_and_day: number("limits.invitation_mails_per_recipient_and_day", 5),
        graph,
    };
    let days = number("invitations.link_lifetime_days", 30);
    let link_lifetime_days = u16::try_from(days).unwrap_or(365);
    Ok(Config {
        origin,
        listen,
        proxies,
        tls,
        database,
        master_key,
        mail,
        limits,
        link_lifetime_days,
        log: log(&mut values)?,
        metrics: metrics(&mut values)?,
    })
}

fn origin(values: &mut Values) -> Result<Origin, Error> {
    let Some((text, given)) = values.text("origin") else {
        return Err(Error::bad_request(format!(
            "{}: origin is missing: give the address people reach Lodge under, such as https://guests.contoso.example.",
            values.file
        )));
    };
    let origin = Origin::parse(&text).ok_or_else(|| {
        given.wrong("origin", format!("must be https://host or https://host:port, not \"{text}\""))
    })?;
    if !origin.is_https() && !origin.is_localhost() {
        return Err(given.wrong("origin", "must be https: plain http is taken on loopback only"));
    }
    Ok(origin)
}

fn tls(values: &mut Values) -> Result<Option<TlsFiles>, Error> {
    let (certificate, key) = (values.file("tls.certificate_file"), values.file("tls.key_file"));
    match (certificate, key) {
        (Some((certificate, _)), Some((key, _))) => Ok(Some(TlsFiles { certificate, key })),
        (None, None) => Ok(None),
        (Some((_, given)), None) => Err(given.wrong("tls.certificate_file", "needs tls.key_file beside it")),
        (None, Some((_, given))) => Err(given.wrong("tls.key_file", "needs tls.certificate_file beside it")),
    }
}

fn proxies(values: &mut Values) -> Proxies {
    let networks = match values.given.remove("proxies").map(|given| given.value) {
        Some(Value::Networks(networks)) => networks,
        _ => Vec::new(),
    };
    let is_forwarded = values.text("proxy_header").is_some_and(|(header, _)| header == "forwarded");
    let header = if is_forwarded { ForwardedHeader::Forwarded } else { ForwardedHeader::XForwarded };
    Proxies { networks, header }
}

fn listen(
    values: &mut Values,
    origin: &Origin,
    has_tls: bool,
    speaks_safely: bool,
) -> Result<SocketAddr, Error> {
    let Some((text, given)) = values.text("listen") else {
        return Ok(SocketAddr::from(([127, 0, 0, 1], 8080)));
    };
    let address: SocketAddr = text.parse().map_err(|_| {
        given.wrong(
            "listen",
            format!("must be address:port, such as 127.0.0.1:8080 or [::]:443, not \"{text}\""),
        )
    })?;
    if !speaks_safely && !address.ip().is_loopback() {
        return Err(given.wrong(
            "listen",
            "must be a loopback address while there is neither tls.certificate_file nor proxies: plain HTTP stays on this machine or comes from a proxy that is named",
        ));
    }
    if has_tls && !origin.is_https() {
        return Err(given.wrong("listen", "speaks TLS, so origin must be https"));
    }
    Ok(address)
}

fn database(values: &mut Values) -> Result<(Location, MasterKeySource), Error> {
    let is_postgres = values.text("database.engine").is_some_and(|(engine, _)| engine == "postgres");
    let (url, path) = (values.secret("database.url"), values.file("database.path"));
    let (key, next) = (values.secret("master_key"), values.secret("master_key_next"));
    if let (None, Some((_, given))) = (&key, &next) {
        return Err(given.wrong("master_key_next", "needs master_key beside it"));
    }
    if is_postgres {
        if let Some((_, given)) = path {
            return Err(given.wrong("database.path", "is for sqlite; postgres takes database.url"));
        }
        let missing = |key: &str| {
            Error::bad_request(format!(
                "{}: {key} is missing, which database.engine = \"postgres\" needs.",
                values.file
            ))
        };
        let (url, _) = url.ok_or_else(|| missing("database.url"))?;
        let key = key.ok_or_else(|| missing("master_key"))?;
        let url = url.expose().clone();
        return Ok((Location::Postgres { url }, MasterKeySource::given(key, next)?));
    }
    if let Some((_, given)) = url {
        return Err(
            given.wrong("database.url", "is for database.engine = \"postgres\"; sqlite takes database.path")
        );
    }
    let path = path.map_or_else(|| values.directory.join("lodge.db"), |(path, _)| path);
    let key = match key {
        Some(key) => MasterKeySource::given(key, next)?,
        None => {
            MasterKeySource::Beside { file: path.with_file_name("master.key"), database: Some(path.clone()) }
        }
    };
    Ok((Location::Sqlite(path), key))
}

fn mail(values: &mut Values, origin: &Origin) -> Result<Mail, Error> {
    let from = match values.text("mail.from") {
        Some((text, given)) => EmailAddress::parse(&text)
            .map_err(|why| given.wrong("mail.from", format!("is no address: {why}")))?,
        None => EmailAddress::parse(&format!("no-reply@{}", origin.host())).map_err(|_| {
            Error::bad_request(format!(
                "{}: mail.from is missing, and no address can be made from the host of origin.",
                values.file
            ))
        })?,
    };
    let host = values.text("smtp.host").map_or_else(|| "localhost".to_owned(), |(host, _)| host);
    let is_local = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let security = match values.text("smtp.security").as_ref().map(|(text, _)| text.as_str()) {
        Some("tls") => SmtpSecurity::Tls,
        Some("none") => SmtpSecurity::None,
        None if is_local => SmtpSecurity::None,
        _ => SmtpSecurity::StartTls,
    };
    let usual = match security {
        SmtpSecurity::Tls => 465,
        SmtpSecurity::StartTls => 587,
        SmtpSecurity::None => 25,
    };
    let port = values.number("smtp.port").and_then(|port| u16::try_from(port).ok()).unwrap_or(usual);
    let login = match (values.text("smtp.user"), values.secret("smtp.password")) {
        (Some((user, _)), Some((password, given))) => {
            if security == SmtpSecurity::None && !is_local {
                return Err(given.wrong(
                    "smtp.password",
                    "would cross the network in plain text: set smtp.security to starttls or tls",
                ));
            }
            Some(Login { user, password })
        }
        (None, None) => None,
        (Some((_, given)), None) => return Err(given.wrong("smtp.user", "needs smtp.password beside it")),
        (None, Some((_, given))) => return Err(given.wrong("smtp.password", "needs smtp.user beside it")),
    };
    let ca_file = values.file("smtp.ca_file").map(|(file, _)| file);
    let connections = values.number("smtp.connections").unwrap_or(8);
    let timeout_seconds = values.number("smtp.timeout_seconds").unwrap_or(20);
    let dkim = dkim(values)?;
    let spf = spf(values)?;
    let name_servers = name_servers(values)?;
    Ok(Mail {
        from,
        host,
        port,
        security,
        login,
        ca_file,
        connections,
        timeout_seconds,
        dkim,
        spf,
        name_servers,
    })
}

fn spf(values: &mut Values) -> Result<Option<String>, Error> {
    let Some((term, given)) = values.text("mail.spf") else { return Ok(None) };
    let is_term = ["include:", "ip4:", "ip6:", "a:", "a", "mx", "mx:", "exists:"]
        .iter()
        .any(|kind| term.strip_prefix(kind).is_some_and(|rest| rest.is_empty() != kind.ends_with(':')));
    if !is_term || term.chars().any(char::is_whitespace) {
        let wants = "must be one SPF term, such as include:_spf.relay.example or ip4:198.51.100.24";
        return Err(given.wrong("mail.spf", wants));
    }
    Ok(Some(term))
}

fn name_servers(values: &mut Values) -> Result<Vec<SocketAddr>, Error> {
    let Some((text, given)) = values.text("dns.servers") else { return Ok(Vec::new()) };
    let parse = |part: &str| {
        let part = part.trim();
        let bare = part.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
        bare.or_else(|_| part.parse()).map_err(|_| {
            given.wrong(
                "dns.servers",
                format!("\"{part}\" is no address, such as 198.51.100.53 or [2001:db8::53]:53"),
            )
        })
    };
    text.split(',').map(parse).collect()
}

fn dkim(values: &mut Values) -> Result<Vec<DkimFile>, Error> {
    let keys = [
        ("dkim.selector", "dkim.key_file", "lodge1"),
        ("dkim.second_selector", "dkim.second_key_file", "lodge2"),
    ];
    let mut files: Vec<DkimFile> = Vec::new();
    for (selector_key, file_key, usual) in keys {
        let selector = values.text(selector_key);
        match (values.file(file_key), selector) {
            (Some((key, given)), selector) => {
                let selector = selector.map_or_else(|| usual.to_owned(), |(selector, _)| selector);
                if files.iter().any(|file| file.selector == selector) {
                    return Err(given.wrong(selector_key, "must differ from dkim.selector"));
                }
                files.push(DkimFile { selector, key });
            }
            (None, Some((_, given))) => {
                return Err(given.wrong(selector_key, format!("needs {file_key} beside it")));
            }
            (None, None) => {}
        }
    }
    Ok(files)
}

fn metrics(values: &mut Values) -> Result<Option<metrics::Settings>, Error> {
    let token = values.secret("metrics.token");
    let Some((text, given)) = values.text("metrics.listen") else {
        return token.map_or(Ok(None), |(_, given)| {
            Err(given.wrong("metrics.token", "needs metrics.listen beside it"))
        });
    };
    let listen: SocketAddr = text.parse().map_err(|_| {
        given.wrong("metrics.listen", format!("must be address:port, such as 127.0.0.1:9464, not \"{text}\""))
    })?;
    if token.is_none() && !listen.ip().is_loopback() {
        return Err(
            given.wrong("metrics.listen", "must be a loopback address while there is no metrics.token")
        );
    }
    Ok(Some(metrics::Settings { listen, token: token.map(|(token, _)| token) }))
}

fn log(values: &mut Values) -> Result<Log, Error> {
    let level = match values.text("log.level") {
        Some((level, given)) => {
            crate::logging::check(&level).map_err(|why| given.wrong("log.level", why))?;
            level
        }
        None => "info".to_owned(),
    };
    let is_json = values.text("log.format").is_some_and(|(format, _)| format == "json");
    Ok(Log { level, format: if is_json { LogFormat::Json } else { LogFormat::Text } })
}

/// The table of keys says which kind each has, so another kind never lies under a name.
impl Values {
    fn text(&mut self, key: &str) -> Option<(String, Given)> {
        let mut given = self.given.remove(key)?;
        let Value::Text(text) = &mut given.value else { return None };
        Some((std::mem::take(text), given))
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        match self.given.remove(key)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn file(&mut self, key: &str) -> Option<(PathBuf, Given)> {
        let mut given = self.given.remove(key)?;
        let Value::File(path) = &mut given.value else { return None };
        Some((std::mem::take(path), given))
    }

    fn secret(&mut self, key: &str) -> Option<(Secret<String>, Given)> {
        let given = self.given.remove(key)?;
        let Value::Secret(secret) = &given.value else { return None };
        Some((secret.clone(), given))
    }
}
