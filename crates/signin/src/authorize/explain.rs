//! The page for a fault that is not told to the client: because the client could do nothing about it, or because
//! it is not known whether the address to answer at is the client's.

use crate::protocol::{Fault, Parameters, Trace};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::{Error, Result};
use web::{PageContext, Pages};

/// What the fault is about.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    application: String,
    redirect_uri: String,
}

impl Subject {
    pub fn of(parameters: &Parameters) -> Self {
        let text = |name| parameters.get(name).unwrap_or_default().chars().take(300).collect();
        Self { application: text("client_id"), redirect_uri: text("redirect_uri") }
    }

    pub fn about(application: &str) -> Self {
        Self { application: application.to_owned(), redirect_uri: String::new() }
    }

    fn name(&self, fault: &Fault) -> String {
        match fault {
            Fault::RedirectMismatch => self.redirect_uri.clone(),
            Fault::MissingParameter(name) | Fault::InvalidParameter(name, _) => (*name).to_owned(),
            Fault::TenantNotFound(name)
            | Fault::ClientNotFound(name)
            | Fault::UnknownResource(name)
            | Fault::InvalidScope(name) => name.clone(),
            _ => String::new(),
        }
    }
}

pub fn page(
    pages: &Pages,
    page: PageContext,
    fault: &Fault,
    trace: &Trace,
    subject: Subject,
) -> Result<Response> {
    let line = |name: &str, value: String| minijinja::context! { name => name, value => value };
    let mut details = vec![line("error", format!("AADSTS{}", fault.number()))];
    if !subject.application.is_empty() {
        details.push(line("application", subject.application.clone()));
    }
    details.push(line("time", trace.at.to_string()));
    details.push(line("trace", trace.id.to_string()));
    details.push(line("correlation", trace.correlation.to_string()));
    let words = minijinja::context! {
        error => minijinja::context! {
            number => fault.number(),
            sentence => fault.sentence(),
            remedy => "Go back to the application and try again. If it stays so, give the details below to whoever runs it.",
            application => subject.application.clone(),
            subject => subject.name(fault),
        },
        details => details,
        back_url => Option::<String>::None,
    };
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST);
    Ok(pages.render("authorize/error.html", page, words)?.status(status).into_response())
}

/// The page that `error_uri` leads to: what a number means, apart from any request.
pub fn number(pages: &Pages, page: PageContext, asked: Option<&str>) -> Result<Response> {
    let fault = asked.and_then(|text| text.parse().ok()).and_then(Fault::of_number);
    let fault = fault.ok_or_else(|| Error::not_found("error number"))?;
    let words = minijinja::context! { number => fault.number(), sentence => fault.sentence() };
    Ok(pages.render("authorize/number.html", page, words)?.into_response())
}
