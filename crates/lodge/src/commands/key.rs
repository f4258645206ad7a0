//! `lodge key`: new signing keys for tenants, and a new master key for the whole.

use super::{Answer, Common, chosen, operator, terminal, unusable, with_whole};
use crate::config::{MasterKeySource, master_key};
use clap::{Args, Subcommand};
use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Error, Result, Rng};
use serde_json::json;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Replaces keys.
    #[command(subcommand)]
    Rotate(Rotate),
}

#[derive(Subcommand, Debug)]
pub enum Rotate {
    /// Lets the next key of a tenant sign its tokens from now on. Tokens of the former key are good for 48 hours,
    /// longer than any lives.
    #[command(after_help = "Examples:
  lodge key rotate signing --tenant contoso.example
  lodge key rotate signing --all --json")]
    Signing(SigningArguments),
    /// Moves the seals in the database to the next master key: first makes that key, then, run again when every
    /// Lodge knows it, moves the seals. Interrupted, it goes on where it stopped.
    #[command(after_help = "Examples:
  lodge key rotate master                       makes master.key.next; restart Lodge, then run it again
  LODGE_MASTER_KEY_NEXT_FILE=next.key lodge key rotate master --yes

With PostgreSQL, or where the key is given in the configuration, set master_key_next on every machine and restart
Lodge there before. Keep the old key as long as you keep backups made under it.")]
    Master(MasterArguments),
}

#[derive(Args, Debug)]
pub struct SigningArguments {
    #[command(flatten)]
    common: Common,
    /// The tenant, by id or domain.
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    tenant: Option<String>,
    /// Every tenant in use.
    #[arg(long)]
    all: bool,
}

#[derive(Args, Debug)]
pub struct MasterArguments {
    #[command(flatten)]
    common: Common,
    /// Says that every running Lodge knows the next key.
    #[arg(long)]
    yes: bool,
}

impl Command {
    pub fn common(&self) -> &Common {
        match self {
            Self::Rotate(Rotate::Signing(arguments)) => &arguments.common,
            Self::Rotate(Rotate::Master(arguments)) => &arguments.common,
        }
    }
}

pub async fn run(command: Command) -> Result<Answer> {
    match command {
        Command::Rotate(Rotate::Signing(arguments)) => signing(arguments).await,
        Command::Rotate(Rotate::Master(arguments)) => master(arguments).await,
    }
}

async fn signing(arguments: SigningArguments) -> Result<Answer> {
    with_whole(&arguments.common, async |whole| {
        let tenants = chosen(whole, arguments.tenant.as_deref()).await?;
        let bar = terminal::progress("Rotating", arguments.common.json);
        bar.set_length(u64::try_from(tenants.len()).unwrap_or(0));
        let mut active = Vec::new();
        for listed in &tenants {
            let id = listed.tenant.id;
            whole.signing_keys.rotate(id, operator(whole.platform.rng())).await?;
            let kid = whole.signing_keys.active(id).await?.kid().to_owned();
            active.push(json!({"tenant": listed.tenant.initial_domain, "tenantId": id, "activeKeyId": kid}));
            bar.inc(1);
        }
        bar.finish_and_clear();
        let text = format!("{} tenants sign with another key from now on.", active.len());
        Ok(Answer::new(text, json!({"value": active})))
    })
    .await
}

async fn master(arguments: MasterArguments) -> Result<Answer> {
    let MasterArguments { common, yes } = arguments;
    let config = common.load()?;
    let keys = config.master_key.load(Rng::system())?;
    let beside = match &config.master_key {
        MasterKeySource::Beside { file, .. } => Some(file.clone()),
        MasterKeySource::Given(_) => None,
    };
    if keys.next().is_none() {
        let Some(file) = beside else {
            return Err(Error::bad_request(
                "There is no next master key: set master_key_next on every machine, restart Lodge, and run this again.",
            ));
        };
        return make_next(&file);
    }
    terminal::confirm(
        "Every running Lodge must know the next master key: it was restarted since it was made.",
        yes,
    )?;
    let count = with_whole(&common, async |whole| {
        let store = whole.platform.store();
        store.begin_resealing().await?;
        let tenants = store.global().all_tenants().await?;
        let bar = terminal::progress("Moving seals", common.json);
        bar.set_length(u64::try_from(tenants.len()).unwrap_or(0));
        let rng = store.rng();
        let mut count = 0;
        for tenant in tenants {
            let moved = store.reseal(tenant.id, operator(rng), move |mut tx, act| async move {
                let event = Event::new("Rotate master key", Service::CoreDirectory, Operation::Update)
                    .in_category("KeyManagement");
                audit_log::record(&mut tx, rng, &act, event).await.map(|_| ())
            });
            count += u64::from(moved.await?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(count)
    })
    .await?;
    let (text, kept) = match beside {
        Some(file) => {
            let kept = take_place(&file)?;
            (
                format!("The former key is {}: keep it as long as backups made under it.", kept.display()),
                Some(kept),
            )
        }
        None => ("Give it as master_key now, and take master_key_next away.".to_owned(), None),
    };
    let text = format!("{count} seals were moved; the next master key is the one in use. {text}");
    Ok(Answer::new(text, json!({"moved": count, "formerKeyFile": kept})))
}

fn make_next(file: &Path) -> Result<Answer> {
    let next = master_key::next_of(file);
    master_key::make(&next, Rng::system())?;
    give_to_owner_of(file, &next).map_err(|error| unusable(&next, &error))?;
    let text = format!(
        "A new master key lies in {}: copy it to where the present one is kept. Restart Lodge if it runs, then run \
         this command again, which moves the seals.",
        next.display()
    );
    Ok(Answer::new(text, json!({"nextKeyFile": next})))
}

/// What root makes beside the key of an ordinary user must be that user's.
fn give_to_owner_of(file: &Path, made: &Path) -> std::io::Result<()> {
    let (theirs, own) = (std::fs::metadata(file)?, std::fs::metadata(made)?);
    if (theirs.uid(), theirs.gid()) == (own.uid(), own.gid()) {
        return Ok(());
    }
    chown(made, Some(theirs.uid()), Some(theirs.gid()))
}

/// The next key takes the place of the one in use, which is kept beside it.
fn take_place(file: &Path) -> Result<PathBuf> {
    let next = master_key::next_of(file);
    let kept = (1..).map(|number| {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".former-{number}"));
        PathBuf::from(name)
    });
    let kept = kept.take(10_000).find(|name| !name.exists()).unwrap_or_else(|| next.clone());
    // Interrupted in between, Lodge finds the next key alone, and takes it.
    if file.exists() {
        std::fs::rename(file, &kept).map_err(|error| unusable(file, &error))?;
    }
    std::fs::rename(&next, file).map_err(|error| unusable(&next, &error))?;
    Ok(kept)
}
