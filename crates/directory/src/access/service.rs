//! From bearer token to caller.

use super::rules::{self, ClientState, Unusable, UserState};
use crate::application::{self, graph_audiences};
use crate::cache::Cache;
use crate::signing_key::{KeyRing, SigningKeyService};
use crate::{role, tenant, user};
use ::store::{Read, Snapshot};
use aws_lc_rs::digest::{SHA256, digest};
use graph::{Authenticate, BoxFuture, Caller, Subject};
use jose::{Expected, InvalidClaims, Registered};
use kernel::{AppId, Error, Kind, Result, TenantId, Timestamp, UserId};
use module::Platform;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// Tokens remembered, at about 1 KB each.
const CACHED_TOKENS: usize = 2048;

/// Reads access tokens for Graph. Clones share one cache.
#[derive(Clone)]
pub struct AccessService(Arc<Inner>);

struct Inner {
    platform: Platform,
    keys: SigningKeyService,
    audiences: Vec<String>,
    /// By the token's digest.
    known: Cache<[u8; 32], Arc<Known>>,
}

/// A token whose signature and claims were good at a key version, and who stood behind it at a change number.
/// While that number stands still nothing has happened that could make the token bad but its expiry: users, roles
/// and applications all change under it.
struct Known {
    said: Arc<Said>,
    key_version: i64,
    token: AccessToken,
    change_number: i64,
}

/// What a genuine token says.
struct Said {
    claims: GraphClaims,
    registered: Registered,
}

/// A verified access token for Graph and who stands behind it.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub caller: Caller,
    /// The subject that the client's ID tokens carry, for the user-info endpoint.
    pub client_subject: Option<String>,
}

/// The claims Graph goes by; issuer, tenant, audience and times are checked by `jose`.
#[derive(Deserialize)]
struct GraphClaims {
    oid: Uuid,
    /// The client in a v1.0 token; `azp` in a v2.0 one.
    appid: Option<AppId>,
    azp: Option<AppId>,
    idtyp: Option<String>,
    scp: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    xms_st: Option<ClientSubject>,
}

#[derive(Deserialize)]
struct ClientSubject {
    sub: String,
}

impl AccessService {
    pub fn new(platform: Platform, keys: SigningKeyService) -> Self {
        let audiences = graph_audiences(platform.origin());
        Self(Arc::new(Inner { platform, keys, audiences, known: Cache::new(CACHED_TOKENS) }))
    }

    /// What `bearer` proves here and now, or an unauthenticated error.
    pub async fn read(&self, bearer: &str) -> Result<AccessToken> {
        let inner = &self.0;
        if bearer.is_empty() {
            return Err(refused("Access token is empty."));
        }
        let Some(tenant) = jose::claimed_tenant(bearer) else {
            return Err(refused("CompactToken parsing failed with error code: 80049217"));
        };
        let mut snapshot = inner.platform.tenant(tenant).snapshot().await?;
        let versions = match snapshot.versions().await {
            Err(error) if error.kind() == Kind::NotFound => return Err(not_ours().because("no such tenant")),
            versions => versions?,
        };
        tenant::decide_open(versions.status)?;
        let key = fingerprint(bearer);
        let known = inner.known.get(&key).filter(|known| known.key_version == versions.key);
        let said = match known {
            Some(known) if snapshot.now().as_second() >= known.said.registered.expires_at => {
                return Err(expired());
            }
            Some(known) if known.change_number == versions.change_number => return Ok(known.token.clone()),
            Some(known) => known.said.clone(),
            None => {
                let now = snapshot.now();
                let ring = inner.keys.ring_at(snapshot, versions.key).await?;
                let said = Arc::new(self.verify(&ring, bearer, tenant, now)?);
                snapshot = inner.platform.tenant(tenant).snapshot().await?;
                said
            }
        };
        let token = resolve(&mut snapshot, &said).await?;
        let (key_version, change_number) = (versions.key, versions.change_number);
        let known = Known { said, key_version, token: token.clone(), change_number };
        inner.known.insert(key, Arc::new(known));
        Ok(token)
    }

    /// Signature first; nothing the token says is looked at before.
    fn verify(&self, ring: &KeyRing, bearer: &str, tenant: TenantId, now: Timestamp) -> Result<Said> {
        let Some(claims) = ring.verify(bearer, now) else {
            return Err(not_ours().because("no key of the tenant it names has signed it"));
        };
        let registered = self.check(&claims, tenant, now)?;
        let epoch = self.0.platform.store().epoch().started_at;
        if registered.issued_at.is_some_and(|issued_at| issued_at < epoch.as_second()) {
            return Err(refused(
                "Access token was issued before this directory was restored. Sign in again.",
            ));
        }
        let claims = claims.decode().map_err(|error| not_ours().because(error))?;
        Ok(Said { claims, registered })
    }

