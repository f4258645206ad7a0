//! The documents clients find everything else by (graph.md 24.2, 24.3; clients.md 0.4, 0.5, 1, 8). They list what
//! exists here and nothing else.

use crate::protocol::Segment;
use crate::token::EndpointVersion;
use crate::token::claims::{issuer_v1, issuer_v2};
use kernel::{Origin, TenantId};
use serde_json::{Value, json};

const CLAIMS: [&str; 20] = [
    "sub",
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "auth_time",
    "nonce",
    "preferred_username",
    "name",
    "given_name",
    "family_name",
    "tid",
    "oid",
    "idp",
    "acct",
    "sid",
    "uti",
    "ver",
    "email",
];

/// Whose configuration is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    Tenant(TenantId),
    Common,
    Organizations,
}

impl Authority {
    fn segment(self) -> String {
        match self {
            Self::Tenant(tenant) => tenant.to_string(),
            Self::Common => "common".to_owned(),
            Self::Organizations => "organizations".to_owned(),
        }
    }

    /// The issuer of tokens. Where it is not known before sign-in a placeholder stands in for the tenant.
    pub fn issuer(self, origin: &Origin, version: EndpointVersion) -> String {
        match (self, version) {
            (Self::Tenant(tenant), EndpointVersion::V1) => issuer_v1(origin, tenant),
            (Self::Tenant(tenant), EndpointVersion::V2) => issuer_v2(origin, tenant),
            (_, EndpointVersion::V1) => format!("{origin}/{{tenantid}}/"),
            (_, EndpointVersion::V2) => format!("{origin}/{{tenantid}}/v2.0"),
        }
    }

    /// The two segments that name no tenant; nothing for a segment that does, or for personal accounts.
    pub fn shared(segment: &Segment) -> Option<Self> {
        match segment {
            Segment::Common => Some(Self::Common),
            Segment::Organizations => Some(Self::Organizations),
            _ => None,
        }
    }
}

/// `openid-configuration`. Every endpoint's first path segment is the authority's: clients rely on it.
pub fn configuration(origin: &Origin, authority: Authority, version: EndpointVersion) -> Value {
    let base = format!("{origin}/{}", authority.segment());
    let (oauth, keys) = match version {
        EndpointVersion::V1 => (format!("{base}/oauth2"), format!("{base}/discovery/keys")),
        EndpointVersion::V2 => (format!("{base}/oauth2/v2.0"), format!("{base}/discovery/v2.0/keys")),
    };
    json!({
        "token_endpoint": format!("{oauth}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
        "jwks_uri": keys,
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256", "plain"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": authority.issuer(origin, version),
        "request_uri_parameter_supported": false,
        "request_parameter_supported": false,
        "claims_parameter_supported": false,
        "userinfo_endpoint": format!("{origin}/oidc/userinfo"),
        "authorization_endpoint": format!("{oauth}/authorize"),
        "end_session_endpoint": format!("{oauth}/logout"),
        "claims_supported": CLAIMS,
        "cloud_instance_name": origin.host(),
        "msgraph_host": origin.authority(),
    })
}

/// The answer about this very host (graph.md 24.3), for clients that cannot be told not to ask.
pub fn instance(origin: &Origin, tenant: &str) -> Value {
    let host = origin.authority();
    json!({
        "tenant_discovery_endpoint": format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    })
}

/// The first segment of an authorization endpoint's path if the endpoint is on this host.
pub fn instance_tenant<'a>(origin: &Origin, endpoint: &'a str) -> Option<&'a str> {
    let path = endpoint.strip_prefix(origin.as_str())?.strip_prefix('/')?;
    let tenant = path.split('/').next()?;
    let plain = tenant.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    (plain && !tenant.is_empty()).then_some(tenant)
}

/// Where an account signs in: here, if a tenant of this server owns the domain.
pub fn user_realm(origin: &Origin, domain: &str, is_known: bool) -> Value {
    json!({
        "ver": "1.0",
        "account_type": if is_known { "Managed" } else { "Unknown" },
        "domain_name": domain,
        "cloud_instance_name": origin.host(),
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    })
}

/// The cloud as command-line clients and Terraform read it. Versions before 2022 expect a list.
pub fn endpoints(origin: &Origin, is_list: bool) -> Value {
    let graph = format!("{origin}/");
    let one = json!({
        "name": "Lodge",
        "portal": origin.as_str(),
        "authentication": {
            "loginEndpoint": origin.as_str(),
            "audiences": [format!("{origin}/arm"), "https://management.azure.com"],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "resourceManager": graph,
        "graph": graph,
        "graphAudience": graph,
        "microsoftGraphResourceId": graph,
        "activeDirectory": origin.as_str(),
        "activeDirectoryResourceId": format!("{origin}/arm"),
        "media": "",
        "gallery": "",
        "batch": "",
        "sqlManagement": "",
        "vmImageAliasDoc": "",
        "activeDirectoryDataLake": "",
        "suffixes": {},
    });
    if is_list { json!([one]) } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10";

    fn origin() -> Origin {
        Origin::parse("https://localhost:8443").unwrap()
    }

    #[test]
    fn a_tenant_s_issuer_is_exact_and_every_endpoint_begins_with_its_id() {
        let authority = Authority::Tenant(TENANT.parse().unwrap());
        let document = configuration(&origin(), authority, EndpointVersion::V2);
        assert_eq!(document["issuer"], format!("https://localhost:8443/{TENANT}/v2.0"));
        for name in ["token_endpoint", "authorization_endpoint", "end_session_endpoint", "jwks_uri"] {
            let address = document[name].as_str().unwrap();
            assert!(address.starts_with(&format!("https://localhost:8443/{TENANT}/")), "{address}");
        }
        let v1 = configuration(&origin(), authority, EndpointVersion::V1);
        assert_eq!(v1["issuer"], format!("https://localhost:8443/{TENANT}/"));
        assert_eq!(v1["token_endpoint"], format!("https://localhost:8443/{TENANT}/oauth2/token"));
    }

    #[test]
    fn a_shared_authority_keeps_the_placeholder() {
        let document = configuration(&origin(), Authority::Common, EndpointVersion::V2);
        assert_eq!(document["issuer"], "https://localhost:8443/{tenantid}/v2.0");
        assert_eq!(document["token_endpoint"], "https://localhost:8443/common/oauth2/v2.0/token");
    }

    #[test]
    fn only_this_host_is_a_known_instance() {
        let tenant = |endpoint| instance_tenant(&origin(), endpoint).map(str::to_owned);
        assert_eq!(tenant("https://localhost:8443/common/oauth2/v2.0/authorize").as_deref(), Some("common"));
        for endpoint in [
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            "https://localhost:8443.evil.example/common",
            "https://localhost:8443/",
            "https://localhost:8443/<x>/oauth2",
            "",
        ] {
            assert_eq!(tenant(endpoint), None, "{endpoint}");
        }
    }

    #[test]
    fn terraform_finds_what_it_needs() {
        let document = endpoints(&origin(), false);
        for name in ["name", "resourceManager", "microsoftGraphResourceId"] {
            assert!(!document[name].as_str().unwrap().is_empty(), "{name}");
        }
        assert_eq!(document["authentication"]["loginEndpoint"], "https://localhost:8443");
        assert!(endpoints(&origin(), true).is_array());
    }
}
