//! Whether a person may be told to an application, and as whom: the same question at sign-in, at every refresh
//! and at the user-info endpoint (security lesson 13).

use crate::protocol::Fault;
use crate::token::claims::{Home, Person};
use directory::role;
use directory::user::{self, User};
use kernel::{Error, Origin, Result, TenantId, Timestamp, UserId};
use module::Platform;
use store::{Purpose, Read, TenantStatus};

/// What the decision is made from.
#[derive(Clone, Debug)]
pub struct Facts {
    pub user: Option<User>,
    pub home: Option<Home>,
    /// For an account of another tenant here: that account as its tenant has it.
    pub home_account: Option<HomeAccount>,
    pub roles: Vec<uuid::Uuid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeAccount {
    Gone,
    Disabled,
    Enabled { sessions_valid_from: Timestamp },
}

/// Loads the facts about a user of `tenant`.
pub async fn load(platform: &Platform, tenant: TenantId, id: UserId) -> Result<Facts> {
    let mut snapshot = platform.tenant(tenant).snapshot().await?;
    let user = user::find(&mut snapshot, id).await?;
    let roles = roles(&mut snapshot, id).await?;
    drop(snapshot);
    let home = user.as_ref().and_then(|user| home(user, platform.origin()));
    let home_account = match &home {
        Some(Home::Tenant { tenant: home, user }) => {
            Some(home_account(platform, tenant, *home, *user).await?)
        }
        Some(Home::Mailbox) | None => None,
    };
    Ok(Facts { user, home, home_account, roles })
}

/// The person, if what they hold still counts: proven at `authenticated_at`, at home for an account that lives
/// elsewhere, and handed out here at `issued_at`.
pub fn decide(facts: &Facts, authenticated_at: Timestamp, issued_at: Timestamp) -> Result<Person, Fault> {
    let Some(user) = &facts.user else { return Err(Fault::UserNotFound) };
    if !user.account_enabled {
        return Err(Fault::UserDisabled);
    }
    if user.is_pending() {
        return Err(Fault::GuestPending);
    }
    match facts.home_account {
        Some(HomeAccount::Gone) => return Err(Fault::UserNotFound),
        Some(HomeAccount::Disabled) => return Err(Fault::UserDisabled),
        Some(HomeAccount::Enabled { sessions_valid_from }) if authenticated_at < sessions_valid_from => {
            return Err(Fault::SessionsRevoked);
        }
        Some(HomeAccount::Enabled { .. }) | None => {}
    }
    if issued_at < user.sessions_valid_from {
        return Err(Fault::SessionsRevoked);
    }
    Ok(Person {
        id: user.id,
        user_principal_name: user.user_principal_name.clone(),
        display_name: user.display_name.clone(),
        given_name: user.given_name.clone(),
        surname: user.surname.clone(),
        mail: user.mail.clone(),
        is_guest: user.is_guest(),
        home: facts.home.clone(),
        roles: facts.roles.clone(),
    })
}

/// Where a user's identity lives, by issuer and subject, never by an address.
pub fn home(user: &User, origin: &Origin) -> Option<Home> {
    user.identities.iter().find_map(|identity| {
        if identity.issuer == "mail" {
            return Some(Home::Mailbox);
        }
        let path = identity.issuer.strip_prefix(origin.as_str())?.strip_prefix('/')?;
        let tenant = path.split('/').next()?.parse().ok()?;
        Some(Home::Tenant { tenant, user: identity.subject.parse().ok()? })
    })
}

async fn home_account(platform: &Platform, own: TenantId, home: TenantId, id: UserId) -> Result<HomeAccount> {
    let mut snapshot = platform.store().peer(own, home, Purpose::HomeUserEnabled).await?;
    // A directory that is switched off vouches for nobody.
    let is_open = snapshot.versions().await?.status == TenantStatus::Active;
    Ok(match user::find(&mut snapshot, id).await? {
        None => HomeAccount::Gone,
        Some(_) if !is_open => HomeAccount::Disabled,
        Some(user) if !user.account_enabled => HomeAccount::Disabled,
        Some(user) => HomeAccount::Enabled { sessions_valid_from: user.sessions_valid_from },
    })
}

async fn roles(read: &mut impl Read, id: UserId) -> Result<Vec<uuid::Uuid>> {
    let roles = role::list_of(read, id).await?;
    roles.into_iter().map(|role| role.template_id().parse().map_err(Error::internal)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use directory::user::{ExternalUserState, Identity, UserType};
    use uuid::Uuid;

    const FABRIKAM: &str = "bbbbbbbb-0000-4000-8000-000000000001";
    const HOME_USER: &str = "dddddddd-0000-4000-8000-000000000001";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn guest() -> User {
        User {
            id: UserId(Uuid::nil()),
            user_principal_name: "lea_fabrikam.example#EXT#@contoso.example".into(),
            display_name: "Lea".into(),
            mail: Some("lea@fabrikam.example".into()),
            mail_nickname: None,
            user_type: UserType::Guest,
            account_enabled: true,
            creation_type: Some("Invitation".into()),
            external_state: Some(ExternalUserState::Accepted),
            external_state_changed_at: None,
            given_name: None,
            surname: None,
            job_title: None,
            mobile_phone: None,
            office_location: None,
            preferred_language: None,
            company_name: None,
            business_phones: Vec::new(),
            other_mails: Vec::new(),
            proxy_addresses: Vec::new(),
            identities: Vec::new(),
            created_at: at(0),
            deleted_at: None,
            more: serde_json::Map::new(),
            sessions_valid_from: at(100),
        }
    }

    fn facts(user: User) -> Facts {
        Facts { user: Some(user), home: None, home_account: None, roles: Vec::new() }
    }

    #[test]
    fn off_means_off_at_every_grant() {
        let decide = |facts: &Facts, issued_at| decide(facts, at(0), issued_at);
        assert!(decide(&facts(guest()), at(100)).is_ok());
        assert_eq!(decide(&Facts { user: None, ..facts(guest()) }, at(200)).err(), Some(Fault::UserNotFound));
        let disabled = User { account_enabled: false, ..guest() };
        assert_eq!(decide(&facts(disabled), at(200)).err(), Some(Fault::UserDisabled));
        let pending = User { external_state: Some(ExternalUserState::PendingAcceptance), ..guest() };
        assert_eq!(decide(&facts(pending), at(200)).err(), Some(Fault::GuestPending));
        assert_eq!(decide(&facts(guest()), at(99)).err(), Some(Fault::SessionsRevoked));
    }

    #[test]
    fn what_happens_at_home_holds_here() {
        let at_home = |account| {
            decide(&Facts { home_account: Some(account), ..facts(guest()) }, at(200), at(300)).err()
        };
        assert_eq!(at_home(HomeAccount::Gone), Some(Fault::UserNotFound));
        assert_eq!(at_home(HomeAccount::Disabled), Some(Fault::UserDisabled));
        assert_eq!(
            at_home(HomeAccount::Enabled { sessions_valid_from: at(201) }),
            Some(Fault::SessionsRevoked)
        );
        assert_eq!(at_home(HomeAccount::Enabled { sessions_valid_from: at(200) }), None);
    }

    #[test]
    fn a_home_is_read_from_issuer_and_subject() {
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let with = |issuer: &str, subject: &str| {
            let identity = Identity { provider: "x".into(), issuer: issuer.into(), subject: subject.into() };
            home(&User { identities: vec![identity], ..guest() }, &origin)
        };
        let fabrikam = Home::Tenant { tenant: FABRIKAM.parse().unwrap(), user: HOME_USER.parse().unwrap() };
        assert_eq!(
            with(&format!("https://localhost:8443/{FABRIKAM}/v2.0"), HOME_USER),
            Some(fabrikam.clone())
        );
        assert_eq!(with(&format!("https://localhost:8443/{FABRIKAM}/"), HOME_USER), Some(fabrikam));
        assert_eq!(with("mail", "lea@fabrikam.example"), Some(Home::Mailbox));
        assert_eq!(with(&format!("https://evil.example/{FABRIKAM}/"), HOME_USER), None);
        assert_eq!(with(&format!("https://localhost:84433/{FABRIKAM}/"), HOME_USER), None);
    }
}
