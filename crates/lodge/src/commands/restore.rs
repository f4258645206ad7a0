//! `lodge restore`: a backup into a database that nobody uses, and the epoch that begins with it.

use super::terminal::{self, Interruption};
use super::{Answer, Common, unusable};
use crate::{compose, serve};
use clap::Args;
use indicatif::ProgressBar;
use kernel::{Clock, Result, Rng};
use serde_json::json;
use std::fmt::Write;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use store::backup::{self, Header, Progress, Replace};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lodge restore --check lodge.lodgebackup       is this file whole, and does the master key fit?
  lodge restore lodge.lodgebackup               into the empty database of lodge.toml
  lodge restore --replace lodge.lodgebackup     into one that holds tenants, which are lost

Stop Lodge on every machine first. A restore begins a new epoch: everybody signs in anew, open invitations are
issued anew, and mail that waited is held until `lodge outbox release` or `lodge outbox drop`.")]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// The backup to read.
    file: PathBuf,
    /// Deletes what the database holds.
    #[arg(long)]
    replace: bool,
    /// Reads the file to its end and changes nothing.
    #[arg(long, conflicts_with = "replace")]
    check: bool,
    /// Answers the question that --replace asks.
    #[arg(long)]
    yes: bool,
}

pub async fn run(arguments: Arguments) -> Result<Answer> {
    let Arguments { common, file, replace, check, yes } = arguments;
    let config = common.load()?;
    serve::refuse_dev(&config)?;
    let rng = Rng::system();
    let keys = config.master_key.load(rng)?;
    let source = BufReader::new(File::open(&file).map_err(|error| unusable(&file, &error))?);
    let interruption = Interruption::listen()?;
    let bar = terminal::progress(if check { "Checking" } else { "Restoring" }, common.json);
    let mut watch = |progress| show(&bar, progress, &interruption);
    if check {
        let header = backup::check(source, &compose::migrations(), &keys, &mut watch)?;
        bar.finish_and_clear();
        let text = format!(
            "{} is whole: {} tenants and {} rows of {}.\n",
            file.display(),
            header.tenants,
            header.rows,
            header.created_at
        );
        return Ok(Answer::new(text, facts(&header)));
    }
    if replace {
        terminal::confirm("Everything in the database is deleted before the backup is restored.", yes)?;
    }
    let (clock, replace) = (Clock::system(), if replace { Replace::Everything } else { Replace::Nothing });
    let system = (&clock, rng);
    let migrations = compose::migrations();
    let header =
        backup::restore(source, &config.database, &migrations, &keys, system, replace, &mut watch).await?;
    bar.finish_and_clear();

    // Opening it begins the epoch in every slice.
    let whole = serve::open(config).await?;
    let store = whole.platform.store();
    let mut held = 0;
    for tenant in store.global().tenants().await? {
        held += store.tenant(tenant).count_held().await?;
    }
    whole.end().await?;
    let mut text = format!(
        "Restored {} tenants and {} rows of {}. Everybody signs in anew; open invitations can be sent again.\n",
        header.tenants, header.rows, header.created_at
    );
    if held > 0 {
        let _ = writeln!(
            text,
            "{held} mails that waited then are held: look at them with lodge outbox list, then lodge outbox \
             release or lodge outbox drop."
        );
    }
    let mut json = facts(&header);
    if let Some(json) = json.as_object_mut() {
        json.insert("heldMails".to_owned(), held.into());
    }
    Ok(Answer::new(text, json))
}

fn show(bar: &ProgressBar, progress: Progress, interruption: &Interruption) -> Result<()> {
    bar.set_length(progress.total);
    bar.set_position(progress.done);
    interruption.check()
}

fn facts(header: &Header) -> serde_json::Value {
    json!({"tenants": header.tenants, "rows": header.rows, "createdDateTime": header.created_at,
        "lodge": header.lodge})
}
