//! The form as code: the same invitation for Graph, Azure CLI and PowerShell.

use kernel::Origin;
use serde_json::{Map, Value, json};

/// What the form holds.
pub struct Asked<'a> {
    pub addresses: &'a [String],
    pub redirect_url: &'a str,
    pub message: &'a str,
    pub language: &'a str,
}

/// `ui.code`'s forms.
pub fn forms(origin: &Origin, asked: &Asked<'_>) -> Value {
    json!([
        {"name": "Graph", "text": graph(origin, asked)},
        {"name": "Azure CLI", "text": command_line(origin, asked)},
        {"name": "PowerShell", "text": powershell(asked)},
    ])
}

fn body(asked: &Asked<'_>, address: &str) -> Value {
    let mut body = Map::new();
    body.insert("invitedUserEmailAddress".to_owned(), json!(address));
    body.insert("inviteRedirectUrl".to_owned(), json!(asked.redirect_url));
    body.insert("sendInvitationMessage".to_owned(), json!(true));
    let mut info = Map::new();
    if !asked.message.trim().is_empty() {
        info.insert("customizedMessageBody".to_owned(), json!(asked.message));
    }
    if !asked.language.is_empty() {
        info.insert("messageLanguage".to_owned(), json!(asked.language));
    }
    if !info.is_empty() {
        body.insert("invitedUserMessageInfo".to_owned(), Value::Object(info));
    }
    Value::Object(body)
}

fn graph(origin: &Origin, asked: &Asked<'_>) -> String {
    let one = |address: &String| {
        let body = serde_json::to_string_pretty(&body(asked, address)).unwrap_or_default();
        format!(
            "POST {origin}/v1.0/invitations\nAuthorization: Bearer …\nContent-Type: application/json\n\n{body}"
        )
    };
    asked.addresses.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn command_line(origin: &Origin, asked: &Asked<'_>) -> String {
    let one = |address: &String| {
        let body = body(asked, address).to_string().replace('\'', "'\\''");
        format!(
            "az rest --method post --resource {origin} \\\n  --url {origin}/v1.0/invitations \\\n  --body '{body}'"
        )
    };
    asked.addresses.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn powershell(asked: &Asked<'_>) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let one = |address: &String| {
        let mut lines = vec![
            format!("New-MgInvitation -InvitedUserEmailAddress {}", quoted(address)),
            format!("-InviteRedirectUrl {}", quoted(asked.redirect_url)),
            "-SendInvitationMessage:$true".to_owned(),
        ];
        let mut info = Vec::new();
        if !asked.message.trim().is_empty() {
            info.push(format!("customizedMessageBody = {}", quoted(asked.message)));
        }
        if !asked.language.is_empty() {
            info.push(format!("messageLanguage = {}", quoted(asked.language)));
        }
        if !info.is_empty() {
            lines.push(format!("-InvitedUserMessageInfo @{{ {} }}", info.join("; ")));
        }
        lines.join(" `\n  ")
    };
    asked.addresses.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_leave_its_quotes() {
        let origin = Origin::parse("https://guests.contoso.example").unwrap();
        let asked = Asked {
            addresses: &["o'neil@fabrikam.example".to_owned()],
            redirect_url: "https://guests.contoso.example/account/1",
            message: "It's \"here\"'; rm -rf ~",
            language: "de",
        };
        let forms = forms(&origin, &asked);
        let text = |at: usize| forms[at]["text"].as_str().unwrap();
        assert!(text(0).contains(r#""customizedMessageBody": "It's \"here\"'; rm -rf ~""#));
        assert!(text(1).contains(r"o'\''neil@fabrikam.example"));
        assert!(text(2).contains("'o''neil@fabrikam.example'"));
        assert!(text(2).contains(r#"'It''s "here"''; rm -rf ~'"#));
    }
}
