//! An authorization request, parsed in two steps. Until client and redirect URI are known to belong together
//! ([`Opening`]) a fault is a page; from then on it travels back to the client.

use crate::protocol::{Fault, Parameters, RedirectUri, ResponseMode};
use crate::token::app_id;
use directory::application::Application;
use jose::CodeChallenge;
use kernel::{AppId, CorrelationId, Timestamp};
use serde::{Deserialize, Serialize};

const LONGEST_STATE: usize = 4 * 1024;
const LONGEST_HINT: usize = 320;
const LONGEST_SCOPE: usize = 2 * 1024;

/// Which client asks.
pub struct Opening {
    pub app_id: AppId,
    redirect_uri: Option<String>,
}

impl Opening {
    pub fn parse(parameters: &Parameters) -> Result<Self, Fault> {
        let app_id = app_id(parameters.require("client_id")?)?;
        Ok(Self { app_id, redirect_uri: parameters.get("redirect_uri").map(str::to_owned) })
    }

    /// Where the answer goes: exactly one of the client's own.
    pub fn redirect_uri(&self, application: &Application) -> Result<RedirectUri, Fault> {
        RedirectUri::find(application, self.redirect_uri.as_deref()).ok_or(Fault::RedirectMismatch)
    }
}

/// How much the person is to be asked (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of words, each given or not")]
pub struct Prompt {
    /// Nothing may be shown.
    pub none: bool,
    pub login: bool,
    pub select_account: bool,
    pub consent: bool,
}

impl Prompt {
    fn parse(text: Option<&str>) -> Result<Self, Fault> {
        let mut prompt = Self::default();
        for word in text.unwrap_or_default().split(' ').filter(|word| !word.is_empty()) {
            match word {
                "none" => prompt.none = true,
                "login" => prompt.login = true,
                "select_account" => prompt.select_account = true,
                "consent" => prompt.consent = true,
                // Signing oneself up does not exist here: whoever is asked to, signs in.
                "create" => {}
                _ => {
                    return Err(Fault::InvalidParameter(
                        "prompt",
                        "Use none, login, select_account or consent.",
                    ));
                }
            }
        }
        if prompt.none && (prompt.login || prompt.select_account || prompt.consent) {
            return Err(Fault::InvalidParameter("prompt", "none cannot be combined with another value."));
        }
        Ok(prompt)
    }
}

/// A request that may be answered at its redirect URI. It travels through sign-in and consent as a sealed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizeRequest {
    pub app_id: AppId,
    pub redirect_uri: String,
    pub is_spa: bool,
    pub response_mode: ResponseMode,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub scope: String,
    pub challenge: Option<CodeChallenge>,
    pub prompt: Prompt,
    pub login_hint: Option<String>,
    /// Seconds since the person last proved themselves.
    pub max_age: Option<u32>,
    pub client_info: bool,
    pub correlation: CorrelationId,
    pub asked_at: Timestamp,
}

/// How to answer, known before anything else of the request: a fault needs it, too.
pub struct Return {
    pub response_mode: ResponseMode,
    pub state: Option<String>,
}

impl Return {
    /// Never fails: what cannot be understood is answered in the query, without a state.
    pub fn of(parameters: &Parameters) -> Self {
        let response_mode = parameters.get("response_mode").and_then(ResponseMode::from_name);
        let state = parameters.get("state").filter(|state| state.len() <= LONGEST_STATE);
        Self { response_mode: response_mode.unwrap_or(ResponseMode::Query), state: state.map(str::to_owned) }
    }
}

/// What the request is read under.
pub struct Circumstances {
    pub app_id: AppId,
    pub redirect_uri: RedirectUri,
    /// The client has no secret, or answers go to a script.
    pub needs_challenge: bool,
    pub correlation: CorrelationId,
    pub now: Timestamp,
}

