//! What a `$search` says: `"displayName:ana" AND ("mail:a" OR "mail:b")`.

use crate::Path;
use kernel::{Error, Result};

/// Bytes of a whole search, after decoding.
const LONGEST: usize = 2048;
const MOST_CLAUSES: usize = 20;
const DEEPEST: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub enum Search {
    /// Two or more; none of them is an `And`.
    And(Vec<Self>),
    /// Two or more; none of them is an `Or`.
    Or(Vec<Self>),
    Clause {
        property: Path,
        text: String,
    },
}

impl Search {
    /// Each clause stands in double quotes and names its property; `AND`, which binds more strongly, and `OR` are
    /// in capitals. Inside quotes a backslash escapes a quote and itself.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > LONGEST {
            return Err(Error::bad_request("A search has at most 2048 bytes."));
        }
        let mut parser = Parser { rest: text, depth: 0, clauses: 0 };
        let search = parser.either()?;
        if parser.rest.trim_start().is_empty() { Ok(search) } else { Err(invalid()) }
    }

    fn join(mut all: Vec<Self>, whole: fn(Vec<Self>) -> Self) -> Self {
        match all.pop() {
            Some(only) if all.is_empty() => only,
            last => {
                all.extend(last);
                whole(all)
            }
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
    clauses: usize,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Search> {
        let mut all = vec![self.both()?];
        while self.take("OR") {
            match self.both()? {
                Search::Or(more) => all.extend(more),
                one => all.push(one),
            }
        }
        Ok(Search::join(all, Search::Or))
    }

    fn both(&mut self) -> Result<Search> {
        let mut all = vec![self.operand()?];
        while self.take("AND") {
            match self.operand()? {
                Search::And(more) => all.extend(more),
                one => all.push(one),
            }
        }
        Ok(Search::join(all, Search::And))
    }

    fn operand(&mut self) -> Result<Search> {
        if !self.take("(") {
            return self.clause();
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::bad_request("The search is nested too deeply."));
        }
        let inner = self.either()?;
        self.depth -= 1;
        if self.take(")") { Ok(inner) } else { Err(invalid()) }
    }

    fn clause(&mut self) -> Result<Search> {
        self.clauses += 1;
        if self.clauses > MOST_CLAUSES {
            return Err(Error::bad_request("A search has at most 20 clauses."));
        }
        let quoted = self.quoted().ok_or_else(invalid)?;
        let (property, text) = quoted.split_once(':').ok_or_else(invalid)?;
        let property = Path::parse(property.trim()).ok_or_else(invalid)?;
        let text = text.trim();
        if text.is_empty() { Err(invalid()) } else { Ok(Search::Clause { property, text: text.to_owned() }) }
    }

    fn take(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.trim_start().strip_prefix(word) else { return false };
        self.rest = rest;
        true
    }

    fn quoted(&mut self) -> Option<String> {
        let inside = self.rest.trim_start().strip_prefix('"')?;
        let mut text = String::new();
        let mut characters = inside.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = inside.get(at + 1..)?;
                    return Some(text);
                }
                '\\' => text.push(characters.next()?.1),
                other => text.push(other),
            }
        }
        None
    }
}

fn invalid() -> Error {
    let message = "Invalid search clause: a property and a text in double quotes are expected, such as \
                   $search=\"displayName:ana\"; clauses are joined by AND and OR.";
    Error::bad_request(message).code("Request_BadRequest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clause(property: &str, text: &str) -> Search {
        Search::Clause { property: Path::parse(property).unwrap(), text: text.to_owned() }
    }

    #[test]
    fn clauses_are_joined_and_binds_more_strongly_than_or() {
        assert_eq!(Search::parse(r#""displayName:ana gar""#).unwrap(), clause("displayName", "ana gar"));
        assert_eq!(
            Search::parse(r#" "mail:a" OR "mail:b" AND ("displayName:c" OR "displayName:d\"\\") "#).unwrap(),
            Search::Or(vec![
                clause("mail", "a"),
                Search::And(vec![
                    clause("mail", "b"),
                    Search::Or(vec![clause("displayName", "c"), clause("displayName", r#"d"\"#)]),
                ]),
            ])
        );
    }

    #[test]
    fn what_is_no_search_is_refused() {
        let deep = format!("{}\"mail:a\"", "(".repeat(1000));
        let many = vec!["\"mail:a\""; 21].join(" AND ");
        for text in [
            "",
            "ana",
            "\"ana\"",
            "\"mail:\"",
            "\"mail:a",
            "\"mail:a\" \"mail:b\"",
            "\"a b:c\"",
            "()",
            &deep,
            &many,
        ] {
            assert!(Search::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_search_panics(text in r#"["\\:() a-zA-ZNDOR]{0,40}"#) {
            let _ = Search::parse(&text);
        }
    }
}
