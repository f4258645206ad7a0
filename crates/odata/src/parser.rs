//! Reads a `$filter`: precedence climbing over `or`, `and` and `not`, with a bound on everything.

use crate::lexer::{Lexer, Token};
use crate::{Comparison, Filter, Literal, Path, Quantifier, TextMatch};
use std::fmt;

/// Bytes of a whole filter, after decoding.
pub const LONGEST_FILTER: usize = 16 * 1024;
/// Conditions, and values in `in` lists, of a whole filter.
pub const MOST_CLAUSES: usize = 100;
/// Parentheses, `not` and lambdas inside each other.
const DEEPEST: usize = 24;

pub(crate) fn parse(text: &str) -> Result<Filter, FilterError> {
    if text.len() > LONGEST_FILTER {
        return Err(FilterError::new(LONGEST_FILTER, "a filter has at most 16384 bytes"));
    }
    let mut parser = Parser::new(text)?;
    let filter = parser.condition(0)?;
    if parser.token != Token::End {
        return Err(parser.unexpected("'and', 'or' or the end is expected"));
    }
    Ok(filter)
}

/// What is wrong with a filter, and at which byte of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    pub offset: usize,
    pub reason: String,
    code: &'static str,
}

impl FilterError {
    pub(crate) fn new(offset: usize, reason: impl Into<String>) -> Self {
        Self { offset, reason: reason.into(), code: "BadRequest" }
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invalid filter clause: {} at position {}.", self.reason, self.offset)
    }
}

