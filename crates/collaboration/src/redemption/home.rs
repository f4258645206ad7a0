//! The account that an invited address belongs to, in another tenant of this Lodge.

use super::rules::Home;
use directory::tenant::{self, Tenant};
use directory::user::{self, User};
use kernel::{EmailAddress, Result, TenantId};
use module::Platform;
use store::{Purpose, Read, TenantStatus};

/// A user of another tenant here, and that tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeAccount {
    pub tenant: Tenant,
    pub user: User,
}

impl HomeAccount {
    /// What the rules want to know of it.
    pub fn fact(&self) -> Home {
        Home { tenant: self.tenant.id, user: self.user.id, is_enabled: self.user.account_enabled }
    }
}

/// Finds the user whose user principal name is the address, or who has it as mail or proxy address. Only the
/// tenant where the address's domain is verified is asked: what another tenant writes about it proves nothing.
pub async fn find_home_account(
    platform: &Platform,
    own: TenantId,
    address: &EmailAddress,
) -> Result<Option<HomeAccount>> {
    let store = platform.store();
    let Some(home) = tenant::find_domain(store, &address.domain()).await? else { return Ok(None) };
    if home == own {
        return Ok(None);
    }
    let mut peer = store.peer(own, home, Purpose::HomeUserByAddress).await?;
    let named = user::find_by_upn(&mut peer, address.as_str()).await?;
    let named = named.filter(|user| !user.is_external());
    let found = if let Some(user) = named {
        Some(user)
    } else {
        let holders = user::find_by_address(&mut peer, address).await?;
        holders.into_iter().find(|user| owns_address(user, address))
    };
    let Some(mut user) = found else { return Ok(None) };
    let Some(tenant) = tenant::find(&mut peer).await? else { return Ok(None) };
    // A directory that is switched off vouches for nobody.
    user.account_enabled &= peer.versions().await?.status == TenantStatus::Active;
    Ok(Some(HomeAccount { tenant, user }))
}

/// Whether the address is the user's own: not a mere contact address, and not that of a guest, who signs in
/// elsewhere.
pub fn owns_address(user: &User, address: &EmailAddress) -> bool {
    let proxies = user.proxy_addresses.iter().filter_map(|proxy| {
        let (kind, text) = proxy.split_once(':')?;
        kind.eq_ignore_ascii_case("smtp").then_some(text)
    });
    let mut own = user.mail.as_deref().into_iter().chain([user.user_principal_name.as_str()]).chain(proxies);
    !user.is_external()
        && own.any(|text| EmailAddress::parse(text).is_ok_and(|candidate| candidate == *address))
}
