//! How the answer to an authorization request leaves: in the address of a redirect, or in a form that the browser
//! posts.

use crate::protocol::{Fault, RedirectUri, ResponseMode, Trace};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY};
use http::{HeaderValue, StatusCode};
use kernel::{Error, Origin, Result};
use web::{PageContext, Pages};

/// The path of the script that posts the form.
pub const SCRIPT: &str = "/oauth2/form_post.js";

/// Where and how the client wants its answer.
pub struct Target<'a> {
    pub redirect_uri: &'a RedirectUri,
    pub response_mode: ResponseMode,
    pub state: Option<&'a str>,
}

impl Target<'_> {
    /// The answer's way back.
    pub fn deliver(&self, pages: &Pages, page: PageContext, answer: &[(&str, String)]) -> Result<Response> {
        let answer: Vec<(&str, &str)> = answer.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if self.response_mode == ResponseMode::FormPost {
            return self.form(pages, page, &answer);
        }
        let location = self.redirect_uri.with_answer(self.response_mode, &answer);
        let location = HeaderValue::try_from(location).map_err(Error::internal)?;
        let headers = [
            (LOCATION, location),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        ];
        Ok((StatusCode::FOUND, headers).into_response())
    }

    /// A refusal's way back.
    pub fn refuse(
        &self,
        pages: &Pages,
        page: PageContext,
        origin: &Origin,
        fault: &Fault,
        trace: &Trace,
    ) -> Result<Response> {
        let mut answer = vec![
            ("error", fault.redirect_error().to_owned()),
            ("error_description", fault.description(trace)),
            ("error_uri", origin.link("/error").with("code", fault.number()).to_string()),
        ];
        answer.extend(self.state.map(|state| ("state", state.to_owned())));
        self.deliver(pages, page, &answer)
    }

    /// The page that posts the answer. It alone may run a script, ours, and post to nobody but the client.
    fn form(&self, pages: &Pages, page: PageContext, answer: &[(&str, &str)]) -> Result<Response> {
        let fields: Vec<_> = answer
            .iter()
            .map(|(name, value)| minijinja::context! { name => *name, value => *value })
            .collect();
        let words =
            minijinja::context! { action => self.redirect_uri.as_str(), fields => fields, script => SCRIPT };
        let mut response = pages.render("authorize/form_post.html", page, words)?.into_response();
        let url = self.redirect_uri.url().ok_or_else(|| Error::internal("a redirect URI that is no URL"))?;
        let source = match url.scheme() {
            "http" | "https" => url.origin().ascii_serialization(),
            scheme => format!("{scheme}:"),
        };
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action {source}; base-uri 'none'; frame-ancestors 'none'"
        );
        let policy = HeaderValue::try_from(policy).map_err(Error::internal)?;
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        Ok(response)
    }
}
