//! What happens next with an authorization request: sign in, ask, answer or refuse.

use super::AuthorizeRequest;
use crate::consent::{self, Need};
use crate::endpoint::Sender;
use crate::person;
use crate::protocol::{Fault, RequestedScopes, Trace};
use crate::record::Attempt;
use crate::session::{Browser, Method, SessionService, SignedIn};
use crate::token::claims::{Person, client_info};
use crate::token::{CODE_MINUTES, Grant, StoredCode, TokenService};
use directory::application::{self, Application, RedirectKind, matching_redirect};
use directory::sign_in_log::{self, SignInKind};
use kernel::{Act, Result, SignedDuration, TenantId};
use module::Platform;
use uuid::Uuid;

#[derive(Clone)]
pub struct AuthorizeService {
    platform: Platform,
    tokens: TokenService,
    sessions: SessionService,
}

/// One request at one tenant, by one browser.
pub struct Visit<'a> {
    pub tenant: TenantId,
    pub application: &'a Application,
    pub request: &'a AuthorizeRequest,
    pub browser: Option<&'a Browser>,
    /// The person comes back from signing in or choosing an account for this very request.
    pub has_returned: bool,
    pub sender: &'a Sender,
    pub trace: &'a Trace,
}

/// What happens next.
pub enum Step {
    SignIn {
        /// An account is to be chosen, even if there is one.
        choose: bool,
        /// The person is to prove themselves again.
        again: bool,
    },
    Ask {
        signed_in: Box<SignedIn>,
        scopes: Vec<String>,
    },
    Answer(Vec<(&'static str, String)>),
    /// The client is told.
    Refuse(Fault),
    /// The person is told, on a page: the client could not do anything about it.
    Explain(Fault),
}

impl AuthorizeService {
    pub fn new(platform: Platform, tokens: TokenService, sessions: SessionService) -> Self {
        Self { platform, tokens, sessions }
    }

    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    pub async fn next(&self, visit: &Visit<'_>) -> Result<Step> {
        let prompt = visit.request.prompt;
        let refuse = |fault| if prompt.none { Step::Refuse(fault) } else { Step::Explain(fault) };
        let scopes = match RequestedScopes::parse(&visit.request.scope, self.tokens.asking(visit.application))
        {
            Ok(scopes) => scopes,
            Err(fault) => return Ok(Step::Refuse(fault)),
        };
        let signed_in = match self.account(visit).await? {
            Account::One(signed_in) => signed_in,
            Account::Missing { .. } if prompt.none => return Ok(Step::Refuse(Fault::LoginRequired)),
            Account::Missing { choose, again } => return Ok(Step::SignIn { choose, again }),
        };
        let facts = person::load(&self.platform, visit.tenant, signed_in.user.id).await?;
        let person = match person::decide(&facts, signed_in.authenticated_at, visit.trace.at) {
            Ok(person) => person,
            Err(fault) => {
                self.record_refusal(visit, None, &fault).await?;
                return Ok(refuse(fault));
            }
        };
        let mut snapshot = self.platform.tenant(visit.tenant).snapshot().await?;
        let granted = application::granted_scopes(&mut snapshot, visit.application, Some(person.id)).await?;
        drop(snapshot);
        match consent::decide(&scopes, &granted, prompt.consent) {
            Need::Nothing => Ok(Step::Answer(self.answer(visit, &signed_in, &person, &scopes).await?)),
            Need::Person(_) if prompt.none => Ok(Step::Refuse(Fault::ConsentNeeded)),
            Need::Person(scopes) => Ok(Step::Ask { signed_in, scopes }),
            Need::Administrator(_) => {
                let fault = Fault::AdministratorConsentNeeded;
                self.record_refusal(visit, Some(&person), &fault).await?;
                Ok(refuse(fault))
            }
        }
    }

    /// The person says yes to what they were asked; the request goes on as if that had been granted before.
    pub async fn accept(&self, visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Step> {
        let parsed = RequestedScopes::parse(&visit.request.scope, self.tokens.asking(visit.application));
        let scopes = match parsed {
            Ok(scopes) => scopes,
            Err(fault) => return Ok(Step::Refuse(fault)),
        };
        let mut act = Act::new(signed_in.actor(), visit.trace.correlation);
        act.network = visit.sender.network;
        let (rng, user) = (self.platform.rng(), signed_in.user.id);
        self.platform
            .tenant(visit.tenant)
            .write((act, visit.application.clone(), scopes), move |mut tx, context| async move {
                let (act, application, scopes) = &*context;
                let granted = application::granted_scopes(&mut tx, application, Some(user)).await?;
                match consent::decide(scopes, &granted, false) {
                    Need::Person(new) => {
                        application::grant_scopes(&mut tx, rng, act, application, Some(user), &new).await
                    }
                    // What only an administrator grants was not offered and is not granted now.
                    Need::Nothing | Need::Administrator(_) => Ok(()),
                }
            })
            .await?;
        let mut request = visit.request.clone();
        request.prompt.consent = false;
        Box::pin(self.next(&Visit { request: &request, ..*visit })).await
    }

    /// The person says no.
    pub async fn decline(&self, visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Step> {
        let facts = person::load(&self.platform, visit.tenant, signed_in.user.id).await?;
        let person = person::decide(&facts, signed_in.authenticated_at, visit.trace.at).ok();
        self.record_refusal(visit, person.as_ref(), &Fault::ConsentDeclined).await?;
        Ok(Step::Refuse(Fault::ConsentDeclined))
    }

    /// The account the request is answered for, if the browser has one that fits.
    async fn account(&self, visit: &Visit<'_>) -> Result<Account> {
        let request = visit.request;
        let missing = |choose, again| Account::Missing { choose, again };
        let Some(browser) = visit.browser else { return Ok(missing(false, false)) };
        let accounts = self.sessions.current(visit.tenant, browser).await?;
        if request.prompt.select_account && !visit.has_returned {
            return Ok(missing(!accounts.is_empty(), false));
        }
        let hinted =
            request.login_hint.as_deref().and_then(|hint| accounts.iter().find(|one| answers_to(one, hint)));
        // Somebody who comes back from choosing another account than the client expected has chosen.
        let has_choice = request.login_hint.is_none() || visit.has_returned;
        let found = hinted.or_else(|| accounts.first().filter(|_| has_choice));
        Ok(match found {
            None => missing(false, false),
            Some(one) if !request.accepts_proof_of(one.authenticated_at, visit.trace.at) => {
                missing(false, true)
            }
            Some(one) => Account::One(Box::new(one.clone())),
        })
    }

    async fn answer(
        &self,
        visit: &Visit<'_>,
        signed_in: &SignedIn,
        person: &Person,
        scopes: &RequestedScopes,
    ) -> Result<Vec<(&'static str, String)>> {
        let request = visit.request;
        let id = self.platform.rng().uuid();
        let kind = matching_redirect(visit.application, &request.redirect_uri).unwrap_or(RedirectKind::Web);
        let now = visit.trace.at;
        let code = StoredCode {
            grant: Grant {
                id,
                app_id: visit.application.app_id,
                user: person.id,
                session: signed_in.session,
                scope: scopes.as_text(),
                methods: methods(signed_in.method),
                authenticated_at: signed_in.authenticated_at,
                kind,
            },
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.challenge.clone(),
            nonce: request.nonce.clone(),
            issued_at: now,
            expires_at: now.checked_add(SignedDuration::from_mins(CODE_MINUTES)).unwrap_or(now),
            redeemed_at: None,
        };
        let sign_in = attempt(visit, id).succeeded(visit.application, &scopes.resource, Some(person));
        let code = self.tokens.issue_code(visit.tenant, code, sign_in).await?;
        let mut answer = vec![("code", code.expose().clone())];
        if request.client_info {
            answer.push(("client_info", client_info(person, visit.tenant)));
        }
        answer.extend(request.state.clone().map(|state| ("state", state)));
        answer.push(("session_state", signed_in.session.to_string()));
        Ok(answer)
    }

    async fn record_refusal(&self, visit: &Visit<'_>, person: Option<&Person>, fault: &Fault) -> Result<()> {
        let sign_in = attempt(visit, self.platform.rng().uuid()).failed(visit.application, person, fault);
        self.platform
            .tenant(visit.tenant)
            .write_unordered(sign_in, |mut tx, sign_in| async move {
                sign_in_log::record_interactive(&mut tx, &sign_in).await
            })
            .await
    }

    pub fn sessions(&self) -> &SessionService {
        &self.sessions
    }
}

fn attempt<'a>(visit: &'a Visit<'_>, id: Uuid) -> Attempt<'a> {
    Attempt { id, kind: SignInKind::InteractiveUser, sender: visit.sender, trace: visit.trace }
}

enum Account {
    One(Box<SignedIn>),
    Missing { choose: bool, again: bool },
}

/// Whether a hint names this account. It only chooses among accounts that are signed in already.
fn answers_to(account: &SignedIn, hint: &str) -> bool {
    let user = &account.user;
    hint.eq_ignore_ascii_case(&user.user_principal_name)
        || user.mail.as_deref().is_some_and(|mail| hint.eq_ignore_ascii_case(mail))
        || hint.eq_ignore_ascii_case(&user.id.to_string())
}

/// `amr` of graph.md 25.
fn methods(method: Method) -> Vec<String> {
    let name = match method {
        Method::Password => "pwd",
        Method::EmailCode => "otp",
        Method::Home { .. } => "fed",
    };
    vec![name.to_owned()]
}