impl From<FilterError> for kernel::Error {
    fn from(error: FilterError) -> Self {
        Self::bad_request(error.to_string()).code(error.code)
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    /// Where the current token begins.
    at: usize,
    depth: usize,
    clauses: usize,
    /// Collections of the lambdas around the current place with the variables of their elements.
    lambdas: Vec<(String, Path)>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, FilterError> {
        let mut lexer = Lexer::new(text);
        let (at, token) = lexer.next()?;
        Ok(Self { lexer, token, at, depth: 0, clauses: 0, lambdas: Vec::new() })
    }

    fn advance(&mut self) -> Result<Token, FilterError> {
        let (at, token) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn unexpected(&self, expected: &str) -> FilterError {
        FilterError::new(self.at, expected)
    }

    fn expect(&mut self, token: &Token, expected: &str) -> Result<(), FilterError> {
        if self.token != *token {
            return Err(self.unexpected(expected));
        }
        self.advance().map(|_| ())
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    /// Takes operators that bind at least as strongly as `weakest`: 0 is `or`, 1 is `and`.
    fn condition(&mut self, weakest: u8) -> Result<Filter, FilterError> {
        let mut left = self.operand()?;
        loop {
            if self.is_word("and") {
                self.advance()?;
                left = Filter::and(left, self.operand()?);
            } else if weakest == 0 && self.is_word("or") {
                self.advance()?;
                left = Filter::or(left, self.condition(1)?);
            } else {
                return Ok(left);
            }
        }
    }

    fn operand(&mut self) -> Result<Filter, FilterError> {
        match &self.token {
            Token::Open => self.deeper(|parser| {
                parser.advance()?;
                let inner = parser.condition(0)?;
                parser.expect(&Token::Close, "a closing parenthesis is expected")?;
                Ok(inner)
            }),
            Token::Word(word) if word.eq_ignore_ascii_case("not") => self.deeper(|parser| {
                parser.advance()?;
                Ok(Filter::Not(Box::new(parser.operand()?)))
            }),
            Token::Word(_) => self.clause(),
            _ => Err(self.unexpected("a condition is expected")),
        }
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Filter, FilterError>,
    ) -> Result<Filter, FilterError> {
        if self.depth == DEEPEST {
            return Err(self.unexpected("the filter is nested too deeply"));
        }
        self.depth += 1;
        let filter = read(self)?;
        self.depth -= 1;
        Ok(filter)
    }

    fn count_clause(&mut self) -> Result<(), FilterError> {
        self.clauses += 1;
        if self.clauses <= MOST_CLAUSES {
            return Ok(());
        }
        let mut error = self.unexpected("a filter has at most 100 conditions and values");
        error.code = "Request_UnsupportedQuery";
        Err(error)
    }

    /// One comparison, function or lambda.
    fn clause(&mut self) -> Result<Filter, FilterError> {
        self.count_clause()?;
        let start = self.at;
        let Token::Word(word) = self.advance()? else {
            return Err(FilterError::new(start, "a property is expected"));
        };
        if self.token == Token::Open {
            return self.call(start, &word);
        }
        let property = self.property(start, &word)?;
        let operator_at = self.at;
        let Token::Word(operator) = self.advance()? else {
            return Err(FilterError::new(operator_at, "an operator such as 'eq' is expected"));
        };
        if operator.eq_ignore_ascii_case("in") {
            return Ok(Filter::In { property, values: self.values()? });
        }
        let Some(comparison) = Comparison::from_word(&operator) else {
            return Err(FilterError::new(operator_at, "an operator such as 'eq' is expected"));
        };
        Ok(Filter::Compare { property, comparison, value: self.literal()? })
    }

    /// `startsWith(property,'text')` or `collection/any(x:condition)`; the current token is the parenthesis.
    fn call(&mut self, start: usize, word: &str) -> Result<Filter, FilterError> {
        if let Some(matching) = TextMatch::from_word(word) {
            self.advance()?;
            let property_at = self.at;
            let Token::Word(property) = self.advance()? else {
                return Err(FilterError::new(property_at, "a property is expected"));
            };
            let property = self.property(property_at, &property)?;
            self.expect(&Token::Comma, "a comma is expected")?;
            let Token::Text(text) = &mut self.token else {
                return Err(self.unexpected("a text in single quotes is expected"));
            };
            let text = std::mem::take(text);
            self.advance()?;
            self.expect(&Token::Close, "a closing parenthesis is expected")?;
            return Ok(Filter::Text { property, matching, text });
        }
        let lambda = word
            .rsplit_once('/')
            .and_then(|(collection, last)| Some((collection, Quantifier::from_word(last)?)));
        let Some((collection, quantifier)) = lambda else {
            return Err(FilterError::new(start, "this function is not known"));
        };
        let collection = self.property(start, collection)?;
        self.deeper(|parser| parser.elements(collection, quantifier))
    }

    fn elements(&mut self, collection: Path, quantifier: Quantifier) -> Result<Filter, FilterError> {
        self.advance()?;
        if self.token == Token::Close && quantifier == Quantifier::Any {
            self.advance()?;
            return Ok(Filter::Elements { collection, quantifier, condition: None });
        }
        let variable_at = self.at;
        let variable = match self.advance()? {
            Token::Word(word) if crate::path::is_name(&word) => word,
            _ => return Err(FilterError::new(variable_at, "a variable is expected")),
        };
        self.expect(&Token::Colon, "a colon is expected")?;
        self.lambdas.push((variable, collection.clone()));
        let condition = self.condition(0)?;
        self.lambdas.pop();
        self.expect(&Token::Close, "a closing parenthesis is expected")?;
        Ok(Filter::Elements { collection, quantifier, condition: Some(Box::new(condition)) })
    }

    fn values(&mut self) -> Result<Vec<Literal>, FilterError> {
        self.expect(&Token::Open, "an opening parenthesis is expected")?;
        let mut values = vec![self.literal()?];
        while self.token == Token::Comma {
            self.count_clause()?;
            self.advance()?;
            values.push(self.literal()?);
        }
        self.expect(&Token::Close, "a comma or a closing parenthesis is expected")?;
        Ok(values)
    }

    fn literal(&mut self) -> Result<Literal, FilterError> {
        let start = self.at;
        match self.advance()? {
            Token::Text(text) => Ok(Literal::Text(text)),
            Token::Word(word) => {
                Literal::parse_bare(&word).ok_or_else(|| FilterError::new(start, "a value is expected"))
            }
            _ => Err(FilterError::new(start, "a value is expected")),
        }
    }

    /// Inside a lambda only the innermost variable can be spoken of, so that every path is told apart.
    fn property(&self, start: usize, word: &str) -> Result<Path, FilterError> {
        let path = Path::parse(word).ok_or_else(|| FilterError::new(start, "a property is expected"))?;
        let Some((variable, collection)) = self.lambdas.last() else { return Ok(path) };
        if path.property() != variable {
            return Err(FilterError::new(start, format!("a property of '{variable}' is expected")));
        }
        let rest = word.split_once('/').map_or("", |(_, rest)| rest);
        Ok(collection.element(rest))
    }
}
