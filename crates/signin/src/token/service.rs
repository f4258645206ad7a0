//! Answering token requests: who is the client, what stands behind the grant, what may the token carry.

use super::claims::{ClientApplication, ClientStrength, Home, Person, SignInFacts};
use super::issue::{Issuer, OnBehalf, TokenAnswer};
use super::opaque::Kind;
use super::request::{ClientProof, EndpointVersion, Grant as Asked, TokenRequest};
use super::store::{self, Grant, StoredCode, StoredRefreshToken};
use crate::endpoint::{Sender, unexpected};
use crate::person;
use crate::protocol::{Asking, Fault, RequestedScopes, ResourceKind, Segment, Trace};
use crate::record::Attempt;
use ::store::Read;
use directory::application::{self, Application, RedirectKind, matching_redirect};
use directory::sign_in_log::{self, SignIn, SignInKind, SignInLog};
use directory::signing_key::SigningKeyService;
use directory::tenant;
use kernel::{Error, Secret, SignedDuration, TenantId, Timestamp};
use module::Platform;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

/// A refresh token ends after this long without use.
pub const REFRESH_DAYS: i64 = 90;
/// What a page or somebody without an account holds ends a day after it began, used or not.
pub const SHORT_REFRESH_HOURS: i64 = 24;
/// A code is good for this long.
pub const CODE_MINUTES: i64 = 10;

#[derive(Clone)]
pub struct TokenService {
    platform: Platform,
    signing_keys: SigningKeyService,
    log: SignInLog,
}

/// One request with what surrounds it.
pub struct Circumstances<'a> {
    pub sender: &'a Sender,
    pub trace: &'a Trace,
    pub version: EndpointVersion,
}

impl Circumstances<'_> {
    pub(crate) fn attempt(&self, id: Uuid, kind: SignInKind) -> Attempt<'_> {
        Attempt { id, kind, sender: self.sender, trace: self.trace }
    }
}

/// The client, proven as far as it can be.
struct Client {
    application: Application,
    is_proven: bool,
}

impl Client {
    fn as_told(&self) -> ClientApplication {
        ClientApplication {
            app_id: self.application.app_id,
            object_id: self.application.id,
            display_name: self.application.display_name.clone(),
            strength: if self.is_proven { ClientStrength::Secret } else { ClientStrength::Public },
        }
    }

    /// A web server that can keep a secret has to show it; a page and a program on somebody's machine cannot.
    fn check_kind(&self, kind: RedirectKind, sender: &Sender) -> Result<(), Fault> {
        match kind {
            RedirectKind::Web if self.application.is_public || self.is_proven => Ok(()),
            RedirectKind::Web => Err(Fault::SecretNeeded),
            RedirectKind::SinglePage if sender.page_origin.is_none() => Err(Fault::OriginNeeded),
            RedirectKind::SinglePage | RedirectKind::PublicClient => Ok(()),
        }
    }
}

impl TokenService {
    pub fn new(platform: Platform, signing_keys: SigningKeyService, log: SignInLog) -> Self {
        Self { platform, signing_keys, log }
    }

    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Answers one request at the address of `segment`.
    pub async fn answer(
        &self,
        segment: &str,
        request: TokenRequest,
        of: &Circumstances<'_>,
    ) -> Result<TokenAnswer, Fault> {
        let tenant = self.tenant(segment, &request.grant).await.map_err(|error| error.told(of.trace))?;
        let answered = match &request.grant {
            Asked::ClientCredentials => self.for_client(tenant, &request, of).await,
            Asked::AuthorizationCode { code, redirect_uri, verifier } => {
                let verifier = verifier.as_ref().map(|verifier| verifier.expose().as_str());
                let shown = ShownCode { code, redirect_uri: redirect_uri.as_deref(), verifier };
                self.for_code(tenant, &request, &shown, of).await
            }
            Asked::RefreshToken(token) => self.for_refresh_token(tenant, &request, token, of).await,
        };
        answered.map_err(|failure| failure.told(of.trace))
    }

