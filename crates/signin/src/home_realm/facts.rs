//! Loads what is known about a typed user name.

use super::{Bound, Facts};
use crate::session::{MAIL_ISSUER, tenant_of_issuer};
use directory::tenant::{self, Tenant};
use directory::user::{self, User};
use kernel::{EmailAddress, Origin, Result, TenantId};
use module::Platform;
use store::Purpose;

/// A guest who signs in with a mailed code.
#[derive(Clone, Debug)]
pub struct CodeGuest {
    pub user: User,
    /// The address that was proven when the invitation was accepted: codes go there and nowhere else.
    pub address: EmailAddress,
}

/// The facts, and the guest if a code would be theirs.
pub async fn load(
    platform: &Platform,
    here: &Tenant,
    name: &EmailAddress,
) -> Result<(Facts, Option<CodeGuest>)> {
    let domain = name.domain();
    let mut snapshot = platform.tenant(here.id).snapshot().await?;
    let mut users: Vec<User> = user::find_by_upn(&mut snapshot, name.as_str()).await?.into_iter().collect();
    users.extend(user::find_by_address(&mut snapshot, name).await?);
    drop(snapshot);
    let guest =
        users.into_iter().find_map(|user| binding(&user, platform.origin()).map(|bound| (user, bound)));
    let home = match tenant::find_domain(platform.store(), &domain).await? {
        Some(other) if other != here.id => at_home(platform, here.id, other, name).await?,
        _ => None,
    };
    let facts = Facts {
        here: here.id,
        is_own_domain: here.owns(&domain),
        bound: guest.as_ref().map(|(_, binding)| binding.bound),
        home,
    };
    let code_guest = guest.and_then(|(user, binding)| Some(CodeGuest { user, address: binding.address? }));
    Ok((facts, code_guest))
}

struct Binding {
    bound: Bound,
    address: Option<EmailAddress>,
}

/// How a guest who has accepted signs in, if in a way this server offers.
fn binding(user: &User, origin: &Origin) -> Option<Binding> {
    if user.is_pending() {
        return None;
    }
    user.identities.iter().find_map(|identity| {
        if identity.issuer == MAIL_ISSUER {
            let address = mail_address(user, &identity.subject)?;
            return Some(Binding { bound: Bound::Mail, address: Some(address) });
        }
        let home = tenant_of_issuer(origin, &identity.issuer)?;
        Some(Binding { bound: Bound::Home(home), address: None })
    })
}

/// The proven address as it is stored with the user, letter by letter, else as it was bound.
fn mail_address(user: &User, subject: &str) -> Option<EmailAddress> {
    let stored = user.mail.as_deref().and_then(|mail| EmailAddress::parse(mail).ok());
    stored.filter(|mail| mail.key() == subject).or_else(|| EmailAddress::parse(subject).ok())
}

/// The tenant, if a user of its own has that name there, switched off or not.
async fn at_home(
    platform: &Platform,
    here: TenantId,
    home: TenantId,
    name: &EmailAddress,
) -> Result<Option<TenantId>> {
    let mut snapshot = platform.store().peer(here, home, Purpose::HomeUserByAddress).await?;
    if user::find_by_upn(&mut snapshot, name.as_str()).await?.is_some_and(|user| !user.is_external()) {
        return Ok(Some(home));
    }
    let users = user::find_by_address(&mut snapshot, name).await?;
    Ok(users.iter().any(|user| !user.is_external()).then_some(home))
}
