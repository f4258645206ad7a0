//! The form of *New user*, and the page that shows the password once.

use super::service::{Made, NewMember, NewMemberService};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::portal::{Administrator, Submission};
use kernel::{EmailAddress, Kind};
use module::Right;
use serde::Deserialize;
use serde_json::json;
use web::{Page, Query};

const LONGEST_NAME: usize = 256;

#[derive(Default, Deserialize)]
pub struct Form {
    #[serde(default)]
    name: String,
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    mail: String,
}

/// Which field lacks what: keys of words.
#[derive(Default)]
struct Problems {
    name: Option<String>,
    display_name: Option<&'static str>,
    mail: Option<&'static str>,
    /// The address is of another organization: its domain.
    outside: Option<String>,
}

pub async fn form(administrator: Administrator, Query(form): Query<Form>) -> web::Result<Page> {
    show(&administrator, &form, &Problems::default())
}

pub async fn create(
    administrator: Administrator,
    State(service): State<NewMemberService>,
    Submission { form, once, .. }: Submission<Form>,
) -> web::Result<Response> {
    let new = match read(&administrator, &form) {
        Ok(new) => new,
        Err(problems) => return Ok(show(&administrator, &form, &problems)?.into_response()),
    };
    let by = administrator.clone();
    let work = async move {
        let roles = by.rights.roles().to_vec();
        match service.create(by.tenant.id, by.act(), &roles, new).await {
            Ok(made) => Ok(shown_once(&by, &made)?.into_response()),
            Err(error) if matches!(error.kind(), Kind::BadRequest | Kind::Conflict) => {
                let taken =
                    Problems { name: Some(by.words("new-user-name-taken", &[])), ..Problems::default() };
                Ok(show(&by, &form, &taken)?.into_response())
            }
            Err(error) => Err(error.into()),
        }
    };
    administrator.once(once, work).await
}

fn read(administrator: &Administrator, form: &Form) -> Result<NewMember, Problems> {
    let mut problems = Problems::default();
    let name = EmailAddress::parse(form.name.trim());
    match &name {
        Ok(name) if !administrator.tenant.owns(&name.domain()) => {
            problems.outside = Some(name.domain().to_string());
        }
        Ok(_) => {}
        Err(_) => {
            let domain = administrator.tenant.initial_domain.as_str();
            problems.name = Some(administrator.words("new-user-name-wrong", &[("domain", domain.into())]));
        }
    }
    let display_name = form.display_name.trim();
    if problems.outside.is_none() && (display_name.is_empty() || display_name.chars().count() > LONGEST_NAME)
    {
        problems.display_name = Some("new-user-display-name-missing");
    }
    let mail = Some(form.mail.trim()).filter(|text| !text.is_empty()).map(EmailAddress::parse).transpose();
    if mail.is_err() {
        problems.mail = Some("new-user-mail-wrong");
    }
    match (name, mail, &problems) {
        (Ok(name), Ok(mail), Problems { outside: None, display_name: None, .. }) => {
            Ok(NewMember { name, display_name: display_name.to_owned(), mail })
        }
        _ => Err(problems),
    }
}

fn show(administrator: &Administrator, form: &Form, problems: &Problems) -> web::Result<Page> {
    let say = |key: Option<&str>| key.map(|key| administrator.words(key, &[])).unwrap_or_default();
    let context = json!({
        "name": form.name, "display_name": form.display_name, "mail": form.mail,
        "domain": administrator.tenant.initial_domain.as_str(),
        "name_problem": problems.name.clone().unwrap_or_default(),
        "display_name_problem": say(problems.display_name), "mail_problem": say(problems.mail),
        "outside": problems.outside, "may_invite": administrator.may(Right::InviteGuests),
    });
    administrator.page("new_member/form.html", context)
}

/// Not a redirect: the password is in this answer and nowhere else.
fn shown_once(administrator: &Administrator, made: &Made) -> web::Result<Page> {
    let context = json!({
        "id": made.user.id, "display_name": made.user.display_name, "name": made.user.user_principal_name,
        "password": made.password.expose(),
    });
    administrator.page("new_member/made.html", context)
}
