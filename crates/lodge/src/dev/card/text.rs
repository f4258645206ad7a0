//! The card for people: aligned, short enough for one screen, with a `curl` that can be copied as it stands.

use super::Card;
use crate::dev::seed::{SeedApplication, SeedTenant};
use kernel::Secret;
use serde::Serialize;
use std::fmt::Write;

pub fn write(card: &Card) -> String {
    let mut text = format!("\n  Lodge is ready at {}\n\n", card.origin);
    let mut row = |name: &str, value: &str| {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {name:<16}{value}");
    };
    let first = card.seed.first();
    if let Some(tenant) = first {
        row("Sign in", &account(card, tenant));
        if let Some(user) = tenant.administrator() {
            row("Administrator", &format!("{}   {}", user.user_principal_name, user.password.expose()));
        }
    }
    row("Mail", &card.mail());
    row("CA certificate", &card.ca_file.display().to_string());
    if let Some(token) = &card.dev_token {
        row("Token for /dev", token.expose());
    }
    let longest = card.seed.tenants.iter().map(|tenant| tenant.initial_domain.as_str().len()).max();
    for tenant in &card.seed.tenants {
        let width = longest.unwrap_or_default();
        let domain = tenant.initial_domain.as_str();
        row("Tenant", &format!("{domain:<width$}   {}   {}", tenant.id, tenant.display_name));
    }
    if let Some((tenant, (application, secret))) = first.and_then(|tenant| Some((tenant, tenant.daemon()?))) {
        row("Application", &format!("{}   {}", application.display_name, application.app_id));
        row("Its secret", secret.expose());
        text.push_str(&invite(card, tenant, application, secret));
    }
    text.push('\n');
    text
}

fn account(card: &Card, tenant: &SeedTenant) -> String {
    card.origin.link(&format!("/account/{}", tenant.initial_domain)).to_string()
}

fn invite(
    card: &Card,
    tenant: &SeedTenant,
    application: &SeedApplication,
    secret: &Secret<String>,
) -> String {
    let ca = shell_word(&card.ca_file.display().to_string());
    let body = Invitation {
        invited_user_email_address: "guest@fabrikam.example",
        invite_redirect_url: &account(card, tenant),
        send_invitation_message: true,
    };
    let (origin, id, app_id) = (&card.origin, tenant.id, application.app_id);
    let secret = shell_word(&format!("client_secret={}", secret.expose()));
    let body = shell_word(&serde_json::to_string(&body).unwrap_or_default());
    format!(
        r#"
  Invite somebody:

TOKEN=$(curl -s --cacert {ca} \
  {origin}/{id}/oauth2/v2.0/token \
  -d grant_type=client_credentials \
  -d client_id={app_id} \
  --data-urlencode {secret} \
  -d scope=https://graph.microsoft.com/.default | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
curl --cacert {ca} \
  {origin}/v1.0/invitations \
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
  -d {body}
"#
    )
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invitation<'a> {
    invited_user_email_address: &'a str,
    invite_redirect_url: &'a str,
    send_invitation_message: bool,
}

/// One word for a POSIX shell.
fn shell_word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-=:@".contains(&byte);
    if text.bytes().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_survives_the_shell() {
        assert_eq!(shell_word("/tmp/a.pem"), "/tmp/a.pem");
        assert_eq!(shell_word("it's $HOME"), r"'it'\''s $HOME'");
    }
}
