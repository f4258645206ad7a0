//! `lodge backup`: everything at one moment, in one file, while everybody works on.

use super::terminal::{self, Interruption};
use super::{Answer, Common, operator, unusable};
use crate::serve;
use clap::Args;
use directory::audit_log::{self, Event, Operation, Service};
use kernel::{Error, Result};
use serde_json::json;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use store::Store;
use store::backup::{Header, Progress};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lodge backup /var/backups/lodge-$(date +%F).lodgebackup
  lodge backup --overwrite --json /var/backups/lodge.lodgebackup

The master key is not in the file: keep a copy of it elsewhere. Neither are sessions and codes, which end at a
restore.")]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// The file to write. It appears under this name when it is whole.
    file: PathBuf,
    /// Takes the place of a file of that name.
    #[arg(long)]
    overwrite: bool,
}

pub async fn run(arguments: Arguments) -> Result<Answer> {
    let Arguments { common, file, overwrite } = arguments;
    if file.exists() && !overwrite {
        return Err(Error::bad_request(format!(
            "{} is there already: choose another name, or say --overwrite.",
            file.display()
        )));
    }
    let store = serve::open_store(&common.load()?).await?;
    let written = write(&store, &file, common.json).await;
    let noted = match &written {
        Ok(header) => note(&store, header).await,
        Err(_) => Ok(()),
    };
    store.close().await;
    let header = written?;
    noted?;
    let bytes = std::fs::metadata(&file).map_or(0, |metadata| metadata.len());
    let text = format!(
        "{} holds {} tenants, {} rows and {bytes} bytes.\nKeep the master key elsewhere: without it the file is of no use.\n",
        file.display(),
        header.tenants,
        header.rows
    );
    let json = json!({"file": file, "tenants": header.tenants, "rows": header.rows, "bytes": bytes,
        "createdDateTime": header.created_at});
    Ok(Answer::new(text, json))
}

/// Writes beside the name, waits for the disk, and gives it the name: never half a file under it.
async fn write(store: &Store, file: &Path, quiet: bool) -> Result<Header> {
    let fail = |error: std::io::Error| unusable(file, &error);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = tempfile::Builder::new().prefix(".lodge-backup-").tempfile_in(folder).map_err(fail)?;
    let interruption = Interruption::listen()?;
    let bar = terminal::progress("Backing up", quiet);
    let mut watch = |progress: Progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        interruption.check()
    };
    let (header, sink) = store.backup(BufWriter::new(draft), &mut watch).await?;
    bar.finish_and_clear();
    let draft = sink.into_inner().map_err(|error| fail(error.into_error()))?;
    draft.as_file().sync_all().map_err(fail)?;
    draft.persist(file).map_err(|error| fail(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(fail)?;
    Ok(header)
}

/// Each tenant's log says that its rows were copied.
async fn note(store: &Store, header: &Header) -> Result<()> {
    let rng = store.rng();
    let act = operator(rng);
    for tenant in store.global().tenants().await? {
        let context = (act.clone(), header.created_at.clone());
        store
            .tenant(tenant)
            .write_in_background(context, move |mut tx, context| async move {
                let (act, created_at) = &*context;
                let event = Event::new("Back up directory", Service::CoreDirectory, Operation::Other)
                    .in_category("DirectoryManagement")
                    .with("BackupDateTime", created_at);
                audit_log::record(&mut tx, rng, act, event).await
            })
            .await?;
    }
    Ok(())
}