impl AuthorizeRequest {
    pub fn parse(parameters: &Parameters, circumstances: Circumstances) -> Result<Self, Fault> {
        if parameters.require("response_type")? != "code" {
            return Err(Fault::UnsupportedResponseType);
        }
        for name in ["request", "request_uri", "registration"] {
            if parameters.get(name).is_some() {
                return Err(Fault::InvalidParameter(name, "Send the parameters themselves."));
            }
        }
        let mode = parameters.get("response_mode");
        if mode.is_some_and(|mode| ResponseMode::from_name(mode).is_none()) {
            return Err(Fault::InvalidParameter("response_mode", "Use query, fragment or form_post."));
        }
        let answer = Return::of(parameters);
        if parameters.get("state").is_some() && answer.state.is_none() {
            return Err(Fault::InvalidParameter("state", "It is longer than 4 KiB."));
        }
        let max_age = parameters.get("max_age").map(str::parse).transpose();
        let max_age = max_age.map_err(|_| Fault::InvalidParameter("max_age", "Send a number of seconds."))?;
        let bounded = |name: &'static str, most: usize| match parameters.get(name) {
            Some(value) if value.len() > most => Err(Fault::InvalidParameter(name, "It is too long.")),
            value => Ok(value.map(str::to_owned)),
        };
        Ok(Self {
            app_id: circumstances.app_id,
            is_spa: circumstances.redirect_uri.is_spa(),
            challenge: challenge(
                parameters,
                circumstances.needs_challenge || circumstances.redirect_uri.is_spa(),
            )?,
            redirect_uri: circumstances.redirect_uri.as_str().to_owned(),
            response_mode: answer.response_mode,
            state: answer.state,
            nonce: bounded("nonce", LONGEST_HINT)?,
            scope: scope(parameters, bounded("scope", LONGEST_SCOPE)?)?,
            prompt: Prompt::parse(parameters.get("prompt"))?,
            login_hint: bounded("login_hint", LONGEST_HINT)?,
            max_age,
            client_info: parameters.get("client_info") == Some("1"),
            correlation: circumstances.correlation,
            asked_at: circumstances.now,
        })
    }

    /// Whether a proof of this age is still good for the request.
    pub fn accepts_proof_of(&self, authenticated_at: Timestamp, now: Timestamp) -> bool {
        if self.prompt.login && authenticated_at < self.asked_at {
            return false;
        }
        self.max_age.is_none_or(|seconds| {
            // A proof given for this very request is as fresh as it gets.
            authenticated_at >= self.asked_at
                || now.duration_since(authenticated_at).as_secs() <= i64::from(seconds)
        })
    }
}

/// The v1 endpoint names a `resource`, which means all that was granted there.
fn scope(parameters: &Parameters, scope: Option<String>) -> Result<String, Fault> {
    match (scope, parameters.get("resource")) {
        (Some(scope), _) => Ok(scope),
        (None, Some(resource)) if resource.len() <= 1024 => Ok(format!("openid {resource}/.default")),
        (None, _) => Err(Fault::MissingParameter("scope")),
    }
}

