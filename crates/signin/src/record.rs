//! Sign-ins as the log keeps them.

use crate::endpoint::Sender;
use crate::protocol::{Fault, Resource, Trace};
use crate::token::claims::{Home, Person};
use directory::application::{Application, well_known};
use directory::sign_in_log::{
    ClientApp, HomeUser, Outcome, SignIn, SignInApplication, SignInKind, SignInResource, SignInUser,
};
use uuid::Uuid;

/// A sign-in of which the rest is added.
pub struct Attempt<'a> {
    pub id: Uuid,
    pub kind: SignInKind,
    pub sender: &'a Sender,
    pub trace: &'a Trace,
}

impl Attempt<'_> {
    pub fn succeeded(
        &self,
        application: &Application,
        resource: &Resource,
        person: Option<&Person>,
    ) -> SignIn {
        self.ended(application, Some(resource), person, Outcome::Success)
    }

    pub fn failed(&self, application: &Application, person: Option<&Person>, fault: &Fault) -> SignIn {
        let outcome = Outcome::Failure { error_code: fault.number(), reason: fault.sentence() };
        self.ended(application, None, person, outcome)
    }

    fn ended(
        &self,
        application: &Application,
        resource: Option<&Resource>,
        person: Option<&Person>,
        outcome: Outcome,
    ) -> SignIn {
        let is_page = self.kind == SignInKind::InteractiveUser || self.sender.page_origin.is_some();
        SignIn {
            id: self.id,
            kind: self.kind,
            correlation: self.trace.correlation,
            user: person.map(user),
            home: person.and_then(home),
            application: Some(SignInApplication {
                app_id: application.app_id,
                id: application.id,
                display_name: application.display_name.clone(),
            }),
            resource: resource.map(|resource| SignInResource {
                app_id: resource.app_id(),
                display_name: well_known::display_name(resource.app_id())
                    .map_or_else(|| application.display_name.clone(), str::to_owned),
            }),
            resource_tenant: None,
            client: if is_page { ClientApp::Browser } else { ClientApp::MobileAppsAndDesktopClients },
            network: self.sender.network,
            user_agent: self.sender.user_agent.clone(),
            outcome,
        }
    }
}

fn user(person: &Person) -> SignInUser {
    SignInUser {
        id: person.id,
        display_name: person.display_name.clone(),
        user_principal_name: person.user_principal_name.clone(),
        is_guest: person.is_guest,
    }
}

fn home(person: &Person) -> Option<HomeUser> {
    match person.home {
        Some(Home::Tenant { tenant, user }) => Some(HomeUser { tenant, user }),
        Some(Home::Mailbox) | None => None,
    }
}
