//! Makes the tenants of a seed, each in one transaction, through the same services as everybody else.

use crate::compose::Whole;
use crate::dev::seed::{Seed, SeedApplication, SeedTenant, SeedUser};
use directory::application::{self, NewApplication, NewSecret};
use directory::group::membership::{self, Relation};
use directory::group::{self, Group};
use directory::role;
use directory::tenant::{self, DEFAULT_LINK_LIFETIME_DAYS, Tenant};
use directory::user::{NewUser, UserService};
use futures_util::future::try_join_all;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use kernel::{Act, CorrelationId, Error, ObjectId, Origin, Rng};
use module::Platform;
use signin::password;
use store::{Keys, Read, Tx};

pub async fn apply(whole: &Whole, seed: &Seed) -> Result<(), Error> {
    for tenant in &seed.tenants {
        make_tenant(&whole.platform, tenant).await?;
    }
    // Making keys and hashing passwords is most of a first start: all of it at once.
    let keys = try_join_all(seed.tenants.iter().map(|tenant| whole.signing_keys.provision(tenant.id)));
    let passwords = try_join_all(seed.tenants.iter().map(|tenant| set_passwords(whole, tenant)));
    tokio::try_join!(keys, passwords)?;
    Ok(())
}

async fn set_passwords(whole: &Whole, tenant: &SeedTenant) -> Result<(), Error> {
    let users = stream::iter(&tenant.users).map(|user| async {
        let hashed = whole.passwords.hash(user.password.clone()).await?;
        Ok::<_, Error>((user.id, hashed))
    });
    let hashed: Vec<_> = users.buffered(HASHES_AT_ONCE).try_collect().await?;
    whole
        .platform
        .tenant(tenant.id)
        .write(hashed, |mut tx, hashed| async move {
            for (user, hashed) in hashed.iter() {
                password::set(&mut tx, *user, hashed).await?;
            }
            Ok(())
        })
        .await
}

/// Fewer than the queue of the hashing threads takes.
const HASHES_AT_ONCE: usize = 16;

async fn make_tenant(platform: &Platform, tenant: &SeedTenant) -> Result<(), Error> {
    let rng = platform.rng();
    let act = Act::system("lodge dev", CorrelationId(rng.uuid()));
    let context = (tenant.clone(), act.clone());
    platform
        .store()
        .create_tenant(tenant.id, context, move |mut tx, context| async move {
            let (tenant, act) = &*context;
            fill(&mut tx, rng, act, tenant).await
        })
        .await?;
    let keys = platform.store().keys(tenant.id).await?;
    let context = (tenant.applications.clone(), act, platform.origin().clone(), keys);
    platform
        .tenant(tenant.id)
        .write(context, move |mut tx, context| async move {
            let (applications, act, origin, keys) = &*context;
            for seeded in applications {
                add_application(&mut tx, rng, act, origin, keys, seeded).await?;
            }
            Ok(())
        })
        .await
}

async fn add_application(
    tx: &mut Tx,
    rng: Rng,
    act: &Act,
    origin: &Origin,
    keys: &Keys,
    seed: &SeedApplication,
) -> Result<(), Error> {
    let new = NewApplication {
        id: seed.id,
        app_id: seed.app_id,
        display_name: seed.display_name.clone(),
        is_public: seed.secret.is_none(),
        redirect_uris: seed.web_redirect_uris.clone(),
        spa_redirect_uris: seed.spa_redirect_uris.clone(),
        public_client_redirect_uris: seed.public_client_redirect_uris.clone(),
        identifier_uris: seed.identifier_uris.clone(),
        secrets: seed.secret.iter().map(|secret| NewSecret::new(rng, keys, seed.id, secret)).collect(),
    };
    application::insert(tx, rng, act, origin, &new).await?;
    let made = application::find_by_app_id(tx, seed.app_id).await?;
    let made = made.ok_or_else(|| Error::internal("an application vanished under the lock"))?;
    application::grant_app_roles(tx, rng, act, &made, &seed.app_roles).await?;
    application::grant_scopes(tx, rng, act, &made, None, &seed.scopes).await
}

async fn fill(tx: &mut Tx, rng: Rng, act: &Act, seed: &SeedTenant) -> Result<(), Error> {
    let tenant = Tenant {
        id: seed.id,
        display_name: seed.display_name.clone(),
        initial_domain: seed.initial_domain.clone(),
        domains: seed.domains.clone(),
        privacy_statement_url: seed.privacy_statement_url.clone(),
        notification_language: seed.notification_language,
        link_lifetime_days: DEFAULT_LINK_LIFETIME_DAYS,
        mail_sender: None,
        created_at: tx.now(),
    };
    tenant::create(tx, &tenant).await?;
    for person in &seed.users {
        let user = UserService::add_member(tx, rng, act, &new_user(person)).await?;
        for directory_role in &person.roles {
            role::assign(tx, rng, act, &user, *directory_role).await?;
        }
    }
    for seeded in &seed.groups {
        let group = Group::security(seeded.id, &seeded.display_name, tx.now());
        group::insert(tx, rng, act, &group).await?;
        for member in &seeded.members {
            membership::add(tx, rng, act, &group, Relation::Member, ObjectId::from(*member)).await?;
        }
    }
    Ok(())
}

fn new_user(person: &SeedUser) -> NewUser {
    NewUser {
        id: person.id,
        user_principal_name: person.user_principal_name.to_string(),
        display_name: person.display_name.clone(),
        mail: person.mail.clone(),
        account_enabled: person.account_enabled,
        preferred_language: person.preferred_language.clone(),
    }
}
