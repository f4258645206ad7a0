//! Makes the tenants of a seed, each in one transaction, through the same services as everybody else.

use crate::dev::seed::{Seed, SeedTenant, SeedUser};
use directory::group::{self, Group};
use directory::role;
use directory::tenant::{self, DEFAULT_LINK_LIFETIME_DAYS, Tenant};
use directory::user::{NewUser, UserService};
use kernel::{Act, CorrelationId, Error, ObjectId, Rng};
use module::Platform;
use store::{Read, Tx};

pub async fn apply(platform: &Platform, seed: &Seed) -> Result<(), Error> {
    let rng = platform.rng();
    for tenant in &seed.tenants {
        let act = Act::system("lodge dev", CorrelationId(rng.uuid()));
        platform
            .store()
            .create_tenant(tenant.id, (tenant.clone(), act), move |mut tx, context| async move {
                let (tenant, act) = &*context;
                fill(&mut tx, rng, act, tenant).await
            })
            .await?;
    }
    Ok(())
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
        let group = Group { id: seeded.id, display_name: seeded.display_name.clone() };
        group::insert(tx, rng, act, &group).await?;
        for member in &seeded.members {
            group::add_member(tx, rng, act, &group, ObjectId::from(*member)).await?;
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
