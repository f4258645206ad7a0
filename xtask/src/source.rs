//! Just enough Rust to check a file: code without comments and texts, and the texts by line.

use std::str::Chars;

/// Splits a file. `code` keeps its lines, so that a position in it still names the line; comments and the
/// insides of texts are blank in it.
pub fn split(source: &str) -> Source {
    let mut splitter =
        Splitter { characters: source.chars(), code: String::with_capacity(source.len()), texts: Vec::new() };
    splitter.run();
    Source { code: splitter.code, texts: splitter.texts, test_lines: 0 }
}

pub struct Source {
    pub code: String,
    pub texts: Vec<Text>,
    test_lines: usize,
}

pub struct Text {
    /// Counted from one.
    pub line: usize,
    pub value: String,
}

impl Source {
    /// The file without its `#[cfg(test)]` items.
    pub fn outside_tests(mut self) -> Self {
        while let Some(start) = self.code.find("#[cfg(test)]") {
            let end = end_of_item(&self.code, start);
            let first = line_of(&self.code, start);
            let last = line_of(&self.code, end);
            self.texts.retain(|text| text.line < first || text.line > last);
            let blank: String = self
                .code
                .get(start..end)
                .unwrap_or_default()
                .chars()
                .map(|character| if character == '\n' { '\n' } else { ' ' })
                .collect();
            self.code.replace_range(start..end, &blank);
            self.test_lines += last - first + 1;
        }
        self
    }

    /// All lines but those of tests that were left out.
    pub fn line_count(&self) -> usize {
        self.code.lines().count() - self.test_lines
    }

    /// Every `name::` at the head of a path, with its line.
    pub fn path_heads(&self) -> Vec<(usize, &str)> {
        let mut heads = Vec::new();
        for (number, line) in self.code.lines().enumerate() {
            for (position, _) in line.match_indices("::") {
                let before = line.get(..position).unwrap_or_default();
                let start = before
                    .rfind(|character: char| !character.is_alphanumeric() && character != '_')
                    .map_or(0, |index| index + 1);
                let head = before.get(start..).unwrap_or_default();
                let is_inner = before.get(..start).is_some_and(|rest| rest.ends_with("::"));
                if !head.is_empty() && !is_inner {
                    heads.push((number + 1, head));
                }
            }
        }
        heads
    }

    /// The lines on which a path occurs, whole words only.
    pub fn lines_with(&self, path: &str) -> Vec<usize> {
        self.code
            .lines()
            .enumerate()
            .filter(|(_, line)| {
                line.match_indices(path).any(|(position, _)| {
                    let before = line.get(..position).and_then(|text| text.chars().next_back());
                    let after = line.get(position + path.len()..).and_then(|text| text.chars().next());
                    let is_word = |edge: Option<char>| {
                        edge.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
                    };
                    !is_word(before) && !is_word(after)
                })
            })
            .map(|(number, _)| number + 1)
            .collect()
    }
}

fn line_of(code: &str, position: usize) -> usize {
    code.get(..position).unwrap_or_default().matches('\n').count() + 1
}

/// An item ends with the semicolon before its first brace, or with the brace that closes the first one.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, character) in code.get(start..).unwrap_or_default().char_indices() {
        match character {
            ';' if depth == 0 => return start + offset + 1,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return start + offset + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

struct Splitter<'a> {
    characters: Chars<'a>,
    code: String,
    texts: Vec<Text>,
}

