//! Whether a genuine token may be used now: a pure function of what the token says and who stands behind it.

use kernel::{ApplicationId, Timestamp, UserId};

/// The client a token was issued to, as the tenant has it now.
#[derive(Clone, Copy, Debug)]
pub struct ClientState {
    pub id: ApplicationId,
    pub enabled: bool,
}

/// The user a token speaks for, as the directory has it now. A deleted one is none.
#[derive(Clone, Copy, Debug)]
pub struct UserState {
    pub id: UserId,
    pub enabled: bool,
    pub sessions_valid_from: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    ClientGone,
    ClientDisabled,
    /// An application's own token names another object than the application.
    ForeignSubject,
    UserGone,
    UserDisabled,
    /// Issued before the user's sessions were ended.
    Revoked,
}

impl Unusable {
    /// What the caller is told: whoever holds a genuine token may know.
    pub fn message(self) -> &'static str {
        match self {
            Self::ClientGone => "Access token validation failure. The application is not in this tenant.",
            Self::ClientDisabled => {
                "Access token validation failure. The application is disabled. Ask an administrator to enable it."
            }
            Self::ForeignSubject => "Access token validation failure.",
            Self::UserGone => "Access token validation failure. The user is not in this tenant any more.",
            Self::UserDisabled => {
                "Access token validation failure. The user account is disabled. Ask an administrator to enable it."
            }
            Self::Revoked => "Access token was issued before the user's sessions were ended. Sign in again.",
        }
    }
}

pub fn decide_client(client: Option<ClientState>) -> Result<ClientState, Unusable> {
    let client = client.ok_or(Unusable::ClientGone)?;
    if client.enabled { Ok(client) } else { Err(Unusable::ClientDisabled) }
}

/// `issued_at` and the moment are compared as whole seconds, which is what tokens carry: a token of the second in
/// which sessions were ended is let through, or the sign-in right after it would be refused.
pub fn decide_user(user: Option<UserState>, issued_at: i64) -> Result<UserState, Unusable> {
    let user = user.ok_or(Unusable::UserGone)?;
    if !user.enabled {
        return Err(Unusable::UserDisabled);
    }
    if issued_at < user.sessions_valid_from.as_second() {
        return Err(Unusable::Revoked);
    }
    Ok(user)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn user(enabled: bool, second: i64) -> UserState {
        let sessions_valid_from = Timestamp::from_microsecond(second * 1_000_000 + 999_999).unwrap();
        UserState { id: UserId(Uuid::nil()), enabled, sessions_valid_from }
    }

    #[test]
    fn a_user_token_counts_while_the_user_is_there_enabled_and_not_signed_out() {
        assert!(decide_user(Some(user(true, 100)), 100).is_ok());
        assert_eq!(decide_user(Some(user(true, 100)), 99).err(), Some(Unusable::Revoked));
        assert_eq!(decide_user(Some(user(false, 0)), 100).err(), Some(Unusable::UserDisabled));
        assert_eq!(decide_user(None, 100).err(), Some(Unusable::UserGone));
    }

    #[test]
    fn a_client_must_be_there_and_enabled() {
        let client = |enabled| ClientState { id: ApplicationId(Uuid::nil()), enabled };
        assert!(decide_client(Some(client(true))).is_ok());
        assert_eq!(decide_client(Some(client(false))).err(), Some(Unusable::ClientDisabled));
        assert_eq!(decide_client(None).err(), Some(Unusable::ClientGone));
    }
}