fn challenge(parameters: &Parameters, is_needed: bool) -> Result<Option<CodeChallenge>, Fault> {
    let Some(challenge) = parameters.get("code_challenge") else {
        return if is_needed { Err(Fault::ChallengeNeeded) } else { Ok(None) };
    };
    let reason = "Send the base64url SHA-256 digest of a code_verifier and code_challenge_method=S256.";
    CodeChallenge::parse(challenge, parameters.get("code_challenge_method"))
        .map(Some)
        .ok_or(Fault::InvalidParameter("code_challenge", reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn application() -> Application {
        Application {
            id: kernel::ApplicationId(uuid::Uuid::nil()),
            app_id: ID.parse().unwrap(),
            display_name: "Demo".into(),
            is_public: true,
            enabled: true,
            redirect_uris: vec!["http://localhost/callback".into()],
            spa_redirect_uris: Vec::new(),
            public_client_redirect_uris: Vec::new(),
            identifier_uris: Vec::new(),
            created_at: at(0),
        }
    }

    fn parse(query: &str) -> Result<AuthorizeRequest, Fault> {
        let parameters = Parameters::parse(query.as_bytes())?;
        let circumstances = Circumstances {
            app_id: ID.parse().unwrap(),
            redirect_uri: RedirectUri::find(&application(), Some("http://localhost:9500/callback")).unwrap(),
            needs_challenge: true,
            correlation: CorrelationId(uuid::Uuid::nil()),
            now: at(1000),
        };
        AuthorizeRequest::parse(&parameters, circumstances)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn query(rest: &str) -> String {
        format!("response_type=code&scope=openid&code_challenge={CHALLENGE}&code_challenge_method=S256{rest}")
    }

    #[test]
    fn client_and_redirect_uri_come_first() {
        let open = |query: &str| Opening::parse(&Parameters::parse(query.as_bytes()).unwrap());
        assert_eq!(open("").err(), Some(Fault::MissingParameter("client_id")));
        assert_eq!(open("client_id=x").err(), Some(Fault::ClientNotFound("x".into())));
        let opening = open(&format!("client_id={ID}&redirect_uri=http://localhost:1/callback")).unwrap();
        assert_eq!(opening.redirect_uri(&application()).unwrap().as_str(), "http://localhost:1/callback");
        let evil = open(&format!("client_id={ID}&redirect_uri=http://evil.example/callback")).unwrap();
        assert_eq!(evil.redirect_uri(&application()), Err(Fault::RedirectMismatch));
        let unnamed = open(&format!("client_id={ID}")).unwrap();
        assert_eq!(unnamed.redirect_uri(&application()).unwrap().as_str(), "http://localhost/callback");
    }

    #[test]
    fn a_full_request_is_understood() {
        let request = parse(&query(
            "&state=s&nonce=n&prompt=select_account&login_hint=lea%40fabrikam.example&client_info=1&max_age=60&response_mode=form_post&x-client-SKU=msal",
        ))
        .unwrap();
        assert_eq!(request.state.as_deref(), Some("s"));
        assert_eq!(request.login_hint.as_deref(), Some("lea@fabrikam.example"));
        assert_eq!(request.response_mode, ResponseMode::FormPost);
        assert!(request.prompt.select_account && request.client_info);
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<AuthorizeRequest>(&text).unwrap(), request);
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        assert_eq!(parse("scope=openid").err(), Some(Fault::MissingParameter("response_type")));
        for response_type in ["token", "id_token", "code id_token", "none"] {
            let query = format!("response_type={response_type}&scope=openid");
            assert_eq!(parse(&query).err(), Some(Fault::UnsupportedResponseType), "{response_type}");
        }
        assert_eq!(parse("response_type=code&scope=openid").err(), Some(Fault::ChallengeNeeded));
        for rest in [
            "&prompt=none+login",
            "&prompt=later",
            "&max_age=soon",
            "&max_age=-1",
            "&response_mode=web_message",
            "&request=eyJ",
            "&request_uri=https://evil.example",
        ] {
            assert!(matches!(parse(&query(rest)).err(), Some(Fault::InvalidParameter(..))), "{rest}");
        }
        let long = query(&format!("&state={}", "x".repeat(LONGEST_STATE + 1)));
        assert!(parse(&long).is_err());
    }

    #[test]
    fn an_old_proof_is_asked_for_again_once() {
        let login = parse(&query("&prompt=login")).unwrap();
        assert!(!login.accepts_proof_of(at(999), at(1000)));
        assert!(login.accepts_proof_of(at(1000), at(1001)));
        let aged = parse(&query("&max_age=60")).unwrap();
        assert!(aged.accepts_proof_of(at(940), at(1000)));
        assert!(!aged.accepts_proof_of(at(939), at(1000)));
        assert!(aged.accepts_proof_of(at(1001), at(2000)));
    }

    #[test]
    fn a_v1_request_names_its_resource() {
        let rest = format!(
            "response_type=code&resource=https://a.example&code_challenge={CHALLENGE}&code_challenge_method=S256"
        );
        assert_eq!(parse(&rest).unwrap().scope, "openid https://a.example/.default");
    }

    proptest! {
        #[test]
        fn no_query_panics(query in "[a-z_=&%+0-9]{0,120}") {
            let _ = parse(&query);
        }
    }
}
