//! The architecture check: who may import whom, and what may stand where.
//!
//! Between crates the direction comes from Cargo's metadata. Within them four rules are read off the sources:
//! a slice's `rules.rs` is pure, SQL stands in `store.rs`, only the binary touches files and environment, and a
//! file stays short.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::metadata::{self, Package, Workspace};
use crate::report::Counts;
use crate::source::{self, Source};

/// A crate imports only from lower floors.
const FLOORS: [(&str, u8); 16] = [
    ("kernel", 0),
    ("scratch-postgres", 0),
    ("odata", 1),
    ("jose", 1),
    ("web", 2),
    ("store", 2),
    ("graph", 3),
    ("delivery", 3),
    ("module", 4),
    ("directory", 5),
    ("collaboration", 6),
    ("signin", 7),
    ("lodge", 9),
    ("testkit", 10),
    ("bench", 10),
    ("xtask", 10),
];

/// Lines of a file, its tests not counted.
const LONGEST_FILE: usize = 500;

/// Lines of a file of tests: a list of cases may be long.
const LONGEST_TEST_FILE: usize = 800;

/// Files longer than that, each with its reason.
const LONG_FILES: [(&str, &str); 2] = [
    ("crates/signin/src/admission/pages.rs", "every answer of the redemption pages is one small handler"),
    ("crates/signin/src/token/service.rs", "all grants end in the same answer"),
];

/// Crates that may touch `std::env` and `std::fs`: the binary, and what runs in tests and tasks only.
const OUTSIDE_WORLD: [&str; 5] = ["lodge", "testkit", "scratch-postgres", "xtask", "bench"];

/// Files that may as well, each with its reason.
const OUTSIDE_WORLD_FILES: [(&str, &str); 2] = [
    ("crates/store/src/sqlite.rs", "grows the write-ahead log before SQLite opens it"),
    (
        "crates/delivery/src/mailbox/file.rs",
        "keeps captured mail where the binary says, synced before it is counted",
    ),
];

/// The files of a slice that a rule must not lean on.
const IMPURE_FILES: [&str; 6] = ["store", "service", "graph", "pages", "mail", "jobs"];

/// How a statement begins: a text with this is SQL.
const STATEMENTS: [&str; 9] = [
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "WITH ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE INDEX ",
    "ALTER TABLE ",
];

/// The task `cargo xtask imports`.
pub fn run() -> Result<bool> {
    let counts = check(&metadata::load()?)?;
    println!("{} passed, {} failed", counts.passed, counts.failed);
    Ok(counts.failed == 0)
}

/// Prints every violation with its place; counts crates and files.
pub fn check(workspace: &Workspace) -> Result<Counts> {
    let mut counts = Counts::default();
    for package in &workspace.packages {
        let violations = crate_direction(package, &workspace.packages);
        counts = counts.add(shown(&violations));
        for path in rust_files(package.folder())? {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let place = path.strip_prefix(&workspace.root).unwrap_or(&path);
            let violations = file_rules(package, place, &text);
            counts = counts.add(shown(&violations));
        }
    }
    Ok(counts)
}

fn shown(violations: &[String]) -> Counts {
    for violation in violations {
        println!("{violation}");
    }
    Counts::one(violations.is_empty())
}

fn floor(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(known, _)| *known == name).map(|(_, floor)| *floor)
}

fn crate_direction(package: &Package, all: &[Package]) -> Vec<String> {
    let Some(own) = floor(&package.name) else {
        return vec![format!("{}: give this crate a floor in xtask/src/imports.rs", package.name)];
    };
    package
        .dependencies
        .iter()
        .filter(|dependency| all.iter().any(|other| other.name == dependency.name))
        .filter(|dependency| !(dependency.is_for_tests() && dependency.name == "testkit"))
        .filter(|dependency| floor(&dependency.name).is_some_and(|other| other >= own))
        .map(|dependency| format!("{}: imports {}, which stands no lower", package.name, dependency.name))
        .collect()
}

fn file_rules(package: &Package, place: &Path, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    let name = place.to_string_lossy();
    if is_test_code(place) {
        violations.extend(too_long(&name, text.lines().count(), LONGEST_TEST_FILE));
        return violations;
    }
    let source = source::split(text).outside_tests();
    violations.extend(too_long(&name, source.line_count(), LONGEST_FILE));
    if !OUTSIDE_WORLD.contains(&package.name.as_str())
        && !OUTSIDE_WORLD_FILES.iter().any(|(file, _)| *file == name)
    {
        violations.extend(outside_world(&name, &source));
    }
    if !may_hold_sql(package, place) {
        violations.extend(misplaced_sql(&name, &source));
    }
    if is_rules(place) {
        violations.extend(impure_rules(&name, package, &source));
    }
    violations
}

fn too_long(name: &str, lines: usize, most: usize) -> Option<String> {
    let has_reason = LONG_FILES.iter().any(|(file, _)| *file == name);
    (lines > most && !has_reason)
        .then(|| format!("{name}: {lines} lines; split it, or give the reason in xtask/src/imports.rs"))
}

fn outside_world(name: &str, source: &Source) -> Vec<String> {
    ["std::env", "std::fs", "tokio::fs"]
        .iter()
        .flat_map(|path| source.lines_with(path).into_iter().map(move |line| (path, line)))
        .map(|(path, line)| {
            format!("{name}:{line}: only the binary uses {path}; take the value as an argument")
        })
        .collect()
}

