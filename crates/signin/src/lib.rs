//! Sessions, proofs, consent, OAuth 2.0 and OpenID Connect.
//!
//! Each module is a slice; its file says what it is, and its folder holds rule, statements, service, pages and
//! tests.

pub mod account;
pub mod admission;
pub mod authorize;
pub mod consent;
pub mod discovery;
pub mod email_code;
mod endpoint;
pub mod home_realm;
pub mod logout;
pub mod methods;
pub mod new_member;
pub mod password;
pub mod person;
#[cfg(test)]
mod portal_stories;
pub mod protocol;
mod record;
pub mod session;
pub mod set_up;
pub mod sign_in;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod testing;
pub mod token;
pub mod userinfo;
mod visit;

use directory::access::AccessService;
use directory::sign_in_log::SignInLog;
use directory::signing_key::SigningKeyService;
use module::{Module, Platform, Tables};

/// The tables of all slices of this crate, in the order they are made.
pub fn tables() -> Vec<Tables> {
    vec![session::TABLES, password::TABLES, email_code::TABLES, set_up::TABLES, token::TABLES]
}

/// The slices with which people sign in at pages. Hashing passwords starts threads, so the service is given.
pub fn modules(platform: &Platform, passwords: &password::PasswordService) -> Vec<Module> {
    vec![
        session::module(platform),
        password::module(),
        email_code::module(platform),
        home_realm::module(),
        set_up::module(platform, passwords),
        new_member::module(platform, passwords),
        sign_in::module(platform, passwords),
        account::module(platform, passwords),
        admission::module(platform),
    ]
}

/// The slices with which applications sign people in: OAuth 2.0 and OpenID Connect.
pub fn protocol_modules(
    platform: &Platform,
    signing_keys: &SigningKeyService,
    access: &AccessService,
    log: &SignInLog,
) -> Vec<Module> {
    let sessions = session::SessionService::new(platform.clone());
    let tokens = token::TokenService::new(platform.clone(), signing_keys.clone(), log.clone());
    let authorize = authorize::AuthorizeService::new(platform.clone(), tokens.clone(), sessions.clone());
    vec![
        token::module(&tokens),
        authorize::module(&authorize),
        discovery::module(discovery::Discovery::new(platform.clone(), signing_keys.clone())),
        userinfo::module(userinfo::UserInfo::new(platform.clone(), access.clone())),
        logout::module(logout::Logout::new(platform.clone(), signing_keys.clone(), sessions)),
    ]
}

#[cfg(test)]
mod tests {
    use crate::testing::on_each_engine;
    use store::check;

    #[tokio::test]
    async fn every_statement_is_prepared_by_both_engines_and_no_hot_one_scans() {
        on_each_engine(|house| async move {
            let store = house.platform.store();
            let statements =
                super::tables().iter().flat_map(|tables| tables.statements).copied().collect::<Vec<_>>();
            assert_eq!(check::problems(store, statements).await, [""; 0]);
        })
        .await;
    }
}
