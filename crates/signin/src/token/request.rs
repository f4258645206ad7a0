//! A token request, parsed: which client, how it proves itself, which grant.

use crate::protocol::{Fault, Parameters, decode_component};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{AppId, Secret};

/// Which of the two endpoints was asked. The answers differ in form (graph.md 24.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointVersion {
    V1,
    V2,
}

/// What the client shows to prove that it is the client.
#[derive(Clone)]
pub enum ClientProof {
    None,
    Secret(Secret<String>),
}

#[derive(Clone)]
pub enum Grant {
    AuthorizationCode { code: Secret<String>, redirect_uri: Option<String>, verifier: Option<Secret<String>> },
    RefreshToken(Secret<String>),
    ClientCredentials,
}

#[derive(Clone)]
pub struct TokenRequest {
    pub app_id: AppId,
    pub proof: ClientProof,
    pub grant: Grant,
    pub scope: Option<String>,
    /// Whether the answer is to name the account's home.
    pub client_info: bool,
}

impl TokenRequest {
    /// `authorization` is the header's value, if there is one.
    pub fn parse(
        mut parameters: Parameters,
        authorization: Option<&str>,
        version: EndpointVersion,
    ) -> Result<Self, Fault> {
        let grant_type = parameters.require("grant_type")?.to_owned();
        let (app_id, proof) = client(&mut parameters, authorization)?;
        let grant = match grant_type.as_str() {
            "authorization_code" => Grant::AuthorizationCode {
                code: parameters.take_secret("code").ok_or(Fault::MissingParameter("code"))?,
                redirect_uri: parameters.get("redirect_uri").map(str::to_owned),
                verifier: parameters.take_secret("code_verifier"),
            },
            "refresh_token" => Grant::RefreshToken(
                parameters.take_secret("refresh_token").ok_or(Fault::MissingParameter("refresh_token"))?,
            ),
            "client_credentials" => Grant::ClientCredentials,
            other => return Err(Fault::UnsupportedGrant(other.chars().take(100).collect())),
        };
        let scope = match (version, parameters.get("resource"), parameters.get("scope")) {
            // The v1 endpoint names the resource itself and means all that was granted at it.
            (EndpointVersion::V1, Some(resource), scope) => {
                let openid = scope.filter(|scope| scope.split(' ').any(|word| word == "openid"));
                Some(format!("{resource}/.default{}", if openid.is_some() { " openid" } else { "" }))
            }
            (_, _, scope) => scope.map(str::to_owned),
        };
        let client_info = parameters.get("client_info") == Some("1");
        Ok(Self { app_id, proof, grant, scope, client_info })
    }
}

/// The client by `client_secret_post` or by HTTP Basic, never by both (RFC 6749 2.3).
fn client(parameters: &mut Parameters, authorization: Option<&str>) -> Result<(AppId, ClientProof), Fault> {
    let unsupported = ["client_assertion", "client_assertion_type"];
    if unsupported.iter().any(|name| parameters.get(name).is_some()) {
        let reason = "Client assertions are not supported here: send client_secret.";
        return Err(Fault::InvalidParameter("client_assertion", reason));
    }
    let posted = parameters.take_secret("client_secret");
    let named = parameters.get("client_id").map(str::to_owned);
    let Some(basic) = authorization.and_then(|value| strip_scheme(value, "basic")) else {
        let id = app_id(&named.ok_or(Fault::MissingParameter("client_id"))?)?;
        return Ok((id, posted.map_or(ClientProof::None, ClientProof::Secret)));
    };
    let Some((id, secret)) = basic_credentials(basic) else {
        return Err(Fault::Malformed("The Authorization header holds no Basic credentials."));
    };
    if posted.is_some() {
        return Err(Fault::Malformed("The client authenticates in two ways. Use one of them."));
    }
    if named.is_some_and(|named| !named.eq_ignore_ascii_case(&id)) {
        return Err(Fault::Malformed("The Authorization header and client_id name different clients."));
    }
    let proof = if secret.expose().is_empty() { ClientProof::None } else { ClientProof::Secret(secret) };
    Ok((app_id(&id)?, proof))
}

