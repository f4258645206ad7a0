//! What the machine must have besides Rust, and how it gets it: one `apt-get` line, asked for first.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Result, bail};

use crate::command::Command;

const FIRST_NODE: u32 = 20;

struct Need {
    package: &'static str,
    purpose: &'static str,
    is_met: fn() -> bool,
}

const NEEDS: [Need; 11] = [
    Need { package: "postgresql-15", purpose: "the second storage engine", is_met: has_postgres },
    Need { package: "haproxy", purpose: "several nodes behind a proxy", is_met: has_haproxy },
    Need { package: "strace", purpose: "the proof that a commit is synced", is_met: has_strace },
    Need {
        package: "nginx-light",
        purpose: "the proof that no proxy's header leads astray",
        is_met: has_nginx,
    },
    Need { package: "postfix", purpose: "the guide for Debian, followed", is_met: has_postfix },
    Need { package: "jq", purpose: "the guide for Debian, followed", is_met: has_jq },
    Need { package: "python3-venv", purpose: "Microsoft's Python libraries", is_met: has_python },
    Need { package: "nodejs", purpose: "openid-client and the browser stories", is_met: has_node },
    Need { package: "npm", purpose: "openid-client and the browser stories", is_met: has_npm },
    Need { package: "chromium", purpose: "the browser stories", is_met: has_chromium },
    Need { package: "fonts-noto-core", purpose: "Arabic in screenshots", is_met: has_arabic_font },
];

/// Makes sure that everything is there. Without `install` the line is shown and asked for; refused, or with
/// nobody to ask, it is an error, for a run that leaves out what the machine lacks proves nothing.
pub fn prepare(install: bool) -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.is_met)()).collect();
    let lines = lines_for(&missing);
    if lines.is_empty() {
        return Ok(());
    }
    println!("This machine lacks:");
    for need in &missing {
        println!("  {:<16} {}", need.package, need.purpose);
    }
    println!("It gets that by:");
    for line in &lines {
        println!("  {line}");
    }
    if !install && !agreed()? {
        bail!("run the lines above and come again, or use `cargo xtask test --install`");
    }
    for line in &lines {
        if !Command::new("sh")
            .arguments(["-c", line])
            .variable("DEBIAN_FRONTEND", "noninteractive")
            .show()?
            .success
        {
            bail!("this failed: {line}");
        }
    }
    match NEEDS.iter().find(|need| !(need.is_met)()) {
        Some(need) => bail!("{} is installed and still does not serve {}", need.package, need.purpose),
        None => Ok(()),
    }
}

/// The test runner alone, for the inner loop.
pub fn prepare_runner() -> Result<()> {
    if has_nextest() {
        return Ok(());
    }
    bail!("the tests need cargo-nextest: cargo install --locked cargo-nextest")
}

fn lines_for(missing: &[&Need]) -> Vec<String> {
    let mut lines = Vec::new();
    if !missing.is_empty() {
        let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
        let root = if is_root() { "" } else { "sudo " };
        lines.push(format!(
            "{root}apt-get update && {root}apt-get install --yes --no-install-recommends {}",
            packages.join(" ")
        ));
    }
    if !has_nextest() {
        lines.push("cargo install --locked cargo-nextest".to_owned());
    }
    lines
}

fn agreed() -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("Run it now? [y/N] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

pub fn is_root() -> bool {
    Command::new("id").arguments(["-u"]).output().is_ok_and(|user| user.trim() == "0")
}

fn has_postgres() -> bool {
    ["initdb", "postgres", "pgbench"]
        .iter()
        .all(|name| Path::new(scratch_postgres::PROGRAMS).join(name).exists())
}

fn has_haproxy() -> bool {
    Path::new("/usr/sbin/haproxy").exists()
}

fn has_strace() -> bool {
    Command::new("strace").arguments(["--version"]).succeeds()
}

fn has_nginx() -> bool {
    Path::new("/usr/sbin/nginx").exists()
}

fn has_postfix() -> bool {
    Path::new("/usr/sbin/postfix").exists()
}

fn has_jq() -> bool {
    Command::new("jq").arguments(["--version"]).succeeds()
}

fn has_python() -> bool {
    Command::new("python3").arguments(["-c", "import ensurepip, venv"]).succeeds()
}

fn has_node() -> bool {
    Command::new("node")
        .arguments(["--version"])
        .output()
        .ok()
        .and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok())
        .is_some_and(|major| major >= FIRST_NODE)
}

fn has_npm() -> bool {
    Command::new("npm").arguments(["--version"]).succeeds()
}

fn has_chromium() -> bool {
    Path::new("/usr/bin/chromium").exists()
}

fn has_arabic_font() -> bool {
    Command::new("fc-list").arguments([":lang=ar"]).output().is_ok_and(|fonts| !fonts.trim().is_empty())
}

fn has_nextest() -> bool {
    Command::new("cargo").arguments(["nextest", "--version"]).succeeds()
}
