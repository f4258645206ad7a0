//! `cargo xtask package`: the Debian package, put together from `packaging/debian`, the built binary and the
//! documentation.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command::Command;
use crate::metadata::{self, Workspace};

#[derive(Args)]
pub struct Options {
    /// Package the debug build: quick to make, slow to run.
    #[arg(long)]
    debug: bool,
}

pub fn run(options: &Options) -> Result<bool> {
    let workspace = metadata::load()?;
    let profile = if options.debug { "debug" } else { "release" };
    let mut build = vec!["build", "--locked", "--package", "lodge", "--quiet"];
    if !options.debug {
        build.push("--release");
    }
    if !Command::new("cargo").arguments(build).show()?.success {
        bail!("lodge could not be built");
    }
    println!("{}", build_from(&workspace, profile)?.display());
    Ok(true)
}

/// Packages what has been built.
pub fn build_from(workspace: &Workspace, profile: &str) -> Result<PathBuf> {
    let folder = workspace.target_directory.join("package");
    let tree = Tree::new(&workspace.root, folder.join("lodge"))?;
    tree.program(&workspace.binary(profile))?;
    tree.copy("packaging/debian/lodge.service", "lib/systemd/system/lodge.service", 0o644)?;
    tree.copy("packaging/debian/lodge.toml", "etc/lodge/lodge.toml", 0o640)?;
    tree.documentation()?;

    let architecture = Command::new("dpkg").arguments(["--print-architecture"]).output()?;
    let architecture = architecture.trim();
    let version = version_of(&workspace.root)?;
    tree.control(&version, architecture)?;
    let package = folder.join(format!("lodge_{version}_{architecture}.deb"));
    Command::new("dpkg-deb")
        .arguments(["--build", "--root-owner-group", "-Zxz"])
        .arguments([&tree.root, &package])
        .output()?;
    Ok(package)
}

/// The tree of files that becomes the package.
struct Tree {
    repository: PathBuf,
    root: PathBuf,
}

impl Tree {
    fn new(repository: &Path, root: PathBuf) -> Result<Self> {
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        Ok(Self { repository: repository.to_owned(), root })
    }

    fn write(&self, place: &str, content: &[u8], mode: u32) -> Result<PathBuf> {
        let path = self.root.join(place);
        let folder = path.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder)?;
        let mut above = folder.to_owned();
        while above.starts_with(&self.root) {
            fs::set_permissions(&above, fs::Permissions::from_mode(0o755))?;
            above.pop();
        }
        fs::write(&path, content).with_context(|| path.display().to_string())?;
        fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
        Ok(path)
    }

    fn copy(&self, from: &str, place: &str, mode: u32) -> Result<PathBuf> {
        let from = self.repository.join(from);
        self.write(place, &fs::read(&from).with_context(|| from.display().to_string())?, mode)
    }

    fn program(&self, binary: &Path) -> Result<()> {
        let content = fs::read(binary).with_context(|| binary.display().to_string())?;
        let program = self.write("usr/bin/lodge", &content, 0o755)?;
        Command::new("strip").arguments([Path::new("--strip-debug"), &program]).output()?;
        Ok(())
    }

    fn documentation(&self) -> Result<()> {
        let place = |name: &str| format!("usr/share/doc/lodge/{name}");
        self.copy("packaging/debian/copyright", &place("copyright"), 0o644)?;
        self.copy("CHANGELOG.md", &place("CHANGELOG.md"), 0o644)?;
        let guides = self.repository.join("docs/operating");
        for entry in fs::read_dir(&guides)?.chain(fs::read_dir(guides.join("monitoring"))?) {
            let path = entry?.path();
            if path.is_file() {
                let below = path.strip_prefix(&guides)?.to_string_lossy().into_owned();
                self.copy(&format!("docs/operating/{below}"), &place(&below), 0o644)?;
            }
        }
        let guide = fs::read_to_string(guides.join("behind-nginx.md"))?;
        let site = block(&guide, "nginx").context("behind-nginx.md shows a site")?;
        self.write(&place("examples/nginx.conf"), site.as_bytes(), 0o644)?;
        Ok(())
    }

    fn control(&self, version: &str, architecture: &str) -> Result<()> {
        let size = Command::new("du").arguments(["--summarize", "--block-size=1K"]).arguments([&self.root]);
        let size = size.output()?.split_whitespace().next().unwrap_or("0").to_owned();
        let control = fs::read_to_string(self.repository.join("packaging/debian/control"))?
            .replace("{version}", version)
            .replace("{architecture}", architecture)
            .replace("{size}", &size);
        self.write("DEBIAN/control", control.as_bytes(), 0o644)?;
        self.write("DEBIAN/conffiles", b"/etc/lodge/lodge.toml\n", 0o644)?;
        for script in ["postinst", "prerm", "postrm"] {
            self.copy(&format!("packaging/debian/{script}"), &format!("DEBIAN/{script}"), 0o755)?;
        }
        Ok(())
    }
}

fn version_of(root: &Path) -> Result<String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    Ok(line.context("the workspace has a version")?.trim_matches('"').to_owned())
}

/// The first code block of a language.
fn block<'a>(guide: &'a str, language: &str) -> Option<&'a str> {
    guide.split_once(&format!("```{language}\n"))?.1.split("```").next()
}

/// The Debian guide, word for word, with the package of the debug build, in a copy of this machine that is thrown
/// away: its own files, processes and network. Needs root.
pub fn follow_guide(workspace: &Workspace) -> Result<bool> {
    let package = build_from(workspace, "debug")?;
    let debian = workspace.root.join("packaging/debian");
    let unit = debian.join("lodge.service");
    let safe = Command::new("systemd-analyze")
        .arguments(["security", "--offline=true", "--threshold=20", "--no-pager"])
        .arguments([&unit])
        .output()
        .is_ok();
    let followed = Command::new("unshare")
        .arguments(["--mount", "--pid", "--net", "--fork", "--mount-proc", "sh"])
        .arguments([debian.join("follow-guide.sh")])
        .arguments([workspace.root.join("docs/operating/debian.md"), package])
        .show()?;
    Ok(safe && followed.success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_where_the_fence_does() {
        assert_eq!(block("a\n```sh\none\ntwo\n```\n```sh\nthree\n```", "sh"), Some("one\ntwo\n"));
        assert_eq!(block("a", "sh"), None);
    }
}