pub(crate) fn app_id(text: &str) -> Result<AppId, Fault> {
    text.parse().map_err(|_| Fault::ClientNotFound(text.chars().take(100).collect()))
}

/// RFC 6749 2.3.1: both halves are form-encoded before they are joined.
fn basic_credentials(encoded: &str) -> Option<(String, Secret<String>)> {
    let joined = Secret::new(STANDARD.decode(encoded.trim()).ok()?);
    let mut halves = joined.expose().splitn(2, |byte| *byte == b':');
    let id = decode_component(halves.next()?)?;
    let secret = decode_component(halves.next()?)?;
    Some((id, Secret::new(secret)))
}

fn strip_scheme<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let (found, rest) = value.split_once(' ')?;
    found.eq_ignore_ascii_case(scheme).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "3f0c5a5e-58a4-4b7e-9d0a-8a3a1d3c2b10";

    fn parse(form: &str, authorization: Option<&str>) -> Result<TokenRequest, Fault> {
        TokenRequest::parse(Parameters::parse(form.as_bytes()).unwrap(), authorization, EndpointVersion::V2)
    }

    fn secret(request: &TokenRequest) -> Option<&str> {
        match &request.proof {
            ClientProof::None => None,
            ClientProof::Secret(secret) => Some(secret.expose()),
        }
    }

    fn basic(text: &str) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    #[test]
    fn a_client_proves_itself_in_the_body_or_in_the_header() {
        let posted =
            parse(&format!("grant_type=client_credentials&client_id={ID}&client_secret=a%2Bb+c"), None)
                .unwrap();
        assert_eq!(secret(&posted), Some("a+b c"));
        let header =
            parse("grant_type=client_credentials", Some(&basic(&format!("{ID}:a%2Bb%3Ac+d")))).unwrap();
        assert_eq!(secret(&header), Some("a+b:c d"));
        assert_eq!(header.app_id, ID.parse().unwrap());
        let public =
            parse("grant_type=refresh_token&refresh_token=x", Some(&basic(&format!("{ID}:")))).unwrap();
        assert_eq!(secret(&public), None);
    }

    #[test]
    fn two_proofs_or_two_clients_are_none() {
        let header = basic(&format!("{ID}:x"));
        for form in [
            "grant_type=client_credentials&client_secret=x",
            "grant_type=client_credentials&client_id=00000000-0000-0000-0000-000000000000",
        ] {
            assert!(matches!(parse(form, Some(&header)).err(), Some(Fault::Malformed(_))), "{form}");
        }
        assert!(parse("grant_type=client_credentials", Some("Basic !!")).is_err());
        assert!(parse("grant_type=client_credentials", Some(&basic("no colon"))).is_err());
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |form: &str| parse(form, None).err();
        assert_eq!(missing(&format!("client_id={ID}")), Some(Fault::MissingParameter("grant_type")));
        assert_eq!(missing("grant_type=client_credentials"), Some(Fault::MissingParameter("client_id")));
        let code = format!("grant_type=authorization_code&client_id={ID}&code=");
        assert_eq!(missing(&code), Some(Fault::MissingParameter("code")));
        let password = format!("grant_type=password&client_id={ID}&username=a&password=b");
        assert_eq!(missing(&password), Some(Fault::UnsupportedGrant("password".to_owned())));
        assert_eq!(missing("grant_type=x&client_id=app"), Some(Fault::ClientNotFound("app".to_owned())));
    }

    #[test]
    fn the_v1_endpoint_names_a_resource() {
        let form = format!(
            "grant_type=client_credentials&client_id={ID}&client_secret=s&resource=https://a.example/"
        );
        let parameters = Parameters::parse(form.as_bytes()).unwrap();
        let request = TokenRequest::parse(parameters, None, EndpointVersion::V1).unwrap();
        assert_eq!(request.scope.as_deref(), Some("https://a.example//.default"));
    }

    proptest! {
        #[test]
        fn no_request_panics(form in "[a-z_=&%+0-9]{0,80}", header in "\\PC{0,40}") {
            if let Ok(parameters) = Parameters::parse(form.as_bytes()) {
                drop(TokenRequest::parse(parameters, Some(&header), EndpointVersion::V1));
            }
        }
    }
}
