//! Registering applications, granting, and the questions the token endpoint asks.

use super::{Application, check_registration, redirect, store, well_known};
use crate::audit_log::{self, Event, Operation, Service};
use ::store::{Change, Keys, Read, Store, Tx, Version};
use kernel::{Act, AppId, ApplicationId, Error, Origin, Result, Rng, Secret, TenantId, UserId};
use uuid::Uuid;

/// The purpose of the keyed digest, so that no other digest is ever taken for a secret's.
const PURPOSE: &str = "client secret";
/// The first path segments of the pages that people are sent to.
const OWN_PAGES: [&str; 2] = ["account", "portal"];
const HINT_LETTERS: usize = 3;
const SECRET_LETTERS: usize = 40;
/// RFC 3986 unreserved, so that a secret travels in any header and form as it is.
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// An application to be made.
#[derive(Clone)]
pub struct NewApplication {
    pub id: ApplicationId,
    pub app_id: AppId,
    pub display_name: String,
    pub is_public: bool,
    pub redirect_uris: Vec<String>,
    pub spa_redirect_uris: Vec<String>,
    pub public_client_redirect_uris: Vec<String>,
    pub identifier_uris: Vec<String>,
    pub secrets: Vec<NewSecret>,
}

/// A secret as it will be kept: its owner keeps the text.
#[derive(Clone, Debug)]
pub struct NewSecret {
    id: Uuid,
    digest: [u8; 32],
    hint: String,
}

impl NewSecret {
    pub fn new(rng: Rng, keys: &Keys, application: ApplicationId, secret: &Secret<String>) -> Self {
        let text = secret.expose();
        Self {
            id: rng.uuid(),
            digest: keys.mac(PURPOSE, &[application.0.as_bytes(), text.as_bytes()]),
            hint: text.chars().take(HINT_LETTERS).collect(),
        }
    }

    /// A random secret and what is kept of it.
    pub fn generate(rng: Rng, keys: &Keys, application: ApplicationId) -> (Secret<String>, Self) {
        let secret = Secret::new(rng.text(ALPHABET, SECRET_LETTERS));
        let kept = Self::new(rng, keys, application, &secret);
        (secret, kept)
    }
}

/// Registers an application with its service principal.
pub async fn insert(tx: &mut Tx, rng: Rng, act: &Act, origin: &Origin, new: &NewApplication) -> Result<()> {
    check_registration(new, origin)?;
    if !store::claim_app_id(tx, new.app_id).await? {
        return Err(Error::conflict(format!("The application id {} is taken.", new.app_id)));
    }
    store::insert(tx, new).await?;
    let redirects =
        [&new.redirect_uris, &new.spa_redirect_uris, &new.public_client_redirect_uris].into_iter().flatten();
    for uri in redirects.filter_map(|uri| redirect::parse(uri)) {
        store::insert_redirect(tx, new.id, uri.as_str()).await?;
    }
    for secret in &new.secrets {
        store::insert_secret(tx, new.id, secret.id, secret.digest, &secret.hint).await?;
    }
    let target = audit_log::Target::new("ServicePrincipal", new.id, Some(new.display_name.clone()));
    for activity in ["Add application", "Add service principal"] {
        let event = Event::new(activity, Service::CoreDirectory, Operation::Add)
            .in_category("ApplicationManagement")
            .about(target.clone())
            .with("AppId", new.app_id);
        audit_log::record(tx, rng, act, event).await?;
    }
    Ok(())
}

/// The application with this client id in the tenant, enabled or not; built-in clients are in every tenant.
pub async fn find_by_app_id(read: &mut impl Read, app_id: AppId) -> Result<Option<Application>> {
    match well_known::client(app_id) {
        Some(client) => Ok(Some(client)),
        None => store::find_by_app_id(read, app_id).await,
    }
}

/// The tenant an application is registered in.
pub async fn find_home(store: &Store, app_id: AppId) -> Result<Option<TenantId>> {
    store::find_home(store, app_id).await
}

/// Whether `secret` is one of the application's. Every kept secret is compared, each in constant time.
pub async fn check_secret(
    read: &mut impl Read,
    keys: &Keys,
    application: ApplicationId,
    secret: &Secret<String>,
) -> Result<bool> {
    let digests = store::list_secret_digests(read, application).await?;
    let parts = [application.0.as_bytes().as_slice(), secret.expose().as_bytes()];
    Ok(digests.iter().fold(false, |found, digest| found | keys.verify(PURPOSE, &parts, digest)))
}

/// Application permissions of Graph that were granted.
pub async fn granted_app_roles(read: &mut impl Read, application: &Application) -> Result<Vec<String>> {
    store::list_app_roles(read, application.id).await
}

/// Delegated permissions consented to by an administrator for everybody or, if one is given, by the user.
pub async fn granted_scopes(
    read: &mut impl Read,
    application: &Application,
    user: Option<UserId>,
) -> Result<Vec<String>> {
    if application.app_id == well_known::AZURE_CLI {
        return Ok(well_known::AZURE_CLI_SCOPES.map(str::to_owned).to_vec());
    }
    store::list_scopes(read, application.id, user).await
}

/// Grants application permissions of Graph.
pub async fn grant_app_roles(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    application: &Application,
    roles: &[String],
) -> Result<()> {
    for role in roles {
        if !store::insert_app_role(tx, application.id, role).await? {
            continue;
        }
        let event = Event::new(
            "Add app role assignment to service principal",
            Service::CoreDirectory,
            Operation::Add,
        )
        .in_category("ApplicationManagement")
        .about(application.target())
        .with("AppRole.Value", role);
        audit_log::record(tx, rng, act, event).await?;
        tx.feed("appRoleAssignment", application.id, Change::Created).await?;
        tx.bump(Version::Application).await?;
    }
    Ok(())
}

/// Notes a consent: of one user, or for everybody. One event for all that is new; none if nothing is.
pub async fn grant_scopes(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    application: &Application,
    user: Option<UserId>,
    scopes: &[String],
) -> Result<()> {
    let mut added = Vec::new();
    for scope in scopes {
        if store::insert_scope(tx, application.id, user, scope).await? {
            added.push(scope.as_str());
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let kind = if user.is_some() { "Principal" } else { "AllPrincipals" };
    let event = Event::new("Consent to application", Service::CoreDirectory, Operation::Other)
        .in_category("ApplicationManagement")
        .about(application.target())
        .with("ConsentContext.IsAdminConsent", user.is_none())
        .with("ConsentAction.Permissions", format!("ConsentType: {kind}, Scope: {}", added.join(" ")));
    audit_log::record(tx, rng, act, event).await?;
    tx.feed("oAuth2PermissionGrant", application.id, Change::Updated).await?;
    tx.bump(Version::Application).await
}

/// Whether a redirect may go to `url` without a warning: an application of the tenant registers exactly this
/// address, or it is one of Lodge's own pages. Other paths of Lodge do not count: the authorization endpoint, for
/// one, redirects on to wherever an application of any tenant asked for.
pub async fn is_registered_redirect(read: &mut impl Read, origin: &Origin, url: &str) -> Result<bool> {
    let Some(parsed) = redirect::parse(url) else { return Ok(false) };
    if parsed.origin().ascii_serialization() == origin.as_str() {
        let first = parsed.path_segments().and_then(|mut segments| segments.next());
        return Ok(first.is_some_and(|first| OWN_PAGES.contains(&first)));
    }
    store::has_redirect(read, parsed.as_str()).await
}
