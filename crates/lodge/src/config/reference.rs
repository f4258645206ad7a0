//! docs/operating/configuration.md, written from the table of keys.

use super::keys::{KEYS, Key, Kind, Name};
use std::fmt::Write;

const OPENING: &str = "# Configuration

`lodge serve --config lodge.toml` reads one TOML file. Each key can also be given as a variable of the
environment, which wins over the file. A secret can be given as a file that holds it: append `_file` to the key
or `_FILE` to the variable. Relative paths start at the directory of the configuration file. A key or a
`LODGE_*` variable that is not in this list is an error. `lodge config check --config lodge.toml` says whether a
configuration is complete. Editors complete and check a file that begins with
`#:schema lodge.schema.json` ([the schema](lodge.schema.json)).

The least there can be:

```toml
origin = \"https://guests.contoso.example\"
listen = \"0.0.0.0:443\"

[tls]
certificate_file = \"/etc/lodge/certificate.pem\"
key_file = \"/etc/lodge/key.pem\"

[smtp]
host = \"mail.contoso.example\"
user = \"lodge\"
password_file = \"/etc/lodge/smtp-password\"
```

To try it on one machine, without a certificate:

```toml
origin = \"http://localhost:8080\"
mail.from = \"lodge@contoso.example\"
smtp.port = 1025
```
";

pub fn reference() -> String {
    let mut text = format!(
        "{OPENING}\n| key | variable | value | default | meaning |\n| --- | --- | --- | --- | --- |\n"
    );
    for key in KEYS {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{}", row(key));
    }
    text
}

fn row(key: &Key) -> String {
    let variables: Vec<String> = Name::all()
        .filter(|name| std::ptr::eq(name.key, key))
        .map(|name| format!("`{}`", name.variable()))
        .collect();
    let kind = match key.kind {
        Kind::Text => "text".to_owned(),
        Kind::Number { least, most } => format!("whole number from {least} to {most}"),
        Kind::Choice(choices) => {
            choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")
        }
        Kind::File => "path".to_owned(),
        Kind::Networks => "list of addresses and networks".to_owned(),
        Kind::Secret => "secret text".to_owned(),
    };
    format!("| `{}` | {} | {kind} | {} | {} |", key.name, variables.join(" or "), key.default, key.meaning)
}
