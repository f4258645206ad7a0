//! `lodge tenant`: making, listing, switching off and on, deleting and bringing back.

use super::answer::table;
use super::{Answer, Common, operator, terminal, with_whole};
use crate::cli::NewTenant;
use clap::{Args, Subcommand};
use directory::tenant::{Change, Listed, TenantService};
use kernel::Result;
use serde_json::{Value, json};

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Makes a tenant and prints a link, good once and for 24 hours, where its first administrator sets a
    /// password.
    #[command(after_help = "Example:
  lodge tenant create --config lodge.toml --name Contoso --domain contoso.example")]
    Create {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        tenant: NewTenant,
    },
    /// Lists the tenants and whether they are in use.
    #[command(after_help = "Examples:
  lodge tenant list
  lodge tenant list --json")]
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Switches a tenant off: no sign-in, no call, no link, no mail. Everything is kept.
    #[command(after_help = "Example:
  lodge tenant disable contoso.example")]
    Disable(Named),
    /// Switches a tenant on again.
    #[command(after_help = "Example:
  lodge tenant enable contoso.example")]
    Enable(Named),
    /// Deletes a tenant: off at once, and after 30 days its rows are taken away for good.
    #[command(after_help = "Examples:
  lodge tenant delete contoso.example
  lodge tenant delete contoso.example --yes --json")]
    Delete {
        #[command(flatten)]
        named: Named,
        /// Asks nothing.
        #[arg(long)]
        yes: bool,
    },
    /// Brings a deleted tenant back while its 30 days last. It stays switched off.
    #[command(after_help = "Example:
  lodge tenant restore contoso.example && lodge tenant enable contoso.example")]
    Restore(Named),
}

#[derive(Args, Debug)]
pub struct Named {
    #[command(flatten)]
    common: Common,
    /// The tenant, by id or domain.
    tenant: String,
}

impl Command {
    pub fn common(&self) -> &Common {
        match self {
            Self::Create { common, .. } | Self::List { common } => common,
            Self::Disable(named)
            | Self::Enable(named)
            | Self::Restore(named)
            | Self::Delete { named, .. } => &named.common,
        }
    }
}

pub async fn run(command: Command) -> Result<Answer> {
    match command {
        Command::Create { common, tenant } => {
            with_whole(&common, async |whole| whole.create_tenant(tenant).await).await
        }
        Command::List { common } => list(&common).await,
        Command::Disable(named) => change(named, Change::Disable).await,
        Command::Enable(named) => change(named, Change::Enable).await,
        Command::Restore(named) => change(named, Change::Restore).await,
        Command::Delete { named, yes } => {
            let question =
                format!("{} goes out of use at once, and is gone for good in 30 days.", named.tenant);
            terminal::confirm(&question, yes)?;
            change(named, Change::Delete).await
        }
    }
}

async fn list(common: &Common) -> Result<Answer> {
    with_whole(common, async |whole| {
        let all = TenantService::new(whole.platform.clone()).list().await?;
        let row = |listed: &Listed| {
            let until = listed.purged_after().map_or(String::new(), |at| at.strftime("%F").to_string());
            let tenant = &listed.tenant;
            let status = listed.status.as_str().to_owned();
            [
                tenant.id.to_string(),
                tenant.initial_domain.to_string(),
                tenant.display_name.clone(),
                status,
                until,
            ]
        };
        let rows: Vec<_> = all.iter().map(row).collect();
        let text = table(["ID", "DOMAIN", "NAME", "STATUS", "GONE ON"], &rows);
        Ok(Answer::new(text, json!({"value": all.iter().map(facts).collect::<Vec<_>>()})))
    })
    .await
}

async fn change(named: Named, change: Change) -> Result<Answer> {
    with_whole(&named.common, async |whole| {
        let service = TenantService::new(whole.platform.clone());
        let found = service.find(&named.tenant).await?;
        service.change(found.tenant.id, operator(whole.platform.rng()), change).await?;
        let now = service.find(&named.tenant).await?;
        let until =
            now.purged_after().map_or(String::new(), |at| format!(" Its rows go on {}.", at.strftime("%F")));
        let text = format!("{} is {}.{until}", now.tenant.initial_domain, now.status.as_str());
        Ok(Answer::new(text, facts(&now)))
    })
    .await
}

fn facts(listed: &Listed) -> Value {
    let tenant = &listed.tenant;
    json!({
        "id": tenant.id,
        "displayName": tenant.display_name,
        "domain": tenant.initial_domain,
        "status": listed.status.as_str(),
        "since": listed.since.to_string(),
        "purgedAfter": listed.purged_after().map(|at| at.to_string()),
    })
}