    /// The tenant of the path, or where the path leaves it open the one that the grant belongs to.
    async fn tenant(&self, segment: &str, grant: &Asked) -> Result<TenantId, Failure> {
        let unknown = || Fault::TenantNotFound(segment.chars().take(100).collect());
        let parsed = Segment::parse(segment).ok_or_else(unknown)?;
        let named = match (parsed, grant) {
            (Segment::Id(_) | Segment::Domain(_), _) => segment.to_owned(),
            (_, Asked::ClientCredentials) => return Err(Fault::TenantNeeded.into()),
            (_, Asked::AuthorizationCode { code, .. }) => {
                Kind::Code.tenant(code.expose()).ok_or(Fault::GrantMalformed)?.to_string()
            }
            (_, Asked::RefreshToken(token)) => {
                Kind::RefreshToken.tenant(token.expose()).ok_or(Fault::GrantMalformed)?.to_string()
            }
        };
        Ok(tenant::resolve(self.platform.store(), &named).await?.ok_or_else(unknown)?)
    }

    /// The client by its id and, if it shows one, its secret.
    async fn client(
        &self,
        tenant: TenantId,
        request: &TokenRequest,
        sender: &Sender,
    ) -> Result<Client, Failure> {
        let store = self.platform.tenant(tenant);
        let mut snapshot = store.snapshot().await?;
        let found = application::find_by_app_id(&mut snapshot, request.app_id).await?;
        let application = found.ok_or_else(|| Fault::ClientNotFound(request.app_id.to_string()))?;
        if !application.enabled {
            return Err(Fault::ClientDisabled.into());
        }
        let ClientProof::Secret(secret) = &request.proof else {
            return Ok(Client { application, is_proven: false });
        };
        if application.is_public {
            return Err(Fault::SecretFromPublicClient.into());
        }
        if sender.page_origin.is_some() {
            return Err(Fault::SecretWithOrigin.into());
        }
        let keys = store.keys().await?;
        if !application::check_secret(&mut snapshot, &keys, application.id, secret).await? {
            drop(snapshot);
            return Err(Failure::Client(Fault::WrongSecret, Box::new(application)));
        }
        Ok(Client { application, is_proven: true })
    }

    async fn for_client(
        &self,
        tenant: TenantId,
        request: &TokenRequest,
        of: &Circumstances<'_>,
    ) -> Result<TokenAnswer, Failure> {
        let client = match self.client(tenant, request, of.sender).await {
            Err(Failure::Client(fault, application)) => {
                let attempt = of.attempt(self.platform.rng().uuid(), SignInKind::ServicePrincipal);
                self.log.note(tenant, attempt.failed(&application, None, &fault));
                return Err(fault.into());
            }
            other => other?,
        };
        if !client.is_proven {
            return Err(Fault::SecretNeeded.into());
        }
        let scope = request.scope.as_deref().ok_or(Fault::MissingParameter("scope"))?;
        let resource = RequestedScopes::parse_for_client(scope, self.asking(&client.application))?;
        let roles = match resource.kind {
            ResourceKind::Graph => {
                let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
                application::granted_app_roles(&mut snapshot, &client.application).await?
            }
            ResourceKind::Management | ResourceKind::Client(_) => Vec::new(),
        };
        let answer = self
            .sign(tenant, self.platform.rng().uuid(), |issuer| {
                issuer.for_client(&client.as_told(), resource.clone(), roles)
            })
            .await?;
        let attempt = of.attempt(answer.id, SignInKind::ServicePrincipal);
        self.log.note(tenant, attempt.succeeded(&client.application, &resource, None));
        Ok(answer)
    }

    async fn for_code(
        &self,
        tenant: TenantId,
        request: &TokenRequest,
        shown: &ShownCode<'_>,
        of: &Circumstances<'_>,
    ) -> Result<TokenAnswer, Failure> {
        let client = self.client(tenant, request, of.sender).await?;
        let digest = self.digest(tenant, Kind::Code, shown.code).await?;
        let stored = store::find_code(&mut self.platform.tenant(tenant).snapshot().await?, &digest).await?;
        let stored = stored.ok_or(Fault::GrantMalformed)?;
        check_code(&stored, &client, shown, of)?;
        // The sign-in that led to the code and its first token share a name.
        let id = stored.grant.id;
        let behalf = self.behalf(tenant, id, client, stored.grant, stored.issued_at, request).await?;
        let refresh = behalf.scopes.offline_access.then(|| self.new_refresh_token(tenant, &behalf, None));
        self.redeem(tenant, digest, id, refresh.as_ref()).await?;
        self.on_behalf(tenant, &behalf, stored.nonce.as_deref(), refresh, request, of).await
    }

