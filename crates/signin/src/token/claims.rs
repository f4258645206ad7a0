//! What stands in a token (graph.md 25). An access token takes its form from its resource (Graph's are v1.0), an
//! ID token from the endpoint. In a guest's tokens `tid`, `oid` and `iss` are the resource tenant's and `idp`
//! says where the guest comes from.

use kernel::{AppId, ApplicationId, Origin, TenantId, Timestamp, UserId};
use serde::Serialize;
use uuid::Uuid;

/// Well-known role templates that stand for being a member or a guest, besides the roles assigned.
const MEMBER_ROLE: Uuid = Uuid::from_u128(0xb79f_bf4d_3ef9_4689_8143_76b1_94e8_5509);
const GUEST_ROLE: Uuid = Uuid::from_u128(0x13bd_1c72_6f4a_4dcf_985f_18d3_b80f_208a);

/// A user as tokens tell of them.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: UserId,
    pub user_principal_name: String,
    pub display_name: String,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub mail: Option<String>,
    pub is_guest: bool,
    /// Where a guest signs in; nothing for a member.
    pub home: Option<Home>,
    /// Template ids of the directory roles assigned.
    pub roles: Vec<Uuid>,
}

/// Where a guest's account lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// An account of another tenant here.
    Tenant { tenant: TenantId, user: UserId },
    /// A mailbox, proven by code.
    Mailbox,
}

impl Person {
    /// The identity provider as `idp` names it.
    fn identity_provider(&self, origin: &Origin) -> Option<String> {
        self.home.as_ref().map(|home| match home {
            Home::Tenant { tenant, .. } => issuer_v1(origin, *tenant),
            Home::Mailbox => "mail".to_owned(),
        })
    }

    /// What the person types to sign in: a guest's own address, never the `#EXT#` name.
    pub fn sign_in_name(&self) -> &str {
        if self.is_guest {
            self.mail.as_deref().unwrap_or(&self.user_principal_name)
        } else {
            &self.user_principal_name
        }
    }
}

/// How a client proved itself, as `appidacr` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientStrength {
    Public,
    Secret,
}

/// The client a token is issued to.
#[derive(Clone, Debug)]
pub struct ClientApplication {
    pub app_id: AppId,
    pub object_id: ApplicationId,
    pub display_name: String,
    pub strength: ClientStrength,
}

/// What every token of one answer has in common.
#[derive(Clone, Debug)]
pub struct Issue<'a> {
    pub origin: &'a Origin,
    pub tenant: TenantId,
    pub now: Timestamp,
    /// The token's own name: the sign-in record carries it.
    pub uti: String,
}

/// `{origin}/{tid}/`: the issuer of v1.0 tokens.
pub fn issuer_v1(origin: &Origin, tenant: TenantId) -> String {
    format!("{origin}/{tenant}/")
}

/// `{origin}/{tid}/v2.0`: the issuer of v2.0 tokens.
pub fn issuer_v2(origin: &Origin, tenant: TenantId) -> String {
    format!("{origin}/{tenant}/v2.0")
}

/// The proof of a person's sign-in, for an ID token.
#[derive(Clone, Debug)]
pub struct SignInFacts {
    pub session: Uuid,
    pub authenticated_at: Timestamp,
    /// `pwd`, `otp`, …: RFC 8176.
    pub methods: Vec<String>,
}

/// An ID token's contents.
#[derive(Debug, Serialize)]
pub struct IdToken {
    aud: AppId,
    iss: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<String>,
    acct: u8,
    oid: UserId,
    tid: TenantId,
    sub: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    uti: String,
    ver: &'static str,
}

/// What shapes one ID token.
pub struct IdTokenRequest<'a> {
    pub app_id: AppId,
    /// Pairwise: the same person is somebody else to every client.
    pub subject: String,
    pub nonce: Option<&'a str>,
    pub sign_in: Option<&'a SignInFacts>,
    pub wants_email: bool,
    pub is_v1: bool,
}

const ID_TOKEN_SECONDS: i64 = 3600;

