//! Every key there is.

/// One key of the configuration.
pub struct Key {
    /// Table and name, such as `smtp.port`.
    pub name: &'static str,
    pub kind: Kind,
    /// What holds when it is not given, in the words of the documentation.
    pub default: &'static str,
    pub meaning: &'static str,
}

#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Number {
        least: u32,
        most: u32,
    },
    Choice(&'static [&'static str]),
    /// A path; a relative one starts at the directory of the configuration file.
    File,
    /// Addresses and networks: a list of texts, in a variable separated by commas.
    Networks,
    /// A text that is not printed. Its key with `_file` appended names a file that holds it.
    Secret,
}

pub const KEYS: &[Key] = &[
    Key {
        name: "origin",
        kind: Kind::Text,
        default: "(required)",
        meaning: "Scheme, host and port under which people reach Lodge, such as `https://guests.contoso.example`. \
                  Links, tokens and Graph annotations carry it, and a request for another host is refused. \
                  `http` is taken on loopback only.",
    },
    Key {
        name: "listen",
        kind: Kind::Text,
        default: "`127.0.0.1:8080`",
        meaning: "Address and port to listen on. Without `tls` it must be a loopback address, or `proxies` must \
                  name who may speak plain HTTP to it; a proxy passes `Host` on unchanged.",
    },
    Key {
        name: "proxies",
        kind: Kind::Networks,
        default: "(none)",
        meaning: "Addresses and networks of the proxies before Lodge, such as `[\"127.0.0.1\", \"10.0.0.0/8\"]`. \
                  What they say about where a request comes from is believed, in limits and in logs; nobody \
                  else's headers are.",
    },
    Key {
        name: "proxy_header",
        kind: Kind::Choice(&["x-forwarded", "forwarded"]),
        default: "`x-forwarded`",
        meaning: "Which headers the proxies write: `X-Forwarded-For` and `X-Forwarded-Proto`, or `Forwarded`. The \
                  other convention is ignored.",
    },
    Key {
        name: "tls.certificate_file",
        kind: Kind::File,
        default: "(none: plain HTTP)",
        meaning: "PEM file with the certificate, followed by the intermediate ones.",
    },
    Key {
        name: "tls.key_file",
        kind: Kind::File,
        default: "(none: plain HTTP)",
        meaning: "PEM file with the private key of that certificate.",
    },
    Key {
        name: "database.engine",
        kind: Kind::Choice(&["sqlite", "postgres"]),
        default: "`sqlite`",
        meaning: "SQLite is embedded; PostgreSQL 15 or later is for more than one machine.",
    },
    Key {
        name: "database.path",
        kind: Kind::File,
        default: "`lodge.db`",
        meaning: "The SQLite database. Its directory must exist and be writable.",
    },
    Key {
        name: "database.url",
        kind: Kind::Secret,
        default: "(required with `postgres`)",
        meaning: "`postgres://user:password@host:port/database`.",
    },
    Key {
        name: "master_key",
        kind: Kind::Secret,
        default: "`master.key` beside the SQLite database, made at the first start",
        meaning: "32 bytes in base64 (`openssl rand -base64 32`) that seal every key in the database. Keep a copy \
                  apart from the database's backup; without it the database is of no use. With PostgreSQL it must \
                  be given.",
    },
    Key {
        name: "master_key_next",
        kind: Kind::Secret,
        default: "(none; `master.key.next` where `master.key` is a file of Lodge's own)",
        meaning: "The key that is to follow `master_key`. A Lodge that knows both opens what either has sealed; \
                  `lodge key rotate master` moves the seals.",
    },
    Key {
        name: "mail.from",
        kind: Kind::Text,
        default: "`no-reply@` and the host of `origin`",
        meaning: "The address mail is sent from. The name before it is the inviting organisation's.",
    },
    Key {
        name: "mail.spf",
        kind: Kind::Text,
        default: "`a:` and `smtp.host`, or the host of `origin` if the mail server is this machine",
        meaning: "The SPF term that lets your mail server send, such as `include:_spf.relay.example` or \
                  `ip4:198.51.100.24`. Mail health looks for it in the records of sender domains.",
    },
    Key {
        name: "dns.servers",
        kind: Kind::Text,
        default: "(those of this machine)",
        meaning: "Name servers that are asked about the records of sender domains, separated by commas: \
                  `198.51.100.53, [2001:db8::53]:53`.",
    },
    Key {
        name: "smtp.host",
        kind: Kind::Text,
        default: "`localhost`",
        meaning: "The mail server that takes outgoing mail.",
    },
    Key {
        name: "smtp.port",
        kind: Kind::Number { least: 1, most: 65535 },
        default: "465 with `tls`, 587 with `starttls`, 25 with `none`",
        meaning: "Its port.",
    },
    Key {
        name: "smtp.security",
        kind: Kind::Choice(&["tls", "starttls", "none"]),
        default: "`none` where `smtp.host` is this machine, else `starttls`",
        meaning: "`tls` from the first byte, `starttls` (mandatory, never a fallback to plain text), or `none`.",
    },
    Key {
        name: "smtp.user",
        kind: Kind::Text,
        default: "(none: no authentication)",
        meaning: "User name at the mail server.",
    },
    Key {
        name: "smtp.password",
        kind: Kind::Secret,
        default: "(none)",
        meaning: "Password at the mail server. Not sent in plain text to another machine.",
    },
    Key {
        name: "smtp.ca_file",
        kind: Kind::File,
        default: "(none)",
        meaning: "PEM file of an authority to trust besides the public ones, for a mail server with a private \
                  certificate.",
    },
    Key {
        name: "smtp.connections",
        kind: Kind::Number { least: 1, most: 100 },
        default: "8",
        meaning: "Messages that are sent to the mail server at the same time.",
    },
    Key {
        name: "smtp.timeout_seconds",
        kind: Kind::Number { least: 1, most: 40 },
        default: "20",
        meaning: "The longest wait for an answer of the mail server. One that accepts and says nothing is left alone \
                  then, up to a minute, and no message loses a try.",
    },
    Key {
        name: "dkim.selector",
        kind: Kind::Text,
        default: "`lodge1`",
        meaning: "The name below `_domainkey` that the public half of `dkim.key_file` is published under.",
    },
    Key {
        name: "dkim.key_file",
        kind: Kind::File,
        default: "(none: mail is not signed)",
        meaning: "PEM file with an RSA key of 2048 bits or more, or an Ed25519 key, that signs mail for the domain it \
                  comes from. Mail health shows the record to publish.",
    },
    Key {
        name: "dkim.second_selector",
        kind: Kind::Text,
        default: "`lodge2`",
        meaning: "The selector of `dkim.second_key_file`.",
    },
    Key {
        name: "dkim.second_key_file",
        kind: Kind::File,
        default: "(none)",
        meaning: "A second key that signs besides: Ed25519 next to RSA, or the next key while the first is replaced.",
    },
    Key {
        name: "limits.invitation_mails_per_tenant_and_hour",
        kind: Kind::Number { least: 1, most: 1_000_000 },
        default: "500",
        meaning: "Invitation mails a tenant may send in an hour; more are refused with 429.",
    },
    Key {
        name: "limits.invitation_mails_per_inviter_and_minute",
        kind: Kind::Number { least: 1, most: 1_000_000 },
        default: "20",
        meaning: "Invitation mails one person or application may send in a minute.",
    },
    Key {
        name: "limits.invitation_mails_per_recipient_and_day",
        kind: Kind::Number { least: 1, most: 1_000_000 },
        default: "5",
        meaning: "Invitation mails one address may be sent in a day.",
    },
    Key {
        name: "limits.graph_units_per_application_and_10_seconds",
        kind: Kind::Number { least: 1, most: 10_000_000 },
        default: "(none: no limit)",
        meaning: "Resource units of Graph that one application may use of one tenant in ten seconds; more are \
                  answered with 429 and Retry-After. A read costs one to five. Each node counts by itself.",
    },
    Key {
        name: "limits.graph_writes_per_application_and_150_seconds",
        kind: Kind::Number { least: 1, most: 10_000_000 },
        default: "(none: no limit)",
        meaning: "Changes over Graph that one application may make in one tenant in 150 seconds.",
    },
    Key {
        name: "invitations.link_lifetime_days",
        kind: Kind::Number { least: 1, most: 365 },
        default: "30",
        meaning: "Days until the link of an invitation ends. The guest outlives it.",
    },
    Key {
        name: "log.level",
        kind: Kind::Text,
        default: "`info`",
        meaning: "`error`, `warn`, `info`, `debug`, `trace`, `off`, or directives such as \
                  `info,lodge::access=off`.",
    },
    Key {
        name: "log.format",
        kind: Kind::Choice(&["text", "json"]),
        default: "`text`",
        meaning: "One line of text or one JSON object per event, on standard error.",
    },
    Key {
        name: "metrics.listen",
        kind: Kind::Text,
        default: "(none: not served)",
        meaning: "Address and port where Prometheus finds `/metrics`, and beside it `/healthz` and `/readyz`, over \
                  plain HTTP. A loopback address, unless there is a `metrics.token`.",
    },
    Key {
        name: "metrics.token",
        kind: Kind::Secret,
        default: "(none)",
        meaning: "Asked for at `/metrics` as a bearer token.",
    },
];

/// A name under which a value can be given: a key, or a secret's file.
#[derive(Clone, Copy)]
pub struct Name {
    pub key: &'static Key,
    pub is_file_of_secret: bool,
}

impl Name {
    pub fn all() -> impl Iterator<Item = Self> {
        KEYS.iter().flat_map(|key| {
            let file = matches!(key.kind, Kind::Secret).then_some(Self { key, is_file_of_secret: true });
            std::iter::once(Self { key, is_file_of_secret: false }).chain(file)
        })
    }

    pub fn text(self) -> String {
        format!("{}{}", self.key.name, if self.is_file_of_secret { "_file" } else { "" })
    }

    pub fn variable(self) -> String {
        format!("LODGE_{}", self.text().replace('.', "_").to_ascii_uppercase())
    }
}