    async fn for_refresh_token(
        &self,
        tenant: TenantId,
        request: &TokenRequest,
        token: &Secret<String>,
        of: &Circumstances<'_>,
    ) -> Result<TokenAnswer, Failure> {
        let client = self.client(tenant, request, of.sender).await?;
        let digest = self.digest(tenant, Kind::RefreshToken, token).await?;
        let stored =
            store::find_refresh_token(&mut self.platform.tenant(tenant).snapshot().await?, &digest).await?;
        let stored = stored.ok_or(Fault::GrantMalformed)?;
        if stored.grant.app_id != client.application.app_id {
            return Err(Fault::ClientMismatch.into());
        }
        client.check_kind(stored.grant.kind, of.sender)?;
        if of.trace.at >= stored.expires_at {
            return Err(ended(stored.grant.kind).into());
        }
        let id = self.platform.rng().uuid();
        let behalf = self.behalf(tenant, id, client, stored.grant, stored.issued_at, request).await?;
        let refresh = self.new_refresh_token(tenant, &behalf, Some(stored.expires_at));
        self.keep(tenant, &refresh).await?;
        let answer = self.on_behalf(tenant, &behalf, None, Some(refresh), request, of).await?;
        let attempt = of.attempt(id, SignInKind::NonInteractiveUser);
        let Behalf { client, person, scopes, .. } = &behalf;
        self.log.note(tenant, attempt.succeeded(&client.application, &scopes.resource, Some(person)));
        Ok(answer)
    }

    /// Person, scopes and grants as they are now: what was true when the grant began may be so no longer.
    async fn behalf(
        &self,
        tenant: TenantId,
        id: Uuid,
        client: Client,
        grant: Grant,
        issued_at: Timestamp,
        request: &TokenRequest,
    ) -> Result<Behalf, Failure> {
        let facts = person::load(&self.platform, tenant, grant.user).await?;
        let person = person::decide(&facts, grant.authenticated_at, issued_at)?;
        let scope = request.scope.as_deref().unwrap_or(&grant.scope);
        let scopes = RequestedScopes::parse(scope, self.asking(&client.application))?;
        let mut snapshot = self.platform.tenant(tenant).snapshot().await?;
        let granted =
            application::granted_scopes(&mut snapshot, &client.application, Some(grant.user)).await?;
        if !scopes.missing(&granted).is_empty() {
            return Err(Fault::ConsentNeeded.into());
        }
        let granted = scopes.at_resource(&granted);
        Ok(Behalf { id, client, person, grant, scopes, granted })
    }

    async fn on_behalf(
        &self,
        tenant: TenantId,
        behalf: &Behalf,
        nonce: Option<&str>,
        refresh: Option<NewRefreshToken>,
        request: &TokenRequest,
        of: &Circumstances<'_>,
    ) -> Result<TokenAnswer, Failure> {
        let sign_in = SignInFacts {
            session: behalf.grant.session.0,
            authenticated_at: behalf.grant.authenticated_at,
            methods: behalf.grant.methods.clone(),
        };
        let client = behalf.client.as_told();
        let of = OnBehalf {
            client: &client,
            person: &behalf.person,
            sign_in: &sign_in,
            scopes: &behalf.scopes,
            granted: &behalf.granted,
            nonce,
            address: of.sender.network.map(|address| address.to_string()),
            version: of.version,
            client_info: request.client_info,
        };
        let mut answer = self.sign(tenant, behalf.id, |issuer| issuer.on_behalf(&of)).await?;
        answer.refresh_token = refresh.map(|refresh| refresh.text.expose().clone());
        Ok(answer)
    }

