//! What the OAuth endpoints answer when they refuse (graph.md 24.7): one value per AADSTS number, with the OAuth
//! error that goes with it. Clients branch on both.

use kernel::{CorrelationId, Error, Kind, Origin, Timestamp};
use serde::Serialize;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The request cannot be read.
    Malformed(&'static str),
    MissingParameter(&'static str),
    InvalidParameter(&'static str, &'static str),
    TenantNotFound(String),
    /// Switched off or deleted by the operator.
    TenantDisabled,
    /// `common` or `organizations` where one tenant has to be named.
    TenantNeeded,
    SingleTenantApplication,
    UnknownInstance,
    ClientNotFound(String),
    ClientDisabled,
    WrongSecret,
    ExpiredSecret,
    SecretNeeded,
    SecretFromPublicClient,
    SecretWithOrigin,
    OriginNeeded,
    RedirectMismatch,
    UnsupportedGrant(String),
    UnsupportedResponseType,
    GrantMalformed,
    /// The grant was made for another client.
    ClientMismatch,
    CodeExpired,
    CodeReused,
    VerifierMissing,
    VerifierMismatch,
    ChallengeNeeded,
    RefreshTokenInactive,
    SpaRefreshTokenExpired,
    SessionsRevoked,
    UserNotFound,
    UserDisabled,
    GuestPending,
    InvalidScope(String),
    ClientScope(String),
    UnknownResource(String),
    LoginRequired,
    ConsentNeeded,
    ConsentDeclined,
    AdministratorConsentNeeded,
    TooManyRequests {
        retry_after: u32,
    },
    Unavailable,
    /// Lodge's own fault; the cause is in the log.
    Internal,
}

/// Names one request in answers, audit and log.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    pub id: Uuid,
    pub correlation: CorrelationId,
    pub at: Timestamp,
}

/// The body of a refusal.
#[derive(Debug, Serialize)]
pub struct FaultBody {
    pub error: &'static str,
    pub error_description: String,
    pub error_codes: [u32; 1],
    pub timestamp: String,
    pub trace_id: Uuid,
    pub correlation_id: CorrelationId,
    pub error_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suberror: Option<&'static str>,
}

impl Fault {
    /// The number after `AADSTS`.
    pub fn number(&self) -> u32 {
        match self {
            Self::Malformed(_) => 9_002_313,
            Self::MissingParameter(_) => 900_144,
            Self::InvalidParameter(..) => 901_002,
            Self::TenantNotFound(_) => 90_002,
            Self::TenantDisabled => 5_000_224,
            Self::TenantNeeded => 50_059,
            Self::SingleTenantApplication => 50_194,
            Self::UnknownInstance => 50_049,
            Self::ClientNotFound(_) => 700_016,
            Self::ClientDisabled => 7_000_112,
            Self::WrongSecret => 7_000_215,
            Self::ExpiredSecret => 7_000_222,
            Self::SecretNeeded => 7_000_218,
            Self::SecretFromPublicClient => 700_025,
            Self::SecretWithOrigin => 9_002_326,
            Self::OriginNeeded => 9_002_327,
            Self::RedirectMismatch => 50_011,
            Self::UnsupportedGrant(_) => 70_003,
            Self::UnsupportedResponseType => 700_054,
            Self::GrantMalformed | Self::ClientMismatch => 70_000,
            Self::CodeExpired => 70_008,
            Self::CodeReused => 54_005,
            Self::VerifierMissing => 50_147,
            Self::VerifierMismatch => 501_481,
            Self::ChallengeNeeded => 9_002_325,
            Self::RefreshTokenInactive => 700_082,
            Self::SpaRefreshTokenExpired => 700_084,
            Self::SessionsRevoked => 50_173,
            Self::UserNotFound => 50_034,
            Self::UserDisabled => 50_057,
            Self::GuestPending => 50_014,
            Self::InvalidScope(_) => 70_011,
            Self::ClientScope(_) => 1_002_012,
            Self::UnknownResource(_) => 500_011,
            Self::LoginRequired => 50_058,
            Self::ConsentNeeded => 65_001,
            Self::ConsentDeclined => 65_004,
            Self::AdministratorConsentNeeded => 90_094,
            Self::TooManyRequests { .. } => 90_055,
            Self::Unavailable => 90_033,
            Self::Internal => 90_020,
        }
    }