impl IdToken {
    pub fn new(issue: &Issue<'_>, person: &Person, request: IdTokenRequest<'_>) -> Self {
        let now = issue.now.as_second();
        let sign_in_name = person.sign_in_name().to_owned();
        let is_v1 = request.is_v1;
        let email = if person.is_guest || request.wants_email { person.mail.clone() } else { None };
        Self {
            aud: request.app_id,
            iss: if is_v1 {
                issuer_v1(issue.origin, issue.tenant)
            } else {
                issuer_v2(issue.origin, issue.tenant)
            },
            iat: now,
            nbf: now,
            exp: now + ID_TOKEN_SECONDS,
            auth_time: request.sign_in.map(|sign_in| sign_in.authenticated_at.as_second()),
            idp: person.identity_provider(issue.origin),
            acct: u8::from(person.is_guest),
            oid: person.id,
            tid: issue.tenant,
            sub: request.subject,
            name: person.display_name.clone(),
            preferred_username: (!is_v1).then(|| sign_in_name.clone()),
            unique_name: is_v1.then_some(sign_in_name),
            upn: (is_v1 && !person.is_guest).then(|| person.user_principal_name.clone()),
            given_name: person.given_name.clone(),
            family_name: person.surname.clone(),
            email,
            nonce: request.nonce.map(str::to_owned),
            sid: request.sign_in.map(|sign_in| sign_in.session),
            uti: issue.uti.clone(),
            ver: if is_v1 { "1.0" } else { "2.0" },
        }
    }
}

/// An access token of the v1.0 form.
#[derive(Debug, Serialize)]
pub struct AccessToken {
    aud: String,
    iss: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    acct: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amr: Vec<String>,
    app_displayname: String,
    appid: AppId,
    appidacr: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<String>,
    idtyp: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipaddr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upn: Option<String>,
    oid: Uuid,
    tid: TenantId,
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scp: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wids: Vec<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    xms_idrel: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    xms_st: Option<OtherSubject>,
    uti: String,
    ver: &'static str,
}

/// The subject the client's ID tokens carry, for the user-info endpoint.
#[derive(Debug, Serialize)]
struct OtherSubject {
    sub: String,
}

/// What shapes an access token on somebody's behalf.
pub struct UserTokenRequest<'a> {
    pub audience: String,
    pub scopes: String,
    pub seconds: i64,
    /// Pairwise for the resource.
    pub subject: String,
    /// Pairwise for the client.
    pub client_subject: String,
    pub sign_in: &'a SignInFacts,
    pub address: Option<String>,
}

impl AccessToken {
    /// For a client acting on behalf of `person`.
    pub fn for_person(
        issue: &Issue<'_>,
        client: &ClientApplication,
        person: &Person,
        request: UserTokenRequest<'_>,
    ) -> Self {
        let mut wids = person.roles.clone();
        wids.push(if person.is_guest { GUEST_ROLE } else { MEMBER_ROLE });
        Self {
            acct: Some(u8::from(person.is_guest)),
            acr: Some("1"),
            amr: request.sign_in.methods.clone(),
            idp: person.identity_provider(issue.origin),
            ipaddr: request.address,
            name: Some(person.display_name.clone()),
            given_name: person.given_name.clone(),
            family_name: person.surname.clone(),
            email: if person.is_guest { person.mail.clone() } else { None },
            unique_name: Some(person.sign_in_name().to_owned()),
            upn: (!person.is_guest).then(|| person.user_principal_name.clone()),
            sub: request.subject,
            scp: Some(request.scopes),
            sid: Some(request.sign_in.session),
            wids,
            xms_idrel: Some(if person.is_guest { "1 4" } else { "1 8" }),
            xms_st: Some(OtherSubject { sub: request.client_subject }),
            ..Self::bare(issue, client, request.audience, request.seconds, person.id.0, "user")
        }
    }

    /// For a client acting for itself, with its application roles.
    pub fn for_client(
        issue: &Issue<'_>,
        client: &ClientApplication,
        audience: String,
        roles: Vec<String>,
        seconds: i64,
    ) -> Self {
        Self {
            idp: Some(issuer_v1(issue.origin, issue.tenant)),
            roles,
            ..Self::bare(issue, client, audience, seconds, client.object_id.0, "app")
        }
    }