    fn new_refresh_token(
        &self,
        tenant: TenantId,
        behalf: &Behalf,
        until: Option<Timestamp>,
    ) -> NewRefreshToken {
        let grant = &behalf.grant;
        let now = self.platform.clock().now();
        let text = Kind::RefreshToken.generate(self.platform.rng(), tenant);
        let expires_at = refresh_end(grant, &behalf.person, now, until);
        NewRefreshToken {
            text,
            stored: StoredRefreshToken { grant: grant.clone(), issued_at: now, expires_at },
        }
    }

    /// Uses the code up, once. A second use ends what the first one got: somebody else has the code.
    async fn redeem(
        &self,
        tenant: TenantId,
        digest: [u8; 32],
        grant: Uuid,
        refresh: Option<&NewRefreshToken>,
    ) -> Result<(), Failure> {
        let refresh = match refresh {
            Some(refresh) => {
                Some((self.digest(tenant, Kind::RefreshToken, &refresh.text).await?, refresh.stored.clone()))
            }
            None => None,
        };
        let is_first = self
            .platform
            .tenant(tenant)
            .write_unordered((digest, grant, refresh), |mut tx, context| async move {
                let (digest, grant, refresh) = &*context;
                if !store::redeem_code(&mut tx, digest).await? {
                    store::end_grant(&mut tx, *grant).await?;
                    return Ok(false);
                }
                if let Some((digest, token)) = refresh {
                    store::insert_refresh_token(&mut tx, digest, token).await?;
                }
                Ok(true)
            })
            .await?;
        if is_first { Ok(()) } else { Err(Fault::CodeReused.into()) }
    }

    async fn keep(&self, tenant: TenantId, refresh: &NewRefreshToken) -> Result<(), Failure> {
        let digest = self.digest(tenant, Kind::RefreshToken, &refresh.text).await?;
        self.platform
            .tenant(tenant)
            .write_unordered((digest, refresh.stored.clone()), |mut tx, context| async move {
                let (digest, token) = &*context;
                store::insert_refresh_token(&mut tx, digest, token).await
            })
            .await?;
        Ok(())
    }

    /// A code for what the person has just allowed; the sign-in is recorded with it.
    pub async fn issue_code(
        &self,
        tenant: TenantId,
        code: StoredCode,
        sign_in: SignIn,
    ) -> kernel::Result<Secret<String>> {
        let text = Kind::Code.generate(self.platform.rng(), tenant);
        let store = self.platform.tenant(tenant);
        let digest = Kind::Code.digest(&store.keys().await?, text.expose());
        store
            .write_unordered((digest, code, sign_in), |mut tx, context| async move {
                let (digest, code, sign_in) = &*context;
                store::insert_code(&mut tx, digest, code).await?;
                sign_in_log::record_interactive(&mut tx, sign_in).await
            })
            .await?;
        Ok(text)
    }

    /// Removes codes and refresh tokens that ended a day ago: until then a second use is told from a first.
    pub(super) async fn purge(&self, tenant: TenantId) -> kernel::Result<delivery::Progress> {
        let has_more = self
            .platform
            .tenant(tenant)
            .write_unordered((), |mut tx, _| async move {
                let before = tx.now().checked_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
                store::purge(&mut tx, before).await
            })
            .await?;
        Ok(if has_more { delivery::Progress::More } else { delivery::Progress::Done })
    }

    async fn digest(&self, tenant: TenantId, kind: Kind, text: &Secret<String>) -> kernel::Result<[u8; 32]> {
        let keys = self.platform.tenant(tenant).keys().await?;
        Ok(kind.digest(&keys, text.expose()))
    }

