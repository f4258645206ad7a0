//! Verifying passwords, and how often one may be wrong.

use super::{Hashed, Hasher, store};
use crate::session::record;
use ::store::rate::Limit;
use ::store::{Read, TenantStore, Tx};
use directory::sign_in_log::{self, SignIn};
use directory::user::{self, User};
use kernel::{Act, EmailAddress, Result, Rng, Secret, SignedDuration, TenantId, UserId};
use module::Platform;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;
use web::ClientNetwork;

/// Wrong passwords for one user from one network before a pause.
pub const WRONG_MOST: u32 = 10;
/// How long a user pauses for that network, and the time in which wrong passwords are counted.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// Wrong passwords from one network, for whomever, in that time.
const WRONG_MOST_PER_NETWORK: u32 = 100;

/// What came of a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It is this user's. Whether the user may have a session is for the session to say.
    Right(Box<User>),
    /// Wrong, or there is no such user: the same answer.
    Wrong,
    /// Too many were wrong: nothing was tried. Seconds until one is tried again.
    Paused { seconds: u32 },
}

#[derive(Clone)]
pub struct PasswordService {
    platform: Platform,
    hasher: Hasher,
    turns: Turns,
}

impl PasswordService {
    pub fn hasher(&self) -> &Hasher {
        &self.hasher
    }

    pub fn new(platform: Platform, hasher: Hasher) -> Self {
        Self { platform, hasher, turns: Turns::default() }
    }

    /// Hashes a password to be set. Several at once run in parallel.
    pub async fn hash(&self, password: Secret<String>) -> Result<Hashed> {
        self.hasher.hash(password).await
    }

    /// Tries the password of whoever `name`, a user principal name or an address, is in the tenant.
    pub async fn verify(
        &self,
        tenant: TenantId,
        act: &Act,
        name: &str,
        password: Secret<String>,
    ) -> Result<Verified> {
        let store = self.platform.tenant(tenant);
        let mut snapshot = store.snapshot().await?;
        let user = find(&mut snapshot, name).await?;
        let hashed = match &user {
            Some(user) => store::find(&mut snapshot, user.id).await?,
            None => None,
        };
        drop(snapshot);
        let limits = Limits::of(user.as_ref(), name, act);
        // One at a time for each user and network, or a burst would be tried before the first is counted.
        let _turn = self.turns.take(format!("{tenant} {}", limits.wrong.name)).await;
        if let Some(seconds) = limits.wait(&mut store.snapshot().await?).await? {
            return Ok(Verified::Paused { seconds });
        }
        match (self.hasher.verify(hashed, password).await?, user) {
            (true, Some(user)) => Ok(Verified::Right(Box::new(user))),
            (_, user) => self.count(&store, act, user.as_ref(), limits).await,
        }
    }

    async fn count(
        &self,
        store: &TenantStore,
        act: &Act,
        user: Option<&User>,
        limits: Limits,
    ) -> Result<Verified> {
        let rng = self.platform.rng();
        let paused = store
            .write((limits, failure(rng, act, user)), move |mut tx, context| async move {
                let (limits, sign_in) = &*context;
                sign_in_log::record_interactive(&mut tx, sign_in).await?;
                limits.count(&mut tx, rng).await
            })
            .await?;
        Ok(paused.map_or(Verified::Wrong, |seconds| Verified::Paused { seconds }))
    }
}

/// The user a name stands for: by user principal name, else by address.
async fn find(read: &mut impl Read, name: &str) -> Result<Option<User>> {
    if let Some(user) = user::find_by_upn(read, name).await? {
        return Ok(Some(user));
    }
    let Ok(address) = EmailAddress::parse(name) else { return Ok(None) };
    let users = user::find_by_address(read, &address).await?;
    Ok(users.into_iter().find(|user| !user.is_external()))
}

/// AADSTS50126, and 50034 where there is no such user; only the log tells them apart.
fn failure(rng: Rng, act: &Act, user: Option<&User>) -> SignIn {
    let outcome = match user {
        Some(_) => record::failure(50126, "The user name or the password is wrong."),
        None => record::failure(50034, "There is no such user in this tenant."),
    };
    record::at_page(rng, act, user, None, outcome)
}

/// What the names of all limits of a user begin with, whatever the network.
pub fn limits_of(user: UserId) -> [String; 2] {
    [format!("password {user} "), format!("password pause {user} ")]
}

/// What is counted for one user and network.
struct Limits {
    wrong: Limit,
    pause: Limit,
    network: Limit,
}

impl Limits {
    fn of(user: Option<&User>, name: &str, act: &Act) -> Self {
        let who =
            user.map_or_else(|| user::upn_key(name).chars().take(320).collect(), |user| user.id.to_string());
        let network = act.network.map_or_else(|| "?".to_owned(), |peer| ClientNetwork::of(peer).to_string());
        Self {
            wrong: Limit::new(format!("password {who} {network}"), WRONG_MOST, PAUSE),
            pause: Limit::new(format!("password pause {who} {network}"), 1, PAUSE),
            network: Limit::new(format!("password {network}"), WRONG_MOST_PER_NETWORK, PAUSE),
        }
    }

    async fn wait(&self, read: &mut impl Read) -> Result<Option<u32>> {
        Ok(self.pause.wait(read).await?.max(self.network.wait(read).await?))
    }

    /// Counts a wrong password. The seconds to wait if it was the last one for now.
    async fn count(&self, tx: &mut Tx, rng: Rng) -> Result<Option<u32>> {
        self.network.count(tx, rng).await?;
        self.wrong.count(tx, rng).await?;
        if self.wrong.wait(tx).await?.is_some() {
            self.pause.count(tx, rng).await?;
        }
        self.wait(tx).await
    }
}

/// Lets those who try the same thing pass one by one.
#[derive(Clone, Default)]
struct Turns(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>);

/// Turns nobody holds are forgotten when there are more than this.
const MOST_TURNS: usize = 1024;

impl Turns {
    async fn take(&self, key: String) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() > MOST_TURNS {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            turns.entry(key).or_default().clone()
        };
        turn.lock_owned().await
    }
}
