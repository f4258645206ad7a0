//! `/dev/components`: every part of the pages in every state, in a frame made of samples.

use kernel::{Rng, SessionId, TenantId, Timestamp, UserId};
use std::collections::BTreeMap;
use web::{Crumb, Frame, House, Item, Organization, Page, PageContext, Pages, Section, Visitor};

pub async fn show(pages: Pages, page: PageContext) -> web::Result<Page> {
    let page = page
        .titled("Components")
        .organization(Organization::named("Contoso"))
        .visitor(&visitor())
        .framed(frame());
    Ok(pages.render("dev/components.html", page, ())?)
}

fn visitor() -> Visitor {
    let rng = Rng::system();
    Visitor {
        tenant: TenantId(rng.uuid()),
        user: UserId(rng.uuid()),
        session: SessionId(rng.uuid()),
        display_name: "Amina Diallo".to_owned(),
        user_principal_name: "amina.diallo@contoso.example".to_owned(),
        address: "amina.diallo@contoso.example".to_owned(),
        signed_in_at: Timestamp::UNIX_EPOCH,
    }
}

fn frame() -> Frame {
    let house = |organization: &str, current| House {
        organization: organization.to_owned(),
        letter: organization.chars().take(1).collect(),
        address: "amina.diallo@contoso.example".to_owned(),
        href: "#house".to_owned(),
        current,
    };
    let here = "/dev/components";
    let item = |label, icon, current| Item { label, icon, href: here.to_owned(), current };
    Frame {
        base: here.to_owned(),
        portal: Some(here.to_owned()),
        account: "/account".to_owned(),
        switch: "/account/sign-in".to_owned(),
        invite: Some("#new".to_owned()),
        sections: vec![
            Section { title: None, items: vec![item("portal-home", "home", true)] },
            Section {
                title: Some("portal-group-support"),
                items: vec![item("portal-search", "zoom", false), item("portal-help", "lifebuoy", false)],
            },
        ],
        crumbs: vec![Crumb { label: "portal-home", href: here.to_owned() }],
        houses: vec![house("Contoso", true), house("Fabrikam", false)],
        once: "00000000-0000-4000-8000-000000000000".to_owned(),
        seen: "0.0".to_owned(),
        may: BTreeMap::new(),
        toast: None,
        slots: BTreeMap::new(),
    }
}
