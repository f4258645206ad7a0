//! Passwords of users that Graph makes and changes.

use super::rules;
use super::{Hashed, PasswordService, store};
use ::store::Tx;
use directory::user::{PasswordHash, Passwords};
use graph::BoxFuture;
use kernel::{Error, Result, Secret, UserId};

impl Passwords for PasswordService {
    fn hash<'a>(&'a self, password: Secret<String>, name: &'a str) -> BoxFuture<'a, Result<PasswordHash>> {
        Box::pin(async move {
            if rules::check(password.expose(), name).is_err() {
                let message = "The specified password does not comply with password complexity requirements. Please \
                               provide a different password.";
                return Err(Error::bad_request(message).code("Request_BadRequest"));
            }
            let hashed = PasswordService::hash(self, password).await?;
            Ok(PasswordHash(Secret::new(hashed.as_str().to_owned())))
        })
    }

    fn keep<'a>(&'a self, tx: &'a mut Tx, user: UserId, hash: &'a PasswordHash) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { store::set(tx, user, &Hashed::stored(hash.0.expose().clone())).await })
    }
}