    async fn sign(
        &self,
        tenant: TenantId,
        id: Uuid,
        make: impl FnOnce(&Issuer<'_>) -> kernel::Result<TokenAnswer>,
    ) -> kernel::Result<TokenAnswer> {
        let keys = self.platform.tenant(tenant).keys().await?;
        let signing_key: Arc<jose::SigningKey> = self.signing_keys.active(tenant).await?;
        let began = Instant::now();
        let answer = make(&Issuer {
            origin: self.platform.origin(),
            tenant,
            id,
            keys: &keys,
            signing_key: &signing_key,
            rng: self.platform.rng(),
            now: self.platform.clock().now(),
        });
        self.platform.meters().signing.observe(began.elapsed().as_secs_f64());
        answer
    }

    pub fn asking<'a>(&'a self, application: &'a Application) -> Asking<'a> {
        Asking {
            origin: self.platform.origin(),
            app_id: application.app_id,
            identifier_uris: &application.identifier_uris,
            own_scopes: &[],
        }
    }
}

/// What a client shows for a code.
struct ShownCode<'a> {
    code: &'a Secret<String>,
    redirect_uri: Option<&'a str>,
    verifier: Option<&'a str>,
}

/// What stands behind an answer on somebody's behalf.
struct Behalf {
    /// The sign-in's id in the log.
    id: Uuid,
    client: Client,
    person: Person,
    grant: Grant,
    scopes: RequestedScopes,
    /// Permissions at the scopes' resource.
    granted: Vec<String>,
}

struct NewRefreshToken {
    text: Secret<String>,
    stored: StoredRefreshToken,
}

/// Everything that binds a code to this client, this place and this browser.
fn check_code(
    stored: &StoredCode,
    client: &Client,
    shown: &ShownCode<'_>,
    of: &Circumstances<'_>,
) -> Result<(), Fault> {
    if stored.grant.app_id != client.application.app_id {
        return Err(Fault::ClientMismatch);
    }
    if shown.redirect_uri.ok_or(Fault::MissingParameter("redirect_uri"))? != stored.redirect_uri {
        return Err(Fault::RedirectMismatch);
    }
    let kind = matching_redirect(&client.application, &stored.redirect_uri).ok_or(Fault::RedirectMismatch)?;
    client.check_kind(kind, of.sender)?;
    match (&stored.challenge, shown.verifier) {
        (None, None) => {}
        (Some(_), None) => return Err(Fault::VerifierMissing),
        (Some(challenge), Some(verifier)) if challenge.accepts(verifier) => {}
        // A verifier that nobody asked for may belong to a code that was slipped in.
        (_, Some(_)) => return Err(Fault::VerifierMismatch),
    }
    // A used code goes on to the step that ends its grant, however old it is.
    if stored.redeemed_at.is_none() && of.trace.at >= stored.expires_at {
        return Err(Fault::CodeExpired);
    }
    Ok(())
}

fn ended(kind: RedirectKind) -> Fault {
    match kind {
        RedirectKind::SinglePage => Fault::SpaRefreshTokenExpired,
        RedirectKind::Web | RedirectKind::PublicClient => Fault::RefreshTokenInactive,
    }
}

/// Ninety days from now, or the end that a page's first token was given, or a day after a code was mailed.
fn refresh_end(grant: &Grant, person: &Person, now: Timestamp, until: Option<Timestamp>) -> Timestamp {
    let after = |from: Timestamp, hours| {
        from.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
    };
    let sliding = after(now, REFRESH_DAYS * 24);
    let page = match (grant.kind, until) {
        (RedirectKind::SinglePage, Some(until)) => until,
        (RedirectKind::SinglePage, None) => after(now, SHORT_REFRESH_HOURS),
        _ => sliding,
    };
    let mailbox = match person.home {
        Some(Home::Mailbox) => after(grant.authenticated_at, SHORT_REFRESH_HOURS),
        _ => sliding,
    };
    sliding.min(page).min(mailbox)
}

/// What ends a request: what the client is told, or an error of a lower layer whose cause goes to the log.
enum Failure {
    Told(Fault),
    /// Told as well, and recorded with the application it concerns.
    Client(Fault, Box<Application>),
    Unexpected(Error),
}

impl Failure {
    fn told(self, trace: &Trace) -> Fault {
        match self {
            Self::Told(fault) | Self::Client(fault, _) => fault,
            Self::Unexpected(error) => unexpected(trace, &error),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Told(fault)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Unexpected(error)
    }
}
