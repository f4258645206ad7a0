//! The list as CSV: page after page as the reader takes it, so that a million users need no memory.

use super::asked::Asked;
use crate::portal::Administrator;
use crate::user::{self, User, UserQuery};
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kernel::Result;
use store::TenantStore;

/// Users read at a time.
const SLICE: usize = 999;
const HEAD: &str = "\u{feff}id,displayName,userPrincipalName,mail,userType,externalUserState,accountEnabled,companyName,createdDateTime\r\n";

pub fn answer(administrator: &Administrator, asked: &Asked) -> Response {
    let query = UserQuery { size: SLICE, after: None, ..asked.query(administrator.now()) };
    let start = Reading { store: administrator.store(), query: Some(query), is_first: true };
    let body = Body::from_stream(stream::try_unfold(start, |reading| async move {
        reading.next().await.map_err(std::io::Error::other)
    }));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"users.csv\""),
    ];
    (headers, body).into_response()
}

struct Reading {
    store: TenantStore,
    /// None when the last page was read.
    query: Option<UserQuery>,
    is_first: bool,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        let Some(query) = self.query.take() else { return Ok(None) };
        let page = user::list(&self.store, &query).await?;
        let mut text = String::from(if self.is_first { HEAD } else { "" });
        for user in &page.users {
            write(&mut text, user);
        }
        self.is_first = false;
        self.query = page.next.map(|after| UserQuery { after: Some(after), ..query });
        Ok(Some((Bytes::from(text), self)))
    }
}

fn write(text: &mut String, user: &User) {
    let fields = [
        user.id.to_string(),
        user.display_name.clone(),
        user.user_principal_name.clone(),
        user.mail.clone().unwrap_or_default(),
        user.user_type.as_str().to_owned(),
        user.external_state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        user.account_enabled.to_string(),
        user.company_name.clone().unwrap_or_default(),
        user.created_at.to_string(),
    ];
    let cells: Vec<String> = fields.iter().map(|field| cell(field)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// In quotes, and never the beginning of a formula: what a table program would calculate is led by an apostrophe.
fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']);
    let text = text.replace('"', "\"\"");
    if is_formula { format!("\"'{text}\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
        for start in ["+1", "-1", "@SUM(A1)", " =1", "\t=1"] {
            assert!(cell(start).starts_with("\"'"), "{start}");
        }
        assert_eq!(cell("Lea, \"the\" guest"), "\"Lea, \"\"the\"\" guest\"");
    }
}
