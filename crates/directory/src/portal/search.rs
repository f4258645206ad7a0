//! What somebody types, found: people, pages, actions. The palette and the search page show the same.

use super::Administrator;
use super::gate::Meta;
use kernel::Result;
use module::PortalAction;
use serde_json::{Value, json};
use std::sync::Arc;

/// Longer ones find nothing that a shorter one would not.
const LONGEST: usize = 200;
/// The most hits under one heading.
const MOST: usize = 8;

/// What is looked for, and where: `@` means people, `>` actions.
struct Asked<'a> {
    text: &'a str,
    people: bool,
    pages: bool,
    actions: bool,
}

impl<'a> Asked<'a> {
    fn parse(typed: &'a str) -> Self {
        let typed = typed.trim();
        let (text, people, actions) = match typed.chars().next() {
            Some('@') => (typed.get(1..).unwrap_or_default(), true, false),
            Some('>') => (typed.get(1..).unwrap_or_default(), false, true),
            _ => (typed, true, true),
        };
        Self { text: text.trim(), people, pages: people && actions, actions }
    }
}

/// The groups of hits: title and hits, each with an id for the palette.
pub async fn groups(administrator: &Administrator, typed: &str) -> Result<Vec<Value>> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let asked = Asked::parse(&typed);
    let mut groups = Vec::new();
    if asked.people && !asked.text.is_empty() {
        for search in administrator.portal.searches() {
            if !administrator.may(search.right) {
                continue;
            }
            let hits = (search.find)(administrator.tenant.id, asked.text.to_owned()).await?;
            let hits: Vec<Value> = hits
                .into_iter()
                .take(MOST)
                .map(|hit| {
                    let initials = web::initials(&hit.name, 2);
                    json!({
                        "name": hit.name, "note": hit.note, "kind": administrator.words(hit.kind, &[]),
                        "href": administrator.link(&hit.path), "icon": null, "initials": initials,
                    })
                })
                .collect();
            push(&mut groups, &administrator.words(search.title, &[]), hits);
        }
    }
    if asked.pages {
        push(&mut groups, &administrator.words("portal-pages", &[]), pages(administrator, asked.text));
    }
    if asked.actions {
        push(&mut groups, &administrator.words("portal-do", &[]), actions(administrator, asked.text));
    }
    Ok(groups)
}

fn push(groups: &mut Vec<Value>, title: &str, hits: Vec<Value>) {
    if !hits.is_empty() {
        let id = groups.len();
        groups.push(json!({"id": format!("hits-{id}"), "title": title, "hits": hits}));
    }
}

fn pages(administrator: &Administrator, text: &str) -> Vec<Value> {
    let fits = |meta: &&Arc<Meta>| {
        !meta.path.contains('{')
            && (meta.navigation.is_some() || meta.keywords.is_some())
            && administrator.may(meta.right)
            && is_found(administrator, text, meta.title, meta.keywords)
    };
    let hit = |meta: &Arc<Meta>| {
        let icon = meta.navigation.map_or("arrow-right", |place| place.icon);
        plain(administrator, meta.title, icon, meta.path)
    };
    administrator.portal.pages().iter().filter(fits).map(hit).take(MOST).collect()
}

fn actions(administrator: &Administrator, text: &str) -> Vec<Value> {
    let fits = |action: &&PortalAction| {
        administrator.may(action.right) && is_found(administrator, text, action.label, action.keywords)
    };
    let hit = |action: &PortalAction| plain(administrator, action.label, action.icon, action.path);
    administrator.portal.actions().iter().filter(fits).map(hit).take(MOST).collect()
}

fn plain(administrator: &Administrator, label: &str, icon: &str, path: &str) -> Value {
    json!({
        "name": administrator.words(label, &[]), "note": "", "kind": "", "href": administrator.link(path),
        "icon": icon, "initials": "",
    })
}

/// Every word that was typed begins a word of the label or the keywords.
fn is_found(administrator: &Administrator, text: &str, label: &str, keywords: Option<&str>) -> bool {
    let mut known = administrator.words(label, &[]).to_lowercase();
    if let Some(key) = keywords {
        known.push(' ');
        known.push_str(&administrator.words(key, &[]).to_lowercase());
    }
    let text = text.to_lowercase();
    let mut typed = text.split_whitespace();
    typed.all(|typed| known.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(typed)))
}