    fn bare(
        issue: &Issue<'_>,
        client: &ClientApplication,
        audience: String,
        seconds: i64,
        oid: Uuid,
        kind: &'static str,
    ) -> Self {
        let now = issue.now.as_second();
        Self {
            aud: audience,
            iss: issuer_v1(issue.origin, issue.tenant),
            iat: now,
            nbf: now,
            exp: now + seconds,
            acct: None,
            acr: None,
            amr: Vec::new(),
            app_displayname: client.display_name.clone(),
            appid: client.app_id,
            appidacr: match client.strength {
                ClientStrength::Public => "0",
                ClientStrength::Secret => "1",
            },
            idp: None,
            idtyp: kind,
            ipaddr: None,
            name: None,
            given_name: None,
            family_name: None,
            email: None,
            unique_name: None,
            upn: None,
            oid,
            tid: issue.tenant,
            sub: oid.to_string(),
            scp: None,
            roles: Vec::new(),
            sid: None,
            wids: Vec::new(),
            xms_idrel: None,
            xms_st: None,
            uti: issue.uti.clone(),
            ver: "1.0",
        }
    }
}

/// `client_info`: the account's home, by which clients tell accounts apart (clients.md 0.6).
pub fn client_info(person: &Person, tenant: TenantId) -> String {
    let (uid, utid) = match &person.home {
        Some(Home::Tenant { tenant, user }) => (*user, *tenant),
        Some(Home::Mailbox) | None => (person.id, tenant),
    };
    jose::encode(serde_json::json!({"uid": uid, "utid": utid}).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const CONTOSO: &str = "aaaaaaaa-0000-4000-8000-000000000001";
    const FABRIKAM: &str = "bbbbbbbb-0000-4000-8000-000000000001";
    const USER: &str = "cccccccc-0000-4000-8000-000000000001";
    const HOME_USER: &str = "dddddddd-0000-4000-8000-000000000001";
    const APP: &str = "eeeeeeee-0000-4000-8000-000000000001";

    fn origin() -> Origin {
        Origin::parse("https://localhost:8443").unwrap()
    }

    fn issue(origin: &Origin) -> Issue<'_> {
        let now = Timestamp::from_second(1_000).unwrap();
        Issue { origin, tenant: CONTOSO.parse().unwrap(), now, uti: "u".into() }
    }

    fn member() -> Person {
        Person {
            id: USER.parse().unwrap(),
            user_principal_name: "member@contoso.example".into(),
            display_name: "Max Member".into(),
            given_name: Some("Max".into()),
            surname: Some("Member".into()),
            mail: Some("max@contoso.example".into()),
            is_guest: false,
            home: None,
            roles: Vec::new(),
        }
    }

    fn guest(home: Home) -> Person {
        Person {
            user_principal_name: "lea_fabrikam.example#EXT#@contoso.example".into(),
            mail: Some("lea@fabrikam.example".into()),
            is_guest: true,
            home: Some(home),
            ..member()
        }
    }

    fn client() -> ClientApplication {
        ClientApplication {
            app_id: APP.parse().unwrap(),
            object_id: HOME_USER.parse().unwrap(),
            display_name: "Demo".into(),
            strength: ClientStrength::Public,
        }
    }

    fn sign_in() -> SignInFacts {
        SignInFacts {
            session: Uuid::nil(),
            authenticated_at: Timestamp::from_second(900).unwrap(),
            methods: vec!["pwd".into()],
        }
    }

    fn id_token(person: &Person, is_v1: bool) -> Value {
        let request = IdTokenRequest {
            app_id: APP.parse().unwrap(),
            subject: "pairwise".into(),
            nonce: Some("n"),
            sign_in: Some(&sign_in()),
            wants_email: false,
            is_v1,
        };
        serde_json::to_value(IdToken::new(&issue(&origin()), person, request)).unwrap()
    }

    #[test]
    fn a_member_s_id_token() {
        assert_eq!(
            id_token(&member(), false),
            json!({
                "aud": APP, "iss": format!("https://localhost:8443/{CONTOSO}/v2.0"), "iat": 1000, "nbf": 1000,
                "exp": 4600, "auth_time": 900, "acct": 0, "oid": USER, "tid": CONTOSO, "sub": "pairwise",
                "name": "Max Member", "preferred_username": "member@contoso.example", "given_name": "Max",
                "family_name": "Member", "nonce": "n", "sid": Uuid::nil(), "uti": "u", "ver": "2.0",
            })
        );
    }

    #[test]
    fn a_guest_s_id_token_names_the_home_and_hides_the_ext_name() {
        let home = Home::Tenant { tenant: FABRIKAM.parse().unwrap(), user: HOME_USER.parse().unwrap() };
        let token = id_token(&guest(home), false);
        assert_eq!(token["idp"], format!("https://localhost:8443/{FABRIKAM}/"));
        assert_eq!(token["acct"], 1);
        assert_eq!(token["tid"], CONTOSO);
        assert_eq!(token["preferred_username"], "lea@fabrikam.example");
        assert_eq!(token["email"], "lea@fabrikam.example");
        assert_eq!(id_token(&guest(Home::Mailbox), false)["idp"], "mail");
        let v1 = id_token(&guest(Home::Mailbox), true);
        assert_eq!(v1["iss"], format!("https://localhost:8443/{CONTOSO}/"));
        assert_eq!(v1["unique_name"], "lea@fabrikam.example");
        assert_eq!(v1.get("upn"), None);
        assert!(!v1.to_string().contains("#EXT#"));
    }

    #[test]
    fn an_access_token_on_behalf_of_a_guest() {
        let request = UserTokenRequest {
            audience: "https://localhost:8443".into(),
            scopes: "User.Read openid".into(),
            seconds: 3600,
            subject: "for graph".into(),
            client_subject: "for demo".into(),
            sign_in: &sign_in(),
            address: None,
        };
        let token = AccessToken::for_person(&issue(&origin()), &client(), &guest(Home::Mailbox), request);
        let token = serde_json::to_value(token).unwrap();
        assert_eq!(token["iss"], format!("https://localhost:8443/{CONTOSO}/"));
        assert_eq!(token["ver"], "1.0");
        assert_eq!(token["idtyp"], "user");
        assert_eq!(token["acct"], 1);
        assert_eq!(token["idp"], "mail");
        assert_eq!(token["wids"], json!([GUEST_ROLE]));
        assert_eq!(token["scp"], "User.Read openid");
        assert_eq!(token["xms_st"]["sub"], "for demo");
        assert_eq!(token.get("roles"), None);
        assert_eq!(token.get("upn"), None);
    }

    #[test]
    fn an_application_s_token_carries_its_roles_and_no_person() {
        let roles = vec!["User.Invite.All".to_owned()];
        let token =
            AccessToken::for_client(&issue(&origin()), &client(), "https://localhost:8443".into(), roles, 60);
        let token = serde_json::to_value(token).unwrap();
        assert_eq!(
            token,
            json!({
                "aud": "https://localhost:8443", "iss": format!("https://localhost:8443/{CONTOSO}/"), "iat": 1000,
                "nbf": 1000, "exp": 1060, "app_displayname": "Demo", "appid": APP, "appidacr": "0",
                "idp": format!("https://localhost:8443/{CONTOSO}/"), "idtyp": "app", "oid": HOME_USER,
                "tid": CONTOSO, "sub": HOME_USER, "roles": ["User.Invite.All"], "uti": "u", "ver": "1.0",
            })
        );
    }

    #[test]
    fn client_info_is_the_home_account() {
        let home = Home::Tenant { tenant: FABRIKAM.parse().unwrap(), user: HOME_USER.parse().unwrap() };
        let decoded = |person: &Person| -> Value {
            let text = client_info(person, CONTOSO.parse().unwrap());
            serde_json::from_slice(&jose::decode(&text).unwrap()).unwrap()
        };
        assert_eq!(decoded(&guest(home)), json!({"uid": HOME_USER, "utid": FABRIKAM}));
        assert_eq!(decoded(&member()), json!({"uid": USER, "utid": CONTOSO}));
    }
}
