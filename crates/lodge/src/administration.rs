//! The commands that work on the database of `serve`.

use crate::cli::{NewApplication, NewTenant};
use crate::commands::{Answer, operator};
use crate::compose::Whole;
use directory::application::{self, NewSecret};
use directory::role::{self, Role};
use directory::tenant::{self, Tenant};
use directory::user::{NewUser, UserService};
use kernel::{AppId, ApplicationId, EmailAddress, Error, Result, TenantId, UserId};
use module::Platform;
use serde_json::json;
use signin::set_up;
use store::Read;

/// Makes a tenant with its keys and its first administrator, and prints the link where a password is set.
pub async fn create_tenant(whole: &Whole, link_lifetime_days: u32, new: NewTenant) -> Result<Answer> {
    let platform = &whole.platform;
    let rng = platform.rng();
    let id = TenantId(rng.uuid());
    let act = operator(rng);
    let name = EmailAddress::parse(&format!("admin@{}", new.domain))
        .map_err(|why| Error::bad_request(format!("{} is no domain for people: {why}.", new.domain)))?;
    let administrator = NewUser {
        id: UserId(rng.uuid()),
        user_principal_name: name.to_string(),
        display_name: "Administrator".to_owned(),
        mail: None,
        account_enabled: true,
        preferred_language: None,
    };
    let context = (new, act, administrator);
    let token = platform
        .store()
        .create_tenant(id, context, move |mut tx, context| async move {
            let (new, act, administrator) = &*context;
            let tenant = Tenant {
                id,
                display_name: new.name.clone(),
                initial_domain: new.domain.clone(),
                domains: vec![new.domain.clone()],
                privacy_statement_url: None,
                notification_language: None,
                link_lifetime_days,
                mail_sender: None,
                created_at: tx.now(),
            };
            tenant::create(&mut tx, &tenant).await?;
            let user = UserService::add_member(&mut tx, rng, act, administrator).await?;
            role::assign(&mut tx, rng, act, &user, Role::GlobalAdministrator).await?;
            set_up::create_link(&mut tx, rng, user.id).await
        })
        .await?;
    whole.signing_keys.provision(id).await?;
    let link = set_up::set_up_url(platform.origin(), id, &token);
    let text = format!(
        "tenant id       {id}\nadministrator   {name}\nset a password  {link}\n                (works once, for 24 hours)\n"
    );
    let json = json!({"tenantId": id, "administrator": name.to_string(), "setUpUrl": link});
    Ok(Answer::new(text, json))
}

/// Registers an application and prints its id and secret.
pub async fn create_application(platform: &Platform, new: NewApplication) -> Result<Answer> {
    let Some(id) = tenant::resolve(platform.store(), &new.tenant).await? else {
        return Err(Error::bad_request(format!(
            "There is no tenant {}: name one by its id or domain.",
            new.tenant
        )));
    };
    let rng = platform.rng();
    let object = ApplicationId(rng.uuid());
    let keys = platform.store().keys(id).await?;
    let (secret, kept) = NewSecret::generate(rng, &keys, object);
    let secrets = if new.public { Vec::new() } else { vec![kept] };
    let (web, public) =
        if new.public { (Vec::new(), new.redirect_uris) } else { (new.redirect_uris, Vec::new()) };
    let made = application::NewApplication {
        id: object,
        app_id: AppId(rng.uuid()),
        display_name: new.name,
        is_public: new.public,
        redirect_uris: web,
        spa_redirect_uris: Vec::new(),
        public_client_redirect_uris: public,
        identifier_uris: Vec::new(),
        secrets,
    };
    let app_id = made.app_id;
    let act = operator(rng);
    let context = (made, act, platform.origin().clone(), new.app_roles, new.scopes);
    platform
        .tenant(id)
        .write(context, move |mut tx, context| async move {
            let (made, act, origin, app_roles, scopes) = &*context;
            application::insert(&mut tx, rng, act, origin, made).await?;
            let stored = application::find_by_app_id(&mut tx, made.app_id).await?;
            let stored = stored.ok_or_else(|| Error::internal("an application vanished under the lock"))?;
            application::grant_app_roles(&mut tx, rng, act, &stored, app_roles).await?;
            application::grant_scopes(&mut tx, rng, act, &stored, None, scopes).await
        })
        .await?;
    let secret = (!new.public).then(|| secret.expose().clone());
    let shown = secret.as_deref().unwrap_or("none: a public client");
    let text = format!("tenant id       {id}\napplication id  {app_id}\nsecret          {shown}\n");
    Ok(Answer::new(text, json!({"tenantId": id, "applicationId": app_id, "secret": secret})))
}
