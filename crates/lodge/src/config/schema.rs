//! docs/operating/lodge.schema.json, written from the table of keys: what an editor checks a `lodge.toml` by.

use super::keys::{Key, Kind, Name};
use serde_json::{Map, Value, json};

pub fn schema() -> String {
    let mut top = Map::new();
    let mut tables: Map<String, Value> = Map::new();
    for name in Name::all() {
        let text = name.text();
        let property = property(name);
        match text.split_once('.') {
            None => {
                top.insert(text, property);
            }
            Some((table, key)) => {
                let table = tables.entry(table).or_insert_with(|| json!({}));
                if let Some(keys) = table.as_object_mut() {
                    keys.insert(key.to_owned(), property);
                }
            }
        }
    }
    for (table, keys) in tables {
        top.insert(table, json!({"type": "object", "additionalProperties": false, "properties": keys}));
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lodge.toml",
        "description": "The configuration of lodge serve. Each key can be given as a variable of the environment instead.",
        "type": "object",
        "additionalProperties": false,
        "properties": top,
    });
    format!("{schema:#}\n")
}

fn property(name: Name) -> Value {
    let Key { kind, default, meaning, .. } = name.key;
    if name.is_file_of_secret {
        return json!({"type": "string", "description": "A file that holds what the key without _file would say."});
    }
    let mut property = match kind {
        Kind::Text | Kind::File | Kind::Secret => json!({"type": "string"}),
        Kind::Number { least, most } => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Choice(choices) => json!({"enum": choices}),
        Kind::Networks => json!({"type": "array", "items": {"type": "string"}}),
    };
    if let Some(property) = property.as_object_mut() {
        property.insert("description".to_owned(), json!(format!("{meaning} Default: {default}.")));
    }
    property
}
