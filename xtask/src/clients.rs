//! The unmodified clients of `clients/` and the browser stories of `e2e/`, against the built server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use scratch_postgres::Postgres;

use crate::command::{Command, Shown};
use crate::metadata::Workspace;
use crate::report::{self, Counts};
use crate::server::Server;

/// Where the tools of the clients and what they leave behind are kept.
pub struct Clients {
    root: PathBuf,
    work: PathBuf,
    binary: PathBuf,
}

impl Clients {
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let work = workspace.target_directory.join("clients");
        fs::create_dir_all(&work)?;
        Ok(Self { root: workspace.root.clone(), work, binary: workspace.binary("debug") })
    }

    /// Python's libraries in an environment of their own; npm's beside their lock files.
    pub fn install(&self) -> Result<Counts> {
        let python = self.work.join("python");
        if !python.join("bin/python").exists() {
            Command::new("python3")
                .arguments(["-m".as_ref(), "venv".as_ref(), python.as_os_str()])
                .output()?;
        }
        let requirements = self.root.join("clients/python/requirements.txt");
        let pip = Command::new(python.join("bin/pip"))
            .arguments(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arguments([requirements])
            .show()?;
        let mut counts = Counts::one(pip.success);
        for folder in ["clients/node", "e2e"] {
            let npm = Command::new("npm")
                .arguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
                .folder(&self.root.join(folder))
                .show()?;
            counts = counts.add(Counts::one(npm.success));
        }
        Ok(counts)
    }

    /// One story of `clients/python`, told to a fresh server.
    pub fn python(&self, story: &str, postgres: Option<&Postgres>) -> Result<Counts> {
        let program = self.work.join("python/bin/python");
        let script = self.root.join("clients/python").join(story);
        let shown = self.tell(story, postgres, |server| {
            let certificates = server.certificates()?;
            Command::new(&program)
                .arguments([&script])
                .variable("SSL_CERT_FILE", &certificates)
                .variable("REQUESTS_CA_BUNDLE", &certificates)
                .variable("PYTHONUNBUFFERED", "1")
                .variable("LODGE_CARD", server.card.to_string())
                .show()
        })?;
        Ok(Counts::of_runner(report::passed_and_failed(&shown.text), shown.success))
    }

    /// One story of `clients/node`, told to a fresh server.
    pub fn node(&self, story: &str, postgres: Option<&Postgres>) -> Result<Counts> {
        let folder = self.root.join("clients/node");
        let shown = self.tell(story, postgres, |server| {
            Command::new("node")
                .arguments(["--test", "--test-reporter=spec", story])
                .folder(&folder)
                .variable("NODE_EXTRA_CA_CERTS", server.certificates()?)
                .variable("LODGE_CARD", server.card.to_string())
                .show()
        })?;
        Ok(Counts::of_runner(report::node_counts(&shown.text), shown.success))
    }

    /// All stories of `e2e`; each of its files starts a server of its own, for some of them move the clock.
    pub fn browser(&self, workspace: &Workspace) -> Result<Counts> {
        let screenshots = workspace.target_directory.join("screenshots");
        fs::create_dir_all(&screenshots)?;
        let shown = Command::new("npm")
            .arguments(["test", "--silent"])
            .folder(&self.root.join("e2e"))
            .variable("LODGE_BINARY", &self.binary)
            .variable("LODGE_SCREENSHOTS", &screenshots)
            .show()?;
        println!("screenshots: {}", screenshots.display());
        Ok(Counts::of_runner(report::node_counts(&shown.text), shown.success))
    }

    fn tell(
        &self,
        story: &str,
        postgres: Option<&Postgres>,
        run: impl FnOnce(&Server) -> Result<Shown>,
    ) -> Result<Shown> {
        let engine = if postgres.is_some() { "postgres" } else { "sqlite" };
        let log = self.work.join(format!("{story}.{engine}.log"));
        let name = format!("story_{}", story.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"));
        let database = postgres.map(|postgres| postgres.database(&name)).transpose()?;
        let arguments: Vec<&str> = match &database {
            Some(url) => vec!["--engine", "postgres", "--database-url", url],
            None => Vec::new(),
        };
        let server = Server::start(&self.binary, &arguments, &log)?;
        let shown = run(&server).with_context(|| format!("the log of the server is {}", log.display()))?;
        if !shown.success {
            println!("the log of the server is {}:\n{}", log.display(), tail(&log));
        }
        server.stop()?;
        Ok(shown)
    }
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n")
}
