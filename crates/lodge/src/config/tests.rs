use super::*;
use crate::server::ForwardedHeader;

fn parse(text: &str) -> Result<Config, Error> {
    with(text, &[])
}

fn with(text: &str, variables: &[(&str, &str)]) -> Result<Config, Error> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::parse(Path::new("/etc/lodge/lodge.toml"), text, &Environment::new(variables))
}

fn refusal(text: &str) -> String {
    parse(text).err().map_or_else(|| "accepted".to_owned(), |error| error.message().to_owned())
}

const LEAST: &str = "origin = \"https://guests.contoso.example\"\n";

#[test]
fn an_origin_is_enough() {
    let config = parse(LEAST).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.tls, None);
    assert!(matches!(&config.database, Location::Sqlite(path) if path == Path::new("/etc/lodge/lodge.db")));
    assert!(matches!(&config.master_key, MasterKeySource::Beside { file, .. }
        if file == Path::new("/etc/lodge/master.key")));
    assert_eq!(config.mail.from.as_str(), "no-reply@guests.contoso.example");
    assert_eq!(
        (config.mail.host.as_str(), config.mail.port, config.mail.security),
        ("localhost", 25, SmtpSecurity::None)
    );
    let limits = config.limits;
    assert_eq!(limits.invitation_mails_per_tenant_and_hour, 500);
    assert_eq!(limits.invitation_mails_per_inviter_and_minute, 20);
    assert_eq!(limits.invitation_mails_per_recipient_and_day, 5);
    assert_eq!(limits.graph, graph::Budget::default());
    assert_eq!(config.link_lifetime_days, 30);
    assert_eq!(config.log, Log { level: "info".into(), format: LogFormat::Text });
}

#[test]
fn every_key_is_read() {
    let config = parse(
        r#"
        origin = "https://guests.contoso.example"
        listen = "[::]:443"
        proxies = ["127.0.0.1", "10.0.0.0/8"]
        proxy_header = "forwarded"
        master_key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
        tls = { certificate_file = "cert.pem", key_file = "/k/key.pem" }
        mail.from = "lodge@contoso.example"
        invitations.link_lifetime_days = 7
        [database]
        engine = "postgres"
        url = "postgres://lodge:secret@db/lodge"
        [smtp]
        host = "mail.contoso.example"
        security = "tls"
        user = "u"
        password = "p"
        ca_file = "ca.pem"
        [limits]
        invitation_mails_per_tenant_and_hour = 1_000
        invitation_mails_per_inviter_and_minute = 1
        invitation_mails_per_recipient_and_day = 2
        graph_units_per_application_and_10_seconds = 8000
        graph_writes_per_application_and_150_seconds = 3000
        [log]
        level = "debug,lodge::access=off"
        format = "json"
        [metrics]
        listen = "0.0.0.0:9464"
        token = "t"
        "#,
    )
    .unwrap();
    let networks: Vec<String> = config.proxies.networks.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["127.0.0.1/32", "10.0.0.0/8"]);
    assert_eq!(config.proxies.header, ForwardedHeader::Forwarded);
    let tls = config.tls.unwrap();
    assert_eq!(
        (tls.certificate, tls.key),
        (PathBuf::from("/etc/lodge/cert.pem"), PathBuf::from("/k/key.pem"))
    );
    assert!(matches!(&config.database, Location::Postgres { url } if url.ends_with("@db/lodge")));
    let key = config.master_key.load(kernel::Rng::system()).unwrap();
    assert_eq!(key.first().expose(), b"01234567890123456789012345678901");
    assert_eq!((config.mail.port, config.mail.security), (465, SmtpSecurity::Tls));
    assert_eq!(config.mail.login.map(|login| login.password.expose().clone()).as_deref(), Some("p"));
    assert_eq!(config.mail.ca_file, Some(PathBuf::from("/etc/lodge/ca.pem")));
    assert_eq!(config.limits.invitation_mails_per_tenant_and_hour, 1000);
    assert_eq!(config.limits.graph.units_in_10_seconds, Some(8000));
    assert_eq!(config.limits.graph.writes_in_150_seconds, Some(3000));
    assert_eq!(config.link_lifetime_days, 7);
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.metrics.map(|metrics| metrics.listen.port()), Some(9464));
}

