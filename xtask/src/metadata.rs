//! What Cargo knows about the workspace: its packages, their imports, where artefacts go.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::command::Command;

/// Asks Cargo once; the answer covers the workspace's own packages only.
pub fn load() -> Result<Workspace> {
    let text = Command::new("cargo")
        .arguments(["metadata", "--format-version=1", "--no-deps", "--locked"])
        .output()
        .context("cargo metadata")?;
    serde_json::from_str(&text).context("the answer of cargo metadata")
}

#[derive(Deserialize)]
pub struct Workspace {
    pub packages: Vec<Package>,
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    pub target_directory: PathBuf,
}

#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub manifest_path: PathBuf,
    pub dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    /// `None` for an ordinary dependency, else `dev` or `build`.
    pub kind: Option<String>,
    /// The name in code when it differs from the package's.
    pub rename: Option<String>,
}

impl Package {
    pub fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }
}

impl Dependency {
    pub fn is_for_tests(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }

    /// The identifier that stands before `::` in code.
    pub fn identifier(&self) -> String {
        self.rename.as_ref().unwrap_or(&self.name).replace('-', "_")
    }
}

impl Workspace {
    /// The server as the test profile builds it.
    pub fn binary(&self, profile: &str) -> PathBuf {
        self.target_directory.join(profile).join("lodge")
    }
}