impl Splitter<'_> {
    fn run(&mut self) {
        while let Some(character) = self.characters.next() {
            match character {
                '/' if self.rest().starts_with('/') => self.line_comment(),
                '/' if self.rest().starts_with('*') => self.block_comment(),
                '"' => self.text(),
                'r' if self.is_raw_text() => self.raw_text(),
                '\'' => self.character_or_lifetime(),
                other => self.code.push(other),
            }
        }
    }

    fn rest(&self) -> &str {
        self.characters.as_str()
    }

    fn skip(&mut self, character: char) {
        self.code.push(if character == '\n' { '\n' } else { ' ' });
    }

    fn line(&self) -> usize {
        self.code.matches('\n').count() + 1
    }

    fn line_comment(&mut self) {
        for character in self.characters.by_ref() {
            if character == '\n' {
                self.code.push('\n');
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        let mut previous = '/';
        while let Some(character) = self.characters.next() {
            self.skip(character);
            match (previous, character) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth = depth.saturating_sub(1),
                _ => {
                    previous = character;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
            previous = ' ';
        }
    }

    fn text(&mut self) {
        let line = self.line();
        let mut value = String::new();
        self.code.push('"');
        while let Some(character) = self.characters.next() {
            match character {
                '"' => break,
                '\\' => {
                    self.skip(' ');
                    if let Some(escaped) = self.characters.next() {
                        value.push(if escaped == 'n' || escaped == '\n' { ' ' } else { escaped });
                        self.skip(escaped);
                    }
                }
                other => {
                    value.push(other);
                    self.skip(other);
                }
            }
        }
        self.code.push('"');
        self.texts.push(Text { line, value });
    }

    /// After an `r`: hashes and a quote, and the `r` is no end of a longer name (`br"…"` is one still).
    fn is_raw_text(&self) -> bool {
        let mut before = self.code.chars().rev();
        let part_of_name = match before.next() {
            Some('b') => before.next().is_some_and(|letter| letter.is_alphanumeric() || letter == '_'),
            Some(letter) => letter.is_alphanumeric() || letter == '_',
            None => false,
        };
        !part_of_name && self.rest().trim_start_matches('#').starts_with('"')
    }

    fn raw_text(&mut self) {
        let line = self.line();
        let hashes = self.rest().chars().take_while(|character| *character == '#').count();
        let end = format!("\"{}", "#".repeat(hashes));
        for _ in 0..=hashes {
            self.characters.next();
        }
        self.code.push('"');
        let length = self.rest().find(&end).unwrap_or(self.rest().len());
        let value = self.rest().get(..length).unwrap_or_default().to_owned();
        for character in value.chars() {
            self.skip(character);
        }
        self.characters = self.rest_after(length + end.len());
        self.code.push('"');
        self.texts.push(Text { line, value });
    }

    fn character_or_lifetime(&mut self) {
        self.code.push('\'');
        let mut ahead = self.rest().chars();
        match (ahead.next(), ahead.next()) {
            (Some('\\'), Some(_)) => {
                self.characters.next();
                self.characters.next();
                for character in self.characters.by_ref() {
                    if character == '\'' {
                        break;
                    }
                }
                self.code.push('\'');
            }
            (Some(_), Some('\'')) => {
                self.characters.next();
                self.characters.next();
                self.code.push_str(" '");
            }
            _ => {}
        }
    }
}

impl<'a> Splitter<'a> {
    fn rest_after(&self, length: usize) -> Chars<'a> {
        self.characters.as_str().get(length..).unwrap_or_default().chars()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_no_code() {
        let source =
            split("let a = \"std::fs \\\" x\"; // std::fs\n/* a /* b */ std::fs */ let b = r#\"q\"q\"#;\n");
        assert!(!source.code.contains("std::fs"));
        let values: Vec<_> = source.texts.iter().map(|text| (text.line, text.value.as_str())).collect();
        assert_eq!(values, [(1, "std::fs \" x"), (2, "q\"q")]);
    }

    #[test]
    fn a_quote_character_does_not_open_a_text() {
        let source = split("fn f<'a>(x: &'a str) -> char { '\"' }\nlet y = '\\''; std::fs::read();");
        assert!(source.texts.is_empty());
        assert_eq!(source.lines_with("std::fs"), [2]);
    }

    #[test]
    fn test_items_are_left_out() {
        let source = split(
            "use a::b;\n#[cfg(test)]\nmod tests {\n    use std::fs;\n    \"SELECT 1\";\n}\nuse c::d;\n",
        );
        let source = source.outside_tests();
        assert!(source.lines_with("std::fs").is_empty());
        assert!(source.texts.is_empty());
        assert_eq!(source.path_heads(), [(1, "a"), (7, "c")]);
    }

    #[test]
    fn only_the_head_of_a_path_counts() {
        assert_eq!(
            split("use kernel::verdict::Verdict;\nx = store::Tx::new()").path_heads(),
            [(1, "kernel"), (2, "store")]
        );
    }
}