fn misplaced_sql(name: &str, source: &Source) -> Vec<String> {
    source
        .texts
        .iter()
        .filter(|text| is_statement(&text.value))
        .map(|text| format!("{name}:{}: SQL stands in a slice's store.rs", text.line))
        .collect()
}

/// A statement begins with its verb and has one of the words that follow it in SQL, so that a sentence of a
/// page is none.
fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    STATEMENTS.iter().any(|verb| text.starts_with(verb))
        && ["FROM", "INTO", "SET", "WHERE", "AS (", "(", "COLUMN"].iter().any(|word| text.contains(word))
}

/// Pure means: nothing but the kernel, the standard library, serde, the words in which a rule explains itself
/// (`module::Rule`), and the types of slices, but nothing from a file that reads, writes or answers.
fn impure_rules(name: &str, package: &Package, source: &Source) -> Vec<String> {
    let foreign: Vec<String> = package
        .dependencies
        .iter()
        .map(metadata::Dependency::identifier)
        .filter(|identifier| !["kernel", "serde"].contains(&identifier.as_str()))
        .collect();
    let mut violations: Vec<String> = source
        .path_heads()
        .into_iter()
        .filter(|(_, head)| foreign.iter().any(|identifier| identifier == head))
        .filter(|(line, head)| *head != "module" || !source.lines_with("module::Rule").contains(line))
        .map(|(line, head)| format!("{name}:{line}: a rule is pure and cannot use {head}"))
        .collect();
    for (number, line) in source.code.lines().enumerate() {
        let line = line.trim_start().trim_start_matches("pub ");
        let Some(path) = line.strip_prefix("use ") else { continue };
        let inward = path.starts_with("crate::") || path.starts_with("super::");
        let words = || path.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        if inward && let Some(word) = words().find(|word| IMPURE_FILES.contains(word)) {
            violations
                .push(format!("{name}:{}: a rule is pure and cannot use what stands in {word}", number + 1));
        }
    }
    violations
}

fn is_rules(place: &Path) -> bool {
    has_file_name(place, "rules.rs") || place.components().any(|part| part.as_os_str() == "rules")
}

fn is_test_code(place: &Path) -> bool {
    has_file_name(place, "tests.rs")
        || place
            .components()
            .any(|part| ["tests", "benches", "examples"].iter().any(|name| part.as_os_str() == *name))
}

fn may_hold_sql(package: &Package, place: &Path) -> bool {
    ["store", "testkit", "scratch-postgres", "xtask", "bench"].contains(&package.name.as_str())
        || ["store.rs", "migrations.rs", "migration.rs"].iter().any(|name| has_file_name(place, name))
        || place.components().any(|part| ["store", "migrations"].iter().any(|name| part.as_os_str() == *name))
}

fn has_file_name(place: &Path, name: &str) -> bool {
    place.file_name().is_some_and(|file| file == name)
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                if !["target", "node_modules"].iter().any(|name| has_file_name(&path, name)) {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Dependency;

    fn package(name: &str, imports: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            manifest_path: PathBuf::from(format!("/w/crates/{name}/Cargo.toml")),
            dependencies: imports
                .iter()
                .map(|name| Dependency { name: (*name).to_owned(), kind: None, rename: None })
                .collect(),
        }
    }

    fn violations(place: &str, text: &str) -> Vec<String> {
        file_rules(&package("collaboration", &["kernel", "store", "tokio"]), Path::new(place), text)
    }

    #[test]
    fn an_arrow_that_turns_back_is_found() {
        let all = [package("web", &["graph"]), package("graph", &["web", "kernel"]), package("kernel", &[])];
        assert_eq!(crate_direction(&all[0], &all).len(), 1);
        assert!(crate_direction(&all[1], &all).is_empty());
        assert_eq!(crate_direction(&package("attic", &[]), &all).len(), 1);
    }

    #[test]
    fn a_rule_that_reads_the_store_is_found() {
        let place = "crates/collaboration/src/invitation/rules.rs";
        assert_eq!(violations(place, "use kernel::Verdict;\nuse store::Tx;\n").len(), 1);
        assert_eq!(violations(place, "use super::service::Facts;\n").len(), 1);
        assert!(
            violations(place, "use kernel::Verdict;\nuse super::super::domain::rules::Facts;\n").is_empty()
        );
    }

    #[test]
    fn sql_outside_the_store_file_is_found() {
        let text = "const Q: &str = \"SELECT id FROM user WHERE x\";\nlet s = \"Select a target\";\n";
        assert_eq!(violations("crates/collaboration/src/invitation/service.rs", text).len(), 1);
        assert!(violations("crates/collaboration/src/invitation/store.rs", text).is_empty());
        assert!(violations("crates/collaboration/src/invitation/tests.rs", text).is_empty());
    }

    #[test]
    fn files_and_environment_belong_to_the_binary() {
        let text = "use std::fs;\nlet home = std::env::var(\"HOME\");\n";
        assert_eq!(violations("crates/collaboration/src/lib.rs", text).len(), 2);
        assert!(file_rules(&package("lodge", &[]), Path::new("crates/lodge/src/main.rs"), text).is_empty());
    }

    #[test]
    fn a_long_file_needs_a_reason() {
        let long = "\n".repeat(LONGEST_FILE + 1);
        assert_eq!(violations("crates/collaboration/src/lib.rs", &long).len(), 1);
        assert!(violations("crates/collaboration/src/invitation/tests.rs", &long).is_empty());
        let tests = format!("#[cfg(test)]\nmod tests {{{long}}}\n");
        assert!(violations("crates/collaboration/src/lib.rs", &tests).is_empty());
    }
}