    /// Both issuers of the tenant are its own: the endpoints of either version hand out tokens.
    fn check(&self, claims: &jose::Claims, tenant: TenantId, now: Timestamp) -> Result<Registered> {
        let origin = self.0.platform.origin();
        let audiences: Vec<&str> = self.0.audiences.iter().map(String::as_str).collect();
        let check = |issuer: &str| {
            claims.check(&Expected { issuer, audiences: &audiences, tenant: Some(tenant), now })
        };
        let checked = match check(&format!("{origin}/{tenant}/")) {
            Err(InvalidClaims::Issuer) => check(&format!("{origin}/{tenant}/v2.0")),
            checked => checked,
        };
        checked.map_err(|invalid| match invalid {
            InvalidClaims::Expired | InvalidClaims::NotYetValid => expired(),
            InvalidClaims::Audience => refused(
                "Access token validation failure. Invalid audience. Ask for a token with a scope of this server, such as its address and /.default.",
            ),
            InvalidClaims::Issuer => refused("Access token validation failure. Invalid issuer."),
            InvalidClaims::Malformed | InvalidClaims::Tenant => not_ours(),
        }
        .because(invalid))
    }
}

impl Authenticate for AccessService {
    fn authenticate<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(async move { Ok(self.read(bearer).await?.caller) })
    }

    fn epoch(&self) -> i64 {
        self.0.platform.store().epoch().number
    }
}

/// Who stands behind a genuine token, as of now.
async fn resolve(snapshot: &mut Snapshot, said: &Said) -> Result<AccessToken> {
    let Said { claims: said, registered } = said;
    let Some(app_id) = said.appid.or(said.azp) else {
        return Err(not_ours().because("the token names no client"));
    };
    let found = application::find_by_app_id(snapshot, app_id).await?;
    let state = found.as_ref().map(|found| ClientState { id: found.id, enabled: found.enabled });
    let client = rules::decide_client(state).map_err(unusable)?;
    let is_application = said.idtyp.as_deref().map_or(said.scp.is_none(), |kind| kind == "app");
    let tenant = snapshot.tenant();
    if is_application {
        if said.oid != client.id.0 {
            return Err(unusable(Unusable::ForeignSubject));
        }
        let display_name = found.map(|found| found.display_name).unwrap_or_default();
        let subject = Subject::Application { id: client.id, display_name };
        let caller = Caller { tenant, subject, app_id, scopes: Vec::new(), app_roles: said.roles.clone() };
        return Ok(AccessToken { caller, client_subject: None });
    }
    let found = user::find(snapshot, UserId(said.oid)).await?;
    let state = found.as_ref().map(|user| UserState {
        id: user.id,
        enabled: user.account_enabled,
        sessions_valid_from: user.sessions_valid_from,
    });
    let issued_at = registered.issued_at.unwrap_or(i64::MIN);
    let id = rules::decide_user(state, issued_at).map_err(unusable)?.id;
    let roles = role::list_of(snapshot, id).await?;
    let Some(user) = found else { return Err(unusable(Unusable::UserGone)) };
    let subject = Subject::User {
        id,
        display_name: user.display_name,
        user_principal_name: user.user_principal_name,
        mail: user.mail,
        roles: roles.into_iter().map(|role| role.template_id().to_owned()).collect(),
    };
    let scopes = said.scp.iter().flat_map(|scp| scp.split_ascii_whitespace()).map(str::to_owned).collect();
    let caller = Caller { tenant, subject, app_id, scopes, app_roles: Vec::new() };
    Ok(AccessToken { caller, client_subject: said.xms_st.as_ref().map(|other| other.sub.clone()) })
}

fn fingerprint(token: &str) -> [u8; 32] {
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    fingerprint
}

fn refused(message: &str) -> Error {
    Error::unauthenticated(message).code("InvalidAuthenticationToken")
}

/// One answer for a token of another server, of another tenant's key, and a forged one.
fn not_ours() -> Error {
    refused("Access token validation failure. Get a new token from this server.")
}

fn expired() -> Error {
    refused("Access token has expired or is not yet valid.")
}

fn unusable(reason: Unusable) -> Error {
    refused(reason.message())
}
