//! The code blocks of a guide, so that what is documented is what is tested.

use std::fs;
use std::path::Path;

/// The blocks of this language, in order.
pub fn blocks(guide: &str, language: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating").join(guide);
    let text = fs::read_to_string(file).unwrap();
    let open = format!("```{language}\n");
    text.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}
