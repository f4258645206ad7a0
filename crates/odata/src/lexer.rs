//! The tokens of a `$filter`.

use crate::FilterError;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Open,
    Close,
    Comma,
    Colon,
    /// Names, operators, numbers, dates, GUIDs and paths: told apart by where they stand.
    Word(String),
    Text(String),
    End,
}

/// Reads one token at a time; knows where each began.
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and the byte it begins at.
    pub(crate) fn next(&mut self) -> Result<(usize, Token), FilterError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok((start, Token::End)) };
        let token = match first {
            '(' => self.single(Token::Open),
            ')' => self.single(Token::Close),
            ',' => self.single(Token::Comma),
            ':' => self.single(Token::Colon),
            '\'' => self.quoted()?,
            _ => self.word()?,
        };
        Ok((start, token))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn single(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    /// A text in single quotes; a quote inside is doubled.
    fn quoted(&mut self) -> Result<Token, FilterError> {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            if character != '\'' {
                text.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                text.push('\'');
            } else {
                self.at = start + at + 1;
                return Ok(Token::Text(text));
            }
        }
        Err(FilterError::new(start, "a text is not closed by a single quote"))
    }

    /// A colon belongs to a word only between digits, as in a time; elsewhere it ends a lambda's variable.
    fn word(&mut self) -> Result<Token, FilterError> {
        let rest = self.rest();
        let is_time_colon = |at: usize| {
            let bytes = rest.as_bytes();
            let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            bytes.get(at) == Some(&b':')
                && rest.starts_with(|first: char| first.is_ascii_digit())
                && digit(at.checked_sub(1))
                && digit(at.checked_add(1))
        };
        let length = rest
            .bytes()
            .enumerate()
            .take_while(|(at, byte)| {
                byte.is_ascii_alphanumeric() || b"_./$+-".contains(byte) || is_time_colon(*at)
            })
            .count();
        if length == 0 {
            return Err(FilterError::new(self.at, "this character has no meaning here"));
        }
        self.at += length;
        Ok(Token::Word(rest.get(..length).unwrap_or_default().to_owned()))
    }
}