    /// A fault of this number, with a placeholder for what it would be about: for the page that explains numbers.
    pub fn of_number(number: u32) -> Option<Self> {
        let something = || "…".to_owned();
        let all = [
            Self::Malformed(""),
            Self::MissingParameter("…"),
            Self::InvalidParameter("…", ""),
            Self::TenantNotFound(something()),
            Self::TenantDisabled,
            Self::TenantNeeded,
            Self::SingleTenantApplication,
            Self::UnknownInstance,
            Self::ClientNotFound(something()),
            Self::ClientDisabled,
            Self::WrongSecret,
            Self::ExpiredSecret,
            Self::SecretNeeded,
            Self::SecretFromPublicClient,
            Self::SecretWithOrigin,
            Self::OriginNeeded,
            Self::RedirectMismatch,
            Self::UnsupportedGrant(something()),
            Self::UnsupportedResponseType,
            Self::GrantMalformed,
            Self::CodeExpired,
            Self::CodeReused,
            Self::VerifierMissing,
            Self::VerifierMismatch,
            Self::ChallengeNeeded,
            Self::RefreshTokenInactive,
            Self::SpaRefreshTokenExpired,
            Self::SessionsRevoked,
            Self::UserNotFound,
            Self::UserDisabled,
            Self::GuestPending,
            Self::InvalidScope(String::new()),
            Self::ClientScope(something()),
            Self::UnknownResource(something()),
            Self::LoginRequired,
            Self::ConsentNeeded,
            Self::ConsentDeclined,
            Self::AdministratorConsentNeeded,
            Self::TooManyRequests { retry_after: 0 },
            Self::Unavailable,
            Self::Internal,
        ];
        all.into_iter().find(|fault| fault.number() == number)
    }