#[test]
fn what_is_wrong_names_key_line_and_what_is_expected() {
    let cases = [
        ("", "/etc/lodge/lodge.toml: origin is missing"),
        ("origin = 5", "origin (/etc/lodge/lodge.toml, line 1) must be a text in quotes, not a number."),
        ("origin = \"guests.contoso.example\"", "must be https://host or https://host:port"),
        ("origin = \"http://guests.contoso.example\"", "must be https: plain http is taken on loopback only"),
        ("orign = 1", "line 1: there is no key orign; did you mean origin?"),
        ("[smtp]\nsecurty = \"tls\"", "line 3: there is no key smtp.securty; did you mean smtp.security?"),
        ("[smtpp]\nport = 1", "there is no key smtpp"),
        (
            "[smtp.port]\nx = 1",
            "smtp.port (/etc/lodge/lodge.toml, line 2) must be a whole number from 1 to 65535, not a table.",
        ),
        ("smtp = 1", "there is no key smtp"),
        ("smtp.port = \"x\"", "must be a whole number from 1 to 65535, not x."),
        ("smtp.port = 70000", "must be a whole number from 1 to 65535, not 70000."),
        ("smtp.port = true", "must be a whole number from 1 to 65535, not true or false."),
        ("smtp.security = \"ssl\"", "must be one of tls, starttls, none, not \"ssl\"."),
        ("invitations.link_lifetime_days = 366", "from 1 to 365, not 366"),
        ("listen = \"0.0.0.0:80\"", "must be a loopback address"),
        ("listen = \"localhost\"", "must be address:port"),
        ("tls.key_file = \"k\"", "needs tls.certificate_file beside it"),
        ("database.engine = \"postgres\"", "database.url is missing"),
        ("database.url = \"postgres://\"", "is for database.engine = \"postgres\""),
        ("database.engine = \"postgres\"\ndatabase.url = \"postgres://a/b\"", "master_key is missing"),
        ("master_key = \"short\"", "must be 32 bytes in base64"),
        ("smtp.user = \"u\"", "needs smtp.password beside it"),
        (
            "smtp = { host = \"mail.contoso.example\", security = \"none\", user = \"u\", password = \"p\" }",
            "would cross the network in plain text",
        ),
        ("smtp.password_file = \"/nowhere\"", "/nowhere cannot be read"),
        ("mail.from = \"x\"", "is no address"),
        ("metrics.listen = \"0.0.0.0:9464\"", "must be a loopback address while there is no metrics.token."),
        ("metrics.token = \"t\"", "needs metrics.listen beside it."),
        ("log.level = \"loud\"", "has no level \"loud\""),
        (
            "proxies = [\"ten\"]",
            "must be a list of addresses and networks, such as [\"127.0.0.1\", \"10.0.0.0/8\"], not \"ten\".",
        ),
        ("proxies = [1]", "not a list."),
        ("a = [", "line 2: "),
        ("mail.from = \"a@b.example\"\nmail.from = \"a@b.example\"", "line 3: duplicate key"),
    ];
    for (text, expected) in cases {
        let whole = if text.is_empty() || text.starts_with("orig") {
            text.to_owned()
        } else {
            format!("{LEAST}{text}")
        };
        let message = refusal(&whole);
        assert!(message.contains(expected), "{whole}\n{message}");
        assert!(!message.contains('\n') && message.ends_with(['.', '?']), "{message}");
    }
}

#[test]
fn variables_win_over_the_file_and_are_checked_alike() {
    let config = with(
        &format!("{LEAST}smtp.port = 2525\nsmtp.password = \"file\"\nsmtp.user = \"u\""),
        &[("LODGE_SMTP_PORT", "26"), ("LODGE_SMTP_PASSWORD", "variable"), ("PATH", "/bin")],
    )
    .unwrap();
    assert_eq!(config.mail.port, 26);
    assert_eq!(config.mail.login.map(|login| login.password.expose().clone()).as_deref(), Some("variable"));

    let error = with(LEAST, &[("LODGE_SMTP_PROT", "26")]).err().unwrap();
    assert_eq!(error.message(), "There is no variable LODGE_SMTP_PROT; did you mean LODGE_SMTP_PORT?");
    let error = with(LEAST, &[("LODGE_SMTP_PORT", "x")]).err().unwrap();
    assert!(error.message().contains("smtp.port (the variable LODGE_SMTP_PORT) must be a whole number"));
}

