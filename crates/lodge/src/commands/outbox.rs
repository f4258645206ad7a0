//! `lodge outbox`: mail of a restored backup, which nobody sends again unasked.

use super::answer::table;
use super::{Answer, Common, chosen, operator, terminal, with_whole};
use clap::{Args, Subcommand};
use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Error, OutboxId, Result, TenantId};
use serde_json::json;
use store::Store;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Lists the mail that a restore has held.
    #[command(after_help = "Examples:
  lodge outbox list
  lodge outbox list --tenant contoso.example --json")]
    List(Which),
    /// Lets held mail go: it leaves at once. Links in it are those that are good now.
    #[command(after_help = "Examples:
  lodge outbox release --tenant contoso.example
  lodge outbox release --tenant contoso.example --id 3f0c2a1e-5a43-4a3a-9a9c-0d9a4a1f7c11")]
    Release(Chosen),
    /// Gives held mail up: it never leaves.
    #[command(after_help = "Examples:
  lodge outbox drop --tenant contoso.example
  lodge outbox drop --yes")]
    Drop(Chosen),
}

#[derive(Args, Debug)]
pub struct Which {
    #[command(flatten)]
    pub common: Common,
    /// The tenant, by id or domain; all of them without it.
    #[arg(long)]
    tenant: Option<String>,
}

#[derive(Args, Debug)]
pub struct Chosen {
    #[command(flatten)]
    pub which: Which,
    /// One mail, by the id that the list shows.
    #[arg(long, requires = "tenant")]
    id: Option<OutboxId>,
    /// Asks nothing.
    #[arg(long)]
    yes: bool,
}

impl Command {
    pub fn common(&self) -> &Common {
        match self {
            Self::List(which) => &which.common,
            Self::Release(chosen) | Self::Drop(chosen) => &chosen.which.common,
        }
    }
}

pub async fn run(command: Command) -> Result<Answer> {
    match command {
        Command::List(which) => list(which).await,
        Command::Release(chosen) => end(chosen, Fate::Release).await,
        Command::Drop(chosen) => end(chosen, Fate::Drop).await,
    }
}

/// Rows a step touches, or a list reads at once.
const AT_ONCE: u32 = 100;

async fn list(which: Which) -> Result<Answer> {
    with_whole(&which.common, async |whole| {
        let (mut rows, mut objects) = (Vec::new(), Vec::new());
        for listed in chosen(whole, which.tenant.as_deref()).await? {
            let store = whole.platform.tenant(listed.tenant.id);
            let mut after = None;
            loop {
                let held = store.list_held(after.as_ref(), AT_ONCE).await?;
                for mail in &held {
                    let domain = listed.tenant.initial_domain.to_string();
                    let at = mail.created_at.strftime("%F %T").to_string();
                    rows.push([
                        mail.id.to_string(),
                        domain.clone(),
                        mail.kind.clone(),
                        mail.to.to_string(),
                        at,
                    ]);
                    objects.push(json!({"id": mail.id, "tenant": domain, "kind": mail.kind,
                        "to": mail.to.to_string(), "createdDateTime": mail.created_at.to_string()}));
                }
                after = held.last().cloned();
                if after.is_none() {
                    break;
                }
            }
        }
        if rows.is_empty() {
            return Ok(Answer::new("No mail is held.", json!({"value": []})));
        }
        let text = table(["ID", "TENANT", "KIND", "TO", "CREATED (UTC)"], &rows);
        Ok(Answer::new(text, json!({"value": objects})))
    })
    .await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Release,
    Drop,
}

async fn end(chosen_: Chosen, fate: Fate) -> Result<Answer> {
    let Chosen { which, id, yes } = chosen_;
    if fate == Fate::Drop {
        terminal::confirm("Held mail that is dropped never leaves.", yes)?;
    }
    let quiet = which.common.json;
    let count = with_whole(&which.common, async |whole| {
        let store = whole.platform.store();
        let tenants = chosen(whole, which.tenant.as_deref()).await?;
        let mut total = 0;
        for listed in &tenants {
            total += store.tenant(listed.tenant.id).count_held().await?;
        }
        let bar = terminal::progress(if fate == Fate::Drop { "Dropping" } else { "Releasing" }, quiet);
        bar.set_length(id.map_or(total, |_| 1));
        let mut done = 0;
        for listed in &tenants {
            loop {
                let count = step(store, listed.tenant.id, fate, id).await?;
                if count == 0 {
                    break;
                }
                done += count;
                bar.set_position(done);
            }
        }
        bar.finish_and_clear();
        Ok(done)
    })
    .await?;
    if let (Some(id), 0) = (id, count) {
        return Err(Error::bad_request(format!("No mail {id} is held in this tenant.")));
    }
    let (word, key) = if fate == Fate::Drop { ("dropped", "dropped") } else { ("released", "released") };
    Ok(Answer::new(format!("{count} mails were {word}."), json!({key: count})))
}

/// Some rows of one tenant, with the record of it.
async fn step(store: &Store, tenant: TenantId, fate: Fate, id: Option<OutboxId>) -> Result<u64> {
    let rng = store.rng();
    store
        .tenant(tenant)
        .write_in_background(operator(rng), move |mut tx, act| async move {
            let count = match (fate, id) {
                (Fate::Release, None) => tx.release_held(AT_ONCE).await?,
                (Fate::Release, Some(id)) => u64::from(tx.release_one_held(id).await?),
                (Fate::Drop, None) => tx.drop_held(AT_ONCE).await?,
                (Fate::Drop, Some(id)) => u64::from(tx.drop_one_held(id).await?),
            };
            if count > 0 {
                let activity = if fate == Fate::Drop { "Drop held mail" } else { "Release held mail" };
                let event = Event::new(activity, Service::CoreDirectory, Operation::Other)
                    .in_category("DirectoryManagement")
                    .with("Count", count);
                audit_log::record(&mut tx, rng, &act, event).await?;
            }
            Ok(count)
        })
        .await
}
