//! One SQL text per statement for both engines.
//!
//! A text names its parameters (`:name`) and uses at most the dialect tokens below. `:tenant` is bound by the
//! store from the handle's scope, never by the caller, so a statement cannot reach into another tenant.

use std::sync::OnceLock;

/// Which handle may run a statement, and what the statement check demands of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Leads with `:tenant`.
    Tenant,
    /// Leads with `:tenant` and must be answered from an index on both engines.
    Hot,
    /// Reads or writes one of the few global tables; runs only through the methods named `_global`.
    Global,
}

pub struct Statement {
    pub name: &'static str,
    pub text: &'static str,
    pub scope: Scope,
    compiled: OnceLock<Compiled>,
}

pub(crate) struct Compiled {
    pub sqlite: String,
    pub postgres: String,
    /// Parameter names in the order of their numbers, which start at 1.
    pub names: Vec<&'static str>,
}

impl Statement {
    pub const fn new(name: &'static str, text: &'static str, scope: Scope) -> Self {
        Self { name, text, scope, compiled: OnceLock::new() }
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| compile(self.text))
    }

    /// Whether the rows it returns are rows it changed.
    pub(crate) fn returns_changes(&self) -> bool {
        self.text.contains("RETURNING")
    }

    /// Whether it changes something whenever it does not fail.
    pub(crate) fn always_changes(&self) -> bool {
        self.text.starts_with("INSERT") && self.text.contains("VALUES") && !self.text.contains("ON CONFLICT")
    }

    /// Whether the text names `:tenant`.
    pub fn names_tenant(&self) -> bool {
        self.compiled().names.contains(&"tenant")
    }
}

/// Declares the statements of a slice, and the list `STATEMENTS` that its module hands to the statement check:
/// `statements! { FIND_USER: hot = "SELECT … WHERE tenant_id = :tenant AND id = :id"; }`
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident: $scope:ident = $text:expr;)*) => {
        $($(#[$doc])* pub static $name: $crate::Statement =
            $crate::Statement::new(concat!(module_path!(), "::", stringify!($name)), $text, $crate::statements!(@scope $scope));)*
        pub static STATEMENTS: &[&$crate::Statement] = &[$(&$name),*];
    };
    (@scope tenant) => { $crate::Scope::Tenant };
    (@scope hot) => { $crate::Scope::Hot };
    (@scope global) => { $crate::Scope::Global };
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// Replaces the dialect tokens. Column types: `{id}` 16 bytes, `{int}` 64 bits, `{bytes}`, `{bool}`, `{text}`
/// (compared byte by byte). `{strict}` ends a `CREATE TABLE`, `{fleeting}` one whose rows end with the epoch: no
/// backup holds them. `{skip_locked}` ends a claiming sub-select.
pub(crate) fn translate(text: &str, dialect: Dialect) -> String {
    let tokens: &[(&str, &str)] = match dialect {
        Dialect::Sqlite => &[
            ("{id}", "BLOB"),
            ("{int}", "INTEGER"),
            ("{bytes}", "BLOB"),
            ("{bool}", "INTEGER"),
            ("{text}", "TEXT"),
            ("{strict}", "STRICT, WITHOUT ROWID"),
            ("{fleeting}", "STRICT, WITHOUT ROWID"),
            ("{skip_locked}", ""),
        ],
        Dialect::Postgres => &[
            ("{id}", "UUID"),
            ("{int}", "BIGINT"),
            ("{bytes}", "BYTEA"),
            ("{bool}", "BOOLEAN"),
            ("{text}", "TEXT COLLATE \"C\""),
            ("{strict}", ""),
            ("{fleeting}", ""),
            ("{skip_locked}", "FOR UPDATE SKIP LOCKED"),
        ],
    };
    let mut text = text.to_owned();
    for (token, replacement) in tokens {
        if text.contains(token) {
            text = text.replace(token, replacement);
        }
    }
    // `) STRICT, WITHOUT ROWID` has no counterpart, and an empty end leaves `) ` behind: harmless.
    text
}

fn compile(text: &'static str) -> Compiled {
    let mut names: Vec<&'static str> = Vec::new();
    let mut sqlite = String::with_capacity(text.len());
    let mut postgres = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let (name, behind) = after.split_at(end);
        sqlite.push_str(before);
        postgres.push_str(before);
        let number = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        }) + 1;
        let number = number.to_string();
        sqlite.extend(["?", &number]);
        postgres.extend(["$", &number]);
        rest = behind;
    }
    sqlite.push_str(rest);
    postgres.push_str(rest);
    let sqlite = translate(&sqlite, Dialect::Sqlite);
    let postgres = translate(&postgres, Dialect::Postgres);
    Compiled { sqlite, postgres, names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_by_first_appearance() {
        let compiled =
            compile("SELECT a FROM t WHERE tenant_id = :tenant AND (b = :b OR c = :b) LIMIT :limit");
        assert_eq!(compiled.sqlite, "SELECT a FROM t WHERE tenant_id = ?1 AND (b = ?2 OR c = ?2) LIMIT ?3");
        assert_eq!(compiled.postgres, "SELECT a FROM t WHERE tenant_id = $1 AND (b = $2 OR c = $2) LIMIT $3");
        assert_eq!(compiled.names, ["tenant", "b", "limit"]);
    }

    #[test]
    fn tokens_become_the_engine_s_words() {
        let text = "CREATE TABLE t (id {id}, n {int}) {strict}";
        assert_eq!(
            translate(text, Dialect::Sqlite),
            "CREATE TABLE t (id BLOB, n INTEGER) STRICT, WITHOUT ROWID"
        );
        assert_eq!(translate(text, Dialect::Postgres), "CREATE TABLE t (id UUID, n BIGINT) ");
    }
}