    /// The error of RFC 6749 5.2, as the token endpoint answers it.
    pub fn error(&self) -> &'static str {
        match self {
            Self::Malformed(_)
            | Self::MissingParameter(_)
            | Self::InvalidParameter(..)
            | Self::TenantNeeded
            | Self::SingleTenantApplication
            | Self::SecretWithOrigin
            | Self::OriginNeeded
            | Self::RedirectMismatch
            | Self::ChallengeNeeded => "invalid_request",
            Self::TenantNotFound(_) | Self::TenantDisabled => "invalid_tenant",
            Self::UnknownInstance => "invalid_instance",
            Self::ClientNotFound(_) | Self::ClientDisabled => "unauthorized_client",
            Self::WrongSecret | Self::ExpiredSecret | Self::SecretNeeded | Self::SecretFromPublicClient => {
                "invalid_client"
            }
            Self::UnsupportedGrant(_) => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::GrantMalformed
            | Self::ClientMismatch
            | Self::CodeExpired
            | Self::CodeReused
            | Self::VerifierMissing
            | Self::VerifierMismatch
            | Self::RefreshTokenInactive
            | Self::SpaRefreshTokenExpired
            | Self::SessionsRevoked
            | Self::UserNotFound
            | Self::UserDisabled
            | Self::GuestPending
            | Self::ConsentNeeded => "invalid_grant",
            Self::InvalidScope(_) | Self::ClientScope(_) => "invalid_scope",
            Self::UnknownResource(_) => "invalid_resource",
            Self::LoginRequired => "login_required",
            Self::ConsentDeclined | Self::AdministratorConsentNeeded => "access_denied",
            Self::TooManyRequests { .. } | Self::Unavailable => "temporarily_unavailable",
            Self::Internal => "server_error",
        }
    }

    /// The error as it stands in a redirect, where some have a name of their own (OpenID Connect Core 3.1.2.6).
    pub fn redirect_error(&self) -> &'static str {
        match self {
            Self::ConsentNeeded => "consent_required",
            Self::UserNotFound | Self::UserDisabled | Self::GuestPending => "access_denied",
            other => other.error(),
        }
    }

    pub fn suberror(&self) -> Option<&'static str> {
        match self {
            Self::ConsentNeeded => Some("consent_required"),
            Self::SessionsRevoked => Some("bad_token"),
            Self::ClientMismatch => Some("client_mismatch"),
            Self::CodeExpired | Self::RefreshTokenInactive | Self::SpaRefreshTokenExpired => {
                Some("token_expired")
            }
            Self::GuestPending => Some("basic_action"),
            _ => None,
        }
    }

    pub fn status(&self) -> u16 {
        match self {
            Self::WrongSecret | Self::ExpiredSecret | Self::SecretNeeded | Self::SecretFromPublicClient => {
                401
            }
            Self::TooManyRequests { .. } => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
            _ => 400,
        }
    }

    /// What happened and what to do.
    #[expect(clippy::too_many_lines, reason = "a catalogue, one entry per number")]
    pub fn sentence(&self) -> String {
        let fixed = match self {
            Self::Malformed(reason) => return format!("The request is malformed. {reason}"),
            Self::MissingParameter(name) => {
                return format!("The request must contain the following parameter: '{name}'.");
            }
            Self::InvalidParameter(name, reason) => {
                return format!("The parameter '{name}' has a value that cannot be used. {reason}");
            }
            Self::TenantNotFound(name) => {
                return format!(
                    "Tenant '{name}' not found. Check that this is the tenant id or a verified domain of a tenant here."
                );
            }
            Self::ClientNotFound(id) => {
                return format!(
                    "Application with identifier '{id}' was not found in the directory. Check the client id, and that the request went to the right tenant."
                );
            }
            Self::UnsupportedGrant(name) => return format!("The grant type '{name}' is not supported."),
            Self::InvalidScope(reason) => {
                return format!("The provided value for the input parameter 'scope' is not valid. {reason}");
            }
            Self::ClientScope(scope) => {
                return format!(
                    "The provided value for scope '{scope}' is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
                );
            }
            Self::UnknownResource(name) => {
                return format!("The resource principal named '{name}' was not found in the tenant.");
            }
            Self::TenantDisabled => {
                "This organization's directory has been switched off. Ask whoever operates this server."
            }
            Self::TenantNeeded => {
                "No tenant-identifying information found in the request. Use a tenant id or a verified domain in the path."
            }
            Self::SingleTenantApplication => {
                "The application is not configured as a multi-tenant application. Use the endpoint of its own tenant."
            }
            Self::UnknownInstance => "Unknown or invalid instance.",
            Self::ClientDisabled => {
                "The application is disabled in this tenant. Ask an administrator to enable it."
            }
            Self::WrongSecret => {
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID."
            }
            Self::ExpiredSecret => {
                "The provided client secret keys are expired. Create a new one for the application."
            }
            Self::SecretNeeded => {
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
            }
            Self::SecretFromPublicClient => {
                "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."
            }
            Self::SecretWithOrigin => {
                "Cross-origin token redemption is permitted only for the 'Single-Page Application' client type."
            }
            Self::OriginNeeded => {
                "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests."
            }
            Self::RedirectMismatch => {
                "The redirect URI specified in the request does not match the redirect URIs configured for the application."
            }
            Self::UnsupportedResponseType => {
                "The response type is not enabled for the application. Use response_type=code."
            }
            Self::GrantMalformed => "The provided grant is invalid or malformed.",
            Self::ClientMismatch => "The provided grant was issued to another application.",
            Self::CodeExpired => {
                "The provided authorization code has expired. Send the user to sign in again."
            }
            Self::CodeReused => {
                "OAuth2 authorization code was already redeemed. Retry with a new valid code."
            }
            Self::VerifierMissing => "The code was requested with a code_challenge: send its code_verifier.",
            Self::VerifierMismatch => {
                "The code_verifier does not match the code_challenge supplied in the authorization request."
            }
            Self::ChallengeNeeded => "Proof Key for Code Exchange is required: send a code_challenge.",
            Self::RefreshTokenInactive => {
                "The refresh token has expired due to inactivity. Send the user to sign in again."
            }
            Self::SpaRefreshTokenExpired => {
                "The refresh token was issued to a single page app and has expired. Send the user to sign in again."
            }
            Self::SessionsRevoked => {
                "The provided grant has expired due to it being revoked. Send the user to sign in again."
            }
            Self::UserNotFound => "The user account does not exist in this tenant.",
            Self::UserDisabled => "The user account is disabled.",
            Self::GuestPending => {
                "The user has not accepted the invitation yet. Open the link in the invitation first."
            }
            Self::LoginRequired => "Session information is not sufficient for single sign-on.",
            Self::ConsentNeeded => {
                "The user or administrator has not consented to use the application. Send an interactive authorization request."
            }
            Self::ConsentDeclined => "The user declined to consent to access the application.",
            Self::AdministratorConsentNeeded => {
                "The application asks for permissions that only an administrator can grant."
            }
            Self::TooManyRequests { .. } => "Too many requests. Try again later.",
            Self::Unavailable => "The service cannot answer right now. Try again later.",
            Self::Internal => {
                "Something went wrong on our side. Try again, or give the trace id to your administrator."
            }
        };
        fixed.to_owned()
    }

    pub fn description(&self, trace: &Trace) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}",
            self.number(),
            self.sentence(),
            trace.id,
            trace.correlation,
            timestamp(trace.at)
        )
    }

    pub fn body(&self, origin: &Origin, trace: &Trace) -> FaultBody {
        FaultBody {
            error: self.error(),
            error_description: self.description(trace),
            error_codes: [self.number()],
            timestamp: timestamp(trace.at),
            trace_id: trace.id,
            correlation_id: trace.correlation,
            error_uri: origin.link("/error").with("code", self.number()).to_string(),
            suberror: self.suberror(),
        }
    }
}

