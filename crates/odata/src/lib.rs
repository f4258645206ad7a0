//! OData query options as Graph takes them: text to types, and nothing else.
//!
//! Everything here faces hostile input before anybody is authenticated, so every parser has a bound on length,
//! depth and number of clauses, and none panics. What an option means for a collection is not known here.

mod filter;
mod lexer;
mod literal;
mod parser;
mod path;
mod query;
mod search;

pub use filter::{Comparison, Filter, Quantifier, TextMatch};
pub use literal::Literal;
pub use parser::{FilterError, LONGEST_FILTER, MOST_CLAUSES};
pub use path::Path;
pub use query::{OrderBy, Query, QueryOption};
pub use search::Search;

#[cfg(test)]
mod tests;
