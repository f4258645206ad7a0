//! What a command prints: sentences for people, or one object of JSON for programs.

use serde_json::Value;

pub struct Answer {
    pub text: String,
    pub json: Value,
}

impl Answer {
    pub fn new(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json }
    }

    pub fn render(&self, as_json: bool) -> String {
        let mut text = if as_json { self.json.to_string() } else { self.text.clone() };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }
}

/// Rows under their headings, as wide as what stands in them.
pub fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let body: String = rows.iter().map(|row| line(row.each_ref().map(String::as_str))).collect();
    line(headings) + &body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a".to_owned(), "ß".to_owned()], ["longer".to_owned(), "b".to_owned()]];
        assert_eq!(table(["id", "name"], &rows), "id      name\na       ß\nlonger  b\n");
        let answer = Answer::new("done", serde_json::json!({"done": true}));
        assert_eq!(
            (answer.render(false), answer.render(true)),
            ("done\n".into(), "{\"done\":true}\n".into())
        );
    }
}
