//! What an operator does to a user's ways in: lifting a pause, setting a password, taking every method away.

use crate::password::{self, PasswordService, Weakness};
use crate::set_up;
use ::store::{Read, Tx, rate};
use directory::audit_log::{self, Event, Operation, Service};
use directory::user::{self, User};
use kernel::{Act, EmailAddress, Error, Result, Secret, TenantId, UserId};
use module::Platform;

#[derive(Clone)]
pub struct MethodService {
    platform: Platform,
    passwords: PasswordService,
}

impl MethodService {
    pub fn new(platform: Platform, passwords: PasswordService) -> Self {
        Self { platform, passwords }
    }

    /// The user an operator names by id, user principal name or address.
    pub async fn find(&self, tenant: TenantId, name: &str) -> Result<User> {
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let found = match name.parse::<UserId>() {
            Ok(id) => user::find(&mut snapshot, id).await?,
            Err(_) => user::find_by_upn(&mut snapshot, name).await?,
        };
        if let Some(found) = found {
            return Ok(found);
        }
        let unknown = || Error::bad_request(format!("There is no user {name} in this tenant."));
        let address = EmailAddress::parse(name).map_err(|_| unknown())?;
        user::find_by_address(&mut snapshot, &address).await?.into_iter().next().ok_or_else(unknown)
    }

    /// Forgets the wrong passwords counted for a user, so that the next is tried at once. How many were forgotten.
    pub async fn unlock(&self, tenant: TenantId, act: Act, id: UserId) -> Result<u64> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let user = living(&mut tx, id).await?;
                let mut count = 0;
                for name in password::limits_of(id) {
                    count += rate::forget(&mut tx, &name).await?;
                }
                let event = Event::new("Unlock user account", Service::CoreDirectory, Operation::Update);
                audit_log::record(&mut tx, rng, &act, event.about(user.target())).await?;
                Ok(count)
            })
            .await
    }

    /// Gives a member a password. Sessions that began with the former one end.
    pub async fn set_password(
        &self,
        tenant: TenantId,
        act: Act,
        user: &User,
        chosen: Secret<String>,
    ) -> Result<()> {
        if user.is_external() {
            return Err(Error::bad_request(format!(
                "{} is a guest, who signs in with an account of their own and has no password here.",
                user.user_principal_name
            )));
        }
        if let Err(weakness) = password::check(chosen.expose(), &user.user_principal_name) {
            return Err(weak(weakness));
        }
        let hashed = self.passwords.hash(chosen).await?;
        let (rng, id) = (self.platform.rng(), user.id);
        self.platform
            .tenant(tenant)
            .write((act, hashed), move |mut tx, context| async move {
                let (act, hashed) = &*context;
                let user = end_sessions(&mut tx, id).await?;
                password::set(&mut tx, id, hashed).await?;
                set_up::end(&mut tx, id).await?;
                let event =
                    Event::new("Reset password (by admin)", Service::CoreDirectory, Operation::Update);
                audit_log::record(&mut tx, rng, act, event.about(user.target())).await?;
                Ok(())
            })
            .await
    }

    /// Takes every method away that Lodge keeps for a user, and ends the sessions. Gives the token of a link
    /// where a member sets a new password; a guest signs in with the account they have.
    pub async fn clear(&self, tenant: TenantId, act: Act, id: UserId) -> Result<Option<Secret<String>>> {
        let rng = self.platform.rng();
        self.platform
            .tenant(tenant)
            .write(act, move |mut tx, act| async move {
                let user = end_sessions(&mut tx, id).await?;
                password::delete(&mut tx, id).await?;
                set_up::end(&mut tx, id).await?;
                let event =
                    Event::new("Delete authentication methods", Service::Authentication, Operation::Delete);
                audit_log::record(&mut tx, rng, &act, event.about(user.target())).await?;
                if user.is_external() {
                    return Ok(None);
                }
                set_up::create_link(&mut tx, rng, id).await.map(Some)
            })
            .await
    }
}

async fn living(read: &mut impl Read, id: UserId) -> Result<User> {
    user::find(read, id).await?.ok_or_else(|| Error::not_found("user"))
}

/// A guest who has not come in yet has no session, and this would end the invitation.
async fn end_sessions(tx: &mut Tx, id: UserId) -> Result<User> {
    let mut user = living(tx, id).await?;
    if user.external_state != Some(user::ExternalUserState::PendingAcceptance) {
        user.sessions_valid_from = tx.now();
        user::save_state(tx, &user).await?;
    }
    Ok(user)
}