/// An error of a lower layer that no flow expected. The caller logs its cause.
impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        if error.refusal().is_some_and(|refusal| refusal.rule == directory::tenant::DISABLED) {
            return Self::TenantDisabled;
        }
        match error.kind() {
            Kind::TooManyRequests { retry_after } => Self::TooManyRequests { retry_after },
            Kind::Unavailable => Self::Unavailable,
            _ => Self::Internal,
        }
    }
}

fn timestamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_the_shape_clients_parse() {
        let origin = Origin::parse("https://localhost:8443").unwrap();
        let id = Uuid::nil();
        let at = Timestamp::from_second(1_769_850_611).unwrap();
        let trace = Trace { id, correlation: CorrelationId(id), at };
        let body = serde_json::to_value(Fault::ConsentNeeded.body(&origin, &trace)).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "error": "invalid_grant",
                "error_description": "AADSTS65001: The user or administrator has not consented to use the application. Send an interactive authorization request. Trace ID: 00000000-0000-0000-0000-000000000000 Correlation ID: 00000000-0000-0000-0000-000000000000 Timestamp: 2026-01-31 09:10:11Z",
                "error_codes": [65001],
                "timestamp": "2026-01-31 09:10:11Z",
                "trace_id": "00000000-0000-0000-0000-000000000000",
                "correlation_id": "00000000-0000-0000-0000-000000000000",
                "error_uri": "https://localhost:8443/error?code=65001",
                "suberror": "consent_required",
            })
        );
    }

    #[test]
    fn every_number_that_is_handed_out_is_explained() {
        for number in [5_000_224, 50_011, 50_057, 54_005, 65_001, 90_002, 700_016, 7_000_215, 9_002_313] {
            let fault = Fault::of_number(number).unwrap();
            assert_eq!(fault.number(), number);
            assert!(!fault.sentence().is_empty());
        }
        assert_eq!(Fault::of_number(1), None);
    }

    #[test]
    fn a_client_that_proves_nothing_is_unauthorized_and_all_else_a_bad_request() {
        assert_eq!(Fault::WrongSecret.status(), 401);
        assert_eq!(Fault::CodeReused.status(), 400);
        assert_eq!(Fault::ConsentNeeded.redirect_error(), "consent_required");
        assert_eq!(Fault::UserDisabled.redirect_error(), "access_denied");
    }
}
