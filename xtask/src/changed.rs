//! Which crates a change touches: for the inner loop.

use std::path::Path;

use anyhow::Result;

use crate::command::Command;
use crate::metadata::Workspace;

/// Crates with files that differ from where this branch left `main`, committed or not, and those that import
/// them. What belongs to no crate (the root manifest, assets) touches all of them.
pub fn crates(workspace: &Workspace) -> Result<Vec<String>> {
    let base = Command::new("git").arguments(["merge-base", "HEAD", "main"]).output();
    let base = base.map_or_else(|_| "HEAD".to_owned(), |text| text.trim().to_owned());
    let mut paths = Command::new("git").arguments(["diff", "--name-only", &base]).output()?;
    paths.push_str(&Command::new("git").arguments(["ls-files", "--others", "--exclude-standard"]).output()?);
    Ok(touched(workspace, paths.lines()))
}

fn touched<'a>(workspace: &Workspace, paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names = Vec::new();
    for path in paths.filter(|path| !is_apart(path)) {
        let absolute = workspace.root.join(path);
        match workspace.packages.iter().find(|package| absolute.starts_with(package.folder())) {
            Some(package) if names.contains(&package.name) => {}
            Some(package) => names.push(package.name.clone()),
            None => return workspace.packages.iter().map(|package| package.name.clone()).collect(),
        }
    }
    loop {
        let before = names.len();
        for package in &workspace.packages {
            let imports = package.dependencies.iter().any(|dependency| names.contains(&dependency.name));
            if imports && !names.contains(&package.name) {
                names.push(package.name.clone());
            }
        }
        if names.len() == before {
            return names;
        }
    }
}

/// Files that no Rust test reads.
fn is_apart(path: &str) -> bool {
    let folders = ["docs/", "clients/", "e2e/", ".ci/", ".config/"];
    folders.iter().any(|folder| path.starts_with(folder))
        || (!path.contains('/') && Path::new(path).extension().is_some_and(|extension| extension == "md"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{Dependency, Package};

    fn workspace() -> Workspace {
        let package = |name: &str, imports: &[&str]| Package {
            name: name.to_owned(),
            manifest_path: format!("/w/crates/{name}/Cargo.toml").into(),
            dependencies: imports
                .iter()
                .map(|name| Dependency { name: (*name).to_owned(), kind: None, rename: None })
                .collect(),
        };
        Workspace {
            packages: vec![package("lodge", &["web"]), package("web", &["kernel"]), package("kernel", &[])],
            root: "/w".into(),
            target_directory: "/w/target".into(),
        }
    }

    #[test]
    fn those_who_import_a_changed_crate_are_changed_too() {
        assert_eq!(touched(&workspace(), ["crates/web/src/lib.rs"].into_iter()), ["web", "lodge"]);
    }

    #[test]
    fn the_root_manifest_changes_everything_and_a_page_of_text_nothing() {
        assert_eq!(touched(&workspace(), ["Cargo.toml"].into_iter()).len(), 3);
        assert!(touched(&workspace(), ["README.md", "docs/adr/0001-x.md"].into_iter()).is_empty());
    }
}
