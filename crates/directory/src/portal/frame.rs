//! The frame around a page of the portal: what this person may see of it, and where they are.

use super::gate::Meta;
use super::{Administrator, Portal, Seen};
use crate::tenant;
use kernel::Result;
use minijinja::Value;
use module::{Group, Right, SlotCall};
use serde_json::json;
use std::collections::BTreeMap;
use web::{Cookies, Crumb, Frame, House, Item, Organization, Section};

/// Puts the page of an administrator into its frame.
pub async fn raise(
    administrator: &mut Administrator,
    cookies: &Cookies,
    values: &[(String, String)],
    change_number: i64,
) -> Result<()> {
    let portal = administrator.portal.clone();
    let (meta, tenant) = (administrator.meta.clone(), administrator.tenant.id);
    let base = super::path(tenant);
    let invite = portal.page_at("/users/invite").filter(|page| administrator.may(page.right));
    let may = Right::ALL.into_iter().map(|right| (right, administrator.may(right)));
    let frame = Frame {
        account: format!("/account/{tenant}"),
        portal: Some(base.clone()),
        switch: portal.sessions().sign_in_path(tenant, &base),
        invite: invite.map(|page| format!("{base}{}", page.path)),
        sections: sections(administrator, &base),
        crumbs: crumbs(&portal, &meta, values, &base),
        houses: houses(&portal, cookies, tenant, "portal").await?,
        once: portal.platform().rng().uuid().to_string(),
        seen: Seen::now(change_number, portal.platform().clock().now()).to_string(),
        may: may.map(|(right, may)| (right.words().trim_start_matches("right-"), may)).collect(),
        toast: None,
        slots: BTreeMap::new(),
        base,
    };
    let title = administrator.words(meta.title, &[]);
    let page = administrator.page.clone();
    administrator.page = page.titled(title).framed(frame);
    Ok(())
}

fn sections(administrator: &Administrator, base: &str) -> Vec<Section> {
    let current = listed_ancestor(&administrator.portal, &administrator.meta);
    let mut pages: Vec<(Group, u8, &Meta, &'static str)> = administrator
        .portal
        .pages()
        .iter()
        .filter_map(|meta| meta.navigation.map(|place| (place.group, place.order, &**meta, place.icon)))
        .filter(|(_, _, meta, _)| administrator.may(meta.right))
        .collect();
    pages.sort_by_key(|(group, order, _, _)| (*group, *order));
    let mut sections: Vec<(Group, Section)> = Vec::new();
    for (group, _, meta, icon) in pages {
        let item = Item {
            label: meta.title,
            icon,
            href: format!("{base}{}", meta.path),
            current: Some(meta.path) == current,
        };
        match sections.last_mut() {
            Some((known, section)) if *known == group => section.items.push(item),
            _ => sections.push((group, Section { title: group.words(), items: vec![item] })),
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// The page of the navigation that this page belongs to: itself, or the nearest above it.
fn listed_ancestor(portal: &Portal, meta: &Meta) -> Option<&'static str> {
    if meta.navigation.is_some() {
        return Some(meta.path);
    }
    ancestors(portal, meta).into_iter().rev().find(|page| page.navigation.is_some()).map(|page| page.path)
}

/// The pages above, the topmost first.
fn ancestors<'a>(portal: &'a Portal, meta: &Meta) -> Vec<&'a Meta> {
    let mut found = Vec::new();
    let mut parent = meta.parent;
    while let Some(page) = parent.and_then(|path| portal.page_at(path)).filter(|_| found.len() < 8) {
        found.push(&**page);
        parent = page.parent;
    }
    found.reverse();
    found
}

fn crumbs(portal: &Portal, meta: &Meta, values: &[(String, String)], base: &str) -> Vec<Crumb> {
    let filled = |path: &str| {
        values.iter().fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
    };
    let crumb = |page: &&Meta| Crumb { label: page.title, href: format!("{base}{}", filled(page.path)) };
    ancestors(portal, meta).iter().map(crumb).collect()
}

/// The accounts of this browser, the one at `current` first. `face` is the part of the address they lead to.
pub async fn houses(
    portal: &Portal,
    cookies: &Cookies,
    current: kernel::TenantId,
    face: &str,
) -> Result<Vec<House>> {
    let mut houses = Vec::new();
    for visitor in portal.sessions().visitors(cookies).await? {
        let mut snapshot = portal.platform().tenant(visitor.tenant).snapshot().await?;
        let Some(tenant) = tenant::find(&mut snapshot).await? else { continue };
        let organization = Organization::named(&tenant.display_name);
        houses.push(House {
            letter: organization.letter,
            organization: organization.name,
            address: visitor.address,
            href: format!("/{face}/{}", tenant.id),
            current: tenant.id == current,
        });
    }
    houses.sort_by_key(|house| !house.current);
    Ok(houses)
}

/// What other slices put into a place of the page, in their order.
pub async fn fill(administrator: &Administrator, slot: &str, subject: &str) -> Result<Vec<Value>> {
    let mut filled = Vec::new();
    for filler in administrator.portal.slots() {
        if filler.slot != slot || !administrator.may(filler.right) {
            continue;
        }
        let call = SlotCall {
            tenant: administrator.tenant.id,
            subject: subject.to_owned(),
            language: administrator.language(),
        };
        if let Some(fragment) = (filler.fill)(call).await? {
            let data = json!({"data": fragment.data});
            filled.push(administrator.pages.fragment(fragment.template, &administrator.page, data)?);
        }
    }
    Ok(filled)
}