#[test]
fn what_kubernetes_sets_for_a_service_named_lodge_is_no_key() {
    let links = [
        ("LODGE_PORT", "tcp://10.0.0.1:443"),
        ("LODGE_PORT_443_TCP_ADDR", "10.0.0.1"),
        ("LODGE_SERVICE_HOST", "10.0.0.1"),
    ];
    assert!(with(LEAST, &links).is_ok());
}

#[test]
fn a_secret_comes_from_its_file_but_not_from_two_places() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "from the file\n").unwrap();
    let path = file.path().display().to_string();
    let text = format!("{LEAST}smtp.user = \"u\"\n");
    let config = with(&text, &[("LODGE_SMTP_PASSWORD_FILE", &path)]).unwrap();
    assert_eq!(
        config.mail.login.map(|login| login.password.expose().clone()).as_deref(),
        Some("from the file")
    );
    let both = format!("{text}smtp.password = \"p\"\nsmtp.password_file = \"{path}\"");
    assert!(refusal(&both).contains("is given twice"));
    // The variable is another place, so it replaces what the file says.
    let config = with(&format!("{text}smtp.password_file = \"{path}\""), &[("LODGE_SMTP_PASSWORD", "p")]);
    assert_eq!(config.unwrap().mail.login.map(|login| login.password.expose().clone()).as_deref(), Some("p"));
}

#[test]
fn the_documentation_of_the_keys_is_current() {
    let written = include_str!("../../../../docs/operating/configuration.md");
    let command = "cargo run -- config reference > docs/operating/configuration.md";
    assert!(written == reference(), "write it anew: {command}");
}

#[test]
fn the_examples_of_the_documentation_are_accepted() {
    let password = tempfile::NamedTempFile::new().unwrap();
    let text = reference().replace("/etc/lodge/smtp-password", &password.path().display().to_string());
    let examples: Vec<&str> =
        text.split("```toml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        assert_eq!(refusal(example), "accepted", "{example}");
    }
}

#[test]
fn plain_http_beyond_this_machine_needs_proxies_by_name() {
    let text = format!("{LEAST}listen = \"0.0.0.0:8080\"\n");
    assert!(refusal(&text).contains("must be a loopback address"));
    assert_eq!(refusal(&format!("{text}proxies = [\"10.0.0.0/8\"]")), "accepted");
    let config = with(&text, &[("LODGE_PROXIES", "10.0.0.1, 2001:db8::/32")]).unwrap();
    assert_eq!(config.proxies.networks.len(), 2);
}

#[test]
fn the_schema_of_the_configuration_is_current() {
    let written = include_str!("../../../../docs/operating/lodge.schema.json");
    let command = "cargo run -- config schema > docs/operating/lodge.schema.json";
    assert!(written == schema(), "write it anew: {command}");
    let schema: serde_json::Value = serde_json::from_str(written).unwrap();
    assert_eq!(schema["properties"]["smtp"]["properties"]["port"]["maximum"], 65535);
    assert_eq!(schema["properties"]["smtp"]["properties"]["password_file"]["type"], "string");
}

#[test]
fn what_takes_a_start_is_named() {
    let differing = |text: &str| parse(LEAST).unwrap().fixed().differing(&parse(text).unwrap().fixed());
    let reloadable = format!(
        "{LEAST}log.level = \"debug\"\nsmtp.host = \"mail.example\"\nlimits.invitation_mails_per_tenant_and_hour = 9"
    );
    assert!(differing(&reloadable).is_empty());
    let fixed = "origin = \"https://other.example\"\nlisten = \"127.0.0.1:1\"\ndatabase.path = \"x.db\"";
    assert_eq!(differing(fixed), ["origin", "listen", "database", "mail.from"]);
}