fn weak(weakness: Weakness) -> Error {
    Error::bad_request(match weakness {
        Weakness::TooShort => {
            format!("The password is too short: {} characters are the least.", password::SHORTEST)
        }
        Weakness::TooLong => {
            format!("The password is too long: {} characters are the most.", password::LONGEST)
        }
        Weakness::TooPlain => {
            "The password is too plain: use three of lower case, upper case, digits and other characters."
                .to_owned()
        }
        Weakness::HoldsName => "The password holds the user's name: choose another.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::Verified;
    use crate::testing::{PASSWORD, on_each_engine, secret, stranger};
    use kernel::{CorrelationId, Rng};

    fn operator() -> Act {
        Act::system("command line", CorrelationId(Rng::system().uuid()))
    }

    #[tokio::test]
    async fn an_operator_lifts_the_pause_of_one_user() {
        on_each_engine(|house| async move {
            let contoso = house.tenant("contoso").await;
            let (admin, other) = (contoso.member("admin").await, contoso.member("other").await);
            let methods = MethodService::new(house.platform.clone(), house.passwords.clone());
            let attempt = async |name: &str, password: &str| {
                let act = stranger(contoso.id, "203.0.113.1");
                house.passwords.verify(contoso.id, &act, name, secret(password)).await.unwrap()
            };
            for name in [&admin, &other] {
                for _ in 0..password::WRONG_MOST {
                    attempt(&name.user_principal_name, "wrong").await;
                }
                assert!(matches!(
                    attempt(&name.user_principal_name, PASSWORD).await,
                    Verified::Paused { .. }
                ));
            }
            let found = methods.find(contoso.id, "ADMIN@contoso.example").await.unwrap();
            assert!(methods.unlock(contoso.id, operator(), found.id).await.unwrap() > 0);
            assert!(matches!(attempt(&admin.user_principal_name, PASSWORD).await, Verified::Right(_)));
            assert!(matches!(attempt(&other.user_principal_name, PASSWORD).await, Verified::Paused { .. }));
            assert!(contoso.activities().await.contains(&"Unlock user account".to_owned()));
        })
        .await;
    }

    #[tokio::test]
    async fn a_new_password_ends_sessions_and_cleared_methods_leave_no_way_in() {
        on_each_engine(|house| async move {
            let contoso = house.tenant("contoso").await;
            let admin = contoso.member("admin").await;
            let methods = MethodService::new(house.platform.clone(), house.passwords.clone());
            let verify = async |password: &str| {
                let act = stranger(contoso.id, "203.0.113.1");
                house
                    .passwords
                    .verify(contoso.id, &act, "admin@contoso.example", secret(password))
                    .await
                    .unwrap()
            };
            let mut person = house.person("203.0.113.1");
            person.password(&contoso, "admin@contoso.example", PASSWORD).await;
            let account = format!("/account/{}", contoso.id);
            assert!(person.get(&account).await.has("admin@contoso.example"));

            let error =
                methods.set_password(contoso.id, operator(), &admin, secret("short")).await.unwrap_err();
            assert!(error.message().contains("too short"), "{error}");
            house.advance(kernel::SignedDuration::from_secs(5));
            methods.set_password(contoso.id, operator(), &admin, secret("Quite-new-5")).await.unwrap();
            assert_eq!(verify(PASSWORD).await, Verified::Wrong);
            assert!(matches!(verify("Quite-new-5").await, Verified::Right(_)));
            assert!(!person.get(&account).await.has("admin@contoso.example"), "signed out");

            let token = methods.clear(contoso.id, operator(), admin.id).await.unwrap().unwrap();
            assert_eq!(verify("Quite-new-5").await, Verified::Wrong);
            let link = format!("{}?token={}", set_up::path(contoso.id), token.expose());
            assert_eq!(person.get(&link).await.status, 200, "the link leads to a new password");

            let guest = contoso.code_guest("ann@fabrikam.example").await;
            let error = methods
                .set_password(contoso.id, operator(), &guest, secret("Quite-new-5"))
                .await
                .unwrap_err();
            assert!(error.message().contains("is a guest"), "{error}");
            assert!(methods.clear(contoso.id, operator(), guest.id).await.unwrap().is_none());
        })
        .await;
    }
}
