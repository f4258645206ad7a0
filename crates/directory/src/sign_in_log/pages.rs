//! *Sign-in logs* in the portal: who came in where, and why somebody did not.

use super::{Filter, SignInKind, StoredSignIn, store};
use crate::audit_log::Cursor;
use crate::portal::Administrator;
use crate::records::{self, Asked, Log};
use crate::tenant;
use ::store::{Purpose, Read};
use axum::extract::Path;
use axum::routing::get;
use kernel::{Error, Result, TenantId};
use module::{Group, PortalPage, Right};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;
use web::{Page, Query};

const LIST: &str = "/sign-in-logs";

pub const TEMPLATES: &[(&str, &str)] = &[
    ("sign_in_log/list.html", include_str!("pages/list.html")),
    ("sign_in_log/sign_in.html", include_str!("pages/sign_in.html")),
];

pub fn pages() -> Vec<PortalPage> {
    vec![
        PortalPage::new(LIST, "sign-ins-title", Right::ReadSignInLogs, get(list))
            .listed(Group::Records, 10, "login-2")
            .found_by("sign-ins-title-words"),
        PortalPage::new("/sign-in-logs/{signIn}", "sign-in-record-title", Right::ReadSignInLogs, get(one))
            .below(LIST),
    ]
}

async fn list(administrator: Administrator, Query(asked): Query<Asked>) -> web::Result<Page> {
    let kind = asked.kind.as_deref().and_then(SignInKind::parse).unwrap_or(SignInKind::InteractiveUser);
    let filter = Filter { from: asked.since(&administrator), ..Filter::of(kind) };
    let wanted = Wanted { filter, text: asked.text(), failed: asked.failed() };
    let found = records::search(&administrator, wanted, &asked).await?;
    let names = tenant_names(&administrator, &found.events).await?;
    let rows: Vec<Value> = found.events.iter().map(|event| row(&administrator, &names, event)).collect();
    let kinds = [
        ("sign-ins-interactive", None),
        ("sign-ins-non-interactive", Some(SignInKind::NonInteractiveUser.as_str())),
        ("sign-ins-applications", Some(SignInKind::ServicePrincipal.as_str())),
    ];
    let mut chips = vec![asked.chip(&administrator, LIST, "kind", asked.kind.as_deref(), &kinds)];
    chips.extend(asked.chips(&administrator, LIST));
    let context = records::context(&administrator, LIST, &asked, found.next, rows, chips);
    administrator.page("sign_in_log/list.html", context)
}

async fn one(administrator: Administrator, Path((_, id)): Path<(String, String)>) -> web::Result<Page> {
    let not_found = || Error::not_found("sign-in");
    let id = Uuid::try_parse(&id).map_err(|_| not_found())?;
    let found = administrator
        .store()
        .scan(id, |mut read, id| async move { store::find(&mut read, id).await })
        .await?;
    let event = found.ok_or_else(not_found)?;
    let names = tenant_names(&administrator, std::slice::from_ref(&event)).await?;
    let context = json!({
        "event": row(&administrator, &names, &event),
        "user_href": event.user_id.map(|id| administrator.link(&format!("/users/{id}"))),
        "user_name": event.user_principal_name,
        "home": event.home_tenant.map(|id| name_of(&names, id)),
        "elsewhere": event.resource_tenant.map(|id| name_of(&names, id)),
        "app_id": event.app_id.map(|id| id.to_string()),
        "user_agent": event.user_agent, "error_code": event.error_code,
        "correlation": event.correlation.to_string(),
        "query": format!("GET {}/v1.0/auditLogs/signIns/{}", administrator.origin(), event.id),
    });
    administrator.page("sign_in_log/sign_in.html", context)
}

/// Sign-ins of one kind, as far as they fit.
struct Wanted {
    filter: Filter,
    /// In lower case; empty for all.
    text: String,
    failed: Option<bool>,
}

impl Log for Wanted {
    type Event = StoredSignIn;

    fn slice(
        &self,
        read: &mut impl Read,
        after: Option<Cursor>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<StoredSignIn>>> + Send {
        store::list(read, &self.filter, after, limit)
    }

    fn fits(&self, event: &StoredSignIn) -> bool {
        if self.failed.is_some_and(|failed| failed != (event.error_code != 0)) {
            return false;
        }
        let holds = |text: &Option<String>| {
            text.as_ref().is_some_and(|text| text.to_lowercase().contains(&self.text))
        };
        self.text.is_empty()
            || holds(&event.user_display_name)
            || holds(&event.user_principal_name)
            || holds(&event.app_display_name)
            || holds(&event.network)
            || event.correlation.to_string() == self.text
            || event.error_code.to_string() == self.text.trim_start_matches("aadsts")
    }

    fn cursor(event: &StoredSignIn) -> Cursor {
        Cursor { at: event.at, id: event.id }
    }
}

/// The names of the other tenants of this Lodge that the sign-ins are about.
async fn tenant_names(
    administrator: &Administrator,
    events: &[StoredSignIn],
) -> Result<HashMap<TenantId, String>> {
    let mut ids: Vec<TenantId> = Vec::new();
    for event in events {
        ids.extend([event.home_tenant, event.resource_tenant].into_iter().flatten());
    }
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for id in ids {
        let own = administrator.tenant.id;
        let mut peer = administrator.store().store().peer(own, id, Purpose::HomeUserByAddress).await?;
        let name =
            tenant::find(&mut peer).await?.map_or_else(|| id.to_string(), |tenant| tenant.display_name);
        names.insert(id, name);
    }
    Ok(names)
}

fn name_of(names: &HashMap<TenantId, String>, id: TenantId) -> String {
    names.get(&id).cloned().unwrap_or_else(|| id.to_string())
}

fn row(administrator: &Administrator, names: &HashMap<TenantId, String>, event: &StoredSignIn) -> Value {
    let name = event.user_display_name.as_deref().filter(|name| !name.is_empty());
    let who = name.or(event.user_principal_name.as_deref()).or(event.app_display_name.as_deref());
    let note = match (event.home_tenant, event.resource_tenant) {
        (Some(home), _) => administrator.words("sign-ins-from", &[("tenant", name_of(names, home).into())]),
        (_, Some(other)) => {
            administrator.words("sign-ins-as-guest", &[("tenant", name_of(names, other).into())])
        }
        _ => event.user_principal_name.clone().unwrap_or_default(),
    };
    let unknown = || administrator.words("sign-ins-unknown", &[]);
    json!({
        "href": administrator.link(&format!("{LIST}/{}", event.id)),
        "who": who.map_or_else(unknown, str::to_owned),
        "initials": who.map_or_else(|| "?".to_owned(), |who| web::initials(who, 2)),
        "note": note,
        "application": event.app_display_name.as_deref().or(event.resource_display_name.as_deref()),
        "failed": event.error_code != 0,
        "error_code": event.error_code,
        "failure": event.failure,
        "network": event.network,
        "client": event.client_app_used,
        "at": records::at(administrator, event.at),
    })
}
