//! Signing the tokens of one answer. Every token is signed afresh; the key is kept parsed.

use super::claims::{
    AccessToken, ClientApplication, IdToken, IdTokenRequest, Issue, Person, SignInFacts, UserTokenRequest,
    client_info,
};
use super::request::EndpointVersion;
use crate::protocol::{RequestedScopes, Resource};
use jose::SigningKey;
use kernel::{AppId, Origin, Result, Rng, TenantId, Timestamp, UserId};
use serde::Serialize;
use serde_json::{Value, json};
use store::Keys;
use uuid::Uuid;

/// Access tokens live between an hour and an hour and a half, so that clients do not all come back at once.
const SHORTEST_LIFE: i64 = 3600;
const SPREAD: u64 = 1800;

/// What signs the tokens of a tenant.
pub struct Issuer<'a> {
    pub origin: &'a Origin,
    pub tenant: TenantId,
    /// The sign-in's id in the log; the tokens carry it as `uti`.
    pub id: Uuid,
    pub keys: &'a Keys,
    pub signing_key: &'a SigningKey,
    pub rng: Rng,
    pub now: Timestamp,
}

/// What a token endpoint answers.
#[derive(Debug)]
pub struct TokenAnswer {
    pub access_token: String,
    pub seconds: i64,
    pub issued_at: Timestamp,
    pub resource: String,
    pub scope: Option<String>,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
    pub client_info: Option<String>,
    /// The id of the sign-in in the log.
    pub id: Uuid,
}

/// What an answer on somebody's behalf is made of.
pub struct OnBehalf<'a> {
    pub client: &'a ClientApplication,
    pub person: &'a Person,
    pub sign_in: &'a SignInFacts,
    pub scopes: &'a RequestedScopes,
    /// Permissions granted to the client at the resource.
    pub granted: &'a [String],
    pub nonce: Option<&'a str>,
    pub address: Option<String>,
    pub version: EndpointVersion,
    pub client_info: bool,
}

impl Issuer<'_> {
    /// A token for a client that acts for itself.
    pub fn for_client(
        &self,
        client: &ClientApplication,
        resource: Resource,
        roles: Vec<String>,
    ) -> Result<TokenAnswer> {
        let issue = self.issue();
        let seconds = self.life();
        let audience = resource.audience;
        let token = AccessToken::for_client(&issue, client, audience.clone(), roles, seconds);
        Ok(TokenAnswer {
            access_token: self.sign(&token)?,
            seconds,
            issued_at: self.now,
            resource: audience,
            scope: None,
            refresh_token: None,
            id_token: None,
            client_info: None,
            id: self.id,
        })
    }

    /// Tokens for a client that acts on somebody's behalf; the refresh token is the caller's to add.
    pub fn on_behalf(&self, of: &OnBehalf<'_>) -> Result<TokenAnswer> {
        let issue = self.issue();
        let seconds = self.life();
        let resource = &of.scopes.resource;
        let sector = resource.app_id();
        let client_subject = self.subject(of.client.app_id, of.person.id);
        let request = UserTokenRequest {
            audience: resource.audience.clone(),
            scopes: of.scopes.claim(of.granted),
            seconds,
            subject: self.subject(sector, of.person.id),
            client_subject: client_subject.clone(),
            sign_in: of.sign_in,
            address: of.address.clone(),
        };
        let access_token = self.sign(&AccessToken::for_person(&issue, of.client, of.person, request))?;
        let id_token = of.scopes.openid.then(|| {
            let request = IdTokenRequest {
                app_id: of.client.app_id,
                subject: client_subject,
                nonce: of.nonce,
                sign_in: Some(of.sign_in),
                wants_email: of.scopes.email,
                is_v1: of.version == EndpointVersion::V1,
            };
            self.sign(&IdToken::new(&issue, of.person, request))
        });
        Ok(TokenAnswer {
            access_token,
            seconds,
            issued_at: self.now,
            resource: resource.audience.clone(),
            scope: Some(of.scopes.answer(of.granted)),
            refresh_token: None,
            id_token: id_token.transpose()?,
            client_info: of.client_info.then(|| client_info(of.person, self.tenant)),
            id: self.id,
        })
    }

    /// The same person is another subject to every client, and the same one to a client for ever.
    pub fn subject(&self, sector: AppId, user: UserId) -> String {
        subject(self.keys, sector, user)
    }

    fn issue(&self) -> Issue<'_> {
        Issue {
            origin: self.origin,
            tenant: self.tenant,
            now: self.now,
            uti: jose::encode(self.id.as_bytes()),
        }
    }

    fn life(&self) -> i64 {
        SHORTEST_LIFE + i64::try_from(self.rng.below(SPREAD)).unwrap_or(0)
    }

    fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let claims = serde_json::to_vec(claims).map_err(kernel::Error::internal)?;
        self.signing_key.sign(&claims)
    }
}

/// The pairwise subject of a user towards a client or a resource.
pub fn subject(keys: &Keys, sector: AppId, user: UserId) -> String {
    jose::encode(keys.mac("pairwise subject", &[sector.0.as_bytes(), user.0.as_bytes()]))
}

impl TokenAnswer {
    /// The body. The v1 endpoint writes numbers as texts and names the resource (graph.md 24.5).
    pub fn body(&self, version: EndpointVersion) -> Value {
        let mut body = json!({"token_type": "Bearer", "access_token": self.access_token});
        let mut set = |name: &str, value: Option<Value>| {
            if let (Some(value), Some(object)) = (value, body.as_object_mut()) {
                object.insert(name.to_owned(), value);
            }
        };
        match version {
            EndpointVersion::V2 => {
                set("expires_in", Some(self.seconds.into()));
                set("ext_expires_in", Some(self.seconds.into()));
            }
            EndpointVersion::V1 => {
                let issued_at = self.issued_at.as_second();
                set("expires_in", Some(self.seconds.to_string().into()));
                set("ext_expires_in", Some(self.seconds.to_string().into()));
                set("expires_on", Some((issued_at + self.seconds).to_string().into()));
                set("not_before", Some(issued_at.to_string().into()));
                set("resource", Some(self.resource.as_str().into()));
            }
        }
        let text = |value: &Option<String>| value.as_deref().map(Value::from);
        set("scope", text(&self.scope));
        set("refresh_token", text(&self.refresh_token));
        set("id_token", text(&self.id_token));
        set("client_info", text(&self.client_info));
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_endpoints_write_numbers_differently() {
        let answer = TokenAnswer {
            access_token: "a".into(),
            seconds: 3600,
            issued_at: Timestamp::from_second(1000).unwrap(),
            resource: "https://graph.microsoft.com".into(),
            scope: None,
            refresh_token: None,
            id_token: None,
            client_info: None,
            id: Uuid::nil(),
        };
        let v2 =
            json!({"token_type": "Bearer", "access_token": "a", "expires_in": 3600, "ext_expires_in": 3600});
        assert_eq!(answer.body(EndpointVersion::V2), v2);
        let v1 = answer.body(EndpointVersion::V1);
        assert_eq!(v1["expires_in"], "3600");
        assert_eq!(v1["expires_on"], "4600");
        assert_eq!(v1["resource"], "https://graph.microsoft.com");
    }
}
