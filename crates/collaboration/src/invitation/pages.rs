//! The pages of invitations: *New guest user*, *Pending invitations*, and what a guest's own page shows of theirs.

mod copy_as;
mod new_guest;
mod pasted;
mod pending;
mod tile;

use super::{InvitationService, Rights};
use crate::invitation_batch::BatchService;
use axum::routing::{get, post};
use directory::portal::Administrator;
use kernel::Language;
use module::{Group, Module, Platform, PortalAction, PortalPage, Right};
use serde_json::{Value, json};

/// What the handlers stand on.
#[derive(Clone)]
struct Services {
    invitations: InvitationService,
    batches: BatchService,
}

pub fn module(platform: &Platform) -> Module {
    let invitations = InvitationService::new(platform.clone());
    Module {
        name: "collaboration::invitation::pages",
        portal: pages(&invitations),
        actions: ACTIONS,
        slots: tile::fillers(&invitations),
        templates: TEMPLATES,
        words: WORDS,
        ..Module::default()
    }
}

fn pages(invitations: &InvitationService) -> Vec<PortalPage> {
    let batches = BatchService::new(invitations.platform().clone());
    let services = Services { invitations: invitations.clone(), batches };
    let state = || services.clone();
    vec![
        PortalPage::new(
            "/users/invite",
            "new-guest",
            Right::InviteGuests,
            get(new_guest::form).with_state(state()),
        )
        .changing(Right::InviteGuests, post(new_guest::send).with_state(state()))
        .below("/users"),
        PortalPage::new("/invitations", "pending", Right::ReadUsers, get(pending::list).with_state(state()))
            .changing(Right::InviteGuests, post(pending::change).with_state(state()))
            .listed(Group::Guests, 10, "mail-forward")
            .found_by("pending-words"),
        PortalPage::new(
            "/users/{id}/invitation",
            "tile-title",
            Right::ReadUsers,
            get(tile::back).with_state(state()),
        )
        .changing(Right::InviteGuests, post(tile::change).with_state(state()))
        .below("/users/{id}"),
    ]
}

const ACTIONS: &[PortalAction] = &[PortalAction {
    label: "new-guest",
    icon: "user-plus",
    path: "/users/invite",
    right: Right::InviteGuests,
    keywords: Some("new-guest-words"),
}];

const TEMPLATES: &[(&str, &str)] = &[
    ("invitation/new_guest.html", include_str!("pages/new_guest.html")),
    ("invitation/decisions.html", include_str!("pages/decisions.html")),
    ("invitation/pending.html", include_str!("pages/pending.html")),
    ("invitation/mail_note.html", include_str!("pages/mail_note.html")),
    ("invitation/story.html", include_str!("pages/story.html")),
    ("invitation/tile.html", include_str!("pages/tile.html")),
];

const WORDS: &[web::Resource] = web::words!("../../../../locales", "invitation");

fn rights(administrator: &Administrator) -> Rights {
    Rights::of_roles(administrator.rights.roles())
}

/// The languages of mails, each by its own name; the first leaves the choice to the guest's home.
fn languages(administrator: &Administrator) -> Vec<Value> {
    let names = Language::ALL.iter().map(|language| {
        json!({"value": language.tag(), "label": administrator.words(&format!("language-{}", language.tag()), &[])})
    });
    let automatic = json!({"value": "", "label": administrator.words("new-guest-language-auto", &[])});
    std::iter::once(automatic).chain(names).collect()
}
