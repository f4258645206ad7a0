//! A guest's sign-in, as their home tenant keeps it: the resource tenant tells it, and the home tenant writes it down
//! about its own user.

use super::{
    ClientApp, HomeUser, Outcome, SignIn, SignInApplication, SignInKind, SignInResource, SignInUser, store,
};
use crate::user;
use ::store::{TenantMessage, Told, Tx};
use delivery::MessageKind;
use kernel::{AppId, ApplicationId, CorrelationId, Error, Result, UserId};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

const KIND: &str = "sign_in_log.elsewhere";

/// What the home tenant is told: nothing of what the other tenant keeps about its guest.
#[derive(Serialize, Deserialize)]
struct Elsewhere {
    user: UserId,
    id: Uuid,
    correlation: CorrelationId,
    application: Option<Named>,
    resource: Option<Named>,
    in_browser: bool,
    network: Option<IpAddr>,
    user_agent: Option<String>,
    failure: Option<(u32, String)>,
}

/// An application by its application id.
#[derive(Serialize, Deserialize)]
struct Named {
    app_id: AppId,
    display_name: String,
}

/// Tells the guest's home tenant, if it is one of this Lodge.
pub(super) async fn tell_home(tx: &mut Tx, sign_in: &SignIn) -> Result<()> {
    let Some(HomeUser { tenant, user }) = sign_in.home else { return Ok(()) };
    let named = |app_id, display_name: &str| Named { app_id, display_name: display_name.to_owned() };
    let elsewhere = Elsewhere {
        user,
        id: sign_in.id,
        correlation: sign_in.correlation,
        application: sign_in.application.as_ref().map(|one| named(one.app_id, &one.display_name)),
        resource: sign_in.resource.as_ref().map(|one| named(one.app_id, &one.display_name)),
        in_browser: sign_in.client == ClientApp::Browser,
        network: sign_in.network,
        user_agent: sign_in.user_agent.clone(),
        failure: match &sign_in.outcome {
            Outcome::Success => None,
            Outcome::Failure { error_code, reason } => Some((*error_code, reason.clone())),
        },
    };
    let data = serde_json::to_value(elsewhere).map_err(Error::internal)?;
    tx.tell(TenantMessage { id: sign_in.id, to: tenant, kind: KIND, data }).await
}

pub(super) fn message() -> MessageKind {
    MessageKind { kind: KIND, apply: Arc::new(|tx, told| Box::pin(write_down(tx, told))) }
}

/// A user who is gone by now leaves no row: nobody could tell whose it was.
async fn write_down(mut tx: Tx, told: Arc<Told>) -> Result<()> {
    let elsewhere: Elsewhere = serde_json::from_value(told.data.clone()).map_err(Error::internal)?;
    let Some(user) = user::find(&mut tx, elsewhere.user).await? else { return Ok(()) };
    let outcome = match elsewhere.failure {
        None => Outcome::Success,
        Some((error_code, reason)) => Outcome::Failure { error_code, reason },
    };
    let sign_in = SignIn {
        id: elsewhere.id,
        kind: SignInKind::InteractiveUser,
        correlation: elsewhere.correlation,
        user: Some(SignInUser {
            id: user.id,
            display_name: user.display_name,
            user_principal_name: user.user_principal_name,
            is_guest: false,
        }),
        home: None,
        // Its object id is one of the other tenant's.
        application: elsewhere.application.map(|one| SignInApplication {
            app_id: one.app_id,
            id: ApplicationId(Uuid::nil()),
            display_name: one.display_name,
        }),
        resource: elsewhere
            .resource
            .map(|one| SignInResource { app_id: one.app_id, display_name: one.display_name }),
        resource_tenant: Some(told.from),
        client: if elsewhere.in_browser {
            ClientApp::Browser
        } else {
            ClientApp::MobileAppsAndDesktopClients
        },
        network: elsewhere.network,
        user_agent: elsewhere.user_agent,
        outcome,
    };
    store::insert(&mut tx, told.at, &sign_in).await
}
